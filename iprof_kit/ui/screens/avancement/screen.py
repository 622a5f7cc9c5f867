"""Les services › Promotions: the list, one tableau or list, a past campaign replayed."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any

from iprof_kit.base.errors import KitError
from iprof_kit.base.words import appreciation_label
from iprof_kit.calculate.campaigns.question import CampagneVue
from iprof_kit.calculate.interface.local_time import place_of
from iprof_kit.ui.kit.parts import Notice
from iprof_kit.ui.kit.screen import intent
from iprof_kit.ui.kit.visiting import Shown, Visit
from iprof_kit.ui.own_situation.posted import own_post
from iprof_kit.ui.screens.avancement.ahead import firsts
from iprof_kit.ui.screens.avancement.listing import AvancementView, avancement_view, without_corps
from iprof_kit.ui.screens.avancement.opinions import Opinions, opinions_of
from iprof_kit.ui.screens.avancement.page import PromotionView, promotion_view
from iprof_kit.ui.screens.avancement.standing import PlaceInCampaign, standing_of
from iprof_kit.ui.screens.avancement.viviers import Replay, replay
from iprof_kit.ui.screens.campaigns.reading import Campaigns, read_campaigns
from iprof_kit.ui.screens.campaigns.screen import RESULT, CampaignScreen
from iprof_kit.ui.screens.rendez_vous.known import Kept, last_level
from iprof_kit.ui.shared.messages import Intent

FUNCTIONS = "fonctions_vivier"
"""The intent that keeps the functions of the viviers, as they are typed."""


class Avancement(CampaignScreen):
    """The services that promote: noted as movements are, with their own pages."""

    def __init__(self, visit: Visit) -> None:
        super().__init__(visit)
        self._meetings = Kept(visit)

    def page(self) -> Shown:
        """Return the list, or the tableau that the address names."""
        if not self._visit.dossier().corps:
            own = own_post(self._visit.dossier(), self._visit.who().aujourdhui)
            return "avancement", without_corps(own.lanes if own else None)
        read = self._campaigns()
        name = self._visit.query.get("campagne", "")
        campaign = self._chosen(read)
        if campaign is not None:
            return "avancement_campagne", self._promotion(campaign, read)
        notices: tuple[Notice, ...] = ()
        if name:
            notices = (
                Notice("Cette campagne n’est pas connue de ce kit.", "Voici celles qui le sont."),
            )
        return "avancement", replace(self._list(read), notices=notices)

    @intent(FUNCTIONS)
    def keep_functions(self, asked: Intent) -> None:
        """Keep functions as they are typed."""
        fields = {k: v for k, v in asked.values.items() if k.startswith("vivier.")}
        self._typed.take_fields(replace(asked, values=fields))

    def note(self, asked: Intent) -> None:
        """Keep a note; a result is noted in its known words."""
        known = asked.name == RESULT
        super().note(replace(asked, values=self._in_words(asked)) if known else asked)

    # What is read.

    def _read(self) -> Campaigns:
        """Return the campaigns of the year, those of every grade where one is named."""
        query = self._visit.query
        grade = "" if query.get("campagne") or query.get("annee") else None
        return read_campaigns(self._visit, self._year(), grade)

    def _chosen(self, read: Campaigns) -> CampagneVue | None:
        """Return the tableau or list of the address; a movement has another page."""
        campaign = read.named(self._visit.query.get("campagne", ""))
        return campaign if campaign and campaign.avancement else None

    def _list(self, read: Campaigns) -> AvancementView:
        campaigns = [one for one in read.answer.campagnes if one.avancement]
        standings = {one.id: self._standing(one) for one in campaigns}
        ranked = sorted(campaigns, key=lambda one: _rank(one, standings[one.id]))
        today = self._visit.who().aujourdhui
        asked_year = bool(self._visit.query.get("annee"))
        ahead = () if asked_year else firsts(self._visit.dossier(), ranked, standings, today)
        return avancement_view(
            ranked, standings, self._opinions(ranked, read), read, self._level(), ahead, today
        )

    def _promotion(self, campaign: CampagneVue, read: Campaigns) -> PromotionView:
        standing = self._standing(campaign)
        page = promotion_view(
            campaign,
            read,
            self._visit,
            place_of(self._visit.dossier().departement),
            standing=standing,
            opinions=self._opinions([campaign], read),
            replayed=self._replay(campaign),
            opened=self.state.opened,
        )
        return self._with_doing(page)

    def _standing(self, campaign: CampagneVue) -> PlaceInCampaign:
        if campaign.avancement and campaign.avancement.viviers:
            return PlaceInCampaign("selon vos fonctions", "")
        today = self._visit.who().aujourdhui
        return standing_of(campaign, self._visit.dossier(), self._ordering.carnet.load(), today)

    def _replay(self, campaign: CampagneVue) -> Replay | None:
        if campaign.avancement is None or not campaign.avancement.viviers:
            return None
        turn = self._typed.turn
        return replay(campaign.annee, self._visit.dossier(), self._typed.typed(), turn)

    def _opinions(self, campaigns: Sequence[CampagneVue], read: Campaigns) -> Opinions:
        return opinions_of(self._visit.dossier(), campaigns, read)

    def _level(self) -> str:
        """Return the appréciation that counts for the hors classe; "" where it is not read."""
        with suppress(KitError):
            today = self._visit.who().aujourdhui
            code = last_level(self._visit.dossier(), self._meetings, today)
            return appreciation_label(code) if code else ""
        return ""

    # What she does.

    def _in_words(self, asked: Intent) -> dict[str, Any]:
        """Return the fields of a result, its outcome first in its words where it is a known one."""
        values = dict(asked.values)
        campaign = self._chosen(self._campaigns())
        known = campaign.avancement.issues if campaign and campaign.avancement else ()
        outcome = values.pop("issue", "")
        parts = (outcome if outcome in known else "", values.get("texte", "").strip())
        values["texte"] = " : ".join(part for part in parts if part)
        return values


def _rank(campaign: CampagneVue, standing: PlaceInCampaign) -> tuple[bool, bool]:
    """Return the place of a campaign: what is open to her first, tableaux before lists."""
    is_list = campaign.avancement is not None and bool(campaign.avancement.parcours)
    return standing.open is not True, is_list
