"""A NUMEN or a social security number: never kept, never quoted, however it is written."""

import pytest
from few_people import people

import iprof_kit
from iprof_kit.analytics.identities import identity_in, masked
from iprof_kit.analytics.imports.extract import read_extract
from iprof_kit.analytics.imports.reporting.report_files import save_report
from iprof_kit.base.errors import InputError

HEAD = "numero;nom;prenom;grade;echelon;date_effet;motif opposition;opposition"
WRITINGS = ("06E1234507ABC", "06 E 1234507 ABC", "06-e-1234507-abc", "06.E.1234507.ABC")
NIRS = ("1850763123456", "1 85 07 63 123 456", "1.85.07.63.123.456 33", "185072A123456")


def extract_of(folder, *rows, head=HEAD):
    file = folder / "extrait.csv"
    file.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    return read_extract(file, "identites")


def line(numero, motif="", step="9"):
    return f"{numero};MARTIN;José;5531;{step};01/09/2024;{motif};0"


def everything(extract, folder):
    """Return all that is written of an extract: table, reports, mapping."""
    held = [extract.table.to_csv(), str(extract.table.attrs), extract.mapping.table().to_csv()]
    for suffix in (".csv", ".html"):
        held.append(save_report(extract.report, folder / f"r{suffix}").read_text("utf-8-sig"))
    return "\n".join(held)


@pytest.mark.parametrize("text", [*WRITINGS, *NIRS])
def test_an_identity_is_known_by_its_form_without_its_marks(text):
    assert identity_in(text)
    assert masked(f"voir {text}, dossier 12") == "voir (masqué), dossier 12"


@pytest.mark.parametrize(
    "text", ["P63-0412", "SYN000000001", "0631234A", "01/09/2024 - 31/08/2025", "06 12 34 56 78"]
)
def test_what_is_no_identity_is_left_as_it_is(text):
    assert masked(text) == text


@pytest.mark.parametrize(
    "text",
    ["06E12345607ABC", "06E123450ABC", "06E1234507AB", "06E1234507ABCD", "06 E 12345607 ABC"],
)
def test_w09_a_numen_with_one_sign_more_or_less_is_one_too(text):
    assert masked(f"voir {text}") == "voir (masqué)"


def objects_of(extract):
    """Every object that a person may reach from an extract, and show in a notebook."""
    report, seen = extract.report, []
    left = [extract, report, report.raw, extract.mapping, extract.source, report.notes]
    left += [*report.remarks, *report.raw.refused, *report.raw.repaired, *extract.mapping.guesses]
    for one in left:
        seen += [repr(one), str(one)]
        html = getattr(one, "_repr_html_", None)
        seen += [html()] if html else []
    return "\n".join(seen)


@pytest.mark.parametrize("number", [WRITINGS[0], "06E12345607ABC", "MARQUE-4711"])
def test_w09_nothing_that_a_notebook_shows_holds_a_cell_of_the_file(tmp_path, number):
    rows = [line(number), line(number, motif=f"voir {number}"), f"{number};trop;peu", line("A2")]
    extract = extract_of(tmp_path, *rows)
    shown = objects_of(extract)
    assert "MARTIN" not in shown
    assert number not in shown
    assert "4 lignes" in repr(extract.report)


def test_w09_an_error_of_reading_holds_no_cell(tmp_path):
    with pytest.raises(InputError) as refusal:
        extract_of(tmp_path, f"{WRITINGS[0]};MARTIN", head="quoi;rien")
    assert WRITINGS[0] not in str(refusal.value)
    assert "MARTIN" not in str(refusal.value)


@pytest.mark.parametrize("writings", [WRITINGS, NIRS[:2]])
def test_two_writings_of_one_identity_are_one_person(tmp_path, writings):
    found = [extract_of(tmp_path, line(text)).table["numero"].item() for text in writings]
    assert len(set(found)) == 1
    assert len(found[0]) == 16
    both = extract_of(tmp_path, line(writings[0]), line(writings[1], step="10"))
    details = both.report.details()
    (why,) = set(details.loc[details["regle"] == "numero_double", "pourquoi"])
    assert why == "numéro présent aux lignes 2, 3 (échelons 9, 10)"


@pytest.mark.parametrize("identity", [WRITINGS[1], NIRS[1]])
def test_an_identity_in_any_column_or_faulty_line_is_written_nowhere(tmp_path, identity):
    extract = extract_of(
        tmp_path,
        line("A1", f"voir {identity}"),
        line("A2", identity),
        f"A3;{identity};{identity};x;x;x;x;x;x;x",
        f"A4;{identity};José;5531;9",
        f"{identity} bis;NOM;José;5531;9;01/09/2024;;0",
    )
    said = everything(extract, tmp_path)
    assert identity not in said
    assert identity_in(identity) not in said
    assert extract.table["motif_opposition"].tolist()[:2] == ["voir (masqué)", ""]
    details = extract.report.details()
    assert set(details.loc[details["regle"] == "donnee_identifiante", "ligne"]) == {2, 3, 5}
    refused = details[(details["resultat"] == "refusée") & (details["colonne"] == "numero")]
    assert refused["pourquoi"].tolist() == ["donnée identifiante mêlée à un autre texte"]


TWELVE = {"numero": [f"D{n}" for n in range(12)], "echelon": "9"}


def test_a_working_set_or_a_published_table_holds_no_identity():
    told = people(TWELVE, matricule=WRITINGS[1])
    with pytest.raises(InputError, match="matricule") as refused:
        iprof_kit.pseudonymiser(told, motif="étude des échelons du corps", source="identites")
    assert "1234507" not in str(refused.value)
    with pytest.raises(InputError, match="matricule"):
        iprof_kit.publier(
            told, ["matricule"], motif="étude des échelons du corps", source="identites"
        )


def test_two_writings_have_one_pseudonym():
    twice = people(TWELVE).head(2).assign(numero=list(WRITINGS[:2]))
    found = iprof_kit.pseudonymiser(twice, motif="étude des échelons du corps", source="identites")
    assert len(set(found["numero"])) == 1
