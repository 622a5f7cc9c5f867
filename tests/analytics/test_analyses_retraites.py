"""Analysis 26: who may retire, on births whose ages are those of the law."""

import re
from datetime import date

import numpy as np
import pandas as pd
import pytest
from few_people import people

import iprof_kit
from iprof_kit.base.errors import InputError

EVE = date(2026, 8, 31)


BORN = {
    "numero": ["a", "b", "c", "d"],
    "sexe": ["F", "H", "F", "H"],
    "corps": ["pe", "pe", "certifie", "certifie"],
    "academie": ["06", "06", "10", ""],
    "date_naissance": ["1966-01-15", "1970-09-01", "1961-06-30", "1980-01-01"],
}
"""Opening ages of loi 2025-1403, art. 105: 63 years 3 months (1966), 64 years (from 1969)."""


def asked(gens=None, **options):
    return iprof_kit.analyser(26, people(BORN) if gens is None else gens, **{"au": EVE, **options})


def years(answer):
    found = answer.table
    return {year: n for year, n in zip(found["annee_scolaire"], found["departs"], strict=True) if n}


def test_the_opening_age_then_the_first_day_of_the_next_month():
    # a: 15 April 2029, paid from 1 May; b: 1 September 2034, a new school year; c: since long
    assert years(asked()) == {"2026-2027": 1, "2028-2029": 1, "2034-2035": 1}


def test_a_birthday_of_august_is_paid_from_the_next_school_year():
    gens = people(
        BORN, date_naissance=pd.Timestamp("1966-05-20")
    )  # 63 years 3 months: 20 August 2029
    assert years(asked(gens)) == {"2029-2030": 4}


def test_a_row_that_stands_for_several_people_says_how_many_leave():
    gens = people(BORN)
    gens.attrs["poids"] = 10
    assert "10,0 personnes du public" in asked(gens).legende
    assert "en moyenne 3 départs par an" in asked(gens).legende  # three rows in ten years


def test_the_limit_age_is_67():
    assert years(asked(depart="limite", horizon=12)) == {
        "2027-2028": 1,
        "2032-2033": 1,
        "2037-2038": 1,
    }


def test_who_could_have_left_before_is_counted_the_first_year_and_said():
    assert "1 personne dont le départ, selon l’hypothèse, serait passé" in asked().legende


def test_an_active_category_opens_earlier():
    """An instituteur born in 1974 or later: 59 years, limit 62 by option (CGFP L556-6)."""
    gens = people(BORN, date_naissance=pd.Timestamp("1974-03-15"), categorie_retraite="active")
    assert years(asked(gens)) == {"2032-2033": 4}
    assert years(asked(gens, depart="limite")) == {"2035-2036": 4}


def test_the_law_of_the_day_is_read():
    """In 2020 the opening age was 62 for the same births (loi 2010-1330)."""
    gens = people(BORN, date_naissance=pd.Timestamp("1966-01-15"))
    assert years(asked(gens, au=date(2020, 8, 31))) == {"2027-2028": 4}


def test_by_group_departures_are_shares_of_those_there():
    found = asked(par="academie", horizon=3).details["groupes"].set_index("academie")
    assert found["effectif"].to_dict() == {"06": 2, "10": 1, "non dit": 1}
    assert found["departs"].to_dict() == {"06": 1, "10": 1, "non dit": 0}
    assert found.loc["06", "part"] == 50


def test_who_has_left_and_who_cannot_be_read_is_counted():
    gens = people(
        BORN,
        date_sortie=pd.to_datetime(["2026-08-31", None, None, None]),
        date_naissance=pd.to_datetime(["1966-01-15", None, "1961-06-30", "1980-01-01"]),
    )
    answer = asked(gens)
    assert answer.details["groupes"]["effectif"].tolist() == [2]
    assert "1 personne dont la sortie est passée" in answer.legende
    assert "1 personne sans date de naissance" in answer.legende


def test_of_yearly_states_only_the_last_is_read():
    both = pd.concat([people(BORN, annee=2025), people(BORN, annee=2026).head(3)])
    assert asked(both).details["groupes"]["effectif"].tolist() == [3]


def test_the_law_of_ages_is_normal_around_its_mean():
    """A woman of the second degree: 62.2 years if born on 1 January 1960, 0.14 more a year.

    Born on 1 September 1960, there on 31 August 2022: she had not left at 61, and may at 62.
    """
    gens = people(BORN, corps="certifie", sexe="F", date_naissance=pd.Timestamp("1960-09-01")).head(
        1
    )
    found = asked(pd.concat([gens] * 1000), depart="loi", au=date(2022, 8, 31))
    below = {age: normal((age - 62.2 - 0.14 * 2 / 3) / 2) for age in (61, 62, 63)}
    first = (below[62] - below[61]) / (1 - below[61])
    second = (below[63] - below[62]) / (1 - below[61])
    assert found.table["departs"].head(2).tolist() == pytest.approx(
        [1000 * first, 1000 * second], abs=0.1
    )
    assert found.table["departs"].sum() == pytest.approx(1000, abs=0.5)  # at 67 at the latest


def normal(x):
    from math import erf, sqrt

    return (1 + erf(x / sqrt(2))) / 2


def test_the_law_foresees_what_the_population_then_lives():
    """Retirements drawn from 2021 to 2025, beside those expected on 31 August 2021."""
    states = iprof_kit.etats(20_000, 1)
    then = states[states["annee"] <= 2021].drop(columns=["date_sortie", "motif_sortie"])
    expected = asked(then, depart="loi", au=date(2021, 8, 31), horizon=4).table["departs"].sum()
    there = set(then.loc[then["annee"] == 2021, "numero"])
    retired = states[(states["motif_sortie"] == "retraite") & states["numero"].isin(there)]
    lived = (retired["date_sortie"] < "2025-08-31").sum()
    assert lived == pytest.approx(expected, abs=3 * np.sqrt(expected))


def test_about_as_many_as_published():
    """17 000 to 20 000 a year, public and private; a row stands for several people."""
    gens = iprof_kit.generate(20_000, 1)
    table = iprof_kit.analyser(26, gens, depart="loi").table
    assert 16_000 <= gens.attrs["poids"] * table["departs"].mean() <= 20_000


def test_the_hypotheses_are_ranked_by_how_late_they_are():
    gens = iprof_kit.generate(3_000, 1)
    early, law, late = (
        iprof_kit.analyser(26, gens, depart=when).table["departs"].sum()
        for when in ("ouverture", "loi", "limite")
    )
    assert early > law > late


@pytest.mark.parametrize("column", ["", "academie", "discipline", "corps", "departement", "sexe"])
def test_it_draws_on_a_population(column):
    answer = iprof_kit.analyser(26, iprof_kit.generate(3_000, 1), par=column, horizon=3)
    assert answer.figure().get_suptitle().endswith("PROJET")
    assert answer.details["groupes"]["effectif"].sum() == 3_000
    assert list(answer.table)[: 1 + bool(column)] == ["annee_scolaire"] + [column] * bool(column)


def test_row_order_has_no_effect():
    one, other = asked(par="corps"), asked(people(BORN).iloc[::-1], par="corps")
    pd.testing.assert_frame_equal(one.table, other.table)


@pytest.mark.parametrize(
    ("change", "options", "said"),
    [
        ({}, {"depart": "demain"}, "ouverture, limite, loi"),
        ({}, {"par": "prénom"}, "academie, discipline"),
        ({}, {"par": "discipline"}, "code de discipline"),
        ({}, {"horizon": 0}, "horizon"),
        ({"categorie_retraite": "militaire"}, {}, "categorie_retraite.*militaire.*sedentaire"),
        ({"date_naissance": pd.NaT}, {}, "date_naissance.*groupe est vide"),
        ({"date_sortie": pd.Timestamp("2020-09-01")}, {}, "date_sortie.*groupe est vide"),
        ({}, {"au": None}, "date d’observation"),
    ],
)
def test_what_cannot_be_foreseen_says_what_to_do(change, options, said):
    gens = people(BORN, **change)
    gens["date_naissance"] = pd.to_datetime(gens["date_naissance"])
    with pytest.raises(InputError) as error:
        asked(gens, **options)
    assert re.search(said, str(error.value))
