"""`iprof account facteur`: two ways for who has lost her second factors, there or far away."""

from __future__ import annotations

from pathlib import Path

import click

from iprof_kit.base.calendar import date_text
from iprof_kit.base.clock import utc_now
from iprof_kit.base.words import counted
from iprof_kit.commands.access.delivering import check_address
from iprof_kit.commands.saying import say
from iprof_kit.records.database import prepare_database
from iprof_kit.services.access.second_factor.factors import remove_all


@click.group("facteur")
def facteur() -> None:
    """Les secondes preuves d’un compte."""


@facteur.command("retirer")
@click.option("--compte", required=True, metavar="COMPTE")
@click.option("--motif", required=True, metavar="TEXTE", help="Le journal le garde.")
def retirer(compte: str, motif: str) -> None:
    """Retirer toutes les secondes preuves d’un compte, après avoir vérifié qui le demande.

    Ses sessions se ferment aussitôt. La personne l’apprend à sa prochaine connexion.
    """
    prepare_database()
    removed = remove_all(compte, motif, "iprof account facteur retirer", utc_now())
    say(f"{counted(removed, 'preuve retirée')} à {compte} ; ses sessions sont fermées.")


@facteur.command("lettre")
@click.option("--compte", required=True, metavar="COMPTE")
@click.option("--motif", required=True, metavar="TEXTE", help="Le journal le garde.")
@click.option("--lettre", "file", required=True, metavar="FICHIER.pdf",
              type=click.Path(path_type=Path), help="La lettre à écrire, un secret.")  # fmt: skip
@click.option("--adresse", required=True, metavar="URL", help="Adresse du site, en entier.")
def lettre(compte: str, motif: str, file: Path, adresse: str) -> None:
    """Écrire la lettre d’un code de secours, pour qui ne peut pas venir.

    Il sert une fois, à la place de la seconde preuve et après le mot de passe. Celui d’une lettre
    d’avant ne sert plus ; rien d’autre ne change.
    """
    prepare_database()
    check_address(adresse)
    from iprof_kit.services.access.second_factor.letter import write_letter  # heavy: it typesets

    until = write_letter(compte, motif, file, adresse, "iprof account facteur lettre", utc_now())
    say(f"Lettre écrite pour {compte} : {file}. Son code vaut jusqu’au {date_text(until)}.")
    say("Ce fichier est un secret : supprimez-le une fois imprimé.")
