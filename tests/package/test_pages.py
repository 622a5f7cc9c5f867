"""Each block of the README and of the documentation runs as it is written, by a newcomer.

Where: an empty folder a page, in the environment that the page names on a line « Environnement :
`make serve` » (or `make lab`), made here of what its lock names and of nothing else.
"""

import csv
import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
from dataclasses import asdict
from importlib import metadata
from pathlib import Path

import pytest
from packaging.utils import canonicalize_name
from page_samples import PAGES, READ, TYPED, blocks_of, environment_of
from page_typist import looks_like, type_all

from iprof_kit.base.paths import ROOT

TYPIST = ROOT / "tests" / "shared" / "page_typist.py"
WORKED_EXAMPLES = "docs/calculations.md"
"""Its questions and answers have no title: `calculate/test_worked_examples.py` replays them."""
IN_THE_PROJECT = re.compile("typed in the project's folder|tapée dans le dossier du projet")
with (ROOT / "tests" / "package" / "pages_not_run.csv").open(encoding="utf-8") as listed:
    NOT_RUN = {(row["page"], row["first_line"]): row["reason"] for row in csv.DictReader(listed)}
"""Why no test runs a block, by its page and its first line; a page, where the line is empty."""


def to_run(path):
    """Give the blocks of a page that are typed, and the files that its titles name."""
    return [
        block
        for block in blocks_of(path)
        if (block.title or (block.language in TYPED and block.language != "json"))
        and not {(block.page, block.text.partition("\n")[0]), (block.page, "")} & set(NOT_RUN)
    ]


TYPED_PAGES = [path for path in PAGES if any(not block.title for block in to_run(path))]


def names_locked(name):
    lines = (ROOT / "locks" / f"{name}.txt").read_text("utf-8")
    named = re.findall(r"^([\w.-]+)(?:\[[\w,]+\])?==", lines, re.MULTILINE)
    return {canonicalize_name(name) for name in named}


@pytest.fixture(scope="module")
def environment(tmp_path_factory):
    """Give the interpreter of an environment: this one, less what its lock does not name."""
    made = {}

    def of(name):
        if name not in made:
            made[name] = less(names_locked(name), tmp_path_factory.mktemp(name))
        return made[name]

    return of


@pytest.fixture(scope="module")
def sample_loaded(environment, tmp_path_factory):
    """Give a folder where the fictitious people are loaded: loading them again is quick."""
    folder = tmp_path_factory.mktemp("sample")
    command = [str(environment("serve").with_name("iprof")), "sample", "load"]
    subprocess.run(command, env=os.environ | {"IPROF_VAR": str(folder)}, check=True)
    return folder


def less(names, home):
    """Make an environment of links to what ours has under these names."""
    ours = Path(sysconfig.get_path("purelib"))
    place = home / ours.relative_to(sys.prefix)
    place.mkdir(parents=True)
    for one in metadata.distributions(path=[str(ours)]):
        if canonicalize_name(one.name) in names | {"iprof-kit"}:
            for top in {file.parts[0] for file in one.files or ()} - {"..", "__pycache__"}:
                if not (place / top).exists():
                    (place / top).symlink_to(ours / top)
    ours_is = (Path(sys.prefix) / "pyvenv.cfg").read_text("utf-8")
    (home / "pyvenv.cfg").write_text(ours_is, encoding="utf-8")
    (home / "share").symlink_to(Path(sys.prefix) / "share")
    (home / "bin").mkdir()
    python = home / "bin" / "python"
    python.symlink_to(Path(sys.executable).resolve())
    script = (Path(sys.executable).parent / "iprof").read_text("utf-8").split("\n", 1)[1]
    (home / "bin" / "iprof").write_text(f"#!{python}\n{script}", encoding="utf-8")
    (home / "bin" / "iprof").chmod(0o755)
    return python


@pytest.mark.skipif(os.name == "nt", reason="the environments are made of links")
@pytest.mark.parametrize("path", TYPED_PAGES, ids=lambda path: path.stem)
def test_a_page_runs_from_an_empty_folder_as_it_is_written(path, environment, request, tmp_path):
    python = environment(environment_of(path))
    place = {"IPROF_VAR": str(tmp_path / "var"), "PATH": f"{python.parent}:{os.environ['PATH']}"}
    (tmp_path / "ici").mkdir()
    if "iprof sample load" in path.read_text("utf-8"):
        shutil.copytree(request.getfixturevalue("sample_loaded"), tmp_path / "var")
    if IN_THE_PROJECT.search(path.read_text("utf-8")):
        (tmp_path / "ici" / "data").symlink_to(ROOT / "data")
    done = subprocess.run(
        [str(python), str(TYPIST)],
        input=json.dumps([asdict(block) for block in to_run(path)]),
        cwd=tmp_path / "ici",
        env=os.environ | place,
        capture_output=True,
        text=True,
        check=False,
    )
    assert not done.returncode, done.stderr


def test_every_block_has_a_language_and_its_page_an_environment():
    blocks = [block for path in PAGES for block in blocks_of(path)]
    known = {*TYPED, *READ}
    assert [f"{one.page}:{one.line}" for one in blocks if one.language not in known] == []
    assert [str(path) for path in TYPED_PAGES if environment_of(path) is None] == []
    untitled = {one.page for one in blocks if one.language == "json" and not one.title}
    assert untitled == {WORKED_EXAMPLES}


def test_what_is_not_run_is_there_and_has_a_reason():
    blocks = [block for path in PAGES for block in blocks_of(path) if block.language in TYPED]
    beginnings = {(block.page, block.text.partition("\n")[0]) for block in blocks}
    pages = {(block.page, "") for block in blocks}
    assert sorted(set(NOT_RUN) - beginnings - pages) == []
    assert all(NOT_RUN.values())


@pytest.mark.parametrize(
    ("language", "text", "fault"),
    [
        ("sh", "iprof calculate nothing", "ended with 2"),
        ("sh", "iprof --version   # code 1", "ended with 0"),
        ("console", "$ iprof --version\niprof of another shape", "does not say"),
        ("python", "sum([1, 2])  # → 'three'", "is not"),
        ("python", "no_such_name", "NameError"),
    ],
)
def test_what_a_page_says_wrongly_is_seen(monkeypatch, language, text, fault):
    monkeypatch.setattr(sys, "argv", sys.argv)
    block = {"page": "page.md", "line": 1, "language": language, "title": "", "text": text}
    assert fault in "".join(type_all([block]))


def test_numbers_and_what_an_ellipsis_stands_for_may_differ():
    assert looks_like(["1 line …", "end"], "12 line written\nmore\nend") is None
    assert looks_like(["end", "1 line …"], "12 line written\nend") is not None
