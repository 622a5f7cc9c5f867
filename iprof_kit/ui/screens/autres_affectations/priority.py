"""A recognised priority: asked with care, never kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from iprof_kit.calculate.mobility.places import Destination
from iprof_kit.ui.kit.fields import IN_MEMORY
from iprof_kit.ui.kit.parts import Option
from iprof_kit.ui.screens.autres_affectations.choices import Choices

_ANSWERS = {
    "": "aucune prise en compte",
    "boe": "obligation d’emploi",
    "dossier": "sur dossier, pour certains vœux",
}


@dataclass(frozen=True)
class PriorityView:
    """The recognised priority: asked with care, held while the page is open."""

    options: tuple[Option, ...]
    wishes: tuple[tuple[str, str, str, bool], ...]
    """Identifier, key, name, ticked; empty where the priority does not depend on the wish."""
    answer: str
    """What the line of the fold says."""
    in_memory: str = IN_MEMORY


def priority_view(choices: Choices, places: Mapping[str, Destination]) -> PriorityView:
    """Return what is asked of a priority; the wishes only where it depends on them."""
    kind = choices.priority.kind
    labels = (
        ("", "Ne pas en tenir compte"),
        ("boe", "Reconnue : bénéficiaire de l’obligation d’emploi"),
        ("dossier", "Reconnue sur dossier, pour certains vœux"),
    )
    named = choices.wishes if kind == "dossier" else ()
    return PriorityView(
        tuple(Option(value, label, value == kind) for value, label in labels),
        tuple(
            (places[key].short, key, places[key].name, key in choices.priority.wishes)
            for key in named
        ),
        _ANSWERS[kind],
    )
