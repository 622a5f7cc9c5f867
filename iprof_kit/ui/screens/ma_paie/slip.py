"""The lines of a payslip as a table shows them, each with its reason."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from iprof_kit.calculate.guides import law_facts
from iprof_kit.calculate.guides.law_facts import Standing
from iprof_kit.calculate.interface.in_full import in_full
from iprof_kit.calculate.interface.official_texts import official_texts
from iprof_kit.calculate.pay import choices as pay_choices
from iprof_kit.calculate.pay.question import PayAnswer, PayLigne, PayQuestion
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.parts import Pair, Why

_OUT = ("a_deduire", "retenue")
_DAILY = ("ISSR",)


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


def doubtful_total(lines: Iterable[PayLigne], total: str) -> bool:
    """Tell whether a total, named as in `PayTotaux`, rests on a line to verify."""
    return any(line.a_verifier and _counts(line, total) for line in lines)


def _counts(line: PayLigne, total: str) -> bool:
    match total:
        case "brut":
            return line.nature == "gain"
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
    others = [line for line in own if line.nature != "gain" and line.code != "PAS"]
    rows = [*_lines(gains, question.date), _total(answer, "brut", "Total brut")]
    rows += [*_lines(others, question.date), _total(answer, "net_avant_impot", "Net avant impôt")]
    taxable = _total(answer, "net_imposable", "Net imposable")
    rows.append(replace(taxable, remark=pay_choices.rule_sentence("IMPOSABLE", question.date)))
    if answer.totaux.net_a_payer is not None:
        rows += [*_lines(tax, question.date), _total(answer, "net_a_payer", "Net à payer")]
    return (_with_index(rows[0], question), *rows[1:])


def _with_index(row: SlipRow, question: PayQuestion) -> SlipRow:
    """Return the line of the traitement with the index and the point that make it."""
    place = Standing(
        question.corps or "", question.grade or "", question.echelon or "", question.chevron
    )
    index = law_facts.indice_majore(place, question.date)
    if row.why is None or index is None:
        return row
    point = f"{pay_choices.point_value(question.date):.4f} €".replace(".", ",")
    verified = text.day(pay_choices.point_verified())
    made = (
        Pair("Indice majoré", str(index)),
        Pair("Valeur annuelle du point", text.french(point)),
        Pair("Valeur du point vérifiée le", text.french(verified)),
    )
    return replace(row, why=replace(row.why, pairs=(*made, *row.why.pairs)))


def employer_rows(answer: PayAnswer, on: date) -> tuple[SlipRow, ...]:
    """Return what the employer pays on top, as far as the tables know it."""
    lines = [line for line in answer.lignes if line.nature == "patronal"]
    if not lines:
        return ()
    return (*_lines(lines, on), _total(answer, "cout_employeur", "Brut et contributions connues"))


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


def _lines(lines: Sequence[PayLigne], on: date) -> list[SlipRow]:
    seen: dict[str, int] = {}
    rows = []
    for line in lines:
        seen[line.code] = seen.get(line.code, 0) + 1
        row_id = f"l-{line.code.lower().replace('_', '-')}-{seen[line.code]}"
        rows.append(_line(line, row_id, on))
    return rows


def _line(line: PayLigne, row_id: str, on: date) -> SlipRow:
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
        why=_why(line, amount, on),
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


def _why(line: PayLigne, amount: str, on: date) -> Why:
    base = _base(line)
    pairs = [
        Pair("Base" if line.base is not None else "Montant", base) if base else None,
        Pair("Taux", text.percent(line.taux)) if line.taux is not None else None,
        Pair(text.french(line.libelle), amount, result=True),
    ]
    return Why(
        text.french(f"Pourquoi {amount} ?"),
        text.sentence(pay_choices.rule_sentence(line.code, on)),
        tuple(pair for pair in pairs if pair),
        official_texts(line.source),
    )
