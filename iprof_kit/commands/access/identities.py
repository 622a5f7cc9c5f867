"""`iprof account relier`, `delier`: who an account is at a provider of identities."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from iprof_kit.base.clock import utc_now
from iprof_kit.base.words import counted
from iprof_kit.commands.given_files import print_outcome, read_file
from iprof_kit.commands.saying import say
from iprof_kit.records.database import prepare_database
from iprof_kit.services.access.files.link_files import LINKS, import_links
from iprof_kit.services.access.links import unlink


@click.command("relier")
@click.argument("file", metavar="FICHIER.csv", type=click.Path(path_type=Path))
@click.option("--essai", is_flag=True, help="Vérifier seulement ; rien n’est enregistré.")
def relier(file: Path, essai: bool) -> None:
    """Relier des comptes à leurs identités d’un fournisseur : compte, emetteur, sujet.

    Tout le fichier ou rien. Code de sortie : 1 si des lignes sont refusées.
    """
    content = read_file(file, LINKS.largest)
    prepare_database()
    report = import_links(content, "iprof account relier", utc_now(), only_check=essai)
    more = ", rien n’est enregistré" if essai else ""
    done = "compte à relier" if essai else "compte relié"
    unchanged = counted(report.unchanged, "ligne inchangée")
    print_outcome(report.refused, f"{counted(report.added, done)}, {unchanged}{more}.")
    sys.exit(1 if report.refused else 0)


@click.command("delier")
@click.argument("compte", metavar="COMPTE")
def delier(compte: str) -> None:
    """Défaire le lien d’un compte avec son fournisseur : ses sessions se ferment aussitôt."""
    prepare_database()
    unlink(compte, "iprof account delier", utc_now())
    say(f"{compte} n’est plus relié à aucune identité ; ses sessions sont fermées.")
