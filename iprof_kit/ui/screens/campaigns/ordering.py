"""What she does with her wishes on the page of a campaign, by the clock of the server."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from iprof_kit.base.errors import InputError
from iprof_kit.calculate.campaigns.question import CampagneVue
from iprof_kit.ui.kit.carnet import new_key
from iprof_kit.ui.kit.visiting import Visit
from iprof_kit.ui.own_situation.wishes import WishesCarnet
from iprof_kit.ui.screens.autres_affectations.choices import (
    Kept,
    described,
    described_lists,
    restored,
)
from iprof_kit.ui.screens.autres_affectations.start import degree_of, offered_campaigns
from iprof_kit.ui.screens.campaigns import wish_list
from iprof_kit.ui.screens.campaigns.wish_list import Ordered, Shelf, id_of
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.messages import Intent, texts
from iprof_kit.ui.shared.part import Part

UP, DOWN, PLACE = "voeu_monter", "voeu_descendre", "voeu_placer"
ADD, REMOVE, RESTORE = "voeu_ajouter", "voeu_retirer", "voeu_remettre"
CANCEL = "voeu_annuler"
ACTS = (UP, DOWN, PLACE, ADD, REMOVE, RESTORE, CANCEL)
_FARTHEST = 999


@dataclass(frozen=True)
class Done:
    """What the last act did: where the focus goes, what is told, what was typed and refused."""

    turn: int = 0
    form: int = 0
    """Grows with each wish added: the form that adds one is then empty again."""
    focus: str = ""
    aside: str = ""
    error: str = ""
    remedy: str = ""
    typed: tuple[tuple[str, str], ...] = ()
    removed: Kept | None = None
    rank: int = 0

    def value(self, name: str) -> str:
        """Return what was typed in a field and refused."""
        return dict(self.typed).get(name, "")


class Ordering(Part):
    """The wishes of the carnet, changed by one act after the other."""

    keeps = ("done",)

    def __init__(self, visit: Visit) -> None:
        self._visit = visit
        self.carnet = WishesCarnet(visit, self._described)
        self.done = Done()

    def shelf(self, campaign: CampagneVue) -> Shelf | None:
        """Return where the wishes of a campaign are kept; None without wishes."""
        return wish_list.shelf_of(campaign, self._visit.dossier(), self._visit.who().aujourdhui)

    def ordered(self, campaign: CampagneVue, shelf: Shelf) -> Ordered:
        """Return the wishes that count, and what is tried aside."""
        document = self.carnet.load()
        return wish_list.ordered(campaign, shelf, document, self.carnet.saved_at)

    def keep_closing(self, campaign: CampagneVue, shelf: Shelf) -> None:
        """Keep the list of a closing as soon as it is seen: another screen may change it later."""
        document = self.carnet.load()
        kept = wish_list.at_closing(campaign, shelf, document, self.carnet.saved_at)
        if kept is not None and not self.carnet.unsaved:
            self.carnet.write(kept)

    def opened(self) -> None:
        """Forget what the last act did: the screen is opened anew."""
        self.done = Done(self.done.turn + 1, self.done.form + 1)

    def settled(self) -> None:
        """Leave the focus where another act puts it."""
        self.done = replace(self.done, focus="", aside="")

    def act(self, intent: Intent, campaign: CampagneVue) -> None:
        """Do one act.

        Parameters
        ----------
        campaign : CampagneVue
            At the moment of the act, as the server gives it: a page may have been open before the
            closing.
        """
        shelf = self.shelf(campaign)
        if shelf is None:
            return
        values = texts(intent.values)
        last, turn = self.done, self.done.turn + 1
        try:
            document, saved = self.carnet.load(), self.carnet.saved_at
            if intent.name == CANCEL:
                key = values.get("of", "")
                document = wish_list.cancelling(campaign, shelf, document, saved, key)
                self.carnet.write(document)
                self.done = Done(turn, last.form, focus=f"annuler-{id_of(key)}")
                return
            change, done = self._change(intent.name, values, shelf, campaign, last)
            document = wish_list.changed(campaign, shelf, document, saved, change)
        except InputError as error:
            kept = tuple((k, v) for k, v in values.items() if k in ("lieu", "nom", "nature"))
            wrong = text.sentence(error.message)
            self.done = Done(turn, last.form, error=wrong, remedy=error.remedy, typed=kept)
            return
        self.carnet.write(document)
        beside = self.ordered(campaign, shelf).tried is not None
        aside = _kept_aside(campaign) if beside else ""
        form = last.form + (intent.name == ADD)
        self.done = replace(done, turn=turn, form=form, aside=aside)

    def _change(
        self,
        name: str,
        values: Mapping[str, str],
        shelf: Shelf,
        campaign: CampagneVue,
        last: Done,
    ) -> tuple[Callable[[wish_list.Wishes], wish_list.Wishes], Done]:
        key = values.get("of", "")
        if name == ADD:
            one = shelf.wish(values, f"v{new_key()[:8]}")
            return wish_list.adding(shelf, one), Done(focus="voeu-nom voeu-lieu")
        if name == RESTORE and last.removed is not None:
            return wish_list.restoring(last.removed, last.rank), Done(focus="voeu-nom voeu-lieu")
        if name == REMOVE:
            listed = self.ordered(campaign, shelf).may_change
            rank = next((n for n, one in enumerate(listed) if one.key == key), 0)
            gone = next((one for one in listed if one.key == key), None)
            return wish_list.removing(key), Done(focus="remettre", removed=gone, rank=rank)
        by = {UP: -1, DOWN: 1}.get(name) or _steps(values.get("by", ""))
        ways = ("descendre", "monter") if name == DOWN else ("monter", "descendre")
        first = "placer" if name == PLACE else ways[0]
        ids = " ".join(f"{way}-{id_of(key)}" for way in (first, *ways))
        return wish_list.moving(key, by), Done(focus=ids)

    def _described(self, document: Mapping[str, Any]) -> tuple[str, ...]:
        """Say a document in short, so that one of two can be chosen."""
        degre = degree_of(self._visit.dossier().corps)
        if degre is None:
            return described_lists(document)
        years = offered_campaigns(degre, self._visit.who().aujourdhui)
        own = described(restored(degre, document.get(degre), years))
        return (*own, *described_lists(document))


def _steps(by: str) -> int:
    digits = by.removeprefix("-")
    if not (digits.isascii() and digits.isdigit()) or int(digits) > _FARTHEST:
        return 0
    return int(by)


def _kept_aside(campaign: CampagneVue) -> str:
    step = campaign.step(campaign.voeux.jusqu_a) if campaign.voeux else None
    day = f" depuis le {text.day(step.au)}" if step and step.au else ""
    return (
        f"La saisie est close{day} : ce que vous venez de changer est gardé à part. Ce qui était "
        "enregistré ici avant la clôture reste votre liste."
    )
