"""A name says what it holds: five words that could stand for anything are counted where given.

A package has one line, with the most that it may give; that ceiling may only shrink.
"""

import ast
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

KIT = Path(__file__).parents[2] / "iprof_kit"
VAGUE = frozenset({"found", "held", "told", "said", "mine"})
# fmt: off
CEILINGS = {
    "ui": 94,
}
# fmt: on


def names_given(code):
    """List the names that a source gives to variables, arguments, fields, functions and imports."""
    for node in ast.walk(ast.parse(code)):
        match node:
            case ast.Name(id=name, ctx=ast.Store()) | ast.Attribute(attr=name, ctx=ast.Store()):
                yield name
            case ast.arg(arg=name) | ast.alias(asname=str(name)):
                yield name
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                yield name
            case ast.ExceptHandler(name=str(name)) | ast.MatchAs(name=str(name)):
                yield name
            case ast.MatchStar(name=str(name)) | ast.MatchMapping(rest=str(name)):
                yield name


def vague_names(code):
    return Counter(name for name in names_given(code) if name in VAGUE)


@cache
def counts():
    """Count the vague names of each package, and of the modules beside the packages."""
    counted = Counter()
    for path in KIT.rglob("*.py"):
        package = path.relative_to(KIT).parts[0].removesuffix(".py")
        counted[package] += vague_names(path.read_text(encoding="utf-8")).total()
    return counted


@pytest.mark.parametrize("package", sorted(CEILINGS))
def test_the_vague_names_of_a_package_only_shrink(package):
    assert counts()[package] <= CEILINGS[package], "say what the new name holds"


def test_a_package_without_a_ceiling_gives_none():
    assert not {name for name, count in counts().items() if count and name not in CEILINGS}


@pytest.mark.parametrize(
    "code",
    [
        "found = 1",
        "found: int",
        "a, *held = b",
        "self.told = 1",
        "for said in x: pass",
        "[mine for mine in x]",
        "def found(): pass",
        "def f(*, held=1): pass",
        "lambda told: 1",
        "import x as mine",
        "(found := 1)",
        "with x as held: pass",
    ],
)
def test_each_way_of_giving_a_name_is_counted(code):
    assert vague_names(code).total() == 1


@pytest.mark.parametrize("code", ["print(found)", "x.held()", "founded = 1", "f(told=1)"])
def test_what_is_only_read_is_not_counted(code):
    assert not vague_names(code)
