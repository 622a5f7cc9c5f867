"""Vos perspectives › Autres affectations: a map that answers, and wishes in their order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from iprof_kit.base.errors import InputError, Unavailable
from iprof_kit.calculate.interface.local_time import place_of
from iprof_kit.calculate.mobility.added_bars import BarreAjoutee
from iprof_kit.services.contract.bars import BARRES_LIRE, LONGEST_DISCIPLINE
from iprof_kit.services.contract.carnet import SENSITIVE
from iprof_kit.ui.kit.fields import read_fields, told_elsewhere
from iprof_kit.ui.kit.parts import Notice, failed
from iprof_kit.ui.kit.screen import KitScreen, State, intent
from iprof_kit.ui.kit.visiting import Shown, Visit
from iprof_kit.ui.own_situation.children import PLACES
from iprof_kit.ui.own_situation.wishes import WishesCarnet, children_told, told_elsewhere_than
from iprof_kit.ui.screens.autres_affectations.choices import (
    Choices,
    Now,
    described,
    described_lists,
    restored,
    sensitive_of,
    stored,
    without_closings,
)
from iprof_kit.ui.screens.autres_affectations.fields import HELD, groups, names
from iprof_kit.ui.screens.autres_affectations.reading import Priority, discipline_of
from iprof_kit.ui.screens.autres_affectations.scores import Ask, Scorer, ask_mobility
from iprof_kit.ui.screens.autres_affectations.start import (
    SERVICES,
    MovementFacts,
    degree_of,
    offered_campaigns,
    prefilled,
    start_of,
)
from iprof_kit.ui.screens.autres_affectations.view import PlacesView, Turn, no_movement, places_view
from iprof_kit.ui.shared.messages import Intent, texts

Values = Mapping[str, str]
_KIND, _FOR = f"{SENSITIVE}priorite", f"{SENSITIVE}pour-"
"""How a priority is held, and each wish that it is for."""


@dataclass
class Looking(State):
    """The place looked at, and the wish that was just removed, with its rank."""

    looked: str | None = None
    removed: tuple[str, int] | None = None


class AutresAffectations(KitScreen[Looking]):
    """Wishes and answers are kept; a priority and what is of health live with the page alone."""

    def __init__(self, visit: Visit, ask: Ask = ask_mobility) -> None:
        super().__init__(visit)
        self._scorer = Scorer(ask)
        self._carnet = WishesCarnet(visit, self._describe)
        self.carnets = (self._carnet,)

    def page(self) -> Shown:
        """Return the screen."""
        return "autres_affectations", self._view()

    def _view(self) -> PlacesView:
        dossier, who, now = self._visit.dossier(), self._visit.who(), self._now()
        if now is None:
            return no_movement(dossier.corps, dossier.libelle_corps or "")
        read = read_fields(groups(now.start, now.answers), now.answers, who.aujourdhui)
        given, unread = self._given(now.start)
        scored = self._scorer.scored(
            now.start,
            now.choices.wishes,
            tuple(now.places),
            read,
            now.choices.priority,
            given,
            self.state.opened,
        )
        here, looked = place_of(dossier.departement), self._at(now)
        view = places_view(now, scored, read, looked, given, who.academie, here)
        removed = self.state.removed[0] if self.state.removed else ""
        borrowed = [name for name, born in now.children.items() if now.answers.get(name) == born]
        lender = told_elsewhere_than(PLACES, self._carnet.load()).screen
        return replace(
            view,
            notices=(*scored.notices, *unread),
            turn=Turn(self.state.turn, self.state.focus),
            carnet=self._carnet.view(),
            removed=(removed, now.places[removed].name if removed in now.places else ""),
            supposed=told_elsewhere(view.supposed, borrowed, lender),
        )

    def _given(self, start: MovementFacts) -> tuple[tuple[BarreAjoutee, ...], tuple[Notice, ...]]:
        """Return the bars that this installation was given; what cannot be read is said."""
        degre, discipline = start.degre, discipline_of(start)[:LONGEST_DISCIPLINE]

        def read() -> tuple[BarreAjoutee, ...]:
            answer = self._visit.ask(BARRES_LIRE, degre=degre, discipline=discipline)
            return tuple(BarreAjoutee(**one.model_dump()) for one in answer.barres)

        try:
            return self.once(f"{degre} {discipline}", read), ()
        except Unavailable as error:
            return (), (failed(error),)

    def _at(self, now: Now) -> str:
        """Return the place looked at: the last one touched, else wish 1."""
        wishes = now.choices.wishes
        if self.state.looked is None:
            return wishes[0] if wishes else ""
        return self.state.looked if self.state.looked in now.places else ""

    def _now(self) -> Now | None:
        """Return what is tried now; None where the corps has no movement in the tables."""
        dossier, today = self._visit.dossier(), self._visit.who().aujourdhui
        degre = degree_of(dossier.corps)
        if degre is None:
            return None
        campaigns = offered_campaigns(degre, today)
        choices = restored(degre, self._carnet.load().get(degre), campaigns)
        sensitive = {n: v for n, v in self._visit.sensitive.typed().items() if n in HELD}
        answers = {**choices.answers, **sensitive}
        choices = replace(choices, answers=answers, priority=self._priority())
        start = start_of(dossier, choices.campagne, today)
        if start is None:
            return None
        children = children_told(self._carnet.load())
        answers = {**prefilled(start), **children, **choices.typed}
        return Now(start, choices, answers, campaigns, children)

    def _tried(self) -> Now:
        """Return what is tried now, where something may be."""
        now = self._now()
        if now is None:
            raise InputError(
                "aucun mouvement de ce kit n’est celui de votre corps.",
                remedy="Demandez au service de votre corps quel mouvement vous concerne.",
            )
        return now

    def _priority(self) -> Priority:
        """Return the priority held while the page is open."""
        typed = self._visit.sensitive.typed()
        named = tuple(one.removeprefix(_FOR) for one in typed if one.startswith(_FOR))
        return Priority(typed.get(_KIND, ""), named)

    def _hold(self, priority: Priority) -> None:
        """Hold a priority, in memory alone."""
        sensitive = self._visit.sensitive
        sensitive.forget(_KIND, *(one for one in sensitive.typed() if one.startswith(_FOR)))
        sensitive.take({_KIND: priority.kind} | {f"{_FOR}{key}": "oui" for key in priority.wishes})

    @intent("lieu")
    def look(self, asked: Intent) -> None:
        """Look at a place: nothing is kept of it."""
        key = asked.values.get("lieu", "")
        self.state.looked = key if key in self._tried().places else ""

    @intent("voeu_ajouter")
    def add(self, asked: Intent) -> None:
        """Add a wish."""
        now, key = self._tried(), asked.values.get("of", "")
        if now.may_add(key):
            self._keep(now.choices.added(key))
            self.state.looked = key
            self.look_at("lieu-choisi")

    @intent("voeu_retirer")
    def remove(self, asked: Intent) -> None:
        """Remove a wish."""
        now, key = self._tried(), asked.values.get("of", "")
        if key in now.choices.wishes:
            rank = now.choices.wishes.index(key)
            self._keep(now.choices.removed(key))
            self.state.removed = (key, rank)
            self.look_at("remettre")

    @intent("voeu_remettre")
    def restore(self, _asked: Intent) -> None:
        """Put a wish that was removed back at its rank."""
        if self.state.removed is None:
            return
        (key, rank), now = self.state.removed, self._tried()
        if now.may_add(key):
            wishes = now.choices.wishes
            self._keep(replace(now.choices, wishes=(*wishes[:rank], key, *wishes[rank:])))
            self.look_at(f"retirer-{now.places[key].short}")

    @intent("voeu_monter", "voeu_descendre")
    def move(self, asked: Intent) -> None:
        """Move a wish; the focus stays on its button, or goes to the other one at an end."""
        now, key = self._tried(), asked.values.get("of", "")
        if key in now.choices.wishes:
            up = asked.name == "voeu_monter"
            self._keep(now.choices.moved(key, -1 if up else 1))
            ways = ("monter", "descendre") if up else ("descendre", "monter")
            self.look_at(*(f"{way}-{now.places[key].short}" for way in ways))

    @intent("campagne")
    def choose(self, asked: Intent) -> None:
        """Try another campaign."""
        now, wanted = self._tried(), asked.values.get("campagne", "")
        year = next((year for year in now.campaigns if str(year) == wanted), None)
        if year is not None:
            self._keep(replace(now.choices, campagne=year))
            self.look_at(f"campagne-{year}")

    @intent("reponses")
    def take(self, asked: Intent) -> None:
        """Take the answers typed."""
        now, values = self._tried(), texts(asked.values)
        shown = names(now.start, values)
        typed = {name: values[name].strip() for name in shown if name in values}
        given = {**prefilled(now.start), **now.children}
        self._keep(now.choices.answered(typed, given))

    @intent("reponses_dossier")
    def come_back(self, _asked: Intent) -> None:
        """Come back to what the file says; the wishes stay."""
        self._keep(self._tried().choices.as_filed())
        self.look_at("suppose")

    @intent("priorite")
    def prefer(self, asked: Intent) -> None:
        """Take the priority that was recognised."""
        choices, kind = self._tried().choices, asked.values.get(_KIND, "")
        named = tuple(key for key in choices.wishes if asked.values.get(f"{_FOR}{key}") == "oui")
        chosen = Priority(kind, named) if kind in ("boe", "dossier") else Priority()
        self._keep(replace(choices, priority=chosen))

    @intent("tout_effacer")
    def erase(self, _asked: Intent) -> None:
        """Forget the wishes and the answers; a list that was closed stays."""
        now = self._tried()
        self.state.removed = self.state.looked = None
        self._hold(Priority())
        self._visit.sensitive.forget(*HELD)
        kept = without_closings(self._carnet.load(), SERVICES[now.start.degre])
        self._carnet.write({**kept, now.start.degre: {}})
        self.look_at("lieu-choisi")

    def _keep(self, choices: Choices) -> None:
        """Keep what the person chose; what is sensitive of it is held while the page is open."""
        self.state.removed = None
        self._hold(choices.priority)
        self._visit.sensitive.forget(*HELD)
        self._visit.sensitive.take(sensitive_of(choices))
        self._carnet.write({**self._carnet.load(), choices.degre: stored(choices)})

    def _describe(self, document: Mapping[str, Any]) -> tuple[str, ...]:
        now = self._now()
        if now is None:
            return ()
        degre = now.start.degre
        own = described(restored(degre, document.get(degre), now.campaigns))
        return (*own, *described_lists(document))
