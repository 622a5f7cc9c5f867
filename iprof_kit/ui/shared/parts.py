"""The pieces that several screens show: facts with their papers, dates, reasons, notices."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

from iprof_kit.base.errors import KitError
from iprof_kit.calculate.interface.equations import Term
from iprof_kit.calculate.interface.explained import Explanation, Reference
from iprof_kit.calculate.interface.headline import Headline, headline
from iprof_kit.calculate.interface.in_full import in_full
from iprof_kit.calculate.interface.official_texts import officials
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.worded import figure, kept_of, worded

KEYS = ("A", "B", "C", "D")
"""Names of the scenarios of one person, in their order."""
MISSING = "Non renseigné"


@dataclass(frozen=True)
class SignalStep:
    """One of the four steps: its date or « pas encore »; `state` is « past », « on » or empty."""

    name: str
    when: str
    state: str = ""


@dataclass(frozen=True)
class Signal:
    """The strip under a datum that a person reported: what she says, the steps, the answer."""

    number: str
    strong: str
    lead: str
    claimed: str = ""
    tail: str = ""
    steps: tuple[SignalStep, ...] = ()
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
class Section:
    """A titled group of fact rows."""

    title: str
    facts: tuple[Fact, ...]
    note: str = ""
    action: Action | None = None


@dataclass(frozen=True)
class Day:
    """A date in its two lengths, wide and phone, with its mark."""

    long: str
    short_head: str
    short_year: str
    verify: bool = False
    prefix: str = ""


@dataclass(frozen=True)
class Pair:
    """One line of a reason; `result` closes it, `kind` says what is not the law's."""

    label: str
    value: str
    verify: bool = False
    result: bool = False
    kind: str = ""


@dataclass(frozen=True)
class RulesRead:
    """The rules of one chapter of the texts: its title, the number and the address of each."""

    title: str
    links: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class Why:
    """A reason that opens in place: question, rule, steps, sources."""

    question: str
    rule: str
    pairs: tuple[Pair, ...] = ()
    sources: tuple[str, ...] = ()
    rules: tuple[RulesRead, ...] = ()
    rows: tuple[tuple[str, str], ...] = ()
    """What each row of a table gave, and the address at which the row is read."""
    opening: Headline = field(default_factory=lambda: Headline(""))
    """What is understood in ten seconds: one sentence, its equation or its time."""

    @property
    def terms(self) -> tuple[Term, ...]:
        """The boxes of the equation, in final text."""
        return tuple(Term(one.written, one.label, one.sign) for one in self.opening.terms)


def discreet(why: Why) -> Why:
    """Return a reason that names official texts only: letters are in « Règles et sources »."""
    return replace(why, sources=each_once(officials(why.sources)))


def each_once(sources: tuple[str, ...]) -> tuple[str, ...]:
    """Leave out a text that another line names with the days on which it is in force.

    Examples
    --------
    >>> each_once(("décret 90-680", "décret 90-680, en vigueur depuis le 1er septembre 2017"))
    ('décret 90-680, en vigueur depuis le 1er septembre 2017',)
    """
    return tuple(
        one
        for one in sources
        if not any(other.startswith(f"{one}, en vigueur") for other in sources)
    )


@dataclass(frozen=True)
class Option:
    """One choice of a list."""

    value: str
    label: str
    selected: bool = False
    closed: bool = False
    """It is shown and cannot be taken."""


@dataclass(frozen=True)
class Field:
    """One form field: label, hint, value kept as typed, error (wrong, how to mend)."""

    name: str
    label: str
    value: str = ""
    hint: str = ""
    options: tuple[Option, ...] = ()
    error: str = ""
    remedy: str = ""
    optional: bool = False
    numeric: bool = False
    decimal: bool = False
    longest: int = 40
    """Characters that it takes."""


@dataclass(frozen=True)
class Notice:
    """A message at the head of a screen. `kind`: refused, lost, ok or empty.

    `detail` is read on demand, under the words of `asks`.
    """

    title: str
    text: str = ""
    kind: str = "lost"
    asks: str = ""
    detail: str = ""


@dataclass(frozen=True)
class Page:
    """What every screen has: its title and where it stands in the menu."""

    title: str
    lead: str = ""
    lead_strong: str = ""
    notices: tuple[Notice, ...] = field(default=(), kw_only=True)
    again: str = field(default="", kw_only=True)
    """Address to ask again, on a screen that could not be shown."""
    banner: str = field(default="", kw_only=True)
    """What the banner of the kit says on this screen, where the usual words are not true."""


def failed(error: KitError) -> Notice:
    """Return the notice of an error written for the person."""
    return Notice(text.sentence(error.message), error.remedy)


def day_of(value: date, *, verify: bool = False, prefix: str = "", of: str = "") -> Day:
    """Return a date in its two lengths; `of` is the quantity that it is, where others say it."""
    head, year = text.short_day(value)
    long = figure(text.day(value), of or "day", value, "" if of else value)
    return Day(long, kept_of(long, head), year, verify, prefix)


def since(start: date | None, end: date | None = None, *, of: str) -> tuple[str, ...]:
    """Return « depuis le … » and, where it ends, « jusqu’au … »; `of` is what lasts."""
    parts: list[str] = []
    if start:
        parts.append(worded("depuis le {}", text.dated(start, f"{of}.since")))
    if end:
        parts.append(worded("jusqu’au {}", text.dated(end, f"{of}.until")))
    return tuple(parts)


_KINDS = {"donnee": "donnée", "hypothese": "hypothèse", "refus": "refus"}


def why_of(explanation: Explanation) -> Why:
    """Return a reason ready to show; its last line is the result."""
    last = len(explanation.lignes) - 1
    pairs = tuple(
        Pair(
            line.libelle,
            line.valeur,
            line.a_verifier,
            i == last,
            _KINDS.get(line.nature, ""),
        )
        for i, line in enumerate(explanation.lignes)
    )
    return Why(
        explanation.question,
        text.sentence(explanation.regle),
        pairs,
        tuple(reference_text(source) for source in explanation.sources),
        _rules_read(explanation.regles),
        tuple(
            (row.libelle, f"/guides/textes?table={row.table}&ligne={row.ligne}")
            for row in explanation.lignes_lues
        ),
        headline(explanation.lignes, explanation.question),
    )


def _rules_read(names: tuple[str, ...]) -> tuple[RulesRead, ...]:
    """Return where the rules of a reason are read, with their values and their dates."""
    if not names:
        return ()
    # the registry loads the whole law: only a reason that was opened needs it
    from iprof_kit.calculate.guides.law_pages import CHAPTERS, places

    by_chapter: dict[str, list[int]] = {}
    for name in names:
        if name in places():
            chapter, number = places()[name]
            by_chapter.setdefault(chapter, []).append(number)
    return tuple(
        RulesRead(
            CHAPTERS[chapter],
            tuple((number, f"/guides/textes/{chapter}#regle-{number}") for number in numbers),
        )
        for chapter, numbers in by_chapter.items()
    )


def reference_text(reference: Reference) -> str:
    """Return « décret 90-680, art. 25, en vigueur depuis le 6 août 2023 (confiance A) »."""
    since, until = reference.valide_du, reference.valide_au
    in_force = f", en vigueur {text.in_force(since, until)}" if since or until else ""
    return f"{in_full(reference.texte)}{in_force} (confiance {reference.confiance})"
