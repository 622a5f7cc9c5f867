"""What the controls of a scenario may be set to, why one is closed, why a choice is refused."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from iprof_kit.base.calendar import (
    date_of,
    date_text,
    duration_text,
    rentree,
    school_year_text,
)
from iprof_kit.base.errors import InputError
from iprof_kit.base.words import (
    at_echelon,
    corps_label,
    echelon_label,
    grade_label,
    uncapitalised,
)
from iprof_kit.calculate.career.campaign_condition import (
    campaign_condition,
    campaign_sources,
    unjudged,
)
from iprof_kit.calculate.career.positions import on_leave
from iprof_kit.calculate.career.question import BONUSES, Lever, LeverName, Refusal, Scenario
from iprof_kit.calculate.career.runs import (
    CLASSE_EXCEPTIONNELLE,
    HORS_CLASSE,
    Controls,
    Run,
    has_list,
    run,
)
from iprof_kit.calculate.career.start import Start, quotites
from iprof_kit.calculate.interface.aside import aside
from iprof_kit.calculate.interface.explained import Reference
from iprof_kit.calculate.interface.papers import article, of_sources
from iprof_kit.calculate.interface.situation import Situation
from iprof_kit.law.career.advancement import BONIFIED
from iprof_kit.law.career.traitement import paid_fraction
from iprof_kit.law.promotion.conditions import references, required_days
from iprof_kit.law.tables.cells import CELLS, grades_of

Paces = dict[tuple[str, ...], Run]

_LEVER_OF = {step: lever for lever, step in BONUSES.items()}
_ONE_A_YEAR = "R9"
"""Row of reclassement.csv: no two promotions of grade for one year."""


@dataclass(frozen=True)
class Settled:
    """A scenario with its lawful controls, what it was refused, and the row it lives."""

    scenario: Scenario
    levers: tuple[Lever, ...]
    refusals: tuple[Refusal, ...]
    lived: Run


def settle(
    start: Start, situation: Situation, asked: Scenario, before: Scenario | None, paces: Paces
) -> Settled:
    """Apply a scenario as far as the law allows.

    Parameters
    ----------
    start, situation
        The person.
    asked : Scenario
        Choices wanted.
    before : Scenario, optional
        Choices to fall back on where one is refused; never, otherwise.
    paces : dict
        The person's runs without promotion, see `career_runs.run_paces`.
    """
    refusals: list[Refusal] = []
    quotite = _settle_quotite(situation, asked, before, refusals)
    bonuses = _settle_bonuses(start, asked, paces, refusals)
    pace = paces[bonuses]
    hors_classe = _settle_grade(
        HORS_CLASSE,
        asked,
        before.hors_classe if before else None,
        pace,
        paces,
        refusals,
        hors_classe=None,
    )
    with_hors_classe = run(start, [Controls(bonuses, hors_classe)])[0] if hors_classe else pace
    exceptionnelle = _settle_grade(
        CLASSE_EXCEPTIONNELLE,
        asked,
        before.classe_exceptionnelle if before else None,
        with_hors_classe,
        paces,
        refusals,
        hors_classe=hors_classe,
    )
    lived = with_hors_classe
    if exceptionnelle:
        lived = run(start, [Controls(bonuses, hors_classe, exceptionnelle)])[0]
    applied = asked.model_copy(
        update={
            "quotite": quotite,
            "hors_classe": hors_classe,
            "classe_exceptionnelle": exceptionnelle,
            **{lever: step in bonuses for lever, step in BONUSES.items()},
        }
    )
    levers = (
        Lever(nom="quotite", valeurs=quotites(situation, quotite)),
        *(_bonus_lever(start, step, paces) for step in BONIFIED),
        _grade_lever(HORS_CLASSE, pace, None),
        _grade_lever(CLASSE_EXCEPTIONNELLE, with_hors_classe, hors_classe),
    )
    return Settled(applied, levers, tuple(refusals), lived)


def _settle_quotite(
    situation: Situation, asked: Scenario, before: Scenario | None, refusals: list[Refusal]
) -> int:
    """Return the quotité applied: the one asked, else the last lawful one."""
    if asked.quotite is None:
        return situation.quotite
    try:
        paid_fraction(asked.quotite, situation.type_temps_partiel, situation.corps)
    except InputError as error:
        refusals.append(
            Refusal(
                scenario=asked.nom,
                levier="quotite",
                valeur=asked.quotite,
                motif=f"{error.message} {error.remedy}",
            )
        )
        last = before.quotite if before else None
        return last if last in quotites(situation) else situation.quotite
    return asked.quotite


def _settle_bonuses(
    start: Start, asked: Scenario, paces: Paces, refusals: list[Refusal]
) -> tuple[str, ...]:
    taken = []
    for step in asked.bonifications:
        reason = _bonus_closed(start, step, paces)
        if reason and not (asked.contrefactuel and paces[()].years_past(step)):
            refusals.append(
                Refusal(scenario=asked.nom, levier=_LEVER_OF[step], valeur=True, motif=reason)
            )
        else:
            taken.append(step)
    return tuple(taken)


def _settle_grade(
    grade: str,
    asked: Scenario,
    before: int | None,
    lived: Run,
    paces: Paces,
    refusals: list[Refusal],
    *,
    hors_classe: int | None,
) -> int | None:
    """Return the year applied: the one asked, else the last lawful one, else never."""
    wanted = asked.hors_classe if grade == HORS_CLASSE else asked.classe_exceptionnelle
    if wanted is None:
        return None
    open_years = lived.years_open(grade, past=asked.contrefactuel)
    if wanted in open_years:
        return wanted
    corps = lived.start.corps
    motif = _why_not(grade, wanted, lived, hors_classe, past=asked.contrefactuel)
    first = next(iter(lived.years_open(grade)), None)
    if first is not None:
        motif += f" Première année possible : {first}."
    if grade == HORS_CLASSE:
        motif += _other_pace(grade, first, lived, paces)
    refusals.append(
        Refusal(
            scenario=asked.nom,
            levier=_lever_of(grade),
            valeur=wanted,
            motif=motif,
            premiere_valeur_possible=first,
            sources=_condition_references(corps, grade, wanted),
        )
    )
    return before if before in open_years else None


def _lever_of(grade: str) -> LeverName:
    return "hors_classe" if grade == HORS_CLASSE else "classe_exceptionnelle"


def _bonus_lever(start: Start, step: str, paces: Paces) -> Lever:
    reason = _bonus_closed(start, step, paces)
    past = (True,) if reason and paces[()].years_past(step) else ()
    return Lever(
        nom=_LEVER_OF[step],
        valeurs=(False,) if reason else (False, True),
        ferme=reason or None,
        passees=past,
    )


def _bonus_closed(start: Start, step: str, paces: Paces) -> str:
    """Return why a bonification is impossible, "" where it is possible."""
    base = paces[()]
    if base.years_open(step):
        return ""
    where = echelon_label(step)
    if not has_list(start.corps, step):
        return f"Il n’y a pas de bonification au {where} dans le corps {_its_people(start.corps)}."
    if start.grade != grades_of(start.corps)[0]:
        return f"La bonification au {where} n’existe qu’en classe normale ; elle est quittée."
    echelon = CELLS.echelon[start.cell]
    if echelon.isdigit() and int(echelon) > int(step):
        when = f", le {date_text(start.first)}" if int(echelon) == int(step) + 1 else ""
        return f"Le {where} a déjà été quitté{when}."
    past = base.open_years.get(step, ())
    if past:
        return (
            f"La bonification au {where} se décidait pendant l’année scolaire "
            f"{school_year_text(past[-1])}, qui est passée."
        )
    return f"Aucune inscription sur une liste au {where} d’ici la fin de la projection."


def _its_people(corps: str) -> str:
    """Return « des instituteurs »."""
    people = corps_label(corps, plural=True)
    return f"des {uncapitalised(people)}"


def _grade_lever(grade: str, lived: Run, hors_classe: int | None) -> Lever:
    years, past = lived.years_open(grade), lived.years_past(grade)
    closed = None if years else _grade_closed(grade, lived, hors_classe)
    return Lever(nom=_lever_of(grade), valeurs=(None, *years), ferme=closed, passees=past)


def _grade_closed(grade: str, lived: Run, hors_classe: int | None) -> str:
    """Return why a promotion is impossible in every year of the projection."""
    start = lived.start
    grades = grades_of(start.corps)
    if grade not in grades:
        return f"Le corps {_its_people(start.corps)} n’a pas de {grade_label(grade)}."
    if grades.index(start.grade) >= grades.index(grade):
        return f"La {grade_label(start.grade)} est déjà atteinte."
    if _needs_hors_classe(grade, lived, hors_classe):
        return (
            "La classe exceptionnelle est ouverte aux enseignants hors classe"
            " : choisissez d’abord une année de hors classe."
        )
    return (
        f"Aucune campagne ne remplit la condition avant la fin de la projection : "
        f"{_condition(start, grade, date_of(start.exit).year)}."
    )


def _needs_hors_classe(grade: str, lived: Run, hors_classe: int | None) -> bool:
    in_first = lived.start.grade == grades_of(lived.start.corps)[0]
    return grade == CLASSE_EXCEPTIONNELLE and in_first and hors_classe is None


def _why_not(
    grade: str, year: int, lived: Run, hors_classe: int | None, *, past: bool = False
) -> str:
    """Return why one year is refused, with the numbers that fail."""
    start = lived.start
    day = rentree(year)
    if past and day <= start.entry:
        return (
            f"L’échelon n’est connu que depuis le {date_text(start.first)} : une décision "
            "plus ancienne ne peut pas être supposée autrement."
        )
    if day <= start.today and not past:
        return (
            f"Les promotions de la campagne {year} ont pris effet le 1er septembre {year} : "
            "cette campagne est passée."
        )
    if day >= start.exit:
        return f"La projection s’arrête avant le 1er septembre {year}."
    grades = grades_of(start.corps)
    if grade not in grades or grades.index(start.grade) >= grades.index(grade):
        return _grade_closed(grade, lived, hors_classe)
    if grade == CLASSE_EXCEPTIONNELLE and hors_classe == year:
        return (
            "Deux promotions de grade au titre d’une même année sont interdites"
            f" : la hors classe est déjà choisie en {year}."
        )
    if _needs_hors_classe(grade, lived, hors_classe) or (hors_classe or 0) > year:
        return _grade_closed(grade, lived, None)
    if away := start.positions.away(day - 1):
        return on_leave(year, away)
    if why := unjudged(grade, year, lived):
        return f"Campagne {year} : {why}."
    return _numbers(grade, year, lived)


def _numbers(grade: str, year: int, lived: Run) -> str:
    """Say what the person has and what is needed: « l’ancienneté sera de 1 an ; il faut 2 ans »."""
    corps = lived.start.corps
    eve = lived.before(rentree(year))
    cell, needed = _required(corps, grade, year)
    text = article(references(corps, grade, year)[0].text)
    here = f"Au 31 août {year}, "
    if eve.cell == cell and eve.days < needed:
        return (
            f"{here}l’ancienneté sera de {duration_text(eve.days)} "
            f"{at_echelon(CELLS.echelon[cell])} ; il faut {duration_text(needed)} ({text})."
        )
    position = echelon_label(CELLS.echelon[eve.cell], CELLS.chevron[eve.cell] or None)
    if CELLS.grade[eve.cell] != grades_of(corps)[0]:
        position += f" de la {grade_label(CELLS.grade[eve.cell])}"
    wanted = echelon_label(CELLS.echelon[cell])
    what = f"{duration_text(needed)} au {wanted}" if needed else f"au moins le {wanted}"
    return f"{here}la position sera le {position} ; il faut {what} ({text})."


def _required(corps: str, grade: str, year: int) -> tuple[int, int]:
    """Return the first cell of the grid that opens a promotion, and the days needed in it."""
    needed = required_days(grade, year)
    cell = int(np.flatnonzero((needed >= 0) & (CELLS.corps == corps))[0])
    return cell, int(needed[cell])


def _condition(start: Start, grade: str, year: int) -> str:
    condition, unsaid = aside(lambda: campaign_condition(start.corps, grade, year))
    return condition or unsaid


def _condition_references(corps: str, grade: str, year: int) -> tuple[Reference, ...]:
    references, _ = aside(lambda: of_sources(campaign_sources(corps, grade, year)))
    return references or ()


def _other_pace(grade: str, first: int | None, lived: Run, paces: Paces) -> str:
    """Say which bonification would open an earlier year, "" where none would."""
    better = []
    for step in BONIFIED:
        faster = paces.get((step,)) if paces[()].years_open(step) else None
        years = faster.years_open(grade) if faster and faster is not lived else ()
        if years and (first is None or years[0] < first):
            better.append(f" Avec la bonification {at_echelon(step)}, ce serait {years[0]}.")
    return "".join(better)
