"""`iprof projeter`: a population year by year, in files that say PROJET."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import cast

import click
import pandas as pd

from iprof_kit.analytics.projection.chunks import FIGURES
from iprof_kit.analytics.projection.repetitions import repeter
from iprof_kit.analytics.projection.start import projeter
from iprof_kit.analytics.promotions.writing import (
    csv_of,
    provenance_file,
    provenance_of,
    workbook_of,
)
from iprof_kit.analytics.provenance import PROJET
from iprof_kit.analytics.storage import load_population
from iprof_kit.base.errors import InputError, Unavailable
from iprof_kit.base.private_files import write_private
from iprof_kit.base.words import counted
from iprof_kit.careers.campaigns import Beyond
from iprof_kit.commands import as_record
from iprof_kit.commands.saying import say


@dataclass(frozen=True)
class ProjectionAsked:
    """A population to project: until when, by which hypotheses, how often, and where to."""

    table: Path
    jusqua: int
    seed: int
    scenario: Path | None
    annee: int | None
    suppose: str
    repetitions: int
    processus: int | None
    morceaux: Path | None
    vers: Path


@click.command("projeter")
@click.argument("table", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--jusqua", type=int, required=True, metavar="AAAA", help="Dernière campagne.")
@click.option("--seed", type=int, required=True, metavar="S", help="Graine du tirage.")
@click.option(
    "--scenario",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FICHIER.yml",
    help="Taux, recrutements, mesures supposés.",
)
@click.option(
    "--annee",
    type=int,
    metavar="AAAA",
    help="Situation au 31 août de cette année ; sinon, ce que dit la table.",
)
@click.option(
    "--suppose",
    type=click.Choice(["refuser", "dernier_connu", "projet"]),
    default="dernier_connu",
    show_default=True,
    help="Année sans taux publié.",
)
@click.option(
    "--repetitions",
    type=int,
    default=1,
    show_default=True,
    metavar="N",
    help="Au-delà de 1 : médiane et déciles, reprise possible.",
)
@click.option("--processus", type=int, metavar="N", help="Par défaut un par cœur.")
@click.option(
    "--morceaux",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DOSSIER",
    help="Garder chaque répétition en Parquet ; relancer reprend.",
)
@click.option(
    "--vers",
    type=click.Path(path_type=Path),
    required=True,
    help="Fichier .xlsx, ou dossier de .csv.",
)
@as_record(ProjectionAsked)
def projeter_(asked: ProjectionAsked) -> None:
    """Projeter une population : campagnes, entrées, sorties, budget, retraites."""
    if asked.vers.suffix.lower() not in ("", ".xlsx"):
        raise InputError(
            f"la sortie ne s’écrit pas en « {asked.vers.suffix} ».",
            where=str(asked.vers),
            remedy="Donnez un nom en .xlsx, ou un dossier.",
        )
    people = load_population(asked.table)
    beyond = cast(Beyond, asked.suppose)
    if asked.repetitions == 1 and asked.morceaux is None:
        made = projeter(
            people,
            asked.jusqua,
            graine=asked.seed,
            scenario=asked.scenario,
            annee=asked.annee,
            suppose=beyond,
        )
        tables = made.tableaux()
    else:
        several = repeter(
            people,
            asked.jusqua,
            repetitions=asked.repetitions,
            graine=asked.seed,
            scenario=asked.scenario,
            annee=asked.annee,
            suppose=beyond,
            processus=asked.processus,
            dossier=asked.morceaux,
        )
        say(several.message)
        tables = {name: several.tableau(name) for name in FIGURES}
    written = write(tables, asked.vers)
    say(f"{PROJET}. {counted(len(people), 'ligne projetée')} jusqu’en {asked.jusqua}.")
    say(f"Écrit : {', '.join(path.name for path in written)}.")


def write(tables: dict[str, pd.DataFrame], path: Path) -> list[Path]:
    """Write tables: one XLSX, or a folder of CSV with their provenance beside.

    Raises
    ------
    Unavailable
        A file cannot be written.
    """
    try:
        (path.parent if path.suffix else path).mkdir(parents=True, exist_ok=True)
        made = {path: workbook_of(tables)} if path.suffix else _texts(tables, path)
        for file, content in made.items():
            write_private(file, content)
        return list(made)
    except OSError as error:
        raise Unavailable(
            "la projection ne peut pas être écrite.",
            where=str(path),
            remedy="Fermez le fichier s’il est ouvert, ou choisissez un autre dossier.",
        ) from error


def _texts(tables: dict[str, pd.DataFrame], folder: Path) -> dict[Path, bytes]:
    contents = {}
    for name, table in tables.items():
        file = folder / f"{name}.csv"
        contents[file] = csv_of(table, decimal=",", float_format="%.2f")
        contents[provenance_file(file)] = provenance_of(table)
    return contents
