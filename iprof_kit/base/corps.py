"""What the tables say of each corps: its degrees, and what a text says of some corps alone.

No module names a corps: it asks here. A corps that no row names has nothing of its own.
"""

from __future__ import annotations

from functools import cache
from typing import Literal, get_args

from iprof_kit.base.reference import written_rows

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
"""What corps_particularites.csv says of some corps alone; its column `valeur` says which one."""


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
    rows = written_rows("corps_particularites")
    return {
        code: row["valeur"] for row in rows if row["cle"] == own for code in row["corps"].split(";")
    }


def moving(movement: Movement) -> tuple[str, ...]:
    """Return the corps that take part in a movement: from a département, or from an academy."""
    return tuple(corps for corps, told in those("mouvement").items() if told == movement)


def movement_of(corps: str | None) -> Movement | None:
    """Return the movement in which a corps takes part; None for one that the tables do not say."""
    return next((one for one in get_args(Movement) if corps in moving(one)), None)


@cache
def some_codes() -> str:
    """Return « pe, certifie, agrege… »: codes of the table, for who is asked for one."""
    return ", ".join(known_codes()[:3]) + "…"
