"""Analysis 25: exits of a year by seniority and degree, on people counted by hand."""

import re

import numpy as np
import pandas as pd
import pytest
from few_people import people

import iprof_kit
from iprof_kit.base.errors import InputError

LEAVERS = pd.DataFrame(
    [
        # corps, entry, exit, reason
        ("pe", "2023-09-01", "2024-09-01", "licenciement"),
        ("pe", "2023-09-01", None, ""),
        ("pe", "2020-09-01", "2025-08-31", "demission"),
        ("pe", "2020-09-01", "2025-09-01", "demission"),  # a day after the year
        ("certifie", "2019-08-31", "2025-01-15", "fonction_non_enseignante"),
        ("certifie", "2019-09-01", None, ""),
        ("certifie", "1990-09-01", "2024-09-01", "Départ en RETRAITE"),
        ("certifie", "1990-09-01", "2025-03-01", ""),
        ("pe", "2000-09-01", "2024-08-31", "deces"),  # gone on the day itself
        ("pe", "2024-09-01", "2025-01-31", "demission"),  # in and out within the year
        ("certifie", "2024-09-01", None, ""),
    ],
    columns=["corps", "entree_corps", "date_sortie", "motif_sortie"],
)
"""Ten people on 31 August 2024, two of them gone before, two not there yet."""


def asked(gens=None, **options):
    return iprof_kit.analyser(
        25, people(LEAVERS) if gens is None else gens, **{"annee": 2024, **options}
    )


def rates(answer):
    found = answer.table.set_index(["degre", "anciennete"])
    return found[["effectif", "sorties", "taux"]].T.to_dict("list")


def test_exits_of_the_year_over_who_was_there_on_its_first_day():
    found = rates(asked())
    assert found[("1er degré", "stagiaires")] == [2, 1, 50.0]
    assert found[("1er degré", "titulaires de moins de 5 ans")] == [2, 1, 50.0]
    assert found[("1er degré", "titulaires de 5 ans et plus")][:2] == [0, 0]
    assert found[("2d degré", "titulaires de moins de 5 ans")] == [1, 0, 0.0]
    assert found[("2d degré", "titulaires de 5 ans et plus")] == [3, 2, 66.7]
    assert found[("Ensemble", "Ensemble")] == [8, 4, 50.0]


def test_nobody_has_no_rate():
    empty = asked().table.set_index(["degre", "anciennete"])["taux"]
    assert np.isnan(empty[("1er degré", "titulaires de 5 ans et plus")])


def test_retirements_are_counted_when_asked_whatever_their_words():
    found = rates(asked(retraites=True))
    assert found[("2d degré", "titulaires de 5 ans et plus")] == [3, 3, 100.0]


def test_an_exit_without_reason_is_an_exit():
    found = asked().details["motifs"]
    mine = found[(found["degre"] == "2d degré") & (found["anciennete"] == "Ensemble")]
    assert dict(zip(mine["motif"], mine["sorties"], strict=True)) == {
        "fonction_non_enseignante": 1,
        "motif inconnu": 1,
    }


def test_reasons_make_the_exits_of_their_row():
    answer = asked(retraites=True)
    key = ["degre", "anciennete"]
    exits = answer.table.set_index(key)["sorties"]
    by_reason = answer.details["motifs"].groupby(key)["sorties"].sum()
    assert by_reason.to_dict() == exits[exits > 0].to_dict()


def test_who_is_out_of_the_rates_is_counted():
    gens = people(LEAVERS)
    gens.loc[1, "entree_corps"] = pd.NaT
    gens.loc[5, "corps"] = "inconnu"
    told = asked(gens).legende
    assert "1 personne dont l’entrée et la sortie tombent dans l’année" in told
    assert "1 personne sans date d’entrée" in told
    assert "1 personne d’un corps inconnu" in told


def test_who_disappears_from_yearly_states_has_left():
    gens = pd.DataFrame(
        {
            "numero": ["a", "a", "b"],
            "annee": [2024, 2025, 2024],
            "corps": "pe",
            "entree_corps": pd.Timestamp("2010-09-01"),
            "motif_sortie": "",
            "date_sortie": pd.Series([pd.NaT] * 3, dtype="datetime64[us]"),
        }
    )
    answer = asked(gens)
    assert rates(answer)[("1er degré", "Ensemble")] == [2, 1, 50.0]
    assert "1 personne absente du dernier état" in answer.legende


def test_a_state_without_year_is_counted_and_tells_nothing():
    states = iprof_kit.etats(300, 1)
    left = states[(states["annee"] == 2024) & states["date_sortie"].notna()].head(1)
    untold = left.assign(annee=pd.NA, date_sortie=pd.NaT).astype(states.dtypes)
    both = pd.concat([states, untold])
    one, other = (asked(gens, retraites=True) for gens in (states, both))
    pd.testing.assert_frame_equal(one.table, other.table)
    assert "1 ligne sans année" in other.legende


def test_a_row_a_person_or_a_row_a_year_give_the_same_rates():
    states, people_ = (iprof_kit.etats(3_000, 1, dernier=last) for last in (False, True))
    options = {"annee": 2022, "retraites": True}
    one, other = (asked(gens, **options) for gens in (states, people_.drop(columns="annee")))
    pd.testing.assert_frame_equal(one.table, other.table)


def test_the_last_year_whose_next_31_august_is_known_by_default():
    answer = iprof_kit.analyser(25, iprof_kit.etats(3_000, 1, depuis=2024))
    assert "du 31 août 2025 au 31 août 2026" in answer.legende
    assert answer.figure().get_suptitle().endswith("PROJET")


def test_row_order_has_no_effect():
    one, other = asked(), asked(people(LEAVERS).sample(frac=1, random_state=1))
    pd.testing.assert_frame_equal(one.table, other.table)
    pd.testing.assert_frame_equal(one.details["motifs"], other.details["motifs"])


def twice():
    states = iprof_kit.etats(20, 1)
    return pd.concat([states, states.head(1)])


@pytest.mark.parametrize(
    ("gens", "options", "said"),
    [
        (lambda: people(LEAVERS), {"annee": 0}, "année n’est pas connue.*31 août"),
        (lambda: people(LEAVERS), {"corps": "agrege"}, "corps=agrege.*groupe est vide"),
        (lambda: people(LEAVERS), {"annee": 1980}, "annee=1980.*groupe est vide"),
        (lambda: people(LEAVERS).drop(columns="motif_sortie"), {}, "motif de la sortie"),
        (lambda: iprof_kit.etats(20, 1), {"annee": 2026}, "de 2018 à 2025"),
        (lambda: iprof_kit.etats(20, 1, depuis=2020), {"annee": 2019}, "de 2020 à 2025"),
        (lambda: iprof_kit.etats(20, 1, depuis=2026), {"annee": 0}, "couvre deux 31 août"),
        (twice, {}, "1 ligne en double.*a deux états en"),
    ],
)
def test_what_cannot_be_counted_says_what_to_do(gens, options, said):
    with pytest.raises(InputError) as error:
        asked(gens(), **options)
    assert re.search(said, str(error.value))
