"""Repetitions of a projection: in a pool of processes, resumed, cancelled, then summed up."""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date
from multiprocessing import get_context
from pathlib import Path
from threading import Event
from typing import Any

import numpy as np
import pandas as pd
from click.termui import progressbar

from iprof_kit.analytics.projection.chunks import (
    FIGURES,
    KEYS,
    figures,
    finished,
    name_of,
    read_chunks,
    state_name,
    state_writer,
    write_chunk,
)
from iprof_kit.analytics.projection.people import People, read_people
from iprof_kit.analytics.projection.scenario import Scenario, lire_scenario
from iprof_kit.analytics.projection.start import Given, projection, refuse
from iprof_kit.analytics.provenance import PROJET
from iprof_kit.base.errors import InputError, Unavailable
from iprof_kit.base.names import options_in_french
from iprof_kit.base.version import __version__
from iprof_kit.base.words import NBSP, counted
from iprof_kit.careers.campaigns import Beyond

Progress = Callable[[int, int], None]
_MEANS = ("part_", "age_", "pension_", "indice_", "barre")
"""How the measures begin that are no sum over people."""
_DECILES = {"bas": 0.1, "mediane": 0.5, "haut": 0.9}


@dataclass(frozen=True)
class _Task:
    """What every repetition of a run shares: sent once to each process."""

    people: People
    jusqua: int
    graine: int
    scenario: Scenario
    suppose: Beyond
    le: date
    dossier: Path | None
    etats: bool
    parameters: dict[str, Any]


@dataclass(frozen=True)
class Repetitions:
    """What several repetitions gave.

    Attributes
    ----------
    message : str
        How many are done, where they are.
    """

    faites: int
    demandees: int
    message: str
    dossier: Path | None
    _numbers: tuple[int, ...] = ()
    _tables: tuple[pd.DataFrame, ...] = ()

    def tableau(self, nom: str) -> pd.DataFrame:
        """Return each figure of a table over the repetitions: median, first and last deciles.

        Only this table is read from the chunks.

        Raises
        ------
        InputError
            An unknown name, or nothing done yet.
        """
        if nom not in FIGURES:
            raise InputError(
                f"tableau inconnu{NBSP}: {nom}.",
                where="nom",
                remedy=f"Tableaux{NBSP}: {', '.join(FIGURES)}.",
            )
        if self.dossier is not None:
            parts = read_chunks([self.dossier / name_of(each) for each in self._numbers], nom)
        else:
            parts = [table[table["tableau"] == nom] for table in self._tables]
        if not parts:
            raise InputError(
                "aucune répétition n’est terminée.", where="repetitions", remedy="Relancez."
            )
        values = _side_by_side(parts)
        deciles = pd.DataFrame(
            {name: values.quantile(part, axis=1) for name, part in _DECILES.items()}
        )
        deciles = deciles.assign(repetitions=values.count(axis=1)).reset_index()
        legend = f"{PROJET}. {nom}, médiane et déciles de {len(parts)} répétitions. Le kit simule, "
        deciles.attrs = {
            "statut": PROJET,
            "version": __version__,
            "legende": f"{legend}l’administration décide. iprof-kit {__version__}.",
        }
        return deciles


def _side_by_side(parts: list[pd.DataFrame]) -> pd.DataFrame:
    """Return a column a repetition; a number of which one says nothing is zero there, no mean is.

    Nobody retired, nobody is left in a grade: the repetition has no such row.
    """
    keys = [*KEYS, "mesure"]
    wide = pd.concat([part.set_index(keys)["valeur"] for part in parts], axis=1).sort_index()
    means = wide.index.get_level_values("mesure").str.startswith(_MEANS)
    counted = ~means & wide.notna().any(axis=1).to_numpy()
    wide[counted] = wide[counted].fillna(0)
    return wide


@options_in_french
def repeter(
    gens: pd.DataFrame,
    jusqua: int,
    *,
    repetitions: int,
    graine: int,
    scenario: Given = None,
    suppose: Beyond = "dernier_connu",
    annee: int | None = None,
    processus: int | None = None,
    dossier: str | Path | None = None,
    etats: bool = False,
    progres: bool | Progress = True,
    arret: Event | None = None,
    le: date | None = None,
) -> Repetitions:
    """Repeat a projection with one seed each, and sum the repetitions up.

    The result does not depend on the number of processes. Cancelled (Ctrl-C, or `arret` set), what
    is finished stays; run again with the same parameters and folder, it goes on from there.

    Parameters
    ----------
    gens, jusqua, graine, scenario, suppose, annee, le
        See `projeter`.
    processus : int, optional
        By default one for each core; 1: in this process.
    dossier : path, optional
        Where each repetition writes its chunk (Parquet); in memory without it.
    etats : bool
        Write the state of each year too, one chunk a year: one row a person; needs `dossier`.
    progres : bool or callable
        A progress bar, or what is called with (done, asked).
    arret : threading.Event, optional
        Set it to stop after the repetitions that run.

    Raises
    ------
    InputError
        What is wrong, and where; a folder that holds another run.

    Examples
    --------
    >>> import iprof_kit
    >>> gens = iprof_kit.generate(100, seed=1)
    >>> iprof_kit.repeter(
    ...     gens, 2027, repetitions=2, graine=1, processus=1, progres=False
    ... ).message
    '2 répétitions terminées.'
    """
    if repetitions < 1:
        raise InputError(
            "il faut au moins une répétition.",
            where="repetitions",
            remedy="Demandez par exemple 10.",
        )
    if processus is not None and processus < 1:
        raise InputError("il faut au moins un processus.", where="processus", remedy="Donnez 1.")
    folder = Path(dossier) if dossier is not None else None
    if etats and folder is None:
        raise InputError(
            "les états annuels ont besoin d’un dossier.", where="etats", remedy="Donnez dossier=."
        )
    people, chosen = read_people(gens, annee), lire_scenario(scenario)
    refuse(people, jusqua, graine, chosen)
    parameters = _parameters(people, jusqua, graine, chosen, suppose)
    task = _Task(
        people, jusqua, graine, chosen, suppose, le or date.today(), folder, etats, parameters
    )
    with _progress(progres, repetitions) as tell:
        kept = _collected(task, repetitions, processus, arret or Event(), tell)
    tables = tuple(table for _, table in sorted(kept.items()) if table is not None)
    message = _message(len(kept), repetitions, folder)
    return Repetitions(len(kept), repetitions, message, folder, tuple(sorted(kept)), tables)


def _collected(
    task: _Task, asked: int, workers: int | None, stop: Event, tell: Progress
) -> dict[int, pd.DataFrame | None]:
    """Return each repetition done by its number: read again in the folder where there is one."""
    numbers = range(1, asked + 1)
    kept: dict[int, pd.DataFrame | None] = dict.fromkeys(_done(task) & {*numbers})
    left = [number for number in numbers if number not in kept]
    tell(len(kept), asked)
    try:
        with closing(_run(task, left, min(workers or _cores(), len(left) or 1), stop)) as made:
            for number, table in made:
                kept[number] = table
                tell(len(kept), asked)
    except KeyboardInterrupt:  # what was running in other processes has ended by now
        kept |= dict.fromkeys(_done(task) & {*left} - {*kept})
    return kept


def _done(task: _Task) -> set[int]:
    """Return the repetitions that the folder holds, with their yearly states where asked."""
    folder, years = task.dossier, range(task.people.year, task.jusqua + 1)
    if folder is None:
        return set()
    return {
        number
        for number in finished(folder, task.parameters)
        if not task.etats or all((folder / state_name(number, year)).exists() for year in years)
    }


def _cores() -> int:
    return os.cpu_count() or 1


def _run(
    task: _Task, numbers: list[int], workers: int, stop: Event
) -> Generator[tuple[int, pd.DataFrame | None], None, None]:
    """Yield each repetition as it ends; nothing more is begun once the event is set."""
    if workers == 1:
        for number in numbers:
            if stop.is_set():
                return
            yield number, _repetition(task, number)
        return
    pool = ProcessPoolExecutor(workers, get_context("spawn"), _receive, (task,))
    waiting = iter(numbers)
    running: dict[Future[pd.DataFrame | None], int] = {}
    try:
        while True:
            for number in waiting if not stop.is_set() else ():
                running[pool.submit(_received, number)] = number
                if len(running) >= workers:
                    break
            if not running:
                return
            ended, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in ended:
                yield running.pop(future), future.result()
    except BrokenProcessPool as error:
        raise Unavailable(
            f"un processus s’est arrêté avant la fin{NBSP}: la mémoire a peut-être manqué.",
            where="processus",
            remedy=f"Donnez moins de processus{NBSP}; relancer avec le même dossier reprend.",
        ) from error
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


_HELD: list[_Task] = []


def _receive(task: _Task) -> None:
    """Keep the task in a process of the pool; Ctrl-C lets it end what it began."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _HELD[:] = [task]


def _received(number: int) -> pd.DataFrame | None:
    return _repetition(_HELD[0], number)


def _repetition(task: _Task, number: int) -> pd.DataFrame | None:
    """Project once; return the figures, or write them where there is a folder."""
    seed = np.random.SeedSequence(task.graine, spawn_key=(number,))
    writer = None
    if task.etats and task.dossier is not None:
        writer = state_writer(task.people, task.dossier, number, task.parameters)
    made = projection(
        task.people, task.jusqua, seed, task.scenario, task.suppose, le=task.le, observer=writer
    )
    rows = figures(made)
    if task.dossier is None:
        return rows
    write_chunk(rows, task.dossier / name_of(number), task.parameters)
    return None


def _parameters(
    people: People, jusqua: int, graine: int, scenario: Scenario, suppose: Beyond
) -> dict[str, Any]:
    """Return what makes two runs the same, as plain values."""
    parameters: dict[str, Any] = json.loads(
        json.dumps(
            {
                "population": people.digest(),
                "observation": people.day,
                "jusqua": jusqua,
                "graine": graine,
                "scenario": scenario.as_dict(),
                "suppose": suppose,
                "version": __version__,
            },
            default=str,
        )
    )
    return parameters


@contextmanager
def _progress(wanted: bool | Progress, whole: int) -> Iterator[Progress]:
    if not isinstance(wanted, bool):
        yield wanted
        return
    if not wanted:
        yield _silent
        return
    with progressbar(length=whole, label="Répétitions", file=sys.stderr, show_pos=True) as bar:

        def tell(done: int, _whole: int) -> None:
            bar.update(done - bar.pos)

        yield tell


def _silent(_done: int, _whole: int) -> None:
    """Tell nothing."""


def _message(done: int, asked: int, folder: Path | None) -> str:
    where = f" dans {folder}" if folder is not None else ""
    if done == asked:
        return f"{counted(done, 'répétition terminée')}{where}."
    again = (
        f"{NBSP}; relancez avec les mêmes paramètres pour reprendre" if folder is not None else ""
    )
    return f"Arrêté{NBSP}: {counted(done, 'répétition terminée')} sur {asked}{where}{again}."
