"""The room's campaign beside real procedures: who enters, who leaves, the bar, the balance."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
import numpy.typing as npt

from iprof_kit.base.sources import Confidence
from iprof_kit.base.words import NBSP, at_echelon, counted
from iprof_kit.calculate.campaign_game.campaign import Campaign
from iprof_kit.calculate.campaign_game.people import CORPS, GRADE, OTHER_DEGREE, department
from iprof_kit.calculate.promotion.rank_why import papers_of
from iprof_kit.careers.criteria import Numbers
from iprof_kit.careers.ranked_list import rank_list
from iprof_kit.law.promotion.procedures.model import BALANCE, LISTS, Procedure
from iprof_kit.law.promotion.rankings import procedure_of_id, ranking_procedure


@dataclass(frozen=True)
class Reference:
    """A real procedure, applied to the people of the game for the same number of places.

    Attributes
    ----------
    key, title, short
        Its name in an address, in a sentence, on a button.
    corps : str
        Whose grid and barème read the people.
    supposes : str
        What its use on this list supposes; "" where it is its own field.
    """

    key: str
    title: str
    short: str
    procedure: Procedure
    corps: str = CORPS
    supposes: str = ""

    @property
    def source(self) -> str:
        """Where the procedure was read."""
        return self.procedure.source.text

    @property
    def confidence(self) -> Confidence:
        """The weakest of what its order on this list reads: see `rank_why.papers_of`."""
        return _confidence(self.key)


_MAYENNE = "hc_53_2024"
_EXCEPTIONNELLE = "classe_exceptionnelle"


@cache
def references() -> tuple[Reference, ...]:
    """Return the real procedures that the room's rules are compared with.

    Examples
    --------
    >>> [one.key for one in references()]
    ['premier', 'second', 'exceptionnelle', 'mayenne']
    """
    year = department().year
    return (
        Reference(
            "premier",
            "l’ordre national du premier degré",
            "1er degré",
            ranking_procedure(CORPS, GRADE, year),
        ),
        Reference(
            "second",
            "le barème national du second degré",
            "2nd degré",
            ranking_procedure(OTHER_DEGREE, GRADE, year),
            OTHER_DEGREE,
            "Les mêmes personnes sont lues dans le barème des certifiés.",
        ),
        Reference(
            "exceptionnelle",
            "l’ordre de la classe exceptionnelle",
            "Classe exc.",
            ranking_procedure(CORPS, _EXCEPTIONNELLE, year),
            supposes="Il vaut pour un autre grade ; ici, les avis sont tirés au sort pour le jeu.",
        ),
        Reference(
            "mayenne",
            "la procédure de la Mayenne, 2024",
            "Mayenne",
            procedure_of_id(_MAYENNE),
            supposes="Un seul département l’a publiée, pour une seule campagne.",
        ),
    )


def reference_of(key: str) -> Reference:
    """Return a real procedure by its key; the first one where there is no such key."""
    return next((one for one in references() if one.key == key), references()[0])


@lru_cache(maxsize=64)
def applied(key: str, places: int) -> Campaign:
    """Return the department ranked by a real procedure, as the engine does."""
    one, people = reference_of(key), department()
    result = rank_list(people.of(one.corps), one.procedure, places)
    return Campaign(people, result, places, (one.procedure.criteria[0], one.corps, "11"))


@cache
def _confidence(key: str) -> Confidence:
    one, people = reference_of(key), department()
    return papers_of(people.of(one.corps), one.procedure)


@dataclass(frozen=True)
class Difference:
    """The room's campaign against a real procedure.

    Attributes
    ----------
    enter, leave : tuple of int
        Rows promoted by the room alone, and by the procedure alone, best rank first.
    women : (int, int)
        Women among the promoted: the room's, the procedure's.
    """

    reference: Reference
    real: Campaign
    enter: tuple[int, ...]
    leave: tuple[int, ...]
    women: tuple[int, int]
    sentences: tuple[str, ...]


def compared(played: Campaign, key: str) -> Difference:
    """Return what the room's rules change against a real procedure, with the same places.

    Examples
    --------
    >>> from iprof_kit.calculate.campaign_game.campaign import play
    >>> from iprof_kit.calculate.campaign_game.rules import law_rules
    >>> compared(play(law_rules()), "premier").enter
    ()
    """
    one = reference_of(key)
    real = applied(one.key, played.places)
    enter = _rows(played, played.taken & ~real.taken)
    leave = _rows(real, real.taken & ~played.taken)
    women = played.people.flags("femme") > 0
    shares = int((women & played.taken).sum()), int((women & real.taken).sum())
    return Difference(
        one, real, enter, leave, shares, _sentences(played, one, real, enter, leave, shares)
    )


def _rows(campaign: Campaign, whom: npt.NDArray[np.bool_]) -> tuple[int, ...]:
    order: Numbers = campaign.result.order
    return tuple(order[whom[order]].tolist())


def _sentences(
    played: Campaign,
    one: Reference,
    real: Campaign,
    enter: tuple[int, ...],
    leave: tuple[int, ...],
    women: tuple[int, int],
) -> tuple[str, ...]:
    """Return who gains, who loses, the bar and the balance, in French."""
    if not enter:
        lines = [f"Avec {one.title}, les {played.places} mêmes personnes seraient promues."]
    else:
        gain, lose = ("gagne", "perd") if len(enter) == 1 else ("gagnent", "perdent")
        many = counted(len(enter), "personne")
        first = f"Contre {one.title}, {many} {gain} une place, autant la {lose}."
        lines = [first, f"Gagnent : {_who(played, enter)}. Perdent : {_who(played, leave)}."]
    lines.append(_bars(played, real))
    gap = women[0] - women[1]
    lines.append(
        "Autant de femmes parmi les promus."
        if not gap
        else f"{counted(abs(gap), 'femme')} de {'plus' if gap > 0 else 'moins'} parmi les promus "
        f"({women[0]} contre {women[1]})."
    )
    return tuple(lines)


def _bars(played: Campaign, real: Campaign) -> str:
    if played.scale != real.scale:
        return f"Les barres ne se comparent pas : {played.bar_text} contre {real.bar_text}."
    if played.bar_text == real.bar_text:
        return f"Même barre : {played.bar_text}."
    return f"Barre : {played.bar_text} contre {real.bar_text}."


def _who(played: Campaign, rows: tuple[int, ...]) -> str:
    """Return « 7 femmes et 2 hommes, 47 ans en moyenne, le plus souvent au 10e échelon »."""
    people = played.people
    women = sum(people.woman(row) for row in rows)
    sexes = [
        counted(number, word)
        for number, word in ((women, "femme"), (len(rows) - women, "homme"))
        if number
    ]
    age = round(float(people.ages()[list(rows)].mean()))
    echelons = Counter(people.rows[row]["echelon"] for row in rows)
    most = min(echelons, key=lambda name: (-echelons[name], int(name)))
    middle = "en moyenne, " if len(rows) > 1 else ""
    often = "le plus souvent " if len(echelons) > 1 else ""
    return f"{' et '.join(sexes)}, {age}{NBSP}ans {middle}{often}{at_echelon(most)}".replace(
        "ans au", "ans, au"
    )


def criteria_text(procedure: Procedure) -> str:
    """Return « barème, puis ancienneté dans le corps… ; équilibre … »."""
    balance = next((s.text for s in procedure.steps if s.kind in (BALANCE, LISTS)), "")
    return f"{procedure.order_text}{f' ; {balance}' if balance else ''}"
