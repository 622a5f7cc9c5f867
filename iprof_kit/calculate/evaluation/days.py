"""The days of a rendez-vous, as who evaluates knows them, and the delays that they open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from iprof_kit.base.errors import InputError
from iprof_kit.calculate.career.rendez_vous.calculation import delays_of
from iprof_kit.calculate.career.rendez_vous.question import Delai, RendezVousQuestion
from iprof_kit.calculate.evaluation.due import Held


@dataclass(frozen=True)
class Days:
    """What is known: her own interview, that of the other part, and what was notified."""

    notification: date | None = None
    interview: date | None = None
    other: date | None = None
    report: date | None = None

    @property
    def first(self) -> date | None:
        """The first interview that is known."""
        return min((day for day in (self.interview, self.other) if day), default=None)

    @property
    def second(self) -> date | None:
        """The second interview, where both are known."""
        if self.interview is None or self.other is None:
            return None
        return max(self.interview, self.other)


def delays(last: Held, year: int, departement: str, days: Days) -> Mapping[str, Delai]:
    """Return the delays of a rendez-vous by their key, those whose day is known with their date.

    Raises
    ------
    InputError
        Two days are not in the order of the procedure.

    Examples
    --------
    >>> from iprof_kit.calculate.guides.law.facts import Standing
    >>> where = Standing("certifie", "classe_normale", "8")
    >>> days = Days(interview=date(2027, 1, 12))
    >>> delays(Held(where, date(2026, 1, 1)), 2026, "", days)["entretiens"].date_limite
    datetime.date(2027, 2, 23)
    """
    _check_order(days)
    where = last.where
    question = RendezVousQuestion(
        corps=where.corps,
        grade=where.grade,
        echelon=where.echelon,
        chevron=where.chevron,
        date_effet=last.since,
        reliquat_jours=last.kept,
        aujourdhui=days.first or last.since,
        departement=departement,
        notification_le=days.notification,
        rendez_vous_le=days.first,
        second_entretien_le=days.second,
        compte_rendu_recu_le=days.report,
    )
    return {one.cle: one for one in delays_of(question, year)}


def _check_order(days: Days) -> None:
    steps = (
        ("notification", "la notification", days.notification),
        ("entretien", "le premier entretien", days.first),
        ("autre_entretien", "le second entretien", days.second),
        ("compte_rendu", "le compte rendu", days.report),
    )
    known = [(field, words, day) for field, words, day in steps if day is not None]
    for (_, before, first), (field, after, second) in pairwise(known):
        if second < first:
            raise InputError(
                f"{after} précède {before}.", where=field, remedy="Corrigez l’une des deux dates."
            )
