"""`iprof generate`: a fictitious population, its calibration, and a spoilt extract of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from iprof_kit.base.errors import InputError, Unavailable
from iprof_kit.base.words import counted
from iprof_kit.commands.saying import say

if TYPE_CHECKING:
    import pandas as pd


@click.command("generate")
@click.option("--size", type=int, required=True, metavar="N", help="Nombre de personnes.")
@click.option("--seed", type=int, required=True, metavar="S", help="Graine du tirage.")
@click.option(
    "--annee",
    type=int,
    metavar="AAAA",
    help="Situation au 31 août de cette année ; par défaut la dernière couverte.",
)
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    metavar="FICHIER.parquet",
    help="Table de population à écrire (avec --sale : .csv).",
)
@click.option(
    "--sale",
    is_flag=True,
    help="Écrire un extrait abîmé (.csv) pour éprouver l’import, et la liste de ses défauts.",
)
@click.option(
    "--rapport",
    type=click.Path(path_type=Path),
    metavar="FICHIER.html|.csv",
    help="Calage : chaque chiffre publié à côté du nôtre.",
)
def generate(
    size: int, seed: int, annee: int | None, output: Path | None, sale: bool, rapport: Path | None
) -> None:
    """Tirer une population fictive, calée sur les chiffres publiés.

    Toutes les personnes sont fictives. Même taille, même graine : même fichier.
    """
    from iprof_kit.analytics.population.build import build
    from iprof_kit.analytics.population.calibration import OUTSIDE, calibration
    from iprof_kit.analytics.population.report import save_calibration
    from iprof_kit.analytics.storage import save_population

    _refuse(output, rapport, sale)
    population = build(size, seed, annee)
    if output is not None and sale:
        _write_dirty(population.table, seed, output)
    elif output is not None:
        save_population(population.table, output)
        say(f"{counted(size, 'personne fictive')} : {output}")
    if rapport is not None:
        figures = calibration(population)
        save_calibration(figures, rapport)
        missed = int((figures["resultat"] == OUTSIDE).sum())
        say(f"Calage : {rapport} ({len(figures)} chiffres publiés, {missed} hors tolérance)")


def _refuse(output: Path | None, rapport: Path | None, sale: bool) -> None:
    """Refuse what would write nothing, or another format than the name says."""
    if output is None and rapport is None:
        raise InputError(
            "rien n’est demandé.",
            where="generate",
            remedy="Donnez --output, --rapport ou les deux.",
        )
    wanted = ".csv" if sale else ".parquet"
    if output is not None and output.suffix.lower() != wanted:
        raise InputError(
            f"la sortie ne s’écrit pas en « {output.suffix} ».",
            where=str(output),
            remedy=f"Donnez un nom en {wanted}.",
        )
    if rapport is not None and rapport.suffix.lower() not in (".html", ".csv"):
        raise InputError(
            f"un rapport de calage ne s’écrit pas en « {rapport.suffix} ».",
            where=str(rapport),
            remedy="Formats possibles : .csv, .html.",
        )


def _write_dirty(table: pd.DataFrame, seed: int, output: Path) -> None:
    from iprof_kit.analytics.population.dirty import dirty_extract

    content, spoilt = dirty_extract(table, seed)
    defects = output.with_name(f"{output.stem}_defauts.csv")
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_bytes(content)
        spoilt.to_csv(defects, index=False, sep=";")
    except OSError as error:
        raise Unavailable(
            "l’extrait ne peut pas être écrit.",
            where=str(output),
            remedy="Vérifiez le dossier et la place sur le disque.",
        ) from error
    say(f"Extrait abîmé : {output} ; {len(spoilt)} défauts listés : {defects}")
