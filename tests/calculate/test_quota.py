"""The subject quota: whole parts, decimals carried over, two lists apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from iprof_kit.calculate.career.quota import Liste, QuotaQuestion, answer, answers

BEFORE = {"effectif": 1, "accordees": 0}


def quota(*lists, **changes):
    rows = [{"nom": f"liste {n}", "effectif": size} for n, size in enumerate(lists)]
    return answer(QuotaQuestion(**({"listes": rows} | changes)))


def test_published_lists():
    # CAR27, fsu67.fsu.fr 2022
    found = quota(132, 216, 148)
    assert [one.accordees for one in found.listes] == [39, 64, 44]
    assert [one.report for one in found.listes] == [0.6, 0.8, 0.4]
    assert found.taux_pour_cent == 30


def test_the_decimal_is_added_the_next_year():
    # décret 90-680 art. 24 II: 0.6 + 30 % of 118 = 36
    found = answer(QuotaQuestion(listes=(Liste(nom="6e", effectif=118, report=0.6),)))
    assert (found.listes[0].accordees, found.listes[0].report) == (36, 0)


def test_each_list_is_counted_apart():
    # 30 % of 5 and of 5: one and one, not three
    assert [one.accordees for one in quota(5, 5).listes] == [1, 1]


def test_a_promotion_needs_its_ratio():
    # décret 2005-1090 art. 2: 29 % of 100 is 29
    found = quota(100, 101, nature="promotion", taux_pour_cent=29)
    assert [(one.accordees, one.report) for one in found.listes] == [(29, 0), (29, 0.29)]
    assert quota(1000, nature="promotion", taux_pour_cent=12.5).listes[0].accordees == 125


def test_the_ceiling_over_two_years_is_marked():
    before = {"effectif": 300, "accordees": 80}
    found = quota(132, 216, annee_precedente=before)
    # 30 % of 648 = 194.4; 39 + 64 + 80 = 183
    assert (found.plafond_deux_ans, found.plafond_depasse) == (194, False)
    assert found.a_verifier
    over = quota(132, 216, annee_precedente=before | {"accordees": 92})
    assert over.plafond_depasse
    assert quota(132).plafond_deux_ans is None
    assert not quota(132).a_verifier


@pytest.mark.parametrize(
    "changes",
    [
        {"taux_pour_cent": 29},
        {"nature": "promotion"},
        {"nature": "promotion", "taux_pour_cent": 0},
        {"nature": "promotion", "taux_pour_cent": 29, "annee_precedente": BEFORE},
        {"listes": ()},
        {"listes": ({"nom": "x", "effectif": -1},)},
        {"listes": ({"nom": "x", "effectif": 1, "report": 1},)},
        {"listes": ({"nom": "x", "effectif": 1, "report": float("nan")},)},
    ],
)  # fmt: skip
def test_what_is_impossible_is_refused(changes):
    with pytest.raises(ValidationError):
        quota(10, **changes)


@given(st.lists(st.lists(st.integers(0, 5000), min_size=1, max_size=4), min_size=1, max_size=6))
def test_one_row_equals_many(campaigns):
    questions = [
        QuotaQuestion(listes=tuple(Liste(nom=str(n), effectif=n) for n in sizes))
        for sizes in campaigns
    ]
    questions.append(
        QuotaQuestion(nature="promotion", taux_pour_cent=23, listes=questions[0].listes)
    )
    assert answers(questions) == [answer(question) for question in questions]
