"""What she types of a change that her pay learned late: held in memory while her page is open."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from iprof_kit.base.asked import Asked, Choices
from iprof_kit.base.calendar import add_months_civil, rentree_day, school_year
from iprof_kit.base.errors import InputError, KitError
from iprof_kit.calculate.et_si.question import EtSiQuestion
from iprof_kit.calculate.interface.bounds import bounds
from iprof_kit.calculate.overpayment.question import TropPercuQuestion
from iprof_kit.calculate.pay.choices import (
    heads_schools,
    network_paid,
    other_primes,
    usual_primes,
)
from iprof_kit.services.contract.carnet import SENSITIVE
from iprof_kit.ui.kit.fields import DATE_HINT, read_day, read_number

PREFIX = f"{SENSITIVE}trop_percu_"
CHANGE, DUE, QUOTITE, CLASSES, DEBUT, FIN, RIGHT, WAIT, SPREAD, CHARGE = (
    f"{PREFIX}{one}"
    for one in ("changement", "prime", "quotite", "classes", "debut", "fin", "corrige", "attente",
                "mensualites", "a_charge")
)  # fmt: skip
STOPPED = "arret:"
"""Before the code of a prime that her pay holds: it has stopped."""
WAITS, MOST_SPREAD, MOST_IN_CHARGE = (1, 2, 3), 24, 4
"""Months to wait for a right pay, months of a spread, persons in charge that levers offer."""
_WHERE = {"debut": DEBUT, "fin": FIN, "corrige": RIGHT, "quotite": QUOTITE, "classes": CLASSES,
          "prime": CHANGE}  # fmt: skip
NO_NETWORK, _NETWORKS = "aucune", ("REP", "REP+")
FULL_TIME, _PART = 100, 80


@dataclass(frozen=True)
class Changes:
    """What may have changed in one pay: the list, the primes not paid yet, what is usual."""

    choices: Choices
    due: Choices
    heads: bool
    """Her pay holds a direction."""
    quotite: int
    """Supposed of a change of quotité: the one that is not hers."""

    @property
    def keys(self) -> tuple[str, ...]:
        """The values of the list."""
        return tuple(key for key, _ in self.choices)


def changes_of(person: EtSiQuestion) -> Changes:
    """Return what may have changed in the pay of a person."""
    corps, today, pay = str(person.situation.corps), person.aujourdhui, person.paie
    due = tuple(
        (f"{one.code}={one.variant}" if one.variant else one.code, one.label)
        for one in other_primes(corps, today)
    )
    other = _PART if person.situation.quotite == FULL_TIME else FULL_TIME
    heads = pay is not None and pay.direction_classes is not None
    choices = (*_stopped(person), *_changes(person, heads=heads))
    if due:
        choices += (("prime_due", "Prime due, pas encore versée"),)
    return Changes(choices, due, heads, other)


def _stopped(person: EtSiQuestion) -> Iterator[tuple[str, str]]:
    """Yield each prime of today's pay, as one that has stopped."""
    corps, today, pay = str(person.situation.corps), person.aujourdhui, person.paie
    usual = usual_primes(corps, today)
    names = {one.code: one.label for one in (*other_primes(corps, today), *usual)}
    codes = [one.code for one in pay.primes] if pay else []
    if pay is None or pay.primes_usuelles:
        codes += [one.code for one in usual]
    for code in dict.fromkeys(codes):
        if code in names:
            yield f"{STOPPED}{code}", f"{names[code]} : arrêtée"


def _changes(person: EtSiQuestion, *, heads: bool) -> Iterator[tuple[str, str]]:
    corps, today, pay = str(person.situation.corps), person.aujourdhui, person.paie
    yield "temps_partiel", "Quotité de travail"
    yield "conge_maladie", "Congé de maladie ordinaire"
    network = pay.education_prioritaire if pay else NO_NETWORK
    if network != NO_NETWORK:
        yield NO_NETWORK, f"Sortie de {network}"
    for name in _NETWORKS:
        if name != network and network_paid(name, corps, today):
            yield name, f"Entrée en {name}"
    if heads:
        yield "direction", "Fin d’une direction d’école"
    elif heads_schools(corps, today):
        yield "direction", "Direction d’école commencée"
    yield "depart", "Départ, ou position sans paie"


def asked_fields(changes: Changes, change: str) -> tuple[Asked, ...]:
    """Return the fields of a change: those that it does not need are not asked."""
    own = {
        "prime_due": Asked(DUE, "Quelle prime", choices=changes.due),
        "temps_partiel": Asked(
            QUOTITE,
            "Quotité depuis ce jour",
            "number",
            unit="%",
            empty=str(changes.quotite),
            most=FULL_TIME,
        ),
        "direction": None
        if changes.heads
        else Asked(CLASSES, "Classes de l’école", "number", empty="1"),
    }.get(change)
    return (
        Asked(CHANGE, "Ce qui a changé", choices=changes.choices),
        *([own] if own else []),
        Asked(DEBUT, "Premier jour", "day", DATE_HINT, empty="1er septembre, supposé"),
        Asked(FIN, "Dernier jour", "day", DATE_HINT, empty="dure encore"),
        Asked(RIGHT, "Paie déjà juste depuis", "day", "Un jour de ce mois", empty="pas encore"),
    )


@dataclass
class Entry:
    """What was typed, read; what could not be is left out, and said at its field."""

    change: str
    values: dict[str, Any] = field(default_factory=dict)
    errors: dict[str, KitError] = field(default_factory=dict)
    wait: int = WAITS[0]
    needed: dict[str, Any] = field(default_factory=dict)
    """What a change cannot do without, as it is supposed before anything is typed."""

    def question(self, person: EtSiQuestion) -> TropPercuQuestion:
        """Return what is asked about a person; without first day, that of the school year."""
        today = person.aujourdhui
        right = add_months_civil(today.replace(day=1), self.wait)
        begin = self.values.get("debut", rentree_day(school_year(today)))
        after = max(right, add_months_civil(begin.replace(day=1), 1))
        given = {"debut": begin, "corrige": after, **self.values}
        return TropPercuQuestion.model_validate({"personne": person, **given})

    def without(self, error: InputError) -> Entry:
        """Return the entry without the field that a refusal names: it is said there.

        A field that was not typed cannot be left out: the refusal stands for the whole.
        """
        name = _WHERE.get(error.where, "")
        if not name or error.where not in self.values or name in self.errors:
            raise error
        left = {one: value for one, value in self.values.items() if one != error.where}
        needed = {one: value for one, value in self.needed.items() if one == error.where}
        errors = self.errors | {name: error}
        return Entry(self.change, left | needed, errors, self.wait, self.needed)


def read(typed: Mapping[str, str], changes: Changes) -> Entry:
    """Return what was typed as a question may hold it."""
    asked = typed.get(CHANGE, "")
    entry = Entry(asked if asked in changes.keys else changes.keys[0])
    for key, name in (("debut", DEBUT), ("fin", FIN), ("corrige", RIGHT)):
        if typed.get(name, "").strip():
            _try(entry, key, name, partial(read_day, typed[name]))
    begin, end = entry.values.get("debut"), entry.values.get("fin")
    if begin and end and end < begin:
        del entry.values["fin"]
        entry.errors[FIN] = InputError(
            "Ce jour vient avant le premier jour.", remedy="Corrigez l’un des deux."
        )
    _read_change(entry, typed, changes)
    entry.values["mensualites"] = _lever(typed.get(SPREAD, ""), 1, MOST_SPREAD)
    entry.values["a_charge"] = _lever(typed.get(CHARGE, ""), 0, MOST_IN_CHARGE)
    entry.wait = _lever(typed.get(WAIT, ""), WAITS[0], WAITS[-1])
    return entry


def _read_change(entry: Entry, typed: Mapping[str, str], changes: Changes) -> None:
    """Read what has changed, and what that change alone asks."""
    change, values = entry.change, entry.values
    if change.startswith(STOPPED):
        values |= {"changement": "prime_arretee", "prime": {"code": change.removeprefix(STOPPED)}}
    elif change in (NO_NETWORK, *_NETWORKS):
        values |= {"changement": "education_prioritaire", "reseau": change}
    elif change == "prime_due":
        known = dict(changes.due)
        code = typed.get(DUE, "")
        code, _, variant = (code if code in known else next(iter(known))).partition("=")
        values |= {"changement": change, "prime": {"code": code, "variante": variant or None}}
    else:
        values["changement"] = change
    if change == "temps_partiel":
        entry.needed["quotite"] = changes.quotite
        _number(entry, typed, "quotite", QUOTITE, bounds("quotite"))
    if change == "direction" and not changes.heads:
        entry.needed["classes"] = 1
        _number(entry, typed, "classes", CLASSES, bounds("classes"))
    entry.values = entry.needed | entry.values


def _number(
    entry: Entry, typed: Mapping[str, str], key: str, name: str, within: tuple[float, float]
) -> None:
    if typed.get(name, "").strip():
        least, most = within
        _try(
            entry,
            key,
            name,
            lambda: int(read_number(typed[name], least=least, most=most, whole=True) or least),
        )


def _try(entry: Entry, key: str, name: str, reading: Callable[[], Any]) -> None:
    try:
        entry.values[key] = reading()
    except InputError as error:
        entry.errors[name] = error


def _lever(typed: str, least: int, most: int) -> int:
    """Return the place of a lever; its first one where what came is no place of it."""
    return min(max(int(typed), least), most) if typed.isdecimal() else least
