"""The words of extracts, compared without case, accents, spaces or punctuation."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

from iprof_kit.base.words import folded
from iprof_kit.base.yaml_text import read_yaml

_OTHER = re.compile(r"[^a-z0-9+]+")


def key(text: str) -> str:
    """Return a text as it is compared: « Date d’entrée » is `datedentree`."""
    return _OTHER.sub("", folded(text))


@cache
def vocabulary() -> dict[str, Any]:
    """Return vocabulary.yml: names of columns, words of corps, grades and values."""
    text = Path(__file__).with_name("vocabulary.yml").read_text(encoding="utf-8")
    words: dict[str, Any] = read_yaml(text)
    return words


_SMALL = frozenset(["a", "au", "d", "dans", "de", "des", "ds", "du", "en", "l", "la", "le", "les"])


def _bare_key(heading: str) -> str:
    """Return a heading without its small words: « date d’entrée dans l’échelon »."""
    words = re.split(r"[^a-z0-9+]+", folded(heading))
    return "".join(word for word in words if word not in _SMALL)


@cache
def column_words() -> dict[str, str]:
    """Return the column that each known heading means, with and without its small words."""
    names = vocabulary()["colonnes"]
    all_words = [(word, name) for name, words in names.items() for word in [name, *words]]
    bare = {_bare_key(word): name for word, name in all_words}
    return bare | {key(word): name for word, name in all_words}


def column_of(heading: str) -> str:
    """Return the column that a heading means, with or without its « (jours) »; "" for none."""
    words = column_words()
    short = re.sub(r"\(.*?\)", "", heading)
    tries = (key(heading), key(short), _bare_key(heading), _bare_key(short))
    return next((words[each] for each in tries if each in words), "")


@cache
def value_words(subject: str) -> dict[str, str]:
    """Return the code that each known value of a subject means."""
    codes = vocabulary()["valeurs"][subject]
    own = {key(code): code for code in codes}
    return own | {key(word): code for code, words in codes.items() for word in words}


@cache
def corps_words() -> dict[str, str]:
    """Return the corps that each known name means."""
    return _words_of("corps")


@cache
def grade_words() -> dict[str, str]:
    """Return the grade that each known name means."""
    return _words_of("grades")


@cache
def usual_words() -> tuple[str, ...]:
    """Return how corps and grades are usually written, alone and together."""
    corps = [words[0] for words in vocabulary()["corps"].values()]
    grades = [words[0] for words in vocabulary()["grades"].values()]
    return (*corps, *grades, *(f"{one} {grade}" for one in corps for grade in grades))


@cache
def sensitive_words() -> frozenset[str]:
    """Return headings of what identifies a person and is never taken as it is."""
    return frozenset(key(word) for word in vocabulary()["identifiants"])


def known_headings(cells: list[str]) -> int:
    """Return how many cells of a line are known headings."""
    return sum(bool(column_of(cell)) or key(cell) in sensitive_words() for cell in cells)


@cache
def empty_words() -> frozenset[str]:
    """Return what is written where nothing is known."""
    return frozenset(folded(word) for word in vocabulary()["vide"])


@cache
def totals_pattern() -> str:
    """Return the pattern of what begins a line of totals, whatever the case."""
    words = sorted((folded(word) for word in vocabulary()["totaux"]), key=len, reverse=True)
    return rf"^[\W_]*(?:{'|'.join(word.replace(' ', '[ -]') for word in words)})\b"


def begins_a_total(text: str) -> bool:
    """Tell whether a cell begins a line of totals: « Total général », « Nombre d’agents : 12 »."""
    return bool(re.match(totals_pattern(), folded(text)))


def _words_of(subject: str) -> dict[str, str]:
    names = vocabulary()[subject]
    return {key(word): code for code, words in names.items() for word in [code, *words]}
