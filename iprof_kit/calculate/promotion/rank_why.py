"""« Pourquoi ce rang ? »: the ranking done again for one person of a list, told from its trace.

For analysts and for the campaign game alike: her criteria are calculated again as a column of one,
under the trace, then the whole list is put in order and its places are shared out again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from iprof_kit.base.calendar import duration_text
from iprof_kit.base.explanation import AppliedRule, Trace, apart, datum, explain, join, record
from iprof_kit.base.sources import Confidence, worst
from iprof_kit.base.words import NBSP, counted, number_text
from iprof_kit.calculate.interface.explained import Explanation, Line
from iprof_kit.calculate.interface.why import explain_or_refusal, refuse_another
from iprof_kit.careers.criteria import Candidates, criterion, criterion_text
from iprof_kit.careers.ranked_list import RankedList, ranked
from iprof_kit.law.promotion.procedures.model import BY_RANK, CRITERIA, Procedure
from iprof_kit.law.tables.cells import CELLS

ORDER, BAREME = "ranking_procedure", "bareme"
_OF_THE_PLACES = {"fair_part", "reserved_places", "quota_places"}
"""The rules that share out the places; the others were applied to everybody."""


def _text(name: str, value: int) -> str:
    return criterion_text(name, value)


@dataclass(frozen=True)
class Ranking:
    """A list as it was ranked, and how what ranks one of its people is calculated again.

    Attributes
    ----------
    rules : callable
        Records what chose the order and the number of places, and what was supposed of them.
    names : mapping
        French name of each criterion.
    value : callable, optional
        Calculates a criterion of a row again, as a column of one; by default that of the law.
    text : callable
        Writes the value of a criterion.
    """

    people: Candidates
    result: RankedList
    places: int
    rules: Callable[[], None]
    names: Mapping[str, str] = field(default_factory=lambda: CRITERIA)
    value: Callable[[str, int], int] | None = None
    text: Callable[[str, int], str] = _text

    def reason(self, row: int, *, neighbours: bool = True) -> Explanation:
        """Return why a row is at its rank, its rank last.

        `neighbours` adds what parts her from the people before and after.
        """
        rank, size = int(self.result.rank[row]), len(self.people)

        def again() -> int:
            self.rules()
            place, days = int(self.people.cell[row]), int(self.people.days[row])
            standing = f"{CELLS.label(place)}, {duration_text(days)} d’ancienneté"
            datum(f"Situation au 31 août {self.people.year}", standing)
            for number, name in enumerate(self.result.procedure.criteria):
                self._criterion(row, number, name)
            self._in_order(row)
            self._before_and_after(row, wanted=neighbours)
            return rank

        def last(place: int) -> Line:
            return Line(libelle="Rang", valeur=f"{place} sur {size}")

        question = f"Pourquoi le rang {rank} ?"
        return explain_or_refusal(question, again, last)

    def _criterion(self, row: int, number: int, name: str) -> None:
        """Calculate a criterion of hers again; what is read of her file is said so."""
        if self.value is None:
            value = int(criterion(name, self.people.only(row))[0])
        else:
            value = self.value(name, row)
        refuse_another(value, int(self.result.values[number][row]))
        if name != BAREME:
            datum(_capital(self.names[name]), self.text(name, value))

    def _in_order(self, row: int) -> None:
        """Put everybody in order again, and share out the places."""
        procedure, values = self.result.procedure, self.result.values
        with apart() as tried:
            once_more = ranked(self.people, procedure, self.places, values)
        refuse_another((once_more.rank[row], once_more.how[row]), _where(self.result, row))
        join(Trace([step for step in tried.steps if _shares_out(step)]))
        ahead = int(once_more.rank[row]) - 1
        words = [("Passent devant", counted(ahead, "personne") if ahead else "personne")]
        for move in once_more.moves:
            for rows, what in ((move.enter, "fait entrer"), (move.leave, "fait sortir")):
                if row in rows and move.step.kind != BY_RANK:
                    words.append((f"Étape « {move.step.text} »", what))
        words.append(("Place", once_more.outcome(row)))
        record(rule=ORDER, source="", words=tuple(words))

    def _before_and_after(self, row: int, *, wanted: bool) -> None:
        """Record the criterion that parts her from each of her neighbours."""
        at, order = int(self.result.rank[row]) - 1, self.result.order
        for which, place in (("précédent", at - 1), ("suivant", at + 1)):
            if wanted and 0 <= place < len(order):
                datum(f"Séparé du rang {which} par", self._parting(row, int(order[place])))

    def _parting(self, row: int, other: int) -> str:
        for name, column in zip(self.result.procedure.criteria, self.result.values, strict=True):
            if column[row] != column[other]:
                own, theirs = (self.text(name, int(column[one])) for one in (row, other))
                return f"{self.names[name]}, {own} contre {theirs}"
        return "le numéro de dossier seul, à égalité complète"


def papers_of(people: Candidates, procedure: Procedure) -> Confidence:
    """Return how sure is what ranks a list: its procedure, and the rows that its criteria read."""
    with explain() as trace:
        for name in procedure.criteria:
            criterion(name, people)
    return worst([procedure.source.confidence, *(step.confidence for step in trace.steps)])


def tell_places(listed: int, share: int, places: int) -> None:
    """Record how a ratio gives a number of places, once the rules have been applied."""
    words = f"{share_text(share)} de {listed} promouvables, soit {places}"
    record(rule="promotion_contingent", source="", words=(("Places", words),))


def share_text(share: int) -> str:
    """Return a ratio in ten-thousandths as « 22,5 % »."""
    return f"{number_text(share / 100)}{NBSP}%"


def _shares_out(step: AppliedRule) -> bool:
    """Tell whether a rule shared out places; one that keeps none for nobody says nothing."""
    return step.rule in _OF_THE_PLACES and step.inputs.get("reserve_pct") != 0


def _where(result: RankedList, row: int) -> tuple[int, int]:
    return result.rank[row], result.how[row]


def _capital(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"
