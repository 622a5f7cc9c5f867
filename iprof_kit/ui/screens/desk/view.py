"""Two fictitious people side by side, for trainers: one scenario each, a day that stays fixed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from iprof_kit.base.errors import KitError
from iprof_kit.calculate.career.question import CareerAnswer, ScenarioAnswer
from iprof_kit.ui.fields.situation_fields import DATE_HINT
from iprof_kit.ui.scenarios.figure import figures
from iprof_kit.ui.screens.promotions.view import PromotionsView, promotions, supposed
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.parts import KEYS, Field, Option, Page


@dataclass(frozen=True)
class Line:
    """Where one person stands."""

    name: str
    standing: str
    text: str


@dataclass(frozen=True)
class DeskView(Page):
    """The choice of people and of the day, then their comparison."""

    fields: tuple[Field, ...] = ()
    today: str = ""
    lines: tuple[Line, ...] = ()
    answer: PromotionsView | None = None


def desk(
    names: Sequence[str],
    values: Mapping[str, str],
    errors: Mapping[str, KitError],
    answers: Sequence[CareerAnswer] = (),
    today: date | None = None,
) -> DeskView:
    """Return the desk.

    `answers` holds one answer of one scenario for each of two people, or one of two scenarios
    where both are the same person.
    """
    fields = [
        Field(
            f"personne-{key}",
            f"Personne {key}",
            options=tuple(
                Option(name, name, name == values.get(f"personne-{key}")) for name in names
            ),
        )
        for key in KEYS[:2]
    ]
    wrong = errors.get("aujourdhui")
    fields.append(
        Field(
            "aujourdhui",
            "Date du jour",
            values.get("aujourdhui", ""),
            DATE_HINT,
            numeric=True,
            error=text.sentence(wrong.message) if wrong else "",
            remedy=text.french(wrong.remedy) if wrong else "",
        )
    )
    people = [values.get(f"personne-{key}", "") for key in KEYS[:2]]
    return DeskView(
        title="Scénarios",
        lead="Deux personnes fictives, les mêmes règles, une date du jour choisie.",
        fields=tuple(fields),
        today=text.day(today) if today else "",
        lines=tuple(map(_line, people, answers)),
        answer=_shown(people, answers),
    )


def _shown(people: Sequence[str], answers: Sequence[CareerAnswer]) -> PromotionsView | None:
    if len(answers) > 1:
        return _together(people, answers)
    return replace(promotions(answers[0], by_hand=True), start="") if answers else None


def _line(name: str, answer: CareerAnswer) -> Line:
    view = promotions(answer)
    where = answer.situation
    standing = text.position_label(where.grade or "", where.echelon or "", where.chevron)
    said = view.standpoint
    words = f"{said.strong} {said.rest}" if said else ""
    words = (
        words.replace("Vous n’êtes pas promouvable", "Pas promouvable")
        .replace("Vous êtes promouvable", "Promouvable")
        .replace("Vous serez promouvable", "Promouvable")
        .replace("Votre grade", "Ce grade")
        .replace("votre corps", "son corps")
    )
    return Line(name, standing, words)  # the name is followed by the corps


def _until(scenario: ScenarioAnswer, end: date) -> ScenarioAnswer:
    """Return the scenario cut where the first of the two careers ends."""
    kept = tuple(step for step in scenario.etapes if step.date <= end)
    return scenario.model_copy(update={"etapes": kept})


def _together(names: Sequence[str], answers: Sequence[CareerAnswer]) -> PromotionsView:
    """Return one view of two answers, a column for each person."""
    first = answers[0]
    end = min(answer.fin for answer in answers)
    both = first.model_copy(
        update={
            "scenarios": tuple(_until(answer.scenarios[0], end) for answer in answers),
            "difference": None,
            "fin": end,
            "retraite": None,
        }
    )
    view = promotions(both)
    start = min(answer.scenarios[0].etapes[0].date for answer in answers)
    shares = [a.scenarios[0].scenario.quotite or a.situation.quotite for a in answers]
    title = f"Traitement brut mensuel de {start.year} à {both.fin.year}"
    note = " ; ".join(f"{name} à {share} %" for name, share in zip(names, shares, strict=True))
    return replace(
        view,
        names=tuple(name.partition(",")[0] for name in names),
        people=tuple(names),
        chosen=tuple(
            f"{key}, {name} : {supposed(answer, answer.scenarios[0])}."
            for key, name, answer in zip(KEYS, names, answers, strict=False)
        ),
        by_hand=True,
        retirement="",
        chart_title=title,
        charts=figures(both, title, names=names, apart=start),
        chart_note="Chaque marche est un échelon. A : trait plein, ronds ; B : tirets, carrés.",
        table_note=text.french(
            f"Traitement brut mensuel, hors primes et indemnités : {note}. "
            f"Euros constants, valeur du point {both.annee_point}."
        ),
    )
