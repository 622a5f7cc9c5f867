"""The prepared tableau for a decision-maker: a campaign, a procedure, a ratio, in one page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pandas as pd

from iprof_kit.analytics.promotions.campaign import Campagne
from iprof_kit.analytics.promotions.catalogue import procedures
from iprof_kit.analytics.promotions.example import SOURCE, exemple_promouvables
from iprof_kit.analytics.promotions.start import campagne
from iprof_kit.base.clock import paris_today
from iprof_kit.base.errors import KitError
from iprof_kit.ui.components.guichet import in_the_portal, portal_today
from iprof_kit.ui.components.screen import Message, Screen
from iprof_kit.ui.screens.tableau.view import Key, TableauView, keys_of, tableau
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.guarded import guarded
from iprof_kit.ui.shared.messages import texts, word
from iprof_kit.ui.shared.parts import Field, Option
from iprof_kit.ui.shared.render import render

NOTEBOOK = "tableau_promotions.ipynb"
Hide = Callable[[pd.DataFrame], pd.DataFrame]
_FIELD_OF = {"taux": "taux", "report": "report", "procedure": "procedure"}


class PromotionDesk:
    """A list of promouvables of one corps and one year, ranked as the person asks.

    Parameters
    ----------
    table : DataFrame
        See `campagne`.
    corps, grade, annee
        The campaign.
    source : str
        What the table was read from.
    today : date
    hide : callable
        Puts statistical secrecy on the counts by age (`Campagne.pyramide`): a count made missing
        shows « secret ».
    origin : Campagne, optional
        The campaign whose people these are: whom it set aside is told too.
    """

    def __init__(
        self,
        table: pd.DataFrame,
        corps: str,
        grade: str,
        annee: int,
        source: str,
        today: date,
        hide: Hide = lambda ages: ages,
        origin: Campagne | None = None,
    ) -> None:
        self._hide = hide
        self._values = {"procedure": "", "taux": "", "report": ""}
        self._errors: dict[str, KitError] = {}
        self._expanded = False
        self._campaign = campagne(
            table, corps, grade, annee, suppose="dernier_connu", source=source, le=today
        )
        if origin is not None:  # whom it set aside is not among its people any more
            self._campaign = replace(
                self._campaign, ecartees=origin.ecartees, refusees=origin.refusees
            )
        self._shown = self._campaign
        known = procedures()
        self._names = dict(zip(known["id"], known["titre"], strict=True))
        self._operations = dict(zip(known["id"], known["operation"], strict=True))

    def handle(self, message: Message) -> str:
        """Return the HTML that answers a message of the browser; never raises."""
        return guarded(lambda: self._handle(message))

    def _handle(self, message: Message) -> str:
        name = word(message.get("name")) if message["kind"] == "intent" else ""
        if name == "perimetre":
            self._values |= texts(message.get("values"))
            self._calculate()
        elif name in ("deplier", "replier"):
            self._expanded = name == "deplier"
        return render("tableau", self._view(), notebook=NOTEBOOK)

    def _calculate(self) -> None:
        """Take the perimeter as it was asked; what is wrong is told, the last tables stay."""
        self._errors = {}
        asked = self._campaign
        try:
            if self._values["procedure"]:
                asked = asked.et_si(procedure=self._values["procedure"])
            if self._values["taux"].strip():
                asked = asked.et_si(taux=self._values["taux"])
            if self._values["report"].strip():
                asked = asked.et_si(report=self._values["report"])
            asked.classement()
        except KitError as error:
            self._errors[_FIELD_OF.get(error.where, "procedure")] = error
            return
        self._shown = asked

    def _view(self) -> TableauView:
        ages = self._hide(self._shown.pyramide())
        return tableau(self._shown, self._fields(), expanded=self._expanded, ages=ages)

    def _fields(self) -> tuple[Field, ...]:
        chosen = self._values["procedure"] or self._campaign.procedure.id
        possible = [
            Option(name, label, name == chosen)
            for name, label in self._names.items()
            if self._operations[name] == self._campaign.grade
        ]
        return (
            self._field("procedure", "Procédure", options=tuple(possible)),
            self._field("taux", "Taux (%)"),
            self._field("report", "Décimale reportée"),
        )

    def _field(self, name: str, label: str, options: tuple[Option, ...] = ()) -> Field:
        wrong = self._errors.get(name)
        return Field(
            name,
            label,
            self._values[name],
            numeric=not options,
            options=options,
            optional=not options,
            error=text.sentence(wrong.message) if wrong else "",
            remedy=text.french(wrong.remedy) if wrong else "",
        )


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
            return PromotionDesk(
                exemple_promouvables(annee=day.year + 1),
                "pe",
                "hors_classe",
                day.year + 1,
                SOURCE,
                day,
                hide or (lambda ages: ages),
            )
        return PromotionDesk(
            campaign.gens,
            campaign.corps,
            campaign.grade,
            campaign.annee,
            campaign.source,
            day,
            hide or _secret_ages,
            campaign,
        )

    followed = _OfTheDay(desk, today)
    return Screen(followed.handle, routed=False, alone=not in_the_portal())


def prepared_keys(today: date) -> tuple[Key, ...]:
    """Return the figures at the head of the fictitious list that `open_tableau` shows."""
    year = today.year + 1
    prepared = campagne(
        exemple_promouvables(annee=year), "pe", "hors_classe", year,
        suppose="dernier_connu", source=SOURCE, le=today,
    )  # fmt: skip
    return keys_of(prepared)


class _OfTheDay:
    """A desk that follows the portal's day: it is made ahead, while nobody is concerned yet."""

    def __init__(self, make: Callable[[date], PromotionDesk], frozen: date | None) -> None:
        self._make, self._frozen = make, frozen
        self._day = frozen or paris_today()
        self._desk = make(self._day)

    def handle(self, message: Message) -> str:
        """Return the HTML that answers a message of the browser; never raises."""
        return guarded(lambda: self._of_today(message).handle(message))

    def _of_today(self, message: Message) -> PromotionDesk:
        day = self._frozen or (portal_today() if message["kind"] == "route" else self._day)
        if day != self._day:
            self._day, self._desk = day, self._make(day)
        return self._desk


def _secret_ages(ages: pd.DataFrame) -> pd.DataFrame:
    from iprof_kit.analytics.publication.masking import masquer

    return masquer(ages, ["age", "sexe"], "promouvables", ["proposes"], marque=None)
