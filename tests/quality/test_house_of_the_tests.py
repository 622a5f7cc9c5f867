"""The house of the tests: they see what anybody sees, and share what they have in common."""

import ast
import itertools
from collections import Counter
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
PUBLIC_ALL_THE_SAME = {"_exit": "of os, documented", "_repr_html_": "what notebooks call"}
"""Names with a first underscore that are public by their documentation."""
SHARED = ("ask", "people")
"""What every test would otherwise make for itself, each in its way."""
OWN = {"self", "cls"}
WHERE = ".".join(("sys", "path"))
BY_NAME = {"getattr", "setattr", "delattr", "hasattr", "patch"}


def parsed():
    for path in sorted(TESTS.rglob("*.py")):
        yield path.relative_to(TESTS).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def private(name):
    return name.startswith("_") and not name.startswith("__") and name not in PUBLIC_ALL_THE_SAME


def named(function):
    return getattr(function, "attr", getattr(function, "id", ""))


def private_reads(tree):
    """Yield the lines that read, import, replace or look up a private name of somebody else."""
    for node in ast.walk(tree):
        words = []
        if isinstance(node, ast.Attribute) and named(node.value) not in OWN:
            words = [node.attr]
        elif isinstance(node, ast.ImportFrom):
            words = [*(node.module or "").split("."), *(alias.name for alias in node.names)]
        elif isinstance(node, ast.Import):
            words = [word for alias in node.names for word in alias.name.split(".")]
        elif isinstance(node, ast.Call) and named(node.func) in BY_NAME:
            said = [one.value for one in node.args if isinstance(one, ast.Constant)]
            words = [one.rpartition(".")[2] for one in said if isinstance(one, str)]
        if any(private(word) for word in words):
            yield node.lineno


def path_changes(tree):
    """Yield the lines that know where modules are looked for, in a program as a text too."""
    for node in ast.walk(tree):
        read = isinstance(node, ast.Attribute) and ast.unparse(node) == WHERE
        text = node.value if isinstance(node, ast.Constant) else ""
        if read or (isinstance(text, str) and WHERE in text):
            yield node.lineno


def comparisons_with_itself(tree):
    """Yield the lines that compare a thing with the same words: they could not fail."""
    for node in ast.walk(tree):
        sides = []
        if isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
        elif isinstance(node, ast.Call) and named(node.func).startswith("assert_"):
            sides = node.args[:2]
        elif isinstance(node, ast.Call) and named(node.func) == "equals":
            sides = [getattr(node.func, "value", None), *node.args[:1]]
        written = [ast.dump(side) for side in sides if side is not None]
        if any(one == other for one, other in itertools.pairwise(written)):
            yield node.lineno


def makers(tree):
    """Yield what a module of tests defines for all its tests."""
    return (node.name for node in tree.body if isinstance(node, ast.FunctionDef))


REFUSED = {
    private_reads: (
        "from kit.cli import _group",
        "import kit._installed",
        "screen._receive(message)",
        "monkeypatch.setattr(saving, '_note', None)",
        "monkeypatch.setattr('kit.records.saving._note', None)",
        "assert Hand().editor._session.cv",
        "getattr(module, '_key')",
    ),
    path_changes: ("import sys\nsys.{}.append('tools')", "run('import sys; sys.{}.insert(0, 1)')"),
    comparisons_with_itself: (
        "assert answer(1) == answer(1)",
        "assert 2 > f(x) == f(x)",
        "pd.testing.assert_frame_equal(draw(seed), draw(seed))",
        "assert draw(seed).equals(draw(seed))",
    ),
}
"""What each check must see."""


@pytest.mark.parametrize("check", REFUSED, ids=lambda check: check.__name__)
def test_the_tests_have_none(check):
    found = {name: lines for name, tree in parsed() if (lines := list(check(tree)))}
    assert not found


@pytest.mark.parametrize(
    ("check", "planted"), [(check, one) for check, many in REFUSED.items() for one in many]
)
def test_a_planted_one_is_seen(check, planted):
    assert list(check(ast.parse(planted.format("path"))))


@pytest.mark.parametrize(
    "code",
    ["self._kept = []", "os._exit(9)", "from . import probe", "assert f(1) == f(2) == f(1)",
     "def test(monkeypatch):\n    monkeypatch.setattr(saving, 'note', None)"],
)  # fmt: skip
def test_what_is_nobody_elses_is_not_refused(code):
    assert not [line for check in REFUSED for line in check(ast.parse(code))]


def test_what_tests_have_in_common_is_made_once():
    made = Counter(name for _, tree in parsed() for name in makers(tree) if name in SHARED)
    assert made == dict.fromkeys(SHARED, 1)
