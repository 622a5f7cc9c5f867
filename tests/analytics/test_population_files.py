"""`iprof generate`: files, refusals, and a spoilt extract that the import must survive."""

import pytest
from click.testing import CliRunner

from iprof_kit.analytics.imports.extract import read_extract
from iprof_kit.analytics.population.build import generate
from iprof_kit.analytics.population.dirty import dirty_extract
from iprof_kit.base.errors import InputError
from iprof_kit.commands.generate import generate as command


@pytest.fixture(scope="module")
def clean():
    return generate(400, 11)


@pytest.fixture(scope="module")
def spoilt(clean):
    return dirty_extract(clean, 5)


def run(*arguments):
    return CliRunner().invoke(command, [str(a) for a in arguments], catch_exceptions=False)


def test_a_spoilt_extract_has_the_defects_of_an_office(spoilt):
    content, defects = spoilt
    text = content.decode("cp1252")
    assert text.startswith("PROJET")
    assert ";100,00;" in text
    assert "\r\nTotal;" in text
    assert "Éch." in text
    assert defects["defaut"].nunique() == 6


def test_one_seed_spoils_the_same_rows(clean, spoilt):
    assert dirty_extract(clean, 5)[0] == spoilt[0]


def test_the_import_reads_it_and_sees_every_spoilt_row(clean, spoilt, tmp_path):
    content, defects = spoilt
    file = tmp_path / "extrait.csv"
    file.write_bytes(content)
    got = read_extract(file)
    kept = got.table.set_index("numero")
    hard = defects[defects["defaut"] == "échelon hors de la grille"]["numero"]
    assert not set(hard) & set(kept.index)
    good = clean[~clean["numero"].isin(defects["numero"])].set_index("numero")
    assert set(good.index) <= set(kept.index)
    for name in ("corps", "grade", "echelon", "departement", "date_effet", "uai", "quotite"):
        assert (kept.loc[good.index, name] == good[name]).all(), name


def test_the_command_writes_a_population_and_its_calibration(tmp_path):
    table, report = tmp_path / "p.parquet", tmp_path / "c.html"
    answer = run("--size", 60, "--seed", 4, "--output", table, "--rapport", report)
    assert answer.exit_code == 0
    assert table.is_file()
    assert "hors tolérance" in answer.output
    assert "PROJET" in report.read_text(encoding="utf-8")


def test_the_command_writes_a_spoilt_extract_and_its_defects(tmp_path):
    run("--size", 60, "--seed", 4, "--output", tmp_path / "x.csv", "--sale")
    assert (tmp_path / "x.csv").is_file()
    assert (tmp_path / "x_defauts.csv").read_text(encoding="utf-8").startswith("numero;defaut")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "rien n’est demandé"),
        (("--output", "p.txt"), r"\.parquet"),
        (("--output", "p.parquet", "--sale"), r"\.csv"),
        (("--rapport", "c.docx"), r"\.html"),
    ],
)
def test_the_command_says_what_it_cannot_write(arguments, said):
    with pytest.raises(InputError, match=said):
        run("--size", 5, "--seed", 1, *arguments)
