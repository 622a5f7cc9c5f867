"""`iprof campagne`: the dates that an academy gives, and the deadlines that are moved."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from iprof_kit.base.characters import visible
from iprof_kit.base.clock import utc_now
from iprof_kit.base.words import counted
from iprof_kit.commands.given_files import behind_walls
from iprof_kit.commands.saying import say
from iprof_kit.law.campaigns.files import ending
from iprof_kit.law.campaigns.model import NATIONAL, Campaign, Incident
from iprof_kit.law.campaigns.whole import campaign_state
from iprof_kit.records.database import prepare_database
from iprof_kit.services.campaigns.giving import (
    add_campaign,
    campaigns_here,
    note_incident,
    withdraw_incident,
)
from iprof_kit.services.campaigns.opened import opened_campaign

_STATES = {
    "a_venir": "à venir",
    "ouverte": "ouverte",
    "close": "close",
    "inconnue": "dates inconnues",
}
_HOUR = "heure de Paris, HH:MM"


@click.group()
def campagne() -> None:
    """Donner les dates d’une campagne, noter une échéance déplacée."""
    behind_walls()


@campagne.command("liste")
def listing() -> None:
    """Lister les campagnes connues ici."""
    prepare_database()
    for one in sorted(campaigns_here().values(), key=lambda c: (-c.year, c.id)):
        say(_line(one))


@campagne.command("verifier")
@click.argument("file", metavar="FICHIER", type=click.Path(path_type=Path))
def check(file: Path) -> None:
    """Vérifier le fichier d’une campagne ; rien n’est enregistré."""
    content = opened_campaign(file)
    say(f"{content['id']} : {counted(len(content['etapes']), 'étape datée')}.")


@campagne.command("ajouter")
@click.argument("file", metavar="FICHIER", type=click.Path(path_type=Path))
@click.option("--remplacer", is_flag=True, help="Prendre ce fichier à la place de celui donné.")
def add(file: Path, remplacer: bool) -> None:
    """Donner les dates d’une campagne à toutes les personnes de ce kit (docs/services.md)."""
    prepare_database()
    added = add_campaign(file, "iprof campagne ajouter", utc_now(), replace=remplacer)
    say(_line(added))


@campagne.command("incident")
@click.argument("identifiant", metavar="CAMPAGNE")
@click.argument("etape", metavar="ÉTAPE")
@click.option(
    "--jusqu-au",
    "day",
    required=True,
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="AAAA-MM-JJ",
    help="Nouveau dernier jour.",
)
@click.option(
    "--heure",
    "hour",
    type=click.DateTime(["%H:%M"]),
    metavar="HH:MM",
    help=f"Nouvelle heure de fin ({_HOUR}) ; sans elle, la fin du jour.",
)
@click.option("--motif", required=True, help="Ce qui a déplacé l’échéance, et qui l’a annoncé.")
@click.option("--portee", default=NATIONAL, help="Territoire concerné, comme dans le fichier.")
@click.option("--auteur", default="", help="Qui annonce ce déplacement : il est dit aux personnes.")
def incident(
    identifiant: str,
    etape: str,
    day: datetime,
    hour: datetime | None,
    motif: str,
    portee: str,
    auteur: str,
) -> None:
    """Noter qu’une échéance est déplacée. Elle l’est aussitôt pour les personnes concernées."""
    prepare_database()
    closes = ending(day.date().isoformat(), f"{hour:%H:%M}" if hour else "")
    note_incident(
        Incident(identifiant, etape, closes, motif, utc_now(), portee, auteur),
        "iprof campagne incident",
    )
    end = f"le {day:%d/%m/%Y}" + (
        f" à {hour:%H} h {hour:%M}, heure de Paris" if hour else " inclus"
    )
    say(visible(f"Noté : {identifiant}, {etape} se termine {end}."))


@campagne.command("retirer")
@click.argument("identifiant", metavar="CAMPAGNE")
@click.argument("etape", metavar="ÉTAPE")
@click.option("--motif", required=True, help="Pourquoi le déplacement est retiré.")
@click.option("--portee", default=NATIONAL, help="Territoire concerné, comme il a été noté.")
@click.option("--auteur", default="", help="Qui l’annonce : il est dit aux personnes.")
def withdraw(identifiant: str, etape: str, motif: str, portee: str, auteur: str) -> None:
    """Retirer un déplacement noté : la fin publiée vaut de nouveau, ce qui fut noté reste."""
    prepare_database()
    now = utc_now()
    withdraw_incident(
        Incident(identifiant, etape, now, motif, now, portee, auteur), "iprof campagne retirer"
    )
    say(visible(f"Retiré : {identifiant}, {etape} se termine comme publié."))


def _line(one: Campaign) -> str:
    state = _STATES[campaign_state(one, utc_now())]
    origin = "donnée ici" if one.given else "du kit"
    return f"{one.id} : {state}, {counted(len(one.windows), 'étape datée')}, {origin}."
