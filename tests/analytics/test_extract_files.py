"""Each known defect of an extract is a small file: every row is accounted for, and said."""

from datetime import date
from functools import cache

import openpyxl
import pandas as pd
import pytest

from iprof_kit.analytics.imports.extract import read_extract
from iprof_kit.analytics.imports.reporting.report_files import save_report
from iprof_kit.base.errors import InputError

# File: rows accepted, mended, refused; then remarks: line, column, result, words.
EXPECTED = {
    "utf8.csv": ((4, 0, 0), []),
    "utf8_bom.csv": ((4, 0, 0), []),
    "utf16.csv": ((4, 0, 0), []),
    "latin1.csv": ((4, 0, 0), []),
    "windows1252.csv": ((4, 0, 0), []),
    "dos.csv": ((4, 0, 0), []),
    "virgule.csv": ((3, 0, 0), []),
    "tabulation.csv": ((4, 0, 0), []),
    "decimale.csv": ((3, 1, 0), [
        (3, "quotite", "réparée", "fraction"), (5, "quotite", "à vérifier", "quotité payée"),
    ]),
    "zeros_perdus.csv": ((1, 3, 0), [
        (2, "departement", "réparée", "zéro de tête"), (2, "discipline", "réparée", "zéro de tête"),
        (2, "academie", "réparée", "zéro de tête"), (2, "uai", "réparée", "zéro de tête"),
    ]),
    "dates.csv": ((1, 4, 1), [
        (2, "date_naissance", "réparée", "siècle"), (2, "date_effet", "réparée", "zéro de tête"),
        (3, "entree_grade", "réparée", "tableur"), (5, "date_effet", "refusée", "impossible"),
        (6, "entree_grade", "vidée", "inversés"), (7, "entree_grade", "réparée", "fictive"),
    ]),
    "avant_l_entete.csv": ((4, 0, 0), []),
    "totaux.csv": ((4, 0, 0), []),
    "totaux_faux.csv": ((4, 0, 0), []),
    "en_tete_repete.csv": ((4, 0, 0), [(6, "position", "à vérifier", "inconnue")]),
    "encodages_meles.csv": ((2, 1, 0), [(4, "", "réparée", "encodage différent")]),
    "accents_abimes.csv": ((2, 1, 0), [
        (2, "nom", "réparée", "accents"), (3, "prenom", "à vérifier", "perdu"),
        (4, "nom", "à vérifier", "perdu"),
    ]),
    "ecriture_de_tableur.csv": ((0, 1, 0), [(2, "departement", "réparée", "tableur")]),
    "notation_scientifique.csv": ((0, 1, 2), [
        (2, "numero", "refusée", "scientifique"), (3, "numero", "réparée", "décimales"),
        (4, "numero", "refusée", "manque"),
    ]),
    "numeros_doubles.csv": ((2, 0, 3), [
        (3, "numero", "refusée", "lignes 3, 4"), (4, "numero", "refusée", "lignes 3, 4"),
        (6, "numero", "refusée", "identique"),
    ]),
    "dates_contradictoires.csv": ((1, 0, 3), [
        (3, "date_effet", "refusée", "entree_grade (01/09/2026) est après date_effet"),
        (4, "date_effet", "refusée", "entree_corps"), (5, "date_effet", "refusée", "naissance"),
    ]),
    "grade_inconnu.csv": ((2, 0, 2), [
        (3, "grade", "refusée", "Adjoint d’enseignement"), (4, "grade", "refusée", "inconnu"),
    ]),
    "hors_grille.csv": ((1, 1, 3), [
        (3, "echelon", "refusée", "1 à 7"), (4, "echelon", "refusée", "1 à 11"),
        (5, "echelon", "réparée", "HEA2"), (6, "echelon", "refusée", "HEB3"),
    ]),
    "anciennete_trop_longue.csv": ((4, 0, 0), [
        (3, "date_effet", "à vérifier", "5 ans dans un échelon de 3 ans"),
    ]),
    "sexe_civilite.csv": ((3, 0, 0), [(3, "sexe", "à vérifier", "contredisent")]),
    "naissance.csv": ((3, 1, 0), [
        (2, "date_naissance", "à vérifier", "20 ans"),
        (3, "date_naissance", "à vérifier", "77 ans"), (5, "date_naissance", "vidée", "année"),
    ]),
    "academie_departement.csv": ((4, 2, 0), [
        (3, "departement", "à vérifier", "académie 06, pas 10"),
        (5, "departement", "vidée", "INSEE"),
        (6, "academie", "réparée", "celle du département"),
        (7, "academie", "à vérifier", "supprimée depuis le 31/12/2019"),
    ]),
    "lignes_mal_coupees.csv": ((1, 2, 1), [
        (2, "", "réparée", "en trop"), (3, "", "réparée", "11 valeurs pour 13"),
        (4, "", "refusée", "15 valeurs pour 13"),
    ]),
    "guillemet_ouvert.csv": ((2, 1, 0), [(3, "", "réparée", "guillemet")]),
    "texte_sur_deux_lignes.csv": ((4, 0, 0), [(6, "motif_opposition", "à vérifier", "motif")]),
    "numen.csv": ((0, 3, 0), [(2, "numero", "réparée", "opaque")]),
    "en_tetes_reels.csv": ((4, 0, 0), []),
    "abreviations.csv": ((2, 0, 0), []),
    "sans_corps.csv": ((2, 0, 1), [
        (3, "corps", "à vérifier", "sans corps"), (4, "corps", "refusée", "manque"),
    ]),
    "annee_suivante.csv": ((4, 0, 0), []),
    "largeur_fixe.txt": ((3, 1, 1), [
        (6, "", "réparée", "ligne courte"), (6, "entree_corps", "vidée", "date"),
        (7, "", "refusée", "92 caractères pour 82"),
    ]),
    "tableur.xlsx": ((0, 4, 0), [(5, "quotite", "réparée", "fraction")]),
    "table.parquet": ((4, 0, 0), []),
    "avancement_echelon.txt": ((2, 1, 1), [
        (10, "nom", "à vérifier", "homonyme"), (16, "", "réparée", "abîmé"),
        (33, "", "réparée", "date d’accès"), (33, "date_effet", "refusée", "manque"),
    ]),
}  # fmt: skip
REFUSED = {
    "vide.csv": "est vide",
    "sans_en_tete.csv": "en-tête",
    "image.csv": "une image",
    "ancien.xls": "ancien classeur",
    "page_web.xls": "page web",
    "sans_noms.csv": "date_effet",
    "avis.csv": "grade",
}
OTHERS = {"README.md", "largeur_fixe.yml"}


@cache
def read(extracts, name, **options):
    source = extracts / "largeur_fixe.yml" if name == "largeur_fixe.txt" else "essai"
    return read_extract(extracts / name, source, **options)


def test_every_file_of_defects_has_its_expectation(extracts):
    assert {path.name for path in extracts.iterdir()} == {*EXPECTED, *REFUSED, *OTHERS}


@pytest.mark.parametrize("name", EXPECTED)
def test_a_defect_is_mended_or_refused_and_said(extracts, name):
    (accepted, mended, refused), remarks = EXPECTED[name]
    extract = read(extracts, name)
    counts = extract.report.counts
    assert (counts["acceptees"], counts["reparees"], counts["refusees"]) == (
        accepted,
        mended,
        refused,
    )
    assert counts["lignes"] == len(extract.report.rows()) == accepted + mended + refused
    assert len(extract.table) == accepted + mended
    details = extract.report.details()
    for line, column, result, words in remarks:
        here = details[(details["ligne"] == line) & (details["colonne"] == column)]
        said = here.loc[here["resultat"] == result, "pourquoi"].tolist()
        assert any(words in why for why in said), (line, column, said)
    refusals = {line for line, _, result, _ in remarks if result == "refusée"}
    assert set(details.loc[details["resultat"] == "refusée", "ligne"]) == refusals


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_extract_is_refused_with_what_to_do(extracts, name):
    with pytest.raises(InputError, match=REFUSED[name]) as caught:
        read(extracts, name)
    assert caught.value.where.startswith(name)
    assert caught.value.remedy


@pytest.mark.parametrize("name", ["utf8_bom.csv", "utf16.csv", "latin1.csv", "dos.csv",
                                  "tabulation.csv", "avant_l_entete.csv", "en_tetes_reels.csv",
                                  "table.parquet", "tableur.xlsx"])  # fmt: skip
def test_one_population_is_the_same_in_every_form(extracts, name):
    names = ["numero", "nom", "prenom", "sexe", "date_naissance", "corps", "grade", "echelon",
             "date_effet", "entree_grade", "entree_corps", "academie", "departement", "discipline",
             "quotite"]  # fmt: skip
    reference = read(extracts, "utf8.csv").table[names]
    table = read(extracts, name).table[names].copy()
    if name == "tableur.xlsx":
        table.loc[2, "discipline"] = ""
    pd.testing.assert_frame_equal(table, reference)


def test_the_abbreviations_of_the_usages_are_read(extracts):
    # rh_usages § 1: id sexe naiss corps grade ech dt_ech dt_grade dt_corps ags acad dept disc…
    table = read(extracts, "abreviations.csv").table
    first, second = table.to_dict("records")
    assert (first["corps"], first["grade"], first["ags_jours"]) == (
        "certifie",
        "hors_classe",
        15 * 360,
    )
    assert (first["avis_1"], first["avis_2"]) == ("tres_favorable", "favorable")
    assert second["ags_jours"] == 22 * 360 + 6 * 30 + 10
    assert (second["opposition"], second["appreciation"]) == (1, "a_consolider")
    assert (first["education_prioritaire"], first["bareme"]) == ("REP+", 145.5)


def test_a_day_written_above_the_headings_is_the_day_of_observation(extracts):
    assert read(extracts, "avant_l_entete.csv").observed == date(2026, 8, 31)
    assert read(extracts, "utf8.csv", observed=date(2027, 1, 1)).observed == date(2027, 1, 1)


def test_headings_repeated_in_a_file_are_no_people(extracts):
    extract = read(extracts, "en_tete_repete.csv")
    assert (extract.report.raw.repeated, extract.report.raw.blank) == (1, 1)
    assert extract.table["position"].tolist() == [
        "En activité",
        "Disponibilité",
        "Hors cadres",
        "Détachement",
    ]
    assert extract.table.attrs["mention"] == "PROJET"


def test_totals_are_counted_again(extracts):
    assert read(extracts, "totaux.csv").report.totals["concorde"].tolist() == [True] * 5
    wrong = read(extracts, "totaux_faux.csv").report.totals
    assert wrong[["annonce", "calcule", "concorde"]].values.tolist() == [
        [5, 4, False],
        [390, 380, False],
        [2, 1, False],
    ]


def test_a_numen_is_never_kept(extracts):
    extract = read(extracts, "numen.csv")
    kept = extract.table.to_csv() + extract.report.details().to_csv()
    assert "06E12345" not in kept
    again = read_extract(extracts / "numen.csv", "essai").table["numero"]
    assert again.tolist() == extract.table["numero"].tolist()
    other = read_extract(extracts / "numen.csv", "autre").table["numero"]
    assert not set(other) & set(again)


def test_totals_that_do_not_match_are_at_the_top_of_every_report(extracts, tmp_path):
    report = read(extracts, "totaux_faux.csv").report
    told = [f"{label} {said}".replace("\u00a0", " ") for label, said in report.announced()]
    assert told[0].startswith("Total annoncé : ")
    assert told[0].endswith(": NE CONCORDE PAS")
    rows = save_report(report, tmp_path / "r.csv").read_text("utf-8-sig").splitlines()
    assert "NE CONCORDE PAS" in rows[1]
    lines = [row.split(";")[0] for row in rows[1:]]
    assert all(line == "" or line.isdigit() for line in lines)
    assert {row.count(";") for row in rows} == {8}


def test_cells_without_value_are_counted(extracts, tmp_path):
    text = (extracts / "utf8.csv").read_text("utf-8").replace(";F;", ";;")
    (tmp_path / "sans.csv").write_text(text, encoding="utf-8")
    notes = read_extract(tmp_path / "sans.csv", "essai").report.notes
    (said,) = [note for note in notes if note.startswith("Cellules sans valeur")]
    assert "sexe 2" in said


def test_identities_without_a_named_source_are_refused(extracts):
    with pytest.raises(InputError, match="source"):
        read_extract(extracts / "numen.csv")


def test_a_text_on_two_lines_shifts_no_line_number(extracts):
    extract = read(extracts, "texte_sur_deux_lignes.csv")
    assert extract.report.lines.tolist() == [2, 3, 5, 6]
    assert extract.table["motif_opposition"][1] == "Absences répétées ; voir rapport"


def test_a_formula_without_result_is_no_number_and_a_default_is_said(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["numero", "grade", "echelon", "date_effet", "quotite"])
    book.active.append(["A1", "6151", "9", "01/09/2024", "=B2*2"])
    book.active.append(['=A2&"x"', "6151", "9", "01/09/2024", "8/10"])
    book.save(tmp_path / "formules.xlsx")
    extract = read_extract(tmp_path / "formules.xlsx", "essai")
    assert extract.table["numero"].tolist() == ["A1"]
    held = extract.report.details().set_index(["ligne", "colonne"])
    assert held.loc[(3, "numero"), "resultat"] == "refusée"
    assert "formule sans résultat" in held.loc[(3, "numero"), "pourquoi"]
    # an unreadable quotité counts as a full service: that is said, not « vidée »
    assert held.loc[(2, "quotite"), ["resultat", "retenu"]].tolist() == ["à vérifier", "100"]


def test_a_subtotal_that_names_a_number_announces_the_one_of_its_cells(extracts, tmp_path):
    text = (extracts / "totaux.csv").read_text("utf-8")
    file = tmp_path / "sous_totaux.csv"
    file.write_text(text.replace("Sous-total;2;", "Sous-total 01;2;"), encoding="utf-8")
    totals = read_extract(file, "essai").report.totals
    assert totals["concorde"].tolist() == [True] * 5


def test_a_long_sheet_of_notes_is_not_the_extract(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["numero", "grade", "echelon", "date_effet"])
    book.active.append(["A1", "6151", "9", "01/09/2024"])
    notes = book.create_sheet("Notes")
    for number in range(30):
        notes.append([f"remarque {number}"])
    book.save(tmp_path / "classeur.xlsx")
    extract = read_extract(tmp_path / "classeur.xlsx", "essai")
    assert extract.table["numero"].tolist() == ["A1"]
    assert any("Non lues\u00a0: Notes" in note for note in extract.report.notes)


@pytest.mark.parametrize("end", ["", "\n", "\n;;;;\n"])
def test_headings_alone_are_no_extract(tmp_path, end):
    file = tmp_path / "vide.csv"
    file.write_text(f"numero;grade;echelon;date_effet;quotite{end}", encoding="utf-8")
    with pytest.raises(InputError, match="aucune ligne de personne"):
        read_extract(file, "essai")


def test_usual_headings_and_a_misspelt_grade_are_understood(tmp_path):
    file = tmp_path / "mots.csv"
    file.write_text(
        "Num dossier;Corps;Grade;Echelon;Date effet;Net mensuel\n"
        "A1;Professeur des écoles;Classe normale;9;01/09/2024;2 345,67\n"
        "A2;Professeur des écoles;Hors clase;3;01/09/2024;2 500\n",
        encoding="utf-8",
    )
    extract = read_extract(file, "essai")
    assert extract.table[["numero", "net"]].to_numpy().tolist() == [["A1", 2345.67]]
    (why,) = extract.report.details().query("colonne == 'grade'")["pourquoi"]
    assert why.replace("\u00a0", " ").endswith("vouliez-vous dire « hors classe » ?")
