"""How long each text of a CV may be: ten times what reads well, and no more than can be drawn.

The model takes any draft, those stored before a limit included; a limit is kept where a CV is saved
and where a file is read. Beyond what `check_fields` warns of, no CV that is meant to be read goes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from pydantic import BaseModel

from iprof_kit.base.words import french
from iprof_kit.cv.field_names import field_name
from iprof_kit.cv.model import TITLES, Inconnu, Photo

M = TypeVar("M", bound=BaseModel)

LONGEST_LINE = 1_000
LONGEST_TEXT = 20_000
MOST_LINES = 1_000
"""Lines of one list."""
LONGEST = {
    "description": LONGEST_TEXT, "resume": LONGEST_TEXT, "texte": LONGEST_TEXT,
    "auteurs": 5_000, "adresse": 2_000, "site": 2_000, "destinataire": 2_000,
}  # fmt: skip
"""Characters of a field; `LONGEST_LINE` for the others."""
_ELSEWHERE = (Photo, Inconnu)
"""Bounded by the weight of the whole: they are not texts that are printed."""
_PARTS = {"identite": "Identité", "contact": "Coordonnées", "cibles": "Vos CV"} | TITLES


@dataclass(frozen=True)
class Excess:
    """A text that is too long, or a list that has too many lines."""

    where: str
    """Path of the field, as in `Remarque.ou`."""
    found: int
    most: int
    of_what: str = "caractères"

    @property
    def message(self) -> str:
        """Return « « Diplômes et titres, description » a 25000 caractères, la limite est de… »."""
        return french(
            f"« {_said(self.where)} » a {_number(self.found)} {self.of_what}, la limite est de "
            f"{_number(self.most)}."
        )

    @property
    def remedy(self) -> str:
        """Return what to do."""
        if self.of_what == "lignes":
            return "Réunissez des lignes, ou supprimez les moins utiles."
        return "Raccourcissez ce texte, ou répartissez-le sur plusieurs lignes."


def longest(name: str) -> int:
    """Return how many characters a field may have."""
    return LONGEST.get(name, LONGEST_LINE)


def excesses(part: BaseModel, where: str = "") -> Iterator[Excess]:
    """Yield what is longer than it may be, in the order of the model."""
    found: list[Excess] = []
    shortened(part, lambda excess, _value: found.append(excess), where)
    yield from found


def shortened(part: M, tell: Callable[[Excess, object], None], where: str = "") -> M:
    """Return the same with the start of each text and of each list that is too long.

    Parameters
    ----------
    part : BaseModel
    tell : callable
        Given each excess and the whole value, before it is cut.
    where : str
        Path of the part.
    """
    if isinstance(part, _ELSEWHERE):
        return part
    changed = {}
    for name in type(part).model_fields:
        value = getattr(part, name)
        path = f"{where}.{name}" if where else name
        fitted = _fitted(value, name, path, tell)
        if fitted is not value:
            changed[name] = fitted
    return part.model_copy(update=changed) if changed else part


def _fitted(value: object, name: str, path: str, tell: Callable[[Excess, object], None]) -> object:
    if isinstance(value, str):
        if len(value) > longest(name):
            tell(Excess(path, len(value), longest(name)), value)
            return value[: longest(name)]
    elif isinstance(value, BaseModel):
        return shortened(value, tell, path)
    elif isinstance(value, tuple) and name != "inconnus":
        if len(value) > MOST_LINES:
            tell(Excess(path, len(value), MOST_LINES, "lignes"), value)
            value = value[:MOST_LINES]
        fitted = tuple(
            _fitted(one, name, f"{path}.{getattr(one, 'id', number)}", tell)
            for number, one in enumerate(value)
        )
        return fitted if any(a is not b for a, b in zip(fitted, value, strict=True)) else value
    return value


def _said(where: str) -> str:
    """Return « Diplômes et titres, description » for « faits.diplomes.4f….description »."""
    words = [one for one in where.split(".") if one != "faits"]
    part = _PARTS.get(words[0], field_name(words[0]))
    return part if len(words) == 1 else f"{part}, {field_name(words[-1])}"


def _number(value: int) -> str:
    return f"{value:,}".replace(",", "\u202f")
