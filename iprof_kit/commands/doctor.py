"""`iprof doctor`: what this machine offers, what keeps it from serving, what to do."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import datetime

import click

from iprof_kit.base.clock import utc_now
from iprof_kit.base.configuration.in_force import InForce, in_force
from iprof_kit.base.configuration.sections import Reglages
from iprof_kit.base.errors import KitError
from iprof_kit.base.paths import data_line
from iprof_kit.base.words import counted
from iprof_kit.commands.saying import say
from iprof_kit.commands.settings import lines_in_force, settings_file
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
from iprof_kit.server.settings import LOOPBACK
from iprof_kit.services.academy_checks import lacking
from iprof_kit.services.journal import journal_fault

_DANGERS: tuple[tuple[Callable[[Reglages], bool], str], ...] = (
    (
        lambda chosen: _beyond(chosen.site.ip) and not chosen.site.https,
        (
            "Le site est ouvert à d’autres machines (site.ip) sans https : mots de passe et "
            "cookies y voyagent en clair. Mettez devant lui un mandataire en HTTPS, et réglez "
            "site.https et site.mandataires."
        ),
    ),
    (
        lambda chosen: chosen.site.https and not chosen.site.mandataires,
        (
            "site.https est réglé sans mandataire : iprof serve refusera de démarrer. Donnez son "
            "adresse dans site.mandataires."
        ),
    ),
    (
        lambda chosen: _beyond(chosen.mesures.adresse.rpartition(":")[0]),
        (
            "Les mesures se lisent sans mot de passe à une adresse que d’autres machines peuvent "
            "joindre (mesures.adresse). Prenez celle de cette machine, ou ne la laissez "
            "joindre qu’à Prometheus."
        ),
    ),
    (
        lambda chosen: chosen.journaux.niveau == "debug",
        (
            "Les journaux du serveur disent chaque requête et chaque message (journaux.niveau) : "
            "remettez « info » dès que la panne est comprise."
        ),
    ),
    (
        lambda chosen: _beyond(chosen.site.ip) and not chosen.arret.sursis,
        (
            "Le site est ouvert à d’autres machines et s’arrête sans prévenir (arret.sursis) : les "
            "mandataires y envoient encore des personnes. Donnez-leur le temps de l’apprendre."
        ),
    ),
)
"""When settings are dangerous, and what is said then; what no setting tells is not here."""


@click.command()
@settings_file
def doctor() -> None:
    """Dire si le kit peut servir ici, et ce qui est plus faible sur cette machine.

    Le code de sortie est 0 si le kit peut servir et si son journal fait foi, 1 sinon.
    """
    unready = database_fault()
    current, unsettled = _settings()
    faults = list(filter(None, (unready, _world_fault(), unsettled)))
    chosen = current and current.values
    risks = [*dangers(chosen), *unpublished(chosen, utc_now())] if chosen else []
    notes = [*risks, *_notes(), *([] if unready else [*_connections(), *_lacking()])]
    say(f"Python {sys.version.split()[0]} ; base {_address()}")
    say(f"Données : {data_line()}.")
    say(f"Textes vérifiés jusqu’au {verified_until():%d/%m/%Y}.")
    for line in lines_in_force(current, everything=False) if current else []:
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


def dangers(chosen: Reglages) -> list[str]:
    """Return what is dangerous in settings, in French."""
    return [sentence for dangerous, sentence in _DANGERS if dangerous(chosen)]


def unpublished(chosen: Reglages, now: datetime) -> list[str]:
    """Return what a site that others reach does not say of who answers for it, in French."""
    notes, security = [], chosen.securite
    reached = _beyond(chosen.site.ip) or bool(chosen.site.hotes) or chosen.site.https
    if reached and not (chosen.mentions.editeur and chosen.mentions.hebergeur):
        notes.append(
            "La page des mentions légales ne nomme pas qui publie et qui héberge ce site : réglez "
            "mentions.editeur et mentions.hebergeur."
        )
    if reached and not security.contacts:
        notes.append(
            "Qui trouve une faille ne sait pas à qui l’écrire : /.well-known/security.txt répond "
            "404 tant que securite.contacts est vide."
        )
    if security.expire and datetime.fromisoformat(security.expire) <= now:
        notes.append(
            f"security.txt ne fait plus foi depuis le {security.expire} : relisez-le, puis "
            "avancez securite.expire."
        )
    return notes


def _beyond(host: str) -> bool:
    """Tell whether others than this machine may reach an address; nobody reaches none."""
    return bool(host) and host.strip("[]") not in LOOPBACK


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
