"""A page read by a program: the facts that its figures carry, and the figures that carry none."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from html import unescape
from typing import NamedTuple

_MONTHS = (
    "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre|"
    r"janv\.|févr\.|avr\.|juil\.|sept\.|oct\.|nov\.|déc\."
)
_FIGURE = re.compile(
    rf"\d[\d\u00a0]*(?:,\d+)?\u00a0?€|\b\d{{1,2}}(?:er)?[ \u00a0](?:{_MONTHS})[ \u00a0]\d{{4}}|"
    r"\b\d+[ \u00a0](?:jours?(?! francs)|trimestres?|points?|pts|ouverts?|possibles?)\b"
)
"""What a figure of the kit looks like: an amount, a day, a count."""
_SIGNS = re.compile(
    r"""<(?:!--.*?--|![^>]*|(/?)([a-z][a-z0-9]*)\b((?:"[^"]*"|[^">])*))>([^<]*)""", re.DOTALL
)
"""A tag, whether it closes, its attributes, and the words after it."""
_ATTRIBUTE = re.compile(r"""([\w-]+)(?:="([^"]*)")?""")
_DIGIT = re.compile(r"\d")
_DAY = r"\d{1,2}(?:er)?[ \u00a0]\w+[ \u00a0]\d{4}"
OF_A_TEXT = re.compile(
    r"(?:(?:lois?|décrets?|arrêtés?(?: d’ouverture)?|circulaire|ordonnance|service)(?: n°)?"
    r"(?:[\s\u00a0]?[\d-]+)?,?|JO(?: Sénat)?|lignes directrices de gestion(?: \w+)?|"
    rf"n°[\s\u00a0]?[\d-]+|valeur du point) du {_DAY}|"
    rf"(?:vérifié|modifié) le {_DAY}|vérifiée?s? jusqu’au {_DAY}|"
    rf"en vigueur (?:depuis le|du) {_DAY}(?: au {_DAY})?|"
    rf"\b(?:CE|CAA|TA|Conseil d’État|Conseil constitutionnel), {_DAY}|"
    r"(?:années|mois) de \d+[ \u00a0]jours"
)
"""The day of a law, of its change, of a value, of a verification, of a judgment; how services are
counted, in years of 360 days: none of hers."""
DAY = re.compile(r"\b\d{1,2}(?:er)? (?:" + _MONTHS.partition("|janv")[0] + r") \d{4}\b")
"""A day written in full."""
AMOUNT = re.compile(r"\d[\d ]*(?:,\d+)? €")
"""An amount, its spaces plain."""
POINTS = re.compile(r"\b\d[\d ]*(?:,\d+)? points?\b")
"""A count of points."""
ECHELON = re.compile(r"\b\d{1,2}(?:er|e) échelon")
"""An échelon, its number in words of the law."""
_INLINE = frozenset({"data", "abbr", "b", "strong", "small", "span", "a", "i", "sup"})
_VOID = frozenset({"br", "hr", "img", "input", "link", "meta", "wbr"})
_NOT_READ = frozenset({"option", "script", "style", "svg", "template", "textarea"})
_OF_THE_LAW = frozenset(
    {"src", "why-body", "printed", "hint", "vh", "msg", "err-sum", "kept-line", "receipt"}
)
"""Classes of what is no figure of hers: a source, a reason and its trace, a field, its refusal,
when the kit saved what she typed.
"""


class Fact(NamedTuple):
    """One figure of a page, as a program reads it."""

    person: str
    quantity: str
    moment: str
    given: tuple[str, ...]
    value: str


@dataclass
class Read:
    """The facts of a page, and the figures without one, each with the words around it."""

    facts: list[Fact] = field(default_factory=list)
    without: list[str] = field(default_factory=list)
    text: str = ""
    letter: str = ""
    """What stands in its text areas: a letter to be read again and signed."""


@dataclass
class _Fold:
    """A `<details>` being read: the lines in it, and the figures of its head that have no fact."""

    lines: int = 0
    head: list[str] = field(default_factory=list)

    def left(self) -> list[str]:
        """Return the figures of the head but one that counts the lines: whoever reads counts."""
        return [one for one in self.head if not re.match(rf"{self.lines}[ \u00a0]points?\b", one)]


class _Reader:
    """Walk a page: what is in a `<data>` has its fact, what is in its words may lack one.

    Pages of the kit quote each value of an attribute: signs alone part their tags, so that a page
    is read in a millisecond.
    """

    def __init__(self, person: str) -> None:
        self.person = person
        self.read = Read()
        self._open: list[tuple[str, bool, bool]] = []
        self._folds: list[_Fold] = []
        self._words: list[str] = []
        self._every: list[str] = []

    def walk(self, html: str) -> Read:
        """Return what is read of a page."""
        for closes, tag, attributes, words in _SIGNS.findall(f"<!>{html}"):
            if closes:
                self._close(tag)
            elif tag:
                self._begin(tag, attributes)
                if attributes.endswith("/"):  # a shape of a picture
                    self._close(tag)
            if words:
                self._say(unescape(words) if "&" in words else words)
        self._end()
        self.read.text = " ".join("".join(self._every).replace("\u00a0", " ").split())
        return self.read

    def _begin(self, tag: str, attributes: str) -> None:
        """Keep a fact; know whether what follows is read as a figure of hers."""
        _, aside, told = self._open[-1] if self._open else ("", False, False)
        if attributes:
            known = {name: unescape(value) for name, value in _ATTRIBUTE.findall(attributes)}
            classes = set(known.get("class", "").split())
            if "screen-page" in classes:
                self.person = known.get("data-person") or self.person
            if "data-quantity" in known:
                self._keep(known)
            aside = aside or not classes.isdisjoint(_OF_THE_LAW) or "data-own" in known
        if tag not in _INLINE:
            self._end()
        elif tag == "span":
            self._every.append(" ")  # a day in two lengths is two spans
        if tag not in _VOID:
            self._open.append((tag, aside or tag in _NOT_READ, told or tag == "data"))
        if tag == "details":
            self._folds.append(_Fold())
        elif tag == "li" and self._folds:
            self._folds[-1].lines += 1

    def _keep(self, known: dict[str, str]) -> None:
        given = tuple(one for one in known.get("data-given", "").split(" ; ") if one)
        moment, whose = known.get("data-moment", ""), known.get("data-person") or self.person
        self.read.facts.append(Fact(whose, known["data-quantity"], moment, given, known["value"]))

    def _close(self, tag: str) -> None:
        """Leave an element."""
        if tag not in _INLINE:
            self._end()
        if self._open and self._open[-1][0] == tag:
            self._open.pop()
        if tag == "details" and self._folds:
            self.read.without += self._folds.pop().left()

    def _say(self, words: str) -> None:
        """Keep what is read; a figure that has its fact leaves a sign in its place."""
        within, aside, told = self._open[-1] if self._open else ("", False, False)
        if within == "textarea":
            self.read.letter += f"{words}\n"
            return
        self._every.append(words)
        if not aside:
            self._words.append("·" if told else words)

    def _end(self) -> None:
        self._every.append(" ")
        if not self._words:
            return
        said = "".join(self._words)
        self._words.clear()
        if not _DIGIT.search(said):
            return
        words = OF_A_TEXT.sub("", re.sub(r"[ \n\t]+", " ", said).strip())
        in_head = self._folds and any(tag == "summary" for tag, *_ in self._open)
        without = self._folds[-1].head if in_head else self.read.without
        for found in _FIGURE.finditer(words):
            start, end = max(found.start() - 40, 0), found.end() + 20
            without.append(f"{found[0]}  ←  {words[start:end]}")


@lru_cache(maxsize=128)
def read_page(html: str, person: str = "") -> Read:
    """Return what a program reads of a page: shown twice, it is read once.

    Parameters
    ----------
    html : str
        Of any screen.
    person : str
        Whose its figures are, where the page does not say it.
    """
    return _Reader(person).walk(html)


def without_fact(pages: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """Return the figures that carry no fact, by address."""
    found: dict[str, list[str]] = {}
    for path, html in pages:
        found.setdefault(path, []).extend(read_page(html).without)
    return found
