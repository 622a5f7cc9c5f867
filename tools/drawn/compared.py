"""Two drawings beside each other: which pages differ, by which words."""

from __future__ import annotations

import base64
import difflib
import json
import re
import zlib
from dataclasses import dataclass, field
from pathlib import Path

_TAG = re.compile(r"<[^>]*>")
_SPACES = re.compile(r" {2,}")
_OPENING = re.compile(r"^<([a-z0-9]+) ")
_ATTRIBUTE = re.compile(r' [^ ="<>]+(?:="[^"]*")?')


@dataclass(frozen=True)
class Aside:
    """What is not compared.

    Parameters
    ----------
    words : bool
        Compare the words alone, neither tags nor attributes.
    patterns : tuple of Pattern
        What is taken out of each line.
    """

    words: bool = False
    patterns: tuple[re.Pattern[str], ...] = ()

    def of(self, lines: list[str]) -> list[str]:
        """Return the lines that are compared."""
        if self.words:
            lines = [_SPACES.sub(" ", _TAG.sub("", one)).strip() for one in lines]
        for pattern in self.patterns:
            lines = [_SPACES.sub(" ", pattern.sub("", one)) for one in lines]
        return [one for one in lines if one]


@dataclass
class Difference:
    """One way in which pages differ, and the pages."""

    words: tuple[str, ...]
    pages: list[str] = field(default_factory=list)


def read_drawing(file: Path) -> dict[str, str]:
    """Return the packed text of each page of a drawing, by its name."""
    pages: dict[str, str] = {}
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            one = json.loads(line)
            name, number = one["name"], 1
            while name in pages:
                number += 1
                name = f"{one['name']} #{number}"
            pages[name] = one["text"]
    return pages


def differences(
    old: dict[str, str], new: dict[str, str], aside: Aside, longest: int = 12
) -> list[Difference]:
    """Return the ways in which two drawings differ, that of most pages first.

    Parameters
    ----------
    old, new : dict
        See `read_drawing`.
    aside : Aside
    longest : int
        Lines of a difference that are kept.
    """
    found: dict[tuple[str, ...], Difference] = {}
    for name in [*old, *(one for one in new if one not in old)]:
        if old.get(name) == new.get(name):
            continue
        if name not in old or name not in new:
            words: tuple[str, ...] = ("- n’est plus là" if name in old else "+ n’était pas là",)
        else:
            before, after = aside.of(_unpacked(old[name])), aside.of(_unpacked(new[name]))
            if before == after:
                continue
            words = _words(before, after, longest)
        found.setdefault(words, Difference(words)).pages.append(name)
    return sorted(found.values(), key=lambda one: -len(one.pages))


def _unpacked(text: str) -> list[str]:
    return zlib.decompress(base64.b64decode(text)).decode().split("\n")


def _words(before: list[str], after: list[str], longest: int) -> tuple[str, ...]:
    told = [
        one for one in difflib.unified_diff(before, after, lineterm="", n=0)
        if not one.startswith(("---", "+++", "@@"))
    ]  # fmt: skip
    more = len(told) - longest
    return tuple(_visible(one) for one in told[:longest]) + ((f"… {more}",) if more > 0 else ())


def _visible(line: str) -> str:
    """Return a line in which a hard space can be told from another one."""
    line = line.replace("\u00a0", "⍽").replace("\u202f", "⍽̣")
    return line if len(line) < 400 else f"{line[:400]}…"
