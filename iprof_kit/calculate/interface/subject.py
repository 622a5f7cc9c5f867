"""One subject of calculation: what may be asked, what is answered, by which function."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from iprof_kit.base.plain import Plain

Q = TypeVar("Q", bound=Plain)
A = TypeVar("A", bound=Plain)


@dataclass(frozen=True)
class Subject(Generic[Q, A]):
    """A subject of `iprof calculate`.

    Parameters
    ----------
    name : str
        Word of the command line: « pay ».
    title : str
        What it calculates, one French line.
    question, answer : types of Plain
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
