"""A name says what it holds: no package gives any of five words that could stand for anything."""

import ast
from collections import Counter
from pathlib import Path

import pytest

KIT = Path(__file__).parents[2] / "iprof_kit"
VAGUE = frozenset({"found", "held", "told", "said", "mine"})


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


def test_no_package_gives_any():
    counts = {
        path.relative_to(KIT).as_posix(): vague_names(path.read_text(encoding="utf-8"))
        for path in KIT.rglob("*.py")
    }
    assert counts
    assert not {path: dict(count) for path, count in counts.items() if count}, "say what it holds"


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
