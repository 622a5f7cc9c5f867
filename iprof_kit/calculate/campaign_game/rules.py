"""What the room chooses: criteria in order, weights, balance, ratio; and the letters of an address.

All that is chosen here is a hypothesis of the room; what the tables say is where the game begins.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import cache

from iprof_kit.base.errors import InputError
from iprof_kit.base.words import NBSP
from iprof_kit.calculate.campaign_game.people import CORPS, GRADE, department
from iprof_kit.law.promotion.contingent import promotion_contingent
from iprof_kit.law.promotion.procedures.model import (
    AT_EQUAL_MERIT,
    BALANCE,
    BY_RANK,
    CRITERIA,
    LISTS,
    SWAP,
    Procedure,
    Step,
)
from iprof_kit.law.promotion.rankings import ranking_procedure
from iprof_kit.law.promotion.ratios import Ratio, promotion_ratio

BAREME = "bareme"
WAITED, PRIORITY, DIRECTION = "attente", "education_prioritaire", "direction"
OWN = {
    WAITED: "campagnes déjà attendues",
    PRIORITY: "exercice en éducation prioritaire",
    DIRECTION: "direction d’école",
}
"""Criteria that no procedure of the kit knows: the room may try them."""
_LETTERS = {
    "b": BAREME,
    "a": "appreciation",
    "v": "avis_tres_favorables",
    "c": "anciennete_corps",
    "g": "anciennete_grade",
    "e": "echelon",
    "n": "anciennete_echelon",
    "s": "ags",
    "i": "age",
    "f": "femme",
    "w": WAITED,
    "p": PRIORITY,
    "d": DIRECTION,
}
"""Every criterion that may be chosen, by its letter in an address."""
NAMES = {name: OWN.get(name) or CRITERIA[name] for name in _LETTERS.values()}
"""The same, by its French name."""
WEIGHTS = (0, 1, 2)
"""How often the points of a table may count; once is what the table says."""
FREE, EQUAL, EXCHANGE, TWO_LISTS = "sans", "egalite", "permutation", "listes"
BALANCES = {
    FREE: "Aucun",
    EQUAL: "À égalité",
    EXCHANGE: "Échange",
    TWO_LISTS: "2 listes",
}
"""Ways to seek the balance of women and men, and their names."""
_RANKED = Step(etape=BY_RANK)
_STEPS = {
    FREE: (_RANKED,),
    EQUAL: (_RANKED, Step(etape=BALANCE, groupe="femme", mode=AT_EQUAL_MERIT)),
    EXCHANGE: (_RANKED, Step(etape=BALANCE, groupe="femme", mode=SWAP)),
    TWO_LISTS: (Step(etape=LISTS, groupe="femme"),),
}
PER_CENT = 100
HIGHEST = 50 * PER_CENT
"""The greatest ratio that may be tried, in ten-thousandths."""
MOST_CRITERIA = 6
_ADDRESS = re.compile(
    r"(?P<criteria>[a-z]{1,6})-(?P<weights>[0-2]{2})-(?P<balance>[a-z]+)-(?P<share>\d{3,4})"
    r"(?:-(?P<person>\d{1,3}))?",
    re.ASCII,
)


@dataclass(frozen=True)
class Rules:
    """The room's way of ranking.

    Attributes
    ----------
    criteria : tuple of str
        Names of `NAMES`, in order: the next one is read where the one before is equal.
    opinion, seniority : int
        How often the points of the appréciation, and those of the range, count in the barème.
    balance : str
        One of `BALANCES`.
    share : int
        Ratio, in ten-thousandths of the list.
    """

    criteria: tuple[str, ...]
    opinion: int = 1
    seniority: int = 1
    balance: str = EQUAL
    share: int = field(default_factory=lambda: law_share())

    def __post_init__(self) -> None:
        """Refuse what is no way of ranking."""
        unknown = [name for name in self.criteria if name not in NAMES]
        if unknown or not 0 < len(self.criteria) <= MOST_CRITERIA:
            raise _wrong(f"les critères doivent être de un à {MOST_CRITERIA}, parmi ceux du jeu")
        if len(set(self.criteria)) < len(self.criteria):
            raise _wrong("un critère est donné deux fois")
        if not {self.opinion, self.seniority} <= set(WEIGHTS):
            raise _wrong("un poids est 0, 1 ou 2")
        if self.balance not in BALANCES:
            raise _wrong("cet équilibre n’existe pas dans le jeu")
        if not PER_CENT <= self.share <= HIGHEST:
            raise _wrong(f"le taux va de 1 à {HIGHEST // PER_CENT}{NBSP}%")

    @property
    def procedure(self) -> Procedure:
        """The rules as the engine of ranking reads them."""
        of_the_room = {
            "id": "salle",
            "authority": "la salle",
            "criteria": self.criteria,
            "steps": _STEPS[self.balance],
            "written_in": "hypothèse de la salle",
        }
        return _national().model_copy(update=of_the_room)

    @property
    def places(self) -> int:
        """How many the ratio promotes of the list, rounded down as the law says."""
        return promotion_contingent(len(department()), self.share)[0]

    def moved(self, name: str, by: int) -> Rules:
        """Return the same rules, one criterion earlier (−1) or later (1)."""
        order = list(self.criteria)
        if name in order:
            at = order.index(name)
            order.insert(max(at + by, 0), order.pop(at))
        return replace(self, criteria=tuple(order))

    def without(self, name: str) -> Rules:
        """Return the same rules without a criterion; the last one stays."""
        kept = tuple(one for one in self.criteria if one != name)
        return replace(self, criteria=kept or self.criteria)

    def with_last(self, name: str) -> Rules:
        """Return the same rules, a criterion more, read last.

        Raises
        ------
        InputError
            There is no such criterion, it is there already, or there are too many.
        """
        return replace(self, criteria=(*self.criteria, name))


@cache
def law_ratio() -> Ratio:
    """Return the ratio of the tables for the campaign of the department, the last one known."""
    year = department().year
    ratio = promotion_ratio(CORPS, GRADE, year)
    return ratio if ratio.known else promotion_ratio(CORPS, GRADE, ratio.last_year or year)


def law_share() -> int:
    """Return the ratio of the tables, in ten-thousandths."""
    return law_ratio().share or PER_CENT


def law_rules() -> Rules:
    """Return the rules of the national order: where the game begins.

    Examples
    --------
    >>> law_rules().criteria[0]
    'bareme'
    """
    national = _national()
    balanced = any(step.kind == BALANCE for step in national.steps)
    return Rules(national.criteria, balance=EQUAL if balanced else FREE)


def _national() -> Procedure:
    return ranking_procedure(CORPS, GRADE, department().year)


def packed(rules: Rules, person: int | None = None) -> str:
    """Return a game as the letters of an address: the rules, and the number of the person read.

    Examples
    --------
    >>> packed(law_rules(), 12)
    'bcen-11-egalite-2300-12'
    """
    letters = {name: letter for letter, name in _LETTERS.items()}
    parts = (
        "".join(letters[name] for name in rules.criteria),
        f"{rules.opinion}{rules.seniority}",
        rules.balance,
        str(rules.share),
        *([] if person is None else [str(person)]),
    )
    return "-".join(parts)


def unpacked(address: str) -> tuple[Rules, int | None]:
    """Return the rules and the number of the person of an address.

    Raises
    ------
    InputError
        These are not the letters of a game; the message says what is wrong.

    Examples
    --------
    >>> unpacked("bc-11-sans-1500")[0].criteria
    ('bareme', 'anciennete_corps')
    """
    read = _ADDRESS.fullmatch(address)
    if read is None:
        raise _wrong("elle a été coupée ou modifiée")
    opinion, seniority = map(int, read["weights"])
    criteria = tuple(_LETTERS.get(letter, letter) for letter in read["criteria"])
    rules = Rules(criteria, opinion, seniority, read["balance"], int(read["share"]))
    person = int(read["person"]) if read["person"] else None
    if person is not None and person not in department().of().ids:
        raise _wrong("la personne qu’elle montre n’est pas de la liste")
    return rules, person


def _wrong(what: str) -> InputError:
    return InputError(
        f"Cette adresse ou ce choix n’est pas celui d’une partie : {what}.",
        remedy="Le jeu part de l’ordre national.",
    )
