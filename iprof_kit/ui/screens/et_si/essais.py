"""The scenarios that a person tries, as her carnet keeps them, and what she is writing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from pydantic import ValidationError

from iprof_kit.base.errors import KitError
from iprof_kit.calculate.et_si.answer import EtSiAnswer
from iprof_kit.calculate.et_si.naming import event_text
from iprof_kit.calculate.et_si.question import (
    MOST_EVENTS,
    SENSITIVE_NATURES,
    EtSiQuestion,
    Evenement,
    ScenarioEtSi,
)
from iprof_kit.calculate.interface.bounds import bounds, longest
from iprof_kit.calculate.interface.situation import Situation

MOST_SCENARIOS, LONGEST_NAME = 4, 40
ZONES = range(int(bounds("zone")[0]), int(longest("zone")) + 1)
MOST_CHILDREN = int(longest("enfants_a_l_ecran"))
FIRST = (
    ScenarioEtSi(nom="Rester"),
    ScenarioEtSi(nom="Mon essai"),
)


@dataclass(frozen=True)
class Essais:
    """The scenarios, and the one that is looked at."""

    scenarios: tuple[ScenarioEtSi, ...] = FIRST
    vu: int = 1
    """Rank of the scenario whose events are shown, and which is compared with the first."""

    def with_scenario(self, rank: int, scenario: ScenarioEtSi) -> Essais:
        """Return the same with one scenario replaced."""
        return replace(
            self, scenarios=(*self.scenarios[:rank], scenario, *self.scenarios[rank + 1 :])
        )

    def with_events(self, rank: int, events: tuple[Evenement, ...]) -> Essais:
        """Return the same with the events of one scenario replaced."""
        changed = self.scenarios[rank].model_copy(update={"evenements": events[:MOST_EVENTS]})
        return self.with_scenario(rank, changed)

    def plus(self, scenario: ScenarioEtSi) -> Essais:
        """Return the same with one scenario more, which is looked at."""
        return Essais((*self.scenarios, scenario), len(self.scenarios))


@dataclass(frozen=True)
class Editing:
    """An event being written: where it goes, what is typed, what is wrong."""

    rank: int
    place: int | None
    values: dict[str, str]
    errors: dict[str, KitError] = field(default_factory=dict)
    refused: tuple[str, ...] = ()
    first: date | None = None
    opening: int = 0
    """Which opening of the form it is: the browser drops what it holds of another one."""

    def typed(self, values: Mapping[str, str]) -> Editing:
        """Return the same with what was just typed, nothing being said of it yet."""
        return replace(self, values={**self.values, **values}, errors={}, refused=(), first=None)

    def without(self, rank: int, place: int) -> Editing:
        """Stay on the same event when one is removed: added again where it is that one."""
        if self.rank != rank or self.place is None or self.place < place:
            return self
        return replace(self, place=None if self.place == place else self.place - 1)


@dataclass(frozen=True)
class Drafts:
    """What is being written of the scenarios, and what they were before the last removal."""

    editing: Editing | None = None
    before: Essais | None = None
    unkept: Essais | None = None
    """Scenarios that are kept nowhere: one of them supposes a leave of health."""

    @property
    def of_health(self) -> bool:
        """Whether anything here says something of one’s health."""
        written = self.editing.values.get("nature") if self.editing else None
        every = (one for one in (self.before, self.unkept) if one is not None)
        return written in SENSITIVE_NATURES or any(without_sensitive(one) != one for one in every)


def document_of(essais: Essais) -> dict[str, Any]:
    """Return what the carnet keeps."""
    return {
        "vu": essais.vu,
        "scenarios": [one.model_dump(mode="json", exclude_none=True) for one in essais.scenarios],
    }


def essais_of(document: Mapping[str, Any], first: tuple[ScenarioEtSi, ...] = FIRST) -> Essais:
    """Return the scenarios of a carnet, or the `first` ones before any was kept.

    What cannot be read of an older kit is left out.
    """
    scenarios = [_scenario(one) for one in _list(document.get("scenarios"))]
    kept = tuple(one for one in scenarios if one is not None)[:MOST_SCENARIOS] or first
    rank = document.get("vu")
    return Essais(
        scenarios=kept,
        vu=rank if isinstance(rank, int) and 0 <= rank < len(kept) else min(1, len(kept) - 1),
    )


def described(document: Mapping[str, Any]) -> list[str]:
    """Say the scenarios in short sentences, for a choice between two writings."""
    lines = []
    for one in essais_of(document).scenarios:
        events = " ; ".join(event_text(event) for event in one.evenements)
        lines.append(f"{one.nom} : {events or 'aucun événement'}.")
    return lines


def told_before(document: Mapping[str, Any]) -> dict[str, str]:
    """Return the zone and the children that an older kit kept with the scenarios."""
    zone, children = document.get("zone"), document.get("enfants")
    fields = {}
    if zone in ZONES and zone != ZONES[-1]:
        fields["zone"] = str(zone)
    if isinstance(children, int) and 0 < children <= MOST_CHILDREN:
        fields["enfants"] = str(children)
    return fields


def without_sensitive(essais: Essais) -> Essais:
    """Return the scenarios without what is never kept: a leave of health."""
    return replace(
        essais,
        scenarios=tuple(
            one.model_copy(
                update={
                    "evenements": tuple(
                        e for e in one.evenements if e.nature not in SENSITIVE_NATURES
                    )
                }
            )
            for one in essais.scenarios
        ),
    )


def in_order(events: tuple[Evenement, ...]) -> list[tuple[int, Evenement]]:
    """Return the events with their ranks, in the order of their days."""
    return sorted(enumerate(events), key=lambda one: (one[1].debut or date.min, one[0]))


def compare(question: EtSiQuestion) -> EtSiAnswer:
    """Return the answer of the kit; loaded at the first question, so that screens open at once."""
    from iprof_kit.calculate.et_si.calculation import answer

    return answer(question)


def possible_departure(situation: Situation, today: date) -> date | None:
    """Return the first day on which a person may leave, where it is known; loaded late too."""
    from iprof_kit.calculate.et_si.calculation import possible_departure as first_day

    try:
        return first_day(situation, today)
    except KitError:  # the comparison, asked next, says why
        return None


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _scenario(given: object) -> ScenarioEtSi | None:
    if not isinstance(given, Mapping):
        return None
    events = []
    for one in _list(given.get("evenements"))[:MOST_EVENTS]:
        try:
            events.append(Evenement.model_validate(one))
        except ValidationError:
            continue
    name = given.get("nom")
    name = name.strip()[:LONGEST_NAME] if isinstance(name, str) else ""
    return ScenarioEtSi(nom=name or "Sans nom", evenements=tuple(events))
