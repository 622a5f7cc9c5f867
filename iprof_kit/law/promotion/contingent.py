"""How many may be promoted: whole numbers all along, what is left is carried to the next year."""

from __future__ import annotations

from dataclasses import dataclass

from iprof_kit.base.errors import InputError, LawError
from iprof_kit.base.sources import Confidence, worst
from iprof_kit.base.words import corps_label
from iprof_kit.law.promotion.rows import EXCEPTIONNELLE_ROWS as ROWS
from iprof_kit.law.tables.facts import Fact
from iprof_kit.law.tables.rules import rule

TEN_THOUSAND = 100 * 100


@dataclass(frozen=True)
class Places:
    """The promotions that a ceiling allowed, by vivier; what vivier 1 leaves is not transferred."""

    total: int
    vivier1: int
    vivier2: int
    confidence: Confidence


@rule(
    sentence="Le nombre de promotions est le produit du ratio et de l’effectif des promouvables, "
    "arrondi à l’entier inférieur ; la décimale s’ajoute au calcul de l’année suivante.",
    source="décret 2005-1090, art. 2",
    since="2017-09-01",
)
def promotion_contingent(listed: int, share: int, carried: int = 0) -> tuple[int, int]:
    """Return how many promotions a list allows, and what is carried to the next year.

    Parameters
    ----------
    listed : int
        Promouvables of the list.
    share : int
        Ratio, in ten-thousandths.
    carried : int
        Ten-thousandths of a promotion left by the year before.

    Returns
    -------
    (int, int)
        Promotions; ten-thousandths carried to the next year.

    Raises
    ------
    InputError
        A negative number, or more than one promotion carried.
    """
    if listed < 0 or share < 0 or not 0 <= carried < TEN_THOUSAND:
        raise InputError(
            "l’effectif, le ratio ou le report est impossible.",
            where="contingent",
            remedy="Le report est la décimale de l’année précédente, entre 0 et 1.",
        )
    return divmod(listed * share + carried, TEN_THOUSAND)


def rounded_contingent(
    listed: int, share: int, carried: int = 0, rounding: str = "inferieur"
) -> tuple[int, int]:
    """Return the places of a list under a procedure's rounding; see `promotion_contingent`.

    Parameters
    ----------
    listed, share, carried
        See `promotion_contingent`.
    rounding : {"inferieur", "proche", "superieur"}
        The law rounds down and carries the decimal; the others are hypotheses, that carry nothing.
    """
    places, left = promotion_contingent(listed, share, carried)
    if rounding == "superieur":
        return places + bool(left), 0
    if rounding == "proche":
        return places + (2 * left >= TEN_THOUSAND), 0
    return places, left


@rule(
    sentence="Jusqu’à la campagne 2023, la classe exceptionnelle était bornée par une part de "
    "l’effectif du corps ; la part du second vivier y était plafonnée.",
    source="décret 2017-786 ; arrêté 10-05-2017",
    since="2017-09-01",
    until="2023-09-01",
    tables=("bareme_classe_exceptionnelle",),
)
def classe_exceptionnelle_places(corps: str, year: int, corps_size: int, in_grade: int) -> Places:
    """Return the promotions to the classe exceptionnelle that a campaign 2017 to 2023 allowed.

    Parameters
    ----------
    corps_size, in_grade : int
        People in the corps, and already in the grade.

    Raises
    ------
    LawError
        No ceiling known for this corps or this campaign.
    """
    ceiling = ROWS.find(year, corps, "contingent_pct_corps", "plafond") or ROWS.find(
        year, corps, "contingent_pct_corps", "cumul"
    )
    if ceiling is None:
        raise LawError(
            f"règle non couverte : contingent de la classe exceptionnelle, campagne {year} "
            f"({corps_label(corps, plural=True)}).",
            where="contingent",
        )
    part = ROWS.read(year, corps, "volume", "part_vivier2_max_pct")
    total = max(0, corps_size * _share(ceiling) // TEN_THOUSAND - in_grade)
    second = total * _share(part) // TEN_THOUSAND
    return Places(total, total - second, second, worst([ceiling.confidence, part.confidence]))


@rule(
    sentence="L’échelon spécial de la classe exceptionnelle était borné par une part de "
    "l’effectif du grade ; il n’existe plus depuis le {ensuite:date}.",
    source="décret 2017-786 ; arrêté 10-05-2017",
    since="2017-09-01",
    until="2023-08-05",
    tables=("bareme_classe_exceptionnelle",),
)
def echelon_special_places(corps: str, year: int, grade_size: int, in_special: int) -> int:
    """Return how many could reach the échelon spécial in a campaign 2017 to 2022.

    Parameters
    ----------
    grade_size, in_special : int
        People in the classe exceptionnelle, and already in the échelon spécial.
    """
    ceiling = ROWS.read(year, corps, "echelon_special", "contingent_pct_grade")
    return max(0, grade_size * _share(ceiling) // TEN_THOUSAND - in_special)


def _share(fact: Fact) -> int:
    return round(fact.number("valeur") * TEN_THOUSAND / 100)
