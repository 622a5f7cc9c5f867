"""No index has the name of the kit: what says how to install it names its folder or its wheel."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from iprof_kit.base.version import WHEEL, installed_by

ROOT = Path(__file__).parents[2]
FROM_AN_INDEX = re.compile(r"pip3? +install\b[^\n`]*?(?<![\w/.])[\"']?iprof[-_]kit\b(?!-\d)")
BY_NAME = re.compile(r"(?<![\w/.-])iprof-kit\[")
READ = ("*.md", "*.py", "*.ipynb", "*.yml", "*.j2", "*.html", "*.sh", "Makefile")
EXTRAS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"][
    "optional-dependencies"
]


def lines_from_an_index(text):
    return [
        line for line in text.splitlines() if FROM_AN_INDEX.search(line) or BY_NAME.search(line)
    ]


def test_nothing_says_to_install_the_kit_from_an_index():
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", *READ],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    names = [name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]
    said = {
        name: lines
        for name in names
        if (ROOT / name) != Path(__file__)
        and (lines := lines_from_an_index((ROOT / name).read_text("utf-8")))
    }
    assert not said


@pytest.mark.parametrize(
    "line",
    [
        "pip install iprof-kit",
        "`pip install 'iprof-kit[lab]'`",
        "installez iprof-kit[serve]",
    ],
)
def test_a_line_that_trusts_an_index_is_seen(line):
    assert lines_from_an_index(line)


@pytest.mark.parametrize("line", ['pip install ".[lab]"', f"pip install ./{WHEEL}[lab]"])
def test_the_folder_and_the_wheel_are_no_index(line):
    assert not lines_from_an_index(line)


@pytest.mark.parametrize("extra", ["kit", "serve", "lab"])
def test_what_is_said_installs_the_kit_with_an_extra_that_it_has(wheel, extra):
    assert wheel.name == WHEEL
    assert extra in EXTRAS
    commands = re.findall(r'pip install "([^"]+)"', installed_by(extra))
    for place, wanted in zip((ROOT, wheel.parent), commands, strict=True):
        done = subprocess.run(
            [sys.executable, "-m", "pip", "install", "--dry-run", "--no-deps", "--no-index",
             "--no-build-isolation", "--ignore-installed", wanted],
            cwd=place, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        assert "Would install iprof-kit" in done.stdout
