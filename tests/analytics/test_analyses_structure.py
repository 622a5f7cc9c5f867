"""Analyses 16 to 19, on people few enough to be counted by hand."""

from datetime import date

import pandas as pd
import pytest
from few_people import people

import iprof_kit
from iprof_kit.base.errors import InputError

AUGUST = date(2026, 8, 31)


FOUR = {
    "numero": ["a", "b", "c", "d"],
    "sexe": ["F", "F", "H", "F"],
    "date_naissance": ["1995-03-01", "1976-09-01", "1976-08-31", "1970-01-01"],
    "corps": ["pe", "pe", "pe", "certifie"],
    "grade": ["classe_normale", "hors_classe", "hors_classe", "classe_normale"],
    "echelon": ["4", "3", "5", "10"],
    "chevron": "",
    "quotite": [100, 50, 100, 80],
    "indice_majore": [500, 800, 900, 680],
}


def test_the_pyramid_counts_whole_years_of_age_by_sex():
    table = iprof_kit.analyser(16, people(FOUR), corps="pe", au=AUGUST, par_an=True).table
    ages = table.set_index("age")
    assert ages.loc["31", ["F", "H"]].tolist() == [1, 0]
    assert ages.loc["49", ["F", "H"]].tolist() == [1, 0]  # fifty the day after
    assert ages.loc["50", ["F", "H"]].tolist() == [0, 1]
    assert ages[["F", "H"]].sum().sum() == 3


def test_the_stock_is_in_the_order_of_a_career_and_shares_make_the_corps():
    answer = iprof_kit.analyser("stock_grade_echelon", people(FOUR))
    pe = answer.table[answer.table["corps"] == "pe"]
    assert pe["echelon"].tolist() == ["4", "3", "5"]
    assert pe["part_du_corps"].tolist() == [33.3, 33.3, 33.3]
    grades = answer.details["grades"].set_index("corps")
    assert grades.loc["pe", "hors_classe"] == 66.7


def test_the_dashboard_counts_part_time_as_its_share_of_a_full_one():
    table = iprof_kit.analyser(18, people(FOUR), au=AUGUST).table.set_index(["corps", "sexe"])
    pe = table.loc[("pe", "Ensemble")]
    assert (pe["effectif"], pe["etp"], pe["part_temps_partiel"]) == (3, 2.5, 33.3)
    assert pe["part_femmes"] == 66.7
    assert table.loc[("Ensemble", "Ensemble"), "part_du_total"] == 100


def test_the_dashboard_leaves_out_who_does_not_serve_and_says_so():
    answer = iprof_kit.analyser(18, people(FOUR, quotite=[100, 0, 100, 80]), au=AUGUST)
    assert answer.table.set_index(["corps", "sexe"]).loc[("pe", "Ensemble"), "effectif"] == 2
    assert "1 personne sans service" in answer.legende


def test_the_mean_index_is_by_sex_and_class_of_ages():
    table = iprof_kit.analyser(19, people(FOUR), au=AUGUST).table.set_index(
        ["corps", "sexe", "age"]
    )
    assert table.loc[("pe", "F", "Ensemble"), "indice_moyen"] == 650
    assert table.loc[("pe", "F", "moins de 35 ans"), "indice_moyen"] == 500
    assert table.loc[("pe", "F", "35 à 49 ans"), "part"] == 50


@pytest.mark.parametrize("number", [16, 17, 18, 19])
def test_every_answer_says_projet_and_draws_its_figure(number):
    options = {} if number == 17 else {"au": AUGUST}
    answer = iprof_kit.analyser(number, people(FOUR), **options)
    assert iprof_kit.legende(answer.table).startswith("PROJET. ")
    assert answer.figure().get_suptitle().endswith("PROJET")


def test_row_order_has_no_effect():
    shuffled = people(FOUR).iloc[[2, 0, 3, 1]]
    for number in (16, 17, 18, 19):
        options = {} if number == 17 else {"au": AUGUST}
        one, other = (
            iprof_kit.analyser(number, gens, **options) for gens in (people(FOUR), shuffled)
        )
        pd.testing.assert_frame_equal(one.table, other.table)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (lambda: iprof_kit.analyser(99, people(FOUR)), "pas d’analyse.*99"),
        (
            lambda: iprof_kit.analyser(16, people(FOUR).drop(columns="sexe")),
            r"manque.*sexe \(F ou H\)",
        ),
        (lambda: iprof_kit.analyser(17, people(FOUR), corps="agrege"), "groupe est vide"),
        (lambda: iprof_kit.analyser(16, people(FOUR)), "date d’observation n’est pas connue"),
    ],
    ids=["unknown analysis", "column", "nobody", "no date"],
)
def test_what_cannot_be_answered_says_what_to_do(asked, said):
    with pytest.raises(InputError, match=said):
        asked()


def test_a_share_is_of_those_of_whom_it_is_known():
    gens = people(
        FOUR,
        corps="pe",
        sexe=["F", "", "H", "F"],
        date_naissance=pd.to_datetime(["1995-03-01", None, "1976-08-31", "1970-01-01"]),
    )
    answer = iprof_kit.analyser(18, gens, au=AUGUST)
    row = answer.table.set_index(["corps", "sexe"]).loc[("pe", "Ensemble")]
    assert (row["effectif"], row["part_femmes"]) == (4, 66.7)  # two of three
    assert row["moins de 35 ans"] == 33.3  # one of three
    assert "1 ligne sans date de naissance, dans l’ensemble seul" in answer.legende
    assert "1 ligne sans sexe, dans l’ensemble seul" in answer.legende
    index = iprof_kit.analyser(19, gens.assign(sexe="F"), au=AUGUST).table
    assert index.loc[index["age"] == "moins de 35 ans", "part"].iloc[0] == 33.3


@pytest.mark.parametrize(
    ("number", "column", "what"),
    [
        (16, "sexe", "sexe"),
        (17, "grade", "grade"),
        (17, "echelon", "échelon"),
        (18, "quotite", "quotité lisible"),
        (19, "indice_majore", "indice lisible"),
        (19, "sexe", "sexe"),
    ],
)
def test_who_says_nothing_is_left_out_and_counted(number, column, what):
    options = {} if number == 17 else {"au": AUGUST}
    gens = people(FOUR)
    gens[column] = gens[column].astype(object).where(gens["numero"] != "a", None)
    told = iprof_kit.analyser(number, gens, **options).avertissements
    assert f"1 ligne sans {what}, hors du calcul" in told
    with pytest.raises(InputError, match="aucune ligne n’a de valeur lisible"):
        iprof_kit.analyser(number, people(FOUR, **{column: None}), **options)


def test_numbers_written_as_text_are_read():
    gens = people(FOUR)
    as_text = gens.assign(
        quotite=gens["quotite"].astype(str), indice_majore=gens["indice_majore"].astype(str)
    )
    for number in (18, 19):
        one, other = (iprof_kit.analyser(number, frame, au=AUGUST) for frame in (gens, as_text))
        pd.testing.assert_frame_equal(one.table, other.table)


@pytest.mark.parametrize("number", [16, 18, 19])
def test_a_sex_that_is_no_code_is_refused(number):
    with pytest.raises(InputError, match="Femme"):
        iprof_kit.analyser(number, people(FOUR, sexe="Femme"), au=AUGUST)


def test_an_extract_is_asked_for_its_table():
    with pytest.raises(InputError, match=r"extrait\.table"):
        iprof_kit.analyser(17, object())


@pytest.mark.parametrize("number", [16, 17, 18, 19])
def test_a_person_on_two_lines_is_refused(number):
    twice = pd.concat([people(FOUR), people(FOUR)])
    options = {} if number == 17 else {"au": AUGUST}
    with pytest.raises(InputError, match="plusieurs lignes"):
        iprof_kit.analyser(number, twice, **options)
