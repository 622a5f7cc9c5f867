"""`iprof cv`: check, render, import and export CVs kept in files."""

from __future__ import annotations

import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any, cast, get_args

import click

from iprof_kit import calculate
from iprof_kit.base.clock import paris_today
from iprof_kit.base.words import NBSP, counted
from iprof_kit.commands.cv_files import Folder, bytes_of, each, preview, say, targets_of, write
from iprof_kit.cv.inputs import Apercu, own_only
from iprof_kit.cv.inputs.choosing import accepted
from iprof_kit.cv.model import Cv, Modele
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
            f"{file}{NBSP}: {overview.format}, {counted(faults, 'erreur')}, "
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
                warnings.extend(f"{written[-1]}{NBSP}: {one}" for one in notes)

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
        say(f"{change.genre.capitalize()}{NBSP}: {change.libelle}{NBSP}: {before}{change.apres}")
    _tell(overview.remarques)
    _tell_unknown(overview)
    known = f"{counted(overview.deja, 'ligne')} déjà dans le CV"
    say(f"{overview.format}{NBSP}: {counted(len(taken), 'changement')}, {known}.")
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
        say(f"  {_WORDS[one.gravite]}, {one.ou}{NBSP}: {one.message} {one.remede}".rstrip())


def _tell_unknown(overview: Apercu) -> None:
    for one in overview.inconnus:
        say(f"  Champ inconnu, gardé{NBSP}: {one.chemin} = {one.valeur[:80]}")


def _today(given: datetime | None) -> date:
    return given.date() if given else paris_today()
