"""The wishes on the page of a campaign: their list, the form that adds one, what was kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from iprof_kit.calculate.campaigns.question import CampagneVue
from iprof_kit.ui.kit.carnet import CarnetView
from iprof_kit.ui.kit.parts import Option
from iprof_kit.ui.screens.campaigns import words
from iprof_kit.ui.screens.campaigns.ordering import Done, Ordering
from iprof_kit.ui.screens.campaigns.reading import Campaigns, Noted, noted
from iprof_kit.ui.screens.campaigns.scores import ScoresView, Wish
from iprof_kit.ui.screens.campaigns.wish_list import (
    Ordered,
    Places,
    Shelf,
    Typed,
    cancel_step,
    closed,
    limit_words,
)
from iprof_kit.ui.shared import text


@dataclass(frozen=True)
class WishesView:
    """The list, the comparison beside it, and what surrounds both.

    Attributes
    ----------
    aside : bool
        Whether the list that counts does not change any more.
    closing : str
        What the closing means for the list.
    places, kinds : tuple of Option
        What the form that adds a wish offers: one of the two is empty.
    """

    scores: ScoresView
    aside: bool = False
    closing: str = ""
    limit: str = ""
    limit_source: str = ""
    verify: bool = False
    places: tuple[Option, ...] = ()
    kinds: tuple[Option, ...] = ()
    done: Done = field(default_factory=Done)
    carnet: CarnetView = field(default_factory=CarnetView)
    kept: tuple[Noted, ...] = ()
    office: str = ""
    no_table: str = ""
    lines_source: str = ""
    cancel: str = ""
    """Where a wish alone is cancelled after the closing, and until when; "" where it is not."""
    tried_limit: str = ""
    """How many wishes are tried aside: the list that counts has its own number."""

    @property
    def rows(self) -> tuple[Wish, ...]:
        """The wishes that count."""
        return self.scores.wishes

    @property
    def labels(self) -> dict[str, str]:
        """What the page calls the fields of the wish looked at, to say two writings."""
        scores, shown = self.scores, self.scores.shown
        if shown is None:
            return {}
        wish = "rang" if scores.ranks else scores.name
        lines = scores.comparison.lines
        labels = {one.field: f"{shown.titre}, {wish}, {one.label}" for one in lines}
        own = {
            one.own_field: f"Votre compte, {wish}, {one.label}" for one in lines if one.own_field
        }
        return labels | own | {one.field: one.title for one in scores.papers}


def wishes_view(
    campaign: CampagneVue,
    shelf: Shelf,
    ordered: Ordered,
    scores: ScoresView,
    ordering: Ordering,
    read: Campaigns,
) -> WishesView:
    """Return what is shown of the wishes of a campaign."""
    limit, verify = limit_words(campaign, shelf, ordered.wishes)
    tried = limit_words(campaign, shelf, ordered.tried)[0] if ordered.tried is not None else ""
    borne = campaign.voeux.borne if campaign.voeux else None
    typed = isinstance(shelf, Typed)
    return WishesView(
        scores,
        ordered.tried is not None,
        _closing(campaign, ordered),
        limit,
        borne.source if borne and typed else "",
        verify,
        tuple(_places(shelf, ordering.done)),
        tuple(_kinds(shelf, ordering.done)),
        ordering.done,
        ordering.carnet.view(),
        tuple(noted(one) for one in read.notes_of(campaign.id) if one.nature == "accuse"),
        campaign.application or "l’administration",
        no_table=_no_table(campaign) if typed else "",
        lines_source=text.sentence(campaign.lignes_source) if typed else "",
        cancel=_cancel(campaign, ordered),
        tried_limit=tried,
    )


def _closing(campaign: CampagneVue, ordered: Ordered) -> str:
    step = campaign.step(campaign.voeux.jusqu_a) if campaign.voeux else None
    if step is None or not closed(campaign):
        return ""
    day = f" depuis le {text.day(step.au)}" if step.au else ""
    kept = "" if ordered.tried is None else "La liste gardée ici à la clôture ne change plus."
    return (
        f"La saisie est close{day} : l’ordre qui compte est celui de "
        f"{campaign.application or 'l’administration'}. {kept}".strip()
    )


def _cancel(campaign: CampagneVue, ordered: Ordered) -> str:
    """Return where one cancels a wish alone, once the list is closed."""
    step = cancel_step(campaign)
    if ordered.tried is None or step is None or step.etat == "close":
        return ""
    until = f", d’ici au {words.last_day(step)}" if step.au else ", à une date inconnue de ce kit"
    place = f" : {step.ou}" if step.ou else ""
    return (
        f"L’annulation d’un seul vœu se demande{until}{place} ; le service décide. Ici, vous la "
        "notez : rien n’est transmis."
    )


def _no_table(campaign: CampagneVue) -> str:
    who = "votre département" if campaign.service.endswith("1d") else "votre académie"
    return (
        f"Ce kit n’a pas le barème de {who} : comptez vos points dans sa circulaire. Les accusés "
        "se comparent à votre compte et entre eux."
    )


def _places(shelf: Shelf, done: Done) -> Iterator[Option]:
    if not isinstance(shelf, Places):
        return
    yield Option("", "Choisir")
    for key, name in shelf.names.items():
        yield Option(key, name, key == done.value("lieu"))


def _kinds(shelf: Shelf, done: Done) -> Iterator[Option]:
    if isinstance(shelf, Typed):
        for key, name in shelf.kinds.items():
            yield Option(key, name, key == done.value("nature"))
