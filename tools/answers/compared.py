"""What two channels say of one person: equal, parted by a hypothesis said, or a disagreement."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from answers.heard import Heard
from answers.page import AMOUNT, DAY, ECHELON, OF_A_TEXT, POINTS, Fact, Read
from answers.papers import FILE, HOME
from iprof_kit.base.words import folded

Key = tuple[str, str, tuple[str, ...]]
"""Quantity, moment, hypotheses: of one key there is one value."""


class Disagreement(NamedTuple):
    """One quantity of which two values are said, each with the channels that say it."""

    quantity: str
    moment: str
    values: dict[str, list[str]]

    @property
    def words(self) -> str:
        """One line: what, when, which values, where."""
        said = " ; ".join(f"{value} ({', '.join(where)})" for value, where in self.values.items())
        return f"{self.quantity} {self.moment} : {said}".replace("  ", " ")


_WRITTEN = {"jour": DAY, "montant": AMOUNT, "points": POINTS, "échelon": ECHELON}
"""What a printed page names, as it is written."""
SAME = tuple(
    (re.compile(name), other)
    for name, other in (
        (r"coming\.promouvable\.(hors_classe|classe_exceptionnelle)", r"promotion.\1"),
        (r"demande\.(\w+\.\w+)\.last", r"coming.demande.\1"),
        (r"demande\.(\w+\.\w+)\.noted", r"coming.demande.\1.noted"),
        (r"coming\.rendez-vous\.\d\.\d+\.(entretien|second)", r"meeting.day.\1"),
        (r"coming\.rendez-vous\.\d\.\d+\.entretiens", "meeting.second"),
        (
            r"coming\.rendez-vous\.\d\.\d+\.(observations|appreciation|recours|reponse|cap)",
            r"meeting.\1",
        ),
    )
)
"""Quantities that two screens name otherwise, and that are one."""


def disagreements(said: Heard) -> Iterator[Disagreement]:
    """Yield each quantity on which two channels differ and no hypothesis that is said parts them.

    Parameters
    ----------
    said : Heard
        All that one person was told.
    """
    groups: dict[Key, dict[str, list[str]]] = defaultdict(dict)
    for channel, fact in _facts(said):
        key = (fact.quantity, fact.moment, tuple(sorted(fact.given)))
        values = groups[key]
        value = next((one for one in values if _equal(one, fact.value)), fact.value)
        where = values.setdefault(value, [])
        if channel not in where:
            where.append(channel)
    for (quantity, moment, given), values in groups.items():
        if len(values) > 1:
            under = f"{quantity} [{', '.join(given)}]" if given else quantity
            yield Disagreement(under, moment, values)
    yield from _unsaid(said, groups)
    yield from _letters(said)


def _facts(said: Heard) -> Iterator[tuple[str, Fact]]:
    """Yield every fact, and those that two screens name otherwise under one name."""
    for channel, fact in said.facts():
        yield channel, fact
        for name, other in SAME:
            if found := name.fullmatch(fact.quantity):
                yield channel, fact._replace(quantity=found.expand(other))
    home = said.by.get(HOME, Read())
    steps = [fact for fact in home.facts if fact.quantity.startswith("coming.echelon.")]
    if steps:
        first = min(steps, key=lambda fact: fact.value)
        yield f"{HOME}, dates", first._replace(quantity="echelon.next")


def _equal(one: str, other: str) -> bool:
    """Tell whether two values are one: a year and a day of it are."""
    if one == other or (len(one) != len(other) and (_in(one, other) or _in(other, one))):
        return True
    try:
        return abs(float(one) - float(other)) < 0.005  # half a cent
    except ValueError:
        return False


def _in(year: str, day: str) -> bool:
    return bool(re.fullmatch(r"\d{4}", year)) and day.startswith(f"{year}-")


def _unsaid(said: Heard, groups: dict[Key, dict[str, list[str]]]) -> Iterator[Disagreement]:
    """Yield each hypothesis that parts two values of a quantity and that its page does not say."""
    values: dict[tuple[str, str], set[str]] = defaultdict(set)
    for (quantity, moment, _), each in groups.items():
        values[quantity, moment] |= set(each)
    for channel, read in said.by.items():
        parted = {
            (fact.quantity, fact.moment, one): None
            for fact in read.facts
            for one in fact.given
            if len(values[fact.quantity, fact.moment]) > 1
        }
        text = _plain(read.text) if parted else ""
        for quantity, moment, given in parted:
            if text and _plain(given) not in text:
                found = {quantity: [channel]}
                yield Disagreement(f"hypothèse non dite « {given} »", moment, found)


def _plain(words: str) -> str:
    return folded(words.replace("\u00a0", " "))


def _letters(said: Heard) -> Iterator[Disagreement]:
    """Yield each day, amount, count or échelon of a paper, of no text, that no screen says."""
    standing = said.by.get(FILE, Read()).text  # a letter is headed by the échelon of the file
    for channel, read in said.by.items():
        letter = OF_A_TEXT.sub("", read.letter.replace("\u00a0", " "))
        for what, written in _WRITTEN.items():
            shown = set(written.findall(f"{read.text} {standing}"))
            for words in sorted(set(written.findall(letter)) - shown):
                yield Disagreement(f"{what} d’un papier", "", {words: [channel]})
