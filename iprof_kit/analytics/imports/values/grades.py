"""Corps, grade and échelon as extracts write them: four digits, a label, an abbreviation."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from iprof_kit.analytics.imports.words import corps_words, grade_words, key
from iprof_kit.law.tables.cells import grades_of
from iprof_kit.law.tables.loading import table

_CHEVRON = re.compile(r"(?:(\d{1,2})\D*)?(HE[ABC])\s*-?\s*([123])", re.IGNORECASE)
_NUMBER = re.compile(
    r"(?:E|[EÉ]CH\w*)?\s*0*(\d{1,2})(?:[.,]0+)?\s*(?:E|ER|[EÈ]ME|È)?(?:\s*[EÉ]CH\w*)?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Grade:
    """What a text says of a corps and a grade; "" where it says nothing."""

    corps: str = ""
    grade: str = ""
    secteur: str = ""
    label: str = ""


@cache
def read_grade(text: str) -> Grade:
    """Read a code of four digits, a label or an abbreviation of a corps, a grade or both."""
    digits = re.match(r"\s*(\d{3,4})\b", text)
    if digits and digits[1] in _codes():
        return _codes()[digits[1]]
    words = key(text)
    if not words:
        return Grade()
    corps, rest = _longest(words, corps_words())
    if words in grade_words():
        return Grade("", grade_words()[words])
    grade = grade_words().get(rest.removeprefix("de"), "") if corps else ""
    if corps and not rest:
        return Grade(corps, _only_grade(corps))
    return Grade(corps, grade) if grade else Grade()


def _longest(words: str, known: dict[str, str]) -> tuple[str, str]:
    """Return the code of the longest known word that begins a text, and the rest."""
    for word in sorted(known, key=len, reverse=True):
        if word and words.startswith(word):
            return known[word], words[len(word) :]
    return "", words


def _only_grade(corps: str) -> str:
    grades = grades_of(corps)
    return grades[0] if len(grades) == 1 else ""


@cache
def _codes() -> dict[str, Grade]:
    """Return what each code of a grade (four digits) or of a corps (three) means for the grids."""
    rows = table("nomenclatures")
    grades = {}
    for name, secteur in (("grade_public", "public"), ("grade_prive", "prive")):
        part = rows[rows["liste"] == name]
        for code, label in zip(part["code"], part["libelle"], strict=True):
            bare = re.sub(r"\(.*?\)", "", label)
            bare = bare.replace("Psychologue EN", "Psychologue de l’éducation nationale")
            read = _of_label(bare)
            grades[code] = Grade(read.corps, read.grade, secteur, label)
    part = rows[rows["liste"] == "corps"]
    for code, label in zip(part["code"], part["libelle"], strict=True):
        corps, rest = _longest(key(label), corps_words())
        known = corps if not rest else ""
        grades[code] = Grade(known, _only_grade(known) if known else "", "", label)
    return grades


def _of_label(label: str) -> Grade:
    words = key(label)
    corps, rest = _longest(words, corps_words())
    if not corps:
        return Grade()
    grade = grade_words().get(rest, "") or ("" if rest else _only_grade(corps))
    return Grade(corps, grade) if grade else Grade()


@cache
def read_echelon(text: str) -> tuple[str, str, bool]:
    """Read an échelon: number or « special », chevron, and whether something had to be mended.

    « 07 », « 7e », « E07 » are 7; « HEA2 » is a chevron without its échelon; ("", "", True) where
    nothing can be read.
    """
    bare = text.strip()
    if chevron := _CHEVRON.fullmatch(bare):
        step = f"{chevron[2].upper()}{chevron[3]}"
        return chevron[1] or "", step, bare != step
    if key(bare) in ("special", "spe", "es", "echelonspecial", "sp"):
        return "special", "", bare != "special"
    if number := _NUMBER.fullmatch(bare):
        return str(int(number[1])), "", not re.fullmatch(r"0?\d{1,2}", bare)
    return "", "", True
