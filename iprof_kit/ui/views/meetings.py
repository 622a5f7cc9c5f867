"""The rendez-vous de carrière: those held, and the one that the tables foresee next."""

from __future__ import annotations

from datetime import date

from iprof_kit.base.calendar import school_year_text
from iprof_kit.calculate.law_facts import Standing
from iprof_kit.calculate.meetings import next_meeting
from iprof_kit.calculate.questions import Step
from iprof_kit.services.contract import Dossier, RendezVous
from iprof_kit.ui import text
from iprof_kit.ui.views.parts import COMPUTED, Fact, Section

_NAMES = {1: "Premier", 2: "Deuxième", 3: "Troisième"}


def meetings(dossier: Dossier, coming: Step | None, today: date) -> Section:
    """Return the rendez-vous of a file; `coming` is the next échelon, if any."""
    facts = [
        _held(number, line, dossier.source) for number, line in enumerate(dossier.rendez_vous, 1)
    ]
    if (following := _foreseen(dossier, coming, today)) is not None:
        facts.append(following)
    none = "" if facts else "Aucun rendez-vous de carrière n’est enregistré dans votre dossier."
    return Section("Rendez-vous de carrière", tuple(facts), none)


def _foreseen(dossier: Dossier, coming: Step | None, today: date) -> Fact | None:
    if not dossier.corps or not dossier.echelons:
        return None
    held = dossier.echelons[-1]
    here = Standing(held.corps, held.grade, held.echelon, held.chevron)
    places = [(here, held.date_effet, held.reliquat_jours)]
    if coming is not None:
        there = Standing(coming.corps, coming.grade, coming.echelon, coming.chevron)
        places.append((there, coming.date, coming.anciennete_conservee_jours))
    found = next_meeting(places, {line.numero for line in dossier.rendez_vous}, today)
    if found is None:
        return None
    return Fact(
        _name(found.number),
        f"Prévu en {school_year_text(found.year)}",
        detail="si l’administration vous convoque",
        since=(text.at(text.ordinal(found.echelon)),),
        source=COMPUTED,
        verify=found.to_verify,
    )


def _held(number: int, line: RendezVous, source: str) -> Fact:
    told = line.appreciation is not None
    return Fact(
        f"{_name(line.numero)}, {line.annee_scolaire}",
        f"Appréciation : {text.appreciation(line.appreciation or '')}"
        if told
        else "Appréciation non notifiée",
        muted=not told,
        since=(f"notifiée le {text.day(line.notifiee_le)}",) if line.notifiee_le else (),
        source=source,
        key=f"rendez_vous.{number}",
    )


def _name(number: int) -> str:
    return _NAMES.get(number, f"{number}e")
