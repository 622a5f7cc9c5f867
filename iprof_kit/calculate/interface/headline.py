"""A reason in ten seconds: one sentence with her own numbers, and the equation or the time in it.

All is read in the lines of the trace (`equations`, `bands`). Where neither is found, the sentence
gives the answer after what led to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from iprof_kit.calculate.interface.equations import Term, equation
from iprof_kit.calculate.interface.explained import Line
from iprof_kit.calculate.interface.quantities import (
    WRITTEN_DAY,
    after_or_before,
    amount_of,
    bounds_of,
    day_of,
    day_written,
    formula_of,
    length_of,
    plain,
)

UNKNOWN = "jour pas encore connu"
_PERIOD = re.compile(rf"Du ({WRITTEN_DAY}) au ({WRITTEN_DAY})\b.*")
_ON = re.compile(rf"Situation au ({WRITTEN_DAY})")
_HELD = re.compile(r"(.+), (\d.*) d’ancienneté")
_WITHIN = re.compile(rf"(.+) entre le ({WRITTEN_DAY}) et le ({WRITTEN_DAY})")
_WINDOW = re.compile(r"du (\d+(?:er)?)( [^\W\d]+)?( \d{4})? au (\d+(?:er)? ([^\W\d]+).*)")


@dataclass(frozen=True)
class Span:
    """A length of time between two days, as they are written."""

    begin: str
    length: str
    end: str
    label: str = ""
    back: bool = False
    """The length is counted backwards: a last day before another."""
    unknown: bool = False
    """The day that begins it is not known yet."""
    sentence: str = ""
    """Its sentence, where it is no sum of a day and a length."""


def band(lines: Sequence[Line]) -> Span | None:
    """Return the time of a reason, None where it holds none; the last line is the answer.

    Examples
    --------
    >>> begin, end = (Line(libelle="Jour", valeur=f"1er mars {year}") for year in (2026, 2028))
    >>> band([begin, Line(libelle="Durée", valeur="2 ans"), end]).length
    '2 ans'
    """
    for declared in (_led, _period, _held, _within, _window, _unknown):
        if span := declared(lines):
            return span
    return None


def _led(lines: Sequence[Line]) -> Span | None:
    """Return the last day that a length and a day before it in the trace lead to."""
    days = [(place, day) for place, one in enumerate(lines) if (day := day_of(one.valeur))]
    for place, end in reversed(days):
        for before, begin in reversed(days):
            if before >= place or begin == end:
                continue
            if length := _between(lines[:place], begin, end):
                return Span(
                    day_written(lines[before].valeur),
                    length,
                    day_written(lines[place].valeur),
                    plain(lines[place].libelle),
                    back=end < begin,
                )
    return None


def _between(lines: Sequence[Line], begin: date, end: date) -> str:
    """Return the length among some lines that leads from one day to another, "" for none."""
    for one in reversed(lines):
        length = length_of(one.valeur)
        if length and after_or_before(length, begin, end):
            return length.written
    return ""


def _period(lines: Sequence[Line]) -> Span | None:
    """Return the one period whose length is the answer."""
    *read, answer = lines
    wanted = plain(answer.valeur)
    for one in read:
        days = _PERIOD.fullmatch(plain(one.libelle))
        if days and plain(one.valeur) == wanted and length_of(wanted):
            return Span(days[1], wanted, days[2], sentence=f"Du {days[1]} au {days[2]} : {wanted}.")
    return None


def _held(lines: Sequence[Line]) -> Span | None:
    """Return how long the échelon was held on the last 31 August that was looked at."""
    for one in reversed(lines):
        on, place = _ON.fullmatch(plain(one.libelle)), _HELD.fullmatch(plain(one.valeur))
        if on and place:
            words = f"Le {on[1]} : {place[2]} au {place[1]}."
            return Span(place[1], place[2], on[1], sentence=words)
    return None


def _within(lines: Sequence[Line]) -> Span | None:
    """Return the window in which a day of hers falls."""
    for one in reversed(lines):
        window = _WITHIN.fullmatch(plain(one.valeur))
        first, last = (day_of(window[2]), day_of(window[3])) if window else (None, None)
        if window and first and last:
            own = next(_days_between(lines, first, last), "")
            what = f"{window[1]} le {own}" if own else window[1]
            words = f"Du {window[2]} au {window[3]} : {what}."
            return Span(window[2], what, window[3], sentence=words)
    return None


def _days_between(lines: Sequence[Line], first: date, last: date) -> Iterator[str]:
    for one in lines:
        day = day_of(one.valeur)
        if day and first <= day <= last:
            yield day_written(one.valeur)


def _window(lines: Sequence[Line]) -> Span | None:
    """Return the window that the answer is: that of the year, or of past campaigns."""
    answer = plain(lines[-1].valeur)
    window = _WINDOW.match(answer)
    if not window:
        return None
    end, _, rest = window[4].partition(", ")
    begin = f"{window[1]}{window[2] or f' {window[5]}'}{window[3] or ''}"
    return Span(begin, rest or plain(lines[-1].libelle).lower(), end)


def _unknown(lines: Sequence[Line]) -> Span | None:
    """Return a length that waits for its first day."""
    waits = next((one for one in lines if plain(one.valeur) == UNKNOWN), None)
    *_, answer = lines
    if waits is None or not length_of(answer.valeur):
        return None
    return Span(f"{plain(waits.libelle)} : ?", plain(answer.valeur), "?", unknown=True)


LONGEST = 25
"""Words of the sentence at most: it is understood at once, or it is not one."""
_DECIDES = {"Fermé": "refus", "Dépend": "hypothese", "Ouvert": "loi", "Conditions": "loi"}
"""What the condition that makes an answer is in the trace: it closes, waits, or is met."""
_JUDGED = ("condition", "à préciser")
_BEFORE_A_DAY = re.compile(r"(,? ?(à partir|au plus tard))? (le|du|au)$")


@dataclass(frozen=True)
class Headline:
    """What a reason says first; `terms` end with the answer, none where no equation was found."""

    sentence: str
    terms: tuple[Term, ...] = ()
    span: Span | None = None
    beside: str = ""
    """The sentence of the time, where the answer is an amount that begins on a day."""


def headline(lines: Sequence[Line], question: str = "") -> Headline:
    """Return what a reason says first, from its lines; the last one is the answer.

    Parameters
    ----------
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
    if not read:
        return Headline(_told(lines))
    terms, span = equation(read, answer), band(lines)
    if span and not terms and plain(answer.valeur) in plain(_of_span(span)):
        return Headline(_of_span(span), (), span)
    if span and not _answers(span, answer, question):
        span = None
    if span and span.sentence and not terms:
        whole = f"{plain(answer.valeur)} : {_lowered(plain(span.sentence))}"
        if len(whole.split()) <= LONGEST:
            return Headline(whole, (), span)
    beside = _of_span(span) if span else ""
    sentence = _of_terms(terms, answer) if terms else ""
    if not sentence or len(plain(sentence).split()) > LONGEST:
        sentence = _judged(lines) or _told([*_heaviest(read, terms), answer])
    return Headline(sentence, terms, span, beside)


def _answers(span: Span, answer: Line, question: str) -> bool:
    """Tell whether a time is that of the answer: its day is asked for, or it is no amount."""
    if span.unknown or span.end in plain(question):
        return True
    return amount_of(answer.valeur) is None and bounds_of(answer.valeur) is None


def _judged(lines: Sequence[Line]) -> str:
    """Return the answer of conditions before the first that decides of it; "" for another answer.

    One that closes, or that waits for an answer, or that is met: as many as the sentence holds.
    """
    *read, answer = lines
    verdict = plain(answer.valeur)
    kind = _DECIDES.get(verdict.replace(",", " ").split(" ")[0], "")
    deciding = [one for one in read if one.nature == kind and _judges(one)]
    deciding.sort(key=lambda one: plain(one.valeur).rpartition(" le ")[2] not in verdict)
    causes = [
        f"{_lowered(plain(one.libelle))}, {plain(one.valeur)}"
        if plain(one.valeur).startswith(_JUDGED)
        else _lowered(plain(one.valeur))
        for one in deciding
    ]
    sentence = ""
    for cause in causes:
        longer = f"{sentence} ; {cause}" if sentence else f"{verdict} : {cause}"
        if len(longer.split()) <= LONGEST:
            sentence = longer
    return f"{sentence.rstrip('.')}." if sentence else ""


def _judges(line: Line) -> bool:
    return line.nature == "refus" or plain(line.valeur).startswith(_JUDGED)


def _heaviest(read: Sequence[Line], terms: Sequence[Term]) -> Sequence[Line]:
    """Return the lines that are told: in a sum, those that weigh most come last."""
    added = [one for one in terms[:-1] if one.sign in ("", "+", "−")]
    if not added or len(added) < len(terms) - 1:
        return read
    weighed = [(abs(amount.worth), one) for one in read if (amount := amount_of(one.valeur))]
    return [one for _, one in sorted(weighed, key=lambda pair: pair[0])]


def _of_terms(terms: Sequence[Term], answer: Line) -> str:
    words = ""
    for before, term in zip((None, *terms), terms, strict=False):
        then = ", puis" if before and before.sign == "=" else ""
        words += f"{then} {term.sign} {term.written}".replace("  ", " ")
    if bounds_of(answer.valeur):
        side = terms[-1].label.rpartition(" : ")[2]
        return f"{plain(answer.valeur)} : {words.strip()} {side}."
    return f"{words.strip()}{_called(formula_of(answer.libelle)[0])}."


def _of_span(span: Span) -> str:
    if span.sentence or span.unknown or not span.label:
        return span.sentence
    sign = "−" if span.back else "+"
    return f"{span.begin} {sign} {span.length} = {span.end}{_called(span.label)}."


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
            return f"{sentence.rstrip('.')}."
    return f"{plain(answer.valeur).rstrip('.')}."


def _tells(line: Line, answer: Line) -> bool:
    if plain(line.valeur) == plain(answer.valeur):
        return any(sign.isdigit() for sign in line.libelle)
    return any(sign.isdigit() for sign in f"{line.libelle}{line.valeur}")


def _pair(line: Line) -> str:
    return f"{plain(line.libelle).rstrip(' :')} : {plain(line.valeur)}".removesuffix(" : ")


def _lowered(words: str) -> str:
    first = words.split(" ", 1)[0]
    return words if first.isupper() and len(first) > 1 else f"{words[:1].lower()}{words[1:]}"
