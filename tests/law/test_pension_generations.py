"""Ages and durations of every generation, from the wording of the laws."""

from datetime import date

import numpy as np
import pytest

from iprof_kit.base.errors import PeriodNotCovered
from iprof_kit.law.pension.dates import add_months, days, effect_date, year_of
from iprof_kit.law.pension.generations import (
    CATEGORIES,
    SEDENTAIRE,
    active_services_minimum,
    cancellation_age,
    generation,
    limit_age,
    opening_age,
    rates,
    required_quarters,
    surcote_age,
)
from iprof_kit.law.pension.retirement import retirement_ages
from iprof_kit.law.pension.versions import law_version, reading_day, versions

NO = np.array([False])
TODAY = days("2026-11-25")


def of(born, category, effect, today="2026-11-25"):
    code = np.array([CATEGORIES.index(category)])
    return generation(days(born), code, law_version(days(effect), days(today)))


def births(year, first=1):
    """The first day of each month of a year."""
    return [f"{year}-{month:02d}-01" for month in range(first, 13)]


# — loi 2010-1330 et loi 2014-40 (départs jusqu'au 31 août 2023) ------------------------------

DURATIONS_2014 = {1949: 161, 1950: 162, 1951: 163, 1952: 164, 1953: 165, 1954: 165, 1955: 166,
                  1956: 166, 1957: 166}  # fmt: skip


def duration_2014(year):
    """L. 161-17-3 CSS: one quarter more every three years from 1958 to 1973."""
    return DURATIONS_2014.get(year, min(172, 167 + (year - 1958) // 3))


def opening_2010(born, base):
    """Loi 2010-1330: four months for the second half of the first year, then five a year."""
    year, half = int(born[:4]), born[5:7] >= "07"
    first = 1951 if base == 60 * 12 else 1956
    if year < first or (year == first and not half):
        return base
    return min(base + 24, base + 4 + 5 * (year - first))


def offset(opening_year):
    """Loi 2003-775 art. 66: quarters below the age limit, nine in 2011, none from 2020."""
    return max(0, 2020 - opening_year)


def rate_of(opening_year):
    return min(0.0125, 0.00625 + 0.00125 * (opening_year - 2010))


def opening_year(born, age):
    return int(year_of(add_months(days(born), age))[0])


@pytest.mark.parametrize("year", range(1951, 1976))
def test_sedentaires_before_september_2023(year):
    for born in births(year, 7 if year == 1951 else 1):
        check_sedentaire_2010(born)


def check_sedentaire_2010(born):
    mine = of(born, "sedentaire", "2023-08-01")
    age = opening_2010(born, 60 * 12)
    year = opening_year(born, age)
    limit = age + 60
    assert opening_age(mine).tolist() == [age]
    assert surcote_age(mine).tolist() == [age]
    assert limit_age(mine, days("2023-08-01")).tolist() == [limit]
    assert required_quarters(mine).tolist() == [duration_2014(int(born[:4]))]
    assert cancellation_age(mine, NO).tolist() == [limit - 3 * offset(year)]
    assert rates(mine)[0] == pytest.approx([rate_of(year)])
    assert (rates(mine)[1].tolist(), rates(mine)[2].tolist()) == ([20], [0.0125])


@pytest.mark.parametrize(
    ("year", "option"),
    [(year, True) for year in range(1955, 1978)] + [(year, False) for year in range(1955, 1967)],
)
def test_actives_before_september_2023(year, option):
    for born in births(year):
        check_active_2010(born, option)


def check_active_2010(born, option):
    mine = of(born, "active" if option else "active_sans_option", "2023-08-01")
    age = opening_2010(born, 55 * 12)
    year = opening_year(born, age)
    limit = age + 60 if option else 67 * 12
    assert opening_age(mine).tolist() == [age]
    # L. 13 III : la durée de la génération qui a 60 ans l'année de l'ouverture du droit
    assert required_quarters(mine).tolist() == [duration_2014(year - 60)]
    assert limit_age(mine, days("2023-08-01")).tolist() == [limit]
    assert cancellation_age(mine, NO).tolist() == [limit - 3 * offset(year)]
    assert rates(mine)[0] == pytest.approx([rate_of(year)])
    assert surcote_age(mine).tolist() == [62 * 12]
    assert active_services_minimum(mine).tolist() == [180 if born < "1956-07" else 204]
    assert (rates(mine)[1].tolist(), rates(mine)[2].tolist()) == ([20], [0.0125])


# — loi 2023-270, puis suspension (loi 2025-1403) ---------------------------------------------


def step_2023(born, first):
    """Number of steps of three months since the first generation (September of a year)."""
    year = int(born[:4])
    return 0 if born < f"{first}-09" else year - first + 1


def step_2026(born, first):
    """The suspension: generations 3 and 4 (to March of the fifth) stay where the second was."""
    step = step_2023(born, first)
    year = int(born[:4])
    if year == first + 3 or (year == first + 4 and born[5:7] < "04"):
        return 3
    return step - 1 if year > first + 3 else step


def duration_2023(step, before):
    """Loi 2023-270: one quarter more than before, then one a generation, up to 172."""
    return before if step == 0 else {1: 169, 2: 169, 3: 170, 4: 171}.get(step, 172)


def gap_of(effect):
    return step_2023 if effect < "2026-09" else step_2026


@pytest.mark.parametrize("effect", ["2024-09-01", "2026-11-01"])
@pytest.mark.parametrize("year", range(1955, 1972))
def test_sedentaires_since_september_2023(year, effect):
    for born in births(year):
        check_sedentaire_2023(born, effect)


def check_sedentaire_2023(born, effect):
    mine = of(born, "sedentaire", effect)
    step = min(gap_of(effect)(born, 1961), 8)
    age = 62 * 12 + 3 * step
    assert opening_age(mine).tolist() == [age]
    assert surcote_age(mine).tolist() == [age]
    before = duration_2014(int(born[:4]))
    assert required_quarters(mine).tolist() == [duration_2023(step, before)]
    # l'âge d'annulation suit la limite d'âge moins un décalage pour les générations 1955-1957
    assert cancellation_age(mine, NO).tolist() == [67 * 12 - 3 * offset(opening_year(born, age))]
    assert limit_age(mine, days(effect)).tolist() == [67 * 12]
    assert [float(np.asarray(value)[0]) for value in rates(mine)] == [0.0125, 20, 0.0125]


@pytest.mark.parametrize("effect", ["2024-09-01", "2026-11-01"])
@pytest.mark.parametrize("year", range(1960, 1977))
def test_actives_since_september_2023(year, effect):
    for born in births(year):
        check_active_2023(born, effect)


def check_active_2023(born, effect):
    mine = of(born, "active", effect)
    step = min(gap_of(effect)(born, 1966), 8)
    age = 57 * 12 + 3 * step
    assert opening_age(mine).tolist() == [age]
    before = 168 if born >= "1964" else duration_2014(opening_year(born, 57 * 12) - 60)
    assert required_quarters(mine).tolist() == [duration_2023(step, before)]
    # L. 14 bis : 62 ans pendant la montée en charge ; avant, limite d'âge moins un décalage
    opens = opening_year(born, 57 * 12)
    assert cancellation_age(mine, NO).tolist() == [62 * 12 - 3 * offset(opens)]
    # trap 3: the law (âge anticipé + 5 ans), not the « âge des sédentaires » of F16494
    assert surcote_age(mine).tolist() == [age + 60]
    assert limit_age(mine, days(effect)).tolist() == [62 * 12]
    assert active_services_minimum(mine).tolist() == [17 * 12]
    assert [float(np.asarray(value)[0]) for value in rates(mine)] == [0.0125, 20, 0.0125]


# — the traps of the notes --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("born", "active", "sedentaire"), [("1962-05-01", 167, 169), ("1966-03-01", 168, 172)]
)
def test_the_duration_of_an_active_is_not_that_of_her_generation(born, active, sedentaire):
    assert required_quarters(of(born, "active", "2024-09-01")).tolist() == [active]
    assert required_quarters(of(born, "sedentaire", "2024-09-01")).tolist() == [sedentaire]


def test_1963_needs_170_quarters_and_a_quarter_of_decote_is_one_and_a_quarter_percent():
    mine = of("1963-06-01", "sedentaire", "2026-01-01")
    assert required_quarters(mine).tolist() == [170]
    assert rates(mine)[0].tolist() == [0.0125]


@pytest.mark.parametrize(
    ("born", "months"),
    [("1965-03-31", 753), ("1965-04-01", 756), ("1966-01-01", 759), ("1967-01-01", 762),
     ("1968-12-31", 765)],
)  # fmt: skip
def test_ages_of_1965_to_1968_after_the_suspension(born, months):
    # service-public A18825, contre les âges décalés d'unsadgfip
    assert opening_age(of(born, "sedentaire", "2030-01-01")).tolist() == [months]


def test_the_option_no_longer_moves_the_cancellation_age():
    for category in ("active", "active_sans_option"):
        mine = of("1968-01-15", category, "2030-01-01")
        assert cancellation_age(mine, NO).tolist() == [62 * 12]
    assert limit_age(
        of("1968-01-15", "active_sans_option", "2030-01-01"), days("2030-01-01")
    ).tolist() == [67 * 12]
    # avant : né en janvier 1956, 57 ans 9 mois avec option, 64 ans 9 mois sans
    old = [
        cancellation_age(of("1956-01-15", category, "2016-09-01"), NO)[0]
        for category in ("active", "active_sans_option")
    ]
    assert old == [57 * 12 + 9, 64 * 12 + 9]


def test_struck_off_by_the_limit_of_an_active_post():
    mine = of("1956-09-15", "active", "2016-09-01")
    yes = cancellation_age(mine, np.array([True]))
    assert yes.tolist() == np.minimum(cancellation_age(mine, NO), 60 * 12 + 4).tolist()


# — versions ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("today", "name"),
    [("2020-05-01", "V2010_2014"), ("2023-08-31", "V2010_2014"), ("2024-05-01", "V2023"),
     ("2025-12-31", "V2023"), ("2026-01-01", "V2026"), ("2040-01-01", "V2026")],
)  # fmt: skip
def test_an_older_simulation_reads_the_law_of_its_day(today, name):
    version = law_version(days("2030-01-01"), days(today))
    assert versions()[version[0]] == name


@pytest.mark.parametrize(
    ("effect", "name"),
    [("2011-07-01", "V2010_2014"), ("2023-08-01", "V2010_2014"), ("2023-09-01", "V2023"),
     ("2026-08-01", "V2023"), ("2026-09-01", "V2026")],
)  # fmt: skip
def test_the_version_follows_the_effect_date_not_the_simulation(effect, name):
    assert versions()[law_version(days(effect), TODAY)[0]] == name


def test_the_measures_read_are_not_later_than_the_version():
    version = law_version(days("2030-01-01"), days("2024-05-01"))
    assert str(reading_day(days("2030-01-01"), version)[0]) == "2026-08-31"


@pytest.mark.parametrize("effect", ["2011-06-30", "1999-01-01"])
def test_before_july_2011_is_not_covered(effect):
    with pytest.raises(PeriodNotCovered, match="période non couverte"):
        law_version(days(effect), TODAY)


def test_an_unknown_generation_has_no_row():
    mine = generation(
        days(["1940-01-01", "1970-01-01"]),
        np.full(2, SEDENTAIRE),
        law_version(days("2026-11-01"), TODAY).repeat(2),
    )
    assert mine.known.tolist() == [False, True]
    assert np.isnan(opening_age(mine)[0])
    assert mine.confidence().tolist() == ["D", "A"]


def test_the_first_day_of_a_month_is_its_own_effect_date():
    assert effect_date(days(["2027-03-01", "2027-03-02", "2027-12-31"])).tolist() == [
        date(2027, 3, 1),
        date(2027, 4, 1),
        date(2028, 1, 1),
    ]


def test_a_career_of_2026_reads_the_suspension_before_its_first_effect():
    ages = retirement_ages(date(1964, 6, 1), "sedentaire", date(2026, 2, 1))
    assert ages.opening_age_months == 753
    late = retirement_ages(date(1975, 6, 1), "active_sans_option", date(2026, 11, 25))
    assert (late.opening_age_months, late.limit_age_months) == (59 * 12, 67 * 12)
