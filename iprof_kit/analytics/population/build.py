"""A fictitious population: one row a person, calibrated on what is published."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from iprof_kit.analytics.columns import AVIS, COLUMNS, ordered
from iprof_kit.analytics.population import postings
from iprof_kit.analytics.population.decisions import Recorder, Territories, columns_of
from iprof_kit.analytics.population.entrants import Entrants, Whole, draw_entrants
from iprof_kit.analytics.population.laws import corps_codes, value
from iprof_kit.analytics.population.merit import Merit, draw_merit
from iprof_kit.analytics.population.past import ReplayStart, start
from iprof_kit.analytics.population.replay import Careers, Situation, replay, situation
from iprof_kit.base.calendar import (
    YEAR,
    date_of,
    rentree,
    school_year,
    school_year_of,
    to_dates,
)
from iprof_kit.base.errors import InputError
from iprof_kit.base.names import words_in
from iprof_kit.base.version import __version__
from iprof_kit.base.words import NBSP
from iprof_kit.careers.criteria import echelon_rank
from iprof_kit.law.career.advancement import first_day
from iprof_kit.law.career.traitement import majore
from iprof_kit.law.promotion.bareme import APPRECIATIONS
from iprof_kit.law.promotion.conditions import classe_exceptionnelle_open, hors_classe_open
from iprof_kit.law.tables.cells import CELLS, grades_of
from iprof_kit.law.tables.loading import table
from iprof_kit.law.tables.verified import verified_until

SOURCE = "population fictive, tirée au hasard (generateur.csv)"
_SUBJECTS = words_in(
    "entrees passe merite academies carrieres services ecoles disciplines fonctions priorite "
    "departements superieur ordre sorties etats"
)
"""One random generator each; a new one comes last, and the populations of before do not change."""


@dataclass(frozen=True)
class Population:
    """A population with all its history: what the calibration reads.

    Attributes
    ----------
    people : Entrants
        Everybody who was in a corps since some years before the tables, those gone included.
    academy, function : arrays
    rows : array of int
        Who is in the table, in its order.
    weight : float
        How many real people a row stands for.
    """

    size: int
    seed: int
    year: int
    people: Entrants
    start: ReplayStart
    merit: Merit
    academy: Whole
    function: postings.Texts
    careers: Careers
    rows: Whole
    table: pd.DataFrame
    weight: float


def generate(size: int, seed: int, annee: int | None = None) -> pd.DataFrame:
    """Return a fictitious population, as it stands on 31 August of a year.

    Everybody is fictitious: numbers begin with SYN, names are empty, schools do not exist.

    Parameters
    ----------
    size : int
        Rows. The shares of the corps are exact.
    seed : int
        One seed, one population: the same on every machine with the same numpy.
    annee : int, optional
        Year of the observation; by default the last rentrée that the tables cover.

    Returns
    -------
    DataFrame
        Columns of `analytics.columns`, its échelons replayed by the engine of careers (never drawn
        apart from the grade). `attrs`: source, graine, observation, version, verifie_le, poids
        (real people for a row).

    Raises
    ------
    InputError
        A size below 1, a negative seed, a year outside what the tables allow.

    Examples
    --------
    >>> import iprof_kit
    >>> gens = iprof_kit.generate(100, seed=1)
    >>> len(gens), bool(gens["numero"].str.startswith("SYN").all())
    (100, True)
    """
    return build(size, seed, annee).table


def build(size: int, seed: int, annee: int | None = None) -> Population:
    """Return the population of `generate` with its whole history; same parameters and errors."""
    year = _last_year() if annee is None else annee
    _refuse(size, seed, year)
    draws = generators(seed)
    people = draw_entrants(
        size, year, first_day() - int(value("annees_avant")) * YEAR, draws["entrees"]
    )
    begun = start(people, draws["passe"])
    day = rentree(year) - 1
    function = postings.draw_functions(people, day, draws["fonctions"])
    merit = draw_merit(begun, function, draws["merite"])
    academy = postings.draw_academies(people, draws["academies"])
    decider = Recorder(
        Territories(academy, columns_of(people, begun.entered_grade, merit), merit.first)
    )
    campaigns = range(int(school_year_of(first_day())), year)
    walk, recorded = replay(people, begun, merit, decider, campaigns, draws["carrieres"])
    careers = Careers(walk, decider.decided, recorded)
    rows = draws["ordre"].permutation(np.flatnonzero(people.present(day)))
    weight = sum(value("effectif", code) for code in corps_codes()) / size
    now = situation(begun, careers.walk.events, day).take(rows)
    known = _Known(people.take(rows), now, merit, rows, day)
    frame = _table(known, academy[rows], function[rows], draws)
    frame.attrs.update(
        source=SOURCE,
        graine=seed,
        version=__version__,
        poids=weight,
        observation=(date_of(day + 1) - timedelta(days=1)).isoformat(),
        verifie_le=verified_until("generateur").isoformat(),
    )
    return Population(
        size, seed, year, people, begun, merit, academy, function, careers, rows, frame, weight
    )


@dataclass(frozen=True)
class _Known:
    """The people of the table, and where they stand."""

    people: Entrants
    now: Situation
    merit: Merit
    rows: Whole
    day: int


def generators(seed: int) -> dict[str, np.random.Generator]:
    """Return one generator a subject: drawing more of one changes nothing of the others."""
    children = np.random.SeedSequence(seed).spawn(len(_SUBJECTS))
    made = [np.random.Generator(np.random.PCG64(child)) for child in children]
    return dict(zip(_SUBJECTS, made, strict=True))


def first_year() -> int:
    """Return the first year whose situation at 31 August the tables of échelons give."""
    return int(school_year_of(first_day())) + 1


def _last_year() -> int:
    return school_year(verified_until("generateur"))


def _refuse(size: int, seed: int, year: int) -> None:
    if size < 1:
        raise InputError(
            f"la taille doit être au moins 1 (reçu{NBSP}: {size}).",
            where="size",
            remedy="Demandez par exemple 20000 lignes.",
        )
    if seed < 0:
        raise InputError(
            f"la graine doit être positive (reçu{NBSP}: {seed}).",
            where="seed",
            remedy="Donnez un nombre entier, par exemple 1.",
        )
    first, last = first_year(), _last_year()
    if not first <= year <= last:
        raise InputError(
            f"l’année d’observation {year} n’est pas couverte.",
            where="annee",
            remedy=f"Choisissez une année de {first} à {last}.",
        )


def _table(
    known: _Known, academy: Whole, function: postings.Texts, draws: dict[str, np.random.Generator]
) -> pd.DataFrame:
    people, now, day, size = known.people, known.now, known.day, len(known.rows)
    service = postings.draw_service(people, day, draws["services"])
    department = postings.draw_departments(academy, draws["departements"])
    higher = postings.by_corps_share("superieur", people.corps)
    columns = {
        "numero": np.array([f"SYN{number:09d}" for number in range(1, size + 1)], dtype=object),
        "prenom": "",
        "nom": "",
        **career_columns(people, now, day),
        "academie": postings.academies()[academy],
        "departement": department,
        "discipline": postings.draw_disciplines(people.corps, draws["disciplines"]),
        "uai": postings.draw_schools(department, draws["ecoles"]),
        "superieur": (draws["superieur"].random(size) < higher).astype(np.int64),
        "education_prioritaire": postings.draw_priority(people, day, draws["priorite"]),
        "fonction": function,
        "position": service.position,
        "modalite": service.modalite,
        "quotite": service.quotite,
        **_opinions(known),
    }
    return typed(pd.DataFrame(columns))


def career_columns(people: Entrants, now: Situation, day: int) -> dict[str, Any]:
    """Return what the career of each person gives on a day, by name of column."""
    return {
        "sexe": np.where(people.woman, "F", "H"),
        "date_naissance": to_dates(people.born),
        "statut": np.where(people.entered > day - YEAR, "stagiaire", "titulaire"),
        "secteur": "public",
        "corps": np.array(corps_codes(), dtype=object)[people.corps],
        "grade": CELLS.grade[now.cell],
        "echelon": CELLS.echelon[now.cell],
        "chevron": CELLS.chevron[now.cell],
        "date_effet": to_dates(now.day),
        "reliquat_jours": now.kept,
        "anciennete_jours": day + 1 - now.day + now.kept,
        "entree_grade": to_dates(now.entered_grade),
        "entree_corps": to_dates(people.entered),
        "debut_services": to_dates(people.entered - people.credit),
        "ags_jours": day + 1 - people.entered + people.credit,
        "categorie_retraite": "sedentaire",
        "indice_majore": majore(day)[now.cell],
    }


def typed(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a table with the dtypes and the order of the columns of the kit."""
    return ordered(frame.astype({str(name): COLUMNS[str(name)].dtype for name in frame}))


def _opinions(known: _Known) -> dict[str, npt.NDArray[Any]]:
    """Return what is known of each one: nothing before the first rendez-vous.

    The appréciation is the last one given: every promouvable to the hors classe has one; avis are
    those of the promouvables to the classe exceptionnelle.
    """
    merit, rows, now = known.merit, known.rows, known.now
    year, days = int(school_year_of(known.day + 1)), known.day + 1 - now.day + now.kept
    listed = hors_classe_open(now.cell, days, year)
    later = ~np.isin(CELLS.grade[now.cell], FIRST_GRADES)
    names = np.array([*APPRECIATIONS, ""], dtype=object)
    place = np.select(
        [listed | later, _past_first_meeting()[now.cell]],
        [merit.last[rows], merit.first[rows]],
        len(APPRECIATIONS),
    )
    place = np.where(_no_campaign()[now.cell], len(APPRECIATIONS), place)
    waiting = ~_no_campaign()[now.cell]
    waiting[waiting] = classe_exceptionnelle_open(
        now.cell[waiting], days[waiting], year, merit.functions[rows[waiting]]
    )
    avis = np.array(AVIS, dtype=object)
    opposed = merit.opposed[rows] & listed
    return {
        "appreciation": names[place],
        "avis_1": np.where(waiting, avis[merit.avis[0, rows]], ""),
        "avis_2": np.where(waiting, avis[merit.avis[1, rows]], ""),
        "opposition": opposed.astype(np.int64),
        "motif_opposition": np.where(opposed, "motif fictif", ""),
    }


FIRST_GRADES = ("classe_normale", "grade_unique")


@cache
def _past_first_meeting() -> npt.NDArray[np.bool_]:
    """Tell, for each cell of the first grade, whether its échelon comes after the first meeting."""
    meetings = table("rendez_vous_carriere")
    first = int(meetings.loc[meetings["rdv"].astype(str) == "1", "echelon"].astype(int).min())
    return np.asarray(echelon_rank() + 1 > first)


@cache
def _no_campaign() -> npt.NDArray[np.bool_]:
    """Tell which cells belong to a corps of one grade: nobody is appreciated there."""
    return np.asarray([len(grades_of(corps)) == 1 for corps in CELLS.corps])
