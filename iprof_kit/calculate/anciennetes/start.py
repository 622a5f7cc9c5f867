"""From when each seniority runs, and what the file cannot tell of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

from iprof_kit.base.calendar import axis_of, date_text, duration_text
from iprof_kit.base.reference import department_code
from iprof_kit.base.sources import Source
from iprof_kit.base.words import corps_label, echelon_label, grade_label, known_corps
from iprof_kit.calculate.anciennetes.question import (
    AffectationConnue,
    AnciennetesQuestion,
    EchelonConnu,
)
from iprof_kit.calculate.interface.explained import Line
from iprof_kit.law.career.seniority import holds_the_post
from iprof_kit.law.tables.cells import cell_code, grades_of

_A_DAY = timedelta(days=1)
_DEPARTMENT = 3
"""Leading characters of a UAI: its department."""


@dataclass(frozen=True)
class Counting:
    """When a seniority begins and ends, what it is about, what is added, what is to be said.

    `missing` says what the file lacks: nothing is then counted.
    """

    begin: date | None = None
    end: date | None = None
    """Last day counted, where it is before the day chosen."""
    about: str = ""
    kept: int = 0
    lines: tuple[Line, ...] = ()
    sources: tuple[Source, ...] = field(default=())
    missing: str = ""


def start_of(code: str, question: AnciennetesQuestion) -> Counting:
    """Return from when a seniority of `anciennetes.csv` runs in a file."""
    start = _STARTS[code](question)
    if start.begin is not None and start.begin > question.au:
        return Counting(missing=f"elle commence le {date_text(start.begin)}, après le jour choisi")
    return start


def _services(question: AnciennetesQuestion) -> Counting:
    if not question.periodes:
        return Counting(missing="le dossier ne contient aucune position")
    first = min(period.debut for period in question.periodes)
    before = Line(
        libelle=f"Avant le {date_text(first)} : rien dans le dossier ; des services de contractuel "
        "ou d’auxiliaire, un service national pourraient s’ajouter",
        valeur="non compté",
        a_verifier=True,
    )
    return Counting(first, lines=(before,))


def _corps(question: AnciennetesQuestion) -> Counting:
    echelon_held = held_on(question)
    if question.entree_corps is None:
        return Counting(missing="la date d’entrée dans le corps n’est pas dans le dossier")
    return Counting(question.entree_corps, about=_corps_name(question, echelon_held))


def _corps_name(question: AnciennetesQuestion, echelon_held: EchelonConnu | None) -> str:
    """Return the people of the corps of the day, or what the file calls an unknown one."""
    if echelon_held is None:
        return ""
    if echelon_held.corps in known_corps():
        return corps_label(echelon_held.corps, plural=True)
    return question.libelle_corps


def _grade(question: AnciennetesQuestion) -> Counting:
    echelon_held = held_on(question)
    if echelon_held is None:
        return Counting(missing=_no_echelon(question))
    past = [line for line in question.echelons if line.date_effet <= question.au]
    run = len(past) - 1
    while run and (past[run - 1].corps, past[run - 1].grade) == (
        echelon_held.corps,
        echelon_held.grade,
    ):
        run -= 1
    about, first = grade_label(echelon_held.grade), past[run]
    if run or first.mode in {"promotion", "changement_corps"}:
        return Counting(first.date_effet, about=about)
    if echelon_held.grade == grades_of(echelon_held.corps)[0] and question.entree_corps is not None:
        return Counting(question.entree_corps, about=about)
    return Counting(
        missing=f"la date d’accès à ce grade ({about}) n’est pas dans le dossier, dont la première "
        f"ligne est du {date_text(first.date_effet)}"
    )


def _echelon(question: AnciennetesQuestion) -> Counting:
    echelon_held = held_on(question)
    if echelon_held is None:
        return Counting(missing=_no_echelon(question))
    about = echelon_label(echelon_held.echelon) + (
        f", chevron {echelon_held.chevron}" if echelon_held.chevron else ""
    )
    lines: tuple[Line, ...] = ()
    if echelon_held.reliquat_jours:
        lines = (
            Line(
                libelle=f"Ancienneté conservée le {date_text(echelon_held.date_effet)} (reliquat)",
                valeur=f"+ {duration_text(echelon_held.reliquat_jours)}",
            ),
        )
    return Counting(
        echelon_held.date_effet, about=about, kept=echelon_held.reliquat_jours, lines=lines
    )


def _poste(question: AnciennetesQuestion) -> Counting:
    posts = [a for a in question.affectations if holds_the_post(a.type) and a.debut <= question.au]
    if not posts:
        return Counting(
            missing=_no_affectation(question, "à titre définitif, ni en zone de remplacement,")
        )
    posts.sort(key=lambda a: a.debut)
    last = posts[-1]
    run = len(posts) - 1
    while run and _same_place(posts[run - 1], last) and _follows(posts[run - 1], posts[run]):
        run -= 1
    lines: list[Line] = []
    begin = _once_titular(question, posts[run].debut, lines)
    paper = holds_the_post(last.type)
    end = last.fin if last.fin is not None and last.fin < question.au else None
    if end:
        lines.append(
            Line(libelle=f"Après le {date_text(end)} : poste définitif quitté", valeur="non compté")
        )
    return Counting(begin, end, last.lieu, lines=tuple(lines), sources=(paper,) if paper else ())


def _departement(question: AnciennetesQuestion) -> Counting:
    past = sorted(
        (a for a in question.affectations if a.debut <= question.au), key=lambda a: a.debut
    )
    if not past:
        return Counting(missing=_no_affectation(question, ""))
    last = past[-1]
    if last.fin is not None and last.fin < question.au:
        return Counting(missing=_no_affectation(question, ""))
    lines: list[Line] = []
    here = department_of(last)
    if here is None and last.fin is None and question.departement:
        here = question.departement
        lines.append(
            Line(
                libelle=f"Département {here}, celui qui gère le dossier : le code de "
                "l’établissement (UAI) manque",
                valeur="supposé",
                a_verifier=True,
            )
        )
    if here is None:
        return Counting(
            missing="le code de l’établissement (UAI, unité administrative immatriculée) manque : "
            "il dit le département"
        )
    run = len(past) - 1
    while run and department_of(past[run - 1]) == here and _follows(past[run - 1], past[run]):
        run -= 1
    begin = _once_titular(question, past[run].debut, lines)
    if not run and question.titularisation and question.titularisation < begin:
        lines.append(_untold_before(begin))
    return Counting(begin, about=f"département {here}", lines=tuple(lines))


def department_of(affectation: AffectationConnue) -> str | None:
    """Return the department that a UAI begins with: « 63 »; None without UAI."""
    return department_code(affectation.uai[:_DEPARTMENT]) if affectation.uai else None


def held_on(question: AnciennetesQuestion) -> EchelonConnu | None:
    """Return the line of the history in force on the day chosen."""
    past = [line for line in question.echelons if line.date_effet <= question.au]
    return past[-1] if past else None


def cell_of(line: EchelonConnu) -> int:
    """Return the position in the grid of a line of the history."""
    return cell_code(line.corps, line.grade, line.echelon, line.chevron)


def _once_titular(question: AnciennetesQuestion, begin: date, lines: list[Line]) -> date:
    """Return the later of two days; before the titularisation, nobody holds a post."""
    titular = question.titularisation
    if titular is None or titular <= begin:
        return begin
    lines.append(
        Line(
            libelle=f"Du {date_text(begin)} au {date_text(titular - _A_DAY)} : "
            "avant la titularisation",
            valeur="non compté",
        )
    )
    return titular


def _untold_before(day: date) -> Line:
    return Line(
        libelle=f"Avant le {date_text(day)} : aucune affectation dans le dossier",
        valeur="non compté",
        a_verifier=True,
    )


def _no_echelon(question: AnciennetesQuestion) -> str:
    if not question.echelons:
        return "le dossier ne contient pas d’échelon"
    first = question.echelons[0].date_effet
    return f"le dossier ne dit pas l’échelon avant le {date_text(first)}"


def _no_affectation(question: AnciennetesQuestion, kind: str) -> str:
    return f"le dossier ne contient pas d’affectation {kind} le {date_text(question.au)}".replace(
        "  ", " "
    )


def _same_place(one: AffectationConnue, other: AffectationConnue) -> bool:
    return one.uai == other.uai if one.uai and other.uai else one.lieu == other.lieu


def _follows(one: AffectationConnue, other: AffectationConnue) -> bool:
    return one.fin is None or axis_of(one.fin + _A_DAY) >= axis_of(other.debut)


_STARTS: dict[str, Callable[[AnciennetesQuestion], Counting]] = {
    "services": _services,
    "corps": _corps,
    "grade": _grade,
    "echelon": _echelon,
    "poste": _poste,
    "departement": _departement,
}
