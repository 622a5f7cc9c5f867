"""Analysis 27, on people few enough to be counted by hand."""

from datetime import date

import pandas as pd
import pytest
from few_people import people
from hypothesis import given, settings
from hypothesis import strategies as st

import iprof_kit
from iprof_kit.base.errors import InputError

AUGUST = date(2026, 8, 31)
COLUMNS = ["sexe", "corps", "grade", "echelon", "quotite", "net"]
PARTS = ["temps partiel", "ségrégation entre corps", "grade et échelon", "primes et autres"]


def paid(*rows, **columns):
    return people(pd.DataFrame(list(rows), columns=COLUMNS), **columns)


def one(sexe, net, *, corps="pe", echelon="5", quotite=100):
    return sexe, corps, "classe_normale", echelon, quotite, net


def parts(*rows, column="euros", **options):
    table = iprof_kit.analyser(27, paid(*rows), **options).table
    return table.set_index("part")[column]


def only_part(found, name, value):
    assert found["écart brut"] == value
    assert found[name] == value
    assert found[PARTS].abs().sum() == abs(value)


def test_part_time_alone_makes_a_gap_by_the_fraction_paid():
    # 80 % is paid six sevenths (CGFP L612-5): 1 800 € is 2 100 € at full time
    found = parts(one("F", 1_800, quotite=80), one("H", 2_100))
    only_part(found, "temps partiel", -300)


def test_standing_in_less_paid_corps_alone_makes_a_gap():
    rows = [
        one(sex, pay, corps=corps)
        for corps, pay in (("pe", 2_000), ("agrege", 3_000))
        for sex in "FH"
    ]
    found = parts(*rows, one("F", 2_000), one("F", 2_000))  # 3 of 4 women, 1 of 2 men
    only_part(found, "ségrégation entre corps", -250)


def test_standing_lower_in_the_same_corps_alone_makes_a_gap():
    low, high = {"echelon": "5"}, {"echelon": "9"}
    rows = [
        one("F", 2_000, **low),
        one("H", 2_000, **low),
        one("F", 3_000, **high),
        one("H", 3_000, **high),
        one("H", 3_000, **high),
        one("H", 3_000, **high),
    ]
    found = parts(*rows)
    only_part(found, "grade et échelon", -250)


def test_what_remains_at_equal_position_is_primes_and_others():
    found = parts(
        one("F", 2_000),
        one("H", 2_100),
        one("F", 3_000, corps="agrege"),
        one("H", 3_300, corps="agrege"),
    )
    only_part(found, "primes et autres", -200)


def test_a_position_weighs_half_its_share_of_each_sex():
    # pe: 3 women of 4 and 1 man of 2, gap −100; agrégés: 1 and 1, gap −300
    rows = [
        *[one("F", 2_000)] * 3,
        one("H", 2_100),
        one("F", 3_000, corps="agrege"),
        one("H", 3_300, corps="agrege"),
    ]
    found = parts(*rows)
    assert found["écart brut"] == 2_250 - 2_700
    assert found["primes et autres"] == -(100 * (0.75 + 0.5) / 2 + 300 * (0.25 + 0.5) / 2)
    assert found["ségrégation entre corps"] == -450 + 175


def test_per_cent_is_of_the_mean_pay_of_men_and_the_rest_is_what_is_left():
    rows = one("F", 1_800, quotite=80), one("H", 2_400)
    assert parts(*rows, column="pour_cent")[["écart brut", PARTS[0]]].tolist() == [-25, -12.5]
    assert parts(*rows, column="reste_pour_cent").tolist() == [-25, -12.5, -12.5, -12.5, 0]


def test_without_a_net_pay_the_traitement_is_counted_at_the_fraction_paid():
    gens = paid(one("F", None, quotite=80), one("H", None)).assign(indice_majore=[562, 562])
    answer = iprof_kit.analyser(27, gens.drop(columns="net"), au=AUGUST)
    levels = answer.details["niveaux"].set_index("sexe")
    # 562 × 59,0734 / 12 = 2 766,60 €; six sevenths of it, 2 371,37 €: a published payslip
    assert levels.loc["H", "salaire_moyen"] == 2_766.60
    assert levels.loc["F", "salaire_moyen"] == 2_371.37
    assert answer.table.set_index("part").loc[PARTS[1:], "euros"].tolist() == [0, 0, 0]


def test_a_chevron_is_another_position():
    gens = paid(one("F", None, echelon="4"), one("H", None, echelon="4"))
    gens = gens.drop(columns="net").assign(indice_majore=[930, 977], chevron=["HEA2", "HEA3"])
    found = iprof_kit.analyser(27, gens, au=AUGUST).table.set_index("part")["euros"]
    assert found["primes et autres"] == 0
    assert found["grade et échelon"] == found["écart brut"] != 0


def test_each_corps_and_position_has_its_gap():
    answer = iprof_kit.analyser(
        27,
        paid(
            one("F", 2_000, echelon="11"),
            one("H", 2_500, echelon="11"),
            one("F", 1_500, echelon="2"),
            one("H", 4_000, corps="agrege"),
        ),
    )
    positions = answer.details["positions"]
    assert positions["echelon"].tolist() == ["5", "2", "11"]  # agrégés first, then the career
    assert positions["ecart_pour_cent"].tolist()[-1] == -20
    corps = answer.details["corps"].set_index("corps")
    assert corps.loc["pe", ["effectif_F", "effectif_H", "écart brut"]].tolist() == [2, 1, -30]
    assert pd.isna(corps.loc["agrege", "écart brut"])
    assert "50,0" in answer.legende  # two of four have the other sex at their position


def test_published_gaps_stand_beside_ours():
    answer = iprof_kit.analyser(27, paid(one("F", 1_800), one("H", 2_000)))
    shown = answer.details["reperes"].set_index("population")
    assert shown.loc["1d", ["valeur", "ici"]].tolist() == [-11, -10]
    assert shown.loc["2d", "valeur"] == -8
    assert pd.isna(shown.loc["2d", "ici"])
    assert shown["a_verifier"].all()


PERSON = st.builds(
    one,
    st.sampled_from("FH"),
    st.integers(1_500, 5_000),
    corps=st.sampled_from(["pe", "agrege", "plp"]),
    echelon=st.sampled_from(["4", "9"]),
    quotite=st.sampled_from([50, 60, 70, 80, 90, 100]),
)


@settings(max_examples=40)
@given(st.lists(PERSON, max_size=12))
def test_the_parts_sum_exactly_to_the_raw_gap(rows):
    rows = [*rows, one("F", 2_000), one("H", 2_200)]
    means = paid(*rows).groupby("sexe")["net"].mean()
    found = parts(*rows)
    assert found["écart brut"] == pytest.approx(means["F"] - means["H"], abs=0.0051)
    assert round(found[PARTS].sum(), 2) == found["écart brut"]


def test_rows_that_cannot_be_compared_are_counted():
    answer = iprof_kit.analyser(
        27,
        paid(
            one("F", 2_000),
            one("H", 2_000),
            one("", 2_000),
            one("F", 2_000, corps=""),
            one("F", 0, quotite=0),
            one("F", 2_000, quotite=20),
            one("H", None),
        ),
    )
    assert answer.avertissements == tuple(
        f"1 ligne {why}, hors du calcul"
        for why in (
            "sans sexe F ou H",
            "sans corps",
            "sans quotité possible",
            "sans service",
            "sans salaire",
        )
    )
    assert answer.table["euros"].tolist() == [0, 0, 0, 0, 0]


def test_neither_the_order_nor_the_names_of_rows_have_an_effect():
    gens = paid(one("F", 2_000), one("H", 2_100), one("F", 3_000, corps="agrege"))
    shuffled = gens.iloc[::-1].set_axis([0, 0, 0])
    one_way, other = (iprof_kit.analyser(27, given) for given in (gens, shuffled))
    pd.testing.assert_frame_equal(one_way.table, other.table)
    for name in one_way.details:
        pd.testing.assert_frame_equal(one_way.details[name], other.details[name])


WOMAN, MAN = one("F", 2_000), one("H", 2_000)


@pytest.mark.parametrize(
    ("gens", "options", "said"),
    [
        (paid(WOMAN), {}, "que des femmes"),
        (paid(WOMAN, MAN).drop(columns="echelon"), {}, "manque.*échelon"),
        (paid(WOMAN, MAN).drop(columns="net"), {}, "sans colonne net.*manque.*indice"),
        (paid(WOMAN, MAN, net=None, indice_majore=500), {}, "date d’observation"),
        (paid(WOMAN, MAN), {"corps": "agrege"}, "groupe est vide"),
        (paid(WOMAN, MAN, quotite=0), {}, "groupe est vide"),
    ],
    ids=["one sex", "column", "no pay", "no date", "nobody", "no service"],
)
def test_what_cannot_be_answered_says_what_to_do(gens, options, said):
    with pytest.raises(InputError, match=said):
        iprof_kit.analyser(27, gens, **options)


def test_it_runs_and_draws_on_a_fictitious_list():
    gens = iprof_kit.exemple_promouvables()
    index = gens["echelon"].astype(int).map({9: 595, 10: 634, 11: 678})  # grilles.csv
    answer = iprof_kit.analyser(27, gens.assign(quotite=100, indice_majore=index), au=AUGUST)
    assert iprof_kit.legende(answer.table).startswith("PROJET. ")
    assert answer.figure().get_suptitle().endswith("PROJET")
