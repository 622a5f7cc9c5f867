"""How long a promotion takes (analysis 20)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib.figure import Figure

from iprof_kit.analytics.analyses import drawing
from iprof_kit.analytics.analyses.flows.histories import axis, eve_of_rentree, one_of, warned
from iprof_kit.analytics.analyses.flows.survival import QUARTERS, quartiles, still_waiting
from iprof_kit.analytics.analyses.model import Reponse, analyse, refuse_nobody
from iprof_kit.analytics.analyses.people import ALL, GRADES, PER_CENT, in_order, observed, unknown
from iprof_kit.analytics.columns import SEXES, require
from iprof_kit.analytics.promotions.candidates import NO_CELL, positions
from iprof_kit.base.calendar import YEAR, axis_of
from iprof_kit.base.words import NBSP
from iprof_kit.law.promotion.conditions import HORS_CLASSE, hors_classe_open
from iprof_kit.law.tables.cells import CELLS, grades_of

ENTRY, RANGE = "corps", "plage"
_AT, _ELSEWHERE = 0, 2
"""Sides of a grade: below, at, above; or in no career that leads to it."""
_SHARES = ("un quart promu", "la moitié promue", "trois quarts promus")


@dataclass(frozen=True)
class _Waits:
    """One row a person: `corps`, `sexe`, `delai` in years, `promu`; and what was left out."""

    people: pd.DataFrame
    warnings: tuple[str, ...]


@analyse
def delai_de_promotion(
    gens: pd.DataFrame,
    /,
    *,
    vers: str = HORS_CLASSE,
    depuis: str = ENTRY,
    corps: str = "",
    au: date | None = None,
) -> Reponse:
    """Return how long a promotion takes: quartiles, and the curve of those not yet promoted.

    Who is not yet promoted, or left before, counts as waiting up to the last day known
    (Kaplan–Meier). Published: the rate going from 18 to 23 % brings the hors classe forward by a
    year to a year and a half.

    Parameters
    ----------
    gens : DataFrame
        `numero`, `sexe`, `corps`, `grade`, `entree_grade`, `entree_corps`; one row a person, or a
        row a person and year with `annee` (`iprof_kit.etats`). Read where given: `date_promotion`
        (else the promotion is the entry into the grade), `date_sortie`.
    vers : str
        Grade of the promotion.
    depuis : str
        « corps »: from the entry into the corps. « plage »: from the 1 September of the first
        campaign on whose list the person is (hors classe); needs yearly states with `annee`,
        `echelon`, `chevron`, `anciennete_jours`.
    corps : str
        Kept alone where given: the figure is then the curve of those not yet promoted, by sex.
    au : date, optional
        Last day known; by default that of the table.

    Returns
    -------
    Reponse
        Table `corps`, `sexe` (F, H, Ensemble), `effectif`, `promus`, `premier_quartile`,
        `mediane`, `troisieme_quartile`: years of 360 days after which a quarter, half, three
        quarters are promoted; missing where they are not yet. Detail « survie »: `corps`, `sexe`,
        `delai`, `non_promus` (per cent).
    """
    one_of(vers, [grade for grade in GRADES if _reached_by_promotion(grade)], "vers")
    one_of(depuis, (ENTRY, RANGE), "depuis")
    known = gens.assign(corps=gens["corps"].fillna("").astype(str))
    kept = known[known["corps"] == corps] if corps else known
    refuse_nobody(kept, f"corps={corps}")
    undated = unknown(kept, "annee", "année") if "annee" in kept else ()
    kept = kept[kept["annee"].notna()] if "annee" in kept else kept
    refuse_nobody(kept, "annee")
    end = axis_of(observed(gens, au))
    waits = _from_range(kept, vers, end) if depuis == RANGE else _from_entry(kept, vers, end)
    refuse_nobody(waits.people, f"vers={vers}, depuis={depuis}")
    table, curves = _measured(waits.people)
    return Reponse(
        table,
        lambda: _figure(table, curves, corps),
        {"survie": curves},
        (
            "les personnes parties avant le premier état de la table n’y sont pas",
            "qui part avant d’être promu aurait attendu comme les autres",
        ),
        (
            *undated,
            *unknown(kept, "numero", "numéro"),
            *_without_sex(waits.people),
            *waits.warnings,
        ),
    )


def _without_sex(people: pd.DataFrame) -> tuple[str, ...]:
    count = int((~people["sexe"].isin(SEXES)).sum())
    return warned(count, "personne", "sans sexe connu, dans l’ensemble seulement")


def _reached_by_promotion(grade: str) -> bool:
    return any(grade in grades_of(corps)[1:] for corps in dict.fromkeys(CELLS.corps))


def _from_entry(gens: pd.DataFrame, grade: str, end: int) -> _Waits:
    return _waits(_histories(gens, grade, end), "entree", "sans date d’entrée dans le corps")


def _from_range(gens: pd.DataFrame, grade: str, end: int) -> _Waits:
    """Begin at the first campaign whose list the person is on, where the table sees it open."""
    require(gens, ["annee", "echelon", "chevron", "anciennete_jours"], where="depuis=plage")
    one_of(grade, (HORS_CLASSE,), "vers")
    listed = gens[_listed(gens)]
    opened = listed.groupby(["numero", "corps"])["annee"].min()
    people = _histories(gens, grade, end).join(opened.rename("ouverture"))
    never = people["ouverture"].isna()
    begun = people["ouverture"] == people["premier_etat"]
    people = people[~never & ~begun].copy()
    people["ouverture"] = eve_of_rentree(people["ouverture"]) + 1
    last = people["fin"] < people["ouverture"]
    waits = _waits(people[~last], "ouverture", "")
    return _Waits(
        waits.people,
        (
            *warned(
                int(never.sum()), "personne", "dont aucun état n’est dans la plage, hors du délai"
            ),
            *warned(
                int(begun.sum()),
                "personne",
                "dont le premier état est déjà dans la plage, "
                "hors du calcul : son ouverture n’est pas connue",
            ),
            *warned(int(last.sum()), "personne", "dont aucune campagne n’est encore connue"),
            *waits.warnings,
        ),
    )


def _listed(gens: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Tell which states are those of people promouvables to the hors classe."""
    cell, _ = positions(gens)
    days = pd.to_numeric(gens["anciennete_jours"], errors="coerce").to_numpy(float, na_value=-1)
    listed = np.zeros(len(gens), bool)
    for year in gens["annee"].dropna().unique():
        rows = np.flatnonzero((gens["annee"] == year).to_numpy(bool, na_value=False))
        rows = rows[(cell[rows] != NO_CELL) & (days[rows] >= 0)]
        listed[rows] = hors_classe_open(cell[rows], days[rows].astype(np.int64), int(year))
    return listed


def _histories(gens: pd.DataFrame, grade: str, end: int) -> pd.DataFrame:
    """Return one row a person and corps: `entree`, `promotion`, `fin` (axis days), and more."""
    place = _places(gens, grade)
    entered = np.where(place == _AT, axis(gens["entree_grade"]), np.nan)
    given = axis(gens["date_promotion"]) if "date_promotion" in gens else entered
    given = np.where(place <= _AT, given, np.nan)
    rows = gens[["numero", "corps", "sexe"]].assign(
        place=place,
        entree=axis(gens["entree_corps"]),
        promotion=np.fmin(given, entered),
        sortie=axis(gens["date_sortie"]) - 1 if "date_sortie" in gens else np.nan,
        vu=eve_of_rentree(gens["annee"].astype(float)) if "annee" in gens else float(end),
        premier_etat=gens.get("annee", 0),
    )
    people = rows.groupby(["numero", "corps"]).agg(
        sexe=("sexe", "first"),
        place=("place", "max"),
        entree=("entree", "min"),
        promotion=("promotion", "min"),
        sortie=("sortie", "max"),
        vu=("vu", "max"),
        premier_etat=("premier_etat", "min"),
    )
    people["fin"] = people["sortie"].fillna(people["vu"]).clip(upper=end)
    return people


def _places(gens: pd.DataFrame, grade: str) -> npt.NDArray[np.int64]:
    """Tell whether each row is before, at or after a grade of its corps, or in none."""
    sides = np.full(len(gens), _ELSEWHERE)
    known = set(CELLS.corps)
    for corps, rows in gens.groupby("corps").indices.items():
        grades = grades_of(str(corps)) if corps in known else ()
        if grade not in grades[1:]:
            continue
        ranks = gens["grade"].iloc[rows].map({name: rank for rank, name in enumerate(grades)})
        side = np.sign(ranks.to_numpy(float) - grades.index(grade))
        sides[rows] = np.where(np.isnan(side), _ELSEWHERE, side).astype(np.int64)
    return sides


def _waits(people: pd.DataFrame, start: str, without_start: str) -> _Waits:
    """Return the delays of those whose beginning and promotion, if any, are known."""
    elsewhere = people["place"] == _ELSEWHERE
    unknown = ~elsewhere & people[start].isna()
    hidden = ~elsewhere & (people["place"] >= _AT) & people["promotion"].isna()
    promoted = people["promotion"] <= people["fin"]
    until = people["promotion"].where(promoted, people["fin"])
    backwards = until < people[start]
    usable = ~(elsewhere | unknown | hidden | backwards)
    delays = people[usable].reset_index()[["corps", "sexe"]]
    delays["delai"] = ((until - people[start]) / YEAR)[usable].to_numpy(float)
    delays["promu"] = promoted[usable].to_numpy(bool)
    return _Waits(
        delays,
        (
            *warned(
                int(elsewhere.sum()),
                "personne",
                "d’un corps ou d’un grade hors de cette promotion, hors du calcul",
            ),
            *warned(int(unknown.sum()), "personne", f"{without_start}, hors du calcul"),
            *warned(
                int((hidden & ~unknown).sum()),
                "personne promue",
                "sans date de promotion connue, hors du calcul",
            ),
            *warned(
                int((backwards & ~hidden).sum()),
                "personne",
                "dont la promotion précède le début du délai, hors du calcul",
            ),
        ),
    )


def _measured(people: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    rows, curves, names = [], [], in_order(people["corps"], ())
    for corps in [*names, ALL] if len(names) > 1 else names:
        of_corps = people if corps == ALL else people[people["corps"] == corps]
        for sex in (*SEXES, ALL):
            group = of_corps if sex == ALL else of_corps[of_corps["sexe"] == sex]
            if group.empty:
                continue
            waiting = still_waiting(group["delai"].to_numpy(), group["promu"].to_numpy())
            who = {"corps": corps, "sexe": sex}
            rows.append(
                {
                    **who,
                    "effectif": len(group),
                    "promus": int(group["promu"].sum()),
                    **quartiles(waiting),
                }
            )
            share = (PER_CENT * waiting).round(1)
            curves.append(pd.DataFrame({**who, "delai": share.index, "non_promus": share.array}))
    return pd.DataFrame(rows), pd.concat(curves, ignore_index=True)


def _figure(table: pd.DataFrame, curves: pd.DataFrame, corps: str) -> Figure:
    """Draw the quartiles of every corps, or the curves of one, by sex."""
    if corps:
        return drawing.lines(_side_by_side(curves), unit=f"{NBSP}%", steps=True, across="années")
    shown = table[table["sexe"] == ALL].set_index("corps")[list(QUARTERS)]
    return drawing.grouped(
        shown.rename(columns=dict(zip(QUARTERS, _SHARES, strict=True))), unit=f"{NBSP}ans"
    )


def _side_by_side(curves: pd.DataFrame) -> pd.DataFrame:
    """Return a column a sex, from a hundred per cent to its last day known."""
    shown = curves[curves["sexe"] != ALL]
    wide = shown.pivot_table(index="delai", columns="sexe", values="non_promus")
    wide = wide.reindex(wide.index.union([0.0]))
    ends = shown.groupby("sexe")["delai"].max()
    for sex in wide.columns.astype(str):
        filled = wide[sex].ffill().fillna(PER_CENT)
        wide[sex] = filled.where(wide.index <= ends[sex])
    return wide
