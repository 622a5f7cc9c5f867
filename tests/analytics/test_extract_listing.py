"""The rectorat's list « avancement d'échelon », laid out as iprof_inventaire.md § 11 says."""

import pandas as pd
import pytest
import typst

from iprof_kit.analytics.imports.extract import read_extract
from iprof_kit.analytics.imports.listing import held_echelon, read_listing
from iprof_kit.base.errors import InputError


@pytest.fixture(scope="module")
def listing(extracts):
    return read_extract(extracts / "avancement_echelon.txt", "liste")


def test_the_echelon_announced_is_the_one_aimed_at(listing):
    # § 11: « c’est l’échelon visé, pas l’actuel »; 4531: certifié, classe normale, privé
    first = listing.table.iloc[0]
    assert (first["corps"], first["grade"], first["secteur"]) == (
        "certifie",
        "classe_normale",
        "prive",
    )
    assert (first["echelon"], first["echelon_vise"]) == ("6", "7")
    assert (first["discipline"], first["appreciation"]) == ("L1300", "excellent")
    assert (first["anciennete_jours"], first["uai"]) == (3 * 360, "0639999A")
    assert (first["prochaine_promotion"], first["reliquat_type"]) == ("Pro BA", "AN")


def test_a_damaged_card_is_kept_with_a_warning(listing):
    sample = listing.table[listing.table["nom"] == "SAMPLE"].iloc[0]
    assert (sample["reliquat_type"], sample["reliquat_liste_jours"]) == ("", 375)
    assert sample["appreciation"] == "satisfaisant"


def test_homonyms_have_two_numbers_and_are_said(listing):
    numbers = listing.table.loc[listing.table["nom"] == "EXEMPLE", "numero"]
    assert numbers.nunique() == 2
    details = listing.report.details()
    assert set(details.loc[details["regle"] == "homonymes", "numero"]) == set(numbers)


def test_the_counts_of_each_section_are_checked(listing):
    totals = listing.report.totals
    assert totals[["annonce", "calcule", "concorde"]].values.tolist() == [
        [2, 2, True],
        [3, 2, False],
    ]


@pytest.mark.parametrize(
    ("number", "place"),
    [(3, ("3", "")), (4, ("4", "HEA1")), (5, ("4", "HEA2")), (6, ("4", "HEA3"))],
)
def test_the_list_counts_on_where_the_grid_has_chevrons(number, place):
    # 5511: agrégé hors classe, whose 4e échelon is paid HEA1 to HEA3
    assert held_echelon("5511", number)[:2] == place


def test_each_section_has_the_grade_written_above_it(extracts):
    text = (extracts / "avancement_echelon.txt").read_text("latin-1")
    second = " 4532 : ECR PROFESSEUR CERTIFIE HORS CLASSE\n ECHELON : 04"
    raw = read_listing(text.replace(" ECHELON : 09", second), "liste.txt")
    # codes: nomenclatures.csv, grade_prive
    assert raw.table["grade"].tolist() == ["4531", "4531", "4532", "4532"]
    assert raw.table["echelon"].tolist() == ["6", "6", "3", "3"]
    assert any("Plusieurs grades" in note for note in raw.notes)


def test_durations_and_dates_of_the_list_are_days_and_dates(listing):
    first = listing.table.iloc[0]
    # § 11: AAaMMmJJj and AAMMJJ; months of 30 days, years of 360
    assert first["reliquat_liste_jours"] == 180
    assert first["age_jours"] == 36 * 360 + 4 * 30 + 2
    assert first["date_prochaine_promotion"] == pd.Timestamp("2024-09-01")


def test_a_seniority_rounded_to_a_thousandth_is_the_one_of_its_date(extracts, tmp_path):
    text = (extracts / "avancement_echelon.txt").read_text("latin-1")
    file = tmp_path / "liste.txt"
    # 15/10/2021 to 31/08/2024 is 2 years 10 months 16 days; 2,876 years would be a day less
    file.write_text(text.replace("2.877", "2.876").replace("3.500", "1.500"), encoding="latin-1")
    extract = read_extract(file, "liste")
    assert extract.table["anciennete_jours"].tolist()[1] == 2 * 360 + 10 * 30 + 16
    details = extract.report.details()
    (why,) = details.loc[details["regle"] == "anciennete_effet", "pourquoi"]
    assert why.replace("\u00a0", " ") == (
        "l’ancienneté dit 1 an 6 mois, la date d’effet 3 ans 6 mois"
    )


def test_a_card_without_establishment_is_set_apart(listing):
    details = listing.report.details()
    assert details.loc[details["regle"] == "etablissement_absent", "ligne"].tolist() == [27]
    assert any("sans établissement" in note for note in listing.report.notes)


def test_a_list_of_an_unknown_grade_is_refused(extracts):
    text = (extracts / "avancement_echelon.txt").read_text("latin-1").replace("4531", "9999")
    with pytest.raises(InputError, match="grade"):
        read_listing(text.replace("CERTIFIE", "INCONNU"), "liste.txt")


def test_a_list_in_pdf_is_read(extracts, tmp_path):
    text = (extracts / "avancement_echelon.txt").read_text("latin-1").replace("\x90", "?")
    source = tmp_path / "liste.typ"
    source.write_text(
        '#set page(width: 30cm)\n#set text(font: "DejaVu Sans Mono", size: 8pt)\n'
        f"```\n{text}\n```\n",
        encoding="utf-8",
    )
    file = tmp_path / "liste.pdf"
    typst.compile(source, output=file)
    extract = read_extract(file, "liste")
    assert extract.table["nom"].tolist() == ["EXEMPLE", "SAMPLE", "EXEMPLE"]
    assert extract.table["date_effet"].dt.strftime("%d/%m/%Y").tolist() == [
        "01/09/2021",
        "15/10/2021",
        "01/03/2021",
    ]
