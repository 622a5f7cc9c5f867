"""A reason in ten seconds: one sentence with her own numbers, and the equation or the time in it.

All is read in the lines of the trace. An equation is one that her numbers verify, to the cent; a
band of time is one whose length leads from its first day to its last. Where neither is found, the
sentence gives the answer after what led to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import combinations, product

from iprof_kit.base.words import french, number_text
from iprof_kit.calculate.interface.explained import Line
from iprof_kit.calculate.interface.quantities import (
    Amount,
    after_or_before,
    amount_of,
    day_of,
    formula_of,
    length_of,
    plain,
)

LONGEST = 25
"""Words of the sentence at most: it is understood at once, or it is not one."""
_MOST_FACTORS, _MOST_ADDED, _MOST_LINES = 3, 6, 10
_CENT, _MONTHS = Fraction(1, 100), Fraction(12)
_LESS, _MORE = ("abattement", "décote"), ("surcote",)
_KIND_OF_RATE = "Taux : "
_BEFORE_A_DAY = re.compile(r"(,? ?(à partir|au plus tard))? (le|du|au)$")


@dataclass(frozen=True)
class Term:
    """One number of an equation, the sign before it, what it is."""

    written: str
    label: str = ""
    sign: str = ""


@dataclass(frozen=True)
class Span:
    """A length of time between two days, as they are written."""

    begin: str
    length: str
    end: str
    label: str = ""
    back: bool = False
    """The length is counted backwards: a last day before another."""


@dataclass(frozen=True)
class Headline:
    """What a reason says first; `terms` end with the answer, none where no equation was found."""

    sentence: str
    terms: tuple[Term, ...] = ()
    span: Span | None = None
    beside: str = ""
    """The sentence of the time, where the answer is an amount that begins on a day."""


@dataclass(frozen=True)
class _Read:
    """A line and the number in it."""

    line: Line
    label: str
    amount: Amount


def headline(lines: Sequence[Line], question: str = "") -> Headline:
    """Return what a reason says first, from its lines; the last one is the answer.

    Parameters
    ----------
    lines : sequence of Line
    question : str
        Where it asks for a day, and the answer is an amount, the time to that day stands beside.

    Examples
    --------
    >>> read = [Line(libelle="Assiette", valeur="2 371,36 €"),
    ...         Line(libelle="Taux", valeur="11,1 %"), Line(libelle="Retenue", valeur="263,22 €")]
    >>> plain(headline(read).sentence)
    '2 371,36 € × 11,1 % = 263,22 € : retenue.'
    """
    if not lines:
        return Headline("")
    *read, answer = lines
    if len(lines) == 1 or answer.nature == "refus":
        return Headline(_told(lines))
    terms, span = _equation(read, answer), _span(lines)
    if span and span.end == plain(answer.valeur):
        return Headline(_of_span(span), (), span)
    if span and span.end not in plain(question):
        span = None
    beside = _of_span(span) if span else ""
    sentence = _of_terms(terms, answer) if terms else ""
    if not sentence or len(plain(sentence).split()) > LONGEST:
        sentence = _told(lines)
    return Headline(sentence, terms, span, beside)


def _of_terms(terms: Sequence[Term], answer: Line) -> str:
    words = ""
    for before, term in zip((None, *terms), terms, strict=False):
        then = ", puis" if before and before.sign == "=" else ""
        words += f"{then} {term.sign} {term.written}".replace("  ", " ")
    return french(f"{words.strip()}{_called(formula_of(answer.libelle)[0])}.")


def _of_span(span: Span) -> str:
    sign = "−" if span.back else "+"
    return french(f"{span.begin} {sign} {span.length} = {span.end}{_called(span.label)}.")


def _called(label: str) -> str:
    """Return « : retenue pour pension », without the word that a date would follow."""
    name = _BEFORE_A_DAY.sub("", label)
    alone = name != label and " " not in name
    return "" if alone else f" : {_lowered(name)}"


def _told(lines: Sequence[Line]) -> str:
    """Return the answer after the last things that led to it, as many as the sentence holds."""
    *read, answer = lines
    causes = [_pair(one) for one in read if _tells(one, answer)]
    for count in range(min(2, len(causes)), -1, -1):
        first, *others = [*causes[len(causes) - count :], _pair(answer)]
        sentence = " ; ".join([first, *map(_lowered, others)])
        if len(plain(sentence).split()) <= LONGEST:
            return french(f"{sentence.rstrip('.')}.")
    return french(f"{plain(answer.valeur).rstrip('.')}.")


def _tells(line: Line, answer: Line) -> bool:
    if plain(line.valeur) == plain(answer.valeur):
        return any(sign.isdigit() for sign in line.libelle)
    return any(sign.isdigit() for sign in f"{line.libelle}{line.valeur}")


def _pair(line: Line) -> str:
    return f"{plain(line.libelle).rstrip(' :')} : {plain(line.valeur)}".removesuffix(" : ")


def _lowered(words: str) -> str:
    first = words.split(" ", 1)[0]
    return words if first.isupper() and len(first) > 1 else f"{words[:1].lower()}{words[1:]}"


def _equation(read: Sequence[Line], answer: Line) -> tuple[Term, ...]:
    """Return terms that make the answer, the answer last; none where none are found."""
    wanted = amount_of(answer.valeur)
    if wanted is None or wanted.unit not in ("€", "n", "jours"):
        return ()
    known = [
        _Read(line, _short(line.libelle), amount)
        for line in read
        if (amount := amount_of(line.valeur)) is not None
    ]
    end = Term(wanted.written, formula_of(answer.libelle)[0], "=")
    for made in (_written, _sum, _product):
        if terms := made(known, wanted):
            return (*terms, end)
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
    for size in range(1, _MOST_FACTORS + 1):
        for base in bases[:_MOST_LINES]:
            for chosen in combinations(factors[-_MOST_LINES:], size):
                for terms, worth in _multiplied(base, chosen):
                    if abs(worth - target) <= _CENT:
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
    alike = [
        one for one in known
        if one.amount.unit == wanted.unit and one.amount.worth
        and one.amount.worth != wanted.worth
    ]  # fmt: skip
    for count in range(1, min(_MOST_ADDED, len(alike))):
        last = alike[-count:]
        for base in reversed(alike[:-count]):
            for signs in product((1, -1), repeat=count):
                rest = zip(signs, last, strict=True)
                total = base.amount.worth + sum(sign * one.amount.worth for sign, one in rest)
                if total == wanted.worth:
                    return tuple(_added([base, *last], (1, *signs)))
    return ()


def _added(read: Sequence[_Read], signs: Sequence[int]) -> Iterator[Term]:
    for rank, (one, sign) in enumerate(zip(read, signs, strict=True)):
        less = (one.amount.worth < 0) is (sign > 0)
        yield Term(
            one.amount.written.lstrip("−+- "), one.label, "−" if less else "+" if rank else ""
        )


def _span(lines: Sequence[Line]) -> Span | None:
    """Return the last day that a length and a day before it in the trace lead to."""
    days = [(place, day) for place, one in enumerate(lines) if (day := day_of(one.valeur))]
    for place, end in reversed(days):
        for before, begin in reversed(days):
            if before >= place or begin == end:
                continue
            if length := _between(lines[:place], begin, end):
                return Span(
                    plain(lines[before].valeur), length, plain(lines[place].valeur),
                    plain(lines[place].libelle), back=end < begin,
                )  # fmt: skip
    return None


def _between(lines: Sequence[Line], begin: date, end: date) -> str:
    """Return the length among some lines that leads from one day to another, "" for none."""
    for one in reversed(lines):
        length = length_of(one.valeur)
        if length and after_or_before(length, begin, end):
            return length.written
    return ""
