"""What the next échelon and the first promotion that opens change in a payslip."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from iprof_kit.base.words import NBSP
from iprof_kit.calculate.career.by_right import pronounced_on
from iprof_kit.calculate.career.question import CareerAnswer, Step
from iprof_kit.calculate.pay.question import PayAnswer, PayQuestion
from iprof_kit.ui.screens.ma_paie.changes import Change, change
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.worded import figure, worded


def next_step(answer: PayAnswer, question: PayQuestion, career: CareerAnswer) -> Change:
    """Return what the next échelon by seniority changes (mode « gain_prochain_echelon »)."""
    compared = answer.comparaison
    name = compared.libelle.split(" : ")[-1].split(f"{NBSP}: ")[-1] if compared else ""
    present = text.position_label(question.grade or "", question.echelon or "", question.chevron)
    return change(
        answer,
        title=_capital(name),
        subject=_under(name),
        heads=(present, name),
        caption=f"Règles et valeurs de {text.month(question.date)}, un mois moyen : primes de "
        "l’année réparties par douzièmes.",
        more=(_when(career, question),),
    )


def promoted(answer: PayAnswer, question: PayQuestion, before: Step, after: Step) -> Change:
    """Return what a promotion changes on the day on which it would take effect."""
    name = text.position_label(after.grade, after.echelon, after.chevron)
    first = figure(text.day(after.date), "grade.first_day", after.date, after.grade)
    who = text.of(after.sous_reserve_de) if after.sous_reserve_de else "de l’administration"
    return change(
        answer,
        title=_capital(name),
        subject=f"Avec une promotion au {text.day(after.date)} ({name})",
        heads=(text.position_label(before.grade, before.echelon, before.chevron), name),
        caption=f"Règles et valeurs de {text.month(question.date)}.",
        more=[
            worded(
                "Au plus tôt le {} d’après votre dossier, sous réserve d’une décision {}.",
                first,
                who,
            )
        ],
    )


def _under(name: str) -> str:
    return _capital(text.at_place(name))


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _when(career: CareerAnswer, question: PayQuestion) -> str:
    """Return when the échelon that follows the one of the month is due, by right."""
    for before, after in pairwise(career.scenarios[0].etapes):
        present = (before.grade, before.echelon, before.chevron)
        asked = (question.grade, question.echelon, question.chevron)
        if present == asked and after.nature in ("echelon", "chevron"):
            return _due(after, career.aujourdhui)
    return "L’avancement d’échelon est de plein droit ; sa date se lit dans « Promotions »."


def _due(step: Step, today: date) -> str:
    """Say when a step is due, and its effect where the months of a school head bring it forward."""
    due = pronounced_on(step)
    day = figure(text.day(due), "echelon.next", due)
    if due <= today:
        late = "d’après votre dossier, qui ne le montre pas encore"
        return worded(f"De plein droit depuis le {{}}, {late}.", day)
    if step.date == due:
        return worded("De plein droit à partir du {}, d’après votre dossier.", day)
    effect = figure(text.day(step.date), "echelon.effect", step.date)
    return worded(
        "De plein droit à partir du {}, avec effet au {}, d’après votre dossier.", day, effect
    )
