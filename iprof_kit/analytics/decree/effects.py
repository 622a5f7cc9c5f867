"""Two laws side by side: for whom something changes, and by how much."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from iprof_kit.analytics.decree.one_law import HANDED_OVER
from iprof_kit.analytics.storage import hand_over, load_population
from iprof_kit.base.errors import InputError, Unavailable
from iprof_kit.base.words import NBSP, number_text

MOST_PEOPLE, MOST_DAYS = 1_000_000, 6
_PATIENCE = 3600
"""Seconds that one law may take for the most people and the most days."""
_CENT = 0.005


@dataclass(frozen=True)
class Gap:
    """Whom a change reaches in a group, and by how much on average a month (euros), or in days."""

    corps: str
    grade: str
    people: int
    gaining: int
    losing: int
    mean: float
    total: float


@dataclass(frozen=True)
class DayEffect:
    """The net pay of a month under both laws; `unknown` people have none under one of them."""

    day: date
    whole: Gap
    groups: tuple[Gap, ...]
    unknown: int


@dataclass(frozen=True)
class Effects:
    """What changes for a population: pay on each day, and the next échelon (in days)."""

    people: int
    days: tuple[DayEffect, ...]
    steps: Gap
    step_groups: tuple[Gap, ...]


@dataclass(frozen=True)
class ExampleChange:
    """One field of a worked example, under both laws."""

    field: str
    before: str
    after: str


@dataclass(frozen=True)
class Compared:
    """A population, where one was given, and the worked examples, by number."""

    effects: Effects | None
    examples: tuple[tuple[ExampleChange, ...], ...]


def compared(
    before: Path,
    after: Path,
    population: Path | pd.DataFrame | None,
    days: Sequence[date],
    examples: Sequence[tuple[str, Any]] = (),
) -> Compared:
    """Ask two laws the same questions, each in a process of its own.

    Parameters
    ----------
    before, after : Path
        Folders of tables.
    population : Path, DataFrame or None
        A population table: a file (Parquet), or what was drawn.
    days : sequence of date
        Months whose pay is compared.
    examples : sequence of (subject, question)

    Raises
    ------
    InputError
        Too many people or days, or a law that cannot answer: the message says which folder.
    Unavailable
        A process stopped.
    """
    refuse_too_many(days)
    if isinstance(population, Path) and days:
        people: pd.DataFrame | None = load_population(population)
    else:
        people = population if isinstance(population, pd.DataFrame) and days else None
    if people is not None:
        _refuse_too_much(people)
    with tempfile.TemporaryDirectory(prefix="iprof-droit-") as folder:
        file = population if isinstance(population, Path) else Path(folder) / f"gens{HANDED_OVER}"
        if isinstance(population, pd.DataFrame):
            hand_over(population, file)
        asked = {
            "population": "" if people is None else str(file.absolute()),
            "jours": [day.isoformat() for day in days],
            "exemples": list(examples),
        }
        files = [Path(folder) / "avant.npz", Path(folder) / "apres.npz"]
        each = [asked | {"colonnes": str(file)} for file in files]
        with ThreadPoolExecutor(len(each)) as both:
            answers = list(both.map(_asked, (before, after), each))
        effects = None if people is None else _effects(people, days, *map(_columns, files))
    pairs = zip(*(one["exemples"] for one in answers), strict=True)
    return Compared(effects, tuple(tuple(_differing(old, new)) for old, new in pairs))


def refuse_too_many(days: Sequence[date]) -> None:
    """Refuse more dates than are compared at once."""
    if len(days) > MOST_DAYS:
        raise InputError(
            f"{len(days)} dates sont demandées.",
            where="--le",
            remedy=f"Comparez {MOST_DAYS} dates au plus.",
        )


def _refuse_too_much(people: pd.DataFrame) -> None:
    if not 0 < len(people) <= MOST_PEOPLE:
        raise InputError(
            f"cette population a {number_text(len(people))} lignes.",
            where="--population",
            remedy=f"Donnez d’une à {number_text(MOST_PEOPLE)} personnes.",
        )


def _asked(law: Path, asked: dict[str, Any]) -> dict[str, Any]:
    try:
        run = subprocess.run(
            [sys.executable, "-m", "iprof_kit.analytics.decree.one_law"],
            input=json.dumps(asked),
            capture_output=True,
            text=True,
            check=False,
            timeout=_PATIENCE,
            env={**os.environ, "IPROF_REFERENCE": str(law)},
        )
    except subprocess.TimeoutExpired as error:
        raise Unavailable(
            "le calcul a pris plus d’une heure.",
            where=str(law),
            remedy="Donnez moins de personnes ou de dates.",
        ) from error
    if run.returncode:
        last = (run.stderr.strip().splitlines() or ["arrêt sans message"])[-1]
        raise Unavailable(
            f"le calcul s’est arrêté{NBSP}: {last[:200]}.",
            where=str(law),
            remedy="Vérifiez les lignes changées.",
        )
    answer: dict[str, Any] = json.loads(run.stdout)
    if "erreur" in answer:
        where = f"{law}, {answer['ou']}" if answer["ou"] else str(law)
        raise InputError(answer["erreur"], where=where, remedy=answer["remede"])
    return answer


def _columns(file: Path) -> dict[str, np.ndarray]:
    with np.load(file) as made:
        return {"nets": made["nets"], "prochains": made["prochains"]}


def _effects(
    people: pd.DataFrame,
    days: Sequence[date],
    old: dict[str, np.ndarray],
    new: dict[str, np.ndarray],
) -> Effects:
    moved = (new["prochains"] - old["prochains"]).astype("timedelta64[D]")
    lengths = np.where(np.isnat(moved), np.nan, moved.astype(float))
    each = tuple(
        DayEffect(day, *_gaps(people, change), int(np.isnan(change).sum()))
        for day, change in zip(days, new["nets"] - old["nets"], strict=True)
    )
    return Effects(len(people), each, *_gaps(people, lengths))


def _gaps(people: pd.DataFrame, change: np.ndarray) -> tuple[Gap, tuple[Gap, ...]]:
    reached = np.abs(np.nan_to_num(change)) > _CENT
    table = people.loc[reached, ["corps", "grade"]].fillna("").assign(change=change[reached])
    groups = [
        _gap(str(corps), str(grade), rows["change"])
        for (corps, grade), rows in table.groupby(["corps", "grade"], sort=False)
    ]
    groups.sort(key=lambda one: (-one.people, one.corps, one.grade))
    return _gap("", "", table["change"]), tuple(groups)


def _gap(corps: str, grade: str, change: pd.Series[float]) -> Gap:
    return Gap(
        corps,
        grade,
        len(change),
        int((change > 0).sum()),
        int((change < 0).sum()),
        float(change.mean()) if len(change) else 0.0,
        float(change.sum()),
    )


def _differing(old: Any, new: Any, head: str = "") -> Iterator[ExampleChange]:
    """Yield the leaves of two answers that are not the same."""
    if isinstance(old, dict) and isinstance(new, dict):
        for name in dict.fromkeys((*old, *new)):
            yield from _differing(old.get(name), new.get(name), f"{head}.{name}".lstrip("."))
    elif isinstance(old, list) and isinstance(new, list):
        for place in range(max(len(old), len(new))):
            was, now = (one[place] if place < len(one) else None for one in (old, new))
            yield from _differing(was, now, f"{head}[{place + 1}]")
    elif old != new:
        yield ExampleChange(head, _text(old), _text(new))


def _text(value: Any) -> str:
    if value is None:
        return "rien"
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, float):
        return f"{value:.2f}".replace(".", ",")
    return str(value)
