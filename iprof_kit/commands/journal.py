"""`iprof journal`: verify the journal, seal it, hand it to the data-protection officer."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import click

from iprof_kit.base.clock import PARIS, utc_now
from iprof_kit.base.errors import InputError
from iprof_kit.base.private_files import new_private_file
from iprof_kit.base.words import counted
from iprof_kit.commands.saying import say
from iprof_kit.records.database import prepare_database
from iprof_kit.records.journal.seals import seal
from iprof_kit.records.journal.verify import Verdict
from iprof_kit.records.journal.verify import verify as read_again
from iprof_kit.services import journal as services

_MOST_FAULTS = 20
_BY = "iprof journal"
_FORMS: dict[str, services.Form] = {".csv": "csv", ".jsonl": "jsonl"}
_DAY = click.DateTime(["%Y-%m-%d"])


@click.group()
def journal() -> None:
    """Vérifier, sceller et remettre le journal de ce qui est lu et fait."""


@journal.command()
def verify() -> None:
    """Relire tout le journal. Chaque ligne, chaque scellé, et le scellé gardé hors de la base.

    Code de sortie : 0 si tout est intact, 1 sinon, 2 si le journal ne peut pas être lu.
    """
    prepare_database()
    verdict = read_again()
    for line in _summary(verdict):
        say(line)
    if not verdict.faults:
        say("Journal intact.")
        return
    say(
        f"Journal altéré : {counted(len(verdict.faults), 'anomalie')}, la première d’abord.",
        err=True,
    )
    for fault in verdict.faults[:_MOST_FAULTS]:
        say(f"  {fault}", err=True)
    if len(verdict.faults) > _MOST_FAULTS:
        say(f"  et {counted(len(verdict.faults) - _MOST_FAULTS, 'autre')}.", err=True)
    sys.exit(1)


@journal.command()
def sceller() -> None:
    """Sceller ce qui attend. Le serveur le fait de lui-même toutes les quelques secondes."""
    prepare_database()
    say(f"Lignes scellées : {seal(utc_now())}.")


@journal.command()
@click.argument("file", metavar="FICHIER", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--depuis", type=_DAY, metavar="AAAA-MM-JJ", help="Premier jour, inclus.")
@click.option("--jusqua", type=_DAY, metavar="AAAA-MM-JJ", help="Dernier jour, inclus.")
def export(file: Path, depuis: datetime | None, jusqua: datetime | None) -> None:
    """Écrire le journal dans un fichier, noms compris. L’export lui-même est au journal.

    Pour le délégué à la protection des données. Le fichier, .csv ou .jsonl, doit être
    nouveau ; seul son propriétaire le lit.
    """
    form = _FORMS.get(file.suffix.lower())
    if form is None:
        raise InputError(
            "le format se lit à la fin du nom.",
            where=str(file),
            remedy="Nommez le fichier en .csv ou en .jsonl.",
        )
    if depuis and jusqua and jusqua < depuis:
        raise InputError(
            "le dernier jour précède le premier.",
            where="--jusqua",
            remedy="Corrigez l’une des deux dates.",
        )
    since = depuis.replace(tzinfo=PARIS) if depuis else None
    until = jusqua.replace(hour=23, minute=59, second=59, tzinfo=PARIS) if jusqua else None
    prepare_database()
    with new_private_file(file) as out:
        count = services.export(out, form, _BY, utc_now(), since=since, until=until)
    say(f"Écrit dans {file} : {counted(count, 'ligne')}.")


@journal.command()
@click.option("--motif", required=True, help="Pourquoi, gardé au journal ; sans nom.")
def reprendre(motif: str) -> None:
    """Continuer après une restauration ou la perte de la clé. Ce qui est là est pris tel quel.

    À ne lancer qu’après avoir compris pourquoi la base ne suit pas le dernier scellé gardé.
    """
    prepare_database()
    findings = services.resume(motif, _BY, utc_now())
    say(f"Repris et noté au journal. Ce qui a été constaté : {findings}")


def _summary(verdict: Verdict) -> list[str]:
    waiting = f"{counted(verdict.waiting, 'ligne')} ; en retirer ne se verrait pas"
    lines = [
        f"Lots scellés relus : {verdict.batches}, soit {counted(verdict.sealed, 'ligne')}.",
        f"Pas encore scellées : {waiting}.",
    ]
    if verdict.last.lot:
        last = verdict.last
        lines.append(
            f"Dernier scellé : lot {last.lot}, {counted(last.lignes, 'ligne')}, sceau {last.sceau}."
        )
    if verdict.pruned:
        lines.append("Des lots dont la durée est passée ont été effacés ; leur scellé reste.")
    if verdict.former:
        lines.append(f"Scellés d’une ancienne clé, non vérifiables : {verdict.former}.")
    if verdict.others:
        lines.append(
            f"À savoir : d’un autre journal, {counted(verdict.others, 'scellé gardé')} ici. "
            "Si la base devait être la sienne, elle a été remplacée."
        )
    return lines
