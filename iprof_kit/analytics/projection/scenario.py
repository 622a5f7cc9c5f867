"""A scenario: what is supposed instead of the tables, from Python or from a YAML file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import date
from math import isfinite
from pathlib import Path
from typing import Any

from iprof_kit.analytics.population.laws import PER_CENT, corps_codes
from iprof_kit.base.calendar import date_text
from iprof_kit.base.errors import InputError
from iprof_kit.base.words import NBSP, number_text
from iprof_kit.careers.lists import list_names
from iprof_kit.law.tables.marks import (
    mark_of,
    place,
    read_marked,
    read_text,
    schema_errors,
)
from iprof_kit.law.tables.schema import EVERYBODY

_NUMBER = {"type": "number", "minimum": 0}
_BY_YEAR = {"type": "object", "additionalProperties": _NUMBER, "minProperties": 1}
_BY_CORPS = {"type": "object", "additionalProperties": _BY_YEAR}
_MEASURE = {"type": "object", "additionalProperties": False, "required": ["le"]}
_SCHEMA: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "nom": {"type": "string"},
        "taux": {"type": "object", "additionalProperties": _BY_CORPS},
        "recrutements": _BY_CORPS,
        "sorties": _NUMBER,
        "temps_partiel": _NUMBER,
        "point_indice": {
            "type": "array",
            "items": _MEASURE
            | {
                "properties": {"le": {}, "pour_cent": {"type": "number"}},
                "required": ["le", "pour_cent"],
            },
        },
        "points": {
            "type": "array",
            "items": _MEASURE
            | {
                "properties": {"le": {}, "points": {"type": "number"}},
                "required": ["le", "points"],
            },
        },
    },
}
Where = tuple[str | int, ...]
ByYear = Mapping[int, float]


@dataclass(frozen=True)
class Scenario:
    """What is supposed; nothing by default, and then the last known values hold.

    Attributes
    ----------
    taux : mapping of grade to corps to year to per cent
        Ratio promoted / promouvables; « tous » is every corps. A year's rate holds until the next
        year that gives one.
    recrutements : mapping of corps to year to number
        People who enter on 1 September, in rows of the table; it holds until the next year given.
    sorties : float
        Multiplies the rates of exits other than retirement.
    temps_partiel : float
        Multiplies the shares of part-time.
    point_indice : tuple of (date, per cent)
        Changes of the value of the point, one on top of the other.
    points : tuple of (date, number)
        Points of indice majoré given to everybody.

    Examples
    --------
    >>> import iprof_kit
    >>> iprof_kit.Scenario(nom="moins de départs", sorties=0.5).sorties
    0.5
    """

    nom: str = ""
    taux: Mapping[str, Mapping[str, ByYear]] = field(default_factory=dict)
    recrutements: Mapping[str, ByYear] = field(default_factory=dict)
    sorties: float = 1.0
    temps_partiel: float = 1.0
    point_indice: tuple[tuple[date, float], ...] = ()
    points: tuple[tuple[date, float], ...] = ()

    def rate(self, corps: str, grade: str, year: int) -> float | None:
        """Return the per cent supposed for a campaign, None where nothing is."""
        given = self.taux.get(grade, {})
        own = latest(given.get(corps, {}), year)
        return latest(given.get(EVERYBODY, {}), year) if own is None else own

    def recruited(self, corps: str, year: int) -> float | None:
        """Return how many people are supposed to enter, None where nothing is."""
        return latest(self.recrutements.get(corps, {}), year)

    def years(self) -> Iterator[tuple[str, int]]:
        """Yield every year named, with where it is."""
        for grade, by_corps in self.taux.items():
            for corps, by_year in by_corps.items():
                yield from ((f"scenario.taux.{grade}.{corps}", year) for year in by_year)
        for corps, by_year in self.recrutements.items():
            yield from ((f"scenario.recrutements.{corps}", year) for year in by_year)
        for name in ("point_indice", "points"):
            yield from ((f"scenario.{name}", day.year) for day, _ in getattr(self, name))

    def sentences(self) -> list[str]:
        """Say in French what is supposed."""
        sentences = [
            f"taux {grade} {corps}{NBSP}: {_number(rate)} % à partir de {year}"
            for grade, by_corps in self.taux.items()
            for corps, by_year in by_corps.items()
            for year, rate in sorted(by_year.items())
        ]
        sentences += [
            f"recrutements {corps}{NBSP}: {_number(number)} lignes par an à partir de {year}"
            for corps, by_year in self.recrutements.items()
            for year, number in sorted(by_year.items())
        ]
        if self.sorties != 1:
            sentences.append(f"taux de sortie multipliés par {_number(self.sorties)}")
        if self.temps_partiel != 1:
            sentences.append(
                f"parts de temps partiel multipliées par {_number(self.temps_partiel)}"
            )
        sentences += [
            f"valeur du point{NBSP}: {_number(rate, '+g')} % au {date_text(day)}"
            for day, rate in self.point_indice
        ]
        sentences += [
            f"{_number(number, '+g')} points d’indice à tous au {date_text(day)}"
            for day, number in self.points
        ]
        return sentences

    def as_dict(self) -> dict[str, Any]:
        """Return the scenario as plain values: the parameters of a run."""
        return asdict(self)


def _number(value: float, form: str = "g") -> str:
    return format(value, form).replace(".", ",")


def latest(by_year: ByYear, year: int) -> float | None:
    """Return the value of the last year given up to a year, None before the first."""
    known = [given for given in by_year if given <= year]
    return by_year[max(known)] if known else None


def lire_scenario(source: Scenario | Mapping[str, Any] | str | Path | None) -> Scenario:
    """Return a scenario from a YAML file, a mapping, or itself.

    Raises
    ------
    InputError
        Every error, with line and column in a file, with its key otherwise.

    Examples
    --------
    >>> import iprof_kit
    >>> iprof_kit.lire_scenario({"recrutements": {"pe": {2027: 9000}}}).recrutements
    {'pe': {2027: 9000}}
    """
    if source is None or isinstance(source, Scenario):
        return _checked(source or Scenario())
    if isinstance(source, Mapping):
        return _from_values(_plain(source), {}, "scenario")
    file = Path(source)
    value, marks, errors = read_marked(read_text(file, "le fichier de scénario"))
    if errors:
        raise _refusal(errors, file.name)
    return _from_values(value, marks, file.name)


def _plain(value: Any) -> Any:
    """Return a mapping with text keys, as a file gives it."""
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    return value


def _from_values(value: Any, marks: dict[Where, tuple[int, int]], where: str) -> Scenario:
    value = _with_days(value)
    errors = (
        schema_errors(value, _SCHEMA, marks)
        if isinstance(value, dict)
        else ["un groupe de clés est attendu (taux, recrutements, sorties…)."]
    )
    if not errors:
        errors = [_located(path, problem, marks) for path, problem in _other_errors(value)]
    if errors:
        raise _refusal(errors, where)
    entries = dict(value)
    for name in ("taux", "recrutements"):
        entries[name] = _years(entries.get(name, {}))
    for name, amount in (("point_indice", "pour_cent"), ("points", "points")):
        rows = entries.get(name, [])
        entries[name] = tuple(sorted((row["le"], float(row[amount])) for row in rows))
    return Scenario(**entries)


def _with_days(value: Any) -> Any:
    """Return values whose dates written as texts (« 2027-01-01 ») are dates."""
    if not isinstance(value, dict):
        return value
    dated = dict(value)
    for name in ("point_indice", "points"):
        if isinstance(rows := dated.get(name), list):
            dated[name] = [
                row | {"le": _day(row["le"])} if isinstance(row, dict) and "le" in row else row
                for row in rows
            ]
    return dated


def _day(given: Any) -> Any:
    try:
        return date.fromisoformat(given) if isinstance(given, str) else given
    except ValueError:
        return given


def _years(value: Any) -> Any:
    return {
        (int(key) if key.isdigit() else key): _years(each) if isinstance(each, dict) else each
        for key, each in value.items()
    }


def _checked(scenario: Scenario) -> Scenario:
    values = {field.name: getattr(scenario, field.name) for field in fields(Scenario)}
    for name, amount in (("point_indice", "pour_cent"), ("points", "points")):
        values[name] = [{"le": day, amount: number} for day, number in values[name]]
    return _from_values(_plain(values), {}, "scenario")


def _other_errors(value: dict[str, Any]) -> Iterator[tuple[Where, str]]:
    """Yield what a schema cannot say: an unknown grade or corps, a year, a rate, a date."""
    yield from _number_errors((), value)
    grades = {name.object for name in list_names() if not name.object.isdigit()}
    for grade, by_corps in value.get("taux", {}).items():
        if grade not in grades:
            yield (
                ("taux", grade),
                f"grade inconnu «{NBSP}{grade}{NBSP}» ({', '.join(sorted(grades))}).",
            )
        for corps, by_year in by_corps.items():
            yield from _corps_errors(("taux", grade, corps), corps, (*corps_codes(), EVERYBODY))
            yield from _year_errors(("taux", grade, corps), by_year)
            for year, rate in by_year.items():
                if rate > PER_CENT:
                    words = f"un taux de {number_text(rate)}{NBSP}% dépasse 100 %."
                    yield ("taux", grade, corps, year), words
    for corps, by_year in value.get("recrutements", {}).items():
        yield from _corps_errors(("recrutements", corps), corps, corps_codes())
        yield from _year_errors(("recrutements", corps), by_year)
    for name in ("point_indice", "points"):
        for number, row in enumerate(value.get(name, [])):
            if type(row["le"]) is not date:  # with an hour, it would not compare
                problem = f"«{NBSP}{row['le']}{NBSP}» n’est pas une date"
                yield (name, number, "le"), f"{problem}{NBSP}: écrivez-la comme 2027-01-01."


def _number_errors(path: Where, value: Any) -> Iterator[tuple[Where, str]]:
    if isinstance(value, float) and not isfinite(value):
        yield path, f"«{NBSP}{value}{NBSP}» n’est pas un nombre fini."
    children = dict(enumerate(value)) if isinstance(value, list) else value
    for key, each in children.items() if isinstance(children, dict) else ():
        yield from _number_errors((*path, key), each)


def _corps_errors(path: Where, corps: str, known: tuple[str, ...]) -> Iterator[tuple[Where, str]]:
    if corps not in known:
        yield path, f"corps inconnu «{NBSP}{corps}{NBSP}» (possibles{NBSP}: {', '.join(known)})."


def _year_errors(path: Where, by_year: Mapping[str, Any]) -> Iterator[tuple[Where, str]]:
    for year in by_year:
        if not year.isdigit():
            yield (*path, year), f"«{NBSP}{year}{NBSP}» n’est pas une année."


def _located(path: Where, problem: str, marks: dict[Where, tuple[int, int]]) -> str:
    if marks:
        return f"{place(mark_of(marks, (*path[:-1], f'?{path[-1]}')))}{NBSP}: {problem}"
    return f"{'.'.join(map(str, path))}{NBSP}: {problem}"


def _refusal(errors: list[str], where: str) -> InputError:
    nowhere = f"{place((1, 1))} : "  # what is not read in a file has no line
    sentences = [error.removeprefix(nowhere) if where == "scenario" else error for error in errors]
    return InputError(
        " ".join(sentences),
        where=where,
        remedy="Corrigez le scénario, puis relancez (docs/analysts/projection.md).",
    )
