"""Votre dossier › Perso: what one may change oneself, what only the administration may."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from iprof_kit.base.clock import paris
from iprof_kit.services.contract.dossier import Dossier, DossierLu
from iprof_kit.services.contract.facts import IDENTITY
from iprof_kit.services.contract.own_file import (
    CHAMPS,
    AncienneSaisie,
    Champ,
    ContactLu,
    ErreurChamp,
    Saisie,
)
from iprof_kit.ui.screens.cv.fields import CvField
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.held import capital, origin_text
from iprof_kit.ui.shared.parts import Action, Fact, Page, Section, since
from iprof_kit.ui.shared.reported import marked, reportable

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
}  # fmt: skip
_FILL: Mapping[Champ, str] = {
    "rue": "street-address", "code_postal": "postal-code", "ville": "address-level2",
    "pays": "country-name", "telephone": "home tel", "portable": "mobile tel",
    "courriel_personnel": "home email",
}  # fmt: skip


@dataclass(frozen=True)
class Former:
    """One value that was replaced."""

    label: str
    value: str
    since: str
    until: str


@dataclass(frozen=True)
class PersoView(Page):
    """The screen; `saved` is the dated receipt, `form_key` names what is typed."""

    origin: str = ""
    saved: str = ""
    number: str = ""
    own: Section | None = None
    fields: tuple[CvField, ...] = ()
    form_key: str = ""
    revision: str = ""
    turn: str = ""
    focus: str = ""
    former: tuple[Former, ...] = ()
    others: tuple[Section, ...] = ()


def sections(read: DossierLu) -> tuple[Section, ...]:
    """Return what only the administration may correct, each part with its link to report it."""
    dossier, reports = read.dossier, read.signalements
    who = dossier.identite
    identity = (
        Fact(
            "Civilité, prénom, nom",
            f"{who.civilite} {who.prenom} {who.nom}",
            since=_read(dossier),
            source=dossier.source,
            key="identite.nom",
        ),
        Fact(
            "Date de naissance",
            text.day(who.date_naissance),
            since=_read(dossier),
            source=dossier.source,
            key="identite.date_naissance",
        ),
    )
    given = (
        Fact(
            "Courriel professionnel",
            dossier.adresse.courriel_professionnel,
            since=_read(dossier),
            source=dossier.source,
            key="adresse.courriel_professionnel",
        ),
        Fact(
            "Statut",
            capital(dossier.statut),
            since=since(dossier.titularisation),
            source=dossier.source,
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


def own_section(read: DossierLu) -> Section:
    """Return what one may change oneself: the value shown, its origin, the other value beside."""
    written = {one.champ: one for one in read.saisies}
    facts = [_own(read.dossier, name, written.get(name)) for name in CHAMPS if name != "pays"]
    if "pays" in written:
        facts.insert(3, _own(read.dossier, "pays", written["pays"]))
    return Section(
        "Ce que vous changez vous-même",
        tuple(facts),
        action=Action("Modifier", "#coordonnees", "vos coordonnées"),
    )


def fields(
    read: DossierLu, typed: Mapping[str, str] | None, faults: Sequence[ErreurChamp]
) -> tuple[CvField, ...]:
    """Return the form: what is shown now, or what was typed and what is wrong with it."""
    wrong = {one.champ: one for one in faults}
    shown = values(read)
    return tuple(
        CvField(
            name,
            LABELS[name],
            "text",
            (typed or shown).get(name, ""),
            hint=text.french(_HINTS.get(name, "")),
            optional=True,
            autocomplete=_FILL[name],
            error=wrong[name].message if name in wrong else "",
            remedy=wrong[name].remede if name in wrong else "",
        )
        for name in CHAMPS
    )


def values(read: DossierLu) -> dict[Champ, str]:
    """Return what the screen shows in each field: hers, else the administration's."""
    recorded: dict[Champ, str] = {
        name: getattr(read.dossier.adresse, name, None) or "" for name in CHAMPS
    }
    return recorded | {one.champ: one.valeur for one in read.saisies}


def former(contact: ContactLu) -> tuple[Former, ...]:
    """Return the values that she replaced, newest first."""
    return tuple(_former(one) for one in contact.anciennes)


def perso_lead() -> str:
    """Return the sentence that opens the screen."""
    return "Votre adresse, vos téléphones et votre courriel personnel se changent ici."


def origin(dossier: Dossier) -> str:
    """Return where the copy comes from."""
    return origin_text(dossier)


def _own(dossier: Dossier, name: Champ, saisie: Saisie | None) -> Fact:
    recorded = getattr(dossier.adresse, name, None)
    if saisie is None:
        return Fact(LABELS[name], recorded or None, since=_read(dossier), source=dossier.source)
    day = text.day(paris(saisie.le).date())
    other = (
        f"{dossier.source} indique : {recorded}."
        if recorded
        else f"{dossier.source} n’indique rien."
    )
    differs = (recorded or "") != saisie.valeur
    return Fact(
        LABELS[name],
        saisie.valeur or "Aucun, selon vous",
        muted=not saisie.valeur,
        since=(f"depuis le {day}",),
        source=OWN,
        note=text.french(other) if differs else "",
        restore=name if differs else "",
        restore_words="Reprendre cette valeur" if recorded else "Retirer la mienne",
    )


def _former(one: AncienneSaisie) -> Former:
    return Former(
        LABELS[one.champ],
        one.valeur or "aucun",
        text.day(paris(one.le).date()),
        text.day(paris(one.jusqu_au).date()),
    )


def _read(dossier: Dossier) -> tuple[str, ...]:
    return (f"lu le {text.day(dossier.lu_le)}",)
