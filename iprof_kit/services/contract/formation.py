"""The plan of training that this installation was given, part of `services.contract`.

Nothing here is about a person: what she chooses is in her carnet, subject « formation ».
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from iprof_kit.base.plain import Plain
from iprof_kit.services.contract.operation import Operations, OwnFile

MOST_SHOWN, MOST_CHOSEN = 6, 30
Modalite = Literal["", "presentiel", "distance", "hybride"]
"""Empty where the plan does not say it."""
Public = Literal["", "individuelle", "designe"]
"""Who applies by herself, or who is called without having applied."""
Degre = Literal["", "1d", "2d"]
Nature = Literal["formation", "animation"]
Key = Annotated[str, StringConstraints(min_length=1, max_length=140)]


def _text(most: int) -> StringConstraints:
    return StringConstraints(max_length=most)


class ChercherFormations(Plain):
    """What a person looks for in the plan of her academy; `cles` are sessions to read again.

    Without `du`, what is over is left out and what has no date yet is not.
    """

    texte: Annotated[str, _text(80)] = ""
    theme: Annotated[str, _text(120)] = ""
    niveau: Annotated[str, _text(60)] = ""
    lieu: Annotated[str, _text(120)] = ""
    du: date | None = None
    modalite: Modalite = ""
    public: Public = ""
    degre: Degre = ""
    page: Annotated[int, Field(ge=1, le=5_000)] = 1
    cles: Annotated[tuple[Key, ...], Field(max_length=MOST_CHOSEN)] = ()


class FormationLue(Plain):
    """One session, as the plan says it."""

    cle: str
    dispositif: str
    module: str
    groupe: str = ""
    session: str = ""
    intitule: str
    parcours: str = ""
    theme: str = ""
    niveau: str = ""
    degre: Degre = ""
    nature: Nature = "formation"
    debut: date | None = None
    fin: date | None = None
    heure_debut: str = ""
    heure_fin: str = ""
    heures: float | None = None
    lieu: str = ""
    modalite: Modalite = ""
    public: Public = ""
    precision: str = ""
    inscription_du: date | None = None
    inscription_au: date | None = None


class FormationsLues(Plain):
    """One page of what was found, and among what one may choose."""

    formations: tuple[FormationLue, ...] = ()
    total: int = 0
    page: int = 1
    themes: tuple[str, ...] = ()
    niveaux: tuple[str, ...] = ()
    lieux: tuple[str, ...] = ()
    relues: tuple[FormationLue, ...] = ()
    """The sessions of `cles` that the plan still has."""
    sessions: int = 0
    """How many sessions the plan of her academy has from this school year on."""
    importe_le: datetime | None = None
    dernier: int | None = None
    """The last school year of which this installation was given a plan of her academy."""


FORMATION_OPERATIONS = Operations(OwnFile("ce plan de formation"))
FORMATION_CHERCHER = FORMATION_OPERATIONS.add(
    "formation_chercher", ChercherFormations, FormationsLues, stays=True
)
