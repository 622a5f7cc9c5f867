"""Reference tables: the real ones load, a bad one is refused and says where it is bad."""

from datetime import date

import pandas as pd
import pytest

from iprof_kit.base.calendar import axis_of
from iprof_kit.base.errors import BadTable, LawError, PeriodNotCovered
from iprof_kit.base.paths import REFERENCE
from iprof_kit.law.tables import loading
from iprof_kit.law.tables.shapes import SCHEMAS
from iprof_kit.law.tables.verified import verified_until

HEAD = (
    "corps,grade,echelon,chevron,duree_mois,duree_acceleree_mois,valide_du,valide_au,source,"
    "confiance\n"
)
GOOD = "pe,classe_normale,1,,12,,2017-09-01,2020-12-31,décret,A\n"


def read(tmp_path, text):
    path = tmp_path / "durees_echelon.csv"
    path.write_text(text, encoding="utf-8")
    return loading.read_table(path, SCHEMAS["durees_echelon"], frozenset({"pe"}))


@pytest.mark.parametrize("name", sorted(SCHEMAS))
def test_every_reference_table_loads_and_has_a_verification_date(name):
    assert len(loading.load_reference(name))
    if name != "verifie":
        assert verified_until(name) <= date(2100, 1, 1)


def test_every_file_of_the_folder_is_a_known_table():
    assert {path.stem for path in REFERENCE.glob("*.csv")} == set(SCHEMAS)


def test_a_good_table_is_typed(tmp_path):
    frame = read(tmp_path, HEAD + GOOD)
    assert frame["valide_du"].iloc[0] == pd.Timestamp(2017, 9, 1)
    assert frame["duree_mois"].tolist() == [12]
    assert pd.isna(frame["duree_acceleree_mois"].iloc[0])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (HEAD.replace("duree_mois,", "") + GOOD, "colonne absente.*duree_mois"),
        (HEAD + GOOD + GOOD.replace("pe", "prof"), r"ligne 3.*corps inconnu.*prof"),
        (HEAD + GOOD.replace("2020-12-31", "2020-02-30"), r"ligne 2.*date impossible.*2020-02-30"),
        (HEAD + GOOD.replace("2017-09-01", "01/09/2017"), r"ligne 2.*date impossible"),
        (HEAD + GOOD.replace(",12,", ",douze,"), r"ligne 2.*nombre attendu.*douze"),
        (HEAD + GOOD.replace(",A", ",E"), r"ligne 2.*confiance inconnue"),
        (HEAD + GOOD + GOOD.replace("2017-09-01", "2020-12-31"), r"ligne 3.*chevauche"),
        (HEAD + GOOD.replace("2020-12-31", "") + GOOD.replace("2017", "2018"), "chevauche"),
    ],
    ids=[
        "column",
        "corps",
        "date",
        "french date",
        "number",
        "confidence",
        "overlap",
        "open overlap",
    ],
)
def test_a_bad_table_is_refused_at_load(tmp_path, text, message):
    with pytest.raises(BadTable, match=message):
        read(tmp_path, text)


def test_a_list_that_lost_a_rank_is_refused_with_its_name(tmp_path):
    rows = (REFERENCE / "parcours_conditions.csv").read_text(encoding="utf-8").splitlines()
    file = tmp_path / "parcours_conditions.csv"
    kept = [row for row in rows if not row.startswith("LA_AGREGE,2,")]
    file.write_text("\n".join(kept), encoding="utf-8")
    with pytest.raises(BadTable, match=r"rang 2 manque .*LA_AGREGE"):
        loading.read_table(file, SCHEMAS["parcours_conditions"], frozenset())


def test_a_gap_between_two_rows_is_legitimate(tmp_path):
    later = GOOD.replace("2020-12-31", "").replace("2017-09-01", "2022-01-01")
    assert len(read(tmp_path, HEAD + GOOD + later)) == 2


def test_an_absent_or_unreadable_file_is_a_bad_table(tmp_path):
    schema = SCHEMAS["durees_echelon"]
    with pytest.raises(BadTable, match="ne peut pas être lue"):
        loading.read_table(tmp_path / "absent.csv", schema, frozenset())
    (tmp_path / "latin.csv").write_bytes(HEAD.encode() + "décret\xe9".encode("latin-1"))
    with pytest.raises(BadTable, match="ne peut pas être lue"):
        loading.read_table(tmp_path / "latin.csv", schema, frozenset())


def test_an_unknown_table_lists_the_known_ones():
    with pytest.raises(LawError, match="grilles"):
        loading.load_reference("inconnue")


def test_the_caller_may_change_her_copy():
    frame = loading.load_reference("corps")
    frame["corps"] = "x"
    assert "x" not in set(loading.load_reference("corps")["corps"])


def test_rows_in_force_on_a_day():
    point = loading.at("point_indice", date(2023, 6, 30))
    assert point["valeur_annuelle_point"].tolist() == [58.2004]


def test_a_day_before_the_table_is_not_covered():
    with pytest.raises(PeriodNotCovered, match=r"période non couverte.*1er octobre 2009"):
        loading.at("point_indice", date(2009, 9, 30))


def test_an_undated_table_has_no_day():
    with pytest.raises(LawError, match="pas datée"):
        loading.at("corps", date(2024, 1, 1))


def test_after_the_verification_values_are_carried_forward():
    verified = verified_until()
    assert verified == date(2026, 11, 24)
    assert not loading.carried_forward("grilles", verified)
    assert loading.carried_forward("grilles", date(2026, 11, 25))


def test_the_days_on_which_the_law_changes_include_those_of_the_reforms():
    days = set(loading.change_days().tolist())
    assert days >= {
        axis_of(day)
        for day in (date(2017, 9, 1), date(2021, 1, 1), date(2023, 8, 6), date(2024, 1, 1))
    }
