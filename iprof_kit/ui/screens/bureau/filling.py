"""Answer templates: their fields filled from the thread, and what is left to complete."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from iprof_kit.services.contract.bureau.fils import FilGere, Modele
from iprof_kit.ui.shared import text

Fields = dict[str, str]
_FIELD = re.compile(r"\{([a-z_]{1,40})\}")
_OF_THE_FORM = ("avant", "corrige_le", "valeur")
AT_HAND = 4
"""Templates that have a button and a key; the others are in a list."""


def fields_of(thread: FilGere, value: str, corrected: date | None, before: date | None) -> Fields:
    """Return what the fields of a template stand for: of the thread, then of the act's own form.

    Those that nothing says are left out.
    """
    own = {
        "valeur": value.strip(),
        "corrige_le": text.day(corrected) if corrected else "",
        "avant": text.day(before) if before else "",
    }
    return thread.champs | {name: words for name, words in own.items() if words}


def opened(thread: FilGere) -> str:
    """Return the day of the first message, "" where older ones are not read."""
    events = thread.lu.evenements
    if not events or thread.lu.plus_anciens:
        return ""
    return text.day(text.in_paris(events[0].le))


def filled(template: Modele, known: Fields) -> str:
    """Return the text of a template; a field that nothing says stays between its braces."""
    return _FIELD.sub(lambda name: known.get(name[1], name[0]), template.texte).strip()


def followed(words: str, before: Fields, after: Fields) -> str:
    """Return a text whose fields have changed since a template was filled: their words follow."""
    for name in _OF_THE_FORM:
        former, new = before.get(name), after.get(name)
        if former and new and former != new:
            words = words.replace(former, new)
    return words


def to_complete(words: str) -> tuple[str, ...]:
    """Return the fields that are still between braces, each once."""
    return tuple(dict.fromkeys(f"{{{name}}}" for name in _FIELD.findall(words)))


def put(template: str, typed: str, made: Sequence[str]) -> str:
    """Return a template as the answer: after what was typed, in place of another template.

    `made` are the texts that templates gave to this answer before.
    """
    typed = typed.strip()
    if not typed or any(typed == one.strip() for one in made):
        return template
    return typed if template in typed else f"{typed}\n\n{template}"
