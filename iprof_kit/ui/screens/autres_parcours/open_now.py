"""Where the other paths stand, in a word each: the counts that the first screen gives."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from iprof_kit.base.errors import KitError
from iprof_kit.services.contract.dossier import Dossier
from iprof_kit.ui.kit.fields import Read, read_fields
from iprof_kit.ui.own_situation.wishes import completed, told_category
from iprof_kit.ui.screens.autres_parcours.answers import PART
from iprof_kit.ui.screens.autres_parcours.fields import every_group
from iprof_kit.ui.screens.autres_parcours.question import from_file, question_of
from iprof_kit.ui.shared.messages import texts

if TYPE_CHECKING:
    from iprof_kit.calculate.paths.calculation import PathState


def question_for(dossier: Dossier, document: Mapping[str, Any], today: date) -> dict[str, Any]:
    """Return what a file and the answers kept in « voeux » ask about other paths.

    Parameters
    ----------
    dossier : Dossier
    document : mapping
        What the carnet keeps of wishes and of other paths.
    today : date
    """
    kept = document.get(PART)
    given = kept if isinstance(kept, Mapping) else {}
    answers = completed(texts(given.get("reponses")), document)
    filed = from_file(dossier, today, told_category(document))
    return question_of(filed, read_fields(every_group(answers), answers, today))


def states(dossier: Dossier, document: Mapping[str, Any], today: date) -> tuple[PathState, ...]:
    """Return where every path stands, with the answers kept in « voeux »; see `question_for`.

    Raises
    ------
    KitError
        The tables do not cover the file.
    """
    from iprof_kit.calculate.paths.calculation import path_states

    try:
        return path_states(question_for(dossier, document, today))
    except KitError:
        return path_states(question_of(from_file(dossier, today), Read()))
