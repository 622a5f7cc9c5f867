"""Les services › Mesure de carte scolaire: the list that she prepares, kept as she types it."""

from __future__ import annotations

from dataclasses import replace

from iprof_kit.base.errors import InputError
from iprof_kit.calculate.campaigns.question import CampagneVue
from iprof_kit.calculate.mobility.territories import ClosedPost, closed_post
from iprof_kit.services.contract.posts import posts_of
from iprof_kit.ui.kit.carnet import Carnet
from iprof_kit.ui.kit.fields import read_past_day
from iprof_kit.ui.kit.fields.ordered import Typed, as_fields, asked_of, rearranged, typed_lines
from iprof_kit.ui.kit.screen import KitScreen, State, intent
from iprof_kit.ui.kit.visiting import Shown, Visit
from iprof_kit.ui.own_situation.posted import own_post
from iprof_kit.ui.screens.autres_affectations.start import degree_of
from iprof_kit.ui.screens.campaigns.reading import Campaigns, read_campaigns
from iprof_kit.ui.screens.carte_scolaire.designated import VOLUNTEER, designated_of
from iprof_kit.ui.screens.carte_scolaire.view import (
    RECEIVED,
    ROOM,
    ClosedPostView,
    closed_post_view,
    filled,
    own_places,
    without_priority,
)
from iprof_kit.ui.screens.remplacement.figure import lanes_of
from iprof_kit.ui.shared.messages import Intent

WISHES, FILL = "carte_voeux", "carte_remplir"
NO_MOVEMENT = "Aucun mouvement de ce kit n’est celui de votre corps."


class CarteScolaire(KitScreen[State]):
    """One list a rentrée; the rules are those of her place, or said to be unknown."""

    def __init__(self, visit: Visit) -> None:
        super().__init__(visit)
        self._carnet = Carnet(visit, "carte_scolaire")
        self.carnets = (self._carnet,)
        self._carnet.labels = {
            f"{name}-{rank}": f"Vœu {rank}, {words}"
            for rank in range(1, ROOM + 1)
            for name, words in (("nature", "ce qu’il désigne"), ("nom", "son nom"))
        } | {RECEIVED: "Courrier reçu le", VOLUNTEER: "Un collègue volontaire"}

    def _read(self) -> Campaigns:
        """Return the campaigns of the coming rentrée."""
        return self.once("campaigns", lambda: read_campaigns(self._visit))

    def page(self) -> Shown:
        """Return the page of the coming rentrée."""
        dossier, degree = self._visit.dossier(), self._degree()
        if degree is None:
            own = own_post(dossier, self._visit.who().aujourdhui)
            view = ClosedPostView(title="Mesure de carte scolaire", lead_strong=NO_MOVEMENT)
            if own:
                view = replace(view, lead_strong=own.strong, lead=NO_MOVEMENT, lanes=own.lanes)
            return "carte_scolaire", view
        post = self._post(degree)
        page = closed_post_view(
            post,
            dossier,
            self._wishes(),
            degree=degree,
            today=self._visit.who().aujourdhui,
            form_key=f"{self._part()}-{self._carnet.turn}",
            received=self._received(),
        )
        today = self._visit.who().aujourdhui
        typed = self._carnet.fields(self._part())
        posts = posts_of(dossier, today)
        if posts.fixed:
            page = replace(page, designated=designated_of(dossier, typed, self._year(), today))
        elif posts.zone:
            page = replace(page, lanes=lanes_of(dossier, posts, self._movement(degree), today))
        elif own := own_post(dossier, today):
            page = replace(page, lead_strong=own.strong, lead=page.lead_strong, lanes=own.lanes)
        help_of = self._visit.who().academie.assistance_nom
        return "carte_scolaire", replace(
            page,
            carnet=self._carnet.view(),
            help=help_of,
            campaign=self._campaign(degree),
        )

    @intent(WISHES, FILL)
    def keep(self, asked: Intent) -> None:
        """Keep the list as typed, move a line, or add the wishes that it lacks."""
        fields = {name: value for name, value in asked.values.items() if name != "of"}
        if fields:
            self._carnet.keep(fields, self._part())
        degree, moved = self._degree(), asked_of(asked)
        if asked.name == FILL and degree:
            places = own_places(self._visit.dossier(), self._visit.who().aujourdhui)
            self._rewrite(filled(self._post(degree), self._wishes(), places))
        elif moved:
            self._rewrite(rearranged(self._wishes(), moved))

    def _rewrite(self, wishes: tuple[Typed, ...] | list[Typed]) -> None:
        self._carnet.keep(as_fields(wishes, ROOM), self._part())
        self._carnet.turn += 1

    def _degree(self) -> str | None:
        return degree_of(self._visit.dossier().corps)

    def _post(self, degree: str) -> ClosedPost:
        dossier = self._visit.dossier()
        levels = [one.kind for one in self._wishes()]
        known = closed_post(
            degree, dossier.departement or "", dossier.academie, self._year(), levels
        )
        zone = posts_of(dossier, self._visit.who().aujourdhui).zone
        return without_priority(known) if zone else known

    def _wishes(self) -> tuple[Typed, ...]:
        return typed_lines(self._carnet.fields(self._part()), ROOM)

    def _received(self) -> tuple[str, InputError | None]:
        typed = self._carnet.fields(self._part()).get(RECEIVED, "")
        if not typed.strip():
            return typed, None
        try:
            read_past_day(typed, self._visit.who().aujourdhui)
        except InputError as error:
            return typed, error
        return typed, None

    def _campaign(self, degree: str) -> str:
        """Return the address of the movement of the coming rentrée where her wishes are entered."""
        chosen = self._movement(degree)
        return f"{chosen.adresse}?campagne={chosen.id}" if chosen else "/services"

    def _movement(self, degree: str) -> CampagneVue | None:
        name = f"intra_{'departemental_1d' if degree == '1d' else 'academique_2d'}"
        known = self._read().answer.campagnes
        return next((one for one in known if one.service == name), None)

    def _year(self) -> int:
        return self._read().answer.annee

    def _part(self) -> str:
        return str(self._year())
