"""Values of the forms: dates cut in two, days in French, boxes, what is not of the form."""

import pytest

from iprof_kit.cv.model import Cible
from iprof_kit.cv.person import Identite
from iprof_kit.cv.sections.formations import Formation
from iprof_kit.ui.screens.cv import values
from iprof_kit.ui.screens.cv.compare import compare, month_words
from iprof_kit.ui.shared.messages import LONGEST, MOST_FIELDS, long_texts

FORM = Formation.form


@pytest.mark.parametrize(
    ("kept", "month", "year"),
    [("2022-09", "09", "2022"), ("2022", "", "2022"), ("", "", ""), ("2019-09-01", "09", "2019"),
     ("bientôt", "", "bientôt"), ("2022-13", "", "2022-13"), ("-09", "09", "")],
)  # fmt: skip
def test_a_date_is_cut_in_a_month_and_a_year(kept, month, year):
    assert values.split_month(kept) == (month, year)


@pytest.mark.parametrize("kept", ["2022-09", "2022", "", "bientôt", "2022-13", "-09"])
def test_cutting_a_date_and_joining_it_gives_it_back(kept):
    assert values.join_month(*values.split_month(kept)) == kept


def test_the_day_of_a_whole_date_is_kept_while_its_month_is():
    item = Formation(debut="2019-09-01")
    same = {"debut-mois": "09", "debut-an": "2019"}
    assert values.changed_fields(FORM, same, item) == {}
    other = {"debut-mois": "10", "debut-an": "2019"}
    assert values.changed_fields(FORM, other, item) == {"debut": "2019-10"}


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("20/05/1991", "1991-05-20"), (" 1.9.2024 ", "2024-09-01"), ("hier", "hier"),
     ("31/02/2024", "2024-02-31")],
)  # fmt: skip
def test_a_day_is_kept_as_a_date_and_shown_in_french(typed, kept):
    assert values.kept_day(typed) == kept


def test_a_value_outside_a_list_is_not_taken():
    item = Formation(role="formateur")
    assert values.changed_fields(FORM, {"role": "directeur"}, item) == {}


def test_a_field_that_is_not_sent_is_kept_and_an_unknown_one_is_dropped():
    who = Identite(prenom="Jean", nom="Dupont")
    sent = {"nom": "Durand", "x": "y"}
    assert values.changed_fields(Identite.form, sent, who) == {"nom": "Durand"}


def test_a_box_is_true_when_it_is_sent():
    sent = {"titre": "Mon CV", "photo": "oui"}
    assert values.changed_fields(Cible.form, sent, Cible()) == {"photo": True, "coordonnees": False}


def test_long_and_numerous_values_are_bounded():
    found = long_texts({f"f{n}": "x" * 30_000 for n in range(100)} | {"n": 3})
    assert len(found) == MOST_FIELDS
    assert {len(one) for one in found.values()} == {LONGEST}
    assert long_texts(["x"]) == {}


@pytest.mark.parametrize(
    ("kept", "said"),
    [("2022-09", "septembre 2022"), ("2019-09-01", "septembre 2019"), ("2022", "2022"),
     ("-09", "septembre, année ?"), ("bientôt", "bientôt")],
)  # fmt: skip
def test_a_month_is_said_in_words(kept, said):
    assert month_words(kept) == said


def test_two_equal_writings_do_not_differ():
    from iprof_kit.cv.model import Cv

    assert compare(Cv(), Cv()) == ()
