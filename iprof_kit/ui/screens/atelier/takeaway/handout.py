"""The handout: a tagged PDF of one or two pages; the answers of a lesson on its last page."""

from __future__ import annotations

from collections.abc import Iterator

from iprof_kit.base.words import NBSP
from iprof_kit.calculate.lessons.played import Ecran, Question
from iprof_kit.documents.reports import ReportDocument, ReportSection, ReportTable, report_pdf
from iprof_kit.ui.screens.atelier.takeaway.contents import (
    FICTITIOUS,
    UNOFFICIAL,
    Showing,
    Taken,
    sources_of,
)
from iprof_kit.ui.screens.atelier.takeaway.figure import printed_svg, still_career
from iprof_kit.ui.shared import text

MOST_ROWS = 8
"""Periods printed of a person: the HTML file has them all."""
_KEYS = "ABCDEFGH"
_HOW_COUNTED = (
    "Net avant impôt d’un mois moyen, primes par douzièmes, en euros constants. "
    "Rien n’est acquis : chaque décision appartient à l’administration."
)


def pdf_of(taken: Taken) -> bytes:
    """Return the handout.

    Raises
    ------
    InputError, LawError
        The law does not answer about a person.
    """
    sections = [person_section(one, apart=place > 0) for place, one in enumerate(taken.showings)]
    if taken.questions:
        sections.append(_questions(taken))
    if taken.kept:
        sections.append(ReportSection("À retenir", tuple(f"{a} : {b}" for a, b in taken.kept)))
    notes = [("Textes", " ; ".join(taken.texts()) or "aucun"), ("Calculé", text.day(taken.made))]
    notes += [("À vérifier", " ".join(doubts))] if (doubts := taken.doubts()) else []
    if taken.questions:
        sections.append(_answers(taken))
    return report_pdf(
        ReportDocument(
            taken.title,
            f"Droit du {text.day(taken.law)}, jour figé le {text.day(taken.day)}",
            "Kit non officiel",
            f"{UNOFFICIAL} {FICTITIOUS}",
            (),
            (),
            tuple(sections),
            tuple(notes),
            taken.made.isoformat(),
            "Règles et sources",
        )
    )


def person_section(showing: Showing, *, apart: bool = False) -> ReportSection:
    """Return what is printed of a person: the answer, the scenarios, the figure, the periods."""
    scenarios = (f"{letter}, {name} : {events}" for letter, name, events in showing.scenarios)
    return ReportSection(
        showing.person,
        (showing.lead, *scenarios, *showing.sentences, " ".join(showing.why), *_reasons(showing)),
        (_periods(showing),) if showing.rows else (),
        printed_svg(showing.pair),
        f"{still_career(showing.pair).title}. Mêmes valeurs dans le tableau.",
        (_HOW_COUNTED,),
        apart,
    )


def _reasons(showing: Showing) -> Iterator[str]:
    """Yield the lines of pay that differ on each day on which the gap begins, stops, comes back."""
    for when, opened in showing.reasons:
        *parts, last = opened.amounts
        if parts:
            lines = " ; ".join(f"{label} : {value}" for label, value in parts)
            yield f"{last[0]}, le {when} : {last[1]}. {lines}."


def _periods(showing: Showing) -> ReportTable:
    first, second = showing.pair.keys
    rows = tuple((row.period, *row.places, row.net, row.whole) for row in showing.rows[:MOST_ROWS])
    return ReportTable(
        f"Périodes où {first} et {second} diffèrent",
        ("Période", first, second, "Net, mois moyen", "Net en tout"),
        (False, False, False, True, True),
        rows,
    )


def _questions(taken: Taken) -> ReportSection:
    lines: list[str] = []
    for number, screen in enumerate(taken.questions, 1):
        if screen.question is not None:
            lines += [f"{number}. {screen.question.texte}", *_choices(screen.question)]
    return ReportSection(taken.how_many_questions, tuple(lines), apart=bool(taken.showings))


def _choices(question: Question) -> Iterator[str]:
    """Yield what may be answered, in one line."""
    if question.precision:
        yield question.precision
    if question.forme == "estimation":
        yield f"{estimation_words(question)} : ........................"
        return
    choices = (f"☐{NBSP}{key}. {one}" for key, one in zip(_KEYS, question.choix, strict=False))
    note = {"plusieurs": " (plusieurs réponses)", "ordre": " (à ranger)"}.get(question.forme, "")
    yield f"{'   '.join(choices)}{note}"


def estimation_words(question: Question) -> str:
    """Return « Estimation, de 50 à 100 % »."""
    low, high = _number(question.minimum), _number(question.maximum)
    unit = f"{NBSP}{question.unite}" if question.unite else ""
    return f"Estimation, de {low} à {high}{unit}"


def _answers(taken: Taken) -> ReportSection:
    lines = [f"{number}. {answer_text(screen)}" for number, screen in enumerate(taken.questions, 1)]
    return ReportSection("Réponses", tuple(lines), apart=True)


def answer_text(screen: Ecran) -> str:
    """Return the answer of a question, its sentence and its sources, as one paragraph."""
    reveal = screen.revelation
    if reveal is None:
        return ""
    doubt = ", à vérifier" if reveal.a_verifier else ""
    sources = f" {text.sentence(' ; '.join(texts))}" if (texts := sources_of(reveal)) else ""
    whole = " ".join(filter(None, (text.sentence(reveal.valeur), reveal.chapeau, reveal.texte)))
    return f"{whole} Droit du {text.day(reveal.droit_du)}{doubt}.{sources}"


def _number(value: float | None) -> str:
    return f"{value or 0:g}".replace(".", ",")
