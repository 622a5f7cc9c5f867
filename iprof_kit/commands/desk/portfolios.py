"""`iprof portefeuille`: who follows whom, from which day on."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import click

from iprof_kit.base.calendar import date_text
from iprof_kit.base.characters import visible
from iprof_kit.base.clock import paris, utc_now
from iprof_kit.base.words import counted
from iprof_kit.commands.desk.evaluators import evaluators
from iprof_kit.commands.given_files import print_outcome, read_file
from iprof_kit.commands.saying import say
from iprof_kit.records.accounts import Portfolio
from iprof_kit.records.database import prepare_database
from iprof_kit.services.desk import figures, importing, portfolios
from iprof_kit.services.desk.importing import PortfolioReport
from iprof_kit.services.desk.portfolios import Parts
from iprof_kit.services.given_tables import Layout

_DAY = click.DateTime(["%Y-%m-%d"])
_MOST_LINES = 20


@click.group()
def portefeuille() -> None:
    """Dire qui suit qui : lister, importer, transmettre, compter ; et qui évalue qui."""


portefeuille.add_command(evaluators)


@portefeuille.command("list")
@click.option("--historique", is_flag=True, help="Les portefeuilles fermés ou à venir aussi.")
@click.option(
    "--le", "day", type=_DAY, metavar="AAAA-MM-JJ", help="Ce jour-là, plutôt qu’aujourd’hui."
)
def list_(historique: bool, day: datetime | None) -> None:
    """Lire les portefeuilles : compte, service, personnes, dates."""
    prepare_database()
    asked = day.date() if day else paris(utc_now()).date()
    listed = portfolios.assignments(asked, history=historique)
    for one in listed:
        who = f"{counted(one.people, 'personne')}, {counted(one.threads, 'fil')} en cours"
        line = f"{one.compte}  {one.portfolio.service}  {_parts(one.portfolio)}"
        say(visible(f"{line}  {_dates(one.portfolio)}  {who}"))
    if not listed:
        say("Aucun portefeuille.")


@portefeuille.command("importer")
@click.argument("file", metavar="FICHIER", type=click.Path(path_type=Path))
@click.option("--essai", is_flag=True, help="Vérifier seulement ; rien n’est enregistré.")
def import_(file: Path, essai: bool) -> None:
    """Importer un CSV de portefeuilles. Son en-tête est décrit dans docs/bureau.md.

    Le fichier est pris ou refusé en entier. Code de sortie : 0 s’il est pris, 1 si des lignes sont
    refusées, 2 si le fichier est illisible.
    """  # noqa: D401
    content = read_file(file, Layout.largest)
    prepare_database()
    report = importing.import_portfolios(
        content, "iprof portefeuille importer", utc_now(), only_check=essai
    )
    _print(report, essai)
    sys.exit(1 if report.refused else 0)


@portefeuille.command("transmettre")
@click.argument("sender", metavar="COMPTE")
@click.argument("receiver", metavar="AUTRE")
@click.option("--le", "day", type=_DAY, required=True, metavar="AAAA-MM-JJ", help="Premier jour.")
@click.option("--service", default="", metavar="NOM", help="Service que les personnes liront.")
def hand_over(sender: str, receiver: str, day: datetime, service: str) -> None:
    """Transmettre à AUTRE tout ce que suit COMPTE, fils en cours compris.

    Les portefeuilles de COMPTE sont fermés la veille, jamais effacés. Où le service change, chaque
    fil en cours le dit à la personne.
    """
    prepare_database()
    by, now = "iprof portefeuille transmettre", utc_now()
    done = portfolios.hand_over(sender, receiver, day.date(), by, now, service.strip())
    what = f"{counted(done.portfolios, 'portefeuille')}, {counted(done.people, 'personne')}"
    say(
        f"Transmis à {receiver} le {date_text(day.date())} : {what}, "
        f"{counted(done.threads, 'fil')} en cours."
    )


@portefeuille.command("statistiques")
def statistics() -> None:
    """Compter, par service : personnes suivies, comptes, fils qu’il doit, absences.

    Un fil passé à un autre service est compté à celui-ci. À la fin : les personnes que nul ne suit.
    """
    prepare_database()
    now = utc_now()
    for one in figures.services(now):
        each = one.people // max(one.accounts, 1)
        say(
            visible(
                f"{one.service} : {counted(one.people, 'personne')}, "
                f"{counted(one.accounts, 'compte')}, soit {each} par compte, "
                f"{counted(one.ages.total(), 'fil')} en attente, "
                f"{counted(one.absent, 'absence')} aujourd’hui."
            )
        )
    _print_left_out(portfolios.left_out(paris(now).date()), "aujourd’hui")


def _print(report: PortfolioReport, only_check: bool) -> None:
    done = "acceptable" if only_check else "enregistré"
    more = ", rien n’est enregistré" if only_check else ""
    print_outcome(
        report.refused,
        f"{counted(report.added, f'portefeuille {done}')}, "
        f"{counted(report.unchanged, 'inchangé')}{more}.",
    )
    if report.day is not None:
        _print_left_out(report.left_out, f"le {date_text(report.day)}")


def _print_left_out(people: dict[Parts, int], when: str) -> None:
    if not people:
        say(f"Dans ces académies, chaque personne est suivie {when}.")
        return
    say(f"{counted(sum(people.values()), 'personne')} que nul ne suit {when} :")
    for (academie, departement, corps), count in list(people.items())[:_MOST_LINES]:
        say(f"  académie {academie}, {departement or '-'}, {corps or 'sans corps'} : {count}")
    if len(people) > _MOST_LINES:
        say(f"  et {counted(len(people) - _MOST_LINES, 'groupe')} de plus.")


def _parts(one: Portfolio) -> str:
    return "/".join(part or "*" for part in (one.academie, one.departement, one.corps))


def _dates(one: Portfolio) -> str:
    begin = f"du {date_text(one.du)}" if one.du else "depuis toujours"
    return f"{begin} au {date_text(one.au)}" if one.au else begin
