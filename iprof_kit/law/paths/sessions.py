"""Sessions: which one a day belongs to, and the day on which its conditions are looked at."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

import numpy as np

from iprof_kit.base.calendar import MONTH, YEAR, Axis, axis_of, date_text, school_year_of
from iprof_kit.base.errors import PeriodNotCovered
from iprof_kit.base.explanation import unexplained
from iprof_kit.law.paths.people import NEVER
from iprof_kit.law.paths.rows import PARAMETERS, Path, paths
from iprof_kit.law.tables.lookups import day_or_none
from iprof_kit.law.tables.rules import rule

_FIXED = re.compile(r"(?P<month>\d\d)-(?P<day>\d\d)_ANNEE(?P<before>_PRECEDENTE)?.*")
ANY_DAY = "01-01_ANNEE"
"""A fixed day that stands for none, where a column needs one."""
_WORDS = {
    "RESULTATS_ADMISSIBILITE": "à la date de publication des résultats d’admissibilité",
    "PREMIERE_EPREUVE": "au jour de la première épreuve d’admissibilité",
}


@rule(
    name="session_of_day",
    sentence="Une session porte le millésime de l’année civile dans laquelle s’achève l’année "
    "scolaire : les inscriptions d’automne valent pour la session de l’année suivante.",
    source="arrêtés d’ouverture des concours (inscriptions d’octobre et novembre pour la session "
    "suivante)",
    since="2024-09-01",
    tables=("parametres_parcours",),
)
def session_of(day: int) -> int:
    """Return the session to which a day belongs.

    Raises
    ------
    PeriodNotCovered
        Before the first session that the tables know.
    """
    session = int(school_year_of(day)) + 1
    with unexplained():  # where the tables begin is no reason of an answer
        first = PARAMETERS.read(None, "premiere_session_couverte").whole("valeur")
    if session < first:
        raise PeriodNotCovered(
            f"période non couverte : la première session connue (parametres_parcours) est "
            f"{first}, la date demandée est de la session {session}.",
            where="jour",
        )
    return session


@cache
def is_fixed(reference: str) -> bool:
    """Tell whether a reference, a code of the tables, is the same civil day each year."""
    return _FIXED.fullmatch(reference) is not None


@rule(
    name="session_reference_day",
    sentence="Les conditions d’une session s’apprécient au jour que fixe son texte, dans l’année "
    "de la session ou dans la précédente.",
    source="statuts particuliers et arrêtés d’ouverture (table concours, date de référence)",
    since="2024-09-01",
    tables=("concours",),
)
def reference_day(reference: str, session: int) -> date:
    """Return the day on which the conditions of a session are looked at (fixed references only)."""
    month, day, before = _parts(reference)
    return date(session - before, month, day)


def first_session(reference: str, met: Axis) -> Axis:
    """Return the first session whose fixed day is on or after the day a condition is met."""
    sessions: Axis = first_sessions((reference,), np.reshape(met, (1, -1))).reshape(np.shape(met))
    return sessions


def first_sessions(references: Sequence[str], met: Axis) -> Axis:
    """Return what `first_session` does, of a row a reference."""
    days = [_parts(one) for one in references]
    offset = np.array([[(month - 1) * MONTH + min(day, MONTH) - 1] for month, day, _ in days])
    before = np.array([[before] for _, _, before in days])
    years = np.where(met == NEVER, 0, met) - offset
    sessions: Axis = np.where(met == NEVER, NEVER, -(-years // YEAR) + before)
    return sessions


@cache
def _parts(reference: str) -> tuple[int, int, int]:
    match = _FIXED.fullmatch(reference)
    if match is None:
        raise ValueError(reference)
    return int(match["month"]), int(match["day"]), int(bool(match["before"]))


def reference_text(reference: str, session: int | None) -> str:
    """Write on which day a condition is looked at: « au 1er octobre 2027 »; "" for the day."""
    if is_fixed(reference) and session is not None:
        return f"au {date_text(reference_day(reference, session))}"
    return _WORDS.get(reference, "")


def limits(text: str) -> tuple[int, int]:
    """Return the first and last session of « 2026;2027 » or « 2026 et suivantes »."""
    years = [int(year) for year in re.findall(r"\d{4}", text)]
    return years[0], NEVER if "suivantes" in text else years[-1]


@dataclass(frozen=True)
class Registration:
    """The registration dates that the tables know for a path."""

    session: int | None
    opens: str
    closes: date | None
    exams: date | None
    known: str
    """The session as the table writes it: « 2025 (Mayotte) »."""


def registration(path: Path) -> Registration:
    """Return the last session whose registration the tables know, or an empty one."""
    return _registration(path.code)


@cache
def _registration(code: str) -> Registration:
    path = paths()[code]
    text = path.text("session")
    years = re.findall(r"\d{4}", text)
    closes = day_or_none(path.row["inscription_fin"]) if path.table == "concours" else None
    exams = day_or_none(path.row["epreuves_debut"]) if path.table == "concours" else None
    dated = bool(path.text("inscription_debut") or closes or exams)
    return Registration(
        int(years[-1]) if years and dated else None,
        path.text("inscription_debut"),
        closes,
        exams,
        text,
    )


def closed_for(path: Path, session: int, day: int) -> bool:
    """Tell whether the registration of a session is known to be over on a day."""
    known = registration(path)
    nation_wide = "(" not in known.known
    return (
        known.session == session
        and nation_wide
        and known.closes is not None
        and axis_of(known.closes) < day
    )
