"""The wishes on the page of a campaign: their list, the form that adds one, what was kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from iprof_kit.calculate.campaigns.question import CampagneVue
from iprof_kit.ui.fields.carnet_view import CarnetView
from iprof_kit.ui.screens.services.ordering import Done, Ordering, id_of
from iprof_kit.ui.screens.services.reading import Campaigns, Noted, noted
from iprof_kit.ui.screens.services.scores import ScoresView, Wish
from iprof_kit.ui.screens.services.wish_list import (
    Ordered,
    Places,
    Shelf,
    Typed,
    closed,
    limit_words,
)
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.parts import Option


@dataclass(frozen=True)
class Row:
    """One wish and what may be done with it; `id` names its buttons."""

    wish: Wish
    id: str


@dataclass(frozen=True)
class WishesView:
    """The list, the comparison beside it, and what surrounds both.

    Attributes
    ----------
    rows : tuple of Row
        The wishes that count.
    tried : tuple of Row
        After the closing: what is tried aside.
    aside : bool
        Whether the list that counts does not change any more.
    closing : str
        What the closing means for the list.
    places, kinds : tuple of Option
        What the form that adds a wish offers: one of the two is empty.
    """

    scores: ScoresView
    rows: tuple[Row, ...] = ()
    tried: tuple[Row, ...] = ()
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

    @property
    def labels(self) -> dict[str, str]:
        """What the page calls the fields of the wish looked at, to say two writings."""
        scores, shown = self.scores, self.scores.shown
        if shown is None:
            return {}
        wish = "rang" if scores.ranks else scores.name
        labels = {one.field: f"{shown.titre}, {wish}, {one.label}"
                  for one in scores.comparison.lines}  # fmt: skip
        own = {one.own_field: f"Votre compte, {wish}, {one.label}"
               for one in scores.comparison.lines if one.own_field}  # fmt: skip
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
    limit, verify = limit_words(campaign, shelf, ordered.may_change)
    borne = campaign.voeux.borne if campaign.voeux else None
    typed = isinstance(shelf, Typed)
    return WishesView(
        scores,
        tuple(Row(one, id_of(one.key)) for one in scores.wishes),
        tuple(Row(one, id_of(one.key)) for one in scores.tried),
        ordered.tried is not None,
        _closing(campaign, ordered),
        text.french(limit),
        text.french(borne.source) if borne and typed else "",
        verify,
        tuple(_places(shelf, ordering.done)),
        tuple(_kinds(shelf, ordering.done)),
        ordering.done,
        ordering.carnet.view(),
        tuple(noted(one) for one in read.notes_of(campaign.id) if one.nature == "accuse"),
        campaign.application or "l’administration",
        _no_table(campaign) if typed else "",
        text.sentence(campaign.lignes_source) if typed else "",
    )


def _closing(campaign: CampagneVue, ordered: Ordered) -> str:
    step = campaign.step(campaign.voeux.jusqu_a) if campaign.voeux else None
    if step is None or not closed(campaign):
        return ""
    day = f" depuis le {text.day(step.au)}" if step.au else ""
    kept = "" if ordered.tried is None else "La liste gardée ici à la clôture ne change plus."
    return text.french(
        f"La saisie est close{day} : l’ordre qui compte est celui de "
        f"{campaign.application or 'l’administration'}. {kept}".strip()
    )


def _no_table(campaign: CampagneVue) -> str:
    who = "votre département" if campaign.service.endswith("1d") else "votre académie"
    return text.french(
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
