"""The dated steps of a scenario, with index and pay, and what must be verified in them.

Indices and pay are those of today's grid and of today's point (« euros constants ») for every day,
past or to come: an amount of another year would not compare.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from iprof_kit.base.calendar import (
    MONTH,
    YEAR,
    axis_of,
    date_of,
    rentree,
    school_year_text,
)
from iprof_kit.base.errors import LawError
from iprof_kit.base.explanation import unexplained
from iprof_kit.calculate.career.question import Mark, Step
from iprof_kit.calculate.career.runs import Run
from iprof_kit.calculate.career.start import Start
from iprof_kit.calculate.interface.aside import decider
from iprof_kit.calculate.interface.papers import brut_doubt, duration_doubt, index_doubt, rule_doubt
from iprof_kit.careers.events import BONIFICATION, CHEVRON, GRADE, TEXT
from iprof_kit.law.career.bonifications import decided_by, direction_day
from iprof_kit.law.career.meetings import decision_year
from iprof_kit.law.career.reclassement import Reclassified, reclassify
from iprof_kit.law.career.traitement import (
    FULL_TIME,
    gross_monthly,
    indice_brut,
    indice_majore,
    paid_fraction,
    point_value,
)
from iprof_kit.law.tables.cells import CELLS

Nature = Literal["depart", "echelon", "chevron", "bonification", "grade", "limite_age"]

_NATURES: dict[int, Nature] = {BONIFICATION: "bonification", CHEVRON: "chevron", GRADE: "grade"}


@dataclass(frozen=True)
class Placement:
    """A promotion of grade as the law placed it: from where, with what, by which rules."""

    origin: int
    days: int
    rule_id: str
    confidence: str


@dataclass
class Moment:
    """One step being made: axis day, cell, and what was before it."""

    nature: Nature
    day: int
    cell: int
    kept: int
    before_cell: int
    before_entry: int
    before_kept: int
    lost: int = 0
    """Days since `before_entry` that do not count for advancement."""
    early: int = 0
    """Days by which months of school head or of ASA bring the effect forward."""
    by_text: bool = False
    """A new text moved everybody who stood there: no duration was completed."""
    placement: Placement | None = None
    doubts: dict[Mark, str] = field(default_factory=dict)

    @property
    def pronounced(self) -> int:
        """Axis day on which the step is due without the months that bring its effect forward."""
        return self.day + self.early


@dataclass(frozen=True)
class Pay:
    """What a quotité is paid, with the point and the grid of one day."""

    quotite: int
    kind: str
    today: int
    corps: str | None = None

    @property
    def point(self) -> float:
        """Annual value of one point, in euros."""
        return float(point_value(self.today))

    @property
    def fraction(self) -> tuple[int, int]:
        """Fraction of full pay."""
        full = self.quotite == FULL_TIME
        return (1, 1) if full else paid_fraction(self.quotite, self.kind, self.corps)

    def index_day(self, cell: int, day: int) -> int:
        """Return the day on which the grid is read: today, or the step's own where it must be."""
        try:
            with (
                unexplained()
            ):  # which grid is read is told of the step, not that it was looked for
                indice_majore(np.array([cell]), self.today)
        except LawError:
            return day
        return self.today


def moments(lived: Run) -> list[Moment]:
    """Return the steps of a row, in the order in which they happen, with their doubts."""
    start, events = lived.start, lived.events
    lived_moments = [
        Moment("depart", start.entry, start.cell, start.kept, start.cell, start.entry, 0)
    ]
    for index in range(len(events)):
        last, day = lived_moments[-1], int(events.day[index])
        early = int(events.early[index])
        lost = start.positions.lost(last.pronounced, day + early)
        lived_moments.append(
            Moment(
                _NATURES.get(int(events.kind[index]), "echelon"),
                day,
                int(events.cell[index]),
                int(events.kept[index]),
                last.cell,
                last.day,
                last.kept,
                lost,
                early,
                int(events.kind[index]) == TEXT,
            )
        )
    if start.ends_with_age:
        last = lived_moments[-1]
        lived_moments.append(
            Moment("limite_age", start.exit, last.cell, 0, last.cell, last.day, last.kept)
        )
    _mark(lived_moments, start)
    return lived_moments


def _mark(lived_moments: list[Moment], start: Start) -> None:
    """Mark what rests on an uncertain reading; a date inherits the doubts of those before it."""
    inherited = start.positions.assumed or (start.before.doubt if start.before else "")
    for moment in lived_moments:
        if moment.nature == "grade":
            moment.placement = placement_of(moment)
            doubt = rule_doubt(
                moment.placement.rule_id,
                moment.placement.confidence,
                str(CELLS.corps[moment.cell]),
                moment.day,
            )
            if doubt:
                moment.doubts["anciennete"] = doubt
                inherited = inherited or doubt
        elif moment.nature in ("echelon", "chevron", "bonification") and not moment.by_text:
            inherited = inherited or duration_doubt(moment.before_cell, moment.pronounced)
            inherited = inherited or early_doubt(moment, start)
            if inherited:
                moment.doubts["date"] = inherited


def early_doubt(moment: Moment, start: Start) -> str:
    """Return why an effect brought forward must be verified; "" where it need not."""
    if not moment.early:
        return ""
    if moment.day == moment.before_entry:
        return "mois de bonification plus longs que l’échelon : suite non trouvée"
    for year in start.direction:
        if start.today < direction_day(year) <= moment.pronounced:
            years = school_year_text(year)
            return f"année scolaire {years} de direction d’école supposée complète"
    return ""


def placement_of(moment: Moment) -> Placement:
    """Return where the law places a promotion of grade, from where, and by which rules."""
    days = moment.day - moment.before_entry + moment.before_kept - moment.lost
    placed: Reclassified = reclassify(
        np.array([moment.before_cell]), np.array([days]), CELLS.grade[moment.cell], moment.day
    )
    return Placement(moment.before_cell, days, str(placed.rule_id[0]), str(placed.confidence[0]))


def steps(lived_moments: list[Moment], start: Start, pay: Pay) -> tuple[Step, ...]:
    """Give each moment its index, its pay, its doubts in words."""
    cells = np.array([moment.cell for moment in lived_moments])
    days = np.array([pay.index_day(moment.cell, moment.day) for moment in lived_moments])
    indices, bruts = indice_majore(cells, days), indice_brut(cells, days)
    full = gross_monthly(indices, pay.point)
    paid = gross_monthly(indices, pay.point, *pay.fraction)
    return tuple(
        _step(
            moment,
            start,
            int(indices[i]),
            int(bruts[i]),
            float(full[i]),
            float(paid[i]),
            int(days[i]),
        )
        for i, moment in enumerate(lived_moments)
    )


def _step(
    moment: Moment, start: Start, index: int, brut: int, full: float, paid: float, index_day: int
) -> Step:
    doubts = dict(moment.doubts)
    if doubt := index_doubt(moment.cell, index_day):
        doubts["indice"] = doubts["traitement"] = doubt
    if brut > 0 and (doubt := brut_doubt(moment.cell, index_day)):
        doubts["indice_brut"] = doubt
    reasons = list(dict.fromkeys(doubts.values()))
    day = start.civil(moment.day)
    last_day = start.retirement.date_limite_age if start.retirement else day
    return Step(
        date=last_day if moment.nature == "limite_age" else day,
        nature=moment.nature,
        corps=CELLS.corps[moment.cell],
        grade=CELLS.grade[moment.cell],
        echelon=CELLS.echelon[moment.cell],
        chevron=CELLS.chevron[moment.cell] or None,
        anciennete_conservee_jours=moment.kept,
        indice_majore=index,
        indice_brut=brut if brut > 0 else None,
        traitement_temps_plein=full,
        traitement=paid,
        date_normale=date_of(moment.pronounced) if moment.early else None,
        date_decision=_decision(moment),
        contrefactuel=_past_decision(moment, start),
        sous_reserve_de=_decider(moment),
        a_verifier=tuple(doubts),
        motif_a_verifier=" ; ".join(reasons),
    )


def _decider(moment: Moment) -> str | None:
    """Return who decides of this step, None where it is of right."""
    if moment.nature not in ("grade", "bonification"):
        return None
    return decider(str(CELLS.corps[moment.cell]), date_of(moment.day))


def _past_decision(moment: Moment, start: Start) -> bool:
    """Tell whether a decision belongs to a campaign already decided: the scenario supposes it."""
    if moment.nature == "grade":
        return moment.day <= start.today
    return moment.nature == "bonification" and rentree(decided_in(moment)) + YEAR <= start.today


def decided_in(moment: Moment) -> int:
    """Return the school year in which a bonification is decided."""
    reached = np.array([moment.before_entry - moment.before_kept + moment.lost])
    return int(decision_year(np.array([moment.before_cell]), reached)[0])


def _decision(moment: Moment) -> object:
    """Return the day by which a bonification is decided, where it comes after its effect."""
    if moment.nature != "bonification":
        return None
    decided = decided_by(moment.day)
    return date_of(decided) if decided > moment.day else None


def segments(lived: tuple[Step, ...], start: Start) -> Iterator[tuple[int, int, int]]:
    """Cut the time from today to the end where the pay changes: (begin, end, cents a month)."""
    days = [axis_of(step.date) for step in lived]
    for index, step in enumerate(lived):
        begin = max(days[index], start.today)
        end = days[index + 1] if index + 1 < len(lived) else start.exit
        if begin < min(end, start.exit):
            yield begin, min(end, start.exit), round(step.traitement * 100)


def total(lived: tuple[Step, ...], start: Start) -> int:
    """Return what is paid from today to the end, in cents times days of a month."""
    return sum((end - begin) * cents for begin, end, cents in segments(lived, start))


def euros(cents_times_days: int) -> float:
    """Turn cents times days into euros, with one rounding to the cent, half up."""
    sign = -1 if cents_times_days < 0 else 1
    cents = (2 * abs(cents_times_days) + MONTH) // (2 * MONTH)
    return sign * cents / 100
