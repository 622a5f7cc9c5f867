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
    columns : tuple of Column
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
        held = self.caption
        kept = f"{NBSP}; ".join(f"{name} = {value}" for name, value in held["filtres"].items())
        seen = held["observation"]
        told = [
            ("Statut", f"{held['statut']}{NBSP}: document de travail, l’autorité décide"),
            ("Tableau", held["titre"]),
            ("Source", held["source"]),
            ("Fichier lu", held["fichier"]),
            ("Situations au", date_text(date.fromisoformat(seen)) if seen else ""),
            ("Établi le", date_text(date.fromisoformat(held["date"]))),
            ("Filtres", kept or "aucun"),
            ("Secret statistique", held["regles"]),
            ("Empreinte de l’entrée (SHA-256)", held["sha256"]),
            ("Version", held["version"]),
        ]
        return [(label, text) for label, text in told if text]

    def shown(self) -> pd.DataFrame:
        """Return the table in pandas, hidden values reading « secret », empty ones missing."""
        frame = pd.DataFrame(self.labels, columns=list(self.by), dtype=object)
        for column in self.columns:
            told = [
                SECRET
                if hidden
                else None
                if np.isnan(value)
                else float(value)
                if column.decimals
                else int(value)
                for value, hidden in zip(column.values, column.secret, strict=True)
            ]
            frame[column.name] = pd.Series(told, dtype=object)
        frame.attrs.update(self.caption)
        return frame


def sheet_of(
    cube: Cube, wanted: tuple[Measure, ...], found: Shown, caption: dict[str, Any]
) -> Sheet:
    """Return the table of what may be shown; no hidden number is in it."""
    held = found.held
    columns = [_column("effectif", "effectif", held.count, found.published["effectif"], held.count)]
    for one in wanted:
        name = one.column
        if one.kind == "part":
            shown, base = found.published[f"part:{name}"], held.count
            values = 100 * held.yes[name] / np.maximum(base, 1)
        else:
            shown, base = found.published[f"valeur:{name}"], held.known[name]
            values = held.amount[name] / (np.maximum(base, 1) if one.kind == "moyenne" else 1)
        columns.append(_column(one.name, one.heading, values, shown, base, one.kind))
    said = tuple(COLUMNS[name].meaning if name in COLUMNS else name for name in cube.by)
    return Sheet(cube.by, said, cube.labels(), tuple(columns), caption)


def _column(
    name: str,
    heading: str,
    values: np.ndarray,
    shown: np.ndarray,
    base: np.ndarray,
    kind: str = "effectif",
) -> Column:
    decimals = DECIMALS[kind]
    told = np.where(shown, np.round(values.astype("float64"), decimals), np.nan)
    if kind != "effectif":
        told = np.where(base > 0, told, np.nan)
    return Column(name, heading, decimals, told, ~shown)
