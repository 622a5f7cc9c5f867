"""What a folder holds each night: each file taken once, its refusals beside it, the rest as usual.

A file leaves the folder when it has been taken; one that could not be stays, and the next night
begins with it. Who was written already is found unchanged: a night that was cut costs nothing.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from iprof_kit.base.clock import paris
from iprof_kit.base.errors import InputError, KitError, Unavailable
from iprof_kit.base.private_files import private_folder, write_private
from iprof_kit.base.spreadsheets import TableWriter
from iprof_kit.base.words import counted
from iprof_kit.services.dossier.correspondences import import_correspondences
from iprof_kit.services.dossier.imports import ImportReport, import_dossiers
from iprof_kit.services.dossier.merging import bring_to_the_codes_of
from iprof_kit.services.given_tables import Fault

DONE = "faits"
KINDS = ("correspondances", "complet", "changements")
"""How the names of files begin, in the order in which they are taken."""
Read = Callable[[Path], bytes]


@dataclass(frozen=True)
class Taken:
    """What became of one file, or of the codes of the day: words, refused lines.

    `stays`: it could not be taken, and is still there.
    """

    name: str
    words: str
    refused: int = 0
    stays: bool = False


def take_folder(folder: Path, read: Read, by: str, now: datetime) -> Iterator[Taken]:
    """Take the files of a folder, then bring what is stored to the codes of the day.

    Parameters
    ----------
    folder : Path
    read : callable
        Returns what a file holds.
    by : str
    now : datetime

    Yields
    ------
    Taken
        One a file.

    Raises
    ------
    InputError
        There is no such folder.
    Unavailable
        Another command takes it now.
    """
    if not folder.is_dir():
        raise InputError("ce dossier n’existe pas.", where=str(folder), remedy="Créez-le.")
    with _alone(folder):
        files = sorted(one for one in folder.iterdir() if one.suffix.lower() == ".csv")
        for kind in KINDS:
            for file in (one for one in files if one.name.startswith(kind)):
                yield _take(file, kind, read, by, now)
            if kind == KINDS[0]:
                yield from _bring(by, now)
        for file in files:
            if not file.name.startswith(KINDS):
                words = f"le nom ne commence par aucun de : {', '.join(KINDS)}"
                yield Taken(file.name, words, stays=True)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    lock = FileLock(folder / ".nuit.lock", timeout=0, mode=0o600)
    try:
        lock.acquire()
    except Timeout:
        raise Unavailable(
            "une autre commande prend déjà ce dossier.",
            where=str(folder),
            remedy="Attendez qu’elle finisse.",
        ) from None
    try:
        yield
    finally:
        lock.release()


def _take(file: Path, kind: str, read: Read, by: str, now: datetime) -> Taken:
    try:
        content = read(file)
        if kind == KINDS[0]:
            codes = import_correspondences(content, by, now)
            if codes.refused:
                _write_refusals(file, codes.refused, now)
                words = "rien n’est enregistré : le fichier se corrige en entier"
                return Taken(file.name, words, len(codes.refused), stays=True)
            words = f"{counted(codes.added, 'code ajouté')}, {counted(codes.unchanged, 'connu')}"
            refused: Sequence[Fault] = ()
        else:
            report = import_dossiers(content, by, now, whole=kind == "complet")
            words, refused = _words(report), report.refused
    except KitError as error:
        return Taken(file.name, str(error), stays=True)
    if refused:
        _write_refusals(file, refused, now)
    _put_away(file, now)
    return Taken(file.name, words, len(refused))


def _bring(by: str, now: datetime) -> Iterator[Taken]:
    try:
        brought = bring_to_the_codes_of(now, by)
    except KitError as error:
        yield Taken("codes du jour", str(error), stays=True)
        return
    if brought.codes:
        words = (
            f"{counted(brought.codes, 'code')}, {counted(brought.people, 'dossier')}, "
            f"{counted(brought.portfolios, 'portefeuille')}"
        )
        yield Taken("codes du jour", words)


def _words(report: ImportReport) -> str:
    outcomes = [outcome for _, outcome in report.accepted]
    words = [
        counted(outcomes.count("cree"), "créé"),
        counted(outcomes.count("modifie"), "modifié"),
        counted(outcomes.count("inchange"), "inchangé"),
        counted(report.refused_people, "refusé"),
        counted(len(report.left), "départ"),
    ]
    if report.back:
        words.append(f"en service mais compte fermé : {', '.join(report.back)}")
    return ", ".join(words)


def _named(file: Path, now: datetime) -> Path:
    """Return where a file goes once taken: the moment first, so that no name is taken twice."""
    return private_folder(file.parent / DONE) / f"{paris(now):%Y-%m-%d-%H%M%S}-{file.name}"


def _put_away(file: Path, now: datetime) -> None:
    file.replace(_named(file, now))


def _write_refusals(file: Path, refused: Sequence[Fault], now: datetime) -> None:
    out = io.StringIO(newline="")
    table = TableWriter(out)
    table.row(("ligne", "colonne", "raison", "que_faire"))
    for one in refused:
        table.row((one.line, one.column, one.reason, one.remedy))
    named = _named(file, now)
    write_private(named.with_name(f"{named.stem}-refus.csv"), out.getvalue().encode("utf-8-sig"))
