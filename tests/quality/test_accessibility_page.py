"""docs/accessibility.md has every criterion once, says its state, and names tests that exist."""

import re

from iprof_kit.base.paths import ROOT

PAGE = (ROOT / "docs/accessibility.md").read_text("utf-8")
ROWS = re.findall(r"^\| (\d+\.\d+) \| .+? \| (.+?) \| (.*) \|$", PAGE, re.MULTILINE)
THEMES = (9, 2, 3, 13, 8, 2, 5, 10, 4, 14, 13, 11, 12)
"""How many criteria each theme of the RGAA 4.1.2 has: 106."""


def test_each_criterion_is_there_once_in_order():
    wanted = [f"{theme}.{n}" for theme, count in enumerate(THEMES, 1) for n in range(1, count + 1)]
    assert [number for number, _, _ in ROWS] == wanted


def test_each_state_is_known_and_says_how():
    states = {"automatic", "tried by hand", "open", "not applicable"}
    for number, state, how in ROWS:
        assert state in states, number
        assert how.strip(), number
        assert state != "automatic" or "`test_" in how, number


def test_the_counts_are_those_of_the_rows():
    for state in ("automatic", "tried by hand", "open", "not applicable"):
        assert f"{sum(row[1] == state for row in ROWS)} {state}" in PAGE


def test_each_test_that_the_page_names_exists():
    named = set(re.findall(r"`(test_\w+)`", PAGE))
    code = "\n".join(path.read_text("utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    assert len(named) > 15
    assert named <= set(re.findall(r"def (test_\w+)", code))
