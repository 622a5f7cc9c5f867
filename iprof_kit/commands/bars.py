"""`iprof import barres`: the bars that an academy or a union has."""

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
from iprof_kit.services.bars.importing import LAYOUT, BarsReport, import_bars


@click.command("barres")
@click.argument("file", metavar="FICHIER", type=click.Path(path_type=Path))
@click.option("--essai", is_flag=True, help="Vérifier seulement ; rien n’est enregistré.")
@click.option(
    "--remplacer", is_flag=True, help="Prendre la valeur du fichier où une autre est enregistrée."
)
def barres(file: Path, essai: bool, remplacer: bool) -> None:
    """Importer un CSV de barres de mouvement. Son en-tête est décrit dans docs/barres.md.

    Le fichier est pris ou refusé en entier. Code de sortie : 0 s’il est pris, 1 si des lignes sont
    refusées, 2 si le fichier est illisible.
    """  # noqa: D401
    content = read_file(file, LAYOUT.largest)
    prepare_database()
    report = import_bars(
        content, "iprof import barres", utc_now(), only_check=essai, replace=remplacer
    )
    for name in report.unusual if not report.refused else ():
        say(
            visible(
                f"À relire : la discipline « {name} » n’est pas dans la "
                "nomenclature ; elle doit être écrite comme dans les dossiers."
            ),
            err=True,
        )
    print_outcome(report.refused, _done(report, essai))
    sys.exit(1 if report.refused else 0)


def _done(report: BarsReport, only_check: bool) -> str:
    outcome = (
        f"{counted(report.added, 'barre ajoutée')}, {counted(report.replaced, 'remplacée')}, "
        f"{report.unchanged} déjà là"
    )
    return f"Essai, rien n’est enregistré : {outcome}." if only_check else f"{outcome}."
