"""One law asked: a process of its own, whose tables are those of `IPROF_REFERENCE`.

The tables of the law are kept in memory in many places; two laws never share a process.
`python -m iprof_kit.analytics.decree.one_law` reads what is asked on its input, and answers on its
output.
"""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from iprof_kit.analytics.careers import derouler_carrieres
from iprof_kit.analytics.storage import load_population, taken_over
from iprof_kit.base.errors import KitError
from iprof_kit.calculate.subjects import ask, ask_table

_KNOWN = ("corps", "grade", "echelon", "chevron", "quotite", "education_prioritaire")
_NO_RESIDENCE = 3
"""The zone of the indemnité de résidence that adds nothing: a population does not say hers."""
HANDED_OVER = ".csv"
"""The kind of file that our own drawing goes by: Parquet is of the workshop."""
YEARS_AHEAD = 6
"""No échelon lasts longer."""


def nets(people: pd.DataFrame, day: date) -> np.ndarray:
    """Return the net pay of a month of each person, euros; NaN where it is not calculated.

    People of one position, one quotité and one zone of education have one pay: it is asked once.
    """
    asked = pd.DataFrame({name: people.get(name, "") for name in _KNOWN}, index=people.index)
    asked = asked.astype(object).where(asked.notna(), "").astype(str)
    distinct = asked.drop_duplicates()
    zones = distinct["education_prioritaire"].where(
        distinct["education_prioritaire"].isin(["REP", "REP+"]), "aucune"
    )
    questions = distinct.assign(
        education_prioritaire=zones,
        date=day.isoformat(),
        zone=_NO_RESIDENCE,
        mode="annualise",
        primes_usuelles="true",
    )
    answers = ask_table("pay", questions)
    column = answers.get("totaux.net_avant_impot", pd.Series(np.nan, index=answers.index))
    by_question = distinct.assign(net=pd.to_numeric(column, errors="coerce").astype(float))
    joined = asked.merge(by_question, on=list(_KNOWN), how="left")
    return joined["net"].to_numpy(dtype=float)


def next_steps(people: pd.DataFrame, end: date) -> np.ndarray:
    """Return the day of the next échelon or chevron of each person; NaT where none comes."""
    steps = derouler_carrieres(people, jusqu_au=end)
    coming = steps[steps["nature"].isin(["echelon", "chevron"])].drop_duplicates("numero")
    days = people["numero"].map(coming.set_index("numero")["date"])
    return days.to_numpy().astype("datetime64[D]")


def answered(asked: dict[str, Any]) -> dict[str, Any]:
    """Return the worked examples of one law, and write the columns of a population beside.

    Parameters
    ----------
    asked : dict
        `population` (a Parquet file that somebody gave, a CSV that we drew, or ""), `jours` (ISO
        days), `colonnes` (the file to write), `exemples` (pairs of a subject and a question).
    """
    days = [date.fromisoformat(text) for text in asked["jours"]]
    if asked["population"]:
        file = Path(asked["population"])
        people = taken_over(file) if file.suffix == HANDED_OVER else load_population(file)
        last = max(days)
        np.savez(
            Path(asked["colonnes"]),
            nets=np.array([nets(people, day) for day in days]),
            prochains=next_steps(people, last.replace(year=last.year + YEARS_AHEAD, day=1)),
        )
    return {"exemples": [_example(name, question) for name, question in asked["exemples"]]}


def _example(name: str, question: Any) -> dict[str, Any]:
    try:
        answer: dict[str, Any] = ask(name, question).model_dump(mode="json")
    except KitError as error:
        return {"erreur": str(error)}
    return answer


def main() -> int:
    """Answer what the input asks; an error of the kit is an answer too."""
    try:
        made = answered(json.load(sys.stdin))
    except KitError as error:
        made = {"erreur": error.message, "ou": error.where, "remede": error.remedy}
    json.dump(made, sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main())
