"""The vote of the room: one question put in order on phones, and the criteria that it gives."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from iprof_kit.base.calendar import rentree_day
from iprof_kit.base.errors import InputError
from iprof_kit.calculate.campaign_game.people import CORPS, GRADE, department
from iprof_kit.calculate.campaign_game.rules import BAREME, NAMES, PRIORITY, WAITED, law_rules
from iprof_kit.calculate.lessons.played import Ecran, LeconJouee, Question, Reponse, Revelation
from iprof_kit.law.promotion.rankings import ranking_procedure

_MINUTES, _SECONDS = 3, 90
LESSON = "criteres_campagne"
"""The id by which a vote is known among the lessons that a trainer leads."""
CRITERIA = ("age", BAREME, WAITED, "anciennete_corps", PRIORITY, "echelon")
"""What the room puts in order, as it is shown: an order that is nobody's answer."""


def asked() -> LeconJouee:
    """Return the vote as a lesson of one screen; its reveal says the national order.

    Examples
    --------
    >>> asked().ecrans[0].question.forme
    'ordre'
    """
    law = law_rules().criteria
    national = [CRITERIA.index(name) for name in law if name in CRITERIA]
    others = [place for place in range(len(CRITERIA)) if place not in national]
    source = ranking_procedure(CORPS, GRADE, department().year).source
    day: date = rentree_day(department().year)
    return LeconJouee(
        id=LESSON,
        titre="La campagne : quels critères d’abord ?",
        minutes=_MINUTES,
        jour=day,
        ecrans=(
            Ecran(
                titre="Quels critères d’abord ?",
                question=Question(
                    forme="ordre",
                    texte="Pour promouvoir, que faut-il regarder d’abord ?",
                    precision="Un vote : aucune réponse n’est juste ou fausse.",
                    choix=tuple(NAMES[name] for name in CRITERIA),
                    secondes=_SECONDS,
                ),
                revelation=Revelation(
                    juste=Reponse(choix=(*national, *others)),
                    valeur=NAMES[law[0]],
                    chapeau="L’ordre national commence par",
                    texte=(
                        "Un vote n’a pas de bonne réponse : l’ordre national est donné pour "
                        "comparer."
                    ),
                    sources=(source.text,),
                    droit_du=day,
                    a_verifier=source.confidence in ("C", "D"),
                ),
            ),
        ),
    )


def voted(first: Sequence[int], orders: Sequence[tuple[Sequence[int], int]]) -> tuple[str, ...]:
    """Return the criteria in the order of the room.

    Parameters
    ----------
    first : sequence of int
        How many put each criterion first.
    orders : sequence of (order, count)
        The orders given most often, which tell equal ones apart: the best mean place first.

    Raises
    ------
    InputError
        Nobody answered.

    Examples
    --------
    >>> voted((0, 2, 0, 5, 0, 1), ())[:2]
    ('anciennete_corps', 'bareme')
    """
    if not sum(first):
        raise InputError(
            "La salle n’a pas encore répondu.", remedy="Attendez une réponse au moins."
        )
    votes = (*first, *[0] * len(CRITERIA))
    places = [
        sum(many * list(order).index(place) for order, many in orders if place in order)
        for place in range(len(CRITERIA))
    ]
    ranked = sorted(range(len(CRITERIA)), key=lambda one: (-votes[one], places[one], one))
    return tuple(CRITERIA[place] for place in ranked)
