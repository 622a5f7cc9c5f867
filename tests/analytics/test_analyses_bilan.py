"""Analysis 30 on several corps: a line a corps where a list is made by corps, and no name."""

import pandas as pd
import pytest

import iprof_kit
from iprof_kit.analytics.columns import IDENTITY

OPTIONS = {"annee": 2025}  # 23 % of the promouvables (promotions_ratios.csv)


def two_corps(**columns):
    """Make five promouvables in each of two corps, one of each at the last échelon."""
    one = pd.DataFrame(
        {
            "numero": list("abcde"),
            "prenom": "Camille",
            "sexe": ["F", "H", "F", "H", "F"],
            "grade": "classe_normale",
            "echelon": ["10", "10", "10", "10", "11"],
            "anciennete_jours": 400,
            "appreciation": ["excellent"] * 4 + ["a_consolider"],
            "entree_corps": pd.Timestamp("2005-09-01"),
            "academie": "06",
            "opposition": 0,
            "motif_opposition": "",
        }
    )
    return pd.concat(
        [one.assign(corps="cpe"), one.assign(corps="certifie", numero=list("fghij"))]
    ).assign(**columns)


@pytest.fixture(scope="module")
def bilan():
    return iprof_kit.analyser(30, two_corps(), **OPTIONS)


def test_what_is_made_by_corps_has_a_line_a_corps(bilan):
    lines = bilan.table[bilan.table["analyse"] == 12]
    assert lines["indicateur"].tolist() == [
        "Oppositions et non-promus du dernier échelon (professeurs certifiés)",
        "Oppositions et non-promus du dernier échelon (conseillers principaux d’éducation)",
    ]
    assert lines["valeur"].tolist() == [1, 1]


def test_the_places_are_said_to_be_those_of_all_academies(bilan):
    line = bilan.table.set_index("analyse").loc[5]
    assert line["indicateur"] == "Contingent : places, toutes académies"
    assert line["valeur"] == 2  # 23 % of five is one place, twice


def test_the_report_names_nobody(bilan):
    assert "avancement_accelere_cpe" in bilan.details
    for name, table in {"bilan": bilan.table, **bilan.details}.items():
        assert not set(IDENTITY) & set(table), name


def test_what_misses_for_every_corps_is_said_once(bilan):
    lines = bilan.table[bilan.table["analyse"] == 15]
    assert lines["remarque"].tolist() == [
        "non calculé : colonne entree_grade, avis_1, avis_2 absente"
    ]
