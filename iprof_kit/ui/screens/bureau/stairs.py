"""The states of a thread as a stair: what was done, where it is, what comes."""

from __future__ import annotations

from iprof_kit.services.contract.bureau.fils import FilGere
from iprof_kit.services.contract.courrier import Evenement
from iprof_kit.ui.kit.parts import Step
from iprof_kit.ui.screens.bureau.words import short

_MOST = 4
"""Steps that are shown of what happened: the first one, and the last ones."""
_BY_WORDS = frozenset({"completer", "relancer"})


def stair(thread: FilGere) -> tuple[Step, ...]:
    """Return the steps of a thread, at most five; words alone move nobody up."""
    happened = _steps(thread.lu.evenements)
    if len(happened) > _MOST:
        happened = [happened[0], *happened[1 - _MOST :]]
    steps = [Step(one.libelle, short(one.le), "done") for one in happened[:-1]]
    steps += [Step(one.libelle, short(one.le), "cur") for one in happened[-1:]]
    if coming := _coming(thread):
        steps.append(Step(coming, "à faire", "next"))
    return tuple(steps)


def _steps(events: list[Evenement]) -> list[Evenement]:
    """Return the events that are steps; of the same ones in a row, the last."""
    steps: list[Evenement] = []
    for event in events:
        if event.acte in _BY_WORDS and steps:
            continue
        if steps and steps[-1].acte == event.acte:
            steps[-1] = event
        else:
            steps.append(event)
    return steps


def _coming(thread: FilGere) -> str:
    line = thread.lu.fil
    if not line.en_cours:
        return ""
    if line.attend == "service":
        return "Répondu"
    return "Pièce reçue" if line.attend == "vous" else "Clos"
