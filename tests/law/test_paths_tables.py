"""Every row of concours.csv and parcours.csv is a path with its conditions, or completes one."""

import re
from datetime import date

import pytest

from iprof_kit.base.words import known_corps, label
from iprof_kit.law.paths.families import OPENINGS
from iprof_kit.law.paths.opening import KINDS
from iprof_kit.law.paths.rows import (
    FAMILIES,
    attached,
    authority,
    conditions,
    facts_known,
    months_known,
    natures,
    paths,
    threshold_days,
)
from iprof_kit.law.paths.sessions import first_session, is_fixed, limits, reference_day, session_of
from iprof_kit.law.tables.loading import table

UNDATED = {"", "RESULTATS_ADMISSIBILITE", "PREMIERE_EPREUVE"}
PATHS = [path for path in paths().values() if not path.attached_to]
RULES = [path for path in paths().values() if path.attached_to]


def codes(rows):
    return [path.code for path in rows]


def test_every_row_of_both_tables_is_a_path_or_completes_one():
    rows = [*table("concours")["code"], *table("parcours")["code"]]
    assert sorted(rows) == sorted([*codes(PATHS), *codes(RULES)])
    assert len(rows) == len(paths())


def test_rows_that_complete_a_path_are_few_and_say_why():
    assert set(codes(RULES)) == {
        "LA_DIRECTEUR_VALIDITE",
        "DISPO_AVANCEMENT_4ANS",
        "CFP_ENGAGEMENT",
        "ISRC_0_10",
        "ISRC_10_15",
        "ISRC_15_20",
        "ISRC_20_24",
        "ISRC_PLAFOND",
    }
    for path in RULES:
        assert conditions(path.code)[0].text
        assert set(path.attached_to) <= set(codes(PATHS))


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.code)
def test_a_path_has_conditions_that_rules_read_and_somebody_who_decides(path):
    assert path.family in FAMILIES
    assert path.family in OPENINGS
    assert conditions(path.code)
    assert {c.kind for c in conditions(path.code)} <= set(KINDS)
    assert authority(path)[0]


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.code)
def test_a_seniority_of_the_row_is_a_condition(path):
    years = path.text("anciennete_min_annees")
    if years not in ("", "0"):
        asked = [threshold_days(c) for c in conditions(path.code) if c.kind == "services"]
        assert int(years) * 360 in asked, "the table requires a seniority that no condition carries"


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.code)
def test_the_diploma_of_the_row_is_a_condition(path):
    said = path.text("diplome_min")
    levels = [c.value for c in conditions(path.code) if c.kind == "diplome"]
    if said in ("", "aucun"):
        assert not levels
    elif said.startswith(("licence ou", "licence (de", "inscription en L3")):
        assert levels == ["6"]
        assert label("niveau_diplome", "6").startswith("Licence")
    elif said.startswith(("master", "inscription en M2")):
        assert levels == ["7"]
        assert label("niveau_diplome", "7").startswith("Master")
    elif said == "doctorat":
        assert levels == ["8"]
        assert label("niveau_diplome", "8").startswith("Doctorat")
    else:
        assert "psycholog" in said
        assert [c for c in conditions(path.code) if c.kind == "fait" and "psycho" in c.key]


@pytest.mark.parametrize("path", [p for p in PATHS if p.table == "concours"], ids=lambda p: p.code)
def test_a_reference_date_is_read(path):
    code = path.text("date_reference_code")
    assert is_fixed(code) or code in UNDATED
    if is_fixed(code):
        month = {"janvier": 1, "septembre": 9, "octobre": 10, "décembre": 12}
        word = next(name for name in month if name in path.text("date_reference"))
        assert reference_day(code, 2027).month == month[word]


def test_a_condition_is_never_surer_than_its_path():
    for path in PATHS:
        for condition in conditions(path.code):
            own = condition.papers.confidence
            assert own >= path.papers.confidence or condition.kind in ("services", "en_vigueur")


def test_what_may_be_declared_is_a_condition_and_natures_are_known():
    rows = table("parcours_conditions")
    assert set(rows.loc[rows["genre"] == "services", "cle"]) <= set(natures())
    assert {c.key for p in PATHS for c in conditions(p.code) if c.kind == "fait"} <= set(
        facts_known()
    )
    assert {c.key for p in PATHS for c in conditions(p.code) if c.kind == "cumul"} <= set(
        months_known()
    )
    for row in natures().values():
        assert set(filter(None, row["comprend"].split(";"))) <= set(natures())


def test_an_external_concours_asks_for_no_corps():
    for path in PATHS:
        if path.text("voie") in ("externe", "externe_special", "troisieme"):
            assert not [c for c in conditions(path.code) if c.kind == "corps"], path.code


def test_the_corps_that_texts_cite():
    cited = {
        c.code: set(c.key.split(";"))
        for p in PATHS
        for c in conditions(p.code)
        if c.kind == "corps"
    }
    assert cited["LA_AGREGE"] == {"certifie", "plp", "peps"}
    assert cited["CHAIRE_SUP"] == {"agrege"}
    assert cited["IA_IPR"] == {"agrege", "chaire_sup"}
    assert cited["CAFIPEMF"] == cited["LA_DIRECTEUR"] == {"pe", "instituteur"}
    assert not {"PERDIR_INT", "CAPES_INT", "IRA_INT"} & set(cited)
    assert set(known_corps()) - cited["AGREG_INT"] == {"chaire_sup"}
    assert set(known_corps()) - cited["IEN"] == {"instituteur"}
    assert cited["HABIL_DDFPT"] == {"agrege", "certifie", "plp"}
    assert cited["CRPE_INT1"] == {"instituteur"}
    assert "psyen" not in cited["CAFFA"] | cited["CAPPEI_VAEP"] | cited["CERTIF_COMPL"]


def test_the_months_of_a_limit_are_those_of_the_row():
    for path in PATHS:
        for condition in conditions(path.code):
            if condition.kind == "cumul":
                assert path.number("duree_max_mois")


def test_sessions_of_the_formats_agree_with_the_reform():
    reform = table("reforme_concours_2026").set_index("cle")["valeur"]
    first, end = int(reform["premiere_session_bac3"]), int(reform["fin_format_bac5"])
    for path in PATHS:
        for condition in conditions(path.code):
            if condition.kind == "session":
                opens, closes = limits(condition.value)
                assert opens == first
                assert closes == end - 1 or path.code.endswith("_L3")


def test_each_kind_of_dated_reference_falls_on_its_day():
    assert reference_day("01-01_ANNEE_CONCOURS", 2027) == date(2027, 1, 1)
    assert reference_day("09-01_ANNEE_PRECEDENTE", 2027) == date(2026, 9, 1)
    assert reference_day("10-01_ANNEE_LISTE", 2027) == date(2027, 10, 1)
    assert reference_day("12-31_ANNEE_EXAMEN", 2027) == date(2027, 12, 31)


def test_the_first_session_is_the_first_whose_day_is_not_before(on):
    for code in ("01-01_ANNEE_CONCOURS", "09-01_ANNEE_PRECEDENTE", "12-31_ANNEE_EXAMEN"):
        day = on(reference_day(code, 2027))
        assert first_session(code, day) == 2027
        assert first_session(code, day + 1) == 2028


def test_a_school_year_belongs_to_the_session_of_its_end(on):
    assert session_of(on("2026-08-31")) == 2026
    assert session_of(on("2026-09-01")) == 2027


def test_the_rows_attached_to_the_rupture_are_the_slices_of_its_indemnity():
    found = codes(attached("RUPTURE_CONV"))
    assert all(re.match("ISRC_", code) for code in found)
    assert len(found) == 5
