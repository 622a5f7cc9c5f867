"""`iprof doctor`: what this machine offers, what keeps it from serving, what to do."""

from __future__ import annotations

import sys

import click

from iprof_kit.base.errors import KitError
from iprof_kit.base.words import counted
from iprof_kit.commands.saying import say
from iprof_kit.kernel.walls import missing_walls
from iprof_kit.kernel.world.trial import missing_world, refuse_unreadable
from iprof_kit.law.tables.verified import verified_until
from iprof_kit.records.database import (
    MOST_CONNECTIONS,
    connections_of_the_server,
    database_url,
    is_sample,
    reading,
)
from iprof_kit.records.readiness import database_fault, shown_address
from iprof_kit.server.kernels.warm import POSSIBLE
from iprof_kit.services.academy_checks import lacking
from iprof_kit.services.journal import journal_fault


@click.command()
def doctor() -> None:
    """Dire si le kit peut servir ici, et ce qui est plus faible sur cette machine.

    Le code de sortie est 0 si le kit peut servir et si son journal fait foi, 1 sinon.
    """
    unready = database_fault()
    faults = list(filter(None, (unready, _world_fault())))
    notes = [*_notes(), *([] if unready else [*_connections(), *_lacking()])]
    say(f"Python {sys.version.split()[0]} ; base {_address()}")
    say(f"Textes vérifiés jusqu’au {verified_until():%d/%m/%Y}.")
    for note in notes:
        say(f"À savoir : {note}")
    for fault in faults:
        say(f"Empêche de servir : {fault}")
    if faults:
        sys.exit(1)
    if doubt := journal_fault():
        say(f"Le kit peut servir, mais son journal ne fait plus foi : {doubt}")
        sys.exit(1)
    if not notes:
        say("Rien à signaler : sessions confinées, noyaux chauds, base prête.")
    else:
        say("La base est prête : le kit peut servir.")


def _notes() -> list[str]:
    """Return what is weaker on this machine, though the kit serves."""
    notes = [*missing_walls(), *missing_world()]
    if not POSSIBLE:
        notes.append("Les sessions ne naissent pas d’un noyau chaud : chaque page attend le sien.")
    return notes


def _connections() -> list[str]:
    """Return for how many copies of the kit the database has connections; nothing for SQLite."""
    with reading() as session:
        offered = connections_of_the_server(session)
    if offered is None:
        return []
    copies = offered // MOST_CONNECTIONS
    served = (
        f"La base donne {offered} connexions, le kit en prend jusqu’à {MOST_CONNECTIONS} : de quoi "
        f"servir avec {counted(copies, 'copie')} du kit. Pour plus, augmentez max_connections ou "
        "mettez PgBouncer entre les deux."
    )
    return [served]


def _lacking() -> list[str]:
    """Return what the configuration lacks before real people are served; nothing for the sample."""
    try:
        if is_sample():
            return []
        return [f"Il manque, avant d’ouvrir le site : {one}." for one in lacking()]
    except KitError as error:
        return [str(error)]


def _world_fault() -> str | None:
    try:
        refuse_unreadable()
    except KitError as error:
        return str(error)
    return None


def _address() -> str:
    try:
        return shown_address(database_url())
    except KitError:
        return "inconnue"
