"""Sessions measured: one person, and everything beside peers that show the same screen.

`python benchmarks/serving.py [person] [idle] [goals] [peers] [slow] [--from-nothing] [--quick]`

`idle` measures the server that nobody uses, then one session.
`goals` measures what sessions must reach and nothing else (some eight minutes on free cores).
`peers` measures, in one run, stock Voilà cold and preheated, Panel, Solara, Shiny, marimo and this
portal: one browser, many at once, 1 to 200 sessions, each step, where the rest goes, the goals.
`slow` puts a slow network and a slow processor in front of each. People are drawn at random
(`crowd.py`; IPROF_SEED draws the same ones again), no control takes a value twice.
Prints Markdown tables. Needs Chromium; each peer has an environment of its own, made from locked
requirements, in `.venv/peers` or the folder named by IPROF_PEERS. `person --from-nothing` also
clones the project and times `bootstrap.py serve`; `--quick` only shows that everything runs.
"""

from __future__ import annotations

import argparse
import signal
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import breakdown
import browse
import goals
import growth
import idle
import person
import rush
import slow
import steps
from contenders import OWN, PANEL
from protocol import many_connections
from servers import ROOT
from tables import machine, said, say

T = TypeVar("T")
PARTS = ("person", "idle", "goals", "peers", "slow")
PLOT = ROOT / "docs" / "images" / "serving-growth.svg"


def main() -> None:
    """Measure what is asked for, everything by default."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("parts", nargs="*", help="person, idle, goals, peers, slow; all by default")
    parser.add_argument("--from-nothing", action="store_true")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--out", type=Path, help="also write the tables there")
    parser.add_argument("--plot", type=Path, default=PLOT)
    options = parser.parse_args()
    if unknown := set(options.parts) - set(PARTS):
        parser.error(f"{', '.join(unknown)}?")
    parts = options.parts or PARTS
    many_connections()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # servers end with the run
    try:
        if "person" in parts:
            person.measure(clone=options.from_nothing)
        if "idle" in parts:
            idle.measure(quick=options.quick)
        if "goals" in parts:
            goals.measure(quick=options.quick)
        if "peers" in parts:
            peers(quick=options.quick, plot=None if options.quick else options.plot)
        if "slow" in parts:
            slow.measure(quick=options.quick)
    finally:
        if options.out:
            options.out.write_text(said(), encoding="utf-8")


def peers(*, quick: bool, plot: Path | None) -> None:
    """Measure everything beside the peers, in one run."""
    say("# Serving\n\n" + machine())
    met = _stage(lambda: browse.measure(quick=quick))
    rushes = _stage(lambda: rush.measure(quick=quick))
    grown = _stage(lambda: growth.measure(quick=quick, plot=plot))
    _stage(lambda: steps.measure(quick=quick))
    _stage(lambda: breakdown.measure(quick=quick))
    rows = []
    if met:
        rows += goals.opened(met[OWN.name], met[PANEL.name])
    if rushes:
        rows += goals.rushes(
            max(
                (one for (name, _), one in rushes.items() if name == OWN.name),
                key=lambda one: len(one.seconds),
            )
        )
    if grown:
        rows += goals.sessions(grown[-1])
    goals.show(rows)


def _stage(measure: Callable[[], T]) -> T | None:
    """Return what a stage gives; one that fails does not lose what the others gave."""
    try:
        return measure()
    except Exception as error:
        traceback.print_exc()
        say(f"**Not measured: {error!r}**\n")
        return None


if __name__ == "__main__":
    main()
