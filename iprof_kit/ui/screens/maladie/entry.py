"""What she types of a stoppage: every field is sensitive, held in memory while her page is open."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from typing import Any, get_args

from iprof_kit.base.asked import Asked
from iprof_kit.base.calendar import add_months_civil
from iprof_kit.base.errors import InputError, KitError
from iprof_kit.calculate.et_si.question import EtSiQuestion
from iprof_kit.calculate.illness.question import Arret, Demande, MaladieQuestion
from iprof_kit.services.contract.carnet import SENSITIVE
from iprof_kit.ui.kit.fields import DATE_HINT, read_day, yes_or_no
from iprof_kit.ui.kit.sensitive import LONGEST

PREFIX = f"{SENSITIVE}maladie_"
DEBUT, FIN, ARRETS, CARENCE = (f"{PREFIX}{one}" for one in ("debut", "fin", "arrets", "carence"))
DEMANDE, MOIS = f"{PREFIX}demande", f"{PREFIX}mois"
ASKED = (
    Asked(DEBUT, "Premier jour d’arrêt", "day", DATE_HINT, empty="1er du mois prochain, supposé"),
    Asked(
        ARRETS,
        "Arrêts de l’année d’avant",
        most=LONGEST,
        hint="Par exemple 09/03/2026 au 20/03/2026 ; plusieurs se séparent par un point-virgule.",
    ),
    Asked(FIN, "Dernier jour d’arrêt", "day", DATE_HINT, empty="prolongé"),
    yes_or_no(CARENCE, "Un jour de carence", yes=True),
)
"""The fields of the drawer; two levers are beside."""
DEMANDS: tuple[str, ...] = get_args(Demande)
USUAL = "longue_maladie"
MOST_MONTHS, FIRST_MONTHS = 12, 3
"""Months that may be waited for the answer, and those that are supposed."""
_BETWEEN = re.compile(r"\s*(?:\bau\b|–|—|\s-\s)\s*")
_WHERE = {"debut": DEBUT, "fin": FIN, "arrets": ARRETS, "accord": MOIS}


@dataclass
class Entry:
    """What was typed, read; what could not be is left out, and said at its field."""

    values: dict[str, Any] = field(default_factory=dict)
    errors: dict[str, KitError] = field(default_factory=dict)
    months: int = FIRST_MONTHS

    def question(self, person: EtSiQuestion) -> MaladieQuestion:
        """Return what is asked about a person; without first day, next month’s."""
        today = person.aujourdhui
        next_month = add_months_civil(today.replace(day=1), 1)
        after = max(today, self.values.get("debut", next_month))
        return MaladieQuestion.model_validate(
            {
                "personne": person,
                "debut": next_month,
                "stagiaire": True,
                "accord": add_months_civil(after.replace(day=1), self.months),
                **self.values,
            }
        )

    def without(self, error: InputError) -> Entry:
        """Return the entry without the field that a refusal names: it is said there."""
        name = _WHERE.get(error.where, "")
        if not name:
            raise error
        left = {one: value for one, value in self.values.items() if one != error.where}
        return Entry(left, self.errors | {name: error}, FIRST_MONTHS)


def read(typed: Mapping[str, str]) -> Entry:
    """Return what was typed as a question may hold it."""
    entry = Entry()
    for key, name in (("debut", DEBUT), ("fin", FIN)):
        if typed.get(name, "").strip():
            _try(entry, key, name, lambda one=name: read_day(typed[one]))
    if typed.get(ARRETS, "").strip():
        _try(entry, "arrets", ARRETS, lambda: _stoppages(typed[ARRETS]))
    begin, end = entry.values.get("debut"), entry.values.get("fin")
    if begin and end and end < begin:
        del entry.values["fin"]
        entry.errors[FIN] = InputError(
            "Ce jour vient avant le premier jour d’arrêt.", remedy="Corrigez l’un des deux."
        )
    if typed.get(CARENCE) == "non":
        entry.values["carence_due"] = False
    asked = typed.get(DEMANDE, "")
    entry.values["demande"] = asked if asked in DEMANDS else USUAL
    with suppress(ValueError):
        entry.months = min(max(int(typed.get(MOIS, "")), 1), MOST_MONTHS)
    return entry


def _try(entry: Entry, key: str, name: str, reading: Any) -> None:
    try:
        entry.values[key] = reading()
    except InputError as error:
        entry.errors[name] = error


def _stoppages(typed: str) -> tuple[Arret, ...]:
    """Return the stoppages typed « 09/03/2026 au 20/03/2026 », one day alone being one of them."""
    stoppages = []
    for one in filter(str.strip, re.split(r"[;\n]", typed)):
        days = [read_day(part) for part in _BETWEEN.split(one.strip())]
        first, last = days[0], days[-1]
        if len(days) > 2 or last < first:
            raise InputError(
                f"« {one.strip()} » n’est pas un arrêt lisible.",
                remedy="Écrivez le premier jour, « au », puis le dernier.",
            )
        stoppages.append(Arret(debut=first, fin=last))
    return tuple(stoppages)


def answer_month(question: MaladieQuestion) -> date:
    """Return the month of pay in which B is supposed to begin."""
    return question.accord or question.personne.aujourdhui
