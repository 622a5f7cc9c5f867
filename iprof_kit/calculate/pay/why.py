"""« Pourquoi ? » of the lines of a payslip: the payslip calculated again under the trace."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

from iprof_kit.base.explanation import AppliedRule, Trace, explain
from iprof_kit.base.words import euros_text
from iprof_kit.calculate.interface.explained import Explanation, Line
from iprof_kit.calculate.interface.why import (
    from_trace,
    or_refusal,
    refuse_another,
    suppose_last_known,
)
from iprof_kit.calculate.pay.lines import is_shown
from iprof_kit.calculate.pay.question import EVERY, PayLigne, PayQuestion
from iprof_kit.calculate.pay.sheet import sheet
from iprof_kit.law.payroll.lines import PayLine
from iprof_kit.law.payroll.payslip import payslip

Coded = TypeVar("Coded", PayLigne, PayLine)


def explain_lines(lines: tuple[PayLigne, ...], question: PayQuestion) -> tuple[PayLigne, ...]:
    """Return the lines of a month, with their reason those that the question asks why.

    Where a line, calculated again, is another one, or where one of its rules is no longer
    registered, its reason is refused.
    """
    month = question.date.replace(day=1)
    with explain() as before:
        suppose_last_known(month)
    with explain():
        made = sheet([question], month, smoothed=question.mode == "annualise")
        again = dict(_of_codes([line for line in payslip(made.payees).lines if is_shown(line, 0)]))
    explained = []
    for key, line in _of_codes(lines):
        if {EVERY, line.code}.isdisjoint(question.raisons):
            explained.append(line)
            continue
        reason = _reason(line, again.get(key), before.steps)
        explained.append(line.model_copy(update={"explication": reason}))
    return tuple(explained)


def _of_codes(lines: Sequence[Coded]) -> Iterator[tuple[tuple[str, int], Coded]]:
    """Yield each line with its code, and its rank among those of this code."""
    seen: dict[str, int] = {}
    for line in lines:
        seen[line.code] = seen.get(line.code, 0) + 1
        yield (line.code, seen[line.code]), line


def _reason(shown: PayLigne, again: PayLine | None, before: list[AppliedRule]) -> Explanation:
    amount = euros_text(shown.montant)
    question = f"Pourquoi {amount} ?"

    def from_its_rules() -> Explanation:
        refuse_another(None if again is None else float(again.amount[0]), shown.montant)
        result = Line(libelle=shown.libelle, valeur=amount, a_verifier=shown.a_verifier)
        return from_trace(question, Trace([*before, *(again.steps if again else ())]), result)

    return or_refusal(from_its_rules, question)
