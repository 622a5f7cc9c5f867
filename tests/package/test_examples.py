"""The examples of the functions are what they say: each is run as it is written."""

import doctest
from importlib import import_module
from pathlib import Path

import pytest

import iprof_kit
from iprof_kit import calculate

CODE = Path(iprof_kit.__file__).parent
SHOWN = [path for path in sorted(CODE.rglob("*.py")) if ">>>" in path.read_text(encoding="utf-8")]
ROOMS = sorted({path.relative_to(CODE).parts[0] for path in SHOWN if path.parent != CODE})
PUBLIC = [(home, name) for home in (iprof_kit, calculate) for name in home.__all__]


@pytest.mark.parametrize(("home", "name"), PUBLIC, ids=[name for _, name in PUBLIC])
def test_a_public_function_has_an_example_that_runs(home, name, monkeypatch, tmp_path):
    monkeypatch.setenv("IPROF_VAR", str(tmp_path))
    found = doctest.DocTestFinder(recurse=False).find(getattr(home, name), name, globs={})
    assert [one for one in found if one.examples]
    seen = []
    runner = doctest.DocTestRunner(verbose=False, optionflags=doctest.ELLIPSIS)
    failed = sum(runner.run(one, out=seen.append).failed for one in found)
    assert not failed, "".join(seen)


@pytest.mark.parametrize("room", ROOMS)
def test_the_examples_of_the_modules_of_a_room_run(room, monkeypatch, tmp_path):
    monkeypatch.setenv("IPROF_VAR", str(tmp_path))
    shown = [path.relative_to(CODE).with_suffix("") for path in SHOWN]
    modules = [".".join((CODE.name, *path.parts)) for path in shown if path.parts[0] == room]
    failed = [
        name
        for name in modules
        if doctest.testmod(import_module(name), optionflags=doctest.ELLIPSIS).failed
    ]
    assert failed == []
