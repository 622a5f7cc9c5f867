"""A campaign played: everybody ranked by the engine, the bar, and who is promoted in each group."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from iprof_kit.base.words import NBSP, counted
from iprof_kit.calculate.campaign_game.people import CORPS, Department, department
from iprof_kit.calculate.campaign_game.rules import (
    BAREME,
    DIRECTION,
    PRIORITY,
    WAITED,
    Rules,
)
from iprof_kit.careers.criteria import Numbers, criterion, criterion_text
from iprof_kit.careers.places import TAKEN_BY_RANK
from iprof_kit.careers.ranked_list import RankedList, ranked
from iprof_kit.law.promotion.procedures.model import LISTS

BY_NUMBER = "le numéro de dossier, tiré au sort"
_OF_AGE = (45, 55)
"""Where the three groups of ages of the game meet."""


@dataclass(frozen=True)
class KindCount:
    """People of one kind: how many are on the list, how many are promoted."""

    kind: str
    label: str
    listed: int
    promoted: int


@dataclass(frozen=True)
class Campaign:
    """The list ranked by some rules.

    Attributes
    ----------
    result : RankedList
        The engine's.
    scale : tuple of str
        What the first criterion is measured in: bars of two scales do not compare.
    """

    people: Department
    result: RankedList
    places: int
    scale: tuple[str, ...]

    @property
    def criteria(self) -> tuple[str, ...]:
        """The criteria in order."""
        return self.result.procedure.criteria

    @property
    def taken(self) -> npt.NDArray[np.bool_]:
        """Who is promoted, one flag a row."""
        return self.result.taken

    @property
    def two_lists(self) -> bool:
        """Whether women and men are on two lists, each with its bar."""
        return any(step.kind == LISTS for step in self.result.procedure.steps)

    def rivals(self, row: int) -> Numbers:
        """Return the rows that compete with a person, best first: everybody, or her list."""
        order = self.result.order
        if not self.two_lists:
            return order
        women = self.people.flags("femme")
        return np.asarray(order[women[order] == women[row]])

    @property
    def bars(self) -> tuple[tuple[str, int], ...]:
        """The last promoted by rank: of whom (« » : everybody), and the row."""
        order = self.result.order[self.result.how[self.result.order] == TAKEN_BY_RANK]
        women = self.people.flags("femme")[order]
        lists = (("femmes", order[women > 0]), ("hommes", order[women == 0]))
        named = lists if self.two_lists else (("", order),)
        return tuple((name, int(rows[-1])) for name, rows in named if rows.size)

    def value(self, name: str, row: int) -> int:
        """Return the value of a criterion for a person."""
        return int(self.result.values[self.criteria.index(name)][row])

    def text(self, name: str, row: int) -> str:
        """Write the value of a criterion for a person: « 140 points », « 21 ans 3 mois »."""
        return value_text(name, self.value(name, row))

    @property
    def bar_text(self) -> str:
        """« 140 points »: the first criterion of the last promoted by rank, list by list."""
        bars = (
            self.text(self.criteria[0], row) + (f" ({name})" if name else "")
            for name, row in self.bars
        )
        return " et ".join(bars) or "aucune"

    def parting(self, first: int, second: int) -> str:
        """Return the criterion that parts two people; "" where they are equal to the last one."""
        for name, values in zip(self.criteria, self.result.values, strict=True):
            if values[first] != values[second]:
                return name
        return ""

    def groups(self) -> tuple[KindCount, ...]:
        """Return the balance: women and men, ages, part-time, priority, heads of school."""
        women, ages = self.people.flags("femme") > 0, self.people.ages()
        part, priority, heads = (
            self.people.flags(name) > 0 for name in ("temps_partiel", PRIORITY, DIRECTION)
        )
        low, high = _OF_AGE
        kinds = (
            ("Sexe", "femmes", women),
            ("Sexe", "hommes", ~women),
            ("Âge", f"moins de {low}{NBSP}ans", ages < low),
            ("Âge", f"{low} à {high - 1}{NBSP}ans", (ages >= low) & (ages < high)),
            ("Âge", f"{high}{NBSP}ans et plus", ages >= high),
            ("Service", "temps complet", ~part),
            ("Service", "temps partiel", part),
            ("Lieu", "éducation prioritaire", priority),
            ("Lieu", "ailleurs", ~priority),
            ("Fonction", "direction d’école", heads),
            ("Fonction", "autres fonctions", ~heads),
        )
        return tuple(
            KindCount(kind, label, int(whom.sum()), int((whom & self.taken).sum()))
            for kind, label, whom in kinds
        )


def value_text(name: str, value: int) -> str:
    """Write the value of a criterion, those of the game among them.

    Examples
    --------
    >>> value_text("attente", 2)
    '2 campagnes'
    """
    if name == WAITED:
        return counted(value, "campagne")
    if name in (PRIORITY, DIRECTION):
        return "oui" if value else "non"
    if name == BAREME:
        return counted(value, "point")
    if name == "avis_tres_favorables":
        return f"{value or 'aucun'} avis très favorable"
    return criterion_text(name, value)


def sentence(words: str) -> str:
    """Return a sentence set in French, whose last name keeps one full stop."""
    return words.replace("..", ".")


def play(rules: Rules, people: Department | None = None) -> Campaign:
    """Rank the department by the rules of the room.

    Parameters
    ----------
    people : Department, optional
        By default the department of the kit.

    Examples
    --------
    >>> from iprof_kit.calculate.campaign_game.rules import law_rules
    >>> played = play(law_rules())
    >>> int(played.taken.sum()) == law_rules().places
    True
    """
    if people is None:
        return _played(rules)
    return _ranked(rules, people)


@lru_cache(maxsize=16)
def _played(rules: Rules) -> Campaign:
    return _ranked(rules, department())


def _ranked(rules: Rules, people: Department) -> Campaign:
    candidates = people.of()
    values = tuple(values_of(name, rules, people) for name in rules.criteria)
    result = ranked(candidates, rules.procedure, rules.places, values)
    scale = (rules.criteria[0], CORPS, f"{rules.opinion}{rules.seniority}")
    return Campaign(people, result, rules.places, scale)


def values_of(name: str, rules: Rules, people: Department) -> Numbers:
    """Return the values of a criterion, the greatest first; the barème as the room weighs it."""
    if name == BAREME:
        opinion, seniority = people.points()
        return rules.opinion * opinion + rules.seniority * seniority
    if name == WAITED:
        return people.waited
    if name in (PRIORITY, DIRECTION):
        return people.flags(name)
    return criterion(name, people.of())
