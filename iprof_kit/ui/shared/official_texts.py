"""Sources as a teacher's screen says them: the official text, else « à vérifier »."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from iprof_kit.base.words import NBSP
from iprof_kit.ui.shared.parts import Why

_OFFICIAL = re.compile(
    r"\b(décrets?|arrêtés?|lois?|ordonnances?|codes?|CGFP|CGI|circulaires?|notes? de service|BO|"
    r"lignes directrices|JO(RF)?|instructions?|règlements?|LDG)\b",
    re.I,
)
_SITE = re.compile(r"\b[\w-]+\.(?:fr|com|org|net|eu|info|csv)\b", re.I)
_FILE = re.compile(r"\s*(?:\(voir [^()]*\.csv[^()]*\)|; voir [\w-]+\.csv[\w ]*)")
_UNIONS = re.compile(r"\s*\((?:SNES|FSU|SNUipp|SE-UNSA|UNSA|Sgen|SNALC|SNUEP)\b[^()]*\)")
_TAIL = re.compile(r"(, en vigueur [^()]*)?\s*(?:\(confiance\s[A-D]\))?$")


def official(source: str) -> str:
    """Return the official texts of a source, without the letter of our confidence; "" for none."""
    tail = _TAIL.search(source)
    head = source[: tail.start()] if tail else source
    kept = [
        part
        for part in re.split(r"\s*;\s*", head)
        if _OFFICIAL.search(part) and not _SITE.search(part) and "de mémoire" not in part
    ]
    in_force = (tail[1] or "").rstrip() if tail else ""
    return f"{NBSP}; ".join(kept) + in_force if kept else ""


def officials(sources: Iterable[str]) -> tuple[str, ...]:
    """Return the official texts among sources, each once; « à vérifier » where there is none."""
    given = tuple(sources)
    found = tuple(dict.fromkeys(text for text in map(official, given) if text))
    return found or (("à vérifier",) if given else ())


def plainly(words: str) -> str:
    """Return a note of the tables without the names of files and unions; a memory is a doubt."""
    words = _UNIONS.sub("", _FILE.sub("", words))
    return words.replace("de mémoire", "à vérifier")


def discreet(why: Why) -> Why:
    """Return a reason that names official texts only: letters are in « Règles et sources »."""
    return replace(why, sources=officials(why.sources))
