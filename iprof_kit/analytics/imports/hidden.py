"""Identities that stand where no number of a person is expected: taken away, and said."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from iprof_kit.analytics.identities import MASKED, masked, with_identity
from iprof_kit.analytics.imports.files.raw import Raw
from iprof_kit.analytics.imports.mapping import Mapping
from iprof_kit.analytics.imports.report import Report
from iprof_kit.analytics.imports.values.cells import Outcome
from iprof_kit.base.words import NBSP

_WHY = f"ressemble à un NUMEN ou à un numéro de sécurité sociale{NBSP}: retiré"
_REMEDY = f"Retirez-le de l’extrait{NBSP}: une personne a son numéro, et rien d’autre."


def hide_lines(raw: Raw) -> None:
    """Mask the identities of what is quoted of a file besides its rows."""
    for name in ("refused", "repaired"):
        faults = getattr(raw, name)
        setattr(raw, name, [replace(fault, text=masked(fault.text)) for fault in faults])
    for name in ("preamble", "totals"):
        lines = getattr(raw, name)
        setattr(raw, name, [(line, [masked(cell) for cell in cells]) for line, cells in lines])


def hide_cells(raw: Raw, mapping: Mapping, report: Report | None = None) -> None:
    """Take the identities out of every column but the one of the numbers, and say where."""
    raw.table = raw.table.copy()
    for heading in map(str, raw.table.columns):
        column = mapping.columns.get(heading, "")
        if column == "numero":
            continue
        identified = with_identity(raw.table[heading])
        if not identified.any():
            continue
        texts = raw.table.loc[identified, heading].map(masked)
        whole = texts.str.strip() == MASKED
        raw.table.loc[identified, heading] = texts.mask(whole, "")
        if report is not None and column:
            rows = np.flatnonzero(identified.to_numpy())
            report.add(
                "donnee_identifiante",
                column,
                Outcome.REPAREE,
                rows,
                why=_WHY,
                before=[MASKED] * len(rows),
                after=texts.mask(whole, "").tolist(),
                remedy=_REMEDY,
            )
