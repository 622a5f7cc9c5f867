"""Which campaign the analyses of promotions look at, and whom of a table of several years."""

import pandas as pd
import pytest

import iprof_kit
from iprof_kit.base.errors import InputError


def state(year, seniority, opposed=0):
    """Two people in the 9e échelon on 31 August of a year."""
    return pd.DataFrame(
        {
            "numero": ["a", "b"],
            "annee": year,
            "corps": "pe",
            "grade": "classe_normale",
            "echelon": "9",
            "anciennete_jours": seniority,
            "position": "En activité",
            "sexe": ["F", "H"],
            "appreciation": "excellent",
            "entree_corps": pd.Timestamp("2005-09-01"),
            "opposition": [opposed, 0],
            "motif_opposition": "dossier en cours",
        }
    )


def two_years():
    # two years in the 9e are asked for (décret 90-680 art. 25)
    return pd.concat([state(2024, [720, 400], opposed=1), state(2025, [1080, 760])])


@pytest.mark.parametrize(("year", "listed"), [(2024, ["a"]), (2025, ["a", "b"])])
def test_a_table_of_several_years_is_looked_at_in_the_year_asked(year, listed):
    assert iprof_kit.analyser(1, two_years(), annee=year).table["numero"].tolist() == listed
    ranked = iprof_kit.analyser(3, two_years(), annee=year, contingent=1).table
    assert sorted(ranked["numero"]) == listed


def test_an_opposition_is_that_of_its_year():
    options = {"contingent": 1}
    of_2024 = iprof_kit.analyser(12, two_years(), annee=2024, **options)
    of_2025 = iprof_kit.analyser(12, two_years(), annee=2025, **options)
    assert "opposition motivée" in set(of_2024.table["cause"])
    assert "opposition motivée" not in set(of_2025.table["cause"])


def test_the_only_year_of_a_table_is_its_campaign():
    assert "campagne 2024" in iprof_kit.analyser(1, state(2024, 720)).legende


@pytest.mark.parametrize("year", ["2025", -1, 2025.5])
@pytest.mark.parametrize("number", [1, 6])
def test_what_is_no_year_is_refused(number, year):
    with pytest.raises(InputError, match="n’est pas une année de campagne"):
        iprof_kit.analyser(number, state(2025, 720), annee=year)


def test_a_bar_is_a_whole_number_where_somebody_has_no_points():
    gens = state(2025, 760).assign(appreciation=["excellent", ""])
    table = iprof_kit.analyser(4, gens, contingent=1).table
    assert table.loc[0, "barre"] == "120 points"  # 120 and 0 (sections.se-unsa.org/88)


def test_a_ratio_that_is_no_number_is_refused():
    with pytest.raises(InputError, match="taux de nan"):
        iprof_kit.analyser(3, state(2025, 760), taux=float("nan"))


def test_people_without_a_number_are_counted():
    with pytest.raises(InputError, match="1 ligne sans numéro"):
        iprof_kit.analyser(1, state(2025, 760).assign(numero=["a", None]))


def test_an_empty_text_is_no_date():
    gens = state(2025, 760).drop(columns="anciennete_jours")
    dated = gens.assign(date_effet=["2023-09-01", ""], date_naissance=["", "1980-05-20"])
    answer = iprof_kit.analyser(1, dated)
    assert answer.table["numero"].tolist() == ["a"]
    assert "1 ligne sans situation lisible" in answer.legende
