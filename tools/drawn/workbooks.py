"""What the analysts' notebooks show: their cells run one after the other, each output as lines."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from typing import Any

from drawn import doors
from drawn.lines import lines_of

Drawn = Iterator[tuple[str, list[str]]]
_LONGEST = 20_000
"""Signs of a line beyond which it is no words: a library sent with a page, known by its digest."""


def workbooks() -> list[str]:
    """Return the notebooks that no address of the portal opens: those of the analysts."""
    names = sorted(one.stem for one in (doors.tree() / "notebooks").glob("*.ipynb"))
    return [one for one in names if one.startswith(("analyse", "importer"))]


def shown_by(names: list[str]) -> Drawn:
    """Yield what each cell of some notebooks shows; runs in a process of its own."""
    os.environ |= {
        "IPYTHONDIR": os.environ["IPROF_VAR"],
        "MPLBACKEND": "agg",
        "SOURCE_DATE_EPOCH": f"{doors.MOMENT.timestamp():.0f}",
    }
    from IPython.core.interactiveshell import InteractiveShell

    shell: Any = InteractiveShell.instance()
    shell.history_manager.enabled = False
    for name in names:
        shell.reset(new_session=False)
        book = json.loads((doors.tree() / "notebooks" / f"{name}.ipynb").read_text("utf-8"))
        code = [one for one in book["cells"] if one["cell_type"] == "code"]
        for number, cell in enumerate(code, 1):
            doors.begin_again(name, number)
            lines, ended_well = _run(shell, "".join(cell["source"]))
            doors.frozen_everywhere()
            yield f"notebook {name} cellule {number}{'' if ended_well else ' ✗'}", lines


def _run(shell: Any, source: str) -> tuple[list[str], bool]:
    """Return what a cell shows, and whether it ended well."""
    from IPython.utils.capture import capture_output

    with capture_output(stdout=True, stderr=False, display=True) as shown:
        ended = shell.run_cell(source)
    lines = [line for one in shown.outputs for line in _lines(one.data)]
    if ended.result is not None:
        lines += _result(ended.result, shell)
    if not ended.success:
        lines.append(repr(ended.error_in_exec or ended.error_before_exec))
    here = str(doors.tree())
    return [_short(one.replace(here, "…")) for one in lines], ended.success


def _result(result: Any, shell: Any) -> list[str]:
    """Return what a cell ends on: a widget by its parts, a table whole, else what it displays."""
    if hasattr(result, "get_view_spec"):
        return list(_parts(result))
    if hasattr(result, "to_csv"):
        return str(result.to_csv()).splitlines()
    bundle, _ = shell.display_formatter.format(result)
    return _lines(bundle)


def _lines(bundle: dict[str, Any]) -> list[str]:
    """Return one output as lines: its HTML, else its picture, else its words."""
    for kind in ("text/html", "image/svg+xml"):
        if kind in bundle:
            return lines_of(bundle[kind])
    for kind in sorted(bundle):
        if kind.startswith("image/"):
            return [f"{kind} {_digest(str(bundle[kind]))}"]
    return str(bundle.get("text/plain", "")).splitlines()


def _parts(widget: Any) -> Iterator[str]:
    """Yield what a widget says and offers, then what its parts do."""
    for name in ("description", "tooltip", "options", "value", "html"):
        words = getattr(widget, name, None)
        if isinstance(words, str):
            yield from lines_of(words)
        elif isinstance(words, (tuple, list)):
            yield from (f"{name} : {one}" for one in words)
        elif words is not None:
            yield f"{name} : {words}"
    for output in getattr(widget, "outputs", ()):
        yield from _lines(output.get("data", {}))
    for child in getattr(widget, "children", ()):
        yield from _parts(child)


def _short(line: str) -> str:
    return line if len(line) < _LONGEST else f"{len(line)} signes, {_digest(line)}"


def _digest(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()[:16]
