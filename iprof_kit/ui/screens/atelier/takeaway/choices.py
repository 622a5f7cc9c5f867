"""What a file lets choose: the levers that a persona declares, else those of every séance."""

from __future__ import annotations

from datetime import timedelta

from iprof_kit.calculate.atelier.grid import Grid, grid_of
from iprof_kit.calculate.atelier.levers import Choix, Levier
from iprof_kit.calculate.atelier.seance import Seance
from iprof_kit.calculate.et_si.question import Evenement
from iprof_kit.ui.screens.et_si.ideas import next_september
from iprof_kit.ui.shared import text

_PARTS, _SOME_YEARS, _FULL = (80, 50), 3, 100
_PUT_OFF = ("prévu", "1 an après", "2 ans après")
_BEYOND = "3 ans"
_OUTSIDE = "hors de ce fichier"


def grid(seance: Seance) -> Grid:
    """Return every case of a séance, over its levers.

    Raises
    ------
    InputError, LawError
        Too many cases, or the law does not answer about this person.
    """
    return grid_of(seance, levers(seance))


def levers(seance: Seance) -> tuple[Levier, ...]:
    """Return what may be chosen beside the scenario.

    Examples
    --------
    >>> from iprof_kit.calculate.atelier.files import personas
    >>> [one.titre for one in levers(Seance.of(personas()["karim_benali"]))]
    ['Temps de travail, 2026-2029', 'Quand']
    """
    declared = seance.persona.a_emporter
    if declared:
        return declared
    dated = any(event.debut for one in seance.scenarios for event in one.evenements)
    return (_hours(seance), _dates()) if dated else (_hours(seance),)


def _hours(seance: Seance) -> Levier:
    begin = next_september(seance.jour)
    end = begin.replace(year=begin.year + _SOME_YEARS) - timedelta(days=1)
    present = seance.persona.start().quotite
    parts = [part for part in (*_PARTS, _FULL) if part != present]
    choices = (
        Choix(
            nom=f"{part}{text.NBSP}%",
            evenements=(Evenement(nature="temps_partiel", debut=begin, fin=end, quotite=part),),
        )
        for part in parts[: len(_PARTS)]
    )
    title = f"Temps de travail, {begin.year}-{end.year}"
    return Levier(titre=title, choix=(Choix(nom="prévu"), *choices))


def _dates() -> Levier:
    put_off = (Choix(nom=words, decalage=years) for years, words in enumerate(_PUT_OFF))
    return Levier(titre="Quand", choix=(*put_off, Choix(nom=_BEYOND, hors_fichier=_OUTSIDE)))
