"""The operation of a reason: numbers of the trace that make its answer, to the cent.

A rule that writes its formula in the label of a line declares it; elsewhere it is found by her
numbers: the sum of all that is alike, a sum of the last ones, a base and its factors.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, product

from iprof_kit.base.words import number_text
from iprof_kit.calculate.interface.explained import Line
from iprof_kit.calculate.interface.quantities import Amount, amount_of, bounds_of, formula_of, plain

_MOST_FACTORS, _MOST_ADDED, _MOST_LINES = 3, 6, 10
_CENT, _MONTHS = Fraction(1, 100), Fraction(12)
_LESS, _MORE = ("abattement", "décote"), ("surcote",)
_KIND_OF_RATE = "Taux : "
_BOUNDS = ("au moins", "au plus")


@dataclass(frozen=True)
class Term:
    """One number of an equation, the sign before it, what it is."""

    written: str
    label: str = ""
    sign: str = ""


@dataclass(frozen=True)
class _Read:
    """A line and the number in it."""

    line: Line
    label: str
    amount: Amount


def equation(read: Sequence[Line], answer: Line) -> tuple[Term, ...]:
    """Return terms that make the answer, the answer last; none where none are found.

    Where the answer is two bounds, they make the lower one, else the higher.

    Examples
    --------
    >>> lines = [Line(libelle="Assiette", valeur="2 000,00 €"), Line(libelle="Taux", valeur="5 %")]
    >>> made = equation(lines, Line(libelle="Retenue", valeur="100,00 €"))
    >>> [f"{term.sign}{term.written}" for term in made]
    ['2 000,00 €', '×5 %', '=100,00 €']
    """
    known = [
        _Read(line, _short(line.libelle), amount)
        for line in read
        if (amount := amount_of(line.valeur)) is not None
    ]
    called = formula_of(answer.libelle)[0]
    if bounds := bounds_of(answer.valeur):
        wanted = [
            (bound, f"{called} : {side}") for bound, side in zip(bounds, _BOUNDS, strict=True)
        ]
    else:
        amount = amount_of(answer.valeur)
        wanted = [] if amount is None else [(amount, called)]
    for one, label in wanted:
        if terms := _made(known, one):
            return (*terms, Term(one.written, label, "="))
    return ()


def _made(known: Sequence[_Read], wanted: Amount) -> tuple[Term, ...]:
    if wanted.unit not in ("€", "n", "jours"):
        return ()
    for made in (_written, _whole, _sum, _product):
        if terms := made(known, wanted):
            return terms
    return ()


def _short(label: str) -> str:
    """Return what a box is called: « Taux : CSG » is « CSG »."""
    name = formula_of(label)[0].removeprefix(_KIND_OF_RATE)
    return name.split(" : ")[0]


def _written(known: Sequence[_Read], wanted: Amount) -> tuple[Term, ...]:
    """Return the formula that the line of the same amount writes."""
    for one in reversed(known):
        if one.amount.worth == wanted.worth and (terms := _of_formula(one, known)):
            return terms
    return ()


def _of_formula(one: _Read, known: Sequence[_Read]) -> tuple[Term, ...]:
    """Return the terms that a label writes, each called as the line that has its value."""
    names = {plain(each.amount.written): each.label for each in known}
    return tuple(
        Term(written, names.get(written, "mois" if written == "12" else ""), sign)
        for sign, written in formula_of(one.line.libelle)[1]
    )


def _whole(known: Sequence[_Read], wanted: Amount) -> tuple[Term, ...]:
    """Return all that is alike, where it is all counted: what parts two payslips, periods."""
    alike = _alike(known, wanted)
    if len(alike) < 2 or sum(one.amount.worth for one in alike) != wanted.worth:
        return ()
    return tuple(_added(alike, (1,) * len(alike)))


def _product(known: Sequence[_Read], wanted: Amount) -> tuple[Term, ...]:
    """Return a base and factors whose product is the answer: the nearest, the fewest."""
    if wanted.unit != "€":
        return ()
    target = abs(wanted.worth)
    bases = [one for one in reversed(known) if one.amount.unit == "€" and one.amount.worth]
    factors = [
        one
        for one in known
        if one.amount.unit in ("%", "/", "n") and one.amount.worth not in (0, 1)
    ]
    for size in range(_MOST_FACTORS + 1):
        for base in bases[:_MOST_LINES]:
            for chosen in combinations(factors[-_MOST_LINES:], size):
                for terms, worth in _multiplied(base, chosen):
                    if terms and abs(worth - target) <= _CENT:
                        return (*_opened(base, known), *terms)
    return ()


def _multiplied(
    base: _Read, factors: Sequence[_Read]
) -> Iterator[tuple[tuple[Term, ...], Fraction]]:
    """Yield what a base becomes by its factors, by the month too where it is that of a year."""
    worth, terms = abs(base.amount.worth), []
    for one in factors:
        name, share = one.label.lower(), one.amount.worth
        written = one.amount.written
        label = one.label
        if one.amount.unit == "%" and any(word in name for word in (*_LESS, *_MORE)):
            sign, side = ("+", 1) if any(word in name for word in _MORE) else ("−", -1)
            label, share = f"100 % {sign} {written}", 1 + side * share
            written = f"{number_text(float(100 * share))} %"
        worth *= share
        terms.append(Term(written, label, "×"))
    yield tuple(terms), worth
    if base.amount.yearly or "annuel" in base.label.lower() or "par an" in base.label.lower():
        yield (*terms, Term("12", "mois", "÷")), worth / _MONTHS


def _opened(base: _Read, known: Sequence[_Read]) -> tuple[Term, ...]:
    """Return a base as its own formula and its amount, where its label writes one."""
    last = Term(base.amount.written, base.label)
    formula = _of_formula(base, known)
    return (*formula, Term(last.written, last.label, "=")) if formula else (last,)


def _sum(known: Sequence[_Read], wanted: Amount) -> tuple[Term, ...]:
    """Return amounts of the last lines that, added or taken away, make the answer."""
    alike = _alike(known, wanted)
    for count in range(1, min(_MOST_ADDED, len(alike))):
        last = alike[-count:]
        for base in reversed(alike[:-count]):
            for signs in product((1, -1), repeat=count):
                rest = zip(signs, last, strict=True)
                total = base.amount.worth + sum(sign * one.amount.worth for sign, one in rest)
                if total == wanted.worth:
                    return tuple(_added([base, *last], (1, *signs)))
    return ()


def _alike(known: Sequence[_Read], wanted: Amount) -> list[_Read]:
    """Return the amounts of the same unit, the answer itself left out."""
    return [
        one
        for one in known
        if one.amount.unit == wanted.unit and one.amount.worth and one.amount.worth != wanted.worth
    ]


def _added(read: Sequence[_Read], signs: Sequence[int]) -> Iterator[Term]:
    for rank, (one, sign) in enumerate(zip(read, signs, strict=True)):
        less = (one.amount.worth < 0) is (sign > 0)
        yield Term(
            one.amount.written.lstrip("−+- "), one.label, "−" if less else "+" if rank else ""
        )
