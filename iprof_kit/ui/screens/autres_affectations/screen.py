"""Vos perspectives › Autres affectations: a map that answers, and wishes in their order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from iprof_kit.base.errors import Unavailable
from iprof_kit.calculate.interface.local_time import place_of
from iprof_kit.calculate.mobility import places as mobility_places
from iprof_kit.calculate.mobility.added_bars import BarreAjoutee
from iprof_kit.services.contract.bars import BARRES_LIRE, LONGEST_DISCIPLINE
from iprof_kit.services.contract.carnet import SENSITIVE
from iprof_kit.ui.fields.asked import read_fields
from iprof_kit.ui.own_situation.children import PLACES
from iprof_kit.ui.own_situation.wishes import WishesCarnet, children_told, told_elsewhere_than
from iprof_kit.ui.screens.autres_affectations.choices import (
    Choices,
    described,
    restored,
    sensitive_of,
    stored,
)
from iprof_kit.ui.screens.autres_affectations.fields import HELD, groups, names
from iprof_kit.ui.screens.autres_affectations.other_lists import described_lists, without_closings
from iprof_kit.ui.screens.autres_affectations.reading import Priority, discipline_of, missing_of
from iprof_kit.ui.screens.autres_affectations.scores import Ask, Scorer, ask_mobility
from iprof_kit.ui.screens.autres_affectations.start import (
    SERVICES,
    Start,
    degree_of,
    offered_campaigns,
    prefilled,
    start_of,
)
from iprof_kit.ui.screens.autres_affectations.view import PlacesView, Turn, no_movement, places_view
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.messages import Intent, texts
from iprof_kit.ui.shared.parts import Notice, failed
from iprof_kit.ui.visit.visiting import Shown, Visit

Values = Mapping[str, str]


@dataclass(frozen=True)
class Now:
    """What is tried at this moment: the file's start, the choices, the campaigns offered.

    `answers` are those shown: what the file fills in, then what the person typed over it.
    """

    start: Start
    choices: Choices
    answers: Values
    campaigns: tuple[int, ...]
    children: Values
    """Births told on another screen, by the fields that ask them here."""

    @property
    def places(self) -> dict[str, mobility_places.Destination]:
        """The places that may be asked for, by key."""
        offered = mobility_places.places(self.start.degre, self.start.campagne)
        return {place.key: place for place in offered}

    def may_add(self, key: str) -> bool:
        """Tell whether a place can be one wish more."""
        start, wishes = self.start, self.choices.wishes
        most = mobility_places.most_wishes(start.degre, start.campagne)
        room = most is None or len(wishes) < most.number
        return room and key in self.places and key not in wishes and not start.own_place(key)


class AutresAffectations:
    """Wishes and answers are kept; a priority and what is of health live with the page alone."""

    def __init__(self, visit: Visit, ask: Ask = ask_mobility) -> None:
        self._visit, self._scorer = visit, Scorer(ask)
        self._carnet = WishesCarnet(visit, self._describe)
        self._priority_held = Priority()
        self._looked: str | None = None
        self._bars: tuple[object, tuple[BarreAjoutee, ...]] | None = None
        self._removed: tuple[str, int] | None = None
        self._turn = Turn()
        self._opened: frozenset[str] = frozenset()

    def show(self, path: str) -> Shown:
        """Return the screen."""
        del path
        return "autres_affectations", self._view()

    def _view(self) -> PlacesView:
        dossier, who, now = self._visit.dossier(), self._visit.who(), self._now()
        if now is None:
            return no_movement(dossier.corps, text.french(dossier.libelle_corps or ""))
        read = read_fields(groups(now.start, now.answers), now.answers, who.aujourdhui)
        given, unread = self._given(now.start)
        scored = self._scorer.scored(
            now.start,
            now.choices.wishes,
            tuple(now.places),
            read,
            now.choices.priority,
            given,
            self._opened,
        )
        return places_view(
            now.start,
            now.choices,
            scored,
            now.answers,
            looked=self._at(now),
            given=given,
            unread=unread,
            campaigns=now.campaigns,
            errors=read.errors,
            missing=missing_of(now.start, read),
            carnet=self._carnet.view(),
            academie=who.academie,
            borrowed=[n for n, v in now.children.items() if now.answers.get(n) == v],
            lender=told_elsewhere_than(PLACES, self._carnet.load()).screen,
            here_hour=place_of(dossier.departement),
            removed=self._removed[0] if self._removed else "",
            turn=self._turn,
        )

    def _given(self, start: Start) -> tuple[tuple[BarreAjoutee, ...], tuple[Notice, ...]]:
        """Return the bars that this installation was given; what cannot be read is said."""
        asked = (self._visit.openings, start.degre, discipline_of(start))
        if self._bars is None or self._bars[0] != asked:
            try:
                answer = self._visit.ask(
                    BARRES_LIRE, degre=start.degre, discipline=asked[2][:LONGEST_DISCIPLINE]
                )
            except Unavailable as error:
                return (), (failed(error),)
            bars = tuple(BarreAjoutee(**one.model_dump()) for one in answer.barres)
            self._bars = (asked, bars)
        return self._bars[1], ()

    def _at(self, now: Now) -> str:
        """Return the place looked at: the last one touched, else wish 1."""
        wishes = now.choices.wishes
        if self._looked is None:
            return wishes[0] if wishes else ""
        return self._looked if self._looked in now.places else ""

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
        choices = replace(choices, answers=answers, priority=self._priority_held)
        start = start_of(dossier, choices.campagne, today)
        if start is None:
            return None
        children = children_told(self._carnet.load())
        answers = {**prefilled(start), **children, **choices.typed}
        return Now(start, choices, answers, campaigns, children)

    def receive(self, intent: Intent) -> None:
        """Change the wishes or the answers, and keep them."""
        now = self._now()
        if self._carnet.receive(intent) or now is None:
            return
        act = {
            "lieu": self._look,
            "pourquoi": self._open,
            "voeu_ajouter": self._add,
            "voeu_retirer": self._remove,
            "voeu_remettre": self._restore,
            "voeu_monter": self._up,
            "voeu_descendre": self._down,
            "campagne": self._campaign,
            "reponses": self._take_answers,
            "reponses_dossier": self._forget_answers,
            "priorite": self._priority,
            "tout_effacer": self._erase,
        }.get(intent.name)
        if act is not None:
            act(texts(intent.values), now)

    def _look(self, values: Values, now: Now) -> None:
        """Look at a place: nothing is kept of it."""
        key = values.get("lieu", "")
        self._looked = key if key in now.places else ""

    def _open(self, values: Values, now: Now) -> None:
        """Have the reason of one wish calculated."""
        self._opened |= {values.get("of", "")} & set(now.choices.wishes)

    def _add(self, values: Values, now: Now) -> None:
        key = values.get("of", "")
        if now.may_add(key):
            self._keep(now.choices.added(key))
            self._looked = key
            self._focus("lieu-choisi")

    def _remove(self, values: Values, now: Now) -> None:
        key = values.get("of", "")
        if key in now.choices.wishes:
            rank = now.choices.wishes.index(key)
            self._keep(now.choices.removed(key))
            self._removed = (key, rank)
            self._focus("remettre")

    def _restore(self, values: Values, now: Now) -> None:
        del values
        if self._removed is None:
            return
        key, rank = self._removed
        if now.may_add(key):
            wishes = now.choices.wishes
            self._keep(replace(now.choices, wishes=(*wishes[:rank], key, *wishes[rank:])))
            self._focus(f"retirer-{now.places[key].short}")

    def _up(self, values: Values, now: Now) -> None:
        self._move(values, now, -1, "monter", "descendre")

    def _down(self, values: Values, now: Now) -> None:
        self._move(values, now, 1, "descendre", "monter")

    def _move(self, values: Values, now: Now, step: int, same: str, other: str) -> None:
        """Move a wish; the focus stays on its button, or goes to the other one at an end."""
        key = values.get("of", "")
        if key in now.choices.wishes:
            self._keep(now.choices.moved(key, step))
            short = now.places[key].short
            self._focus(f"{same}-{short} {other}-{short}")

    def _campaign(self, values: Values, now: Now) -> None:
        wanted = values.get("campagne", "")
        year = next((year for year in now.campaigns if str(year) == wanted), None)
        if year is not None:
            self._keep(replace(now.choices, campagne=year))
            self._focus(f"campagne-{year}")

    def _take_answers(self, values: Values, now: Now) -> None:
        shown = names(now.start, values)
        typed = {name: values[name].strip() for name in shown if name in values}
        given = {**prefilled(now.start), **now.children}
        self._keep(now.choices.answered(typed, given))

    def _forget_answers(self, values: Values, now: Now) -> None:
        """Come back to what the file says; the wishes stay."""
        del values
        self._keep(now.choices.as_filed())
        self._focus("suppose")

    def _priority(self, values: Values, now: Now) -> None:
        kind, wishes = values.get(f"{SENSITIVE}priorite", ""), now.choices.wishes
        named = tuple(key for key in wishes if values.get(f"{SENSITIVE}pour-{key}") == "oui")
        chosen = Priority(kind, named) if kind in ("boe", "dossier") else Priority()
        self._keep(replace(now.choices, priority=chosen))

    def _erase(self, values: Values, now: Now) -> None:
        del values
        self._priority_held, self._removed, self._looked = Priority(), None, None
        self._visit.sensitive.forget(*HELD)
        kept = without_closings(self._carnet.load(), SERVICES[now.start.degre])
        self._carnet.write({**kept, now.start.degre: {}})
        self._focus("lieu-choisi")

    def _keep(self, choices: Choices) -> None:
        """Keep what the person chose; what is sensitive of it is held while the page is open."""
        self._removed = None
        self._priority_held = choices.priority
        self._visit.sensitive.forget(*HELD)
        self._visit.sensitive.take(sensitive_of(choices))
        self._carnet.write({**self._carnet.load(), choices.degre: stored(choices)})

    def _focus(self, ids: str) -> None:
        self._turn = Turn(self._turn.number + 1, ids)

    def _describe(self, document: Mapping[str, Any]) -> tuple[str, ...]:
        now = self._now()
        if now is None:
            return ()
        degre = now.start.degre
        own = described(restored(degre, document.get(degre), now.campaigns))
        return (*own, *described_lists(document))
