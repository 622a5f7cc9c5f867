"""What the file gives to a request for another place, with its papers."""

from __future__ import annotations

from datetime import timedelta

from iprof_kit.calculate.mobility import places as mobility_places
from iprof_kit.ui.kit.parts import Fact
from iprof_kit.ui.screens.autres_affectations.start import Absence, Start, counted_to
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.worded import worded


def filed(start: Start) -> str:
    """Return « D’après votre dossier : AGAPE, lu le 12 novembre 2026. »."""
    day = text.dated(start.lu_le, "file.read")
    return worded("D’après votre dossier : {}, lu le {}.", start.source, day)


def facts_of(start: Start, place: str) -> tuple[Fact, ...]:
    """Return what is read in the file, with the day on which the campaign looks at it.

    Where and when it was read is said once, by `filed`.
    """
    seen = mobility_places.echelon_day(start.campagne)
    campaign = f"{start.campagne}"
    eve = text.dated(seen - timedelta(1), "movement.echelon_on", campaign)
    label = worded("Échelon détenu au {}", eve)
    if start.echelon is None:
        echelon = Fact(label, None)
    else:
        line = start.echelon
        since = text.dated(line.date_effet, "echelon.held_since", campaign)
        echelon = Fact(
            label,
            text.position_label(line.grade, line.echelon, line.chevron),
            since=(worded("depuis le {}", since),),
            note=worded(
                "Pris par classement ou reclassement : vu au {}.",
                text.dated(seen, "movement.reclassed_on", campaign),
            )
            if start.echelon_par == "classement"
            else "",
        )
    where = "Département" if start.degre == "1d" else "Académie"
    facts = [
        Fact(f"{where} actuel" + ("le" if start.degre == "2d" else ""), place or None),
        echelon,
        Fact(
            "Ancienneté comptée jusqu’au",
            text.dated(counted_to(start.degre, start.campagne), "movement.counted_to", campaign),
            source="Règle du mouvement",
        ),
    ]
    facts += [
        Fact(absence.libelle, _span(absence, rank))
        for rank, absence in enumerate(start.absences, 1)
        if start.degre == "1d"
    ]
    return tuple(facts)


def _span(absence: Absence, rank: int) -> str:
    first = text.dated(absence.debut, f"absence.{rank}.from")
    if absence.fin is None:
        return worded("du {}, en cours", first)
    return worded("du {} au {}", first, text.dated(absence.fin, f"absence.{rank}.to"))
