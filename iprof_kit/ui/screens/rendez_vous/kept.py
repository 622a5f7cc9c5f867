"""What a person writes of her rendez-vous, kept in her carnet: dates, preparation, letters.

One part for each rendez-vous, by its number: the next one never replaces those before it.
"""

from __future__ import annotations

from typing import Any

from iprof_kit.ui.fields.carnet import Carnet, Document
from iprof_kit.ui.kit.visiting import Visit
from iprof_kit.ui.shared.messages import long_texts, texts

DATES, GRID, LETTERS = "dates", "grille", "lettres"
LONGEST_LETTER = 6_000
"""Characters of what is typed in one letter."""
_QUOTED = 120


class Kept(Carnet):
    """The carnet of the rendez-vous; the screen says what its fields are called in `labels`."""

    keeps = (*Carnet.keeps, "labels")

    def __init__(self, visit: Visit) -> None:
        super().__init__(visit, "rendez_vous", self._described)
        self.labels: dict[str, str] = {}

    def dates(self, number: int) -> dict[str, str]:
        """Return the dates as they were typed, readable or not."""
        return texts(self._part(number).get(DATES))

    def marks(self, number: int) -> dict[str, str]:
        """Return the level chosen for each item of the grid."""
        return texts(self._part(number).get(GRID))

    def letters(self, number: int) -> dict[str, str]:
        """Return what was written in each letter."""
        return long_texts(self._part(number).get(LETTERS))

    def keep(self, number: int, part: str, values: dict[str, str]) -> None:
        """Keep some fields of one part over those already kept; an empty one is forgotten."""
        whole = self._part(number)
        before = long_texts(whole.get(part))
        merged = {name: value for name, value in {**before, **values}.items() if value.strip()}
        self.write({**self.load(), str(number): {**whole, part: merged}})

    def forget(self, number: int, part: str) -> None:
        """Forget one part."""
        whole = {name: value for name, value in self._part(number).items() if name != part}
        self.turn += 1
        self.write({**self.load(), str(number): whole})

    def _part(self, number: int) -> dict[str, Any]:
        part = self.load().get(str(number))
        return dict(part) if isinstance(part, dict) else {}

    def _described(self, content: Document) -> tuple[str, ...]:
        lines = []
        for number, parts in content.items():
            for name, value in _every(parts):
                label = self.labels.get(name, name.replace("_", " "))
                words = value if len(value) <= _QUOTED else f"{value[:_QUOTED]}…"
                lines.append(f"Rendez-vous {number}, {label} : {words}")
        return tuple(lines)


def _every(parts: object) -> list[tuple[str, str]]:
    if not isinstance(parts, dict):
        return []
    return [pair for part in (DATES, GRID, LETTERS) for pair in long_texts(parts.get(part)).items()]
