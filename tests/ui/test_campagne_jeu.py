"""The screen of the campaign game: levers, order, a person, complaints, files, addresses."""

import csv
import io
import json
import re

import pytest
from ui_html import check

from iprof_kit.calculate.campaign_game.campaign import play
from iprof_kit.calculate.campaign_game.complaints import complaints
from iprof_kit.calculate.campaign_game.rules import Rules, law_rules, packed
from iprof_kit.ui.components import guichet
from iprof_kit.ui.kit.notebook import OnePage, nobody
from iprof_kit.ui.kit.render import render
from iprof_kit.ui.kit.visiting import Visit
from iprof_kit.ui.screens.campagne_jeu.screen import GamePage
from iprof_kit.ui.shared.menu import ATELIER
from iprof_kit.ui.shared.messages import Intent, arguments_of

PATH = "/atelier/campagne"
MOST_WORDS = 60


def begun(query=None):
    """A game that no portal is around, at an address."""
    visit = Visit(nobody)
    visit.query = query or {}
    return GamePage(visit)


@pytest.fixture
def game():
    return begun()


def shown(game):
    template, view = game.show(PATH)
    return render(template, view)


def does(game, name, **values):
    game.receive(Intent(name, values))
    return shown(game)


def address_of(html):
    return re.search(r'data-address="/atelier/campagne(\?[^"]*)"', html)[1].replace("&amp;", "&")


def test_it_begins_with_the_national_order_and_says_that_it_is_a_game(game):
    page = check(shown(game))
    assert "57 promotions pour 250 promouvables. La barre tombe à 140 points" in page.text
    assert "Personnes fictives. L’administration décide." in page.text
    assert page.text.count("JEU") > 3
    assert not re.search(r"\b(vous|votre|vos)\b", page.text, re.IGNORECASE)
    assert "rien\u00a0: l’ordre national" in page.text


def test_few_words_stand_before_the_first_figure(game):
    html = shown(game)
    head = re.sub(r"<[^>]*>", " ", html[: html.index("<dl")])
    assert len(head.split()) <= MOST_WORDS


def test_no_guichet_is_asked_whatever_is_done(game, monkeypatch):
    def nobody(*_args, **_more):
        raise AssertionError("something was asked for")

    monkeypatch.setattr(guichet, "open_guichet", nobody)
    monkeypatch.setattr(guichet.Guichet, "ask", nobody)
    for name, values in (("jeu_regles", {"taux": "3"}), ("jeu_rang", {"rang": "7"}),
                         ("jeu_json", {}), ("jeu_recommencer", {})):  # fmt: skip
        does(game, name, **values)


def test_each_lever_changes_the_page_and_recommencer_gives_the_first_one_back(game):
    first = shown(game)
    for values in (
        {"appreciation": "2"},
        {"anciennete": "0"},
        {"equilibre": "listes"},
        {"taux": "0"},
    ):
        changed = does(game, "jeu_regles", **values)
        assert check(changed).text != check(first).text, values
        assert "hypothèse" in check(changed).text
        assert check(does(game, "jeu_recommencer")).text == check(first).text


def test_two_lists_have_two_bars(game):
    html = does(game, "jeu_regles", equilibre="listes")
    assert "130 points (femmes) et 150 points (hommes)" in check(html).text
    assert html.count(">barre\u00a0femmes<") == html.count(">barre\u00a0hommes<") == 2


def test_criteria_are_put_in_order_added_and_taken_away(game):
    html = does(game, "jeu_tard", of="bareme")
    assert "1. ancienneté dans le corps" in check(html).text
    html = does(game, "jeu_ajouter", of="age")
    assert "5. âge" in check(html).text
    html = does(game, "jeu_retirer", of="bareme")
    assert "barème" not in check(html).text.split("Critères, dans l’ordre")[1].split("Ajouter")[0]
    for name in ("attente", "direction"):
        html = does(game, "jeu_ajouter", of=name)
    assert "Six au plus" in check(html).text


def test_a_criterion_that_is_there_already_is_told_and_changes_nothing(game):
    before = address_of(shown(game))
    html = does(game, "jeu_ajouter", of="bareme")
    assert "un critère est donné deux fois" in check(html).text
    assert address_of(html) == before


def test_one_dot_a_person_and_as_many_filled_as_places(game):
    html = shown(game)
    dots = re.findall(r'<circle class="(\w)" [^>]*data-value="(\d+)"', html)
    assert sorted(int(rank) for _, rank in dots) == list(range(1, 251))
    assert sum(kind in "pe" for kind, _ in dots) == 57
    html = does(game, "jeu_contre", contre="mayenne")
    kinds = [kind for kind, _ in re.findall(r'<circle class="(\w)" [^>]*data-value="(\d+)"', html)]
    assert kinds.count("e") == kinds.count("l") == 3


def test_a_person_is_read_by_her_rank_and_by_her_complaint(game):
    html = does(game, "jeu_rang", rang="1")
    first = play(law_rules())
    name = first.people.name(int(first.result.order[0]))
    assert f"Rang 1 : {name}" in check(html).text.replace("\u00a0", " ")
    assert 'value="1" aria-valuetext="Rang 1' in html
    case = complaints(first)[0]
    number = first.people.rows[case.who]["numero"]
    html = does(game, "jeu_lire", of=number)
    assert f"Pourquoi {first.people.name(case.who)}" in check(html).text
    assert 'data-focus="pourquoi-t"' in html


def test_the_rank_of_the_person_read_leads_to_its_reason_under_the_rules_of_the_room(game):
    html = does(game, "jeu_rang", rang="12")
    asked = re.search(r'data-asks="pourquoi" data-of="(\d+)"', html)[1]
    assert "Rang12 sur 250" not in check(html).text
    page = check(does(game, "pourquoi", of=asked)).text.replace("\u00a0", " ")
    assert "Rang12 sur 250" in page
    moved = check(does(game, "jeu_regles", appreciation="2")).text.replace("\u00a0", " ")
    assert "La salle compte l’appréciation" in moved
    assert "Raison non donnée" not in moved
    other = does(game, "jeu_rang", rang="13")  # another person: her own reason is asked for
    assert 'data-asks="pourquoi"' in other


def test_an_address_gives_the_same_page_back(game):
    does(game, "jeu_regles", appreciation="2", equilibre="permutation", taux="4")
    does(game, "jeu_ajouter", of="age")
    does(game, "jeu_contre", contre="exceptionnelle")
    html = does(game, "jeu_rang", rang="33")
    other = begun(arguments_of(address_of(html)))
    assert check(shown(other)).text == check(html).text


@pytest.mark.parametrize(
    "query",
    [{"j": "bcen-99-egalite-2300"}, {"j": "<script>"}, {"j": "b" * 5000},
     {"j": "b-11-sans-2300-999"}, {"j": "../../etc/passwd", "contre": "../x"}],
)  # fmt: skip
def test_a_hostile_address_is_told_and_the_game_begins(query):
    html = shown(begun(query))
    assert "n’est pas celui d’une partie" in check(html).text
    assert "<script>" not in html
    assert address_of(html) == f"?j={packed(law_rules())}"


@pytest.mark.parametrize(
    ("name", "values"),
    [("jeu_regles", {"appreciation": "9"}), ("jeu_regles", {"equilibre": "x"}),
     ("jeu_regles", {"taux": "99999999"}), ("jeu_regles", {"taux": "٣"}),
     ("jeu_rang", {"rang": "0"}),
     ("jeu_rang", {"rang": "251"}), ("jeu_rang", {"rang": "-1"}), ("jeu_lire", {"of": "999"}),
     ("jeu_lire", {}), ("jeu_tot", {"of": "zzz"}), ("jeu_contre", {"contre": "zzz"}),
     ("jeu_ajouter", {"of": "zzz"}), ("inconnu", {})],
)  # fmt: skip
def test_whatever_a_page_sends_the_game_goes_on(game, name, values):
    html = does(game, name, **values)
    assert "250 promouvables" in check(html).text


def test_the_files_hold_the_game_that_is_shown():
    alone = OnePage(GamePage, PATH, ATELIER)

    def given(name, **values):
        message = {"kind": "intent", "name": name, "values": values, "path": PATH}
        return alone.handle(message).download

    assert given("jeu_regles", anciennete="2") is None
    result = given("jeu_json")
    assert result.name == "JEU-campagne-2025.json"
    content = json.loads(result.content)
    assert content["regles"]["poids_anciennete"] == 2
    table = given("jeu_csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(table), delimiter=";"))
    promoted = {int(row["dossier"]) for row in rows if row["promotion_simulee"] == "oui"}
    assert promoted == set(content["promus"])
    assert given("jeu_tot", of="bareme") is None


@pytest.mark.parametrize("name", ["age", "appreciation", "echelon", "anciennete_echelon", "femme",
                                  "attente", "avis_tres_favorables", "direction"])  # fmt: skip
def test_the_figure_follows_the_first_criterion(name):
    rules = Rules((name, "bareme"))
    game = begun({"j": packed(rules)})
    _, view = game.show(PATH)
    for strip in view.strips:
        assert sum(c.women[1] + c.men[1] for c in strip.columns) == 250
        assert all(0 < dot.x < strip.width and 0 < dot.y < strip.height for dot in strip.dots)
        assert len(strip.columns) <= 24
        assert sum(c.women[0] + c.men[0] for c in strip.columns) == rules.places


@pytest.mark.parametrize(
    ("rules", "value", "note"),
    [(Rules(("bareme",)), "140", "points"), (Rules(("age",)), "52\u00a0ans", "11 mois 4 jours"),
     (Rules(("bareme",), balance="listes"), "130 / 150", "points, femmes / hommes")],
)  # fmt: skip
def test_a_bar_is_read_big_with_its_unit_beside(rules, value, note):
    game = begun({"j": packed(rules)})
    _, view = game.show(PATH)
    assert (view.results[1].value, view.results[1].small) == (value, note)
