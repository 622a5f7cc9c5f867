"""Analysis 22, on people few enough to be counted by hand."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import iprof_kit
from iprof_kit.base.errors import InputError

POINT = 59.0734  # décret 2023-519


def state(year, people):
    columns = ["numero", "corps", "quotite", "indice_majore"]
    return pd.DataFrame(people, columns=columns).assign(annee=year)


def two_states(before, after):
    return pd.concat([state(2025, before), state(2026, after)], ignore_index=True)


BEFORE = [("a", "pe", 100, 500), ("b", "pe", 100, 600), ("c", "certifie", 100, 900)]
AFTER = [("a", "pe", 100, 520), ("b", "pe", 50, 630), ("d", "certifie", 100, 400)]
TWO_STATES = two_states(BEFORE, AFTER)


def posts(answer, column="points"):
    return answer.table.set_index("poste")[column]


def test_who_stays_makes_the_positive_part_at_her_work_of_after():
    points = posts(iprof_kit.analyser(22, TWO_STATES))
    assert points["GVT positif"] == 20 * 1 + 30 * 0.5
    assert points["changements de quotité"] == 600 * (0.5 - 1)


def test_who_comes_less_who_leaves_makes_the_negative_part():
    answer = iprof_kit.analyser("gvt", TWO_STATES)
    points = posts(answer)
    assert (points["entrées"], points["sorties"]) == (400, -900)
    assert points["GVT négatif"] == 400 - 900
    assert points["GVT solde"] == 35 - 500
    assert posts(answer, "personnes")[["GVT positif", "entrées", "sorties"]].tolist() == [2, 1, 1]
    assert posts(answer, "etp")[["masse avant", "masse après"]].tolist() == [3, 2.5]


def test_points_are_paid_at_the_value_of_the_last_of_the_two_rentrees():
    answer = iprof_kit.analyser(22, TWO_STATES)
    assert posts(answer, "montant")["GVT positif"] == round(35 * POINT, 2)
    assert posts(answer, "montant_meur")["entrées"] == pytest.approx(400 * POINT / 1_000_000)
    old = iprof_kit.analyser(22, TWO_STATES.assign(annee=TWO_STATES["annee"] - 4))
    assert posts(old, "montant")["GVT positif"] == round(35 * 58.2004, 2)  # décret 2022-994


def test_six_sevenths_are_paid_at_80_per_cent():
    states = two_states([("a", "pe", 80, 500)], [("a", "pe", 80, 570)])
    assert posts(iprof_kit.analyser(22, states))["GVT positif"] == 70 * 0.8
    paid = iprof_kit.analyser(22, states, fraction_payee=True)
    assert posts(paid)["GVT positif"] == 60
    assert "fraction payée" in paid.legende


def test_a_corps_has_its_own_balance_and_the_corps_make_the_whole():
    answer = iprof_kit.analyser(22, TWO_STATES)
    corps = answer.details["corps"].set_index("corps")
    assert corps.loc["certifie", ["présents", "entrants", "sortants"]].tolist() == [0, 1, 1]
    assert corps.loc["certifie", "gvt_negatif"] == round(-500 * POINT, 2)
    assert corps.loc["pe", "gvt_positif"] == round(35 * POINT, 2)
    assert corps.loc["Ensemble", "gvt_solde"] == posts(answer, "montant")["GVT solde"]


def test_replacing_at_equal_numbers_is_told_from_a_change_of_numbers():
    leave_two = two_states(
        [("a", "pe", 100, 800), ("b", "pe", 100, 700)], [("c", "pe", 100, 450)]
    )  # one replaced at 450 instead of 750, the other not replaced
    found = iprof_kit.analyser(22, leave_two).details["remplacement"].set_index("effet")
    assert found["etp"].tolist() == [1, -1]
    assert found["montant"].tolist() == [round(-300 * POINT, 2), round(-750 * POINT, 2)]


def test_a_change_of_corps_is_counted_where_one_arrives_and_told():
    answer = iprof_kit.analyser(
        22, two_states([("a", "certifie", 100, 700)], [("a", "agrege", 100, 720)])
    )
    assert answer.details["corps"]["corps"].tolist() == ["agrege", "Ensemble"]
    assert "1 changement de corps" in answer.legende


def test_who_has_no_index_at_one_date_is_neither_a_leaver_nor_a_comer():
    answer = iprof_kit.analyser(22, two_states(BEFORE, [("a", "pe", 100, None), *AFTER[1:]]))
    assert posts(answer)["sorties"] == -900
    assert "1 ligne sans indice" in answer.legende
    assert "1 ligne de ces personnes à l’autre date" in answer.legende


PEOPLE = st.lists(
    st.tuples(
        st.sampled_from("abcdef"),
        st.sampled_from(["pe", "certifie", ""]),
        st.sampled_from([0, 50, 60, 70, 80, 90, 100]),
        st.integers(366, 1_329),
    ),
    min_size=1,
    unique_by=lambda one: one[0],
)


@settings(max_examples=40)
@given(PEOPLE, PEOPLE)
def test_the_payroll_moves_by_the_positive_and_negative_parts_and_the_work(before, after):
    answer = iprof_kit.analyser(22, two_states(before, after))
    points = posts(answer)
    mass = [sum(work * index for _, _, work, index in people) / 100 for people in (before, after)]
    assert points[["masse avant", "masse après"]].tolist() == pytest.approx(mass)
    moved = points[["GVT positif", "GVT négatif", "changements de quotité"]].sum()
    assert moved == pytest.approx(mass[1] - mass[0])
    parts = answer.details["remplacement"]["montant"].sum()
    assert parts == pytest.approx(posts(answer, "montant")["GVT négatif"], abs=0.02)


@settings(max_examples=40)
@given(PEOPLE, st.integers(0, 60))
def test_at_equal_work_the_payroll_moves_by_the_drift_alone(before, rise):
    after = [("new", "pe", 100, 390)]
    after += [(name, corps, work, index + rise) for name, corps, work, index in before[1:]]
    points = posts(iprof_kit.analyser(22, two_states(before, after)))
    assert points["GVT solde"] == pytest.approx(points["masse après"] - points["masse avant"])


def test_row_order_has_no_effect():
    one = iprof_kit.analyser(22, TWO_STATES)
    other = iprof_kit.analyser(22, TWO_STATES.iloc[::-1])
    pd.testing.assert_frame_equal(one.table, other.table)
    for name in one.details:
        pd.testing.assert_frame_equal(one.details[name], other.details[name])


@pytest.mark.parametrize(
    ("gens", "options", "said"),
    [
        (TWO_STATES.drop(columns="annee"), {}, "manque.*annee"),
        (TWO_STATES.head(3), {}, "deux états.*dans la table.*2025"),
        (TWO_STATES, {"avant": 2020}, "demandés.*2020 puis 2026"),
        (TWO_STATES, {"avant": 2026, "apres": 2025}, "demandés.*2026 puis 2025"),
        (pd.concat([TWO_STATES, TWO_STATES.head(1)]), {}, "en double.*a a deux états en 2025"),
        (TWO_STATES.assign(indice_majore=None), {}, "groupe est vide"),
        (TWO_STATES.head(0), {}, "groupe est vide"),
    ],
    ids=["column", "one year", "unknown year", "order", "twice", "no index", "nobody"],
)
def test_what_cannot_be_answered_says_what_to_do(gens, options, said):
    with pytest.raises(InputError, match=said):
        iprof_kit.analyser(22, gens, **options)


def test_a_population_a_year_older_has_its_drift_and_its_figure():
    after = iprof_kit.exemple_promouvables().assign(annee=2026, quotite=100, indice_majore=700)
    before = after.iloc[20:].assign(annee=2025, indice_majore=680)
    answer = iprof_kit.analyser(22, pd.concat([before, after.iloc[:-10]], ignore_index=True))
    assert posts(answer)["GVT positif"] == 20 * (648 - 20 - 10)
    assert iprof_kit.legende(answer.table).startswith("PROJET. ")
    assert "332,5 M€" in answer.legende.replace("\u00a0", " ")
    assert answer.details["reperes"].loc[0, "valeur"] == 332.5
    assert answer.figure().get_suptitle().endswith("PROJET")
