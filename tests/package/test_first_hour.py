"""The first hour of a newcomer: help without the workshop, the port, JupyterLab as root."""

import functools
import importlib.util
import json
import re
import shutil
import socket
import subprocess
import sys
import threading
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

import iprof_kit
from iprof_kit import cli

ROOT = Path(__file__).parents[2]
_ENGLISH = re.compile(
    r"Usage:|Options:|\b(?:Commands|COMMAND|ARGS|TEXT|FILE|PATH|INTEGER|RANGE|default|required|"
    r"Show|Error|Try|No such|Missing|Invalid)\b"
)
WITHOUT_THE_WORKSHOP = """
import sys

class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ("itables", "openpyxl", "pandera", "pyarrow", "scipy"):
            raise ImportError(name)

sys.meta_path.insert(0, Absent())
"""


def run_without_the_workshop(code):
    command = [sys.executable, "-c", WITHOUT_THE_WORKSHOP + code]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)


@pytest.fixture(scope="module")
def bootstrap():
    spec = importlib.util.spec_from_file_location("bootstrap", ROOT / "bootstrap.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def launched(bootstrap, monkeypatch, tmp_path):
    """Note what a target would run, instead of preparing an environment."""
    seen = []
    monkeypatch.setattr(bootstrap, "python_of", lambda target: f"{tmp_path}/{target}/bin/python")
    monkeypatch.setattr(bootstrap, "run", lambda *command: seen.append(command) or 0)
    return seen


def test_the_help_lists_every_command_and_imports_none_of_them():
    done = run_without_the_workshop(
        "sys.argv = ['iprof', '--help']\n"
        "from iprof_kit import cli\n"
        "try:\n    cli.main()\n"
        "finally:\n    print(sorted(name for name in sys.modules if 'commands' in name))"
    )
    assert done.returncode == 0, done.stderr
    assert all(f"\n  {name}  " in done.stdout for name in cli.COMMANDS)
    assert "iprof_kit.commands" not in done.stdout


def usages(command, context):
    """Yield the usage line of a command, and of each command in it, however deep."""
    yield command.get_usage(context)
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            one = command.get_command(context, name)
            yield from usages(one, click.Context(one, info_name=name, parent=context))


def test_p18_every_usage_line_is_french_however_deep_its_command():
    lines = list(usages(cli.iprof, click.Context(cli.iprof, info_name="iprof")))
    assert len(lines) > len(cli.COMMANDS)
    assert not [line for line in lines if _ENGLISH.search(line)]


@pytest.mark.parametrize(("given", "code"), [([], 2), (["servir"], 2), (["--help"], 0)])
def test_p18_a_wrong_target_of_the_first_command_is_told_in_french(
    given, code, monkeypatch, capsys, bootstrap
):
    monkeypatch.setattr(sys, "argv", ["bootstrap.py", *given])
    assert bootstrap.main() == code
    told = "".join(capsys.readouterr())
    assert told.startswith("Usage\u00a0: python3 bootstrap.py CIBLE")
    assert "Cibles\u00a0: bench, " in told


@pytest.mark.parametrize("name", sorted(cli.COMMANDS))
def test_what_the_help_lists_is_a_command(name):
    done = CliRunner().invoke(cli.iprof, [name, "--help"])
    assert done.exit_code == 0
    assert done.output.startswith("Usage\u00a0: ")
    assert not _ENGLISH.search(done.output)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (["foo"], "la commande «\u00a0foo\u00a0» n’existe pas."),
        (["law", "pagez"], "Peut-être 'pages'\u00a0?"),
        (["law", "pages"], "il manque l’option '--output'."),
        (["account", "create"], "il manque l’argument 'COMPTE'."),
        (["career", "--corpss", "pe"], "l’option «\u00a0--corpss\u00a0» n’existe pas."),
        (["career", "--reliquat", "-3"], "-3 n’est pas possible. Valeurs admises\u00a0: x>=0."),
        (["generate", "--size", "x"], "«\u00a0x\u00a0» n’est pas un nombre entier."),
        (["cv", "validate"], "il manque l’argument 'FICHIER…'."),
        (["exports", "--depuis", "demain"], "n’est pas une date écrite AAAA-MM-JJ."),
        (["serve", "--theme-css", "/absent.css"], "«\u00a0/absent.css\u00a0» n’existe pas."),
        (["doctor", "a"], "il y a un argument de trop\u00a0: a."),
    ],
)
def test_a_command_badly_written_is_refused_in_french(asked, told):
    done = CliRunner().invoke(cli.iprof, asked)
    assert done.exit_code == 2
    assert told in done.output
    assert "L’aide est donnée par «\u00a0" in done.output
    assert not _ENGLISH.search(done.output)


def test_every_public_name_is_there_without_the_workshop_and_says_what_it_needs():
    done = run_without_the_workshop(
        "from iprof_kit import *\n"
        "import pandas\n"
        "try:\n    masquer(pandas.DataFrame({'a': ['x'], 'effectif': [3]}), ['a'])\n"
        "except Exception as error:\n    print(error)"
    )
    assert done.returncode == 0, done.stderr
    assert "scipy n’est pas installé" in done.stdout
    assert 'pip install ".[lab]"' in done.stdout


def test_a_question_is_asked_at_the_top_of_the_package():
    # 132 × 30 % = 39,6 : décret 90-680, art. 24 II, whole part
    found = iprof_kit.ask("quota", {"listes": [{"nom": "6e", "effectif": 132}]})
    assert found.listes[0].accordees == 39


@pytest.mark.parametrize(("former", "present"), [("project", "derouler_carrieres")])
def test_a_former_name_warns_and_still_works(former, present):
    with pytest.warns(DeprecationWarning, match=present) as said:
        found = getattr(iprof_kit, former)
    assert found is getattr(iprof_kit, present)
    assert said[0].filename == __file__
    assert former not in dir(iprof_kit)


def test_dir_shows_the_public_functions_and_nothing_else():
    assert dir(iprof_kit) == sorted(iprof_kit.__all__)


def test_a_port_in_use_is_said_before_anything_is_prepared(bootstrap, launched, capsys):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert bootstrap.serve(["--port", str(port)]) == 2
        assert bootstrap.serve([f"--port={port}"]) == 2
    assert launched == []
    assert f"Le port {port} est déjà pris" in capsys.readouterr().err
    assert bootstrap.serve(["--port", str(port)]) == 0
    assert launched[0][-2:] == ("--port", str(port))


@pytest.mark.skipif(shutil.which("make") is None, reason="no make here")
def test_make_serve_takes_a_port():
    say = ["make", "--dry-run", "serve"]
    plain = subprocess.run(say, cwd=ROOT, capture_output=True, text=True, check=True)
    other = subprocess.run(
        [*say, "PORT=8867"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert "--port" not in plain.stdout
    assert "bootstrap.py serve --port 8867" in other.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="no root there")
@pytest.mark.parametrize("user", [0, 1000])
def test_the_workshop_opens_as_root_and_says_what_that_means(
    bootstrap, launched, monkeypatch, capsys, user
):
    monkeypatch.setattr(bootstrap.os, "geteuid", lambda: user)
    assert bootstrap.lab([]) == 0
    assert ("--allow-root" in launched[0]) == (user == 0)
    assert ("Vous êtes root" in capsys.readouterr().err) == (user == 0)


def test_the_workshop_asks_no_question_in_english(bootstrap, launched, tmp_path):
    assert bootstrap.lab([]) == 0
    settings = tmp_path / "lab" / "share" / "jupyter" / "lab" / "settings" / "overrides.json"
    chosen = json.loads(settings.read_text("utf-8"))
    assert chosen["@jupyterlab/apputils-extension:notification"]["fetchNews"] == "false"


def test_the_processes_of_the_tests_compile_each_module_once(bootstrap, monkeypatch, capfd):
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.setattr(bootstrap, "python_of", lambda target: sys.executable)
    say = [sys.executable, "-c", "import sys; print(sys.dont_write_bytecode)"]
    monkeypatch.setattr(bootstrap, "pytest_of", lambda *_: say)
    assert bootstrap.test(["cv"]) == 0
    assert capfd.readouterr().out == "False\n"


def test_a_stage_of_tests_alone_is_cut_between_two_processes(bootstrap, launched, monkeypatch):
    monkeypatch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
    assert bootstrap.test(["droit"]) == 0
    (command,) = launched
    assert command[-4:] == bootstrap.BESIDE_EACH_OTHER
    assert set(bootstrap.STAGES["droit"]) <= set(command)


@pytest.mark.skipif(sys.platform != "linux", reason="a disk in memory is known on Linux")
def test_the_databases_of_the_tests_are_in_memory_where_there_is_room(bootstrap, monkeypatch):
    monkeypatch.setattr(bootstrap, "MEMORY", Path(__file__).parent)
    monkeypatch.setattr(bootstrap, "ROOM", 1)
    assert bootstrap.disk_in_memory() == str(Path(__file__).parent)
    monkeypatch.setattr(bootstrap, "ROOM", 1 << 60)
    assert bootstrap.disk_in_memory() is None
    monkeypatch.setattr(bootstrap, "MEMORY", Path("/nulle/part"))
    assert bootstrap.disk_in_memory() is None
    report = Path("/memoire/donnees.xml")
    assert "--basetemp=/memoire/donnees" in bootstrap.pytest_of("python", "donnees", report)
    assert "--basetemp" not in str(bootstrap.pytest_of("python", "securite", report))


def test_several_stages_go_at_once_and_those_that_fail_are_named(
    bootstrap, launched, monkeypatch, capfd
):
    def program(_python, stage, _report):
        return [sys.executable, "-c", f"print('ligne de {stage}'); exit({stage == 'cv'})"]

    monkeypatch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
    monkeypatch.setattr(bootstrap, "pytest_of", program)
    assert bootstrap.test(["cv", "droit", "paquet"]) == 1
    out, err = capfd.readouterr()
    lines = out.splitlines()
    for stage in ("cv", "droit", "paquet"):
        assert f"{stage:<10} | ligne de {stage}" in lines
    assert err.splitlines() == [
        "--- cv : aucun test nommé en échec ; ses dernières lignes :",
        "ligne de cv",
        "Étapes en échec : cv",
    ]


STAGE_THAT_FAILS = """
import pytest

def deep(floor):
    if not floor:
        raise LookupError("rien au fond")
    deep(floor - 1)

@pytest.fixture
def broken():
    raise OSError("pas de navigateur")

def test_right():
    assert True

def test_wrong():
    deep(40)

def test_without_its_fixture(broken):
    pass
"""


@pytest.mark.parametrize("stages", [["paquet"], ["paquet", "droit"]], ids=["alone", "beside"])
def test_the_end_of_a_log_says_which_tests_failed_and_why(
    bootstrap, monkeypatch, capfd, tmp_path, stages
):
    """A run on a fresh machine once ended with the name of its stage alone."""
    (tmp_path / "wrong").mkdir()
    (tmp_path / "right").mkdir()
    (tmp_path / "wrong" / "test_pages.py").write_text(STAGE_THAT_FAILS, "utf-8")
    (tmp_path / "right" / "test_law.py").write_text("def test_law(): pass\n", "utf-8")
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    monkeypatch.setattr(bootstrap, "STAGES", {"paquet": ["wrong"], "droit": ["right"]})
    monkeypatch.setattr(bootstrap, "python_of", lambda target: sys.executable)
    assert bootstrap.test(stages) == 1
    *tracebacks, line_1, line_2, ending = capfd.readouterr().err.splitlines()
    assert line_1 == "paquet | wrong/test_pages.py::test_wrong : LookupError: rien au fond"
    assert line_2.startswith("paquet | wrong/test_pages.py::test_without_its_fixture : ")
    assert line_2.endswith('"OSError: pas de navigateur"')
    assert ending == "Étapes en échec : paquet"
    first, second = (at for at, line in enumerate(tracebacks) if line.startswith("--- paquet | "))
    assert tracebacks[second - 1].endswith("LookupError")
    assert second - first == 1 + bootstrap.SAID_AGAIN
    assert "test_right" not in str(tracebacks)


def test_three_stages_run_beside_each_other_and_never_four(bootstrap):
    together, now, most = threading.Barrier(3, timeout=60), [], []

    def task(number):
        now.append(number)
        most.append(len(now))
        together.wait()  # fails where the others do not run at the same time
        now.remove(number)
        together.wait()
        return number

    tasks = [functools.partial(task, number) for number in range(6)]
    assert bootstrap.a_few_at_a_time(tasks) == [0, 1, 2, 3, 4, 5]
    assert max(most) == 3
