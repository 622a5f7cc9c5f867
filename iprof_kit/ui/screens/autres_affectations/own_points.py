"""The score that a wish has wherever it goes: what the first screen gives before any wish."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from iprof_kit.base.errors import KitError
from iprof_kit.calculate.mobility import places as mobility_places
from iprof_kit.services.contract.dossier import Dossier
from iprof_kit.ui.kit.fields import read_fields
from iprof_kit.ui.own_situation.wishes import children_told
from iprof_kit.ui.screens.autres_affectations.choices import restored
from iprof_kit.ui.screens.autres_affectations.fields import groups
from iprof_kit.ui.screens.autres_affectations.reading import Priority, question_of
from iprof_kit.ui.screens.autres_affectations.start import (
    degree_of,
    offered_campaigns,
    prefilled,
    start_of,
)

_TRIED = 2
"""Wishes asked: what the first of them alone has is not own to every wish."""


def own_points(dossier: Dossier, document: Mapping[str, Any], today: date) -> float | None:
    """Return the points of any wish, from the file and the answers kept; None without score.

    Parameters
    ----------
    document : mapping
        What the carnet keeps of wishes.
    """
    from iprof_kit.ui.screens.autres_affectations.scores import ask_mobility

    degre = degree_of(dossier.corps)
    if degre is None:
        return None
    choices = restored(degre, document.get(degre), offered_campaigns(degre, today))
    start = start_of(dossier, choices.campagne, today)
    if start is None:
        return None
    answers = {**prefilled(start), **children_told(document), **choices.typed}
    read = read_fields(groups(start, answers), answers, today)
    every = mobility_places.places(start.degre, start.campagne)
    keys = tuple(place.key for place in every if not start.own_place(place.key))[:_TRIED]
    try:
        scored = ask_mobility(question_of(start, keys, read, Priority())).voeux
    except KitError:
        return None
    return min((wish.total for wish in scored if wish.complet), default=None)
