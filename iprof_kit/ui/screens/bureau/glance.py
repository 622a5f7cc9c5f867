"""The desk at a glance: the waits day by day, the filters of the queue."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from html import escape

from iprof_kit.base.asked import Choices
from iprof_kit.services.contract.bureau.fils import BureauLu
from iprof_kit.ui.kit.parts import Field
from iprof_kit.ui.screens.bureau.words import counted, facet_value
from iprof_kit.ui.shared import text

_LABELS = {
    "echelon": ("Échelon", "tous"),
    "grade": ("Grade", "tous"),
    "departement": ("Département", "tous"),
    "ecole": ("École", "toutes"),
    "echeance": ("Échéance", "toutes"),
    "chez": ("Chez", "tous"),
}
FILTERS = tuple(_LABELS)
"""The six filters, in their order."""
_DUE = {"passee": "passée", "7": "sous 7 jours", "15": "sous 15 jours"}
_HELD = {"vous": "vous", "absence": "une absence"}
_serial = itertools.count()
_WIDE, _TALL, _TOP, _MOST_BARS = 440, 74, 22, 30
_GROUND, _APART = _TOP + _TALL, 22


def filters(desk: BureauLu, asked: Mapping[str, str]) -> tuple[Field, ...]:
    """Return the filters of the queue, with what is chosen in each."""
    counts = _offered(desk)
    chosen = {name: asked.get(name, "") for name in FILTERS}
    return tuple(
        Field(
            name,
            label,
            choices=_choices(name, counts.get(name, {}), chosen[name]),
            value=chosen[name],
        )
        for name, (label, _) in _LABELS.items()
    )


def chosen(values: Mapping[str, str], desk: BureauLu, asked: Mapping[str, str]) -> dict[str, str]:
    """Return what each filter holds as it is offered: anything else asks nothing."""
    counts = _offered(desk)
    return {
        name: value
        if (value := values.get(name, "")) in counts.get(name, {}) or value == asked.get(name)
        else ""
        for name in FILTERS
    }


def waits(desk: BureauLu) -> str:
    """Return the waits as inline SVG: a bar a day, late ones in the colour of what is late.

    The longest waits share the last bar. Nothing is drawn where nobody waits.
    """
    bars = _bars(desk.attentes)
    if not any(bars):
        return ""
    name = f"a{next(_serial)}"
    height = _GROUND + 18
    return (
        f'<svg viewBox="0 0 {_WIDE} {height}" width="{_WIDE}" height="{height}" role="img" '
        f'focusable="false" aria-labelledby="{name}t {name}d"><title id="{name}t">Fils par jours '
        f'd’attente</title><desc id="{name}d">{escape(_described(desk))}</desc>'
        f"{_drawn(bars, desk)}</svg>"
    )


def _offered(desk: BureauLu) -> dict[str, dict[str, str]]:
    """Return the values of each filter, with the words that count its threads."""
    by_count = {
        name: {value: f" ({text.whole(count)})" for value, count in counts.items()}
        for name, counts in desk.filtres.items()
    }
    return by_count | {"echeance": dict.fromkeys(_DUE, ""), "chez": dict.fromkeys(_HELD, "")}


def _choices(name: str, offered: Mapping[str, str], chosen: str) -> Choices:
    known = dict.fromkeys((*offered, *([chosen] if chosen else [])))
    ordered = sorted(known, key=_rank) if name in ("echelon", "departement") else list(known)
    return (
        ("", _LABELS[name][1]),
        *((one, _words(name, one) + offered.get(one, "")) for one in ordered),
    )


def _rank(value: str) -> tuple[int, str]:
    return (int(value) if value.isdecimal() else 1_000, value)


def _words(name: str, value: str) -> str:
    """Return a value of a filter as it is read."""
    ours = {"echeance": _DUE, "chez": _HELD}.get(name, {})
    return ours.get(value) or facet_value(name, value)


def _bars(by_day: Sequence[int]) -> list[int]:
    """Return at most so many bars; the last one then holds every longer wait."""
    kept = _MOST_BARS - 1
    if len(by_day) <= _MOST_BARS:
        return list(by_day)
    return [*by_day[:kept], sum(by_day[kept:])]


def _described(desk: BureauLu) -> str:
    days = ((day, count) for day, count in enumerate(desk.attentes) if count)
    parts = [f"{counted(count, 'fil')} depuis {counted(day, 'jour')}" for day, count in days]
    if desk.delai_jours is not None:
        parts.append(f"délai annoncé : {counted(desk.delai_jours, 'jour')}")
    return " ; ".join(parts)


def _drawn(bars: Sequence[int], desk: BureauLu) -> str:
    """Return bars, axis, labels, the announced delay as a dashed line with its words."""
    delay = desk.delai_jours
    days = max(len(bars), (delay or 0) + 2)
    step = _WIDE / days
    rects = "".join(
        _bar(day, count / max(bars), step, _colour(day, delay))
        for day, count in enumerate(bars)
        if count
    )
    axis = f'<path d="M0 {_GROUND}H{_WIDE}" stroke="var(--line-strong)"/>'
    return rects + axis + _labels(len(bars) - 1, step, delay) + _limit(step, desk)


def _colour(day: int, delay: int | None) -> str:
    if delay is None:
        return "--step"
    return "--b" if day > delay else "--link" if 2 * day >= delay else "--step"


def _bar(day: int, share: float, step: float, colour: str) -> str:
    height = max(share * _TALL, 2)
    return (
        f'<rect x="{day * step + 1:.1f}" y="{_GROUND - height:.1f}" width="{step - 2:.1f}" '
        f'height="{height:.1f}" fill="var({colour})"/>'
    )


def _labels(last: int, step: float, delay: int | None) -> str:
    """Write the first day, the announced delay and the oldest wait, where they do not touch."""
    written: list[int] = []
    for day in (delay, last, 0):
        if day is not None and all(abs(day - one) * step > _APART for one in written):
            written.append(day)
    return "".join(_label(day, step, more=day == last == _MOST_BARS - 1) for day in sorted(written))


def _label(day: int, step: float, *, more: bool) -> str:
    return (
        f'<text x="{(day + 0.5) * step:.1f}" y="{_GROUND + 15}" font-size="13" '
        f'text-anchor="middle" fill="var(--sec)">{day}{"+" if more else ""}</text>'
    )


def _limit(step: float, desk: BureauLu) -> str:
    if desk.delai_jours is None:
        return ""
    at, late = (desk.delai_jours + 1) * step, desk.depasses
    words = f"délai, {counted(desk.delai_jours, 'jour')}"
    over = (
        f'<text x="{at + 6:.1f}" y="13" font-size="13" font-weight="700" fill="var(--b)">'
        f"{f'{late} en retard'}</text>"
        if late and _WIDE - at > 90
        else ""
    )
    return (
        f'<path d="M{at:.1f} {_GROUND}V2" stroke="var(--text)" stroke-width="1.5" '
        f'stroke-dasharray="2 3" fill="none"/><text x="{at - 6:.1f}" y="13" font-size="13" '
        f'text-anchor="end" fill="var(--text)">{words}</text>{over}'
    )
