"""What a person tries on Promotions, as her carnet keeps it: two scenarios, and her own date."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from iprof_kit.calculate.questions import Scenario
from iprof_kit.ui.messages import texts
from iprof_kit.ui.views.career_table import KEYS
from iprof_kit.ui.views.controls import scenario_words

Document = Mapping[str, Any]
_SCENARIOS, _DATE = "scenarios", "date"
_OWN = ("echelon", "chevron", "date_effet")
NAMES = KEYS[:2]


def document_of(scenarios: tuple[Scenario, ...], own: Mapping[str, str] | None) -> dict[str, Any]:
    """Return what the carnet keeps."""
    found: dict[str, Any] = {
        _SCENARIOS: [one.model_dump(mode="json", exclude_defaults=True) for one in scenarios]
    }
    if own is not None:
        found[_DATE] = {name: own[name] for name in _OWN if name in own}
    return found


def scenarios_of(document: Document) -> tuple[Scenario, ...]:
    """Return the two scenarios kept; () where there are none, or none that can be read."""
    given = document.get(_SCENARIOS)
    if not isinstance(given, list) or len(given) != len(NAMES):
        return ()
    try:
        found = [Scenario.model_validate(one) for one in given]
    except ValidationError:
        return ()
    return tuple(
        one.model_copy(update={"nom": name}) for one, name in zip(found, NAMES, strict=True)
    )


def own_date_of(document: Document) -> dict[str, str] | None:
    """Return what was typed in « Ma date est fausse »; None where the file's date is used."""
    given = document.get(_DATE)
    return texts(given) if isinstance(given, Mapping) else None


def described(document: Document) -> tuple[str, ...]:
    """Say the document in short sentences, for a choice between two writings."""
    lines = [
        f"Scénario {one.nom} : {scenario_words(one) or 'aucun choix'}."
        for one in scenarios_of(document)
    ]
    if own := own_date_of(document):
        lines.append(
            f"Votre date : {own.get('date_effet', '')}, {own.get('echelon', '')}e échelon."
        )
    return tuple(lines)
