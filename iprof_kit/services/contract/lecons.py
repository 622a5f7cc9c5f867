"""The operations of a lesson played live: a trainer leads it, phones answer without a name.

A phone is known by a mark drawn at random when it joins; the mark, the answers and the lesson are
erased together, at its end or on the next day.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import Field, StringConstraints

from iprof_kit.base.plain import Plain
from iprof_kit.calculate.played_lesson import MOST_SCREENS, LeconJouee
from iprof_kit.services.contract.operation import LONG, NoArguments, OfRole, Operations

MOST_PARTICIPANTS = 120
"""Phones of one lesson; who comes after is told so and reads the screen of the room."""
Code = Annotated[str, StringConstraints(pattern=r"^[A-HJ-NP-Z2-9]{5,8}$")]
"""Said aloud and typed: no letter that looks like a figure."""


class OuvrirLecon(Plain):
    """Start a lesson; the one that the trainer had open is closed."""

    lecon: LeconJouee


class AllerA(Plain):
    """Show a screen, reveal its answer, start or stop its clock."""

    code: Code
    ecran: int = Field(ge=0, lt=MOST_SCREENS)
    revele: bool = False
    chrono: int | None = Field(default=None, ge=0, le=600)
    """Seconds to answer from now; 0 closes the answers; None leaves the clock as it is."""


class FermerLecon(Plain):
    """End a lesson: its code, its answers and the marks of its phones are erased."""

    code: Code


class Compte(Plain):
    """The answers of a question, counted: by choice, by value, or by order."""

    reponses: int = 0
    choix: tuple[int, ...] = ()
    """How many chose each choice; for an order, how many put it first."""
    valeurs: tuple[tuple[float, int], ...] = ()
    """Each value of the slider with how many set it, in order."""
    ordres: tuple[tuple[tuple[int, ...], int], ...] = ()
    """The orders given most often, with how many gave each."""


class EtatLecon(Plain):
    """A lesson as it stands; without `code`, the trainer has none open."""

    code: str = ""
    lecon: LeconJouee | None = None
    ouverte_le: datetime | None = None
    lancee: bool = False
    """Whether a screen was shown: until the first `lecon.aller`, phones wait."""
    ecran: int = 0
    revele: bool = False
    reponses_jusqua: datetime | None = None
    """When the answers close; None where no clock runs."""
    presents: int = 0
    reponses: int = 0
    """How many answered the question shown: told before the reveal, as a number alone."""
    compte: Compte | None = None
    """The distribution, once the answer is revealed."""


LECONS_OPERATIONS = Operations(OfRole("formateur", "une leçon"))
LECON_OUVRIR = LECONS_OPERATIONS.add("lecon.ouvrir", OuvrirLecon, EtatLecon, LONG)
LECON_ETAT = LECONS_OPERATIONS.add("lecon.etat", NoArguments, EtatLecon)
LECON_ALLER = LECONS_OPERATIONS.add("lecon.aller", AllerA, EtatLecon)
LECON_FERMER = LECONS_OPERATIONS.add("lecon.fermer", FermerLecon, EtatLecon)
