"""Scenarios being written: each act checked, kept by whoever shows them, undone where asked."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeVar

from iprof_kit.base.calendar import add_months_civil
from iprof_kit.calculate.et_si.answer import EtSiAnswer, RefusEvenement
from iprof_kit.calculate.et_si.events import PROMOTIONS
from iprof_kit.calculate.et_si.question import MOST_EVENTS, Evenement, ScenarioEtSi
from iprof_kit.calculate.interface.situation import Situation
from iprof_kit.ui.kit.parts import KEYS
from iprof_kit.ui.kit.screen import WHY, KitScreen, State, intent
from iprof_kit.ui.kit.visiting import Visit
from iprof_kit.ui.screens.et_si.essais import (
    FIRST,
    LONGEST_NAME,
    MOST_SCENARIOS,
    Drafts,
    Editing,
    Essais,
)
from iprof_kit.ui.screens.et_si.form import fields_of, nature_of, read_event, values_of
from iprof_kit.ui.screens.et_si.ideas import DATED_BY_LAW, Idea, ideas, next_september
from iprof_kit.ui.screens.et_si.reasons import MOST_OPEN, Made, askable
from iprof_kit.ui.screens.et_si.view import EventForm
from iprof_kit.ui.screens.et_si.words import refusal_lines
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.messages import Intent, texts

_A_YEAR = 12
_FULL = f"Un scénario porte {MOST_EVENTS} événements au plus."


@dataclass
class ScenariosState(State):
    """What a screen of scenarios keeps between two messages."""

    drafts: Drafts = field(default_factory=Drafts)
    renaming: int | None = None
    tab: int | None = None
    """The tab chosen since the scenarios were last kept."""
    refusals: tuple[str, ...] = ()
    """What the law refused of the last act."""
    reasons: tuple[str, ...] = ()
    """The reasons that stand open, the last asked at the end; see `reasons.askable`."""


E = TypeVar("E", bound=ScenariosState)


class Editor(KitScreen[E]):
    """Up to four scenarios of supposed events and what a person does to them.

    Who shows them says where they are (`_essais`, `_keep`), of whom they are (`_situation`,
    `_since`), on which day, and what the kit answers.
    """

    _keeps_the_first = True
    """Whether A is what the others are compared with: an idea is then tried in B."""

    def __init__(self, visit: Visit) -> None:
        super().__init__(visit)
        self.reasons_made = Made()

    @abstractmethod
    def _essais(self) -> Essais: ...

    @abstractmethod
    def _keep(self, essais: Essais) -> None: ...

    @abstractmethod
    def _situation(self) -> Situation | None: ...

    @abstractmethod
    def _answer(self, essais: Essais) -> EtSiAnswer | None: ...

    @abstractmethod
    def _today(self) -> date: ...

    @abstractmethod
    def _since(self) -> date | None: ...

    @property
    def drafts(self) -> Drafts:
        """What is being written."""
        return self.state.drafts

    def draft(self, drafts: Drafts) -> None:
        """Take what is being written."""
        self.state.drafts = drafts

    def receive(self, asked: Intent) -> None:
        """Do what an intent asks: every field here is short."""
        super().receive(replace(asked, values=texts(asked.values)))

    def before(self, asked: Intent) -> None:
        """Say no more what was refused of the act before."""
        del asked
        self.state.refusals = ()

    @intent(WHY)
    def explain(self, asked: Intent) -> None:
        """Open a reason; those asked first make room for the last, which is being looked at."""
        if of := askable(asked.values.get("of", "")):
            last = [one for one in self.state.reasons if one != of][1 - MOST_OPEN :]
            self.state.reasons = (*last, of)

    def _ideas(self, answer: EtSiAnswer | None) -> tuple[Idea, ...]:
        situation = self._situation()
        if situation is None or answer is None:
            return ()
        return ideas(situation, answer.aujourdhui, answer.depart_possible)

    def _corps(self) -> str:
        situation = self._situation()
        return (situation.corps if situation else None) or ""

    @intent("es_onglet")
    def choose_tab(self, asked: Intent) -> None:
        """Show the events of a scenario."""
        rank = self._rank(asked)
        if rank is not None:
            self._fold()
            self.state.tab = rank

    @intent("es_idee")
    def try_idea(self, asked: Intent) -> None:
        """Take an idea in the scenario shown (B where A is), or take it away.

        It takes the place of the one before; what the form wrote stays, and is said beside it.
        """
        essais = self._essais()
        offered = self._ideas(self._answer(essais))
        idea = next((one for one in offered if one.code == asked.values.get("of")), None)
        if idea is None:
            return
        if essais.vu == 0 and self._keeps_the_first:
            essais = self._beside_the_first(essais)
        rank, events = essais.vu, essais.scenarios[essais.vu].evenements
        self._draft_event(None)
        taken = idea.taken(events)
        if taken is not None:
            self._write(essais.with_events(rank, events[:taken] + events[taken + 1 :]))
            return
        before = {place for one in offered if (place := one.taken(events)) is not None}
        left = tuple(event for place, event in enumerate(events) if place not in before)
        if len(left) >= MOST_EVENTS:
            self.state.refusals = (_FULL,)
            return
        lines, first = self._apply(essais, (*left, idea.event), len(left))
        if lines and first is not None and idea.event.nature in DATED_BY_LAW:
            dated = idea.event.model_copy(update={"debut": first})
            lines, first = self._apply(essais, (*left, dated), len(left))
        if lines:
            typed = values_of(idea.event)
            self._write_event(Editing(rank, None, typed, refused=lines, first=first))
        elif any(events[place] not in [one.event for one in offered] for place in before):
            self.draft(replace(self.drafts, before=essais))

    def _beside_the_first(self, essais: Essais) -> Essais:
        """Return the same, turned to B; made where A stands alone."""
        if len(essais.scenarios) == 1:
            essais = essais.plus(FIRST[1])
        return replace(essais, vu=1)

    @intent("es_ajouter")
    def add(self, asked: Intent) -> None:
        """Open the form of one more event."""
        rank = self._rank(asked)
        if rank is None:
            return
        self.state.tab = rank
        if len(self._essais().scenarios[rank].evenements) >= MOST_EVENTS:
            self.state.refusals = (_FULL,)
            return
        begin = text.typed_day(next_september(self._today()))
        self._write_event(Editing(rank, None, {"nature": "temps_partiel", "debut": begin}))

    @intent("es_modifier")
    def edit(self, asked: Intent) -> None:
        """Open the form of an event."""
        located = self._event(asked)
        if located is not None:
            rank, place, event = located
            self.state.tab = rank
            self._write_event(Editing(rank, place, values_of(event)))

    @intent("es_nature")
    def change_nature(self, asked: Intent) -> None:
        """Show the fields of another nature."""
        if self.drafts.editing is not None:
            self._draft_event(self.drafts.editing.typed(asked.values))

    @intent("es_valider")
    def validate(self, asked: Intent) -> None:
        """Take the event as it is typed, or say what is wrong."""
        self._validate(asked.values)

    @intent("es_prendre")
    def take_first(self, asked: Intent) -> None:
        """Take the first choice possible in place of the one refused."""
        if self.drafts.editing is not None:
            typed = asked.values.get("of", "")
            of_a_year = nature_of(self.drafts.editing.values) in PROMOTIONS
            self._validate({"annee": typed[-4:]} if of_a_year else {"debut": typed})

    def _validate(self, values: Mapping[str, str]) -> None:
        if self.drafts.editing is None:
            return
        editing = self.drafts.editing.typed(values)
        today = self._today()
        event, errors = read_event(editing.values, self._corps(), today, self._since())
        self._draft_event(replace(editing, errors=errors))
        if event is None:
            return
        essais = replace(self._essais(), vu=editing.rank)
        events = essais.scenarios[editing.rank].evenements
        place = len(events) if editing.place is None else editing.place
        changed = (*events[:place], event, *events[place + 1 :])
        lines, first = self._apply(essais, changed, place)
        if lines:
            self._draft_event(replace(editing, refused=lines, first=first))
            self.look_at("prendre", "evenement-t")
        else:
            self._draft_event(None)
            self.look_at(f"a{editing.rank}")

    @intent("es_fermer")
    def close(self, _asked: Intent) -> None:
        """Leave what is being written."""
        self._fold()

    def _fold(self) -> None:
        self._draft_event(None)
        self.state.renaming = None

    @intent("es_retirer")
    def remove(self, asked: Intent) -> None:
        """Take an event away."""
        located = self._event(asked)
        if located is None:
            return
        rank, place, _ = located
        essais = replace(self._essais(), vu=rank)
        events = essais.scenarios[rank].evenements
        if self.drafts.editing is not None:
            self._draft_event(self.drafts.editing.without(rank, place))
        left = essais.with_events(rank, events[:place] + events[place + 1 :])
        self._write(left, before=essais)
        self.look_at("annuler")

    @intent("es_plus_tot", "es_plus_tard")
    def move_a_year(self, asked: Intent) -> None:
        """Move an event a year earlier, or later."""
        self._move(asked, -_A_YEAR if asked.name == "es_plus_tot" else _A_YEAR)

    def _move(self, asked: Intent, months: int) -> None:
        located = self._event(asked)
        if located is None or located[2].debut is None:
            return
        rank, place, event = located
        moved = event.model_copy(
            update={
                "debut": add_months_civil(event.debut or date.min, months),
                "fin": add_months_civil(event.fin, months) if event.fin else None,
            }
        )
        essais = replace(self._essais(), vu=rank)
        events = essais.scenarios[rank].evenements
        lines, _ = self._apply(essais, (*events[:place], moved, *events[place + 1 :]), place)
        self.state.refusals = lines

    def _apply(
        self, essais: Essais, events: tuple[Evenement, ...], place: int
    ) -> tuple[tuple[str, ...], date | None]:
        """Take new events in the scenario shown, unless the law refuses one that it took before.

        Returns
        -------
        tuple
            Why not, and the first choice possible for the event at `place`; nothing where taken.
        """
        rank = essais.vu
        before = self._answer(essais)
        answer = self._answer(essais.with_events(rank, events))
        if answer is None or before is None:
            return (), None
        tried, old = answer.scenarios[rank], before.scenarios[rank]
        known = {old.evenements[refusal.rang] for refusal in old.refus}
        new = tuple(r for r in tried.refus if r.rang == place or events[r.rang] not in known)
        if not new:
            self._write(essais.with_events(rank, events))
            return (), None
        lines = refusal_lines(tried.model_copy(update={"refus": new}), events, KEYS[rank])
        return lines, _first_of(new, place)

    @intent("es_creer")
    def create(self, _asked: Intent) -> None:
        """Add a scenario that begins with the first idea which the others do not suppose."""
        essais = self._essais()
        rank = len(essais.scenarios)
        if rank >= MOST_SCENARIOS:
            return
        tried = {one.evenements for one in essais.scenarios}
        offered = self._ideas(self._answer(essais))
        fresh = next((one for one in offered if (one.event,) not in tried), None)
        new = ScenarioEtSi(nom=f"Essai {rank}")
        if fresh is not None and fresh.event.nature not in DATED_BY_LAW:
            new = new.model_copy(update={"evenements": (fresh.event,)})
        self._write(essais.plus(new))
        self.look_at(f"s{rank}")

    @intent("es_copier")
    def copy(self, asked: Intent) -> None:
        """Add the same scenario once more."""
        essais, rank = self._essais(), self._rank(asked)
        new = len(essais.scenarios)
        if rank is not None and new < MOST_SCENARIOS:
            copied = essais.scenarios[rank]
            name = f"{copied.nom}, copie"[:LONGEST_NAME]
            self._write(essais.plus(copied.model_copy(update={"nom": name})))
            self.look_at(f"s{new}")

    @intent("es_supprimer")
    def delete(self, asked: Intent) -> None:
        """Take a scenario away, but the last."""
        essais, rank = self._essais(), self._rank(asked)
        if rank is not None and len(essais.scenarios) > 1:
            self._fold()
            left = essais.scenarios[:rank] + essais.scenarios[rank + 1 :]
            shown = min(max(1, rank - 1), len(left) - 1)
            self._write(replace(essais, scenarios=left, vu=shown), before=essais)
            self.look_at("annuler")

    @intent("es_nommer")
    def name(self, asked: Intent) -> None:
        """Open the name of a scenario."""
        self.state.renaming = self._rank(asked)
        self.look_at(f"nom{self.state.renaming}")

    @intent("es_renommer")
    def rename(self, asked: Intent) -> None:
        """Take the name of a scenario."""
        essais, rank = self._essais(), self._rank(asked)
        name = " ".join(asked.values.get("nom", "").split())[:LONGEST_NAME]
        if rank is None:
            return
        if not name:
            self.state.refusals = ("Le nom est vide : écrivez par exemple « Partir un an ».",)
            return
        self.state.renaming = None
        renamed = essais.scenarios[rank].model_copy(update={"nom": name})
        self._write(replace(essais.with_scenario(rank, renamed), vu=rank))
        self.look_at(f"s{rank}")

    @intent("es_annuler")
    def undo(self, _asked: Intent) -> None:
        """Come back to what was there before the last removal."""
        before = self.drafts.before
        if before is not None:
            self._draft_event(None)
            self._write(before)
            self.look_at(f"s{before.vu}")

    def _write(self, essais: Essais, before: Essais | None = None) -> None:
        """Keep the scenarios; only a removal can be undone, and only while it is the last act."""
        self.draft(replace(self.drafts, before=before))
        self.state.tab = None
        self._keep(essais)

    def _form(self) -> EventForm | None:
        """Return the form of the event being written."""
        editing = self.drafts.editing
        if editing is None:
            return None
        key = KEYS[editing.rank]
        title = "Ajouter un événement au scénario" if editing.place is None else "Modifier un "
        if editing.place is not None:
            title += "événement du scénario"
        first = editing.first
        return EventForm(
            f"{title} {key}",
            fields_of(editing.values, editing.errors, self._corps(), self._today(), self._since()),
            f"{editing.opening}-{nature_of(editing.values)}",
            editing.refused,
            (text.typed_day(first), text.day(first)) if first else ("", ""),
            editing.place is None,
        )

    def _rank(self, asked: Intent) -> int | None:
        return self._known_rank(asked.values.get("of", ""))

    def _known_rank(self, given: str) -> int | None:
        known = given.isdigit() and len(given) == 1
        return int(given) if known and int(given) < len(self._essais().scenarios) else None

    def _event(self, asked: Intent) -> tuple[int, int, Evenement] | None:
        """Return where an event is, and the event; None where nothing is there."""
        rank, _, place = asked.values.get("of", "").partition(":")
        here = self._known_rank(rank)
        if here is None or not place.isdigit():
            return None
        events = self._essais().scenarios[here].evenements
        at = int(place[:3])
        return (here, at, events[at]) if at < len(events) else None

    def _write_event(self, editing: Editing) -> None:
        """Open the form of an event."""
        self.look_at("evenement-t")
        self._draft_event(replace(editing, opening=self.state.turn))

    def _draft_event(self, editing: Editing | None) -> None:
        self.draft(replace(self.drafts, editing=editing))


def _first_of(refusals: tuple[RefusEvenement, ...], place: int) -> date | None:
    return next((r.premiere_date for r in refusals if r.rang == place), None)
