"""The papers and the doubts of a calculation, read in its explanation."""

from __future__ import annotations

from iprof_kit.base.explanation import Parameter, Trace
from iprof_kit.base.sources import to_verify
from iprof_kit.calculate.interface.explained import Reference
from iprof_kit.calculate.interface.papers import DOUBT, citation

NO_SOURCE = "aucun texte cité"


def references(trace: Trace) -> tuple[Reference, ...]:
    """Return the source of each value read, once."""
    sources = [
        Reference(
            texte=citation(value.source) or NO_SOURCE,
            valide_du=value.since,
            valide_au=value.until,
            confiance=value.confidence,
        )
        for value in _values(trace)
    ]
    return tuple(dict.fromkeys(sources))


def doubts(trace: Trace) -> tuple[str, ...]:
    """Return why a result must be verified: each value that rests on one source, or on none."""
    reasons = [
        citation(f"{value.name} : {DOUBT[value.confidence]}")
        for value in _values(trace)
        if to_verify(value.confidence)
    ]
    return tuple(dict.fromkeys(reasons))


def _values(trace: Trace) -> list[Parameter]:
    """Return every value read by the rules that answered."""
    answered = (step for step in trace.steps if step.kind != "refus")
    return [value for step in answered for value in step.parameters]
