"""`iprof courrier`: how messages are answered, and who answered them, for the officer."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from iprof_kit.base.characters import visible
from iprof_kit.base.clock import utc_now
from iprof_kit.base.errors import InputError
from iprof_kit.base.private_files import new_private_file
from iprof_kit.base.words import counted, number_text
from iprof_kit.commands.saying import say
from iprof_kit.records.database import prepare_database
from iprof_kit.services.desk import figures

_DAY = click.DateTime(["%Y-%m-%d"])


@click.group()
def courrier() -> None:
    """Compter ce qui attend une réponse, et remettre qui a fait quoi."""


@courrier.command("statistiques")
def statistics() -> None:
    """Compter, par service : fils en attente, délais des 30 derniers jours. Aucun nom."""
    prepare_database()
    now = utc_now()
    listed = figures.services(now)
    for one in listed:
        waiting = one.ages.total()
        say(
            visible(
                f"{one.service} : {counted(waiting, 'fil')} en attente, "
                f"{one.ages['depasse']} au-delà du délai annoncé, {one.ages['moitie']} au-delà de "
                f"sa moitié{_oldest(one.oldest, waiting)}."
            )
        )
        say(f"  {_delays(one)}")
    if not listed:
        say("Aucun service ne suit personne : voyez iprof portefeuille.")
    if lost := figures.nobodys(now):
        say(
            f"{counted(lost, 'fil')} en attente de personnes que nul ne suit : "
            "voyez iprof portefeuille statistiques."
        )


@courrier.command("export")
@click.argument("file", metavar="FICHIER", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--depuis", type=_DAY, metavar="AAAA-MM-JJ", help="Premier jour, inclus.")
@click.option("--jusqua", type=_DAY, metavar="AAAA-MM-JJ", help="Dernier jour, inclus.")
def export(file: Path, depuis: datetime | None, jusqua: datetime | None) -> None:
    """Écrire qui a fait quoi dans les fils, comptes nommés, sans les textes. C’est au journal.

    Pour le délégué à la protection des données. Le fichier, .csv, doit être nouveau ; seul son
    propriétaire le lit.
    """
    if file.suffix.lower() != ".csv":
        raise InputError(
            "le format se lit à la fin du nom.",
            where=str(file),
            remedy="Nommez le fichier en .csv.",
        )
    if depuis and jusqua and jusqua < depuis:
        raise InputError(
            "le dernier jour précède le premier.",
            where="--jusqua",
            remedy="Corrigez l’une des deux dates.",
        )
    prepare_database()
    with new_private_file(file) as out:
        count = figures.export(
            out,
            "iprof courrier export",
            utc_now(),
            since=depuis.date() if depuis else None,
            until=jusqua.date() if jusqua else None,
        )
    say(f"Écrit dans {file} : {counted(count, 'ligne')}.")


def _oldest(days: int, waiting: int) -> str:
    return f", le plus ancien depuis {counted(days, 'jour')}" if waiting else ""


def _days(count: float) -> str:
    """Return a number of days with the decimal comma and the plural of French."""
    return f"{number_text(count)} jour{'s' if count >= 2 else ''}"


def _delays(one: figures.ServiceFigures) -> str:
    median, most = one.delays.mediane, one.delays.neuf_sur_dix
    if median is None or most is None:
        return "Aucune réponse ces 30 derniers jours."
    return (
        f"{counted(one.delays.reponses, 'réponse')} ces 30 derniers jours : médiane "
        f"{_days(median)}, 9 sur 10 en {_days(most)} ou moins."
    )
