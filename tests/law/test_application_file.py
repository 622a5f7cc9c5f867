"""The RAEP file of internal competitions, as the arrêtés of 19 April 2013 and notices say it."""

from datetime import date

import pytest

from iprof_kit.base.errors import PeriodNotCovered
from iprof_kit.law.paths.application_file import file_form, file_parts

TODAY = date(2026, 11, 28)


@pytest.mark.parametrize("code", ["CAPES_INT", "CAPET_INT", "CAPLP_INT", "CPE_INT"])
def test_a_file_has_two_pages_then_six_at_most(code):
    # Arrêté of 19 April 2013, annexe of the RAEP; arrêté of 27 April 2011 for the CPE.
    assert {one.part: one.most_pages for one in file_parts(code, TODAY)} == {1: 2, 2: 6}


@pytest.mark.parametrize("code", ["CAPEPS_INT", "AGREG_INT", "CRPE_INT2", "IEN"])
def test_the_others_have_no_file_that_the_kit_describes(code):
    assert file_parts(code, TODAY) == ()


def test_the_second_part_shows_what_the_annexe_asks():
    # « les apprentissages, les objectifs, les progressions ainsi que les résultats »
    keys = [one.key for one in file_parts("CAPET_INT", TODAY) if one.part == 2]
    assert {"objectifs", "progression", "resultats"} <= set(keys)


def test_its_pages_are_set_as_the_notice_says():
    # ac-guyane.fr, 2 July 2015: Arial 11, margins of 2.5 cm on the right and on the left.
    form = file_form(TODAY)
    assert (form.points, form.side) == (11, 25)


def test_before_the_arretes_there_is_no_file():
    assert file_parts("CAPES_INT", date(2013, 8, 31)) == ()
    with pytest.raises(PeriodNotCovered):
        file_form(date(2015, 7, 1))
