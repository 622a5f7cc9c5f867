"""What an administrator configures and an analyst describes is decoded by a process of its own."""

from itertools import pairwise

import pytest

from iprof_kit.analytics.imports.source import load_source
from iprof_kit.base.errors import InputError, Unavailable
from iprof_kit.given import elsewhere, yaml_files
from iprof_kit.services.academies import academie, academies_of
from iprof_kit.services.desk.templates import templates

ACADEMY = "academies:\n- code: '14'\n  nom: Rennes\n  assistance_nom: Aide\n"
MODEL = "modeles:\n- nom: Vu\n  acte: repondre\n  texte: Bonjour {prenom}.\n"
SOURCE = "source: essai\nconfirme_le: 2026-09-01\ncolonnes:\n  2026-08-31: echelon\n  12: corps\n"
LEVELS = "abcdefghi"
SWELLS = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n" for before, name in pairwise(LEVELS)
)
TURNS = "a: &a [*a]\n"
WRONG = {"swells": SWELLS, "turns": TURNS, "long": "#" * 1_000_001}


def written(folder, text, name="donne.yml"):
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def not_here(*_):
    raise AssertionError("decoded by the process that asks")


def no_process(*_):
    raise PermissionError


def test_w12_configuration_templates_and_sources_are_decoded_elsewhere(tmp_path, monkeypatch):
    monkeypatch.setattr(yaml_files, "read_yaml", not_here)
    monkeypatch.setenv("IPROF_ACADEMIES", str(written(tmp_path, ACADEMY)))
    assert academie().nom == "Rennes"
    assert [one.nom for one in templates(written(tmp_path, MODEL, "modeles.yml"))] == ["Vu"]
    source = load_source(written(tmp_path, SOURCE, "source.yml"))
    assert source.columns == {"2026-08-31": "echelon", "12": "corps"}
    assert source.confirmed.isoformat() == "2026-09-01"


@pytest.mark.parametrize("where", ["process", "session"])
@pytest.mark.parametrize("text", WRONG.values(), ids=WRONG)
def test_w12_what_swells_turns_or_is_long_is_refused_in_french(tmp_path, monkeypatch, text, where):
    if where == "session":
        monkeypatch.setattr(elsewhere, "BoundedProcess", no_process)
    file = written(tmp_path, text)
    with pytest.raises(InputError, match="demande trop de mémoire"):
        load_source(file)
    with pytest.raises(Unavailable, match="configuration"):
        academies_of(file)


def test_w12_a_fault_of_writing_has_its_line(tmp_path):
    file = written(tmp_path, ACADEMY + "  nom: [\n")
    with pytest.raises(Unavailable) as refused:
        academies_of(file)
    assert refused.value.where == "donne.yml, ligne 6"
