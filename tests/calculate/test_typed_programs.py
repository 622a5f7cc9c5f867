"""A program that imports the kit is checked strictly, from elsewhere, and runs as it is typed."""

import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from programs import typed_program

from iprof_kit.base.paths import ROOT
from iprof_kit.base.version import __version__
from iprof_kit.law.tables.verified import verified_until

PROGRAMS = Path(__file__).parent / "programs"
REFUSED = re.compile(r"# refused: ([a-z-]+)$")
SAID = re.compile(r"(\w+\.py):(\d+): error: .*\[([a-z-]+)\]$")


@pytest.fixture(scope="module")
def said(tmp_path_factory):
    """What mypy says of both programs in one strict run, in the folder of no project."""
    options = ["--strict", "--config-file=", "--cache-dir", ROOT / ".mypy_cache" / "programs"]
    run = subprocess.run(
        [sys.executable, "-m", "mypy", *options, *sorted(PROGRAMS.glob("*_program.py"))],
        cwd=tmp_path_factory.mktemp("elsewhere"), capture_output=True, text=True, check=False,
    )  # fmt: skip
    errors = [line for line in run.stdout.splitlines() if ": error: " in line]
    assert all(SAID.search(line) for line in errors), run.stdout
    return [SAID.search(line).groups() for line in errors], run.stdout


def test_a_program_that_reads_what_is_typed_has_no_error(said):
    errors, words = said
    assert [one for one in errors if one[0] == "typed_program.py"] == [], words


def test_a_wrong_name_subject_or_question_is_refused_where_it_stands(said):
    errors, words = said
    lines = (PROGRAMS / "wrong_program.py").read_text(encoding="utf-8").splitlines()
    wanted = [
        ("wrong_program.py", str(number), mark[1])
        for number, line in enumerate(lines, 1)
        if (mark := REFUSED.search(line))
    ]
    assert [one for one in errors if one[0] == "wrong_program.py"] == wanted, words


def test_the_program_reads_what_it_says():
    net, codes = typed_program.payslip(date(2026, 11, 1))
    assert net is not None
    assert {"TIB", "PENSION_CIVILE"} <= set(codes)
    assert typed_program.next_echelon() == ("8", date(2027, 9, 1))
    assert "AGREG_INT" in typed_program.paths_ahead()
    assert typed_program.granted() == [39]
    assert ["1er janvier 2027" in one for one in typed_program.departures()] == [True]
    assert typed_program.engine() == (__version__, verified_until())
    assert typed_program.refused("zzz") == (
        "saisie", [("valeur_non_admise", ("corps",), "zzz")],
    )  # fmt: skip
    assert typed_program.refused("pe") == ("", [])
