"""`iprof travaux`: what the kit does by itself, shown, done once, or done while it runs."""

from __future__ import annotations

import signal
import threading

import click

from iprof_kit.base.clock import utc_now
from iprof_kit.base.errors import Unavailable
from iprof_kit.base.words import counted
from iprof_kit.commands.saying import say
from iprof_kit.records.database import prepare_database
from iprof_kit.services.jobs.listing import State, states
from iprof_kit.services.jobs.runner import prepare, run_all
from iprof_kit.services.jobs.tasks import TASKS

_LOOK_SECONDS = 5.0
_MOMENT = "%d/%m/%Y à %H h %M"


@click.command(name="travaux")
@click.option("--une-fois", "once", is_flag=True, help="Faire ce qui est dû, puis s’arrêter.")
@click.option("--continu", "always", is_flag=True, help="Faire ce qui est dû tant que dure ceci.")
def jobs(once: bool, always: bool) -> None:
    """Montrer ce que le kit fait de lui-même, quand il l’a fait, et ce qui n’a pas réussi.

    Le serveur s’en charge, sauf avec « iprof serve --sans-travaux ». Plusieurs peuvent s’en charger
    à la fois : chaque travail est pris par un seul.
    """
    prepare_database()
    prepare(TASKS.values(), utc_now())
    if always:
        _forever()
    elif once:
        say(f"Travaux faits : {len(run_all(TASKS, utc_now))}.")
    for state in states(utc_now()):
        say(_line(state))


def _forever() -> None:
    """Do what is due until an interruption; what is begun is finished."""
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    while not stop.is_set():
        try:
            run_all(TASKS, utc_now)
        except Unavailable as error:
            say(str(error), err=True)
        stop.wait(_LOOK_SECONDS)


def _line(state: State) -> str:
    if not state.wanted and state.ended is None:
        return f"{state.label} : rien à faire, ou rien de configuré."
    when = f"fait le {state.ended:{_MOMENT}}" if state.ended else "jamais fait"
    fault = f", {counted(state.failures, 'échec')} de suite" if state.failures else ""
    outcome = f" : {state.outcome}" if state.outcome else ""
    return f"{state.label} : {when}{fault}{outcome}."
