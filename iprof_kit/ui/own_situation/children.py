"""The births that a person typed among her wishes or on other paths, in the document « voeux ».

Autres affectations keeps its answers under a degree, Autres parcours under its own part.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from iprof_kit.ui.shared.messages import texts

PLACES, PATHS = "Autres affectations", "Autres parcours"
PATH_PART = "parcours"
ANSWERS, HAS, CHILD = "reponses", "enfants", "enfant-"
_SCREENS = {PATH_PART: PATHS, "1d": PLACES, "2d": PLACES}
"""Part of the document → the screen that keeps it; the last one is read over the others."""


@dataclass(frozen=True)
class Births:
    """Births as they are typed, and the screen where they were."""

    days: tuple[str, ...] = ()
    screen: str = ""


def births_kept(document: Mapping[str, Any], besides: str = "") -> Births:
    """Return the births kept in « voeux »: a child changed among the wishes is as it is there.

    Parameters
    ----------
    besides : str
        The screen that asks: what it keeps itself is not told to it.

    Examples
    --------
    >>> births_kept({"2d": {"reponses": {"enfant-1": "04/03/2012"}}})
    Births(days=('04/03/2012',), screen='Autres affectations')
    >>> births_kept({"2d": {"reponses": {"enfant-1": "04/03/2012"}}}, "Autres affectations")
    Births(days=(), screen='')
    """
    named: dict[str, str] = {}
    where = ""
    for part, screen in _SCREENS.items():
        if screen != besides and (typed := _children(document, part)):
            named, where = {**named, **typed}, screen
    order = sorted(named, key=lambda name: (len(name), name))
    days = tuple(named[name] for name in order if named[name])
    return Births(days, where) if days else Births()


def without_births(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return the document without any birth, on any screen.

    Examples
    --------
    >>> without_births({"parcours": {"reponses": {"enfants": "oui", "enfant-1": "04/03/2012"}}})
    {'parcours': {'reponses': {}}}
    """
    clean = dict(document)
    for part in _SCREENS:
        if _children(document, part):
            clean[part] = {**document[part], ANSWERS: _without(_answers(document, part))}
    return clean


def _without(answers: Mapping[str, str]) -> dict[str, str]:
    return {n: v for n, v in answers.items() if n != HAS and not n.startswith(CHILD)}


def _children(document: Mapping[str, Any], part: str) -> dict[str, str]:
    answers = _answers(document, part)
    if part == PATH_PART and answers.get(HAS) != "oui":
        return {}
    return {name: day.strip() for name, day in answers.items() if name.startswith(CHILD)}


def _answers(document: Mapping[str, Any], part: str) -> dict[str, str]:
    kept = document.get(part)
    return texts(kept.get(ANSWERS)) if isinstance(kept, Mapping) else {}
