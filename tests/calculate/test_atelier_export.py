"""`iprof atelier export`: what a source is, where it is written, what is refused."""

import json

import pytest
from click.testing import CliRunner

from iprof_kit.base.errors import InputError
from iprof_kit.base.paths import PERSONAS
from iprof_kit.calculate.atelier.files import personas
from iprof_kit.calculate.atelier.seance import Seance, exported
from iprof_kit.calculate.et_si.calculation import answer
from iprof_kit.commands.trainers.atelier import atelier


def export(*arguments):
    made = CliRunner().invoke(atelier, ["export", *map(str, arguments)])
    if made.exception and not isinstance(made.exception, SystemExit):
        raise made.exception
    return made


@pytest.fixture
def seance_file(tmp_path):
    seance = Seance.of(personas()["karim_benali"])
    given = answer(seance.persona.question(seance.scenarios, seance.jour))
    file = tmp_path / "seance.json"
    file.write_bytes(exported(seance, given))
    return file


def test_a_persona_by_its_id_is_written_where_one_is(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    said = export("claire_vasseur").output
    assert "Écrit dans seance-claire-vasseur-2026-08-31.html" in said
    page = (tmp_path / "seance-claire-vasseur-2026-08-31.html").read_text(encoding="utf-8")
    assert "Claire" in page


@pytest.mark.parametrize(
    ("vers", "head"),
    [("html", b"<!doctype html>"), ("pdf", b"%PDF-"), ("diapos", b"<!DOCTYPE html>"),
     ("carnet", b"{")],
)  # fmt: skip
def test_a_seance_kept_in_a_file_is_taken_away_in_each_format(seance_file, tmp_path, vers, head):
    out = tmp_path / "sortie"
    export(seance_file, "--vers", vers, "--sortie", out)
    assert out.read_bytes().strip().startswith(head)


def test_a_persona_file_and_others_go_together(tmp_path):
    out = tmp_path / "deux.html"
    export(PERSONAS / "hugo_lambert.yml", "elodie_martin", "--sortie", out)
    page = out.read_text(encoding="utf-8")
    assert "Deux carrières à comparer" in page
    assert ">Hugo<" in page
    assert ">Élodie<" in page


def test_a_lesson_of_the_kit_is_taken_away_alone(tmp_path):
    out = tmp_path / "lecon.html"
    export("hors_classe", "--sortie", out)
    assert "Leçon à emporter" in out.read_text(encoding="utf-8")
    with pytest.raises(InputError, match="seule"):
        export("hors_classe", "claire_vasseur", "--sortie", tmp_path / "x.html")


def test_what_is_named_badly_is_told_the_nearest(tmp_path):
    with pytest.raises(InputError, match="« claire_vasseur »"):
        export("claire_vaseur", "--sortie", tmp_path / "x.html")


def test_a_file_is_never_written_over(seance_file):
    before = seance_file.read_bytes()
    with pytest.raises(InputError, match="existe déjà"):
        export("claire_vasseur", "--sortie", seance_file)
    assert seance_file.read_bytes() == before


def test_an_altered_seance_is_refused(seance_file, tmp_path):
    content = json.loads(seance_file.read_text(encoding="utf-8"))
    content["seance"]["horizon"] += 1
    seance_file.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(InputError, match="modifié"):
        export(seance_file, "--sortie", tmp_path / "x.html")


@pytest.mark.parametrize("source", ["rien.json", "rien.yml", "rien.md"])
def test_a_file_that_is_not_there_is_said(source, tmp_path):
    with pytest.raises(InputError, match=source):
        export(tmp_path / source, "--sortie", tmp_path / "x.html")
