"""What a person does to her scenarios: each act checked, kept, and undone where she asks."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date

from iprof_kit.base.calendar import add_months_civil
from iprof_kit.base.errors import KitError
from iprof_kit.calculate.et_si.answer import EtSiAnswer, RefusEvenement
from iprof_kit.calculate.et_si.question import (
    MOST_EVENTS,
    EtSiQuestion,
    Evenement,
    ScenarioEtSi,
)
from iprof_kit.services.contract.dossier import Dossier
from iprof_kit.services.contract.scenario import LienScenario, ScenarioOuvert
from iprof_kit.ui.fields.carnet import Carnet
from iprof_kit.ui.screens.et_si import view as views
from iprof_kit.ui.screens.et_si.essais import (
    LONGEST_NAME,
    MOST_CHILDREN,
    MOST_SCENARIOS,
    ZONES,
    Essais,
    compare,
    described,
    document_of,
    essais_of,
    services_of,
)
from iprof_kit.ui.screens.et_si.form import PROMOTIONS, nature_of, read_event, values_of
from iprof_kit.ui.screens.et_si.words import refusal_lines
from iprof_kit.ui.shared.parts import Notice, failed
from iprof_kit.ui.visit.visiting import Visit, situation_of

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


class Acts:
    """The scenarios of one person and what she does to them; `EtSi` shows them."""

    def __init__(self, visit: Visit) -> None:
        self._visit = visit
        self._carnet = Carnet(visit, "scenarios", described)
        self._editing: Editing | None = None
        self._before: Essais | None = None
        self._sharing: int | None = None
        self._link: LienScenario | None = None
        self._received: ScenarioOuvert | None = None
        self._refusals: tuple[str, ...] = ()
        self._notices: tuple[Notice, ...] = ()
        self._turn, self._focus = 0, ""
        self._person = ""
        """The fictitious person whom an account without file of its own has chosen."""

    def acts(self) -> dict[str, Callable[[dict[str, str]], None]]:
        """Return what each intent does."""
        return {
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
            "es_renommer": self._rename,
            "es_annuler": self._undo,
            "es_base": self._set_base,
            "es_partager": self._share,
            "es_lien": self._make_link,
            "es_recevoir": self._keep_received,
            "es_ignorer": self._ignore_received,
            "es_personne": self._choose_person,
        }

    def _essais(self) -> Essais:
        return Essais() if self._fictitious() else essais_of(self._carnet.load())

    def _dossier(self) -> Dossier:
        """Return her file; a fictitious one for a trainer who opens a shared scenario."""
        people = self._fictitious()
        return people[self._person] if people else self._visit.dossier()

    def _fictitious(self) -> dict[str, Dossier]:
        """Return the fictitious people, where the account has no file and a scenario is open."""
        if self._received is None or self._visit.has_file():
            return {}
        from iprof_kit.ui.screens.desk.screen import sample_people

        people = sample_people()
        if self._person not in people:
            self._person = next(iter(people))
        return people

    def _choose_person(self, values: dict[str, str]) -> None:
        self._person = values.get("personne", "")

    def _answer(self, essais: Essais) -> EtSiAnswer | None:
        """Return the answer to the scenarios; None without corps."""
        today, dossier = self._visit.who().aujourdhui, self._dossier()
        situation = situation_of(dossier, today)
        if situation is None:
            return None
        found: EtSiAnswer = compare(
            EtSiQuestion(
                situation=situation,
                scenarios=essais.scenarios,
                aujourdhui=today,
                zone=essais.zone,
                enfants=essais.enfants,
                services=services_of(dossier),
            )
        )
        return found

    def _corps(self) -> str:
        return self._dossier().corps or ""

    def _since(self) -> date | None:
        """Return the day from which past decisions may be supposed otherwise: the échelon's."""
        situation = situation_of(self._visit.dossier(), self._visit.who().aujourdhui)
        return situation.date_effet if situation else None

    def _add(self, values: dict[str, str]) -> None:
        rank = self._rank(values)
        if rank is None:
            return
        if len(self._essais().scenarios[rank].evenements) >= MOST_EVENTS:
            self._refusals = (f"Un scénario porte {MOST_EVENTS} événements au plus.",)
            return
        self._editing = Editing(rank, None, {"nature": "temps_partiel"})
        self._look_at("evenement-t")

    def _edit(self, values: dict[str, str]) -> None:
        found = self._event(values)
        if found is not None:
            rank, place, event = found
            self._editing = Editing(rank, place, values_of(event))
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
        today = self._visit.who().aujourdhui
        event, editing.errors = read_event(editing.values, self._corps(), today, self._since())
        editing.refused, editing.first = (), None
        if event is None:
            return
        events = self._essais().scenarios[editing.rank].evenements
        place = len(events) if editing.place is None else editing.place
        changed = (*events[:place], event, *events[place + 1 :])
        lines, first = self._apply(editing.rank, changed, place)
        if lines:
            editing.refused, editing.first = lines, first
            self._look_at("evenement-t")
        else:
            self._editing = None
            self._look_at(f"s{editing.rank}")

    def _take_first(self, values: dict[str, str]) -> None:
        """Take the first choice possible in place of the one refused."""
        if self._editing is not None:
            typed = values.get("of", "")
            name = "annee" if nature_of(self._editing.values) in PROMOTIONS else "debut"
            self._validate({name: typed[-4:] if name == "annee" else typed})

    def _close(self, _values: dict[str, str]) -> None:
        self._editing, self._sharing, self._link = None, None, None

    def _remove(self, values: dict[str, str]) -> None:
        found = self._event(values)
        if found is None:
            return
        rank, place, _ = found
        essais = self._essais()
        events = essais.scenarios[rank].evenements
        if self._editing is not None:
            self._editing.follow_removal(rank, place)
        left = essais.with_events(rank, events[:place] + events[place + 1 :])
        self._write(left, before=essais)
        self._look_at("annuler")

    def _move(self, values: dict[str, str], months: int) -> None:
        found = self._event(values)
        if found is None or found[2].debut is None:
            return
        rank, place, event = found
        moved = event.model_copy(
            update={
                "debut": add_months_civil(event.debut or date.min, months),
                "fin": add_months_civil(event.fin, months) if event.fin else None,
            }
        )
        events = self._essais().scenarios[rank].evenements
        lines, _ = self._apply(rank, (*events[:place], moved, *events[place + 1 :]), place)
        self._refusals = lines

    def _apply(
        self, rank: int, events: tuple[Evenement, ...], place: int
    ) -> tuple[tuple[str, ...], date | None]:
        """Take new events, unless the law refuses one that it did not refuse before.

        Returns
        -------
        tuple
            Why not, and the first choice possible for the event at `place`; nothing where taken.
        """
        essais = self._essais()
        before = self._answer(essais)
        answer = self._answer(essais.with_events(rank, events))
        if answer is None or before is None:
            return (), None
        found, old = answer.scenarios[rank], before.scenarios[rank]
        known = {old.evenements[refusal.rang] for refusal in old.refus}
        new = tuple(r for r in found.refus if r.rang == place or events[r.rang] not in known)
        if not new:
            self._write(essais.with_events(rank, events))
            return (), None
        lines = refusal_lines(found.model_copy(update={"refus": new}), events)
        return lines, _first_of(new, place)

    def _create(self, _values: dict[str, str]) -> None:
        essais = self._essais()
        if len(essais.scenarios) < MOST_SCENARIOS:
            name = f"Essai {len(essais.scenarios)}"
            self._write(replace(essais, scenarios=(*essais.scenarios, ScenarioEtSi(nom=name))))
            self._look_at(f"s{len(essais.scenarios)}")

    def _copy(self, values: dict[str, str]) -> None:
        essais, rank = self._essais(), self._rank(values)
        if rank is not None and len(essais.scenarios) < MOST_SCENARIOS:
            copied = essais.scenarios[rank]
            name = f"{copied.nom}, copie"[:LONGEST_NAME]
            copied = copied.model_copy(update={"nom": name})
            self._write(replace(essais, scenarios=(*essais.scenarios, copied)))
            self._look_at(f"s{len(essais.scenarios)}")

    def _delete(self, values: dict[str, str]) -> None:
        essais, rank = self._essais(), self._rank(values)
        if rank is not None and len(essais.scenarios) > 1:
            self._editing, self._sharing = None, None
            left = essais.scenarios[:rank] + essais.scenarios[rank + 1 :]
            self._write(replace(essais, scenarios=left), before=essais)
            self._look_at("annuler")

    def _rename(self, values: dict[str, str]) -> None:
        essais, rank = self._essais(), self._rank(values)
        name = " ".join(values.get("nom", "").split())[:LONGEST_NAME]
        if rank is None:
            return
        if not name:
            self._refusals = ("Le nom est vide : écrivez par exemple « Partir un an ».",)
            return
        renamed = essais.scenarios[rank].model_copy(update={"nom": name})
        self._write(essais.with_scenario(rank, renamed))

    def _undo(self, _values: dict[str, str]) -> None:
        if self._before is not None:
            self._editing = None
            self._write(self._before)
            self._look_at("scenarios-t")

    def _set_base(self, values: dict[str, str]) -> None:
        essais = self._essais()
        zone, children = values.get("zone", ""), values.get("enfants", "")
        if zone.isdigit() and int(zone) in ZONES:
            essais = replace(essais, zone=int(zone))
        if children.isdigit() and int(children) <= MOST_CHILDREN:
            essais = replace(essais, enfants=int(children))
        self._write(essais)

    def _share(self, values: dict[str, str]) -> None:
        self._sharing, self._link = self._rank(values), None
        self._look_at("jours")

    def _make_link(self, values: dict[str, str]) -> None:
        rank = self._rank(values)
        known = {str(days) for days, _ in views.DURATIONS}
        days = values.get("jours", "")
        if rank is None or days not in known:
            return
        events = self._essais().scenarios[rank].evenements
        try:
            self._link = self._visit.ask(
                "scenario_lien",
                jours=int(days),
                evenements=[one.model_dump(mode="json", exclude_none=True) for one in events],
            )
        except KitError as error:
            self._notices = (failed(error),)
        else:
            self._look_at("lien")

    def _open_link(self) -> None:
        token = self._visit.query.pop("lien")
        try:
            self._received = self._visit.ask("scenario_ouvrir", jeton=token)
        except KitError as error:
            self._notices = (failed(error),)

    def _keep_received(self, _values: dict[str, str]) -> None:
        if self._fictitious():
            return
        essais = self._essais()
        if self._received is not None and len(essais.scenarios) < MOST_SCENARIOS:
            sent = ScenarioEtSi(nom="Scénario reçu", evenements=self._received.evenements)
            self._write(replace(essais, scenarios=(*essais.scenarios, sent)))
            self._received = None
            self._look_at(f"s{len(essais.scenarios)}")

    def _ignore_received(self, _values: dict[str, str]) -> None:
        self._received = None

    def _write(self, essais: Essais, before: Essais | None = None) -> None:
        """Keep the scenarios; only a removal can be undone, and only while it is the last act."""
        self._before = before
        self._carnet.write(document_of(essais))

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
        found = int(place[:3])
        return (here, found, events[found]) if found < len(events) else None

    def _look_at(self, *ids: str) -> None:
        self._turn += 1
        self._focus = " ".join(ids)


def _first_of(refusals: tuple[RefusEvenement, ...], place: int) -> date | None:
    return next((r.premiere_date for r in refusals if r.rang == place), None)
