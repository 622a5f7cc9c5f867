"""Every screen as a screen reader says it, from its top to its end, and what it says by itself.

With `IPROF_TRANSCRIPTS=folder` the transcripts are kept there, to be read by a person.
"""

import os
import re
from pathlib import Path

import aloud
import pytest
import readable

from iprof_kit.ui.shared.menu import CV, PORTAL, places, routes

pytestmark = pytest.mark.browser
UNSAID = re.compile(r"undefined|\bnull\b|\bNaN\b|\[object|&\w+;")
"""What no voice should say: the leavings of a program."""


def own_screens(notebook):
    return [path for path in routes(notebook) if places()[path].path == path]


@pytest.fixture(scope="session")
def reader(node_modules):
    return aloud.script(node_modules)


def keep(path, phrases):
    if folder := os.environ.get("IPROF_TRANSCRIPTS"):
        Path(folder).mkdir(parents=True, exist_ok=True)
        name = path.strip("/").replace("/", "-")
        Path(folder, f"{name}.txt").write_text("\n".join(phrases) + "\n", encoding="utf-8")


def faults(phrases):
    yield from (f"sans nom : {phrase}" for phrase in aloud.nameless(phrases))
    yield from (f"ne se dit pas : {phrase}" for phrase in phrases if UNSAID.search(phrase))
    if not any(re.match(r"heading, .+, level 1$", phrase) for phrase in phrases):
        yield "sans titre"


@pytest.mark.parametrize("notebook", [PORTAL, CV])
def test_every_screen_is_said_whole_with_a_name_for_each_thing(jean, reader, notebook):
    page, wrong = jean.open(own_screens(notebook)[0]), []
    for path in own_screens(notebook):
        if page.evaluate("location.pathname") != path:
            page.evaluate(readable.FOLLOW, path)
        page.wait_for_function(readable.RESTED, arg=path)
        phrases = aloud.read(page, reader)
        keep(path, phrases)
        assert len(phrases) > 5, path
        wrong += [f"{path} {fault}" for fault in faults(phrases)]
    assert wrong == []


def test_a_lever_announces_its_result(jean):
    page = jean.open("/perspectives/promotions")
    other = page.locator(".instrument .levers button[aria-pressed=false]").first
    year = re.search(r"\d{4}", other.inner_text()).group()
    aloud.listen(page)
    other.click()
    page.locator(".results", has_text=f"Hors classe en {year}").wait_for()
    assert any(f"Hors classe en {year}" in words for words in aloud.announced(page))


@pytest.mark.parametrize(
    ("phrase", "named"),
    [
        ("button", False), ("button, not pressed", False), ("heading, level 2", False),
        ("image", False), ("button, Valider, not pressed", True),
        ("heading, Promotions, level 1", True), ("paragraph", True), ("link, Ma paie", True),
    ],
)  # fmt: skip
def test_a_role_alone_is_no_name(phrase, named):
    assert list(aloud.nameless([phrase])) == ([] if named else [phrase])
