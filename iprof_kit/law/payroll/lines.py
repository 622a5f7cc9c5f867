"""A line of a payslip, for everybody of a column."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from iprof_kit.base.errors import LawError
from iprof_kit.base.explanation import AppliedRule, Trace, Words, explain, explaining
from iprof_kit.base.money import sum_in_euros
from iprof_kit.base.sources import to_verify
from iprof_kit.law.career.traitement import Euros
from iprof_kit.law.payroll.tables import base_confidence, enters
from iprof_kit.law.tables.cells import Cell
from iprof_kit.law.tables.facts import Fact
from iprof_kit.law.tables.loading import named_refusal
from iprof_kit.law.tables.reading import one_euros
from iprof_kit.law.tables.rules import rule

Kind = Literal["gain", "a_deduire", "retenue", "credit", "patronal"]
"""What a line does: adds to the gross, comes off it, is withheld, is credited, or is the
employer's."""


@dataclass(frozen=True, repr=False)
class PayLine:
    """One line, for everybody of a column.

    Attributes
    ----------
    amount : array of float64
        Euros of the month, positive; `kind` says what it does.
    family : str
        Row of assiettes_paie: the bases that a gain enters.
    base : array of float64, optional
        Euros of the month on which the rate applies; NaN for whom there is none.
    rate : float or array, optional
        In per cent.
    withheld : array of float64, optional
        Part of a gain that an absence takes back, on the line of the absence.
    follows : bool
        The gain follows the traitement during a sick leave.
    annual : array of float64, optional
        Annual amount, euros a year: what is paid by parts, and what an absence takes back by day.
    unit : array of float64, optional
        Euros for one hour, or for one day.
    facts : tuple of Fact
        Rows read for everybody, for sources and confidence.
    own, own_key : mapping of int to tuple of Fact, array of int, optional
        Rows read for some only: those of a person are `own[own_key[person]]`.
    doubt : str
        French: why the amount must be verified; "" where the rows alone say it.
    doubtful : array of bool, optional
        Whom the doubt concerns; by default everybody.
    steps : tuple of AppliedRule
        The rules that gave the line, in their order; none where nobody asked why.
    """

    code: str
    label: str
    kind: Kind
    amount: Euros
    family: str = "prime"
    base: Euros | None = None
    rate: float | Euros | None = None
    withheld: Euros | None = None
    follows: bool = False
    annual: Euros | None = None
    unit: Euros | None = None
    facts: tuple[Fact, ...] = ()
    own: Mapping[int, tuple[Fact, ...]] = field(default_factory=dict)
    own_key: Cell | None = None
    doubt: str = ""
    doubtful: npt.NDArray[np.bool_] | None = None
    steps: tuple[AppliedRule, ...] = ()

    def __repr__(self) -> str:
        return self.code

    def rows(self, person: int) -> tuple[Fact, ...]:
        """Return the rows of the tables behind one person's amount."""
        if self.own_key is None:
            return self.facts
        return self.facts + self.own.get(int(self.own_key[person]), ())

    def doubt_of(self, person: int) -> str:
        """Return why one person's amount must be verified, beyond its rows."""
        return self.doubt if self.doubtful is None or self.doubtful[person] else ""

    @property
    def paid(self) -> Euros:
        """Amount less what an absence takes back."""
        return self.amount if self.withheld is None else self.amount - self.withheld

    def less(self, withheld: Euros) -> PayLine:
        """Return the line with more taken back, never beyond its amount."""
        before = 0.0 if self.withheld is None else self.withheld
        return replace(self, withheld=np.minimum(self.amount, before + withheld))


_OFF: AbstractContextManager[Trace] = nullcontext(Trace())


def recorded() -> AbstractContextManager[Trace]:
    """Return the trace of a block: empty, at no cost, where nobody asked why."""
    return explain() if explaining() else _OFF


def explained_lines(lines: list[PayLine], *before: AppliedRule) -> AbstractContextManager[object]:
    """Give the lines that a block adds the rules applied in it, after those of `before`."""
    return _explained_lines(lines, before) if explaining() else _OFF


@contextmanager
def _explained_lines(lines: list[PayLine], before: tuple[AppliedRule, ...]) -> Iterator[None]:
    first = len(lines)
    with explain() as trace:
        yield
    steps = (*before, *trace.steps)
    lines[first:] = [replace(line, steps=steps + line.steps) for line in lines[first:]]


def total(gains: list[PayLine]) -> Euros:
    """Return the sum of gains as paid, euros."""
    return sum_in_euros(np.zeros(len(gains[0].amount)), *(line.paid for line in gains))


def _counted(given: Mapping[str, Any], result: Any) -> tuple[Words, ...]:
    """Name the gains that a base counts, and their sum."""
    kept = [
        line.label
        for line in given["gains"]
        if line.paid.any() and enters(line.family, given["base"])
    ]
    if not kept:
        return ()
    return ("Gains comptés", " ; ".join(dict.fromkeys(kept))), (
        "Leur somme",
        one_euros(result),
    )


@rule(
    sentence="Chaque ligne de gain entre, ou n’entre pas, dans l’assiette de la retraite "
    "additionnelle, dans celle de la CSG et de la CRDS, et dans la base du transfert "
    "primes/points.",
    source="décrets 2004-569 et 2016-588 ; CSS, art. L136-2 ; notes de calcul de la paie, matrice "
    "des assiettes",
    since="2005-01-01",
    tables=("assiettes_paie",),
    reads=_counted,
)
def subject_to(gains: list[PayLine], base: str) -> Euros:
    """Return what gains bring to a base.

    Parameters
    ----------
    base : str
        « rafp », « csg », « tpp », « ces_seuil » or « indemnite »: a column of assiettes_paie.

    Returns
    -------
    array of float64
        Euros of the month, as paid.
    """
    kept = [line.paid for line in gains if enters(line.family, base)]
    return sum_in_euros(np.zeros(len(gains[0].amount)), *kept)


def weak_family(gains: list[PayLine]) -> npt.NDArray[np.bool_]:
    """Tell who receives a gain whose bases are not confirmed."""
    weak = np.zeros(len(gains[0].amount), bool)
    for line in gains:
        if to_verify(base_confidence(line.family)):
            weak |= line.amount != 0
    return weak


def lines_or_reason(
    label: str, make: Callable[[], list[PayLine]], unknown: list[str]
) -> list[PayLine]:
    """Return some lines, or none and, in `unknown`, why the tables of the law do not give them.

    One gain that has no value on a day never stops the rest of the payslip.
    """
    try:
        return make()
    except LawError as error:
        reason = named_refusal(error)
        unknown.append(f"{label} : non calculé, les totaux ne le comptent pas ({reason})")
        return []
