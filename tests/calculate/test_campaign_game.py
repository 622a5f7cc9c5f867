"""The campaign game: ranked as the analyst's engine ranks, told as its list says."""

import json
import re
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import iprof_kit
from iprof_kit.base.calendar import YEAR, rentree
from iprof_kit.base.errors import BadTable, InputError
from iprof_kit.calculate.campaign_game.campaign import play
from iprof_kit.calculate.campaign_game.compared import applied, compared, reference_of, references
from iprof_kit.calculate.campaign_game.complaints import complaints
from iprof_kit.calculate.campaign_game.people import department, department_of
from iprof_kit.calculate.campaign_game.result import MENTION, ranking_csv, result_json
from iprof_kit.calculate.campaign_game.rules import (
    BALANCES,
    EXCHANGE,
    FREE,
    NAMES,
    TWO_LISTS,
    WEIGHTS,
    Rules,
    law_rules,
    law_share,
    packed,
    unpacked,
)
from iprof_kit.calculate.campaign_game.why import across, explain_decision
from iprof_kit.careers.places import BY_BALANCE, GAVE_WAY, TAKEN_BY_RANK

ANY_RULES = st.builds(
    Rules,
    criteria=st.lists(st.sampled_from(list(NAMES)), min_size=1, max_size=6, unique=True).map(tuple),
    opinion=st.sampled_from(WEIGHTS),
    seniority=st.sampled_from(WEIGHTS),
    balance=st.sampled_from(list(BALANCES)),
    share=st.integers(100, 5000),
)


def as_table(corps="pe"):
    """The list as an analyst would give it to the engine of tables."""
    rows = pd.DataFrame(list(department().rows))
    dates = ["date_naissance", "entree_corps", "entree_grade", "debut_services"]
    return rows.assign(
        corps=corps,
        grade="classe_normale",
        numero=[f"{int(n):03d}" for n in rows["numero"]],
        avis_1=rows["avis"],
        anciennete_jours=rows["anciennete_jours"].astype(int),
        **{name: pd.to_datetime(rows[name]) for name in dates},
    )


def ranking_of_the_analyst(reference):
    opened = iprof_kit.campagne(
        as_table(reference.corps), reference.corps, "hors_classe", department().year,
        procedure=reference.procedure, contingent=law_rules().places,
    )  # fmt: skip
    return opened.classement()


@pytest.mark.parametrize("key", [one.key for one in references()])
def test_a_real_procedure_ranks_as_the_tables_of_the_analyst_do(key):
    table = ranking_of_the_analyst(reference_of(key))
    real = applied(key, law_rules().places)
    numbers = [int(department().rows[row]["numero"]) for row in real.result.order]
    assert numbers == table["numero"].astype(int).tolist()
    assert [bool(real.taken[row]) for row in real.result.order] == table["propose"].tolist()


def test_the_game_begins_with_the_national_order_and_the_ratio_of_the_tables():
    # arrêté du 30-06-2009 modifié: 23 % in 2025; 23 % of 250 is 57,5, rounded down
    played = play(law_rules())
    assert law_share() == 2300
    assert int(played.taken.sum()) == played.places == 57
    assert compared(played, "premier").enter == ()


def test_four_people_whom_the_published_table_puts_at_130_points_are_equal():
    # barème of the premier degré: 9e+3 excellent, 10e+1 très satisfaisant, 10e+3 satisfaisant,
    # 11e+0 à consolider are all at 130
    places = {"excellent": ("9", 3), "tres_satisfaisant": ("10", 1), "satisfaisant": ("10", 3),
              "a_consolider": ("11", 0)}  # fmt: skip
    sample = dict(department().rows[0])
    rows = tuple(
        sample
        | {
            "numero": str(n),
            "appreciation": name,
            "echelon": place,
            "anciennete_jours": years * 360,
        }
        for n, (name, (place, years)) in enumerate(places.items())
    )
    people = department_of(rows, department().year)
    opinion, seniority = people.points()
    assert (opinion + seniority).tolist() == [130] * 4
    # 9e to 10e and 10e to 11e last four years each (décret 90-680): campaigns since 9e+2
    assert people.waited.tolist() == [1, 3, 5, 6]


def test_the_fictitious_people_could_exist():
    people, eve = department(), rentree(department().year)
    columns = people.of()
    born, corps, grade, services = (
        columns.column(name)
        for name in ("naissance", "entree_corps", "entree_grade", "debut_services")
    )
    assert len(people) == 250
    assert (services <= corps).all()
    assert (corps <= grade).all()
    assert (grade < eve).all()
    assert ((corps - born) // YEAR >= 20).all()
    assert ((eve - born) // YEAR <= 67).all()
    names = [row["prenom"] for row in people.rows]
    assert len(set(names)) == len(names)


def test_somebody_who_is_not_promouvable_is_refused_in_the_list():
    rows = ({**department().rows[0], "echelon": "8"}, *department().rows[1:])
    with pytest.raises(BadTable, match="ne suit plus la condition"):
        department_of(rows, department().year)


def test_twice_the_weight_is_twice_the_points_of_the_table():
    people = department()
    opinion, seniority = people.points()
    played = play(Rules(("bareme",), 2, 0, FREE))
    assert played.result.values[0].tolist() == (2 * opinion).tolist()
    assert (play(Rules(("bareme",), 0, 1, FREE)).result.values[0] == seniority).all()


@settings(max_examples=60, deadline=None)
@given(rules=ANY_RULES, seed=st.integers(0, 10))
def test_the_order_of_the_rows_changes_nothing(rules, seed):
    mixed = np.random.default_rng(seed).permutation(len(department()))
    other = department_of(tuple(department().rows[row] for row in mixed), department().year)
    promoted = [
        {people.rows[row]["numero"] for row in np.flatnonzero(play(rules, people).taken)}
        for people in (department(), other)
    ]
    assert promoted[0] == promoted[1]


@settings(max_examples=100, deadline=None)
@given(rules=ANY_RULES)
def test_as_many_are_promoted_as_there_are_places_and_the_bar_is_the_last_one(rules):
    played = play(rules)
    assert int(played.taken.sum()) == rules.places == 250 * rules.share // 10_000
    first = played.result.values[0]
    for _, bar in played.bars:
        inside = np.isin(np.arange(len(first)), played.rivals(bar))
        by_rank = (played.result.how == TAKEN_BY_RANK) & inside
        assert int(first[by_rank].min()) == played.value(played.criteria[0], bar)


@settings(max_examples=100, deadline=None)
@given(rules=ANY_RULES, row=st.integers(0, 249))
def test_a_better_appreciation_never_loses_a_place(rules, row):
    better = {**department().rows[row], "appreciation": "excellent"}
    rows = (*department().rows[:row], better, *department().rows[row + 1 :])
    after = play(rules, department_of(rows, department().year))
    assert after.taken[row] or not play(rules).taken[row]


@settings(max_examples=100, deadline=None)
@given(rules=ANY_RULES, person=st.none() | st.integers(1, 250))
def test_an_address_gives_the_same_game_back(rules, person):
    assert unpacked(packed(rules, person)) == (rules, person)


@pytest.mark.parametrize(
    "address",
    ["", "b", "bcen", "bcen-11-egalite", "bcen-31-egalite-2300",
     "bb-11-sans-2300", "bz-11-sans-2300",
     "b-11-toutes-2300", "b-11-sans-50", "b-11-sans-9900", "b-11-sans-2300-0", "b-11-sans-2300-251",
     "b-11-sans-2300-12-4", "b" * 4000,
     "b-11-sans-２３００", "<b>-11-sans-2300", "b-11-sans-2300\n",
     "../../etc/passwd", "b%2d11"],
)  # fmt: skip
def test_an_address_that_is_no_game_is_refused_in_french(address):
    with pytest.raises(InputError, match="n’est pas celui d’une partie"):
        unpacked(address)


def test_criteria_are_moved_taken_away_and_added():
    rules = law_rules()
    assert rules.moved("anciennete_corps", -1).criteria[:2] == ("anciennete_corps", "bareme")
    assert rules.moved("bareme", -1) == rules
    assert rules.moved("inconnu", 1) == rules
    assert rules.without("bareme").criteria == rules.criteria[1:]
    assert replace(rules, criteria=("age",)).without("age").criteria == ("age",)
    assert rules.with_last("age").criteria[-1] == "age"
    for wrong in ("age", "inconnu"):
        with pytest.raises(InputError):
            rules.with_last("age").with_last(wrong)


def true_of(complaint, played):
    """Say whether a complaint is true, from the rows of the list alone."""
    people, ids = played.people, played.people.rows
    who, other = ids[complaint.who], None if complaint.against is None else ids[complaint.against]
    merits = ["insatisfaisant", "a_consolider", "satisfaisant", "tres_satisfaisant", "excellent"]
    values = [v.tolist() for v in played.result.values]
    if played.taken[complaint.who] or (other is not None and not played.taken[complaint.against]):
        return False
    in_corps = [int(r["entree_corps"][:4]) for r in (who, other or who)]
    return {
        "egalite": lambda: all(v[complaint.who] == v[complaint.against] for v in values),
        "appreciation": lambda: (
            merits.index(who["appreciation"]) > merits.index(other["appreciation"])
        ),
        "anciennete": lambda: (
            who["appreciation"] == other["appreciation"] and in_corps[0] <= in_corps[1]
            and who["entree_corps"] < other["entree_corps"]
        ),
        "temps_partiel": lambda: (
            int(who["quotite"]) < 100 == int(other["quotite"])
            and values[0][complaint.who] >= values[0][complaint.against]
        ),
        "attente": lambda: people.waited[complaint.who] >= 2,
        "equilibre": lambda: (
            played.result.rank[complaint.who] < played.result.rank[complaint.against]
            and played.result.how[complaint.who] == GAVE_WAY
        ),
    }[complaint.kind]()  # fmt: skip


def count_of(kind, played):
    """Count by hand who could complain so: each person not promoted, against each promoted."""
    promoted = np.flatnonzero(played.taken).tolist()
    out = np.flatnonzero(~played.taken).tolist()
    one = {c.kind: c for c in complaints(played)}[kind]
    against = promoted if one.against is not None else [None]
    return sum(
        any(true_of(replace(one, who=who, against=other), played) for other in against)
        for who in out
    )


@settings(max_examples=60, deadline=None)
@given(rules=ANY_RULES)
def test_each_complaint_is_true_of_the_list(rules):
    played = play(rules)
    for one in complaints(played):
        assert true_of(one, played), one.sentence
        assert played.people.name(one.who).rstrip(".") in one.sentence


def test_complaints_count_everybody_who_could_make_them():
    played = play(Rules(("bareme", "attente"), 2, 1, TWO_LISTS))
    seen = {one.kind: one.count for one in complaints(played)}
    assert {"egalite", "appreciation", "temps_partiel", "attente"} <= set(seen)
    for kind in ("egalite", "appreciation", "temps_partiel", "attente"):
        assert seen[kind] == count_of(kind, played), kind


def test_a_place_given_to_the_balance_is_a_complaint():
    played = play(Rules(("bareme",), 0, 2, EXCHANGE))
    kinds = {one.kind: one for one in complaints(played)}
    assert kinds["equilibre"].count == int((played.result.how == BY_BALANCE).sum()) > 0


@settings(max_examples=40, deadline=None)
@given(rules=ANY_RULES, row=st.integers(0, 249))
def test_why_names_the_criterion_that_truly_parts_two_people(rules, row):
    played = play(rules)
    reasons = explain_decision(played, rules, row)
    assert reasons.rank == int(played.result.rank[row])
    other = across(played, row)
    if other is None:
        return
    assert bool(played.taken[row]) != bool(played.taken[other])
    decided = [line for line in reasons.lines if line.decides]
    values = [(v[row], v[other]) for v in played.result.values]
    parted = next((n for n, (a, b) in enumerate(values) if a != b), None)
    assert [reasons.lines.index(line) for line in decided] == ([] if parted is None else [parted])
    if parted is None and played.result.how[row] not in (GAVE_WAY, BY_BALANCE):
        assert "Rien ne sépare" in reasons.sentences[1]


def test_why_adds_her_points_line_by_line():
    rules = Rules(("bareme",), 2, 1, FREE)
    played = play(rules)
    for row in (0, 100, 249):
        *parts, whole = [
            int(text.split(" ")[0]) for _, text in explain_decision(played, rules, row).points
        ]
        assert sum(parts) == whole == played.value("bareme", row)


@settings(max_examples=40, deadline=None)
@given(rules=ANY_RULES, key=st.sampled_from([one.key for one in references()]))
def test_the_sentences_of_a_comparison_say_the_numbers(rules, key):
    played = play(rules)
    seen = compared(played, key)
    assert len(seen.enter) == len(seen.leave)
    assert all(played.taken[list(seen.enter)])
    assert not any(played.taken[list(seen.leave)])
    words = " ".join(seen.sentences)
    if seen.enter:
        assert re.search(rf"\b{len(seen.enter)} personnes? gagn", words)
        women = sum(played.people.woman(row) for row in seen.enter)
        assert not women or f"Gagnent : {women} femme" in words
    gap = seen.women[0] - seen.women[1]
    assert (f"{abs(gap)} femme" in words) if gap else ("Autant de femmes" in words)


def test_bars_of_two_scales_are_not_compared():
    doubled = compared(play(Rules(("bareme",), 2, 1, FREE)), "premier")
    assert any("ne se comparent pas" in one for one in doubled.sentences)
    assert any("Même barre" in one for one in compared(play(law_rules()), "premier").sentences)


def test_the_file_says_that_it_is_a_game_and_gives_the_rules_back():
    rules = law_rules().with_last("age")
    played = play(rules)
    content = json.loads(result_json(played, rules))
    assert content["mention"] == MENTION
    assert "fictives" in MENTION
    assert unpacked(content["adresse"])[0] == rules
    assert len(content["promus"]) == content["places"] == 57
    assert {one["procedure"] for one in content["procedures_reelles"]} == {
        one.procedure.id for one in references()
    }
    lines = ranking_csv(played).decode("utf-8-sig").splitlines()
    assert all(MENTION in line for line in lines[1:])
    assert sum(";oui;" in line for line in lines) == 57
