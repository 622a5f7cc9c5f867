"""The inter-academic score of a person, wish by wish."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta

from iprof_kit.base.calendar import date_text, rentree_day
from iprof_kit.base.errors import InputError
from iprof_kit.base.explanation import apart, join
from iprof_kit.law.mobility.criteria import Asked, without_overlap
from iprof_kit.law.mobility.score import SetAside, WishScore, tell
from iprof_kit.law.mobility.second.family import FAMILY, family
from iprof_kit.law.mobility.second.person import Person2D
from iprof_kit.law.mobility.second.personal import (
    back,
    handicap,
    interests,
    overseas,
    priority,
    repeated,
    sport,
)
from iprof_kit.law.mobility.second.seniority import post, service
from iprof_kit.law.mobility.second.stagiaire import corsica, stage
from iprof_kit.law.mobility.second.table import (
    CRITERIA,
    NOTES,
    SINCE,
    TABLE,
    Given,
    Wishes,
    unless_unknown,
    wishes_of,
)
from iprof_kit.law.tables.rules import rule

_SCORE = "inter_2d_bareme"
Function = Callable[[Person2D, Wishes, int], list[Given]]

_CRITERIA: tuple[tuple[str, Function], ...] = (
    ("anciennete_service", service),
    ("anciennete_poste", post),
    ("stagiaire", stage),
    ("rapprochement_conjoints", family),
    ("handicap", handicap),
    ("education_prioritaire", priority),
    ("mayotte_guyane", overseas),
    ("sportif_haut_niveau", sport),
    ("voeu_preferentiel", repeated),
    ("reintegration", back),
    ("cimm", interests),
    ("corse", corsica),
)
_CHOSEN = (FAMILY, "mutation_simultanee", "parent_isole")
"""Requests that the person makes: what they exclude is lost, even when it gives more."""

NOT_COMPUTED: dict[tuple[str, str], str] = {}
"""Rows of the table that no criterion can use, with why."""


@rule(
    sentence="Le barème se calcule vœu par vœu : chaque critère donne des points aux vœux qu’il "
    "concerne, puis ce qui ne se cumule pas est écarté.",
    source=NOTES,
    since=SINCE,
    name=_SCORE,
    tables=(TABLE, "parametres_mobilite", "academies", "departements", "limitrophes"),
)
def score_wishes(
    person: Person2D, wishes: Sequence[str], campagne: int, only: int | None = None
) -> tuple[WishScore, ...]:
    """Return the score of each wish of a person in a campaign.

    Parameters
    ----------
    wishes : sequence of str
        Academies asked for, by code or label, in the order of their rank.
    campagne : int
        Year of the movement: 2026 for the posts of September 2026.
    only : int, optional
        Rank of one wish of a list already scored: it alone is, and told where somebody asked why.

    Returns
    -------
    tuple of WishScore
        In the order of the wishes; a criterion whose value is unknown in this campaign is set
        aside as such, and the total is then a minimum.

    Raises
    ------
    PeriodNotCovered
        The table knows nothing of the campaign; the covered ones are named.
    InputError
        Unknown academy, one asked twice, the present one, too many of them, or years of
        separation that have not begun.
    """
    CRITERIA.refuse_uncovered(campagne)
    columns = wishes_of(wishes, campagne)
    if only is None:
        _refuse_wishes(person, columns, campagne)
        _refuse_facts(person, campagne)
        return _scored(person, columns, campagne)
    score = _score_of(person, columns, campagne, only - 1)
    tell(score, _SCORE)
    return (score,)


def _score_of(person: Person2D, columns: Wishes, campagne: int, place: int) -> WishScore:
    """Return the score of one wish: its reason leaves out the criteria of the other wishes."""
    given: list[Given] = []
    for critere, of in _CRITERIA:
        with apart() as tried:
            cases = unless_unknown(critere, columns, of, person, columns, campagne)
        own = [case for case in cases if case.wishes[place]]
        if own:
            join(tried)
        given += own
    return _score(columns, place, given)


def _scored(person: Person2D, columns: Wishes, campagne: int) -> tuple[WishScore, ...]:
    given = [
        case
        for critere, of in _CRITERIA
        for case in unless_unknown(critere, columns, of, person, columns, campagne)
    ]
    return tuple(_score(columns, place, given) for place in range(len(columns)))


def score_as_next(
    person: Person2D, wishes: Sequence[str], places: Sequence[str], campagne: int
) -> tuple[WishScore, ...]:
    """Return what each academy would score as the one wish that follows those already ranked.

    Parameters
    ----------
    wishes : sequence of str
        Wishes already ranked; none: each academy is wish 1.
    places : sequence of str
        Academies, each scored as if it were added alone.

    Raises
    ------
    PeriodNotCovered, InputError
        As `score_wishes`, but for the number of wishes.
    """
    CRITERIA.refuse_uncovered(campagne)
    _refuse_facts(person, campagne)
    lists = (wishes_of([*wishes, place], campagne) for place in places)
    return tuple(_scored(person, each, campagne)[-1] for each in lists)


def _score(wishes: Wishes, place: int, given: Sequence[Given]) -> WishScore:
    cases = [case.what for case in given if case.wishes[place]]
    lines, overlaps = without_overlap([c for c in cases if isinstance(c, Asked)], _CHOSEN)
    asides = [case for case in cases if isinstance(case, SetAside)]
    return WishScore(place + 1, wishes.names[place], lines, (*asides, *overlaps))


def _refuse_wishes(person: Person2D, wishes: Wishes, campagne: int) -> None:
    most = CRITERIA.find(campagne, "regle", "nb_voeux_max")
    if most is None:
        return
    if len(wishes) > most.number():
        raise InputError(
            f"{len(wishes)} vœux : le maximum est {most.number()}.",
            where="voeux",
            remedy="Retirez les derniers vœux.",
        )
    if person.academie and not person.stagiaire and wishes.on(person.academie).any():
        rank = int(wishes.on(person.academie).argmax()) + 1
        raise InputError(
            f"{most.condition}.",
            where=f"voeux, rang {rank}",
            remedy=f"Retirez l’académie de {wishes.names[rank - 1]}.",
        )


def _refuse_facts(person: Person2D, campagne: int) -> None:
    _refuse_years(person, campagne)
    _refuse_late_echelon(person, campagne)


def _refuse_years(person: Person2D, campagne: int) -> None:
    years = [year.annee for year in person.separation]
    if len(set(years)) < len(years):
        raise InputError(
            "une année scolaire est donnée deux fois.",
            where="separation.annee",
            remedy="Gardez une ligne par année.",
        )
    late = [year for year in years if year >= campagne]
    if late:
        raise InputError(
            f"l’année scolaire {late[0]}-{late[0] + 1} est postérieure à la campagne {campagne}.",
            where="separation.annee",
            remedy="Retirez cette année.",
        )


def _refuse_late_echelon(person: Person2D, campagne: int) -> None:
    """Refuse an échelon not yet held on 31 August before (1 September for a classement)."""
    if person.echelon_depuis is None:
        return
    seen = rentree_day(campagne - 1)
    limit = seen if person.echelon_par == "classement" else seen - timedelta(days=1)
    if person.echelon_depuis > limit:
        raise InputError(
            f"échelon pris après le {date_text(limit)}.",
            where="echelon_depuis",
            remedy=f"Donnez l’échelon détenu le {date_text(limit)}.",
        )


@rule(
    sentence="À barème égal, la situation familiale puis l’âge départagent.",
    source=NOTES,
    since="2023-11-08",
    name="inter_2d_departage",
    tables=(TABLE,),
)
def tie_break(campagne: int) -> str:
    """Return, in French, what decides between equal scores in a campaign.

    Raises
    ------
    PeriodNotCovered
        Not known for the campaign.
    """
    return CRITERIA.read(campagne, "regle", "departage").condition


@rule(
    sentence="La barre d’entrée d’une académie est le barème de son dernier entrant ; il n’y a pas "
    "de barre de sortie au second degré.",
    source="education.gouv.fr (cartes des résultats)",
    since="2023-11-08",
    name="inter_2d_barre",
    tables=(TABLE,),
)
def bar_meaning(campagne: int) -> str:
    """Return, in French, what a bar of the second degree is in a campaign.

    Raises
    ------
    PeriodNotCovered
        Not known for the campaign.
    """
    return CRITERIA.read(campagne, "regle", "barre").condition


def movement_rules(campagne: int) -> tuple[str, ...]:
    """Return, in French, the rules of a campaign that give no points and that one must know."""
    sentences = []
    most = CRITERIA.find(campagne, "regle", "nb_voeux_max")
    if most is not None:
        sentences.append(f"{most.number()} {most.fact.text('unite')} au plus ; {most.condition}")
    if CRITERIA.find(campagne, "regle", "barre") is not None:
        sentences.append(bar_meaning(campagne))
    return tuple(sentences)
