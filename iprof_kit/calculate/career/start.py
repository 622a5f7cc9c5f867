"""What a question about a career must hold before anything is computed, said in French."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

import numpy as np

from iprof_kit.base.calendar import (
    MONTH,
    add_months_civil,
    axis_of,
    date_of,
    date_text,
    duration_text,
    eve_of_rentree,
    school_year_of,
)
from iprof_kit.base.errors import InputError, KitError, LawError, PeriodNotCovered
from iprof_kit.base.explanation import explain, kept_unless_explained, unexplained
from iprof_kit.base.sources import to_verify
from iprof_kit.base.words import echelon_label
from iprof_kit.calculate.career.positions import Positions, positions_of
from iprof_kit.calculate.career.question import CareerQuestion, Retirement
from iprof_kit.calculate.guides.law.facts import Standing
from iprof_kit.calculate.interface.aside import aside
from iprof_kit.calculate.interface.explained import Reference
from iprof_kit.calculate.interface.papers import DOUBT
from iprof_kit.calculate.interface.situation import Situation
from iprof_kit.calculate.interface.why import texts_of
from iprof_kit.careers.periods import Supposed
from iprof_kit.law.career.advancement import DURATIONS, echelon_duration
from iprof_kit.law.career.bonifications import direction_day
from iprof_kit.law.career.traitement import (
    FULL_TIME,
    UNKNOWN,
    majore,
    offered_quotites,
    paid_fraction,
)
from iprof_kit.law.career.transitions import due_that_day, ppcr_2017, ppcr_day
from iprof_kit.law.pension.generations import CATEGORIES, SEDENTAIRE
from iprof_kit.law.pension.limits import kept_until, limit_postponement
from iprof_kit.law.pension.retirement import RetirementAges, ages_by_services, retirement_ages
from iprof_kit.law.tables.cells import CELLS, cell_code

_SCENARIOS = 4
YEARS_WITHOUT_BIRTH = 40


@dataclass(frozen=True)
class Start:
    """A checked question, on the axis.

    `first` is the civil day of the cell's effect and `entry` the same day on the axis, `kept` the
    seniority then kept, `today` the day that counts as today, `exit` the first day after the
    projection and `last` its last civil day; `positions` the time that does not count; `asa` the
    days of ASA not yet used, `direction` the school years of direction that give months,
    `supposed` a hypothesis on the lengths of échelons, `before` the old échelon from which the
    person was reclassified in 2017, where she gave that one, `unsaid` what the tables did not give,
    `beyond` what is supposed of somebody who serves past the limite d'âge,
    `filed` how many of her periods are of the file, where the others are supposed.
    """

    cell: int
    first: date
    entry: int
    kept: int
    today: int
    exit: int
    last: date
    retirement: Retirement | None
    positions: Positions
    asa: int = 0
    direction: tuple[int, ...] = ()
    supposed: Supposed | None = None
    before: Before2017 | None = None
    unsaid: tuple[str, ...] = ()
    beyond: str = ""
    filed: int | None = None

    @property
    def corps(self) -> str:
        """Code of the corps."""
        return str(CELLS.corps[self.cell])

    @property
    def grade(self) -> str:
        """Code of the grade."""
        return str(CELLS.grade[self.cell])

    def civil(self, day: int) -> date:
        """Return the civil day of an axis day; the person's own date as it was given."""
        return self.first if day == self.entry else date_of(day)

    @property
    def ends_with_age(self) -> bool:
        """Whether the projection runs up to the limite d'âge."""
        return self.retirement is not None and self.last == self.retirement.date_limite_age


def check(question: CareerQuestion, *, paid: bool = True) -> Start:
    """Check a question and put it on the axis.

    Parameters
    ----------
    paid : bool
        Refuse a position or a quotité of which no table says the pay; dates need neither.

    Raises
    ------
    InputError
        What is missing or impossible, where, and what to do.
    """
    if not 1 <= len(question.scenarios) <= _SCENARIOS:
        raise InputError(
            f"on compare de 1 à {_SCENARIOS} scénarios, pas {len(question.scenarios)}.",
            where="scenarios",
            remedy=f"Donnez-en de 1 à {_SCENARIOS}.",
        )
    start = _checked(question.situation, question.aujourdhui, question.jusqu_au)
    if paid:
        who = question.situation
        _check_index(start.cell, start.first, question.aujourdhui)
        if who.quotite != FULL_TIME:
            paid_fraction(who.quotite, who.type_temps_partiel, start.corps)
    return start


@kept_unless_explained(8)
def _checked(situation: Situation, today: date, until: date | None) -> Start:
    """Put a situation on the axis: one screen asks several questions of the same one."""
    corps, grade, echelon, day = _position(situation)
    _check_dates(situation, day, today)
    before = None
    if situation.ancienne_grille:
        before = reclassed(situation, Standing(corps, grade, echelon, situation.chevron), today)
        cell, day, kept = before.cell, before.day, before.kept
    else:
        cell, kept = cell_code(corps, grade, echelon, situation.chevron), situation.reliquat_jours
    _check_cell(cell, day)
    _check_kept(cell, day, kept)
    retirement, unsaid = aside(lambda: retirement_of(situation, today))
    bound, beyond = _bound(situation.date_naissance, today, retirement, unsaid)
    last = _last_day(today, until, bound)
    ends_with_age = retirement is not None and last == retirement.date_limite_age
    end = axis_of(last) if ends_with_age else axis_of(last + timedelta(days=1))
    entry = axis_of(day)
    return Start(
        cell,
        day,
        entry,
        kept,
        axis_of(today),
        end,
        last,
        retirement,
        positions_of(situation, entry, today),
        situation.mois_asa * MONTH,
        _direction(situation),
        before=before,
        unsaid=(f"retraite : {unsaid}",) if unsaid else (),
        beyond=beyond,
    )


def quotites(situation: Situation, *chosen: int) -> tuple[int, ...]:
    """Return the quotités offered for this kind of part-time, the one held and those chosen."""
    try:
        offered = offered_quotites(situation.type_temps_partiel, situation.corps)
        fixed = tuple(int(share) for share in offered if share == int(share))
    except (InputError, LawError):  # the table knows no quotité of this kind
        fixed = (FULL_TIME,)
    return tuple(sorted({*fixed, situation.quotite, *chosen}, reverse=True))


def _direction(situation: Situation) -> tuple[int, ...]:
    """Return the school years of direction, refused where one does not count or comes twice."""
    years = situation.annees_direction
    for year in years:
        direction_day(year)
        if years.count(year) > 1:
            raise InputError(
                f"l’année {year} est donnée plusieurs fois.",
                where="annees_direction",
                remedy="Chaque année scolaire se compte une fois.",
            )
    return tuple(sorted(years))


def _position(situation: Situation) -> tuple[str, str, str, date]:
    if situation.corps is None:
        raise InputError(
            "pas de corps, donc pas d’échelon calculé.",
            where="corps",
            remedy="L’avancement d’échelon concerne les fonctionnaires d’un corps.",
        )
    missing = [
        (name, value, remedy)
        for name, value, remedy in (
            ("grade", situation.grade, "Indiquez le grade, par exemple classe_normale."),
            ("echelon", situation.echelon, "Indiquez l’échelon détenu."),
            ("date_effet", situation.date_effet, "Indiquez la date d’effet de l’échelon."),
        )
        if value is None
    ]
    for name, _, remedy in missing:
        raise InputError("ce renseignement manque.", where=name, remedy=remedy)
    return (
        situation.corps,
        str(situation.grade),
        str(situation.echelon),
        situation.date_effet or date.min,
    )


def _check_dates(situation: Situation, day: date, today: date) -> None:
    first = DURATIONS.first
    if day < first and not situation.ancienne_grille:
        raise InputError(
            f"période non couverte : les durées d’échelon connues (durees_echelon) commencent "
            f"le {date_text(first)}, la date donnée est le {date_text(day)}.",
            where="date_effet",
            remedy=f"Indiquez l’échelon détenu le {date_text(first)} et l’ancienneté que vous y "
            "aviez ce jour-là, ou dites que l’échelon est celui de l’ancienne grille "
            "(ancienne_grille).",
        )
    if day > today:
        raise InputError(
            f"la date d’effet, le {date_text(day)}, est dans l’avenir (aujourd’hui : "
            f"{date_text(today)}).",
            where="date_effet",
            remedy="Indiquez la date d’effet de l’échelon détenu aujourd’hui.",
        )
    born = situation.date_naissance
    if born is not None and born >= day:
        raise InputError(
            f"les dates ne se suivent pas : naissance le {date_text(born)}, échelon le "
            f"{date_text(day)}.",
            where="date_naissance",
            remedy="La naissance vient avant l’échelon.",
        )


def _check_cell(cell: int, day: date) -> None:
    try:
        echelon_duration(np.array([cell]), axis_of(day))
    except LawError as error:
        if not DURATIONS.names(cell):
            raise InputError(
                f"la durée de cet échelon n’est pas connue ({CELLS.in_full(cell)}).",
                where="echelon",
                remedy="Ce kit ne connaît pas toutes les durées d’échelon de ce corps.",
            ) from error
        raise InputError(
            f"cette position n’existe pas au {date_text(day)} ({CELLS.in_full(cell)}).",
            where="echelon",
            remedy="Vérifiez l’échelon, le chevron et la date d’effet.",
        ) from error


def _check_index(cell: int, day: date, today: date) -> None:
    """Refuse a cell whose index no grid gives, neither today's nor the one of its own day."""
    if not has_index(cell, day, today):
        raise InputError(
            f"l’indice de cette position n’est pas connu ({CELLS.in_full(cell)}).",
            where="echelon",
            remedy="Ce kit ne connaît pas toute la grille de ce corps.",
        )


def has_index(cell: int, *days: date) -> bool:
    """Tell whether the grid of one of these days says the index of a position."""
    return any(majore(axis_of(day))[cell] != UNKNOWN for day in days)


def _check_kept(cell: int, day: date, kept: int) -> None:
    duration = int(echelon_duration(np.array([cell]), axis_of(day))[0])
    if duration and kept >= duration:
        raise InputError(
            f"l’ancienneté conservée, {duration_text(kept)}, atteint la durée de l’échelon, "
            f"{duration_text(duration)}.",
            where="reliquat_jours",
            remedy="Indiquez l’échelon suivant, ou une ancienneté plus courte.",
        )


def retirement_of(situation: Situation, today: date) -> Retirement | None:
    """Return the two ages that bound a career, None without date of birth."""
    if situation.date_naissance is None:
        return None
    born = situation.date_naissance
    with explain() as trace:
        ages = _ages(situation, born, today)
        put_off = _put_off(situation.enfants_a_charge, today)
    limit = add_months_civil(born, ages.limit_age_months + put_off)
    return Retirement(
        age_ouverture_mois=ages.opening_age_months,
        date_ouverture=ages.opening_date,
        limite_age_mois=ages.limit_age_months + put_off,
        date_limite_age=limit,
        a_verifier=to_verify(ages.confidence),
        recul_mois=put_off,
        sources=texts_of(trace),
    )


def _ages(situation: Situation, born: date, today: date) -> RetirementAges:
    since, category = situation.instituteur_depuis, situation.categorie_retraite
    if since is None:
        return retirement_ages(born, category, today)
    return ages_by_services(born, category, since, today)


def _put_off(children: int, today: date) -> int:
    """Return the months by which children put off the limit; 0 where the tables do not say it."""
    if not children:
        return 0
    with suppress(PeriodNotCovered):
        return int(limit_postponement(children, trois_a_cinquante=False, effet=today))
    return 0


def _bound(
    born: date | None, today: date, retirement: Retirement | None, unsaid: str
) -> tuple[date, str]:
    """Return the last day of a career, and what is supposed where the limite d'âge is past.

    Who still serves after it was kept: until the next age that the law knows, on authorisation,
    else to the end of the school year. `unsaid`: no table reaches back to her generation.
    """
    if born is None or (retirement is None and not unsaid):
        return add_months_civil(today, 12 * YEARS_WITHOUT_BIRTH), ""
    if retirement is not None and retirement.date_limite_age > today:
        return retirement.date_limite_age, ""
    ages: list[date] = []
    with suppress(KitError), unexplained():
        ages.append(retirement_ages(born, CATEGORIES[SEDENTAIRE], today).limit_date)
    with suppress(KitError), unexplained():
        ages.append(add_months_civil(born, kept_until(today)))
    last = min((day for day in ages if day > today), default=_end_of_school_year(today))
    past = f" depuis le {date_text(retirement.date_limite_age)}" if retirement else ""
    return last, (
        f"la limite d’âge est passée{past} : un maintien en fonction, sur autorisation, est "
        f"supposé jusqu’au {date_text(last)}"
    )


def _end_of_school_year(today: date) -> date:
    """Return the last day of a school year, of the next one on that day itself."""
    tomorrow = axis_of(today + timedelta(days=1))
    return eve_of_rentree(int(school_year_of(tomorrow)) + 1)


def _last_day(today: date, asked: date | None, bound: date) -> date:
    """Return the last day projected: what is asked, within the bound of a career."""
    if asked is not None and asked <= today:
        raise InputError(
            f"les dates ne se suivent pas : la projection s’arrêterait le "
            f"{date_text(asked)}, avant aujourd’hui ({date_text(today)}).",
            where="jusqu_au",
            remedy="Choisissez une date à venir.",
        )
    return bound if asked is None else min(asked, bound)


class Before2017(NamedTuple):
    """Where somebody was placed on 1 September 2017, and from where.

    `words` says both in French; `doubt` why it must be verified, "" where it need not.
    """

    cell: int
    day: date
    kept: int
    words: str
    doubt: str
    sources: tuple[Reference, ...]


def reclassed(situation: Situation, standing: Standing, today: date) -> Before2017:
    """Place on 1 September 2017 somebody who gave the échelon of the grid before.

    Parameters
    ----------
    situation : Situation
        `date_effet` is the day on which the old échelon began.
    standing : Standing
        The échelon in the old numbering.

    Raises
    ------
    InputError
        The échelon began after the reform, or no row of the tables covers it.
    """
    since, day = situation.date_effet or date.max, ppcr_day()
    if since >= day or today < day:
        raise InputError(
            f"l’ancienne grille s’est arrêtée la veille du {date_text(day)} : l’échelon "
            f"commence le {date_text(since)}, aujourd’hui est le {date_text(today)}.",
            where="ancienne_grille",
            remedy="Donnez l’échelon de la grille d’aujourd’hui, sans ancienne_grille.",
        )
    begin, end = axis_of(since), axis_of(day)
    lost = positions_of(situation, begin, today).lost(begin, end)
    days = end - begin + situation.reliquat_jours - lost
    try:
        with explain() as trace:
            placed = due_that_day(
                ppcr_2017(
                    standing.corps, standing.grade, standing.echelon, standing.chevron or "", days
                )
            )
    except LawError as error:
        raise InputError(
            error.message,
            where="echelon",
            remedy=f"Indiquez l’échelon détenu le {date_text(day)} et l’ancienneté que vous y "
            "aviez ce jour-là.",
        ) from error
    old = echelon_label(standing.echelon, standing.chevron)
    new = echelon_label(str(CELLS.echelon[placed.cell]), CELLS.chevron[placed.cell] or None)
    kept = f"avec {duration_text(placed.days_kept)}" if placed.days_kept else "sans ancienneté"
    doubt = DOUBT.get(placed.confidence, "") if to_verify(placed.confidence) else ""
    return Before2017(
        placed.cell,
        day,
        placed.days_kept,
        f"{old} depuis le {date_text(since)}, {duration_text(days)} d’ancienneté ; classement "
        f"au {new}, {kept}",
        f"reclassement de 2017 : {doubt}" if doubt else "",
        texts_of(trace),
    )
