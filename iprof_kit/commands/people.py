"""`iprof import`, `iprof sample`: the people of the database."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import click

from iprof_kit.base.clock import utc_now
from iprof_kit.base.words import counted
from iprof_kit.commands.bars import barres
from iprof_kit.commands.extracts import extrait
from iprof_kit.commands.given_files import print_faults, read_file
from iprof_kit.commands.saying import say
from iprof_kit.records.database import prepare_database
from iprof_kit.services.dossier.columns import DOSSIERS
from iprof_kit.services.dossier.imports import ImportReport, import_dossiers
from iprof_kit.services.dossier.sample import demo_accounts, load_sample
from iprof_kit.services.dossier.storing import Outcome
from iprof_kit.services.training.sample import load_sample_plan

_BY_IMPORT = "iprof import dossiers"
_OUTCOMES = {"cree": "créé", "modifie": "modifié", "inchange": "inchangé"}


@click.group(name="import")
def import_() -> None:
    """Faire entrer de vrais dossiers, un extrait pour l’analyse, ou des barres de mouvement."""


import_.add_command(extrait)
import_.add_command(barres)


@import_.command("dossiers")
@click.argument("file", metavar="FICHIER", type=click.Path(path_type=Path))
@click.option("--essai", is_flag=True, help="Vérifier seulement ; rien n’est enregistré.")
@click.option(
    "--complet",
    "whole",
    is_flag=True,
    help="Le fichier nomme tout le monde de ses académies : qui n’y est pas est parti.",
)
@click.option(
    "--departs",
    "leavers",
    type=click.IntRange(0),
    metavar="N",
    help="Avec --complet : jusqu’à combien d’absents vous consentez à faire partir.",
)
def dossiers(file: Path, essai: bool, whole: bool, leavers: int | None) -> None:
    """Importer un CSV de dossiers. Son en-tête est décrit dans docs/import.md.

    Sans --complet, une personne que le fichier ne nomme pas reste comme elle est.

    Code de sortie : 0 si tout est accepté, 1 si des lignes sont refusées, 2 si le fichier est
    illisible.
    """  # noqa: D401
    if leavers is not None and not whole:
        raise click.UsageError("--departs ne va qu’avec --complet.")
    content = read_file(file, DOSSIERS.largest)
    prepare_database()
    report = import_dossiers(
        content, _BY_IMPORT, utc_now(), only_check=essai, whole=whole, leavers=leavers
    )
    _print(report, essai)
    sys.exit(1 if report.refused else 0)


@click.group()
def sample() -> None:
    """Charger les personnes fictives de démonstration."""


@sample.command("load")
def load() -> None:
    """Charger les personnes fictives ; recommencer ne change rien."""
    report, plan = load_sample(utc_now()), load_sample_plan(utc_now())
    say(f"Dossiers fictifs : {_counts(report.dossiers)}.")
    say(f"Comptes de démonstration : {counted(report.accounts, 'créé')}.")
    say(f"Plan de formation fictif : {plan.added + plan.unchanged} sessions.")
    for demo in demo_accounts():
        say(f"  {demo.compte} / {demo.secret}   {demo.presentation}")


def _print(report: ImportReport, only_check: bool) -> None:
    print_faults(report.refused)
    if only_check:
        say(f"{counted(len(report.accepted), 'dossier acceptable')}, rien n’est enregistré.")
    else:
        say(f"Dossiers acceptés : {_counts(Counter(o for _, o in report.accepted))}.")
    if report.left:
        say(f"Fin de service : {counted(len(report.left), 'personne')}.")
    if only_check and report.absent is not None and len(report.absent.numeros) > report.absent.most:
        say(
            f"Plus d’absents que {report.absent.most} : il faudra y consentir par "
            f"--departs {len(report.absent.numeros)}."
        )
    if report.back:
        say(
            "En service d’après le fichier, mais le compte est fermé (iprof account close COMPTE "
            f"--annuler) : {', '.join(report.back)}."
        )
    if report.refused:
        say(
            f"{counted(report.refused_people, 'dossier refusé')} en entier. Corrigez les lignes "
            "citées, puis importez de nouveau le même fichier."
        )


def _counts(outcomes: Counter[Outcome]) -> str:
    counts = [counted(count, _OUTCOMES[outcome]) for outcome, count in sorted(outcomes.items())]
    return ", ".join(counts) or "aucun"
