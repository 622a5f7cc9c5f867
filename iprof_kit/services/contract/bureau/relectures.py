"""The operations of a second reading: what is done to many waits until somebody else read it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from iprof_kit.base.plain import Plain
from iprof_kit.services.contract.bureau.ensemble import ReponseApercue
from iprof_kit.services.contract.cv import Key, Name
from iprof_kit.services.contract.operation import LONG, NoArguments, OfRole, Operations
from iprof_kit.services.contract.own_file import ErreurChamp, Typed

LONGEST_REASON = 500
EtatRelecture = Literal["tenu", "part", "remis", "renvoye", "repris"]
"""It waits for a second person; it leaves in some minutes; it left; somebody sent it back, or its
author took it back."""


class RelectureEnBref(Plain):
    """What waits for a second person, is about to leave or was sent back: for how many, when."""

    id: str
    quoi: str
    etat: EtatRelecture
    depuis: datetime
    part_le: datetime | None = None
    """When it leaves, where nobody takes it back."""
    nombre: int
    par_vous: bool
    auteur: str
    motif: str = ""
    """Why it was sent back."""


class RelecturesLues(Plain):
    """What she may read and release or stop, and what she wrote herself, the oldest first."""

    relectures: list[RelectureEnBref] = Field(default_factory=list)


class LireRelecture(Plain):
    """One of them."""

    id: Name


class Relecture(RelectureEnBref):
    """One of them as each person would read it today; `empreinte` is given back to release it."""

    reponses: list[ReponseApercue] = Field(default_factory=list)
    empreinte: str = ""
    ecart: str = ""
    """What changed since its author confirmed it: it cannot be released as it stands."""
    actes: list[str] = Field(default_factory=list)


class AgirRelecture(Plain):
    """Release it, send it back with a reason, or take one's own back."""

    id: Name
    acte: Literal["remettre", "renvoyer", "reprendre"]
    compte: Annotated[int, Field(ge=0, le=1_000_000)] | None = None
    empreinte: Annotated[str, StringConstraints(max_length=64)] = ""
    motif: Typed = ""
    cle: Key


class RelectureFaite(Plain):
    """How many leave and when, under which receipt; or what is wrong: nothing was done then."""

    etat: EtatRelecture = "tenu"
    faites: int = 0
    part_le: datetime | None = None
    recu: int | None = None
    le: datetime | None = None
    erreurs: list[ErreurChamp] = Field(default_factory=list)


RELECTURES_OPERATIONS = Operations(OfRole("gestionnaire", "la gestion"))
RELECTURES_LIRE = RELECTURES_OPERATIONS.add("relectures", NoArguments, RelecturesLues)
RELECTURE_LIRE = RELECTURES_OPERATIONS.add("relecture", LireRelecture, Relecture)
RELECTURE_AGIR = RELECTURES_OPERATIONS.add("relecture_agir", AgirRelecture, RelectureFaite, LONG)
