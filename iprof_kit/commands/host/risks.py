"""What is dangerous in the settings of an installation, each with what to do."""

from __future__ import annotations

import stat
from collections.abc import Callable, Iterator
from datetime import datetime
from ipaddress import ip_network
from pathlib import Path

from iprof_kit.base.configuration.in_force import InForce
from iprof_kit.base.configuration.secret_places import secret_at
from iprof_kit.base.configuration.sections import Reglages, declared
from iprof_kit.base.errors import KitError
from iprof_kit.server.settings import EVERY_CARD, LOOPBACK

_DANGERS: tuple[tuple[Callable[[Reglages], bool], str], ...] = (
    (
        lambda chosen: _beyond(chosen.site.ip) and not chosen.site.https,
        (
            "Le site est ouvert à d’autres machines (site.ip) sans https : mots de passe et "
            "cookies y voyagent en clair. Mettez devant lui un mandataire en HTTPS, et réglez "
            "site.https et site.mandataires."
        ),
    ),
    (
        lambda chosen: chosen.site.ip in EVERY_CARD and not chosen.site.hotes,
        (
            "Le site écoute partout (site.ip) sans nom de site : iprof serve refusera de démarrer. "
            "Donnez dans site.hotes le nom que les navigateurs demandent."
        ),
    ),
    (
        lambda chosen: any(
            not ip_network(one, strict=False).prefixlen for one in chosen.site.mandataires
        ),
        (
            "N’importe quelle adresse est crue comme mandataire (site.mandataires) : chacun peut "
            "se dire d’une autre et échapper aux limites. Nommez les adresses des mandataires."
        ),
    ),
    (
        lambda chosen: chosen.site.https and not chosen.site.mandataires,
        (
            "site.https est réglé sans mandataire : iprof serve refusera de démarrer. Donnez son "
            "adresse dans site.mandataires."
        ),
    ),
    (
        lambda chosen: _beyond(chosen.mesures.adresse.rpartition(":")[0]),
        (
            "Les mesures se lisent sans mot de passe à une adresse que d’autres machines peuvent "
            "joindre (mesures.adresse). Prenez celle de cette machine, ou ne la laissez "
            "joindre qu’à Prometheus."
        ),
    ),
    (
        lambda chosen: (
            (chosen.site.https or _beyond(chosen.site.ip))
            and "administrateur" not in chosen.second_facteur.roles
        ),
        (
            "Un mot de passe seul ouvre les comptes d’administration (second_facteur.roles). "
            "Demandez-leur une seconde preuve."
        ),
    ),
    (
        lambda chosen: chosen.journaux.niveau == "debug",
        (
            "Les journaux du serveur disent chaque requête et chaque message (journaux.niveau) : "
            "remettez « info » dès que la panne est comprise."
        ),
    ),
    (
        lambda chosen: _beyond(chosen.site.ip) and not chosen.arret.sursis,
        (
            "Le site est ouvert à d’autres machines et s’arrête sans prévenir (arret.sursis) : les "
            "mandataires y envoient encore des personnes. Donnez-leur le temps de l’apprendre."
        ),
    ),
)
"""When settings are dangerous, and what is said then; what no setting tells is not here."""


def risks_of(current: InForce, now: datetime) -> list[str]:
    """Return what is dangerous in the settings in force, or not said in them, in French."""
    chosen = current.values
    return [*dangers(chosen), *exposed_secrets(current), *unpublished(chosen, now)]


def dangers(chosen: Reglages) -> list[str]:
    """Return what is dangerous in settings, in French."""
    return [sentence for dangerous, sentence in _DANGERS if dangerous(chosen)]


def unpublished(chosen: Reglages, now: datetime) -> list[str]:
    """Return what a site that others reach does not say of who answers for it, in French."""
    notes, security = [], chosen.securite
    reached = _beyond(chosen.site.ip) or bool(chosen.site.hotes) or chosen.site.https
    if reached and not (chosen.mentions.editeur and chosen.mentions.hebergeur):
        notes.append(
            "La page des mentions légales ne nomme pas qui publie et qui héberge ce site : réglez "
            "mentions.editeur et mentions.hebergeur."
        )
    if reached and not security.contacts:
        notes.append(
            "Qui trouve une faille ne sait pas à qui l’écrire : /.well-known/security.txt répond "
            "404 tant que securite.contacts est vide."
        )
    if security.expire and datetime.fromisoformat(security.expire) <= now:
        notes.append(
            f"security.txt ne fait plus foi depuis le {security.expire} : relisez-le, puis "
            "avancez securite.expire."
        )
    return notes


def _beyond(host: str) -> bool:
    """Tell whether others than this machine may reach an address; nobody reaches none."""
    return bool(host) and host.strip("[]") not in LOOPBACK


def exposed_secrets(current: InForce) -> Iterator[str]:
    """Yield which secrets are not where a setting says, or may be read by others, in French."""
    for one in declared():
        place = current.of(one)[0] if one.secret else ""
        if not place:
            continue
        try:
            secret_at(place)
        except KitError as error:
            yield f"{one.name} : {error}"
        kind, _, file = place.partition(":")
        if kind == "fichier" and _read_by_others(Path(file)):
            yield (
                f"Le secret de {one.name} se lit par d’autres que l’utilisateur du serveur et son "
                f"groupe : chmod 640 {file}."
            )


def _read_by_others(file: Path) -> bool:
    try:
        return bool(file.stat().st_mode & stat.S_IRWXO)
    except OSError:
        return False
