"""From the columns of a payslip to what one person reads."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import cache

import numpy as np

from iprof_kit.base.calendar import MONTHS, date_text
from iprof_kit.base.money import sum_in_euros
from iprof_kit.base.sources import Confidence, Source, to_verify, worst
from iprof_kit.calculate.interface.explained import Reference
from iprof_kit.calculate.pay.question import EcartLigne, PayLigne, PaySituation, PayTotaux
from iprof_kit.law.career.traitement import Euros
from iprof_kit.law.payroll.lines import PayLine
from iprof_kit.law.payroll.payslip import Payslip
from iprof_kit.law.tables.facts import Fact
from iprof_kit.law.tables.verified import verified_until


def months_text(months: Sequence[int]) -> str:
    """Return « en janvier », « en novembre et février », « d’octobre à juin »."""
    names = [MONTHS[month - 1] for month in months]
    following = [month % 12 + 1 for month in months]
    if len(months) > 2 and list(months[1:]) == following[:-1]:
        return f"{'d’' if names[0][0] in 'ao' else 'de '}{names[0]} à {names[-1]}"
    listed = filter(None, (", ".join(names[:-1]), *names[-1:]))
    return f"en {' et '.join(listed)}" if names else ""


def missing_for_compensation(who: PaySituation) -> str:
    """Return what the indemnité compensatrice of the CSG lacks, "" where nothing does."""
    if who.nomme_avant_2018 is None:
        return "faute de savoir si la nomination est d’avant 2018"
    if who.nomme_avant_2018:
        if who.brut_2017 is None:
            return "faute de votre brut de 2017"
        return "faute de votre contribution de solidarité de 2017" if who.ces_2017 is None else ""
    return "faute du brut de votre premier mois complet" if who.brut_premier_mois is None else ""


_TOTALS = {
    "brut": "gross",
    "indemnites": "allowances",
    "net_avant_impot": "net",
    "net_imposable": "taxable",
    "net_a_payer": "paid",
    "cout_employeur": "cost",
}
_WEAK = "Montant ou règle à vérifier : source unique ou non confirmée."
_ALWAYS = ("TIB",)


def lines_of(slip: Payslip, person: int) -> tuple[PayLigne, ...]:
    """Return the lines of one person; a line that pays and takes nothing is left out."""
    return tuple(_line(line, person) for line in slip.lines if is_shown(line, person))


def is_shown(line: PayLine, person: int) -> bool:
    """Tell whether a line is one of a person: it pays or takes something, or is always there."""
    return line.code in _ALWAYS or bool(line.amount[person] != 0)


def _line(line: PayLine, person: int) -> PayLigne:
    rows, doubt = line.rows(person), line.doubt_of(person)
    source, confidence, weak, warning = _papers(rows, doubt)
    return PayLigne(
        code=line.code,
        libelle=line.label,
        nature=line.kind,
        base=_of(line.base, person),
        montant_annuel=_of(line.annual, person),
        montant_unitaire=_of(line.unit, person),
        taux=line.rate if isinstance(line.rate, float | int) else _own(line.rate, person),
        montant=float(line.amount[person]),
        source=source,
        confiance=confidence,
        a_verifier=weak,
        remarque=warning,
    )


def _of(values: Euros | None, person: int) -> float | None:
    """Return euros of one person to the cent, None where there are none."""
    euros = _own(values, person)
    return None if euros is None else round(euros, 2)


def _own(values: Euros | None, person: int) -> float | None:
    euros = None if values is None else float(values[person])
    return None if euros is None or np.isnan(euros) else euros


def _papers(rows: tuple[Fact, ...], doubt: str) -> tuple[str, Confidence, bool, str]:
    return _cached_papers(tuple((str(r.values["source"]), r.confidence) for r in rows), doubt)


@cache
def _cached_papers(
    rows: tuple[tuple[str, Confidence], ...], doubt: str
) -> tuple[str, Confidence, bool, str]:
    """Return source, confidence, whether to verify, and why."""
    letter = worst(confidence for _, confidence in rows)
    weak = to_verify(letter) or bool(doubt)
    text = " ; ".join(dict.fromkeys(source for source, _ in rows))
    warning = (doubt[0].upper() + doubt[1:] + ".") if doubt else _WEAK if weak else ""
    return text, letter, weak, warning


def totals_of(slip: Payslip, person: int) -> PayTotaux:
    """Return the totals of one person."""
    values = {name: getattr(slip, field) for name, field in _TOTALS.items()}
    return PayTotaux.model_validate(
        {n: None if v is None else float(v[person]) for n, v in values.items()}
    )


def summed(totals: Sequence[PayTotaux]) -> PayTotaux:
    """Return the sum of several totals (the net after tax only where each has one)."""
    return _combined(totals, lambda values: float(sum_in_euros(*values)))


def minus(second: PayTotaux, first: PayTotaux) -> PayTotaux:
    """Return the difference of two totals."""
    return _combined((second, first), lambda v: float(sum_in_euros(v[0], -v[1])))


def times(totals: PayTotaux, months: int) -> PayTotaux:
    """Return the totals of several equal months."""
    return _combined((totals,), lambda values: float(sum_in_euros(values[0] * months)))


def _combined(totals: Sequence[PayTotaux], how: Callable[[list[float]], float]) -> PayTotaux:
    combined = {}
    for name in _TOTALS:
        values = [getattr(one, name) for one in totals]
        combined[name] = None if None in values else how(values)
    return PayTotaux.model_validate(combined)


def gathered(months: Iterable[tuple[PayLigne, ...]]) -> tuple[PayLigne, ...]:
    """Return the lines of several months added up by code, in the order in which they come."""
    by_code: dict[str, list[PayLigne]] = {}
    for lines in months:
        for line in lines:
            by_code.setdefault(line.code, []).append(line)
    return tuple(_gathered(lines) for lines in by_code.values())


def _gathered(lines: list[PayLigne]) -> PayLigne:
    weakest = max(lines, key=lambda line: (line.a_verifier, line.confiance))
    rates = {line.taux for line in lines}
    bases = [line.base for line in lines if line.base is not None]
    amount = float(sum_in_euros(*(line.montant for line in lines)))
    base = float(sum_in_euros(*bases)) if len(bases) == len(lines) else None
    return weakest.model_copy(
        update={"montant": amount, "base": base, "taux": rates.pop() if len(rates) == 1 else None}
    )


def differences(
    first: tuple[PayLigne, ...], second: tuple[PayLigne, ...]
) -> tuple[EcartLigne, ...]:
    """Return the lines whose amount changes, second less first."""
    amounts: dict[str, list[float]] = {}
    labels: dict[str, str] = {}
    for rank, lines in enumerate((first, second)):
        for line in lines:
            amounts.setdefault(line.code, [0.0, 0.0])[rank] += line.montant
            labels[line.code] = line.libelle
    gaps = {code: float(np.round(after - before, 2)) for code, (before, after) in amounts.items()}
    return tuple(
        EcartLigne(code=code, libelle=labels[code], ecart=gap) for code, gap in gaps.items() if gap
    )


def references(slips: Sequence[Payslip], person: int) -> tuple[Reference, ...]:
    """Return every text behind the lines of one person, once."""
    by_paper: dict[tuple[object, ...], Reference] = {}
    for slip in slips:
        for line in slip.lines:
            if is_shown(line, person):
                for row in line.rows(person):
                    papers = row.papers
                    by_paper.setdefault((papers.text, papers.since), _reference(papers))
    return tuple(by_paper.values())


@cache
def _reference(papers: Source) -> Reference:
    return Reference(
        texte=papers.text,
        valide_du=papers.since,
        valide_au=papers.until,
        confiance=papers.confidence,
    )


@cache
def _verified() -> date:
    return verified_until()


def doubt_text(lines: Sequence[PayLigne], on: date) -> str:
    """Return which lines must be verified, and whether the month is yet to come; « » where none."""
    names = dict.fromkeys(line.libelle for line in lines if line.a_verifier)
    sentences = [f"À vérifier : {', '.join(names)}."] if names else []
    if on > _verified():
        sentences.append(
            f"Textes vérifiés jusqu’au {date_text(_verified())} : après, dernières valeurs connues."
        )
    return " ".join(sentences)
