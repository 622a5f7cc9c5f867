"""Accueil: where one stands, what comes."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import date

from pydantic import ValidationError

from iprof_kit.base.errors import KitError, Refused
from iprof_kit.calculate.campaigns.movement import with_given
from iprof_kit.calculate.career.question import CareerAnswer
from iprof_kit.calculate.interface.local_time import place_of
from iprof_kit.calculate.mobility.dates import Movement, movement_dates
from iprof_kit.services.contract.cv import CV_LIRE
from iprof_kit.services.contract.dossier import Dossier
from iprof_kit.services.contract.own_file import VISITE_LIRE, VisiteLue
from iprof_kit.services.contract.standing import meetings_foreseen
from iprof_kit.ui.agenda.calendar_file import FILE_NAME, MEDIA_TYPE, agenda
from iprof_kit.ui.agenda.campaign_ends import campaign_ends
from iprof_kit.ui.agenda.coming import Coming
from iprof_kit.ui.components.screen import Download
from iprof_kit.ui.kit.parts import Link, Notice, failed
from iprof_kit.ui.kit.screen import KitScreen, State, intent
from iprof_kit.ui.kit.visiting import Shown, Visit
from iprof_kit.ui.own_situation.reader import OwnReader
from iprof_kit.ui.own_situation.wishes import WishesCarnet
from iprof_kit.ui.screens.accueil.career import (
    last_day_to_ask,
    leaves_soon,
    leaving_dates,
    missed,
    request_to_leave,
)
from iprof_kit.ui.screens.accueil.dates import Ahead, coming_dates, nearest
from iprof_kit.ui.screens.accueil.questions import Known
from iprof_kit.ui.screens.accueil.requests import health_task, requests_ahead
from iprof_kit.ui.screens.accueil.roles import role_home
from iprof_kit.ui.screens.accueil.view import AccueilView, accueil, leaving, mail
from iprof_kit.ui.screens.autres_affectations.choices import own_points
from iprof_kit.ui.screens.autres_parcours.question import states
from iprof_kit.ui.screens.campaigns.reading import read_campaigns
from iprof_kit.ui.screens.demandes.asking import Asked
from iprof_kit.ui.screens.demandes.notes import Notes
from iprof_kit.ui.screens.ma_paie.this_month import month_pay
from iprof_kit.ui.screens.promotions.when import ranges, usual_words
from iprof_kit.ui.screens.rendez_vous.events import coming_events
from iprof_kit.ui.screens.rendez_vous.known import Kept, last_level, running
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.messages import Intent


class Accueil(KitScreen[State]):
    """The first screen; a law that does not cover the file leaves the rest of it."""

    def __init__(self, visit: Visit) -> None:
        super().__init__(visit)
        self._person = OwnReader(visit)
        self._wishes = WishesCarnet(visit, lambda _: ())
        self._meetings = Kept(visit)
        self._requests = Notes(visit)

    def page(self) -> Shown:
        """Return the first screen."""
        who = self._visit.who()
        try:
            file = self._visit.file()
        except Refused as error:
            return "accueil_role", role_home(self._visit, who, str(error))
        dossier = self._visit.dossier()
        ahead, notices = self._ahead(dossier, who.aujourdhui)
        written = {one.champ for one in file.saisies if one.valeur}
        changes = self._changes()
        known = self._known(dossier, ahead.career, changes, who.aujourdhui)
        view = accueil(dossier, ahead, who.aujourdhui, changes, written, known)
        view = self._with_health(view, dossier, who.aujourdhui)
        news = (*view.news, *mail(who.attendus, who.nouveaux or 0))
        return "accueil", replace(view, notices=notices, news=news, leaving=leaving(who))

    @intent("dates_ics")
    def give_dates(self, _asked: Intent) -> None:
        """Give the dates as a file for a calendar."""
        dossier, today = self._visit.dossier(), self._visit.who().aujourdhui
        dates = coming_dates(dossier, self._ahead(dossier, today)[0], today)
        content = agenda(dates, dossier.numero, today)
        self._visit.download = Download(FILE_NAME, MEDIA_TYPE, content)

    def _ahead(self, dossier: Dossier, today: date) -> tuple[Ahead, tuple[Notice, ...]]:
        """Return what comes, and a notice where the projection could not be made."""
        notices: tuple[Notice, ...] = ()
        career = None
        try:
            comparison = self._person.comparison(sourced=True)
            career = comparison.answer() if comparison else None
        except KitError as error:
            notices = (failed(error),)
        movement = Movement()
        if dossier.corps:
            movement = movement_dates(dossier.corps, dossier.departement, dossier.academie, today)
        foreseen = meetings_foreseen(dossier, today)
        procedure: tuple[Coming, ...] = ()
        near: tuple[Link, ...] = ()
        ends: tuple[Coming, ...] = ()
        with suppress(KitError):
            facts = running(dossier, foreseen, self._meetings, today)
            procedure = coming_events(facts) if facts else ()
        with suppress(KitError):  # the dates of the kit are there without it
            read = read_campaigns(self._visit)
            movement = with_given(movement, read.answer.campagnes)
            near = nearest(read.answer.campagnes, read.at)
            ends = campaign_ends(read.answer.campagnes, place_of(dossier.departement), today)
        followed = (*self._followed(dossier, today), *ends)
        asked = self._request_to_leave(dossier, today) if leaves_soon(career, today) else None
        leaving = (
            *leaving_dates(career, self._person.own(), today),
            *last_day_to_ask(asked, today),
        )
        near = (*near, *missed(asked))
        unpaid = () if career else self._person.own().dated
        ahead = Ahead(career, foreseen, movement, procedure, near, followed, leaving, unpaid)
        return ahead, notices

    def _request_to_leave(self, dossier: Dossier, today: date) -> Asked | None:
        with suppress(KitError):
            typed = self._requests.typed()
            return request_to_leave(dossier, typed, self._wishes.load(), today)
        return None

    def _with_health(self, view: AccueilView, dossier: Dossier, today: date) -> AccueilView:
        """Return the screen with what is left to do about the health cover; as it is else."""
        with suppress(KitError):
            wishes = self._wishes.load()
            alert, line = health_task(dossier, self._requests.typed(), wishes, today)
            news = (*view.news, alert) if alert else view.news
            lines = (*view.missing, line) if line else view.missing
            return replace(view, news=news, missing=lines)
        return view

    def _followed(self, dossier: Dossier, today: date) -> tuple[Coming, ...]:
        """Return the dates of the requests that she follows; none where they cannot be read."""
        with suppress(KitError):
            typed = self._requests.typed()
            if typed:
                return requests_ahead(dossier, typed, self._wishes.load(), today)
        return ()

    def _known(
        self,
        dossier: Dossier,
        career: CareerAnswer | None,
        changes: VisiteLue | None,
        today: date,
    ) -> Known:
        """Return what the other screens say of her; what one of them cannot say is left out."""
        known = Known()
        if changes is not None:
            saved = changes.cv_enregistre_le
            day = text.in_paris(saved) if saved else None
            lacks = self._cv_lacks(dossier) if saved else 0
            known = replace(known, has_cv=saved is not None, cv_saved=day, cv_lacks=lacks)
        with suppress(KitError):
            if career is not None:
                pay = month_pay(dossier, career, self._person.typed.pay_values(), today)
                known = replace(known, pay=pay)
        with suppress(KitError):
            if career is not None:
                level = last_level(dossier, self._meetings, today)
                drawing = ranges(career.situation, today, dossier, seed=0, own=level)
                known = replace(known, usual=usual_words(drawing))
        with suppress(KitError):
            wishes = self._wishes.load()
            known = replace(known, points=own_points(dossier, wishes, today))
            known = replace(known, paths=states(dossier, wishes, today))
        return known

    def _cv_lacks(self, dossier: Dossier) -> int:
        """Return how many affectations the saved CV lacks; 0 where it cannot be read."""
        from iprof_kit.cv.dossier import DossierSource
        from iprof_kit.cv.model import Cv
        from iprof_kit.cv.prefill import postings_to_add

        with suppress(KitError, ValidationError):
            read = self._visit.ask(CV_LIRE)
            if read.cv is not None:
                source = DossierSource.of(dossier.model_dump())
                return postings_to_add(Cv.model_validate(read.cv), source)
        return 0

    def _changes(self) -> VisiteLue | None:
        with suppress(KitError):  # the rest of the screen does not need it
            return self._visit.ask(VISITE_LIRE)
        return None
