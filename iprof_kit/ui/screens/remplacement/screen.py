"""Les services › Zone de remplacement: preferences and extension, kept as they are typed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from iprof_kit.calculate.campaigns.question import CampagneVue
from iprof_kit.calculate.interface.local_time import place_of
from iprof_kit.calculate.mobility.territories import extension_rules, preferences
from iprof_kit.services.contract.posts import posts_of
from iprof_kit.ui.kit.carnet import Carnet
from iprof_kit.ui.kit.fields.ordered import as_fields, asked_of, rearranged, typed_lines
from iprof_kit.ui.kit.screen import KitScreen, State, intent
from iprof_kit.ui.kit.visiting import Shown, Visit
from iprof_kit.ui.own_situation.posted import own_post
from iprof_kit.ui.screens.autres_affectations.start import degree_of
from iprof_kit.ui.screens.campaigns.reading import Campaigns, read_campaigns
from iprof_kit.ui.screens.remplacement import kept
from iprof_kit.ui.screens.remplacement.figure import Demand, demands_of, lanes_of
from iprof_kit.ui.screens.remplacement.view import ReplacementView, extension_view, replacement_view
from iprof_kit.ui.shared.messages import Intent
from iprof_kit.ui.shared.worded import joined

LISTS: dict[str, tuple[str, int, tuple[str, ...]]] = {
    "remplacement_preferences": (kept.PREFERENCE, kept.ROOM, (kept.KIND,)),
    "remplacement_lieux": (kept.PLACE, kept.PLACES, ()),
    "remplacement_baremes": (kept.SCORE, kept.SCORES, ("points", kept.TIED)),
}
"""Intent → the part of the carnet that it writes, its lines, their other fields."""
NO_ZONE = "Votre dossier ne dit aucune zone de remplacement."
NOT_HERS = "Les zones de remplacement sont celles des titulaires du second degré."


class Remplacement(KitScreen[State]):
    """What a replacement teacher prepares for the coming rentrée."""

    def __init__(self, visit: Visit) -> None:
        super().__init__(visit)
        self._carnet = Carnet(visit, "remplacement")
        self.carnets = (self._carnet,)

    def _read(self) -> Campaigns:
        """Return the campaigns of the coming rentrée."""
        return self.once("campaigns", lambda: read_campaigns(self._visit))

    def page(self) -> Shown:
        """Return the page of the coming rentrée."""
        dossier = self._visit.dossier()
        if degree_of(dossier.corps) != "2d":
            own = own_post(dossier, self._visit.who().aujourdhui)
            view = ReplacementView(title="Zone de remplacement", lead_strong=NOT_HERS)
            if own:
                view = replace(view, lead_strong=own.strong, lead=NOT_HERS, lanes=own.lanes)
            return "remplacement", view
        year = self._read().answer.annee
        extension = extension_view(
            extension_rules(dossier.academie, year),
            self._typed(kept.PLACE),
            self._typed(kept.SCORE),
        )
        page = replacement_view(
            preferences(dossier.academie, year),
            extension,
            self._typed(kept.PREFERENCE),
            self._campaign(),
            place_of(dossier.departement),
            f"{year}-{self._carnet.turn}",
            posts_of(dossier, self._visit.who().aujourdhui),
        )
        today = self._visit.who().aujourdhui
        posts, own = posts_of(dossier, today), own_post(dossier, today)
        if own:
            dated = joined(" ", filter(None, (page.lead_strong, page.lead)))
            page = replace(page, lead_strong=own.strong, lead=NO_ZONE, lanes=own.lanes, dated=dated)
        return "remplacement", replace(
            page,
            lanes=page.lanes or lanes_of(dossier, posts, self._campaign(), today),
            demands=tuple(self._demands(page)) if posts.zone else (),
            carnet=self._carnet.view(),
            help=self._visit.who().academie.assistance_nom,
        )

    @intent(*LISTS)
    def keep(self, asked: Intent) -> None:
        """Keep a list as typed, or move one of its lines."""
        part, room, others = LISTS[asked.name]
        name = self._part(part)
        fields = {key: value for key, value in asked.values.items() if key != "of"}
        if fields:
            self._carnet.keep(fields, name)
        if moved := asked_of(asked):
            lines = typed_lines(self._carnet.fields(name), room, others)
            self._carnet.keep(as_fields(rearranged(lines, moved), room, others), name)
            self._carnet.turn += 1

    def _typed(self, part: str) -> dict[str, str]:
        return self._carnet.fields(self._part(part))

    def _part(self, part: str) -> str:
        return f"{part}.{self._read().answer.annee}"

    def _demands(self, page: ReplacementView) -> Iterator[Demand]:
        inter = self._campaign("interacademique_2d")
        return demands_of(
            self._campaign(), inter, page.written, page.rules.where if page.rules else ""
        )

    def _campaign(self, service: str = "intra_academique_2d") -> CampagneVue | None:
        known = self._read().answer.campagnes
        return next((one for one in known if one.service == service), None)
