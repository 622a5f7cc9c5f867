"""L'entrée dans un corps: services taken over by coefficient, then the échelon they give.

Décret 51-1423: years of 360 days, months of 30. Each nature of services has its coefficient in
coefficients_reprise.csv (reprise_natures.csv names them); what the sum gives is walked through the
durations of the first grade, always « classe normale ». Before 2023-09-01 the table covers the
service national and the third concours only.
"""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction
from functools import cache

import numpy as np

from iprof_kit.base.calendar import MONTH, YEAR, date_of
from iprof_kit.base.errors import BadTable, InputError, LawError
from iprof_kit.law.career.advancement import DURATIONS, months
from iprof_kit.law.career.traitement import majore
from iprof_kit.law.tables.cells import CELLS, Cell, grades_of
from iprof_kit.law.tables.facts import Fact, Facts
from iprof_kit.law.tables.rules import rule
from iprof_kit.law.tables.schema import EVERYBODY
from iprof_kit.law.tables.sentences import value

NATURES = Facts("reprise_natures", ("code",))
COEFFICIENTS = Facts("coefficients_reprise", ("corps_accueil", "nature_services"))
CHARACTERISTIC = "coefficient_caracteristique"
BY_INDEX = "fonctionnaire_a"
ALTERNANT, TEACHING = "alternant_meef", "contractuel_enseignant"
THIRD_CONCOURS = "3e concours"
FULL = "plein"
_PART_TIME = "temps partiel ou incomplet"
_TABLES = ("coefficients_reprise", "reprise_natures")
_BY_YEARS = re.compile(
    r"bonification (\d), (\d) ou (\d) ans selon durée d’activité "
    r"\(moins de (\d) ans, de \d à \d ans, (\d) ans et plus\)"
)
_IN_MONTHS = re.compile(r"bonification de (\d+) mois")


@rule(
    sentence="Les services accomplis avant la nomination sont repris selon leur nature, pour la "
    "durée que donne son coefficient, arrondie au jour le plus proche (année de 360 jours).",
    source="décret 51-1423, art. 3 à 11-9 ; décret 2023-729",
    since="2017-09-01",
    tables=_TABLES,
)
def credited_days(days: Cell, nature: str, corps: str, day: int, quotite: int = 100) -> Cell:
    """Return the days that services of one nature give in a corps.

    Parameters
    ----------
    days : array of int
        Days of service, in years of 360 days.
    nature : str
        Code of reprise_natures.csv, other than the one classed by index.
    corps : str
        Corps entered.
    day : int
        Axis day on which the classement takes effect.
    quotite : int
        Part of full time worked, in per cent.

    Raises
    ------
    InputError
        Unknown nature; the message lists the known ones.
    PeriodNotCovered
        The nature was not taken over yet on that day.
    LawError
        « règle non couverte »: a corps or a part-time of which the tables say nothing.
    """
    when = date_of(day)
    fact = nature_of(nature, when)
    refuse_other_corps(corps, when)
    if nature == BY_INDEX:
        raise LawError(
            "règle non couverte : ces services se classent par l’indice, pas par la durée.",
            where=nature,
        )
    if quotite < PART_OF_FULL:
        _part_time(fact, nature, when)
    share, added = _share(fact, nature, corps, when)
    given = np.asarray(days, np.int64)
    top, bottom = share.numerator, share.denominator
    taken = (2 * given * top + bottom) // (2 * bottom)
    return np.where(given > 0, taken + added, 0)


PART_OF_FULL = 100


@rule(
    sentence="Un lauréat du troisième concours reçoit une bonification de {premiere}, {deuxieme} "
    "ou {troisieme:an} selon la durée de son activité professionnelle.",
    source="statuts particuliers ; décret 51-1423 (à vérifier)",
    since="2017-09-01",
    tables=("coefficients_reprise",),
    values={
        "premiere": value("coefficients_reprise", "regle", nth=0, nature_services=THIRD_CONCOURS),
        "deuxieme": value("coefficients_reprise", "regle", nth=1, nature_services=THIRD_CONCOURS),
        "troisieme": value("coefficients_reprise", "regle", nth=2, nature_services=THIRD_CONCOURS),
    },
)
def third_concours_days(activity: Cell, day: int) -> Cell:
    """Return the days that the third concours gives (confidence D).

    Parameters
    ----------
    activity : array of int
        Days of professional activity, in years of 360 days; 0 for none.
    day : int
        Axis day on which the classement takes effect.
    """
    fact = COEFFICIENTS.read(date_of(day), EVERYBODY, THIRD_CONCOURS)
    first, second, third, low, high = _numbers(_BY_YEARS, fact)
    given = np.asarray(activity, np.int64)
    years = np.select(
        [given <= 0, given < low * YEAR, given < high * YEAR], [0, first, second], third
    )
    return years * YEAR


@rule(
    sentence="L’ancienneté reprise se déroule, échelon par échelon, dans la classe normale ; ce "
    "qui dépasse le début de l’échelon atteint est conservé.",
    source="décret 51-1423, art. 2, 9 et 10",
    since="2017-09-01",
    tables=("durees_echelon",),
)
def placed_by_seniority(days: Cell, corps: str, day: int) -> tuple[Cell, Cell]:
    """Return the échelon of the first grade that a seniority gives, and what is left in it.

    Parameters
    ----------
    days : array of int
        Seniority, in days of the 360-day year.
    day : int
        Axis day on which the classement takes effect.

    Returns
    -------
    (array, array)
        Cells; days of seniority in the échelon.

    Raises
    ------
    PeriodNotCovered
        Before 2017-09-01.
    """
    cells, begins = first_grade(corps, day)
    given = np.asarray(days, np.int64)
    rank = np.searchsorted(begins, given, side="right") - 1
    DURATIONS.read(
        DURATIONS.column("duree_mois"),
        cells[: int(rank.max(initial=0)) + 1],
        day,
        "durée de l’échelon, en mois",
    )
    return cells[rank], given - begins[rank]


@rule(
    sentence="Un fonctionnaire de catégorie A hors enseignement est classé à l’échelon dont "
    "l’indice est égal, ou immédiatement supérieur, à celui qu’il détenait.",
    source="décret 51-1423 ; coefficients_reprise.csv",
    since="2023-09-01",
    tables=("coefficients_reprise", "grilles"),
)
def placed_by_index(index_held: Cell, corps: str, day: int) -> Cell:
    """Return the échelon of the first grade that an index gives.

    Parameters
    ----------
    index_held : array of int
        Indices majorés held before.
    day : int
        Axis day on which the classement takes effect.

    Returns
    -------
    array of int64
        Cells; the last échelon where the index is above it. What becomes of the seniority is not
        in the tables.
    """
    when = date_of(day)
    refuse_other_corps(corps, when)
    _coefficient(nature_of(BY_INDEX, when), corps, when).text("regle")
    cells, _ = first_grade(corps, day)
    index = majore(day)[cells]
    rank = np.searchsorted(index, np.asarray(index_held, np.int64), side="left")
    return cells[np.minimum(rank, len(cells) - 1)]


@cache
def first_grade(corps: str, day: int) -> tuple[Cell, Cell]:
    """Return the cells of the first grade of a corps, and the seniority at which each begins."""
    length = months(day) * MONTH
    cells = np.flatnonzero((CELLS.corps == corps) & (CELLS.grade == grades_of(corps)[0]))
    return cells, np.concatenate([[0], np.cumsum(length[cells])[:-1]])


def nature_of(nature: str, day: date) -> Fact:
    """Return the row of a nature of services in force on a day.

    Raises
    ------
    InputError
        Unknown nature; the message lists the known ones.
    PeriodNotCovered
        Services of this nature were not in the tables on that day.
    """
    known = natures()
    if nature not in known:
        raise InputError(
            f"la nature de services « {nature} » n’est pas connue.",
            where="nature",
            remedy=f"Natures connues : {', '.join(known)}.",
        )
    return NATURES.read(day, nature, label=f"nature des services ({nature})")


def natures() -> tuple[str, ...]:
    """Return the codes of the natures of services, in the order of the table."""
    rows = NATURES.keys()
    return tuple(str(key[0]) for key in rows)


def characteristic(corps: str, day: date, *, biadmissible: bool = False) -> Fact:
    """Return the row of the characteristic coefficient of a corps.

    Raises
    ------
    LawError
        « règle non couverte »: the corps has none in the table.
    """
    what = f"{CHARACTERISTIC}_biadmissible" if biadmissible else CHARACTERISTIC
    return _row(corps, what, day)


def refuse_other_corps(corps: str, day: date) -> None:
    """Refuse a corps that the décret 51-1423 does not govern in the tables."""
    characteristic(corps, day)


def _row(corps: str, what: str, day: date) -> Fact:
    """Return the row of a nature for a corps: its own, else the one of everybody."""
    rows = COEFFICIENTS.keys()
    for of_its_own in (False, True):
        for key in rows:
            group, nature = str(key[0]), str(key[1])
            fits = group == EVERYBODY if of_its_own else corps in group.split(";")
            if nature == what and fits:
                return COEFFICIENTS.read(day, group, nature, label=f"{nature} ({corps})")
    raise LawError(
        f"règle non couverte : reprise « {what} » dans le corps « {corps} ».",
        where="coefficients_reprise",
    )


def _coefficient(fact: Fact, corps: str, day: date) -> Fact:
    return _row(corps, fact.text("nature_services"), day)


def _share(fact: Fact, nature: str, corps: str, day: date) -> tuple[Fraction, int]:
    """Return the coefficient of a nature, and the days added to it whatever the duration."""
    if fact.has("coefficient"):
        return Fraction(fact.text("coefficient", f"coefficient ({nature})")), 0
    row = _coefficient(fact, corps, day)
    if nature == ALTERNANT:
        (added,) = _numbers(_IN_MONTHS, row)
        teaching = _coefficient(nature_of(TEACHING, day), corps, day)
        return Fraction(teaching.text("coefficient")), added * MONTH
    return Fraction(row.text("coefficient")), 0


def _part_time(fact: Fact, nature: str, day: date) -> None:
    """Note that part-time counts as full time, or refuse where the tables do not say it."""
    if fact.text("temps_partiel") != FULL:
        raise LawError(
            f"règle non couverte : temps partiel pour « {fact.text('libelle')} ».",
            where="quotite",
            remedy="Indiquez les services en équivalent de temps plein.",
        )
    COEFFICIENTS.read(day, EVERYBODY, _PART_TIME).text("coefficient", f"temps partiel ({nature})")


def _numbers(form: re.Pattern[str], fact: Fact) -> tuple[int, ...]:
    """Read the numbers that a row writes in words."""
    match = form.search(fact.text("regle"))
    if match is None:
        raise BadTable(f"règle illisible : {fact.text('regle')}.", where=fact.table)
    return tuple(int(number) for number in match.groups())
