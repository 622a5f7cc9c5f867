"""`iprof serve`: prepare the data, say how to enter, open the door."""

from __future__ import annotations

import click

from iprof_kit.base.errors import InputError
from iprof_kit.kernel.walls import missing_walls
from iprof_kit.records.database import is_sample, prepare_database
from iprof_kit.server.app import Portal
from iprof_kit.server.settings import Settings
from iprof_kit.services.clock import utc_now
from iprof_kit.services.sample import demo_accounts, load_sample

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]

_FILES_A_KERNEL = 32
"""Sockets to a kernel, its guichet, its websocket, what watches it."""


def serve(settings: Settings) -> None:
    """Serve the portal until the process is ended.

    Raises
    ------
    InputError
        The sample is asked for beyond this machine, or a frozen day without the sample.
    Unavailable
        The database or the port does not answer.
    Refused
        The database already holds real people, and the sample is asked for.
    """
    if settings.sample and not settings.loopback:
        raise InputError(
            "les comptes de démonstration ne s’ouvrent que sur cette machine.", where="--sample",
            remedy="Retirez --sample, ou gardez l’adresse 127.0.0.1 sans --host ni --https.",
        )  # fmt: skip
    if settings.today is not None and not settings.sample:
        raise InputError(
            "le jour ne se fige qu’avec les personnes fictives.", where="--today",
            remedy="Ajoutez --sample.",
        )  # fmt: skip
    prepare_database()
    if settings.sample:
        load_sample(utc_now())
    _open_files(_FILES_A_KERNEL * settings.kernels_in_all + 1000)
    portal = Portal(kit=settings, announce=lambda: _announce(settings))
    portal.initialize()
    portal.start()


def _open_files(wanted: int) -> None:
    """Let this process hold that many files and sockets, as far as the system admits."""
    if resource is None:
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    if soft != resource.RLIM_INFINITY and soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


def _announce(settings: Settings) -> None:
    click.echo(f"Portail ouvert : http://{settings.ip}:{settings.port}")
    click.echo("Kit libre, non officiel. Ctrl-C pour fermer.")
    for missing in missing_walls():
        click.echo(f"Attention : {missing}")
    if settings.sample and is_sample():
        click.echo("Comptes de démonstration (personnes fictives) :")
        for account in demo_accounts():
            kind = "NUMEN, première connexion" if account.first_login else "mot de passe"
            line = f"  {account.compte:<14} {kind} : {account.secret}   ({account.presentation})"
            click.echo(line)
