"""« Pourquoi est-elle 43e ? »: each criterion against her neighbours, the step that moved her."""

from __future__ import annotations

from dataclasses import dataclass, replace
from html import escape

import pandas as pd

from iprof_kit.analytics.promotions.lists import Ranked, Settings
from iprof_kit.analytics.promotions.opening import share_for
from iprof_kit.base.errors import InputError
from iprof_kit.base.explanation import hypothesis
from iprof_kit.base.words import NBSP, hard_spaces_read
from iprof_kit.calculate.interface.explained import Explanation, Line
from iprof_kit.calculate.promotion.rank_why import Ranking, tell_places
from iprof_kit.careers.campaigns import Beyond
from iprof_kit.careers.criteria import criterion_text
from iprof_kit.law.promotion.contingent import promotion_contingent
from iprof_kit.law.promotion.procedures.model import BY_RANK, CRITERIA
from iprof_kit.law.promotion.rankings import procedure_names, ranking_procedure


@dataclass(frozen=True)
class Explication:
    """Why one person is where she is.

    Attributes
    ----------
    rang, sur : int or None
        None where the row could not be ranked: `phrases` says why.
    criteres : DataFrame
        One row a criterion: `critere`, `valeur`, `precedente`, `suivante`, `decide` (the one that
        parts her from her neighbour before or after).
    phrases : tuple of str
        In French: rank, neighbours, steps, place.
    sur_elle : tuple of str
        The same without the neighbours: what may be given to the person herself.
    legende : str
        Caption of the campaign: PROJET.
    raison : Explanation or None
        The ranking done again for her: rules, values read, data of the file, hypotheses.
    """

    numero: str
    liste: str
    rang: int | None
    sur: int
    propose: bool
    criteres: pd.DataFrame
    phrases: tuple[str, ...]
    sources: tuple[str, ...]
    legende: str
    sur_elle: tuple[str, ...] = ()
    raison: Explanation | None = None

    def __str__(self) -> str:
        """Return the sentences, the table, the sources."""
        table = self.criteres.to_string(index=False) if len(self.criteres) else ""
        return "\n".join(
            [
                *self.phrases,
                *self._traced(),
                table,
                f"Sources : {' ; '.join(self.sources)}",
                self.legende,
            ]
        )

    def _traced(self) -> list[str]:
        lines = self.raison.lignes if self.raison else ()
        return [f"{line.libelle}{NBSP}: {line.valeur}" for line in lines]

    def _repr_html_(self) -> str:
        sentences = "".join(f"<p>{escape(text)}</p>" for text in self.phrases)
        caption = f"<caption>{escape(self.legende)}</caption>"
        table = self.criteres.to_html(index=False, border=0)
        table = table.replace("<thead>", f"{caption}<thead>", 1)
        traced = "".join(f"<li>{escape(line)}</li>" for line in self._traced())
        traced = f"<ul>{traced}</ul>" if traced else ""
        sources = f"<p>Sources : {escape(' ; '.join(self.sources))}</p>"
        return hard_spaces_read(f"{sentences}{traced}{table}{sources}")


@dataclass(frozen=True)
class Rules:
    """What chose the order and the places of a campaign, to be told before its ranking.

    Attributes
    ----------
    corps, grade, year
    hypotheses : tuple of str
        What the campaign supposes.
    beyond : Beyond
        What is done in a year without ratio.
    """

    corps: str
    grade: str
    year: int
    settings: Settings
    hypotheses: tuple[str, ...]
    beyond: Beyond

    def tell(self, one: Ranked) -> None:
        """Apply them again for a list; what the analyst chose is a hypothesis."""
        procedure = self.settings.procedure
        if procedure.id in procedure_names(self.corps, self.grade, self.year):
            ranking_procedure(self.corps, self.grade, self.year, procedure.id)
        else:
            hypothesis("Ordre choisi", procedure.order_text)
        for supposed in self.hypotheses:
            hypothesis("Supposé", supposed)
        share = self.settings.share
        if self.settings.places is not None or share is None:
            hypothesis("Places données", str(one.places), doubtful=False)
            return
        if share == share_for(None, self.corps, self.grade, self.year, self.beyond)[0]:
            promotion_contingent(one.listed, share, one.carried)
        tell_places(one.listed, share, one.places)


def explain_rank(
    numbers: pd.Series, lists: tuple[Ranked, ...], numero: str, rules: Rules, *, neighbours: bool
) -> Explanation:
    """Return the ranking of a person done again under the trace; see `calculate.promotion`.

    Raises
    ------
    InputError
        Nobody of this number is promouvable in the campaign.
    """
    one, place = _found(numbers, lists, numero)
    if place is None:
        refused = Line(
            libelle="Non classée", valeur=str(one.errors[_row(numbers, numero)]), nature="refus"
        )
        return Explanation(question="Pourquoi sans rang ?", regle="", lignes=(refused,))
    ranking = Ranking(one.people, one.result, one.places, lambda: rules.tell(one))
    return ranking.reason(place, neighbours=neighbours)


def explain_person(
    numbers: pd.Series,
    lists: tuple[Ranked, ...],
    numero: str,
    sources: tuple[str, ...],
    caption: str,
) -> Explication:
    """Return why a person is at her rank.

    Raises
    ------
    InputError
        Nobody of this number is promouvable in the campaign.
    """
    one, place = _found(numbers, lists, numero)
    if place is not None:
        return _explain(one, place, str(numero), sources, caption)
    sentence = f"Non classée : {one.errors[_row(numbers, numero)]}."
    return Explication(
        str(numero),
        one.name,
        None,
        len(one.rows),
        False,
        pd.DataFrame(),
        (sentence,),
        sources,
        caption,
        (sentence,),
    )


def _row(numbers: pd.Series, numero: str) -> int:
    matches = numbers.index[numbers.astype(str) == str(numero)]
    if matches.empty:
        raise InputError(
            f"«{NBSP}{numero}{NBSP}» n’est pas parmi les promouvables de la campagne.",
            where="numero",
            remedy="promouvables() en donne la liste.",
        )
    return int(matches[0])


def _found(numbers: pd.Series, lists: tuple[Ranked, ...], numero: str) -> tuple[Ranked, int | None]:
    """Return the list of a person and her place in it; None where she could not be ranked."""
    row = _row(numbers, numero)
    for one in lists:
        if row in one.errors.index:
            return one, None
        places = (one.rows == row).nonzero()[0]
        if places.size:
            return one, int(places[0])
    raise AssertionError(numero)


def explain_pair(
    numbers: pd.Series,
    lists: tuple[Ranked, ...],
    pair: tuple[str, str],
    sources: tuple[str, ...],
    caption: str,
) -> Explication:
    """Return what parts two people of one list, criterion by criterion.

    Raises
    ------
    InputError
        One is not promouvable, could not be ranked, or is on another list.
    """
    first, second = (explain_person(numbers, lists, one, sources, caption) for one in pair)
    for explained in (first, second):
        if explained.rang is None:
            raise InputError(
                f"«{NBSP}{explained.numero}{NBSP}»{NBSP}: {explained.phrases[0]}",
                where="numero",
                remedy="Comparez deux personnes qui ont un rang.",
            )
    if first.liste != second.liste:
        raise InputError(
            f"«{NBSP}{first.numero}{NBSP}» et «{NBSP}{second.numero}{NBSP}» sont sur deux listes "
            f"({first.liste}, {second.liste}).",
            where="numero",
            remedy="Des listes distinctes ne se comparent pas.",
        )
    criteria = first.criteres[["critere", "valeur"]].assign(autre=second.criteres["valeur"])
    parts = (criteria["valeur"] != criteria["autre"]).to_numpy().nonzero()[0]
    criteria["departage"] = ["décide" if n in parts[:1] else "" for n in range(len(criteria))]
    parting = "Aucun critère ne les sépare : le numéro de dossier seul les range."
    if parts.size:
        row = criteria.iloc[int(parts[0])]
        parting = f"Ce qui les sépare : {row['critere']} ({row['valeur']} contre {row['autre']})."
    places = f"{first.numero} est au rang {first.rang}, {second.numero} au rang {second.rang}."
    outcomes = (_outcome(each) for each in (first, second))
    phrases = (places, parting, *outcomes)
    return replace(
        first, numero=f"{first.numero} et {second.numero}", criteres=criteria, phrases=phrases
    )


def _outcome(explained: Explication) -> str:
    """Return « P63-0606 : dans le contingent (rang). », after the steps that moved her."""
    sentences = " ".join(explained.sur_elle[1:])
    return f"{explained.numero} : {sentences[:1].lower()}{sentences[1:]}"


def _explain(
    one: Ranked, place: int, numero: str, sources: tuple[str, ...], caption: str
) -> Explication:
    result = one.result
    lines = result.why(place)
    steps = tuple(
        f"Étape « {move.step.text} » : elle {word} cette personne."
        for move in result.moves
        if move.step.kind != BY_RANK  # « dans le contingent (rang) » says it
        for rows, word in ((move.enter, "fait entrer"), (move.leave, "fait sortir"))
        if place in rows
    )
    return Explication(
        numero,
        one.name,
        int(result.rank[place]),
        len(result.order),
        bool(result.taken[place]),
        _criteria(one, place),
        (*lines[:-1], *steps, lines[-1]),
        sources,
        caption,
        (lines[0], *steps, lines[-1]),
    )


def _criteria(one: Ranked, place: int) -> pd.DataFrame:
    result, at = one.result, int(one.result.rank[place]) - 1
    before = int(result.order[at - 1]) if at else None
    after = int(result.order[at + 1]) if at + 1 < len(result.order) else None
    separators = result.separators()
    rows = []
    for n, (name, values) in enumerate(zip(result.procedure.criteria, result.values, strict=True)):
        decides = [
            word
            for word, neighbour in (("précédente", at - 1), ("suivante", at))
            if 0 <= neighbour < len(separators) and int(separators[neighbour]) == n
        ]
        rows.append(
            {
                "critere": CRITERIA[name],
                "valeur": criterion_text(name, int(values[place])),
                "precedente": "" if before is None else criterion_text(name, int(values[before])),
                "suivante": "" if after is None else criterion_text(name, int(values[after])),
                "departage": " et ".join(decides),
            }
        )
    return pd.DataFrame(rows)
