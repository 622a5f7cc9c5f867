"""The files of `iprof cv`: read, named, written; one that fails does not stop the others."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path

import click

from iprof_kit.base.characters import visible
from iprof_kit.base.errors import InputError, KitError
from iprof_kit.base.words import NBSP, counted, folded
from iprof_kit.cv.inputs import LARGEST_FILE, Apercu, read
from iprof_kit.cv.model import Cible, Cv

INTERRUPTED = 130
_NOT_A_NAME = re.compile(r"[^a-z0-9]+")
_LONGEST_NAME = 60


def bytes_of(file: Path) -> bytes:
    """Return the content of a file, at most one byte more than what is read.

    Raises
    ------
    InputError
        Absent, a folder, or unreadable.
    """
    try:
        with file.open("rb") as opened:
            return opened.read(LARGEST_FILE + 1)
    except OSError as error:
        raise InputError(
            "ce fichier n’existe pas ou ne peut pas être lu.",
            where=str(file),
            remedy="Vérifiez son nom.",
        ) from error


def preview(file: Path, current: Cv, today: date) -> Apercu:
    """Return what a file says, its name in the error if it cannot be read."""
    try:
        return read(bytes_of(file), current, today)
    except InputError as error:
        if error.where == str(file):
            raise
        place = f"{file}, {error.where}" if error.where != "Fichier" else str(file)
        raise InputError(error.message, where=place, remedy=error.remedy) from error


def each(files: Sequence[Path], work: Callable[[Path], None], label: str) -> int:
    """Do the same work on each file, with a bar; return how many failed.

    A failure is told when all is done. Ctrl-C stops between two files and keeps what is done.
    """
    failures: list[KitError] = []
    done = 0
    try:
        with click.progressbar(files, label=label, file=sys.stderr, show_pos=True) as bar:
            for file in bar:
                try:
                    work(file)
                except KitError as error:
                    failures.append(error)
                done += 1
    except KeyboardInterrupt:
        click.echo(f"Interrompu{NBSP}: {counted(done, 'fichier')} sur {len(files)}.", err=True)
        sys.exit(INTERRUPTED)
    for failure in failures:
        say(f"Erreur : {failure}", err=True)
    return len(failures)


def targets_of(cv: Cv, wanted: str | None) -> tuple[Cible, ...]:
    """Return the CVs to make of the facts: all, or the one of a title; a plain one if none.

    Raises
    ------
    InputError
        No CV of that title; the message lists the known ones.
    """
    known = cv.cibles or (Cible(),)
    if wanted is None:
        return known
    targets = tuple(one for one in known if folded(one.titre) == folded(wanted) or one.id == wanted)
    if not targets:
        raise InputError(
            f"aucun CV ne s’appelle «{NBSP}{wanted}{NBSP}».",
            where="--cible",
            remedy=f"CV connus{NBSP}: {', '.join(one.titre for one in known)}.",
        )
    return targets


class Folder:
    """A folder of results: names never clash, and a former file is not lost unawares.

    Parameters
    ----------
    replace : bool
        Write over the files that were there before.
    """

    def __init__(self, path: Path, *, replace: bool) -> None:
        self._path, self._replace = path, replace
        self._written: set[str] = set()

    def write(self, parts: Iterable[str], suffix: str, content: bytes) -> Path:
        """Write a file named after some words; return where it is."""
        name = "-".join(one for one in map(slug, parts) if one) or "cv"
        number, unique = 1, name
        while f"{unique}.{suffix}" in self._written:
            number += 1
            unique = f"{name}-{number}"
        self._written.add(f"{unique}.{suffix}")
        target = self._path / f"{unique}.{suffix}"
        write(target, content, replace=self._replace)
        return target


def write(target: Path, content: bytes, *, replace: bool) -> None:
    """Write a file whole or not at all.

    Raises
    ------
    InputError
        It exists and `replace` is false, or it cannot be written.
    """
    if target.exists() and not replace:
        raise InputError(
            "ce fichier existe déjà.",
            where=str(target),
            remedy="Ajoutez --remplacer pour écrire par-dessus.",
        )
    partial = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        partial.write_bytes(content)
        partial.replace(target)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise InputError(
            "ce fichier ne peut pas être écrit.",
            where=str(target),
            remedy="Choisissez un autre dossier.",
        ) from error


def slug(text: str) -> str:
    """Return a text as a part of a file name: « CV d’été » becomes « cv-d-ete »."""
    return _NOT_A_NAME.sub("-", folded(text)).strip("-")[:_LONGEST_NAME]


def say(text: str, *, err: bool = False) -> None:
    """Print a text without what a terminal would obey."""
    click.echo(visible(text, lines=True), err=err)
