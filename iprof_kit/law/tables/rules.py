"""One function per rule of the law: registered with its sources and dates, explained on demand."""

from __future__ import annotations

import inspect
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, wraps
from importlib import import_module
from types import MappingProxyType
from typing import Any, ParamSpec, TypeVar, cast

import numpy as np

from iprof_kit.base.calendar import axis_of, date_of, date_text, rentree
from iprof_kit.base.errors import KitError, LawError, PeriodNotCovered
from iprof_kit.base.explanation import Words, abandon, begin, end, explaining
from iprof_kit.law.tables.sentences import Value, Values, day_value, last_known, names, on_day

P = ParamSpec("P")
R = TypeVar("R")
_A_DAY = timedelta(days=1)
Reads = Callable[[Mapping[str, Any], Any], tuple[Words, ...]]
"""From what a rule was given and its result for one person: the lines that she reads."""


@dataclass(frozen=True)
class Variant:
    """One wording of a rule, in force between two days (inclusive; None: still in force)."""

    name: str
    template: str
    """What it says, its numbers named; see `sentences`."""
    source: str
    since: date
    until: date | None
    function: Callable[..., Any]
    tables: tuple[str, ...] = ()
    values: Values = ()
    silent: bool = False
    """A reason shows the values that it reads, which say it all, without its sentence."""

    @property
    def sentence(self) -> str:
        """What it says with the last values known of its time."""
        known = last_known(self.tables)
        return self.sentence_on(known if self.until is None else min(known, self.until))

    def sentence_on(self, day: date) -> str:
        """Return what it says with the values of a day."""
        return on_day(self.template, self.tables, (*self._own_days, *self.values), day)

    @property
    def _own_days(self) -> Values:
        """The days of the wording itself: its first, its last, the one after."""
        days = {"depuis": self.since}
        if self.until is not None:
            days |= {"jusqu_au": self.until, "ensuite": self.until + _A_DAY}
        return tuple((name, day_value(day)) for name, day in days.items())


RULES: dict[str, list[Variant]] = {}
"""Every rule of the law, by name; several variants where the law changed its wording."""


@cache
def rule_names() -> frozenset[str]:
    """Return the name of every rule of the law, its modules once loaded."""
    law = import_module("iprof_kit.law")
    for module in pkgutil.walk_packages(law.__path__, "iprof_kit.law."):
        import_module(module.name)
    return frozenset(RULES)


def rule(
    *,
    sentence: str,
    source: str,
    since: str,
    until: str | None = None,
    name: str = "",
    tables: tuple[str, ...] = (),
    values: Mapping[str, Value] = MappingProxyType({}),
    reads: Reads | None = None,
    silent: bool = False,
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Register a rule, and record its use when somebody asked why.

    A rule whose wording changed is written once for each wording, under one `name`; the variant is
    then picked by the argument `day` (axis) or `year` (campaign: 1 September).

    Parameters
    ----------
    sentence : str
        What the rule says, one French sentence; each number and day of the law is named between
        braces and read in a table, see `sentences`; « {depuis:date} », « {jusqu_au:date} » and
        « {ensuite:date} » are the days of the wording.
    source : str
        Text and article.
    since, until : str
        ISO dates between which this wording is in force, inclusive.
    name : str
        The rule's name; by default the function's.
    tables : tuple of str
        Reference tables that the rule and its sentence read.
    values : mapping of name to Value
        Values that the sentence names, where the key of a row is not enough.
    reads : callable, optional
        Writes the result for one person in the words of a « Pourquoi ? »; asked only there.
    silent : bool
        The values that it reads say it all: a « Pourquoi ? » leaves its sentence out.

    Raises
    ------
    LawError
        At load, when two variants of a rule are in force on the same day.
    """

    def register(function: Callable[P, R]) -> Callable[P, R]:
        variant = Variant(
            name or function.__name__,
            sentence,
            source,
            date.fromisoformat(since),
            None if until is None else date.fromisoformat(until),
            function,
            tables,
            tuple(values.items()),
            silent,
        )
        variants = RULES.setdefault(variant.name, [])
        _refuse_overlap(variants, variant)
        variants.append(variant)
        signature = inspect.signature(function)

        @wraps(function)
        def apply(*args: P.args, **kwargs: P.kwargs) -> R:
            chosen = variant
            if len(variants) > 1:
                chosen = _pick(variants, signature.bind(*args, **kwargs).arguments)
            if not explaining():
                return cast(R, chosen.function(*args, **kwargs))
            given = signature.bind(*args, **kwargs).arguments
            step = begin(chosen.name, _said(chosen, given), chosen.source, given)
            try:
                result = chosen.function(*args, **kwargs)
            except Exception as error:
                abandon(step, error.message if isinstance(error, KitError) else "")
                raise
            end(step, result, reads(given, result) if reads else ())
            return cast(R, result)

        return apply

    return register


def _said(variant: Variant, given: dict[str, Any]) -> str:
    """Return what a rule says, or that a row it names is lost: words never stop a calculation."""
    try:
        return _words_of(variant, given)
    except LawError as error:
        return f"Une règle ne peut pas être dite en entier : {error}"


def _words_of(variant: Variant, given: dict[str, Any]) -> str:
    """Return what a rule says on the day that it was asked for, where one day was given."""
    if not names(variant.template):
        return variant.template
    day = given.get("day", given.get("on"))
    if "year" in given:
        day = rentree(int(np.max(given["year"])))
    if isinstance(day, date):
        return variant.sentence_on(day)
    if day is None or not np.size(day):
        return variant.sentence
    last = np.asarray(day).max()
    return variant.sentence_on(
        date_of(int(last)) if np.issubdtype(last.dtype, np.integer) else last.item()
    )


def _refuse_overlap(variants: list[Variant], new: Variant) -> None:
    for old in variants:
        starts_after = old.until is not None and new.since > old.until
        ends_before = new.until is not None and new.until < old.since
        if not (starts_after or ends_before):
            raise LawError(
                f"deux rédactions en vigueur le même jour ({old.source} ; {new.source}).",
                where=new.name,
            )


def _pick(variants: list[Variant], given: dict[str, Any]) -> Variant:
    """Return the one variant in force on every day asked."""
    days = rentree(given["year"]) if "year" in given else given["day"]
    first, last = int(np.min(days)), int(np.max(days))
    for variant in variants:
        begins = axis_of(variant.since)
        ends = last if variant.until is None else axis_of(variant.until)
        if begins <= first and last <= ends:
            return variant
    raise PeriodNotCovered(
        f"période non couverte, le {date_text(date_of(first))}.", where=variants[0].name
    )
