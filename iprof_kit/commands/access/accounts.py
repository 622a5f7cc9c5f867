"""`iprof account`: who enters, with which roles, until when."""

from __future__ import annotations

import sys
from datetime import date, datetime
from pathlib import Path
from typing import get_args

import click

from iprof_kit.base.calendar import date_text
from iprof_kit.base.characters import visible
from iprof_kit.base.clock import paris, utc_now
from iprof_kit.base.errors import InputError
from iprof_kit.base.words import counted
from iprof_kit.commands.access.delivering import delivrer
from iprof_kit.commands.access.factors import facteur
from iprof_kit.commands.access.identities import delier, relier
from iprof_kit.commands.given_files import print_faults, read_file
from iprof_kit.commands.saying import say
from iprof_kit.records.database import prepare_database, reading
from iprof_kit.records.journal import audit as journal
from iprof_kit.services.access.accounts import (
    FIRST_PASSWORD_LIFE,
    UNNAMED_SERVICE,
    NewAccount,
    NewPortfolio,
    create_account,
    issue_reset_link,
)
from iprof_kit.services.access.closing import close_account, reopen_account
from iprof_kit.services.access.files.importing import ACCOUNT_FILE, import_accounts
from iprof_kit.services.access.who_may import change_roles, listed
from iprof_kit.services.contract.operation import Role
from iprof_kit.services.desk.portfolios import check_new

_DAY = click.DateTime(["%Y-%m-%d", "%d/%m/%Y"])


@click.group()
def account() -> None:
    """Créer, lister, fermer des comptes, délivrer un accès ou un lien, lire le journal."""


account.add_command(delivrer)
account.add_command(relier)
account.add_command(delier)
account.add_command(facteur)


@account.command("create")
@click.argument("compte", metavar="COMPTE")
@click.option("--dossier", metavar="NUMERO", help="Dossier que le compte ouvre.")
@click.option(
    "--role",
    "roles",
    multiple=True,
    required=True,
    type=click.Choice(get_args(Role)),
    help="Ce que le compte peut faire ; répétable.",
)
@click.option(
    "--portefeuille",
    "portfolios",
    multiple=True,
    metavar="ACADEMIE[/DEPARTEMENT[/CORPS]]",
    help="Personnes dont un gestionnaire répond ; répétable.",
)
@click.option(
    "--service",
    default=UNNAMED_SERVICE,
    show_default=True,
    metavar="NOM",
    help="Ce que ces personnes lisent, jamais le nom du gestionnaire.",
)
def create(
    compte: str,
    dossier: str | None,
    roles: tuple[Role, ...],
    portfolios: tuple[str, ...],
    service: str,
) -> None:
    """Créer un compte. Son premier mot de passe est le NUMEN, demandé sans être affiché."""
    prepare_database()
    now = utc_now()
    given = [_portfolio(text, service, paris(now).date()) for text in portfolios]
    check_new(given)
    new = NewAccount(
        compte,
        roles,
        dossier,
        numen=_secret("NUMEN"),
        portfolios=given,
    )
    create_account(new, "iprof account create", now)
    until = date_text(paris(now + FIRST_PASSWORD_LIFE).date())
    say(f"Compte {compte} créé. Son premier mot de passe, le NUMEN, vaut jusqu’au {until}.")


@account.command("importer")
@click.argument("file", metavar="FICHIER", type=click.Path(path_type=Path))
@click.option("--essai", is_flag=True, help="Vérifier seulement ; rien n’est enregistré.")
def import_(file: Path, essai: bool) -> None:
    """Créer des comptes sans mot de passe. L’en-tête du CSV est décrit dans docs/administrer.md.

    Une ligne refusée n’empêche pas les autres ; le même fichier redonné ne change rien. Code de
    sortie : 0 si tout est accepté, 1 si des lignes sont refusées, 2 si le fichier est illisible.
    """
    content = read_file(file, ACCOUNT_FILE.largest)
    prepare_database()
    report = import_accounts(content, "iprof account importer", utc_now(), only_check=essai)
    print_faults(report.refused)
    made = (
        f"{counted(report.added, 'compte')} à créer"
        if essai
        else counted(report.added, "compte créé")
    )
    words = f"{made}, {counted(report.unchanged, 'inchangé')}"
    refused = len({fault.line for fault in report.refused})
    say(f"{words}, {counted(refused, 'ligne refusée')}.")
    if report.added and not essai:
        say("Aucun n’a de mot de passe : iprof account delivrer leur écrit, avec un code.")
    sys.exit(1 if refused else 0)


@account.command("list")
@click.option("--role", type=click.Choice(get_args(Role)), help="Ceux qui ont ce rôle seulement.")
@click.option(
    "--sans-raison", "idle", is_flag=True, help="Ceux qui n’ont plus de raison d’être seulement."
)
def list_(role: Role | None, idle: bool) -> None:
    """Lister les comptes : rôles, dossier, et ce qui leur manque pour servir.

    N’ont plus de raison d’être : un rôle sans personne à suivre, une personne que les fichiers
    de son académie ne nomment plus, un compte fermé qui n’ouvre plus rien.

    Rien n’est dit de qui n’a pas encore choisi son mot de passe, sinon qu’il ne l’a pas fait.
    """
    prepare_database()
    shown = [
        one
        for one in listed(utc_now())
        if (role is None or role in one.roles) and (one.missing or not idle)
    ]
    for one in shown:
        roles = ", ".join(one.roles) or "–"
        entered = "" if one.entered else " ; jamais connecté"
        missing = f" ; {', '.join(one.missing)}" if one.missing else ""
        closed = f" ; fermé à partir du {one.closed:%d/%m/%Y}" if one.closed else ""
        say(f"{one.compte:<20} {roles} ; dossier {one.numero or '–'}{entered}{closed}{missing}")
    say(f"{counted(len(shown), 'compte')}.")


@account.command("role")
@click.argument("compte", metavar="COMPTE")
@click.option("--ajouter", "add", multiple=True, type=click.Choice(get_args(Role)))
@click.option("--retirer", "remove", multiple=True, type=click.Choice(get_args(Role)))
def role(compte: str, add: tuple[Role, ...], remove: tuple[Role, ...]) -> None:
    """Donner des rôles à un compte, ou lui en retirer : ses sessions ouvertes se ferment aussitôt.

    Ses portefeuilles restent ce qu’ils sont : iprof portefeuille transmettre les passe à d’autres.
    """
    prepare_database()
    change_roles(compte, add, remove, "iprof account role", utc_now())
    say(f"Rôles de {compte} changés ; ses sessions sont fermées. Le journal en garde une ligne.")


@account.command("close")
@click.argument("name", metavar="COMPTE")
@click.option(
    "--le",
    "on",
    type=_DAY,
    metavar="JJ/MM/AAAA",
    help="Premier jour fermé ; aujourd’hui s’il manque.",
)
@click.option(
    "--lecture-mois",
    "months",
    type=click.IntRange(0, 120),
    help="Combien de temps la personne lit et emporte encore son dossier ; sinon, comme réglé.",
)
@click.option("--annuler", "undo", is_flag=True, help="Rouvrir le compte, avec ses rôles.")
def close(name: str, on: datetime | None, months: int | None, undo: bool) -> None:
    """Fermer le compte de qui s’en va : ses démarches et ses autres rôles cessent ce jour-là.

    COMPTE est aussi le numéro d’un dossier. Qui a un dossier le lit et l’emporte encore pendant la
    durée prévue ; ses sessions ouvertes se ferment le jour dit.
    """
    prepare_database()
    by, now = "iprof account close", utc_now()
    if undo:
        say(f"Compte {reopen_account(name, by, now)} rouvert, avec les rôles qu’il avait.")
        return
    day = on.date() if on else paris(now).date()
    closed = close_account(name, day, by, now, months)
    words = f"Compte {closed.compte} fermé à partir du {date_text(day)}."
    if closed.reads:
        words += f" Son dossier se lit jusqu’au {date_text(closed.closing.reads_until)}."
    say(words)
    if closed.followed:
        goes_on = counted(closed.followed, "portefeuille")
        say(
            f"Plus personne n’y répond : {goes_on}. Passez-les : "
            f"iprof portefeuille transmettre {closed.compte} COMPTE --le {day.isoformat()}"
        )


@account.command("reset")
@click.argument("compte", metavar="COMPTE")
def reset(compte: str) -> None:
    """Délivrer un lien à usage unique. Remettez-le à la personne en main propre."""
    prepare_database()
    link = issue_reset_link(compte, utc_now())
    end = paris(link.expires_at)
    say(
        f"{link.path}\nÀ ajouter à l’adresse du site. Ce lien sert une seule fois, jusqu’au "
        f"{date_text(end.date())} à {end:%H} h {end:%M} (heure de Paris)."
    )


@account.command("journal")
@click.option("--dossier", metavar="NUMERO", help="Ce dossier seulement.")
@click.option(
    "--dernieres",
    type=click.IntRange(1, 10_000),
    default=50,
    show_default=True,
    help="Nombre de lignes, les dernières.",
)
def read_journal(dossier: str | None, dernieres: int) -> None:
    """Lire le journal : qui a fait ou lu quoi, quand, d’où."""
    prepare_database()
    subject = f"dossier:{dossier}" if dossier else None
    with reading() as session:
        for line in reversed(journal.lines(session, subject=subject, last=dernieres)):
            at = paris(line.at)
            cells = (line.actor, line.action, line.subject, line.address or "", line.detail)
            say(f"{at:%Y-%m-%d %H:%M:%S}  {'  '.join(map(visible, cells))}".rstrip())


def _portfolio(text: str, service: str, today: date) -> NewPortfolio:
    parts = [part or None for part in text.split("/")]
    if not parts[0] or len(parts) > 3:
        raise InputError(
            "ce portefeuille n’est pas lisible.",
            where=text,
            remedy="Exemples : 06, 06/063, 06//pe.",
        )
    parts += [None] * (3 - len(parts))
    return NewPortfolio(parts[0], parts[1], parts[2], service, today)


def _secret(name: str) -> str:
    if sys.stdin.isatty():
        text: str = click.prompt(name, hide_input=True)
        return text
    return sys.stdin.readline()
