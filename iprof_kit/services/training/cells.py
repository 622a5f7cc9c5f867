"""The cells of a plan: days and hours as spreadsheets and applications write them."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from iprof_kit.base.characters import unfit
from iprof_kit.base.errors import InputError
from iprof_kit.base.spreadsheets import inert
from iprof_kit.base.words import folded

_FRENCH = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?:[ T]+(\d{1,2})[:hH](\d{2}))?(?::\d{2})?")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[ T]+(\d{1,2})[:hH](\d{2}))?(?::\d{2})?")
_SERIAL = re.compile(r"\d{5}(?:[.,]\d{1,12})?")
_EPOCH = datetime(1899, 12, 30)  # the first day of a spreadsheet, without a zone
_HOUR = re.compile(r"(\d{1,2})\s*[:hH]\s*(\d{2})?")
_LENGTH = re.compile(r"(\d{1,4})(?:[.,](\d{1,2}))?\s*(?:h|heures?)?|(\d{1,4})\s*h\s*(\d{2})")
_REMOTE = (("hybride", "hybride"), ("distanc", "distance"), ("presen", "presentiel"))
_CALLED = {
    "designe": "designe",
    "public designe": "designe",
    "individuelle": "individuelle",
    "candidature individuelle": "individuelle",
}
_LONGEST = 1000
"""Hours of a training that nobody believes: a limit of this kit."""
_DAY_REMEDY = "Écrivez-la 2027-01-12 ou 12/01/2027, suivie au besoin de l’heure."


def text_cell(written: str, most: int) -> str:
    """Return a text; refuse one too long, of hidden characters, or that a spreadsheet would run.

    Raises
    ------
    InputError
    """
    if len(written) > most:
        raise InputError(f"le texte dépasse {most} caractères", remedy="Raccourcissez-le.")
    if unfit(written):
        raise InputError(
            "le texte contient un caractère de commande", remedy="Tapez-le au clavier."
        )
    if inert(written) != written:
        raise InputError(
            "le texte commence comme une formule de tableur",
            remedy="Retirez le premier signe (=, +, -, @).",
        )
    return written


def moment_cell(written: str) -> tuple[date | None, str]:
    """Return the day of a cell and its hour, « » where it gives none.

    Raises
    ------
    InputError
        No day of the calendar.

    Examples
    --------
    >>> moment_cell("12/01/2027 9:00")
    (datetime.date(2027, 1, 12), '09:00')
    >>> moment_cell("46260.375")
    (datetime.date(2026, 8, 26), '09:00')
    """
    if not written:
        return None, ""
    try:
        if _SERIAL.fullmatch(written):
            at = _EPOCH + timedelta(minutes=round(float(written.replace(",", ".")) * 1440))
            return at.date(), f"{at:%H:%M}" if at.time() != _EPOCH.time() else ""
        if read := _ISO.fullmatch(written):
            year, month, day = (int(part) for part in read.groups()[:3])
        elif read := _FRENCH.fullmatch(written):
            day, month, year = (int(part) for part in read.groups()[:3])
        else:
            raise ValueError(written)
        hour = hour_cell(f"{read[4]}:{read[5]}") if read[4] else ""
        return date(year, month, day), hour
    except (ValueError, OverflowError):
        raise InputError("ce n’est pas une date du calendrier", remedy=_DAY_REMEDY) from None


def hour_cell(written: str) -> str:
    """Return « 09:00 » for « 9h », « 9:00 » or « 09 h 00 ».

    Raises
    ------
    InputError
        No hour of a day.
    """
    if not written:
        return ""
    read = _HOUR.fullmatch(written)
    hour, minute = (int(read[1]), int(read[2] or 0)) if read else (24, 0)
    if hour > 23 or minute > 59:
        raise InputError("ce n’est pas une heure", remedy="Écrivez-la 09:00 ou 9h.")
    return f"{hour:02d}:{minute:02d}"


def length_cell(written: str) -> float | None:
    """Return how many hours « 6 », « 6,5 », « 3h » or « 3h30 » are.

    Raises
    ------
    InputError
        No length, or more than a plan holds.
    """
    if not written:
        return None
    read = _LENGTH.fullmatch(written.strip().lower())
    if read is None:
        raise InputError("ce n’est pas une durée en heures", remedy="Écrivez 6, 6,5 ou 3h30.")
    whole, part, hours, minutes = read.groups()
    length = int(hours) + int(minutes) / 60 if hours else float(f"{whole}.{part or 0}")
    if not 0 < length <= _LONGEST:
        raise InputError(f"la durée n’est pas entre 0 et {_LONGEST} heures", remedy="Corrigez-la.")
    return round(length, 2)


def modality_cell(written: str) -> str:
    """Return how a session is given, « » where its word is not known: nothing is guessed."""
    word = folded(written)
    return next((known for start, known in _REMOTE if start in word), "")


def one_of(written: str, known: dict[str, str]) -> str:
    """Return the code of a word, « » for an empty cell.

    Raises
    ------
    InputError
        A word that is not among those known.
    """
    word = folded(written)
    if word and word not in known:
        names = ", ".join(known)
        raise InputError(
            f"« {written[:40]} » n’est pas connu",
            remedy=f"Valeurs possibles : {names}.",
        )
    return known.get(word, "")


def public_cell(written: str) -> str:
    """Return whether one applies oneself or is called, « » where the plan does not say it."""
    return one_of(written, _CALLED)


def degree_cell(written: str) -> str:
    """Return « 1d », « 2d », or « » for everybody."""
    return one_of(written, {"1d": "1d", "2d": "2d", "1er degre": "1d", "2nd degre": "2d"})


def nature_cell(written: str) -> str:
    """Return « animation » for an animation pédagogique, else « formation »."""
    known = {
        "formation": "formation",
        "animation": "animation",
        "animation pedagogique": "animation",
    }
    return one_of(written, known) or "formation"
