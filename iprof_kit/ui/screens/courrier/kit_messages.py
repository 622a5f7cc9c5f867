"""« Messages du kit »: which ones a person wants; read only by who opens it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from iprof_kit.services.contract.kit_messages import MessagesChoisis
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
