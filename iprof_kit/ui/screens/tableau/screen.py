"""The prepared tableau for a decision-maker: a campaign, a procedure, a ratio, in one page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pandas as pd

from iprof_kit.analytics.promotions.campaign import Campagne
from iprof_kit.analytics.promotions.example import SOURCE, exemple_extrait
from iprof_kit.analytics.promotions.start import campagne
from iprof_kit.base.clock import paris_today
from iprof_kit.ui.components.guichet import in_the_portal, portal_today
from iprof_kit.ui.components.screen import Answered, Message, Screen
from iprof_kit.ui.kit.guarded import guarded
from iprof_kit.ui.kit.parts import Result
from iprof_kit.ui.screens.tableau.desk import Hide, PromotionDesk
from iprof_kit.ui.screens.tableau.view import keys_of


def open_tableau(
    campaign: Campagne | None = None, hide: Hide | None = None, today: date | None = None
) -> Screen:
    """Return the page of a campaign; by default, a fictitious list of professeurs des écoles.

    Parameters
    ----------
    campaign : Campagne, optional
        Its people, corps, grade, year and source are shown.
    hide : callable, optional
        See `PromotionDesk`; by default, the usual secrecy on a list of one's own, none on the
        fictitious one.
    today : date, optional
        Freezes the day.
    """

    def desk(day: date) -> PromotionDesk:
        if campaign is None:
            return PromotionDesk(fictitious(day), hide or (lambda ages: ages), fictitious=True)
        return PromotionDesk(_of_one_list(campaign, day), hide or _secret_ages)

    followed = _OfTheDay(desk, today)
    return Screen(followed.handle, routed=False, alone=not in_the_portal())


def prepared_keys(today: date) -> tuple[Result, ...]:
    """Return the figures at the head of the fictitious list that `open_tableau` shows."""
    return keys_of(fictitious(today))


def fictitious(today: date) -> Campagne:
    """Return next year's campaign of the fictitious professeurs des écoles."""
    year = today.year + 1
    people = exemple_extrait(annee=year)
    return campagne(
        people, str(people["corps"].iloc[0]), "hors_classe", year,
        suppose="dernier_connu", source=SOURCE, le=today,
    )  # fmt: skip


def _of_one_list(campaign: Campagne, today: date) -> Campagne:
    """Return a campaign as the page shows it: one list, and a rate where none was given.

    What it supposes, its procedure, its rate and its filters are kept; several lists become one,
    at the rate of the tables.
    """
    settings = campaign.reglages
    known = settings.share is not None or isinstance(settings.places, int)
    if known and not campaign.par and isinstance(settings.carried, int):
        return replace(campaign, le=today)
    opened = campagne(
        campaign.gens, campaign.corps, campaign.grade, campaign.annee,
        procedure=settings.procedure, suppose="dernier_connu", source=campaign.source, le=today,
    )  # fmt: skip
    return replace(  # whom it set aside is not among its people any more
        opened, ecartees=campaign.ecartees, refusees=campaign.refusees, filtres=campaign.filtres
    )


class _OfTheDay:
    """A desk that follows the portal's day: it is made ahead, while nobody is concerned yet."""

    def __init__(self, make: Callable[[date], PromotionDesk], frozen: date | None) -> None:
        self._make, self._frozen = make, frozen
        self._day = frozen or paris_today()
        self._desk = make(self._day)

    def handle(self, message: Message) -> str | Answered:
        """Return the HTML that answers a message of the browser; never raises."""
        made: list[PromotionDesk] = []

        def make() -> str:
            made.append(self._of_today(message))
            return ""

        refused = guarded(make)
        return made[0].handle(message) if made else refused

    def _of_today(self, message: Message) -> PromotionDesk:
        day = self._frozen or (portal_today() if message["kind"] == "route" else self._day)
        if day != self._day:
            self._day, self._desk = day, self._make(day)
        return self._desk


def _secret_ages(ages: pd.DataFrame) -> pd.DataFrame:
    from iprof_kit.analytics.publication.masking import masquer

    return masquer(ages, ["age", "sexe"], "promouvables", ["proposes"], marque=None)
