"""The rules of statistical secrecy, read from `data/reference/secret_statistique.csv`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from iprof_kit.base.errors import InputError
from iprof_kit.base.sources import to_verify
from iprof_kit.base.words import NBSP
from iprof_kit.law.tables.facts import Facts

SECRET = "secret"  # noqa: S105  # statistical secrecy, no password
"""What a hidden cell reads, everywhere."""
COUNT = "effectif"
"""The layer of the counts."""
MARGINS, CROSSING = "marges", "recoupement"
"""Why a cell is hidden besides itself."""
_RULES = Facts("secret_statistique", ("cle",))


@dataclass(frozen=True)
class Rules:
    """What a cell must meet to be published.

    Attributes
    ----------
    threshold : int
        People under which a cell is secret.
    dominance : float
        Share of a sum, 0 to 1, above which one person dominates it.
    establishments : int
        Establishments under which a sum by place of work is secret.
    establishment_dominance : float
        Share of a sum, 0 to 1, above which one establishment dominates it.
    """

    threshold: int
    dominance: float
    establishments: int
    establishment_dominance: float

    def caption(self) -> str:
        """Return the rules in French, with what is to be verified."""
        stricter = self.threshold == value("seuil_renforce")
        key = "seuil_renforce" if stricter else "seuil"
        doubt = " (à vérifier)" if to_verify(confidence(key)) else ""
        return (
            f"Case d’au moins {self.threshold} personnes{doubt}, aucune "
            f"au-dessus de {100 * self.dominance:.0f}{NBSP}% d’une somme{NBSP}; masquage "
            f"secondaire{NBSP}; recoupement avec ce qui a déjà été publié de la même source."
        )


def rules(threshold: int | None = None) -> Rules:
    """Return the rules, with the usual threshold or the one asked for.

    Raises
    ------
    InputError
        The threshold is lower than the usual one, or no whole number.
    """
    usual = value("seuil")
    asked = usual if threshold is None else threshold
    if isinstance(asked, bool) or not isinstance(asked, int) or asked < usual:
        raise InputError(
            f"un seuil de «{NBSP}{threshold}{NBSP}» n’est pas possible.",
            where="seuil",
            remedy=f"Donnez un nombre entier{NBSP}: {usual} (usage de l’Insee), ou "
            f"{value('seuil_renforce')} et plus, jamais moins de {usual}.",
        )
    return Rules(
        asked,
        value("dominance") / 100,
        value("etablissements"),
        value("dominance_etablissement") / 100,
    )


@cache
def value(key: str) -> int:
    """Return a value of the table of the rules."""
    return _RULES.read(None, key).whole("valeur")


def confidence(key: str) -> str:
    """Return how sure our reading of a rule is."""
    return _RULES.read(None, key).confidence
