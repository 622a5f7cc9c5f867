"""What every table of a campaign carries: PROJET, its source, date, filters and version."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import pandas as pd

from iprof_kit.base.calendar import date_text
from iprof_kit.base.sources import to_verify
from iprof_kit.base.version import __version__

PROJET = "PROJET"
_NAMES = {"A": "texte lu", "B": "sources concordantes", "C": "une source", "D": "non confirmé"}


@dataclass(frozen=True)
class Provenance:
    """Where the tables of a campaign come from.

    Attributes
    ----------
    titre, source, date
        « hors classe 2026, professeurs des écoles » ; what the people were read from ; the day.
    filtres : mapping of column to value
        What was kept of the source.
    procedure, autorite, ordre, source_procedure, confiance
        Of the procedure of ranking.
    hypotheses, avertissements : tuples of str
        What is supposed; what was left out or could not be done.
    decideur, situations, arrondi, regles : str
        Who decides; the day of the situations; how places are rounded; until when the law was
        verified.
    """

    titre: str
    source: str
    date: date
    filtres: Mapping[str, str]
    procedure: str
    autorite: str
    ordre: str
    source_procedure: str
    confiance: str
    hypotheses: tuple[str, ...] = ()
    avertissements: tuple[str, ...] = ()
    decideur: str = ""
    situations: str = ""
    arrondi: str = ""
    regles: str = ""
    statut: str = PROJET
    version: str = __version__

    @property
    def doute(self) -> str:
        """« une source, confiance C » where the procedure is to verify, nothing elsewhere."""
        if not to_verify(self.confiance):
            return ""
        return f"{_NAMES[self.confiance]}, confiance {self.confiance}"

    def mark(self, table: pd.DataFrame, what: str) -> pd.DataFrame:
        """Return the table with this provenance in its `attrs`."""
        table.attrs.update(self.attrs(what))
        return table

    def attrs(self, what: str) -> dict[str, Any]:
        """Return what a table carries; `legende` writes it."""
        attributes = asdict(self) | {
            "tableau": what,
            "date": self.date.isoformat(),
            "filtres": dict(self.filtres),
            "hypotheses": list(self.hypotheses),
            "avertissements": list(self.avertissements),
            "a_verifier": to_verify(self.confiance),
            "doute": self.doute,
        }
        return attributes | {"legende": _caption(attributes)}


def legende(table: pd.DataFrame) -> str:
    """Return the caption of a table of a campaign: PROJET, source, date, filters, version.

    Parameters
    ----------
    table : DataFrame
        A table that a method of `Campagne` gave; pandas keeps its `attrs` through most operations.

    Returns
    -------
    str
        « PROJET » alone where the table lost its provenance.

    Examples
    --------
    >>> import iprof_kit
    >>> gens = iprof_kit.exemple_promouvables()
    >>> places = iprof_kit.campagne(gens, "pe", "hors_classe", 2027, taux=23).contingent()
    >>> iprof_kit.legende(places)
    'PROJET. Contingent, hors classe 2027, professeurs des écoles. L’autorité décide...'
    """
    return str(table.attrs.get("legende", PROJET))


def origin(table: pd.DataFrame) -> list[tuple[str, str]]:
    """Return the same as labels and texts, for the first lines of a file.

    Parameters
    ----------
    table : DataFrame
        See `legende`.
    """
    about = table.attrs
    kept = " ; ".join(f"{name} = {value}" for name, value in about.get("filtres", {}).items())
    doubt = f" (à vérifier : {about['doute']})" if about.get("doute") else ""
    lines = [
        ("Statut", f"{PROJET} : document de travail, l’autorité décide"),
        ("Tableau", f"{about.get('tableau', '')}, {about.get('titre', '')}"),
        ("Décide", about.get("decideur", "")),
        ("Source", about.get("source", "")),
        ("Établi le", date_text(date.fromisoformat(about["date"])) if "date" in about else ""),
        ("Situations", about.get("situations", "")),
        ("Procédure", f"{about.get('procedure', '')} : {about.get('ordre', '')}{doubt}"),
        ("Places", about.get("arrondi", "")),
        *(("Hypothèse", text) for text in about.get("hypotheses", ())),
        *(("Avertissement", text) for text in about.get("avertissements", ())),
        ("Filtres", kept or "aucun"),
        ("Règles", about.get("regles", "")),
        ("Version", f"iprof-kit {about.get('version', '')}"),
    ]
    return [(label, text) for label, text in lines if text]


def _caption(attributes: Mapping[str, Any]) -> str:
    who = f" : {attributes['decideur']}" if attributes["decideur"] else ""
    parts = [f"{PROJET}. {attributes['tableau']}, {attributes['titre']}. L’autorité décide{who}."]
    scope = " ; ".join(
        attributes[name] for name in ("situations", "arrondi", "regles") if attributes[name]
    )
    parts += [f"{scope[:1].upper()}{scope[1:]}."] * bool(scope)
    doubt = f" (à vérifier : {attributes['doute']})" if attributes["doute"] else ""
    parts.append(
        f"Procédure {attributes['procedure']} ({attributes['autorite']}) : "
        f"{attributes['ordre']}{doubt}."
    )
    parts += [f"Hypothèse : {text}." for text in attributes["hypotheses"]]
    parts += [f"Avertissement : {text}." for text in attributes["avertissements"]]
    kept = " ; ".join(f"{name} = {value}" for name, value in attributes["filtres"].items())
    return " ".join([*parts, _origin(attributes, f"Filtres : {kept or 'aucun'}")])


def caption_of_projection(attributes: Mapping[str, Any]) -> str:
    """Return the caption of a table of a projection: PROJET, what is supposed, source, version."""
    doubts = sum(to_verify(each["confiance"]) for each in attributes["hypotheses"])
    supposed = f"{len(attributes['hypotheses'])} hypothèses, dont {doubts} à vérifier"
    return (
        f"{PROJET}. {attributes['tableau']}, {attributes['titre']}. "
        "Le kit simule, l’administration décide. "
        f"{_origin(attributes, f'{supposed} (attrs[« hypotheses »])')}"
    )


def _origin(attributes: Mapping[str, Any], more: str) -> str:
    day = date_text(date.fromisoformat(attributes["date"]))
    return f"Source : {attributes['source']}, {day}. {more}. iprof-kit {attributes['version']}."
