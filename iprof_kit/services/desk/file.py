"""The file of a person as her service reads it: the rubriques that the table of rights opens."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from iprof_kit.base.calendar import date_text
from iprof_kit.base.characters import name_of, says_nothing, tidy, unfit
from iprof_kit.base.clock import paris
from iprof_kit.base.errors import InputError
from iprof_kit.records.cases import Case
from iprof_kit.records.database import writing
from iprof_kit.services.access.identity import Identity
from iprof_kit.services.access.reach import MANAGER, outside, person_of, reach_of
from iprof_kit.services.access.rights import IN_PORTFOLIO, never_seen, visible
from iprof_kit.services.cases.acting import number_of
from iprof_kit.services.contract.addressed import addressed
from iprof_kit.services.contract.bureau.fils import Apercu, DossierGere, OuvrirDossier, Rubrique
from iprof_kit.services.contract.dossier import Dossier, PositionTenue
from iprof_kit.services.contract.facts import (
    appreciation_words,
    echelon_words,
    function_words,
    grade_words,
    position_words,
    posting_words,
)
from iprof_kit.services.desk.noting import note
from iprof_kit.services.desk.people import LEAVES
from iprof_kit.services.desk.waiting import threads_of
from iprof_kit.services.dossier.storing import find_dossier

_Lines = Callable[[Dossier], Iterator[tuple[str, str]]]
_LEAVE = LEAVES.casefold()
_CARE = "thérapeutique"


def read(identity: Identity, wanted: OuvrirDossier, now: datetime) -> DossierGere:
    """Return what her service reads of a person; the person sees who read it, and why.

    Raises
    ------
    Refused
        The person is in no portfolio of hers today.
    InputError
        The reason cannot be written down.
    """
    today = paris(now).date()
    with writing() as session:
        reach = reach_of(session, identity, today)
        agent, _ = person_of(session, reach, wanted.dossier)
        dossier = file_of(session, agent.numero)
        why = _reason(session, agent.numero, wanted.motif)
        note(session, identity, now, "bureau_dossier_lu", agent.numero, why)
        return DossierGere(
            personne=name(dossier),
            dossier=agent.numero,
            rubriques=rubrics(dossier),
            caches=never_seen(MANAGER),
            fils=threads_of(session, reach, agent.numero, today),
        )


def file_of(session: Session, numero: str) -> Dossier:
    """Return the file of a person as a service may read it, without what is hers alone."""
    dossier = find_dossier(session, numero)
    if dossier is None:
        raise outside()
    return addressed(dossier)


def rubrics(dossier: Dossier) -> list[Rubrique]:
    """Return the rubriques of a file that the table of rights opens to who follows it."""
    seen = visible(MANAGER, {IN_PORTFOLIO})
    return [
        Rubrique(titre=title, lignes=_lines(lines(dossier)))
        for datum, title, lines in _RUBRICS
        if datum in seen
    ]


def glance(dossier: Dossier, service: str, today: date) -> list[Apercu]:
    """Return what is shown of a person beside her thread, as far as the table opens it."""
    seen = visible(MANAGER, {IN_PORTFOLIO})
    return _lines(
        (label, value) for datum, label, value in _glance(dossier, service, today) if datum in seen
    )


def name(dossier: Dossier) -> str:
    """Return « Jean Dupont »."""
    return f"{dossier.identite.prenom} {dossier.identite.nom}"


def without_reason(position: PositionTenue) -> PositionTenue:
    """Return a position without why: neither its reason, nor the kind of a leave, nor care."""
    words, share = position.position, position.modalite
    if words.casefold().startswith(_LEAVE):
        words = LEAVES
    if _CARE in share.casefold():
        share = share[: share.casefold().index(_CARE)].strip()
    return position.model_copy(update={"position": words, "motif": None, "modalite": share})


def _reason(session: Session, numero: str, given: str) -> str:
    """Return why a file is opened: the number of a thread of hers, or the words given."""
    why = tidy(given).strip()
    unseen = unfit(why)
    if not why or unseen:
        raise InputError(
            f"ce motif contient {name_of(unseen)}." if unseen else "le motif manque.",
            where="motif",
            remedy="Écrivez-le sur une ligne : la personne le lira.",
        )
    query = select(Case).where(Case.name == why, Case.numero == numero)
    thread = session.scalars(query).one_or_none()
    if thread:
        return f"traiter le fil n° {number_of(thread)}"
    if says_nothing(why):
        raise InputError(
            "ce motif ne dit rien.",
            where="motif",
            remedy="Dites pourquoi vous ouvrez ce dossier : la personne le lira.",
        )
    return why


def _glance(dossier: Dossier, service: str, today: date) -> Iterator[tuple[str, str, str]]:
    yield "carriere", "Corps et grade", _corps(dossier)
    echelon = dossier.echelons[-1] if dossier.corps and dossier.echelons else None
    if echelon is not None:
        yield "carriere", "Échelon", echelon_words(echelon)
    for posting in dossier.affectations:
        if posting.debut <= today and (posting.fin is None or posting.fin >= today):
            yield "affectations", "Affectation", posting_words(posting)
    if dossier.positions:
        yield "positions", "Position", position_words(without_reason(dossier.positions[-1]))
    yield "identite", "Suivi par", service
    yield "identite", "Copie du dossier", f"lue le {date_text(dossier.lu_le)}"


def _corps(dossier: Dossier) -> str:
    echelon = dossier.echelons[-1] if dossier.corps and dossier.echelons else None
    parts = (dossier.libelle_corps or dossier.statut, grade_words(echelon))
    return ", ".join(part for part in parts if part)


def _identity(dossier: Dossier) -> Iterator[tuple[str, str]]:
    who = dossier.identite
    yield "Civilité, prénom, nom", f"{who.civilite} {who.prenom} {who.nom}"
    yield "Date de naissance", date_text(who.date_naissance)
    yield "Dossier", dossier.numero
    yield "Copie", f"{dossier.source}, lue le {date_text(dossier.lu_le)}"


def _career(dossier: Dossier) -> Iterator[tuple[str, str]]:
    yield "Statut", dossier.statut
    yield "Corps et grade", _corps(dossier)
    for label, day in (
        ("Entrée dans le corps", dossier.entree_corps),
        ("Titularisation", dossier.titularisation),
    ):
        if day is not None:
            yield label, date_text(day)
    for echelon in reversed(dossier.echelons):
        yield "Échelon", echelon_words(echelon)


def _positions(dossier: Dossier) -> Iterator[tuple[str, str]]:
    for position in reversed(dossier.positions):
        yield "Position", position_words(without_reason(position))


def _postings(dossier: Dossier) -> Iterator[tuple[str, str]]:
    for posting in reversed(dossier.affectations):
        yield function_words(posting) or "Affectation", posting_words(posting)


def _meetings(dossier: Dossier) -> Iterator[tuple[str, str]]:
    for meeting in reversed(dossier.rendez_vous):
        yield meeting.annee_scolaire, appreciation_words(meeting.appreciation)


def _contact(dossier: Dossier) -> Iterator[tuple[str, str]]:
    home = dossier.adresse
    street = ", ".join(
        part for part in (home.rue, f"{home.code_postal or ''} {home.ville or ''}".strip()) if part
    )
    rows = (
        ("Adresse", street),
        ("Téléphone", home.telephone),
        ("Portable", home.portable),
        ("Courriel professionnel", home.courriel_professionnel),
        ("Courriel personnel", home.courriel_personnel),
    )
    for label, value in rows:
        if value:
            yield label, value


_RUBRICS: tuple[tuple[str, str, _Lines], ...] = (
    ("identite", "Identité", _identity),
    ("carriere", "Carrière", _career),
    ("positions", "Positions", _positions),
    ("affectations", "Affectations", _postings),
    ("rendez_vous", "Rendez-vous de carrière", _meetings),
    ("coordonnees", "Coordonnées", _contact),
)
"""Each rubrique with the datum of the table of rights that opens it."""


def _lines(rows: Iterator[tuple[str, str]]) -> list[Apercu]:
    return [Apercu(libelle=label, valeur=value) for label, value in rows]
