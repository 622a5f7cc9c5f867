"""The payslip as a waterfall: each line with its bar, from the gross to the net."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from iprof_kit.calculate.pay.question import PayAnswer, PayLigne, PayQuestion
from iprof_kit.ui.screens.ma_paie.slip import SlipRow, slip_rows
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.worded import kept_of

GAIN, TAKEN, GROSS, NET = "gain", "taken", "gross", "net"
_TOTALS = {"brut": GROSS, "net_avant_impot": NET, "net_a_payer": NET}


@dataclass(frozen=True)
class FallRow:
    """A line and its bar: where it begins and how long it is, in per cent of the longest."""

    line: SlipRow
    amount: str
    kind: str
    start: float
    length: float
    because: str = ""
    """The lines for which a total is to verify; the mark stands there alone."""


def waterfall(
    answer: PayAnswer, question: PayQuestion, given: tuple[str, ...] = ()
) -> tuple[FallRow, ...]:
    """Return the lines of a month with their bars; one mark, at the first total that needs it."""
    own = [line for line in answer.lignes if line.nature != "patronal"]
    amounts = {f"l-{key}": line for key, line in _keyed(own)}
    most = max([answer.totaux.brut, *_heights(own), 1.0])
    every = slip_rows(answer, question, given)
    rows = [row for row in every if row.id != "t-net-imposable"]
    return tuple(_marked(_laid(rows, amounts, most), own))


def _keyed(lines: Iterable[PayLigne]) -> Iterator[tuple[str, PayLigne]]:
    seen: dict[str, int] = {}
    for line in lines:
        seen[line.code] = seen.get(line.code, 0) + 1
        yield f"{line.code.lower().replace('_', '-')}-{seen[line.code]}", line


def _signed(line: PayLigne) -> float:
    return line.montant if line.nature in ("gain", "credit") else -line.montant


def _heights(lines: Iterable[PayLigne]) -> Iterator[float]:
    height = 0.0
    for line in lines:
        height += _signed(line)
        yield height


def _laid(rows: Iterable[SlipRow], lines: dict[str, PayLigne], most: float) -> Iterator[FallRow]:
    """Yield each line where the one before it ends; a total begins at zero."""
    height = 0.0
    for row in rows:
        if row.total:
            kind = _TOTALS[row.id.removeprefix("t-").replace("-", "_")]
            yield FallRow(row, row.gain, kind, 0, _percent(height, most))
            continue
        change = _signed(lines[row.id])
        low, height = min(height, height + change), height + change
        kind = GAIN if change >= 0 else TAKEN
        length = _percent(abs(change), most)
        amount = kept_of(row.gain or row.out, text.signed_money(change))
        yield FallRow(row, amount, kind, _percent(low, most), length)


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
