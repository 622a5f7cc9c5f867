"""One subject of calculation: what may be asked, what is answered, by which function."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Generic, TypeVar

from pydantic import Field

from iprof_kit.base.plain import Plain
from iprof_kit.base.version import __version__
from iprof_kit.calculate.interface.fields import Phrase
from iprof_kit.law.tables.verified import verified_until


class Moteur(Plain):
    """What answered: the engine, and the law as it was known to it."""

    version: Phrase = Field(description="Version du moteur, celle d’iprof-kit.")
    droit_verifie_le: date = Field(
        description="Jour jusqu’auquel les tables du droit ont été vérifiées : "
        "le plus ancien de toutes."
    )


@cache
def engine() -> Moteur:
    """Return what every answer says of the engine that gives it."""
    return Moteur(version=__version__, droit_verifie_le=verified_until())


class Answer(Plain):
    """The base of the answer of every subject."""

    moteur: Moteur = Field(default_factory=engine, description="Le moteur qui a répondu.")


Q = TypeVar("Q", bound=Plain)
A = TypeVar("A", bound=Answer)


@dataclass(frozen=True)
class Subject(Generic[Q, A]):
    """A subject of `iprof calculate`.

    Parameters
    ----------
    name : str
        Word of the command line: « pay ».
    title : str
        What it calculates, one French line.
    question, answer : types of Plain and of Answer
        What comes in and out.
    one : callable
        Question → answer; raises KitError with a French message.
    many : callable, optional
        Questions → answers, in the same order, in one pass over columns, where the law is applied
        to columns faster than person by person. All questions are valid; it may raise.
    """

    name: str
    title: str
    question: type[Q]
    answer: type[A]
    one: Callable[[Q], A]
    many: Callable[[Sequence[Q]], Sequence[A]] | None = None
