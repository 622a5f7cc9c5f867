"""Analyses 6 to 11, on published figures and on people few enough to be counted by hand."""

import numpy as np
import pandas as pd
import pytest

import iprof_kit
from iprof_kit.analytics.analyses.promotions.proposals import RETAINED, proposed
from iprof_kit.base.errors import InputError, LawError

NUMBERS = (6, 7, 8, 9, 10, 11)


def listed(*groups):
    """Make promouvables of (how many, how many of them promoted, columns)."""
    rows = [
        columns | {"promu": int(place < promoted)}
        for count, promoted, columns in groups
        for place in range(count)
    ]
    frame = pd.DataFrame(rows)
    return frame.assign(numero=[str(n) for n in range(len(frame))])


def counted(*groups):
    """Make the same of many people: one value of one column a group."""
    frames = [
        pd.DataFrame({name: np.repeat(value, count), "promu": np.arange(count) < promoted})
        for count, promoted, name, value in groups
    ]
    frame = pd.concat(frames, ignore_index=True).astype({"promu": "int64"})
    return frame.assign(numero=frame.index.astype(str), corps="pe")


def test_women_promoted_in_2018_are_three_points_under_their_share_of_the_promouvables():
    # promotions_stats.csv, 2018: 88 940 promouvables, 83,05 % women; 11 751 promoted, 79,81 %
    gens = counted((73_865, 9_378, "sexe", "F"), (15_075, 2_373, "sexe", "H"))
    row = iprof_kit.analyser(6, gens).table.set_index("corps").loc["pe"]
    assert (row["promouvables"], row["promus"]) == (88_940, 11_751)
    assert abs(row["part_femmes_promouvables"] - 83.05) < 0.06
    assert row["part_femmes_promus"] == 79.8
    assert row["ecart"] == -3.2  # 79,81 - 83,05
    assert row["femmes_a_part_egale"] == 9759.2  # 11 751 x 73 865 / 88 940 = 9759,249


def test_the_balance_is_by_corps_or_any_other_column():
    gens = listed(
        (3, 1, {"sexe": "F", "corps": "pe", "discipline": ""}),
        (1, 1, {"sexe": "H", "corps": "pe", "discipline": ""}),
        (1, 1, {"sexe": "F", "corps": "plp", "discipline": "P0210"}),
        (1, 0, {"sexe": "H", "corps": "plp", "discipline": "P0210"}),
    )
    table = iprof_kit.analyser(6, gens).table.set_index("corps")
    assert table.index.tolist() == ["pe", "plp", "Ensemble"]
    assert table["ecart"].tolist() == [-25, 50, 0]  # 1/2 - 3/4, 1 - 1/2, 2/3 - 4/6
    by_discipline = iprof_kit.analyser(6, gens, par="discipline")
    assert by_discipline.table["discipline"].tolist() == ["P0210", "Ensemble"]
    assert "4 lignes sans discipline" in by_discipline.legende


def test_an_echelon_where_nobody_is_promoted_has_its_row_each_year():
    gens = listed(
        (2, 0, {"annee": 2020, "echelon": "9"}),
        (2, 1, {"annee": 2020, "echelon": "10"}),
        (3, 3, {"annee": 2020, "echelon": "11"}),
        (4, 2, {"annee": 2021, "echelon": "10"}),
    )
    table = iprof_kit.analyser(7, gens).table.set_index(["annee", "echelon"])
    assert table.loc[2020].index.tolist() == ["9", "10", "11", "Ensemble"]
    assert table.loc[(2020, "9"), ["promouvables", "promus", "taux"]].tolist() == [2, 0, 0]
    assert table.loc[2020, "part_promus"].tolist() == [0, 25, 75, 100]
    assert table.loc[(2021, "10"), "taux"] == 50
    undated = iprof_kit.analyser(7, gens.assign(annee=["", *gens["annee"].astype(str)[1:]]))
    assert undated.table["promouvables"].tolist()[:4] == [1, 2, 3, 6]
    assert undated.avertissements == ("1 ligne sans année, hors du calcul",)
    only = iprof_kit.analyser(7, gens, annee=2021).table
    assert only["annee"].unique().tolist() == [2021]


def test_without_appreciation_is_a_row_and_origins_are_followed():
    # Meuse, 2020: files of 2018 gave 4 excellent of 169, meetings 52 of 158
    gens = listed(
        (4, 2, {"appreciation": "excellent", "origine_appreciation": "dossier 2018"}),
        (165, 8, {"appreciation": "satisfaisant", "origine_appreciation": "dossier 2018"}),
        (52, 10, {"appreciation": "excellent", "origine_appreciation": "rendez-vous"}),
        (106, 0, {"appreciation": "", "origine_appreciation": "rendez-vous"}),
    )
    answer = iprof_kit.analyser(8, gens)
    table = answer.table.set_index("appreciation")
    assert table["promouvables"].tolist() == [56, 165, 106, 327]
    assert table["promus"].tolist() == [12, 8, 0, 20]
    assert table.index[2] == "sans_appreciation"
    assert table.loc["excellent", "part_promus"] == 60
    origins = answer.details["origine"].set_index(["origine_appreciation", "appreciation"])
    excellent = origins.xs("excellent", level=1)["part_promouvables"]
    assert excellent.tolist() == [2.4, 32.9]  # 4/169, 52/158


def test_small_disciplines_are_gathered_last_under_the_usual_threshold():
    sizes = {"L1300": 6, "L0202": 5, "L0100": 4, "L0421": 3}
    gens = listed(*((count, 1, {"discipline": code}) for code, count in sizes.items()))
    answer = iprof_kit.analyser(9, gens)
    table = answer.table.set_index("discipline")
    assert table.index.tolist() == ["L1300", "L0202", "autres disciplines", "Ensemble"]
    assert table["promouvables"].tolist() == [6, 5, 7, 18]
    assert table.loc["L1300", "libelle"] == "Mathématiques"
    assert table.loc["L1300", "ecart"] == -8.3  # 1/4 - 6/18
    assert "disciplines de moins de 5 promouvables, réunies : 2" in answer.legende
    stricter = iprof_kit.analyser(9, gens, seuil=6).table
    assert stricter["discipline"].tolist() == ["L1300", "autres disciplines", "Ensemble"]


def test_higher_education_is_compared_with_its_prorata_in_each_corps():
    gens = listed(
        (4, 0, {"superieur": 1, "corps": "agrege"}),
        (6, 5, {"superieur": 0, "corps": "agrege"}),
        (2, 1, {"superieur": 0, "corps": "certifie"}),
        (1, 0, {"superieur": None, "corps": "certifie"}),
    )
    answer = iprof_kit.analyser(10, gens)
    row = answer.table.set_index("corps").loc["agrege"]
    assert (row["part_superieur_promouvables"], row["part_superieur_promus"]) == (40, 0)
    assert (row["ecart"], row["superieur_a_part_egale"]) == (-40, 2)
    assert "1 ligne sans affectation connue" in answer.legende


def test_functions_are_those_of_the_national_report_of_2021():
    # promotions_stats.csv, 2021: promouvables 78,3 / 13,7 / 4,8 / 1,8 of 106 092; promoted 68,5 /
    # 16,2 / 4,1 / 3,0, here of a tenth of the 19 108: what is left to the others (8,2 of 19 108)
    # is more than their promouvables (1,4 of 106 092)
    names = ["directeur", "adjoint", "conseiller_pedagogique", "ash", "autre"]
    listed_shares, promoted_shares = (13.7, 78.3, 1.8, 4.8, 1.4), (16.2, 68.5, 3.0, 4.1, 8.2)
    gens = counted(
        *(
            (round(1060.92 * share), round(19.108 * taken), "fonction", name)
            for name, share, taken in zip(names, listed_shares, promoted_shares, strict=True)
        )
    )
    table = iprof_kit.analyser(11, gens).table.set_index("fonction").drop("Ensemble")
    assert table.index.tolist() == [
        "adjoint",
        "directeur",
        "ash",
        "conseiller_pedagogique",
        "autre",
    ]
    assert table["part_promouvables"].tolist() == [78.3, 13.7, 4.8, 1.8, 1.4]
    assert table["part_promus"].tolist() == [68.5, 16.2, 4.1, 3.0, 8.2]
    assert table.loc["directeur", "ecart"] == 2.5


def test_without_nominations_the_kit_proposes_and_says_so():
    gens = iprof_kit.exemple_promouvables()
    answer = iprof_kit.analyser(6, gens, annee=2027, suppose="dernier_connu")
    women = answer.table.set_index("corps").loc["pe"]
    assert women["promouvables"] == 648
    assert women["proposes"] == 149  # 23 % of 648: 149,04
    assert "promus" not in answer.table
    assert "proposés par le kit, hors classe 2027" in answer.legende
    assert "taux de 2025 reconduit : 23" in answer.legende.replace("\u00a0", " ")


def test_what_is_proposed_in_the_table_is_taken_as_it_is():
    gens = listed((3, 1, {"sexe": "F", "corps": "pe"})).rename(columns={"promu": "propose"})
    assert iprof_kit.analyser(6, gens).table["proposes"].tolist() == [1, 1]


def test_each_list_has_its_own_places():
    gens = iprof_kit.exemple_promouvables(200)
    two = gens.assign(departement=["063", "003"] * 100)
    who = proposed(two, annee=2027, suppose="dernier_connu", liste="departement")
    assert who.people.groupby("departement")[RETAINED].sum().tolist() == [23, 23]


def test_the_grade_aimed_at_keeps_those_who_hold_the_one_before():
    gens = listed(
        (2, 1, {"sexe": "F", "corps": "pe", "grade": "classe_normale"}),
        (3, 1, {"sexe": "F", "corps": "pe", "grade": "hors_classe"}),
    )
    table = iprof_kit.analyser(6, gens, grade="classe_exceptionnelle").table
    assert table["promouvables"].tolist() == [3, 3]


def test_a_corps_without_campaign_is_told_and_does_not_stop_the_others():
    gens = iprof_kit.exemple_promouvables(50)
    gens.loc[:4, "corps"] = "chaire_sup"
    options = {"annee": 2027, "suppose": "dernier_connu"}
    answer = iprof_kit.analyser(6, gens, **options)
    assert answer.table["corps"].tolist() == ["pe", "Ensemble"]
    assert "5 personnes sans campagne" in answer.legende
    with pytest.raises(LawError, match="chaire_sup"):
        iprof_kit.analyser(6, gens, corps="chaire_sup", **options)


@pytest.mark.parametrize("number", NUMBERS)
def test_each_answers_and_draws_on_a_fictitious_population(number, population):
    answer = iprof_kit.analyser(number, population, suppose="dernier_connu")
    assert len(answer.table)
    assert "proposes" in answer.table
    assert answer.figure().get_suptitle().endswith("PROJET")
    shuffled = population.sample(frac=1, random_state=1)
    again = iprof_kit.analyser(number, shuffled, suppose="dernier_connu")
    pd.testing.assert_frame_equal(answer.table, again.table)


@pytest.fixture(scope="module")
def population():
    drawn = iprof_kit.generate(3_000, 1)
    return drawn[drawn["corps"].isin(["pe", "agrege"])]


SEEN = {"sexe": "F", "corps": "pe", "appreciation": "excellent"}


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (lambda: iprof_kit.analyser(6, listed((1, 0, {"corps": "pe"}))), "manque.*sexe"),
        (lambda: iprof_kit.analyser(6, listed((1, 0, SEEN)), corps="plp"), "personne.*plp"),
        (lambda: iprof_kit.analyser(6, listed((1, 0, SEEN)), par="age"), "manque.*age"),
        (lambda: iprof_kit.analyser(6, listed((1, 0, SEEN | {"sexe": "X"}))), "inconnu.*X"),
        (lambda: iprof_kit.analyser(6, listed((1, 0, SEEN)).assign(promu="oui")), "oui.*ni 0"),
        (lambda: iprof_kit.analyser(6, listed((1, 0, SEEN)), suppose="rien"), "rien.*supposition"),
        (lambda: iprof_kit.analyser(8, listed((1, 0, SEEN | {"appreciation": "A"}))), "inconnu.*A"),
        (lambda: iprof_kit.analyser(9, listed((1, 0, {"discipline": ""}))), "aucun promouvable"),
        (lambda: iprof_kit.analyser(9, listed((1, 0, {"discipline": "L1"})), seuil=2), "seuil"),
        (lambda: iprof_kit.analyser(6, iprof_kit.exemple_promouvables(9)), "année.*pas connue"),
        (lambda: iprof_kit.analyser(6, iprof_kit.exemple_promouvables(9), annee=2027), "taux"),
    ],
    ids=["column", "corps", "par", "sex", "promu", "suppose", "appreciation", "blank", "threshold",
         "year", "no ratio"],
)  # fmt: skip
def test_what_cannot_be_answered_says_what_to_do(asked, said):
    with pytest.raises((InputError, LawError), match=said):
        asked()


@pytest.mark.parametrize(("day", "year"), [("2026-08-31", 2026), ("2025-11-30", 2026)])
def test_the_campaign_is_the_first_that_the_observation_does_not_follow(day, year):
    gens = iprof_kit.exemple_promouvables(20, 2026)
    gens.attrs["observation"] = day
    assert proposed(gens, suppose="dernier_connu").people["annee"].unique().tolist() == [year]


def test_the_echelons_are_drawn_where_nobody_is_promoted():
    gens = listed((2, 0, {"echelon": "9"}), (1, 0, {"echelon": "10"}))
    names = [
        text.get_text() for text in iprof_kit.analyser(7, gens).figure().axes[0].get_yticklabels()
    ]
    assert names == ["promouvables", "promus"]
