"""How long each text of a CV may be: ten times what reads well, and no more than can be drawn.

The model takes any draft, those stored before a limit included; a limit is kept where a CV is saved
and where a file is read. Beyond what `check_fields` warns of, no CV that is meant to be read goes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TypeVar

from pydantic import BaseModel

from iprof_kit.cv.form import LONGEST_LINE, Written
from iprof_kit.cv.model import Inconnu
from iprof_kit.cv.person import Photo
from iprof_kit.cv.sections import TITLES

M = TypeVar("M", bound=BaseModel)

MOST_LINES = 1_000
"""Lines of one list."""
_ELSEWHERE = (Photo, Inconnu)
"""Bounded by the weight of the whole: they are not texts that are printed."""
_PARTS = {"identite": "Identité", "contact": "Coordonnées", "cibles": "Vos CV"} | TITLES


@dataclass(frozen=True)
class Excess:
    """A text that is too long, or a list that has too many lines."""

    where: str
    """Path of the field, as in `Remarque.ou`."""
    word: str
    """How a sentence names the field."""
    length: int
    most: int
    of_what: str = "caractères"

    @property
    def message(self) -> str:
        """Return « « Diplômes et titres, description » a 25000 caractères, la limite est de… »."""
        return (
            f"« {_place(self.where, self.word)} » a {_number(self.length)} {self.of_what}, "
            f"la limite est de {_number(self.most)}."
        )

    @property
    def remedy(self) -> str:
        """Return what to do."""
        if self.of_what == "lignes":
            return "Réunissez des lignes, ou supprimez les moins utiles."
        return "Raccourcissez ce texte, ou répartissez-le sur plusieurs lignes."


def excesses(part: BaseModel, where: str = "") -> Iterator[Excess]:
    """Yield what is longer than it may be, in the order of the model."""
    met: list[Excess] = []
    shortened(part, lambda excess, _value: met.append(excess), where)
    yield from met


def shortened(part: M, tell: Callable[[Excess, object], None], where: str = "") -> M:
    """Return the same with the start of each text and of each list that is too long.

    Parameters
    ----------
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
        fitted = _fitted(value, limit_of(part, name, path), tell)
        if fitted is not value:
            changed[name] = fitted
    return part.model_copy(update=changed) if changed else part


@dataclass(frozen=True)
class Limit:
    """How long the texts of a field may be."""

    where: str
    word: str
    most: int

    def passed_by(self, text: str) -> Excess | None:
        """Return by what a text is too long."""
        if len(text) <= self.most:
            return None
        return Excess(self.where, self.word, len(text), self.most)


def limit_of(part: BaseModel, name: str, where: str) -> Limit:
    """Return the limit of a field, whose path is given."""
    if isinstance(part, Written):
        return Limit(where, part.word(name), part.longest(name))
    return Limit(where, name, LONGEST_LINE)


def _fitted(value: object, limit: Limit, tell: Callable[[Excess, object], None]) -> object:
    if isinstance(value, str):
        if excess := limit.passed_by(value):
            tell(excess, value)
            return value[: limit.most]
    elif isinstance(value, BaseModel):
        return shortened(value, tell, limit.where)
    elif isinstance(value, tuple) and not limit.where.endswith("inconnus"):
        if len(value) > MOST_LINES:
            tell(Excess(limit.where, limit.word, len(value), MOST_LINES, "lignes"), value)
            value = value[:MOST_LINES]
        fitted = tuple(
            _fitted(one, replace(limit, where=f"{limit.where}.{getattr(one, 'id', number)}"), tell)
            for number, one in enumerate(value)
        )
        return fitted if any(a is not b for a, b in zip(fitted, value, strict=True)) else value
    return value


def _place(where: str, word: str) -> str:
    """Return « Diplômes et titres, description » for « faits.diplomes.4f….description »."""
    parts = [one for one in where.split(".") if one != "faits"]
    title = _PARTS.get(parts[0], word)
    return title if len(parts) == 1 else f"{title}, {word}"


def _number(value: int) -> str:
    return f"{value:,}".replace(",", "\u202f")
