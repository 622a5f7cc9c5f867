"""The table to write: labels, values as they are rounded, what is secret, where it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from iprof_kit.analytics.columns import COLUMNS
from iprof_kit.analytics.publication.cube import Cube
from iprof_kit.analytics.publication.protection import Shown
from iprof_kit.analytics.publication.request import Measure
from iprof_kit.analytics.publication.rules import SECRET
from iprof_kit.base.calendar import date_text
from iprof_kit.base.words import NBSP

DECIMALS = {"effectif": 0, "part": 1, "moyenne": 2, "somme": 2}


@dataclass(frozen=True)
class Column:
    """A measure of the table: hidden values are NaN in `values`, never the number itself."""

    name: str
    heading: str
    decimals: int
    values: np.ndarray
    secret: np.ndarray


@dataclass(frozen=True)
class Sheet:
    """A table ready to write.

    Attributes
    ----------
    by, headings : tuples of str
        Names of the columns crossed, and what they mean.
    labels : list of tuples of str
    caption : dict
        Provenance: `statut`, `titre`, `source`, `fichier`, `observation`, `date`, `filtres`,
        `regles`, `version`, `sha256`.
    """

    by: tuple[str, ...]
    headings: tuple[str, ...]
    labels: list[tuple[str, ...]]
    columns: tuple[Column, ...]
    caption: dict[str, Any]

    @property
    def title(self) -> str:
        """PROJET, then what the table says."""
        return f"{self.caption['statut']} — {self.caption['titre']}"

    def provenance(self) -> list[tuple[str, str]]:
        """Return the provenance as labels and texts."""
        caption = self.caption
        kept = f"{NBSP}; ".join(f"{name} = {value}" for name, value in caption["filtres"].items())
        seen = caption["observation"]
        lines = [
            ("Statut", f"{caption['statut']}{NBSP}: document de travail, l’autorité décide"),
            ("Tableau", caption["titre"]),
            ("Source", caption["source"]),
            ("Fichier lu", caption["fichier"]),
            ("Situations au", date_text(date.fromisoformat(seen)) if seen else ""),
            ("Établi le", date_text(date.fromisoformat(caption["date"]))),
            ("Filtres", kept or "aucun"),
            ("Secret statistique", caption["regles"]),
            ("Empreinte de l’entrée (SHA-256)", caption["sha256"]),
            ("Version", caption["version"]),
        ]
        return [(label, text) for label, text in lines if text]

    def shown(self) -> pd.DataFrame:
        """Return the table in pandas, hidden values reading « secret », empty ones missing."""
        frame = pd.DataFrame(self.labels, columns=list(self.by), dtype=object)
        for column in self.columns:
            cells = [
                SECRET
                if hidden
                else None
                if np.isnan(value)
                else float(value)
                if column.decimals
                else int(value)
                for value, hidden in zip(column.values, column.secret, strict=True)
            ]
            frame[column.name] = pd.Series(cells, dtype=object)
        frame.attrs.update(self.caption)
        return frame


def sheet_of(
    cube: Cube, wanted: tuple[Measure, ...], visible: Shown, caption: dict[str, Any]
) -> Sheet:
    """Return the table of what may be shown; no hidden number is in it."""
    totals = visible.sums
    columns = [
        _column("effectif", "effectif", totals.count, visible.published["effectif"], totals.count)
    ]
    for one in wanted:
        name = one.column
        if one.kind == "part":
            shown, base = visible.published[f"part:{name}"], totals.count
            values = 100 * totals.yes[name] / np.maximum(base, 1)
        else:
            shown, base = visible.published[f"valeur:{name}"], totals.known[name]
            values = totals.amount[name] / (np.maximum(base, 1) if one.kind == "moyenne" else 1)
        columns.append(_column(one.name, one.heading, values, shown, base, one.kind))
    meanings = tuple(COLUMNS[name].meaning if name in COLUMNS else name for name in cube.by)
    return Sheet(cube.by, meanings, cube.labels(), tuple(columns), caption)


def _column(
    name: str,
    heading: str,
    values: np.ndarray,
    shown: np.ndarray,
    base: np.ndarray,
    kind: str = "effectif",
) -> Column:
    decimals = DECIMALS[kind]
    rounded = np.where(shown, np.round(values.astype("float64"), decimals), np.nan)
    if kind != "effectif":
        rounded = np.where(base > 0, rounded, np.nan)
    return Column(name, heading, decimals, rounded, ~shown)
