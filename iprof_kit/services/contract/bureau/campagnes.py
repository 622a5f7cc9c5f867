"""The operations of a campaign's board: what the people of a case manager have sent her for it.

Nothing that a person keeps for herself is here: only what she has sent.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from iprof_kit.base.plain import Plain
from iprof_kit.services.contract.campagnes import Code
from iprof_kit.services.contract.courrier import Message, Page
from iprof_kit.services.contract.cv import Key, Name
from iprof_kit.services.contract.operation import LONG, OfRole, Operations
from iprof_kit.services.contract.own_file import ErreurChamp

MOST_AT_ONCE = 500
"""People of one act on a group."""
CHAMPS = ("prenom", "nom", "service", "pieces")
"""What a text may take from each person; {pieces} is what is missing."""
Groupe = Literal[
    "tous", "a_voir", "manque", "annoncees", "tard", "demandees", "recevables", "irrecevables"
]
ActeDeGroupe = Literal["demander_piece", "admettre", "ecarter", "repondre"]


class LireCampagnes(Plain):
    """A campaign, a group of its people, a page; without campaign, the first that has people."""

    campagne: Code | Literal[""] = ""
    groupe: Groupe = "tous"
    page: Page = 0


class CampagneEnBref(Plain):
    """A campaign of the people followed: how many it concerns, how many have sent something."""

    id: str
    titre: str
    annee: int
    suivies: int
    envois: int


class EnvoiGere(Plain):
    """What one person has sent: which papers, when; what is missing; whether it came in time."""

    fil: str
    numero: str
    personne: str
    corps: str
    etat: str
    libelle: str
    depuis: datetime
    recu_le: datetime
    pieces: list[str] = Field(default_factory=list)
    manquent: list[str] = Field(default_factory=list)
    annoncees: list[str] = Field(default_factory=list)
    tard: list[str] = Field(default_factory=list)
    etapes: list[str] = Field(default_factory=list)
    cloture: datetime | None = None
    """The end of the step that receives papers, where the person is; None where it is unknown."""


class Regle(Plain):
    """The step that receives papers, as the state table and the dates of the year say it."""

    etape: str = ""
    cloture: datetime | None = None
    a_l_heure: bool = False
    sans: str = ""
    source: str = ""
    a_verifier: bool = False


class CampagnesGerees(Plain):
    """The campaigns of the people followed; of the one that is chosen, a page of a group."""

    campagnes: list[CampagneEnBref] = Field(default_factory=list)
    campagne: str = ""
    groupe: Groupe = "tous"
    comptes: dict[Groupe, int] = Field(default_factory=dict)
    gens: list[EnvoiGere] = Field(default_factory=list)
    regle: Regle = Regle()


class PreparerActe(Plain):
    """An act on a group, not done yet."""

    campagne: Code
    groupe: Groupe
    acte: ActeDeGroupe
    texte: Message = ""
    avant: date | None = None


class ApercuActe(Plain):
    """Who would be concerned, and the message as the first one would read it.

    `premier` and `empreinte` are given back with the act: another list is refused.
    """

    nombre: int = 0
    ecartes: int = 0
    """People of the group whose thread does not take this act as it stands."""
    gens: list[str] = Field(default_factory=list)
    texte: str = ""
    premier: str = ""
    empreinte: str = ""
    erreurs: list[ErreurChamp] = Field(default_factory=list)


class AgirCampagne(PreparerActe):
    """The same act, done: `compte` is how many people it concerns, typed."""

    compte: Annotated[int, Field(ge=0, le=1_000_000)] | None = None
    premier: Name
    empreinte: Annotated[str, StringConstraints(max_length=64)]
    cle: Key


class ActeDeCampagne(Plain):
    """How many it was done for or waits for a second person; or what is wrong: nothing done."""

    faits: int = 0
    tenus: int = 0
    """How many it is done for once somebody else of the service has read it."""
    recu: int = 0
    le: datetime | None = None
    erreurs: list[ErreurChamp] = Field(default_factory=list)


BUREAU_CAMPAGNES_OPERATIONS = Operations(OfRole("gestionnaire", "la gestion"))
BUREAU_CAMPAGNES = BUREAU_CAMPAGNES_OPERATIONS.add(
    "bureau_campagnes", LireCampagnes, CampagnesGerees
)
BUREAU_CAMPAGNE_APERCU = BUREAU_CAMPAGNES_OPERATIONS.add(
    "bureau_campagne_apercu", PreparerActe, ApercuActe, LONG
)
BUREAU_CAMPAGNE_AGIR = BUREAU_CAMPAGNES_OPERATIONS.add(
    "bureau_campagne_agir", AgirCampagne, ActeDeCampagne, LONG
)
