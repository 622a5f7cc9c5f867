"""`iprof atelier`: the personas of the trainers' atelier, and the files that trainers write."""

from __future__ import annotations

from pathlib import Path

import click

from iprof_kit.base.calendar import date_text
from iprof_kit.base.characters import visible
from iprof_kit.base.words import NBSP, counted
from iprof_kit.calculate.atelier.files import check, personas
from iprof_kit.calculate.atelier.sentences import Lived, Statement


@click.group()
def atelier() -> None:
    """Écrire et vérifier les personas et les scénarios de l’atelier (docs/atelier.md)."""


@atelier.command("liste")
def listing() -> None:
    """Lister les personas du kit : leur nom de fichier, qui elles sont, ce qu’elles enseignent."""
    for one in personas().values():
        click.echo(f"{one.id}{NBSP}: {one.label}. {one.enseigne}")


@atelier.command("check")
@click.argument("file", metavar="FICHIER", type=click.Path(path_type=Path))
def check_file(file: Path) -> None:
    """Vérifier une persona ou un fichier de scénarios, et montrer ce que chaque phrase devient.

    Le fichier est lu, le droit est appliqué, chaque phrase est comparée au calcul. Code de sortie :
    0 si tout est juste, 2 si le fichier est à reprendre ; chaque erreur a sa ligne et sa colonne.
    """
    persona = check(file)
    lived = Lived.of(persona)
    click.echo(
        visible(
            f"{persona.label}{NBSP}: {counted(len(persona.scenarios), 'scénario')}, "
            f"{counted(len(persona.phrases), 'phrase vérifiée')}, "
            f"jour figé le {date_text(persona.jour)}."
        )
    )
    for phrase in persona.phrases:
        click.echo(visible(f"  {Statement(lived, phrase).text()}"))
