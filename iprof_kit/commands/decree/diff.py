"""`iprof law diff`: what changes between two folders of tables, for whom, by how much."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import click
import pandas as pd

from iprof_kit.analytics.decree.effects import (
    MOST_DAYS,
    MOST_PEOPLE,
    Compared,
    compared,
    refuse_too_many,
)
from iprof_kit.analytics.decree.wording import effects_text, example_text, rows_text
from iprof_kit.base.calendar import date_text
from iprof_kit.base.errors import InputError
from iprof_kit.base.words import number_text
from iprof_kit.commands.saying import say
from iprof_kit.law.tables.differences import RowChange, changes, folder_of_tables

_HYPOTHESES = (
    "Chacun garde sa position de la table, sans indemnité de résidence, sans enfant.",
    "La paie est nette avant impôt, avec les primes que tout le corps reçoit, lissées sur l’année.",
    "Le kit simule ; l’administration décide.",
)
_LARGEST = 1_000_000
"""Bytes of the question of a worked example."""


@click.command()
@click.argument("avant", type=click.Path(path_type=Path))
@click.argument("apres", type=click.Path(path_type=Path))
@click.option(
    "--population",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FICHIER.parquet",
    help="Table de population ; par défaut des personnes fictives tirées par le kit.",
)
@click.option("--taille", type=int, default=2000, show_default=True, help="Personnes fictives.")
@click.option("--graine", type=int, default=2026, show_default=True, help="Graine de leur tirage.")
@click.option(
    "--le",
    "days",
    type=click.DateTime(["%Y-%m-%d"]),
    multiple=True,
    metavar="AAAA-MM-JJ",
    help="Mois de paie à comparer ; par défaut ceux où une ligne change.",
)
@click.option(
    "--exemple",
    "examples",
    type=(str, click.Path(path_type=Path, dir_okay=False)),
    multiple=True,
    metavar="SUJET FICHIER.json",
    help="Question de iprof calculate, posée aux deux droits.",
)
@click.option("--sans-population", is_flag=True, help="Ne comparer que les lignes et les exemples.")
def diff(
    avant: Path,
    apres: Path,
    population: Path | None,
    taille: int,
    graine: int,
    days: tuple[datetime, ...],
    examples: tuple[tuple[str, Path], ...],
    *,
    sans_population: bool,
) -> None:
    """Dire ce qui change entre deux dossiers de tables, pour qui et de combien.

    AVANT et APRES sont des copies de data/reference, ou deux copies du projet.
    """
    questions = [(name, _question(file)) for name, file in examples]
    refuse_too_many(days)
    changed = changes(avant, apres)
    _say(rows_text(changed))
    months = tuple(sorted({_month(one.date()) for one in days})) or _months(changed)
    if not changed or not (months or questions):
        return
    laws = folder_of_tables(avant), folder_of_tables(apres)
    shown = months[-MOST_DAYS:] if not days else months
    people = None
    if not sans_population and shown:
        people = _drawn(taille, graine) if population is None else population
    result = compared(*laws, people, shown, questions)
    _say(_people_text(result, population, taille, graine, months[: -len(shown) or None]))
    for (name, file), fields in zip(examples, result.examples, strict=True):
        _say(example_text(f"{name} ({file.name})", fields))


def _people_text(
    result: Compared, population: Path | None, size: int, seed: int, left: Sequence[date]
) -> Iterator[str]:
    if result.effects is None:
        return
    yield ""
    yield (
        f"Pour {number_text(result.effects.people)} personnes de {population.name} :"
        if population
        else f"Pour {number_text(size)} personnes fictives tirées par le kit (graine {seed}) :"
    )
    yield from effects_text(result.effects)
    if left:
        yield f"Autres dates, à demander par --le : {', '.join(map(date_text, left))}."
    yield from _HYPOTHESES


def _say(lines: Iterator[str]) -> None:
    for line in lines:
        say(line)


def _month(day: date) -> date:
    """Return the first month that is wholly under what begins on a day."""
    return day if day.day == 1 else (day.replace(day=1) + timedelta(32)).replace(day=1)


def _months(changed: Sequence[RowChange]) -> tuple[date, ...]:
    return tuple(sorted({_month(day) for one in changed for day in one.days}))


def _drawn(size: int, seed: int) -> pd.DataFrame:
    from iprof_kit.analytics.population.build import build

    if not 0 < size <= MOST_PEOPLE:
        raise InputError(
            f"{size} personnes ne peuvent pas être tirées.",
            where="--taille",
            remedy=f"Donnez d’une à {number_text(MOST_PEOPLE)} personnes.",
        )
    return build(size, seed).table


def _question(file: Path) -> Any:
    try:
        if file.stat().st_size > _LARGEST:
            raise InputError(
                "cette question est trop longue.", where=str(file), remedy="Donnez-en une seule."
            )
        return json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(
            "ce fichier n’est pas une question en JSON.",
            where=str(file),
            remedy="Écrivez-la comme pour iprof calculate --input.",
        ) from error
