"""One rule for each family of paths, and the one function that answers any path."""

from __future__ import annotations

from collections.abc import Callable

from iprof_kit.law.paths.opening import Opening, opening
from iprof_kit.law.paths.people import People
from iprof_kit.law.paths.rows import path_of
from iprof_kit.law.tables.rules import rule

_TABLES = ("concours", "parcours", "parcours_conditions")


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

    Returns
    -------
    Opening

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


@rule(
    sentence="Un concours est ouvert à qui remplit chaque condition (corps, diplôme, services, "
    "âge) au jour que fixe la session ; le jury décide de l’admission.",
    source="statuts particuliers et arrêtés d’ouverture (table concours)",
    since="2024-09-01",
    tables=_TABLES,
)
def competition_open(code: str, people: People, day: int) -> Opening:
    """Answer one path of the family « concours »; see `open_from`."""
    return opening(code, people, day)


@rule(
    sentence="Une liste d’aptitude est ouverte à qui remplit chaque condition au jour que fixe la "
    "liste ; l’inscription relève de l’autorité que cite la table.",
    source="statuts particuliers (table concours, listes d’aptitude)",
    since="2024-09-01",
    tables=_TABLES,
)
def aptitude_list_open(code: str, people: People, day: int) -> Opening:
    """Answer one path of the family « liste_aptitude »; see `open_from`."""
    return opening(code, people, day)


@rule(
    sentence="Un examen ou une certification est ouvert à qui remplit chaque condition au jour que"
    " fixe l’examen ; le jury décide.",
    source="textes des certifications (table concours)",
    since="2024-09-01",
    tables=_TABLES,
)
def certification_open(code: str, people: People, day: int) -> Opening:
    """Answer one path of the family « certification »; see `open_from`."""
    return opening(code, people, day)


@rule(
    sentence="Un détachement ou une mise à disposition se demande aux conditions du texte ; les "
    "administrations d’origine et d’accueil décident.",
    source="CGFP L512-6, L513-1 et suivants ; décret 85-986",
    since="2024-09-01",
    tables=_TABLES,
)
def secondment_open(code: str, people: People, day: int) -> Opening:
    """Answer one path of the family « detachement »; see `open_from`."""
    return opening(code, people, day)


@rule(
    sentence="Une disponibilité est de droit ou sur autorisation selon son motif, aux conditions "
    "du texte.",
    source="décret 85-986, art. 42 à 49 ; CGFP L514-2",
    since="2024-09-01",
    tables=_TABLES,
)
def availability_open(code: str, people: People, day: int) -> Opening:
    """Answer one path of the family « disponibilite »; see `open_from`."""
    return opening(code, people, day)


@rule(
    sentence="Un congé est ouvert à qui remplit les conditions de son texte.",
    source="décret 2007-1470 ; loi 2025-1403, art. 99",
    since="2024-09-01",
    tables=_TABLES,
)
def leave_open(code: str, people: People, day: int) -> Opening:
    """Answer one path of the family « conge »; see `open_from`."""
    return opening(code, people, day)


@rule(
    sentence="Le temps partiel est de droit ou sur autorisation selon son motif.",
    source="CGFP L612-1 et L612-3 ; décret 82-624",
    since="2024-09-01",
    tables=_TABLES,
)
def part_time_open(code: str, people: People, day: int) -> Opening:
    """Answer one path of the family « temps_partiel »; see `open_from`."""
    return opening(code, people, day)


@rule(
    sentence="La rupture conventionnelle suppose une base légale, un statut, et aucune des "
    "exclusions du texte.",
    source="CGFP L552-1 à L552-5 ; décrets 2019-1593 et 2019-1596",
    since="2024-09-01",
    tables=_TABLES,
)
def departure_open(code: str, people: People, day: int) -> Opening:
    """Answer one path of the family « depart »; see `open_from`."""
    return opening(code, people, day)


@rule(
    sentence="Une fonction s’exerce aux conditions de son texte ; l’autorité qui affecte décide.",
    source="textes des fonctions (table parcours)",
    since="2024-09-01",
    tables=_TABLES,
)
def function_open(code: str, people: People, day: int) -> Opening:
    """Answer one path of the family « fonction »; see `open_from`."""
    return opening(code, people, day)


OPENINGS: dict[str, Callable[[str, People, int], Opening]] = {
    "concours": competition_open,
    "liste_aptitude": aptitude_list_open,
    "certification": certification_open,
    "detachement": secondment_open,
    "disponibilite": availability_open,
    "conge": leave_open,
    "temps_partiel": part_time_open,
    "depart": departure_open,
    "fonction": function_open,
}
"""The rule of each family."""
