"""The lines of a payslip and its totals, with the bars that lead from gross to net."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import accumulate

from iprof_kit.calculate.pay import choices as pay_choices
from iprof_kit.calculate.pay.question import PayAnswer, PayLigne
from iprof_kit.ui.shared import text

TOTALS = {
    "brut": "gross",
    "net_avant_impot": "net",
    "net_imposable": "net.taxable",
    "net_a_payer": "net.paid",
    "cout_employeur": "cost.employer",
}
"""What each total is called where its fact is said."""
_ABSENCE = "ABS_"
"""Begins the codes of what absences take: the gross is what is left."""


@dataclass(frozen=True)
class SlipRow:
    """One line of the payslip, or one of its totals, which has no line; `of` is its quantity."""

    id: str
    label: str
    amount: float
    of: str
    line: PayLigne | None = None
    remark: str = ""
    """Why a line is to verify, or the rule of a total."""
    verify: bool = False


def doubtful_total(lines: Iterable[PayLigne], total: str) -> bool:
    """Tell whether a total, named as in `PayTotaux`, rests on a line to verify."""
    return any(line.a_verifier and _counts(line, total) for line in lines)


def _counts(line: PayLigne, total: str) -> bool:
    match total:
        case "brut":
            return line.nature == "gain" or line.code.startswith(_ABSENCE)
        case "cout_employeur":
            return line.nature in ("gain", "patronal")
        case "net_a_payer":
            return line.nature != "patronal"
    return line.nature != "patronal" and line.code != "PAS"


def slip_rows(answer: PayAnswer, month: date) -> tuple[SlipRow, ...]:
    """Return the lines in the order of a payslip, with its totals."""
    own = [line for line in answer.lignes if line.nature != "patronal"]
    tax = [line for line in own if line.code == "PAS"]
    gains = [line for line in own if line.nature == "gain"]
    absences = [line for line in own if line.code.startswith(_ABSENCE)]
    before = [*gains, *absences]
    others = [line for line in own if line not in before and line.code != "PAS"]
    rows = [*_lines(before), _total(answer, "brut", "Total brut")]
    rows += [*_lines(others), _total(answer, "net_avant_impot", "Net avant impôt")]
    taxable = _total(answer, "net_imposable", "Net imposable")
    rows.append(replace(taxable, remark=pay_choices.taxable_sentence(month)))
    if answer.totaux.net_a_payer is not None:
        rows += [*_lines(tax), _total(answer, "net_a_payer", "Net à payer")]
    return tuple(rows)


def employer_rows(answer: PayAnswer) -> tuple[SlipRow, ...]:
    """Return what the employer pays on top, as far as the tables know it."""
    lines = [line for line in answer.lignes if line.nature == "patronal"]
    if not lines:
        return ()
    return (*_lines(lines), _total(answer, "cout_employeur", "Brut et contributions connues"))


def _total(answer: PayAnswer, total: str, label: str) -> SlipRow:
    return SlipRow(
        f"t-{total.replace('_', '-')}",
        label,
        getattr(answer.totaux, total),
        TOTALS[total],
        verify=doubtful_total(answer.lignes, total),
    )


def _lines(lines: Sequence[PayLigne]) -> Iterator[SlipRow]:
    seen: Counter[str] = Counter()
    for line in lines:
        seen[line.code] += 1
        row_id = f"l-{line.code.lower().replace('_', '-')}-{seen[line.code]}"
        remark = line.remarque if line.a_verifier else ""
        yield SlipRow(
            row_id, line.libelle, line.montant, f"pay.{row_id}", line, remark, line.a_verifier
        )


GAIN, TAKEN, GROSS, NET = "gain", "taken", "gross", "net"
_TOTALS = {"brut": GROSS, "net_avant_impot": NET, "net_a_payer": NET}


@dataclass(frozen=True)
class FallRow:
    """A line and its bar: where it begins and how long it is, in per cent of the longest."""

    line: SlipRow
    words: str
    """Its amount as it is read here: what is taken away has its sign."""
    kind: str
    start: float
    length: float
    because: str = ""
    """The lines for which a total is to verify; the mark stands there alone."""


def waterfall(answer: PayAnswer, month: date) -> tuple[FallRow, ...]:
    """Return the lines of a month with their bars; one mark, at the first total that needs it."""
    own = [line for line in answer.lignes if line.nature != "patronal"]
    most = max([answer.totaux.brut, *accumulate(map(_signed, own)), 1.0])
    rows = [row for row in slip_rows(answer, month) if row.id != "t-net-imposable"]
    return tuple(_marked(_laid(rows, most), own))


def _signed(line: PayLigne) -> float:
    return line.montant if line.nature in ("gain", "credit") else -line.montant


def _laid(rows: Iterable[SlipRow], most: float) -> Iterator[FallRow]:
    """Yield each line where the one before it ends; a total begins at zero."""
    height = 0.0
    for row in rows:
        if row.line is None:
            kind = _TOTALS[row.id.removeprefix("t-").replace("-", "_")]
            yield FallRow(row, text.money(row.amount), kind, 0, _percent(height, most))
            continue
        change = _signed(row.line)
        low, height = min(height, height + change), height + change
        kind = GAIN if change >= 0 else TAKEN
        length = _percent(abs(change), most)
        yield FallRow(row, text.signed_money(change), kind, _percent(low, most), length)


def _percent(amount: float, most: float) -> float:
    return round(min(max(amount / most * 100, 0), 100), 2)


def _marked(rows: Iterable[FallRow], lines: Iterable[PayLigne]) -> Iterator[FallRow]:
    doubted = [line.libelle for line in lines if line.a_verifier]
    marked = False
    for row in rows:
        here = row.kind == NET and row.line.verify and not marked
        marked = marked or here
        because = ", ".join(dict.fromkeys(doubted)) if here else ""
        yield replace(row, line=replace(row.line, verify=here), because=because)
