"""`iprof account facteur`: taking away the second factors of who has lost them."""

from __future__ import annotations

import click

from iprof_kit.base.clock import utc_now
from iprof_kit.base.words import counted
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
