"""L'échelon spécial of the classe exceptionnelle, from 2017 to 2023-08-05."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from iprof_kit.base.calendar import MONTH, axis_of, date_text, rentree
from iprof_kit.base.errors import PeriodNotCovered
from iprof_kit.base.sources import Source
from iprof_kit.base.words import echelon_label
from iprof_kit.law.promotion.rows import EXCEPTIONNELLE_ROWS as ROWS
from iprof_kit.law.promotion.rows import PARAMETERS, parameter
from iprof_kit.law.promotion.viviers import echelon_numbers
from iprof_kit.law.tables.cells import CELLS, Cell
from iprof_kit.law.tables.rules import rule

Bools = npt.NDArray[np.bool_]
_CE = "classe_exceptionnelle"
_SPECIAL = "echelon_special_echelon"


@rule(
    sentence="L’échelon spécial de la classe exceptionnelle était ouvert, au choix, à qui avait "
    "au 31 août l’ancienneté requise dans le dernier échelon numéroté ; il n’existe plus depuis "
    "le {ensuite:date}.",
    source="décret 2017-786 ; arrêté 10-05-2017",
    since="2017-09-01",
    until="2023-08-05",
    tables=("parametres_promotion", "bareme_classe_exceptionnelle"),
)
def echelon_special_open(cell: Cell, days_in_echelon: Cell, year: int) -> Bools:
    """Tell who could reach the échelon spécial on 1 September of a campaign.

    Raises
    ------
    PeriodNotCovered
        Since 2023-08-06 there is none.
    """
    _refuse_after_special(year)
    echelon = parameter(_SPECIAL, year).whole("valeur", "échelon requis")
    months = parameter("echelon_special_mois", year).whole("valeur", "mois dans l’échelon")
    cell, days = np.asarray(cell, np.int64), np.asarray(days_in_echelon, np.int64)
    known = [bool(ROWS.all(year, corps, "echelon_special")) for corps in CELLS.corps[cell]]
    opened: Bools = (
        np.array(known, bool)
        & (CELLS.grade[cell] == _CE)
        & (echelon_numbers()[cell] == echelon)
        & (days >= months * MONTH)
    )
    return opened


def special_condition_text(year: int) -> str:
    """Return the condition of the échelon spécial in French, lower case, no full stop."""
    echelon = parameter(_SPECIAL, year).text("valeur")
    months = parameter("echelon_special_mois", year).text("valeur")
    return (
        f"il fallait {months} mois au {echelon_label(echelon)} de la classe exceptionnelle au "
        f"31 août {year}"
    )


def special_source(year: int) -> Source:
    """Return the text of the échelon spécial."""
    return parameter("echelon_special_mois", year).papers


def special_ceiling_text(corps: str, year: int) -> str:
    """Return what bounded the échelon spécial, in French, no full stop."""
    row = ROWS.read(year, corps, "echelon_special", "contingent_pct_grade")
    return f"pas de ratio : au plus {row.text('valeur')} % de l’effectif du grade"


def _refuse_after_special(year: int) -> None:
    last = next(f for f in PARAMETERS.in_force(None) if f.values["cle"] == _SPECIAL).papers.until
    if last is not None and rentree(year) > axis_of(last):
        raise PeriodNotCovered(
            f"période non couverte : l’échelon spécial n’existe plus après le {date_text(last)}.",
            where="echelon_special",
        )
