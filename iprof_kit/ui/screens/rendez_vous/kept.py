"""What a person writes of her rendez-vous, kept in her carnet: dates, preparation, letters.

One part for each rendez-vous, by its number: the next one never replaces those before it.
"""

from __future__ import annotations

from iprof_kit.ui.kit.carnet import LONG, Carnet
from iprof_kit.ui.kit.visiting import Visit

DATES, GRID, LETTERS = "dates", "grille", "lettres"
LONGEST_LETTER = 6_000
"""Characters of what is typed in one letter."""


class Kept(Carnet):
    """The carnet of the rendez-vous; the screen says what its fields are called in `labels`."""

    def __init__(self, visit: Visit) -> None:
        super().__init__(visit, "rendez_vous", longest=LONG)

    def of(self, number: int, part: str) -> dict[str, str]:
        """Return the fields of a part as they were typed, readable or not."""
        return self.fields(str(number), part)

    def name_of(self, path: tuple[str, ...]) -> str:
        """Return what a field is called, and of which rendez-vous it is."""
        return f"Rendez-vous {path[0]}, {super().name_of(path)}"
