"""What a person tries on Promotions, as her carnet keeps it: two scenarios."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from iprof_kit.calculate.career.question import Scenario
from iprof_kit.ui.kit.controls import scenario_words
from iprof_kit.ui.kit.parts import KEYS

Document = Mapping[str, Any]
_SCENARIOS = "scenarios"
_NAMES = KEYS[:2]


def document_of(scenarios: tuple[Scenario, ...]) -> dict[str, Any]:
    """Return what the carnet keeps."""
    return {_SCENARIOS: [one.model_dump(mode="json", exclude_defaults=True) for one in scenarios]}


def scenarios_of(document: Document) -> tuple[Scenario, ...]:
    """Return the two scenarios kept; () where there are none, or none that can be read."""
    given = document.get(_SCENARIOS)
    if not isinstance(given, list) or len(given) != len(_NAMES):
        return ()
    try:
        scenarios = [Scenario.model_validate(one) for one in given]
    except ValidationError:
        return ()
    return tuple(
        one.model_copy(update={"nom": name}) for one, name in zip(scenarios, _NAMES, strict=True)
    )


def described(document: Document) -> tuple[str, ...]:
    """Say the document in short sentences, for a choice between two writings."""
    return tuple(
        f"Scénario {one.nom} : {scenario_words(one) or 'aucun choix'}."
        for one in scenarios_of(document)
    )
