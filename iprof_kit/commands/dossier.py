"""`iprof signalement`, `iprof retention`, `iprof effacer`: what an administrator does of files."""

from __future__ import annotations

from pathlib import Path

import click

from iprof_kit.base.calendar import date_text
from iprof_kit.base.characters import visible
from iprof_kit.base.clock import paris, utc_now
from iprof_kit.base.errors import InputError, Unavailable
from iprof_kit.base.private_files import new_private_file, private_folder
from iprof_kit.commands.saying import say
from iprof_kit.records.compaction import reclaim
from iprof_kit.records.database import prepare_database
from iprof_kit.services.academies import conservation
from iprof_kit.services.access.own_file import Owner
from iprof_kit.services.contract.own_file import Signalement
from iprof_kit.services.own_data import archive, erasure, retention
from iprof_kit.services.reports import answers

_BY_REPORT, _BY_RETENTION, _BY_ERASURE = "iprof signalement", "iprof retention", "iprof effacer"
_SERVICE = click.option(
    "--service", default="", metavar="NOM", help="Service qui s’en charge, jamais une personne."
)


@click.group()
def signalement() -> None:
    """Répondre aux erreurs que les personnes signalent dans leur dossier."""


@signalement.command("list")
@click.option("--tous", is_flag=True, help="Les signalements corrigés aussi.")
@click.option("--dossier", metavar="NUMERO", help="Ce dossier seulement.")
def list_(tous: bool, dossier: str | None) -> None:
    """Lire les signalements, du plus ancien au plus récent. La lecture est au journal."""
    prepare_database()
    reports = answers.waiting_reports(utc_now(), _BY_REPORT, closed=tous, numero=dossier)
    for numero, sent in reports:
        say(_report_lines(numero, sent))
    if not reports:
        say("Aucun signalement n’attend.")


@signalement.command("pieces")
@click.argument("numero", metavar="NUMERO")
@click.argument("dossier", metavar="REPERTOIRE", type=click.Path(path_type=Path, file_okay=False))
def pieces(numero: str, dossier: Path) -> None:
    """Écrire les pièces d’un signalement dans un dossier. La lecture est au journal."""
    if dossier.is_dir() and any(dossier.iterdir()):
        raise InputError(
            "ce dossier n’est pas vide.", where=str(dossier), remedy="Choisissez-en un nouveau."
        )
    prepare_database()
    files = answers.files_of(numero, _BY_REPORT, utc_now())
    private_folder(dossier)
    for number, file in enumerate(files, 1):
        path = dossier / f"{number:02d}-{file.name}"
        with new_private_file(path) as out:
            out.write(file.content)
        say(visible(str(path)))
    if not files:
        say("Aucune pièce jointe.")


@signalement.command("prendre")
@click.argument("numero", metavar="NUMERO")
@click.option("--service", required=True, metavar="NOM", help="Service qui s’en charge.")
def take(numero: str, service: str) -> None:
    """Prendre en charge un signalement. NUMERO est celui du reçu (2026-0147)."""
    prepare_database()
    sent = answers.take(numero, service, _BY_REPORT, utc_now())
    say(visible(f"Signalement {sent.numero} pris en charge par : {sent.service}."))


@signalement.command("repondre")
@click.argument("numero", metavar="NUMERO")
@click.option("--texte", required=True, help="Ce que la personne lira.")
@_SERVICE
def answer(numero: str, texte: str, service: str) -> None:
    """Répondre à un signalement. Une nouvelle réponse remplace la précédente, qui reste gardée."""
    prepare_database()
    sent = answers.answer(numero, texte, _BY_REPORT, utc_now(), service)
    say(f"Réponse enregistrée au signalement {sent.numero}.")


@signalement.command("corriger")
@click.argument("numero", metavar="NUMERO")
@click.option("--valeur", required=True, help="Valeur corrigée par l’administration.")
@_SERVICE
def correct(numero: str, valeur: str, service: str) -> None:
    """Noter que la donnée est corrigée dans la base de gestion.

    La copie que montre le kit change au prochain import du dossier, pas ici.
    """
    prepare_database()
    sent = answers.correct(numero, valeur, _BY_REPORT, utc_now(), service)
    before = visible(sent.valeur)
    say(
        f"Signalement {sent.numero} corrigé. Valeur d’avant, gardée : {before}.\n"
        "Importez de nouveau le dossier pour que la copie montre la nouvelle valeur."
    )


@click.command(name="emporter")
@click.argument("numero", metavar="NUMERO")
@click.argument("file", metavar="FICHIER", type=click.Path(path_type=Path, dir_okay=False))
def take_away(numero: str, file: Path) -> None:
    """Écrire dans un ZIP tout ce que la base garde d’une personne, à sa demande."""
    prepare_database()
    with new_private_file(file) as out:
        archive.write_archive(Owner(numero, "iprof emporter"), out, utc_now())
    say(f"Écrit dans {file}.")


@click.command(name="retention")
@click.option("--appliquer", is_flag=True, help="Effacer vraiment ; sans cela, rien ne change.")
@click.option(
    "--compacter", is_flag=True, help="Récrire tout le fichier de la base ; le serveur est arrêté."
)
def retention_(appliquer: bool, compacter: bool) -> None:
    """Dire ce qui a dépassé sa durée de conservation, et l’effacer avec --appliquer.

    Les durées sont dans le fichier nommé par IPROF_ACADEMIES (docs/dossier.md). Une durée absente
    n’efface rien.
    """
    prepare_database()
    kept, now = conservation(), utc_now()
    sweeps = retention.sweep(kept, _BY_RETENTION, now) if appliquer else retention.sweeps(kept, now)
    for one in sweeps:
        if one.before is None:
            say(f"{one.what} : durée non fixée, rien n’est effacé.")
        else:
            say(f"{one.what} : {one.count} avant le {date_text(paris(one.before).date())}.")
    if appliquer:
        say("Effacé. Le journal en garde une ligne.")
        _compact(whole=compacter)
    else:
        say("Essai : rien n’est effacé. Recommencez avec --appliquer.")


@click.command(name="effacer")
@click.argument("numero", metavar="NUMERO")
@click.option("--motif", required=True, help="Pourquoi, gardé au journal ; sans nom de personne.")
@click.option("--confirmer", is_flag=True, help="Effacer vraiment ; sans cela, rien ne change.")
def erase(numero: str, motif: str, confirmer: bool) -> None:
    """Effacer tout ce que la base garde d’une personne ; le journal reste, sans la nommer."""
    prepare_database()
    if confirmer:
        done = erasure.erase(numero, motif, _BY_ERASURE, utc_now())
    else:
        done = erasure.erasable(numero)
    for table, count in done.rows.items():
        say(f"{table} : {count}")
    say(f"valeurs remplacées : {done.history}")
    say(f"lignes du journal qui ne la nommeront plus : {done.journal}")
    if done.pseudonym:
        say(
            f"Effacé. Le journal la nomme désormais {done.pseudonym}. Les sauvegardes de la base "
            "ne sont pas touchées."
        )
        _compact()
    else:
        say("Essai : rien n’est effacé. Recommencez avec --confirmer.")


def _compact(*, whole: bool = False) -> None:
    """Compact the database's file; say how to, where it cannot be done now."""
    try:
        done = reclaim(whole=whole)
    except Unavailable:  # what was removed is removed: its « nothing was changed » would be false
        done = False
    if not done:
        say(
            "Effacé, mais le fichier de la base n’est pas encore compacté : arrêtez le serveur, "
            "puis lancez iprof retention --appliquer --compacter."
        )


def _report_lines(numero: str, sent: Signalement) -> str:
    steps = [
        f"{name} le {date_text(paris(at).date())}"
        for name, at in (
            ("envoyé", sent.envoye_le),
            ("pris en charge", sent.pris_en_charge_le),
            ("répondu", sent.repondu_le),
            ("corrigé", sent.corrige_le),
        )
        if at
    ]
    lines = [
        f"{sent.numero}  dossier {numero}  {sent.libelle}",
        f"  affiché : {sent.valeur}",
        f"  indiqué : {sent.indique}",
    ]
    if sent.explication:
        lines.append(f"  explication : {sent.explication}")
    if sent.pieces:
        lines.append(f"  pièces : {', '.join(one.nom for one in sent.pieces)}")
    return "\n".join(map(visible, [*lines, f"  {', '.join(steps)}"]))
