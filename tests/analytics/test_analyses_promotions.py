"""Analyses 1 to 5 and 12 to 15, on people few enough to be counted by hand."""

import numpy as np
import pandas as pd
import pytest

import iprof_kit
from iprof_kit.base.errors import InputError

YEAR = 360
FREE = {"annee": 2025, "contingent": 2}


def pe(size=4, **columns):
    base = {
        "numero": [f"D{n}" for n in range(size)],
        "sexe": ["F", "H"] * (size // 2) + ["F"] * (size % 2),
        "date_naissance": pd.Timestamp("1980-05-20"),
        "corps": "pe",
        "grade": "classe_normale",
        "echelon": "10",
        "anciennete_jours": 400,
        "position": "En activité",
        "entree_corps": pd.to_datetime([f"{2000 + n}-09-01" for n in range(size)]),
        "entree_grade": pd.Timestamp("2005-09-01"),
        "academie": "06",
        "departement": "063",
        "appreciation": "excellent",
        "opposition": 0,
        "motif_opposition": "",
    }
    return pd.DataFrame(base | columns)


def opinions(first, second, **columns):
    held = {"grade": "hors_classe", "echelon": "5", "avis_1": first, "avis_2": second}
    return pe(len(first), **held, **columns)


def accelerated(size=10, **columns):
    return pe(size, echelon="6", **columns)


TABLES = {
    1: (pe(), {"annee": 2025}),
    2: (pe(grade="hors_classe", echelon="5"), {"annee": 2025}),
    3: (pe(), FREE),
    4: (pe(), FREE),
    5: (pe(), {"annee": 2025}),
    12: (pe(), FREE),
    13: (pe(), FREE),
    14: (accelerated(), {"annee": 2025}),
    15: (opinions(["favorable"] * 4, ["favorable"] * 4), FREE),
}
"""A table and options that each analysis accepts."""


def analysed(number, gens=None, **options):
    table, usual = TABLES[number]
    return iprof_kit.analyser(number, table if gens is None else gens, **(usual | options))


def test_two_years_in_the_9e_or_a_higher_echelon_are_asked_for_the_hors_classe():
    # décret 90-680 art. 25
    gens = pe(echelon=["8", "9", "9", "10"], anciennete_jours=[2000, 719, 720, 0])
    assert analysed(1, gens).table["numero"].tolist() == ["D2", "D3"]


def test_the_situation_is_that_of_31_august_where_the_echelon_is_dated():
    dated = pe(2, echelon="9", date_effet=pd.to_datetime(["2023-09-01", "2023-09-02"]))
    table = analysed(1, dated.drop(columns="anciennete_jours")).table
    assert table["numero"].tolist() == ["D0"]
    assert table["anciennete_jours"].tolist() == [2 * YEAR]


def test_the_campaign_is_the_first_whose_31_august_is_not_before_the_observation():
    for day, year in (("2025-08-31", 2025), ("2025-11-30", 2026)):
        gens = pe(2)
        gens.attrs["observation"] = day
        assert f"campagne {year}" in analysed(1, gens, annee=None).legende


def test_a_position_that_the_sources_count_differently_is_to_verify():
    answer = analysed(1, pe(position=["En activité", "Congé parental", "", "Détachement"]))
    assert answer.table["a_verifier"].tolist() == [False, True, True, False]
    assert answer.details["echelons"][["promouvables", "a_verifier"]].values.tolist() == [[4, 2]]
    assert "2 promouvables à vérifier" in answer.legende
    assert "(Congé parental, non renseignée)" in answer.legende


def test_a_corps_without_the_grade_and_a_line_that_says_nothing_are_counted():
    gens = pe(corps=["pe", "pe", "chaire_sup", "pe"], echelon=["10", "42", "4", "11"])
    answer = analysed(1, gens)
    assert answer.table["numero"].tolist() == ["D0", "D3"]
    assert "1 ligne sans situation lisible" in answer.legende
    assert "1 personne dans un corps sans hors classe" in answer.legende


def test_the_classe_exceptionnelle_asks_the_5e_of_the_hors_classe_the_4e_of_agreges():
    # décret 2023-720; décret 72-580 art. 13 sexies
    gens = pe(
        grade="hors_classe",
        corps=["pe", "pe", "agrege", "agrege"],
        echelon=["4", "5", "3", "4"],
        chevron=["", "", "", "HEA1"],
    )
    table = analysed(2, gens).table
    assert table["numero"].tolist() == ["D3", "D1"]
    assert set(table["vivier"]) == {"sans vivier"}


def test_until_2023_two_viviers():
    # 3e échelon and six years of functions since 2022; the last échelon: 6e or 7e by the source
    gens = pe(
        6,
        grade="hors_classe",
        echelon=["3", "3", "2", "6", "7", "4"],
        annees_fonctions=[6, 5, 9, 0, 8, np.nan],
    )
    table = analysed(2, gens, annee=2022).table.set_index("numero")
    assert table["vivier"].to_dict() == {
        "D0": "vivier 1",
        "D3": "vivier 2",
        "D4": "viviers 1 et 2",
        "D5": "vivier 1 si fonctions",
    }
    assert table.index[table["a_verifier"]].tolist() == ["D3", "D5"]


def test_the_gap_to_the_bar_is_counted_from_the_last_proposed_by_rank():
    # 120, 100, 80, 60 for the appréciation, 30 for one year in the 10e (sections.se-unsa.org/88)
    marks = ["satisfaisant", "excellent", "a_consolider", "tres_satisfaisant"]
    answer = analysed(3, pe(appreciation=marks))
    rows = answer.table.set_index("numero")
    assert rows.index.tolist() == ["D1", "D3", "D0", "D2"]
    assert rows["bareme"].tolist() == [150, 130, 110, 90]
    assert rows["ecart_a_la_barre"].tolist() == [20, 0, -20, -40]
    assert answer.details["distribution"].values.tolist() == [
        [90, 0, 1],
        [110, 0, 1],
        [130, 1, 0],
        [150, 1, 0],
    ]


def test_each_list_has_its_bar():
    gens = pe(
        6,
        departement=["063"] * 3 + ["003"] * 3,
        appreciation=[
            "excellent",
            "satisfaisant",
            "a_consolider",
            "satisfaisant",
            "a_consolider",
            "a_consolider",
        ],
    )
    rows = analysed(3, gens, par="departement").table.set_index("numero")
    # 150 and 110 are proposed in the first, 110 and 90 in the second
    assert [rows.loc[f"D{n}", "barre"] for n in range(6)] == [110, 110, 110, 90, 90, 90]


def test_a_bareme_of_the_source_that_differs_and_a_person_without_rank_are_told():
    gens = pe(appreciation=["excellent", "excellent", "", "excellent"], bareme=[150, 150, 1, 140])
    answer = analysed(3, gens)
    assert answer.avertissements == (
        "1 promouvable sans classement : appreciation manque",
        "1 barèmes de la source diffèrent du barème calculé",
    )
    assert answer.table["numero"].iloc[-1] == "D2"


def test_the_ties_at_the_bar_are_counted_on_both_sides_by_sex_and_department():
    # 150 four times; without balance the oldest in the corps come first: D0, D1, D2
    gens = pe(
        5,
        departement=["063", "063", "003", "003", "003"],
        appreciation=[*["excellent"] * 4, "satisfaisant"],
    )
    answer = analysed(4, gens, contingent=3, procedures="hc_toulouse_2019")
    rows = answer.table.set_index("groupe")
    counts = ["promouvables", "proposes", "ex_aequo_proposes", "ex_aequo_non_proposes"]
    assert rows.loc["Ensemble", counts].tolist() == [5, 3, 3, 1]
    assert rows.loc["F", counts].tolist() == [3, 2, 2, 0]
    assert rows.loc["H", counts].tolist() == [2, 1, 1, 1]
    assert rows.loc["003", counts].tolist() == [3, 1, 1, 1]
    assert set(rows["barre"]) == {"150 points"}
    assert rows.loc["Ensemble", "departage"] == "ancienneté dans le corps"
    assert "procédure d’un autre champ" in answer.legende


def test_two_procedures_break_the_tie_each_in_its_way():
    # Bordeaux 2022: women first; Toulouse 2019: the oldest in the corps (2000, 2001)
    gens = pe(entree_corps=pd.to_datetime(["2003-09-01", "2000-09-01", "2002-09-01", "2001-09-01"]))
    answer = analysed(4, gens, procedures="hc_toulouse_2019, hc_bordeaux_2022")
    moves = answer.details["mouvements"]
    assert set(moves.loc[moves["mouvement"] == "entre", "numero"]) == {"D0", "D2"}
    assert set(moves.loc[moves["mouvement"] == "sort", "numero"]) == {"D1", "D3"}
    rows = answer.table.set_index(["procedure", "groupe"])
    assert rows.loc[("hc_bordeaux_2022", "H"), "proposes"] == 0
    assert rows.loc[("hc_bordeaux_2022", "H"), "barre"] == ""


def test_a_bar_that_is_no_bareme_is_said_as_what_it_is():
    # PCEA 2024: by échelon, a list a sex; three places for two women and two men are 2 and 1
    gens = pe(echelon=["9", "10", "11", "11"], anciennete_jours=1000)
    rows = analysed(4, gens, contingent=3, procedures="hc_pcea_2024").table.set_index("groupe")
    assert rows.loc["Ensemble", "critere"] == "échelon"
    assert rows.loc[["F", "H"], "barre"].tolist() == ["9e échelon", "11e échelon"]


PUBLISHED_2023 = {
    "certifie": (46_344, 9_732), "peps": (6_295, 1_321), "plp": (12_396, 2_603),
    "cpe": (2_341, 491), "psyen": (1_648, 346),
}  # fmt: skip


def test_the_contingent_is_the_whole_part_published_in_2023():
    # sgenplus.cfdt.fr, répartition du contingent 2023
    sizes = {corps: listed for corps, (listed, _) in PUBLISHED_2023.items()} | {"pe": 95_991}
    corps = np.repeat(list(sizes), list(sizes.values()))
    gens = pd.DataFrame(
        {
            "numero": np.arange(len(corps)).astype(str),
            "corps": corps,
            "grade": "classe_normale",
            "echelon": "10",
            "anciennete_jours": 400,
            "academie": "06",
        }
    )
    table = analysed(5, gens, annee=2023).table
    given = table[table["nom"] == "Ensemble"].set_index("corps")["contingent"].to_dict()
    assert given.pop("pe") == 20_157 + 1  # the source published one less than 0.21 × 95 991
    assert given == {corps: places for corps, (_, places) in PUBLISHED_2023.items()}


def test_what_the_departments_leave_is_to_be_shared_by_the_recteur():
    # 23 % of 10: 2.3; of 6 and 4: 1.38 and 0.92
    gens = pe(10, departement=["063"] * 6 + ["003"] * 4)
    answer = analysed(5, gens)
    assert answer.table[["calcul", "contingent", "reste"]].values.tolist() == [[2.3, 2, 0.3]] * 2
    shares = answer.details["departements"].set_index("departement")["contingent"]
    assert shares.to_dict() == {"003": 0, "063": 1, "reste à répartir": 1}
    assert analysed(5, gens.assign(corps="certifie")).details == {}


def test_the_academies_together_have_no_more_than_the_corps():
    answer = analysed(5, pe(8, academie=["06"] * 4 + ["10"] * 4, departement=""), taux=30)
    # 30 % of 4: 1.2; of 8: 2.4
    assert answer.table["contingent"].tolist() == [1, 1, 2]
    assert answer.table["nom"].tolist() == ["Clermont-Ferrand", "Lyon", "Ensemble"]


def test_the_opposed_come_first_with_their_reason_then_the_last_echelon_not_proposed():
    gens = pe(
        6,
        echelon=["10", "11", "11", "11", "10", "10"],
        opposition=[1, 0, 0, 1, 0, 0],
        motif_opposition=["manquements", "", "", "", "", ""],
        appreciation=[
            "excellent",
            "excellent",
            "a_consolider",
            "excellent",
            "excellent",
            "a_consolider",
        ],
    )
    answer = analysed(12, gens)
    rows = answer.table.set_index("numero")
    # 11e: 120 + 80, then 60 + 80; 10e: 120 + 30: two places for D1 and D4
    assert rows["cause"].tolist() == ["opposition motivée"] * 2 + ["dernier échelon, non proposé"]
    assert sorted(rows.index[:2]) == ["D0", "D3"]
    assert rows.index[2] == "D2"
    assert rows.loc[["D0", "D2"], "motif"].tolist() == ["manquements", "après le contingent"]
    assert "1 oppositions sans motif" in answer.legende


def test_the_last_echelon_is_that_of_the_grade_held():
    # the 7e of the hors classe since 2021 (durees_echelon.csv)
    gens = opinions(["favorable"] * 4, ["favorable"] * 4).assign(echelon=["6", "7", "7", "5"])
    answer = analysed(12, gens, grade="classe_exceptionnelle", contingent=0)
    assert answer.table["numero"].tolist() == ["D1", "D2"]


def test_an_opposition_outside_the_list_is_counted():
    answer = analysed(12, pe(echelon=["10", "10", "10", "4"], opposition=[0, 0, 0, 1]))
    assert answer.table.empty
    assert "1 oppositions hors de la liste" in answer.legende


def test_near_retirement_is_a_right_open_by_the_end_of_the_year_of_the_campaign():
    # loi 2025-1403: born in 1963, 62 years and 9 months: D0 on 2025-12-31, D1 on 2026-01-01;
    # active category born in 1967, 57 years and 6 months: D2 on 2024-07-01, D3 is sédentaire
    births = pd.to_datetime(["1963-03-31", "1963-04-01", "1967-01-01", "1967-01-01"])
    gens = pe(date_naissance=births, categorie_retraite=["", "", "active", "sedentaire"])
    answer = analysed(13, gens, contingent=0)
    assert answer.table["numero"].tolist() == ["D0", "D2"]
    assert answer.table["ouverture_droit"].astype(str).tolist() == ["2025-12-31", "2024-07-01"]
    later = analysed(13, gens, contingent=0, au=pd.Timestamp("2026-01-01").date())
    assert later.table["numero"].tolist() == ["D0", "D1", "D2"]


def test_a_reserve_takes_who_is_near_retirement_out_of_rank():
    # two places, half of them reserved: D5, the last but one, instead of the second by rank
    marks = [*["excellent"] * 4, "a_consolider", "satisfaisant"]
    gens = pe(6, retraitable=[1, 0, 0, 0, 1, 1], sexe="F", appreciation=marks)
    answer = analysed(13, gens, reserve=50)
    rows = answer.table.set_index("numero")
    assert rows["par_la_reserve"].to_dict() == {"D5": True, "D4": False}
    counts = answer.details["reserve"].set_index("scenario")
    assert counts["places_reservees"].tolist() == [0, 1]
    assert counts["proposes"].tolist() == [1, 2]
    assert not analysed(13, gens).table["par_la_reserve"].any()


def test_a_birth_that_misses_is_counted_far_from_retirement():
    answer = analysed(13, pe(date_naissance=pd.to_datetime(["1960-01-01", None, None, None])))
    assert "3 lignes comptées loin de la retraite, sans naissance" in answer.legende


def test_a_column_that_holds_nothing_is_as_if_it_missed():
    gens = pe(opposition=pd.NA, retraitable=pd.NA, sexe="")
    assert analysed(12, gens).table.empty
    assert analysed(13, gens).hypotheses[-1].startswith("proches de la retraite : droit à pension")
    assert analysed(4, gens).table["groupe"].tolist() == ["Ensemble"]


def test_thirty_per_cent_of_each_list_by_echelon_and_sex():
    # ten in the 6e: 3 places; four in the 8e: 1.2; Toulouse 2024: appréciation, then the corps
    gens = pe(14, echelon=["6"] * 10 + ["8"] * 4, sexe=["F"] * 2 + ["H"] * 11 + ["F"])
    rows = analysed(14, gens).table.set_index("echelon")
    assert rows["promouvables"].to_dict() == {"6": 10, "8": 4}
    assert rows["contingent"].to_dict() == {"6": 3, "8": 1}
    assert rows["reste"].to_dict() == {"6": 0, "8": 0.2}
    assert rows.loc["6", ["femmes_proposees", "hommes_proposes"]].tolist() == [2, 1]
    assert rows.loc["8", ["femmes_proposees", "hommes_proposes"]].tolist() == [0, 1]
    assert rows.loc["6", "part_femmes_proposees"] == 66.7
    assert rows.loc["6", "part_femmes_promouvables"] == 20


def test_agreges_have_a_list_by_discipline():
    gens = accelerated(8, corps="agrege", discipline=["L1300"] * 4 + ["L0202"] * 4)
    rows = analysed(14, gens).table
    assert rows[["discipline", "promouvables", "contingent"]].values.tolist() == [
        ["L0202", 4, 1],
        ["L1300", 4, 1],
    ]
    assert analysed(14, gens, par_discipline=False).table["contingent"].tolist() == [2]


def test_the_matrix_of_opinions_and_the_share_of_double_best():
    first = ["tres_favorable", "tres_favorable", "favorable", "defavorable", "favorable"]
    second = ["tres_favorable", "favorable", "tres_favorable", "favorable", ""]
    answer = analysed(15, opinions(first, second), contingent=1)
    assert answer.table["avis_1"].tolist() == ["très favorable", "favorable", "défavorable"]
    assert answer.table.drop(columns="avis_1").values.tolist() == [[1, 1, 0], [1, 0, 0], [0, 1, 0]]
    shares = answer.details["double_tres_favorable"].set_index("groupe")
    assert shares["part"].to_dict() == {"promouvables": 25, "proposés": 100}
    assert answer.details["proposes"].drop(columns="avis_1").to_numpy().sum() == 1
    assert "1 promouvable sans deux avis connus" in answer.legende


@pytest.mark.parametrize("number", TABLES)
def test_row_order_has_no_effect(number):
    table, _ = TABLES[number]
    one, other = analysed(number), analysed(number, table.iloc[::-1])
    pd.testing.assert_frame_equal(one.table, other.table)
    for name, detail in one.details.items():
        pd.testing.assert_frame_equal(detail, other.details[name])


@pytest.fixture(scope="module")
def population():
    return iprof_kit.generate(3_000, 1)


GENERATED = {
    1: {}, 2: {}, 3: {"corps": "pe"}, 4: {"corps": "pe"}, 5: {}, 12: {"corps": "pe"},
    13: {"corps": "pe", "reserve": 5}, 14: {"corps": "certifie"}, 15: {"corps": "certifie"},
}  # fmt: skip


@pytest.mark.parametrize("number", GENERATED)
def test_every_answer_on_a_population_says_projet_and_draws_its_figure(population, number):
    rates = {} if number in (1, 2, 14) else {"suppose": "dernier_connu"}
    answer = iprof_kit.analyser(number, population, **GENERATED[number], **rates)
    assert len(answer.table)
    assert iprof_kit.legende(answer.table).startswith("PROJET. ")
    assert "sera promu" not in answer.legende
    assert answer.figure().get_suptitle().endswith("PROJET")


@pytest.mark.parametrize("number", sorted(set(TABLES) - {14}))
def test_where_nobody_is_promouvable_the_table_is_empty_and_says_so(population, number):
    young = population[(population["corps"] == "pe") & (population["echelon"] == "2")]
    rates = {} if number in (1, 2) else {"suppose": "dernier_connu"}
    answer = iprof_kit.analyser(number, young, **rates)
    assert "personne n’est promouvable" in answer.legende
    answer.figure()


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (lambda: iprof_kit.analyser(1, pe()), "année de la campagne.*annee=…"),
        (
            lambda: analysed(3, pe(corps=["pe", "plp"] * 2)),
            "plusieurs.*Choisissez-en un.*: pe, plp",
        ),
        (lambda: analysed(3, suppose="peut-être"), "suppose.*refuser, dernier_connu"),
        (lambda: analysed(12, grade="colonel"), "colonel.*hors_classe"),
        (lambda: analysed(13, reserve=120), "réserve de 120\u00a0%"),
        (lambda: analysed(3, procedure="hc_pcea_2024"), "pas selon un barème"),
        (lambda: analysed(4, procedures="inconnue"), "inconnue.*n’existe pas"),
        (lambda: analysed(13, pe().drop(columns="date_naissance")), "manque.*date_naissance"),
        (lambda: analysed(15, TABLES[15][0].drop(columns="avis_2")), "manque.*avis_2"),
        (lambda: analysed(3, academie="99"), "aucune ligne.*academie = 99"),
        (lambda: analysed(5, academie="99"), "academie = 99.*groupe est vide"),
        (lambda: analysed(3, pe(echelon="4")), "promouvables.*groupe est vide"),
        (lambda: analysed(5, pe(corps="chaire_sup", echelon="4")), "aucun corps.*hors classe"),
        (lambda: analysed(3, pe(numero="D0")), "plusieurs lignes"),
    ],
)
def test_what_cannot_be_answered_says_what_to_do(asked, said):
    with pytest.raises(InputError, match=said):
        asked()
