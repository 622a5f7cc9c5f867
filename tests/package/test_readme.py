"""The first screen of the README says what the kit is, how it opens and where it stands."""

import re

import pytest
from PIL import Image

from iprof_kit.base.paths import ROOT
from iprof_kit.base.version import __version__

FIRST_SCREEN, TALLEST = 26, 600
"""Lines that a window shows before one scrolls, and the pixels of its picture."""


@pytest.mark.parametrize("name", ["README.md", "README.en.md"])
def test_the_first_screen_says_what_it_is_its_commands_and_its_version(name):
    first = (ROOT / name).read_text("utf-8").splitlines()[:FIRST_SCREEN]
    said = "\n".join(first)
    for words in ("I-Prof", "git clone ", "make serve", "make test", f"Version {__version__}"):
        assert words in said, words
    assert said.index("I-Prof") < said.index("git clone") < said.index("make serve")


def test_the_one_picture_is_on_the_first_screen_in_both_colours_and_not_tall():
    lines = (ROOT / "README.md").read_text("utf-8").splitlines()
    shown = re.findall(r"docs/images/[\w-]+\.png", "\n".join(lines))
    assert shown == re.findall(r"docs/images/[\w-]+\.png", "\n".join(lines[:FIRST_SCREEN]))
    assert shown == ["docs/images/accueil-dark.png", "docs/images/accueil.png"]
    for picture in shown:
        with Image.open(ROOT / picture) as opened:
            assert opened.height <= TALLEST


def test_what_the_readme_compares_is_sourced_outside_of_it():
    text = (ROOT / "README.md").read_text("utf-8")
    sources = (ROOT / "docs" / "comparaison.md").read_text("utf-8")
    (head,) = re.findall(r"^\| \| le kit \|(.*)\|$", text, re.MULTILINE)
    assert "(docs/comparaison.md)" in text
    for tool in head.split("|"):
        assert f"\n| {tool.split('(')[0].strip()} |" in sources, tool
