"""`iprof doctor`: what this machine offers, what keeps it from serving, what to do."""

from __future__ import annotations

import sys
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import click

from iprof_kit.base.clock import paris, utc_now
from iprof_kit.base.configuration.data_folder import data_line
from iprof_kit.base.configuration.in_force import InForce, in_force
from iprof_kit.base.errors import KitError
from iprof_kit.base.words import counted
from iprof_kit.commands.host.risks import risks_of
from iprof_kit.commands.saying import say
from iprof_kit.commands.settings import lines_in_force, settings_file
from iprof_kit.kernel.walls import missing_walls
from iprof_kit.kernel.world.trial import missing_world, refuse_unreadable
from iprof_kit.law.tables.verified import verified_until
from iprof_kit.records.database import (
    connections_of_the_server,
    database_url,
    is_sample,
    reading,
)
from iprof_kit.records.readiness import database_fault, shown_address
from iprof_kit.server.kernels.warm import POSSIBLE
from iprof_kit.server.settings import rules_of
from iprof_kit.services.academy_checks import GUIDE, lacking
from iprof_kit.services.access.sessions import without_factor
from iprof_kit.services.contract.operation import Role
from iprof_kit.services.journal import journal_fault

_NAMED = 20
"""Accounts that one sentence names."""


@click.command()
@settings_file
@click.option("--tous", "everything", is_flag=True, help="Aussi ce que personne n’a réglé.")
def doctor(everything: bool) -> None:
    """Dire si le kit peut servir ici, et ce qui est plus faible sur cette machine.

    Le code de sortie est 0 si le kit peut servir et si son journal fait foi, 1 sinon.
    """
    unready = database_fault()
    current, unsettled = _settings()
    faults = list(filter(None, (unready, _world_fault(), unsettled)))
    risks = risks_of(current, utc_now()) if current else []
    copies = None if unready or current is None else _copies(current.values.base.connexions_en_tout)
    lacks = [] if unready else _lacking()
    if current and not unready:
        lacks += unproved(rules_of(current.values.second_facteur).roles, utc_now())
    notes = [*risks, *_notes(), *lacks, *(copies.notes if copies else ())]
    say(f"Python {sys.version.split()[0]} ; base {_address()}")
    say(f"Données : {_data()}.")
    say(f"Textes vérifiés jusqu’au {verified_until():%d/%m/%Y}.")
    if copies:
        say(copies.line)
    for line in lines_in_force(current, everything=everything) if current else []:
        say(line)
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


def unproved(roles: Collection[Role], now: datetime) -> list[str]:
    """Return whom a role asks for a second factor and who has none, in French."""
    with reading() as session:
        comptes = without_factor(session, roles, paris(now).date())
    if not comptes:
        return []
    more = f"… et {len(comptes) - _NAMED} de plus" if len(comptes) > _NAMED else ""
    sentence = (
        f"{counted(len(comptes), 'compte')} sans seconde preuve, que leur rôle demande "
        f"(second_facteur.roles) : {', '.join(comptes[:_NAMED])}{more}."
    )
    return [sentence]


def _settings() -> tuple[InForce | None, str | None]:
    """Return the settings in force, or what keeps them from being read."""
    try:
        return in_force(), None
    except KitError as error:
        return None, str(error)


def _notes() -> list[str]:
    """Return what is weaker on this machine, though the kit serves."""
    notes = [*missing_walls(), *missing_world()]
    if not POSSIBLE:
        notes.append("Les sessions ne naissent pas d’un noyau chaud : chaque page attend le sien.")
    return notes


@dataclass(frozen=True)
class Copies:
    """For how many copies of the kit the database has connections, and what is wrong with it."""

    offered: int
    each: int

    @property
    def line(self) -> str:
        """What is said of it in any case."""
        return (
            f"La base donne {self.offered} connexions, un processus du kit en prend jusqu’à "
            f"{self.each} : de quoi servir avec {counted(self.offered // self.each, 'copie')}."
        )

    @property
    def notes(self) -> tuple[str, ...]:
        """What must be changed, where not one copy has what it may take."""
        if self.offered >= self.each:
            return ()
        few = (
            "La base n’a pas assez de connexions pour une copie : augmentez max_connections, "
            "mettez PgBouncer entre les deux, ou réduisez base.connexions_de_plus."
        )
        return (few,)


def _copies(each: int) -> Copies | None:
    """Return for how many copies the database has connections; None for SQLite."""
    with reading() as session:
        offered = connections_of_the_server(session)
    return None if offered is None else Copies(offered, each)


def _data() -> str:
    try:
        return data_line()
    except KitError as error:
        return str(error)


def _lacking() -> list[str]:
    """Return what the configuration lacks before real people are served; nothing for the sample."""
    try:
        if is_sample():
            return []
        return [
            f"Il manque, avant d’ouvrir le site : {one}. Écrivez le fichier de l’académie comme "
            f"{GUIDE} le montre."
            for one in lacking()
        ]
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
