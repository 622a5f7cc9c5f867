"""The files of data/lecons, and those that a trainer writes: checked where they are read."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from iprof_kit.base.errors import InputError
from iprof_kit.base.paths import LESSONS
from iprof_kit.base.words import counted
from iprof_kit.calculate.atelier.files import persona_schema, text_keys, wrong
from iprof_kit.calculate.lessons.checks import head_errors, screen_errors
from iprof_kit.calculate.lessons.markdown import Piece, paragraphs, parted
from iprof_kit.calculate.lessons.model import Lesson
from iprof_kit.calculate.lessons.played import MOST_SCREENS
from iprof_kit.calculate.lessons.playing import Fault, faults
from iprof_kit.law.tables.marks import (
    Marks,
    files_of_the_kit,
    place,
    read_marked,
    read_text,
    refuse_large,
    schema_errors,
)

_WHAT = "le fichier de leçon"
_REMEDY = "Corrigez le fichier, puis relancez."
_MOST_ERRORS = 20


@dataclass(frozen=True)
class _Read:
    """A lesson and the place of everything in its file."""

    lesson: Lesson
    head: Marks
    blocks: tuple[Marks, ...]
    lines: tuple[int, ...]

    def placed(self, fault: Fault) -> str:
        """Return a fault of the engine's with the line that it is about."""
        if fault.screen is None:
            return wrong(self.head, fault.where, fault.what)
        marks = self.blocks[fault.screen]
        if fault.where in marks:
            return wrong(marks, fault.where, fault.what)
        return f"{place((self.lines[fault.screen], 1))} : {fault.what}."


def read_lesson(path: str | Path) -> Lesson:
    """Read a lesson from a Markdown file, without asking the engine: see `check_lesson`.

    Raises
    ------
    InputError
        The file cannot be read, or does not hold a lesson: every error with line and column.

    Examples
    --------
    >>> from iprof_kit.base.paths import LESSONS
    >>> read_lesson(LESSONS / "hors_classe.md").titre
    'La hors classe'
    """
    file = Path(path)
    return _read(read_text(file, _WHAT), file.name).lesson


def check_lesson(path: str | Path) -> Lesson:
    """Read a lesson, calculate each of its values, and check what its sentences claim.

    Raises
    ------
    InputError
        What is wrong, every error with line and column: the writing, what the law refuses, two
        equal choices, an answer outside its slider, a sentence that the engine contradicts.

    Examples
    --------
    >>> from iprof_kit.base.paths import LESSONS
    >>> len(check_lesson(LESSONS / "hors_classe.md").ecrans) > 3
    True
    """
    file = Path(path)
    return check_lesson_text(read_text(file, _WHAT), file.name)


def check_lesson_text(text: str, name: str) -> Lesson:
    """Return the lesson of a text that a trainer brings: `check_lesson` of what is in no file.

    Raises
    ------
    InputError
        What is wrong, every error with line and column.
    """
    read = _read(text, name)
    against = faults(read.lesson)
    _refuse_if([read.placed(fault) for fault in against], name)
    return read.lesson


@cache
def lessons() -> dict[str, Lesson]:
    """Return the lessons of the kit by id, in the order of their ranks.

    Raises
    ------
    BadTable
        A file of the kit is not a lesson.

    Examples
    --------
    >>> "hors_classe" in lessons()
    True
    """
    made = files_of_the_kit(LESSONS, read_lesson, lambda one: one.id, "*.md")
    return {one.id: one for one in sorted(made, key=lambda one: (one.rang, one.id))}


@cache
def lesson_schema() -> dict[str, Any]:
    """Return the schema of a front matter; `$defs` has that of a screen's block."""
    schema: dict[str, Any] = json.loads((LESSONS / "schema.json").read_text(encoding="utf-8"))
    return {**schema, "$defs": {**persona_schema()["$defs"], **schema["$defs"]}}


@cache
def _screen_schema() -> dict[str, Any]:
    defined = lesson_schema()["$defs"]
    return {**defined["ecran"], "$defs": defined}


def _read(text: str, name: str) -> _Read:
    refuse_large(len(text.encode()), _WHAT, name)
    front, pieces, errors = parted(text)
    if len(pieces) > MOST_SCREENS:
        many = place((pieces[MOST_SCREENS].line, 1))
        errors.append(f"{many} : une leçon a {MOST_SCREENS} écrans au plus.")
    _refuse_if(errors, name)
    head, marks, errors = _yaml(front, lesson_schema())
    screens = [
        _yaml(piece.block, _screen_schema()) if piece.block else ({}, {}, []) for piece in pieces
    ]
    errors += [error for _, _, own in screens for error in own]
    _refuse_if(errors, name)
    blocks = [_with_choices(block) for block, _, _ in screens]
    errors += head_errors(head, marks)
    for piece, block, (_, its_marks, _) in zip(pieces, blocks, screens, strict=True):
        errors += screen_errors(piece, block, its_marks, head)
    if not any("forme" in block for block in blocks):
        errors.append(f"{place((1, 1))} : cette leçon n’a pas de question.")
    _refuse_if(errors, name)
    written = [_screen(piece, block) for piece, block in zip(pieces, blocks, strict=True)]
    try:
        lesson = Lesson.model_validate({**_head(head), "ecrans": written})
    except ValidationError as error:
        first = error.errors()[0]
        what = wrong(marks, tuple(first["loc"]), "cette valeur n’est pas possible")
        raise InputError(what, where=name, remedy=_REMEDY) from error
    return _Read(
        lesson,
        marks,
        tuple(its_marks for _, its_marks, _ in screens),
        tuple(piece.line for piece in pieces),
    )


def _yaml(text: str, schema: dict[str, Any]) -> tuple[Any, Marks, list[str]]:
    value, marks, errors = read_marked(text, dates_as_written=True)
    return value, marks, errors or schema_errors(value, schema, marks)


def _refuse_if(errors: list[str], name: str) -> None:
    if not errors:
        return
    more = len(errors) - _MOST_ERRORS
    shown = errors[:_MOST_ERRORS] + ([f"Et {counted(more, 'autre erreur')}."] if more > 0 else [])
    raise InputError(" ".join(shown), where=name, remedy=_REMEDY)


def _head(head: dict[str, Any]) -> dict[str, Any]:
    """Return a front matter as the model takes it: échelons and what a row must be, as texts."""
    made = {key: value for key, value in head.items() if key not in {"demandes", "valeurs"}}
    values = {
        name: {**value, "ou": {key: str(each) for key, each in value.get("ou", {}).items()}}
        for name, value in head.get("valeurs", {}).items()
    }
    return {**text_keys(made), "demandes": head.get("demandes", {}), "valeurs": values}


def _screen(piece: Piece, block: dict[str, Any]) -> dict[str, Any]:
    return {
        **block,
        "titre": piece.title,
        "avant": paragraphs(piece.before),
        "apres": paragraphs(piece.after),
    }


def _with_choices(block: dict[str, Any]) -> dict[str, Any]:
    """Return a block, each choice as a group of keys: a trainer writes its words alone."""
    if "choix" not in block:
        return block
    choices = [one if isinstance(one, dict) else {"texte": str(one)} for one in block["choix"]]
    return {**block, "choix": choices}
