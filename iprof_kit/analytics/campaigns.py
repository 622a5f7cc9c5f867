"""The ranked table of a campaign of promotion: who is where, who would be taken, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from iprof_kit.base.calendar import to_axis
from iprof_kit.base.errors import InputError, LawError
from iprof_kit.careers.campaigns import Beyond, table_share
from iprof_kit.careers.criteria import Candidates
from iprof_kit.careers.ranked_list import BY_NUMBER, RankedList, rank_list
from iprof_kit.law.cells import cell_code
from iprof_kit.law.promotion import required_days
from iprof_kit.law.promotion_bareme import appreciation_codes
from iprof_kit.law.promotion_contingent import promotion_contingent
from iprof_kit.law.promotion_procedures import CRITERIA, Procedure, ranking_procedure

Numbers = npt.NDArray[np.int64]
_AVIS = ("tres_favorable", "favorable", "defavorable")
_SEXES = ("F", "H")
_DATES = {
    "entree_corps": "entree_corps", "entree_grade": "entree_grade",
    "debut_services": "debut_services", "date_naissance": "naissance",
}  # fmt: skip
_NEEDS = {
    "bareme": "appreciation",
    "appreciation": "appreciation",
    "appreciation_maximale": "appreciation",
    "avis_tres_favorables": "avis1",
    "avis_sans_defavorable": "avis1",
    "anciennete_corps": "entree_corps",
    "anciennete_grade": "entree_grade",
    "ags": "debut_services",
    "age": "date_naissance",
    "femme": "sexe",
}
"""Column of the candidates that each criterion needs."""
_STEPS = {
    "femme": "sexe",
    "superieur": "superieur",
    "retraitable": "retraitable",
    "ex_instituteur": "ex_instituteur",
}
"""Column of the candidates that each step needs; a step without its column is left out."""


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
        Rows of `promouvables`, with what the procedure needs: `appreciation`, `avis1` and `avis2`
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
        separates from the next), `retenu`, `motif` (rang, réserve, équilibre, opposition…), `erreur` (why a row
        could not be ranked; it comes last, without rank). `attrs`: `contingents`, `procedures`,
        `etapes_omises` (columns that miss: parity, prorata or reserve are then left out).

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
            f"colonne absente\u00a0: {', '.join(missing) or 'corps'}.", where="candidats",
            remedy="Une liste se fait par corps, puis par département ou académie.",
        )  # fmt: skip
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
        left_out |= {_STEPS[group] for group in chosen.groups} - set(candidats)
        tables.append(_list(rows, year, grade_cible, chosen, places[label], list(par)))
    table = pd.concat(tables, ignore_index=True) if tables else pd.DataFrame()
    table.attrs.update(contingents=places, procedures=names, etapes_omises=sorted(left_out))
    return table


def _list(
    rows: pd.DataFrame, year: int, grade: str, procedure: Procedure, places: int, par: list[str]
) -> pd.DataFrame:
    """Rank one list; the rows that cannot be ranked come last, with their error."""
    cell, days = _positions(rows)
    errors = _errors(rows, cell, days, year, grade, procedure)
    good = (errors == "").to_numpy()
    kept = rows[good]
    people = Candidates(
        year, np.arange(len(kept)), cell[good], days[good], _columns(kept)
    )  # fmt: skip
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


def _positions(rows: pd.DataFrame) -> tuple[Numbers, Numbers]:
    chevrons = rows["chevron"].fillna("") if "chevron" in rows else [""] * len(rows)
    keys = list(zip(rows["corps"], rows["grade"], rows["echelon"], chevrons, strict=True))
    codes = {
        (corps, grade, echelon, step): cell_code(corps, grade, echelon, step or None)
        for corps, grade, echelon, step in set(keys)
    }
    cell = np.array([codes[key] for key in keys], np.int64)
    return cell, rows["anciennete_jours"].to_numpy(np.int64)


def _errors(
    rows: pd.DataFrame, cell: Numbers, days: Numbers, year: int, grade: str, procedure: Procedure
) -> pd.Series:
    """Return what keeps each row from being ranked, "" for those that can be."""
    errors = pd.Series("", index=rows.index)
    steps = [_STEPS[group] for group in procedure.groups if _STEPS[group] in rows]
    needed = [_NEEDS[name] for name in procedure.criteria if name in _NEEDS]
    for name in dict.fromkeys(needed + steps):
        if name not in rows:
            raise InputError(f"colonne absente\u00a0: {name}.", where="candidats")
        empty = rows[name].isna() | (rows[name].astype(str) == "")
        errors[empty & (errors == "")] = f"{name} manque"
    try:
        required = required_days(grade, year)[cell]
    except LawError:  # viviers: the list is taken as it is given
        return errors
    closed = pd.Series((required < 0) | (days < required), index=rows.index)
    errors[closed & (errors == "")] = "pas promouvable"
    return errors


def _columns(rows: pd.DataFrame) -> dict[str, Numbers]:
    """Return what is known of the candidates as whole numbers; see `criteria.COLUMNS`."""
    found: dict[str, Numbers] = {}
    if "appreciation" in rows:
        found["appreciation"] = appreciation_codes(rows["appreciation"].fillna("").tolist())
    for name, column in _DATES.items():
        if name in rows and rows[name].notna().all():
            found[column] = to_axis(rows[name].to_numpy())
    if "avis1" in rows:
        opinions = rows[[name for name in ("avis1", "avis2") if name in rows]].fillna("")
        _refuse_unknown(opinions, _AVIS)
        found["avis_tres_favorables"] = (opinions == _AVIS[0]).sum(axis=1).to_numpy(np.int64)
        found["avis_defavorables"] = (opinions == _AVIS[-1]).sum(axis=1).to_numpy(np.int64)
    if "sexe" in rows:
        _refuse_unknown(rows[["sexe"]].fillna(""), _SEXES)
        found["femme"] = np.asarray(rows["sexe"] == "F", dtype=np.int64)
    for name in ("superieur", "retraitable", "ex_instituteur", "opposition", "items"):
        if name in rows:
            found[name] = rows[name].fillna(0).to_numpy(np.int64)
    return found


def _refuse_unknown(texts: pd.DataFrame, known: tuple[str, ...]) -> None:
    wrong = set(texts.to_numpy().ravel()) - {*known, ""}
    if wrong:
        raise InputError(
            f"valeur inconnue «\u00a0{min(wrong)}\u00a0».",
            where=", ".join(texts.columns),
            remedy=f"Valeurs possibles\u00a0: {', '.join(known)}.",
        )
