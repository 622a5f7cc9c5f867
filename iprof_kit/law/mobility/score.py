"""The score of one wish: its lines, what was set aside and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from iprof_kit.base.explanation import Parameter, datum, explaining, hypothesis, record
from iprof_kit.base.sources import Confidence, worst
from iprof_kit.base.words import NBSP, points_text


@dataclass(frozen=True)
class CriterionPoints:
    """Points that one criterion gives to one wish, with the count that gives them."""

    critere: str
    sous_critere: str
    libelle: str
    points: float
    calcul: str
    source: str
    confidence: Confidence


@dataclass(frozen=True)
class SetAside:
    """A criterion asked for that gives nothing to this wish, and the French reason."""

    critere: str
    libelle: str
    motif: str
    inconnu: bool = False
    """Its value is unknown to the tables: the total of the wish is then a minimum."""


@dataclass(frozen=True)
class WishScore:
    """Everything that makes the score of a wish; `rang` begins at 1."""

    rang: int
    voeu: str
    lignes: tuple[CriterionPoints, ...]
    ecartes: tuple[SetAside, ...] = ()

    def __str__(self) -> str:
        """Return the wish and its total, for explanations."""
        return f"vœu {self.rang}, {self.voeu} : {points_text(self.total)} points"

    @cached_property
    def total(self) -> float:
        """Points of the wish."""
        return points_sum(self.lignes)

    @property
    def complet(self) -> bool:
        """Tell whether every criterion asked for has a known value."""
        return not any(aside.inconnu for aside in self.ecartes)

    @property
    def confidence(self) -> Confidence:
        """The weakest of the lines' confidences."""
        return worst(line.confidence for line in self.lignes)


def tell(score: WishScore, rule: str) -> None:
    """Record what makes a score, for its reason: each count, its points, what is set aside.

    Parameters
    ----------
    rule : str
        Name of the rule that adds the points up.
    """
    if not explaining():
        return
    counts = [line.calcul for line in score.lignes]
    for place, line in enumerate(score.lignes):
        if line.calcul and line.calcul not in counts[:place]:
            datum(f"{line.libelle}, compté", line.calcul)
        shown = Parameter(
            line.libelle,
            line.points,
            line.source,
            confidence=line.confidence,
            words=(line.libelle, f"{points_text(line.points)}{NBSP}points"),
        )
        record(rule=rule, source=line.source, parameters=(shown,), result=line.points)
    for aside in score.ecartes:
        if aside.inconnu:
            hypothesis(f"{aside.libelle}, compté pour rien", aside.motif)
        else:
            record(rule=rule, source="", kind="refus", words=((aside.libelle, aside.motif),))


def points_sum(lines: Iterable[CriterionPoints]) -> float:
    """Add up lines as written in decimals: 14 + 10 + 0,1 + 150,2 is 174,3."""
    return float(sum((Decimal(str(float(line.points))) for line in lines), Decimal(0)))
