"""A « Pourquoi ? » is calculated when it is opened, for the day or the grade that was opened."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from iprof_kit import ui
from iprof_kit.base.words import hard_spaces
from iprof_kit.calculate.interface.situation import Situation
from iprof_kit.ui.kit.asking import Comparison, calculate
from iprof_kit.ui.kit.filters import reason
from iprof_kit.ui.kit.parts import Why
from iprof_kit.ui.kit.render import environment, render
from iprof_kit.ui.screens.desk.screen import Desk, sample_people
from iprof_kit.ui.screens.ma_situation.screen import MySituation
from iprof_kit.ui.screens.promotions.view import promotions

TODAY = date(2026, 11, 25)
JEAN = Situation(
    corps="pe", grade="classe_normale", echelon="7", date_effet=date(2024, 9, 1),
    date_naissance=date(1991, 5, 20), quotite=80,
)  # fmt: skip
WAITING = "La raison se calcule…"
UI = Path(ui.__file__).parent


ELSEWHERE = {"tableau_ranking.html"}
"""Templates that make the button of a reason by themselves: only to be shortened."""


def test_only_the_shared_macros_make_what_opens_a_reason():
    """What looks at every reason of every screen knows them by these macros alone."""
    templates = {path.name: path.read_text("utf-8") for path in UI.rglob("*.html")}
    made = {name for name, words in templates.items() if "whybtn" in words or WAITING in words}
    assert made - {"reasons.html"} == ELSEWHERE


@pytest.fixture
def asked():
    """What the kit was asked for, with a comparison that has been shown once."""
    questions = []

    def ask(question):
        questions.append(question)
        return calculate(question)

    comparison = Comparison(JEAN, TODAY, ask)
    comparison.answer()
    return comparison, questions


def opening(of):
    return {"kind": "intent", "name": "pourquoi", "values": {"of": of}}


def test_a_screen_opens_without_calculating_a_reason(asked):
    comparison, questions = asked
    assert all(not one.expliquer and not one.raisons for one in questions)
    view = promotions(comparison.answer())
    assert all(not row.whys and row.asks for row in view.rows)
    assert 'data-asks="pourquoi" data-of="2027-09-01"' in render("promotions", view)


def test_the_reason_opened_is_the_only_one_calculated(asked):
    comparison, questions = asked
    comparison.open("2027-09-01")
    view = promotions(comparison.answer())
    assert questions[-1].raisons == ("2027-09-01",)
    assert [row.id for row in view.rows if row.whys] == ["d-2027-09-01"]
    html = render("promotions", view)
    assert 'data-of="2027-09-01"' not in html
    assert html.count("Dû le") == 1


def test_a_grade_opens_the_reason_of_its_first_campaign(asked):
    comparison, _ = asked
    comparison.open("hors_classe")
    standpoints = promotions(comparison.answer()).standpoints
    standpoint = next(one for one in standpoints if one.of and one.of.grade == "hors_classe")
    assert reason(standpoint.of.explication).pairs[-1].value == "2033"
    assert standpoint.why_label.endswith("2033 ?")


@pytest.mark.parametrize("unknown", ["2027-09-02", "", "<script>", "maitre_du_monde"])
def test_what_no_step_is_opens_nothing(asked, unknown):
    comparison, questions = asked
    before = len(questions)
    comparison.open(unknown)
    comparison.answer()
    assert (comparison.opened, len(questions)) == ((), before)


def test_a_reason_stays_open_where_a_control_is_moved(asked):
    comparison, _ = asked
    comparison.open("2027-09-01")
    key = comparison.answer().scenarios[1].scenario.nom
    comparison.change({f"bonification_8-{key}": "oui"}, f"bonification_8-{key}")
    assert [row.id for row in promotions(comparison.answer()).rows if row.whys] == ["d-2027-09-01"]


def test_the_desk_and_the_visitor_open_reasons_too():
    desk = Desk(sample_people(), TODAY)
    visitor = MySituation(lambda: TODAY)
    for screen in (desk, visitor):
        html = screen.handle({"kind": "ready"})
        day = html.split('data-asks="pourquoi" data-of="')[-1][:10]
        if not day[:2].isdigit():  # the last one is a grade: the first is a day of the table
            day = html.split('data-asks="pourquoi" data-of="')[1][:10]
        opened = screen.handle(opening(day))
        assert opened.count(WAITING) < html.count(WAITING)
        assert "Brut par mois" in opened


def test_a_kind_that_is_not_the_law_is_said(asked):
    comparison, _ = asked
    comparison.open("2027-09-01")
    html = render("promotions", promotions(comparison.answer()))
    assert '<small class="kind">hypothèse</small>' in html
    assert '<small class="kind">donnée</small>' in html


def test_the_answer_is_the_same_once_a_reason_is_open(asked):
    comparison, _ = asked
    before = promotions(comparison.answer())
    comparison.open("2027-09-01")
    after = promotions(comparison.answer())
    assert [replace(row, whys=()) for row in after.rows] == list(before.rows)
    assert after.sources == before.sources


def test_p27_a_reason_opens_with_its_sentence_and_what_led_to_it_is_behind(asked):
    comparison, _ = asked
    comparison.open("2031-03-01")
    (row,) = [row for row in promotions(comparison.answer()).rows if row.whys]
    inside = render("promotions", promotions(comparison.answer())).split("why-body", 1)[1]
    first, rules, whole = re.split(r'<details class="why whole[^"]*">', inside)[:3]
    assert hard_spaces(row.whys[0].opening.sentence) in first
    assert {"595</b>", "3 ans 6 mois</i>"} <= {
        part + end for end in ("</b>", "</i>") for part in re.findall(rf">([^<]*){end}", first)
    }
    assert [rules[:22], whole[:26]] == ["<summary><u>Les règles", "<summary><u>Tout le calcul"]
    assert hard_spaces(row.whys[0].rule) in rules
    assert row.whys[0].rule not in first
    assert ["Échelon suivant" in part for part in (first, whole)] == [False, True]


def test_a_text_is_named_once_in_a_reason_with_its_days_where_they_are_known(asked):
    comparison, _ = asked
    for row in promotions(comparison.answer()).rows:
        comparison.open(row.asks)
    for why in (why for row in promotions(comparison.answer()).rows for why in row.whys):
        named = [source.split(", en vigueur")[0] for source in why.sources]
        assert len(named) == len(set(named))


@pytest.mark.parametrize(
    ("rule", "texts", "where"),
    [(60, 2, "why-parts"), (600, 1, "why-parts alone under"), (60, 12, "why-parts alone under")],
)
def test_p27_rules_longer_than_what_they_gave_stand_under_it_and_leave_no_void(rule, texts, where):
    why = Why("Pourquoi ?", "x" * rule, sources=("décret 90-680, art. 24, en vigueur ici",) * texts)
    page = environment().globals["parts"].reason(why)
    assert re.search('<div class="(why-parts[^"]*)"', page)[1] == where
