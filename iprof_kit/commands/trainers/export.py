"""`iprof atelier export`: what participants leave with, from a persona, a séance or a lesson."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from pathlib import Path

import click

from iprof_kit.base.characters import visible
from iprof_kit.base.errors import InputError
from iprof_kit.base.words import weight_text
from iprof_kit.calculate.atelier.files import check, personas
from iprof_kit.calculate.atelier.seance import Seance, imported
from iprof_kit.calculate.lessons import Lesson, lessons, played
from iprof_kit.calculate.lessons.files import check_lesson
from iprof_kit.commands.given_files import read_file
from iprof_kit.commands.saying import say
from iprof_kit.law.tables.marks import LARGEST_FILE
from iprof_kit.ui.screens.atelier.takeaway.contents import Taken, of_lesson, of_seances
from iprof_kit.ui.screens.atelier.takeaway.files import FORMATS, file_of

_YAML, _LESSON, _SEANCE = {".yml", ".yaml"}, {".md", ".markdown"}, {".json"}


@click.command("export")
@click.argument("sources", metavar="SOURCE…", nargs=-1, required=True)
@click.option(
    "--vers",
    default="html",
    show_default=True,
    type=click.Choice(list(FORMATS)),
    help="Page HTML seule, fiche PDF, diapositives, carnet Python.",
)
@click.option(
    "--sortie",
    metavar="FICHIER",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Par défaut, un nom fait de la source, dans le dossier courant.",
)
def export(sources: Sequence[str], vers: str, sortie: Path | None) -> None:
    """Écrire ce que les participants emportent : page HTML, fiche PDF, diapositives ou carnet.

    SOURCE est l’id d’une persona ou d’une leçon du kit (iprof atelier liste), un fichier de persona
    ou de scénarios (.yml), une séance enregistrée (.json) ou une leçon (.md). Plusieurs personnes
    vont ensemble ; une leçon va seule. Rien n’est envoyé ; les personnes sont fictives.
    """
    made = file_of(_taken(sources), vers)
    file = sortie or Path(made.name)
    try:
        with file.open("xb") as out:
            out.write(made.content)
    except FileExistsError:
        raise InputError(
            "ce fichier existe déjà.", where=str(file), remedy="Choisissez un autre nom."
        ) from None
    except OSError as error:
        raise InputError(
            "ce fichier ne peut pas être écrit.",
            where=str(file),
            remedy="Vérifiez le dossier et vos droits.",
        ) from error
    say(visible(f"Écrit dans {file} ({weight_text(len(made.content))})."))


def _taken(sources: Sequence[str]) -> Taken:
    read = [_read(one) for one in sources]
    showing = [one for one in read if isinstance(one, Lesson)]
    if not showing:
        return of_seances([one for one in read if isinstance(one, Seance)])
    if len(read) > 1:
        raise InputError(
            "une leçon s’emporte seule.", remedy="Donnez-la sans autre persona ni autre leçon."
        )
    return of_lesson(played(showing[0]))


def _read(source: str) -> Seance | Lesson:
    """Return what a source names: something of the kit by its id, else a file by its suffix."""
    if source in personas():
        return Seance.of(personas()[source])
    if source in lessons():
        return lessons()[source]
    file = Path(source)
    suffix = file.suffix.lower()
    if suffix in _LESSON:
        return check_lesson(file)
    if suffix in _YAML:
        return Seance.of(check(file))
    if suffix in _SEANCE:
        return imported(read_file(file, LARGEST_FILE)).seance
    known = [*personas(), *lessons()]
    near = difflib.get_close_matches(source, known, 1)
    advice = f"Vouliez-vous « {near[0]} » ?" if near else ""
    raise InputError(
        f"ce n’est ni une persona, ni une leçon du kit, ni un fichier .yml, .json ou .md. {advice}",
        where=source,
        remedy="La commande « iprof atelier liste » donne les noms.",
    )
