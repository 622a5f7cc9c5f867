"""The condition of a promotion in one campaign, whatever the wording in force that year."""

from __future__ import annotations

import numpy as np

from iprof_kit.base.calendar import rentree
from iprof_kit.base.sources import Source
from iprof_kit.calculate.career.runs import Run
from iprof_kit.calculate.interface.aside import aside
from iprof_kit.law.promotion.conditions import (
    CLASSE_EXCEPTIONNELLE,
    classe_exceptionnelle_open,
    condition_text,
    hors_classe_open,
    references,
)
from iprof_kit.law.promotion.viviers import (
    viviers_condition_text,
    viviers_sources,
    with_viviers,
)


def campaign_condition(corps: str, grade: str, year: int) -> str:
    """Return the condition in French, lower case, without full stop; viviers until 2023.

    Raises
    ------
    LawError
        No access to this grade in this corps, or no rule for this campaign.
    """
    if grade == CLASSE_EXCEPTIONNELLE and with_viviers(year):
        return viviers_condition_text(corps, year)
    return condition_text(corps, grade, year)


def campaign_sources(corps: str, grade: str, year: int) -> tuple[Source, ...]:
    """Return the texts of that condition; same errors."""
    if grade == CLASSE_EXCEPTIONNELLE and with_viviers(year):
        return viviers_sources(corps, year)
    return references(corps, grade, year)


def unjudged(grade: str, year: int, lived: Run) -> str:
    """Return why the tables cannot tell who was promouvable in a campaign, "" where they can.

    Until 2023 the classe exceptionnelle depended on functions that a career does not hold.
    """
    eve = lived.before(rentree(year))
    is_open = classe_exceptionnelle_open if grade == CLASSE_EXCEPTIONNELLE else hors_classe_open
    _, why = aside(lambda: is_open(np.array([eve.cell]), np.array([eve.days]), year))
    return why
