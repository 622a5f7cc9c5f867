"""The report of an import: what became of each row and of each column, and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from iprof_kit.analytics.imports.files.raw import Lines, Raw
from iprof_kit.analytics.imports.values.cells import Outcome
from iprof_kit.base.names import words_in
from iprof_kit.base.words import NBSP, number_text

Rows = npt.NDArray[np.int64]
SAID = {
    Outcome.A_VERIFIER: "à vérifier",
    Outcome.REPAREE: "réparée",
    Outcome.VIDEE: "vidée",
    Outcome.REFUSEE: "refusée",
}
"""What a remark says of a cell: kept as it is, mended, emptied, or the row refused."""
ROW_SAID = ("acceptée", "réparée", "refusée")
_COLUMNS = words_in("ligne numero colonne valeur resultat pourquoi retenu que_faire regle")


@dataclass(frozen=True)
class Remark:
    """One kind of remark on some rows: kept as codes, so that 900,000 of them cost little.

    Attributes
    ----------
    rows : array of int
        Rows of the raw table.
    code : array of int
        Place of each row's words in `before`, `after` and `why`.
    """

    rule: str
    column: str
    outcome: Outcome
    rows: Rows
    code: Rows
    before: list[str] = field(repr=False)
    after: list[str] = field(repr=False)
    why: list[str] = field(repr=False)
    remedy: str = ""


@dataclass(repr=False)
class Report:
    """What became of a file. Shown in a notebook, it counts: no cell of the file is in it.

    Every line that holds a person is in exactly one of accepted, mended, refused.

    Attributes
    ----------
    raw : Raw
        The file: name, encoding, lines that are no row.
    lines : array of int
        Line of each row.
    totals : DataFrame
        The file's own totals beside ours.
    opinions : DataFrame
        What the files of opinions gave: joined, missing, unknown.
    notes : list of str
        What the reader should know of the whole.
    """

    raw: Raw
    lines: Lines
    numbers: list[str] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    totals: pd.DataFrame = field(default_factory=pd.DataFrame)
    opinions: pd.DataFrame = field(default_factory=pd.DataFrame)
    notes: list[str] = field(default_factory=list)

    def __repr__(self) -> str:
        """Return how many rows were accepted, mended, refused, and what shows each of them."""
        counts = self.counts
        return (
            f"Report({counts['lignes']} lignes{NBSP}: {counts['acceptees']} acceptées, "
            f"{counts['reparees']} réparées, {counts['refusees']} refusées ; details(), "
            "rows() et summary() les montrent)"
        )

    def add(
        self,
        rule: str,
        column: str,
        outcome: Outcome,
        rows: Rows,
        *,
        why: str | list[str],
        before: list[str] | None = None,
        after: list[str] | None = None,
        remedy: str = "",
    ) -> None:
        """Add a remark on some rows; words are one for all, or one a row."""
        if not len(rows):
            return
        several = not isinstance(why, str) or before is not None or after is not None
        code = np.arange(len(rows)) if several else np.zeros(len(rows), np.int64)
        count = len(rows) if several else 1
        whys = [why] * count if isinstance(why, str) else why
        blank = [""] * count
        self.remarks.append(
            Remark(
                rule,
                column,
                outcome,
                np.asarray(rows),
                code,
                before or blank,
                after or blank,
                whys,
                remedy,
            )
        )

    def outcomes(self) -> npt.NDArray[np.int8]:
        """Return what became of each row: 0 accepted, 1 mended, 2 refused."""
        outcomes = np.zeros(len(self.lines), np.int8)
        for remark in self.remarks:
            if remark.outcome in (Outcome.REPAREE, Outcome.VIDEE):
                outcomes[remark.rows] = np.maximum(outcomes[remark.rows], 1)
            elif remark.outcome == Outcome.REFUSEE:
                outcomes[remark.rows] = 2
        return outcomes

    @property
    def counts(self) -> dict[str, int]:
        """Rows accepted, mended, refused, and their sum: the lines that hold a person."""
        counts = np.bincount(self.outcomes(), minlength=3).tolist()
        counts[2] += len(self.raw.refused)
        return {
            "acceptees": counts[0],
            "reparees": counts[1],
            "refusees": counts[2],
            "lignes": sum(counts),
        }

    def rows(self) -> pd.DataFrame:
        """Return one row a line that holds a person: `ligne`, `numero`, `resultat`."""
        table = pd.DataFrame(
            {
                "ligne": self.lines,
                "numero": self._numbers(),
                "resultat": np.array(ROW_SAID, object)[self.outcomes()],
            }
        )
        cut = pd.DataFrame(
            {"ligne": [f.line for f in self.raw.refused], "numero": "", "resultat": ROW_SAID[2]}
        )
        whole = pd.concat([table, cut]) if len(cut) else table
        return whole.sort_values("ligne", kind="stable").reset_index(drop=True)

    def details(self, limit: int | None = None) -> pd.DataFrame:
        """Return the remarks, one a row: line, number, column, value, result, why, what is kept.

        Parameters
        ----------
        limit : int, optional
            At most so many remarks of each kind; `attrs["non_montrees"]` counts the others.
        """
        numbers = self._numbers()
        parts = [pd.DataFrame(list(self._line_faults()), columns=list(_COLUMNS))]
        hidden = 0
        for remark in self.remarks:
            rows, code = remark.rows[:limit], remark.code[:limit]
            hidden += len(remark.rows) - len(rows)
            parts.append(
                pd.DataFrame(
                    {
                        "ligne": self.lines[rows],
                        "numero": numbers[rows],
                        "colonne": remark.column,
                        "valeur": _take(remark.before, code),
                        "resultat": SAID[remark.outcome],
                        "pourquoi": _take(remark.why, code),
                        "retenu": _take(remark.after, code),
                        "que_faire": remark.remedy,
                        "regle": remark.rule,
                    }
                )
            )
        table = pd.concat([part for part in parts if len(part)] or parts[:1], ignore_index=True)
        table = table.sort_values("ligne", kind="stable").reset_index(drop=True)
        table.attrs["non_montrees"] = hidden
        return table

    def by_column(self) -> pd.DataFrame:
        """Return, by column and reason, how many cells were mended, emptied, doubted, refused."""
        kept = [
            (r.column, r.rule, SAID[r.outcome], why, int(count), int(self.lines[r.rows].min()))
            for r in self.remarks
            for why, count in _counted(r)
        ]
        lines = self.raw.refused
        if lines:
            kept.append(
                (
                    "",
                    "ligne_illisible",
                    SAID[Outcome.REFUSEE],
                    "ligne mal découpée",
                    len(lines),
                    min(f.line for f in lines),
                )
            )
        given = ["colonne", "regle", "resultat", "pourquoi", "nombre", "premiere_ligne"]
        shown = ["colonne", "resultat", "pourquoi", "nombre", "premiere_ligne", "regle"]
        table = pd.DataFrame(kept, columns=given)[shown]
        return table.sort_values(
            ["colonne", "nombre"], ascending=[True, False], kind="stable"
        ).reset_index(drop=True)

    def summary(self) -> list[tuple[str, Any]]:
        """Return what the file was and what became of it, label then value."""
        raw, counts = self.raw, self.counts
        return [
            ("Fichier", raw.name),
            ("Forme", raw.kind),
            ("Encodage", raw.encoding or "—"),
            ("Séparateur", raw.separator or "—"),
            ("Lignes de personnes", counts["lignes"]),
            ("Acceptées telles quelles", counts["acceptees"]),
            ("Réparées", counts["reparees"]),
            ("Refusées", counts["refusees"]),
            ("Lignes avant l’en-tête", len(raw.preamble)),
            ("Lignes vides", raw.blank),
            ("En-têtes répétés", raw.repeated),
            ("Lignes de totaux", len(raw.totals)),
            *self.announced(),
        ]

    def announced(self) -> list[tuple[str, str]]:
        """Return each total of the file beside what was read, those that differ first."""
        rows = sorted(self.totals.to_dict("records"), key=lambda row: row["concorde"] is not False)
        return [
            (
                f"Total annoncé{NBSP}: {row['libelle']} ({row['porte_sur']})",
                number_text(row["annonce"])
                + ("" if pd.isna(row["calcule"]) else f", lu {number_text(row['calcule'])}")
                + {True: "", False: f"{NBSP}: NE CONCORDE PAS"}.get(
                    row["concorde"], ", non vérifiable"
                ),
            )
            for row in rows
        ]

    def _numbers(self) -> npt.NDArray[np.object_]:
        numbers = np.full(len(self.lines), "", object)
        numbers[: len(self.numbers)] = self.numbers
        return numbers

    def _line_faults(self) -> Iterator[tuple[Any, ...]]:
        for fault in self.raw.refused:
            yield (
                fault.line,
                "",
                "",
                fault.text,
                SAID[Outcome.REFUSEE],
                fault.why,
                "",
                fault.remedy,
                "ligne_illisible",
            )


def _take(words: list[str], code: Rows) -> npt.NDArray[np.object_]:
    return np.asarray(words, dtype=object)[code]


def _counted(remark: Remark) -> list[tuple[str, int]]:
    counts: dict[str, int] = {}
    for code, count in zip(*np.unique(remark.code, return_counts=True), strict=True):
        why = remark.why[int(code)]
        counts[why] = counts.get(why, 0) + int(count)
    if len(counts) > 20:
        return [(f"par exemple{NBSP}: {next(iter(counts))}", sum(counts.values()))]
    return list(counts.items())
