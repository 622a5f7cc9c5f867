"""Two pages name the tests that show what they say."""

import re

import pytest

from iprof_kit.base.paths import ROOT


@pytest.mark.parametrize(("page", "least"), [("security", 40), ("administrer", 15)])
def test_each_test_that_the_page_names_exists(page, least):
    named = set(re.findall(r"`(test_\w+)`", (ROOT / f"docs/{page}.md").read_text("utf-8")))
    code = "\n".join(path.read_text("utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    assert len(named) > least
    assert named <= set(re.findall(r"def (test_\w+)", code))
