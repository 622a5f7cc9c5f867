"""The ages of a table are rows of data/reference: bounds of an extract, classes of a pyramid."""

from datetime import date

import pandas as pd

from iprof_kit.analytics.ages import classes, expected
from iprof_kit.analytics.imports.values.check_dates import age_outside
from iprof_kit.analytics.imports.values.checks import CHECKS


def test_an_age_outside_what_is_expected_is_pointed_at_and_the_doubt_is_said():
    assert expected() == (21, 70)  # date of birth « entre 21 et 70 ans » (usages RH)
    born = pd.to_datetime(["2005-09-01", "2005-08-31", "1956-08-31", "1955-08-31"])
    found = age_outside(pd.DataFrame({"date_naissance": born}), date(2026, 8, 31))
    assert found.rows.tolist() == [True, False, False, True]
    assert found.why == ["20 ans au 31 août 2026", "71 ans au 31 août 2026"]
    (check,) = [one for one in CHECKS if one.name == "age"]
    assert check.sentence == "L’âge est de 21 à 70 ans (à vérifier)."


def test_classes_follow_each_other_without_a_hole():
    found = classes()
    assert [one.low for one in found[1:]] == [one.high for one in found[:-1]]
    assert (found[0].low, found[-1].high) == (0, None)
    assert found[1].name == "40 à 44 ans"  # five years (RSU)
