"""The operations of one answer to several threads: seen for each person first, its count typed."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import Field, StringConstraints

from iprof_kit.base.plain import Plain
from iprof_kit.services.contract.courrier import Message
from iprof_kit.services.contract.cv import Key, Name
from iprof_kit.services.contract.operation import LONG, OfRole, Operations
from iprof_kit.services.contract.own_file import ErreurChamp

MOST_TOGETHER = 20
"""Threads that one account answers alone: beyond, a second person of the service reads first."""
MOST_PICKED = 200
"""Threads of one answer, whoever reads it."""
CHAMPS = ("prenom", "nom", "objet", "numero", "service", "date")
"""What the text may take from each thread."""


class PreparerReponses(Plain):
    """The threads chosen, and the text that each person would read, its fields not filled yet."""

    ids: Annotated[list[Name], Field(max_length=MOST_PICKED)]
    texte: Message = ""


class ReponseApercue(Plain):
    """One answer as its person would read it."""

    fil: str
    personne: str
    objet: str
    texte: str


class FilEcarte(Plain):
    """A thread that the answer leaves out, and why."""

    fil: str
    personne: str
    raison: str


class ReponsesApercues(Plain):
    """What would leave, for each; `empreinte` changes as soon as one of the threads does."""

    reponses: list[ReponseApercue] = Field(default_factory=list)
    ecartes: list[FilEcarte] = Field(default_factory=list)
    empreinte: str = ""
    annuler_minutes: int = 0
    """For how long what is confirmed can be taken back before it leaves."""
    relue: bool = False
    """Whether a second person reads it before anything leaves."""
    erreurs: list[ErreurChamp] = Field(default_factory=list)


class RepondreEnsemble(PreparerReponses):
    """Send what was seen: to all of them or to none. `compte` is how many, typed."""

    empreinte: Annotated[str, StringConstraints(pattern=r"\A[0-9a-f]{32}\z")]
    compte: Annotated[int, Field(ge=0, le=1_000_000)] | None = None
    cle: Key


class ReponsesFaites(Plain):
    """How many leave or wait for a second person; or what is wrong: nothing leaves then."""

    faites: int = 0
    part_le: datetime | None = None
    """When they leave, where nobody takes them back."""
    tenues: int = 0
    """How many leave once somebody else of the service has read them."""
    recu: int | None = None
    le: datetime | None = None
    erreurs: list[ErreurChamp] = Field(default_factory=list)


ENSEMBLE_OPERATIONS = Operations(OfRole("gestionnaire", "la gestion"))
BUREAU_ENSEMBLE_APERCU = ENSEMBLE_OPERATIONS.add(
    "bureau_ensemble_apercu", PreparerReponses, ReponsesApercues, LONG
)
BUREAU_ENSEMBLE = ENSEMBLE_OPERATIONS.add("bureau_ensemble", RepondreEnsemble, ReponsesFaites, LONG)
