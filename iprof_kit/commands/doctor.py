"""`iprof doctor`: what this machine offers, what is weaker for want of it, what to do."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from sqlalchemy import text

from iprof_kit.base.errors import KitError
from iprof_kit.kernel.walls import missing_walls
from iprof_kit.law.tables import verified_until
from iprof_kit.records.database import database_url, reading
from iprof_kit.server.warm import POSSIBLE


@click.command()
def doctor() -> None:
    """Dit ce que cette machine permet, et ce qui est plus faible sans cela."""
    faults = [*missing_walls()]
    if not POSSIBLE:
        faults.append("Les sessions ne naissent pas d’un noyau chaud : chaque page attend le sien.")
    if fault := _database_fault():
        faults.append(fault)
    click.echo(f"Python {sys.version.split()[0]} ; base {database_url().render_as_string()}")
    click.echo(f"Textes vérifiés jusqu’au {verified_until():%d/%m/%Y}.")
    for fault in faults:
        click.echo(f"À savoir : {fault}")
    if not faults:
        click.echo("Rien à signaler : sessions confinées, noyaux chauds, base prête.")


def _database_fault() -> str | None:
    """Return what keeps the database from answering, or that it is still to be made."""
    address = database_url()
    file = address.database if address.get_backend_name() == "sqlite" else None
    if file and not Path(file).exists():
        return "La base n’existe pas encore : le premier `iprof serve` ou `make serve` la crée."
    try:
        with reading() as session:
            session.execute(text("SELECT 1"))
    except KitError as error:
        return f"Base de données : {error}"
    return None
