"""The windows of the competitions: published, or those of past years, hatched."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from iprof_kit.base.calendar import add_months_civil, rentree_day, school_year
from iprof_kit.calculate.campaigns.question import CampagneVue, EtapeVue
from iprof_kit.ui.kit.parts import Axis, Lane, Lanes, Look, Stretch
from iprof_kit.ui.screens.campaigns import words

INSCRIPTION = "inscription"
OPENED = "ouverte"
_WINDOWS = {
    OPENED: "inscription ouverte",
    "close": "inscription close",
    "a_venir": "inscription à venir",
}
_MOST = 12
_MONTHS = ((9, "sept."), (1, "janv."), (5, "mai"))


def windows(
    shown: Sequence[tuple[str, str, str, str]], sessions: Mapping[str, CampagneVue], today: date
) -> Lanes | None:
    """Return the figure of some competitions; None where no day of any is known.

    Parameters
    ----------
    shown : sequence of (code, name, state, address)
        Those that she prepares, then those whose conditions are met.
    sessions : mapping
        The session of each competition, by code.
    today : date
    """
    first = rentree_day(school_year(today))
    axis = Axis(first, date(first.year + 2, 1, 1))
    rows = []
    for code, name, state, path in shown[:_MOST]:
        step = inscription(sessions.get(code))
        drawn = tuple(_drawn(axis, step))
        end = _when(step)
        rows.append(Lane(name, drawn, state, end, path))
    if not any(row.stretches for row in rows):
        return None
    rows = list(_together(rows))
    months = [
        date(year, month, 1)
        for year in (first.year, first.year + 1)
        for month, _ in _MONTHS
        if first < date(year, month, 1) <= axis.last
    ]
    names = dict(_MONTHS)
    return Lanes(
        caption="Inscriptions ; hachuré : les semaines d’années passées, qui n’annoncent rien",
        marks=tuple((axis.at(day), f"{names[day.month]} {day.year}") for day in sorted(months)[:4]),
        rows=tuple(rows),
        today=axis.at(today),
        spoken=" ; ".join(f"{row.name}, {row.small} : {row.end}" for row in rows),
    )


def _together(rows: Sequence[Lane]) -> Iterator[Lane]:
    """Yield the lanes, those of one window and one state in one: its first name leads somewhere."""
    alike: dict[tuple[object, ...], list[Lane]] = {}
    for row in rows:
        key = (row.stretches, row.small, row.end) if row.stretches else (row.name,)
        alike.setdefault(key, []).append(row)
    for first, *others in alike.values():
        small = f"et {', '.join(_short_names(first, others))} : {first.small}"
        yield replace(first, small=small) if others else first


def _short_names(first: Lane, others: Sequence[Lane]) -> Iterator[str]:
    """Yield « CAPLP » for « CAPLP, concours interne », as long as no other is called so."""
    heads = [one.name.partition(",")[0] for one in (first, *others)]
    for one in others:
        head = one.name.partition(",")[0]
        yield head if heads.count(head) == 1 else one.name.replace(", ", " ")


def inscription(session: CampagneVue | None) -> EtapeVue | None:
    """Return the step in which one registers."""
    steps = session.etapes if session else ()
    return next((one for one in steps if one.etape == INSCRIPTION), None)


def window(session: CampagneVue | None) -> str:
    """Return what the window of a session is: « ouverte », « close »…, "" where none is known."""
    step = inscription(session)
    return step.etat if step else ""


def window_words(session: CampagneVue | None) -> str:
    """Return « inscription close », « à vérifier » in its usual weeks, « sans date »."""
    if session is not None and session.verifier_maintenant:
        return "à vérifier"
    return _WINDOWS.get(window(session), "sans date")


def _drawn(axis: Axis, step: EtapeVue | None) -> Iterator[Stretch]:
    """Yield the window published, or that of past years, in this school year and in the next."""
    if step is None:
        return
    published = [day for day in (step.du, step.au) if day]
    if published:
        looks: dict[str, Look] = {"ouverte": "now", "close": "done"}
        look = looks.get(step.etat, "coming")
        yield axis.stretch(look, min(published), max(published))
    elif step.habitude:
        for later in (0, 1):
            first = add_months_civil(step.habitude.du, later * 12)
            last = add_months_civil(step.habitude.au, later * 12)
            if first < axis.last and last > axis.first:
                yield axis.stretch("usual", first, last)


def _when(step: EtapeVue | None) -> str:
    if step is None:
        return "dates de l’académie : inconnues"
    if known := words.span(step):
        return known
    return words.weeks(step.habitude) if step.habitude else "dates inconnues"
