"""A benchmark of today still runs when modules have moved: it names none of them."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
PUBLIC = {"iprof_kit", "iprof_kit.calculate"}
GATHERED = BENCHMARKS / "internals.py"
SCRIPTS = sorted(set(BENCHMARKS.rglob("*.py")) - {GATHERED})


def modules_named(source):
    """Return the modules of ours that a script imports, or names in a text that it runs."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            yield node.module or ""
        elif isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from re.findall(r"(?:from|import) (iprof_kit[\w.]*)", node.value)


def internal(source):
    ours = {name for name in modules_named(source) if name.partition(".")[0] == "iprof_kit"}
    return ours - PUBLIC


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.stem)
def test_a_benchmark_names_no_module_that_may_move(script):
    assert internal(script.read_text(encoding="utf-8")) == set()


def test_the_check_sees_an_import_and_a_text_that_imports():
    assert internal("from iprof_kit.law import pay\nimport iprof_kit") == {"iprof_kit.law"}
    assert internal("TEXT = 'import iprof_kit.kernel.forks as forks'") == {"iprof_kit.kernel.forks"}


def test_what_is_gathered_in_one_place_is_there():
    script = "import internals\nfor name in internals.NAMES: getattr(internals, name)"
    subprocess.run([sys.executable, "-c", script], cwd=BENCHMARKS, check=True)


def test_all_that_is_gathered_is_used():
    used = "\n".join(script.read_text(encoding="utf-8") for script in SCRIPTS)
    tree = ast.parse(GATHERED.read_text(encoding="utf-8"))
    names = [
        key.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Dict)
        for key, value in zip(node.keys, node.values, strict=True)
        if isinstance(value, ast.Constant)
    ]
    assert [name for name in names if not re.search(rf"\b{name}\b", used)] == []
