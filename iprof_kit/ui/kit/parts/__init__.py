"""The parts of every screen, each in one place: its record here, its macro in the page beside.

A page writes them with `parts`, the macros of all the pages of this folder (`parts.results(…)`).
"""

from iprof_kit.ui.kit.parts.dates import Day, day_of, since
from iprof_kit.ui.kit.parts.facts import MISSING, Action, Fact, Link, Section, Signal, Step
from iprof_kit.ui.kit.parts.fields import Field, Group, Option, options_of
from iprof_kit.ui.kit.parts.lanes import (
    Axis,
    Lane,
    Lanes,
    Look,
    Shade,
    Stretch,
    counted_lanes,
)
from iprof_kit.ui.kit.parts.pages import (
    KEYS,
    Acted,
    Block,
    Notice,
    Page,
    TextView,
    blocks_of,
    failed,
)
from iprof_kit.ui.kit.parts.reasons import Pair, Reason, Why, discreet, reference_text, why_of
from iprof_kit.ui.kit.parts.results import Reading, Result

__all__ = [
    "KEYS",
    "MISSING",
    "Acted",
    "Action",
    "Axis",
    "Block",
    "Day",
    "Fact",
    "Field",
    "Group",
    "Lane",
    "Lanes",
    "Link",
    "Look",
    "Notice",
    "Option",
    "Page",
    "Pair",
    "Reading",
    "Reason",
    "Result",
    "Section",
    "Shade",
    "Signal",
    "Step",
    "Stretch",
    "TextView",
    "Why",
    "blocks_of",
    "counted_lanes",
    "day_of",
    "discreet",
    "failed",
    "options_of",
    "reference_text",
    "since",
    "why_of",
]
