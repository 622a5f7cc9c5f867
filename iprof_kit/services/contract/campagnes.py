"""The services and what a person notes of a campaign, part of `services.contract`.

Which campaigns there are is asked of `calculate.campaigns`, in the process that shows them; the
guichet gives what this installation adds: files of an academy, moved deadlines, her own notes.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from iprof_kit.base.plain import Plain
from iprof_kit.services.contract.courrier import Correspondant
from iprof_kit.services.contract.cv import Key, Name
from iprof_kit.services.contract.operation import LONG, NoArguments, Operations, OwnFile, Reading
from iprof_kit.services.contract.own_file import ErreurChamp, Piece, Typed

LONGEST_WORDS, MOST_NOTES = 500, 300
MOST_LISTED = 30
"""Papers, or steps, that one sending may name."""
Nature = Literal["fait", "essai", "relu", "accuse", "resultat"]
"""An act done on the official site, an attempt while it was down, one's list read again there, what
it showed, its result."""
Code = Annotated[str, StringConstraints(pattern=r"\A[a-z][a-z0-9_]{0,59}\z")]


class IncidentLu(Plain):
    """A deadline that was moved."""

    campagne: str
    etape: str
    jusqu_au: datetime
    motif: str
    note_le: datetime
    portee: str
    par: str = ""


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


class EnvoiLu(Plain):
    """What she sent to her service for a campaign: the thread, its state, its papers by key."""

    campagne: str
    fil: str
    numero: str
    libelle: str
    depuis: datetime
    attend: Literal["vous", "service", ""] = ""
    revision: int = 0
    pieces: dict[str, datetime] = Field(default_factory=dict)
    annoncees: list[str] = Field(default_factory=list)
    etapes: list[str] = Field(default_factory=list)


class ServicesLus(Plain):
    """What this installation adds to the campaigns of the kit; her own notes, what she sent."""

    ajoutees: tuple[dict[str, Any], ...] = ()
    incidents: tuple[IncidentLu, ...] = ()
    notes: tuple[NoteLue, ...] = ()
    envois: tuple[EnvoiLu, ...] = ()
    en_attente: tuple[Piece, ...] = ()
    """Papers received for a campaign, not sent yet."""
    correspondant: Correspondant | None = None
    """Who reads what she sends; None where no account of hers is known to be followed."""
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


class EnvoyerPieces(Plain):
    """Papers for a campaign, to the service that follows her file.

    `pieces` gives to each paper of the campaign's list one that was received (`piece_deposer`,
    `pour` « campagne »); `annoncees` are those that will follow, `etapes` the steps, among those
    that she has noted, that she lets the service know of.
    """

    campagne: Code
    pieces: Annotated[dict[Code, Name], Field(max_length=MOST_LISTED)]
    annoncees: Annotated[list[Code], Field(max_length=MOST_LISTED)] = Field(default_factory=list)
    etapes: Annotated[list[Code], Field(max_length=MOST_LISTED)] = Field(default_factory=list)
    texte: Typed = ""
    cle: Key


class PiecesEnvoyees(Plain):
    """The thread after it, or what is wrong: nothing was written then."""

    envoi: EnvoiLu | None = None
    recu: int = 0
    le: datetime | None = None
    erreurs: list[ErreurChamp] = Field(default_factory=list)


CAMPAGNES_OPERATIONS = Operations(OwnFile("vos services"))
SERVICES_LIRE = CAMPAGNES_OPERATIONS.add(
    "services_lire",
    NoArguments,
    ServicesLus,
    reads=Reading("services_lus", "Vos services", "afficher vos campagnes"),
)
SERVICES_NOTER = CAMPAGNES_OPERATIONS.add("services_noter", NoterService, ServiceNote, LONG)
SERVICES_RETIRER = CAMPAGNES_OPERATIONS.add("services_retirer", RetirerNote, NoteRetiree)
SERVICES_ENVOYER = CAMPAGNES_OPERATIONS.add("services_envoyer", EnvoyerPieces, PiecesEnvoyees, LONG)
