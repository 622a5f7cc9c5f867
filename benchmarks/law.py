"""How fast the law goes: one person, a population layer by layer, its growth from 10³ to 10⁶.

python benchmarks/law.py [--agents N] [--years N] [--growth FILE.svg]
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Callable
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from internals import (
    CELLS,
    LEAVE,
    YEAR,
    Acts,
    Agents,
    Pensions,
    Projection,
    Ranking,
    echelon_duration,
    indice_majore,
    next_cell,
    pensioners,
    pensions,
    rentree,
    walk_careers,
)

from iprof_kit.calculate import ask

FIRST = 2026
SEED = 20261125
CORPS = ("pe", "certifie", "agrege", "peps", "plp", "cpe", "psyen")
PAYSLIP = {
    "date": "2026-11-01",
    "corps": "pe",
    "grade": "classe_normale",
    "echelon": "7",
    "quotite": 80,
    "zone": 2,
    "enfants": 2,
    "primes_usuelles": True,
    "education_prioritaire": "REP",
    "pacte": 1,
    "taux_pas": 4.2,
}


def best(run: Callable[[], object], times: int = 3) -> float:
    """Return the best time of several, in seconds."""
    found = []
    for _ in range(times):
        begin = time.perf_counter()
        run()
        found.append(time.perf_counter() - begin)
    return min(found)


def population(size: int, years: int) -> Agents:
    """Return people of every échelon of the classe normale, fictitious, in a fixed draw."""
    draw = np.random.default_rng(SEED)
    cells = np.flatnonzero(np.isin(CELLS.corps, CORPS) & (CELLS.grade == "classe_normale"))
    cell = draw.choice(cells, size)
    today = rentree(FIRST)
    duration = echelon_duration(cell, today)
    spent = (draw.random(size) * np.where(duration, duration, 4 * YEAR)).astype(np.int64)
    end = np.full(size, today + years * YEAR)
    return Agents(np.arange(size), cell, today - spent, np.zeros(size), end)


def bare(agents: Agents) -> int:
    """Add durations and nothing else: the dates of all échelons, without time, law or events."""
    day = rentree(FIRST)
    cells = np.arange(CELLS.count)
    known = np.isin(CELLS.corps, CORPS) & (CELLS.echelon != "special")
    duration = np.zeros(CELLS.count, np.int32)
    following = np.full(CELLS.count, -1, np.int16)
    duration[known] = echelon_duration(cells[known], day)
    following[known] = next_cell(cells[known], day)
    rows, cell, due = np.arange(len(agents)), agents.cell, agents.entry + duration[agents.cell]
    count = 0
    while rows.size:
        goes = (following[cell] >= 0) & (due < agents.exit[rows])
        rows, due, cell = rows[goes], due[goes], following[cell[goes]]
        count += rows.size
        due = due + duration[cell]
    return count


def shares(corps: str, what: str, year: int) -> int:  # noqa: ARG001
    """Return plausible shares, for the measure only."""
    return {"6": 3000, "8": 3000, "hors_classe": 2300, "classe_exceptionnelle": 1200}[what]


def only_bonifications(corps: str, what: str, year: int) -> int:
    """Return the shares of the two bonifications, none for the grades."""
    return shares(corps, what, year) if what in ("6", "8") else 0


def leaves(agents: Agents, years: int) -> Acts:
    """Return one interruption of six months for one person in five."""
    draw = np.random.default_rng(SEED + 1)
    size = len(agents) // 5
    row = draw.choice(len(agents), size, replace=False)
    day = rentree(FIRST) + draw.integers(0, years * YEAR, size)
    return Acts(row, day, np.full(size, LEAVE), np.zeros(size), np.full(size, YEAR // 2))


def leaving(projection: Projection, years: int) -> Pensions:
    """Return the pension of everybody on 1 September of the last year, at 64."""
    size = len(projection.agents)
    effect = np.datetime64(f"{FIRST + years}-09-01")
    draw = np.random.default_rng(SEED + 3)
    days = draw.integers(30 * YEAR, 43 * YEAR, size)
    index = indice_majore(projection.last_cell, rentree(FIRST))
    return pensions(
        pensioners(
            naissance=np.full(size, effect - np.timedelta64(64 * 366, "D")),
            effet=np.full(size, effect),
            simulation=np.full(size, np.datetime64("2026-11-24")),
            constitution=days,
            liquidation=days,
            assurance=days,
            indice=index,
            autres=draw.integers(0, 12, size),
        )
    )


def one_person() -> list[tuple[str, float]]:
    """Measure two scenarios and a payslip of one person."""
    situation = {
        "corps": "pe",
        "grade": "classe_normale",
        "echelon": "7",
        "date_effet": "2024-09-01",
        "date_naissance": "1991-05-20",
        "quotite": 80,
    }
    scenarios = [{"nom": "A"}, {"nom": "B", "hors_classe": 2033, "classe_exceptionnelle": 2042}]
    rows = []
    for label, asked, why in (
        ("un scénario, expliqué", scenarios[:1], True),
        ("deux scénarios", scenarios, False),
        ("deux scénarios, expliqués", scenarios, True),
    ):
        question = {
            "situation": situation,
            "scenarios": asked,
            "aujourdhui": "2026-11-25",
            "expliquer": why,
        }
        ask("career", question)
        rows.append((label, best(lambda q=question: ask("career", q))))
    ask("pay", PAYSLIP)
    rows.append(("bulletin de paie, après le premier", best(lambda: ask("pay", PAYSLIP), 20)))
    return rows


def row_by_row(agents: Agents, sample: int) -> float:
    """Return the seconds that pandas needs, row by row, for the échelons of a sample, scaled up."""
    day = rentree(FIRST)
    frame = pd.DataFrame({"cell": agents.cell, "entry": agents.entry, "exit": agents.exit})
    frame = frame.head(sample)

    def walk(row: pd.Series) -> int:
        cell, due, count = int(row["cell"]), int(row["entry"]), 0
        while True:
            due += int(echelon_duration(np.array([cell]), day)[0])
            cell = int(next_cell(np.array([cell]), day)[0])
            if cell < 0 or due >= row["exit"]:
                return count
            count += 1

    begin = time.perf_counter()
    frame.apply(walk, axis=1)
    return (time.perf_counter() - begin) * len(agents) / len(frame)


def layers(agents: Agents, years: int) -> list[tuple[str, float, str]]:
    """Return each layer, its seconds and what it made, in one run."""
    acts = leaves(agents, years)
    kept: dict[str, Projection] = {}

    def keep() -> Projection:
        kept["last"] = walk_careers(agents, Ranking(shares, first_year=FIRST + 1), acts)
        return kept["last"]

    runs: list[tuple[str, Callable[[], object]]] = [
        ("dates d’échelon seules, tableau nu", lambda: bare(agents)),
        ("échelons : périodes, tables, événements", lambda: walk_careers(agents)),
        (
            "+ actes enregistrés (une interruption pour un agent sur cinq)",
            lambda: walk_careers(agents, None, acts),
        ),
        ("+ campagnes (bonifications, grades)", keep),
        ("pension", lambda: leaving(kept["last"], years)),
    ]
    found = []
    for label, run in runs:
        begin = time.perf_counter()
        made = run()
        found.append((label, time.perf_counter() - begin, _size(made)))
    return found


def _size(made: object) -> str:
    if isinstance(made, int):
        return f"{made / 1e6:.2f} M événements"
    if isinstance(made, Projection):
        return f"{len(made.events) / 1e6:.2f} M événements"
    assert isinstance(made, Pensions)
    return f"{np.isfinite(made.totale).sum() / 1e6:.2f} M pensions"


def growth(years: int, file: Path) -> None:
    """Print and draw the time of all layers from a thousand careers to a million."""
    sizes = [10**3, 10**4, 10**5, 10**6]
    totals = [sum(t for _, t, _ in layers(population(n, years), years)[3:]) for n in sizes]
    print("\n| Carrières | Campagnes et pension |\n|---:|---:|")
    for size, total in zip(sizes, totals, strict=True):
        print(f"| {size:,} | {total:.2f} s |".replace(",", "\u00a0"))
    figure, axis = plt.subplots(figsize=(6, 3.5))
    axis.loglog(sizes, totals, marker="o")
    axis.set_xlabel(f"carrières × {years} ans")
    axis.set_ylabel("secondes")
    axis.grid(visible=True, which="both", alpha=0.3)
    figure.tight_layout()
    figure.savefig(file)


def main() -> None:
    """Print the measures as Markdown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--agents", type=int, default=900_000)
    parser.add_argument("--years", type=int, default=40)
    parser.add_argument("--growth", type=Path)
    options = parser.parse_args()
    print("| Une personne | Temps |\n|---|---:|")
    for label, seconds in one_person():
        print(f"| {label} | {seconds * 1000:.2f} ms |")
    agents = population(options.agents, options.years)
    print(f"\n{len(agents):,} carrières × {options.years} ans\n".replace(",", "\u00a0"))
    print("| Couche | Temps | Rapport | Fait |\n|---|---:|---:|---:|")
    rows = layers(agents, options.years)
    base = rows[0][1]
    for label, seconds, made in rows:
        print(f"| {label} | {seconds:.2f} s | {seconds / base:.1f} | {made} |")
    whole = sum(seconds for _, seconds, _ in rows[3:])
    print(f"| campagnes et pension | {whole:.2f} s | {whole / base:.1f} | |")
    scaled = row_by_row(agents, 300)
    print(
        f"| échelons, pandas ligne à ligne (300 agents, extrapolé) | {scaled:.0f} s "
        f"| {scaled / base:.0f} | |"
    )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"\nMémoire au plus haut : {peak:.0f} Mo")
    if options.growth:
        growth(options.years, options.growth)


if __name__ == "__main__":
    main()
