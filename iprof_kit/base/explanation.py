"""Why a value is what it is: each rule applied and each parameter it read, when somebody asks.

A trace tells four kinds of steps apart: the rules of the law, the data of a file, the hypotheses
made, the refusals given. Off, which is the ordinary case, a rule pays one test of a context
variable.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache, wraps
from typing import Literal, ParamSpec, TypeVar

import numpy as np

from iprof_kit.base.sources import Confidence, worst

P = ParamSpec("P")
R = TypeVar("R")
Kind = Literal["loi", "donnee", "hypothese", "refus"]
Words = tuple[str, str]
"""What a value is called, and the value itself, as a person reads them in French."""


@dataclass(frozen=True)
class Parameter:
    """One value of a table in force on the day, as a rule read it."""

    name: str
    value: object
    source: str
    since: date | None = None
    until: date | None = None
    confidence: Confidence = "B"
    carried_forward: bool = False
    """The day asked is later than the last verification: the last known value is used."""
    words: Words | None = None
    """How a person reads it, where its name and its value are not written for her."""
    row: tuple[str, int] | None = None
    """The table, and the number of the row in it, where the reading knows them."""


@dataclass
class AppliedRule:
    """One rule applied: French sentence, source, what it was given, what it read, its result.

    Where `kind` is not the law: a datum of the file, a hypothesis, or the refusal of a rule.
    """

    rule: str
    sentence: str = ""
    source: str = ""
    inputs: dict[str, object] = field(default_factory=dict)
    parameters: list[Parameter] = field(default_factory=list)
    result: object = None
    confidence: Confidence = "A"
    kind: Kind = "loi"
    words: tuple[Words, ...] = ()
    """Its results as a person reads them; none where the values read say it all."""


@dataclass
class Trace:
    """The steps of one explained calculation, in the order in which the rules ended."""

    steps: list[AppliedRule] = field(default_factory=list)
    _open: list[AppliedRule] = field(default_factory=list)


_trace: ContextVar[Trace | None] = ContextVar("trace", default=None)


@contextmanager
def explain() -> Iterator[Trace]:
    """Record every rule applied inside the block.

    Yields
    ------
    Trace
        Its `steps` fill as the rules end; one that is inside another hands them to it.
    """
    trace, outer = Trace(), _trace.get()
    token = _trace.set(trace)
    try:
        yield trace
    finally:
        _trace.reset(token)
        if outer is not None:
            outer.steps.extend(trace.steps)


@contextmanager
def unexplained() -> Iterator[None]:
    """Record nothing inside the block: a walk of many years, whose result is explained apart."""
    token = _trace.set(None)
    try:
        yield
    finally:
        _trace.reset(token)


@contextmanager
def apart() -> Iterator[Trace]:
    """Record the rules of the block apart: they are in no reason until `join` adds them.

    Examples
    --------
    >>> with explain() as trace:
    ...     with apart() as tried:
    ...         datum("Conjoint", "à Lyon")
    ...     joined = len(trace.steps)
    ...     join(tried)
    >>> joined, len(trace.steps)
    (0, 1)
    """
    trace, outer = Trace(), _trace.get()
    token = _trace.set(None if outer is None else trace)
    try:
        yield trace
    finally:
        _trace.reset(token)


def join(tried: Trace) -> None:
    """Add what was recorded apart to the reason being told; nothing when off."""
    trace = _trace.get()
    if trace is not None:
        trace.steps.extend(tried.steps)


def explained_if(calculation: Callable[[], R], matters: Callable[[R], object]) -> R:
    """Calculate, and keep what was recorded on the way only where the result matters.

    Examples
    --------
    >>> def surcote():
    ...     datum("Surcote", "aucune")
    ...     return 0
    >>> with explain() as trace:
    ...     quarters = explained_if(surcote, bool)
    >>> quarters, trace.steps
    (0, [])
    """
    with apart() as tried:
        result = calculation()
    if explaining() and matters(result):
        join(tried)
    return result


def explaining() -> bool:
    """Tell whether somebody asked for an explanation: the only cost when nobody did."""
    return _trace.get() is not None


def kept_unless_explained(most: int) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Keep the last answers of a function, except where somebody asked why: it is then read anew.

    Parameters
    ----------
    most : int
        How many answers are kept; nobody changes what is given.
    """

    def keep(function: Callable[P, R]) -> Callable[P, R]:
        kept = lru_cache(maxsize=most)(function)

        @wraps(function)
        def answer(*args: P.args, **kwargs: P.kwargs) -> R:
            return function(*args, **kwargs) if explaining() else kept(*args, **kwargs)  # type: ignore[arg-type]  # P is hashable

        answer.cache_clear = kept.cache_clear  # type: ignore[attr-defined]  # as caches have
        return answer

    return keep


def begin(rule: str, sentence: str, source: str, inputs: Mapping[str, object]) -> AppliedRule:
    """Open the step of a rule; the parameters read until `end` belong to it."""
    step = AppliedRule(
        rule, sentence, source, {name: _copy(value) for name, value in inputs.items()}
    )
    trace = _trace.get()
    if trace is not None:
        trace._open.append(step)
    return step


def end(step: AppliedRule, result: object, words: tuple[Words, ...] = ()) -> None:
    """Close the step of a rule with its result; its confidence is its weakest parameter's."""
    step.result, step.words = _copy(result), words
    step.confidence = worst([step.confidence, *(p.confidence for p in step.parameters)])
    trace = _trace.get()
    if trace is not None:
        trace._open.remove(step)
        trace.steps.append(step)


def abandon(step: AppliedRule, refusal: str = "") -> None:
    """Close the step of a rule that did not answer; its refusal stays, where it gave one.

    Parameters
    ----------
    step : AppliedRule
    refusal : str
        What the rule answered instead, in French; "" leaves no trace.
    """
    trace = _trace.get()
    if trace is None:
        return
    trace._open.remove(step)
    if refusal:
        step.kind, step.words = "refus", (("Réponse", refusal),)
        trace.steps.append(step)


def note(parameter: Parameter) -> None:
    """Add a parameter to the rule being explained; a value is noted once per rule."""
    trace = _trace.get()
    if trace is not None and trace._open and parameter not in trace._open[-1].parameters:
        trace._open[-1].parameters.append(parameter)


def record(
    *,
    rule: str,
    source: str,
    sentence: str = "",
    parameters: tuple[Parameter, ...] = (),
    result: object = None,
    confidence: Confidence = "A",
    kind: Kind = "loi",
    words: tuple[Words, ...] = (),
) -> None:
    """Add a whole step at once, for what no decorated rule says; nothing when off."""
    if _trace.get() is None:
        return
    step = begin(rule, sentence, source, {})
    step.confidence, step.kind = confidence, kind
    step.parameters.extend(parameters)
    end(step, result, words)


def datum(label: str, value: str, *, sentence: str = "", doubtful: bool = False) -> None:
    """Record a datum of the file that a calculation used, in words; nothing when off.

    Examples
    --------
    >>> with explain() as trace:
    ...     datum("Date d’effet", "1er mars 2025")
    >>> trace.steps[0].kind, trace.steps[0].words
    ('donnee', (('Date d’effet', '1er mars 2025'),))
    """
    _note_in_words("donnee", label, value, sentence, doubtful=doubtful)


def hypothesis(label: str, value: str, *, sentence: str = "", doubtful: bool = True) -> None:
    """Record what a calculation supposed, in words; nothing when off."""
    _note_in_words("hypothese", label, value, sentence, doubtful=doubtful)


def _note_in_words(kind: Kind, label: str, value: str, sentence: str, *, doubtful: bool) -> None:
    record(
        rule=kind,
        source="",
        sentence=sentence,
        kind=kind,
        words=((label, value),),
        confidence="D" if doubtful else "A",
    )


def _copy(value: object) -> object:
    """Copy what the caller could change afterwards."""
    return value.copy() if isinstance(value, np.ndarray) else value
