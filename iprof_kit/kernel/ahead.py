"""A notebook executed before anybody asks for it: its outputs and the states of its widgets."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import nbformat
from ipywidgets.widgets.widget import Widget

Bundle = dict[str, Any]


VIEW = "application/vnd.jupyter.widget-view+json"


def get_ready() -> None:
    """Have read one: what checks notebooks takes 8 MB, once for all the processes born of this."""
    empty = nbformat.v4.new_notebook()
    nbformat.reads(nbformat.writes(empty), as_version=4)


def prepare(notebook: Path) -> dict[str, Any]:
    """Execute a notebook and return all that its page needs: title, views, states of widgets."""
    views = [bundle[VIEW] for bundle in execute(notebook) if VIEW in bundle]
    title = nbformat.read(notebook, as_version=4).metadata.get("title", "")
    return {"titre": title, "views": views, "states": Widget.get_manager_state()}


def execute(notebook: Path) -> list[Bundle]:
    """Execute the code cells of a notebook and return what their last lines show.

    No shell, no magic, no display outside the last expression of a cell: the kit's notebooks are a
    title, an import and a call. Anything else keeps the ordinary kernel.

    Returns
    -------
    list of dict
        One mimebundle for each cell that shows something.

    Raises
    ------
    Exception
        Whatever a cell raises: then nothing can be prepared ahead.
    """
    names: dict[str, Any] = {"__name__": "__main__"}
    shown = []
    for number, cell in enumerate(nbformat.read(notebook, as_version=4).cells):
        if cell.cell_type == "code":
            result = _run(cell.source, f"{notebook.name}[{number}]", names)
            if result is not None:
                shown.append(bundle_of(result))
    return shown


def bundle_of(result: Any) -> Bundle:
    """Return the mimebundle of a widget, or the text of anything else."""
    if hasattr(result, "_repr_mimebundle_"):
        made = result._repr_mimebundle_()
        return made[0] if isinstance(made, tuple) else dict(made)
    return {"text/plain": repr(result)}


def _run(source: str, name: str, names: dict[str, Any]) -> Any:
    """Run a cell and return the value of its last expression."""
    tree = ast.parse(source, name)
    last = tree.body[-1] if tree.body else None
    if isinstance(last, ast.Expr):
        tree.body.pop()
    exec(compile(tree, name, "exec"), names)  # noqa: S102  # the kit's own notebook
    if not isinstance(last, ast.Expr):
        return None
    return eval(compile(ast.Expression(last.value), name, "eval"), names)  # noqa: S307
