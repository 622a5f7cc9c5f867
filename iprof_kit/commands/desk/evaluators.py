"""`iprof portefeuille evaluateurs`: whom each evaluator may see, between two days."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import click

from iprof_kit.base.calendar import date_text
from iprof_kit.base.characters import visible
from iprof_kit.base.clock import paris, utc_now
from iprof_kit.base.words import counted
from iprof_kit.commands.given_files import print_outcome, read_file
from iprof_kit.commands.saying import say
from iprof_kit.records.database import prepare_database
from iprof_kit.services.evaluation import portfolios
from iprof_kit.services.given_tables import Layout

_DAY = click.DateTime(["%Y-%m-%d"])


@click.group("evaluateurs")
def evaluators() -> None:
    """Dire qui évalue qui : lister, importer, fermer."""


@evaluators.command("list")
@click.option("--historique", is_flag=True, help="Les lignes fermées ou à venir aussi.")
@click.option(
    "--le", "day", type=_DAY, metavar="AAAA-MM-JJ", help="Ce jour-là, plutôt qu’aujourd’hui."
)
def list_(historique: bool, day: datetime | None) -> None:
    """Lire qui évalue qui : compte, partie, personnes, dates."""
    prepare_database()
    asked = day.date() if day else paris(utc_now()).date()
    listed = portfolios.assignments(asked, history=historique)
    for one in listed:
        people = counted(one.people, "personne")
        say(visible(f"{one.compte}  {portfolios.words_of(one.line)}  {people}"))
    if not listed:
        say("Aucun évaluateur n’a de portefeuille.")


@evaluators.command("importer")
@click.argument("file", metavar="FICHIER", type=click.Path(path_type=Path))
@click.option("--essai", is_flag=True, help="Vérifier seulement ; rien n’est enregistré.")
def import_(file: Path, essai: bool) -> None:
    """Importer un CSV. Son en-tête est décrit dans docs/evaluation.md.

    Le fichier est pris ou refusé en entier. Code de sortie : 0 s’il est pris, 1 si des lignes sont
    refusées, 2 si le fichier est illisible.
    """  # noqa: D401
    content = read_file(file, Layout.largest)
    prepare_database()
    by = "iprof portefeuille evaluateurs importer"
    report = portfolios.import_portfolios(content, by, utc_now(), only_check=essai)
    done = "acceptable" if essai else "enregistrée"
    more = ", rien n’est enregistré" if essai else ""
    print_outcome(
        report.refused,
        f"{counted(report.added, f'ligne {done}')}, "
        f"{counted(report.unchanged, 'inchangée')}{more}.",
    )
    sys.exit(1 if report.refused else 0)


@evaluators.command("fermer")
@click.argument("compte", metavar="COMPTE")
@click.option("--le", "day", type=_DAY, required=True, metavar="AAAA-MM-JJ", help="Dernier jour.")
def close(compte: str, day: datetime) -> None:
    """Fermer les portefeuilles de COMPTE après un jour ; aucun n’est effacé."""
    prepare_database()
    last = day.date()
    number = portfolios.close(compte, last, "iprof portefeuille evaluateurs fermer", utc_now())
    closed = counted(number, "ligne fermée")
    say(f"{closed} : {compte} ne voit plus personne après le {date_text(last)}.")
