"""The analysts' guides say what works: their examples are run, their commands exist."""

import re

import pytest

from iprof_kit.base.paths import ROOT
from iprof_kit.cli import COMMANDS

GUIDES = [ROOT / "docs/analysts.md", *sorted((ROOT / "docs/analysts").glob("*.md"))]
RUN = [ROOT / "docs/analysts.md", ROOT / "docs/analysts/analyses.md"]


@pytest.mark.parametrize("path", RUN, ids=lambda path: path.stem)
def test_the_examples_of_a_guide_run_from_the_first_to_the_last(path, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("IPROF_VAR", str(tmp_path))
    blocks = re.findall(r"^( *)```python\n(.*?)^ *```", path.read_text("utf-8"), re.M | re.S)
    assert blocks
    names = {}
    for indent, block in blocks:
        lines = [line.removeprefix(indent) for line in block.splitlines()]
        exec("\n".join(lines), names)


@pytest.mark.parametrize("path", GUIDES, ids=lambda path: path.stem)
def test_every_command_of_a_guide_exists(path):
    said = set(re.findall(r"^ *iprof (\w+)", path.read_text("utf-8"), re.M))
    assert said <= set(COMMANDS)
