"""Who is in front of a screen: her file and what she told on any screen, as one value.

The agenda, the letters and every perspective begin from it. It lives in the process of her page,
where they are made: nothing of it goes to a service that writes to her by itself.
"""

from __future__ import annotations

from contextlib import suppress

from iprof_kit.base.errors import KitError
from iprof_kit.ui.kit.asking import Comparison
from iprof_kit.ui.kit.visiting import Visit
from iprof_kit.ui.own_situation.one import OwnSituation
from iprof_kit.ui.own_situation.told import Told
from iprof_kit.ui.shared.part import Part


class OwnReader(Part):
    """One person on the day of her visit; made anew where the file or what she told has changed.

    Parameters
    ----------
    visit : Visit
        Whose guichet keeps what she told.
    """

    def __init__(self, visit: Visit) -> None:
        self._visit, self.typed = visit, Told(visit)
        self._own: OwnSituation | None = None

    def own(self) -> OwnSituation:
        """Return who she is; what she told and cannot be read now is left out."""
        dossier, today = self._visit.dossier(), self._visit.who().aujourdhui
        pay: dict[str, str] = {}
        pension: dict[str, str] = {}
        with suppress(KitError):
            pay, pension = self.typed.pay_facts(), self.typed.pension_values()
        if self._own is None or not self._own.says(dossier, today, pay, pension):
            self._own = OwnSituation(dossier, today, pay, pension)
        return self._own

    def comparison(self, *, sourced: bool = False) -> Comparison | None:
        """Return the two scenarios that her situation gives, untouched; None without corps."""
        start = self.own().start
        return None if start is None else self._visit.comparison(start, sourced=sourced)
