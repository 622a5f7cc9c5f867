"""The operations by which a person chooses which messages the kit writes to her by itself."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from iprof_kit.base.plain import Plain
from iprof_kit.services.contract.cv import Key, Revision
from iprof_kit.services.contract.operation import LONG, NoArguments, Operations, OwnFile, Reading

Code = Annotated[str, StringConstraints(pattern=r"\A[a-z_]{1,30}\z")]


class FamilleDeMessages(Plain):
    """One kind of message: what it tells, and whether she wants it."""

    code: str
    libelle: str
    voulue: bool = True


class MessagesChoisis(Plain):
    """What she wants. `possible`: this installation writes such messages."""

    possible: bool
    familles: list[FamilleDeMessages] = Field(default_factory=list)
    revision: int = 0
    choisi_le: datetime | None = None


class ChoisirMessages(Plain):
    """The kinds that she wants, all others refused; `revision` is the one that she looked at."""

    voulues: Annotated[list[Code], Field(max_length=20)] = Field(default_factory=list)
    revision: Revision
    cle: Key


class ChoixDeMessages(Plain):
    """« conflit »: nothing was written. `numero` is that of the receipt."""

    issue: Literal["enregistre", "conflit"]
    choix: MessagesChoisis
    numero: int | None = None


KIT_MESSAGES_OPERATIONS = Operations(OwnFile("un dossier"))
MESSAGES_KIT_LIRE = KIT_MESSAGES_OPERATIONS.add(
    "messages_kit",
    NoArguments,
    MessagesChoisis,
    reads=Reading(
        "messages_kit_lus", "Les messages du kit", "afficher le choix des messages du kit"
    ),
)
MESSAGES_KIT_CHOISIR = KIT_MESSAGES_OPERATIONS.add(
    "messages_kit_choisir", ChoisirMessages, ChoixDeMessages, LONG, stays=True
)
