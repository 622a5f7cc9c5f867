"""The French words of corps, grades and échelons, as people read them."""

from __future__ import annotations

import csv
from functools import cache

from iprof_kit.base.errors import InputError
from iprof_kit.base.paths import REFERENCE

SPECIAL = "special"


def corps_label(corps: str, *, plural: bool = False) -> str:
    """Return « Professeur des écoles » (or « Professeurs des écoles ») for `pe`.

    Raises
    ------
    InputError
        Unknown corps; the message lists the known ones.
    """
    return _find(_plural_corps() if plural else _labels("corps"), corps, "corps")


def grade_label(grade: str) -> str:
    """Return « hors classe » for `hors_classe`."""
    return _find(_labels("grade"), grade, "grade")


def corps_and_grade_label(corps: str, grade: str) -> str:
    """Return « Professeur des écoles de classe normale », « Professeur agrégé hors classe »."""
    name, rank = corps_label(corps), grade_label(grade)
    if grade == "grade_unique":
        return name
    return f"{name} {rank}" if grade == "hors_classe" else f"{name} de {rank}"


def echelon_label(echelon: str, chevron: str | None = None) -> str:
    """Return « 1er échelon », « 7e échelon », « échelon spécial, chevron HEA1 »."""
    if echelon == SPECIAL:
        name = "échelon spécial"
    else:
        name = f"{echelon}{'er' if echelon == '1' else 'e'} échelon"
    return f"{name}, chevron {chevron}" if chevron else name


def at_echelon(echelon: str, chevron: str | None = None) -> str:
    """Return « au 7e échelon », « à l’échelon spécial »."""
    return f"{'à l’' if echelon == SPECIAL else 'au '}{echelon_label(echelon, chevron)}"


def position_label(grade: str, echelon: str, chevron: str | None = None) -> str:
    """Return « 7e échelon » in the first grade, « hors classe, 2e échelon » in the others."""
    where = echelon_label(echelon, chevron)
    first = grade in ("classe_normale", "grade_unique")
    return where if first else f"{grade_label(grade)}, {where}"


def known_corps() -> tuple[str, ...]:
    """Return the codes of the corps that the kit knows, in the order of corps.csv."""
    return tuple(_plural_corps())


def label(nomenclature: str, code: str) -> str:
    """Return the label of a code in one of the lists of nomenclatures.csv.

    Raises
    ------
    InputError
        Unknown list or code.
    """
    return _find(_nomenclatures().get(nomenclature, {}), code, nomenclature)


def _find(labels: dict[str, str], code: str, kind: str) -> str:
    if code not in labels:
        raise InputError(
            f"« {code} » n’est pas connu.",
            where=kind,
            remedy=f"Valeurs connues\u00a0: {', '.join(labels)}.",
        )
    return labels[code]


def _read(table: str) -> list[dict[str, str]]:
    with (REFERENCE / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def _labels(kind: str) -> dict[str, str]:
    return {row["code"]: row["libelle"] for row in _read("libelles") if row["type"] == kind}


@cache
def _plural_corps() -> dict[str, str]:
    return {row["corps"]: row["libelle"].replace("'", "’") for row in _read("corps")}


@cache
def _nomenclatures() -> dict[str, dict[str, str]]:
    lists: dict[str, dict[str, str]] = {}
    for row in _read("nomenclatures"):
        lists.setdefault(row["liste"], {})[row["code"]] = row["libelle"]
    return lists
