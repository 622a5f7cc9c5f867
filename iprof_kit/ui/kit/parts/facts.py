"""Facts: rows of a file with their papers, in titled sections; what is said to be wrong."""

from __future__ import annotations

from dataclasses import dataclass

MISSING = "Non renseigné"


@dataclass(frozen=True)
class Step:
    """One step of what takes several: its day or « pas encore »; `state` is its look."""

    name: str
    when: str
    state: str = ""
    note: str = ""


@dataclass(frozen=True)
class Signal:
    """The strip under a datum that a person reported: what she says, the steps, the answer."""

    number: str
    strong: str
    lead: str
    claimed: str = ""
    tail: str = ""
    steps: tuple[Step, ...] = ()
    answer: str = ""
    service: str = ""
    done: bool = False


@dataclass(frozen=True)
class Fact:
    """One row: what, its value, since when, from where, and whether it is certain."""

    label: str
    value: str | None
    """None: not filled in."""
    detail: str = ""
    since: tuple[str, ...] = ()
    source: str = ""
    verify: bool = False
    muted: bool = False
    """True for a text that is not a value: without object, to come."""
    note: str = ""
    key: str = ""
    """Names the datum for ever, as `services.contract.facts` does; "" where none is stored.

    A row that shows several data has their keys, separated by spaces.
    """
    signal: Signal | None = None
    """What the person says is wrong with it."""
    report: str = ""
    """Address at which she says that it is wrong."""


@dataclass(frozen=True)
class Action:
    """A link at the head of a section; `about` tells two of the same words apart."""

    label: str
    path: str
    about: str = ""
    beside: Action | None = None
    """Another link, after it."""


@dataclass(frozen=True)
class Link:
    """A place to go, and what is there."""

    path: str
    title: str
    what: str = ""


@dataclass(frozen=True)
class Section:
    """A titled group of fact rows."""

    title: str
    facts: tuple[Fact, ...]
    note: str = ""
    action: Action | None = None
