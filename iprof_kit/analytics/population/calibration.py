"""The calibration: each published figure beside ours, what is within tolerance and what is not."""

from __future__ import annotations

import numpy as np
import pandas as pd

from iprof_kit.analytics.population.build import Population, build
from iprof_kit.analytics.population.measures import MEASURES, Asked
from iprof_kit.law.tables.loading import table

WITHIN, OUTSIDE, UNKNOWN = "dans la tolérance", "hors tolérance", "non mesuré"
GAP_ONLY = "écart seul"


def calibration(population: Population) -> pd.DataFrame:
    """Compare a population with the published figures (generateur_cibles.csv).

    Returns
    -------
    DataFrame
        One row a figure: `libelle`, `corps`, `sexe`, `cle`, `annee`, `publie`, `obtenu`, `ecart`,
        `tolerance` (all in `unite`), `resultat`, `usage` (« calage » : the laws were set for it ;
        « controle » : only compared), `source`, `confiance`. Nothing is left out.
    """
    return compared(population, table("generateur_cibles"))


def compared(population: Population, figures: pd.DataFrame) -> pd.DataFrame:
    """Compare a population with some figures: columns of generateur_cibles, as `calibration`.

    A figure without tolerance is only shown with its gap.
    """
    ours = [_measured(population, row) for row in figures.itertuples(index=False)]
    comparison = pd.DataFrame(
        {
            "libelle": figures["libelle"],
            "indicateur": figures["indicateur"],
            "corps": figures["corps"],
            "sexe": figures["sexe"],
            "cle": figures["cle"],
            "annee": figures["annee"],
            "publie": figures["valeur"],
            "obtenu": ours,
        }
    )
    comparison["ecart"] = comparison["obtenu"] - comparison["publie"]
    comparison["unite"], comparison["tolerance"] = figures["unite"], figures["tolerance"]
    comparison["resultat"] = np.select(
        [
            comparison["ecart"].isna(),
            comparison["tolerance"].isna(),
            comparison["ecart"].abs() <= comparison["tolerance"],
        ],
        [UNKNOWN, GAP_ONLY, WITHIN],
        OUTSIDE,
    )
    for name in ("usage", "source", "confiance"):
        comparison[name] = figures[name]
    comparison.attrs = {**population.table.attrs, "taille": population.size}
    return comparison


def calibrate(size: int, seed: int, annee: int | None = None) -> pd.DataFrame:
    """Generate a population and return its calibration; see `build.generate`.

    Examples
    --------
    >>> import iprof_kit
    >>> measured = iprof_kit.calibrate(200, seed=1)
    >>> sorted(set(measured["resultat"]))
    ['dans la tolérance', 'hors tolérance', 'non mesuré']
    """
    return calibration(build(size, seed, annee))


def _measured(population: Population, row: object) -> float:
    asked = Asked(
        str(getattr(row, "corps", "")),
        str(getattr(row, "sexe", "")),
        str(getattr(row, "cle", "")),
        int(str(getattr(row, "annee", 0))),
    )
    return MEASURES[str(getattr(row, "indicateur", ""))](population, asked)
