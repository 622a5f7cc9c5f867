"""« Les services »: the list of campaigns, and the page of each movement."""

from __future__ import annotations

from dataclasses import replace

from iprof_kit.calculate.interface.local_time import place_of
from iprof_kit.ui.kit.parts import Notice
from iprof_kit.ui.kit.screen import intent
from iprof_kit.ui.kit.visiting import Shown
from iprof_kit.ui.own_situation.posted import own_post
from iprof_kit.ui.screens.campaigns.screen import MOVEMENT, CampaignScreen
from iprof_kit.ui.screens.services.listing import services_view, with_own_post
from iprof_kit.ui.shared.messages import Intent

NARROW = "services_etat"
_UNKNOWN = Notice("Cette campagne n’est pas connue de ce kit.", "Voici celles qui le sont.")


class Services(CampaignScreen):
    """Everything is read again at each opening; a note is dated by the server."""

    def page(self) -> Shown:
        """Return the list, or the campaign that the address names."""
        return self._at(self._visit.path)

    def _at(self, path: str) -> Shown:
        here = place_of(self._visit.dossier().departement)
        read = self._campaigns()
        campaign = self._chosen(read) if path == MOVEMENT else None
        if campaign is not None:
            return "services_campagne", self._page(campaign, read, here)
        unknown = path == MOVEMENT and self._visit.query.get("campagne")
        own = own_post(self._visit.dossier(), self._visit.who().aujourdhui)
        view = with_own_post(services_view(read, here, self.state.only), own)
        return "services", replace(view, notices=(_UNKNOWN,) if unknown else ())

    @intent(NARROW)
    def narrow(self, asked: Intent) -> None:
        """Show the campaigns of one state."""
        self.state.only = asked.values.get("etat", "")[:10]
