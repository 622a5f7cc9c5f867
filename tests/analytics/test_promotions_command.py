"""`iprof promotions`: the file written says PROJET and where it comes from."""

import json
import stat

import openpyxl
import pandas as pd
import pytest
from click.testing import CliRunner

import iprof_kit
from iprof_kit.base.errors import InputError, Unavailable
from iprof_kit.commands.promotions import promotions, read_people


def run(folder, name, *words, **columns):
    table = iprof_kit.exemple_promouvables(60, 2027).assign(**columns)
    table.to_csv(folder / "gens.csv", index=False, sep=";")
    target = folder / name
    asked = [str(folder / "gens.csv"), "--corps", "pe", "--annee", "2027", "--vers", str(target)]
    if "--motif" not in words:
        asked += ["--motif", "préparation du tableau, pour le bureau des enseignants"]
    return target, CliRunner().invoke(promotions, [*asked, *words])


def test_a_workbook_says_projet_on_every_sheet(tmp_path):
    target, result = run(tmp_path, "tableau.xlsx", "--suppose", "dernier_connu")
    assert result.exit_code == 0, result.output
    # 23 % of 60 is 13.8
    assert "PROJET. 60 promouvables, 13 places, 13 propositions, 0 ligne" in result.output
    book = openpyxl.load_workbook(target)
    assert book.sheetnames[0] == "Tableau proposé"
    for sheet in book:
        assert sheet["A1"].value.startswith("PROJET. ")
        assert "Source : gens.csv" in sheet["A1"].value.replace("\u00a0", " ")
    assert book["Tableau proposé"].max_row == 3 + 13


def test_a_csv_says_projet_on_every_row_and_keeps_its_provenance_beside(tmp_path):
    target, result = run(tmp_path, "tableau.csv", "--taux", "50", "--departement", "063")
    assert result.exit_code == 0, result.output
    table = pd.read_csv(target, sep=";", encoding="utf-8-sig")
    assert len(table) == 30
    assert set(table["statut"]) == {"PROJET"}
    held = json.loads(target.with_suffix(".provenance.json").read_text(encoding="utf-8"))
    assert held["filtres"] == {"corps": "pe", "departement": "063"}
    assert held["hypotheses"][0].startswith("taux donné")


@pytest.mark.parametrize("name", ["tableau.xlsx", "tableau.csv"])
def test_a_list_by_name_is_read_by_its_owner_alone(tmp_path, name):
    (tmp_path / name).touch(mode=0o644)
    target, result = run(tmp_path, name, "--taux", "50")
    assert result.exit_code == 0, result.output
    assert stat.S_IMODE(target.stat().st_mode) == 0o600


def test_a_folder_that_is_absent_is_made_and_one_that_cannot_be_is_told(tmp_path):
    for name in ("ici/tableau.csv", "la/tableau.xlsx"):
        target, result = run(tmp_path, name, "--taux", "50")
        assert result.exit_code == 0, result.output
        assert target.exists()
    (tmp_path / "barre").write_text("un fichier, pas un dossier", encoding="utf-8")
    for name in ("barre/tableau.csv", "barre/tableau.xlsx"):
        _, result = run(tmp_path, name, "--taux", "50")
        assert isinstance(result.exception, Unavailable)
        assert "le tableau ne peut pas être écrit" in str(result.exception)


def test_a_cell_of_the_extract_never_becomes_a_formula(tmp_path):
    target, result = run(tmp_path, "tableau.xlsx", "--taux", "50", discipline="=1+1")
    assert result.exit_code == 0, result.output
    page = openpyxl.load_workbook(target)["Tableau proposé"]
    (column,) = [cell.column for cell in page[3] if cell.value == "discipline"]
    assert page.cell(4, column).value == "=1+1"
    assert page.cell(4, column).data_type == "s"
    target, _ = run(tmp_path, "tableau.csv", "--taux", "50", discipline="=1+1")
    assert set(pd.read_csv(target, sep=";")["discipline"]) == {"'=1+1"}


def test_what_is_wrong_is_told(tmp_path):
    _, result = run(tmp_path, "tableau.docx")
    assert "un tableau ne s’écrit pas en" in str(result.exception)
    _, result = run(tmp_path, "tableau.csv", "--taux", "127")
    assert "un taux de 127\u00a0% n’est pas possible" in str(result.exception)


def test_a_seniority_that_is_no_number_is_read_as_it_is_not_as_zero(tmp_path):
    table = iprof_kit.exemple_promouvables(3, 2027).astype({"anciennete_jours": object})
    table.loc[0, "anciennete_jours"] = "12 mois"
    table.assign(reliquat_jours=["", "30", ""]).to_csv(tmp_path / "gens.csv", index=False)
    read = read_people(tmp_path / "gens.csv")
    campaign = iprof_kit.campagne(read, "pe", "hors_classe", 2027, contingent=1)
    assert campaign.non_lues()["numero"].tolist() == [table.loc[0, "numero"]]
    assert len(campaign.classement()) == 2


@pytest.mark.parametrize("motif", ["", "CSA"])
def test_a_list_by_name_is_written_with_a_motive_or_not_at_all(tmp_path, motif):
    target, result = run(tmp_path, "tableau.xlsx", "--taux", "50", "--motif", motif)
    assert isinstance(result.exception, InputError)
    assert not target.exists()
    c = iprof_kit.campagne(iprof_kit.exemple_promouvables(9), "pe", "hors_classe", 2027, taux=50)
    with pytest.raises(InputError, match="motif"):
        c.ecrire(target, motif=motif)
    assert not target.exists()


def test_the_log_keeps_who_wrote_a_list_by_name_and_why(tmp_path):
    before = len(iprof_kit.exports())
    target, _ = run(tmp_path, "tableau.csv", "--taux", "50")
    (noted,) = iprof_kit.exports().iloc[before:].to_dict("records")
    assert (noted["etat"], noted["source"]) == ("fait", "gens.csv")
    assert noted["motif"].startswith("préparation du tableau")
    assert noted["fichiers"] == [str(target), str(target.with_suffix(".provenance.json"))]
    assert "nominatif" in noted["quoi"]


def test_a_position_reaches_the_command_the_file_and_its_captions(tmp_path):
    positions = ["En activité"] * 57 + ["Disponibilité", "xyz", "Congé parental"]
    target, result = run(tmp_path, "tableau.xlsx", "--taux", "90", position=positions)
    assert result.exit_code == 0, result.output
    assert "58 promouvables" in result.output
    assert "exclus par leur position\u00a0: 1 (disponibilité" in result.stderr
    assert "positions à demander\u00a0: 1 (position inconnue des tables" in result.stderr
    book = openpyxl.load_workbook(target)
    decided = {row[2].value: row[3].value for row in book["Positions"].iter_rows(min_row=4)}
    assert decided == {
        "Disponibilité": "exclue",
        "position inconnue": "à demander",
        "Congé parental": "gardée, à vérifier",
    }
    headings = [cell.value for cell in book["Tableau proposé"][3]]
    assert {"position", "a_verifier"} <= set(headings)
    assert "CGFP, art. L514-1" in book["Tableau proposé"]["A1"].value
    _, answered = run(
        tmp_path,
        "tableau.xlsx",
        "--taux",
        "90",
        "--position",
        "xyz=En activité",
        position=positions,
    )
    assert "59 promouvables" in answered.output


@pytest.mark.parametrize(
    ("answer", "words"),
    [("xyz", "ne dit pas le sens"), ("xyz=Ailleurs", "pas une position connue"),
     ("abc=En activité", "personne n’a la position")],
)  # fmt: skip
def test_an_answer_that_answers_nothing_is_refused(tmp_path, answer, words):
    _, result = run(
        tmp_path, "tableau.xlsx", "--taux", "90", "--position", answer, position=["xyz"] * 60
    )
    assert words in str(result.exception)


def test_a_numen_in_any_column_stops_the_file(tmp_path):
    target, result = run(tmp_path, "tableau.csv", "--taux", "50", discipline="06 E 1234507 ABC")
    assert "discipline" in str(result.exception)
    assert "1234507" not in str(result.exception)
    assert not target.exists()
