"""The lines of a payslip as a table shows them, each with its reason."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from iprof_kit.calculate.interface.in_full import in_full
from iprof_kit.calculate.pay import choices as pay_choices
from iprof_kit.calculate.pay.question import PayAnswer, PayLigne, PayQuestion
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.parts import Why, discreet, why_of

_OUT = ("a_deduire", "retenue")
_DAILY = ("ISSR",)
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


def slip_rows(answer: PayAnswer, question: PayQuestion) -> tuple[SlipRow, ...]:
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
    rows.append(replace(taxable, remark=pay_choices.taxable_sentence(question.date)))
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
        "",
        "",
        gain=text.money(getattr(answer.totaux, total)),
        verify=doubtful_total(answer.lignes, total),
        total=True,
    )


def _lines(lines: Sequence[PayLigne]) -> list[SlipRow]:
    seen: dict[str, int] = {}
    rows = []
    for line in lines:
        seen[line.code] = seen.get(line.code, 0) + 1
        row_id = f"l-{line.code.lower().replace('_', '-')}-{seen[line.code]}"
        rows.append(_line(line, row_id))
    return rows


def _line(line: PayLigne, row_id: str) -> SlipRow:
    amount = text.money(line.montant)
    out = line.nature in _OUT
    return SlipRow(
        row_id,
        text.french(line.libelle),
        _base(line),
        text.percent(line.taux),
        gain="" if out else amount,
        out=amount if out else "",
        verify=line.a_verifier,
        remark=text.french(line.remarque) if line.a_verifier else "",
        source=f"{in_full(line.source)} (confiance {line.confiance})",
        why=discreet(why_of(line.explication)) if line.explication else None,
        asks=line.code,
    )


def _base(line: PayLigne) -> str:
    """Return what a rate applies to in the month, or the amount of a year, an hour or a day."""
    if line.base is not None:
        return text.money(line.base)
    if line.montant_annuel is not None:
        return f"{text.money(line.montant_annuel)} par an"
    if line.montant_unitaire is None:
        return ""
    each = "le jour" if line.code in _DAILY else "l’heure"
    return f"{text.money(line.montant_unitaire)} {each}"
