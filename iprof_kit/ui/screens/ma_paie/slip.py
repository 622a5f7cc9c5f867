"""The lines of a payslip as a table shows them, each with its reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from iprof_kit.calculate.interface.in_full import in_full
from iprof_kit.calculate.pay import choices as pay_choices
from iprof_kit.calculate.pay.question import PayAnswer, PayLigne, PayQuestion
from iprof_kit.ui.kit.parts import Why, discreet, why_of
from iprof_kit.ui.screens.ma_paie.figures import pay_month
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.worded import Worded, figure, kept_of, worded

_OUT = ("a_deduire", "retenue")
_DAILY = ("ISSR",)
_When = tuple[str, tuple[str, ...]]
"""The month of a payslip, and what it supposes."""
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
    """One line of the payslip; what is not concerned is empty."""

    id: str
    label: str
    base: str
    rate: str
    gain: str = ""
    out: str = ""
    remark: str = ""
    """Why a line is to verify, or the rule of a total."""
    source: str = ""
    """Where the amount comes from, with its letter: for « Règles et sources » alone."""
    verify: bool = False
    total: bool = False
    why: Why | None = None
    asks: str = ""
    """Of what its reason is asked, once it is opened; a total has none."""


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


def slip_rows(
    answer: PayAnswer, question: PayQuestion, given: tuple[str, ...] = ()
) -> tuple[SlipRow, ...]:
    """Return the lines in the order of a payslip, with its totals; `given`: what it supposes."""
    when = (pay_month(question.date), given)
    own = [line for line in answer.lignes if line.nature != "patronal"]
    tax = [line for line in own if line.code == "PAS"]
    gains = [line for line in own if line.nature == "gain"]
    absences = [line for line in own if line.code.startswith(_ABSENCE)]
    before = [*gains, *absences]
    others = [line for line in own if line not in before and line.code != "PAS"]
    rows = [*_lines(before, when), _total(answer, "brut", "Total brut", when)]
    rows += [*_lines(others, when), _total(answer, "net_avant_impot", "Net avant impôt", when)]
    taxable = _total(answer, "net_imposable", "Net imposable", when)
    rows.append(replace(taxable, remark=pay_choices.taxable_sentence(question.date)))
    if answer.totaux.net_a_payer is not None:
        rows += [*_lines(tax, when), _total(answer, "net_a_payer", "Net à payer", when)]
    return tuple(rows)


def employer_rows(
    answer: PayAnswer, question: PayQuestion, given: tuple[str, ...] = ()
) -> tuple[SlipRow, ...]:
    """Return what the employer pays on top, as far as the tables know it."""
    when = (pay_month(question.date), given)
    lines = [line for line in answer.lignes if line.nature == "patronal"]
    if not lines:
        return ()
    total = _total(answer, "cout_employeur", "Brut et contributions connues", when)
    return (*_lines(lines, when), total)


def _total(answer: PayAnswer, total: str, label: str, when: _When) -> SlipRow:
    amount = getattr(answer.totaux, total)
    return SlipRow(
        f"t-{total.replace('_', '-')}",
        label,
        "",
        "",
        gain=figure(text.money(amount), TOTALS[total], amount, *when),
        verify=doubtful_total(answer.lignes, total),
        total=True,
    )


def _lines(lines: Sequence[PayLigne], when: _When) -> list[SlipRow]:
    seen: dict[str, int] = {}
    rows = []
    for line in lines:
        seen[line.code] = seen.get(line.code, 0) + 1
        row_id = f"l-{line.code.lower().replace('_', '-')}-{seen[line.code]}"
        rows.append(_line(line, row_id, when))
    return rows


def _line(line: PayLigne, row_id: str, when: _When) -> SlipRow:
    amount = figure(text.money(line.montant), f"pay.{row_id}", line.montant, *when)
    out = line.nature in _OUT
    return SlipRow(
        row_id,
        line.libelle,
        _base(line, row_id, when),
        text.percent(line.taux),
        gain="" if out else amount,
        out=amount if out else "",
        verify=line.a_verifier,
        remark=line.remarque if line.a_verifier else "",
        source=f"{in_full(line.source)} (confiance {line.confiance})",
        why=discreet(why_of(line.explication)) if line.explication else None,
        asks=line.code,
    )


def _base(line: PayLigne, row_id: str, when: _When) -> str:
    """Return what a rate applies to in the month, or the amount of a year, an hour or a day."""

    def base(amount: float, each: str) -> Worded:
        return figure(text.money(amount), f"pay.{row_id}.{each}", amount, *when)

    if line.base is not None:
        return base(line.base, "base")
    if line.montant_annuel is not None:
        return worded("{} par an", base(line.montant_annuel, "year"))
    if line.montant_unitaire is None:
        return ""
    each = "le jour" if line.code in _DAILY else "l’heure"
    return worded("{} {}", base(line.montant_unitaire, "unit"), each)


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
