"""The texts on which a step of a career rests: those that a screen names before any reason."""

from __future__ import annotations

import numpy as np

from iprof_kit.base.calendar import date_of
from iprof_kit.base.explanation import explain
from iprof_kit.calculate.career.campaign_condition import campaign_sources
from iprof_kit.calculate.career.start import Start
from iprof_kit.calculate.career.steps import Moment, Pay, placement_of
from iprof_kit.calculate.interface.explained import Reference
from iprof_kit.calculate.interface.papers import (
    duration_reference,
    index_reference,
    of_sources,
    part_time_reference,
    point_reference,
)
from iprof_kit.calculate.interface.why import texts_of
from iprof_kit.law.career.bonifications import asa_source, direction_source
from iprof_kit.law.career.traitement import FULL_TIME
from iprof_kit.law.career.transitions import linearise_2023
from iprof_kit.law.tables.cells import CELLS


def texts_of_step(moment: Moment, start: Start, pay: Pay) -> tuple[Reference, ...]:
    """Return the texts of a step, the one that makes its day first, those of its pay last."""
    texts = [*_of_its_day(moment, start)]
    if moment.lost:
        texts += of_sources(start.positions.sources(moment.before_entry, moment.pronounced))
    if moment.early:
        facts = [asa_source()] * bool(start.asa) + [direction_source()] * bool(start.direction)
        texts += of_sources(tuple(fact.papers for fact in facts))
    index_day = pay.index_day(moment.cell, moment.day)
    texts += [index_reference(moment.cell, index_day), point_reference(pay.today)]
    if pay.quotite != FULL_TIME:
        texts.append(part_time_reference(pay.quotite, pay.kind, pay.corps))
    return tuple(dict.fromkeys(texts))


def _of_its_day(moment: Moment, start: Start) -> tuple[Reference, ...]:
    if moment.nature == "depart":
        return start.before.sources if start.before else ()
    if moment.by_text:
        days = moment.day - moment.before_entry + moment.before_kept - moment.lost
        with explain() as moved:
            linearise_2023(np.array([moment.before_cell]), np.array([days]))
        return texts_of(moved)
    if moment.nature == "limite_age":
        return start.retirement.sources if start.retirement else ()
    if moment.placement is None:
        return (duration_reference(moment.before_cell, moment.day),)
    year = date_of(moment.day).year
    condition = campaign_sources(start.corps, str(CELLS.grade[moment.cell]), year)
    with explain() as placed:
        placement_of(moment)
    return (*texts_of(placed), *of_sources(condition))
