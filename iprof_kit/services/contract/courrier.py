"""The operations of « Votre courrier »: the threads of one person with the service of her file.

A thread is a case (`services/cases`): its states and passages are the tables of `data/courrier`.
What she has not sent yet is in her carnet, papers apart.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from iprof_kit.base.plain import Plain
from iprof_kit.services.contract.cv import Key, Name
from iprof_kit.services.contract.operation import LONG, NoArguments, Operations, OwnFile, Reading
from iprof_kit.services.contract.own_file import Donnee, ErreurChamp, Piece, Typed

LONGEST_MESSAGE = 10_000
"""Characters of one message."""
LONGEST_SUBJECT = 120
Message = Annotated[str, StringConstraints(max_length=200_000)]
"""What travels may be longer than what is kept: who typed too much is told by how much."""
ON_A_PAGE = 50
"""Threads of one page of the list, and messages of a thread that are read at once."""

Nature = Literal["question", "changement", "erreur", "pieces", "campagne", "service", "kit"]
"""What a thread is about: the first five are begun by the person (`campagne` from the page of a
campaign), `service` by the service that follows her file, `kit` by this kit."""
NatureOuverte = Literal["question", "changement", "erreur", "pieces"]
De = Literal["vous", "service", "kit"]
Vue = Literal["tous", "vous", "service", "kit", "clos"]
Page = Annotated[int, Field(ge=0, le=10_000)]


class Correspondant(Plain):
    """Who follows the file: a service, never a person's name.

    `mode` « lettre »: nobody reads in this kit, the letter is prepared here and sent elsewhere.
    `delai_jours`: the delay that the academy announces; None where it announces none.
    """

    service: str
    mode: Literal["kit", "lettre"] = "kit"
    delai_jours: int | None = None
    medecin: str | None = None
    """The address of the doctor who alone receives health papers."""


class Fil(Plain):
    """One line of the list: a thread, the state it is in, whom it waits for."""

    id: str
    numero: str
    """« 2026-0147 »."""
    nature: Nature
    objet: str
    etat: str
    libelle: str
    depuis: datetime
    attend: Literal["vous", "service", ""] = ""
    avant: date | None = None
    """The date by which who is awaited should answer, where one was said."""
    dernier_le: datetime
    dernier_de: De
    nouveau: bool = False
    en_cours: bool = True
    relance_le: date | None = None
    """From this day on she may remind the service; None while that makes no sense."""
    pieces: int = 0


class Comptes(Plain):
    """How many threads each view holds, and how many have something that she has not seen."""

    nouveaux: int = 0
    tous: int = 0
    vous: int = 0
    service: int = 0
    kit: int = 0
    clos: int = 0


class LireCourrier(Plain):
    """A view, what is searched in it (with or without accents), a page from 0."""

    vue: Vue = "tous"
    cherche: Annotated[str, StringConstraints(max_length=200)] = ""
    page: Page = 0


class CourrierLu(Plain):
    """The threads asked for, those that wait for her first, then the newest first."""

    fils: list[Fil] = Field(default_factory=list)
    trouves: int = 0
    """Threads of the view and search, all pages together."""
    comptes: Comptes = Comptes()
    correspondant: Correspondant
    donnees: list[Donnee] = Field(default_factory=list)
    """What a new message may be about."""
    en_attente: list[Piece] = Field(default_factory=list)
    """Papers received for a message that is not sent yet."""


class Evenement(Plain):
    """One thing that happened: who, when, with which words; `vu_le` is when the other saw it."""

    rang: int
    acte: str
    libelle: str
    le: datetime
    de: De
    service: str = ""
    texte: str = ""
    avant: date | None = None
    vu_le: datetime | None = None
    pieces: list[Piece] = Field(default_factory=list)
    source: str = ""
    """Of a message of the kit: from what it is deduced."""
    adresse: str = ""
    """Of a message of the kit: the screen that shows it."""
    interne: bool = False
    """Of the service alone: never in what the person reads."""


class LireFil(Plain):
    """A thread; `page` 0 holds its newest messages."""

    id: Name
    page: Page = 0


class FilLu(Plain):
    """A thread: its line, what happened (oldest first), what she may do now."""

    fil: Fil
    service: str = ""
    evenements: list[Evenement] = Field(default_factory=list)
    plus_anciens: int = 0
    actes: list[str] = Field(default_factory=list)
    donnee: str = ""
    affiche: str = ""
    """What the file showed when she wrote."""
    indique: str = ""
    corrige: str | None = None
    en_attente: list[Piece] = Field(default_factory=list)
    """Papers received for her answer, not sent yet."""


class Ecrire(Plain):
    """A new message; `donnee` is the datum of the file that it is about, if any.

    `pieces` are papers already received (`piece_deposer`, `pour` « nouveau »).
    """

    nature: NatureOuverte
    objet: Typed
    texte: Message
    donnee: Annotated[str, StringConstraints(max_length=60)] = ""
    indique: Typed = ""
    pieces: list[Name] = Field(default_factory=list)
    cle: Key


class Agir(Plain):
    """One act on a thread (`data/courrier/passages.csv`), with what it needs.

    `pieces` are papers already received (`piece_deposer`, `pour` the thread's `id`).
    """

    id: Name
    acte: Annotated[str, StringConstraints(pattern=r"\A[a-z_]{3,20}\z")]
    texte: Message = ""
    pieces: list[Name] = Field(default_factory=list)
    cle: Key


class ActeFait(Plain):
    """The thread after the act, or what is wrong in what was typed: nothing was written then."""

    lu: FilLu | None = None
    erreurs: list[ErreurChamp] = Field(default_factory=list)


COURRIER_OPERATIONS = Operations(OwnFile("un courrier"))
COURRIER_LIRE = COURRIER_OPERATIONS.add(
    "courrier",
    LireCourrier,
    CourrierLu,
    reads=Reading("courrier_lu", "Votre courrier", "afficher la liste de vos fils"),
)
COURRIER_COMPTES = COURRIER_OPERATIONS.add("courrier_comptes", NoArguments, Comptes, stays=True)
COURRIER_FIL = COURRIER_OPERATIONS.add(
    "courrier_fil",
    LireFil,
    FilLu,
    reads=Reading("fil_lu", "Un fil de votre courrier", "lire un fil"),
)
COURRIER_ECRIRE = COURRIER_OPERATIONS.add("courrier_ecrire", Ecrire, ActeFait, LONG)
COURRIER_AGIR = COURRIER_OPERATIONS.add("courrier_agir", Agir, ActeFait, LONG)
