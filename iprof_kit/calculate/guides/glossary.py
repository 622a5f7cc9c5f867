"""The glossary, for the screens: sigles and words of the law, as `glossaire.csv` has them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal, cast

from iprof_kit.base.sources import Confidence
from iprof_kit.law.tables.loading import load_reference
from iprof_kit.law.tables.verified import verified_until

Kind = Literal["sigle", "organisme", "mot", "courant"]
"""« courant »: what everybody says (PDF, CV), in the glossary and explained nowhere else."""


@dataclass(frozen=True)
class Term:
    """One entry: a sigle and what it stands for, or a word of the law and what it means.

    `followed_by` is the pattern that what follows must match for this reading of the sigle; the
    reading without pattern is the usual one.
    """

    term: str
    kind: Kind
    expansion: str
    definition: str
    source: str
    confidence: Confidence
    followed_by: str = ""

    @property
    def verify(self) -> bool:
        """Whether one source at most says so."""
        return self.confidence in {"C", "D"}


@cache
def terms() -> tuple[Term, ...]:
    """Return every entry, in alphabetical order; of one sigle, the particular readings first."""
    return tuple(
        Term(
            row["terme"],
            cast(Kind, row["genre"]),
            row["developpe"],
            row["definition"],
            row["source"],
            cast(Confidence, row["confiance"]),
            row["suivi_de"],
        )
        for row in load_reference("glossaire").to_dict("records")
    )


def glossary_verified() -> date:
    """Return the day until which the glossary was verified."""
    return verified_until("glossaire")
