"""The file's own totals, counted again on its rows."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from iprof_kit.analytics.columns import COLUMNS
from iprof_kit.analytics.imports.files.raw import Raw
from iprof_kit.analytics.imports.mapping import Mapping
from iprof_kit.analytics.imports.values.cells import number_of
from iprof_kit.base.words import NBSP, folded

_NAMES = ("ligne", "libelle", "porte_sur", "annonce", "calcule", "concorde")
_NUMBER = re.compile(r"-?\d[\d\s\u202f\u00a0]*(?:[.,]\d+)?")


def check_totals(raw: Raw, mapping: Mapping) -> pd.DataFrame:
    """Compare each total that the file announces with what its rows give.

    Returns
    -------
    DataFrame
        `ligne`, `libelle`, `porte_sur` (lignes, or a column), `annonce`, `calcule`, `concorde`
        (missing where nothing in the file lets it be counted).
    """
    compared: list[tuple[object, ...]] = []
    since = 0
    for line, cells in raw.totals:
        label = next((cell.strip() for cell in cells if cell.strip()), "")
        compared += _of_line(raw, mapping, line, label, cells, since if _partial(label) else None)
        since = line
    for line, cells in raw.preamble:
        label = next((cell.strip() for cell in cells if cell.strip()), "")
        if re.match(r"(nombre|effectif|contingent|nb\b)", folded(label)):
            compared += _of_line(raw, mapping, line, label, cells, None)
    for grade, aimed, announced, cards, _ in _sections(raw):
        compared.append(
            (
                0,
                f"{grade}, ECHELON{NBSP}: {aimed:02d}",
                "fiches",
                announced,
                cards,
                announced == cards,
            )
        )
    table = pd.DataFrame(compared, columns=list(_NAMES))
    return table.astype({"annonce": "Float64", "calcule": "Float64", "concorde": "boolean"})


def _partial(label: str) -> bool:
    return folded(label).startswith("sous")


def _of_line(
    raw: Raw, mapping: Mapping, line: int, label: str, cells: list[str], since: int | None
) -> list[tuple[object, ...]]:
    """Compare the numbers of one line of totals: those of the rows since a line, or of all."""
    inside = np.ones(len(raw.lines), bool)
    refused = len(raw.refused)
    if since is not None:
        inside = (raw.lines > since) & (raw.lines < line)
        refused = sum(1 for fault in raw.refused if since < fault.line < line)
    headings = list(raw.table.columns)
    numeric = _numeric_columns(mapping)
    compared: list[tuple[object, ...]] = []
    rest: list[float] = []
    for place, cell in enumerate(cells):
        number = number_of(cell) if cell.strip() else None
        if number is None:
            continue
        heading = headings[place] if place < len(headings) else ""
        if len(cells) == len(headings) and heading in numeric:
            ours = _sum(raw.table[heading][inside])
            compared.append(
                (line, label, numeric[heading], number, ours, abs(ours - number) < 0.005)
            )
        else:
            rest.append(number)
    in_label = [n for n in (number_of(m) for m in _NUMBER.findall(label)) if n is not None]
    for number in (rest or in_label)[:1]:
        compared.append(_count(raw, mapping, line, label, number, inside, refused))
    return compared


def _count(
    raw: Raw,
    mapping: Mapping,
    line: int,
    label: str,
    number: float,
    inside: np.ndarray,
    refused: int,
) -> tuple[object, ...]:
    """Compare a number alone: a contingent with those promoted, any other with the rows."""
    if "contingent" not in folded(label):
        ours = int(inside.sum()) + refused
        return (line, label, "lignes", number, ours, ours == number)
    headings = {column: heading for heading, column in mapping.columns.items()}
    if "promu" not in headings:
        return (line, label, "contingent", number, None, None)
    words = raw.table[headings["promu"]][inside].map(folded)
    ours = int(words.isin(["1", "oui", "o", "x", "promu", "promue", "nomme", "retenu"]).sum())
    return (line, label, "promu", number, ours, ours == number)


def _numeric_columns(mapping: Mapping) -> dict[str, str]:
    return {
        heading: column
        for heading, column in mapping.columns.items()
        if column in COLUMNS and COLUMNS[column].kind in ("entier", "nombre")
    }


def _sum(texts: pd.Series) -> float:
    counts = texts.value_counts()
    return sum((number_of(str(text)) or 0.0) * float(n) for text, n in counts.items())


def _sections(raw: Raw) -> list[tuple[str, int, int, int, object]]:
    sections = raw.extra.get("sections", [])
    return sections if isinstance(sections, list) else []
