"""Two ways of doing one campaign: who enters, who leaves, by sex, and why."""

from __future__ import annotations

from collections.abc import Hashable, Mapping

import pandas as pd

from iprof_kit.base.names import words_in

MOVES = {(False, True): "entre", (True, False): "sort"}
_COLUMNS = words_in("mouvement numero sexe rang_avant rang_apres motif_avant motif_apres pourquoi")


def compared(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """Return who enters and who leaves the proposals, from one ranking to another.

    Parameters
    ----------
    before, after : DataFrame
        See `tables.ranking`.

    Returns
    -------
    DataFrame
        One row a person whose place changes, those who enter first, by rank after.
    """
    kept = ["numero", "rang", "propose", "motif", "departage", "erreur"]
    sex = ["sexe"] if "sexe" in before else []
    both = before[[*kept, *sex]].merge(after[kept], on="numero", suffixes=("_avant", "_apres"))
    both = both[both["propose_avant"] != both["propose_apres"]]
    moves = [
        MOVES[bool(a), bool(b)]
        for a, b in zip(both["propose_avant"], both["propose_apres"], strict=True)
    ]
    both = both.assign(mouvement=moves, sexe=both["sexe"] if sex else "")
    both["pourquoi"] = [_why(row) for row in both.to_dict("records")]
    moved = both.sort_values(["mouvement", "rang_apres", "numero"])[list(_COLUMNS)]
    return moved.reset_index(drop=True)


def summary(moves: pd.DataFrame) -> pd.DataFrame:
    """Return how many enter and leave, by sex."""
    counts = pd.crosstab(moves["sexe"], moves["mouvement"])
    counts = counts.reindex(columns=["entre", "sort"], fill_value=0)
    counts.loc["Ensemble"] = counts.sum()
    counts["solde"] = counts["entre"] - counts["sort"]
    return counts.rename_axis(columns=None).rename_axis("sexe").reset_index()


def _why(row: Mapping[Hashable, object]) -> str:
    """« du rang 12 (rang) au rang 20 (hors contingent) »."""
    return f"{_place(row, 'avant')} ; puis {_place(row, 'apres')}"


def _place(row: Mapping[Hashable, object], side: str) -> str:
    if row[f"erreur_{side}"]:
        return f"rang inconnu ({row[f'erreur_{side}']})"
    taken, motif = bool(row[f"propose_{side}"]), str(row[f"motif_{side}"])
    if taken:
        how = "au rang" if motif == "rang" else f"par l’étape {motif}"
        word = "proposé" if row["sexe"] == "H" else "proposée"
        return f"rang {row[f'rang_{side}']}, {word} {how}"
    return f"rang {row[f'rang_{side}']}, {motif or 'après le contingent'}"
