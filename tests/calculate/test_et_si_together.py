"""Supposed events that meet: each is had once, or refused alone with its reason."""

from datetime import date

from et_si_case import CERTIFIED, asked, at, event, one

LONG = {"situation": CERTIFIED}


def gains(scenario):
    return [step.date for step in scenario.etapes if step.nature == "bonification"]


def test_a_bonification_is_had_once_whatever_the_change_of_corps():
    # certifié 7e since 2024-09-01: 8e on 2027-09-01, a year gained in it (décret 72-581, art. 32)
    bonus = event("bonification", echelon="8")
    late = one(bonus, event("changement_corps", date(2032, 9, 1), corps="agrege"), **LONG)
    assert not late.refus
    assert len(gains(late)) == 1
    early = one(bonus, event("changement_corps", date(2027, 3, 1), corps="agrege"), **LONG)
    assert len(gains(early)) + len(early.refus) == 1


def test_a_refused_change_of_corps_leaves_the_other_events_as_without_it():
    bonus = event("bonification", echelon="8")
    alone = one(bonus)
    refused = one(bonus, event("changement_corps", date(2027, 9, 2), corps="agrege"))
    assert [refusal.rang for refusal in refused.refus] == [1]
    assert refused.cumul_net == alone.cumul_net


def test_a_promotion_counts_on_the_1_september_of_its_year_before_a_departure_too():
    leaving = event("retraite", date(2056, 6, 1))
    after = one(event("hors_classe", date(2056, 3, 1)), leaving)
    assert [refusal.rang for refusal in after.refus] == [0]
    leaving = event("retraite", date(2056, 10, 1))
    before = one(event("hors_classe", date(2056, 12, 1)), leaving)
    assert not before.refus
    grades = [step.date for step in before.etapes if step.grade == "hors_classe"]
    assert grades[0] == date(2056, 9, 1)


def test_one_may_come_back_to_the_zone_of_today_and_is_told_where_one_is_already():
    away, back = date(2028, 9, 1), date(2030, 9, 1)
    found = one(event("mutation", away, zone=1), event("mutation", back, zone=3))
    assert not found.refus
    assert at(found, date(2031, 1, 1)).net == at(asked().scenarios[0], date(2031, 1, 1)).net
    twice = one(event("mutation", away, zone=1), event("mutation", back, zone=1))
    assert [refusal.rang for refusal in twice.refus] == [1]


def test_a_law_that_does_not_know_a_later_grade_is_said_and_the_rest_stays():
    # grilles.csv: no HEA1 in the classe exceptionnelle of professeurs des écoles before 2023-08-06
    rise = [
        event("hors_classe", date(2033, 9, 1)),
        event("classe_exceptionnelle", date(2041, 9, 1)),
    ]
    found = one(*rise, event("droit_du", date(2019, 1, 1)))
    assert [refusal.rang for refusal in found.refus] == [2]
    assert found.cumul_net == one(*rise).cumul_net


def test_a_leave_interrupts_an_open_part_time_which_is_then_taken_again():
    part = event("temps_partiel", date(2027, 9, 1), quotite=80)
    leave = event("conge_parental", date(2028, 9, 1), date(2029, 8, 31))
    both, alone = one(part, leave), one(part)
    assert not both.refus
    assert [found.rang for found in both.couvertures] == [0, 1]
    assert at(both, date(2028, 9, 1)).net == 0
    for day in (date(2028, 8, 31), date(2029, 9, 1), date(2040, 1, 1)):
        assert at(both, day).net == at(alone, day).net
        assert at(both, day).quotite == 80


def test_an_open_position_ends_where_another_one_without_end_begins():
    away = event("conge_parental", date(2028, 9, 1))
    found = one(away, event("temps_partiel", date(2029, 9, 1), quotite=50))
    assert not found.refus
    assert at(found, date(2029, 8, 31)).net == 0
    assert (at(found, date(2035, 1, 1)).quotite, at(found, date(2035, 1, 1)).situation) == (
        50, "activité à 50 %",
    )  # fmt: skip


def test_a_departure_during_an_interruption_refuses_nothing():
    part = event("temps_partiel", date(2027, 9, 1), quotite=80)
    leave = event("disponibilite", date(2055, 9, 1), date(2057, 8, 31))
    assert not one(part, leave, event("retraite", date(2056, 9, 1))).refus


def test_a_leave_that_begins_with_an_open_part_time_comes_first():
    part = event("temps_partiel", date(2027, 9, 1), quotite=80)
    leave = event("conge_parental", date(2027, 9, 1), date(2028, 8, 31))
    for events in ((part, leave), (leave, part)):
        found = one(*events)
        assert not found.refus
        assert at(found, date(2027, 9, 1)).net == 0
        assert at(found, date(2028, 9, 1)).quotite == 80
