"""The frise of the échelons: segments as long as the time spent, the next one to come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from iprof_kit.calculate.career.by_right import pronounced_on
from iprof_kit.calculate.career.question import Step
from iprof_kit.services.contract.dossier import EchelonTenu
from iprof_kit.ui.shared import text


@dataclass(frozen=True)
class Segment:
    """One échelon on the frise, as long as the time spent in it."""

    name: str
    month: str
    year: str
    months: int
    state: str = ""
    """``now``, ``next`` or nothing."""
    words: str = ""
    """What is said of the state."""


def segments_of(
    echelons: tuple[EchelonTenu, ...], today: date, coming: Step | None
) -> tuple[Segment, ...]:
    """Return the échelons held since the reclassement of 2017, then the one that comes."""
    first = next((i for i, e in enumerate(echelons) if e.mode == "reclassement_ppcr"), 0)
    shown = echelons[first:]
    segments = []
    for i, line in enumerate(shown):
        last = i == len(shown) - 1
        end = (pronounced_on(coming) if coming else today) if last else shown[i + 1].date_effet
        segments.append(
            _segment(
                line.grade,
                line.echelon,
                line.chevron,
                line.date_effet,
                text.seniority(line.date_effet, end),
                "now" if last else "",
                "en cours" if last else "",
            )
        )
    if coming and shown:
        due = pronounced_on(coming)
        words = "dû, pas encore enregistré" if due <= today else "à venir"
        place = (coming.grade, coming.echelon, coming.chevron, due)
        segments.append(_segment(*place, 20 * 30, "next", words))
    return tuple(segments)


def _segment(
    grade: str,
    echelon: str,
    chevron: str | None,
    start: date,
    days: int,
    state: str,
    words: str,
) -> Segment:
    prefix = {"hors_classe": "HC ", "classe_exceptionnelle": "CE "}.get(grade, "")
    month = text.short_day(start)[0].split(text.NBSP)[1]
    name = f"{prefix}{chevron or text.nth(echelon)}"
    return Segment(name, month, str(start.year), max(days // 30, 1), state, words)


def frise_label(segments: tuple[Segment, ...]) -> str:
    """Return what the frise shows: « Échelons de 2017 à 2027 »."""
    return f"Échelons de {segments[0].year} à {segments[-1].year}" if segments else ""
