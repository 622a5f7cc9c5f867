"""Early departures, limits, RAFP, cumul and levies, worked from the texts."""

from datetime import date

import numpy as np
import pytest

from iprof_kit.base.calendar import axis_of
from iprof_kit.base.errors import PeriodNotCovered
from iprof_kit.law.pension import additional, cumul, early, levies, limits
from iprof_kit.law.pension.dates import days

DAY = date(2026, 9, 1)


def door(born, effect, before, paid=170, required=170):
    age, letter = early.long_career_age(days(born), days(effect), [before], [paid], [required])
    return (None if np.isnan(age[0]) else int(age[0])), str(letter[0])


def door_20(born, effect):
    """D. 16-1: 60 ans, then three months more a generation, up to 62.

    Since September 2026 the generations from 1966 stay where the one before was; December 1965
    has an age of its own (décret 2026-345).
    """
    if effect >= "2026-09" and born[:7] == "1965-12":
        return 60 * 12 + 8
    year = int(born[:4])
    if born < "1963-09":
        return 720
    suspended = effect >= "2026-09" and year > 1965
    return min(744, 720 + 3 * (year - 1962 - suspended))


@pytest.mark.parametrize("effect", ["2024-09-01", "2026-09-01"])
@pytest.mark.parametrize("born", [f"{year}-06-15" for year in range(1962, 1975)] + ["1963-10-01"])
def test_door_of_20_years(born, effect):
    assert door(born, effect, [0, 0, 5, 5])[0] == door_20(born, effect)


@pytest.mark.parametrize(
    ("before", "months"),
    [([5, 5, 5, 5], 58 * 12), ([0, 5, 5, 5], 60 * 12), ([0, 0, 0, 5], 63 * 12),
     ([4, 4, 4, 4], None), ([0, 0, 0, 0], None)],
)  # fmt: skip
@pytest.mark.parametrize("effect", ["2025-09-01", "2026-09-01"])
def test_other_doors(before, months, effect):
    assert door("1972-03-01", effect, before)[0] == months


@pytest.mark.parametrize("effect", ["2017-09-01", "2024-09-01", "2026-09-01"])
@pytest.mark.parametrize("year", range(1962, 1973))
def test_five_quarters_or_four_for_a_birth_in_the_last_quarter(year, effect):
    # L. 25 bis : avant la fin de l'année civile de l'âge
    old = effect < "2023-09"
    doors = {0: 58, 2: 60} if old else {0: 58, 1: 60, 2: None, 3: 63}
    for month in (1, 8, 9, 10, 11, 12):
        enough = 4 if month >= 10 else 5
        born = f"{year}-{month:02d}-01"
        for place, age in doors.items():
            before = [enough if rank == place else 0 for rank in range(4)]
            opened = door(born, effect, before, paid=180)[0]
            before[place] -= 1
            assert door(born, effect, before, paid=180)[0] is None
            assert opened == (door_20(born, effect) if age is None else age * 12)


def test_the_required_duration_must_be_paid():
    assert door("1964-03-15", "2026-09-01", [0, 0, 5, 5], paid=169)[0] is None
    # décembre 1965 : 60 ans 8 mois (décret 2026-345), à vérifier
    assert door("1965-12-15", "2026-09-01", [0, 0, 5, 5]) == (728, "C")


@pytest.mark.parametrize(
    ("born", "before", "paid", "months"),
    [("1957-06-01", [5, 5, 5, 5], 174, 57 * 12), ("1958-06-01", [5, 5, 5, 5], 175, 57 * 12 + 4),
     ("1959-06-01", [5, 5, 5, 5], 175, 57 * 12 + 8), ("1960-06-01", [5, 5, 5, 5], 175, 58 * 12),
     ("1960-06-01", [5, 5, 5, 5], 174, 60 * 12), ("1960-06-01", [0, 0, 5, 5], 167, 60 * 12),
     ("1957-06-01", [4, 4, 4, 4], 180, None), ("1957-12-01", [4, 0, 0, 0], 180, 57 * 12),
     ("1958-06-01", [4, 0, 0, 0], 180, None), ("1958-12-01", [4, 0, 0, 0], 180, 57 * 12 + 4),
     ("1959-06-01", [4, 0, 0, 0], 180, None), ("1959-12-01", [4, 0, 0, 0], 180, 57 * 12 + 8)],
)  # fmt: skip
def test_carriere_longue_before_2023(born, before, paid, months):
    # décret 2012-847 : huit trimestres de plus que la durée requise avant 60 ans
    required = 166 if born < "1958" else 167
    assert door(born, "2017-09-01", before, paid, required)[0] == months


@pytest.mark.parametrize(
    ("effect", "given", "expected"),
    [
        ("2022-09-01", (4, 4, 6, 4, 2), 14),
        ("2024-09-01", (8, 8, 6, 8, 2), 18),
        ("2026-09-01", (8, 8, 6, 8, 4), 20),
        ("2026-09-01", (0, 0, 0, 0, 1), 1),
    ],
)
def test_reputed_quarters(effect, given, expected):
    assert early.reputed_quarters(*given, date.fromisoformat(effect)) == expected


@pytest.mark.parametrize(
    ("effect", "expected"), [("2025-08-01", 735), ("2025-09-01", 720), ("2023-09-01", 735)]
)
def test_age_of_the_retraite_progressive(effect, expected):
    assert early.progressive_age(days(effect), [759]).tolist() == [expected]
    assert np.isnan(early.progressive_age(days("2023-08-01"), [759])[0])


@pytest.mark.parametrize(("percent", "share"), [(50, 0.5), (80, 0.2), (90, 0.1)])
def test_share_of_a_partial_pension(percent, share):
    assert early.progressive_fraction([percent], DAY) == pytest.approx([share])


@pytest.mark.parametrize("percent", [49, 91, 100])
def test_a_partial_pension_needs_a_part_time_of_50_to_90(percent):
    assert np.isnan(early.progressive_fraction([percent], DAY)[0])


# — limits --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("spent", "expected"), [(719, False), (720, True)])
def test_two_years_of_services(spent, expected):
    assert limits.entitled([spent], days(DAY)).tolist() == [expected]


@pytest.mark.parametrize(
    ("fifteen", "entered", "months"),
    [
        # loi 2010-1330 art. 35, selon le jour où les quinze ans sont atteints
        (None, None, 204), ("2011-06-30", None, 180), ("2011-07-01", None, 184),
        ("2012-05-01", None, 189), ("2013-05-01", None, 194), ("2014-05-01", None, 199),
        ("2015-05-01", None, 204),
        # snes.edu : intégration avant le 10 novembre 2010
        (None, "2010-11-09", 180), (None, "2010-11-10", 204),
    ],
)  # fmt: skip
def test_active_services_required(fifteen, entered, months):
    days_of = [day and date.fromisoformat(day) for day in (fifteen, entered)]
    assert limits.active_services_required(204.0, *days_of) == months


@pytest.mark.parametrize(
    ("wanted", "exempt", "obtained"),
    [
        # L. 921-4 du code de l'éducation, abrogé le 1er septembre 2023
        ("2022-03-01", False, "2022-09-01"), ("2022-09-01", False, "2022-09-01"),
        ("2022-10-01", False, "2023-09-01"), ("2022-03-01", True, "2022-03-01"),
        ("2023-10-01", False, "2023-10-01"), ("2024-03-01", False, "2024-03-01"),
    ],
)  # fmt: skip
def test_first_degree_departures(wanted, exempt, obtained):
    day = axis_of(date.fromisoformat(wanted))
    found = limits.first_degree_departure(days(wanted), [exempt], day=day)
    assert str(found[0]) == obtained


@pytest.mark.parametrize(
    ("charge", "three", "expected"), [(0, False, 0), (1, False, 12), (5, False, 36), (0, True, 12)]
)
def test_children_postpone_the_limit(charge, three, expected):
    assert limits.limit_postponement([charge], [three], DAY).tolist() == [expected]


@pytest.mark.parametrize(("missing", "expected"), [(0, 816), (4, 828), (30, 846), (-5, 816)])
def test_prolongation_for_an_incomplete_career(missing, expected):
    own = limits.last_possible_age([804.0], [12], [missing], DAY)
    assert own.tolist() == [expected]
    assert limits.kept_until(DAY) == 70 * 12


def test_the_option_of_instituteurs_needs_fifteen_years():
    assert limits.option_services_required(DAY) == 15 * 12


# — RAFP ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("paid", "year", "points"),
    [(450.0, 2024, 319), (1.42, 2024, 2), (450.0, 2023, 335), (100.0, 2005, 100),
     (0.0, 2024, 0), (450.0, 2004, -1)],
)  # fmt: skip
def test_points_of_a_year_are_rounded_up(paid, year, points):
    assert additional.rafp_points([paid], [year]).tolist() == [points]


@pytest.mark.parametrize(
    ("points", "day", "nature"),
    [(4599, "2024-03-31", "capital"), (4600, "2024-03-31", "capital_fractionne"),
     (4899, "2024-04-01", "capital"), (4900, "2024-04-01", "capital_fractionne"),
     (5124, "2024-04-01", "capital_fractionne"), (5125, "2024-04-01", "rente")],
)  # fmt: skip
def test_rente_or_capital(points, day, nature):
    assert additional.rafp_nature(points, date.fromisoformat(day)) == nature


@pytest.mark.parametrize(
    ("age", "expected"),
    [(57, 1.0), (62, 1.0), (63, 1.04), (65, 1.12), (67, 1.22), (70, 1.4), (75, 1.81), (80, 1.81)],
)
def test_coefficient_of_an_age(age, expected):
    # service-public F12387 : 62 ans ou moins, 75 ans et plus
    assert additional.age_coefficient(age, DAY) == expected


def test_benefits():
    # 6 000 × 1,04 × 0,05378 = 335,587
    rente = additional.rafp_benefit(6000, 63, date(2024, 9, 1))
    assert (rente.nature, rente.annual, rente.capital) == ("rente", 335.59, None)
    # 5 000 × 1 × 0,05378 = 268,90 ; première fraction : 268,90 / 12 × 4
    split = additional.rafp_benefit(5000, 62, date(2024, 9, 1))
    assert (split.nature, split.first_fraction) == ("capital_fractionne", 89.63)
    assert split.missing
    unknown = additional.rafp_benefit(4448, 66, date(2024, 9, 1))
    assert unknown.capital is None
    assert "66 ans" in unknown.missing
    assert additional.rafp_benefit(4700, 62, date(2024, 3, 1)).first_fraction is None


# — cumul ---------------------------------------------------------------------------------------


def worker(pension, income, age, full=False):
    columns = (np.array([value]) for value in (pension, income, float(age), 753.0, full))
    return cumul.Worker(*columns)


@pytest.mark.parametrize(
    ("income", "full", "taken"),
    [(14198.10, False, 0.0), (15198.10, False, 1000.0), (90000.0, False, 18000.0),
     (90000.0, True, 0.0)],
)  # fmt: skip
def test_cumul_of_2026(income, full, taken):
    found = cumul.cumul_deduction(
        worker(18000.0, income, 760, full), date(2026, 11, 1), day=axis_of(date(2026, 11, 1))
    )
    assert found == pytest.approx([taken])


@pytest.mark.parametrize(
    ("age", "income", "taken"),
    [(752, 5000.0, 5000.0), (753, 7000.0, 0.0), (760, 9000.0, 1000.0), (804, 90000.0, 0.0),
     (760, 90000.0, 18000.0)],
)  # fmt: skip
def test_cumul_of_a_first_pension_since_2027(age, income, taken):
    day = date(2027, 2, 1)
    found = cumul.cumul_deduction(worker(18000.0, income, age), day, day=axis_of(day))
    assert found == pytest.approx([taken])


@pytest.mark.parametrize(
    ("age", "reached", "all_paid", "expected"),
    [(753, True, True, True), (753, False, True, False), (804, False, True, True),
     (804, True, False, False), (752, True, True, False)],
)  # fmt: skip
def test_full_cumul(age, reached, all_paid, expected):
    assert cumul.full_cumul([age], [753], [reached], [all_paid], DAY).tolist() == [expected]


def test_a_new_pension_is_capped():
    # service-public F13243 : 5 % du plafond de la sécurité sociale
    assert cumul.new_pension_ceiling(DAY) == 2403


# — levies --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rfr", "parts", "band"),
    [(13048, 1, "exonere"), (13049, 1, "reduit"), (17057, 1, "reduit"), (17058, 1, "median"),
     (26472, 1, "median"), (26473, 1, "plein"), (20016, 2, "exonere"), (20017, 2, "reduit"),
     (40604, 2, "median"), (40605, 2, "plein"), (26167, 2, "reduit")],
)  # fmt: skip
def test_band_of_2026(rfr, parts, band):
    assert levies.csg_band(rfr, parts, None, DAY) == band


@pytest.mark.parametrize(
    ("year", "below", "above"),
    [(2019, 22580, 22581), (2020, 22941, 22942), (2021, 23147, 23148), (2022, 23193, 23194),
     (2023, 23564, 23565), (2024, 24813, 24814), (2025, 26004, 26005)],
)  # fmt: skip
def test_upper_threshold_of_each_year(year, below, above):
    day = date(year, 6, 1)
    assert levies.csg_band(below, 1, None, day) == "median"
    assert levies.csg_band(above, 1, None, day) == "plein"


def test_before_2019_there_is_no_median_rate():
    assert levies.csg_band(14405, 1, None, date(2018, 6, 1)) == "plein"
    assert levies.csg_band(14376, 1, None, date(2017, 6, 1)) == "plein"
    with pytest.raises(PeriodNotCovered):
        levies.csg_band(10000, 1, None, date(2016, 6, 1))


def test_two_years_in_a_row_above_the_threshold():
    # seuil de 2025 : 16 755 €
    assert levies.csg_band(30000, 1, 16755, DAY) == "reduit"
    assert levies.csg_band(30000, 1, 16756, DAY) == "plein"


@pytest.mark.parametrize(
    ("band", "taken", "net"),
    [
        # 2 000 € bruts : 0 ; 3,8 + 0,5 ; 6,6 + 0,5 + 0,3 ; 8,3 + 0,5 + 0,3 = 9,1 %
        ("exonere", (0.0, 0.0, 0.0, 0.0), 2000.0),
        ("reduit", (76.0, 76.0, 10.0, 0.0), 1914.0),
        ("median", (132.0, 84.0, 10.0, 6.0), 1852.0),
        ("plein", (166.0, 118.0, 10.0, 6.0), 1818.0),
    ],
)
def test_levies(band, taken, net):
    found = levies.levies(2000.0, band, DAY)
    assert (found.csg, found.csg_deductible, found.crds, found.casa) == taken
    assert found.net == net


def test_the_full_csg_of_2017_was_lower():
    assert levies.levies(2000.0, "plein", date(2017, 6, 1)).csg == 132.0
