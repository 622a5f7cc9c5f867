"""Why a person is where she is: her points line by line, who stands at the bar, what parts them."""

from __future__ import annotations

from dataclasses import dataclass

from iprof_kit.base.calendar import YEAR
from iprof_kit.base.explanation import hypothesis, unexplained
from iprof_kit.base.words import NBSP, appreciation_label, counted, echelon_label
from iprof_kit.calculate.campaign_game.campaign import (
    BY_NUMBER,
    Campaign,
    sentence,
    value_text,
    values_of,
)
from iprof_kit.calculate.campaign_game.people import CORPS, GRADE, department
from iprof_kit.calculate.campaign_game.rules import (
    BALANCES,
    BAREME,
    NAMES,
    OWN,
    Rules,
    law_ratio,
    law_rules,
)
from iprof_kit.calculate.interface.explained import Explanation
from iprof_kit.calculate.promotion.rank_why import Ranking, share_text, tell_places
from iprof_kit.careers.places import BY_BALANCE, GAVE_WAY, NOT_TAKEN, TAKEN_BY_RANK
from iprof_kit.law.promotion.bareme import APPRECIATIONS
from iprof_kit.law.promotion.contingent import promotion_contingent
from iprof_kit.law.promotion.rankings import ranking_procedure
from iprof_kit.law.promotion.ratios import promotion_ratio


@dataclass(frozen=True)
class CriterionLine:
    """One criterion of a person, beside that of the other: `decides` where it parts them."""

    criterion: str
    own: str
    other: str
    decides: bool = False


@dataclass(frozen=True)
class Why:
    """A person and her neighbour across the bar.

    Attributes
    ----------
    row, other : int
        Her row; that of whom she is compared with (None: nobody stands across the bar).
    points : tuple of (str, str)
        Her barème, line by line; empty where the rules read none.
    """

    row: int
    other: int | None
    rank: int
    taken: bool
    points: tuple[tuple[str, str], ...]
    lines: tuple[CriterionLine, ...]
    sentences: tuple[str, ...]


def explain_decision(played: Campaign, rules: Rules, row: int) -> Why:
    """Say why a person is promoted or not under the rules.

    Examples
    --------
    >>> from iprof_kit.calculate.campaign_game.campaign import play
    >>> from iprof_kit.calculate.campaign_game.rules import law_rules
    >>> rules = law_rules()
    >>> first = int(play(rules).result.order[0])
    >>> explain_decision(play(rules), rules, first).rank
    1
    """
    other = across(played, row)
    lines = _lines(played, row, other)
    return Why(
        row,
        other,
        int(played.result.rank[row]),
        bool(played.taken[row]),
        _points(played, rules, row) if BAREME in played.criteria else (),
        lines,
        tuple(sentence(one) for one in _sentences(played, row, other, lines)),
    )


def explain_rank(played: Campaign, rules: Rules, row: int) -> Explanation:
    """Return why a person is at her rank under the rules: the ranking done again for her.

    Examples
    --------
    >>> from iprof_kit.calculate.campaign_game.campaign import play
    >>> from iprof_kit.calculate.campaign_game.rules import law_rules
    >>> rules = law_rules()
    >>> explain_rank(play(rules), rules, 0).lignes[-1].libelle
    'Rang'
    """
    people = played.people

    def value(name: str, one: int) -> int:
        if name in OWN:
            hypothesis("Critère de la salle", NAMES[name], doubtful=False)
        own = int(values_of(name, rules, people.only(one))[0])
        weights = (("l’appréciation", rules.opinion), ("l’ancienneté", rules.seniority))
        for what, weight in weights if name == BAREME else ():
            if weight != 1:
                hypothesis(f"La salle compte {what}", f"{weight} fois", doubtful=False)
        if name == BAREME and (rules.opinion, rules.seniority) != (1, 1):
            hypothesis("Barème de la salle", counted(own, "point"), doubtful=False)
        return own

    ranking = Ranking(
        people.of(),
        played.result,
        played.places,
        lambda: _tell_rules(rules),
        NAMES,
        value,
        value_text,
    )
    return ranking.reason(row)


def _tell_rules(rules: Rules) -> None:
    """Record the order and the ratio: those of the tables, or what the room supposes of them."""
    with unexplained():
        national, ratio, listed = law_rules(), law_ratio(), len(department())
    if (rules.criteria, rules.balance) == (national.criteria, national.balance):
        ranking_procedure(CORPS, GRADE, department().year)
    else:
        order = ", puis ".join(NAMES[name] for name in rules.criteria)
        hypothesis("Ordre choisi par la salle", order, doubtful=False)
        hypothesis("Équilibre choisi par la salle", BALANCES[rules.balance], doubtful=False)
    if rules.share == national.share:
        promotion_ratio(CORPS, GRADE, ratio.year)
    else:
        hypothesis("Taux choisi par la salle", share_text(rules.share), doubtful=False)
    promotion_contingent(listed, rules.share)
    tell_places(listed, rules.share, rules.places)


def across(played: Campaign, row: int) -> int | None:
    """Return who stands across the bar: the last promoted by rank, or the first who is not.

    For somebody who gave her place to the balance, it is the last one who took such a place.
    """
    order, how = played.rivals(row), played.result.how
    across_the_bar = {
        GAVE_WAY: order[how[order] == BY_BALANCE][::-1],
        BY_BALANCE: order[how[order] == GAVE_WAY],
        NOT_TAKEN: order[how[order] == TAKEN_BY_RANK][::-1],
        TAKEN_BY_RANK: order[how[order] == NOT_TAKEN],
    }[int(how[row])]
    return int(across_the_bar[0]) if across_the_bar.size else None


def _points(played: Campaign, rules: Rules, row: int) -> tuple[tuple[str, str], ...]:
    people = played.people
    opinion, seniority = (int(column[row]) for column in people.points())
    own = people.rows[row]
    label = appreciation_label(APPRECIATIONS[int(people.of().column("appreciation")[row])])
    years = int(people.of().days[row]) // YEAR
    place = f"{echelon_label(own['echelon'])}, {counted(years, 'an')}"
    parts = (
        (f"Appréciation « {label.lower()} »", rules.opinion, opinion),
        (f"Plage d’appel : {place}", rules.seniority, seniority),
    )
    whole = sum(weight * points for _, weight, points in parts)
    return (
        *(
            (f"{what}{_times(weight)}", counted(weight * points, "point"))
            for what, weight, points in parts
        ),
        ("Barème", counted(whole, "point")),
    )


def _times(weight: int) -> str:
    return "" if weight == 1 else f", compté {weight}{NBSP}fois" if weight else ", non compté"


def _lines(played: Campaign, row: int, other: int | None) -> tuple[CriterionLine, ...]:
    parting = "" if other is None else played.parting(row, other)
    return tuple(
        CriterionLine(
            NAMES[name],
            played.text(name, row),
            "" if other is None else played.text(name, other),
            name == parting,
        )
        for name in played.criteria
    )


def _sentences(
    played: Campaign, row: int, other: int | None, lines: tuple[CriterionLine, ...]
) -> list[str]:
    people, how = played.people, int(played.result.how[row])
    rank, size = int(played.result.rank[row]), len(people)
    below = size - rank
    passed = f"passe devant {counted(below, 'personne')}" if below else "ne passe devant personne"
    first = f"{people.name(row)} est au rang {rank} sur {size} et {passed}."
    if other is None:
        return [first, "Toute la liste est promue." if played.taken[row] else "Aucune place."]
    name = people.name(other)
    if how == GAVE_WAY:
        moved = "Son rang suffisait ; l’équilibre entre les femmes et les hommes a donné cette "
        return [first, f"{moved}place à {name}, moins bien {_ranked(people.woman(other))}."]
    if how == BY_BALANCE:
        moved = "Son rang ne suffisait pas ; l’équilibre entre les femmes et les hommes lui donne "
        return [
            first,
            f"{moved}une place, que laisse {name}, mieux {_ranked(people.woman(other))}.",
        ]
    own_list = " de sa liste" if played.two_lists else ""
    against = f"du dernier dossier{own_list} promu au rang"
    if played.taken[row]:
        against = f"du premier dossier{own_list} qui n’est pas promu"
    decided = next((line for line in lines if line.decides), None)
    if decided is None:
        equal = f"Rien ne sépare ce dossier {against}, {name} : à égalité complète, {BY_NUMBER}, "
        return [first, f"{equal}les range."]
    by = f"{decided.criterion} ({decided.own} contre {decided.other})"
    return [first, f"Ce qui sépare ce dossier {against}, {name} : {by}."]


def _ranked(woman: bool) -> str:
    return "classée" if woman else "classé"
