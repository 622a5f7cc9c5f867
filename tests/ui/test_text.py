"""French formats: the examples of the design's « Writing » page."""

from datetime import UTC, date, datetime

import pytest

from iprof_kit.ui.shared import text


@pytest.mark.parametrize(("amount", "shown"), [
    (2371.37, "2\u00a0371,37\u00a0€"), (0, "0,00\u00a0€"), (141623.174, "141\u00a0623,17\u00a0€"),
])  # fmt: skip
def test_money_has_cents_and_hard_spaces(amount, shown):
    assert text.money(amount) == shown


@pytest.mark.parametrize(("gap", "shown"), [
    (143.46, "+\u00a0143,46\u00a0€"), (-12.5, "\u2212\u00a012,50\u00a0€"), (0.001, "égal"),
])  # fmt: skip
def test_a_difference_carries_its_sign(gap, shown):
    assert text.signed_money(gap) == shown


@pytest.mark.parametrize(("since", "until", "kept", "shown"), [
    (date(2024, 9, 1), date(2026, 11, 25), 0, "2 ans 2 mois"),
    (date(2026, 11, 1), date(2026, 11, 25), 0, "24 jours"),
    (date(2026, 1, 1), date(2026, 7, 1), 180, "1 an"),
])  # fmt: skip
def test_a_running_seniority_is_said_in_whole_months(since, until, kept, shown):
    assert text.elapsed(text.seniority(since, until, kept)) == shown


@pytest.mark.parametrize(("target", "shown"), [
    (date(2027, 9, 1), "dans 280 jours"), (date(2031, 3, 1), "dans 4 ans 3 mois"),
    (date(2026, 11, 26), "dans 1 jour"), (date(2026, 11, 25), "aujourd’hui"),
])  # fmt: skip
def test_a_delay_is_counted_in_days_within_a_year(target, shown):
    assert text.delay(date(2026, 11, 25), target) == shown


@pytest.mark.parametrize(("place", "shown"), [
    ("7e échelon", "au 7e échelon"), ("échelon spécial", "à l’échelon spécial"),
    ("hors classe, 2e échelon", "en hors classe, 2e échelon"),
])  # fmt: skip
def test_where_one_stands_is_said_with_its_article(place, shown):
    assert text.at_place(place) == shown


def test_a_rate_that_is_not_known_is_not_said():
    assert (text.percent(13.75), text.percent(None)) == ("13,75\u00a0%", "")


@pytest.mark.parametrize(("noun", "shown"), [
    ("recteur de l’académie", "du recteur de l’académie"), ("la ministre", "de la ministre"),
    ("autorité académique", "de l’autorité académique"), ("le ministre", "du ministre"),
    ("les recteurs", "des recteurs"),
])  # fmt: skip
def test_who_decides_is_contracted(noun, shown):
    assert text.of(noun) == shown


@pytest.mark.parametrize(("position", "shown"), [
    (("classe_normale", "7", None), "7e échelon"),
    (("hors_classe", "2", None), "hors classe, 2e échelon"),
    (("classe_exceptionnelle", "special", "HEA2"),
     "classe exceptionnelle, échelon spécial, chevron HEA2"),
    (("grade_unique", "11", None), "11e échelon"),
    (("classe_normale", "1", None), "1er échelon"),
])  # fmt: skip
def test_a_position_in_the_grid_is_said_in_words(position, shown):
    assert text.position_label(*position) == shown


def test_a_moment_is_said_in_paris():
    at = datetime(2026, 11, 18, 13, 32, tzinfo=UTC)
    assert text.moment(at) == "18 novembre 2026 à 14\u00a0h\u00a032, heure de Paris"


def test_an_age_turns_on_the_birthday():
    assert text.age(date(1991, 5, 20), date(2026, 5, 19)) == "34 ans"
    assert text.age(date(1991, 5, 20), date(2026, 5, 20)) == "35 ans"
