"""`iprof account delivrer`: the codes by which people enter first, in letters or mails."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from pathlib import Path
from urllib.parse import urlsplit

import click

from iprof_kit.base.calendar import date_text
from iprof_kit.base.clock import utc_now
from iprof_kit.base.configuration.in_force import setting_of
from iprof_kit.base.errors import InputError
from iprof_kit.base.private_files import new_private_file
from iprof_kit.base.spreadsheets import TableWriter
from iprof_kit.base.words import counted
from iprof_kit.commands import as_record
from iprof_kit.commands.saying import say
from iprof_kit.records.database import prepare_database
from iprof_kit.services.academies import travaux
from iprof_kit.services.access.delivering import Choice, Chosen, chosen, last_day
from iprof_kit.services.access.mailed_codes import BY, Unreached, queue_mails, queue_of
from iprof_kit.services.notices.carrier import carrier


@dataclass(frozen=True)
class Delivering:
    """How codes are delivered, and to whom."""

    folder: Path | None
    by_mail: bool
    refused: Path | None
    adresse: str | None
    comptes: tuple[str, ...]
    schools: tuple[str, ...]
    again: bool
    essai: bool


@click.command("delivrer")
@click.option("--dossier", "folder", metavar="DOSSIER", type=click.Path(path_type=Path),
              help="Où écrire les lettres, un PDF par établissement.")  # fmt: skip
@click.option(
    "--courriel",
    "by_mail",
    is_flag=True,
    help="Par un courriel à l’adresse professionnelle de chacun, au lieu d’une lettre.",
)
@click.option(
    "--refus",
    "refused",
    metavar="FICHIER",
    type=click.Path(path_type=Path),
    help="Avec --courriel : où écrire qui n’a pas d’adresse, et pourquoi (CSV).",
)
@click.option("--adresse", metavar="URL", help="Adresse du site, en entier.")
@click.option("--compte", "comptes", multiple=True, metavar="COMPTE",
              help="Ce compte seulement, ou le numéro de son dossier ; répétable.")  # fmt: skip
@click.option("--etablissement", "schools", multiple=True, metavar="UAI",
              help="Cet établissement seulement ; répétable.")  # fmt: skip
@click.option("--renouveler", "again", is_flag=True,
              help="Aussi à qui a un code qui sert encore : il ne servira plus.")  # fmt: skip
@click.option("--essai", is_flag=True, help="Compter seulement ; rien n’est fait.")
@as_record(Delivering)
def delivrer(asked: Delivering) -> None:
    """Délivrer un code de première connexion à qui n’a pas encore d’accès, par lettre ou courriel.

    Par lettre : une page par personne, un PDF et son reçu par établissement. Par courriel : le kit
    les envoie de lui-même, et ne tire chaque code qu’au moment où son courriel part. Interrompue,
    la commande reprend où elle en était ; qui a un code qui sert encore n’en reçoit pas un second.
    """
    _check(asked)
    prepare_database()
    now = utc_now()
    choice = chosen(Choice(asked.comptes, asked.schools, asked.again), now)
    if asked.by_mail:
        _by_mail(asked, choice, now)
    elif asked.essai:
        _show(choice)
    else:
        _by_letter(asked, choice, now)


def _check(asked: Delivering) -> None:
    """Refuse what does not go together."""
    if asked.comptes and asked.schools:
        raise InputError(
            "des comptes et des établissements sont choisis à la fois.",
            where="--compte, --etablissement",
            remedy="Choisissez l’un des deux.",
        )
    if asked.by_mail and (asked.folder or asked.adresse):
        raise InputError(
            "un courriel ne s’écrit pas dans un dossier, et prend l’adresse du site de la "
            "configuration.",
            where="--courriel",
            remedy="Retirez --dossier et --adresse.",
        )
    if asked.refused and not asked.by_mail:
        raise InputError(
            "les lettres n’ont pas de refus : chacun a la sienne.",
            where="--refus",
            remedy="Ajoutez --courriel.",
        )


def _by_letter(asked: Delivering, choice: Chosen, now: datetime) -> None:
    if asked.folder is None or asked.adresse is None:
        raise InputError(
            "il manque où écrire les lettres, ou l’adresse du site qu’elles donnent.",
            where="--dossier, --adresse",
            remedy="Donnez les deux, ou --essai pour compter seulement.",
        )
    check_address(asked.adresse)
    from iprof_kit.services.access.sealed_letters import write_letters  # heavy: it typesets

    made = write_letters(choice.people, asked.folder, asked.adresse, BY, now)
    if made.taken_up:
        say(f"Reprise de ce qui avait été interrompu : {counted(made.taken_up, 'fichier')}.")
    say(
        f"{counted(made.letters, 'lettre')}, {counted(made.schools, 'établissement')} ; "
        f"{_waiting(choice)}. Les codes valent jusqu’au {date_text(last_day(now))}."
    )
    say("Ces fichiers sont des secrets : supprimez-les une fois imprimés.")


def _by_mail(asked: Delivering, choice: Chosen, now: datetime) -> None:
    """Queue a mail for each who has an address; say and write who has none."""
    if carrier(travaux().courriels) is None:
        raise InputError(
            "aucun courriel ne peut partir d’ici.",
            where="--courriel",
            remedy="Réglez courriel.serveur (IPROF_SMTP) et « travaux: courriels » dans le "
            "fichier de l’académie, ou délivrez par lettre.",
        )
    queue = queue_of(choice.people)
    if asked.essai:
        _show(Chosen(queue.people, choice.waiting), "courriel")
    else:
        queue_mails(queue.people, now)
        say(
            f"{counted(len(queue.people), 'courriel')} en attente de partir ; {_waiting(choice)}. "
            f"Chaque code vaudra {counted(setting_of('comptes.code_jours'), 'jour')} à partir de "
            "son départ."
        )
    if queue.waiting:
        say(f"Attendaient déjà : {counted(queue.waiting, 'courriel')}.")
    if queue.refused:
        _write_refused(asked, queue.refused)


def _write_refused(asked: Delivering, refused: Sequence[Unreached]) -> None:
    say(f"Sans adresse : {counted(len(refused), 'personne')}, à qui délivrer par lettre.")
    if asked.refused is None:
        say("« --refus FICHIER » en écrit la liste, avec la raison de chacune.")
        return
    with new_private_file(asked.refused) as out:
        text = io.TextIOWrapper(out, "utf-8", newline="")
        text.write("\ufeff")
        table = TableWriter(text)
        table.row(("compte", "uai", "raison"))
        for one in refused:
            table.row((one.to.compte, one.to.school.uai, one.why))
        text.detach()  # written out, and left to who gave it
    say(f"Leur liste : {asked.refused}.")


def _show(choice: Chosen, kind: str = "lettre") -> None:
    for school, people in groupby(choice.people, key=lambda one: one.school):
        place = f"{school.uai or '–':<10}{school.name or 'sans établissement'}"
        say(f"{place} : {counted(len(list(people)), kind)}")
    say(f"{counted(len(choice.people), kind)} à faire ; {_waiting(choice)}.")


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
