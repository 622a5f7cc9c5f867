"""Each line of both payslips compared; a difference is explained by a reading of the law, or not.

A reading is what OpenFisca-France does otherwise, written with our own functions: a difference is
explained only where our line, read their way, is theirs to the cent.
"""

from __future__ import annotations

import csv
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations
from pathlib import Path

import numpy as np
from drawn import Month, months, people, question
from peer import answers

from iprof_kit.base.calendar import axis_of
from iprof_kit.base.money import sum_in_euros
from iprof_kit.law.career.traitement import Euros, gross_monthly, point_value
from iprof_kit.law.payroll.contributions import employer_contribution
from iprof_kit.law.payroll.deductions import solidarity_contribution
from iprof_kit.law.payroll.family import family_supplement
from iprof_kit.law.payroll.residence import residence_base, residence_indemnity
from iprof_kit.law.payroll.tables import PARAMETERS, RATES
from iprof_kit.law.tables.cells import Cell

TABLE = Path(__file__).parent / "ecarts.csv"
CENT = 0.0101
"""They round little, in single precision: up to a cent is no difference."""
THEIR_FIRST, THEIR_LAST = 0, 20
"""Ages of a child that they count, both included."""
DAYS, YEARS = 146_097, 400
"""Their age is in mean years, a day more."""
BEFORE_THE_DECREE, LAST_RATE = date(2017, 2, 28), date(2025, 12, 31)
"""Days of the last values that they know: of the threshold, of the employer's rate."""
Kinds = tuple[str, ...]
Reading = Callable[[Month, Kinds], Euros]


@dataclass
class Comparison:
    """What was compared, and each kind of difference."""

    seed: int
    people: int
    compared: Counter[str] = field(default_factory=Counter)
    explained: Counter[tuple[str, Kinds]] = field(default_factory=Counter)
    unexplained: list[str] = field(default_factory=list)
    ours: float = 0.0
    theirs: float = 0.0


def residence(month: Month, kinds: Kinds) -> Euros:
    """Return our indemnité de résidence, read their way for these kinds."""
    who = month.who
    base = month["TIB"] if "nbi" in kinds else sum_in_euros(month["TIB"], month["NBI"])
    if "plancher" not in kinds:
        base = residence_base(base, who.zone, month.on, who.num, who.den)
    return residence_indemnity(base, who.zone, month.on)


def family(month: Month, kinds: Kinds) -> Euros:
    """Return our supplément familial, read their way for these kinds."""
    who, paid = month.who, "temps_partiel" in kinds
    one = np.ones_like(who.num)
    num, den = (one, one) if paid else (who.num, who.den)
    point = point_value(axis_of(month.on))
    of_points = {"TIB": gross_monthly(who.indice, point), "NBI": gross_monthly(who.nbi, point)}
    parts = [month[code] if paid else of_points[code] for code in ("TIB", "NBI")]
    pay = parts[0] if "nbi" in kinds else sum_in_euros(*parts)
    children = _their_children(month) if "enfants" in kinds else who.children(month.on)
    return family_supplement(pay, children, month.on, num, den)


def solidarity(month: Month, kinds: Kinds) -> Euros:
    """Return our contribution de solidarité, read their way for these kinds."""
    if RATES.find(month.on, "CES") is None:
        return month["CES"]
    gross = [month[code] for code in ("TIB", "NBI", "IR")]
    retained = [-month[code] for code in ("PENSION_CIVILE", "RAFP")]
    base = sum_in_euros(*gross, month["SFT"], month.others, *retained)
    if "nbi" in kinds:
        base = sum_in_euros(base, -month["NBI"])
    compared, on = sum_in_euros(*gross, *retained), month.on
    if "seuil_mars_2017" in kinds:
        on = min(on, BEFORE_THE_DECREE)
    if "seuil" in kinds:
        threshold = PARAMETERS.read(on, "ces_seuil").number("valeur")
        compared = month["TIB"] + month["IR"] + threshold % 1  # they leave out its cents
    return solidarity_contribution(base, compared, on)


def pensions(month: Month, kinds: Kinds) -> Euros:
    """Return the employer's contribution for pensions, at their rate for these kinds."""
    on = min(month.on, LAST_RATE) if "taux_2026" in kinds else month.on
    pay = sum_in_euros(month["TIB"], month["NBI"])
    return employer_contribution(pay, "CAS_PENSION_EMPLOYEUR", on)


READINGS: dict[str, tuple[Kinds, Reading]] = {
    "IR": (("nbi", "plancher"), residence),
    "SFT": (("nbi", "temps_partiel", "enfants"), family),
    "CES": (("nbi", "seuil", "seuil_mars_2017"), solidarity),
    "CAS_PENSION_EMPLOYEUR": (("taux_2026",), pensions),
}


def compared(seed: int, number: int) -> Comparison:
    """Compare every line of every month for people drawn at random."""
    result = Comparison(seed, number)
    started = time.perf_counter()
    drawn = list(months(people(seed, number)))
    result.ours = time.perf_counter() - started
    told = answers(question(drawn))
    result.theirs = told["secondes"]
    reasons = {(row["ligne"], row["cas"]) for row in rows()}
    for month, lines in zip(drawn, told["mois"], strict=True):
        for line, values in lines.items():
            result.compared[line] += len(values)
            for person, kinds in differences(month, line, np.array(values)):
                if kinds and all((line, kind) in reasons for kind in kinds):
                    result.explained[line, kinds] += 1
                else:
                    result.unexplained.append(_words(month, line, person, values[person]))
    return result


def differences(month: Month, line: str, theirs: Euros) -> Iterator[tuple[int, Kinds]]:
    """Give each person whose line differs, and the fewest kinds that explain it (none: ())."""
    left = set(np.flatnonzero(np.abs(month[line] - theirs) > CENT).tolist())
    kinds, read = READINGS.get(line, ((), None))
    for size in range(1, len(kinds) + 1):
        for some in combinations(kinds, size) if read and left else ():
            near = np.abs(read(month, some) - theirs) <= CENT
            explained = {person for person in left if near[person]}
            yield from ((person, some) for person in sorted(explained))
            left -= explained
    yield from ((person, ()) for person in sorted(left))


def rows() -> list[dict[str, str]]:
    """Return the table of explained differences."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def report(result: Comparison) -> str:
    """Return what was compared and each kind of difference, in words."""
    total, seconds = sum(result.compared.values()), result.ours + result.theirs
    times = f"les nôtres en {result.ours:.1f} s, les leurs en {result.theirs:.1f} s"
    drawn = f"{result.people} personnes, graine {result.seed}"
    lines = [f"{total} lignes comparées ({drawn}), {total / seconds:.0f} par seconde ({times})"]
    lines += [f"  {line} : {number}" for line, number in sorted(result.compared.items())]
    lines.append(f"{sum(result.explained.values())} écarts expliqués :")
    lines += [
        f"  {line} ({', '.join(kinds)}) : {number}"
        for (line, kinds), number in sorted(result.explained.items())
    ]
    lines.append(f"{len(result.unexplained)} écarts sans explication")
    lines += [f"  {text}" for text in result.unexplained[:20]]
    return "\n".join(lines)


def _their_children(month: Month) -> Cell:
    """Return their number of children, by age on the first of the month."""

    def age(born: str) -> int:
        return ((month.on - date.fromisoformat(born)).days + 1) * YEARS // DAYS

    return np.array(
        [sum(THEIR_FIRST <= age(day) <= THEIR_LAST for day in days) for days in month.who.births]
    )


def _words(month: Month, line: str, person: int, theirs: float) -> str:
    who = month.who
    return (
        f"{month.on:%Y-%m} {line} : {month[line][person]:.2f} contre {theirs:.2f} ; indice "
        f"{who.indice[person]}, NBI {who.nbi[person]}, {who.num[person]}/{who.den[person]}, zone "
        f"{who.zone[person]}, enfants nés {', '.join(who.births[person]) or 'aucun'}, primes "
        f"{who.primes[person]}"
    )
