"""A year of training: which hours count, which account is told, what falls at the same time."""

from datetime import date, time

import pytest

from iprof_kit import ask
from iprof_kit.base.errors import InputError
from iprof_kit.calculate.training.conflicts import Meeting, in_the_week, read_slots, together
from iprof_kit.law.tables.rules import RULES

TODAY = date(2026, 11, 25)


def year(today=TODAY, corps="pe", quotite=100, **more):
    return ask("formation", {"aujourdhui": today, "corps": corps, "quotite": quotite, **more})


def followed(day, hours, nature="formation", compte=True):
    return {"jour": day, "heures": hours, "nature": nature, "compte": compte}


@pytest.mark.parametrize(
    ("day", "counted"),
    [("2026-08-31", 0), ("2026-09-01", 6), ("2027-08-31", 6), ("2027-09-01", 0)],
    ids=["eve of the year", "first day", "last day", "day after"],
)
def test_what_counts_is_of_the_school_year_of_today(day, counted):
    answer = year(suivies=[followed(day, 6)])
    assert (answer.heures_comptees, answer.annee_scolaire) == (counted, "2026-2027")


def test_what_does_not_count_in_the_service_is_followed_all_the_same():
    answer = year(suivies=[followed("2026-10-07", 6, compte=False)])
    assert (answer.heures_suivies, answer.heures_comptees) == (6, 0)


def test_outside_the_first_degree_no_hour_is_due():
    answer = year(corps="certifie", suivies=[followed("2026-10-07", 6)])
    assert (answer.heures_suivies, answer.heures_dues, answer.explication) == (6, None, None)


def test_the_reason_of_the_hours_ends_on_those_that_count():
    answer = year(
        suivies=[followed("2026-10-07", 3), followed("2026-10-08", 12, nature="animation")]
    )
    *_, share, last = answer.explication.lignes
    assert (last.libelle, last.valeur) == ("Comptées", f"{answer.heures_comptees:g}\u00a0h")
    assert share.nature == "loi"
    assert share.valeur.startswith("50\u00a0%")
    natures = {line.libelle: line.nature for line in answer.explication.lignes}
    assert natures["Formation continue suivie"] == natures["Animations pédagogiques suivies"]
    assert natures["Formation continue suivie"] == "donnee"


def test_a_reason_that_nobody_asked_for_is_not_calculated():
    plain, told = year(expliquer=False), year()
    assert plain == told.model_copy(update={"explication": None})


def test_a_part_time_without_source_is_to_be_verified_and_says_why():
    answer = year(quotite=80)
    assert answer.quotite_sans_source
    assert "80\u00a0%" in answer.motifs[0]
    assert answer.explication.lignes[0].a_verifier


@pytest.mark.parametrize(("hours", "after"), [(100, 125), (140, 150), (150, 150)])
def test_the_account_receives_25_hours_a_year_up_to_150(hours, after):
    assert year(heures_cpf=hours).heures_cpf_fin_annee == after


def test_the_hours_of_a_day_are_read_as_people_write_them():
    assert read_slots("8h30-11h30, 13:30 à 16h30") == (
        (time(8, 30), time(11, 30)), (time(13, 30), time(16, 30)),
    )  # fmt: skip
    assert read_slots("9-12 et 14-16") == ((time(9), time(12)), (time(14), time(16)))


@pytest.mark.parametrize("typed", ["le matin", "25h-26h", "11h-8h", "8h30"])
def test_hours_that_cannot_be_are_refused_with_what_to_write(typed):
    with pytest.raises(InputError) as refused:
        read_slots(typed)
    assert refused.value.remedy


def test_a_session_falls_into_the_week_only_on_its_days_and_at_its_hours():
    tuesday = Meeting(date(2027, 1, 12), starts="09:00", ends="12:00")
    week = {1: read_slots("8h30-11h30"), 2: read_slots("8h30-11h30")}
    assert [day for day, _ in in_the_week(tuesday, week)] == [date(2027, 1, 12)]
    assert list(in_the_week(Meeting(date(2027, 1, 12), starts="11:30", ends="16:00"), week)) == []


def test_a_session_of_two_days_falls_on_both():
    two = Meeting(date(2027, 1, 12), date(2027, 1, 13))
    week = {1: read_slots("8h-12h"), 2: read_slots("8h-12h")}
    assert [day.day for day, _ in in_the_week(two, week)] == [12, 13]


def test_of_a_long_path_only_the_first_and_last_days_are_known():
    path = Meeting(date(2027, 1, 5), date(2027, 5, 4))
    assert path.days == (date(2027, 1, 5), date(2027, 5, 4))


def test_two_sessions_meet_where_their_hours_cross_or_are_not_told():
    morning = Meeting(date(2027, 1, 12), starts="09:00", ends="12:00")
    assert together(morning, Meeting(date(2027, 1, 12), starts="11:00", ends="13:00"))
    assert together(morning, Meeting(date(2027, 1, 12)))
    assert together(morning, Meeting(date(2027, 1, 12), starts="12:00", ends="13:00")) is None
    assert together(morning, Meeting(None)) is None


def test_a_rule_that_left_the_registry_takes_the_reason_away_and_no_hour(monkeypatch):
    followed_hours = [followed("2026-10-07", 3)]
    before = year(suivies=followed_hours)
    monkeypatch.delitem(RULES, before.explication.regles[0])
    answer = year(suivies=followed_hours)
    assert answer.heures_comptees == before.heures_comptees
    assert "n’est plus dans le registre" in answer.explication.lignes[-1].valeur
