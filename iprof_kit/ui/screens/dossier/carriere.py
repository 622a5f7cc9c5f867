"""Votre dossier › Carrière: the way so far, with nothing folded away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from iprof_kit.calculate.career.question import Step
from iprof_kit.calculate.guides.law import facts as law_facts
from iprof_kit.calculate.guides.law.facts import Standing
from iprof_kit.calculate.reclassement.ppcr import explain_2017, reclassement_2017
from iprof_kit.services.contract.dossier import Dossier, EchelonTenu, PositionTenue
from iprof_kit.services.contract.facts import ECHELONS, MEETINGS, POSITIONS, SITUATION
from iprof_kit.services.contract.own_file import Signalement
from iprof_kit.services.contract.standing import COMPUTED, current_echelon
from iprof_kit.ui.kit.parts import (
    Action,
    Day,
    Fact,
    Page,
    Section,
    Signal,
    Why,
    day_of,
    since,
    why_of,
)
from iprof_kit.ui.screens.dossier.career_blocks import (
    Segment,
    frise_label,
    gap_words,
    meetings,
    moved_2017,
    number_words,
    ppcr_day,
    ppcr_words,
    segments_of,
)
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.held import (
    NO_CORPS,
    capital,
    grade_label,
    grade_since,
    kept_figure,
    modality,
    origin_text,
    place_of,
)
from iprof_kit.ui.shared.worded import figure, worded
from iprof_kit.ui.visit.provenance import correction, other_source
from iprof_kit.ui.visit.reported import datum_link, marked, report_link, reportable, signal_for

MODES = {
    "nomination": "nomination",
    "anciennete": "ancienneté",
    "bonification": "bonification d’ancienneté",
    "reclassement_ppcr": "reclassement PPCR",
    "promotion": "promotion de grade",
    "linearisation": "échelon spécial devenu échelon",
    "changement_corps": "changement de corps",
}
PPCR = "reclassement_2017"
"""The one reason of this screen, as an intent names it."""
_COUNTS = ("aucun", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix")


@dataclass(frozen=True)
class EchelonRow:
    """One line of the history."""

    name: str
    grade: str
    mode: str
    day: Day
    spent: str
    ongoing: bool
    kept: str
    index: str
    source: str
    signal: Signal | None = None
    report: str = ""


@dataclass(frozen=True)
class PositionRow:
    """One position with its modalité."""

    position: str
    reason: str
    modality: str
    start: Day
    end: Day | None
    source: str
    signal: Signal | None = None
    report: str = ""


@dataclass(frozen=True)
class CarriereView(Page):
    """The career: frise, échelons, 2017, corps and grade, positions, rendez-vous."""

    origin: str = ""
    frise_label: str = ""
    segments: tuple[Segment, ...] = ()
    echelons: tuple[EchelonRow, ...] = ()
    no_echelon: str = ""
    ppcr: str = ""
    ppcr_day: str = ""
    ppcr_number: str = ""
    ppcr_gap: str = ""
    ppcr_asks: str = ""
    ppcr_why: Why | None = None
    correction: str = ""
    before_tables: str = ""
    corps: Section | None = None
    positions: tuple[PositionRow, ...] = ()
    meetings: Section | None = None
    report_echelons: Action | None = None
    report_positions: Action | None = None


def carriere(
    dossier: Dossier,
    today: date,
    coming: Step | None = None,
    reports: Sequence[Signalement] = (),
    *,
    explained: bool = False,
) -> CarriereView:
    """Return the career of a file as it stands today.

    `coming` is the next échelon, if any; `reports` are what the person says is wrong; `explained`
    tells that the reason of the reclassement of 2017 is open.
    """
    echelons = dossier.echelons if dossier.corps else ()
    segments = segments_of(echelons, today, coming)
    start = law_facts.tables_start()
    early = any(line.date_effet < start for line in echelons)
    held_2017 = moved_2017(dossier, echelons)
    moved = reclassement_2017(held_2017) if held_2017 else None
    return CarriereView(
        title="Carrière",
        lead=_lead(dossier, today),
        origin=origin_text(dossier),
        frise_label=frise_label(segments),
        segments=segments,
        echelons=tuple(
            reversed(
                [
                    replace(
                        _row(dossier, echelons, i, today),
                        signal=signal_for(f"echelons.{i + 1}", reports),
                        report=datum_link(f"echelons.{i + 1}"),
                    )
                    for i in range(len(echelons))
                ]
            )
        ),
        no_echelon=""
        if echelons
        else f"{NO_CORPS}."
        if dossier.corps is None
        else "Aucun échelon n’est enregistré dans votre dossier.",
        ppcr=ppcr_words(dossier, echelons),
        ppcr_day=ppcr_day(echelons),
        ppcr_number=number_words(echelons, moved),
        ppcr_gap=gap_words(moved, held_2017) if moved and held_2017 else "",
        ppcr_asks=PPCR if moved else "",
        ppcr_why=why_of(explain_2017(held_2017)) if explained and held_2017 and moved else None,
        correction=correction(dossier, "l’arrêté qui prouve l’échelon ou la position"),
        before_tables=worded(
            "« À vérifier » : ce kit n’a pas de table avant le {}. Il affiche la donnée du dossier "
            "({}) sans la recalculer.",
            text.dated(start, "law.tables.start"),
            dossier.source,
        )
        if early
        else "",
        corps=_reported(_corps(dossier, today), SITUATION, reports),
        positions=tuple(
            replace(
                _position(dossier, p),
                signal=signal_for(f"positions.{number}", reports),
                report=datum_link(f"positions.{number}"),
            )
            for number, p in reversed(list(enumerate(dossier.positions, 1)))
        ),
        meetings=_reported(meetings(dossier, coming, today), MEETINGS, reports),
        report_echelons=report_link(ECHELONS, "Échelons"),
        report_positions=report_link(POSITIONS, "Positions et modalités"),
    )


def _reported(section: Section | None, part: str, reports: Sequence[Signalement]) -> Section | None:
    if section is None:
        return None
    return reportable(replace(section, facts=marked(section.facts, reports)), part)


def _lead(dossier: Dossier, today: date) -> str:
    now = current_echelon(dossier)
    if now is None:
        return (
            "Pas de corps, donc pas d’échelon calculé. Vos positions figurent plus bas."
            if dossier.corps is None
            else "Votre dossier ne contient pas d’échelon."
        )
    recent = [e for e in dossier.echelons if e.date_effet >= law_facts.tables_start()]
    recent = recent or list(dossier.echelons)
    counts = (
        _count({e.corps for e in recent}, "corps", "corps"),
        _count({e.grade for e in recent}, "grade", "grades"),
        _count({(e.grade, e.echelon) for e in recent}, "échelon", "échelons"),
    )
    opening = f"{', '.join(counts)} depuis {recent[0].date_effet.year}."
    days = text.seniority(now.date_effet, today, now.reliquat_jours)
    lasts = law_facts.echelon_days(_standing(now), today)
    it = "ce chevron" if now.chevron else "il"
    tail: str = "." if lasts is None else ", le dernier de votre grade."
    if lasts:
        length = figure(text.duration(lasts), "echelon.law", lasts, today)
        tail = worded(f" ; {it} dure {{}}.", length)
    comma = "," if now.chevron else ""
    return worded(
        f"{opening[0].upper()}{opening[1:]} Vous êtes {{}}{comma} depuis {{}}{{}}",
        text.at_echelon(now.echelon, now.chevron),
        figure(text.elapsed(days), "echelon.spent", days, today),
        tail,
    )


def _count(distinct: set[object] | set[str] | set[tuple[str, str]], one: str, many: str) -> str:
    number = len(distinct)
    word = _COUNTS[number] if number < len(_COUNTS) else str(number)
    return f"{word} {one if number == 1 else many}"


def _standing(line: EchelonTenu) -> Standing:
    return Standing(line.corps, line.grade, line.echelon, line.chevron)


def _row(dossier: Dossier, echelons: tuple[EchelonTenu, ...], i: int, today: date) -> EchelonRow:
    line = echelons[i]
    ongoing = i == len(echelons) - 1
    end = today if ongoing else echelons[i + 1].date_effet
    spent, kept = text.seniority(line.date_effet, end), line.reliquat_jours
    length = text.elapsed(spent) if ongoing else text.duration(spent)
    early = line.date_effet < law_facts.tables_start()
    index = law_facts.indice_majore(_standing(line), line.date_effet)
    ours = line.source == COMPUTED
    mode = MODES[line.mode] + (", ancienne grille" if early else "")
    mode += ", absent de votre dossier" if ours else ""
    name = capital(text.nth(line.echelon))
    return EchelonRow(
        name=name + (f", {line.chevron}" if line.chevron else ""),
        grade=text.grade_words(line.grade) if len({e.grade for e in echelons}) > 1 else "",
        mode=mode,
        day=day_of(line.date_effet, verify=early or ours, of="echelon.since" if ongoing else ""),
        spent=figure(length, f"echelon.held.{place_of(line)}", spent, end),
        ongoing=ongoing,
        kept=worded("et {}", kept_figure(text.kept(kept), line)) if kept else "",
        index=str(index) if index else "non calculé",
        source=COMPUTED if ours else other_source(dossier, line.source, line.lu_le),
    )


def _corps(dossier: Dossier, today: date) -> Section:
    if dossier.corps is None:
        return Section(
            "Corps et grade",
            (
                Fact("Corps", "Aucun", source=dossier.source, key="situation.corps"),
                Fact("Échelon", NO_CORPS, muted=True, source=COMPUTED),
            ),
        )
    facts = [
        Fact(
            "Corps",
            (dossier.libelle_corps or dossier.corps),
            since=since(dossier.entree_corps, of="corps"),
            source=dossier.source,
            key="situation.corps",
        )
    ]
    if dossier.entree_corps:
        spent = text.seniority(dossier.entree_corps, today)
        facts.append(
            Fact(
                "Temps écoulé dans le corps",
                figure(text.elapsed(spent), "corps.spent", spent, today),
                since=(worded("au {}", text.dated(today, "today")),),
                source=COMPUTED,
                note=_breaks(dossier),
                key="situation.entree_corps",
            )
        )
    now = current_echelon(dossier)
    if now:
        entered = grade_since(dossier)
        recorded = [one for one in dossier.echelons if one.source != COMPUTED][-1]
        facts.append(
            Fact(
                "Grade",
                grade_label(dossier, now.grade),
                since=since(entered, of="grade") or ("date absente du dossier",),
                source=recorded.source,
                key="situation.grade",
            )
        )
    named = dossier.titularisation
    titular = text.dated(named, "tenure.since") if named else None
    facts.append(
        Fact("Titularisation", titular, source=dossier.source, key="situation.titularisation")
    )
    return Section("Corps et grade", tuple(facts))


def _breaks(dossier: Dossier) -> str:
    """Return what the file holds of disponibilité, without deciding what it costs."""
    days = sum(
        text.seniority(p.debut, p.fin) + 1
        for p in dossier.positions
        if p.fin and "disponibilit" in p.position.lower()
    )
    if not days:
        return ""
    return worded(
        "Dont {} de disponibilité. Selon son motif, cette période ne compte pas pour l’avancement.",
        figure(text.duration(days), "disponibilite.length", days),
    )


def _position(dossier: Dossier, line: PositionTenue) -> PositionRow:
    return PositionRow(
        position=capital(line.position),
        reason=(line.motif or ""),
        modality=modality(line),
        start=day_of(line.debut),
        end=day_of(line.fin) if line.fin else None,
        source=other_source(dossier, line.source, line.lu_le),
    )
