"""What may be answered to a question, and the distribution of what was."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from iprof_kit.base.errors import InputError
from iprof_kit.base.words import number_text
from iprof_kit.calculate.lessons.played import Question, Reponse
from iprof_kit.services.contract.lecons import Compte

MOST_ORDERS = 5
"""How many of the orders given are told: beyond, they are those of one phone each."""
_NEARLY = 1e-6


def checked(question: Question, answer: Reponse) -> Reponse:
    """Return an answer as it is counted, or refuse what this question does not take.

    Parameters
    ----------
    question : Question
    answer : Reponse

    Returns
    -------
    Reponse
        The choices of « plusieurs » in the order of the screen, a value on its very step.

    Raises
    ------
    InputError
        Nothing, or another thing than what the question asks.

    Examples
    --------
    >>> checked(Question(forme="choix", texte="Oui ?", choix=("oui", "non")), Reponse(choix=(1,)))
    Reponse(choix=(1,), valeur=None)
    """
    if question.forme == "estimation":
        return Reponse(valeur=_on_its_step(question, answer))
    chosen, places = answer.choix, range(len(question.choix))
    if answer.valeur is not None or any(one not in places for one in chosen):
        raise InputError("cette réponse n’est pas de cette question.", remedy="Rechargez la page.")
    if len(set(chosen)) < len(chosen):
        raise InputError("un choix est donné deux fois.", remedy="Rechargez la page.")
    if not chosen:
        raise InputError("aucune réponse n’est choisie.", remedy="Choisissez, puis envoyez.")
    if question.forme == "choix" and len(chosen) > 1:
        raise InputError("cette question n’a qu’une réponse.", remedy="Choisissez-en une seule.")
    if question.forme == "ordre" and len(chosen) < len(places):
        raise InputError("cet ordre n’est pas complet.", remedy="Rechargez la page.")
    return Reponse(choix=chosen if question.forme == "ordre" else tuple(sorted(chosen)))


def counted(question: Question, answers: Sequence[Reponse]) -> Compte:
    """Return how the answers to a question are distributed.

    Examples
    --------
    >>> asked = Question(forme="choix", texte="Oui ?", choix=("oui", "non"))
    >>> counted(asked, [Reponse(choix=(1,)), Reponse(choix=(1,))]).choix
    (0, 2)
    """
    number = len(answers)
    if question.forme == "estimation":
        values = Counter(one.valeur for one in answers if one.valeur is not None)
        return Compte(reponses=number, valeurs=tuple(sorted(values.items())))
    first_only = question.forme == "ordre"
    chosen = Counter(
        place for one in answers for place in (one.choix[:1] if first_only else one.choix)
    )
    choices = tuple(chosen[place] for place in range(len(question.choix)))
    if not first_only:
        return Compte(reponses=number, choix=choices)
    orders = Counter(one.choix for one in answers)
    often = sorted(orders.items(), key=lambda item: (-item[1], item[0]))[:MOST_ORDERS]
    return Compte(reponses=number, choix=choices, ordres=tuple(often))


def _on_its_step(question: Question, answer: Reponse) -> float:
    low, high, step = question.minimum, question.maximum, question.pas
    if low is None or high is None or step is None:
        raise ValueError("a question of this form has its three numbers")  # its shape sees to it
    if answer.choix or answer.valeur is None:
        raise InputError("aucune valeur n’est donnée.", remedy="Placez le curseur, puis envoyez.")
    value = answer.valeur
    inside = low <= value <= high
    place = low + round((value - low) / step) * step if inside else low
    if not inside or abs(place - value) > _NEARLY * step:
        raise InputError(
            f"la valeur va de {number_text(low)} à {number_text(high)}, "
            f"de {number_text(step)} en {number_text(step)}.",
            remedy="Placez le curseur, puis envoyez.",
        )
    return round(place, 9)
