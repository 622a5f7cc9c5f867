"""The score of each wish of the interdepartmental movement of the first degree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

import numpy as np

from iprof_kit.base.calendar import MONTH, axis_of, duration_text
from iprof_kit.base.errors import InputError
from iprof_kit.base.words import points_text, position_label
from iprof_kit.law.mobility.criteria import departement, without_overlap
from iprof_kit.law.mobility.first.basket import Basket
from iprof_kit.law.mobility.first.family import ask_family
from iprof_kit.law.mobility.first.person import Partner, Person1D
from iprof_kit.law.mobility.first.personal import ask_personal
from iprof_kit.law.mobility.first.rules import (
    CRITERIA,
    SENIORITY,
    TABLE,
    echelon_case,
    first_campaign,
    first_degree_echelon_points,
    function_seniority_points,
    linked_totals,
    months_beyond,
    months_in_departement,
    reference_day,
)
from iprof_kit.law.mobility.first.schools import ask_schools, axis_span
from iprof_kit.law.mobility.score import SetAside, WishScore, tell
from iprof_kit.law.tables.rules import rule

LINKED = "voeux_lies"
_SCORE = "inter_1d_bareme"
NOT_COUNTED = ("disponibilite", "conge_etudes_non_activite")

_RULES_WITHOUT_POINTS = ("algorithme", "confirmation_obligatoire", "cimm_circulaire_2023_ecartee")

NOT_COMPUTED = {
    ("echelon", "pe_classe_normale_01"): "aucune valeur publiée : un titulaire est au moins à "
    "l’échelon 2",
    ("echelon", "pe_classe_normale_02"): "tiret dans la grille de la campagne 2018",
    ("regle", "algorithme"): "les deux phases dépendent des vœux et des barèmes de tous",
    ("regle", "confirmation_obligatoire"): "une démarche, pas un nombre de points",
}
"""Cases of the table that give no points here, and why."""


@rule(
    name=_SCORE,
    sentence="Le barème d’un vœu additionne les points des critères qui le concernent, sauf ceux "
    "qui ne se cumulent pas.",
    source="lignes directrices de gestion du 22-10-2024 (mobilité), mouvement interdépartemental",
    since="2013-09-01",
    tables=(TABLE,),
)
def score_wishes(
    person: Person1D, voeux: Sequence[str], campagne: int, only: int | None = None
) -> tuple[WishScore, ...]:
    """Return the score of each wish, in the order of the wishes.

    Parameters
    ----------
    voeux : sequence of str
        Codes of départements, the first being wish 1.
    campagne : int
        Year of the rentrée aimed at.
    only : int, optional
        Rank of one wish of a list already scored: it alone is, and told where somebody asked why.

    Raises
    ------
    InputError
        Unknown département, wish written twice, own département, too many wishes.
    PeriodNotCovered
        The campaign is not covered.
    """
    CRITERIA.refuse_uncovered(campagne)
    if only is None:
        refuse_wishes(person.departement, voeux, campagne)
    scores = _scored(person, _baskets(voeux, campagne, only), voeux)
    if only is not None:
        tell(scores[0], _SCORE)
    return scores


def _scored(
    person: Person1D, baskets: Sequence[Basket], voeux: Sequence[str]
) -> tuple[WishScore, ...]:
    """Return the scores of some wishes of a list, linked to those of a partner or not."""
    if person.lie is None:
        return _filled(person, baskets, linked=False)
    campagne = baskets[0].campagne
    refusal = linked_refusal(person.lie, voeux, campagne)
    if refusal:
        aside = SetAside(LINKED, CRITERIA.label(LINKED), refusal)
        scores = _filled(person, baskets, linked=False)
        return tuple(replace(score, ecartes=(*score.ecartes, aside)) for score in scores)
    other = person.lie.person
    refuse_wishes(other.departement, voeux, campagne)
    hers = [Basket(one.campagne, one.rang, one.voeu, one.premier) for one in baskets]
    own_scores = _filled(person, baskets, linked=True)
    return _means(own_scores, _filled(other, hers, linked=True), campagne)


def score_as_next(
    person: Person1D, voeux: Sequence[str], places: Sequence[str], campagne: int
) -> tuple[WishScore, ...]:
    """Return what each place would score as the one wish that follows those already ranked.

    Parameters
    ----------
    person : Person1D
        Linked wishes are not counted: both lists would have to be the same.
    voeux : sequence of str
        Wishes already ranked; none: each place is wish 1.
    places : sequence of str
        Codes of départements, each scored as if it were added alone.

    Raises
    ------
    InputError, PeriodNotCovered
        As `score_wishes`, but for the number of wishes.
    """
    CRITERIA.refuse_uncovered(campagne)
    rank = len(voeux) + 1
    baskets = [Basket(campagne, rank, place, voeux[0] if voeux else place) for place in places]
    return _filled(person, baskets, linked=False) if baskets else ()


@rule(
    name="inter_1d_phases",
    sentence="Le mouvement se fait en deux phases, mutation puis permutation ; une demande se "
    "confirme dans le délai fixé.",
    source="education.gouv.fr, phases du mouvement",
    since="2013-09-01",
    tables=(TABLE,),
)
def movement_rules(campagne: int) -> tuple[str, ...]:
    """Return, in French, what the rules of a campaign say that is no number of points."""
    rows = (CRITERIA.find(campagne, "regle", name) for name in _RULES_WITHOUT_POINTS)
    sentences = [row.condition for row in rows if row is not None]
    most = CRITERIA.find(campagne, "regle", "nb_voeux_max")
    if most is None:
        return (*sentences, "Nombre maximal de vœux non trouvé.")
    return (*sentences, f"{most.number()} vœux au plus ; {most.condition}")


def refuse_wishes(origin: str, voeux: Sequence[str], campagne: int) -> None:
    """Refuse wishes that cannot be entered; see `score_wishes`."""
    for number, code in enumerate(voeux):
        where = f"voeux.{number}"
        if departement(code, where=where).values["departement_siam_1d"] != "oui":
            raise InputError(
                f"{code} n’est pas un département du mouvement.",
                where=where,
                remedy="Retirez ce vœu.",
            )
        if code == origin:
            raise InputError(
                f"{code} est votre département actuel.", where=where, remedy="Retirez ce vœu."
            )
        if code in voeux[:number]:
            raise InputError(
                f"le département {code} est demandé deux fois.",
                where=where,
                remedy="Gardez un seul des deux vœux.",
            )
    departement(origin, where="departement")
    if not voeux:
        raise InputError("aucun vœu.", where="voeux", remedy="Donnez un département au moins.")
    most = CRITERIA.find(campagne, "regle", "nb_voeux_max")
    if most is not None and len(voeux) > most.number():
        raise InputError(
            f"{len(voeux)} vœux : le maximum est {most.number()}.",
            where="voeux",
            remedy="Retirez les derniers vœux.",
        )


def _baskets(voeux: Sequence[str], campagne: int, only: int | None) -> list[Basket]:
    return [
        Basket(campagne, rang, voeu, voeux[0])
        for rang, voeu in enumerate(voeux, start=1)
        if only in (None, rang)
    ]


def _filled(person: Person1D, baskets: Sequence[Basket], *, linked: bool) -> tuple[WishScore, ...]:
    """Return the scores of one person; `linked`: what linked wishes exclude is set aside."""
    _ask_common(person, baskets)
    ask_family(person, baskets)
    ask_schools(person, baskets)
    ask_personal(person, baskets)
    return tuple(_settle(basket, linked) for basket in baskets)


@rule(
    name="inter_1d_voeux_lies_condition",
    sentence="Deux enseignants du premier degré mariés, pacsés ou, depuis 2024, parents d’un même "
    "enfant peuvent lier les mêmes vœux dans le même ordre.",
    source="SE-UNSA 67 (nouveautés 2024) ; FSU-SNUipp 75, campagne 2025",
    since="2013-09-01",
    tables=(TABLE,),
)
def linked_refusal(lie: Partner, voeux: Sequence[str], campagne: int) -> str:
    """Return why wishes cannot be linked, "" if they can."""
    if CRITERIA.find(campagne, LINKED, "regle") is None:
        return f"aucune règle trouvée dans les textes lus pour la campagne {campagne}"
    if lie.lien == "enfant_commun":
        first = first_campaign(LINKED, "enfant_commun", campagne)
        if first is None:
            return "aucune source ne dit si les parents d’un enfant commun lient leurs vœux"
        if campagne < first:
            return f"ouvert aux parents d’un enfant commun depuis le mouvement {first}"
    if lie.voeux != tuple(voeux):
        return "les deux listes de vœux ne sont pas les mêmes, dans le même ordre"
    return ""


def _means(
    own_scores: Sequence[WishScore], partner_scores: Sequence[WishScore], campagne: int
) -> tuple[WishScore, ...]:
    """Bring each score to the mean of the two by one line that says both."""
    one = np.array([score.total for score in own_scores])
    other = np.array([score.total for score in partner_scores])
    row = CRITERIA.read(campagne, LINKED, "regle")
    means = []
    for score, partner, mean in zip(
        own_scores, partner_scores, linked_totals(one, other), strict=True
    ):
        both = f"({points_text(score.total)} + {points_text(partner.total)}) / 2"
        line = row.line(
            CRITERIA.label(LINKED), float(mean) - score.total, f"{both} ; {row.condition}"
        )
        aside = tuple(a for a in partner.ecartes if a.inconnu)
        means.append(replace(score, lignes=(*score.lignes, line), ecartes=(*score.ecartes, *aside)))
    return tuple(means)


def _settle(basket: Basket, linked: bool) -> WishScore:
    if linked:
        basket.choose(LINKED, "regle")
    lines, aside = without_overlap(basket.asked, chosen=(LINKED,))
    kept = tuple(line for line in lines if line.critere != LINKED)
    return WishScore(basket.rang, basket.voeu, kept, (*basket.ecartes, *aside))


def _ask_common(person: Person1D, baskets: Sequence[Basket]) -> None:
    """Ask for the échelon and the seniority, the same for every wish."""
    campagne = baskets[0].campagne
    case = _known_case(person)
    months = _months(person, campagne)
    echelon = cache(lambda: float(first_degree_echelon_points((case,), campagne)[0]))
    covered = CRITERIA.find(campagne, SENIORITY, "par_mois_entier") is not None
    seniority = _seniority(months, campagne) if covered and months is not None else None
    for basket in baskets:
        basket.add("echelon", case, position_label(person.grade, str(person.echelon)), echelon)
        if not covered:
            basket.add(SENIORITY, "par_mois_entier", "")
        elif seniority is None:
            basket.refuse(
                SENIORITY,
                "par_mois_entier",
                "date d’arrivée dans le département ou nombre de mois manquant",
                unknown=True,
            )
        else:
            _add_seniority(basket, *seniority)


def _known_case(person: Person1D) -> str:
    """Return the case of the person's échelon; refuse one that no campaign knows."""
    case = echelon_case(person.corps, person.grade, person.echelon)
    if not CRITERIA.campaigns_of("echelon", case):
        known = {row.sous_critere for row in CRITERIA.cases(CRITERIA.campaigns[-1], "echelon")}
        same = sorted(name for name in known if name.startswith(case[:-2]))
        raise InputError(
            f"l’échelon {person.echelon} n’existe pas dans ce grade.",
            where="echelon",
            remedy=f"Échelons connus : {', '.join(same) or 'aucun'}.",
        )
    return case


def _seniority(months: int, campagne: int) -> tuple[float, float, str]:
    """Return the points of whole months in the département, of its slices, and the count."""
    column = np.array([months])
    monthly, slices = function_seniority_points(column, campagne)
    beyond = int(months_beyond(column, campagne)[0])
    counted = f"{duration_text(months * MONTH)} dans le département, {beyond} mois comptés"
    return float(monthly[0]), float(slices[0]), counted


def _add_seniority(basket: Basket, monthly: float, slices: float, counted: str) -> None:
    basket.add(SENIORITY, "par_mois_entier", counted, lambda: monthly)
    if slices:
        basket.add(SENIORITY, "par_tranche_5_ans", counted, lambda: slices)


def _months(person: Person1D, campagne: int) -> int | None:
    """Return whole months in the département on the reference date, None where not known."""
    if person.anciennete_mois is not None:
        return person.anciennete_mois
    known = CRITERIA.find(campagne, SENIORITY, "par_mois_entier") is not None
    if person.departement_depuis is None or not known:
        return None
    end = reference_day(campagne)
    since = min(axis_of(person.departement_depuis), end)
    spans = (axis_span(a, end) for a in person.absences if a.motif in NOT_COUNTED)
    away = sum(max(0, last - max(first, since)) for first, last in spans)
    return int(months_in_departement(np.array([since]), np.array([away]), campagne)[0])
