"""The prepared tableau for a decision-maker."""

import re
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
import ui_html

import iprof_kit
from iprof_kit.analytics.promotions.campaign import Campagne
from iprof_kit.analytics.promotions.example import SOURCE, exemple_promouvables
from iprof_kit.analytics.promotions.start import campagne
from iprof_kit.ui.screens.tableau import points
from iprof_kit.ui.screens.tableau import screen as promotion_desk
from iprof_kit.ui.screens.tableau.pyramide import pyramid
from iprof_kit.ui.screens.tableau.screen import PromotionDesk, open_tableau

TODAY = date(2026, 11, 25)
ROUTE = {"kind": "route", "path": "/tableau-promotions"}


def answered(screen):
    screen.receive(ROUTE)
    return screen.html


def same(ages):
    return ages


def desk(hide=same, size=60):
    people = exemple_promouvables(size, 2027)
    return PromotionDesk(people, "pe", "hors_classe", 2027, SOURCE, TODAY, hide)


def read(page):
    return page.text.replace("\u00a0", " ").replace("\u202f", " ")


def asked(one, **values):
    return ui_html.check(one.handle({"kind": "intent", "name": "perimetre", "values": values}))


@pytest.fixture(scope="module")
def page():
    return ui_html.check(desk().handle(ROUTE))


def test_projet_is_at_the_title_in_the_captions_and_in_the_title_of_the_figure(page):
    assert "Hors classe 2027, professeurs des écolesPROJET" in read(page)
    # decideurs.csv, professeurs des écoles
    assert "hors de ce kit : recteur de l’académie, tableau arrêté par département." in read(page)
    assert "PROJET. Document interne, identifiants pseudonymes" in read(page)
    # 23 % of 60 is 13.8
    assert "PROJET. 60 promouvables, 13 proposés" in read(page)


def test_the_bar_of_the_contingent_is_a_row_and_the_parts_of_a_score_are_under_it(page):
    assert "Fin du contingent : 13 propositions. Barre à" in read(page)
    assert [tag for tag, held in page.tags if held.get("class") == "cutline"] == ["tr"]
    # « excellent » is 120 points for a professeur des écoles (sections.se-unsa.org/88)
    found = re.findall(r"Excellent(\d{3})120 \+ (\d{2,3})(?:1er|\d)e?", read(page))
    assert found
    assert all(int(total) == 120 + int(part) for total, part in found)


def test_wide_tables_scroll_in_a_named_region_that_takes_the_focus(page):
    (region,) = [held for _, held in page.tags if held.get("role") == "region"]
    assert region["tabindex"] == "0"
    assert region["aria-labelledby"] == "cap-tableau"
    assert [held["id"] for tag, held in page.tags if tag == "caption" and "id" in held] == [
        "cap-tableau"
    ]


def test_a_wrong_ratio_is_told_beside_its_field_and_the_tables_stay():
    one = desk()
    page = asked(one, procedure="hc_ldg", taux="127", report="")
    assert "Un taux de 127 % n’est pas possible." in read(page)
    assert "13 propositions" in read(page)
    (field,) = [held for tag, held in page.tags if held.get("id") == "tb-taux"]
    assert (field["value"], field["aria-invalid"]) == ("127", "true")
    page = asked(one, procedure="hc_ldg", taux="", report="demi")
    assert "« demi » n’est pas une décimale." in read(page)


def test_a_ratio_and_a_decimal_change_the_contingent():
    # 60 × 50 % and 0.5 carried
    page = asked(desk(), procedure="hc_ldg", taux="50", report="0,5")
    assert "Fin du contingent : 30 propositions." in read(page)
    assert "30,5, dont 0,5 reporté ; reste 0,5" in read(page)


def test_another_procedure_is_told_as_a_hypothesis():
    page = asked(desk(), procedure="hc_53_2024", taux="", report="")
    assert "Procédure d’un autre champ" in read(page)


@pytest.mark.parametrize(
    ("letter", "words"),
    [("B", ""), ("C", "(une source, confiance C)"), ("D", "(non confirmé, confiance D)")],
)
def test_the_doubt_of_the_procedure_is_that_of_its_source(monkeypatch, letter, words):
    real = Campagne.provenance.func
    monkeypatch.setattr(
        Campagne, "provenance", property(lambda one: replace(real(one), confiance=letter))
    )
    said = read(ui_html.check(desk().handle(ROUTE)))
    assert ", confiance " not in said if not words else words in said


def test_every_proposed_person_may_be_shown():
    one = desk()
    page = ui_html.check(one.handle({"kind": "intent", "name": "deplier", "values": {}}))
    rows = [held["id"] for tag, held in page.tags if tag == "tr" and held.get("id", "")[:2] == "r-"]
    assert rows == [f"r-{n}" for n in range(1, 17)]
    assert "Réduire le tableau" in read(page)


def test_each_row_says_why():
    page = ui_html.check(desk().handle(ROUTE))
    assert "Rang 1 sur 60." in read(page)
    assert "La personne qui suit s’en distingue par" in read(page)


def test_a_hidden_count_shows_secret_in_the_figure_and_in_the_table():
    def hide(ages):
        few = ages["promouvables"] < 5
        counts = ["promouvables", "proposes"]
        ages[counts] = ages[counts].astype("Int64").mask(few, pd.NA)
        return ages

    page = ui_html.check(desk(hide).handle(ROUTE))
    assert "secretproposés : secret" in read(page)
    assert any(held.get("class") == "secret" for _, held in page.tags)


def test_whom_a_position_sets_aside_is_told_and_who_is_kept_in_doubt_is_marked():
    positions = ["Congé parental"] * 57 + ["Disponibilité", "Radié", "xyz"]
    people = exemple_promouvables(60, 2027).assign(position=positions)
    campaign = iprof_kit.campagne(people, "pe", "hors_classe", 2027, suppose="dernier_connu")
    shown = read(ui_html.check(answered(open_tableau(campaign, same, TODAY))))
    assert "Exclus par leur position : 1 (disponibilité" in shown
    assert "Positions à demander : 1 (position inconnue : « xyz »" in shown
    assert "position à vérifier" in shown
    assert "PROJET. 57 promouvables" in shown


def test_the_page_made_ahead_follows_the_day_of_the_portal(monkeypatch):
    shown = open_tableau()  # before any session, as a warm process does
    days = iter([date(2028, 3, 5), date(2029, 3, 5)])
    monkeypatch.setattr(promotion_desk, "portal_today", lambda: next(days))
    assert "Hors classe 2029" in read(ui_html.check(answered(shown)))
    assert "Hors classe 2030" in read(ui_html.check(answered(shown)))


def ranked(people):
    usual = {"suppose": "dernier_connu", "source": SOURCE, "le": TODAY}
    return campagne(people, "pe", "hors_classe", 2027, **usual).classement()


def dots_of(lanes, step):
    return sum(round(abs(lane.length) / step) + 1 for lane in lanes)


@pytest.mark.parametrize("size", [points.WIDE, points.NARROW])
def test_the_points_of_a_ranking_are_one_dot_a_person_filled_where_proposed(size):
    people = exemple_promouvables(60, 2027)
    drawn = points.strip(ranked(people), "essai", 160.0, size)
    assert dots_of(drawn.lanes, drawn.step) == 60
    # 23 % of 60 is 13.8
    assert dots_of([one for one in drawn.lanes if one.filled], drawn.step) == 13
    above = [one for one in drawn.lanes if one.y < drawn.axis]
    assert dots_of(above, drawn.step) == drawn.women == int((people["sexe"] == "F").sum())
    assert sum(one.women[1] + one.men[1] for one in drawn.columns) == 60
    assert drawn.bar.points <= 160
    assert all(0 < lane.x < drawn.width and 0 < lane.y < drawn.height for lane in drawn.lanes)


def test_a_crowd_is_drawn_with_a_dot_for_several_people():
    ranking = ranked(exemple_promouvables(3000, 2027))
    drawn = points.strip(ranking, "", None, points.NARROW)
    assert drawn.note.startswith("Un point pour ")
    assert dots_of(drawn.lanes, drawn.step) < 3000
    assert drawn.women + drawn.men == 3000


def test_a_ranking_without_bareme_has_no_points():
    ranking = pd.DataFrame({"sexe": ["F"], "propose": [True]})
    assert points.strip(ranking, "", None, points.WIDE) is None


def test_every_figure_and_every_table_says_projet():
    html = desk().handle(ROUTE)
    titles = re.findall(r"<title[^>]*>(.*?)</title>", html)
    captions = re.findall(r"<caption[^>]*>(.*?)</caption>", html, re.S)
    figures = re.findall(r"<figcaption[^>]*>(.*?)</figcaption>", html)
    assert titles
    assert captions
    assert figures
    assert all("PROJET" in one for one in (*titles, *captions, *figures))


def test_the_pyramid_has_a_scale():
    ages = pd.DataFrame(
        [("50 ans", "F", 173, 40), ("50 ans", "H", 30, 9)],
        columns=["age", "sexe", "promouvables", "proposes"],
    )
    drawn = pyramid(ages, "essai", 203, 49)
    assert [count for _, count in drawn.ticks] == ["0", "0", "100", "100"]
    of_women, of_men, left, right = (at for at, _ in drawn.ticks)
    assert (of_women - left) / drawn.ages[0].women.width == pytest.approx(100 / 173, abs=0.01)
    assert right - of_men == pytest.approx(of_women - left, abs=0.1)
