"""Votre dossier › Coordonnées: what one may change oneself, what only the administration may."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import cast

from iprof_kit.base.asked import Asked
from iprof_kit.base.clock import paris
from iprof_kit.services.contract.dossier import Dossier, DossierLu
from iprof_kit.services.contract.facts import IDENTITY
from iprof_kit.services.contract.own_file import (
    CHAMPS,
    AncienneSaisie,
    Champ,
    ErreurChamp,
    Saisie,
)
from iprof_kit.ui.kit.fields import shown
from iprof_kit.ui.kit.parts import MISSING, Fact, Field, Page, Section, since
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.held import capital
from iprof_kit.ui.shared.worded import worded
from iprof_kit.ui.visit.reported import marked, reportable

OWN = "Saisi par vous"
LABELS: Mapping[Champ, str] = {
    "rue": "Adresse", "code_postal": "Code postal", "ville": "Commune", "pays": "Pays",
    "telephone": "Téléphone", "portable": "Portable", "courriel_personnel": "Courriel personnel",
}  # fmt: skip
_HINTS: Mapping[Champ, str] = {
    "rue": "Numéro et voie, bâtiment, lieu-dit.",
    "code_postal": "Cinq chiffres en France, outre-mer compris.",
    "pays": "Seulement hors de France.",
    "telephone": "Dix chiffres, par exemple 04 65 71 20 20. Hors de France : + et l’indicatif.",
    "portable": "Par exemple 06 39 98 12 34.",
    "courriel_personnel": "Le vôtre : le courriel professionnel ne se change pas ici.",
}
_FILL: Mapping[Champ, str] = {
    "rue": "street-address", "code_postal": "postal-code", "ville": "address-level2",
    "pays": "country-name", "telephone": "home tel", "portable": "mobile tel",
    "courriel_personnel": "home email",
}  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One detail: its value, where it comes from if not from the file, the field that changes it.

    `restore` is the field where the administration's value may be taken again; `note` says it.
    """

    field: Field
    value: str
    typed: bool = False
    """Whether she wrote what is shown: nothing of it is then read as a word of ours."""
    muted: bool = False
    source: str = ""
    note: str = ""
    restore: str = ""
    restore_words: str = ""
    open: bool = False
    """Whether the field holds something that is not saved, or is wrong."""


@dataclass(frozen=True)
class PersoView(Page):
    """The screen; `saved` is the dated receipt, `form_key` names what is typed."""

    origin: str = ""
    saved: datetime | None = None
    number: str = ""
    lines: tuple[Line, ...] = ()
    form_key: str = ""
    revision: str = ""
    turn: str = ""
    focus: str = ""
    former: tuple[tuple[str, AncienneSaisie], ...] = ()
    """The values that she replaced, each under its name, newest first."""
    others: tuple[Section, ...] = ()


def sections(read: DossierLu) -> tuple[Section, ...]:
    """Return what only the administration may correct, each part with its link to report it."""
    dossier, reports = read.dossier, read.signalements
    who = dossier.identite
    identity = (
        Fact(
            "Civilité, prénom, nom",
            f"{who.civilite} {who.prenom} {who.nom}",
            key="identite.nom",
        ),
        Fact(
            "Date de naissance",
            text.dated(who.date_naissance, "birth"),
            key="identite.date_naissance",
        ),
    )
    given = (
        Fact(
            "Courriel professionnel",
            dossier.adresse.courriel_professionnel,
            key="adresse.courriel_professionnel",
        ),
        Fact(
            "Statut",
            capital(dossier.statut),
            since=since(dossier.titularisation, of="tenure"),
            key="situation.statut",
        ),
        Fact(
            "Numéro dans ce kit",
            dossier.numero,
            source="Ce kit",
            note="Ni votre NUMEN ni votre compte : un numéro qui ne dit rien de vous.",
        ),
    )
    return (
        reportable(Section("Identité", marked(identity, reports), _CORRECTED_BY), IDENTITY),
        reportable(
            Section("Ce que l’administration vous attribue", marked(given, reports)), "Coordonnées"
        ),
    )


_CORRECTED_BY = (
    "Ces données se corrigent auprès de votre service gestionnaire, avec une pièce qui le prouve : "
    "signalez l’erreur, la donnée reste affichée et marquée jusqu’à la réponse."
)


def lines(
    read: DossierLu, typed: Mapping[str, str] | None, faults: Sequence[ErreurChamp]
) -> tuple[Line, ...]:
    """Return what one may change oneself, a line each: what is shown, and its field.

    The field holds what is shown now, or what was typed and what is wrong with it.
    """
    wrong = {one.champ: one for one in faults}
    written = {one.champ: one for one in read.saisies}
    shown = values(read)
    entered = typed or {}
    return tuple(
        _line(
            read.dossier,
            _field(name, entered.get(name, shown[name]), wrong.get(name)),
            shown[name],
            written,
        )
        for name in CHAMPS
    )


def _field(name: Champ, value: str, fault: ErreurChamp | None) -> Field:
    hint = _HINTS.get(name, "")
    return shown(Asked(name, LABELS[name], hint=hint, autocomplete=_FILL[name]), value, fault)


def values(read: DossierLu) -> dict[Champ, str]:
    """Return what the screen shows in each field: hers, else the administration's."""
    filed: dict[Champ, str] = {
        name: getattr(read.dossier.adresse, name, None) or "" for name in CHAMPS
    }
    return filed | {one.champ: one.valeur for one in read.saisies}


def _line(dossier: Dossier, field: Field, shown: str, written: Mapping[Champ, Saisie]) -> Line:
    """Return one line; the administration's value stands beside one that she wrote."""
    name = cast(Champ, field.name)
    line = Line(
        field, shown or MISSING, muted=not shown, open=bool(field.error) or field.value != shown
    )
    saisie = written.get(name)
    if saisie is None:
        return line
    filed = getattr(dossier.adresse, name, None)
    other = f"{dossier.source} indique : {filed}." if filed else f"{dossier.source} n’indique rien."
    differs = (filed or "") != saisie.valeur
    return replace(
        line,
        value=saisie.valeur or "Aucun, selon vous",
        typed=bool(saisie.valeur),
        source=worded("{}, depuis le {}", OWN, _on(saisie.le, f"own.{name}.since")),
        note=other if differs else "",
        restore=name if differs else "",
        restore_words="Reprendre cette valeur" if filed else "Retirer la mienne",
    )


def _on(moment: datetime, quantity: str) -> str:
    return text.dated(paris(moment).date(), quantity, f"{moment}")
