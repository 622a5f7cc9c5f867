"""The levers of scenarios: what the law lets choose, why it closes the rest, what it refused."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from iprof_kit.base.words import NBSP
from iprof_kit.calculate.career.question import (
    BONUSES,
    CareerAnswer,
    Lever,
    Refusal,
    Scenario,
    ScenarioAnswer,
)
from iprof_kit.ui.kit.parts import KEYS, Option
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.worded import placed

LEVERS = {
    "quotite": "Temps de travail",
    **{lever: f"Bonification au {step}e échelon" for lever, step in BONUSES.items()},
    "hors_classe": "Hors classe au 1er septembre",
    "classe_exceptionnelle": "Classe exceptionnelle au 1er septembre",
}
NEVER = "jamais"
PAST = "passée"
"""Said of a choice whose decision was already taken."""


@dataclass(frozen=True)
class Choice:
    """One control of one scenario, or why it is closed."""

    key: str
    name: str
    options: tuple[Option, ...] = ()
    closed: str = ""
    refused: bool = False


@dataclass(frozen=True)
class Control:
    """One lever: its name, and a choice for each scenario (or one reason for all)."""

    id: str
    label: str
    hint: str
    choices: tuple[Choice, ...]
    closed: str = ""


def scenario_words(scenario: Scenario, than: Scenario | None = None) -> str:
    """Return what a scenario chooses: « à 80 %, hors classe en 2033 »; nothing where nothing.

    With `than`, what it chooses otherwise than another one.
    """
    other = than or Scenario()
    phrases = []
    for lever, label in LEVERS.items():
        choice, other_choice = getattr(scenario, lever), getattr(other, lever)
        if choice != other_choice:
            phrases.append(_chosen(lever, label, choice))
    return ", ".join(phrases)


def _chosen(lever: str, label: str, value: int | bool | None) -> str:
    if lever == "quotite":
        return f"temps de travail de {100 if value is None else value} %"
    if isinstance(value, bool):
        return f"{'' if value else 'sans '}{label[:1].lower()}{label[1:]}"
    grade = text.grade_words(lever)
    return f"sans {grade}" if value is None else f"{grade} en {value}"


def controls(answer: CareerAnswer, refused: Sequence[Refusal]) -> tuple[Control, ...]:
    """Return a control for each lever of the answer; one reason where all are closed alike."""
    hints = {
        "quotite": f"supposé constant jusqu’en {answer.fin.year}",
        **dict.fromkeys(BONUSES, "un échelon plus court, si elle est accordée"),
    }
    shown = []
    for name, label in LEVERS.items():
        levers = [next((v for v in s.leviers if v.nom == name), None) for s in answer.scenarios]
        if any(lever is None for lever in levers):
            continue
        choices = tuple(
            _choice(key, scenario, lever, refused, answer.situation.date_effet)
            for key, scenario, lever in zip(KEYS, answer.scenarios, levers, strict=False)
            if lever is not None
        )
        reasons = {choice.closed for choice in choices}
        shared = next(iter(reasons)) if len(reasons) == 1 else ""
        hint = "" if shared else hints.get(name, "")
        shown.append(Control(name, label, hint, choices, shared))
    return tuple(shown)


def _choice(
    key: str,
    scenario: ScenarioAnswer,
    lever: Lever,
    refused: Sequence[Refusal],
    since: date | None,
) -> Choice:
    """Return the choice of one scenario; `since` is when her échelon began, after another."""
    name = f"{lever.nom}-{key}"
    if lever.ferme and not lever.passees:
        reason = text.sentence(_after_impossible(lever.ferme))
        left = [text.dated(since, "echelon.since")] if since else []
        return Choice(key, name, closed=placed(reason, *left))
    current = getattr(scenario.scenario, lever.nom)
    if lever.nom == "quotite" and current is None:
        current = 100
    options = tuple(
        Option(_value(v), _label(lever.nom, v), selected=v == current) for v in lever.valeurs
    ) + tuple(
        Option(_value(v), f"{_label(lever.nom, v)} ({PAST})", selected=v == current)
        for v in lever.passees
    )
    hit = any(r.scenario == scenario.scenario.nom and r.levier == lever.nom for r in refused)
    return Choice(key, name, options, refused=hit)


def _after_impossible(reason: str) -> str:
    return reason.removeprefix("Impossible").lstrip(f" .:{NBSP}")


def _value(value: int | bool | None) -> str:
    if isinstance(value, bool):
        return "oui" if value else "non"
    return NEVER if value is None else str(value)


def _label(lever: str, value: int | bool | None) -> str:
    return f"{value}{text.NBSP}%" if lever == "quotite" else _value(value)


def refusal_text(refusal: Refusal) -> tuple[str, str]:
    """Return what was refused, then the rule, the numbers that fail and the first choice."""
    if refusal.levier in BONUSES:
        what = LEVERS[refusal.levier]
    elif refusal.levier == "quotite":
        what = f"{refusal.valeur}{text.NBSP}%"
    else:
        what = f"{text.grade_words(refusal.levier).capitalize()} en {refusal.valeur}"
    kind = "refusée" if what.startswith(("Bonif", "Hors", "Classe")) else "refusé"
    year = refusal.valeur if refusal.levier in ("hors_classe", "classe_exceptionnelle") else None
    reason = text.sentence(refusal.motif)
    first = refusal.premiere_valeur_possible
    if first is not None and str(first) not in reason:
        reason += f" Première année possible : {first}."
    reason = text.seen(reason, year)
    return f"{what} {kind} pour le scénario {refusal.scenario}.", reason
