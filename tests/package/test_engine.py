"""The engine alone: base, law, careers and calculate, at the lowest versions that are allowed."""

import ast
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
import venv
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from iprof_kit.calculate.subjects import HOMES, ask

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
ENGINE = ("base", "law", "careers", "calculate")
LOCKS = ROOT / "locks"
FLOORS_ARE_OF = (3, 11)
"""The Python whose lowest versions are locked; on a later one the usual versions are taken."""
ASK_THE_REST = (
    "base/test_data_folder.py",
    "base/test_words.py",
    "calculate/test_a_decree_by_data_alone.py",
    "calculate/test_typed_programs.py",
    "law/test_rows_of_a_corps.py",
)
"""Tests of these folders that look for more than the engine as they run, not as they begin."""
NOT_ASKED_BY_THE_ENGINE = {"platformdirs"}
"""What `base` imports where something is written, which the engine never does."""
MOST_OF_THEM = 6000
IMPORTED = {"jsonschema", "numpy", "pandas", "pydantic", "yaml", "iprof_kit"}
TOOLS = ("hypothesis", "pytest", "pytest-timeout", "pytest-xdist")
PAGE = (ROOT / "docs" / "calculations.md").read_text(encoding="utf-8")
QUESTIONS = dict(re.findall(r"^## (\S+).*?^```json\n(.*?)^```", PAGE, re.M | re.S))
ANSWER_ALL = """
import json, sys
import iprof_kit
asked = json.load(sys.stdin)
told = {name: iprof_kit.ask(name, one).model_dump(mode="json") for name, one in asked.items()}
print(json.dumps([iprof_kit.__file__, told]))
"""


def needs(texts):
    return {canonicalize_name(Requirement(text).name) for text in texts}


def imported(package):
    """Give the first part of each import of a package that is not of Python, nor of the kit."""
    for path in (ROOT / "iprof_kit" / package).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names = [one.name for one in node.names]
            elif isinstance(node, ast.ImportFrom):
                names = [node.module]
            else:
                continue
            yield from {name.partition(".")[0] for name in names} - sys.stdlib_module_names


def distributions(names):
    """Give what is installed under these names, and all that it asks for here."""
    seen, waiting = set(), list(names)
    while waiting:
        name = canonicalize_name(waiting.pop())
        if name in seen:
            continue
        seen.add(name)
        asked = [Requirement(text) for text in metadata.requires(name) or ()]
        waiting += [
            one.name for one in asked if not one.marker or one.marker.evaluate({"extra": ""})
        ]
    return seen


def cut(lock, names):
    """Give the lines of a lock, with their hashes, that these names have."""
    blocks = re.split(r"^(?=\S)", (LOCKS / lock).read_text(encoding="utf-8"), flags=re.M)
    return "".join(one for one in blocks if canonicalize_name(one.partition("==")[0]) in names)


@pytest.fixture(scope="module")
def home(wheel, tmp_path_factory):
    home = tmp_path_factory.mktemp("engine")
    venv.create(home, with_pip=True)
    at_the_floor = sys.version_info[:2] == FLOORS_ARE_OF
    direct = needs(PROJECT["dependencies"])
    wanted = home / "engine.txt"
    wanted.write_text(
        (LOCKS / "engine.txt").read_text(encoding="utf-8")
        if at_the_floor
        else cut("serve.txt", distributions(direct)),
        encoding="utf-8",
    )
    install(home, "--require-hashes", "-r", str(wanted))
    install(home, "--no-deps", str(wheel))
    return home


def install(home, *words):
    command = [str(program(home, "python")), "-m", "pip", "install", "--quiet", "--no-compile"]
    if uv := shutil.which("uv"):
        command = [uv, "pip", "install", "--quiet", "--python", str(program(home, "python"))]
    subprocess.run([*command, *words], check=True)


def program(home, name):
    return home / ("Scripts" if os.name == "nt" else "bin") / name


def run(home, *command, given="", place=None):
    return subprocess.run(
        [str(program(home, command[0])), *command[1:]],
        cwd=place or home,
        input=given,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_what_the_engine_imports_is_what_it_asks_for_no_more_no_less():
    homes = metadata.packages_distributions()
    used = {name for package in ENGINE for name in imported(package)} - {"iprof_kit"}
    owners = {canonicalize_name(homes[name][0]) for name in used} - NOT_ASKED_BY_THE_ENGINE
    direct = needs(PROJECT["dependencies"])
    assert direct <= owners
    brought = {name for one in direct for name in needs(metadata.requires(one) or ())}
    assert owners - direct <= {"pydantic-core"} & brought


def test_the_kit_asks_for_all_that_the_engine_asks_for_and_no_less_new():
    kit = {one.name: one for one in map(Requirement, PROJECT["optional-dependencies"]["kit"])}
    for need in map(Requirement, PROJECT["dependencies"]):
        floors = [one.version for one in kit[need.name].specifier if one.operator == ">="]
        assert need.specifier.contains(floors[0]), need


def test_the_engine_alone_answers_each_subject_as_the_whole_kit_does(home):
    assert set(QUESTIONS) >= set(HOMES)
    asked = {name: QUESTIONS[name] for name in HOMES}
    done = run(home, "python", "-c", ANSWER_ALL, given=json.dumps(asked))
    assert done.returncode == 0, done.stderr
    place, answers = json.loads(done.stdout)
    assert Path(place).is_relative_to(home)
    for name, question in asked.items():
        assert answers[name] == ask(name, question).model_dump(mode="json"), name


def test_the_command_says_in_french_what_it_asks_for_beside_the_engine(home):
    done = run(home, "iprof", "calculate", "pay", "--schema")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert 'pip install ".[kit]"' in done.stderr


def test_a_name_of_the_kit_says_in_python_what_it_asks_for(home):
    done = run(home, "python", "-c", "import iprof_kit; iprof_kit.publier")
    assert done.returncode == 1
    assert 'pip install ".[kit]"' in done.stderr


@pytest.mark.soak
def test_the_suite_of_the_engine_passes_at_the_floors(home):
    tools = home / "tools.txt"
    tools.write_text(cut("test.txt", distributions(TOOLS)), encoding="utf-8")
    install(home, "--require-hashes", "-r", str(tools))
    left = [f"--ignore=tests/{name}" for name in ASK_THE_REST]
    folders = [f"tests/{name}" for name in ENGINE]
    options = ("-q", "-m", "not soak", "-n", "2", "-p", "no:cacheprovider", "-rE")
    go_on = "--continue-on-collection-errors"  # of files that begin with what the engine has not
    done = run(home, "python", "-m", "pytest", *options, go_on, *left, *folders, place=ROOT)
    print(done.stdout[-300:])
    errors = len(re.findall("^ERROR tests/", done.stdout, re.M))
    absent = re.findall(r"^E +ModuleNotFoundError: No module named '(\w+)", done.stdout, re.M)
    assert errors == len(absent), done.stdout[-5000:]
    assert not set(absent) & IMPORTED, absent
    assert " failed" not in done.stdout.splitlines()[-1], done.stdout[-5000:]
    assert int(re.findall(r"(\d+) passed", done.stdout)[-1]) > MOST_OF_THEM
