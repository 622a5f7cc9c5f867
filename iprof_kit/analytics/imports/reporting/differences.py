"""What changed between two populations of the same source: who left, who entered, who moved."""

from __future__ import annotations

import pandas as pd

from iprof_kit.analytics.columns import COLUMNS, require
from iprof_kit.base.names import words_in

WATCHED = words_in("corps grade echelon chevron date_effet academie departement position quotite")
_FIXED = ("sexe", "date_naissance", "entree_corps")
"""What should not change from one year to the next."""
_NAMES = ["numero", "nature", "colonne", "avant", "apres", "a_verifier"]


def differences(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """Return what changed between two population tables.

    Parameters
    ----------
    before, after : DataFrame
        Last year's and this year's, joined by `numero`.

    Returns
    -------
    DataFrame
        One row a change, by person: `numero`, `nature` (sortie, entree, changement), `colonne`,
        `avant`, `apres`, `a_verifier` (an échelon that goes down within its grade, a change of what
        does not change). `attrs`: `communs`, `entrees`, `sorties`, `changements` (people).

    Raises
    ------
    InputError
        A table has no `numero`.
    """
    require(before, ["numero"], "population précédente")
    require(after, ["numero"], "population")
    old, new = before.set_index("numero"), after.set_index("numero")
    left = old.index.difference(new.index, sort=False)
    entered = new.index.difference(old.index, sort=False)
    common = old.index.intersection(new.index, sort=False)
    parts = [_moved(left, "sortie"), _moved(entered, "entree")]
    names = [n for n in (*WATCHED, *_FIXED) if n in old and n in new]
    one, two = old.loc[common], new.loc[common]
    down = _goes_down(one, two)
    for name in names:
        a, b = one[name], two[name]
        other = (a.ne(b).fillna(True) & ~(a.isna() & b.isna())).to_numpy(bool)
        if other.any():
            doubt = pd.Series(name in _FIXED, index=common)
            doubt = down if name == "echelon" else doubt
            parts.append(
                pd.DataFrame(
                    {
                        "numero": common[other],
                        "nature": "changement",
                        "colonne": name,
                        "avant": _words(a[other], name),
                        "apres": _words(b[other], name),
                        "a_verifier": doubt[other].to_numpy(bool),
                    }
                )
            )
    table = pd.concat([part for part in parts if len(part)] or parts[:1], ignore_index=True)
    table = table.sort_values("numero", kind="stable").reset_index(drop=True)[_NAMES]
    changed = table.loc[table["nature"] == "changement", "numero"].nunique()
    table.attrs.update(
        communs=len(common), entrees=len(entered), sorties=len(left), changements=int(changed)
    )
    return table


def _moved(numbers: pd.Index, nature: str) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "numero": numbers,
            "nature": nature,
            "colonne": "",
            "avant": "",
            "apres": "",
            "a_verifier": False,
        },
        columns=_NAMES,
    )


def _goes_down(one: pd.DataFrame, two: pd.DataFrame) -> pd.Series:
    """Tell of whom the échelon goes down within one corps and grade."""
    if not {"corps", "grade", "echelon"} <= set(one) & set(two):
        return pd.Series(False, index=one.index)
    same = (one["corps"] == two["corps"]) & (one["grade"] == two["grade"])
    a, b = (pd.to_numeric(t["echelon"], errors="coerce") for t in (one, two))
    return same & (b < a)


def _words(values: pd.Series, name: str) -> list[str]:
    if COLUMNS[name].kind == "date":
        return [str(day) for day in values.dt.strftime("%Y-%m-%d").fillna("")]
    return ["" if pd.isna(value) else str(value) for value in values]
