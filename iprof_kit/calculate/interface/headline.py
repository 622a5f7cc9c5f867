"""A reason in ten seconds: one sentence with her own numbers, and the equation or the time in it.

All is read in the lines of the trace (`equations`, `bands`). Where neither is found, the sentence
gives the answer after what led to it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from iprof_kit.base.words import french
from iprof_kit.calculate.interface.bands import Span, band
from iprof_kit.calculate.interface.equations import Term, equation
from iprof_kit.calculate.interface.explained import Line
from iprof_kit.calculate.interface.quantities import amount_of, bounds_of, formula_of, plain

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
            return Headline(french(whole), (), span)
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
    return french(f"{sentence.rstrip('.')}.") if sentence else ""


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
        return french(f"{plain(answer.valeur)} : {words.strip()} {side}.")
    return french(f"{words.strip()}{_called(formula_of(answer.libelle)[0])}.")


def _of_span(span: Span) -> str:
    if span.sentence or span.unknown or not span.label:
        return span.sentence
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
