"""Rows of the reference tables as they are written, and what they say of each corps.

`law.tables.loading` types and checks a whole table, with pandas; a process that only shows names
is spared it. No module names a corps: it asks here what a text says of some of them alone.
"""

from __future__ import annotations

import csv
from functools import cache
from typing import Literal, get_args

from iprof_kit.base.paths import REFERENCE
from iprof_kit.base.sources import TO_VERIFY

FIRST = "1"
Movement = Literal["1d", "2d"]
Own = Literal[
    "mouvement",
    "services_actifs",
    "discipline_des_barres",
    "concours_sans_section",
    "tableau_par_discipline",
    "enseignement_technique",
    "heures_annee_adaptees",
    "changement_propose",
]
"""What a text says of some corps alone (corps_particularites.csv), or this kit (corps_choix)."""


def written_rows(table: str) -> list[dict[str, str]]:
    """Return the rows of a reference table, every cell a text.

    Parameters
    ----------
    table : str
        Name of the table, without extension.

    Examples
    --------
    >>> written_rows("academies")[0]["libelle_academie"]
    'Paris'
    """
    with (REFERENCE / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def codes_of(table: str, column: str) -> tuple[str, ...]:
    """Return the codes that a column of a reference table holds, each once, in its order.

    Examples
    --------
    >>> codes_of("corps", "corps")[:2]
    ('pe', 'certifie')
    """
    codes = (row[column].strip() for row in written_rows(table))
    return tuple(dict.fromkeys(code for code in codes if code))


def department_code(written: str) -> str:
    """Return the code of a département as the tables write it; of « 063 », as files do, « 63 ».

    Examples
    --------
    >>> department_code("063"), department_code("01"), department_code("974"), department_code("")
    ('63', '01', '974', '')
    """
    return written.removeprefix("0") if len(written) == len("063") else written


@cache
def academy_labels() -> dict[str, str]:
    """Return the label of each academy by its code, former ones included.

    Examples
    --------
    >>> academy_labels()["09"]
    'Lille'
    """
    return {row["code_academie"]: row["libelle_academie"] for row in written_rows("academies")}


@cache
def academy_codes() -> dict[str, str]:
    """Return the code of each academy by its label."""
    return {label: code for code, label in academy_labels().items()}


@cache
def known_codes() -> tuple[str, ...]:
    """Return the codes of the corps, in the order of the table."""
    return tuple(row["corps"] for row in written_rows("corps"))


@cache
def degrees_of(corps: str | None) -> tuple[str, ...]:
    """Return the degrees in which a corps teaches, « 1 », « 2 » or both; () for an unknown one.

    Examples
    --------
    >>> degrees_of("psyen")
    ('1', '2')
    """
    rows = written_rows("corps")
    return next((tuple(row["degre"].split(";")) for row in rows if row["corps"] == corps), ())


def in_first_degree(corps: str | None) -> bool:
    """Tell whether a corps teaches in the first degree alone."""
    return degrees_of(corps) == (FIRST,)


@cache
def those(own: Own) -> dict[str, str]:
    """Return the corps of which a text says something alone, each with what it says.

    Examples
    --------
    >>> those("discipline_des_barres")
    {'cpe': 'CPE', 'psyen': 'PsyEN'}
    """
    return {code: row["valeur"] for row in _said(own) for code in row["corps"].split(";")}


@cache
def unsure(own: Own, corps: str | None) -> bool:
    """Tell whether what a text says of a corps alone is to be verified: it shows where it is read.

    Examples
    --------
    >>> unsure("concours_sans_section", "cpe"), unsure("mouvement", "certifie")
    (True, False)
    """
    rows = (row for row in _said(own) if corps in row["corps"].split(";"))
    return any(row["confiance"] in TO_VERIFY for row in rows)


def _said(own: Own) -> list[dict[str, str]]:
    tables = map(written_rows, ("corps_particularites", "corps_choix"))
    return [row for table in tables for row in table if row["cle"] == own]


def moving(movement: Movement) -> tuple[str, ...]:
    """Return the corps that take part in a movement: from a département, or from an academy."""
    return tuple(corps for corps, own in those("mouvement").items() if own == movement)


def movement_of(corps: str | None) -> Movement | None:
    """Return the movement in which a corps takes part; None for one that the tables do not say."""
    return next((one for one in get_args(Movement) if corps in moving(one)), None)


@cache
def some_codes() -> str:
    """Return « pe, certifie, agrege… »: codes of the table, for who is asked for one."""
    return ", ".join(known_codes()[:3]) + "…"
