"""The career of one person as a stair, and when she may leave it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from iprof_kit.base.calendar import add_months_civil, rentree_day
from iprof_kit.calculate.career.question import CareerAnswer, Retirement
from iprof_kit.calculate.career.rendez_vous.question import RendezVousAnswer
from iprof_kit.calculate.guides.law import facts as law_facts
from iprof_kit.calculate.interface.situation import Situation
from iprof_kit.calculate.pension.choices import rule_source
from iprof_kit.calculate.requests.catalogue import requests
from iprof_kit.services.contract.dossier import Dossier, EchelonTenu
from iprof_kit.ui.agenda.coming import Coming, paper_of
from iprof_kit.ui.figures.charts import short
from iprof_kit.ui.figures.stair import COMING, NOW, PAST, Higher, Stair, StairStep
from iprof_kit.ui.kit.parts import Link
from iprof_kit.ui.own_situation.one import OwnSituation
from iprof_kit.ui.own_situation.said import BY_HER
from iprof_kit.ui.scenarios.figure import point_label
from iprof_kit.ui.screens.accueil.requests import answered, is_noted, step_date
from iprof_kit.ui.screens.demandes.asking import Asked, ask_request, path_of
from iprof_kit.ui.shared import text

Climbed = tuple[date, int, str]
"""From this day, this index, under this name."""


def stair(
    dossier: Dossier, answer: CareerAnswer | None, meetings: RendezVousAnswer | None, today: date
) -> Stair | None:
    """Return the stair of a file and of its projection; None where there is nothing to climb."""
    if answer is None or not dossier.echelons:
        return None
    climbed = (*_held(dossier), *_by_right(answer, dossier.echelons[-1].date_effet))
    if not climbed:
        return None
    entered = min(filter(None, (dossier.entree_corps, climbed[0][0])))
    begin = max(entered, _shown_from(climbed[0][0], answer.fin))
    drawn = _drawn(climbed, answer, today, begin)
    return replace(
        drawn,
        title=f"Votre carrière, de {entered.year} à {answer.fin.year}",
        begin_words=f"{'entrée' if begin == entered else '← entrée'}, {entered.year}",
        meetings=_meetings(meetings),
        meetings_words=_meetings_words(meetings),
    )


def stair_ahead(start: Situation, answer: CareerAnswer, today: date) -> Stair | None:
    """Return the stair of who has no file: from her échelon of the day; None where it is none."""
    if start.date_effet is None or not (start.corps and start.grade and start.echelon):
        return None
    there = law_facts.Standing(start.corps, start.grade, start.echelon, start.chevron)
    index = law_facts.indice_majore(there, today)
    if index is None:
        return None
    label = point_label(start.grade, start.echelon, start.chevron)
    climbed = ((start.date_effet, index, label), *_by_right(answer, start.date_effet))
    return _drawn(climbed, answer, today, start.date_effet)


def _drawn(climbed: tuple[Climbed, ...], answer: CareerAnswer, today: date, begin: date) -> Stair:
    steps = tuple(_steps(climbed, answer.fin, today))
    promoted = tuple(_promoted(answer))
    return Stair(
        steps=steps,
        today=today,
        begin=begin,
        end=answer.fin,
        title="",
        desc=_description(steps, promoted, answer),
        begin_words=f"depuis {begin.year}",
        higher=promoted,
        higher_words=_promotion_words(answer),
        leaving=answer.retraite.date_ouverture if answer.retraite else None,
        leaving_words=_leaving_words(answer.retraite, today),
    )


def _shown_from(first: date, end: date) -> date:
    """Return the first day drawn: years of which nothing is known take an eighth at most."""
    return first - (end - first) / 8


def _held(dossier: Dossier) -> Iterator[Climbed]:
    """Yield the échelons of the file; those before a renumbering have the index of their day."""
    lines = dossier.echelons
    renumbered = next((n for n, e in enumerate(lines) if e.mode == "reclassement_ppcr"), 0)
    for number, line in enumerate(lines):
        day = line.date_effet if number < renumbered else dossier.lu_le
        index = law_facts.indice_majore(_standing(line), day)
        if index is not None:
            yield line.date_effet, index, point_label(line.grade, line.echelon, line.chevron)


def _standing(line: EchelonTenu) -> law_facts.Standing:
    return law_facts.Standing(line.corps, line.grade, line.echelon, line.chevron)


def _by_right(answer: CareerAnswer, since: date) -> Iterator[Climbed]:
    for step in answer.scenarios[0].etapes:
        if step.nature != "limite_age" and step.date > since:
            label = point_label(step.grade, step.echelon, step.chevron)
            yield step.date, step.indice_majore, label


def _promoted(answer: CareerAnswer) -> Iterator[Higher]:
    """Yield the steps of the first promotion that opens, from the day on which it differs."""
    begin = answer.difference.debut if answer.difference else None
    if begin is None:
        return
    previous = ""
    for step in answer.scenarios[-1].etapes:
        if step.nature != "limite_age" and step.date >= begin:
            label = point_label(step.grade, step.echelon, step.chevron)
            yield Higher(step.date, step.indice_majore, short(label, previous))
            previous = label


def _steps(climbed: tuple[Climbed, ...], end: date, today: date) -> Iterator[StairStep]:
    """Yield each step until the next one; an échelon renumbered without change is one step."""
    firsts: list[Climbed] = []
    for one in climbed:
        if firsts and firsts[-1][2] == one[2]:
            firsts[-1] = (firsts[-1][0], *one[1:])
        else:
            firsts.append(one)
    previous = ""
    for (begin, index, label), until in zip(
        firsts, (*(one[0] for one in firsts[1:]), end), strict=True
    ):
        if begin >= until:
            continue
        state = PAST if until <= today else COMING if begin > today else NOW
        yield StairStep(begin, until, index, short(label, previous), state)
        previous = label


def _promotion_words(answer: CareerAnswer) -> tuple[str, str]:
    second = answer.scenarios[-1].scenario
    for grade in ("hors_classe", "classe_exceptionnelle"):
        if year := getattr(second, grade):
            words = f"si {text.grade_words(grade)} en {year}"
            return f"{words}, sur décision", words
    return "", ""


def _meetings(foreseen: RendezVousAnswer | None) -> tuple[tuple[date, date], ...]:
    years = [int(one[:4]) for one in _coming_years(foreseen)]
    return tuple((rentree_day(year), rentree_day(year + 1)) for year in years)


def _coming_years(foreseen: RendezVousAnswer | None) -> list[str]:
    ahead = foreseen.rendez_vous if foreseen else ()
    return [one.annee_scolaire for one in ahead if not one.deja_tenu and one.etat != "passe"]


def _meetings_words(foreseen: RendezVousAnswer | None) -> tuple[str, str]:
    years = " et ".join(_coming_years(foreseen))
    return f"rendez-vous de carrière, {years}", "rendez-vous de carrière"


def _leaving_words(ages: Retirement | None, today: date) -> tuple[str, str, str]:
    """Return « départ possible, mai 2055 », the two ages, and « départ dès 2055 »."""
    if ages is None:
        return "", "", ""
    opens, limit = ages.date_ouverture, ages.date_limite_age
    if opens <= today:
        return "départ possible", "", f"départ possible depuis {opens.year}"
    ages_words = f"{text.age_of_months(ages.age_ouverture_mois)} ; limite d’âge, {limit.year}"
    return (
        f"départ possible, {text.month(opens)}",
        ages_words,
        f"départ dès {opens.year}",
    )


def _description(
    steps: tuple[StairStep, ...], promoted: tuple[Higher, ...], answer: CareerAnswer
) -> str:
    """Return what the figure shows, for who cannot see it."""
    listed = ", ".join(f"{one.label} en {one.begin.year}" for one in steps)
    sentences = [f"Escalier des échelons : {listed}."]
    if promoted:
        sentences.append(f"{text.sentence(_promotion_words(answer)[0])}")
    if answer.retraite:
        opens = answer.retraite.date_ouverture
        sentences.append(
            f"Départ possible {'depuis' if opens <= answer.aujourdhui else 'en'} "
            f"{text.month(opens)}."
        )
    return " ".join(sentences)


SCREEN, REQUEST = "/perspectives/retraite", "retraite"
_YEARS_AHEAD = 2
"""How far a departure may be for its request to be looked at."""
_LONG_CAREER = "long_career_age"
"""The rule that dates it."""
_SUPPOSED = "compté d’après le premier jour possible"


def leaving_dates(career: CareerAnswer | None, one: OwnSituation, today: date) -> Iterator[Coming]:
    """Yield the first days on which one may leave and the limite d'âge, as Retraite has them.

    Parameters
    ----------
    career : CareerAnswer or None
        Of her situation; her ages need none.
    one : OwnSituation
        What she told of her ages is said to be hers.
    today : date
    """
    ages = career.retraite if career else one.ages
    if ages is None:
        return
    if one.early is not None and today < one.early:
        yield _of_long_career(one.early, today)
    if ages.date_ouverture > today:
        age = text.age_of_months(ages.age_ouverture_mois)
        hers = f", {BY_HER}" if one.tells_category else ""
        what = "Premier jour où partir à la retraite est possible"
        yield _age(
            "ouverture", what, ages, ages.date_ouverture, today,
            detail=f"À {age}{hers}. Rien n’est automatique : c’est une demande.",
            brief="Départ possible à la retraite", note=f"à {age}, sur demande",
        )  # fmt: skip
    if ages.date_limite_age > today:
        age = text.age_of_months(ages.limite_age_mois)
        hers = f", {BY_HER}" if one.tells_category or ages.recul_mois else ""
        more = "recul pour enfants compris" if ages.recul_mois else "sauf recul ou prolongation"
        yield _age(
            "limite", "Limite d’âge", ages, ages.date_limite_age, today,
            detail=f"À {age}, {more}, à demander{hers}.",
            brief="Limite d’âge", note=f"à {age}, {more}",
        )  # fmt: skip


def _of_long_career(first: date, today: date) -> Coming:
    return Coming(
        key="retraite.carriere_longue",
        what="Départ possible pour carrière longue",
        detail=(
            f"{BY_HER[:1].upper()}{BY_HER[1:]} ; le Service des retraites de l’État le vérifie. "
            "Rien n’est automatique : c’est une demande."
        ),
        day=first,
        today=today,
        source=paper_of(rule_source(_LONG_CAREER)),
        link=SCREEN,
        brief="Départ possible, carrière longue",
        note="selon vos trimestres, sur demande",
    )


def _age(key: str, what: str, ages: Retirement, day: date, today: date, **words: str) -> Coming:
    return Coming(
        key=f"retraite.{key}",
        what=what,
        detail=words["detail"],
        day=day,
        today=today,
        source=paper_of(ages.sources[0].texte) if ages.sources else "",
        link=SCREEN,
        verify=ages.a_verifier,
        brief=words["brief"],
        note=words["note"],
    )


def leaves_soon(career: CareerAnswer | None, today: date) -> bool:
    """Tell whether one may leave on a day that comes, soon enough to ask for it."""
    ages = career.retraite if career else None
    return ages is not None and today < ages.date_ouverture <= add_months_civil(
        today, 12 * _YEARS_AHEAD
    )


def request_to_leave(
    dossier: Dossier, typed: Mapping[str, str], wishes: Mapping[str, Any], today: date
) -> Asked | None:
    """Return the request of the pension where nothing of it is noted: for the first day possible.

    Once something is noted, it is one of the requests that she follows.
    """
    request = requests().get(REQUEST)
    if request is None or is_noted(REQUEST, typed):
        return None
    return ask_request(request, dossier, typed, wishes, today)


def last_day_to_ask(asked: Asked | None, today: date) -> tuple[Coming, ...]:
    """Return the last day on which that request is made, while it is to come."""
    step = asked.answer.prochaine if asked and asked.answer else None
    if asked is None or step is None or step.avant_le is None:
        return ()
    return (step_date(asked, step, step.avant_le, today, counted=_SUPPOSED),)


def missed(asked: Asked | None) -> tuple[Link, ...]:
    """Return what is said of a request whose last day is past while what it asks is to come."""
    if asked is None or asked.answer is None or asked.answer.etat != "passe":
        return ()
    return (Link(path_of(asked.request.id), answered(asked)),)
