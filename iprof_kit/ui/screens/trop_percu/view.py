"""A pay corrected late, as it is shown: what would be taken back or owed, and what to ask first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from math import ceil

from iprof_kit.base.calendar import MONTHS, add_months_civil
from iprof_kit.calculate.overpayment.question import MoisEnTrop, TropPercuAnswer, TropPercuQuestion
from iprof_kit.ui.kit.fields import shown
from iprof_kit.ui.kit.parts import Acted, Field, Option, Result, Why
from iprof_kit.ui.screens.trop_percu.entry import (
    CHANGE,
    DUE,
    MOST_IN_CHARGE,
    MOST_SPREAD,
    WAITS,
    Changes,
    Entry,
    asked_fields,
)
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.worded import figure, worded

TITLE = "Un trop-perçu"
REASONS = "raisons"
"""What the reasons are asked by."""
_MOST_DRAWN, _MOST_NAMED = 60, 12
"""Months that a figure holds (beyond, the table says them), and those that it names."""
_WHOLE = 100


@dataclass(frozen=True)
class Bar:
    """One month of the figure: what it was paid in excess, what would be taken back of it."""

    month: str
    above: int = 0
    below: int = 0


@dataclass(frozen=True)
class Line:
    """One thing supposed: its label, what is read, the field that changes it."""

    field: Field
    value: str


@dataclass(frozen=True)
class Months:
    """Months that follow each other and are the same."""

    first: MoisEnTrop
    last: MoisEnTrop
    count: int

    @property
    def name(self) -> str:
        """« septembre à novembre 2026 »."""
        return text.months_between(_day(self.first.mois), _day(self.last.mois))


@dataclass(frozen=True)
class TropPercuView(Acted):
    """The screen; without `answer`, what may be asked alone."""

    answer: TropPercuAnswer | None = None
    question: TropPercuQuestion | None = None
    lead_strong: str = ""
    lead: str = ""
    results: tuple[Result, ...] = ()
    bars: tuple[Bar, ...] = ()
    reading: str = ""
    waits: tuple[Option, ...] = ()
    charges: tuple[Option, ...] = ()
    spread: int = 1
    most_spread: int = MOST_SPREAD
    lines: tuple[Line, ...] = ()
    months: tuple[Months, ...] = ()
    whys: tuple[Why, ...] = ()
    stopped: str = ""
    """Why nothing is counted."""

    @property
    def taken_back(self) -> bool:
        """Tell whether something would be taken back."""
        return self.answer is not None and self.answer.sens == "trop_percu"


def lead(answer: TropPercuAnswer) -> tuple[str, str]:
    """Return the one answer of the screen, and what follows from it."""
    about = figure(text.euros(answer.brut), "overpaid.gross", answer.brut)
    if answer.sens == "trop_percu":
        return (
            worded("Si le service reprend tout : environ {} bruts", about),
            "date et rythme décidés par lui.",
        )
    if answer.sens == "rappel":
        last = text.dated(answer.par_mois[0].dernier_jour, "overpaid.claim_by")
        return (
            worded("Ce qui vous serait dû : environ {} bruts", about),
            worded("à réclamer par écrit, au plus tard le {} pour le premier mois.", last),
        )
    return "Rien de trop ni de moins dans ce calcul.", ""


def results(answer: TropPercuAnswer) -> tuple[Result, ...]:
    """Return the numbers of the first screenful."""
    if answer.sens == "aucun":
        return ()
    label = "Si le service reprend tout" if answer.sens == "trop_percu" else "Ce qui serait dû"
    gross = _cents(answer.brut, "overpaid.gross")
    numbers = [Result(label, gross, "bruts", verify=answer.a_verifier)]
    if answer.hors_delai:
        late = _cents(answer.hors_delai, "overpaid.late")
        numbers.append(Result("Dont le délai est passé", late, "bruts"))
    if answer.saisissable is not None:
        share = _cents(answer.saisissable, "overpaid.share")
        numbers.append(Result("Part saisissable d’une paie", share, "par mois"))
    return tuple(numbers)


def _cents(amount: float, quantity: str) -> str:
    return figure(text.money(amount), quantity, amount)


def reading(answer: TropPercuAnswer, question: TropPercuQuestion) -> str:
    """Return what an example of a spread leaves of a pay, or that it would take too much."""
    if not answer.etalement:
        return ""
    part, share = answer.etalement[0], answer.saisissable
    if share is not None and part > share:
        return _too_much(answer, part, share)
    first = _first_withheld(question)
    last = add_months_civil(first, len(answer.etalement) - 1)
    left, net = answer.net_du_mois - part, answer.net_du_mois
    return worded(
        f"Exemple, {text.months_between(first, last)} : la paie serait d’environ {{}} nets, au "
        "lieu de {}. Le service décide.",
        figure(text.euros(left), "overpaid.net_left", left),
        figure(text.euros(net), "overpaid.net_today", net),
    )


def _too_much(answer: TropPercuAnswer, part: float, share: float) -> str:
    if not share:
        return "Aucune part de ce net n’est saisissable : demandez un report, ou une remise."
    often = "en une fois" if len(answer.etalement) == 1 else "par mois"
    least = ceil(sum(answer.etalement) / share)
    return worded(
        f"{{}} {often} dépassent la part saisissable : demandez au moins {least}{text.NBSP}mois.",
        _cents(part, "overpaid.part"),
    )


def bars(answer: TropPercuAnswer, question: TropPercuQuestion) -> tuple[Bar, ...]:
    """Return the months of the figure; none where there are too many, or nothing is drawn."""
    if not answer.par_mois:
        return ()
    above = {_day(one.mois): abs(one.brut) for one in answer.par_mois}
    first = _first_withheld(question)
    below = {add_months_civil(first, rank): part for rank, part in enumerate(answer.etalement)}
    highest = max(*above.values(), *below.values(), 0.01)
    begin, end = min((*above, *below)), max((*above, *below))
    drawn = list(_months_from(begin, end))
    if len(drawn) > _MOST_DRAWN:
        return ()
    every = ceil(len(drawn) / _MOST_NAMED)
    return tuple(
        Bar(
            "" if rank % every else text.short_day(month)[0].split(text.NBSP)[-1],
            round(above.get(month, 0) / highest * _WHOLE),
            round(below.get(month, 0) / highest * _WHOLE),
        )
        for rank, month in enumerate(drawn)
    )


def _months_from(begin: date, end: date) -> Iterator[date]:
    while begin <= end:
        yield begin
        begin = add_months_civil(begin, 1)


def _first_withheld(question: TropPercuQuestion) -> date:
    """Return the first month of the example: the one that follows the pay put right, or today."""
    right = max(question.corrige, question.personne.aujourdhui).replace(day=1)
    return add_months_civil(right, 1)


def alike(months: tuple[MoisEnTrop, ...]) -> Iterator[Months]:
    """Yield the months with those that follow each other and are the same written once."""
    group: list[MoisEnTrop] = []
    for one in months:
        if group and (one.lignes, one.net, one.passe) != _same_of(group[-1]):
            yield Months(group[0], group[-1], len(group))
            group = []
        group.append(one)
    if group:
        yield Months(group[0], group[-1], len(group))


def _same_of(one: MoisEnTrop) -> tuple[object, ...]:
    return (one.lignes, one.net, one.passe)


def _day(month: str) -> date:
    return date.fromisoformat(f"{month}-01")


def lines(entry: Entry, changes: Changes, typed: dict[str, str]) -> tuple[Line, ...]:
    """Return what is supposed, one field a line."""
    known = dict(changes.choices) | dict(changes.due)
    return tuple(
        Line(
            shown(one, typed.get(one.name, ""), entry.errors.get(one.name)),
            known.get(typed.get(one.name, "") or _first(one.name, entry, changes), "")
            or typed.get(one.name, "")
            or one.empty,
        )
        for one in asked_fields(changes, entry.change)
    )


def _first(name: str, entry: Entry, changes: Changes) -> str:
    if name == CHANGE:
        return entry.change
    return changes.due[0][0] if name == DUE else ""


def waits(entry: Entry, today: date) -> tuple[Option, ...]:
    """Return the months in which the pay may be put right."""
    return tuple(
        Option(str(wait), MONTHS[add_months_civil(today, wait).month - 1], wait == entry.wait)
        for wait in WAITS
    )


def charges(entry: Entry) -> tuple[Option, ...]:
    """Return how many persons may be in charge."""
    chosen = entry.values["a_charge"]
    return tuple(Option(str(one), str(one), one == chosen) for one in range(MOST_IN_CHARGE + 1))
