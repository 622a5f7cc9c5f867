"""What a file to take away lets choose: levers of a few choices, declared; nothing between them."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints, model_validator

from iprof_kit.base.plain import Plain
from iprof_kit.calculate.et_si.question import MOST_EVENTS, Evenement

_OF_A_CHOICE, _OF_A_REASON = 40, 120
MOST_CHOICES = 6
MOST_LEVERS = 2
MOST_YEARS = 10
"""Years by which the events of a scenario may be put off."""
Name = Annotated[str, StringConstraints(min_length=1, max_length=_OF_A_CHOICE)]


class Choix(Plain):
    """One choice: what it adds to the scenario, by how much it puts it off, or why it is closed."""

    nom: Name
    evenements: tuple[Evenement, ...] = Field(default=(), max_length=MOST_EVENTS)
    decalage: int = Field(
        default=0, ge=0, le=MOST_YEARS, description="Années dont tout le scénario est retardé."
    )
    hors_fichier: Annotated[str, StringConstraints(max_length=_OF_A_REASON)] = Field(
        default="", description="Pourquoi ce choix, montré barré, n’est pas calculé."
    )


class Levier(Plain):
    """A lever: its title and its choices; the first is the one set when the file opens."""

    titre: Name
    choix: Annotated[tuple[Choix, ...], Field(min_length=2, max_length=MOST_CHOICES)]

    @model_validator(mode="after")
    def _the_first_is_open(self) -> Levier:
        if self.choix[0].hors_fichier:
            raise ValueError("le premier choix est celui de l’ouverture : il doit être calculé")
        if len({one.nom for one in self.choix}) < len(self.choix):
            raise ValueError("deux choix portent le même nom")
        return self
