"""What the advice of every use looks at: lines shown, words, the letter, the campaign."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from iprof_kit.cv.model import ITEMS, Cible, Cv, ItemSection, shown_items
from iprof_kit.cv.remarks.remark import Remarque, remark

_LONGEST_LETTER = 6_000
"""Characters of about two pages."""
_ACRONYM = re.compile(r"\b[A-Z]{3,}\+?(?!\w)")
_COMMON = frozenset({"BAC", "BTS", "CAP", "BEP", "CDI", "CDD", "PDF"})


def say(where: str, message: str, remedy: str = "") -> Remarque:
    """Return an advice."""
    return remark(where, "conseil", message, remedy)


def asked(cible: Cible, where: str, today: date) -> Iterator[Remarque]:
    """Yield what a campaign asks for: the discipline and the year."""
    if not cible.discipline.strip():
        yield say(
            f"{where}.discipline",
            "La discipline demandée n'est pas dite.",
            "Choisissez la discipline au titre de laquelle vous candidatez.",
        )
    if not cible.campagne.strip():
        yield say(
            f"{where}.campagne",
            "L'année de la campagne n'est pas dite.",
            f"Écrivez-la : {today.year + 1}.",
        )


def letter(cible: Cible, where: str, message: str) -> Iterator[Remarque]:
    """Yield a message where the letter is missing, or an advice where it is too long."""
    text = cible.lettre.texte.strip()
    if not text:
        yield say(f"{where}.lettre.texte", message, "Écrivez-la dans ce CV : elle part avec lui.")
    elif len(text) > _LONGEST_LETTER:
        yield say(
            f"{where}.lettre.texte", "Cette lettre dépasse environ deux pages.", "Raccourcissez-la."
        )


def shown(cv: Cv, cible: Cible, section: ItemSection) -> tuple[Any, ...]:
    """Return the lines of a section that a target shows."""
    choice = next((one for one in cible.sections if one.section == section), None)
    return shown_items(cv.faits, choice) if choice is not None and choice.visible else ()


def speaks(cv: Cv, cible: Cible, section: ItemSection, words: tuple[str, ...]) -> bool:
    """Tell whether a line shown says one of these words."""
    texts = (
        str(value).casefold()
        for item in shown(cv, cible, section)
        for name, value in item.model_dump().items()
        if name not in ("id", "source")
    )
    return any(word in text for text in texts for word in words)


def acronyms(cv: Cv, cible: Cible) -> set[str]:
    """Return the acronyms that people elsewhere may not know."""
    texts = (
        getattr(item, name, "")
        for section in ITEMS
        for item in shown(cv, cible, section)
        for name in ("intitule", "type", "description")
    )
    return {one for text in texts for one in _ACRONYM.findall(text)} - _COMMON
