"""What is left of the early departure of a parent: three conditions, and who decides."""

import pytest

from iprof_kit.calculate.pension.calculation import answer
from iprof_kit.calculate.pension.question import PensionQuestion


def child(born, months=3, **more):
    return {"naissance": born, "interruption_mois": months, **more}


THREE = [child("1993-05-04"), child("1997-11-30"), child("2003-02-17")]
PARENT = {
    "naissance": "1967-04-18", "aujourdhui": "2026-11-25", "departs": ["2027-09-01"],
    "indice_majore": 620, "periodes": [{"debut": "1992-09-01"}], "enfants": THREE,
}  # fmt: skip


def left(**changes):
    return answer(PensionQuestion.model_validate(PARENT | changes)).depart_parent


def met(found):
    return [one.remplie for one in found.conditions]


def test_p08_three_conditions_met_by_2012_leave_the_right_possible():
    # loi 2010-1330, art. 44 III : quinze ans de services et trois enfants, une interruption chacun
    found = left()
    assert (found.possible, met(found)) == (True, [True, True, True])
    assert "droit possible" in found.phrase
    assert "décide" in found.phrase


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        # quatorze ans et onze mois de services au 1er janvier 2012
        ({"periodes": [{"debut": "1997-02-01"}]}, [False, True, True]),
        # le troisième naît en 2012
        ({"enfants": [*THREE[:2], child("2012-06-01")]}, [True, False, False]),
        # une interruption d’un mois pour le deuxième
        ({"enfants": [THREE[0], child("1997-11-30", 1), THREE[2]]}, [True, True, False]),
    ],
)
def test_p08_each_condition_alone_closes_it(changes, expected):
    found = left(**changes)
    assert (found.possible, met(found)) == (False, expected)
    assert "une condition manque" in found.phrase


def test_p08_fifteen_years_to_the_day_and_a_reduction_are_enough():
    # 4 mois à 50 % pour un enfant né en 2005 (R. 37)
    reduced = [*THREE[:2], child("2005-02-17", 0, temps_partiel_50_mois=4)]
    found = left(periodes=[{"debut": "1997-01-01"}], enfants=reduced)
    assert (found.possible, met(found)) == (True, [True, True, True])


def test_p08_services_known_by_their_total_alone_leave_it_unknown():
    totals = {"arrete_au": "2027-09-01", "liquidation_jours": 34 * 360}
    found = left(periodes=[], totaux=totals)
    assert (found.possible, met(found)) == (None, [None, True, True])


def test_p08_two_children_have_no_such_answer_and_no_text_calls_it_closed():
    given = answer(PensionQuestion.model_validate(PARENT | {"enfants": THREE[:2]}))
    assert given.depart_parent is None
    assert not any("fermé" in note for note in given.notes)
    assert any("Départ anticipé de parent" in note for note in given.notes)
