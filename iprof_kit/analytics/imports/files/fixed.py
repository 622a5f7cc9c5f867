"""Fixed-width text, described by the columns of a source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from iprof_kit.analytics.imports.files.encoding import to_utf8
from iprof_kit.analytics.imports.files.raw import LineFault, Raw
from iprof_kit.analytics.imports.words import begins_a_total
from iprof_kit.base.errors import InputError
from iprof_kit.base.words import NBSP, counted


@dataclass(frozen=True)
class Slot:
    """A column of a fixed-width file: heading, first character (from 1), number of characters."""

    heading: str
    begin: int
    length: int


def read_fixed(data: bytes, name: str, slots: Sequence[Slot], skip: int = 0) -> Raw:
    """Read a fixed-width text into a table of texts.

    Parameters
    ----------
    name : str
        File name, for messages.
    skip : int
        Lines before the first row.

    Raises
    ------
    InputError
        No column is described, or two of them overlap.
    """
    check_slots(slots, name)
    decoded = to_utf8(data)
    text = decoded.data.decode("utf-8", errors="replace").replace("\r\n", "\n")
    lines = text.replace("\r", "\n").split("\n")
    if lines and not lines[-1]:
        lines.pop()
    raw = Raw(name, "largeur fixe", pd.DataFrame(), np.array([], np.int64), decoded.label)
    raw.preamble = [(n, [line]) for n, line in enumerate(lines[:skip], start=1) if line.strip()]
    raw.repaired += [
        LineFault(n, "", "encodage différent du reste du fichier, relu à part")
        for n in decoded.mixed
    ]
    ordered = sorted(slots, key=lambda slot: slot.begin)
    width, needed = ordered[-1].begin + ordered[-1].length - 1, ordered[-1].begin
    numbers, kept = [], []
    for number, line in enumerate(lines[skip:], start=skip + 1):
        if not line.strip():
            raw.blank += 1
        elif begins_a_total(line.strip()) and len(line.split()) * 2 <= max(len(slots), 8):
            raw.totals.append((number, line.split()))
        elif len(line.rstrip()) > width:
            raw.refused.append(
                LineFault(
                    number,
                    line[:120],
                    f"la ligne a {counted(len(line.rstrip()), 'caractère')} pour {width}",
                    "Vérifiez la description des colonnes, ou cette ligne.",
                )
            )
        else:
            if len(line) < needed:
                raw.repaired.append(
                    LineFault(number, line[:120], "ligne courte, complétée par des vides")
                )
            numbers.append(number)
            kept.append(line)
    raw.lines = np.array(numbers, np.int64)
    raw.table = pd.DataFrame(
        {s.heading: [line[s.begin - 1 : s.begin - 1 + s.length] for line in kept] for s in slots},
        dtype="str",
    )
    return raw


def check_slots(slots: Sequence[Slot], where: str) -> None:
    """Refuse a description of columns that is empty or whose columns overlap."""
    if not slots:
        raise InputError(
            "un fichier de largeur fixe a besoin de la description de ses colonnes.",
            where=where,
            remedy="Décrivez-les dans le fichier de la source (docs/analysts/import.md).",
        )
    end, last = 0, ""
    for slot in sorted(slots, key=lambda each: each.begin):
        if slot.begin <= end or slot.length < 1:
            raise InputError(
                f"«{NBSP}{last}{NBSP}» et «{NBSP}{slot.heading}{NBSP}» se chevauchent.",
                where=where,
                remedy=f"Corrigez «{NBSP}debut{NBSP}» ou «{NBSP}longueur{NBSP}».",
            )
        end, last = slot.begin + slot.length - 1, slot.heading
