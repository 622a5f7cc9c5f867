"""What a rule is asked, from the form in which an example declares it: a constructor by kind."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import numpy as np

from iprof_kit.base.calendar import axis_of
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
from iprof_kit.law.tables.cells import cell_code
from iprof_kit.law.tables.facts import Fact

Declared = Mapping[str, Any]
_NUMBERS_OF_PEOPLE = (
    "cell", "days_in_echelon", "born", "titularised", "entered_corps", "diploma", "pension_opens",
)  # fmt: skip
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
    return made(**{
        name: input_of(one, kinds[name], made.__module__) for name, one in value.items()
    })  # fmt: skip


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
    Fact: _row, Stays: _stays, Counted: _counted, Kind: _kind, Campaign: _campaign,
    People: _people, Generation: _generation, Bar: _bar, WishScore: _scores,
}  # fmt: skip
"""How each kind is made of what an example declares; the scores are all those of a person."""
