"""The examples of the public functions are what they say: each is run as it is written."""

import doctest

import pytest

import iprof_kit
from iprof_kit import calculate

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
