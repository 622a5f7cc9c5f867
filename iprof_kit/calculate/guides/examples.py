"""Worked examples of the rules: what a rule answers to a declared input, calculated when asked.

`data/exemples` declares the inputs, a file a subject; no result is written there.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from functools import cache
from typing import Any

import numpy as np
from pydantic import ValidationError

from iprof_kit.base.calendar import axis_of, date_of, date_text, rentree_day
from iprof_kit.base.errors import BadTable
from iprof_kit.base.names import words_in
from iprof_kit.base.paths import EXAMPLES
from iprof_kit.base.plain import Plain
from iprof_kit.base.words import NBSP, corps_label, euros_text, number_text
from iprof_kit.base.yaml_text import read_yaml
from iprof_kit.law.campaigns.files import known_campaigns, moment
from iprof_kit.law.campaigns.model import Campaign
from iprof_kit.law.career.positions import Counted, Stays, counted_time, position_code
from iprof_kit.law.career.seniority import Kind, kinds
from iprof_kit.law.mobility.bars import Bar, last_bar
from iprof_kit.law.mobility.score import WishScore
from iprof_kit.law.mobility.second.person import Person2D
from iprof_kit.law.mobility.second.score import score_wishes
from iprof_kit.law.paths.people import UNKNOWN, People
from iprof_kit.law.payroll.allowances import find_allowance
from iprof_kit.law.payroll.overseas import overseas_fact
from iprof_kit.law.payroll.overtime import first_degree_hour
from iprof_kit.law.pension.generations import CATEGORIES, Generation, generation
from iprof_kit.law.pension.versions import law_version
from iprof_kit.law.tables.cells import CELLS, cell_code
from iprof_kit.law.tables.facts import Fact
from iprof_kit.law.tables.rules import RULES, rule_names
from iprof_kit.law.tables.sentences import years_text

Declared = Mapping[str, Any]
_NUMBERS_OF_PEOPLE = words_in(
    "cell days_in_echelon born titularised entered_corps diploma pension_opens"
)
_WORDS_OF_PEOPLE = ("corps", "enrolled", "position")
_KEYED_OF_PEOPLE = ("services", "ongoing", "facts", "months_taken")


def input_of(value: Any, kind: str, module: str) -> Any:
    """Return a declared value as the argument of a rule takes it.

    Parameters
    ----------
    value : object
        As `data/exemples` writes it: a day, a number, a place (« pe classe_normale 7 »), the
        columns of several people or stays by name.
    kind : str
        The annotation of the argument.
    module : str
        Where the rule is written: the kinds that have no constructor here are its own.

    Examples
    --------
    >>> input_of(date(2026, 9, 1), "date", "")
    datetime.date(2026, 9, 1)
    >>> input_of({"num": 3, "den": 4}, "Ratio", "iprof_kit.law.pension.rate").value.tolist()
    [0.75]
    """
    whole = kind.partition(" | ")[0]
    outer, _, inner = whole.removesuffix("]").partition("[")
    named = getattr(sys.modules.get(module), inner or outer, None)
    if value is None:
        return None
    if named in _BUILT and (named is WishScore or not inner):
        return _BUILT[named](value)
    if isinstance(value, Mapping):
        return _columns(value, getattr(sys.modules[module], whole))
    if inner and isinstance(value, list):
        return [input_of(one, inner, module) for one in value]
    return _plain(value, whole)


def _plain(value: Any, whole: str) -> Any:
    """Return a day, a place, a number or a word, as a column of one where columns are asked."""
    if isinstance(value, date):
        return _day(value, whole)
    if whole == "Cell" and isinstance(value, str):
        return np.array([cell_code(*value.split())])
    if whole == "int" and isinstance(value, str):
        return cell_code(*value.split())
    if whole in ("int", "float", "str", "bool") or isinstance(value, str):
        return value
    return np.array([value])


def _day(value: date, whole: str) -> Any:
    if whole == "Dates":
        return np.array([value], dtype="datetime64[D]")
    if whole in ("int", "Day"):
        return axis_of(value)
    if whole == "datetime":
        return moment(value.isoformat())
    return value if whole == "date" else np.array([axis_of(value)])


def _columns(value: Declared, made: type) -> Any:
    """Return people, periods or children whose columns are declared by name."""
    kinds = {  # a NamedTuple wraps its annotations
        name: str(getattr(kind, "__forward_arg__", kind))
        for name, kind in made.__annotations__.items()
    }
    return made(
        **{name: input_of(one, kinds[name], made.__module__) for name, one in value.items()}
    )


def _row(value: Declared) -> Fact:
    """Return the row of a prime, of a territory overseas or of an hour of the first degree."""
    day = value["le"]
    if "prime" in value:
        return find_allowance(value["prime"], value.get("variante"), value.get("corps"), day)
    if "heure" in value:
        return first_degree_hour(value["heure"], value["corps"], value["grade"], day)
    row = overseas_fact(value["outre_mer"], value["territoire"], day)
    if row is None:
        raise LookupError(value["outre_mer"])
    return row


def _stays(value: list[Declared]) -> Stays:
    return Stays(
        np.zeros(len(value), np.int64),
        np.array([position_code(one["position"], one.get("motif")) for one in value]),
        np.array([axis_of(one["du"]) for one in value]),
        np.array([axis_of(one["au"]) for one in value]),
    )


def _counted(value: list[Declared]) -> Counted:
    return counted_time(_stays(value))


def _kind(value: str) -> Kind:
    return next(one for one in kinds() if one.code == value)


def _campaign(value: str) -> Campaign:
    return next(one for one in known_campaigns() if one.id == value)


def _people(value: Declared) -> People:
    """Return one person, of whom nothing is known but what is declared."""
    columns: dict[str, Any] = {
        name: _plain(value.get(name, UNKNOWN), "Cell") for name in _NUMBERS_OF_PEOPLE
    }
    columns |= {name: np.array([value.get(name, "")], np.object_) for name in _WORDS_OF_PEOPLE}
    columns |= {
        name: {key: np.array([one]) for key, one in value.get(name, {}).items()}
        for name in _KEYED_OF_PEOPLE
    }
    return People(count=1, **columns)


def _generation(value: Declared) -> Generation:
    effect = np.array([value["effet"]], dtype="datetime64[D]")
    category = np.array([CATEGORIES.index(value["categorie"])])
    born = np.array([value["naissance"]], dtype="datetime64[D]")
    return generation(born, category, law_version(effect, effect))


def _bar(value: Declared) -> Bar | None:
    return last_bar(**value)


def _scores(value: Declared) -> tuple[WishScore, ...]:
    person = _columns(value["person"], Person2D)
    return score_wishes(person, value["wishes"], value["campagne"])


_BUILT: dict[Any, Callable[[Any], Any]] = {
    Fact: _row,
    Stays: _stays,
    Counted: _counted,
    Kind: _kind,
    Campaign: _campaign,
    People: _people,
    Generation: _generation,
    Bar: _bar,
    WishScore: _scores,
}
"""How each kind is made of what an example declares; the scores are all those of a person."""


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
    return Worked(question=question, answer=_answer(answer, example.resultat))


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
