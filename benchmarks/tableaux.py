"""How fast a campaign is ranked: a full procedure against a bare sort on the same keys, in one run.

python benchmarks/tableaux.py [--people N]
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from typing import Any

import pandas as pd

import iprof_kit

APPRECIATIONS = ("a_consolider", "satisfaisant", "tres_satisfaisant", "excellent")
PROCEDURES = ("hc_ldg", "hc_54_2020", "hc_53_2024")


def best(run: Callable[[], object], times: int = 3) -> float:
    """Return the best time of several, in seconds."""
    found = []
    for _ in range(times):
        begin = time.perf_counter()
        run()
        found.append(time.perf_counter() - begin)
    return min(found)


def main() -> None:
    """Print a table: what, seconds, times the bare sort."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=100_000)
    people = iprof_kit.exemple_promouvables(parser.parse_args().people, 2027)
    base = iprof_kit.campagne(people, "pe", "hors_classe", 2027, suppose="dernier_connu")
    print(f"{len(people)} promouvables ; meilleur de trois.")
    print("| mesure | secondes | fois le tri seul |\n|---|---|---|")
    for name in PROCEDURES:
        campaign = base.et_si(procedure=name)
        keys = _keys(campaign)
        down = [False] * (len(keys.columns) - 1) + [True]
        bare = best(lambda k=keys, d=down: k.sort_values(list(k.columns), ascending=d))
        table = best(lambda c=campaign: c.et_si(procedure=c.procedure.id).classement())
        full = best(lambda c=campaign: c.et_si(procedure=c.procedure.id).tableau(), 1)
        print(f"| {name} : tri seul ({len(keys.columns)} clés) | {bare:.3f} | 1 |")
        print(f"| {name} : classement() | {table:.3f} | {table / bare:.1f} |")
        print(f"| {name} : tableau(), reclassement compris | {full:.3f} | {full / bare:.1f} |")


def _keys(campaign: Any) -> pd.DataFrame:
    """Return the values of the criteria, then the number, as a table to sort."""
    frame = campaign.classement()[[*campaign.procedure.criteria, "numero"]]
    if "appreciation" in frame:
        frame = frame.assign(appreciation=frame["appreciation"].map(APPRECIATIONS.index))
    if "echelon" in frame:
        frame = frame.assign(echelon=frame["echelon"].astype(int))
    return frame.sample(frac=1, random_state=1)


if __name__ == "__main__":
    main()
