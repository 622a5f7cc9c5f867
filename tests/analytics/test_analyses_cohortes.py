"""Analysis 24: what becomes of a cohort, on four people followed three years."""

import re

import pandas as pd
import pytest
from few_people import people

import iprof_kit
from iprof_kit.base.errors import InputError

N, H = "classe_normale", "hors_classe"
LIVES = {
    "a": ("pe", "2010-09-01", {2020: N, 2021: N, 2022: H}),
    "b": ("pe", "2019-09-01", {2020: N, 2021: N}),  # gone before 2022
    "c": ("pe", "2019-08-31", {2020: N, 2022: N}),  # not in the state of 2021
    "d": ("certifie", "2020-09-01", {2021: N, 2022: ""}),  # enters after 2020, grade not told
}


STATES = [
    {
        "numero": who,
        "corps": corps,
        "entree_corps": entered,
        "annee": year,
        "grade": grade,
        "motif_sortie": "demission" if (who, year) == ("b", 2021) else "",
    }
    for who, (corps, entered, years) in LIVES.items()
    for year, grade in years.items()
]


def asked(gens=None, **options):
    return iprof_kit.analyser(24, people(STATES) if gens is None else gens, **options)


def test_everybody_present_the_first_year_is_in_one_state_each_year():
    table = asked().table.set_index("annee")
    assert table[N].to_dict() == {2020: 3, 2021: 2, 2022: 1}
    assert table[H].to_dict() == {2020: 0, 2021: 0, 2022: 1}
    assert table["absent d’un état"].to_dict() == {2020: 0, 2021: 1, 2022: 0}
    assert table["sorti"].to_dict() == {2020: 0, 2021: 0, 2022: 1}
    assert table["encore_en_poste"].tolist() == [100, 100, 66.7]
    states = table.drop(columns="encore_en_poste")
    assert (states.sum(axis=1) == 3).all()


def test_a_year_of_entry_begins_on_1_september():
    assert "1 personne" in asked(entree=2019).legende  # b; c entered the day before
    assert asked(entree=2020).table["annee"].tolist() == [2021, 2022]


def test_flows_go_from_a_state_to_the_next_year_s():
    flows = asked().details["passages"]
    found = {(row.annee, row.de, row.vers): (row.effectif, row.part) for row in flows.itertuples()}
    assert found[(2020, N, N)] == (2, 66.7)
    assert found[(2020, N, "absent d’un état")] == (1, 33.3)
    assert found[(2021, N, H)] == found[(2021, N, "sorti")] == (1, 50.0)
    assert found[(2021, "absent d’un état", N)] == (1, 100.0)
    assert len(found) == 5


def test_nothing_flows_from_those_who_are_gone():
    sooner = people(STATES).query(
        "numero != 'b' or annee == 2020"
    )  # gone in 2021, still gone in 2022
    assert "sorti" not in set(asked(sooner).details["passages"]["de"])


def test_an_exit_has_its_first_year_and_its_reason():
    assert asked().details["sorties"].to_dict("records") == [
        {"annee": 2022, "motif": "demission", "effectif": 1, "part": 33.3}
    ]
    silent = asked(people(STATES).drop(columns="motif_sortie")).details["sorties"]
    assert silent["motif"].tolist() == ["motif inconnu"]


def test_a_state_that_is_not_told_is_shown():
    assert asked(entree=2020).table.set_index("annee").loc[2022, "non dit"] == 1


def test_a_cohort_older_than_the_table_says_that_its_first_exits_are_missing():
    assert "n’est suivie que depuis 2020" in asked(entree=2010).legende
    assert "n’est suivie que" not in asked(entree=2019).legende


def test_states_of_another_column():
    table = asked(people(STATES).assign(position="En activité"), etat="position").table
    assert table["En activité"].tolist() == [3, 2, 2]


def test_about_as_many_stay_a_year_as_published():
    """DEPP NI 20.16: 96.1 % of those of 2017 are still there a year later."""
    table = asked(iprof_kit.etats(20_000, 1, depuis=2018)).table.set_index("annee")
    assert table.loc[2019, "encore_en_poste"] == pytest.approx(96.1, abs=2)


@pytest.mark.parametrize("view", ["etats", "survie", "passages"])
def test_it_draws_on_a_population(view):
    answer = asked(iprof_kit.etats(3_000, 1), entree=2018, vue=view)
    assert answer.table["encore_en_poste"].is_monotonic_decreasing
    assert answer.figure().get_suptitle().endswith("PROJET")


def test_row_order_has_no_effect():
    one, other = asked(), asked(people(STATES).iloc[::-1])
    pd.testing.assert_frame_equal(one.table, other.table)
    for name in one.details:
        pd.testing.assert_frame_equal(one.details[name], other.details[name])


@pytest.mark.parametrize(
    ("change", "options", "said"),
    [
        ({}, {"entree": 1950}, "entree=1950.*groupe est vide"),
        ({}, {"corps": "agrege"}, "corps=agrege.*groupe est vide"),
        ({}, {"etat": "humeur"}, "humeur.*grade, corps, position"),
        ({}, {"vue": "sankey"}, "etats, survie, passages"),
        ({}, {"etat": "position"}, "position administrative"),
        ({"annee": 2020}, {}, "en double.*deux états en 2020"),
        ({"entree_corps": pd.Timestamp("2021-09-01")}, {"entree": 2022}, "groupe est vide"),
    ],
)
def test_what_cannot_be_followed_says_what_to_do(change, options, said):
    with pytest.raises(InputError) as error:
        asked(people(STATES).assign(**change), **options)
    assert re.search(said, str(error.value))


def test_one_year_is_no_follow_up():
    with pytest.raises(InputError, match="plusieurs années"):
        asked(people(STATES).query("annee == 2020"))


def test_p03_a_leave_of_health_has_no_nature_in_a_cohort_and_all_are_counted_together():
    year = {"en": "En activité", "clm": "Congé de longue maladie", "cld": "CLD"}
    held = [(2020, "a", "en"), (2020, "b", "en"), (2021, "a", "clm"), (2021, "b", "cld")]
    gens = people(
        [{"numero": who, "annee": when, "position": year[what], "corps": "pe", "grade": N,
          "entree_corps": "2010-09-01", "motif_sortie": ""} for when, who, what in held]
    )  # fmt: skip
    answer = asked(gens, etat="position")
    assert answer.table.set_index("annee")["absente, congé"].to_dict() == {2020: 0, 2021: 2}
    assert set(answer.details["passages"]["vers"]) == {"absente, congé"}
