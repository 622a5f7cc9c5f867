"""The rendez-vous de carrière: those held, and the one that the tables foresee next."""

from __future__ import annotations

from datetime import date

from iprof_kit.base.calendar import axis_of, school_year, school_year_text
from iprof_kit.calculate.career.meetings import Concerned, authors, concerned, next_meeting
from iprof_kit.calculate.career.question import Step
from iprof_kit.calculate.guides.law_facts import Standing
from iprof_kit.services.contract.dossier import Dossier, EchelonTenu, RendezVous
from iprof_kit.services.contract.standing import COMPUTED, current_echelon
from iprof_kit.ui.kit.parts import Fact, Section
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.worded import joined, worded

_NAMES = {1: "Premier", 2: "Deuxième", 3: "Troisième"}


def meetings(dossier: Dossier, coming: Step | None, today: date) -> Section:
    """Return the rendez-vous of a file; `coming` is the next échelon, if any."""
    facts = [_held(dossier, number, line) for number, line in enumerate(dossier.rendez_vous, 1)]
    if (this_year := _this_year(dossier, today)) is not None:
        facts.append(this_year)
    if (following := _foreseen(dossier, coming, today)) is not None:
        facts.append(following)
    none = "" if facts else "Aucun rendez-vous de carrière n’est enregistré dans votre dossier."
    return Section("Rendez-vous de carrière", tuple(facts), none)


def _foreseen(dossier: Dossier, coming: Step | None, today: date) -> Fact | None:
    if not dossier.corps or not dossier.echelons:
        return None
    current = dossier.echelons[-1]
    here = Standing(current.corps, current.grade, current.echelon, current.chevron)
    places = [(here, current.date_effet, current.reliquat_jours)]
    if coming is not None:
        there = Standing(coming.corps, coming.grade, coming.echelon, coming.chevron)
        places.append((there, coming.date, coming.anciennete_conservee_jours))
    meeting = next_meeting(places, {line.numero for line in dossier.rendez_vous}, today)
    if meeting is None:
        return None
    return Fact(
        _name(meeting.number),
        f"Prévu en {school_year_text(meeting.year)}",
        detail="si l’administration vous convoque",
        since=(text.at_echelon(meeting.echelon),),
        source=COMPUTED,
        verify=meeting.to_verify,
    )


def _this_year(dossier: Dossier, today: date) -> Fact | None:
    """Return whom this school year concerns, beside the échelon held: why one is, or is not."""
    current = current_echelon(dossier)
    if current is None:
        return None
    windows = concerned(current.corps, today)
    if not windows:
        return None
    own_windows = [one for one in windows if _meets(one, current)]
    year = school_year_text(school_year(today))
    place = text.at_place(text.position_label(current.grade, current.echelon))
    reached = text.dated(current.date_effet, "echelon.since")
    position_words = worded(f"Vous êtes {place} depuis le {{}}.", reached)
    rules = joined(" ; ", map(_window, windows))
    first_grade = current.grade in {"classe_normale", "grade_unique"}
    value = "Non concerné" if dossier.identite.civilite == "Monsieur" else "Non concernée"
    if first_grade and own_windows:
        value = f"{_name(own_windows[0].number)} rendez-vous"
    grade = "" if first_grade else f" Aucun n’est prévu en {text.grade_words(current.grade)}."
    return Fact(
        f"Cette année scolaire, {year}",
        value,
        muted=not (first_grade and own_windows),
        source=COMPUTED,
        verify=any(one.to_verify for one in own_windows),
        note=worded("Sont concernés : {}. {}{}", rules, position_words, grade),
    )


def _window(one: Concerned) -> str:
    """Return between which days the échelon of a rendez-vous is reached."""
    of = f"meeting.{one.number}.window"
    return worded(
        f"{_name(one.number).lower()} : {text.echelon_label(one.echelon)} atteint entre le {{}} et "
        "le {}",
        text.dated(one.first, f"{of}.from", one.echelon),
        text.dated(one.last, f"{of}.until", one.echelon),
    )


def _notified(day: date, number: int) -> str:
    return worded("notifiée le {}", text.dated(day, "meeting.notified", f"{number}"))


def _meets(one: Concerned, current: EchelonTenu) -> bool:
    """Tell whether an échelon was reached in the window, the seniority kept counted."""
    reached = axis_of(current.date_effet) - current.reliquat_jours
    return current.echelon == one.echelon and axis_of(one.first) <= reached <= axis_of(one.last)


def _held(dossier: Dossier, number: int, line: RendezVous) -> Fact:
    """Return a rendez-vous held: the appréciation of the authority, and who else spoke."""
    notified, who = line.appreciation is not None, None
    if dossier.corps:
        who = authors(dossier.corps, line.numero, line.annee_scolaire)
    return Fact(
        f"{_name(line.numero)}, {line.annee_scolaire}",
        f"Appréciation finale : {text.appreciation_label(line.appreciation or '')}"
        if notified
        else "Appréciation finale non notifiée",
        detail=f"arrêtée par : {who.final_by}" if who and notified else "",
        muted=not notified,
        since=(_notified(line.notifiee_le, line.numero),) if line.notifiee_le else (),
        source=dossier.source,
        key=f"rendez_vous.{number}",
        note=f"Évaluateurs : {who.evaluators}. Leur avis est dans le compte rendu, que votre "
        "dossier ne contient pas ; il peut différer de l’appréciation finale."
        if who
        else "",
    )


def _name(number: int) -> str:
    return _NAMES.get(number, f"{number}e")
