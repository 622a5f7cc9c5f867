"""Worked examples of the rules: what a rule answers to a declared input, calculated when asked.

`data/exemples` declares the inputs, a file a subject; no result is written there.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from functools import cache
from typing import Any

import numpy as np
from pydantic import ValidationError

from iprof_kit.base.calendar import date_of, date_text, rentree_day
from iprof_kit.base.errors import BadTable
from iprof_kit.base.paths import EXAMPLES
from iprof_kit.base.plain import Plain
from iprof_kit.base.words import NBSP, corps_label, euros_text, french, number_text
from iprof_kit.base.yaml_text import read_yaml
from iprof_kit.calculate.guides.inputs import input_of
from iprof_kit.law.tables.cells import CELLS, cell_code
from iprof_kit.law.tables.rules import RULES, rule_names
from iprof_kit.law.tables.sentences import years_text

_EUROS, _DAY, _RATE = "euros", "date", "%"
_HUNDRED = 100
_WORDS = {
    "ouvert": "ouvert",
    "a_partir_du": "pas encore ouvert",
    "depend": "dépend d’une condition qui n’est pas dite",
    "jamais": "fermé",
    "ouverte": "campagne ouverte",
    "close": "campagne close",
    "a_venir": "campagne à venir",
    "inconnue": "dates inconnues",
    "etablissement": "établissement",
    "plein": "taux plein",
    "median": "taux médian",
    "reduit": "taux réduit",
    "exonere": "exonération",
}
"""What the codes of an answer mean."""


class Example(Plain):
    """A question to a rule: its words, its inputs by argument, how its answer is written."""

    regle: str
    enonce: str
    entrees: dict[str, Any]
    resultat: str = ""
    """« euros », « date », « % », « âge » or a unit; "" for a word or a number."""
    champ: str = ""
    """The field of an answer that has several."""


class Worked(Plain):
    """An example, calculated: what is asked, and what the rule answers, in French."""

    question: str
    answer: str


def worked(rule: str, since: date, until: date | None) -> Worked | None:
    """Return the example of a wording of a rule, calculated by it; None where none is declared.

    Examples
    --------
    >>> worked("oldest_claim", date(1969, 1, 1), None).answer.replace("\u00a0", " ")
    '1er janvier 2022'
    """
    example = declared().get(rule)
    if example is None or not _asked_within(example, since, until):
        return None
    return _worked(rule)


@cache
def declared() -> dict[str, Example]:
    """Return the examples declared, by rule.

    Raises
    ------
    BadTable
        A file of the kit is not one of examples.
    """
    examples: dict[str, Example] = {}
    for path in sorted(EXAMPLES.glob("*.yml")):
        try:
            read = [Example.model_validate(one) for one in read_yaml(path.read_text("utf-8"))]
        except ValidationError as error:
            raise BadTable(
                f"ce fichier d’exemples ne convient pas. {error}", where=path.name
            ) from error
        examples |= {one.regle: one for one in read}
    return examples


@cache
def _worked(rule: str) -> Worked:
    example = declared()[rule]
    rule_names()  # every module of the law is then loaded
    function = RULES[rule][-1].function
    asked = getattr(sys.modules[function.__module__], function.__name__, function)
    kinds = function.__annotations__
    given = {
        name: input_of(value, str(kinds[name]), function.__module__)
        for name, value in example.entrees.items()
    }
    answer = _part(asked(**given), example.champ)
    question = example.enonce.format(**{k: _Said(v) for k, v in example.entrees.items()})
    return Worked(question=french(question), answer=french(_answer(answer, example.resultat)))


def _part(answer: Any, path: str) -> Any:
    """Return the field of an answer that an example names: « 0.label », « 0.values.valeur »."""
    for name in filter(None, path.split(".")):
        if isinstance(answer, Mapping):
            answer = answer[name]
        else:
            answer = answer[int(name)] if name.isdigit() else getattr(answer, name)
    return answer


def _asked_within(example: Example, since: date, until: date | None) -> bool:
    """Tell whether the day or the year of an example is of a wording."""
    days = [value for name, value in example.entrees.items() if name in ("day", "on", "effet")]
    years = [value for name, value in example.entrees.items() if name == "year"]
    asked = next(
        (one for one in (*days, *(rentree_day(year) for year in years)) if isinstance(one, date)),
        None,
    )
    return asked is None or (since <= asked and (until is None or asked <= until))


class _Said:
    """A declared value as the words of an example say it: « {base:euros} », « {day} »."""

    def __init__(self, value: Any) -> None:
        self.value = value

    def __getitem__(self, key: str | int) -> _Said:
        """Return a part of what is declared: « {stays[0][du]} »."""
        return _Said(self.value[key])

    def __format__(self, kind: str) -> str:
        value = self.value
        if isinstance(value, date):
            return date_text(value)
        if kind in ("corps", "agents"):
            return corps_label(value, plural=kind == "agents")
        if kind == "place":
            return _place(cell_code(*value.split()))
        return value.replace("_", " ") if isinstance(value, str) else _number(value, kind)


def _answer(value: Any, kind: str) -> str:
    """Write what a rule answered, of one person."""
    if isinstance(value, np.ndarray):
        value = value.reshape(-1)[0]
    if isinstance(value, bool | np.bool_):
        return "oui" if value else "non"
    if kind == "place":
        return _place(int(value))
    if isinstance(value, np.datetime64):
        value = value.astype(object)
    if isinstance(value, date):
        return date_text(value)
    if isinstance(value, tuple):
        if kind == "fraction":
            return str(Fraction(*map(int, value)))
        return ", ".join(_answer(one, kind) for one in value)
    if kind == _DAY:
        return date_text(date_of(int(value)))
    return _WORDS.get(value, value) if isinstance(value, str) else _number(value, kind)


def _place(cell: int) -> str:
    return f"{corps_label(CELLS.corps[cell])}, {CELLS.label(cell)}"


def _number(value: Any, kind: str) -> str:
    if kind == "an":
        return str(int(value))
    if kind == "âge":
        return years_text(int(value))
    if kind == _EUROS:
        return euros_text(float(value))
    if kind == _RATE:
        return f"{number_text(float(value) * _HUNDRED)}{NBSP}%"
    unit = f"{NBSP}{kind}" if kind else ""
    return f"{number_text(float(value))}{unit}"
