"""The levers of an instrument: few, in sight, applied at once to scenario B (hours: to both)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from iprof_kit.calculate.career.question import (
    BONUSES,
    CareerAnswer,
    Lever,
    LeverName,
    Scenario,
    ScenarioAnswer,
)
from iprof_kit.ui.kit.controls import LEVERS, NEVER
from iprof_kit.ui.shared import text

GAINED = "gagne"
"""One control for the years gained by all the bonifications."""
_GRADES = ("hors_classe", "classe_exceptionnelle")
_FEW = 3
"""Years that are buttons rather than a range."""


@dataclass(frozen=True)
class Proposal:
    """A value that may be taken at once: « excellent 2035 »; no value: it cannot be chosen."""

    label: str
    shown: str
    value: str = ""
    taken: bool = False


@dataclass(frozen=True)
class Dial:
    """A lever of many years, the last place being « jamais »."""

    name: str
    label: str
    now: str
    first: int
    last: int
    value: int
    never: str = NEVER
    proposals: tuple[Proposal, ...] = ()


@dataclass(frozen=True)
class Segment:
    """One button of a lever; `closed`: shown, not offered."""

    value: str
    label: str
    selected: bool = False
    closed: bool = False


@dataclass(frozen=True)
class Segmented:
    """A lever of few values."""

    name: str
    legend: str
    options: tuple[Segment, ...]
    note: str = ""
    now: str = ""


Controls = tuple[Dial | Segmented, ...]


def levers(answer: CareerAnswer, usual: Mapping[str, str] | None = None) -> Controls:
    """Return the levers of two scenarios of one person, four at most.

    `usual` gives the year of the next grade that is usual for each appréciation.
    """
    shown = answer.scenarios[-1]
    known: dict[str, Lever] = {lever.nom: lever for lever in shown.leviers}
    controls: list[Dial | Segmented] = []
    next_grade = next((name for name in _GRADES if _open(known.get(name))), None)
    if next_grade:
        controls.append(_years(shown, known[next_grade], usual or {}))
    gained = [name for name in BONUSES if _open(known.get(name))]
    if gained:
        controls.append(_gained(shown.scenario, gained))
    controls.append(_hours(answer, known["quotite"]))
    last = known.get("classe_exceptionnelle")
    if next_grade == "hors_classe" and last is not None:
        controls.append(_last_grade(shown.scenario, last))
    return tuple(controls)


def _open(lever: Lever | None) -> bool:
    return lever is not None and not lever.ferme and any(v for v in lever.valeurs)


def _years(shown: ScenarioAnswer, lever: Lever, usual: Mapping[str, str]) -> Dial | Segmented:
    current: int | None = getattr(shown.scenario, lever.nom)
    years = [v for v in lever.valeurs if v is not None]
    if current in lever.passees:  # a past decision supposed otherwise stays in sight
        years = sorted({*years, *lever.passees})
    name = f"{lever.nom}-{shown.scenario.nom}"
    label = text.grade_words(lever.nom).capitalize()
    now = NEVER if current is None else str(current)
    if len(years) <= _FEW:
        segments = [Segment(str(y), str(y), y == current) for y in years]
        segments.append(Segment(NEVER, NEVER, current is None))
        return Segmented(name, label, tuple(segments))
    proposals = tuple(
        Proposal(words, year, year if year in map(str, years) else "", year == now)
        for words, year in usual.items()
    )
    never = max(years) + 1
    return Dial(name, label, now, min(years), never, current or never, proposals=proposals)


def _gained(scenario: Scenario, names: Sequence[LeverName]) -> Segmented:
    current = "".join(BONUSES[name] for name in names if getattr(scenario, name)) or "0"
    if len(names) == 1:
        place = BONUSES[names[0]]
        legend, words = f"Bonification au {place}e échelon", {"0": "non", place: "oui, si accordée"}
    else:
        legend = "Bonification, si accordée"
        places = [BONUSES[name] for name in names]
        words = {"0": "non", **{one: f"au {one}e" for one in places}, "".join(places): "les deux"}
    segments = tuple(Segment(value, label, value == current) for value, label in words.items())
    return Segmented(f"{GAINED}-{scenario.nom}", legend, segments)


def _hours(answer: CareerAnswer, lever: Lever) -> Segmented:
    shares = [one.scenario.quotite or answer.situation.quotite for one in answer.scenarios]
    alike = len(set(shares)) == 1
    values = sorted({int(v) for v in lever.valeurs if v} | set(shares))
    segments = tuple(Segment(str(v), str(v), alike and v == shares[0]) for v in values)
    note = "" if alike else f"Différent : {shares[0]} % pour A, {shares[-1]} % pour B."
    return Segmented("quotite", "Temps de travail, en %", segments, note)


def _last_grade(scenario: Scenario, lever: Lever) -> Segmented:
    """Return the last grade as two buttons: never, or its first year (and the one chosen)."""
    current, name = scenario.classe_exceptionnelle, f"classe_exceptionnelle-{scenario.nom}"
    years = [v for v in lever.valeurs if v]
    segments = [Segment(NEVER, NEVER, current is None)]
    if years:
        segments.append(Segment(str(years[0]), f"dès {years[0]}", current == years[0]))
    else:
        words = "pas à ce rythme" if scenario.hors_classe else "hors classe d’abord"
        segments.append(Segment("", words, closed=True))
    if current is not None and current not in years[:1]:
        segments.append(Segment(str(current), str(current), selected=True))
    return Segmented(name, "Classe exceptionnelle", tuple(segments))


def read(values: Mapping[str, str], shown: ScenarioAnswer) -> dict[str, object]:
    """Return what the controls set of a scenario; what is absent or unknown stays as it was."""
    old, settings = shown.scenario, dict[str, object]()
    for lever in LEVERS:
        typed = values.get(f"{lever}-{old.nom}")
        if typed is None and lever == "quotite":
            typed = values.get(lever)
        if typed is None:
            continue
        if lever in BONUSES:
            settings[lever] = typed == "oui"
        elif typed.isdigit() and len(typed) <= 4:
            settings[lever] = int(typed)
        elif lever != "quotite":
            settings[lever] = None
    gained = values.get(f"{GAINED}-{old.nom}")
    if gained is not None:
        free = {lever.nom for lever in shown.leviers if not lever.ferme}
        settings |= {name: place in gained for name, place in BONUSES.items() if name in free}
    return settings


def moved(changed: str, scenarios: Sequence[Scenario]) -> set[tuple[str, str]]:
    """Return each lever that a control moves, with the scenario."""
    lever, _, key = changed.rpartition("-")
    if changed == "quotite":
        return {(changed, one.nom) for one in scenarios}
    return {(name, key) for name in (BONUSES if lever == GAINED else (lever,))}
