"""The tables of a campaign: ranking, contingent, balance, ages, in pandas."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pandas as pd

from iprof_kit.analytics.ages import classes
from iprof_kit.analytics.promotions.candidates import positions
from iprof_kit.analytics.promotions.lists import Ranked, without_balance
from iprof_kit.analytics.standing import shared
from iprof_kit.base.calendar import YEAR, rentree, to_axis
from iprof_kit.base.names import words_in
from iprof_kit.careers.criteria import criterion_text
from iprof_kit.careers.places import HOW, WHY_NOT
from iprof_kit.careers.ranked_list import BY_NUMBER, RankedList
from iprof_kit.law.promotion.bareme import NOT_IN_RANGE, seniority_points
from iprof_kit.law.promotion.contingent import TEN_THOUSAND
from iprof_kit.law.promotion.procedures.model import CRITERIA
from iprof_kit.law.tables.cells import CELLS

SHOWN = words_in(
    "academie departement sexe discipline uai position position_debut position_fin a_verifier"
)
"""Columns of the people shown beside a rank, where the table has them."""
TOTAL = "Ensemble"


def ranking(table: pd.DataFrame, by: tuple[str, ...], lists: Sequence[Ranked]) -> pd.DataFrame:
    """Return every person, list by list, rank by rank; those that could not be ranked last."""
    good = [_ranked(table, by, one) for one in lists]
    wrong = [_refused(table, by, one) for one in lists if not one.errors.empty]
    rows = shared(pd.concat([*good, *wrong], ignore_index=True))
    return rows.astype({"rang": "Int64"})


def contingents(lists: Sequence[Ranked], share: int | None) -> pd.DataFrame:
    """Return the places of each list, the carried decimals, and where the bar falls."""
    return pd.DataFrame([places_of(one, share) for one in lists])


def places_of(one: Ranked, share: int | None) -> dict[str, Any]:
    """Return the row of a list in `contingents`."""
    tie, taken, not_taken = _bar(one)
    return {
        "liste": one.name,
        "promouvables": one.listed,
        "taux_pour_cent": np.nan if share is None else share / 100,
        "report": one.carried / TEN_THOUSAND,
        "calcul": np.nan if share is None else one.exact(share),
        "contingent": one.places,
        "reste": one.left / TEN_THOUSAND,
        "proposes": int(one.result.taken.sum()),
        "barre": _bar_value(one),
        "departage": tie,
        "ex_aequo_proposes": taken,
        "ex_aequo_non_proposes": not_taken,
        "non_classes": len(one.errors),
    }


def steps(lists: Sequence[Ranked]) -> pd.DataFrame:
    """Return what each step of the procedure changed, list by list."""
    rows = [
        {
            "liste": one.name,
            "ordre": place,
            "etape": move.step.text,
            "entrent": len(move.enter),
            "sortent": len(move.leave),
        }
        for one in lists
        for place, move in enumerate(one.result.moves, start=1)
        if place < len(one.result.moves) or len(move.enter) or len(one.result.moves) == 1
    ]
    return pd.DataFrame(rows, columns=["liste", "ordre", "etape", "entrent", "sortent"])


def balance(table: pd.DataFrame, lists: Sequence[Ranked]) -> pd.DataFrame:
    """Return women and men among the promouvables, and the proposed, before and after the steps."""
    people = pd.concat(
        [
            pd.DataFrame(
                {
                    "sexe": table["sexe"].iloc[one.rows].to_numpy(),
                    "avant": without_balance(one).taken,
                    "apres": one.result.taken,
                }
            )
            for one in lists
        ]
    )
    by_sex = people.groupby("sexe")
    counts = pd.DataFrame(
        {
            "promouvables": by_sex.size(),
            "proposes_avant": by_sex["avant"].sum(),
            "proposes": by_sex["apres"].sum(),
        }
    ).reindex(["F", "H"], fill_value=0)
    totals = counts.sum()
    counts.loc[TOTAL] = totals
    for name in ("promouvables", "proposes_avant", "proposes"):
        counts[f"part_{name}"] = (100 * counts[name] / max(int(totals[name]), 1)).round(1)
    counts["ecart_avant"] = (counts["part_proposes_avant"] - counts["part_promouvables"]).round(1)
    counts["ecart"] = (counts["part_proposes"] - counts["part_promouvables"]).round(1)
    return counts.rename_axis("sexe").reset_index()


def ages(table: pd.DataFrame, lists: Sequence[Ranked], year: int) -> pd.DataFrame:
    """Return the promouvables and the proposed by sex and age at 31 August, ages unknown last."""
    rows = np.concatenate([one.rows for one in lists]) if lists else np.zeros(0, np.int64)
    taken = np.concatenate([one.result.taken for one in lists]) if lists else rows > 0
    people = table.iloc[rows]
    born = people["date_naissance"]
    years = (rentree(year) - 1 - to_axis(born.to_numpy())) // YEAR
    known = born.notna().to_numpy()
    groups = [
        (one.name, known & (years >= one.low) & (True if one.high is None else years < one.high))
        for one in reversed(classes())
    ]
    if not known.all():
        groups.append(("non renseigné", ~known))
    counts = []
    for name, inside in groups:
        for sex in ("F", "H"):
            of_group = inside & (people["sexe"] == sex).to_numpy()
            counts.append(
                {
                    "age": name,
                    "sexe": sex,
                    "promouvables": int(of_group.sum()),
                    "proposes": int((of_group & taken).sum()),
                }
            )
    return pd.DataFrame(counts)


def range_of_call(table: pd.DataFrame, year: int) -> pd.DataFrame:
    """Return the promouvables by échelon and whole years in it, with the points of the range."""
    years = table["anciennete_jours"] // YEAR
    with_years = table.assign(annees=years)
    counts = with_years.groupby(["grade", "echelon", "annees"], as_index=False).agg(
        promouvables=("numero", "size"), a_verifier=("a_verifier", "sum")
    )
    order = pd.to_numeric(counts["echelon"], errors="coerce")
    counts = counts.assign(_order=order).sort_values(["_order", "annees"]).drop(columns="_order")
    counts["points_plage"] = _points(counts, str(table["corps"].iloc[0]), year)
    return counts.reset_index(drop=True)


def _points(counts: pd.DataFrame, corps: str, year: int) -> pd.Series:
    cell, _ = positions(counts.assign(corps=corps, chevron=""))
    if (cell < 0).any() or not (counts["grade"] == "classe_normale").all():
        return pd.Series(pd.NA, index=counts.index, dtype="Int64")
    points = seniority_points(cell, counts["annees"].to_numpy(np.int64) * YEAR, year)
    return pd.Series(points, index=counts.index, dtype="Int64").replace(NOT_IN_RANGE, pd.NA)


def reasons(result: RankedList) -> np.ndarray:
    """Return, by row, how each one is taken, or why not."""
    words = np.array([*HOW, *(WHY_NOT[code] for code in sorted(WHY_NOT))], dtype=object)
    return words[result.how]  # negative codes count from the end


def _ranked(table: pd.DataFrame, by: tuple[str, ...], one: Ranked) -> pd.DataFrame:
    result = one.result
    rows = one.rows[result.order]
    shown = [name for name in SHOWN if name in table and name not in by]
    people = table.iloc[rows]
    ranked = people[[*by]].assign(
        rang=np.arange(1, len(rows) + 1), numero=people["numero"], **{n: people[n] for n in shown}
    )
    ranked["echelon"], ranked["anciennete_jours"] = people["echelon"], people["anciennete_jours"]
    if "appreciation" in people:
        ranked["appreciation"] = people["appreciation"]
    for name, values in zip(result.procedure.criteria, result.values, strict=True):
        if name not in ("echelon", "appreciation"):
            ranked[name] = values[result.order]
    _add_parts(ranked, one)
    names = np.array([*(CRITERIA[name] for name in result.procedure.criteria), BY_NUMBER], object)
    ranked["departage"] = [*names[result.separators()], ""][: len(rows)]
    ranked["propose"] = result.taken[result.order]
    ranked["motif"] = reasons(result)[result.order]
    ranked["erreur"] = ""
    return ranked.reset_index(drop=True)


def _add_parts(ranked: pd.DataFrame, one: Ranked) -> None:
    """Add the parts of the barème of the hors classe: appréciation, then plage d'appel."""
    people, order = one.people, one.result.order
    if "bareme" not in ranked or not (CELLS.grade[people.cell] == "classe_normale").all():
        return
    seniority = seniority_points(people.cell, people.days, people.year)[order]
    ranked["points_appreciation"] = ranked["bareme"] - seniority
    ranked["points_plage"] = seniority


def _refused(table: pd.DataFrame, by: Iterable[str], one: Ranked) -> pd.DataFrame:
    refused = table.loc[one.errors.index]
    shown = dict.fromkeys([*by, "numero", "echelon", "anciennete_jours"])
    return refused[list(shown)].assign(departage="", propose=False, motif="", erreur=one.errors)


def _bar(one: Ranked) -> tuple[str, int, int]:
    """Return the criterion that parts the last by rank from the next, and the ties at the bar."""
    last = one.last_by_rank()
    if last is None:
        return "", 0, 0
    result = one.result
    equal = result.values[0] == result.values[0][last]
    place = int(result.rank[last]) - 1
    separators = result.separators()
    tie = ""
    if place < len(separators):
        criterion = int(separators[place])
        names = [CRITERIA[name] for name in result.procedure.criteria]
        tie = [*names, BY_NUMBER][criterion]
    return tie, int((equal & result.taken).sum()), int((equal & ~result.taken).sum())


def _bar_value(one: Ranked) -> str:
    last = one.last_by_rank()
    if last is None:
        return ""
    name = one.result.procedure.criteria[0]
    return criterion_text(name, int(one.result.values[0][last]))
