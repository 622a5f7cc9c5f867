"""Six ideas ready to try: what each sets, from the next 1 September on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from iprof_kit.base.calendar import rentree_day, school_year
from iprof_kit.base.reference import FIRST, degrees_of
from iprof_kit.calculate.et_si.events import PROMOTIONS
from iprof_kit.calculate.et_si.question import Evenement, ScenarioEtSi
from iprof_kit.calculate.guides.law import facts as law_facts
from iprof_kit.calculate.interface.situation import Situation
from iprof_kit.ui.shared import text

SHOWN = 6
USUAL_PART = 80
_FULL, _SOME_YEARS, _CLASSES = 100, 3, 8
_A_DAY = timedelta(days=1)
DATED_BY_LAW = frozenset({"hors_classe", "classe_exceptionnelle", "retraite"})
"""What takes the first day that the law allows, where it is later."""


@dataclass(frozen=True)
class Idea:
    """One idea: how its button calls it, and the event that it adds."""

    code: str
    label: str
    event: Evenement

    def taken(self, events: Sequence[Evenement]) -> int | None:
        """Return the place of this idea among events, dated as it may be; None where it is not."""
        for place, event in enumerate(events):
            dated = self.event.nature in DATED_BY_LAW and event.nature == self.event.nature
            if dated or event == self.event:
                return place
        return None

    def dated_label(self, events: Sequence[Evenement]) -> str:
        """Return its label, with the year of a promotion once it is taken."""
        place = self.taken(events)
        if place is None or self.event.nature not in ("hors_classe", "classe_exceptionnelle"):
            return self.label
        taken = events[place].debut
        return f"{self.label} {taken.year}" if taken else self.label


def next_september(today: date) -> date:
    """Return the first 1 September after a day."""
    return rentree_day(school_year(today) + 1)


def ideas(situation: Situation, today: date, opening: date | None) -> tuple[Idea, ...]:
    """Return the ideas that suit a person, six at most.

    Parameters
    ----------
    opening : date or None
        First day on which she may leave, if it is known.
    """
    return tuple(_every(situation, next_september(today), today, opening))[:SHOWN]


def proposed(situation: Situation, today: date, opening: date | None) -> ScenarioEtSi:
    """Return the scenario B of a first visit: the first idea, already set."""
    first = next(_every(situation, next_september(today), today, opening))
    return ScenarioEtSi(nom="Mon essai", evenements=(first.event,))


def _every(situation: Situation, begin: date, today: date, opening: date | None) -> Iterator[Idea]:
    """Return every idea, the likeliest first: who may leave before the others begin may leave."""
    soon = opening is not None and opening <= begin
    leaving = _leaving(situation, begin, today, opening)
    if soon:
        yield from leaving
    yield from _hours(situation, begin)
    year = _eve(begin, 1)
    yield Idea("parental", "congé parental", _event("conge_parental", begin, year))
    if FIRST in degrees_of(situation.corps):
        head = _event("direction", begin, classes=_CLASSES)
        yield Idea("direction", "direction d’école", head)
    else:
        yield Idea("rep", "poste en REP+", _event("education_prioritaire", begin, reseau="REP+"))
    grades = law_facts.grades(situation.corps or "")
    after = grades[grades.index(situation.grade) + 1 :] if situation.grade in grades else ()
    for grade in (grade for grade in after[:1] if grade in PROMOTIONS):
        yield Idea("grade", text.grade_words(grade), Evenement(nature=grade, debut=begin))
    if not soon:
        yield from leaving
    yield Idea("dispo", "un an de disponibilité", _event("disponibilite", begin, year))
    yield Idea(
        "mi-temps", "mi-temps", _event("temps_partiel", begin, quotite=min(law_facts.quotites()))
    )
    yield Idea("rep", "poste en REP+", _event("education_prioritaire", begin, reseau="REP+"))


def _leaving(
    situation: Situation, begin: date, today: date, opening: date | None
) -> tuple[Idea, ...]:
    """Return the departure on the first day that is open; where it is past, with the others."""
    if opening is None:
        return ()
    day = opening if opening > today else begin
    leaving = Evenement(nature="retraite", debut=day)
    return (Idea("partir", f"partir {_age(situation.date_naissance, day)}", leaving),)


def _hours(situation: Situation, begin: date) -> Iterator[Idea]:
    later = begin.replace(year=begin.year + _SOME_YEARS)
    part = f"{USUAL_PART}{text.NBSP}%"
    if situation.quotite != _FULL:
        full = _event("temps_partiel", begin, quotite=_FULL)
        yield Idea("plein", f"{_FULL}{text.NBSP}%", full)
    else:
        yield Idea("partiel", part, _event("temps_partiel", begin, quotite=USUAL_PART))
    if situation.quotite == USUAL_PART:
        then = _event("temps_partiel", later, quotite=_FULL)
        yield Idea("trois-ans", f"{part} encore trois ans", then)
    else:
        some = _event("temps_partiel", begin, later - _A_DAY, quotite=USUAL_PART)
        yield Idea("trois-ans", f"{part} trois ans", some)


def _event(nature: str, begin: date, end: date | None = None, **more: object) -> Evenement:
    return Evenement.model_validate({"nature": nature, "debut": begin, "fin": end, **more})


def _eve(begin: date, years: int) -> date:
    return begin.replace(year=begin.year + years) - _A_DAY


def _age(birth: date | None, day: date) -> str:
    """Return « à 64 ans », « à 62 ans 9 mois »; the year where the birth is not known."""
    if birth is None:
        return f"en {day.year}"
    months = (day.year - birth.year) * 12 + day.month - birth.month - (day.day < birth.day)
    return f"à {text.age_of_months(months)}"
