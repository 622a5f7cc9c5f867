"""The sheets that stand beside parts and screens: one order, no dead class, no body twice."""

import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

import iprof_kit.ui
from iprof_kit.base.paths import VOILA_TEMPLATES
from iprof_kit.server.pages.assets import assets
from iprof_kit.ui.components.look import sheet_text, sheets

UI = Path(iprof_kit.ui.__file__).parent
FROM_ELSEWHERE = {"lm-mod-hidden", "screen-alone", "moderne"}
"""Classes that the widgets of Jupyter set, that our module sets on what holds a screen, and a
model of a CV, which the contract names."""
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_STRING = re.compile(r'"[^"]*"')
_CLASS = re.compile(r"\.(-?[A-Za-z_][\w-]*)")
_WORD = re.compile(r"[A-Za-z_][\w-]*")
_ATTRIBUTE = re.compile(r"""class=\\?(["'])((?:\{[{%].*?[%}]\}|(?!\1).)*)\1""", re.DOTALL)
_QUOTED = re.compile(r"""["'`]([A-Za-z_][\w-]*(?: [A-Za-z_][\w-]*)*)["'`]""")
_HEAD = re.compile(r"""(?:^|["'\s`])([A-Za-z][\w-]*)\$?\{""")
"""What stands before a value in a class made of two: `s{{ place }}`."""


def rules(text):
    """Yield medium, selectors and body of each rule, its declarations in their order."""
    medium = ""
    for found in re.finditer(r"([^{};]*)\{([^{}]*)\}|(@[^{};]*)\{|\}", _COMMENT.sub("", text)):
        selectors, body, opened = found.groups()
        if opened:
            medium = " ".join(opened.split())
        elif selectors is None:
            medium = ""
        else:
            said = frozenset(filter(None, (" ".join(one.split()) for one in body.split(";"))))
            yield medium, " ".join(selectors.split()), said


@cache
def written():
    """Return the classes that templates, Python and the browser's code write, and heads of some."""
    classes, heads = set(), set()
    for folder in (UI, UI.parent / "server", VOILA_TEMPLATES):
        for path in folder.rglob("*"):
            if path.suffix not in {".html", ".j2", ".py", ".js"} or "front" in path.parts:
                continue
            text = path.read_text(encoding="utf-8")
            for _, said in _ATTRIBUTE.findall(text):
                classes.update(_WORD.findall(said))
                heads.update(_HEAD.findall(said))
            classes.update(word for said in _QUOTED.findall(text) for word in said.split())
    return classes, heads


def dead(text):
    """Return the classes of a sheet that nothing writes."""
    classes, heads = written()
    used = {
        one for _, selectors, _ in rules(text)
        for one in _CLASS.findall(_STRING.sub("", selectors))
    }  # fmt: skip
    ends = {head: r"\w+" if head.endswith("-") else r"\d+|[a-z]" for head in heads}
    made = {
        one for one in used for head, end in ends.items() if re.fullmatch(f"{head}({end})", one)
    }
    return used - classes - made - FROM_ELSEWHERE


def twice(text):
    """Return the bodies that two rules of one medium have."""
    counted = Counter((medium, body) for medium, selectors, body in rules(text)
                      if not selectors.startswith("@"))  # fmt: skip
    return [(medium, sorted(body)) for (medium, body), many in counted.items() if many > 1]


def test_k03_every_sheet_is_served_once_in_one_order_and_screens_come_last():
    beside = [*UI.glob("look/*.css"), *UI.glob("kit/**/*.css"), *UI.glob("screens/*/page.css")]
    assert sorted(beside) == sorted(sheets())
    names = [one.relative_to(UI).as_posix() for one in sheets()]
    assert names[0] == "look/tokens.css"
    first = next(place for place, name in enumerate(names) if name.startswith("screens/"))
    assert names[first:] == sorted(name for name in names if name.startswith("screens/"))
    assert assets()["kit.css"].variants["identity"].decode() == sheet_text()


def test_k03_a_class_that_nothing_writes_has_no_style():
    assert not {one.relative_to(UI).as_posix(): gone for one in sheets()
                if (gone := dead(one.read_text(encoding="utf-8")))}  # fmt: skip
    assert dead(".head .gone-for-good { color: red; }") == {"gone-for-good"}


@pytest.mark.parametrize("sheet", sheets(), ids=lambda one: one.parent.name + "/" + one.name)
def test_k03_no_body_stands_twice_in_one_sheet(sheet):
    assert not twice(sheet.read_text(encoding="utf-8"))


def test_k03_two_rules_of_one_body_are_seen():
    assert twice(".a { color: red; top: 0; } .b { top: 0; color: red; }")
    assert not twice(".a { color: red; } @media print { .b { color: red; } }")
