"""A source as French writes it: dates in words, articles one way, tables by their names.

The tables and the rules keep what their readers noted (« arrêté 30-06-2009 », « L. 13 I CPCMR »);
nobody reads it so.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from iprof_kit.base.calendar import MONTHS, date_text

_DAYS = (
    re.compile(r"\b(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)\b"),
    re.compile(r"\b(?P<day>\d\d)[-/](?P<month>\d\d)[-/](?P<year>(?:19|20)\d\d)\b"),
)
_DAY = rf"\d{{1,2}}(?:er)? (?:{'|'.join(MONTHS)}) \d{{4}}"
_CODE = "CPCMR|CGFP|CSS|CGI|CRPA"
_WRITTEN: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(rf"\b(versions?) ({_DAY}) à ({_DAY})"), r"\1 du \2 au \3"),
    (re.compile(rf"\b(arrêté|note de service|version|circulaire) (?={_DAY})"), r"\1 du "),
    (re.compile(r"\b([LRD])\.\s?(?=\d)"), r"\1"),
    (re.compile(rf"\b(effet) (?={_DAY})"), r"\1 le "),
    (re.compile(rf"\b({_CODE}) (?=[LRD]?\d)"), r"\1, art. "),
    (re.compile(rf"(?<!\w)([LRD]\d[^;:()]*?) ({_CODE})\b"), r"\2, art. \1"),
    (re.compile(r"(?<=\d) art\. "), ", art. "),
    (re.compile(r"\bn°\s?(?=\d)"), "n° "),
    (re.compile(r"\b([a-z0-9_]+)\.csv\b(?:,? (?=\w))?"), r"table \1, "),
    (re.compile(r",\s(?=\s?\()"), " "),
    (re.compile(r",\s(?=$|\s?[;):])"), ""),
    (re.compile(r"\s{2,}"), " "),
)
_CAPITAL = re.compile(r"^(Loi|Décret|Décrets|Arrêté|Circulaire|Mémoire|Ordonnance|Accord)\b")
_PARTS = re.compile(r"\s;\s")


@cache
def in_full(source: str) -> str:
    """Return a source as a person reads it.

    Examples
    --------
    >>> in_full("arrêté 30-06-2009 (version 2023-06-15)")
    'arrêté du 30 juin 2009 (version du 15 juin 2023)'
    """
    return " ; ".join(map(_part, _PARTS.split(source)))


def days_in_words(words: str) -> str:
    """Return a text whose days are written out, however they were noted."""
    for form in _DAYS:
        words = form.sub(_in_words, words)
    return words


def _part(part: str) -> str:
    part = days_in_words(part)
    for form, words in _WRITTEN:
        part = form.sub(words, part)
    part = _CAPITAL.sub(lambda first: first[1].lower(), part)
    return part.replace("mémoire", "de mémoire") if part.startswith("mémoire") else part


def _in_words(noted: re.Match[str]) -> str:
    try:
        return date_text(date(int(noted["year"]), int(noted["month"]), int(noted["day"])))
    except ValueError:
        return noted[0]
