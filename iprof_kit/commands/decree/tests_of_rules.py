"""Which files of tests hold each rule: those that call its function."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from iprof_kit.law.tables.rules import RULES, rule_names

_LAW = "iprof_kit.law"
_ITEMS = "iprof_kit.law.mobility.items"
"""The rules of this module are rows: a file of tests names them."""


def files_holding(folder: Path) -> dict[str, tuple[str, ...]]:
    """Return the files of tests that call each rule, by its name.

    A file calls a rule where it imports its function, or reads it in a module of the law that it
    imports: the same word elsewhere is not the rule.

    Parameters
    ----------
    folder : Path
        The tests of the project.
    """
    rule_names()  # every module of the law is then loaded
    by_function = {
        (one.function.__module__, one.function.__name__): name
        for name, wordings in RULES.items()
        for one in wordings
    }
    items = {name for (module, _), name in by_function.items() if module == _ITEMS}
    files: dict[str, list[str]] = {}
    for file in sorted(folder.rglob("test_*.py")):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        called = {by_function[each] for each in _read_of_the_law(tree) if each in by_function}
        texts = (one.value for one in ast.walk(tree) if isinstance(one, ast.Constant))
        called |= {text for text in texts if isinstance(text, str) and text in items}
        for name in called:
            files.setdefault(name, []).append(file.relative_to(folder.parent).as_posix())
    return {name: tuple(paths) for name, paths in files.items()}


def _read_of_the_law(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Yield the module and the name of what a file reads of the law."""
    modules: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(_LAW):
            for alias in node.names:
                yield str(node.module), alias.name
                modules[alias.asname or alias.name] = f"{node.module}.{alias.name}"
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            yield modules.get(node.value.id, ""), node.attr
