"""The evaluator's screens: an address or an intent in, the HTML of a screen out."""

from __future__ import annotations

from collections.abc import Callable

from iprof_kit.services.contract.operation import Asks
from iprof_kit.ui.components.screen import Screen
from iprof_kit.ui.kit.notebook import Notebook, screens_of
from iprof_kit.ui.shared.menu import EVALUATION

FIRST, PROJECT = "/evaluation", "/evaluation/projet"
_WAITING = '<p class="sec" role="status">Ouverture de vos projets d’avis.</p>'


class Evaluation(Notebook):
    """The screens of one evaluator."""

    def __init__(self, open_guichet: Callable[[], Asks]) -> None:
        super().__init__(open_guichet, EVALUATION, screens_of(EVALUATION))


def open_evaluation() -> Screen:
    """Return the screens of the evaluator whose session opened this kernel."""
    from iprof_kit.ui.components.guichet import open_guichet

    screens = Evaluation(open_guichet)
    return Screen(screens.handle, html=_WAITING, stay=screens.stay)
