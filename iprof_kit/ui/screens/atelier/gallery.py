"""The personas to choose from: who each is, what she teaches, the stair of her index."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from iprof_kit.base.errors import KitError
from iprof_kit.base.words import corps_and_grade_label, echelon_label
from iprof_kit.calculate.atelier.model import Persona
from iprof_kit.calculate.atelier.sentences import Lived, Statement
from iprof_kit.ui.figures.charts import place
from iprof_kit.ui.shared import text

_WIDTH, _HEIGHT, _EDGE = 104, 40, 5
_YEARS = 20
"""Years of every small stair, so that one is read beside another."""
_LOW, _HIGH = 340, 1000
"""The indices between which every small stair is drawn."""


@dataclass(frozen=True)
class Card:
    """One persona of the gallery."""

    id: str
    name: str
    who: str
    teaches: str
    stair: str
    current: bool


@dataclass(frozen=True)
class Reclassed:
    """One career of 2017: its corps and grade, then échelon, index and seniority, twice."""

    career: str
    before: tuple[str, str, str]
    after: tuple[str, str, str]


def cards(people: Mapping[str, Persona], shown: str) -> tuple[Card, ...]:
    """Return the personas, the one shown marked."""
    return tuple(
        Card(
            one.id,
            f"{one.prenom} {one.nom}",
            one.qui,
            one.enseigne,
            small_stair(one),
            one.id == shown,
        )
        for one in people.values()
    )


@cache
def small_stair(persona: Persona) -> str:
    """Return the index of her first scenario as a small SVG, which says nothing to be read."""
    try:
        first = Lived.of(persona).answer.scenarios[0]
    except KitError:  # an unusual kit: the card is there without its picture
        return ""
    begin = place(persona.jour)

    def x(year: float) -> float:
        return _EDGE + min(max(year - begin, 0), _YEARS) / _YEARS * (_WIDTH - _EDGE)

    def y(index: int) -> float:
        share = (min(max(index, _LOW), _HIGH) - _LOW) / (_HIGH - _LOW)
        return _HEIGHT - _EDGE - share * (_HEIGHT - 2 * _EDGE)

    start = y(first.etapes[0].indice_majore)
    path = f"M{_EDGE} {start:.1f}"
    for step in first.etapes[1:]:
        path += f"H{x(place(step.date)):.1f}V{y(step.indice_majore):.1f}"
    path += f"H{x(place(first.depart)):.1f}"
    return (
        f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT}" width="{_WIDTH}" height="{_HEIGHT}" '
        f'aria-hidden="true" focusable="false"><path d="{path}V{_HEIGHT}H{_EDGE}Z" '
        f'fill="var(--step)"/><path d="{path}" fill="none" stroke="var(--link)" '
        f'stroke-width="2"/><circle cx="{_EDGE}" cy="{start:.1f}" r="3.6" fill="var(--gold)" '
        f'stroke="var(--text)" stroke-width="1.5"/></svg>'
    )


@cache
def sentences(persona: Persona) -> tuple[str, ...]:
    """Return what her file states, with the engine's numbers."""
    lived = Lived.of(persona)
    return tuple(Statement(lived, phrase).text() for phrase in persona.phrases)


def reclassed(people: Mapping[str, Persona]) -> tuple[Reclassed, ...]:
    """Return the careers of 2017 that the personas hold, without any name."""
    return tuple(_reclassed(one) for one in people.values() if one.avant_2017 is not None)


@cache
def _reclassed(persona: Persona) -> Reclassed:
    before = persona.avant_2017
    if before is None:
        raise ValueError(persona.id)
    there, indices = before.placed(), before.indices()
    return Reclassed(
        corps_and_grade_label(before.corps, before.grade),
        (
            echelon_label(before.echelon),
            str(indices[0]) if indices else "non connu",
            text.duration(before.seniority()),
        ),
        (
            echelon_label(there.echelon, there.chevron),
            str(indices[1]) if indices else str(there.indice_majore or "non connu"),
            text.duration(there.anciennete_jours or 0),
        ),
    )
