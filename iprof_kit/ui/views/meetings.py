"""The rendez-vous de carrière: those held, and the one that the tables foresee next."""

from __future__ import annotations

from datetime import date

import numpy as np

from iprof_kit.base.calendar import axis_of, school_year_of, school_year_text
from iprof_kit.base.errors import LawError
from iprof_kit.base.sources import to_verify
from iprof_kit.calculate.questions import Step
from iprof_kit.law.career_meetings import NONE, meeting_windows, meeting_year
from iprof_kit.law.cells import cell_code
from iprof_kit.services.contract import Dossier, EchelonTenu, RendezVous
from iprof_kit.ui import text
from iprof_kit.ui.views.parts import COMPUTED, Fact, Section

_NAMES = {1: "Premier", 2: "Deuxième", 3: "Troisième"}


def meetings(dossier: Dossier, coming: Step | None, today: date) -> Section:
    """Return the rendez-vous of a file; `coming` is the next échelon, if any."""
    facts = [_held(line, dossier.source) for line in dossier.rendez_vous]
    if (following := next_meeting(dossier, coming, today)) is not None:
        facts.append(following)
    none = "" if facts else "Aucun rendez-vous de carrière n’est enregistré dans votre dossier."
    return Section("Rendez-vous de carrière", tuple(facts), none)


def next_meeting(dossier: Dossier, coming: Step | None, today: date) -> Fact | None:
    """Return the rendez-vous foreseen at the échelon held or at the next one, if the law has one.

    The administration convenes: the kit only reads the window of the tables.
    """
    if not dossier.corps or not dossier.echelons:
        return None
    held = dossier.echelons[-1]
    places: list[tuple[EchelonTenu | Step, int]] = [
        (held, axis_of(held.date_effet) - held.reliquat_jours)
    ]
    if coming is not None:
        places.append((coming, axis_of(coming.date) - coming.anciennete_conservee_jours))
    done = {line.numero for line in dossier.rendez_vous}
    for place, reached in places:
        try:
            cell = cell_code(place.corps, place.grade, place.echelon, place.chevron)
            year = int(meeting_year(np.array([cell]), np.array([reached]))[0])
            if year == NONE or year < int(school_year_of(axis_of(today))):
                continue
            windows = meeting_windows(place.corps, year)
        except LawError:
            return None
        window = next((w for w in windows if w.echelon == place.echelon), None)
        if window is not None and window.number not in done:
            return Fact(
                _name(window.number),
                f"Prévu en {school_year_text(year)}",
                detail="si l’administration vous convoque",
                since=(f"au {text.ordinal(place.echelon)}",),
                source=COMPUTED,
                verify=to_verify(window.confidence),
            )
    return None


def _held(line: RendezVous, source: str) -> Fact:
    told = line.appreciation is not None
    return Fact(
        f"{_name(line.numero)}, {line.annee_scolaire}",
        f"Appréciation : {text.appreciation(line.appreciation or '')}"
        if told
        else "Appréciation non notifiée",
        muted=not told,
        since=(f"notifiée le {text.day(line.notifiee_le)}",) if line.notifiee_le else (),
        source=source,
    )


def _name(number: int) -> str:
    return _NAMES.get(number, f"{number}e")
