"""A list ranked by a procedure: order, reserve, balance, and why each one is where she is."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iprof_kit.base.calendar import rentree
from iprof_kit.base.errors import InputError
from iprof_kit.careers.criteria import Candidates
from iprof_kit.careers.places import BY_BALANCE, BY_RESERVE, best_first
from iprof_kit.careers.ranked_list import last_taken, rank_list
from iprof_kit.law.promotion.bareme import appreciation_codes
from iprof_kit.law.promotion.procedures.model import Among, Procedure, Step
from iprof_kit.law.promotion.rankings import ranking_procedure
from iprof_kit.law.tables.cells import cell_code

YEAR = 360
E, TS, S, AC = range(4)


def procedure(*criteria, balance="sans", prorata="", reserve=0):
    lists = balance == "deux_listes"
    steps = [Step(etape="rang", laisse_pour_cent=reserve)] if not lists or reserve else []
    steps += [Step(etape="reserve", parmi=Among(groupe="retraitable"))] if reserve else []
    steps += [Step(etape="listes", groupe="femme")] if lists else []
    steps += [Step(etape="prorata", groupe=prorata)] if prorata else []
    balanced = balance in ("egalite", "permutation")
    steps += [Step(etape="equilibre", groupe="femme", mode=balance)] if balanced else []
    return Procedure(
        id="essai",
        titre="essai",
        autorite="essai",
        operation="hors_classe",
        corps=(),
        campagnes={"du": 2024},
        source="essai",
        confiance="B",
        classement=criteria,
        etapes=tuple(steps),
    )


def candidates(size, echelon="10", year=2024, corps="pe", days=0, **columns):
    cell = np.full(size, cell_code(corps, "classe_normale", echelon))
    arrays = {name: np.asarray(values, np.int64) for name, values in columns.items()}
    return Candidates(year, np.arange(size), cell, np.full(size, days), arrays)


def test_the_bareme_comes_first_then_the_seniority_in_the_corps():
    day = rentree(2024)
    people = candidates(
        4, appreciation=[S, E, E, TS], entree_corps=[day - n * YEAR for n in (30, 20, 25, 10)]
    )
    ranked = rank_list(people, ranking_procedure("pe", "hors_classe", 2024), 2)
    assert ranked.order.tolist() == [2, 1, 3, 0]
    assert ranked.taken.tolist() == [False, True, True, False]
    assert last_taken(ranked) == 1
    assert ranked.separators().tolist() == [1, 0, 0]


def test_why_names_the_criterion_that_separates():
    day = rentree(2024)
    people = candidates(2, appreciation=[E, E], entree_corps=[day - 20 * YEAR, day - 25 * YEAR])
    lines = rank_list(people, ranking_procedure("pe", "hors_classe", 2024), 1).why(0)
    assert lines[0].startswith("Rang 2 sur 2. Barème : 140 points ; ancienneté dans")
    assert lines[1] == (
        "La personne qui précède s’en distingue par : ancienneté dans le corps "
        "(25 ans contre 20 ans)."
    )
    assert lines[2] == "Hors du contingent."


def test_twins_are_told_apart_by_their_numbers():
    people = candidates(3, appreciation=[E, E, E])
    people = Candidates(2024, np.array([7, 3, 5]), people.cell, people.days, people.columns)
    ranked = rank_list(people, procedure("bareme"), 1)
    assert ranked.order.tolist() == [1, 2, 0]
    assert ranked.separators().tolist() == [1, 1]
    assert "égalité complète" in ranked.why(2)[1]


def test_two_people_of_one_number_are_refused():
    people = candidates(2, appreciation=[E, E])
    with pytest.raises(InputError, match="même numéro"):
        rank_list(
            Candidates(2024, np.array([1, 1]), people.cell, people.days, people.columns),
            procedure("bareme"),
            1,
        )


def test_a_missing_column_is_named():
    with pytest.raises(InputError, match="entree_corps"):
        rank_list(candidates(1, appreciation=[E]), procedure("bareme", "anciennete_corps"), 1)


def test_five_women_replace_the_last_five_men():
    # lorraine.sgen-cfdt.fr (Meurthe-et-Moselle, 2020): step 4, whatever their points
    women = [0] * 10 + [1] * 10
    people = candidates(20, appreciation=[E] * 10 + [TS] * 10, femme=women)
    swapped = rank_list(people, procedure("bareme", balance="permutation"), 10)
    assert np.flatnonzero(swapped.how == BY_BALANCE).tolist() == [10, 11, 12, 13, 14]
    assert not swapped.taken[5:10].any()
    assert swapped.taken.sum() == 10


def test_at_equal_merit_only_equals_give_way():
    # bareme_hors_classe.csv, departage: « à barème égal … équilibre femmes/hommes »
    people = candidates(6, appreciation=[E, E, TS, TS, TS, S], femme=[0, 0, 0, 1, 1, 1])
    ranked = rank_list(people, procedure("bareme", balance="egalite"), 3)
    assert ranked.taken.tolist() == [True, True, False, True, False, False]


def test_at_equal_merit_the_first_criterion_says_the_merit_where_there_are_no_points():
    # « à mérite égal »: two men « excellent » do not leave their places to two women who are not
    people = candidates(4, appreciation=[E, E, TS, TS], femme=[0, 0, 1, 1])
    ranked = rank_list(people, procedure("appreciation", balance="egalite"), 2)
    assert ranked.taken.tolist() == [True, True, False, False]


def test_two_lists_share_the_places():
    # Mayenne 2024: two lists, women and men
    people = candidates(10, appreciation=[E] * 5 + [S] * 5, femme=[0] * 5 + [1] * 5)
    ranked = rank_list(people, procedure("bareme", balance="deux_listes"), 4)
    assert ranked.taken.tolist() == [True, True, False, False, False] * 2


def test_a_reserve_promotes_out_of_rank():
    # Meuse 2021: 5 % of 69 promotions, 3 of them out of rank
    size = 100
    near = np.zeros(size, np.int64)
    near[-5:] = 1
    points = np.sort(np.arange(size) % 4)
    people = candidates(size, year=2021, appreciation=points, retraitable=near)
    ranked = rank_list(people, ranking_procedure("pe", "hors_classe", 2021, "hc_55_2021"), 69)
    assert np.flatnonzero(ranked.how == BY_RESERVE).tolist() == [95, 96, 97]
    assert ranked.taken.sum() == 69
    assert ranked.taken[:66].all()


def test_an_empty_reserve_goes_back_to_the_rank():
    people = candidates(100, year=2021, appreciation=np.zeros(100), retraitable=np.zeros(100))
    chosen = ranking_procedure("pe", "hors_classe", 2021, "hc_55_2021")
    assert rank_list(people, chosen, 69).taken.tolist() == [True] * 69 + [False] * 31


def test_higher_education_has_its_part():
    people = candidates(10, appreciation=[E] * 8 + [AC] * 2, superieur=[0] * 8 + [1] * 2)
    ranked = rank_list(people, procedure("bareme", prorata="superieur"), 5)
    assert ranked.taken.tolist() == [True] * 4 + [False] * 4 + [True, False]


def test_two_very_favourable_opinions_come_first():
    # amiens.snes.edu 1615: both very favourable, then one very favourable and one favourable
    day = rentree(2024)
    cell = np.full(4, cell_code("certifie", "hors_classe", "6"))
    columns = {
        "avis_tres_favorables": np.array([1, 2, 0, 1]),
        "avis_defavorables": np.array([0, 0, 0, 1]),
        "entree_corps": day - np.array([35, 20, 40, 39]) * YEAR,
        "entree_grade": day - np.array([9, 5, 9, 9]) * YEAR,
    }
    people = Candidates(2024, np.arange(4), cell, np.zeros(4, np.int64), columns)
    chosen = ranking_procedure("certifie", "classe_exceptionnelle", 2024)
    assert rank_list(people, chosen, 1).order.tolist() == [1, 0, 3, 2]


def test_bordeaux_parts_equals_by_sex_then_appreciation_then_echelon():
    # bordeaux.snes.edu 2022: woman > excellent > 11e; 155 points each
    cells = [cell_code("certifie", "classe_normale", e) for e in ("9", "10", "11")]
    days = np.array([3 * YEAR, YEAR, 0])
    columns = {
        "appreciation": appreciation_codes(["excellent", "tres_satisfaisant", "a_consolider"]),
        "femme": np.array([0, 0, 1]),
    }
    people = Candidates(2022, np.arange(3), np.array(cells), days, columns)
    chosen = ranking_procedure("certifie", "hors_classe", 2022, "hc_bordeaux_2022")
    ranked = rank_list(people, chosen, 1)
    assert ranked.values[0].tolist() == [155, 155, 155]
    assert ranked.order.tolist() == [2, 0, 1]


def test_criteria_too_wide_to_pack_are_still_ranked():
    wide = [np.array([0, 1 << 40, 1 << 40]), np.array([5, 1, 1 << 40])]
    assert best_first(wide, np.arange(3)).tolist() == [2, 1, 0]


people_columns = st.lists(
    st.tuples(st.integers(0, 3), st.integers(0, 3), st.booleans(), st.booleans(), st.booleans()),
    min_size=1,
    max_size=40,
)
balances = st.sampled_from(["sans", "egalite", "permutation", "deux_listes"])


@settings(max_examples=60, deadline=None)
@given(rows=people_columns, places=st.integers(0, 45), balance=balances, reserve=st.integers(0, 50))
def test_no_step_changes_the_number_taken(rows, places, balance, reserve):
    ranked = rank_list(_drawn(rows), _steps(balance, reserve), places)
    assert ranked.taken.sum() == min(places, len(rows))


@settings(max_examples=60, deadline=None)
@given(rows=people_columns, places=st.integers(0, 45), balance=balances, seed=st.integers(0, 99))
def test_the_order_of_the_rows_changes_nothing(rows, places, balance, seed):
    people, steps = _drawn(rows), _steps(balance, 10)
    order = np.random.default_rng(seed).permutation(len(rows))
    shuffled = Candidates(
        people.year,
        people.ids[order],
        people.cell[order],
        people.days[order],
        {name: column[order] for name, column in people.columns.items()},
    )
    straight, other = rank_list(people, steps, places), rank_list(shuffled, steps, places)
    assert other.rank.tolist() == straight.rank[order].tolist()
    assert other.how.tolist() == straight.how[order].tolist()


@settings(max_examples=60, deadline=None)
@given(rows=people_columns)
def test_better_criteria_never_come_after(rows):
    ranked = rank_list(_drawn(rows), _steps("sans", 0), 1)
    keys = [tuple(int(c[row]) for c in ranked.values) for row in ranked.order.tolist()]
    assert keys == sorted(keys, reverse=True)


@settings(max_examples=40, deadline=None)
@given(rows=people_columns, places=st.integers(1, 40))
def test_parity_at_equal_merit_keeps_the_points_taken(rows, places):
    people = _drawn(rows)
    plain, balanced = (
        rank_list(people, procedure("bareme", "anciennete_corps", balance=balance), places)
        for balance in ("sans", "egalite")
    )
    assert sorted(plain.values[0][plain.taken]) == sorted(balanced.values[0][balanced.taken])


def _steps(balance, reserve):
    return procedure(
        "bareme", "anciennete_corps", balance=balance, prorata="superieur", reserve=reserve
    )


def _drawn(rows):
    appreciation, seniority, woman, higher, near = (
        np.array(column, np.int64) for column in zip(*rows, strict=True)
    )
    return candidates(
        len(rows),
        appreciation=appreciation,
        entree_corps=-seniority,
        femme=woman,
        superieur=higher,
        retraitable=near,
    )


def test_a_quota_is_a_whole_number_of_places_and_the_rest_goes_to_the_rank():
    # 40 % of 7 places is 2.8: two « satisfaisant »; 50 % is 3.5: three « excellent »
    people = candidates(12, appreciation=[E] * 6 + [S] * 6)
    steps = (
        Step(etape="quota", parts={"satisfaisant": 40, "excellent": 50}),
        Step(etape="rang"),
    )
    ranked = rank_list(people, procedure("bareme").model_copy(update={"steps": steps}), 7)
    assert [ranked.reason(row) for row in np.flatnonzero(ranked.taken)] == [
        "quota",
        "quota",
        "quota",
        "rang",
        "rang",
        "quota",
        "quota",
    ]
    assert np.flatnonzero(ranked.taken).tolist() == [0, 1, 2, 3, 4, 6, 7]


def test_nobody_set_aside_or_opposed_is_taken_even_where_places_are_left():
    people = candidates(4, appreciation=[E, S, AC, E], opposition=[0, 0, 0, 1])
    steps = (
        Step(etape="ecarter", parmi=Among(appreciation=("a_consolider",))),
        Step(etape="rang"),
    )
    ranked = rank_list(people, procedure("bareme").model_copy(update={"steps": steps}), 4)
    assert ranked.taken.tolist() == [True, True, False, False]
    assert ranked.reason(2) == "à l’écart selon la procédure"
    assert ranked.reason(3) == "opposition motivée"
