"""One watcher of the files that warm processes are made of; for those who develop the kit."""

from __future__ import annotations

from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

from watchfiles import Change, awatch

from iprof_kit.base.paths import REFERENCE, SHAPES, VOILA_TEMPLATES

CODE = "code"
"""What every warm process is made of, as told beside the names of notebooks."""
_KIT = Path(__file__).resolve().parents[2]


async def changes(notebooks: Path, names: tuple[str, ...]) -> AsyncIterator[set[str]]:
    """Tell, once it has settled, what has changed: CODE, names of notebooks."""
    ours = partial(what_changed, notebooks, names)
    places = (_KIT, REFERENCE, SHAPES, VOILA_TEMPLATES, notebooks)

    def matters(_change: Change, path: str) -> bool:
        return ours(path) is not None

    async for batch in awatch(*places, watch_filter=matters):
        yield {what for _, path in batch if (what := ours(path))}


def what_changed(notebooks: Path, names: tuple[str, ...], path: str) -> str | None:
    """Return the notebook that a path is, CODE for code, tables and looks, None for the rest.

    What Python compiles beside its files is no change: warming itself writes it.
    """
    file = Path(path)
    if file.parent == notebooks:
        return file.name if file.name in names else None
    if "__pycache__" in file.parts:
        return None
    shown = any(file.is_relative_to(one) for one in (_KIT / "ui", REFERENCE, VOILA_TEMPLATES))
    return CODE if shown or file.suffix == ".py" else None
