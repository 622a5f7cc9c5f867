"""The stylesheet: contrasts of the tokens in light and dark, nothing fetched from outside."""

import re

import pytest

from iprof_kit.base.palette import COLOURS
from iprof_kit.base.paths import VOILA_TEMPLATES
from iprof_kit.ui.components.look import sheet_text, tokens_text

STATIC = VOILA_TEMPLATES / "iprof" / "static"
CSS = tokens_text()
TOKEN = re.compile(r"(--[a-z0-9-]+): (#[0-9a-f]{6})")
LIGHT = dict(TOKEN.findall(CSS.split("@media (prefers-color-scheme: dark)")[0]))
DARK = {
    **LIGHT,
    **dict(TOKEN.findall(CSS.split("@media (prefers-color-scheme: dark)")[1].split("\n}\n")[0])),
}
READ = [  # text on ground, WCAG 2.2 AA: 4.5
    *[
        (ink, "--page")
        for ink in (
            "--text",
            "--sec",
            "--link",
            "--verify",
            "--alert",
            "--ok",
            "--a",
            "--b",
            "--c",
            "--d",
        )
    ],
    ("--text", "--sub"),
    ("--sec", "--sub"),
    ("--link", "--sub"),
    ("--verify", "--sub"),
    ("--on-kit", "--kit"),
    ("--on-head", "--head"),
    ("--on-head-sec", "--head"),
    ("--alert", "--alert-bg"),
    ("--ok", "--ok-bg"),
    ("--on-link", "--link"),
    ("--text", "--gap"),
    *[(ink, "--inst") for ink in ("--text", "--sec", "--link", "--verify", "--a", "--b")],
    ("--text", "--step"),
    ("--link", "--tint"),
]
SEEN = [
    ("--field", "--page"),
    ("--focus", "--page"),
    ("--head-focus", "--head"),
    ("--mark", "--head"),
]


def contrast(first: str, second: str) -> float:
    """Relative luminance ratio of WCAG 2.x."""

    def light(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        r, g, b = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    high, low = sorted((light(first), light(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("pairs", "least"), [(READ, 4.5), (SEEN, 3.0)], ids=["text", "controls"])
def test_contrasts(tokens, pairs, least):
    low = {
        p: contrast(tokens[p[0]], tokens[p[1]])
        for p in pairs
        if contrast(tokens[p[0]], tokens[p[1]]) < least
    }
    assert not low


def test_the_dark_palette_differs():
    assert DARK["--page"] != LIGHT["--page"]


def test_figures_are_drawn_in_the_light_tokens():
    assert {name: LIGHT[name] for name in COLOURS} == COLOURS


def test_the_sheet_asks_only_for_files_that_are_here():
    assert "http" not in sheet_text()
    assert "@import" not in sheet_text()
    found = re.findall(r'url\("([^"]+)"\)', sheet_text())
    assert len(found) == 6
    assert all((STATIC / path).is_file() for path in found)
    assert "SIL Open Font License" in (STATIC / "fonts" / "OFL.txt").read_text(encoding="utf-8")
