"""One rule for each family of paths, and the one function that answers any path."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from iprof_kit.base.explanation import explaining
from iprof_kit.law.paths.opening import Opening, opening, openings
from iprof_kit.law.paths.people import People
from iprof_kit.law.paths.rows import path_of
from iprof_kit.law.tables.rules import rule

_TABLES = ("concours", "parcours", "parcours_conditions")
_SINCE = "2024-09-01"


class Family(NamedTuple):
    """What the rule of a family of paths says, under which name, after which texts."""

    rule: str
    sentence: str
    source: str


FAMILIES = {
    "concours": Family(
        "competition_open",
        "Un concours est ouvert à qui remplit chaque condition (corps, diplôme, services, "
        "âge) au jour que fixe la session ; le jury décide de l’admission.",
        "statuts particuliers et arrêtés d’ouverture (table concours)",
    ),
    "liste_aptitude": Family(
        "aptitude_list_open",
        "Une liste d’aptitude est ouverte à qui remplit chaque condition au jour que fixe la "
        "liste ; l’inscription relève de l’autorité indiquée.",
        "statuts particuliers (table concours, listes d’aptitude)",
    ),
    "certification": Family(
        "certification_open",
        "Un examen ou une certification est ouvert à qui remplit chaque condition au jour que"
        " fixe l’examen ; le jury décide.",
        "textes des certifications (table concours)",
    ),
    "detachement": Family(
        "secondment_open",
        "Un détachement ou une mise à disposition se demande aux conditions du texte ; les "
        "administrations d’origine et d’accueil décident.",
        "CGFP L512-6, L513-1 et suivants ; décret 85-986",
    ),
    "disponibilite": Family(
        "availability_open",
        "Une disponibilité est de droit ou sur autorisation selon son motif, aux conditions "
        "du texte.",
        "décret 85-986, art. 42 à 49 ; CGFP L514-2",
    ),
    "conge": Family(
        "leave_open",
        "Un congé est ouvert à qui remplit les conditions de son texte.",
        "décret 2007-1470 ; loi 2025-1403, art. 99",
    ),
    "temps_partiel": Family(
        "part_time_open",
        "Le temps partiel est de droit ou sur autorisation selon son motif.",
        "CGFP L612-1 et L612-3 ; décret 82-624",
    ),
    "depart": Family(
        "departure_open",
        "La rupture conventionnelle suppose une base légale, un statut, et aucune des "
        "exclusions du texte.",
        "CGFP L552-1 à L552-5 ; décrets 2019-1593 et 2019-1596",
    ),
    "fonction": Family(
        "function_open",
        "Une fonction s’exerce aux conditions de son texte ; l’autorité qui affecte décide.",
        "textes des fonctions (table parcours)",
    ),
}
"""The families of paths; the conditions of each path are in the tables."""


def open_from(code: str, people: People, day: int) -> Opening:
    """Answer one path for a column of people: open, from when, never, or what nobody told.

    Parameters
    ----------
    code : str
        Code of concours.csv or parcours.csv.
    people : People
        Columns, one row a person.
    day : int
        Axis day asked, one for all.

    Raises
    ------
    InputError
        Unknown path; the message lists the known ones.
    LawError
        The row completes another path (`Path.attached_to`).
    PeriodNotCovered
        The day is before the first session that the tables know.
    """
    return OPENINGS[path_of(code).family](code, people, day)


def all_open_from(codes: Sequence[str], people: People, day: int) -> tuple[Opening, ...]:
    """Answer several paths as `open_from` does, in one pass where nobody asks why."""
    if explaining():
        return tuple(open_from(code, people, day) for code in codes)
    return openings(codes, people, day)


def _rule_of(family: Family) -> Callable[[str, People, int], Opening]:
    """Register the rule of a family; each answers by the tables, as `opening` does."""

    def open_path(code: str, people: People, day: int) -> Opening:
        return opening(code, people, day)

    registered = rule(
        name=family.rule,
        sentence=family.sentence,
        source=family.source,
        since=_SINCE,
        tables=_TABLES,
    )
    return registered(open_path)


OPENINGS = {name: _rule_of(family) for name, family in FAMILIES.items()}
"""The rule of each family."""
