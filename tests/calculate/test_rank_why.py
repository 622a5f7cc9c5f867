"""« Pourquoi ce rang ? » is the ranking done again for one person: for analysts, for the game."""

from dataclasses import replace

import numpy as np
import pytest
from changed_tables import Change, plain, reasons_with
from hypothesis import given, settings
from hypothesis import strategies as st

from iprof_kit.analytics.promotions.example import exemple_extrait
from iprof_kit.analytics.promotions.start import campagne
from iprof_kit.calculate.campaign_game.campaign import play
from iprof_kit.calculate.campaign_game.people import department
from iprof_kit.calculate.campaign_game.rules import BALANCES, NAMES, Rules, law_rules
from iprof_kit.calculate.campaign_game.why import explain_rank
from iprof_kit.careers.places import BY_BALANCE
from iprof_kit.law.tables.rules import RULES

PEOPLE = st.integers(0, len(department()) - 1)
ORDERS = st.lists(st.sampled_from(list(NAMES)), min_size=1, max_size=6, unique=True).map(tuple)
WEIGHTS = st.integers(0, 2)


@pytest.fixture(scope="module")
def listed():
    return campagne(exemple_extrait(annee=2025), "pe", "hors_classe", 2025)


def natures(reason):
    return {line.libelle: line.nature for line in reason.lignes}


def words(reason):
    return {plain(line.libelle): plain(line.valeur) for line in reason.lignes}


@settings(max_examples=60, deadline=None)
@given(PEOPLE, ORDERS, WEIGHTS, WEIGHTS, st.sampled_from(list(BALANCES)), st.integers(100, 5000))
def test_the_last_line_is_the_rank_under_any_rules_of_the_room(row, order, opinion, age, how, part):
    rules = Rules(order, opinion, age, how, part)
    played = play(rules)
    reason = explain_rank(played, rules, row)
    assert reason.lignes[-1].valeur == f"{played.result.rank[row]} sur {len(department())}"
    place = words(reason)["Place"]
    assert place.startswith("dans" if played.taken[row] else "hors")


def test_the_points_are_the_rows_of_the_bareme_line_by_line():
    rules = law_rules()
    played = play(rules)
    row = int(played.result.order[0])
    told = words(explain_rank(played, rules, row))
    points = [
        int(value.split()[0])
        for name, value in told.items()
        if name.startswith(("Appréciation «", "Plage d’appel"))
    ]
    assert len(points) == 2
    assert told["Barème"] == f"{sum(points)} points"


def test_what_the_room_chose_is_a_hypothesis_what_the_file_says_a_datum():
    rules = Rules(("bareme", "attente"), opinion=2, share=3000)
    told = natures(explain_rank(play(rules), rules, 0))
    assert told["Ordre choisi par la salle"] == "hypothese"
    assert told["Taux choisi par la salle"] == "hypothese"
    assert told["Barème de la salle"] == "hypothese"
    assert told["Barème"] == "loi"
    assert told["Situation au 31 août 2025"] == "donnee"
    assert "Ordre de classement" not in told


def test_the_step_that_moved_her_is_told_to_her_alone():
    rules = Rules(law_rules().criteria, balance="permutation")
    played = play(rules)
    (moved, *_) = np.flatnonzero(played.result.how == BY_BALANCE).tolist()
    first = int(played.result.order[0])
    step = "Étape « équilibre entre les femmes et les hommes, par permutation »"
    assert words(explain_rank(played, rules, moved))[step] == "fait entrer"
    assert step not in words(explain_rank(played, rules, first))


def test_each_row_of_the_analysts_table_ends_on_its_rank(listed):
    ranking = listed.classement()
    for row in ranking[ranking["erreur"] == ""].head(40).to_dict("records"):
        reason = listed.raison(str(row["numero"]))
        assert reason.lignes[-1].valeur.split()[0] == str(row["rang"])
        assert words(reason)["Barème"] == f"{row['bareme']} points"
        assert words(reason)["Place"].startswith("dans" if row["propose"] else "hors")


def test_a_rate_given_by_the_analyst_is_a_hypothesis(listed):
    number = str(listed.gens["numero"].iloc[0])
    law, given_rate = listed.raison(number), listed.et_si(taux=30).raison(number)
    assert [line.valeur for line in given_rate.lignes if line.nature == "hypothese"] == [
        "taux donné : 30 %"
    ]
    assert "hypothese" not in natures(law).values()
    assert words(law)["Ratio 2025"] == "23 %"  # arrêté 30-06-2009 modifié
    assert "promotion_ratio" in law.regles


def test_what_may_be_given_to_the_person_herself_says_nothing_of_her_neighbours(listed):
    ranked = listed.classement()
    number = str(ranked[ranked["rang"] == 2]["numero"].iloc[0])
    told = words(listed.raison(number))
    assert "Séparé du rang suivant par" in told
    alone = words(listed.raison(number, voisins=False))
    assert not [name for name in alone if name.startswith("Séparé")]


def test_analysts_and_the_game_read_one_bareme_in_the_same_words(listed):
    played = play(law_rules())
    game = explain_rank(played, law_rules(), 0)
    number = str(listed.gens["numero"].iloc[0])
    assert set(game.regles) == set(listed.raison(number).regles)


@pytest.mark.parametrize("rule", ["bareme_hors_classe", "ranking_procedure"])
def test_a_rule_that_left_the_registry_makes_the_reason_refuse(listed, monkeypatch, rule):
    played, number = play(law_rules()), str(listed.gens["numero"].iloc[0])
    monkeypatch.delitem(RULES, rule)
    for reason in (explain_rank(played, law_rules(), 0), listed.raison(number)):
        assert reason.lignes[0].libelle == "Raison non donnée"
        assert rule in reason.lignes[0].valeur


def test_a_reason_that_finds_another_rank_is_not_given():
    rules, played = law_rules(), play(law_rules())
    wrong = replace(played.result, rank=played.result.rank[::-1].copy())
    reason = explain_rank(replace(played, result=wrong), rules, 0)
    assert "est différent" in reason.lignes[0].valeur


REASONS = """
import json, sys
from pathlib import Path
from iprof_kit.base import paths
paths.REFERENCE = Path(sys.argv[1])
from iprof_kit.analytics.promotions.example import exemple_extrait
from iprof_kit.analytics.promotions.start import campagne
from iprof_kit.calculate.campaign_game.campaign import play
from iprof_kit.calculate.campaign_game.rules import law_rules
from iprof_kit.calculate.campaign_game.why import explain_rank
played = play(law_rules())
told = [explain_rank(played, law_rules(), row) for row in range(60)]
listed = campagne(exemple_extrait(annee=2025), "pe", "hors_classe", 2025)
told += [listed.raison(str(number)) for number in listed.gens["numero"].head(40)]
json.dump([one.model_dump(mode="json") for one in told], sys.stdout)
"""
CHANGES = [
    Change("bareme_hors_classe", {"type": "appreciation", "groupe_corps": "pe",
           "cle": "excellent"}, "points", "131", ("Appréciation « excellent »", "131 points")),
    Change("ratios_promotion", {"annee": "2025", "corps": "pe", "grade_cible": "hors_classe"},
           "ratio_pct", "31", ("Ratio 2025", "31 %")),
]  # fmt: skip


@pytest.fixture(scope="module")
def changed(tmp_path_factory):
    return reasons_with(CHANGES, REASONS, tmp_path_factory.mktemp("droit"))


@pytest.mark.parametrize("change", CHANGES, ids=lambda one: one.table)
def test_a_changed_row_changes_the_reasons_of_a_rank(changed, change):
    change.check(changed)
