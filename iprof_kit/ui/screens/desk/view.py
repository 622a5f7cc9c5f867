"""Two fictitious people side by side, for trainers: one scenario each, a day that stays fixed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from iprof_kit.base.asked import Asked
from iprof_kit.base.errors import KitError
from iprof_kit.calculate.career.question import CareerAnswer, ScenarioAnswer
from iprof_kit.ui.figures.charts_svg import career_charts
from iprof_kit.ui.kit.fields import DATE_HINT, shown
from iprof_kit.ui.kit.parts import KEYS, Field, Page, Reading, Result
from iprof_kit.ui.scenarios.figure import career
from iprof_kit.ui.scenarios.table import at
from iprof_kit.ui.screens.promotions.instrument import read_days, reading
from iprof_kit.ui.screens.promotions.view import PromotionsView, promotions, supposed
from iprof_kit.ui.shared import text

_OF_SOMEBODY = {
    "Vous n’êtes pas promouvable": "Pas promouvable",
    "Vous êtes promouvable": "Promouvable",
    "Vous serez promouvable": "Promouvable",
    "Votre grade": "Ce grade",
    "votre corps": "son corps",
}
"""What is said to a person, as it is said of one of two."""


@dataclass(frozen=True)
class Line:
    """Where one person stands."""

    name: str
    standing: str
    text: str


@dataclass(frozen=True)
class Together:
    """What two people give side by side: three numbers, and what the figure says of a year."""

    results: tuple[Result, ...]
    readings: tuple[Reading, ...]
    read_first: int


@dataclass(frozen=True)
class DeskView(Page):
    """The choice of people and of the day, then their comparison."""

    fields: tuple[Field, ...] = ()
    today: str = ""
    lines: tuple[Line, ...] = ()
    answer: PromotionsView | None = None
    together: Together | None = None
    """The instrument of two people; one person twice has that of Promotions."""


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
            choices=tuple((name, name) for name in names),
            value=values.get(f"personne-{key}", ""),
        )
        for key in KEYS[:2]
    ]
    asked = Asked("aujourdhui", "Date du jour", "day", DATE_HINT, needed=True)
    fields.append(shown(asked, values.get("aujourdhui", ""), errors.get("aujourdhui")))
    people = [values.get(f"personne-{key}", "") for key in KEYS[:2]]
    return DeskView(
        title="Scénarios",
        lead_strong=_leading(people, answers),
        lead="" if len(answers) > 1 else "Personnes fictives, mêmes règles, même jour.",
        fields=tuple(fields),
        today=text.day(today) if today else "",
        lines=tuple(map(_line, people, answers)),
        answer=_shown(people, answers),
        together=_beside(people, _both(answers)) if len(answers) > 1 else None,
    )


def _leading(people: Sequence[str], answers: Sequence[CareerAnswer]) -> str:
    """Return where each stands and what parts their pay on the day that the trainer fixed."""
    if len(answers) < len(KEYS[:2]):
        return ""
    steps = [at(answer.scenarios[0], answer.aujourdhui) for answer in answers]
    gap = abs(steps[1].traitement - steps[0].traitement)
    where = " et ".join(
        f"{_short(name)} au {text.nth(step.echelon)}"
        for name, step in zip(people, steps, strict=True)
    )
    return f"{where} : {text.euros(gap)} bruts d’écart par mois."


def _short(name: str) -> str:
    return name.partition(",")[0]


def _shown(people: Sequence[str], answers: Sequence[CareerAnswer]) -> PromotionsView | None:
    if len(answers) > 1:
        return _together(people, answers)
    return replace(promotions(answers[0], by_hand=True), start="") if answers else None


def _line(name: str, answer: CareerAnswer) -> Line:
    where = answer.situation
    standing = text.position_label(where.grade or "", where.echelon or "", where.chevron)
    standpoint = promotions(answer).standpoints[0]
    words = f"{standpoint.strong} {standpoint.rest}"
    for hers, of_both in _OF_SOMEBODY.items():
        words = words.replace(hers, of_both)
    return Line(name, standing, words)  # the name is followed by the corps


def _until(scenario: ScenarioAnswer, end: date) -> ScenarioAnswer:
    """Return the scenario cut where the first of the two careers ends."""
    kept = tuple(step for step in scenario.etapes if step.date <= end)
    return scenario.model_copy(update={"etapes": kept})


def _both(answers: Sequence[CareerAnswer]) -> CareerAnswer:
    """Return one answer of the scenarios of two people, up to the first end."""
    end = min(answer.fin for answer in answers)
    scenarios = tuple(_until(answer.scenarios[0], end) for answer in answers)
    of_both = {"scenarios": scenarios, "difference": None, "fin": end, "retraite": None}
    return answers[0].model_copy(update=of_both)


def _beside(people: Sequence[str], both: CareerAnswer) -> Together:
    """Return what stands around the figure of two people."""
    steps = [at(one, both.aujourdhui) for one in both.scenarios]
    amounts = [step.traitement for step in steps]
    numbers = [
        Result(f"{_short(name)}, brut par mois", text.euros(amount), kind=key.lower())
        for key, name, amount in zip(KEYS, people, amounts, strict=False)
    ]
    gap = Result("B moins A", text.signed_euros(amounts[1] - amounts[0]))
    days = read_days(both)
    return Together(
        (*numbers, gap),
        tuple(reading(both, day) for day in days),
        days[len(days) // 3].year if days else 0,
    )


def _together(names: Sequence[str], answers: Sequence[CareerAnswer]) -> PromotionsView:
    """Return one view of two answers, a column for each person."""
    both = _both(answers)
    view = promotions(both)
    start = min(answer.scenarios[0].etapes[0].date for answer in answers)
    shares = [a.scenarios[0].scenario.quotite or a.situation.quotite for a in answers]
    title = f"Traitement brut mensuel de {start.year} à {both.fin.year}"
    note = " ; ".join(f"{name} à {share} %" for name, share in zip(names, shares, strict=True))
    days = read_days(both)
    drawn = replace(
        career(both, title, names=names),
        split=start,
        you="aujourd’hui",
        unit="",
        readings=days,
        read_first=days[len(days) // 3] if days else None,
    )
    return replace(
        view,
        names=tuple(map(_short, names)),
        people=tuple(names),
        chosen=tuple(
            f"{key}, {name} : {supposed(answer, answer.scenarios[0])}."
            for key, name, answer in zip(KEYS, names, answers, strict=False)
        ),
        by_hand=True,
        retirement="",
        chart_title=title,
        charts=career_charts(drawn),
        chart_note="Chaque marche est un échelon. A : trait plein, ronds ; B : tirets, carrés.",
        table_note=(
            f"Traitement brut mensuel, hors primes et indemnités : {note}. "
            f"Euros constants, valeur du point {both.annee_point}."
        ),
    )
