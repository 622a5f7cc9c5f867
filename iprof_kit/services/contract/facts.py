"""The data of a file, each under a key that names it for ever: what may be reported as wrong.

Pure: the screens read the same keys on their rows as the guichet accepts in a report.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import TypeVar

from iprof_kit.base.calendar import date_text
from iprof_kit.base.words import NBSP, appreciation_label, position_label
from iprof_kit.services.contract.dossier import (
    AffectationTenue,
    Dossier,
    EchelonTenu,
    PositionTenue,
)
from iprof_kit.services.contract.own_file import Donnee, Saisie

_Line = TypeVar("_Line", EchelonTenu, PositionTenue)
MISSING = "absente"
"""The key of a datum that the file does not hold."""
MISSING_POSTING = "affectations.absente"
"""The key of a posting that the file does not hold."""
POSTING_DATA = ("etablissement", "type", "fonction", "dates")
"""The data of a posting, each reported apart."""
IDENTITY, SITUATION, ECHELONS = "Identité", "Situation administrative", "Échelons"
POSITIONS, POSTINGS, MEETINGS = "Positions", "Affectations", "Rendez-vous de carrière"
CONTACT, OTHER = "Coordonnées", "Autre"


def data_of(dossier: Dossier) -> list[Donnee]:
    """Return what may be reported in a file, in the order of the screens.

    The lines of a history are numbered from the oldest, which a new line does not change.
    """
    return [
        *_identity(dossier),
        *_situation(dossier),
        *_lines(dossier.echelons, "echelons", ECHELONS, echelon_words),
        *_lines(dossier.positions, "positions", POSITIONS, position_words),
        *(
            one
            for number, posting in enumerate(dossier.affectations, 1)
            for one in _posting(number, posting)
        ),
        Donnee(
            cle=MISSING_POSTING,
            partie=POSTINGS,
            libelle="Une affectation qui manque",
            valeur="absente",
        ),
        *(
            Donnee(
                cle=f"rendez_vous.{number}",
                partie=MEETINGS,
                libelle=f"Rendez-vous de carrière {meeting.annee_scolaire}",
                valeur=appreciation_words(meeting.appreciation),
            )
            for number, meeting in enumerate(dossier.rendez_vous, 1)
        ),
        Donnee(
            cle="adresse.courriel_professionnel",
            partie=CONTACT,
            libelle="Courriel professionnel",
            valeur=dossier.adresse.courriel_professionnel or "non renseigné",
        ),
        Donnee(cle=MISSING, partie=OTHER, libelle="Une donnée qui manque", valeur="absente"),
    ]


def with_own_contact(dossier: Dossier, saisies: Iterable[Saisie]) -> Dossier:
    """Return the file with the contact details that the person wrote in place of the source's."""
    fields = type(dossier.adresse).model_fields
    hers = {str(one.champ): one.valeur or None for one in saisies if one.champ in fields}
    return dossier.model_copy(update={"adresse": dossier.adresse.model_copy(update=hers)})


def grade_words(echelon: EchelonTenu | None) -> str:
    """Return « hors classe »; nothing without échelon, or in a corps of one grade."""
    if echelon is None or echelon.grade == "grade_unique":
        return ""
    return echelon.grade.replace("_", " ")


def echelon_words(echelon: EchelonTenu) -> str:
    """Return « hors classe, 2e échelon, depuis le 1er septembre 2024 »."""
    where = position_label(echelon.grade, echelon.echelon, echelon.chevron)
    return f"{where}, depuis le {date_text(echelon.date_effet)}"


def position_words(position: PositionTenue) -> str:
    """Return « En activité, temps complet, depuis le 1er septembre 2024 »."""
    motif = f" ({position.motif})" if position.motif else ""
    share = f", {position.quotite}{NBSP}%" if 0 < position.quotite < 100 else ""
    dates = _dates(position.debut, position.fin)
    return f"{position.position}{motif}, {position.modalite.lower()}{share}, {dates}"


def posting_words(posting: AffectationTenue) -> str:
    """Return « École Les Ormeaux (Clermont-Ferrand), depuis le 1er septembre 2019 »."""
    town = f" ({posting.commune})" if posting.commune else ""
    return f"{posting.etablissement}{town}, {_dates(posting.debut, posting.fin)}"


def function_words(posting: AffectationTenue) -> str:
    """Return « Enseignant, Mathématiques »."""
    return ", ".join(part for part in (posting.fonction, posting.discipline) if part)


def appreciation_words(code: str | None) -> str:
    """Return « très satisfaisant » for ``tres_satisfaisant``."""
    return appreciation_label(code or "") or "non renseignée"


def _identity(dossier: Dossier) -> Iterator[Donnee]:
    who = dossier.identite
    name = f"{who.civilite} {who.prenom} {who.nom}"
    born = date_text(who.date_naissance)
    yield Donnee(cle="identite.nom", partie=IDENTITY, libelle="Civilité, prénom, nom", valeur=name)
    yield Donnee(
        cle="identite.date_naissance", partie=IDENTITY, libelle="Date de naissance", valeur=born
    )


def _situation(dossier: Dossier) -> Iterator[Donnee]:
    echelon = dossier.echelons[-1] if dossier.corps and dossier.echelons else None
    position = dossier.positions[-1] if dossier.positions else None
    rows = (
        ("statut", "Statut", dossier.statut),
        ("corps", "Corps", dossier.libelle_corps or "aucun"),
        ("entree_corps", "Entrée dans le corps", _day(dossier.entree_corps)),
        ("titularisation", "Titularisation", _day(dossier.titularisation)),
        ("grade", "Grade", echelon.grade.replace("_", " ") if echelon else "sans objet"),
        ("echelon", "Échelon", echelon_words(echelon) if echelon else "sans objet"),
        ("position", "Position", position.position if position else "non renseignée"),
        ("modalite", "Modalité de service", position.modalite if position else "non renseignée"),
    )
    for cle, libelle, valeur in rows:
        yield Donnee(cle=f"situation.{cle}", partie=SITUATION, libelle=libelle, valeur=valeur)


def _posting(number: int, posting: AffectationTenue) -> Iterator[Donnee]:
    named = posting.etablissement
    where = ", ".join(part for part in (named, posting.commune, posting.uai) if part)
    rows = (
        ("etablissement", "Établissement", where),
        ("type", "Type d’affectation", posting.type),
        ("fonction", "Fonction", function_words(posting)),
        ("dates", "Dates d’affectation", _dates(posting.debut, posting.fin)),
    )
    for cle, libelle, valeur in rows:
        yield Donnee(
            cle=f"affectations.{number}.{cle}",
            partie=POSTINGS,
            libelle=libelle if cle == "etablissement" else f"{libelle}, {named}"[:120],
            valeur=valeur,
        )


def _lines(
    history: Iterable[_Line], key: str, part: str, words: Callable[[_Line], str]
) -> Iterator[Donnee]:
    for number, line in enumerate(history, 1):
        start = line.date_effet if isinstance(line, EchelonTenu) else line.debut
        noun = "Échelon" if key == "echelons" else "Position"
        yield Donnee(
            cle=f"{key}.{number}",
            partie=part,
            libelle=f"{noun} du {date_text(start)}",
            valeur=words(line),
        )


def _dates(start: date, end: date | None) -> str:
    if end is None:
        return f"depuis le {date_text(start)}"
    return f"du {date_text(start)} au {date_text(end)}"


def _day(day: date | None) -> str:
    return date_text(day) if day else "non renseignée"
