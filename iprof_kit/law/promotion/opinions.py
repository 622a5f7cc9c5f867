"""Les avis sur une promotion: on which scale the inspection and the head give theirs."""

from __future__ import annotations

from dataclasses import dataclass

from iprof_kit.base.sources import Source
from iprof_kit.law.promotion.rows import EXCEPTIONNELLE_ROWS
from iprof_kit.law.tables.rules import rule

_OPINION = "avis"


@dataclass(frozen=True)
class Scale:
    """The levels of an opinion, and who gives it; how long each level holds."""

    levels: tuple[str, ...]
    authors: str
    detail: str
    renewal: str
    sources: tuple[Source, ...]

    def __str__(self) -> str:
        """Return « tres_favorable, favorable, defavorable (IEN) », for explanations."""
        return f"{', '.join(self.levels)} ({self.authors})"


@rule(
    sentence="Depuis 2024, le corps d’inspection et, dans le second degré, le chef d’établissement "
    "donnent un avis sur l’accès à la classe exceptionnelle ; il n’y a plus de barème.",
    source="lignes directrices de gestion ministérielles du 27 novembre 2023",
    since="2023-09-02",
    tables=("bareme_classe_exceptionnelle",),
)
def opinion_scale(corps: str, year: int) -> Scale:
    """Return on which scale opinions on the classe exceptionnelle are given in a campaign.

    Raises
    ------
    PeriodNotCovered
        Before the campaign 2024.
    LawError
        The corps has none in the tables.

    Examples
    --------
    >>> opinion_scale("pe", 2027).levels
    ('tres_favorable', 'favorable', 'defavorable')
    """
    levels = EXCEPTIONNELLE_ROWS.read(year, corps, _OPINION, "niveaux")
    authors = EXCEPTIONNELLE_ROWS.read(year, corps, _OPINION, "auteurs")
    renewal = EXCEPTIONNELLE_ROWS.read(year, corps, _OPINION, "reconduction")
    return Scale(
        tuple(levels.text("valeur", "niveaux de l’avis").split("|")),
        authors.text("valeur", "auteurs de l’avis"),
        levels.text("detail", "motivation de l’avis"),
        renewal.text("valeur", "durée de l’avis"),
        (levels.papers, authors.papers, renewal.papers),
    )
