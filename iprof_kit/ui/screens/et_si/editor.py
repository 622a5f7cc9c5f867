"""Scenarios being written: each act checked, kept by whoever shows them, undone where asked."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date

from iprof_kit.base.calendar import add_months_civil
from iprof_kit.base.errors import KitError
from iprof_kit.calculate.et_si.answer import EtSiAnswer, RefusEvenement
from iprof_kit.calculate.et_si.question import MOST_EVENTS, Evenement, ScenarioEtSi
from iprof_kit.calculate.interface.situation import Situation
from iprof_kit.ui.kit.parts import KEYS
from iprof_kit.ui.screens.et_si.essais import FIRST, LONGEST_NAME, MOST_SCENARIOS, Essais
from iprof_kit.ui.screens.et_si.form import PROMOTIONS, fields_of, nature_of, read_event, values_of
from iprof_kit.ui.screens.et_si.ideas import DATED_BY_LAW, Idea, ideas, next_september
from iprof_kit.ui.screens.et_si.reasons import MOST_OPEN, Made, asked
from iprof_kit.ui.screens.et_si.view import EventForm
from iprof_kit.ui.screens.et_si.words import refusal_lines
from iprof_kit.ui.shared import text

_A_YEAR = 12


@dataclass
class Editing:
    """An event being written: where it goes, what is typed, what is wrong."""

    rank: int
    place: int | None
    values: dict[str, str]
    errors: dict[str, KitError] = field(default_factory=dict)
    refused: tuple[str, ...] = ()
    first: date | None = None
    key: str = field(default_factory=lambda: secrets.token_hex(4))

    def follow_removal(self, rank: int, place: int) -> None:
        """Stay on the same event when one is removed: added again where it is that one."""
        if self.rank != rank or self.place is None:
            return
        if self.place == place:
            self.place = None
        elif self.place > place:
            self.place -= 1


class Editor:
    """Up to four scenarios of supposed events and what a person does to them.

    Who shows them says where they are (`_essais`, `_keep`), of whom they are (`_situation`,
    `_since`), on which day, and what the kit answers.
    """

    _keeps_the_first = True
    """Whether A is what the others are compared with: an idea is then tried in B."""

    def __init__(self) -> None:
        self._editing: Editing | None = None
        self._renaming: int | None = None
        self._tab: int | None = None
        """The tab chosen since the scenarios were last kept."""
        self._before: Essais | None = None
        self._refusals: tuple[str, ...] = ()
        self._turn, self._focus = 0, ""
        self._opened: dict[str, None] = {}
        """The reasons that stand open, the last asked at the end; see `reasons.asked`."""
        self.reasons_made = Made()

    def _essais(self) -> Essais:
        raise NotImplementedError

    def _keep(self, essais: Essais) -> None:
        raise NotImplementedError

    def _situation(self) -> Situation | None:
        raise NotImplementedError

    def _answer(self, essais: Essais) -> EtSiAnswer | None:
        raise NotImplementedError

    def _today(self) -> date:
        raise NotImplementedError

    def _since(self) -> date | None:
        raise NotImplementedError

    def acts(self) -> dict[str, Callable[[dict[str, str]], None]]:
        """Return what each intent does."""
        return {
            "es_idee": self._try_idea,
            "es_onglet": self._choose_tab,
            "es_ajouter": self._add,
            "es_modifier": self._edit,
            "es_nature": self._change_nature,
            "es_valider": self._validate,
            "es_prendre": self._take_first,
            "es_fermer": self._close,
            "es_retirer": self._remove,
            "es_plus_tot": lambda values: self._move(values, -_A_YEAR),
            "es_plus_tard": lambda values: self._move(values, _A_YEAR),
            "es_creer": self._create,
            "es_copier": self._copy,
            "es_supprimer": self._delete,
            "es_nommer": self._name,
            "es_renommer": self._rename,
            "es_annuler": self._undo,
            "pourquoi": self._open_reason,
        }

    def _open_reason(self, values: dict[str, str]) -> None:
        """Open a reason; those asked first make room for the last, which is being looked at."""
        if of := asked(values.get("of", "")):
            last = [one for one in self._opened if one != of][1 - MOST_OPEN :]
            self._opened = dict.fromkeys((*last, of))

    def _ideas(self, answer: EtSiAnswer | None) -> tuple[Idea, ...]:
        situation = self._situation()
        if situation is None or answer is None:
            return ()
        return ideas(situation, answer.aujourdhui, answer.depart_possible)

    def _corps(self) -> str:
        situation = self._situation()
        return (situation.corps if situation else None) or ""

    def _choose_tab(self, values: dict[str, str]) -> None:
        rank = self._rank(values)
        if rank is not None:
            self._close({})
            self._tab = rank

    def _try_idea(self, values: dict[str, str]) -> None:
        """Take an idea in the scenario shown (B where A is), or take it away.

        It takes the place of the one before; what the form wrote stays, and is said beside it.
        """
        essais = self._essais()
        offered = self._ideas(self._answer(essais))
        idea = next((one for one in offered if one.code == values.get("of")), None)
        if idea is None:
            return
        if essais.vu == 0 and self._keeps_the_first:
            essais = self._beside_the_first(essais)
        rank, events = essais.vu, essais.scenarios[essais.vu].evenements
        self._editing, taken = None, idea.taken(events)
        if taken is not None:
            self._write(essais.with_events(rank, events[:taken] + events[taken + 1 :]))
            return
        before = {place for one in offered if (place := one.taken(events)) is not None}
        left = tuple(event for place, event in enumerate(events) if place not in before)
        if len(left) >= MOST_EVENTS:
            self._refusals = (f"Un scénario porte {MOST_EVENTS} événements au plus.",)
            return
        lines, first = self._apply(essais, (*left, idea.event), len(left))
        if lines and first is not None and idea.event.nature in DATED_BY_LAW:
            dated = idea.event.model_copy(update={"debut": first})
            lines, first = self._apply(essais, (*left, dated), len(left))
        if lines:
            self._editing = Editing(rank, None, values_of(idea.event), refused=lines, first=first)
            self._look_at("evenement-t")
        elif any(events[place] not in [one.event for one in offered] for place in before):
            self._before = essais

    def _beside_the_first(self, essais: Essais) -> Essais:
        """Return the same, turned to B; made where A stands alone."""
        if len(essais.scenarios) == 1:
            essais = replace(essais, scenarios=(*essais.scenarios, FIRST[1]))
        return replace(essais, vu=1)

    def _add(self, values: dict[str, str]) -> None:
        rank = self._rank(values)
        if rank is None:
            return
        self._tab = rank
        if len(self._essais().scenarios[rank].evenements) >= MOST_EVENTS:
            self._refusals = (f"Un scénario porte {MOST_EVENTS} événements au plus.",)
            return
        begin = text.typed_day(next_september(self._today()))
        self._editing = Editing(rank, None, {"nature": "temps_partiel", "debut": begin})
        self._look_at("evenement-t")

    def _edit(self, values: dict[str, str]) -> None:
        located = self._event(values)
        if located is not None:
            rank, place, event = located
            self._editing, self._tab = Editing(rank, place, values_of(event)), rank
            self._look_at("evenement-t")

    def _change_nature(self, values: dict[str, str]) -> None:
        if self._editing is not None:
            self._editing.values |= values
            self._editing.errors, self._editing.refused, self._editing.first = {}, (), None

    def _validate(self, values: dict[str, str]) -> None:
        editing = self._editing
        if editing is None:
            return
        editing.values |= values
        today = self._today()
        event, editing.errors = read_event(editing.values, self._corps(), today, self._since())
        editing.refused, editing.first = (), None
        if event is None:
            return
        essais = replace(self._essais(), vu=editing.rank)
        events = essais.scenarios[editing.rank].evenements
        place = len(events) if editing.place is None else editing.place
        changed = (*events[:place], event, *events[place + 1 :])
        lines, first = self._apply(essais, changed, place)
        if lines:
            editing.refused, editing.first = lines, first
            self._look_at("prendre", "evenement-t")
        else:
            self._editing = None
            self._look_at(f"a{editing.rank}")

    def _take_first(self, values: dict[str, str]) -> None:
        """Take the first choice possible in place of the one refused."""
        if self._editing is not None:
            typed = values.get("of", "")
            name = "annee" if nature_of(self._editing.values) in PROMOTIONS else "debut"
            self._validate({name: typed[-4:] if name == "annee" else typed})

    def _close(self, _values: dict[str, str]) -> None:
        self._editing, self._renaming = None, None

    def _remove(self, values: dict[str, str]) -> None:
        located = self._event(values)
        if located is None:
            return
        rank, place, _ = located
        essais = replace(self._essais(), vu=rank)
        events = essais.scenarios[rank].evenements
        if self._editing is not None:
            self._editing.follow_removal(rank, place)
        left = essais.with_events(rank, events[:place] + events[place + 1 :])
        self._write(left, before=essais)
        self._look_at("annuler")

    def _move(self, values: dict[str, str], months: int) -> None:
        located = self._event(values)
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
        self._refusals = lines

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

    def _create(self, _values: dict[str, str]) -> None:
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
        self._write(replace(essais, scenarios=(*essais.scenarios, new), vu=rank))
        self._look_at(f"s{rank}")

    def _copy(self, values: dict[str, str]) -> None:
        essais, rank = self._essais(), self._rank(values)
        new = len(essais.scenarios)
        if rank is not None and new < MOST_SCENARIOS:
            copied = essais.scenarios[rank]
            name = f"{copied.nom}, copie"[:LONGEST_NAME]
            copied = copied.model_copy(update={"nom": name})
            self._write(replace(essais, scenarios=(*essais.scenarios, copied), vu=new))
            self._look_at(f"s{new}")

    def _delete(self, values: dict[str, str]) -> None:
        essais, rank = self._essais(), self._rank(values)
        if rank is not None and len(essais.scenarios) > 1:
            self._close({})
            left = essais.scenarios[:rank] + essais.scenarios[rank + 1 :]
            shown = min(max(1, rank - 1), len(left) - 1)
            self._write(replace(essais, scenarios=left, vu=shown), before=essais)
            self._look_at("annuler")

    def _name(self, values: dict[str, str]) -> None:
        self._renaming = self._rank(values)
        self._look_at(f"nom{self._renaming}")

    def _rename(self, values: dict[str, str]) -> None:
        essais, rank = self._essais(), self._rank(values)
        name = " ".join(values.get("nom", "").split())[:LONGEST_NAME]
        if rank is None:
            return
        if not name:
            self._refusals = ("Le nom est vide : écrivez par exemple « Partir un an ».",)
            return
        self._renaming = None
        renamed = essais.scenarios[rank].model_copy(update={"nom": name})
        self._write(replace(essais.with_scenario(rank, renamed), vu=rank))
        self._look_at(f"s{rank}")

    def _undo(self, _values: dict[str, str]) -> None:
        before = self._before
        if before is not None:
            self._editing = None
            self._write(before)
            self._look_at(f"s{before.vu}")

    def _write(self, essais: Essais, before: Essais | None = None) -> None:
        """Keep the scenarios; only a removal can be undone, and only while it is the last act."""
        self._before, self._tab = before, None
        self._keep(essais)

    def _form(self) -> EventForm | None:
        """Return the form of the event being written."""
        editing = self._editing
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
            f"{editing.key}-{nature_of(editing.values)}",
            editing.refused,
            (text.typed_day(first), text.day(first)) if first else ("", ""),
            editing.place is None,
        )

    def _rank(self, values: dict[str, str]) -> int | None:
        given = values.get("of", "")
        known = given.isdigit() and len(given) == 1
        return int(given) if known and int(given) < len(self._essais().scenarios) else None

    def _event(self, values: dict[str, str]) -> tuple[int, int, Evenement] | None:
        """Return where an event is, and the event; None where nothing is there."""
        rank, _, place = values.get("of", "").partition(":")
        here = self._rank({"of": rank})
        if here is None or not place.isdigit():
            return None
        events = self._essais().scenarios[here].evenements
        at = int(place[:3])
        return (here, at, events[at]) if at < len(events) else None

    def _look_at(self, *ids: str) -> None:
        self._turn += 1
        self._focus = " ".join(ids)


def _first_of(refusals: tuple[RefusEvenement, ...], place: int) -> date | None:
    return next((r.premiere_date for r in refusals if r.rang == place), None)
