"""« Qui a consulté mon dossier » and « Mes données »."""

from __future__ import annotations

from dataclasses import dataclass

from iprof_kit.base.clock import paris
from iprof_kit.services.contract.own_file import Consultation, ConsultationsLues, MesDonneesLues
from iprof_kit.ui.kit.parts import Fact, Page
from iprof_kit.ui.shared import text

UNKNOWN = "Non fixée par la configuration de ce kit"
NOT_SAID = "La configuration de ce kit ne le dit pas"


@dataclass(frozen=True)
class ReadingRow:
    """One line of the list."""

    when: str
    who: str
    what: str
    why: str
    own: bool


@dataclass(frozen=True)
class ConsultationsView(Page):
    """Who read the file."""

    others: tuple[ReadingRow, ...] = ()
    own: tuple[ReadingRow, ...] = ()
    since: str = ""
    shortened: bool = False


@dataclass(frozen=True)
class KindRow:
    """One kind of data."""

    what: str
    why: str
    long: str
    known: bool
    count: str


@dataclass(frozen=True)
class MesDonneesView(Page):
    """What is kept, why, how long, and who answers for it."""

    kinds: tuple[KindRow, ...] = ()
    people: tuple[Fact, ...] = ()
    not_kept: tuple[str, ...] = ()


def consultations(read: ConsultationsLues) -> ConsultationsView:
    """Return the two lists: the others', then one's own by day."""
    others = tuple(_row(one) for one in read.consultations if not one.vous)
    own = tuple(_row(one) for one in read.consultations if one.vous)
    count = len(others)
    lead = (
        "Personne d’autre que vous n’a lu votre dossier dans ce kit."
        if not others
        else f"{count} lecture{'s' if count > 1 else ''} de votre dossier par d’autres que vous."
    )
    day = text.day(paris(read.depuis).date()) if read.depuis else ""
    return ConsultationsView(
        title="Qui a consulté mon dossier",
        lead=lead,
        others=others,
        own=own,
        since=f"Le journal garde les lectures depuis le {day}." if day else "",
        shortened=read.abregee,
    )


def mes_donnees(read: MesDonneesLues) -> MesDonneesView:
    """Return the page; what the configuration does not say is said to be unknown."""
    rows = (
        ("Responsable du traitement", read.responsable),
        ("Pour exercer vos droits", read.responsable_contact),
        ("Délégué à la protection des données", read.delegue),
        ("Base légale", read.base_legale),
        ("Réclamation", read.reclamation),
    )
    return MesDonneesView(
        title="Mes données",
        lead="Ce que ce kit garde de vous, pourquoi, combien de temps, et qui en répond.",
        kinds=tuple(
            KindRow(
                one.quoi,
                one.pourquoi,
                (one.duree or UNKNOWN),
                one.duree is not None,
                str(one.nombre),
            )
            for one in read.categories
        ),
        people=tuple(
            Fact(label, value if value else NOT_SAID, muted=not value) for label, value in rows
        ),
        not_kept=(
            "Rien n’est transmis à l’administration ni à un autre site.",
            "Votre mot de passe n’est pas gardé : une empreinte sert à le vérifier.",
            "L’adresse d’un lien de partage n’est pas gardée : une empreinte sert à l’ouvrir.",
        ),
    )


def _row(one: Consultation) -> ReadingRow:
    local = paris(one.le)
    when = text.day(local.date())
    if not one.vous:
        when = text.moment(one.le).removesuffix(", heure de Paris")
    times = f", {one.nombre} fois" if one.nombre > 1 else ""
    return ReadingRow(when, one.qui, f"{one.objet}{times}", one.motif, one.vous)
