"""A fictitious list to try the tables on: drawn at random, calibrated on nothing."""

# No number here is of the law: a fictitious list.

from __future__ import annotations

import numpy as np
import pandas as pd

from iprof_kit.base.calendar import MONTH, YEAR, rentree, to_dates
from iprof_kit.law.promotion.bareme import APPRECIATIONS

SOURCE = "liste fictive, tirée au hasard"
_ASIDE = (
    ("Disponibilité", "convenances personnelles"),
    ("Disponibilité", "suivre un conjoint"),
    ("Disponibilité", "convenances personnelles"),
    ("Radié", "démission"),
    ("Radié", "retraite"),
    ("Radié", "retraite"),
    ("xyz", ""),
    ("Congé spécial", ""),
)
"""Positions of those whom an extract holds besides: it leaves them out, or asks."""
_AGE_AT_9TH, _YEARS_AT_9TH = 38, 12


def exemple_promouvables(taille: int = 648, annee: int = 2027, graine: int = 63) -> pd.DataFrame:
    """Return fictitious professeurs des écoles promouvables to the hors classe.

    Parameters
    ----------
    taille : int
        How many.
    annee : int
        Campaign: `anciennete_jours` is the situation of 31 August.
    graine : int
        Of the random draw: one seed, one list.

    Returns
    -------
    DataFrame
        One row a person: `numero`, `sexe`, `date_naissance`, `corps`, `grade`, `echelon`,
        `chevron`, `anciennete_jours`, `entree_corps`, `entree_grade`, `debut_services`,
        `departement`, `position`, `appreciation`, `retraitable`, `opposition`.

    Examples
    --------
    >>> import iprof_kit
    >>> iprof_kit.exemple_promouvables(taille=5)["corps"].tolist()
    ['pe', 'pe', 'pe', 'pe', 'pe']
    """
    draw = np.random.default_rng(graine)
    day = rentree(annee)
    echelon = draw.choice([9, 10, 11], taille, p=[0.36, 0.42, 0.22])
    months = np.select(
        [echelon == 9, echelon == 10],
        [draw.integers(24, 48, taille), draw.integers(0, 48, taille)],
        draw.integers(0, 100, taille),
    )
    seniority = _YEARS_AT_9TH + 4 * (echelon - 9) + months // 12 + draw.integers(0, 5, taille)
    age = _AGE_AT_9TH + 4 * (echelon - 9) + months // 12 + draw.integers(0, 13, taille)
    days_of = draw.integers(0, YEAR, (3, taille))
    birth = day - YEAR * age - days_of[0]
    return pd.DataFrame(
        {
            "numero": [f"P63-{n:04d}" for n in draw.permutation(taille)],
            "sexe": np.where(draw.random(taille) < 0.83, "F", "H"),
            "date_naissance": to_dates(birth),
            "corps": "pe",
            "grade": "classe_normale",
            "echelon": echelon.astype(str),
            "chevron": "",
            "anciennete_jours": months * MONTH + draw.integers(0, MONTH, taille),
            "entree_corps": to_dates(day - YEAR * seniority),
            "entree_grade": to_dates(day - YEAR * seniority),
            "debut_services": to_dates(day - YEAR * seniority - days_of[2]),
            "departement": "063",
            "position": "En activité",
            "appreciation": draw.choice(APPRECIATIONS[:4], taille, p=[0.3, 0.41, 0.26, 0.03]),
            "retraitable": (age >= 60).astype(np.int64),
            "opposition": (draw.random(taille) < 0.003).astype(np.int64),
        }
    )


def exemple_extrait(annee: int = 2027) -> pd.DataFrame:
    """Return the same people, and some whom their position leaves out or puts in doubt.

    Parameters
    ----------
    annee : int
        Campaign.

    Examples
    --------
    >>> len(exemple_extrait()) - len(exemple_promouvables())
    8
    """
    listed = exemple_promouvables(annee=annee).assign(position_motif="")
    listed.loc[listed.index[:3], "position"] = "Congé parental"
    others = exemple_promouvables(len(_ASIDE), annee, graine=64).assign(
        numero=[f"P63-{len(listed) + n:04d}" for n in range(len(_ASIDE))],
        position=[position for position, _ in _ASIDE],
        position_motif=[motif for _, motif in _ASIDE],
    )
    return pd.concat([listed, others], ignore_index=True)
