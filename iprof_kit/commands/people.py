"""`iprof import`, `iprof sample`: the people of the database."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import click

from iprof_kit.base.characters import visible
from iprof_kit.base.clock import utc_now
from iprof_kit.base.words import counted
from iprof_kit.commands.bars import barres
from iprof_kit.commands.extracts import extrait
from iprof_kit.commands.given_files import print_faults, print_outcome, read_file
from iprof_kit.commands.saying import say
from iprof_kit.records.database import prepare_database
from iprof_kit.services.dossier.columns import DOSSIERS
from iprof_kit.services.dossier.correspondences import CORRESPONDENCES, import_correspondences
from iprof_kit.services.dossier.imports import ImportReport, import_dossiers
from iprof_kit.services.dossier.nightly import take_folder
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


@import_.command("correspondances")
@click.argument("file", metavar="FICHIER", type=click.Path(path_type=Path))
@click.option("--essai", is_flag=True, help="Vérifier seulement ; rien n’est enregistré.")
def correspondances(file: Path, essai: bool) -> None:
    """Donner les codes qui en remplacent d’autres : établissement renommé, académies fusionnées.

    Ce qui est enregistré y passe le jour venu, par iprof import nuit. En entier ou pas du tout.
    """
    content = read_file(file, CORRESPONDENCES.largest)
    prepare_database()
    by = "iprof import correspondances"
    report = import_correspondences(content, by, utc_now(), only_check=essai)
    added = counted(report.added, "code à ajouter" if essai else "code ajouté")
    print_outcome(report.refused, f"{added}, {counted(report.unchanged, 'connu')}.")
    sys.exit(1 if report.refused else 0)


@import_.command("nuit")
@click.argument("folder", metavar="REPERTOIRE", type=click.Path(path_type=Path))
def nuit(folder: Path) -> None:
    """Prendre les fichiers d’un dossier, pour un planificateur ; docs/import.md dit leurs noms.

    Un fichier pris va dans « faits », ses lignes refusées à côté de lui. Interrompue, la commande
    se relance. Code de sortie : 0 si tout est accepté, 1 si des lignes sont refusées, 2 si un
    fichier reste à prendre.
    """
    prepare_database()
    code = 0
    for one in take_folder(
        folder, lambda file: read_file(file, DOSSIERS.largest), "iprof import nuit", utc_now()
    ):
        refused = f" ; {counted(one.refused, 'refus écrit')}" if one.refused else ""
        say(visible(f"{one.name} : {one.words.rstrip('.')}{refused}."), err=one.stays)
        code = max(code, 2 if one.stays else int(one.refused > 0))
    sys.exit(code)


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
