"""« Pourquoi ? »: the rule in a sentence, pairs ending on the result, sources."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from iprof_kit.base.calendar import (
    date_of,
    date_text,
    duration_text,
    rentree,
    school_year_text,
)
from iprof_kit.base.words import (
    NBSP,
    after_de,
    echelon_label,
    euros_text,
    grade_label,
    position_label,
    the_place,
)
from iprof_kit.calculate.career.campaign_condition import campaign_condition, campaign_sources
from iprof_kit.calculate.career.question import INDICE_BRUT, Step
from iprof_kit.calculate.career.runs import Run
from iprof_kit.calculate.career.start import Start
from iprof_kit.calculate.career.steps import Moment, Pay, decided_in
from iprof_kit.calculate.interface.explained import Explanation, Line, Reference
from iprof_kit.calculate.interface.papers import (
    duration_reference,
    index_reference,
    of_sources,
    part_time_reference,
    point_reference,
    rule_references,
)
from iprof_kit.law.career.advancement import echelon_duration, shortened_duration
from iprof_kit.law.career.bonifications import asa_source, direction_source
from iprof_kit.law.career.traitement import FULL_TIME
from iprof_kit.law.tables.cells import CELLS
from iprof_kit.law.tables.rules import RULES


def explain_step(moment: Moment, step: Step, start: Start, pay: Pay) -> Explanation:
    """Explain one step: why this day, why this place, why this pay."""
    writers = {
        "depart": _start, "echelon": _by_right, "chevron": _by_right,
        "bonification": _by_bonification, "grade": _by_promotion, "limite_age": _age,
    }  # fmt: skip
    write = _by_text if moment.by_text else writers[moment.nature]
    question, rule, lines, sources = write(moment, step, start)
    pay_lines, pay_sources = _pay(moment, step, pay)
    positions, since = start.positions, (moment.before_entry, moment.pronounced)
    papers = of_sources(positions.sources(*since)) if moment.lost else ()
    more = f" {positions.left_to_declare(*since)}" if moment.lost else ""
    return Explanation(
        question=question,
        regle=(rule + more).strip(),
        lignes=tuple(lines + pay_lines),
        sources=tuple(
            dict.fromkeys([*sources, *papers, *_early_papers(moment, start), *pay_sources])
        ),
    )


def _early_papers(moment: Moment, start: Start) -> tuple[Reference, ...]:
    """Return the papers of the months that brought an effect forward."""
    if not moment.early:
        return ()
    facts = [asa_source()] if start.asa else []
    facts += [direction_source()] if start.direction else []
    return of_sources(tuple(fact.papers for fact in facts))


LINEARISATION = "linearise_2023"
Parts = tuple[str, str, list[Line], list[Reference]]


def _place(cell: int) -> str:
    return position_label(CELLS.grade[cell], CELLS.echelon[cell], CELLS.chevron[cell] or None)


def _the_place(cell: int) -> str:
    return the_place(CELLS.grade[cell], CELLS.echelon[cell], CELLS.chevron[cell] or None)


def _day(axis: int) -> str:
    return date_text(date_of(axis))


def _start(moment: Moment, step: Step, start: Start) -> Parts:  # noqa: ARG001
    lines = [Line(libelle="Date d’effet", valeur=date_text(start.first))]
    papers: list[Reference] = []
    if start.before is not None:
        lines.append(
            Line(
                libelle="Reclassement du 1er septembre 2017",
                valeur=start.before.words,
                a_verifier=bool(start.before.doubt),
            )
        )
        papers.append(start.before.source)
    if moment.kept:
        lines.append(
            Line(libelle="Ancienneté conservée ce jour-là", valeur=duration_text(moment.kept))
        )
    question = f"Pourquoi partir {after_de(_the_place(moment.cell))}{NBSP}?"
    return question, f"C’est la situation donnée{NBSP}: tout le reste s’en déduit.", lines, papers


def _by_right(moment: Moment, step: Step, start: Start) -> Parts:
    before = moment.before_cell
    duration = int(echelon_duration(np.array([before]), moment.day)[0])
    what = "de chevron" if moment.nature == "chevron" else "d’échelon"
    rule = (
        f"L’avancement {what} est de plein droit, à l’ancienneté. Le temps partiel compte comme "
        "du temps plein."
    )
    lines = _held(moment, start)
    lines.append(Line(libelle=f"Durée{NBSP}: {_place(before)}", valeur=duration_text(duration)))
    if moment.before_kept:
        left = duration - moment.before_kept
        lines.append(Line(libelle="Reste à parcourir", valeur=duration_text(max(left, 0))))
    lines += _early_lines(moment, step)
    lines.append(_date_line(moment, step))
    question = f"Pourquoi le {_day(moment.day)}{NBSP}?"
    return question, rule, lines, [duration_reference(before, moment.day)]


def _early_lines(moment: Moment, step: Step) -> list[Line]:
    """Return the normal day of an échelon, and the months that bring its effect forward."""
    if step.date_normale is None:
        return []
    return [
        Line(libelle="Date normale", valeur=date_text(step.date_normale)),
        Line(
            libelle="Mois de bonification utilisés (direction d’école, ASA)",
            valeur=duration_text(moment.early),
        ),
    ]


def _by_text(moment: Moment, step: Step, start: Start) -> Parts:
    text = RULES[LINEARISATION][0]
    lines = [*_held(moment, start), _date_line(moment, step)]
    paper = Reference(texte=text.source, valide_du=text.since, valide_au=text.until, confiance="B")
    return f"Pourquoi le {_day(moment.day)}{NBSP}?", text.sentence, lines, [paper]


def _by_bonification(moment: Moment, step: Step, start: Start) -> Parts:
    before = moment.before_cell
    normal = int(echelon_duration(np.array([before]), moment.day)[0])
    shortened = int(shortened_duration(np.array([before]), moment.day)[0])
    year = decided_in(moment)
    rule = (
        "La bonification d’ancienneté avance d’un an le passage à l’échelon suivant. Elle est "
        "décidée l’année scolaire qui suit le rendez-vous de carrière, avec effet rétroactif."
    )
    lines = [
        *_held(moment, start),
        Line(libelle="Durée sans bonification", valeur=duration_text(normal)),
        Line(libelle="Durée avec bonification", valeur=duration_text(shortened)),
        Line(libelle="Décision pendant l’année scolaire", valeur=school_year_text(year)),
        Line(libelle="Décide", valeur=step.sous_reserve_de or ""),
        *_early_lines(moment, step),
        _date_line(moment, step),
    ]
    question = f"Pourquoi le {_day(moment.day)}{NBSP}?"
    return question, rule, lines, [duration_reference(before, moment.day)]


def _by_promotion(moment: Moment, step: Step, start: Start) -> Parts:
    placement = moment.placement
    if placement is None:  # pragma: no cover
        raise TypeError("a promotion without placement")
    year = date_of(moment.day).year
    grade = grade_label(step.grade)
    here = echelon_label(step.echelon, step.chevron)
    kept = moment.kept
    origin = _the_place(placement.origin)
    doubt = "anciennete" in step.a_verifier
    rule = f"Une personne promue à la {grade} depuis {origin} est classée au {here}. " + (
        _kept_sentence(placement.days, kept)
    )
    lines = [
        *_held(moment, start, f"Position au 1er septembre {year}, avant la promotion"),
        Line(libelle=f"Ancienneté au 1er septembre {year}", valeur=duration_text(placement.days)),
        Line(
            libelle=f"Condition{NBSP}: {campaign_condition(start.corps, step.grade, year)}",
            valeur="remplie",
        ),
        Line(libelle="Décide", valeur=step.sous_reserve_de or ""),
        Line(libelle="Classement", valeur=f"{grade}, {here}"),
        Line(
            libelle=_kept_label(placement.days, kept), valeur=duration_text(kept), a_verifier=doubt
        ),
    ]
    after = f", avec {duration_text(kept)} d’ancienneté" if kept else ""
    question = f"Pourquoi le {here} de la {grade}{after}{NBSP}?"
    sources = [
        *rule_references(placement.rule_id, start.corps, moment.day),
        *of_sources(campaign_sources(start.corps, step.grade, year)),
    ]
    return question, rule, lines, sources


def _kept_sentence(days: int, kept: int) -> str:
    if not kept:
        return "Elle y entre sans ancienneté."
    if kept == days:
        return "Elle garde toute son ancienneté dans l’échelon."
    return f"Elle garde l’ancienneté qui dépasse {duration_text(days - kept)}."


def _kept_label(days: int, kept: int) -> str:
    if kept in (0, days):
        return "Ancienneté conservée"
    return f"Ancienneté conservée{NBSP}: {duration_text(days)} \u2212 {duration_text(days - kept)}"


def _age(moment: Moment, step: Step, start: Start) -> Parts:  # noqa: ARG001
    ages = start.retirement
    if ages is None:  # pragma: no cover
        raise TypeError("a limite d'âge without date of birth")
    years, months = divmod(ages.limite_age_mois, 12)
    age = f"{years} ans" + (f" {months} mois" if months else "")
    lines = [
        Line(libelle="Limite d’âge", valeur=age, a_verifier=ages.a_verifier),
        Line(libelle="Date", valeur=date_text(ages.date_limite_age), a_verifier=ages.a_verifier),
    ]
    rule = "Nul ne reste en activité au-delà de la limite d’âge, sauf prolongation accordée."
    return f"Pourquoi le {date_text(step.date)}{NBSP}?", rule, lines, list(ages.sources)


def _held(moment: Moment, start: Start, label: str = "Position d’avant") -> list[Line]:
    lines = [
        Line(libelle=label, valeur=_place(moment.before_cell)),
        Line(libelle="Depuis le", valeur=date_text(start.civil(moment.before_entry))),
    ]
    if moment.before_kept:
        lines.append(
            Line(libelle="Avec une ancienneté de", valeur=duration_text(moment.before_kept))
        )
    return lines + start.positions.lines(moment.before_entry, moment.pronounced)


def _date_line(moment: Moment, step: Step) -> Line:
    return Line(
        libelle=f"Date d’effet{NBSP}: {_place(moment.cell)}",
        valeur=_day(moment.day),
        a_verifier="date" in step.a_verifier,
    )


def _pay(moment: Moment, step: Step, pay: Pay) -> tuple[list[Line], list[Reference]]:
    """Return the pairs from the index to the pay, and their papers."""
    index_day = pay.index_day(moment.cell, moment.day)
    point = f"{pay.point:.4f}".replace(".", ",")
    lines = [
        Line(
            libelle="Indice majoré",
            valeur=str(step.indice_majore),
            a_verifier="indice" in step.a_verifier,
        ),
    ]
    if step.indice_brut is not None:
        lines.append(
            Line(
                libelle="Indice brut",
                valeur=str(step.indice_brut),
                a_verifier=INDICE_BRUT in step.a_verifier,
            )
        )
    doubt = "traitement" in step.a_verifier
    lines.append(
        Line(
            libelle=f"Traitement à temps complet {step.indice_majore} × {point}{NBSP}€ ÷ 12",
            valeur=euros_text(step.traitement_temps_plein),
            a_verifier=doubt,
        )
    )
    sources = [index_reference(moment.cell, index_day), point_reference(pay.today)]
    if pay.quotite != FULL_TIME:
        paid = Fraction(*pay.fraction)
        lines.append(
            Line(
                libelle=f"À {pay.quotite}{NBSP}%, payé {paid.numerator}/{paid.denominator}",
                valeur=euros_text(step.traitement),
                a_verifier=doubt,
            )
        )
        sources.append(part_time_reference(pay.quotite, pay.kind, pay.corps))
    return lines, sources


def explain_eligibility(grade: str, year: int, lived: Run, *, reached: bool) -> Explanation:
    """Explain the first campaign: the situation on its 31 August, and on the one before."""
    corps = lived.start.corps
    lines = []
    for campaign in (year - 1, year):
        if rentree(campaign) <= lived.start.entry:
            continue
        eve = lived.before(rentree(campaign))
        away = lived.start.positions.away(rentree(campaign) - 1)
        if away:
            lines.append(
                Line(
                    libelle=f"Position au 31 août {campaign}",
                    valeur=f"{away}, qui n’ouvre pas la promotion",
                )
            )
        lines.append(
            Line(
                libelle=f"Au 31 août {campaign}",
                valeur=f"{_place(eve.cell)} depuis le {date_text(lived.start.civil(eve.entry))}, "
                f"{duration_text(eve.days)} d’ancienneté",
            )
        )
    lines.append(
        Line(libelle=f"Condition au 31 août {year}", valeur="remplie" if reached else "non remplie")
    )
    rule = campaign_condition(corps, grade, year)
    return Explanation(
        question=f"Pourquoi {year}{NBSP}?" if reached else f"Pourquoi{NBSP}?",
        regle=f"{rule[0].upper()}{rule[1:]}.",
        lignes=tuple(lines),
        sources=of_sources(campaign_sources(corps, grade, year)),
    )
