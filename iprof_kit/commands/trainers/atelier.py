"""`iprof atelier`: the personas and the lessons of the kit, and the files that trainers write."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import click

from iprof_kit.base.calendar import date_text
from iprof_kit.base.characters import visible
from iprof_kit.base.errors import InputError
from iprof_kit.base.words import counted
from iprof_kit.calculate.atelier.files import check, personas
from iprof_kit.calculate.atelier.sentences import Lived, Statement
from iprof_kit.calculate.lessons import lessons, played
from iprof_kit.calculate.lessons.files import check_lesson
from iprof_kit.calculate.lessons.played import Ecran
from iprof_kit.commands.saying import say
from iprof_kit.commands.trainers.export import export

_LESSON = {".md", ".markdown"}


@click.group()
def atelier() -> None:
    """Écrire et vérifier personas, scénarios et leçons de l’atelier (docs/atelier.md)."""


atelier.add_command(export)


@atelier.command("liste")
def listing() -> None:
    """Lister les personas et les leçons du kit : leur fichier, ce qu’elles enseignent."""
    say("Personas")
    for one in personas().values():
        say(f"  {one.id} : {one.label}. {one.enseigne}")
    say("Leçons")
    for lesson in lessons().values():
        say(f"  {lesson.id} : {lesson.titre}. {lesson.enseigne}")


@atelier.command("check")
@click.argument("file", metavar="FICHIER", type=click.Path(path_type=Path))
@click.option(
    "--jour",
    metavar="AAAA-MM-JJ",
    type=click.DateTime(["%Y-%m-%d"]),
    default=None,
    help="Jouer la leçon un autre jour que le sien.",
)
def check_file(file: Path, jour: datetime | None) -> None:
    """Vérifier une persona, un fichier de scénarios ou une leçon (.md), et montrer ce qu’il donne.

    Le fichier est lu, le droit est appliqué, chaque phrase et chaque réponse sont comparées au
    calcul. Code de sortie : 0 si tout est juste, 2 si le fichier est à reprendre ; chaque erreur a
    sa ligne et sa colonne.
    """
    if file.suffix.lower() in _LESSON:
        _show_lesson(file, jour.date() if jour else None)
    elif jour:
        raise InputError(
            "seule une leçon se joue un autre jour.",
            where="--jour",
            remedy="Retirez --jour, ou donnez une leçon (.md).",
        )
    else:
        _show_persona(file)


def _show_persona(file: Path) -> None:
    persona = check(file)
    lived = Lived.of(persona)
    say(
        visible(
            f"{persona.label} : {counted(len(persona.scenarios), 'scénario')}, "
            f"{counted(len(persona.phrases), 'phrase vérifiée')}, "
            f"jour figé le {date_text(persona.jour)}."
        )
    )
    for phrase in persona.phrases:
        say(visible(f"  {Statement(lived, phrase).text()}"))


def _show_lesson(file: Path, day: date | None) -> None:
    lesson = played(check_lesson(file), day)
    questions = sum(1 for screen in lesson.ecrans if screen.question)
    say(
        visible(
            f"{lesson.titre} : {counted(len(lesson.ecrans), 'écran')}, "
            f"{counted(questions, 'question vérifiée')}, jour figé le {date_text(lesson.jour)}."
        )
    )
    for screen in lesson.ecrans:
        say(visible(f"  {screen.titre}"))
        for line in _answered(screen):
            say(visible(f"    {line}"))


def _answered(screen: Ecran) -> list[str]:
    """Return what a screen gives: its answer and where it is written, or what to keep."""
    told_to_keep = [f"{figure} : {words}" for figure, words in screen.retenir]
    if screen.revelation is None:
        return told_to_keep
    shown = screen.revelation
    doubt = " (à vérifier)" if shown.a_verifier else ""
    return [f"→ {shown.valeur}{doubt}. {'; '.join(shown.sources)}".strip(), *told_to_keep]
