"""The anciennetés of a file on a day: services, corps, grade, échelon, poste, département."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import numpy as np

from iprof_kit.base.calendar import MONTH, YEAR, axis_of, date_of, date_text, duration_text
from iprof_kit.base.explanation import Parameter, datum, explaining, hypothesis, record
from iprof_kit.base.sources import Source, to_verify
from iprof_kit.calculate.anciennetes.question import (
    Anciennete,
    AnciennetesAnswer,
    AnciennetesQuestion,
)
from iprof_kit.calculate.anciennetes.start import Counting, cell_of, held_on, start_of
from iprof_kit.calculate.interface.explained import Line, Reference
from iprof_kit.calculate.interface.papers import DOUBT, citation, of_sources
from iprof_kit.calculate.interface.subject import Subject
from iprof_kit.calculate.interface.why import explain_or_refusal
from iprof_kit.law.career.advancement import echelon_duration
from iprof_kit.law.career.positions import Counted, Stays, counted_time, position_code
from iprof_kit.law.career.seniority import NO_STAY, Kind, Piece, kinds, seniority

_A_DAY = timedelta(days=1)
_FULL = 100


def answer(question: AnciennetesQuestion) -> AnciennetesAnswer:
    """Count every seniority that the file allows; what it does not tell is said.

    Days are those of the 360-day year, from the first to the chosen day, both included.
    """
    periods = tuple(sorted(question.periodes, key=lambda period: period.debut))
    question = question.model_copy(update={"periodes": periods})
    stays = _stays(question)
    counted = counted_time(stays)
    anciennetes = tuple(_one(kind, question, stays, counted) for kind in kinds())
    return AnciennetesAnswer(au=question.au, anciennetes=anciennetes)


def _stays(question: AnciennetesQuestion) -> Stays:
    """Return the positions as the law counts them; one without end lasts until the chosen day."""
    periods = question.periodes
    after = axis_of(max(question.au, question.aujourdhui) + _A_DAY)
    return Stays(
        np.zeros(len(periods), np.int64),
        np.array([position_code(p.position, p.motif) for p in periods], np.int64),
        np.array([axis_of(p.debut) for p in periods], np.int64),
        np.array([after if p.fin is None else axis_of(p.fin + _A_DAY) for p in periods], np.int64),
    )


def _one(kind: Kind, question: AnciennetesQuestion, stays: Stays, counted: Counted) -> Anciennete:
    start = start_of(kind.code, question)
    if not start.missing and kind.code == "echelon":
        start = _unless_due(question, start)
    explained = question.expliquer or kind.code in question.raisons
    asked = f"Comment cette ancienneté est-elle comptée au {date_text(question.au)} ?"
    if start.missing or start.begin is None:
        return Anciennete(
            code=kind.code,
            libelle=citation(kind.label),
            non_calculable=start.missing,
            sert_a=citation(kind.used_for),
            sources=_texts((kind.source,)),
            explication=explain_or_refusal(
                asked, lambda: _nothing(kind), lambda _: _refused(start.missing)
            )
            if explained
            else None,
        )
    length = _length(kind, question, stays, counted, start)
    return Anciennete(
        code=kind.code,
        libelle=citation(kind.label),
        jours=length.days,
        depuis=start.begin,
        objet=start.about,
        retenu=_kept_by_law(kind, length.days),
        a_verifier=length.doubtful,
        sert_a=citation(kind.used_for),
        sources=_texts(length.sources),
        explication=explain_or_refusal(
            asked, lambda: _length(kind, question, stays, counted, start), _total
        )
        if explained
        else None,
    )


@dataclass(frozen=True)
class _Length:
    """The days of a seniority, whether a part of them is unsure, and what they rest on."""

    days: int
    doubtful: bool
    sources: tuple[Source, ...]


def _length(
    kind: Kind, question: AnciennetesQuestion, stays: Stays, counted: Counted, start: Counting
) -> _Length:
    """Return how long a seniority is; each position is told as it is counted, to who asked why."""
    begin, last = start.begin or question.au, start.end or question.au
    pieces = seniority(kind, stays, counted, axis_of(begin), axis_of(last + _A_DAY))
    if explaining():
        _tell(kind, question, pieces, start)
    return _Length(
        sum(piece.days for piece in pieces) + start.kept,
        to_verify(kind.source.confidence)
        or question.au > question.aujourdhui
        or any(piece.uncertain for piece in pieces)
        or any(line.a_verifier for line in start.lines),
        (kind.source, *(paper for piece in pieces for paper in piece.sources), *start.sources),
    )


def _tell(
    kind: Kind, question: AnciennetesQuestion, pieces: tuple[Piece, ...], start: Counting
) -> None:
    for line in (*(_line(piece, question) for piece in pieces), *start.lines):
        datum(line.libelle, line.valeur, doubtful=line.a_verifier)
    _note_sources(start.sources)
    if question.au > question.aujourdhui:
        after = date_text(question.aujourdhui)
        hypothesis(f"Après le {after} : si rien ne change d’ici là", "supposé")
    if doubt := DOUBT.get(kind.source.confidence, ""):
        hypothesis("Lecture de la règle à vérifier", doubt)


def _total(length: _Length) -> Line:
    return Line(libelle="Total", valeur=duration_text(length.days))


def _texts(sources: tuple[Source, ...]) -> tuple[Reference, ...]:
    """Return the texts of a seniority, each once."""
    texts: dict[str, Reference] = {}
    for one in of_sources(sources):
        texts.setdefault(one.texte, one)
    return tuple(texts.values())


def _note_sources(sources: tuple[Source, ...]) -> None:
    """Record the texts that make a datum of the file the beginning of a seniority."""
    for one in sources:
        read = Parameter(
            "début", "", one.text, one.since, one.until, one.confidence, words=("", "")
        )
        record(rule="donnee", source="", kind="donnee", parameters=(read,))


def _nothing(kind: Kind) -> None:
    """Apply the rule of a seniority that the file does not let count, to nobody's time."""
    stays, counted = _nobody()
    seniority(kind, stays, counted, 0, 0)


@cache
def _nobody() -> tuple[Stays, Counted]:
    none = np.zeros(0, np.int64)
    return Stays(none, none, none, none), Counted(none, none, none, none, none)


def _refused(missing: str) -> Line:
    return Line(libelle="Non calculable", valeur=citation(missing), nature="refus")


def _unless_due(question: AnciennetesQuestion, start: Counting) -> Counting:
    """Say that the next échelon is due, on a day to come that the file cannot know."""
    echelon_held = held_on(question)
    if echelon_held is None or start.begin is None or question.au <= question.aujourdhui:
        return start
    lasts = int(echelon_duration(np.array([cell_of(echelon_held)]), axis_of(question.au))[0])
    if not lasts or axis_of(question.au) - axis_of(start.begin) + start.kept < lasts:
        return start
    return Counting(
        missing="à cette date, l’échelon suivant est dû ; l’échelon détenu alors n’est "
        "pas dans le dossier"
    )


def _line(piece: Piece, question: AnciennetesQuestion) -> Line:
    first, last = date_of(piece.begin), date_of(piece.end) - _A_DAY
    when = f"Du {date_text(first)} au {date_text(_last_day(last))}"
    if piece.stay == NO_STAY:
        counted = duration_text(piece.days) if piece.days else "non compté"
        return Line(
            libelle=f"{when} : aucune position dans le dossier", valeur=counted, a_verifier=True
        )
    period = question.periodes[piece.stay]
    name = f"{when} : {period.position.lower()}"
    if period.motif:
        name += f" ({period.motif})"
    if 0 < period.quotite < _FULL:
        name += f", à {period.quotite} %, compté comme un temps plein"
    return Line(libelle=citation(name), valeur=_counted(piece), a_verifier=piece.uncertain)


def _last_day(day: date) -> date:
    """Return the 31st where the 360-day calendar ends its month on the 30th."""
    following = day + _A_DAY
    return following if day.day == MONTH and following.day == MONTH + 1 else day


def _counted(piece: Piece) -> str:
    whole = piece.end - piece.begin
    if piece.days == whole:
        return duration_text(piece.days)
    if not piece.days:
        return f"0 jour, sur {duration_text(whole)}"
    return f"{duration_text(piece.days)}, sur {duration_text(whole)}"


def _kept_by_law(kind: Kind, days: int) -> str:
    """Return what the law keeps of a duration where it is not the days themselves."""
    if kind.unit == "annees":
        years = days // YEAR
        return f"{years} année{'s' if years > 1 else ''} entière{'s' if years > 1 else ''}"
    return f"{days // MONTH} mois entiers" if kind.unit == "mois" else ""


SUBJECT = Subject(
    name="anciennetes",
    title="Compte les anciennetés d’un dossier à une date, du service au département.",
    question=AnciennetesQuestion,
    answer=AnciennetesAnswer,
    one=answer,
)
