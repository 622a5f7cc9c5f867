"""`iprof account delivrer`: the codes by which people enter for the first time, in letters."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from urllib.parse import urlsplit

import click

from iprof_kit.base.calendar import date_text
from iprof_kit.base.clock import utc_now
from iprof_kit.base.errors import InputError
from iprof_kit.base.words import counted
from iprof_kit.commands.saying import say
from iprof_kit.records.database import prepare_database
from iprof_kit.services.access.delivering import Choice, Chosen, chosen, last_day


@click.command("delivrer")
@click.option("--dossier", "folder", metavar="DOSSIER", type=click.Path(path_type=Path),
              help="Où écrire les lettres, un PDF par établissement.")  # fmt: skip
@click.option("--adresse", metavar="URL", help="Adresse du site, en entier.")
@click.option("--compte", "comptes", multiple=True, metavar="COMPTE",
              help="Ce compte seulement, ou le numéro de son dossier ; répétable.")  # fmt: skip
@click.option("--etablissement", "schools", multiple=True, metavar="UAI",
              help="Cet établissement seulement ; répétable.")  # fmt: skip
@click.option("--renouveler", "again", is_flag=True,
              help="Aussi à qui a un code qui sert encore : il ne servira plus.")  # fmt: skip
@click.option("--essai", is_flag=True, help="Compter seulement ; rien n’est fait.")
def delivrer(
    folder: Path | None,
    adresse: str | None,
    comptes: tuple[str, ...],
    schools: tuple[str, ...],
    again: bool,
    essai: bool,
) -> None:
    """Délivrer un code de première connexion à qui n’a pas encore d’accès, par lettre.

    Une page par personne, un PDF et son reçu par établissement. Interrompue, la commande reprend où
    elle en était ; qui a un code qui sert encore n’en reçoit pas un second.
    """
    if comptes and schools:
        raise InputError(
            "des comptes et des établissements sont choisis à la fois.",
            where="--compte, --etablissement",
            remedy="Choisissez l’un des deux.",
        )
    prepare_database()
    now = utc_now()
    choice = chosen(Choice(comptes, schools, again), now)
    if essai:
        _show(choice)
        return
    if folder is None or adresse is None:
        raise InputError(
            "il manque où écrire les lettres, ou l’adresse du site qu’elles donnent.",
            where="--dossier, --adresse",
            remedy="Donnez les deux, ou --essai pour compter seulement.",
        )
    check_address(adresse)
    from iprof_kit.services.access.sealed_letters import write_letters  # heavy: it typesets

    made = write_letters(choice.people, folder, adresse, "iprof account delivrer", now)
    if made.taken_up:
        say(f"Reprise de ce qui avait été interrompu : {counted(made.taken_up, 'fichier')}.")
    say(
        f"{counted(made.letters, 'lettre')}, {counted(made.schools, 'établissement')} ; "
        f"{_waiting(choice)}. Les codes valent jusqu’au {date_text(last_day(now))}."
    )
    say("Ces fichiers sont des secrets : supprimez-les une fois imprimés.")


def _show(choice: Chosen) -> None:
    for school, people in groupby(choice.people, key=lambda one: one.school):
        place = f"{school.uai or '–':<10}{school.name or 'sans établissement'}"
        say(f"{place} : {counted(len(list(people)), 'lettre')}")
    say(f"{counted(len(choice.people), 'lettre')} à faire ; {_waiting(choice)}.")


def _waiting(choice: Chosen) -> str:
    served = "servent" if choice.waiting > 1 else "sert"
    return f"{counted(choice.waiting, 'code')} d’avant {served} encore"


def check_address(address: str) -> None:
    """Refuse what is no address of a site."""
    place = urlsplit(address)
    if place.scheme not in ("http", "https") or not place.hostname:
        raise InputError(
            "l’adresse du site n’en est pas une.",
            where=address,
            remedy="Exemple : https://carriere.academie.example.",
        )
