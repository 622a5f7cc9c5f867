"""The figures that the sentences about a path name: its days, what a condition asks, the pay."""

from __future__ import annotations

from iprof_kit.calculate.paths.question import PathAnswer, PathCondition
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.worded import Worded, figure, placed


def path_sentence(words: str, path: PathAnswer) -> Worded:
    """Return a sentence about a path, with the fact of each day and length of its answer."""
    name = f"path.{path.code}"
    days = (
        (name, path.a_partir_du),
        (f"{name}.since", path.depuis),
        (f"{name}.until", path.jusqu_au),
        (f"{name}.reference", path.date_reference),
        *((f"{name}.{place}.met", one.remplie_le) for place, one in enumerate(path.conditions)),
    )
    dated = [figure(text.day(day), quantity, day) for quantity, day in days if day is not None]
    return placed(words, *_conditions(name, path.conditions), *dated)


def _conditions(name: str, conditions: tuple[PathCondition, ...]) -> list[Worded]:
    """Return what each condition asks for and finds: words that a table or the file gives."""
    parts = (
        (f"{name}.{place}.{what}", words)
        for place, one in enumerate(conditions)
        for what, words in (
            ("had", one.a),
            ("then", one.a_la_reference),
            ("needed", one.il_faut),
            ("when", one.au),
        )
    )
    return [figure(words, quantity, words) for quantity, words in parts if _is_figure(words)]


def _is_figure(words: str) -> bool:
    return any(letter.isdigit() for letter in words)
