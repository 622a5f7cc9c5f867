"""Le traitement indiciaire: index of a cell, value of the point, quotité paid, gross pay."""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping
from dataclasses import replace
from fractions import Fraction
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from iprof_kit.base.calendar import Axis, date_of, date_text, to_axis
from iprof_kit.base.errors import InputError, PeriodNotCovered
from iprof_kit.base.explanation import Parameter, Words, explaining, note
from iprof_kit.base.money import share_in_euros
from iprof_kit.base.reference import in_first_degree
from iprof_kit.base.sources import Confidence
from iprof_kit.base.words import NBSP, euros_text, number_text
from iprof_kit.law.career.half_days import (
    half_day_fraction,
    half_day_papers,
    half_day_quotites,
    part_time_rows,
    row_papers,
)
from iprof_kit.law.tables.cells import Cell
from iprof_kit.law.tables.loading import carried_forward, ends_of, refuse_before, table
from iprof_kit.law.tables.lookups import CellTable, Day, confidence_letter, day_or_none
from iprof_kit.law.tables.rules import rule
from iprof_kit.law.tables.sentences import value

UNKNOWN = -1
FULL_TIME = 100
_BETWEEN = "QUOTITE_INTERMEDIAIRE"
Euros = npt.NDArray[np.float64]


def with_brut(frame: pd.DataFrame) -> pd.DataFrame:
    """Add the indice brut as a number; an échelon hors échelle has a letter instead."""
    return frame.assign(brut=pd.to_numeric(frame["indice_brut"], errors="coerce").astype("Int64"))


INDICES = CellTable("grilles", with_brut(table("grilles")))
_MAJORE = INDICES.column("indice_majore", UNKNOWN)
_BRUT = INDICES.column("brut", UNKNOWN)


@rule(
    sentence="L’indice majoré est celui de la grille du corps, pour l’échelon et le chevron "
    "détenus.",
    source="décret 2017-789 et grilles de chaque corps",
    since="2017-01-01",
    tables=("grilles",),
    silent=True,
)
def indice_majore(cell: Cell, day: Day) -> Cell:
    """Return the indice majoré of each cell.

    Parameters
    ----------
    day : int or array of int
        Axis day (one for all, or one for each).

    Raises
    ------
    PeriodNotCovered
        Before 2017-01-01.
    LawError
        The grid has no row for a cell on that day.
    """
    return INDICES.read(_MAJORE, cell, day, "indice majoré", words=_majore_read)


@rule(
    sentence="L’indice brut est celui de la grille du corps ; hors échelle, une lettre en tient "
    "lieu.",
    source="décret 2017-789 et grilles de chaque corps",
    since="2017-01-01",
    tables=("grilles",),
    silent=True,
)
def indice_brut(cell: Cell, day: Day) -> Cell:
    """Return the indice brut of each cell, −1 where unknown or hors échelle.

    Same parameters and errors as `indice_majore`.
    """
    return INDICES.read(
        _BRUT, cell, day, "indice brut", words=_brut_read, letters="confiance_indice_brut"
    )


def _majore_read(cell: int, index: int) -> Words:
    del cell
    return "Indice majoré", str(index)


def _brut_read(cell: int, index: int) -> Words:
    del cell
    return "Indice brut", str(index) if index != UNKNOWN else "inconnu, ou hors échelle"


def majore(day: int) -> Cell:
    """Return [cell] the indices majorés on a day, −1 where the grid has none."""
    period = int(INDICES.period(day))
    return np.where(INDICES.rows[period] < 0, UNKNOWN, _MAJORE[period])


def index_confidence(cell: Cell, day: Day) -> npt.NDArray[np.str_]:
    """Return how sure our reading of each indice majoré is (A to D)."""
    return INDICES.confidence(cell, day)


def brut_confidence(cell: Cell, day: Day) -> npt.NDArray[np.str_]:
    """Return how sure our reading of each indice brut is (A to D; D where unknown)."""
    return INDICES.confidence(cell, day, "confiance_indice_brut")


@cache
def _points() -> tuple[Axis, Axis, Euros]:
    frame = table("point_indice").sort_values("valide_du")
    values = frame["valeur_annuelle_point"].to_numpy(float)
    return to_axis(frame["valide_du"].to_numpy()), ends_of(frame["valide_au"]), values


@rule(
    sentence="La valeur annuelle du point d’indice est fixée par décret.",
    source="décret 85-1148, art. 3",
    since="2009-10-01",
    tables=("point_indice",),
    silent=True,
)
def point_value(day: Day) -> Euros:
    """Return the annual value of one point, in euros with four decimals.

    Parameters
    ----------
    day : int or array of int
        Axis day.

    Returns
    -------
    array of float64, same shape
        After the last decree, the last known value.

    Raises
    ------
    PeriodNotCovered
        Before 2009-10-01, or in a gap of the table.
    """
    starts, ends, values = _points()
    period = np.searchsorted(starts, day, side="right") - 1
    if np.any(period < 0):
        first, asked = date_of(int(starts[0])), date_of(int(np.min(day)))
        refuse_before("point_indice", first, asked)
    if np.any(day >= ends[period]):
        raise PeriodNotCovered(
            f"période non couverte : aucune valeur du point le "
            f"{date_text(date_of(int(np.min(day))))}.",
            where="point_indice",
        )
    if explaining():
        _note_points(np.unique(period), int(np.max(day)))
    points: Euros = values[period]
    return points


@cache
def _point_rows() -> list[dict[Hashable, Any]]:
    """Return the rows of the point in the order of their periods: a reason reads one of them."""
    return table("point_indice").sort_values("valide_du").to_dict("records")


def _note_points(periods: Axis, day: int) -> None:
    for papers in (_point_rows()[period] for period in periods.tolist()):
        note(
            Parameter(
                "valeur annuelle du point",
                papers["valeur_annuelle_point"],
                papers["source"],
                day_or_none(papers["valide_du"]),
                day_or_none(papers["valide_au"]),
                confidence_letter(papers["confiance"]),
                carried_forward("point_indice", date_of(day)),
                ("Valeur annuelle du point", _point_text(papers["valeur_annuelle_point"])),
            )
        )


def _point_text(point: float) -> str:
    return f"{point:.4f}{NBSP}€".replace(".", ",")


def _gross_read(given: Mapping[str, Any], result: Any) -> tuple[Words, ...]:
    """Write the pay of one person, at full time or at the fraction that is paid."""
    top, bottom = (int(np.ravel(given.get(f"fraction_{part}", 1))[0]) for part in ("num", "den"))
    paid = Fraction(top, bottom)
    label = f"Traitement payé {paid.numerator}/{paid.denominator}"
    if paid == 1:
        index, point = int(np.ravel(given["indice"])[0]), float(np.ravel(given["point"])[0])
        label = f"Traitement à temps complet {index} × {_point_text(point)} ÷ 12"
    return tuple((label, euros_text(float(euros))) for euros in np.ravel(result)[:1])


@rule(
    sentence="Le traitement brut mensuel est l’indice majoré multiplié par la valeur annuelle du "
    "point et ramené au mois ; à temps partiel, il est réduit à la fraction payée.",
    source="décret 85-1148, art. 2 et 3 ; CGFP L612-5",
    since="2009-10-01",
    reads=_gross_read,
)
def gross_monthly(
    indice: npt.ArrayLike,
    point: npt.ArrayLike,
    fraction_num: npt.ArrayLike = 1,
    fraction_den: npt.ArrayLike = 1,
) -> Euros:
    """Return the gross monthly pay: annual value × index / 12 to the cent, then the fraction.

    The payslip rounds the full pay to the cent before it applies the fraction (TIB =
    arrondi2(IM × value / 12) × q): IM 562 at 6/7 is 2 371,37 €, where a single rounding at the
    end would give 2 371,38 €.

    Parameters
    ----------
    indice : array of int
        Indice majoré.
    point : array of float
        Annual value of the point, euros.
    fraction_num, fraction_den : arrays of int
        Fraction paid, see `part_time_fraction`.

    Returns
    -------
    array of float64
        Euros, rounded to the cent, half up.
    """
    full = share_in_euros(point, indice, 1, 12)
    return share_in_euros(full, 1, fraction_num, fraction_den)


@rule(
    sentence="À temps partiel, la loi fixe la fraction payée selon la quotité travaillée : "
    "{payee_de_80} pour {bas:%}, {payee_de_90} pour {haut:%}, la quotité elle-même au-dessous.",
    source="CGFP L612-5",
    since="1984-01-12",
    tables=("temps_partiel",),
    values={
        "bas": value("temps_partiel", "quotite_travaillee_pct", nth=0, code=_BETWEEN),
        "haut": value("temps_partiel", "quotite_travaillee_pct", nth=1, code=_BETWEEN),
        "payee_de_80": value("temps_partiel", "fraction_remuneree", quotite_travaillee_pct="80"),
        "payee_de_90": value("temps_partiel", "fraction_remuneree", quotite_travaillee_pct="90"),
    },
)
def part_time_fraction(quotite: int, type_temps_partiel: str) -> tuple[int, int]:
    """Return the fraction of full pay that a quotité is paid.

    Parameters
    ----------
    quotite : int
        Percent worked.
    type_temps_partiel : str
        « sur_autorisation » or « de_droit ».

    Returns
    -------
    (int, int)
        Numerator and denominator; (1, 1) at full time.

    Raises
    ------
    InputError
        The quotité is not possible; the message lists those that are.
    """
    fractions = _fractions(type_temps_partiel)
    if quotite not in fractions:
        possible = ", ".join(f"{percent}{NBSP}%" for percent in sorted(fractions))
        raise InputError(
            f"la quotité {quotite}{NBSP}% n’est pas possible.",
            where="quotite",
            remedy=f"Quotités possibles : {possible}.",
        )
    if explaining():
        note(_paid_for(fraction_papers(quotite, type_temps_partiel), quotite))
    return fractions[quotite]


def _paid_for(papers: Parameter, quotite: float) -> Parameter:
    label = f"Part payée pour {number_text(quotite)}{NBSP}%"
    return replace(papers, words=(label, str(papers.value)))


@rule(
    sentence="Un service aménagé en heures entières ou en demi-journées donne une quotité "
    "intermédiaire. Au-dessous de {bas:%}, elle est payée à l’identique ; de {bas:%} à {haut:%}, "
    "la part payée, en pourcentage, est la quotité multipliée par {fois}/{sur}, plus {plus}.",
    source="CGFP L612-5 ; loi 84-16, art. 40 ; décret 82-624 ; circulaire 2015-105",
    since="2003-09-01",
    tables=("temps_partiel",),
    values={
        "bas": value("temps_partiel", "quotite_travaillee_pct", nth=0, code=_BETWEEN),
        "haut": value("temps_partiel", "quotite_travaillee_pct", nth=1, code=_BETWEEN),
        "fois": value("temps_partiel", "fraction_remuneree", nth=0, code=_BETWEEN),
        "sur": value("temps_partiel", "fraction_remuneree", nth=1, code=_BETWEEN),
        "plus": value("temps_partiel", "fraction_remuneree", nth=2, code=_BETWEEN),
    },
)
def intermediate_fraction(quotite: float, type_temps_partiel: str) -> tuple[int, int]:
    """Return the fraction paid of a quotité that is not one of the fixed ones.

    Parameters
    ----------
    quotite : float
        Percent worked, two decimals at most.
    type_temps_partiel : str
        Only « sur_autorisation » opens it; the four quotités de droit are fixed.

    Returns
    -------
    (int, int)
        Numerator and denominator.

    Raises
    ------
    InputError
        The quotité is not possible; the message says which are.
    """
    low, high = _open_span(type_temps_partiel)
    hundredths = round(quotite * FULL_TIME)
    if not low * FULL_TIME <= hundredths <= high * FULL_TIME:
        fixed = ", ".join(f"{percent}{NBSP}%" for percent in sorted(_fractions(type_temps_partiel)))
        span = f", et toute quotité de {low} à {high}{NBSP}%" if low < high else ""
        raise InputError(
            f"la quotité {number_text(quotite)}{NBSP}% n’est pas possible.",
            where="quotite",
            remedy=f"Quotités possibles : {fixed}{span}.",
        )
    for first, last, (top, bottom, more), papers in _intermediate():
        if first * FULL_TIME <= hundredths <= last * FULL_TIME:
            if explaining():
                note(_paid_for(papers, quotite))
            numerator = hundredths * top + more * bottom * FULL_TIME
            return numerator, bottom * FULL_TIME * FULL_TIME
    return hundredths, FULL_TIME * FULL_TIME


def paid_fraction(
    quotite: float, type_temps_partiel: str, corps: str | None = None
) -> tuple[int, int]:
    """Return the fraction paid of any quotité: fixed by the law, in half-days, or intermediate.

    Same parameters, result and errors as `intermediate_fraction`; `corps` opens the half-days of
    the first degree.
    """
    if quotite in _fractions(type_temps_partiel):
        return part_time_fraction(int(quotite), type_temps_partiel)
    in_half_days = half_day_fraction(quotite) if in_first_degree(corps) else None
    return in_half_days or intermediate_fraction(quotite, type_temps_partiel)


def fraction_confidence(
    quotite: float, type_temps_partiel: str, corps: str | None = None
) -> Confidence:
    """Return how sure our reading of the fraction paid is (A to D)."""
    return fraction_papers(quotite, type_temps_partiel, corps).confidence


@cache
def fraction_papers(quotite: float, type_temps_partiel: str, corps: str | None = None) -> Parameter:
    """Return the row of the table behind the fraction paid of a quotité that is possible."""
    own = half_day_papers(quotite) if in_first_degree(corps) else None
    for row in part_time_rows("QUOTITE"):
        of_the_type = row["type_temps_partiel"] == type_temps_partiel
        if of_the_type and row["quotite_travaillee_pct"] == f"{quotite:g}":
            return row_papers(row, "quotité")
    high = [papers for first, last, _, papers in _intermediate() if first <= quotite <= last]
    below = part_time_rows("QUOTITES_OUVERTES")[0]
    return own or (high[0] if high else row_papers(below, "quotités ouvertes"))


@cache
def _intermediate() -> tuple[tuple[int, int, tuple[int, int, int], Parameter], ...]:
    """Return the spans whose formula is not the quotité itself: bounds, ×, ÷, +, papers."""
    spans = []
    for row in part_time_rows(_BETWEEN):
        bounds = [int(text) for text in re.findall(r"\d+", row["quotite_travaillee_pct"])]
        terms = [int(text) for text in re.findall(r"\d+", row["fraction_remuneree"])]
        if terms:
            papers = row_papers(row, "quotité intermédiaire")
            spans.append((bounds[0], bounds[-1], (terms[0], terms[1], terms[-1]), papers))
    return tuple(spans)


@cache
def _open_span(type_temps_partiel: str) -> tuple[int, int]:
    """Return the bounds between which any quotité may be worked; an empty span where none may."""
    _fractions(type_temps_partiel)
    for row in part_time_rows("QUOTITES_OUVERTES"):
        text = row["quotite_travaillee_pct"]
        if row["type_temps_partiel"] == type_temps_partiel and " a " in text:
            low, high = text.split(" a ")
            return int(low), int(high)
    return FULL_TIME, FULL_TIME


def possible_quotites(type_temps_partiel: str) -> tuple[int, ...]:
    """Return the quotités that may be chosen, from full time down.

    Raises
    ------
    InputError
        Unknown kind of part-time; the message lists the known ones.
    """
    return tuple(sorted(_fractions(type_temps_partiel), reverse=True))


def offered_quotites(type_temps_partiel: str, corps: str | None = None) -> tuple[float, ...]:
    """Return the quotités that are offered to a corps, from full time down.

    They are those of `possible_quotites`, and the half-days of the first degree. Every screen that
    offers one reads them here.

    Examples
    --------
    >>> 75.0 in offered_quotites("sur_autorisation", "pe")
    True
    >>> 75.0 in offered_quotites("sur_autorisation", "agrege")
    False
    """
    half_days = half_day_quotites() if in_first_degree(corps) else ()
    fixed = map(float, possible_quotites(type_temps_partiel))
    return tuple(sorted({*fixed, *half_days}, reverse=True))


@cache
def _fractions(type_temps_partiel: str) -> dict[int, tuple[int, int]]:
    frame = table("temps_partiel")
    rows = frame[frame["code"] == "QUOTITE"]
    of_the_type = rows[rows["type_temps_partiel"] == type_temps_partiel]
    if rows.empty:
        raise PeriodNotCovered(
            "période non couverte : aucune quotité de temps partiel connue.",
            where="temps_partiel",
        )
    if of_the_type.empty:
        raise InputError(
            f"le temps partiel « {type_temps_partiel} » n’est pas connu.",
            where="type_temps_partiel",
            remedy=f"Valeurs connues : {', '.join(rows['type_temps_partiel'].unique())}.",
        )
    fractions = {FULL_TIME: (1, 1)}
    for percent, text in zip(
        of_the_type["quotite_travaillee_pct"], of_the_type["fraction_remuneree"], strict=True
    ):
        numerator, denominator = text.split("/")
        fractions[int(percent)] = (int(numerator), int(denominator))
    return fractions
