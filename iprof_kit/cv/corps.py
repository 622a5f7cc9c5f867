"""The corps of a CV: one datum, what is printed; the code that the law needs is read in it."""

from __future__ import annotations

from functools import cache

from iprof_kit.base.words import corps_label, folded, known_corps
from iprof_kit.cv.model import Situation


def corps_words(situation: Situation) -> str:
    """Return what is printed: what was typed, or the name of the corps that the file knows."""
    if situation.libelle_corps.strip():
        return situation.libelle_corps
    code = situation.corps.strip()
    return corps_label(code) if code in known_corps() else code


def corps_code(situation: Situation) -> str:
    """Return the code of the corps that is printed; "" where the kit does not recognise it.

    Beside a name that the person typed, the code kept counts for nothing: the conditions judge
    what the CV says.
    """
    known = situation.corps if situation.corps in known_corps() else ""
    if known and (situation.source == "dossier" or not situation.libelle_corps.strip()):
        return known
    name = f"{_key(corps_words(situation))} "
    found = (code for label, code in _codes() if name.startswith(f"{label} "))
    return next(found, "")


def agreeing(situation: Situation) -> Situation:
    """Return a situation whose code is that of the corps it prints."""
    if not situation.libelle_corps.strip():
        return situation
    return situation.model_copy(update={"corps": corps_code(situation)})


def corps_names() -> tuple[str, ...]:
    """Return the names of the known corps, for a form to propose."""
    return tuple(corps_label(code) for code in known_corps())


@cache
def _codes() -> tuple[tuple[str, str], ...]:
    """Return each name of a corps and its code, the longest first."""
    names = {
        _key(corps_label(code, plural=plural).partition(" (")[0]): code
        for code in known_corps()
        for plural in (True, False)
    }
    return tuple(sorted(names.items(), key=lambda pair: -len(pair[0])))


def _key(label: str) -> str:
    """Return a name without what its gender and its number change."""
    return " ".join(word.rstrip("s").rstrip("e") for word in folded(label).split())
