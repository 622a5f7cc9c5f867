"""The ranked table of a campaign of promotion: who is where, who would be taken, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from iprof_kit.analytics.promotions.candidates import (
    columns,
    identifiers,
    named,
    omitted_steps,
    positions,
    refuse_missing_columns,
    row_errors,
)
from iprof_kit.base.errors import InputError
from iprof_kit.base.words import NBSP
from iprof_kit.careers.campaigns import Beyond, table_share
from iprof_kit.careers.criteria import Candidates
from iprof_kit.careers.ranked_list import BY_NUMBER, RankedList, rank_list
from iprof_kit.law.promotion.contingent import promotion_contingent
from iprof_kit.law.promotion.rankings import CRITERIA, Procedure, ranking_procedure


def classement(
    candidats: pd.DataFrame,
    year: int,
    grade_cible: str,
    *,
    par: Sequence[str] = ("corps",),
    procedure: str = "",
    contingents: Mapping[str, int] | None = None,
    suppose: Beyond = "refuser",
) -> pd.DataFrame:
    """Rank the promouvables of a campaign and share the places.

    Parameters
    ----------
    candidats : DataFrame
        Rows of `promouvables`, with what the procedure needs: `appreciation`, `avis_1` and `avis_2`
        (tres_favorable, favorable, defavorable), `entree_corps`, `entree_grade`, `debut_services`,
        `date_naissance` (datetime64), `sexe` (F, H), `superieur`, `retraitable` (0 or 1).
    year : int
        Campaign.
    grade_cible : str
        « hors_classe » or « classe_exceptionnelle ».
    par : sequence of str
        Columns that make a list: the corps first, then a department or an academy.
    procedure : str
        Id of a file of data/procedures; by default the national order.
    contingents : mapping of str to int, optional
        Places of each list (its values joined by « / »); by default the ratio of the table.
    suppose : {"refuser", "dernier_connu", "projet"}
        What to do in a year without ratio.

    Returns
    -------
    DataFrame
        One row a candidate, list by list and rank by rank: the columns of `par`, `rang`, `numero`,
        each criterion (points, or days of the 360-day year), `departage` (the criterion that
        separates from the next), `retenu`, `motif` (rang, réserve, équilibre, opposition…),
        `erreur` (why a row could not be ranked; it comes last, without rank). `attrs`:
        `contingents`, `procedures`, `etapes_omises` (columns that miss: parity, prorata or reserve
        are then left out).

    Raises
    ------
    InputError
        A column misses.
    LawError
        No ratio for this year, and nothing supposed; no procedure.
    """
    missing = [name for name in ("numero", "echelon", *par) if name not in candidats]
    if missing or not par or par[0] != "corps":
        raise InputError(
            f"colonne absente{NBSP}: {', '.join(missing) or 'corps'}.",
            where="candidats",
            remedy="Une liste se fait par corps, puis par département ou académie.",
        )
    candidats = named(candidats, year)
    tables, places, names, left_out = [], {}, {}, set()
    share = table_share(suppose)
    for key, rows in candidats.groupby(list(par), sort=False):
        label = "/".join(str(part) for part in key)
        chosen = ranking_procedure(str(key[0]), grade_cible, year, procedure)
        if contingents is not None:
            places[label] = contingents[label]
        else:
            ratio = share(str(key[0]), grade_cible, year)
            places[label] = promotion_contingent(len(rows), ratio)[0]
        names[label] = chosen.id
        left_out |= set(omitted_steps(candidats, chosen))
        tables.append(_list(rows, year, grade_cible, chosen, places[label], list(par)))
    table = pd.concat(tables, ignore_index=True) if tables else pd.DataFrame()
    table.attrs.update(contingents=places, procedures=names, etapes_omises=sorted(left_out))
    return table


def _list(
    rows: pd.DataFrame, year: int, grade: str, procedure: Procedure, places: int, par: list[str]
) -> pd.DataFrame:
    """Rank one list; the rows that cannot be ranked come last, with their error."""
    refuse_missing_columns(rows, procedure)
    cell, errors = positions(rows)
    errors = errors.where(errors != "", row_errors(rows, cell, year, grade, procedure))
    good = (errors == "").to_numpy()
    kept, days = rows[good], rows["anciennete_jours"].to_numpy(np.int64)
    people = Candidates(year, identifiers(kept), cell[good], days[good], columns(kept))
    ranked = rank_list(people, procedure, places)
    table = kept[par].assign(rang=ranked.rank, numero=kept["numero"])
    for name, values in zip(procedure.criteria, ranked.values, strict=True):
        table[name] = values
    table["departage"] = _separators(ranked)
    table["retenu"] = ranked.taken
    table["motif"] = [ranked.reason(row) for row in range(len(kept))]
    table["erreur"] = ""
    table = table.iloc[ranked.order].astype({"rang": "Int64"})
    refused = rows.loc[~good, [*par, "numero"]].assign(
        departage="", retenu=False, motif="", erreur=errors[~good]
    )
    return table if refused.empty else pd.concat([table, refused])


def _separators(ranked: RankedList) -> list[str]:
    """Return, by row, the French name of the criterion that separates from the next person."""
    names = [*(CRITERIA[name] for name in ranked.procedure.criteria), BY_NUMBER]
    found = [""] * len(ranked.order)
    for place, criterion in enumerate(ranked.separators().tolist()):
        found[int(ranked.order[place])] = names[criterion]
    return found
