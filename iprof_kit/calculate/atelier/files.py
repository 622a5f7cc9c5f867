"""The files of data/personas, and those that a trainer writes: checked where they are read."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from iprof_kit.base.errors import KitError
from iprof_kit.base.paths import PERSONAS
from iprof_kit.calculate.atelier.model import LETTERS, Persona, Scene
from iprof_kit.calculate.atelier.sentences import (
    FACTS,
    Lived,
    Statement,
    typed_numbers,
    unknown_names,
)
from iprof_kit.calculate.et_si.question import Evenement
from iprof_kit.law.tables.marks import (
    Marks,
    checked_text,
    files_of_the_kit,
    mark_of,
    place,
    read_text,
    refuse_large,
)
from iprof_kit.law.tables.rules import rule_names

Where = tuple[str | int, ...]
_DAYS = frozenset(
    {
        "jour",
        "date_effet",
        "date_naissance",
        "debut",
        "fin",
        "depuis",
        "le",
        "quinze_ans_le",
        "integration_pe_le",
    }
)
"""The keys that hold a day, wherever they are."""
_WHAT = "le fichier de persona"


def read_persona(path: str | Path) -> Persona:
    """Read a persona from a YAML file, without asking the law about her: see `check`.

    Parameters
    ----------
    path : str or Path
        See docs/atelier.md for what a file holds.

    Raises
    ------
    InputError
        The file cannot be read, or does not hold a persona: every error with line and column.

    Examples
    --------
    >>> from iprof_kit.base.paths import PERSONAS
    >>> read_persona(PERSONAS / "claire_vasseur.yml").prenom
    'Claire'
    """
    file = Path(path)
    return _persona(
        checked_text(
            read_text(file, _WHAT),
            file.name,
            persona_schema(),
            _other_errors,
            dates_as_written=True,
        )
    )


def check(path: str | Path) -> Persona:
    """Read a persona or a file of scenarios, ask the law, and check each sentence.

    Raises
    ------
    InputError
        What is wrong, every error with line and column: the writing, what the law refuses, what a
        sentence says that the engine does not.

    Examples
    --------
    >>> from iprof_kit.base.paths import PERSONAS
    >>> check(PERSONAS / "claire_vasseur.yml").nom
    'Vasseur'
    """
    file = Path(path)
    return check_text(read_text(file, _WHAT), file.name)


def check_text(text: str, name: str) -> Persona:
    """Return the persona of a text that a trainer brings: `check` of what is in no file here.

    Raises
    ------
    InputError
        What is wrong, every error with line and column.
    """
    refuse_large(len(text.encode()), _WHAT, name)
    schema, made = (_scene_schema(), _scene) if _is_scene(text) else (persona_schema(), _persona)

    def errors(value: Any, marks: Marks) -> list[str]:
        return _other_errors(value, marks) or _law_errors(made(value), marks)

    return made(checked_text(text, name, schema, errors, dates_as_written=True))


@cache
def personas() -> dict[str, Persona]:
    """Return the personas of the kit by id, in the order of their ranks.

    Raises
    ------
    BadTable
        A file of the kit is not a persona.

    Examples
    --------
    >>> "claire_vasseur" in personas()
    True
    """
    made = files_of_the_kit(PERSONAS, read_persona, lambda one: one.id)
    return {one.id: one for one in sorted(made, key=lambda one: (one.rang, one.id))}


@cache
def persona_schema() -> dict[str, Any]:
    """Return the schema of a persona's file; its `$defs` serve the lessons too."""
    schema: dict[str, Any] = json.loads((PERSONAS / "schema.json").read_text(encoding="utf-8"))
    return schema


@cache
def _scene_schema() -> dict[str, Any]:
    defined = persona_schema()["$defs"]
    return {**defined["fichier_de_scenario"], "$defs": defined}


def _is_scene(text: str) -> bool:
    """Tell whether a text says for whom its scenarios are: a persona never does."""
    return any(line.startswith("pour:") for line in text.splitlines())


def _other_errors(value: dict[str, Any], marks: Marks) -> list[str]:
    """Return what a schema cannot say: an impossible day, an unknown name, a number typed."""
    errors = [*day_errors(value, (), marks), *event_errors(value["scenarios"], marks)]
    if "pour" in value and value["pour"] not in personas():
        errors.append(wrong(marks, ("pour",), unknown("persona", value["pour"], personas())))
    elif "pour" not in value:
        errors += _persona_errors(value, marks)
    letters = LETTERS[: len(value["scenarios"])]
    for number, phrase in enumerate(value["phrases"]):
        errors += _phrase_errors(phrase, letters, ("phrases", number), marks)
    if errors:
        return errors
    try:
        _model(value)
    except ValidationError as error:
        return [
            wrong(marks, tuple(one["loc"]), _pydantic(str(one["msg"]))) for one in error.errors()
        ]
    return []


def _persona_errors(value: dict[str, Any], marks: Marks) -> Iterator[str]:
    for number, name in enumerate(value["regles"]):
        if name not in rule_names():
            yield wrong(marks, ("regles", number), unknown("règle", name, rule_names()))
    if ("situation" in value) == ("entree" in value):
        yield wrong(marks, ("id",), "« situation » ou « entree » : l’un des deux est attendu")


def day_errors(value: Any, where: Where, marks: Marks) -> Iterator[str]:
    """Yield each day that no calendar has, wherever it is."""
    if isinstance(value, list):
        for number, each in enumerate(value):
            yield from day_errors(each, (*where, number), marks)
    if isinstance(value, dict):
        for key, each in value.items():
            if key in _DAYS and isinstance(each, str):
                try:
                    date.fromisoformat(each)
                except ValueError:
                    yield wrong(marks, (*where, key), f"« {each} » n’existe pas")
            yield from day_errors(each, (*where, key), marks)


def event_errors(scenarios: list[dict[str, Any]], marks: Marks) -> Iterator[str]:
    """Yield what each event lacks, or has that its nature does not take."""
    for rank, scenario in enumerate(scenarios):
        for number, event in enumerate(scenario.get("evenements", ())):
            where: Where = ("scenarios", rank, "evenements", number)
            try:
                Evenement.model_validate(text_keys(event))
            except ValidationError as error:
                for one in error.errors():
                    if not str(one["type"]).startswith("date"):  # said with the days
                        yield wrong(marks, (*where, *one["loc"]), _pydantic(str(one["msg"])))


def _phrase_errors(
    phrase: dict[str, Any], letters: tuple[str, ...], where: Where, marks: Marks
) -> Iterator[str]:
    words = phrase["texte"]
    for name, near in unknown_names(words):
        advice = f"Vouliez-vous « {near} » ?" if near else f"Noms possibles : {', '.join(FACTS)}."
        fault = wrong(marks, (*where, "texte"), f"rien ne s’appelle « {name} »")
        yield f"{fault} {advice}"
    for number in typed_numbers(words):
        yield wrong(
            marks,
            (*where, "texte"),
            f"« {number} » est écrit à la main : nommez ce "
            "nombre entre accolades, le calcul l’écrira",
        )
    if "attendu" not in phrase and "{" not in words:
        yield wrong(
            marks,
            (*where, "texte"),
            "rien ne vérifie cette phrase : ajoutez « attendu », ou un nombre entre accolades",
        )
    for key in ("scenario", "contre"):
        if phrase.get(key, letters[0]) not in letters:
            yield wrong(marks, (*where, key), f"il n’y a pas de scénario {phrase[key]}")


def _law_errors(persona: Persona, marks: Marks) -> list[str]:
    """Return what the law refuses of a persona, and what her sentences say that it does not."""
    try:
        lived = Lived.of(persona)
    except KitError as error:
        reason = f"le droit refuse cette persona : {error.message} {error.remedy}".strip(" .")
        key = "entree" if persona.entree else "situation"
        return [wrong(marks, (key, error.where) if error.where else (key,), reason)]
    errors = [
        wrong(
            marks,
            ("scenarios", rank, "evenements", refusal.rang),
            f"le droit refuse cet événement : {refusal.motif}".strip(" ."),
        )
        for rank, one in enumerate(lived.answer.scenarios)
        for refusal in one.refus
    ]
    for number, phrase in enumerate(persona.phrases):
        for fault in Statement(lived, phrase).faults():
            errors.append(wrong(marks, ("phrases", number, "texte"), fault))
    return errors


def _persona(value: dict[str, Any]) -> Persona:
    return Persona.model_validate(text_keys(value))


def _scene(value: dict[str, Any]) -> Persona:
    scene = Scene.model_validate(text_keys(value))
    return scene.of(personas()[scene.pour])


def _model(value: dict[str, Any]) -> Persona | Scene:
    made = text_keys(value)
    return Scene.model_validate(made) if "pour" in value else Persona.model_validate(made)


def text_keys(value: Any) -> Any:
    """Return the same, each échelon as text: a person writes 10, the law « 10 »."""
    if isinstance(value, list):
        return [text_keys(each) for each in value]
    if isinstance(value, dict):
        return {
            key: str(each) if key == "echelon" else text_keys(each) for key, each in value.items()
        }
    return value


def unknown(kind: str, name: str, known: Any) -> str:
    """Return that nothing bears a name, and the nearest name that something bears."""
    near = difflib.get_close_matches(name, known, 1)
    advice = f" ; vouliez-vous « {near[0]} »" if near else ""
    return f"{kind} inconnue « {name} »{advice}"


def _pydantic(message: str) -> str:
    """Return a message of ours, without what the library writes before it."""
    return message.removeprefix("Value error, ").rstrip(".")


def wrong(marks: Marks, where: Where, what: str) -> str:
    """Return an error with the line and the column of what is wrong."""
    return f"{place(mark_of(marks, where))} : {what}."
