"""What is said of a step: the day before which to act, that of a silence, that which is past."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from iprof_kit.base.calendar import date_text
from iprof_kit.law.requests.clock import MISSED, Timed
from iprof_kit.law.requests.delays import delay_of, known_delays
from iprof_kit.law.requests.model import REFUSAL, SILENCE, START, Request

_NAMED = re.compile(r"\{([^{}]*)\}")
UNKNOWN = "une date inconnue de ce kit"


def filled(words: str, timed: tuple[Timed, ...], today: date) -> str:
    """Return a text of a request with its delays and its days: « avant le 31 mars ».

    A step is its last day where it has one, else the day on which it happened.
    """
    days = {one.step.key: one.due or one.day for one in timed}
    known = {key: UNKNOWN if day is None else date_text(day) for key, day in days.items()}
    return replaced(words, known, today)


def start_wanted(words: str, timed: tuple[Timed, ...]) -> str:
    """Return what to note where a text counts from a start that nobody chose yet; else ""."""
    named = set(_NAMED.findall(words))
    start = next(
        (
            one.step
            for one in timed
            if one.step.kind == START
            and one.step.key in named
            and one.due is None
            and one.day is None
        ),
        None,
    )
    if start is None:
        return ""
    return f"Notez « {start.title} » : le dernier jour pour demander en dépend."


def replaced(words: str, known: Mapping[str, str], today: date) -> str:
    """Return a text whose names between braces are replaced: those known, then the delays."""

    def value(match: re.Match[str]) -> str:
        name = match[1]
        if name in known:
            return known[name]
        return delay_of(name, today).text if name in known_delays() else match[0]

    return _NAMED.sub(value, words)


def delays_named(request: Request, today: date) -> dict[str, str]:
    """Return the delays that the texts of a request name, by their row, as they are said."""
    texts = [request.opening, request.others, request.unknown]
    texts += [request.already.sentence] if request.already else []
    texts += [words for step in request.steps for words in (step.note, step.missed, step.extinct)]
    texts += [words for fold in request.folds for words in fold.sentences]
    names = dict.fromkeys(name for words in texts for name in _NAMED.findall(words))
    return {name: delay_of(name, today).text for name in names if name in known_delays()}


def step_words(one: Timed, timed: tuple[Timed, ...], today: date) -> tuple[str, str]:
    """Return what is said of the present step, or of the one that was missed, and its detail."""
    note = filled(one.step.note, timed, today)
    title = f"{one.title[:1].lower()}{one.title[1:]}"
    if one.state == MISSED and one.due is not None:
        words = one.step.missed or f"Le délai est passé depuis le {date_text(one.due)} : {title}."
        return supposed(one, filled(words, timed, today)), note
    if one.waiting:
        return f"Le délai est interrompu : {title} attend la fin de la médiation.", note
    if one.due is None:
        return f"Prochaine étape : {title}.", note
    day = date_text(one.due)
    if one.doubt:
        words = f"Sans réponse le {day}, l’effet du silence est à vérifier : {one.doubt}."
        return words, note
    if one.step.kind == SILENCE:
        worth = "un refus" if one.step.worth == REFUSAL else "une acceptation"
        return f"Sans réponse le {day}, le silence vaudra {worth}.", note
    earlier = f" ({one.step.earlier})" if one.step.earlier else ""
    return supposed(one, f"Jusqu’au {day}{earlier} : {title}."), note


def supposed(one: Timed, words: str) -> str:
    """Return what is said of a step, under the condition that a doubtful silence was a refusal."""
    if not one.unsure:
        return words
    return f"Si le silence a valu refus, {words[:1].lower()}{words[1:]}"
