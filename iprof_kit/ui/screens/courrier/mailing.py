"""What a person chooses of her mail: which messages of the kit, whether one tells her by mail."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from iprof_kit.services.contract.avis import AvisEnvoye, AvisLus, Rythme
from iprof_kit.services.contract.kit_messages import MessagesChoisis
from iprof_kit.services.contract.own_file import ErreurChamp
from iprof_kit.ui.kit.parts import Option
from iprof_kit.ui.shared import text

_OF = "message-"
"""How the name of each box begins."""


@dataclass(frozen=True)
class KitMessagesView:
    """The form, once asked for: `possible` says whether this installation writes any."""

    possible: bool = False
    kinds: tuple[Option, ...] = ()
    saved: str = ""
    revision: int = 0


def kit_messages_view(read: MessagesChoisis, receipt: str) -> KitMessagesView:
    """Return the form of what she chose, and the receipt of what was kept."""
    chosen = f"Choisi le {text.moment(read.choisi_le)}." if read.choisi_le else ""
    return KitMessagesView(
        possible=read.possible,
        kinds=tuple(Option(_OF + one.code, one.libelle, one.voulue) for one in read.familles),
        saved=receipt or chosen,
        revision=read.revision,
    )


def wanted(values: Mapping[str, str]) -> list[str]:
    """Return the kinds that a form ticks."""
    return [name.removeprefix(_OF) for name in values if name.startswith(_OF)]


PACES: dict[Rythme, str] = {
    "chaque": "à chaque message",
    "jour": "une fois par jour",
    "jamais": "jamais",
}
NEVER: Rythme = "jamais"
_STATES = {
    "prepare": "prêt à partir",
    "envoye": "remis au serveur, sans réponse encore",
    "remis": "pris par le serveur de courriel",
    "echoue": "refusé, nouvel essai prévu",
    "abandonne": "abandonné",
}


@dataclass(frozen=True)
class MailingView:
    """The form, once asked for: `possible` says whether this installation sends any.

    `idle`: what she chose while it did, kept for when it does again.
    """

    possible: bool = False
    idle: str = ""
    paces: tuple[Option, ...] = ()
    addresses: tuple[Option, ...] = ()
    error: str = ""
    remedy: str = ""
    saved: str = ""
    last: tuple[str, ...] = ()
    revision: int = 0


def mailing_view(read: AvisLus, wrong: list[ErreurChamp], receipt: str) -> MailingView:
    """Return the form of what she chose, what is wrong with it, the receipt of what was kept."""
    fault = wrong[0] if wrong else None
    return MailingView(
        possible=read.possible,
        idle="" if read.possible or read.rythme == NEVER else PACES[read.rythme],
        paces=tuple(Option(one, label, one == read.rythme) for one, label in PACES.items()),
        addresses=tuple(Option(one, one, one == read.adresse) for one in read.adresses),
        error=fault.message if fault else "",
        remedy=fault.remede if fault else "",
        saved=receipt or _chosen(read),
        last=tuple(map(_sent, read.derniers)),
        revision=read.revision,
    )


def _chosen(read: AvisLus) -> str:
    return f"Choisi le {text.moment(read.choisi_le)}." if read.choisi_le else ""


def _sent(one: AvisEnvoye) -> str:
    return text.sentence(f"{text.moment(one.le)} : {_STATES[one.etat]}")
