"""What the file gives to a request for another place, with its papers."""

from __future__ import annotations

from datetime import timedelta

from iprof_kit.calculate.mobility import places as mobility_places
from iprof_kit.ui.screens.autres_affectations.start import Start
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.parts import Fact


def filed(start: Start) -> str:
    """Return « D’après votre dossier : AGAPE, lu le 12 novembre 2026. »."""
    read = f"{start.source}, lu le {text.day(start.lu_le)}"
    return text.french(f"D’après votre dossier : {read}.")


def facts_of(start: Start, place: str) -> tuple[Fact, ...]:
    """Return what is read in the file, with the day on which the campaign looks at it.

    Where and when it was read is said once, by `filed`.
    """
    seen = mobility_places.echelon_day(start.campagne)
    eve = text.day(seen - timedelta(1))
    label = f"Échelon détenu au {eve}"
    if start.echelon is None:
        echelon = Fact(label, None)
    else:
        line = start.echelon
        echelon = Fact(
            label,
            text.position_label(line.grade, line.echelon, line.chevron),
            since=(f"depuis le {text.day(line.date_effet)}",),
            note=f"Pris par classement ou reclassement : vu au {text.day(seen)}."
            if start.echelon_par == "classement"
            else "",
        )
    end = mobility_places.seniority_day(start.degre, start.campagne) - timedelta(1)
    where = "Département" if start.degre == "1d" else "Académie"
    facts = [
        Fact(f"{where} actuel" + ("le" if start.degre == "2d" else ""), place or None),
        echelon,
        Fact("Ancienneté comptée jusqu’au", text.day(end), source="Règle du mouvement"),
    ]
    facts += [
        Fact(
            absence.libelle,
            f"du {text.day(absence.debut)}"
            + (f" au {text.day(absence.fin)}" if absence.fin else ", en cours"),
        )
        for absence in start.absences
        if start.degre == "1d"
    ]
    return tuple(facts)
