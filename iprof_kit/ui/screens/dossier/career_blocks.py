"""What Carrière draws: the frise of the échelons, the rendez-vous, the reclassement of 2017."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from iprof_kit.base.calendar import axis_of, date_of, school_year, school_year_text
from iprof_kit.calculate.career.by_right import pronounced_on
from iprof_kit.calculate.career.meetings import Concerned, authors, concerned, next_meeting
from iprof_kit.calculate.career.question import Step
from iprof_kit.calculate.guides.law import facts as law_facts
from iprof_kit.calculate.guides.law.facts import Standing
from iprof_kit.calculate.interface.situation import Periode
from iprof_kit.calculate.reclassement.ppcr import Moved, Reclassement2017
from iprof_kit.services.contract.dossier import Dossier, EchelonTenu, RendezVous
from iprof_kit.services.contract.standing import COMPUTED, current_echelon
from iprof_kit.ui.kit.parts import Fact, Section
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.worded import figure, joined, placed, worded

_LEAST = 15
"""Height of the lowest step, in hundredths of the highest: an index says no distance from zero."""


@dataclass(frozen=True)
class Segment:
    """One échelon on the frise, as long as the time spent in it, as high as its index."""

    name: str
    month: str
    year: str
    months: int
    state: str = ""
    """``now``, ``next`` or nothing."""
    words: str = ""
    """What is said of the state."""
    height: int = _LEAST
    """In hundredths of the highest."""


def segments_of(
    echelons: tuple[EchelonTenu, ...], today: date, coming: Step | None
) -> tuple[Segment, ...]:
    """Return the échelons held since the reclassement of 2017, then the one that comes."""
    first = next((i for i, e in enumerate(echelons) if e.mode == "reclassement_ppcr"), 0)
    shown = echelons[first:]
    segments = []
    for i, line in enumerate(shown):
        last = i == len(shown) - 1
        end = (pronounced_on(coming) if coming else today) if last else shown[i + 1].date_effet
        segments.append(
            _segment(
                line.grade,
                line.echelon,
                line.chevron,
                line.date_effet,
                text.seniority(line.date_effet, end),
                "now" if last else "",
                "en cours" if last else "",
            )
        )
    if coming and shown:
        due = pronounced_on(coming)
        words = "dû, pas encore enregistré" if due <= today else "à venir"
        place = (coming.grade, coming.echelon, coming.chevron, due)
        segments.append(_segment(*place, 20 * 30, "next", words))
    indices = [_index(line, today) for line in shown]
    if coming and shown:
        indices.append(coming.indice_majore)
    heights = _heights(indices)
    return tuple(replace(one, height=h) for one, h in zip(segments, heights, strict=True))


def _index(line: EchelonTenu, today: date) -> int | None:
    """Return the index of an échelon in the grid of today: the steps are then of one scale."""
    standing = law_facts.Standing(line.corps, line.grade, line.echelon, line.chevron)
    return law_facts.indice_majore(standing, today)


def _heights(indices: Sequence[int | None]) -> list[int]:
    """Return the height of each step between the lowest and the highest index; unknown: lowest."""
    known = [index for index in indices if index is not None]
    low, high = min(known, default=0), max(known, default=0)
    span = max(high - low, 1)
    return [round(_LEAST + (100 - _LEAST) * ((index or low) - low) / span) for index in indices]


def _segment(
    grade: str,
    echelon: str,
    chevron: str | None,
    start: date,
    days: int,
    state: str,
    words: str,
) -> Segment:
    prefix = {"hors_classe": "HC ", "classe_exceptionnelle": "CE "}.get(grade, "")
    month = text.short_day(start)[0].split(text.NBSP)[1]
    name = f"{prefix}{chevron or text.nth(echelon)}"
    return Segment(name, month, str(start.year), max(days // 30, 1), state, words)


def frise_label(segments: tuple[Segment, ...]) -> str:
    """Return what the frise shows: « Échelons de 2017 à 2027 »."""
    return f"Échelons de {segments[0].year} à {segments[-1].year}" if segments else ""


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


_KEPT = "law.ppcr.kept"


def ppcr_words(dossier: Dossier, echelons: tuple[EchelonTenu, ...]) -> str:
    """Say what became of the seniority of 2017, where the history has that line; else nothing."""
    at = next((i for i, e in enumerate(echelons) if e.mode == "reclassement_ppcr"), None)
    if at is None:
        return ""
    line = echelons[at]
    opening = (
        "Ce jour-là, les grilles ont changé : c’est la réforme des parcours, carrières et "
        "rémunérations (PPCR). La date affichée est celle de la réforme, mais votre "
        "ancienneté n’a pas disparu"
    )
    if not line.reliquat_jours:
        return f"{opening} : elle a servi à fixer votre échelon."
    kept = figure(text.were_kept(line.reliquat_jours), _KEPT, line.reliquat_jours)
    following = echelons[at + 1] if at + 1 < len(echelons) else None
    if following is None or following.mode != "anciennete":
        return worded("{} : {}.", opening, kept)
    without = date_of(axis_of(following.date_effet) + line.reliquat_jours)
    gone = "passée" if dossier.identite.civilite == "Madame" else "passé"
    return worded(
        f"{opening} : {{}}. C’est pourquoi vous êtes {gone} "
        f"{text.at_echelon(following.echelon)} le {{}}, et non le {{}}.",
        kept,
        text.dated(following.date_effet, "echelon.effect", following.echelon),
        text.dated(without, "echelon.without_kept", following.echelon),
    )


def gap_words(moved: Reclassement2017, before: Moved) -> str:
    """Return where the rule and the file differ, the two durations with their facts."""
    lengths = (
        figure(text.duration(days), quantity, days)
        for quantity, days in ((f"{_KEPT}.by_rule", moved.by_rule), (_KEPT, before.kept))
        if days
    )
    return placed(moved.gap, *lengths)


def ppcr_day(echelons: tuple[EchelonTenu, ...]) -> str:
    """Return the day of the reform, as the line of the history that it made says it."""
    line = next((one for one in echelons if one.mode == "reclassement_ppcr"), None)
    return text.dated(line.date_effet, "law.ppcr") if line else ""


def number_words(echelons: tuple[EchelonTenu, ...], moved: Reclassement2017 | None) -> str:
    """Say, in full view, that a lower number was no lower index; "" where the number did not fall.

    The two grades that were renumbered in 2017 are those of who reads « 6e » then « 4e ».
    """
    at = next((i for i, e in enumerate(echelons) if e.mode == "reclassement_ppcr"), 0)
    if not at or moved is None:
        return ""
    old, new = echelons[at - 1], echelons[at]
    numbers = (old.echelon, new.echelon)
    same_grade = (old.corps, old.grade) == (new.corps, new.grade)
    if not same_grade or not all(map(str.isdigit, numbers)) or int(new.echelon) >= int(old.echelon):
        return ""
    left, reached = text.echelon_label(old.echelon), text.echelon_label(new.echelon)
    opening = f"Le numéro a baissé, du {left} au {reached}"
    if moved.indices is None:
        return f"{opening} : les échelons ont été renumérotés."
    before, after = moved.indices
    kept = "n’a pas changé" if before == after else "a augmenté" if after > before else "a baissé"
    return (
        f"{opening} : les échelons ont été renumérotés. Votre indice majoré {kept} : {before} la "
        f"veille, {after} ce jour-là."
    )


def moved_2017(dossier: Dossier, echelons: tuple[EchelonTenu, ...]) -> Moved | None:
    """Return what the history holds of that day; None where it has no such line."""
    at = next((i for i, e in enumerate(echelons) if e.mode == "reclassement_ppcr"), None)
    if at is None:
        return None
    before = echelons[at - 1] if at else None
    return Moved(
        _standing(echelons[at]),
        echelons[at].reliquat_jours,
        _standing(before) if before else None,
        before.date_effet if before else None,
        before.reliquat_jours if before else 0,
        tuple(
            Periode(position=p.position, motif=p.motif, debut=p.debut, fin=p.fin)
            for p in dossier.positions
        ),
    )


def _standing(line: EchelonTenu) -> Standing:
    return Standing(line.corps, line.grade, line.echelon, line.chevron)
