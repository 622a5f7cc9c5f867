"""An échelon of the grid that ended on 31 August 2017: where the reform of that year placed it."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from iprof_kit.base.calendar import axis_of, date_text, duration_text
from iprof_kit.base.errors import InputError, LawError
from iprof_kit.base.sources import to_verify
from iprof_kit.base.words import NBSP, echelon_label
from iprof_kit.calculate.career.positions import positions_of
from iprof_kit.calculate.guides.law_facts import Standing
from iprof_kit.calculate.interface.explained import Reference
from iprof_kit.calculate.interface.papers import DOUBT, citation
from iprof_kit.calculate.interface.situation import Situation
from iprof_kit.law.career.transitions import due_that_day, ppcr_2017, ppcr_day
from iprof_kit.law.tables.cells import CELLS


class Before2017(NamedTuple):
    """Where somebody was placed on 1 September 2017, and from where.

    `words` says both in French; `doubt` why it must be verified, "" where it need not.
    """

    cell: int
    day: date
    kept: int
    words: str
    doubt: str
    source: Reference


def reclassed(situation: Situation, held: Standing, today: date) -> Before2017:
    """Place on 1 September 2017 somebody who gave the échelon of the grid before.

    Parameters
    ----------
    situation : Situation
        `date_effet` is the day on which the old échelon began.
    held : Standing
        The échelon in the old numbering.
    today : date

    Raises
    ------
    InputError
        The échelon began after the reform, or no row of the tables covers it.
    """
    since, day = situation.date_effet or date.max, ppcr_day()
    if since >= day or today < day:
        raise InputError(
            f"l’ancienne grille s’est arrêtée la veille du {date_text(day)}{NBSP}: l’échelon "
            f"commence le {date_text(since)}, aujourd’hui est le {date_text(today)}.",
            where="ancienne_grille",
            remedy="Donnez l’échelon de la grille d’aujourd’hui, sans ancienne_grille.",
        )
    begin, end = axis_of(since), axis_of(day)
    lost = positions_of(situation, begin, today).lost(begin, end)
    days = end - begin + situation.reliquat_jours - lost
    try:
        placed = due_that_day(
            ppcr_2017(held.corps, held.grade, held.echelon, held.chevron or "", days)
        )
    except LawError as error:
        raise InputError(
            error.message,
            where="echelon",
            remedy=f"Indiquez l’échelon détenu le {date_text(day)} et l’ancienneté que vous y "
            "aviez ce jour-là.",
        ) from error
    old = echelon_label(held.echelon, held.chevron)
    new = echelon_label(str(CELLS.echelon[placed.cell]), CELLS.chevron[placed.cell] or None)
    kept = f"avec {duration_text(placed.days_kept)}" if placed.days_kept else "sans ancienneté"
    doubt = DOUBT.get(placed.confidence, "") if to_verify(placed.confidence) else ""
    return Before2017(
        placed.cell,
        day,
        placed.days_kept,
        f"{old} depuis le {date_text(since)}, {duration_text(days)} d’ancienneté{NBSP}; classement "
        f"au {new}, {kept}",
        f"reclassement de 2017{NBSP}: {doubt}" if doubt else "",
        Reference(
            texte=citation(placed.source), valide_du=day, valide_au=day, confiance=placed.confidence
        ),
    )
