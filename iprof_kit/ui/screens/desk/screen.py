"""The trainers' desk: fictitious people, a frozen day; works without server."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from iprof_kit.base.errors import InputError, KitError
from iprof_kit.base.paths import SAMPLE
from iprof_kit.calculate.career.question import CareerAnswer
from iprof_kit.services.contract.addressed import addressed
from iprof_kit.services.contract.dossier import Dossier
from iprof_kit.ui.components.guichet import in_the_portal, portal_today
from iprof_kit.ui.components.screen import Message, Screen
from iprof_kit.ui.kit.asking import Calculate, Comparison, calculate
from iprof_kit.ui.kit.fields import chosen, read_day
from iprof_kit.ui.kit.guarded import guarded
from iprof_kit.ui.kit.parts import KEYS
from iprof_kit.ui.kit.render import render
from iprof_kit.ui.kit.visiting import situation_of
from iprof_kit.ui.screens.desk.view import desk
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.messages import texts, word

People = Mapping[str, Dossier]


class Desk:
    """Two people, one scenario each, on a day that the trainer fixes; or one person twice.

    Parameters
    ----------
    today : date or None
        None: that of the portal, asked when the desk is first shown.
    """

    def __init__(self, people: People, today: date | None, ask: Calculate = calculate) -> None:
        names = tuple(people)
        self._people, self._names, self._ask = people, names, ask
        self._today = today
        self._errors: dict[str, KitError] = {}
        self._values = {"personne-A": names[0], "personne-B": names[min(1, len(names) - 1)]}
        self._comparisons: dict[str, Comparison] = {}
        self._opened: tuple[str, ...] = ()

    def handle(self, message: Message) -> str:
        """Return the HTML that answers a message of the browser; never raises."""
        return guarded(lambda: self._handle(message))

    def _handle(self, message: Message) -> str:
        if self._today is None:
            self._today = portal_today()
        self._values.setdefault("aujourdhui", text.typed_day(self._today))
        values = texts(message.get("values"))
        name = message.get("name") if message["kind"] == "intent" else None
        if name == "personnes":
            self._choose(values)
        elif name == "scenarios":
            for comparison in self._comparisons.values():
                comparison.change(values, word(message.get("changed")))
        elif name == "pourquoi":
            for comparison in self._comparisons.values():
                comparison.open(values.get("of", ""))
                self._opened = tuple(dict.fromkeys((*self._opened, *comparison.opened)))
        answers = self._answers()
        return render(
            "scenarios", desk(self._names, self._values, self._errors, answers, self._today)
        )

    def _choose(self, values: dict[str, str]) -> None:
        self._errors = {}
        for key in KEYS[:2]:
            name = f"personne-{key}"
            self._values[name] = chosen(values, name, self._names)
        self._values["aujourdhui"] = values.get("aujourdhui", "")
        try:
            self._today = read_day(self._values["aujourdhui"])
        except InputError as error:
            self._errors["aujourdhui"] = error
        self._comparisons = {}

    @property
    def _keys(self) -> tuple[str, ...]:
        """One comparison for each person; one for both scenarios of the same person."""
        first, second = (self._values[f"personne-{key}"] for key in KEYS[:2])
        return KEYS[:1] if first == second else KEYS[:2]

    def _answers(self) -> list[CareerAnswer]:
        try:
            return [self._comparison(key).answer() for key in self._keys]
        except KitError as error:
            self._errors.setdefault("aujourdhui", error)
            return []

    def _comparison(self, key: str) -> Comparison:
        if key not in self._comparisons:
            today = self._today or portal_today()
            situation = situation_of(self._people[self._values[f"personne-{key}"]], today)
            if situation is None:
                raise InputError(
                    "Pas de corps, donc pas d’échelon calculé.",
                    remedy="Choisissez une personne d’un corps.",
                )
            alone = key if len(self._keys) > 1 else ""
            self._comparisons[key] = Comparison(
                situation, today, self._ask, alone=alone, proposes=False, opened=self._opened
            )
        return self._comparisons[key]


def sample_people() -> dict[str, Dossier]:
    """Return the fictitious people who have an échelon, by name and corps, in file order.

    Without their particular situations, which nobody but their owner is given, even here.
    """
    lines = (SAMPLE / "dossiers.jsonl").read_text(encoding="utf-8").splitlines()
    by_label: dict[str, Dossier] = {}
    files = (Dossier.model_validate_json(line) for line in lines if line.strip())
    for dossier in map(addressed, files):
        if dossier.corps and dossier.echelons:
            who = dossier.identite
            label = f"{who.prenom} {who.nom}, {(dossier.libelle_corps or '')}"
            by_label[label if label not in by_label else f"{label} ({dossier.numero})"] = (
                dossier.model_copy(update={"situations": ()})
            )
    return by_label


def open_scenarios(today: date | None = None) -> Screen:
    """Return the desk on the sample; `today` freezes the day."""
    people = Desk(sample_people(), today)
    return Screen(people.handle, routed=False, alone=not in_the_portal())
