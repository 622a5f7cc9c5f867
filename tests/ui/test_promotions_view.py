"""Promotions: the sentences, controls, figure and table of the design's mockup."""

import csv
import io
import re
from datetime import date
from urllib.parse import unquote

import pytest
import ui_people as people
from ui_html import check

from iprof_kit.calculate.interface.situation import Situation
from iprof_kit.ui.kit.asking import Comparison
from iprof_kit.ui.kit.render import render
from iprof_kit.ui.scenarios.table import rows
from iprof_kit.ui.screens.promotions.view import promotions

VIEW = promotions(people.MOCKUP)
AMOUNT = re.compile(r"\d{1,3}(?:\u00a0\d{3})*,\d{2}\u00a0€")


@pytest.fixture(scope="module")
def page():
    return check(render("promotions", VIEW))


def test_the_answer_comes_first_as_a_sentence():
    assert VIEW.standpoints[0].strong == "Vous n’êtes pas promouvable à la hors classe aujourd’hui."
    assert VIEW.standpoints[0].rest == (
        "Vous serez promouvable pour la première fois à la campagne 2033 : il faut 2 ans au "
        "9e échelon au 31 août de l’année."
    )
    assert VIEW.standpoints[0].why_label == "Pourquoi 2033 ?"


def test_promouvable_today_says_since_when():
    now = people.MOCKUP.eligibilites[0].model_copy(
        update={"promouvable": True, "depuis": 2025, "premiere_campagne": None}
    )
    view = promotions(people.MOCKUP.model_copy(update={"eligibilites": (now,)}))
    assert view.standpoints[0].strong == (
        "Vous êtes promouvable à la hors classe aujourd’hui, depuis la campagne 2025."
    )


def test_a_position_that_closes_the_lists_is_said_before_the_first_campaign():
    away = people.MOCKUP.eligibilites[0].model_copy(
        update={"empechement": "vous êtes en disponibilité, qui n’ouvre pas les promotions"}
    )
    view = promotions(people.MOCKUP.model_copy(update={"eligibilites": (away,)}))
    assert view.standpoints[0].rest.startswith(
        "Vous êtes en disponibilité, qui n’ouvre pas les promotions. Vous serez promouvable"
    )


def test_the_last_grade_says_what_is_left():
    view = promotions(people.MOCKUP.model_copy(update={"eligibilites": ()}))
    assert view.standpoints[0].strong == "Votre grade est le dernier de votre corps."


def test_who_decides_stands_beside_the_possibility():
    (line,) = VIEW.deciders
    assert line == (
        "Hors classe : sous réserve d’une décision du recteur de l’académie, tableau arrêté "
        "par département. Aucun acte de candidature n’est requis."
    )


def test_the_difference_is_a_sentence_in_constant_euros(page):
    assert (VIEW.difference[0], VIEW.difference_strong) == (
        "Le scénario B (hors classe en 2033) rapporte",
        "53\u00a0799,06\u00a0€",
    )
    assert VIEW.difference[1] == (
        "bruts de plus entre septembre 2033 et août 2046. L’écart va de 143,46\u00a0€ par mois en "
        "2033 à 624,49\u00a0€ par mois en 2046."
    )
    assert "Euros constants, valeur du point 2026." in page.text


def test_controls_offer_lawful_values_and_a_reason_for_the_closed_one(page):
    closed = next(c for c in VIEW.controls if c.id == "bonification_6")
    assert closed.closed == people.CLOSED_6
    years = next(c for c in VIEW.controls if c.id == "hors_classe").choices[1]
    assert [o.value for o in years.options] == ["jamais", *map(str, range(2033, 2041))]
    assert [o.value for o in years.options if o.selected] == ["2033"]
    names = {select["name"] for select in page.all("select")}
    assert "bonification_6-A" not in names


def test_a_lever_closed_for_one_scenario_only_says_why_there():
    first, second = people.MOCKUP.scenarios
    levers = (
        *first.leviers[:3],
        first.leviers[3].model_copy(
            update={"valeurs": (None,), "ferme": "Impossible : déjà hors classe."}
        ),
    )
    answer = people.MOCKUP.model_copy(
        update={"scenarios": (first.model_copy(update={"leviers": levers}), second)}
    )
    control = next(c for c in promotions(answer).controls if c.id == "hors_classe")
    assert control.closed == ""
    assert [c.closed for c in control.choices] == ["Déjà hors classe.", ""]


def test_the_table_says_what_changes_and_what_stays():
    shown = {r.day.long: r for r in rows(people.MOCKUP)}
    row = shown["1er septembre 2033"]
    assert (row.cells[0].standing, row.cells[0].same) == ("9e échelon", True)
    assert (row.cells[1].standing, row.cells[1].same) == ("hors classe, 2e échelon", False)
    assert row.cells[1].remarks == ("avec 6 mois d’ancienneté", "sous réserve d’une décision")
    assert (row.cells[1].amount, row.gap) == ("2\u00a0654,08\u00a0€", "+\u00a0143,46\u00a0€")
    assert shown["1er mars 2046"].gap == "+\u00a0624,49\u00a0€"
    assert shown["1er septembre 2024"].day.prefix == "depuis le"


def test_the_figure_and_the_table_hold_the_same_amounts_and_dates(page):
    table = {cell.amount for row in VIEW.rows for cell in row.cells}
    assert len(page.descriptions) == 2
    for description in page.descriptions:
        found = AMOUNT.findall(description)
        assert found == [
            "2\u00a0211,03\u00a0€",
            "2\u00a0860,84\u00a0€",
            "2\u00a0211,03\u00a0€",
            "3\u00a0485,33\u00a0€",
        ]
        assert set(found) <= table
    wide, narrow = VIEW.instrument.charts
    assert set(AMOUNT.findall(wide + narrow)) <= table
    for label in ("7e", "8e", "9e", "10e", "11e", "HC 2e", "3e", "4e", "5e", "6e"):
        assert f">{label}</text>" in wide, label
    assert ">HC 2e</text>" in narrow


def test_a_number_to_verify_is_marked_in_the_figure_and_in_the_table(page):
    last = VIEW.rows[-1].cells[1]
    assert last.index_verify
    assert last.amount_verify
    assert VIEW.motives == ("L’indice du 7e échelon de la hors classe n’a qu’une source.",)
    for figure in VIEW.instrument.charts:
        assert 'fill="var(--ground)"' in figure
    assert "symbole creux\u00a0: à vérifier" in page.text
    assert "3\u00a0485,33\u00a0€*, à vérifier" in page.text
    assert "* à vérifier La raison est au bout de la ligne." in page.text


def test_a_certain_answer_carries_no_mark():
    sure = tuple(
        s.model_copy(
            update={
                "etapes": tuple(
                    e.model_copy(
                        update={"a_verifier": (), "motif_a_verifier": "", "explication": None}
                    )
                    for e in s.etapes
                )
            }
        )
        for s in people.MOCKUP.scenarios
    )
    answer = people.MOCKUP.model_copy(
        update={"scenarios": sure, "retraite": None, "eligibilites": ()}
    )
    assert "à vérifier" not in render("promotions", promotions(answer))


def test_each_explained_date_has_its_button_and_its_closed_reason(page):
    buttons = [b for b in page.all("button") if "aria-controls" in b]
    assert {b["aria-expanded"] for b in buttons} == {"false"}
    assert len(buttons) == len(VIEW.rows)
    assert "Pourquoi\u00a0? 1er septembre 2033" in page.text
    rows = [a for _, a in page.tags if a.get("id") in {b["aria-controls"] for b in buttons}]
    assert all("hidden" in row for row in rows)
    reason = page.text.split("promu à la hors classe depuis le 9e échelon")[1]
    assert "Source\u00a0: décret 90-680, art. 25, en vigueur depuis le 6 août 2023." in reason
    assert "décret 90-680, art. 25, en vigueur depuis le 6 août 2023 (confiance A)" in page.text


def test_the_csv_holds_the_table():
    assert VIEW.csv.startswith("data:text/csv;charset=utf-8,%EF%BB%BF")
    body = unquote(VIEW.csv.split(",", 1)[1]).lstrip("\ufeff")
    lines = list(csv.reader(io.StringIO(body), delimiter=";"))
    assert lines[4][0] == "2033-09-01"
    assert lines[4][5:8] == ["hors classe, 2e échelon", "629", "2654,08"]
    assert "Euros constants, valeur du point 2026" in lines[-1][0]


def test_the_two_ages_bound_the_projection():
    assert VIEW.retirement == (
        "Ouverture du droit à pension à 64 ans, le 20 mai 2055. Limite d’âge à 67 ans, le "
        "20 mai 2058 ; la projection s’y arrête."
    )
    without = promotions(people.MOCKUP.model_copy(update={"retraite": None}))
    assert without.retirement.startswith("Sans date de naissance")


def test_a_loss_is_said_as_a_loss():
    less = people.MOCKUP.difference.model_copy(
        update={"cumul": -1200.0, "ecart_premier": -10.0, "ecart_dernier": -20.0}
    )
    view = promotions(people.MOCKUP.model_copy(update={"difference": less}))
    assert view.difference_strong == "1\u00a0200,00\u00a0€"
    assert view.difference[1].startswith("bruts de moins entre")
    assert "de \u2212\u00a010,00\u00a0€ par mois" in view.difference[1]


def test_equal_scenarios_are_said_equal():
    same = people.MOCKUP.difference.model_copy(
        update={"cumul": 0.0, "debut": None, "ecart_premier": 0.0, "ecart_dernier": 0.0}
    )
    view = promotions(people.MOCKUP.model_copy(update={"difference": same}))
    assert view.difference == ("Les deux scénarios donnent le même traitement brut.", "")


def test_the_figure_uses_the_colours_of_the_page_and_asks_nothing_outside():
    for figure in VIEW.instrument.charts:
        assert not re.search(r"#[0-9a-f]{6}", figure)
        assert "http" not in figure
        assert "font-family" not in figure
        assert len(figure) < 20_000


def test_labels_of_the_figure_do_not_overlap_the_axis_of_time():
    for figure in VIEW.instrument.charts:
        years = [int(y) for y in re.findall(r">(20\d\d)</text>", figure)]
        assert years == sorted(years)
        assert date(2026, 11, 25).year < years[-1] <= 2046


def test_a_past_decision_is_offered_apart_and_said_once_chosen():
    held = Situation(
        corps="pe",
        grade="classe_normale",
        echelon="9",
        date_effet=date(2021, 9, 1),
        date_naissance=date(1975, 5, 20),
    )
    tried = Comparison(held, date(2026, 11, 25))
    page = check(render("promotions", promotions(tried.answer())))
    assert "2024 (passée)" in page.text
    assert "contrefactuel" not in page.text
    tried.change({"hors_classe-B": "2024"}, "hors_classe-B")
    scenario = tried.answer().scenarios[1]
    assert (scenario.scenario.hors_classe, scenario.scenario.contrefactuel) == (2024, True)
    page = check(render("promotions", promotions(tried.answer())))
    assert "Scénario B\u00a0: contrefactuel\u00a0: promotion à la hors classe" in page.text
    assert "contrefactuel, décision passée" in page.text
    assert "se confondent" not in page.text
    tried.change({"hors_classe-B": "2027"}, "hors_classe-B")
    assert not tried.answer().scenarios[1].scenario.contrefactuel


def test_what_is_not_calculated_is_said_so():
    held = Situation(
        corps="pe",
        grade="hors_classe",
        echelon="3",
        date_effet=date(2020, 9, 1),
        date_naissance=date(1975, 5, 20),
    )
    found = Comparison(held, date(2021, 10, 1)).answer()
    page = check(render("promotions", promotions(found)))
    assert "Promotion à la classe exceptionnelle aujourd’hui\u00a0: non calculée." in page.text
    assert "fonctions particulières manquent" in page.text
