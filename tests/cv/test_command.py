"""`iprof cv` on files: one that fails does not stop the others, nothing is written over."""

import json

import pytest
from click.testing import CliRunner
from pypdf import PdfReader

from iprof_kit.base.errors import InputError
from iprof_kit.cli import iprof
from iprof_kit.cv.inputs import own_only
from iprof_kit.cv.model import Cible, Cv, Faits, Lettre
from iprof_kit.cv.outputs import own
from iprof_kit.cv.person import Identite
from iprof_kit.cv.sections.diplomes import Diplome
from iprof_kit.cv.sections.fonctions import Fonction

DAY = ("--jour", "2026-11-25")
CAMILLE = Cv(
    faits=Faits(
        identite=Identite(prenom="Camille", nom="Martin", resume="Enseigner."),
        diplomes=(Diplome(id="d1", intitule="Licence d’anglais", annee="2006"),),
        fonctions=(Fonction(id="f1", intitule="Tutrice", debut="2015"),),
    ),
    cibles=(
        Cible(id="c1", titre="Mon CV"),
        Cible(id="c2", titre="CV d’été", lettre=Lettre(texte="Madame")),
    ),
)
ONE = CAMILLE.model_copy(update={"cibles": CAMILLE.cibles[:1]})


def run(*arguments):
    return CliRunner().invoke(iprof, ["cv", *map(str, arguments)], catch_exceptions=False)


@pytest.fixture
def file(tmp_path):
    def write(cv, name="camille.json"):
        path = tmp_path / name
        path.write_bytes(cv if isinstance(cv, bytes) else own.dump(cv))
        return path

    return write


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def with_annee(annee):
    line = CAMILLE.faits.diplomes[0].model_copy(update={"annee": annee})
    return ONE.model_copy(update={"faits": ONE.faits.model_copy(update={"diplomes": (line,)})})


def test_a_good_cv_exits_with_zero(file):
    result = run("validate", file(CAMILLE), *DAY)
    assert result.exit_code == 0
    assert "1 CV sans erreur sur 1" in result.stdout


def test_an_error_names_its_field_and_exits_with_one(file):
    result = run("validate", file(ONE), file(with_annee("2014-13"), "b.json"), *DAY)
    assert result.exit_code == 1
    assert "faits.diplomes.d1.annee" in result.stdout
    assert "2014-09-01" in result.stdout
    assert "1 CV sans erreur sur 2" in result.stdout


def test_advice_is_shown_when_asked_for(file):
    path = file(ONE)
    assert "aucune candidature n’est demandée" not in run("validate", path, *DAY).stdout
    assert "aucune candidature n’est demandée" in run("validate", path, "--conseils", *DAY).stdout


def test_each_cv_of_a_file_becomes_a_pdf_named_after_it(file, tmp_path):
    out = tmp_path / "pdf"
    result = run("render", file(CAMILLE), "--output", out, *DAY)
    assert result.exit_code == 0
    assert names(out) == ["camille-cv-d-ete.pdf", "camille-mon-cv.pdf"]
    assert "Licence d’anglais" in PdfReader(out / "camille-mon-cv.pdf").pages[0].extract_text()


def test_a_hundred_cvs_are_rendered_in_one_command(file, tmp_path):
    files = [file(ONE, f"cv-{number:03}.json") for number in range(100)]
    out = tmp_path / "pdf"
    result = run("render", *files, "--output", out, *DAY)
    assert result.exit_code == 0
    assert len(names(out)) == 100
    assert "100 fichiers écrits" in result.stdout
    assert "Mise en page" in result.stderr


@pytest.mark.parametrize(
    ("kind", "start"), [("pdf", b"%PDF-"), ("docx", b"PK"), ("txt", b"CAMILLE")]
)
def test_each_format_is_written(file, tmp_path, kind, start):
    run("render", file(ONE), "--output", tmp_path / "out", "--format", kind, *DAY)
    assert (tmp_path / "out" / f"camille.{kind}").read_bytes().startswith(start)


def test_one_cv_or_its_letter_can_be_chosen(file, tmp_path):
    out = tmp_path / "out"
    run(
        "render",
        file(CAMILLE),
        "--output",
        out,
        "--cible",
        "cv d'ete",
        "--piece",
        "lettre",
        "--format",
        "txt",
        *DAY,
    )
    assert names(out) == ["camille-lettre.txt"]
    assert "Madame" in (out / "camille-lettre.txt").read_text(encoding="utf-8")


def test_a_cv_or_a_piece_that_does_not_exist_is_told_with_the_known_ones(file, tmp_path):
    path, out = file(CAMILLE), tmp_path / "out"
    unknown = run("render", path, "--output", out, "--cible", "Autre", *DAY)
    assert unknown.exit_code == 1
    assert "Mon CV, CV d’été" in unknown.stderr
    without = run("render", path, "--output", out, "--cible", "Mon CV", "--piece", "annexe", *DAY)
    assert without.exit_code == 1
    assert "annexe" in without.stderr


def test_a_bad_file_does_not_stop_the_others(file, tmp_path):
    bad, out = file(b"{", "faux.json"), tmp_path / "out"
    result = run("render", bad, tmp_path / "absent.json", file(ONE), "--output", out, *DAY)
    assert result.exit_code == 1
    assert names(out) == ["camille.pdf"]
    assert "faux.json, ligne 1" in result.stderr
    assert "absent.json\u00a0: ce fichier n’existe pas" in result.stderr


def test_two_files_of_the_same_name_do_not_overwrite_each_other(file, tmp_path):
    (tmp_path / "b").mkdir()
    out = tmp_path / "out"
    run("export", file(ONE), file(ONE, "b/camille.json"), "--output", out, *DAY)
    assert names(out) == ["camille-2.resume.json", "camille.resume.json"]


def test_a_former_file_is_kept_unless_said_otherwise(file, tmp_path):
    path, out = file(ONE), tmp_path / "out"
    out.mkdir()
    former = out / "camille.pdf"
    former.write_text("à garder")
    refused = run("render", path, "--output", out, *DAY)
    assert refused.exit_code == 1
    assert "--remplacer" in refused.stderr
    assert former.read_text() == "à garder"
    assert run("render", path, "--output", out, "--remplacer", *DAY).exit_code == 0
    assert former.read_bytes().startswith(b"%PDF-")


def test_what_is_exported_is_imported_as_the_same_cv(file, tmp_path):
    out, received = tmp_path / "out", tmp_path / "reçu.json"
    run("export", file(CAMILLE), "--output", out, *DAY)
    resume = json.loads((out / "camille.resume.json").read_text(encoding="utf-8"))
    assert resume["education"][0]["studyType"] == "Licence d’anglais"
    run("import", out / "camille.resume.json", "--dans", received, *DAY)
    assert own_only(received.read_bytes(), "") == CAMILLE


def test_a_trial_shows_the_changes_and_writes_nothing(file, tmp_path):
    table = file(b"intitule;annee;jury\nMaster;2008;M. Durand\n", "diplomes.csv")
    received = file(ONE)
    before = received.read_bytes()
    result = run("import", table, "--dans", received, "--essai", *DAY)
    assert "Master, 2008, obtenu" in result.stdout
    assert "ligne 2, jury" in result.stdout
    assert received.read_bytes() == before
    run("import", table, "--dans", received, *DAY)
    assert [one.intitule for one in own_only(received.read_bytes(), "").faits.diplomes] == [
        "Licence d’anglais",
        "Master",
    ]


def test_an_import_keeps_the_former_file_and_may_take_additions_alone(file):
    received = file(ONE)
    before = received.read_bytes()
    given = file(b'{"basics": {"name": "Autre Personne", "url": "https://exemple.fr"}}', "r.json")
    result = run("import", given, "--dans", received, "--ajouts", *DAY)
    assert "1 changement," in result.stdout
    after = own_only(received.read_bytes(), "").faits
    assert (after.identite.nom, after.contact.site) == ("Martin", "https://exemple.fr")
    assert received.with_name("camille.json.avant").read_bytes() == before
    run("import", given, "--dans", received, *DAY)
    assert own_only(received.read_bytes(), "").faits.identite.nom == "Personne"


def test_an_import_into_a_file_that_is_not_ours_writes_nothing(file):
    other = file(b'{"basics": {"name": "Camille"}}', "autre.json")
    with pytest.raises(InputError, match=r"autre\.json"):
        run("import", file(ONE), "--dans", other, *DAY)
    assert other.read_bytes() == b'{"basics": {"name": "Camille"}}'


def test_orders_to_the_terminal_hidden_in_a_file_are_not_obeyed(file):
    path = file(b'{"basics": {"name": "A\\u001b[2JB", "x\\u001b[2J": 1}}')
    assert "\x1b" not in run("validate", path, *DAY).output


def test_ctrl_c_keeps_what_is_done(file, tmp_path, monkeypatch):
    from iprof_kit.commands import cv as command

    done = command.page
    calls = []

    def interrupted(*arguments):
        calls.append(arguments)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return done(*arguments)

    monkeypatch.setattr(command, "page", interrupted)
    files = [file(ONE, f"cv-{number}.json") for number in range(3)]
    result = run("render", *files, "--output", tmp_path / "out", *DAY)
    assert result.exit_code == 130
    assert names(tmp_path / "out") == ["cv-0.pdf"]
    assert "1 fichier sur 3" in result.stderr


def test_the_conditions_of_the_liste_d_aptitude_are_a_page_of_the_person(file, tmp_path):
    out = tmp_path / "out"
    run("render", file(CAMILLE), "--output", out, "--piece", "conditions", "--format", "txt", *DAY)
    assert names(out) == ["camille-conditions.txt"]
    text = " ".join((out / "camille-conditions.txt").read_text(encoding="utf-8").split())
    assert "40 ans" in text
    assert "ministre" in text


def test_a_page_too_many_and_characters_lost_are_said(file, tmp_path):
    lines = tuple(Fonction(id=f"f{n}", intitule=f"Poste {n}", debut="2015") for n in range(120))
    faits = ONE.faits.model_copy(update={"fonctions": lines})
    found = run(
        "render",
        file(ONE.model_copy(update={"faits": faits})),
        "--output",
        tmp_path / "p",
        "--modele",
        "une_page",
        *DAY,
    )
    assert "ne tient pas sur une page" in found.stderr
    chinese = with_annee("2006").model_copy(
        update={
            "faits": ONE.faits.model_copy(
                update={"identite": Identite(prenom="Camille", nom="中村")}
            )
        }
    )
    found = run("render", file(chinese, "c.json"), "--output", tmp_path / "q", *DAY)
    assert "« 中 », « 村 » ne peuvent pas être imprimés" in found.stderr.replace("\u00a0", " ")
    assert "« 中 »" in run("validate", file(chinese, "d.json"), *DAY).stdout.replace("\u00a0", " ")
    quiet = run("render", file(ONE), "--output", tmp_path / "r", *DAY)
    assert "Attention" not in quiet.stderr
