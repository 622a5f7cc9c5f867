"""Tables for analysts, from the fictitious sample and from files."""

from datetime import date

import pandas as pd
import pytest

from iprof_kit.analytics.careers import bonifiables, derouler_carrieres, promouvables
from iprof_kit.analytics.dossiers import COLUMNS, load_dossiers
from iprof_kit.base.errors import InputError, KitError, Unavailable
from iprof_kit.careers.ranking import Ranking


@pytest.fixture(scope="module")
def dossiers():
    return load_dossiers()


def test_the_sample_has_one_row_a_person_and_documented_columns(dossiers):
    assert list(dossiers.columns) == list(COLUMNS)
    assert dossiers["numero"].is_unique
    jean = dossiers.set_index("numero").loc["D0001"]
    assert (jean["corps"], jean["echelon"], jean["quotite"]) == ("pe", "7", 80)
    assert jean["date_effet"] == pd.Timestamp("2024-09-01")


def test_jean_is_promouvable_from_2033(dossiers):
    # décret 90-680 art. 25: two years at the 9e on 31 August; 9e on 2031-03-01
    jean = dossiers[dossiers["numero"] == "D0001"]
    assert promouvables(jean, 2032).empty
    (row,) = promouvables(jean, 2033).to_dict("records")
    assert row["grade_cible"] == "hors_classe"
    assert (row["echelon"], row["anciennete_jours"]) == ("9", 900)
    assert row["decide_par"].startswith("recteur")
    assert not row["a_verifier"]


@pytest.mark.parametrize(
    ("echelon", "since", "listed"),
    [("6", "2024-12-01", 2026), ("6", "2024-08-31", 2025), ("8", "2024-12-01", 2026)],
    ids=["second year of the 6e", "two years on the eve", "21 months in the 8e"],
)
def test_a_bonification_is_listed_in_the_school_year_of_its_shortened_duration(
    dossiers, echelon, since, listed
):
    # durees_echelon.csv: two years in the 6e, two years and a half in the 8e, instead of 3 and 3.5
    one = dossiers[dossiers["numero"] == "D0001"].assign(
        echelon=echelon, date_effet=pd.Timestamp(since), reliquat_jours=0
    )
    one["periodes"] = [[] for _ in range(len(one))]
    found = [year for year in (2025, 2026, 2027) if len(bonifiables(one, year))]
    assert found == [listed]


def test_promouvables_keep_the_order_of_the_dossiers(dossiers):
    table = promouvables(dossiers, 2027)
    order = dossiers["numero"].tolist()
    places = [order.index(number) for number in table["numero"]]
    assert len(places) > 5
    assert places == sorted(places)


def test_three_years_of_disponibilite_move_every_step(dossiers):
    # D0013: 7e on 2022-12-01, away from 2024-09-01 to 2027-08-31 (CGFP L514-1)
    away = dossiers[dossiers["numero"] == "D0013"]
    steps = derouler_carrieres(away)["date"].dt.strftime("%Y-%m-%d").tolist()
    assert steps[:3] == ["2022-12-01", "2028-12-01", "2032-06-01"]
    # décret 90-680 art. 25: two years at the 9e on 31 August
    assert promouvables(away, 2033).empty
    (row,) = promouvables(away, 2034).to_dict("records")
    assert not row["a_verifier"]


def test_a_conge_parental_is_counted_exactly(dossiers):
    # D0012: 6e on 2025-03-01, three years (CGFP L515-9)
    steps = derouler_carrieres(dossiers[dossiers["numero"] == "D0012"])["date"]
    assert steps.iloc[1] == pd.Timestamp("2028-03-01")


def with_periods(dossiers, *periods, **changes):
    jean = dossiers[dossiers["numero"] == "D0001"].assign(**changes)
    return jean.assign(periodes=[tuple(periods)])


def test_whoever_is_away_on_31_august_is_not_listed(dossiers):
    ninth = {"echelon": "9", "date_effet": pd.Timestamp("2022-09-01")}
    leave = ("Disponibilité", "convenances personnelles", date(2026, 6, 1), date(2026, 12, 31))
    away = with_periods(dossiers, leave, **ninth)
    assert [len(promouvables(away, year)) for year in (2025, 2026)] == [1, 0]


def test_an_open_disponibilite_suspends_the_career(dossiers):
    leave = ("Disponibilité", "convenances personnelles", date(2026, 6, 1), None)
    away = with_periods(dossiers, leave)
    assert derouler_carrieres(away)["nature"].tolist() == ["depart"]


@pytest.mark.parametrize(
    "period",
    [
        ("Hors cadres", None, date(2025, 9, 1), date(2026, 8, 31)),
        ("Congé parental", None, date(2026, 9, 1), None),
    ],
    ids=["unknown position", "no end"],
)
def test_what_may_change_the_answer_is_to_be_verified(dossiers, period):
    ninth = {"echelon": "9", "date_effet": pd.Timestamp("2022-09-01")}
    table = promouvables(with_periods(dossiers, period, **ninth), 2025)
    assert table["a_verifier"].tolist() == [True]


@pytest.mark.parametrize(
    ("position", "listed"),
    [
        ("Disponibilité", []),  # CGFP L514-1
        ("En retraite", []),  # CGFP L550-1
        ("xyz", []),  # nobody knows: it is asked
        ("Congé parental", [True]),  # CGFP L515-9: five years at most, to be verified
        ("En activité", [False]),
    ],
)
def test_a_position_without_dates_is_judged_by_its_name(dossiers, position, listed):
    ninth = {"echelon": "9", "date_effet": pd.Timestamp("2022-09-01"), "position": position}
    for known in (
        with_periods(dossiers, **ninth),
        with_periods(dossiers, **ninth).drop(columns="periodes"),
    ):
        found = promouvables(known, 2025)
        assert found["a_verifier"].tolist() == listed
        assert len(found.attrs["ecartees"]) == 1 - len(listed)


@pytest.mark.parametrize("born", ["1954-02-01", "1900-01-01"])
def test_a_birth_without_limite_d_age_sets_one_person_aside_with_her_number(dossiers, born):
    pair = dossiers[dossiers["numero"].isin(["D0001", "D0002"])].assign(
        grade="classe_normale", echelon="9", date_effet=pd.Timestamp("2022-09-01")
    )
    pair.loc[pair["numero"] == "D0002", "date_naissance"] = pd.Timestamp(born)
    for table in (promouvables(pair, 2025), derouler_carrieres(pair)):
        assert set(table["numero"]) == {"D0001"}
        (lost,) = table.attrs["non_lues"]
        assert lost["numero"] == "D0002"
        assert lost["erreur"].startswith("date_naissance : ")


def test_a_position_that_ends_before_it_begins_is_named(dossiers):
    wrong = ("Disponibilité", None, date(2026, 6, 1), date(2026, 5, 1))
    with pytest.raises(InputError, match="dossier D0001"):
        derouler_carrieres(with_periods(dossiers, wrong))


def test_a_campaign_before_the_tables_is_refused(dossiers):
    with pytest.raises(KitError, match="2012"):
        promouvables(dossiers, 2012)


def test_steps_are_dated_and_people_without_corps_are_listed(dossiers):
    table = derouler_carrieres(dossiers)
    assert table.attrs["sans_corps"] == ["D0042"]
    jean = table[table["numero"] == "D0001"]
    assert jean["date"].dt.strftime("%Y-%m-%d").tolist() == [
        "2024-09-01",
        "2027-09-01",
        "2031-03-01",
        "2035-03-01",
        "2039-03-01",
    ]
    assert jean["indice_majore"].tolist() == [524, 562, 595, 634, 678]


def test_a_population_may_be_ranked_and_cut(dossiers):
    everybody = Ranking(lambda corps, what, year: 10_000, first_year=2027)
    table = derouler_carrieres(dossiers, everybody, jusqu_au=date(2030, 12, 31))
    assert "grade" in table["nature"].tolist()
    assert table["date"].max() <= pd.Timestamp("2030-12-31")


def test_a_csv_of_the_import_is_read(tmp_path):
    file = tmp_path / "dossiers.csv"
    file.write_text(
        "numero;civilite;prenom;nom;date_naissance;statut;academie;source;lu_le;corps;grade;"
        "echelon;date_effet;position;position_debut;position_fin\n"
        "X1;Madame;Zoé;Essai;20/05/1991;Fonctionnaire;06;essai;2026-11-12;pe;classe_normale;6;"
        "01/09/2021;En activité;2014-09-01;\n"
        "X1;;;;;;;;;pe;classe_normale;7;2024-09-01;Congé parental;01/09/2025;31/08/2026\n"
        "X2;Monsieur;Ali;Essai;1990-01-01;Agent contractuel;06;essai;2026-11-12;;;;;;\n",
        encoding="utf-8",
    )
    table = load_dossiers(file)
    assert table["numero"].tolist() == ["X1", "X2"]
    assert table.loc[0, "echelon"] == "7"
    assert table.loc[0, "date_naissance"] == pd.Timestamp("1991-05-20")
    assert table.loc[1, "corps"] == ""
    assert table.loc[0, "periodes"] == (
        ("En activité", None, date(2014, 9, 1), None),
        ("Congé parental", None, date(2025, 9, 1), date(2026, 8, 31)),
    )
    assert table.loc[1, "periodes"] == ()


def test_a_broken_line_is_refused_with_its_number(tmp_path):
    file = tmp_path / "dossiers.jsonl"
    file.write_text('\n{"numero": "X1"}\n', encoding="utf-8")
    with pytest.raises(InputError, match="ligne 2"):
        load_dossiers(file)


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(Unavailable):
        load_dossiers(tmp_path / "absent.jsonl")


@pytest.mark.parametrize(
    ("change", "words"),
    [({"echelon": "12"}, "dossier D0001"), ({"date_effet": pd.NaT}, "dossier D0001")],
)
def test_a_row_that_cannot_be_read_is_named(dossiers, change, words):
    jean = dossiers[dossiers["numero"] == "D0001"].assign(**change)
    with pytest.raises(InputError, match=words):
        derouler_carrieres(jean)


def test_a_column_that_misses_is_named(dossiers):
    with pytest.raises(InputError, match="date_effet"):
        derouler_carrieres(dossiers.drop(columns="date_effet"))


@pytest.mark.parametrize("listing", [promouvables, bonifiables])
@pytest.mark.parametrize("annee", ["2027", None, True, 27, 10**30, 2027.5])
def test_a_campaign_that_is_no_year_is_refused_by_name(dossiers, listing, annee):
    with pytest.raises(InputError, match="annee=2027") as refused:
        listing(dossiers, annee)
    assert refused.value.where == "annee"


@pytest.mark.parametrize("listing", [promouvables, bonifiables])
def test_the_former_name_of_the_campaign_warns_and_says_when_it_goes(dossiers, listing):
    asked = listing(dossiers, annee=2027)
    with pytest.warns(DeprecationWarning, match=r"annee.*1\.0"):
        former = listing(dossiers, year=2027)
    pd.testing.assert_frame_equal(former, asked)
