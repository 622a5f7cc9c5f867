"""What makes a warm process old: a change of what it is made of, nothing that it wrote itself."""

import os

import pytest

from iprof_kit.server import warm


@pytest.fixture
def notebook(tmp_path, monkeypatch):
    for name in ("_CODE", "REFERENCE", "VOILA_TEMPLATES"):
        monkeypatch.setattr(warm, name, tmp_path / name)
        (tmp_path / name / "ui" / "__pycache__").mkdir(parents=True)
    return written(tmp_path / "portail.ipynb", 1000)


def written(path, moment):
    path.write_text("x")
    os.utime(path, (moment, moment))
    return path


@pytest.mark.parametrize(
    "name", ["_CODE/careers.py", "_CODE/ui/screen.js", "REFERENCE/grilles.csv",
             "VOILA_TEMPLATES/kit.css"],
)  # fmt: skip
def test_a_change_of_code_tables_or_looks_is_one(tmp_path, notebook, name):
    written(tmp_path / name, 2000)
    assert warm.newest(notebook) == 2000


def test_a_change_of_the_notebook_is_one(notebook):
    written(notebook, 3000)
    assert warm.newest(notebook) == 3000


@pytest.mark.parametrize("name", ["portal.cpython-311.pyc", "portal.cpython-311.pyc.140234"])
def test_what_python_compiles_meanwhile_is_none(tmp_path, notebook, name):
    written(tmp_path / "_CODE" / "ui" / "__pycache__" / name, 2000)
    assert warm.newest(notebook) == 1000
