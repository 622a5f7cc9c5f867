"""« Pourquoi ? » of supposed scenarios: the steps of a day, its pay, its gap, calculated again.

Each is made again from the scenario that was asked, by the rules that made it: a step by those of
a career, an amount line by line by those of the payslip. What is supposed is told apart. The gap
of two scenarios names the lines of pay that differ; each of them has its own reason.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import NamedTuple

from iprof_kit.base.calendar import MONTH, axis_of, date_text, duration_text
from iprof_kit.base.errors import LawError
from iprof_kit.base.explanation import datum, hypothesis, record, unexplained
from iprof_kit.base.words import MINUS, NBSP, echelon_label, euros_text, grade_label, number_text
from iprof_kit.calculate.career.why import explain_place
from iprof_kit.calculate.et_si.answer import Etape, EtSiAnswer, ScenarioCalcule, Tranche
from iprof_kit.calculate.et_si.calculation import answer, apart_from_scenarios, live, paid_line
from iprof_kit.calculate.et_si.career import Origin, Walked, changed, placed_in
from iprof_kit.calculate.et_si.gap import Stretch, stretches
from iprof_kit.calculate.et_si.naming import event_text
from iprof_kit.calculate.et_si.pay import Owed, Post, Timeline, asked, paid, paid_all
from iprof_kit.calculate.et_si.pension import explain_pension
from iprof_kit.calculate.et_si.question import EtSiQuestion, Evenement
from iprof_kit.calculate.interface.explained import Explanation, Line
from iprof_kit.calculate.interface.why import explain_or_refusal, refuse_another
from iprof_kit.calculate.pay.question import EVERY, PayLigne
from iprof_kit.calculate.pay.why import explain_lines
from iprof_kit.law.tables.cells import CELLS

KEYS = "ABCD"
"""Letters of the scenarios, in their order."""
_SIGNS = {"gain": 1, "credit": 1, "a_deduire": -1, "retenue": -1}
"""What a line does to the net; the employer's lines do nothing to it."""
_PROMOTIONS = ("hors_classe", "classe_exceptionnelle")
_A_DAY = timedelta(days=1)


class Part(NamedTuple):
    """A line of pay as it stands in some scenarios: what it gives in each, signed, in cents."""

    code: str
    label: str
    cents: tuple[int, ...]
    doubtful: bool
    rule: str

    @property
    def gap(self) -> int:
        """What the first has more than the second; what the only one has."""
        first, *others = self.cents
        return first - sum(others)


_Slip = dict[str, tuple[PayLigne, ...]]
"""The lines of a payslip that make its net, by code, each with its reason."""


@dataclass(frozen=True)
class Reasons:
    """What may be asked of an answer: each reason is calculated when it is asked for.

    Parameters
    ----------
    question : EtSiQuestion
        With its scenarios.
    shown : EtSiAnswer
        What was answered to it: a reason that does not find it again is refused.

    Examples
    --------
    >>> from datetime import date
    >>> from iprof_kit.calculate.atelier.files import personas
    >>> persona = personas()["claire_vasseur"]
    >>> question = persona.question(persona.scenarios, persona.jour)
    >>> reasons = Reasons(question, answer(question))
    >>> reasons.net(0, persona.jour).lignes[-1].libelle
    'Net d’un mois moyen avant impôt'
    """

    question: EtSiQuestion
    shown: EtSiAnswer
    _made: dict[tuple[Post, date], _Slip] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def _lives(self) -> tuple[tuple[Walked, Timeline], ...]:
        alone, lives = apart_from_scenarios(self.question), []
        with unexplained():
            for scenario in self.question.scenarios:
                life = live(alone, scenario.evenements)
                lives.append((life.walked, paid_line(alone, life)[0]))
        return tuple(lives)

    def steps(self, rank: int, day: date) -> tuple[Explanation, ...]:
        """Return why a scenario takes the steps that a day pays or dates."""
        walked, shown = self._lives[rank][0], self.shown.scenarios[rank].etapes
        return tuple(
            self._step(rank, step, origin, shown)
            for step, origin in zip(walked.steps, walked.origins, strict=True)
            if day in (step.date, step.payee_le)
        )

    def net(self, rank: int, day: date) -> Explanation:
        """Return why a scenario is paid what it is on a day, line by line."""
        return self._paid((rank,), day)

    def gap(self, first: int, second: int, day: date) -> Explanation:
        """Return why a month of the first scenario is not paid as one of the second."""
        return self._paid((first, second), day)

    def parts(self, ranks: tuple[int, ...], day: date) -> tuple[Part, ...]:
        """Return the lines of pay of one scenario, or those by which two differ, on a day.

        Raises
        ------
        LawError
            A line has no reason: its rule is no longer registered.
        """
        slips = [self._slip(rank, day) for rank in ranks]
        codes = dict.fromkeys(code for slip in slips for code in slip)
        made = (_part(code, slips) for code in codes)
        return tuple(one for one in made if len(ranks) == 1 or one.gap)

    def line(self, rank: int, day: date, code: str) -> tuple[Explanation, ...]:
        """Return why a line of pay of a scenario is what it is on a day; () where it has none."""
        lines = self._slip(rank, day).get(code, ())
        return tuple(line.explication for line in lines if line.explication is not None)

    def whole(self, first: int, second: int, stretch: Stretch) -> Explanation:
        """Return what a stretch parts in all: its month, how long it lasts, what is owed."""
        words = signed(round(stretch.whole.net * 100))

        def again() -> int:
            (one,) = [
                each
                for each in stretches(*self._both(first, second), stretch.end)
                if each.begin == stretch.begin
            ]
            refuse_another(one.whole.net, stretch.whole.net)
            datum("Écart par mois moyen", signed(round(one.month.net * 100)))
            datum("Durée", months_text(one.months))
            self._tell_arrears((first, second), stretch.begin)
            return round(one.whole.net * 100)

        return explain_or_refusal(
            f"Pourquoi {words} en tout ?", again, lambda cents: _sum("En tout", cents)
        )

    def sum(self, first: int, second: int, until: date, label: str) -> Explanation:
        """Return what parts two scenarios before a day, stretch by stretch."""

        def again() -> int:
            total = 0
            for one in stretches(*self._both(first, second), until):
                total += round(one.whole.net * 100)
                if one.differs:
                    last = date_text(one.end - _A_DAY)
                    when = f"Du {date_text(one.begin)} au {last}, {months_text(one.months)}"
                    datum(when, signed(round(one.whole.net * 100)))
            return total

        return explain_or_refusal(f"{label} : pourquoi ?", again, lambda cents: _sum(label, cents))

    def pension(self, rank: int) -> tuple[Explanation, ...]:
        """Return why a scenario has its pension, or its two bounds; () where it has none."""
        made = explain_pension(self.question, self.shown.scenarios[rank])
        return () if made is None else (made,)

    def _both(self, first: int, second: int) -> tuple[ScenarioCalcule, ScenarioCalcule]:
        with unexplained():
            again = answer(self.question)
        refuse_another(again.scenarios, self.shown.scenarios)
        return again.scenarios[first], again.scenarios[second]

    def _step(self, rank: int, step: Etape, origin: Origin, shown: Sequence[Etape]) -> Explanation:
        leg, supposed = origin.leg, self._supposed(rank, step)
        if origin.change is not None:
            return _change(origin, step, supposed)
        moment, made = leg.moments[origin.rank], leg.steps[origin.rank]

        def tell() -> None:
            refuse_another(step in shown, True)
            _suppose(supposed)

        return explain_place(moment, made, leg.settled.lived, leg.pay, leg.situation, tell)

    def _supposed(self, rank: int, step: Etape) -> list[Evenement]:
        """Return the events of a scenario that a step rests on."""
        return [one for one in self.question.scenarios[rank].evenements if _bears(one, step)]

    def _paid(self, ranks: tuple[int, ...], day: date) -> Explanation:
        pieces = [self._piece(rank, day) for rank in ranks]
        shown = round(pieces[0].net * 100) - sum(round(one.net * 100) for one in pieces[1:])
        label = "Net d’un mois moyen avant impôt" if len(ranks) == 1 else "Écart net, mois moyen"
        write = _sum if len(ranks) > 1 else _amount

        def again() -> int:
            for rank, piece in zip(ranks, pieces, strict=True):
                self._tell_post(rank, piece, alone=len(ranks) == 1)
            parts = self.parts(ranks, day)
            for part in parts:
                _tell_part(part)
            total = sum(part.gap for part in parts)
            refuse_another(total, shown)
            return total

        question = f"Pourquoi {write('', shown).valeur} par mois moyen ?"
        if len(ranks) > 1 and not shown:
            question = "Pourquoi le même net par mois moyen ?"
        return explain_or_refusal(question, again, lambda cents: write(label, cents))

    def _tell_post(self, rank: int, piece: Tranche, *, alone: bool) -> None:
        events, of = self.question.scenarios[rank].evenements, "" if alone else f" de {KEYS[rank]}"
        for number in piece.evenements:
            hypothesis(f"Supposé en {KEYS[rank]}", event_text(events[number]), doubtful=False)
        law = next((one for one in events if one.nature == "droit_du"), None)
        if law is not None:
            hypothesis(f"Droit lu pour {KEYS[rank]}", event_text(law), doubtful=False)
        datum(f"Position{of}", place_of(piece))

    def _tell_arrears(self, ranks: tuple[int, int], day: date) -> None:
        for rank in ranks:
            line = self._lives[rank][1]
            for one in line.owed(day):
                was, due = (round(net * 100) for net in _nets(one, line.law))
                months = number_text(one.days / MONTH)
                label = f"Rappel de {KEYS[rank]}, {months} mois à {signed(due - was)}"
                datum(label, signed(round(one.days * (due - was) / MONTH)))

    def _piece(self, rank: int, day: date) -> Tranche:
        return [one for one in self.shown.scenarios[rank].tranches if one.debut <= day][-1]

    def _slip(self, rank: int, day: date) -> _Slip:
        """Make the payslip of a day again, with the reason of each of its lines."""
        timeline = self._lives[rank][1]
        post, _ = timeline.post(day)
        if not post.quotite:
            return {}
        if (post, timeline.law) not in self._made:
            every = asked(post, timeline.law).model_copy(update={"raisons": (EVERY,)})
            with unexplained():
                lines = paid(post, timeline.law).lignes
                self._made[post, timeline.law] = _by_code(explain_lines(lines, every))
        return self._made[post, timeline.law]


def _by_code(lines: Sequence[PayLigne]) -> _Slip:
    slip: _Slip = {}
    for line in lines:
        if line.nature in _SIGNS:
            slip[line.code] = (*slip.get(line.code, ()), line)
    return slip


def _part(code: str, slips: Sequence[_Slip]) -> Part:
    lines = [line for slip in slips for line in slip.get(code, ())]
    if refusal := next(filter(None, map(_refusal, lines)), ""):
        raise LawError(refusal)
    reason = lines[0].explication
    return Part(
        code,
        lines[0].libelle,
        tuple(sum(_cents(line) for line in slip.get(code, ())) for slip in slips),
        any(line.a_verifier for line in lines),
        reason.regles[-1] if reason else "",
    )


def _tell_part(part: Part) -> None:
    words = signed(part.gap)
    if len(part.cents) > 1:
        words = f"{words} ({' contre '.join(euros_text(abs(one) / 100) for one in part.cents)})"
    record(
        rule=part.rule,
        source="",
        words=((part.label, words),),
        confidence="D" if part.doubtful else "A",
    )


def _refusal(line: PayLigne) -> str:
    """Return why a line has no reason, "" where it has one."""
    reason = line.explication
    if reason is None or not reason.regles:
        return reason.lignes[0].valeur if reason else f"la ligne {line.libelle} n’a pas de raison."
    return ""


def _bears(event: Evenement, step: Etape) -> bool:
    """Tell whether a step rests on an event supposed."""
    if event.nature in _PROMOTIONS:
        begin = event.debut
        taken = step.nature == "grade" and step.grade == event.nature
        return taken and begin is not None and begin.year == step.date.year
    if event.nature == "bonification":
        return step.nature == "bonification" and step.echelon == str(int(event.echelon or 0) + 1)
    if event.nature == "changement_corps":
        return step.nature == "corps" and step.date == event.debut
    if event.nature == "direction":
        early = step.prononcee_le is not None and step.nature != "bonification"
        return early and event.debut is not None and event.debut < step.payee_le
    return False


def _suppose(events: Sequence[Evenement]) -> None:
    for event in events:
        hypothesis("Supposé", event_text(event), doubtful=False)


def _change(origin: Origin, step: Etape, supposed: Sequence[Evenement]) -> Explanation:
    """Explain where the new corps places a person: her place on the eve, then its rules."""

    def again() -> Etape:
        _suppose(supposed)
        eve = origin.leg.settled.lived.before(axis_of(step.date))
        datum("Position de la veille", CELLS.label(eve.cell))
        datum("Ancienneté de la veille", duration_text(eve.days))
        there = placed_in(origin.leg, origin.change) if origin.change else None
        once_more = changed(there, step.date) if there else None
        refuse_another(once_more, step)
        return step

    def result(made: Etape) -> Line:
        return Line(
            libelle="Indice majoré", valeur=str(made.indice_majore), a_verifier=made.a_verifier
        )

    return explain_or_refusal(f"Pourquoi le {date_text(step.date)} ?", again, result)


def place_of(piece: Tranche) -> str:
    """Return « hors classe, 4e échelon, 80 % », « congé parental »."""
    if not piece.quotite:
        return piece.situation
    echelon = echelon_label(piece.echelon, piece.chevron)
    return f"{grade_label(piece.grade)}, {echelon}, {piece.quotite}{NBSP}%"


def signed(cents: int) -> str:
    """Return « + 143,46 € », « égal » for nothing."""
    if not cents:
        return "égal"
    return f"{'+' if cents > 0 else MINUS}{NBSP}{euros_text(abs(cents) / 100)}"


def months_text(months: float) -> str:
    """Return « 11 mois », « 0,5 mois »."""
    return f"{number_text(round(months, 1))}{NBSP}mois"


def _nets(one: Owed, law: date) -> tuple[float, ...]:
    return tuple(slip.totaux.net_avant_impot for slip in paid_all((one.paid, one.due), law))


def _cents(line: PayLigne) -> int:
    return _SIGNS[line.nature] * round(line.montant * 100)


def _sum(label: str, cents: int) -> Line:
    return Line(libelle=label, valeur=signed(cents))


def _amount(label: str, cents: int) -> Line:
    return Line(libelle=label, valeur=euros_text(cents / 100))
