"""The two scenarios of a screen: first proposal, reading of the controls, refused choices."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from iprof_kit.calculate.career.question import (
    CareerAnswer,
    CareerQuestion,
    Eligibility,
    Refusal,
    Scenario,
    ScenarioAnswer,
    Step,
)
from iprof_kit.calculate.interface.situation import Situation
from iprof_kit.ui.kit.levers import moved, read

Calculate = Callable[[CareerQuestion], CareerAnswer]
Reasoned = TypeVar("Reasoned", Step, Eligibility)


def calculate(question: CareerQuestion) -> CareerAnswer:
    """Return the answer of the kit; loaded at the first question, so that screens open at once."""
    from iprof_kit.calculate.career.calculation import answer

    return answer(question)


@dataclass
class Comparison:
    """Two scenarios on one situation, and the refusals of the last change.

    `alone` names the only scenario where another person holds the other. `proposes`: B begins with
    the first open promotion, else as A does. `sourced`: every step comes with its texts.
    """

    situation: Situation
    today: date
    ask: Calculate = calculate
    alone: str = ""
    proposes: bool = True
    sourced: bool = True
    scenarios: tuple[Scenario, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    opened: tuple[str, ...] = ()
    """The reasons that were opened: they alone are calculated."""
    _answer: CareerAnswer | None = field(default=None, repr=False)

    def answer(self) -> CareerAnswer:
        """Return the answer to the current scenarios, asked once."""
        if not self.scenarios:
            self.scenarios = self._proposal()
        if self._answer is None:
            self._answer = self._question(self.scenarios)
        return self._answer

    def open(self, reason: str) -> None:
        """Have one more reason calculated: the ISO day of a step, or the code of a grade."""
        answer = self.answer()
        days = {step.date.isoformat() for one in answer.scenarios for step in one.etapes}
        grades = {one.grade for one in answer.eligibilites}
        if reason in days | grades and reason not in self.opened:
            self.opened += (reason,)
            self._answer = _with_reason(answer, self._question(self.scenarios, (reason,)))

    def change(self, values: Mapping[str, str], changed: str) -> None:
        """Take the controls as they stand; a refused choice keeps its last valid value."""
        before = self.answer().scenarios
        wanted = tuple(_read(values, shown) for shown in before)
        answer = self._question(wanted)
        refusals = tuple(r for s in answer.scenarios for r in s.refus)
        if refusals:
            just = moved(changed, wanted)
            own = tuple(r for r in refusals if (r.levier, r.scenario) in just)
            self.refusals = own or refusals
            answer = self._question(_mended(wanted, before, self.refusals, undo=bool(own)))
        else:
            self.refusals = ()
        self.scenarios = tuple(s.scenario for s in answer.scenarios)
        self._answer = answer

    def _question(
        self, scenarios: tuple[Scenario, ...], reasons: tuple[str, ...] | None = None
    ) -> CareerAnswer:
        """Ask the kit, with every reason that is open; or with these alone."""
        return self.ask(
            CareerQuestion(
                situation=self.situation,
                scenarios=scenarios,
                aujourdhui=self.today,
                textes=self.sourced,
                raisons=self.opened if reasons is None else reasons,
            )
        )

    def _proposal(self) -> tuple[Scenario, ...]:
        """Return A as things stand, and B with the first open promotion, if any."""
        alone = self.ask(CareerQuestion(situation=self.situation, aujourdhui=self.today))
        plain = alone.scenarios[0].scenario.model_copy(update={"nom": self.alone or "A"})
        if self.alone:
            return (plain,)
        for lever in alone.scenarios[0].leviers if self.proposes else ():
            if lever.ferme or lever.nom not in {"hors_classe", "classe_exceptionnelle"}:
                continue
            first = next((v for v in lever.valeurs if v is not None), None)
            if first is not None:
                return plain, plain.model_copy(update={"nom": "B", lever.nom: first})
        return plain, plain.model_copy(update={"nom": "B"})


def _with_reason(shown: CareerAnswer, asked: CareerAnswer) -> CareerAnswer:
    """Return an answer with the reasons that the same question gave besides its own."""
    scenarios = tuple(
        before.model_copy(update={"etapes": tuple(map(_explained, before.etapes, after.etapes))})
        for before, after in zip(shown.scenarios, asked.scenarios, strict=True)
    )
    grades = tuple(map(_explained, shown.eligibilites, asked.eligibilites))
    return shown.model_copy(update={"scenarios": scenarios, "eligibilites": grades})


def _explained(before: Reasoned, after: Reasoned) -> Reasoned:
    return after if after.explication else before


def _mended(
    wanted: tuple[Scenario, ...],
    before: tuple[ScenarioAnswer, ...],
    refusals: tuple[Refusal, ...],
    *,
    undo: bool,
) -> tuple[Scenario, ...]:
    """Return the scenarios without the refused choices.

    The choice just made comes back to its last valid value (`undo`); one that another lever has
    made impossible takes the first value possible.
    """
    mended = {scenario.nom: scenario for scenario in wanted}
    old = {answer.scenario.nom: answer.scenario for answer in before}
    for refusal in refusals:
        last = getattr(old[refusal.scenario], refusal.levier)
        value = last if undo else refusal.premiere_valeur_possible
        change: dict[str, object] = {refusal.levier: value}
        mended[refusal.scenario] = mended[refusal.scenario].model_copy(update=change)
    return tuple(mended.values())


def _read(values: Mapping[str, str], shown: ScenarioAnswer) -> Scenario:
    """Return a scenario from the controls; what is absent or unknown stays as it was."""
    new = shown.scenario.model_copy(update=read(values, shown))
    past = any(getattr(new, lever.nom) in lever.passees for lever in shown.leviers)
    return new.model_copy(update={"contrefactuel": past})
