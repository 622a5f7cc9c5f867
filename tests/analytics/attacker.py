"""An attacker of published tables: she knows what was shown, and does the arithmetic."""

import itertools

import numpy as np
import pandas as pd
from scipy.optimize import linprog

SECRET, TOTAL = "secret", "Ensemble"


def people_of(cells):
    """Return one row a person, from {(values): how many}."""
    rows = [values for values, size in cells.items() for _ in range(size)]
    frame = pd.DataFrame(rows, columns=list("abc")[: len(next(iter(cells)))])
    return frame.assign(numero=[f"N{n:05}" for n in range(len(frame))])


def equations(shown, by, column="effectif", told=None):
    """Return the unknown inner cells, and the sums that a table gives of them."""
    inner = shown[(shown[list(by)] != TOTAL).all(axis=1)]
    places = {tuple(row): n for n, row in enumerate(inner[list(by)].itertuples(index=False))}
    rows, sums = [], []
    values = shown[column] if told is None else told
    for labels, value in zip(shown[list(by)].itertuples(index=False), values, strict=True):
        if value == SECRET:
            continue
        rows.append(
            [all(t in (TOTAL, p) for t, p in zip(labels, place, strict=True)) for place in places]
        )
        sums.append(float(value))
    return places, np.array(rows, float).reshape(len(rows), len(places)), np.array(sums)


def span(matrix, sums, target):
    """Return the least and the most that a sum of non-negative cells may be."""
    found = [
        linprog(sign * target, A_eq=matrix, b_eq=sums, bounds=(0, 1e6), method="highs").fun * sign
        for sign in (1, -1)
    ]
    return found[1] - found[0]


def determined(matrix, target):
    """Tell whether a sum is a combination of those given, whatever their signs."""
    if not len(matrix):
        return False
    rank = np.linalg.matrix_rank
    return rank(matrix) == rank(np.vstack([matrix, target]))


def hidden_targets(shown, by, places, column="effectif"):
    for labels, value in zip(shown[list(by)].itertuples(index=False), shown[column], strict=True):
        if value == SECRET:
            yield (
                tuple(labels),
                np.array(
                    [
                        all(t in (TOTAL, p) for t, p in zip(labels, place, strict=True))
                        for place in places
                    ],
                    float,
                ),
            )


def published_sets(table, publication, by):
    """Return the people that each published cell counts."""
    for row in publication.tableau.to_dict("records"):
        if row["effectif"] == SECRET:
            continue
        kept = np.ones(len(table), bool)
        for name in by:
            if row[name] != TOTAL:
                kept &= (table[name].astype(str) == row[name]).to_numpy()
        yield frozenset(table["numero"][kept])


def isolated(first, second, threshold):
    """Return groups smaller than the threshold, given by adding and subtracting published cells."""
    found = set()
    for many, few in ((first, second), (second, first)):
        for size in (1, 2, 3):
            for some in itertools.combinations(many, size):
                union = frozenset().union(*some)
                if len(union) != sum(map(len, some)):
                    continue
                for one in few:
                    if one < union and len(union - one) < threshold:
                        found.add(union - one)
                    if union < one and len(one - union) < threshold:
                        found.add(one - union)
    return found
