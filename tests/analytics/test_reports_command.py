"""`iprof rapports`: a report by academy, one that fails stops nothing, what is done stays done."""

import pytest
from click.testing import CliRunner

import iprof_kit
from iprof_kit.base.errors import InputError, Unavailable
from iprof_kit.commands.reports import reports

WHY = "bilan de la campagne devant le comité social"


@pytest.fixture(autouse=True)
def own_var(tmp_path_factory, monkeypatch):
    monkeypatch.setenv("IPROF_VAR", str(tmp_path_factory.mktemp("var")))


def three_academies():
    """Return forty promouvables of Clermont and forty of Lyon, and two beginners of Lille."""
    table = iprof_kit.exemple_promouvables(82, 2027)
    table["academie"] = ["06"] * 40 + ["10"] * 40 + ["09"] * 2
    beginners = table["academie"] == "09"
    table.loc[beginners, "grade"] = "hors_classe"
    return table


def run(folder, *words, table=None, motif=WHY):
    source = folder / "gens.csv"
    (three_academies() if table is None else table).to_csv(source, index=False, sep=";")
    asked = ["--corps", "pe", "--annee", "2027", "--vers", str(folder / "rapports"), "--taux", "50"]
    asked += ["--motif", motif] if motif else []
    return CliRunner().invoke(reports, [str(source), *asked, *words])


def pages(folder):
    return sorted(path.name for path in (folder / "rapports").glob("[!.]*-2027.*"))


def test_one_that_fails_does_not_stop_the_others_and_is_told_at_the_end(tmp_path):
    result = run(tmp_path)
    assert result.exit_code == 1
    assert "faits 2, déjà faits 0, en échec 1" in result.output.replace("\u00a0", " ")
    assert "Échec 09-pe-hors_classe-2027" in result.stderr
    assert "personne n’est promouvable" in result.stderr
    assert pages(tmp_path) == ["06-pe-hors_classe-2027.html", "10-pe-hors_classe-2027.html"]
    index = (tmp_path / "rapports" / "index.html").read_text(encoding="utf-8")
    assert 'href="06-pe-hors_classe-2027.html"' in index
    assert "Clermont-Ferrand" in index
    assert "personne n’est promouvable" in index


def test_the_academies_asked_alone_in_every_format_by_two_processes(tmp_path):
    result = run(
        tmp_path,
        "--academie",
        "06",
        "--academie",
        "Lyon",
        "--format",
        "html,pdf",
        "--processus",
        "2",
    )
    assert result.exit_code == 0, result.output
    assert len(pages(tmp_path)) == 4
    text = (tmp_path / "rapports" / "10-pe-hors_classe-2027.html").read_text(encoding="utf-8")
    assert "Académie\u00a0: Lyon" in text
    assert not [number for number in three_academies()["numero"] if number in text]
    assert iprof_kit.exports()["etat"].tolist() == ["fait", "fait"]


def test_what_is_finished_is_not_done_again_unless_something_changed(tmp_path):
    run(tmp_path, "--academie", "06,10")
    file = tmp_path / "rapports" / "06-pe-hors_classe-2027.html"
    before = file.stat().st_mtime_ns
    result = run(tmp_path, "--academie", "06,10")
    assert result.exit_code == 0
    assert "faits 0, déjà faits 2" in result.output.replace("\u00a0", " ")
    assert file.stat().st_mtime_ns == before
    file.write_text("abîmé", encoding="utf-8")
    assert "faits 1, déjà faits 1" in run(tmp_path, "--academie", "06,10").output
    table = three_academies()
    table.loc[0, "sexe"] = "H" if table.loc[0, "sexe"] == "F" else "F"
    assert "faits 1, déjà faits 1" in run(tmp_path, "--academie", "06,10", table=table).output


def test_the_page_of_a_folder_links_what_an_earlier_command_wrote(tmp_path):
    run(tmp_path, "--academie", "06")
    run(tmp_path, "--academie", "10")
    index = (tmp_path / "rapports" / "index.html").read_text(encoding="utf-8")
    assert index.count('href="') == 2


def test_an_internal_report_is_named_so_and_stands_apart(tmp_path):
    result = run(tmp_path, "--academie", "06", "--nominatif")
    assert result.exit_code == 0, result.output
    folder = tmp_path / "rapports"
    assert pages(tmp_path) == ["interne-06-pe-hors_classe-2027.html"]
    assert "INTERNE" in (folder / "interne-index.html").read_text(encoding="utf-8")
    assert not (folder / "index.html").exists()


def test_people_without_academy_are_counted(tmp_path):
    table = three_academies()
    table.loc[:2, "academie"] = ""
    assert (
        "Lignes sans académie, dans aucun rapport\u00a0: 3."
        in run(tmp_path, "--academie", "06", table=table).output
    )


@pytest.mark.parametrize(
    ("words", "options", "said"),
    [
        (["--academie", "99"], {}, "académie inconnue"),
        ([], {"motif": ""}, "demande un motif"),
        (["--format", "docx"], {}, "ne s’écrit pas en"),
        (["--corps", "cpe"], {"table": three_academies().drop(columns="academie")}, "academie"),
        (["--plan", "absent.yml"], {}, "plan de rapport ne peut pas être lu"),
    ],
    ids=["academy", "motive", "format", "column", "plan"],
)
def test_what_is_wrong_is_told_before_anything_is_written(tmp_path, words, options, said):
    result = run(tmp_path, *words, **options)
    assert isinstance(result.exception, InputError)
    assert said in str(result.exception)
    assert not (tmp_path / "rapports").exists()


def test_a_folder_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "rapports").write_text("un fichier", encoding="utf-8")
    result = run(tmp_path, "--academie", "06")
    assert isinstance(result.exception, Unavailable)
    assert "le dossier des rapports" in str(result.exception)
    assert iprof_kit.exports().empty
