"""A campaign in the analyst's words: the tables, the what-ifs, the reasons, the bad input."""

import re
from datetime import date

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import iprof_kit
from iprof_kit.base.errors import InputError, LawError

TABLES = (
    "promouvables", "plage_appel", "bareme", "classement", "contingent", "etapes", "tableau",
    "liste_complementaire", "reclassement", "equilibre", "pyramide",
)  # fmt: skip
APPRECIATIONS = ["excellent", "tres_satisfaisant", "satisfaisant", "a_consolider"]


def gens(size=6, **columns):
    base = {
        "numero": [f"D{n:04d}" for n in range(size)],
        "corps": "pe",
        "grade": "classe_normale",
        "echelon": "10",
        "anciennete_jours": 400,
        "entree_corps": pd.to_datetime([f"{2000 + n}-09-01" for n in range(size)]),
        "date_naissance": pd.to_datetime(["1975-05-20"] * size),
        "sexe": ["H", "H", "H", "F", "F", "F"][:size],
        "appreciation": "excellent",
        "departement": "063",
    }
    return pd.DataFrame(base | columns)


def ouvrir(table=None, **changes):
    words = {"corps": "pe", "grade": "hors_classe", "annee": 2025, "contingent": 3}
    words |= {"le": date(2026, 11, 25), "source": "extrait d’essai"}
    return iprof_kit.campagne(gens() if table is None else table, **(words | changes))


def test_the_table_holds_the_proposed_and_where_they_would_be_placed():
    table = ouvrir().tableau()
    # equal barème: 3 women of 6 for 3 places is 2; the last two men give way
    assert table["numero"].tolist() == ["D0000", "D0003", "D0004"]
    assert table["motif"].tolist() == ["rang", "équilibre", "équilibre"]
    # reclassement.csv T1: 10e with less than 2 years 6 months goes to the 3e, seniority kept
    assert set(table["echelon_apres"]) == {"3"}
    assert set(table["anciennete_conservee_jours"]) == {400}
    # grilles.csv: IM 634 at the 10e, 673 at the 3e of the hors classe
    assert set(table["indice_avant"]) == {634}
    assert (table["gain_points"] == table["indice_apres"] - 634).all()
    # 120 for « excellent », 30 for one year at the 10e (sections.se-unsa.org/88)
    assert table[["bareme", "points_appreciation", "points_plage"]].iloc[0].tolist() == [
        150,
        120,
        30,
    ]


def test_every_table_says_projet_with_its_source_date_filters_and_version():
    c = ouvrir(filtres={"departement": "063"})
    for name in TABLES:
        table = getattr(c, name)()
        held = table.attrs
        assert (held["statut"], held["source"], held["date"]) == (
            "PROJET",
            "extrait d’essai",
            "2026-11-25",
        ), name
        assert held["filtres"] == {"corps": "pe", "departement": "063"}
        assert held["version"] == iprof_kit.__version__
        caption = iprof_kit.legende(table)
        assert caption.startswith("PROJET. ")
        for word in ("25 novembre 2026", "departement = 063", "L’autorité décide", "à vérifier"):
            assert word in caption
    assert iprof_kit.legende(pd.DataFrame()) == "PROJET"


def test_decimals_are_carried_and_places_are_whole():
    c = ouvrir(gens(6), contingent=None, taux="23,5", report=0.6)
    (row,) = c.contingent().to_dict("records")
    # 6 × 23.5 % = 1.41 and 0.6 carried is 2.01: 2 places, 0.01 left
    assert (row["calcul"], row["contingent"], row["reste"]) == (2.01, 2, 0.01)
    assert row["proposes"] == 2
    assert ouvrir(contingent=None).contingent()["contingent"].tolist() == [1]  # 23 % in 2025


def test_the_list_that_follows_leaves_the_opposed_out():
    c = ouvrir(gens(opposition=[1, 0, 0, 0, 0, 0]))
    assert "D0000" not in c.tableau()["numero"].tolist()
    assert "D0000" not in c.liste_complementaire()["numero"].tolist()
    reasons = c.classement().set_index("numero")["motif"]
    assert reasons["D0000"] == "opposition motivée"
    assert len(c.liste_complementaire(1)) == 1


def test_a_what_if_changes_what_it_says_and_nothing_else():
    c = ouvrir(contingent=None, suppose="dernier_connu", annee=2027)
    assert c.contingent()["taux_pour_cent"].tolist() == [23]
    more = c.et_si(taux=50)
    assert more.contingent()["contingent"].tolist() == [3]
    assert [text[:10] for text in more.hypotheses] == ["taux donné"]
    assert c.contingent()["contingent"].tolist() == [1]
    assert c.et_si(contingent=4).contingent()["proposes"].tolist() == [4]
    with pytest.raises(InputError, match="contingent"):
        c.et_si(contingent=-1)


def test_another_procedure_is_a_hypothesis_and_the_moves_have_their_reasons():
    c = ouvrir()
    moves = c.comparer("hc_toulouse_2019")
    # Toulouse has no balance: the two men come back, the two women leave
    assert moves[["mouvement", "numero", "sexe"]].to_numpy().tolist() == [
        ["entre", "D0001", "H"],
        ["entre", "D0002", "H"],
        ["sort", "D0003", "F"],
        ["sort", "D0004", "F"],
    ]
    assert moves["pourquoi"].iloc[0] == (
        "rang 2, place cédée à l’équilibre ; puis rang 2, proposé au rang"
    )
    balance = c.bilan("hc_toulouse_2019").set_index("sexe")["solde"]
    assert balance.to_dict() == {"F": -2, "H": 2, "Ensemble": 0}
    other = c.et_si(procedure="hc_toulouse_2019")
    told = other.tableau().attrs["hypotheses"]
    assert any("procédure d’un autre champ" in text for text in told)


def test_the_balance_before_and_after():
    table = ouvrir().equilibre().set_index("sexe")
    assert table.loc["F", ["promouvables", "proposes_avant", "proposes"]].tolist() == [3, 0, 2]
    assert table.loc["F", "ecart_avant"] == -50
    assert table.loc["F", "ecart"] == 16.7


def test_why_she_is_there():
    told = ouvrir().pourquoi("D0003")
    assert (told.rang, told.sur, told.propose) == (4, 6, True)
    assert "ancienneté dans le corps" in told.phrases[1]
    assert any("fait entrer" in text for text in told.phrases)
    held = told.criteres.set_index("critere").loc["ancienneté dans le corps"]
    assert (held["precedente"], held["valeur"], held["suivante"]) == ("23 ans", "22 ans", "21 ans")
    assert held["departage"] == "précédente et suivante"
    assert any("90-680" in source for source in told.sources)
    assert "PROJET" in str(told)
    assert "<caption>PROJET" in told._repr_html_()
    with pytest.raises(InputError, match="D9999"):
        ouvrir().pourquoi("D9999")


def test_lists_by_department_each_have_their_contingent():
    table = gens(departement=["063", "063", "063", "003", "003", "003"])
    c = ouvrir(table, par=["departement"], contingent={"063": 1, "003": 2})
    assert c.contingent()[["liste", "proposes"]].to_numpy().tolist() == [["003", 2], ["063", 1]]
    with pytest.raises(InputError, match=r"aucun contingent n’est donné pour.*003"):
        ouvrir(table, par=["departement"], contingent={"063": 1}).contingent()


def test_the_dossiers_of_the_kit_are_brought_to_31_august():
    dossiers = iprof_kit.load_dossiers().assign(appreciation="satisfaisant")
    c = iprof_kit.campagne(dossiers, "pe", "hors_classe", 2027, suppose="dernier_connu")
    expected = iprof_kit.promouvables(dossiers, 2027)
    expected = expected[(expected["corps"] == "pe") & (expected["grade_cible"] == "hors_classe")]
    assert c.promouvables()["numero"].tolist() == expected["numero"].tolist()
    assert "appreciation" in c.classement()


def test_the_accelerated_advancement_has_its_lists_and_no_placement():
    table = gens(echelon=["6", "6", "6", "8", "8", "8"], anciennete_jours=500)
    c = ouvrir(
        table,
        grade="avancement_accelere",
        annee=2024,
        par=["echelon"],
        contingent=None,
        procedure="ac_toulouse_2024",
    )
    # 30 % of 3 is 0.9
    assert c.contingent()["contingent"].tolist() == [0, 0]
    assert c.et_si(contingent=1).tableau()["numero"].tolist() == ["D0000", "D0003"]
    with pytest.raises(InputError, match="avancement accéléré"):
        c.reclassement()


def test_a_number_held_twice_is_told_where_echelons_are_dated():
    twice = gens(numero="D0000", date_effet=pd.Timestamp("2024-09-01"))
    with pytest.raises(InputError, match="plusieurs lignes"):
        ouvrir(twice)


rows = st.lists(
    st.tuples(
        st.sampled_from(APPRECIATIONS),
        st.sampled_from(["9", "10", "11"]),
        st.integers(720, 1000),
        st.integers(0, 2),
        st.sampled_from(["F", "H"]),
    ),
    min_size=1,
    max_size=12,
)


@settings(max_examples=25, deadline=None)
@given(
    rows=rows,
    seed=st.integers(0, 99),
    name=st.sampled_from(["hc_ldg", "hc_54_2020", "hc_53_2024", "hc_creteil_prive_2025"]),
)
def test_the_order_of_the_rows_changes_no_table(rows, seed, name):
    size = len(rows)
    app, echelon, days, years, sex = zip(*rows, strict=True)
    entry = pd.to_datetime([f"{2000 + n}-09-01" for n in years])
    table = (
        gens(size=6)
        .head(0)
        .reindex(range(size))
        .assign(
            numero=[f"D{n:04d}" for n in range(size)],
            corps="pe",
            grade="classe_normale",
            echelon=echelon,
            anciennete_jours=days,
            entree_corps=entry,
            entree_grade=entry,
            debut_services=entry,
            date_naissance=entry,
            sexe=sex,
            appreciation=app,
            departement="063",
        )
    )
    shuffled = table.sample(frac=1, random_state=seed)
    one, other = (
        ouvrir(each, procedure=name, contingent=None, taux=40, report=0.5)
        for each in (table, shuffled)
    )
    for view in ("classement", "tableau", "contingent", "liste_complementaire", "bareme"):
        pd.testing.assert_frame_equal(getattr(one, view)(), getattr(other, view)())
    aside = int((one.classement()["motif"] == "à l’écart selon la procédure").sum())
    (counts,) = one.contingent().to_dict("records")
    assert counts["contingent"] == (4_000 * size + 5_000) // 10_000
    assert counts["proposes"] == min(counts["contingent"], size - aside)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"taux": 127, "contingent": None}, "taux : un taux de 127 % n’est pas possible"),
        ({"taux": "beaucoup", "contingent": None}, "n’est pas un taux"),
        ({"taux": 23.123, "contingent": None}, "plus de deux décimales"),
        ({"contingent": 2.5}, "nombre entier positif"),
        ({"report": 1.2}, "un report de 1.2 n’est pas possible"),
        ({"contingent": 9999}, "le contingent .9999. dépasse le nombre de promouvables .6."),
        ({"contingent": {"063": 9}, "par": ["departement"]}, "dépasse.*« 063 »"),
        ({"corps": ["pe"]}, "corps : une campagne est celle d’un seul corps"),
        ({"corps": "pee"}, "« pee » n’existe pas.*Vouliez-vous dire « pe »"),
        ({"grade": "hors_clase"}, "hors_clase.*Vouliez-vous dire « hors_classe »"),
        ({"annee": "2027"}, "« 2027 » n’est pas une année de campagne.*sans guillemets"),
        ({"corp": "pe"}, "l’option « corp » n’existe pas.*Vouliez-vous dire « corps »"),
        ({"filtres": {"departement": "63"}}, "aucune ligne.*corps = pe, departement = 63"),
        ({"filtres": {"circo": "1"}}, "colonne absente : circo"),
        ({"par": ["discipline"]}, "par : colonne absente : discipline"),
        ({"procedure": "hc_inconnue"}, "hc_inconnue.*n’existe pas.*hc_ldg"),
        ({"procedure": "absent.yml"}, "absent.yml : le fichier de procédure ne peut pas être lu"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_the_parameters_is_told(changes, words):
    with pytest.raises(InputError) as found:
        ouvrir(**changes).contingent()
    assert re.search(words, str(found.value).replace("\u00a0", " "))


def test_a_year_without_ratio_stops_the_places_not_the_lists():
    c = ouvrir(contingent=None, annee=2027)
    assert len(c.promouvables()) == 6
    with pytest.raises(LawError, match="taux non trouvé"):
        c.tableau()


def test_a_column_that_misses_is_named_with_its_criterion_and_the_rest_goes_on():
    c = ouvrir(gens().drop(columns=["entree_corps", "sexe"]))
    assert len(c.plage_appel()) == 1
    with pytest.raises(InputError) as found:
        c.classement()
    assert "entree_corps (critère « ancienneté dans le corps »)" in str(found.value).replace(
        "\u00a0", " "
    )
    with pytest.raises(InputError, match="analyse 6"):
        c.equilibre()


def test_a_row_that_cannot_be_ranked_is_told_and_the_others_go_on():
    table = gens(
        appreciation=["excellent", "tres bien", None, "excellent", "excellent", "excellent"],
        grade=[*["classe_normale"] * 5, "classe_anormale"],
    )
    c = ouvrir(table)
    errors = c.classement().set_index("numero")["erreur"]
    assert errors["D0001"].startswith("appreciation inconnu : « tres bien »")
    assert errors["D0002"] == "appreciation manque"
    assert c.contingent()["non_classes"].item() == 2
    assert c.pourquoi("D0002").phrases == ("Non classée : appreciation manque.",)
    assert len(c.tableau()) == 3
    assert "D0005" not in c.promouvables()["numero"].tolist()


@pytest.mark.parametrize("given", ["12 mois", "", None, float("inf")])
def test_a_seniority_that_is_missing_or_no_number_is_told_not_ranked(given):
    c = ouvrir(gens(anciennete_jours=[400, given, *[400] * 4]))
    held = c.non_lues()
    assert held["numero"].tolist() == ["D0001"]
    assert held["erreur"].item() == "anciennete_jours manque ou n’est pas un nombre"
    assert c.contingent()["non_classes"].item() == 0
    assert c.classement()["anciennete_jours"].tolist() == [400] * 5


def test_a_reliquat_that_is_absent_is_zero_and_one_that_is_no_number_is_told():
    table = iprof_kit.load_dossiers().assign(appreciation="satisfaisant")
    names = table.loc[table["corps"] == "pe", "numero"].tolist()
    table["reliquat_jours"] = table["reliquat_jours"].astype(object)
    table.loc[table["numero"] == names[0], "reliquat_jours"] = None
    table.loc[table["numero"] == names[1], "reliquat_jours"] = "un an"
    held = iprof_kit.campagne(table, "pe", "hors_classe", 2027).non_lues().set_index("numero")
    assert held["erreur"].to_dict() == {names[1]: "reliquat_jours n’est pas un nombre"}


@pytest.mark.parametrize("kind", ["Int64", object])
def test_services_that_are_missing_or_no_number_are_told_where_they_rank(kind):
    given = pd.Series([7200, None, 7000, 6900, 6800, 6700], dtype=kind)
    if kind is object:
        given[1] = "vingt ans"
    c = ouvrir(gens(ags_jours=given), procedure="hc_53_2024")
    errors = c.classement().set_index("numero")["erreur"]
    assert errors["D0001"] == "ags_jours manque ou n’est pas un nombre"
    assert (errors.drop("D0001") == "").all()
    # a procedure that does not look at services leaves nobody out
    assert (ouvrir(gens(ags_jours=given)).classement()["erreur"] == "").all()


def test_a_text_where_0_or_1_is_expected_is_told_and_the_others_go_on():
    c = ouvrir(gens(opposition=["0", "oui", "", "0", "0", "0"]))
    errors = c.classement().set_index("numero")["erreur"]
    assert errors["D0001"] == "opposition n’est pas un nombre : « oui »"
    assert (errors.drop("D0001") == "").all()
    reserve = ouvrir(gens(retraitable=["non", *["1"] * 5]), procedure="hc_55_2021")
    assert reserve.contingent()["non_classes"].item() == 1


@pytest.mark.parametrize(
    ("born", "held"),
    [("1985-08-31", "40 à 44 ans"), ("1985-09-01", "moins de 40 ans"), ("1900-01-01", None)],
)
def test_the_pyramid_counts_ages_at_31_august(born, held):
    table = ouvrir(gens(date_naissance=pd.Timestamp(born))).pyramide()
    assert list(dict.fromkeys(table["age"])) == [
        "60 ans et plus",
        "55 à 59 ans",
        "50 à 54 ans",
        "45 à 49 ans",
        "40 à 44 ans",
        "moins de 40 ans",
    ]
    found = table.groupby("age")["promouvables"].sum()
    assert found[held or "60 ans et plus"] == 6


def test_the_pyramid_counts_apart_those_whose_age_is_unknown():
    births = [pd.NaT, *[pd.Timestamp("1985-08-31")] * 5]
    table = ouvrir(gens(date_naissance=births)).pyramide()
    found = table.groupby("age")["promouvables"].sum()
    assert found["non renseigné"] == 1
    assert found.sum() == 6


def test_two_rows_of_one_person_are_told_with_their_lines():
    with pytest.raises(InputError, match=r"D0001.*\(2, 4\)"):
        ouvrir(gens(numero=["D0000", "D0001", "D0002", "D0001", "D0004", "D0005"])).tableau()


def test_an_empty_group_is_told():
    c = ouvrir(gens(retraitable=0), procedure="hc_55_2021")
    assert "groupe vide : agents proches de la retraite" in c.tableau().attrs["avertissements"][0]
    no_sex = ouvrir(gens().drop(columns="sexe"))
    assert "la colonne sexe manque" in no_sex.tableau().attrs["avertissements"][0]


def test_a_line_that_says_no_situation_is_told_and_the_rest_goes_on():
    table = gens(grade=[*["classe_normale"] * 5, "classe_anormale"], echelon=["15", *["10"] * 5])
    c = ouvrir(table)
    held = c.non_lues()
    assert held["ligne"].tolist() == [1, 6]
    assert "hors de la grille" in held["erreur"].iloc[0]
    assert "lignes non lues : 2" in c.tableau().attrs["avertissements"][0]
    assert len(c.tableau()) == 3

    dated = iprof_kit.load_dossiers().assign(appreciation="satisfaisant")
    dated.loc[dated["numero"] == "D0001", "date_naissance"] = pd.Timestamp("1899-01-02")
    dated.loc[dated["corps"] == "pe", "date_effet"] = dated["date_effet"].mask(
        dated["numero"] == "D0007"
    )
    held = iprof_kit.campagne(dated, "pe", "hors_classe", 2027).non_lues().set_index("numero")
    assert held.loc["D0001", "erreur"].startswith("date_naissance : ")


def test_an_empty_column_is_a_column_that_misses():
    c = ouvrir(gens(sexe=""))
    assert "la colonne sexe manque" in c.tableau().attrs["avertissements"][0]
    assert (c.classement()["erreur"] == "").all()


def test_nobody_promouvable_gives_empty_tables_that_say_so():
    c = ouvrir(gens(grade="hors_classe"), contingent=None)
    assert c.tableau().empty
    assert "personne n’est promouvable" in c.tableau().attrs["avertissements"]
    assert c.contingent()["contingent"].tolist() == [0]


def test_the_catalogue_lists_every_procedure():
    table = iprof_kit.procedures()
    assert len(table) == 16
    assert table.set_index("id").loc["ce_avis", "a_verifier"] == False  # noqa: E712


def test_opinions_rank_the_classe_exceptionnelle_and_an_unknown_one_is_named():
    table = gens(
        3,
        corps="certifie",
        grade="hors_classe",
        echelon="6",
        entree_corps=pd.Timestamp("2000-09-01"),
        entree_grade=pd.to_datetime(["2018-09-01", "2019-09-01", "2017-09-01"]),
        avis_1=["favorable", "tres_favorable", "tres_favorable"],
        avis_2=["tres_favorable", "tres_favorable", "favorable"],
    )
    words = {"corps": "certifie", "grade": "classe_exceptionnelle", "annee": 2026}
    ranked = ouvrir(table, **words).classement()
    assert ranked["numero"].tolist() == ["D0001", "D0002", "D0000"]
    table = table.assign(avis_1=["favorable", "bon", "favorable"])
    wrong = ouvrir(table, **words).classement().set_index("numero")["erreur"]
    assert wrong["D0001"] == (
        "avis_1 inconnu : « bon » (possibles : tres_favorable, favorable, defavorable)"
    )
