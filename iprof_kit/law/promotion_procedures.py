"""How a table of promotions is ranked: criteria, balance, reserve, as each authority did."""

from __future__ import annotations

from dataclasses import dataclass

from iprof_kit.base.errors import BadTable, InputError, PeriodNotCovered
from iprof_kit.base.explanation import Parameter, explaining, note
from iprof_kit.base.sources import Source
from iprof_kit.base.vocabulary import corps_label, grade_label
from iprof_kit.law.facts import Fact
from iprof_kit.law.promotion_rows import PROCEDURE_ROWS, grade_before
from iprof_kit.law.rules import rule

CRITERIA = {
    "bareme": "barème",
    "avis_tres_favorables": "avis très favorables",
    "avis_sans_defavorable": "absence d’avis défavorable",
    "appreciation": "appréciation",
    "appreciation_maximale": "appréciation « excellent »",
    "dernier_echelon": "dernier échelon de la classe normale",
    "anciennete_corps": "ancienneté dans le corps",
    "anciennete_grade": "ancienneté dans le grade",
    "echelon": "échelon",
    "anciennete_echelon": "ancienneté dans l’échelon",
    "ags": "ancienneté générale des services",
    "age": "âge",
    "femme": "sexe (femme)",
}
"""Criteria of a ranking and their French names; the greatest value comes first."""
MERIT = ("bareme", "avis_tres_favorables", "avis_sans_defavorable")
"""Criteria that say the merit: « à barème égal », « à avis égal » is to have the same ones."""
NO_BALANCE, AT_EQUAL_MERIT, SWAP, TWO_LISTS = "sans", "egalite", "permutation", "deux_listes"
_NATIONAL = ("ministère", "lignes directrices de gestion")


@dataclass(frozen=True)
class Procedure:
    """A way of ranking, as data.

    Attributes
    ----------
    id, authority
    criteria : tuple of str
        Names of `CRITERIA`, in order; the number of the person comes last, so that the order of
        the rows changes nothing.
    balance : str
        Step for the balance of women and men: « sans », « egalite » (the last taken give way to
        the first not taken of equal merit), « permutation » (whatever their merit) or
        « deux_listes ».
    prorata : str
        Group whose part among the promoted must follow its part among the promouvables; "": none.
    reserve_pct : int
        Part of the contingent kept for a group out of rank.
    source : Source
    """

    id: str
    authority: str
    criteria: tuple[str, ...]
    balance: str
    prorata: str
    reserve_pct: int
    source: Source

    @property
    def merit(self) -> int:
        """How many of the first criteria say the merit."""
        size = 0
        while size < len(self.criteria) and self.criteria[size] in MERIT:
            size += 1
        return size

    @property
    def groups(self) -> tuple[str, ...]:
        """Groups that its steps look at: « femme », « superieur », « reserve »."""
        steps = {
            "femme": self.balance != NO_BALANCE, self.prorata: True, "reserve": self.reserve_pct > 0
        }  # fmt: skip
        return tuple(name for name, looked_at in steps.items() if name and looked_at)

    @property
    def order_text(self) -> str:
        """« barème, puis ancienneté dans le corps, puis … »."""
        return ", puis ".join(CRITERIA[name] for name in self.criteria)


@rule(
    sentence="Les promouvables sont classés selon leur barème ou leurs avis, puis départagés dans "
    "un ordre que fixe l’autorité qui arrête le tableau ; l’équilibre entre les femmes et les "
    "hommes est recherché.",
    source="lignes directrices de gestion ministérielles (2020-11-05, 2023-11-27)",
    since="2018-09-01",
    tables=("procedures_classement",),
)
def ranking_procedure(corps: str, target_grade: str, year: int, name: str = "") -> Procedure:
    """Return how a table of promotions is ranked.

    Parameters
    ----------
    corps, target_grade : str
    year : int
        Campaign.
    name : str
        Id of procedures_classement.csv; by default the national order of the campaign.

    Raises
    ------
    InputError
        No such procedure for this corps and campaign; the message lists those that exist.
    PeriodNotCovered
        No national order known for this campaign.
    """
    found = {fact.values["id"]: fact for fact in _facts(corps, target_grade, year)}
    if name:
        if name not in found:
            raise InputError(
                f"la procédure «\u00a0{name}\u00a0» n’est pas connue pour la campagne {year} "
                f"({corps_label(corps, plural=True)}, {grade_label(target_grade)}).",
                where="procedure",
                remedy=f"Procédures connues\u00a0: {', '.join(found) or 'aucune'}.",
            )
        return _procedure(found[name])
    for fact in found.values():
        if fact.values["autorite"] in _NATIONAL:
            return _procedure(fact)
    raise PeriodNotCovered(
        f"période non couverte\u00a0: aucun ordre national de classement connu pour la campagne "
        f"{year} ({corps_label(corps, plural=True)}, {grade_label(target_grade)}).",
        where="procedure",
        remedy=f"Procédures locales connues\u00a0: {', '.join(found) or 'aucune'}.",
    )


def procedure_names(corps: str, target_grade: str, year: int) -> tuple[str, ...]:
    """Return the ids of the procedures known for a corps and a campaign."""
    return tuple(str(fact.values["id"]) for fact in _facts(corps, target_grade, year))


@rule(
    sentence="La part d’un groupe (femmes, affectés du supérieur) parmi les promus tend vers sa "
    "part parmi les promouvables.",
    source="lignes directrices de gestion ministérielles ; bordeaux.snes.edu CE 2025",
    since="2018-09-01",
)
def fair_part(members: int, listed: int, places: int) -> int:
    """Return how many of a group the places would take in proportion, to the nearest person."""
    if not listed:
        return 0
    return (2 * places * members + listed) // (2 * listed)


@rule(
    sentence="Une part du contingent peut être réservée, hors classement ; elle est arrondie à "
    "l’entier inférieur.",
    source="55.snuipp.fr (Meuse, 2021 : 5 % pour les agents proches de la retraite)",
    since="2018-09-01",
    tables=("procedures_classement",),
)
def reserved_places(places: int, reserve_pct: int) -> int:
    """Return the places kept out of rank."""
    return places * reserve_pct // 100


def _facts(corps: str, target_grade: str, year: int) -> list[Fact]:
    grade_before(corps, target_grade)
    return PROCEDURE_ROWS.all(year, corps, target_grade)


def _procedure(fact: Fact) -> Procedure:
    row = fact.values
    criteria = tuple(str(row["ordre"]).split(" > "))
    unknown = [name for name in criteria if name not in CRITERIA]
    if unknown:
        raise BadTable(
            f"critère inconnu «\u00a0{unknown[0]}\u00a0».", where="procedures_classement.csv",
            remedy=f"Critères connus\u00a0: {', '.join(CRITERIA)}.",
        )  # fmt: skip
    if row["equilibre"] not in (NO_BALANCE, AT_EQUAL_MERIT, SWAP, TWO_LISTS):
        raise BadTable(
            f"équilibre inconnu «\u00a0{row['equilibre']}\u00a0».",
            where="procedures_classement.csv",
        )
    papers = fact.papers
    if explaining():
        note(Parameter("ordre de classement", row["ordre"], papers.text,
                       confidence=papers.confidence))  # fmt: skip
    return Procedure(
        str(row["id"]), str(row["autorite"]), criteria, str(row["equilibre"]), str(row["prorata"]),
        int(row["reserve_pct"]), papers,
    )  # fmt: skip
