"""`iprof serve`: prepare the data, say how to enter, open the door."""

from __future__ import annotations

import logging
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import click

from iprof_kit.base import logs
from iprof_kit.base.clock import utc_now
from iprof_kit.base.configuration.data_folder import data_line
from iprof_kit.base.configuration.sub_path import sub_path
from iprof_kit.base.errors import InputError
from iprof_kit.base.version import __version__
from iprof_kit.base.words import hard_spaces
from iprof_kit.given.bounded_process import put_walls
from iprof_kit.kernel import walled_worker
from iprof_kit.kernel.walls import missing_walls
from iprof_kit.kernel.world.trial import missing_world, refuse_unreadable
from iprof_kit.records.database import engine, is_sample, prepare_database, reading
from iprof_kit.records.patience import limit_statements
from iprof_kit.server.app import Portal
from iprof_kit.server.limits.room import files_needed, fitted, lack, open_files
from iprof_kit.server.settings import EVERY_CARD, LOOPBACK, Settings
from iprof_kit.server.stopping import leave
from iprof_kit.services.academies import FILE, configuration_file, use_sample
from iprof_kit.services.academy_checks import GUIDE, lacking
from iprof_kit.services.dossier.sample import demo_accounts, load_sample

_log = logging.getLogger(__name__)
_SLICE = 0.001
"""Seconds after which a thread that calculates lets the others on: a short answer needs several
turns, and waits a slice for each."""


def serve(settings: Settings) -> None:
    """Serve the portal until the process is ended.

    Raises
    ------
    InputError
        The sample is asked for beyond this machine, a frozen day without the sample, HTTPS without
        a proxy, every card without the name of a site; or others than this machine would be served
        without an academy's own file.
    Unavailable
        The database or the port does not answer.
    Refused
        The database already holds real people, and the sample is asked for.
    """
    if settings.sample and not settings.loopback:
        raise InputError(
            "les comptes de démonstration ne s’ouvrent que sur cette machine.",
            where="--sample",
            remedy="Retirez --sample, ou gardez l’adresse 127.0.0.1 sans --host ni --https.",
        )
    if settings.ip in EVERY_CARD and set(settings.hosts) <= {*LOOPBACK, settings.ip}:
        raise InputError(
            "cette adresse est celle de toutes les cartes du réseau, et n’est le nom d’aucun "
            "site : le kit refuserait toutes les pages.",
            where=f"--ip {settings.ip}",
            remedy="Ajoutez --host avec le nom que les navigateurs demandent, comme "
            "--host carriere.example.fr.",
        )
    if settings.today is not None and not settings.sample:
        raise InputError(
            "le jour ne se fige qu’avec les personnes fictives.",
            where="--today",
            remedy="Ajoutez --sample.",
        )
    if settings.https and not settings.proxies:
        raise InputError(
            "le mandataire qui donne le site en HTTPS n’est pas déclaré.",
            where="--https",
            remedy="Donnez son adresse, par exemple --mandataire 127.0.0.1.",
        )
    unready = _unready(settings)
    logs.configure("serveur")
    sys.setswitchinterval(_SLICE)
    _prepare(settings)
    limit_statements(settings.statement_seconds)
    files = open_files(files_needed(settings))
    given = fitted(settings, files)
    refuse_unreadable()
    put_walls(walled_worker.__name__)
    weaker = (*unready, lack(settings, given, files))
    missing = [*missing_walls(), *missing_world(), *filter(None, weaker)]
    portal = Portal(kit=given, announce=lambda: _announce(given, missing))
    portal.initialize()
    _log.info("démarrage : version %s", __version__)
    portal.start()
    engine().dispose()
    _log.info("arrêt : version %s", __version__)
    leave()


def _unready(settings: Settings) -> tuple[str, ...]:
    """Return what the configuration lacks where this machine alone is served.

    Raises
    ------
    InputError
        Others are served too, and it lacks something.
    """
    if settings.sample:
        use_sample()
        return ()
    lacks = lacking()
    if lacks and not settings.loopback:
        raise InputError(
            f"il manque, avant d’ouvrir le site à d’autres que cette machine : "
            f"{' ; '.join(lacks)}.",
            where=configuration_file() or FILE,
            remedy=f"Écrivez le fichier de l’académie, comme {GUIDE} le montre.",
        )
    return tuple(f"il manque à la configuration : {one}." for one in lacks)


def _prepare(settings: Settings) -> None:
    """Bring the database to this version, with the fictitious people where they are asked for.

    Where it may not be migrated, it is already of this version.

    In a process that ends with it, where one can be forked: what migrations import is nothing that
    a server needs afterwards.
    """
    if sys.platform != "linux":
        _prepare_here(settings)
        return
    with ProcessPoolExecutor(1, get_context("fork")) as apart:
        apart.submit(_prepare_here, settings).result()


def _prepare_here(settings: Settings) -> None:
    if not settings.migrates:
        _refuse_older()
    prepare_database()
    if settings.sample:
        from iprof_kit.services.training.sample import load_sample_plan  # heavy: only here

        load_sample(utc_now())
        load_sample_plan(utc_now())
    engine().dispose()


def _refuse_older() -> None:
    """Refuse to serve a database whose tables are not those of this version.

    Raises
    ------
    Unavailable
        What they are, and what to do.
    """
    from iprof_kit.records.readiness import check_prepared  # Alembic: not in the server

    with reading() as session:
        check_prepared(session.connection())


def _announce(settings: Settings, missing: Sequence[str]) -> None:
    _say(f"Portail ouvert : http://{settings.ip}:{settings.port}{sub_path()}")
    _say("Kit libre, non officiel. Ctrl-C pour fermer.")
    _say(f"Données : {data_line()}.")
    for one in missing:
        _say(f"Attention : {one}")
    if settings.sample and is_sample():
        _say("Comptes de démonstration (personnes fictives) :")
        for account in demo_accounts():
            kind = "NUMEN, première connexion" if account.first_login else "mot de passe"
            _say(f"  {account.compte:<14} {kind} : {account.secret}   ({account.presentation})")


def _say(words: str) -> None:
    click.echo(hard_spaces(words))
