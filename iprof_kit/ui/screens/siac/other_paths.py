"""Autres parcours, with the windows of the competitions: conditions alone open none of them."""

from __future__ import annotations

from iprof_kit.base.errors import KitError
from iprof_kit.calculate.campaigns.question import CampagneVue
from iprof_kit.calculate.paths.competitions import competitions
from iprof_kit.calculate.paths.lines import Overview
from iprof_kit.ui.screens.autres_parcours.rows import OPEN
from iprof_kit.ui.screens.autres_parcours.screen import AutresParcours
from iprof_kit.ui.screens.autres_parcours.view import Registration
from iprof_kit.ui.screens.campaigns.reading import read_campaigns
from iprof_kit.ui.screens.siac.listing import registration
from iprof_kit.ui.screens.siac.windows import OPENED, window, window_words


class OtherPaths(AutresParcours):
    """The other paths of a person; sessions are read as Concours reads them."""

    def windows(self, overview: Overview) -> dict[str, Registration]:
        """Return when one registers for the competitions whose conditions are met, by code."""
        known = frozenset(competitions())
        met = [one.code for one in overview.lines if one.state == OPEN and one.code in known]
        if not met:
            return {}
        sessions: dict[str, CampagneVue] = {}
        try:
            read = read_campaigns(self._visit, competitions=met).answer.campagnes
            sessions = {code: one for one in read for code in one.concours}
        except KitError:  # the conditions are said without them
            pass
        return {code: _registration(sessions.get(code)) for code in met}


def _registration(session: CampagneVue | None) -> Registration:
    return Registration(window_words(session), window(session) == OPENED, registration(session))
