"""`iprof sauvegarder`, `verifier`, `restaurer`: all the data, kept and put back."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from iprof_kit.base.clock import paris, utc_now
from iprof_kit.base.errors import InputError, unreadable
from iprof_kit.base.private_files import new_private_file
from iprof_kit.base.words import counted
from iprof_kit.commands.saying import say
from iprof_kit.services.backup import migrating, restoring, saving, secrecy
from iprof_kit.services.backup.checking import verify
from iprof_kit.services.backup.manifest import Manifeste
from iprof_kit.services.backup.restoring import Restored
from iprof_kit.services.backup.saving import Saved
from iprof_kit.services.backup.secrecy import Closing, Opening

_BACKUP = click.Path(path_type=Path, dir_okay=False)
_FILE = click.argument("file", metavar="FICHIER", type=_BACKUP)
_LONGEST_SECRET = 10_000
_KEY = click.option(
    "--cle",
    metavar="FICHIER",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Clé secrète qui ouvre la sauvegarde.",
)
_PHRASE = click.option(
    "--phrase",
    metavar="FICHIER",
    help="Fichier qui contient la phrase ; « - » la demande au terminal.",
)

_RECIPIENTS = click.option(
    "--destinataire",
    "recipients",
    multiple=True,
    metavar="age1…",
    help="Clé publique qui pourra ouvrir la sauvegarde ; répétable.",
)


@click.command(name="cle-sauvegarde")
@_FILE
def new_key(file: Path) -> None:
    """Créer une clé de sauvegarde : la secrète dans FICHIER, la publique à l’écran.

    Gardez FICHIER ailleurs que sur le serveur et qu’avec les sauvegardes : sans lui, elles ne
    s’ouvrent plus.
    """
    public, content = secrecy.new_key()
    with new_private_file(file) as out:
        out.write(content)
    click.echo(public)


@click.command(name="sauvegarder")
@_FILE
@_RECIPIENTS
@_PHRASE
def save(file: Path, recipients: tuple[str, ...], phrase: str | None) -> None:
    """Sauvegarder la base et tous les fichiers du kit dans FICHIER, pendant que le kit sert.

    FICHIER ne doit pas exister. Il contient les données personnelles et les clés : chiffrez-le, ou
    gardez-le sous la même protection que le serveur.
    """
    how = _closing(recipients, phrase)
    _say_saved(file, how, saving.save(file, how, "iprof sauvegarder", utc_now()))


@click.command(name="migrer")
@click.argument("file", metavar="[FICHIER]", required=False, type=_BACKUP)
@_RECIPIENTS
@_PHRASE
@click.option("--sans-sauvegarde", "bare", is_flag=True, help="Ne rien sauvegarder d’abord.")
def migrate(file: Path | None, recipients: tuple[str, ...], phrase: str | None, bare: bool) -> None:
    """Sauvegarder dans FICHIER la base d’un kit plus ancien, puis mettre ses tables à jour.

    FICHIER ne doit pas exister. Revenir à l’ancienne version, c’est le restaurer avec elle. Une
    base qui est déjà de cette version n’est ni sauvegardée ni changée.
    """
    if bool(file) is bare:
        raise InputError(
            "il faut dire où sauvegarder d’abord.",
            where="FICHIER",
            remedy="Donnez un fichier qui n’existe pas, ou --sans-sauvegarde, mais pas les deux.",
        )
    how = _closing(recipients, phrase)
    done = migrating.migrate(file, how, "iprof migrer", utc_now())
    if done is None:
        say("Les tables sont déjà celles de cette version : rien n’a été fait.")
        return
    if done.saved and file:
        _say_saved(file, how, done.saved)
    say(f"Tables mises à jour : {done.before}, puis {done.after}. Le journal en garde une ligne.")


def _closing(recipients: tuple[str, ...], phrase: str | None) -> Closing:
    """Return how a backup is closed.

    Raises
    ------
    InputError
        By two ways at once.
    """
    if recipients and phrase:
        raise InputError(
            "une sauvegarde se chiffre pour une clé ou par une phrase, pas par les deux.",
            where="--destinataire, --phrase",
            remedy="Choisissez l’une des deux options.",
        )
    if phrase:
        return Closing(phrase=secrecy.checked_phrase(_phrase(phrase, new=True)))
    return Closing(tuple(map(secrecy.recipient, recipients)))


def _say_saved(file: Path, how: Closing, saved: Saved) -> None:
    say(_summary(saved.manifest))
    say(f"Écrite dans {file}, que son propriétaire seul peut lire. SHA-256 :")
    click.echo(saved.digest)
    for link in saved.links:
        say(f"À savoir : le lien {link} n’a pas été suivi ; sauvegardez-le à part.")
    if saved.unsealed:
        say(f"À savoir : {saved.unsealed}")
    if how == Closing():
        say(
            "À savoir : ce fichier n’est pas chiffré. Il contient les données personnelles et les "
            "clés du kit (voir --destinataire)."
        )


@click.command(name="verifier")
@_FILE
@_KEY
@_PHRASE
def check(file: Path, cle: Path | None, phrase: str | None) -> None:
    """Relire une sauvegarde en entier : ses fichiers, sa base, le nombre de lignes."""
    manifest, digest = verify(file, _opening(file, cle, phrase))
    say(_summary(manifest))
    say("Elle est entière : chaque fichier, la base et ses lignes. SHA-256 :")
    click.echo(digest)


@click.command(name="restaurer")
@_FILE
@_KEY
@_PHRASE
@click.option(
    "--revoquer-liens", "revoke", is_flag=True, help="Révoquer aussi tous les liens de CV."
)
def restore(file: Path, cle: Path | None, phrase: str | None, revoke: bool) -> None:
    """Restaurer une sauvegarde dans un endroit vide : tout, ou rien.

    L’endroit est celui que nomment IPROF_VAR et IPROF_DATABASE_URL, du même moteur de base. La
    sauvegarde est vérifiée d’abord ; celle d’un kit plus ancien est mise à jour.
    """
    key = _opening(file, cle, phrase)
    done = restoring.restore(file, key, "iprof restaurer", utc_now(), revoke_links=revoke)
    say(_summary(done.manifest))
    for line in _consequences(done):
        say(line)


def _summary(manifest: Manifeste) -> str:
    moment = f"{paris(manifest.fait_le):%d/%m/%Y à %H h %M}"
    size = f"{sum(one.taille for one in manifest.fichiers) / 1_000_000:.1f}".replace(".", ",")
    return (
        f"Sauvegarde du {moment}, kit {manifest.kit}, tables {manifest.revision}, "
        f"{manifest.moteur} : {counted(len(manifest.fichiers), 'fichier')}, {size} Mo, "
        f"{counted(sum(manifest.lignes.values()), 'ligne')} dans {len(manifest.lignes)} tables."
    )


def _consequences(done: Restored) -> list[str]:
    closed = done.closed
    lines = ["Restaurée. Le journal en garde une ligne."]
    if done.migrated:
        lines.append("Elle venait d’un kit plus ancien : ses tables ont été mises à jour.")
    lines.append(
        f"Sessions fermées : {closed.sessions}. Liens de réinitialisation annulés : "
        f"{closed.resets}."
    )
    lines += [
        f"À savoir : {place} était là et n’a pas été remplacé par celui de la sauvegarde."
        for place in done.left
    ]
    if done.unsealed:
        lines.append(f"À savoir : {done.unsealed}")
    if closed.revoked:
        lines.append(f"Liens de CV révoqués : {closed.links}.")
    elif closed.links:
        lines.append(
            f"À savoir : la sauvegarde a {counted(closed.links, 'lien ouvert')} vers des CV. Ceux "
            f"que leur auteur a révoqués depuis fonctionnent de nouveau : il peut les "
            f"révoquer dans Votre CV ; --revoquer-liens les aurait tous révoqués."
        )
    lines.append(
        "À savoir : les mots de passe sont ceux du jour de la sauvegarde, et les personnes "
        "effacées depuis sont revenues. Relancez pour celles-là iprof account reset et "
        "iprof effacer."
    )
    return lines


def _opening(file: Path, key: Path | None, phrase: str | None) -> Opening:
    identities = (secrecy.identity(_secret(key)),) if key else ()
    asks = phrase is None and file.is_file() and secrecy.how_closed(file) == "phrase"
    given = "-" if asks and sys.stdin.isatty() else phrase
    return Opening(identities, _phrase(given, new=False) if given else None)


def _phrase(given: str, *, new: bool) -> str:
    if given == "-":
        asked: str = click.prompt("Phrase", hide_input=True, confirmation_prompt=new)
        return asked.strip()
    return _secret(Path(given)).strip()


def _secret(file: Path) -> str:
    """Return what a secret file holds; one that others may read is no secret."""
    try:
        if os.name == "posix" and file.stat().st_mode & 0o077:
            raise InputError(
                "d’autres comptes peuvent lire ce fichier secret.",
                where=str(file),
                remedy="Retirez-leur ce droit (chmod 600), puis recommencez.",
            )
        with file.open(encoding="utf-8") as source:
            return source.read(_LONGEST_SECRET)
    except (OSError, UnicodeDecodeError) as error:
        raise unreadable(error, str(file), "ce fichier secret") from error
