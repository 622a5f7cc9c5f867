"""From a population table to the columns that the walk needs, as they stand on 31 August."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from iprof_kit.analytics.columns import AVIS, CATEGORIES, is_empty, require
from iprof_kit.analytics.population.build import FIRST_GRADES
from iprof_kit.analytics.population.entrants import Draw, Entrants, Whole
from iprof_kit.analytics.population.laws import PER_CENT, corps_codes, series
from iprof_kit.analytics.population.merit import Merit, draw_merit
from iprof_kit.analytics.population.past import ReplayStart
from iprof_kit.analytics.projection.open_lists import POSITION
from iprof_kit.analytics.promotions.candidates import NO_CELL, identifiers, positions
from iprof_kit.base.calendar import axis_of, rentree, school_year_of, to_axis
from iprof_kit.base.errors import InputError
from iprof_kit.base.names import words_in
from iprof_kit.base.words import NBSP, counted
from iprof_kit.law.promotion.bareme import APPRECIATIONS
from iprof_kit.law.promotion.conditions import hors_classe_open
from iprof_kit.law.tables.cells import CELLS

NEEDED = words_in("numero sexe date_naissance corps grade echelon date_effet entree_corps")
_DEFAULTS = {
    "entree_grade": f"entrée dans le grade inconnue{NBSP}: celle dans l’échelon",
    "debut_services": f"début des services inconnu{NBSP}: l’entrée dans le corps",
    "academie": f"académie inconnue{NBSP}: une seule autorité",
    "quotite": f"quotité inconnue{NBSP}: service complet",
    "categorie_retraite": f"catégorie de retraite inconnue{NBSP}: sédentaire",
    "appreciation": f"appréciations inconnues{NBSP}: tirées des lois du générateur",
    "avis_1": f"avis inconnus{NBSP}: tirés des lois du générateur",
}
"""What is supposed where a column, or a value in it, misses."""
_READ = ("chevron", "reliquat_jours", "fonction", "avis_2", "opposition", *POSITION)
"""Other columns that are read; nothing is said where they miss."""
_CLOSED = {
    "categorie_retraite": CATEGORIES,
    "appreciation": APPRECIATIONS,
    "avis_1": AVIS,
    "avis_2": AVIS,
}
"""Columns of which another value than these is refused; an empty one is not known."""


@dataclass(frozen=True)
class People:
    """People in columns, in the order of their numbers.

    Attributes
    ----------
    day : int
        Axis day of the observation.
    year : int
        First campaign: the 1 September that follows.
    who : Entrants
        `left` and `retired` are not known.
    start : ReplayStart
        On the day of the observation; `kept` holds the whole seniority.
    effect : array of int
        Axis day on which the cell took effect.
    services : array of int
        Axis day on which services began.
    academy : array of int
        Place in `academies`.
    category : array of int
        Place in `law.pension.generations.CATEGORIES`.
    quotite : array of int
        Per cent of a full service paid here.
    appreciation, avis : arrays of int
        Places in APPRECIATIONS and AVIS [2, row]; −1 where unknown.
    positions : DataFrame
        What the table says of the position of each one.
    supposed : tuple of str
        What was supposed.
    """

    day: int
    year: int
    numero: npt.NDArray[np.object_]
    who: Entrants
    start: ReplayStart
    effect: Whole
    services: Whole
    academy: Whole
    academies: tuple[str, ...]
    function: npt.NDArray[np.object_]
    category: Whole
    quotite: Whole
    appreciation: Whole
    avis: Whole
    opposed: npt.NDArray[np.bool_]
    positions: pd.DataFrame
    supposed: tuple[str, ...]
    source: str

    def __len__(self) -> int:
        return len(self.numero)

    def digest(self) -> str:
        """Return what tells this population from another: the same whatever the order of rows."""
        sha256 = hashlib.sha256(str((self.day, self.academies)).encode())
        for each in (self, self.who, self.start):
            for field in fields(each):
                column = getattr(each, field.name)
                if isinstance(column, np.ndarray):
                    text = column.dtype == object
                    sha256.update("\n".join(column).encode() if text else column.tobytes())
        for name in self.positions:
            sha256.update("\n".join(self.positions[name].astype(str)).encode())
        return sha256.hexdigest()


def read_people(gens: pd.DataFrame, annee: int | None = None) -> People:
    """Return a population table in columns.

    Raises
    ------
    InputError
        An empty table, a column that misses, a line that cannot be placed, no day of observation.
    """
    require(gens, NEEDED, where="gens")
    if gens.empty:
        raise InputError(
            f"le groupe est vide{NBSP}: personne à projeter.",
            where="gens",
            remedy="Vérifiez les filtres appliqués à la table.",
        )
    day = _day(gens, annee)
    numbers = identifiers(gens)
    read = [name for name in (*NEEDED, *_DEFAULTS, *_READ) if name in gens]
    frame = gens[read].iloc[np.argsort(numbers, kind="stable")]
    _refuse_lines(frame)
    effect = _axis(frame["date_effet"])
    start = ReplayStart(
        _cells(frame),
        np.full(len(frame), day),
        _kept(frame, effect, day),
        _axis(_column(frame, "entree_grade", "date_effet")),
    )
    academy, academies = pd.factorize(_texts(frame, "academie"), sort=True)
    entered = _axis(frame["entree_corps"])
    if (entered > day).any():
        raise InputError(
            "une personne entre dans le corps après la date d’observation.",
            where="entree_corps",
            remedy="Vérifiez ces dates, ou la date de l’extrait.",
        )
    who = Entrants(
        _codes(frame, "corps", corps_codes()),
        _axis(frame["date_naissance"]),
        entered,
        np.full(len(frame), day),
        (frame["sexe"] == "F").to_numpy(bool),
        np.zeros(len(frame), bool),
        np.zeros(len(frame), np.int64),
    )
    avis = [_codes(frame, name, AVIS) for name in ("avis_1", "avis_2")]
    return People(
        day,
        int(school_year_of(day)) + 1,
        frame["numero"].astype(str).to_numpy(object),
        who,
        start,
        effect,
        _axis(_column(frame, "debut_services", "entree_corps")),
        academy.astype(np.int64),
        tuple(academies.tolist()),
        _texts(frame, "fonction"),
        np.maximum(_codes(frame, "categorie_retraite", CATEGORIES), 0),
        _quotite(frame),
        _codes(frame, "appreciation", APPRECIATIONS),
        np.stack(avis),
        (_column(frame, "opposition").fillna(0).astype(int) == 1).to_numpy(bool),
        _positions_of(frame),
        tuple(_supposed(frame)),
        str(gens.attrs.get("source", "table fournie")),
    )


def opinions(people: People, draw: Draw) -> Merit:
    """Return what is known of each one, and draw what is not from the generator's laws."""
    drawn = draw_merit(people.start, people.function, draw)
    given, cell = people.appreciation, people.start.cell
    waited = people.start.kept + rentree(people.year) - people.day
    listed = hors_classe_open(cell, waited, people.year)
    of_campaign = listed | ~np.isin(CELLS.grade[cell], FIRST_GRADES)
    return replace(
        drawn,
        first=np.where(given >= 0, given, drawn.first),
        last=np.where((given >= 0) & of_campaign, given, drawn.last),
        avis=np.where(people.avis >= 0, people.avis, drawn.avis),
        opposed=people.opposed,
    )


def _day(gens: pd.DataFrame, annee: int | None) -> int:
    if annee is not None:
        return rentree(annee) - 1
    observed = str(gens.attrs.get("observation", ""))
    if not observed:
        raise InputError(
            "la table ne dit pas sa date d’observation.",
            where="gens.attrs",
            remedy=f"Donnez annee={NBSP}: la situation est celle du 31 août de cette année.",
        )
    return axis_of(date.fromisoformat(observed.partition("T")[0]))


def _positions_of(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the columns that say a position, and the number that an error names."""
    names = [name for name in POSITION if name in frame]
    return frame[["numero", *names] if names else []].reset_index(drop=True)


def _refuse_lines(frame: pd.DataFrame) -> None:
    for name in NEEDED:
        empty = is_empty(frame[name])
        if name == "sexe":
            empty |= ~frame[name].isin(("F", "H"))
        if name == "corps":
            empty |= ~frame[name].isin(corps_codes())
        if empty.any():
            first = frame.loc[empty, "numero"].iloc[0]
            more = f" (possibles{NBSP}: {', '.join(corps_codes())})" if name == "corps" else ""
            raise InputError(
                f"{counted(int(empty.sum()), 'ligne')} sans valeur utilisable{more}, "
                f"la première au numéro {first}.",
                where=name,
                remedy="Complétez-les, ou retirez ces lignes avant de projeter.",
            )
    for name, known in _CLOSED.items():
        texts = _texts(frame, name)
        other = np.flatnonzero((texts != "") & ~np.isin(texts, known))
        if other.size:
            first = frame["numero"].iloc[int(other[0])]
            raise InputError(
                f"{counted(other.size, 'ligne')} de valeur inconnue, la première au numéro "
                f"{first}{NBSP}: «{NBSP}{texts[other[0]]}{NBSP}» "
                f"(possibles{NBSP}: {', '.join(known)}).",
                where=name,
                remedy=f"Corrigez-les, ou videz-les{NBSP}: on ne sait alors pas.",
            )


def _cells(frame: pd.DataFrame) -> Whole:
    cell, why = positions(frame)
    lost = np.flatnonzero(cell == NO_CELL)
    if lost.size:
        raise InputError(
            f"{counted(lost.size, 'ligne')} hors des grilles{NBSP}: {why.iloc[lost[0]]}",
            where="grade, echelon",
            remedy=f"Voyez d’abord le numéro {frame['numero'].iloc[lost[0]]}.",
        )
    return cell


def _kept(frame: pd.DataFrame, effect: Whole, day: int) -> Whole:
    kept = _column(frame, "reliquat_jours").fillna(0).to_numpy(np.int64) + day - effect
    if (kept < 0).any():
        first = frame["numero"].iloc[int(np.flatnonzero(kept < 0)[0])]
        raise InputError(
            f"l’échelon du numéro {first} prend effet après la date d’observation.",
            where="date_effet",
            remedy="Vérifiez cette date, ou la date de l’extrait.",
        )
    return np.asarray(kept, np.int64)


def _column(frame: pd.DataFrame, name: str, other: str = "") -> pd.Series:
    """Return a column, what stands in for it, or zeros."""
    if name in frame:
        return frame[name].fillna(frame[other]) if other else frame[name]
    return frame[other] if other else pd.Series(0, index=frame.index)


def _supposed(frame: pd.DataFrame) -> Iterator[str]:
    """Yield what is supposed, with how many rows where a column is only partly filled in."""
    for name, hypothesis in _DEFAULTS.items():
        if name not in frame:
            yield hypothesis
        elif empty := int(is_empty(frame[name]).sum()):
            yield f"{hypothesis} ({counted(empty, 'ligne')})"


def _axis(dates: pd.Series) -> Whole:
    return to_axis(dates.to_numpy().astype("datetime64[D]")).astype(np.int64)


def _texts(frame: pd.DataFrame, name: str) -> npt.NDArray[Any]:
    if name not in frame:
        return np.full(len(frame), "", object)
    return frame[name].fillna("").astype(str).to_numpy(object)


def _codes(frame: pd.DataFrame, name: str, known: tuple[str, ...]) -> Whole:
    return np.asarray(pd.Index(known).get_indexer(pd.Index(_texts(frame, name))), np.int64)


def _quotite(frame: pd.DataFrame) -> Whole:
    quotite = np.full(len(frame), PER_CENT)
    if "quotite" in frame:
        quotite = frame["quotite"].fillna(PER_CENT).to_numpy(np.int64)
    if ((quotite < 0) | (quotite > PER_CENT)).any():
        raise InputError(
            "une quotité est hors de 0 à 100\u00a0%.",
            where="quotite",
            remedy="La quotité est en pour cent d’un service complet.",
        )
    away = np.isin(_texts(frame, "position"), list(series("position")))
    return np.where(away, 0, quotite).astype(np.int64)
