"""Where a file stands on a day: the échelon and position held, what is due since by right.

For the screens and for what the kit deduces by itself: both begin from the same point.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from iprof_kit.base.calendar import add_months_civil
from iprof_kit.base.errors import KitError
from iprof_kit.base.reference import academy_labels, codes_of, department_code, those
from iprof_kit.calculate.anciennetes.question import EchelonConnu
from iprof_kit.calculate.career.by_right import DatedStep, reached_by_right, recording_months
from iprof_kit.calculate.career.direction import unused_years
from iprof_kit.calculate.career.rendez_vous.question import RendezVousAnswer, RendezVousQuestion
from iprof_kit.calculate.interface.situation import Periode, Situation
from iprof_kit.calculate.pay.positions import is_of_health, part_time_kind, payable_share
from iprof_kit.services.contract.dossier import (
    AffectationTenue,
    Dossier,
    EchelonTenu,
    PositionTenue,
)

COMPUTED = "Calculé par ce kit"
"""The source of a line that the administration did not write."""
_HEAD = re.compile(r"direct|faisant fonction de direct|chargée? d.(une )?(école|direct)|intérim")


def known_academy(dossier: Dossier) -> str:
    """Return the code of an academy that the tables have; "" for another, which no rule knows."""
    return dossier.academie if dossier.academie in academy_labels() else ""


def known_department(dossier: Dossier) -> str:
    """Return the code of a département that the tables have; "" for another."""
    code = department_code(dossier.departement or "")
    return code if code in codes_of("departements", "code_insee") else ""


def current_echelon(dossier: Dossier) -> EchelonTenu | None:
    """Return the line of the history that holds today, if any."""
    return dossier.echelons[-1] if dossier.corps and dossier.echelons else None


def current_position(dossier: Dossier, today: date) -> PositionTenue | None:
    """Return the position held today, if any."""
    current = [
        p for p in dossier.positions if p.debut <= today and (p.fin is None or p.fin >= today)
    ]
    return current[-1] if current else None


def position_on(positions: Sequence[PositionTenue], day: date) -> PositionTenue | None:
    """Return the position that covers a day, else the last one begun before it.

    Before the first one, it is that one where it begins within the month: she was hired then.
    """
    covering = [p for p in positions if p.debut <= day and (p.fin is None or p.fin >= day)]
    before = [p for p in positions if p.debut <= day]
    if covering or before:
        return (covering or before)[-1]
    month = [p for p in positions if (p.debut.year, p.debut.month) == (day.year, day.month)]
    return month[0] if month else None


def share_on(dossier: Dossier, day: date) -> int:
    """Return the per cent of a service on a day; full time where none is done, or is payable.

    A part-time of health has an end and is not what she chose: her share is that of before it.
    """
    chosen = [one for one in dossier.positions if not is_of_health(one.modalite)]
    position = position_on(chosen, day)
    if position is None:
        return 100
    return payable_share(position.quotite, position.modalite, dossier.corps) or 100


def situation_of(dossier: Dossier, today: date) -> Situation | None:
    """Return the starting point of today that a file gives, or None without corps or échelon."""
    return _situation(brought_up(dossier, today), today)


def brought_up(dossier: Dossier, today: date) -> Dossier:
    """Return the file with the échelons that are due since its last one, each marked as ours.

    A file that the tables do not cover stays as it is: where it is projected, the error is said.
    """
    situation, echelon = _situation(dossier, today), current_echelon(dossier)
    if situation is None or echelon is None:
        return dossier
    with suppress(KitError):
        due = tuple(_line(step, today) for step in reached_by_right(situation, today))
        return dossier.model_copy(update={"echelons": (*dossier.echelons, *due)})
    return dossier


@dataclass(frozen=True)
class Late:
    """A file that stops at an échelon which is over: the one recorded, the one held by right."""

    recorded: EchelonTenu
    reached: EchelonTenu
    read: date
    old: bool
    """The file lacks more than what an arrêté on its way explains."""


def late(recorded: Dossier, shown: Dossier, today: date) -> Late | None:
    """Return what a file lacks beside its `brought_up` form, None where it is up to date."""
    due = shown.echelons[len(recorded.echelons) :]
    if not due:
        return None
    usual = add_months_civil(due[0].date_effet, recording_months(today))
    return Late(recorded.echelons[-1], due[-1], recorded.lu_le, old=usual < today)


def heads_school(post: AffectationTenue) -> bool:
    """Tell whether a posting is at the head of a school, in whatever title."""
    function = post.fonction.lower()
    return (
        bool(_HEAD.match(function)) and "école" in f"{function} {post.type_etablissement.lower()}"
    )


def foreseen_question(dossier: Dossier, today: date) -> RendezVousQuestion | None:
    """Return the question of the rendez-vous of a file; None without échelon."""
    echelon = current_echelon(dossier)
    if echelon is None:
        return None
    notified = [line.notifiee_le for line in dossier.rendez_vous if line.notifiee_le]
    return RendezVousQuestion(
        corps=echelon.corps,
        grade=echelon.grade,
        echelon=echelon.echelon,
        chevron=echelon.chevron,
        date_effet=echelon.date_effet,
        reliquat_jours=echelon.reliquat_jours,
        periodes=_periods(dossier),
        aujourdhui=today,
        departement=known_department(dossier),
        academie=known_academy(dossier),
        rendez_vous_faits=tuple(line.numero for line in dossier.rendez_vous),
        appreciation_recue_le=max(notified, default=None),
    )


def meetings_foreseen(dossier: Dossier, today: date) -> RendezVousAnswer | None:
    """Return the rendez-vous foreseen; None for a corps or an échelon that has none."""
    question = foreseen_question(dossier, today)
    if question is None:
        return None
    from iprof_kit.calculate.career.rendez_vous.calculation import (
        answer,  # the whole law: when it is asked
    )

    with suppress(KitError):
        return answer(question)
    return None


def _line(step: DatedStep, today: date) -> EchelonTenu:
    return EchelonTenu(
        corps=step.corps,
        grade=step.grade,
        echelon=step.echelon,
        chevron=step.chevron,
        date_effet=step.date,
        reliquat_jours=step.anciennete_conservee_jours,
        mode="anciennete",
        source=COMPUTED,
        lu_le=today,
    )


def _situation(dossier: Dossier, today: date) -> Situation | None:
    echelon = current_echelon(dossier)
    if echelon is None:
        return None
    position = position_on(dossier.positions, today)
    periods = _periods(dossier)
    return Situation(
        corps=echelon.corps,
        grade=echelon.grade,
        echelon=echelon.echelon,
        chevron=echelon.chevron,
        date_effet=echelon.date_effet,
        reliquat_jours=echelon.reliquat_jours,
        date_naissance=dossier.identite.date_naissance,
        quotite=share_on(dossier, today),
        type_temps_partiel=part_time_kind(position.modalite if position else ""),
        categorie_retraite=dossier.categorie_retraite,
        instituteur_depuis=instituteur_since(dossier),
        academie=known_academy(dossier),
        periodes=periods,
        annees_direction=_years_of_direction(dossier, periods, today),
    )


def instituteur_since(dossier: Dossier) -> date | None:
    """Return the day since which the services of an instituteur run; None for another corps.

    Her services are active whatever her file says of their category: no other rule decides it.
    """
    return dossier.entree_corps if dossier.corps in those("services_actifs") else None


def _periods(dossier: Dossier) -> tuple[Periode, ...]:
    return tuple(
        Periode(position=p.position, motif=p.motif, debut=p.debut, fin=p.fin)
        for p in dossier.positions
    )


def _years_of_direction(
    dossier: Dossier, periods: tuple[Periode, ...], today: date
) -> tuple[int, ...]:
    """Return the complete years at the head of a school whose months have not served yet."""
    spans = [(post.debut, post.fin) for post in dossier.affectations if heads_school(post)]
    if not spans:
        return ()
    history = [
        EchelonConnu(
            corps=e.corps,
            grade=e.grade,
            echelon=e.echelon,
            chevron=e.chevron,
            date_effet=e.date_effet,
            reliquat_jours=e.reliquat_jours,
            mode=e.mode,
        )
        for e in dossier.echelons
    ]
    return unused_years(spans, history, periods, today)
