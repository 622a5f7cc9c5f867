"""The dates of a campaign, and those of the one before where none is published yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from iprof_kit.base.words import counted
from iprof_kit.calculate.interface.local_time import LocalClock, hour_text
from iprof_kit.calculate.mobility.answer import Etape, calendar
from iprof_kit.ui.screens.autres_affectations.start import Degree
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.worded import figure, joined, worded


@dataclass(frozen=True)
class DateRow:
    """One step of the calendar."""

    step: str
    phase: str
    when: str
    note: str
    verify: bool


@dataclass(frozen=True)
class DatesView:
    """The dates known, a sentence for what is not, and those of the campaign before."""

    rows: tuple[DateRow, ...]
    missing: str = ""
    before: tuple[DateRow, ...] = ()
    before_title: str = ""
    answer: str = ""
    """What the line of the fold says."""

    @property
    def doubtful(self) -> bool:
        """Tell whether one date at least must be verified."""
        return any(row.verify for row in (*self.rows, *self.before))


@lru_cache(maxsize=8)
def dates_view(
    degre: Degree,
    campagne: int,
    scopes: tuple[str, ...],
    today: date | None = None,
    here: LocalClock | None = None,
) -> DatesView:
    """Return the dates of a campaign for some territories, and what no source says.

    `today` says which usual months are past, `here` where the person reads another hour than that
    of Paris.
    """
    steps, missing = calendar(degre, campagne, scopes, today)
    dated = tuple(step for step in steps if step.debut or step.fin)
    unknown = [step for step in steps if not (step.debut or step.fin)]
    notes = " ".join(text.sentence(step.note) for step in unknown if step.note)
    if dated:
        rows = tuple(_row(step, here) for step in dated)
        return DatesView(rows, notes, answer=counted(len(rows), "date publiée"))
    last = campagne - 1
    earlier = [s for s in calendar(degre, last, scopes)[0] if s.debut or s.fin]
    return DatesView(
        (),
        text.sentence(missing) or f"Campagne {campagne} : {notes or 'aucune date trouvée.'}",
        tuple(_row(step, here) for step in earlier),
        f"Pour repère, les dates de la campagne {last}" if earlier else "",
        f"aucune date publiée pour {campagne}",
    )


def _row(step: Etape, here: LocalClock | None) -> DateRow:
    parts: list[str] = []
    days = [
        figure(text.day(day), f"movement.{end}", day, f"{step.portee}, {step.phase}, {step.etape}")
        for end, day in (("opens", step.debut), ("closes", step.fin))
        if day
    ]
    if days:
        pattern = "le {}" if step.debut else "au plus tard le {}"
        parts.append(worded("du {} au {}" if len(days) > 1 else pattern, *days))
    if step.heure_fin and (last := step.fin or step.debut):
        parts.append(hour_text(last, step.heure_fin, here))
    scope = "" if step.portee == "national" else f"{step.portee}. "
    return DateRow(
        step.etape,
        step.phase,
        joined(", ", parts),
        f"{scope}{text.sentence(step.note)}",
        step.a_verifier,
    )
