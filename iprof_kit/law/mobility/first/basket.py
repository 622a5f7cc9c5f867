"""What one wish could have, what it cannot have and what nobody knows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from iprof_kit.law.mobility.criteria import Asked
from iprof_kit.law.mobility.first.rules import CRITERIA, first_campaign
from iprof_kit.law.mobility.score import SetAside


@dataclass
class Basket:
    """The criteria asked for by one wish of one campaign; `premier` is wish 1 of its list."""

    campagne: int
    rang: int
    voeu: str
    premier: str
    asked: list[Asked] = field(default_factory=list)
    ecartes: list[SetAside] = field(default_factory=list)

    def add(
        self,
        critere: str,
        sous_critere: str,
        calcul: str,
        points: Callable[[], float] | None = None,
        block: str = "",
    ) -> None:
        """Ask for a row of the table; its unknown value is said, never taken for 0.

        `points` is called only where the row exists; by default the row's own points. Lines of one
        `block` stand or fall together (by default, one block a row).
        """
        row = CRITERIA.find(self.campagne, critere, sous_critere)
        if row is None:
            self._say_missing(critere, sous_critere)
        elif not row.has_points():
            self.refuse(critere, sous_critere, row.condition, unknown=True)
        else:
            value = row.points() if points is None else points()
            line = row.line(CRITERIA.label(critere, sous_critere), value, calcul)
            self.asked.append(Asked(line, row, block or f"{critere} {sous_critere}"))

    def choose(self, critere: str, sous_critere: str) -> None:
        """Ask for a row that gives no points of its own, but excludes others."""
        row = CRITERIA.read(self.campagne, critere, sous_critere)
        line = row.line(CRITERIA.label(critere, sous_critere), 0.0, "")
        self.asked.append(Asked(line, row, critere))

    def refuse(self, critere: str, sous_critere: str, why: str, *, unknown: bool = False) -> None:
        """Set a criterion aside, with the reason; `unknown`: its points are not known."""
        self.ecartes.append(SetAside(critere, CRITERIA.label(critere, sous_critere), why, unknown))

    def _say_missing(self, critere: str, sous_critere: str) -> None:
        first = first_campaign(critere, sous_critere, self.campagne)
        if first is not None and self.campagne < first:
            why = f"bonification créée par le mouvement {first}"
            self.refuse(critere, sous_critere, why)
            return
        known = ", ".join(str(year) for year in CRITERIA.campaigns_of(critere, sous_critere))
        why = f"aucune valeur trouvée dans les textes lus pour la campagne {self.campagne}"
        covered = f" ; campagnes couvertes : {known}" if known else ""
        self.refuse(critere, sous_critere, why + covered, unknown=True)
