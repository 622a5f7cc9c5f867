"""The services and what a person notes of a campaign, part of `services.contract`.

Which campaigns there are is asked of `calculate.campaigns`, in the process that shows them; the
guichet gives what this installation adds: files of an academy, moved deadlines, her own notes.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from iprof_kit.base.plain import Plain
from iprof_kit.services.contract.arguments import NoArguments
from iprof_kit.services.contract.cv import Key

LONGEST_WORDS, MOST_NOTES = 500, 300
Nature = Literal["fait", "essai", "accuse", "resultat"]
"""An act done on the official site, an attempt while it was down, what it showed, its result."""
Code = Annotated[str, StringConstraints(pattern=r"\A[a-z][a-z0-9_]{0,59}\z")]


class IncidentLu(Plain):
    """A deadline that was moved."""

    campagne: str
    etape: str
    jusqu_au: datetime
    motif: str
    note_le: datetime
    portee: str


class NoteLue(Plain):
    """One note; `apres_cloture`: the step was closed when it was written."""

    id: str
    campagne: str
    etape: str
    nature: Nature
    le: date | None = None
    texte: str = ""
    note_le: datetime
    apres_cloture: bool = False


class ServicesLus(Plain):
    """What this installation adds to the campaigns of the kit, and the person's own notes."""

    ajoutees: tuple[dict[str, Any], ...] = ()
    incidents: tuple[IncidentLu, ...] = ()
    notes: tuple[NoteLue, ...] = ()
    lu_a: datetime | None = None
    """The moment of the server, by which a deadline is past or not."""


class NoterService(Plain):
    """A note on a step of a campaign."""

    campagne: Code
    etape: Code
    nature: Nature
    le: date | None = None
    texte: Annotated[str, StringConstraints(max_length=LONGEST_WORDS)] = ""
    cle: Key


class ServiceNote(Plain):
    """The receipt of a note."""

    recu: int
    note: NoteLue


class RetirerNote(Plain):
    """Take one of one's own notes away."""

    id: Annotated[str, StringConstraints(min_length=1, max_length=90)]


class NoteRetiree(Plain):
    """Whether there was something to take away."""

    retiree: bool = Field(description="Faux si cette note n’était plus là.")


CAMPAGNES_OPERATIONS: dict[str, tuple[type[Plain], type[Plain]]] = {
    "services_lire": (NoArguments, ServicesLus),
    "services_noter": (NoterService, ServiceNote),
    "services_retirer": (RetirerNote, NoteRetiree),
}
