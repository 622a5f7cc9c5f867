"""Part-time in the first degree: whole half-days."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import replace
from functools import cache
from typing import Any

from iprof_kit.base.explanation import Parameter, explaining, note
from iprof_kit.base.words import NBSP, number_text
from iprof_kit.law.tables.loading import table
from iprof_kit.law.tables.lookups import confidence_letter, day_or_none
from iprof_kit.law.tables.rules import rule


@cache
def part_time_rows(code: str) -> tuple[dict[Hashable, Any], ...]:
    """Return the rows of one code of temps_partiel, in its order, with their place in it."""
    frame = table("temps_partiel").assign(place=lambda rows: rows.index)
    return tuple(frame[frame["code"] == code].to_dict("records"))


@rule(
    sentence="Dans le premier degré, le service à temps partiel, même de droit, est un nombre "
    "entier de demi-journées : la quotité est la part des demi-journées, payée à l’identique.",
    source="circulaires 2008-106 et 2014-116 ; CGFP L612-5",
    since="2008-09-01",
    tables=("temps_partiel",),
)
def half_day_fraction(quotite: float) -> tuple[int, int] | None:
    """Return the fraction paid of a quotité in half-days, None where it is not one.

    Parameters
    ----------
    quotite : float
        Percent worked.
    """
    fraction_and_papers = _half_days().get(quotite)
    if fraction_and_papers is None:
        return None
    if explaining():
        papers = fraction_and_papers[1]
        label = f"Part payée pour {number_text(quotite)}{NBSP}%"
        note(replace(papers, words=(label, str(papers.value))))
    return fraction_and_papers[0]


def half_day_quotites() -> tuple[float, ...]:
    """Return the quotités in half-days of the first degree, highest first."""
    return tuple(sorted(_half_days(), reverse=True))


def half_day_papers(quotite: float) -> Parameter | None:
    """Return the row of the table behind a quotité in half-days, None where it is not one."""
    fraction_and_papers = _half_days().get(quotite)
    return None if fraction_and_papers is None else fraction_and_papers[1]


def row_papers(row: Any, label: str) -> Parameter:
    """Return the papers of a row of temps_partiel."""
    return Parameter(
        label,
        row["fraction_remuneree"],
        row["source"],
        day_or_none(row["valide_du"]),
        None,
        confidence_letter(row["confiance"]),
        row=("temps_partiel", int(row["place"])),
    )


@cache
def _half_days() -> dict[float, tuple[tuple[int, int], Parameter]]:
    """Return quotité → fraction paid and papers of the half-days of the first degree."""
    by_quotite = {}
    for row in part_time_rows("QUOTITE_DEMI_JOURNEES"):
        top, bottom = row["fraction_remuneree"].split("/")
        papers = row_papers(row, "quotité en demi-journées")
        by_quotite[float(row["quotite_travaillee_pct"])] = ((int(top), int(bottom)), papers)
    return by_quotite
