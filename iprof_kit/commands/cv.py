"""`iprof cv`: check, render, import and export CVs kept in files."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, cast, get_args

import click

from iprof_kit import calculate
from iprof_kit.base.clock import paris_today
from iprof_kit.base.errors import InputError, KitError
from iprof_kit.base.words import counted, folded
from iprof_kit.commands.saying import say
from iprof_kit.cv.inputs import LARGEST_FILE, Apercu, own_only, read
from iprof_kit.cv.inputs.choosing import accepted
from iprof_kit.cv.model import Cible, Cv, Modele
from iprof_kit.cv.outputs import own
from iprof_kit.cv.outputs.files import (
    PAGES,
    PIECES,
    WHOLE,
    Page,
    Piece,
    conditions_page,
    notes_of_page,
    page,
)
from iprof_kit.cv.remarks.advice import advice
from iprof_kit.cv.remarks.checks import check
from iprof_kit.cv.remarks.remark import Remarque

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
        say(f"Interrompu : {counted(done, 'fichier')} sur {len(files)}.", err=True)
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
            f"aucun CV ne s’appelle « {wanted} ».",
            where="--cible",
            remedy=f"CV connus : {', '.join(one.titre for one in known)}.",
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


CONDITIONS = "conditions"
"""Piece that is of the person and not of one CV."""
_EXTENSIONS = {"json": "json", "jsonresume": "resume.json"}
_WORDS = {"erreur": "Erreur", "avertissement": "Attention", "conseil": "Conseil"}

_FILE: Any = click.Path(path_type=Path)
_files = click.argument("files", metavar="FICHIER…", type=_FILE, nargs=-1, required=True)
_day = click.option(
    "--jour",
    "jour",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="AAAA-MM-JJ",
    help="Jour qui compte comme aujourd’hui.",
)
_folder = click.option(
    "--output", "folder", type=_FILE, required=True, metavar="DOSSIER", help="Dossier des fichiers."
)
_replace = click.option("--remplacer", is_flag=True, help="Écrire par-dessus un fichier existant.")


@click.group(name="cv")
def cv() -> None:
    """Vérifier, mettre en page, importer et exporter des CV tenus dans des fichiers.

    Un FICHIER est un CV du kit (JSON), un JSON Resume ou un CSV de diplômes ; son contenu décide.
    """


@cv.command()
@_files
@_day
@click.option("--conseils", is_flag=True, help="Montrer aussi les conseils de chaque usage.")
def validate(files: tuple[Path, ...], jour: datetime | None, conseils: bool) -> None:
    """Dire ce qui est faux ou douteux. Code de sortie : 0 rien de faux, 1 des erreurs."""
    today = _today(jour)
    checked: list[tuple[Path, Apercu, tuple[Remarque, ...]]] = []

    def work(file: Path) -> None:
        overview = preview(file, Cv(), today)
        extra: tuple[Remarque, ...] = ()
        if conseils:
            targets = targets_of(overview.cv_propose, None)
            extra = tuple(one for t in targets for one in advice(overview.cv_propose, t, today))
        checked.append((file, overview, (*check(overview.cv_propose, today), *extra)))

    failed = each(files, work, "Vérification")
    wrong = 0
    for file, overview, remarks in checked:
        faults = sum(one.gravite == "erreur" for one in remarks)
        wrong += bool(faults)
        say(
            f"{file} : {overview.format}, {counted(faults, 'erreur')}, "
            f"{counted(len(remarks), 'remarque')}."
        )
        reading = [one for one in overview.remarques if one not in remarks]
        _tell([*reading, *(one for one in remarks if conseils or one.gravite != "conseil")])
        _tell_unknown(overview)
    say(f"{len(checked) - wrong} CV sans erreur sur {len(files)}.")
    sys.exit(1 if wrong or failed else 0)


@cv.command()
@_files
@_folder
@click.option("--format", "kind", type=click.Choice(PAGES), default="pdf", show_default=True)
@click.option("--modele", type=click.Choice(get_args(Modele)), help="Au lieu de celui du CV.")
@click.option("--cible", metavar="TITRE", help="Ce CV seulement ; sans elle, tous.")
@click.option(
    "--piece",
    type=click.Choice([*PIECES, CONDITIONS]),
    default="cv",
    show_default=True,
    help="Ce qui est mis en page.",
)
@_day
@_replace
def render(
    files: tuple[Path, ...],
    folder: Path,
    kind: Page,
    modele: Modele | None,
    cible: str | None,
    piece: str,
    jour: datetime | None,
    remplacer: bool,
) -> None:
    """Mettre en page chaque CV de chaque fichier : PDF, DOCX ou texte.

    La pièce « conditions » dit celles de la liste d’aptitude des agrégés.
    """
    today, out = _today(jour), Folder(folder, replace=remplacer)
    written: list[Path] = []
    warnings: list[str] = []

    def work(file: Path) -> None:
        proposed = preview(file, Cv(), today).cv_propose
        if piece == CONDITIONS:
            content = conditions_page(proposed, kind, today, calculate.ask)
            written.append(out.write([file.stem, piece], kind, content))
            return
        targets = targets_of(proposed, cible)
        for target in targets:
            chosen = target.model_copy(update={"modele": modele}) if modele else target
            parts = [
                file.stem,
                target.titre if len(targets) > 1 else "",
                piece if piece != "cv" else "",
            ]
            content = page(proposed, chosen, kind, today, cast(Piece, piece))
            written.append(out.write(parts, kind, content))
            if kind == "pdf":
                notes = notes_of_page(proposed, chosen, today, cast(Piece, piece), content)
                warnings.extend(f"{written[-1]} : {one}" for one in notes)

    failed = each(files, work, "Mise en page")
    for one in warnings:
        say(f"Attention, {one}", err=True)
    say(f"{counted(len(written), 'fichier écrit')} dans {folder}.")
    sys.exit(1 if failed else 0)


@cv.command()
@_files
@_folder
@click.option(
    "--format", "kind", type=click.Choice(list(WHOLE)), default="jsonresume", show_default=True
)
@_day
@_replace
def export(
    files: tuple[Path, ...], folder: Path, kind: str, jour: datetime | None, remplacer: bool
) -> None:
    """Écrire chaque CV en JSON Resume ou en JSON du kit."""
    today, out = _today(jour), Folder(folder, replace=remplacer)
    written: list[Path] = []

    def work(file: Path) -> None:
        proposed = preview(file, Cv(), today).cv_propose
        written.append(out.write([file.stem], _EXTENSIONS[kind], WHOLE[kind](proposed)))

    failed = each(files, work, "Export")
    say(f"{counted(len(written), 'fichier écrit')} dans {folder}.")
    sys.exit(1 if failed else 0)


@cv.command(name="import")
@click.argument("file", metavar="FICHIER", type=_FILE)
@click.option(
    "--dans",
    "into",
    type=_FILE,
    metavar="CV.json",
    required=True,
    help="CV du kit qui reçoit ; créé s’il n’existe pas.",
)
@click.option("--essai", is_flag=True, help="Montrer les changements sans rien écrire.")
@click.option("--ajouts", is_flag=True, help="Ne prendre que ce qui ne remplace rien.")
@_day
def import_(file: Path, into: Path, essai: bool, ajouts: bool, jour: datetime | None) -> None:
    """Faire entrer un fichier dans un CV du kit. Rien n’est retiré du CV.

    Le CV d’avant reste à côté, sous le nom CV.json.avant.
    """
    today = _today(jour)
    current = own_only(bytes_of(into), where=str(into)) if into.exists() else Cv()
    overview = preview(file, current, today)
    taken = [one for one in overview.changements if not (ajouts and one.genre == "modification")]
    for change in taken:
        before = f"{change.avant} → " if change.avant else ""
        say(f"{change.genre.capitalize()} : {change.libelle} : {before}{change.apres}")
    _tell(overview.remarques)
    _tell_unknown(overview)
    known = f"{counted(overview.deja, 'ligne')} déjà dans le CV"
    say(f"{overview.format} : {counted(len(taken), 'changement')}, {known}.")
    if essai:
        say("Essai : rien n’est écrit.")
        return
    if into.exists():
        former = into.with_name(f"{into.name}.avant")
        write(former, bytes_of(into), replace=True)
        say(f"Le CV d’avant est gardé dans {former}.")
    made = accepted(current, overview, {one.ou for one in taken}) if ajouts else overview.cv_propose
    write(into, own.dump(made), replace=True)
    say(f"Écrit dans {into}.")


def _tell(remarks: Any) -> None:
    for one in remarks:
        say(f"  {_WORDS[one.gravite]}, {one.ou} : {one.message} {one.remede}".rstrip())


def _tell_unknown(overview: Apercu) -> None:
    for one in overview.inconnus:
        say(f"  Champ inconnu, gardé : {one.chemin} = {one.valeur[:80]}")


def _today(given: datetime | None) -> date:
    return given.date() if given else paris_today()
