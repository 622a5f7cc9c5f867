"""All that a report says, in final French text: what its page and its PDF both show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from iprof_kit.analytics.analyses.model import PROJET
from iprof_kit.analytics.publication.rules import Rules
from iprof_kit.analytics.reports.draft import Draft
from iprof_kit.analytics.reports.parts import Part
from iprof_kit.analytics.reports.words import head, upright
from iprof_kit.base.calendar import date_text
from iprof_kit.base.sources import to_verify
from iprof_kit.base.words import NBSP

INTERNAL = "INTERNE"
UNOFFICIAL = "Kit libre et non officiel"
_LIST, _WHOLE = "Liste", "Ensemble"
_KEYS = tuple(
    map(
        head, ("promouvables", "taux_pour_cent", "contingent", "places", "proposes", "part_propose")
    )
)


@dataclass(frozen=True)
class View:
    """A report as it is read.

    Attributes
    ----------
    titre, sous_titre, marque, pied : str
        The marks say PROJET, and INTERNE where people are named.
    chiffres : tuple of (str, str)
        Key figures.
    provenance : tuple of (str, str)
    jour : str
        AAAA-MM-JJ.
    """

    titre: str
    sous_titre: str
    marque: str
    pied: str
    introduction: str
    chiffres: tuple[tuple[str, str], ...]
    parties: tuple[Part, ...]
    absents: tuple[str, ...]
    provenance: tuple[tuple[str, str], ...]
    jour: str


def view_of(draft: Draft, parts: Sequence[Part], absent: Sequence[str], asked: Rules) -> View:
    """Return what a report says."""
    mark = f"{PROJET} · {INTERNAL}" if draft.nominatif else PROJET
    where = f"Académie{NBSP}: {draft.academie}" if draft.code else f"Champ{NBSP}: {draft.academie}"
    day = draft.campagne.le
    foot = f"{UNOFFICIAL} · {draft.campagne.source} · {date_text(day)} · {draft.version}"
    return View(
        draft.titre,
        f"{draft.plan.titre} · {where}",
        mark,
        foot,
        draft.plan.introduction,
        _key_figures(parts),
        tuple(map(_readable, parts)),
        tuple(absent),
        _provenance(draft, asked, where),
        day.isoformat(),
    )


def _readable(part: Part) -> Part:
    return replace(part, grids=tuple(map(upright, part.grids)))


def _key_figures(parts: Sequence[Part]) -> tuple[tuple[str, str], ...]:
    """Return the row of the whole in the first table that counts lists."""
    for grid in (grid for part in parts for grid in part.grids):
        whole = [row for row in grid.rows if row[0] == _WHOLE or len(grid.rows) == 1]
        if grid.heads[0] == _LIST and whole:
            pairs = zip(grid.heads, whole[-1], strict=True)
            return tuple(pair for pair in pairs if pair[0] in _KEYS)
    return ()


def _provenance(draft: Draft, asked: Rules, where: str) -> tuple[tuple[str, str], ...]:
    campaign, provenance = draft.campagne, draft.campagne.provenance
    doubt = (
        f" (à vérifier, confiance {provenance.confiance})"
        if to_verify(provenance.confiance)
        else ""
    )
    kept = ", ".join(f"{name} = {value}" for name, value in provenance.filtres.items())
    warnings = (
        provenance.avertissements
        if draft.nominatif
        else map(_without_number, provenance.avertissements)
    )
    secret = (
        "Document interne et nominatif : ne se diffuse pas." if draft.nominatif else asked.caption()
    )
    rows = [
        ("Statut", f"{PROJET} : document de travail, l’autorité décide ({campaign.decideur})"),
        ("Périmètre", f"{where} ; filtres : {kept}"),
        (
            "Procédure",
            f"{provenance.procedure} ({provenance.autorite}) : {provenance.ordre}{doubt}",
        ),
        *(("Hypothèse", text) for text in draft.hypotheses),
        *(("Avertissement", text) for text in warnings),
        ("Source", provenance.source),
        ("Personnes observées au", date_text(draft.observation)),
        ("Établi le", date_text(campaign.le)),
        ("Secret statistique", secret),
        ("Empreinte des lignes lues (SHA-256)", draft.empreinte),
        ("Version", draft.version),
    ]
    return tuple((label, text) for label, text in rows)


def _without_number(warning: str) -> str:
    """Return a warning without how many lines it counts: they may be very few."""
    return "des lignes n’ont pas été lues" if warning.startswith("lignes non lues") else warning
