"""`iprof import`, `iprof account`, `iprof sample`: the people of the database."""

from __future__ import annotations

import sys
from collections import Counter
from datetime import date
from pathlib import Path
from typing import get_args

import click

from iprof_kit.base.calendar import date_text
from iprof_kit.base.characters import visible
from iprof_kit.base.clock import paris, utc_now
from iprof_kit.base.errors import InputError
from iprof_kit.base.words import counted
from iprof_kit.commands.bars import barres
from iprof_kit.commands.extracts import extrait
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
from iprof_kit.services.access.who_may import change_roles, listed
from iprof_kit.services.contract.operation import Role
from iprof_kit.services.desk.portfolios import check_new
from iprof_kit.services.dossier.columns import DOSSIERS
from iprof_kit.services.dossier.imports import ImportReport, import_dossiers
from iprof_kit.services.dossier.sample import demo_accounts, load_sample
from iprof_kit.services.dossier.storing import Outcome
from iprof_kit.services.training.sample import load_sample_plan

_OUTCOMES = {"cree": "créé", "modifie": "modifié", "inchange": "inchangé"}


@click.group(name="import")
def import_() -> None:
    """Faire entrer de vrais dossiers, un extrait pour l’analyse, ou des barres de mouvement."""


import_.add_command(extrait)
import_.add_command(barres)


@import_.command("dossiers")
@click.argument("file", metavar="FICHIER", type=click.Path(path_type=Path))
@click.option("--essai", is_flag=True, help="Vérifier seulement ; rien n’est enregistré.")
def dossiers(file: Path, essai: bool) -> None:
    """Importer un CSV de dossiers. Son en-tête est décrit dans docs/import.md.

    Code de sortie : 0 si tout est accepté, 1 si des lignes sont refusées, 2 si le fichier est
    illisible.
    """  # noqa: D401
    content = read_file(file, DOSSIERS.largest)
    prepare_database()
    report = import_dossiers(content, "iprof import dossiers", utc_now(), only_check=essai)
    _print(report, essai)
    sys.exit(1 if report.refused else 0)


@click.group()
def account() -> None:
    """Créer un compte, délivrer un lien de réinitialisation, lire le journal."""


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


@account.command("list")
@click.option("--role", type=click.Choice(get_args(Role)), help="Ceux qui ont ce rôle seulement.")
@click.option(
    "--sans-raison", "idle", is_flag=True, help="Ceux à qui il manque de quoi servir seulement."
)
def list_(role: Role | None, idle: bool) -> None:
    """Lister les comptes : rôles, dossier, et ce qui leur manque pour servir.

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
        say(f"{one.compte:<20} {roles} ; dossier {one.numero or '–'}{entered}{missing}")
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


@click.group()
def sample() -> None:
    """Charger les personnes fictives de démonstration."""


@sample.command("load")
def load() -> None:
    """Charger les personnes fictives ; recommencer ne change rien."""
    report, plan = load_sample(utc_now()), load_sample_plan(utc_now())
    say(f"Dossiers fictifs : {_counts(report.dossiers)}.")
    say(f"Comptes de démonstration : {counted(report.accounts, 'créé')}.")
    say(f"Plan de formation fictif : {plan.added + plan.unchanged} sessions.")
    for demo in demo_accounts():
        say(f"  {demo.compte} / {demo.secret}   {demo.presentation}")


def _print(report: ImportReport, only_check: bool) -> None:
    print_faults(report.refused)
    if only_check:
        say(f"{counted(len(report.accepted), 'dossier acceptable')}, rien n’est enregistré.")
    else:
        say(f"Dossiers acceptés : {_counts(Counter(o for _, o in report.accepted))}.")
    if report.refused:
        say(
            f"{counted(report.refused_people, 'dossier refusé')} en entier. Corrigez les lignes "
            "citées, puis importez de nouveau le même fichier."
        )


def _counts(outcomes: Counter[Outcome]) -> str:
    counts = [counted(count, _OUTCOMES[outcome]) for outcome, count in sorted(outcomes.items())]
    return ", ".join(counts) or "aucun"


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
