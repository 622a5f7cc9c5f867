"""The figures that the sentences about a request name: its days and its delays, as facts."""

from __future__ import annotations

from iprof_kit.calculate.requests.words import delays_named
from iprof_kit.ui.screens.demandes.asking import Asked
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.worded import Worded, figure, placed


def about(request: str, step: str) -> str:
    """Return the name of the day of a step, the same on Accueil and in the agenda."""
    return f"coming.demande.{request}.{step}"


def with_figures(words: str, asked: Asked) -> Worded:
    """Return what the calculation says of a request, with the fact of each day and delay in it.

    Parameters
    ----------
    words : str
        A sentence of the answer, or a text of its file once filled.
    asked : Asked
        What was asked: its day says which delays are in force.
    """
    return placed(words, *_days(asked), *_delays(asked))


def _days(asked: Asked) -> list[Worded]:
    steps = asked.answer.etapes if asked.answer else ()
    days = [
        (about(asked.request.id, one.cle) + part, day)
        for one in steps
        for part, day in (("", one.avant_le), (".noted", one.le))
        if day is not None
    ]
    first = asked.question.premier_jour if asked.question else None
    days += [("service.first", first)] if first else []
    # Of two steps on one day the first is named, and the day to act by before the day noted.
    return [figure(text.day(day), quantity, day) for quantity, day in reversed(days)]


def _delays(asked: Asked) -> list[Worded]:
    if asked.question is None:
        return []
    delays = delays_named(asked.request, asked.question.aujourdhui)
    return [figure(words, f"delay.{name}", words) for name, words in delays.items()]
