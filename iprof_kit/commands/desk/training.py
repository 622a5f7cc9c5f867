"""`iprof formation`: the plan of training that an academy gives."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from iprof_kit.base.characters import visible
from iprof_kit.base.clock import utc_now
from iprof_kit.base.words import counted
from iprof_kit.commands.given_files import print_outcome, read_file
from iprof_kit.commands.saying import say
from iprof_kit.records.database import prepare_database
from iprof_kit.services.training.importing import PLAN, PlanReport, import_plan, plan_of

_NAMES = {
    "kit": "celles du kit",
    "sofia-fmo": "celles d’un export SOFIA-FMO",
    "mon-paf": "celles de mon-paf (Amiens)",
}


@click.group()
def formation() -> None:
    """Donner le plan de formation d’une académie."""


@formation.command("importer")
@click.argument("file", metavar="FICHIER", type=click.Path(path_type=Path))
@click.option("--academie", required=True, help="Code (06) ou nom de l’académie.")
@click.option("--annee", required=True, type=int, help="Année de la rentrée : 2026 pour 2026-2027.")
@click.option("--essai", is_flag=True, help="Vérifier seulement ; rien n’est enregistré.")
@click.option(
    "--remplacer", is_flag=True, help="Prendre ce fichier à la place de tout le plan enregistré."
)
def import_file(file: Path, academie: str, annee: int, essai: bool, remplacer: bool) -> None:
    """Importer un CSV de sessions. Ses colonnes sont décrites dans docs/formation.md.

    Le fichier est pris ou refusé en entier. Code de sortie : 0 s’il est pris, 1 si des lignes sont
    refusées, 2 si le fichier est illisible.
    """  # noqa: D401
    content = read_file(file, PLAN.largest)
    now = utc_now()
    plan = plan_of(academie, annee, now)
    prepare_database()
    report = import_plan(
        content, plan, "iprof formation importer", now, only_check=essai, replace=remplacer
    )
    say(f"Colonnes reconnues : {_NAMES[report.recognised]}.")
    if report.left_aside:
        say(visible(f"Colonnes laissées de côté : {', '.join(report.left_aside)}."))
    print_outcome(report.refused, _done(report, essai))
    sys.exit(1 if report.refused else 0)


def _done(report: PlanReport, only_check: bool) -> str:
    undated = f"Sans date : {counted(report.undated, 'session')}.\n" if report.undated else ""
    outcome = (
        f"{counted(report.added, 'session ajoutée')}, {counted(report.removed, 'retirée')}, "
        f"{report.unchanged} déjà là"
    )
    return undated + (f"Essai, rien n’est enregistré : {outcome}." if only_check else f"{outcome}.")
