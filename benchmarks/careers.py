"""How fast careers go: one person, then a population, layer by layer.

python benchmarks/careers.py [--agents N] [--years N]
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Callable
from datetime import date

import numpy as np

from iprof_kit.base.calendar import YEAR, rentree
from iprof_kit.calculate.career import answer
from iprof_kit.calculate.questions import CareerQuestion, Scenario, Situation
from iprof_kit.careers.acts import LEAVE, Acts
from iprof_kit.careers.agents import Agents
from iprof_kit.careers.projection import Projection, project
from iprof_kit.careers.ranking import Ranking
from iprof_kit.law.advancement import echelon_duration, next_cell
from iprof_kit.law.cells import CELLS

FIRST = 2026
SEED = 20261125
CORPS = ("pe", "certifie", "agrege", "peps", "plp", "cpe", "psyen")


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


def one_person() -> list[tuple[str, float]]:
    """Measure two scenarios of one person."""
    situation = Situation(
        corps="pe", grade="classe_normale", echelon="7", date_effet=date(2024, 9, 1),
        date_naissance=date(1991, 5, 20), quotite=80,
    )  # fmt: skip
    scenarios = (Scenario(), Scenario(nom="B", hors_classe=2033, classe_exceptionnelle=2042))
    rows = []
    for label, why in (("sans explication", False), ("avec explication", True)):
        question = CareerQuestion(
            situation=situation, scenarios=scenarios, aujourdhui=date(2026, 11, 25), expliquer=why
        )
        answer(question)
        rows.append((f"une personne, deux scénarios, {label}", best(lambda q=question: answer(q))))
    return rows


def main() -> None:
    """Print the measures as Markdown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--agents", type=int, default=900_000)
    parser.add_argument("--years", type=int, default=40)
    options = parser.parse_args()
    print("| Mesure | Temps |\n|---|---:|")
    for label, seconds in one_person():
        print(f"| {label} | {seconds * 1000:.1f} ms |")
    agents = population(options.agents, options.years)
    acts = leaves(agents, options.years)
    layers: list[tuple[str, Callable[[], object]]] = [
        ("dates d’échelon seules, tableau nu", lambda: bare(agents)),
        ("+ périodes, tables, événements", lambda: project(agents)),
        ("+ bonifications (listes et quotas)",
         lambda: project(agents, Ranking(only_bonifications, first_year=FIRST + 1))),
        ("+ campagnes de grade (classement, quotas)",
         lambda: project(agents, Ranking(shares, first_year=FIRST + 1))),
        ("+ actes enregistrés (une interruption pour un agent sur cinq)",
         lambda: project(agents, Ranking(shares, first_year=FIRST + 1), acts)),
    ]  # fmt: skip
    print(f"\n{len(agents):,} carrières × {options.years} ans\n".replace(",", "\u00a0"))
    print("| Couche | Temps | Rapport | Événements |\n|---|---:|---:|---:|")
    base = 0.0
    last: Projection | None = None
    for label, run in layers:
        begin = time.perf_counter()
        made = run()
        seconds = time.perf_counter() - begin
        base = base or seconds
        count = made if isinstance(made, int) else len(made.events)  # type: ignore[attr-defined]
        print(f"| {label} | {seconds:.2f} s | {seconds / base:.1f} | {count / 1e6:.2f} M |")
        last = made if isinstance(made, Projection) else last
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    if last is not None:
        size = last.events.nbytes / 1e6
        print(f"\nÉvénements : {size:.0f} Mo ; mémoire au plus haut : {peak:.0f} Mo")
        row = len(agents) // 2
        last.events.of(row)
        print(f"Lecture d’un agent : {best(lambda: last.events.of(row)) * 1e6:.0f} µs")


if __name__ == "__main__":
    main()
