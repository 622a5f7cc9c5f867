"""Who leaves in a year, and why: by seniority and degree (analysis 25)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from iprof_kit.analytics.analyses import drawing
from iprof_kit.analytics.analyses.flows.histories import (
    axis,
    eve_of_rentree,
    last_rows,
    last_whole_year,
    reasons,
    retires,
    warned,
)
from iprof_kit.analytics.analyses.model import Reponse, analyse, refuse_nobody
from iprof_kit.analytics.analyses.people import ALL, observed, percent, unknown
from iprof_kit.base.calendar import YEAR
from iprof_kit.base.errors import InputError
from iprof_kit.base.words import NBSP
from iprof_kit.law.tables.loading import table

DEGREES = {"1": "1er degré", "2": "2d degré", "1;2": "1er et 2d degrés"}


@analyse
def attrition(
    gens: pd.DataFrame, /, *, annee: int = 0, corps: str = "", retraites: bool = False
) -> Reponse:
    """Return the rates of exit in a year, by seniority in the corps and degree, and the reasons.

    Who is in the corps on 31 August of a year is followed until the next one.

    Parameters
    ----------
    gens : DataFrame
        `numero`, `corps`, `entree_corps`, `date_sortie`, `motif_sortie`; a row a person, those who
        left included, or a row a person and year with `annee` (`iprof_kit.etats`).
    annee : int
        Year of the first 31 August; 0: the last one whose next is known.
    corps : str
        Kept alone where given.
    retraites : bool
        Count the retirements too.

    Returns
    -------
    Reponse
        Table `degre`, `anciennete` (of `tranches_anciennete`), `effectif` on the first 31 August,
        `sorties`, `taux` (per cent of the effectif). Detail « motifs »: the same by `motif`.
    """
    if "annee" in gens:
        refuse_nobody(gens[gens["annee"].notna()], "annee")
    known = last_whole_year(observed(gens, None)) if "observation" in gens.attrs else annee
    year = annee or known
    _refuse(gens, year, known)
    kept = gens[gens["corps"] == corps] if corps else gens
    refuse_nobody(kept, f"corps={corps}")
    people, supposed = last_rows(kept)
    begin, end = eve_of_rentree([year, year + 1]).tolist()
    entered, left = axis(people["entree_corps"]), axis(people["date_sortie"])
    degree = people["corps"].map(_degrees())
    there = (entered <= begin) & ~(left <= begin)
    followed = people.assign(
        degre=degree,
        anciennete=_seniority((begin - entered) / YEAR),
        motif=reasons(people).where((left > begin) & (left <= end), ""),
    )[there & degree.notna()]
    refuse_nobody(followed, f"annee={year}")
    followed["compte"] = (followed["motif"] != "") & (retraites | ~retires(followed))
    rates = _rates(followed)
    unseen = (entered > begin) & (left <= end)
    return Reponse(
        rates,
        lambda: _figure(rates),
        {"motifs": _by_reason(followed)},
        (
            f"du 31 août {year} au 31 août {year + 1}",
            "stagiaires : première année dans le corps",
            *supposed,
            "retraites comptées" if retraites else "retraites non comptées",
        ),
        (
            *(unknown(kept, "annee", "année") if "annee" in kept else ()),
            *warned(int(degree.isna().sum()), "personne", "d’un corps inconnu, hors du calcul"),
            *warned(
                int(np.isnan(entered).sum()),
                "personne",
                "sans date d’entrée dans le corps, hors du calcul",
            ),
            *warned(
                int(unseen.sum()),
                "personne",
                "dont l’entrée et la sortie tombent dans l’année, hors des taux",
            ),
        ),
    )


def _refuse(gens: pd.DataFrame, year: int, known: int) -> None:
    first = int(gens["annee"].min()) if "annee" in gens else year
    if not year:
        raise InputError(
            "l’année n’est pas connue.",
            where="annee",
            remedy=f"Donnez-la{NBSP}: c’est celle du 31 août à partir duquel les sorties comptent.",
        )
    if not first <= year <= known:
        raise InputError(
            f"l’année qui suit le 31 août {year} n’est pas toute connue.",
            where="annee",
            remedy=f"Choisissez une année de {first} à {known}."
            if first <= known
            else "Donnez une table qui couvre deux 31 août.",
        )


@cache
def _degrees() -> dict[str, str]:
    rows = table("corps")
    return dict(zip(rows["corps"], rows["degre"].astype(str).map(DEGREES), strict=True))


@cache
def seniority_classes() -> tuple[tuple[int, ...], tuple[str, ...]]:
    """Return the first year of each class of seniority, and its name."""
    rows = table("tranches_anciennete")
    classes = rows[rows["usage"] == "attrition"].sort_values("annees")
    return tuple(classes["annees"].astype(int)), tuple(classes["libelle"].astype(str))


def _seniority(years: np.ndarray) -> np.ndarray:
    begins, names = seniority_classes()
    place = np.searchsorted(begins, years, side="right") - 1
    return np.array([*names, ""], dtype=object)[np.where(np.isnan(years), -1, place)]


def _groups(followed: pd.DataFrame) -> Iterator[tuple[str, str, pd.DataFrame]]:
    """Return the people of each degree and class of seniority, then of the degree; all at last."""
    present = [name for name in DEGREES.values() if (followed["degre"] == name).any()]
    for degree in [*present, ALL] if len(present) > 1 else present:
        of_degree = followed if degree == ALL else followed[followed["degre"] == degree]
        for name in seniority_classes()[1]:
            yield degree, name, of_degree[of_degree["anciennete"] == name]
        yield degree, ALL, of_degree


def _rates(followed: pd.DataFrame) -> pd.DataFrame:
    counts = pd.DataFrame(
        [
            (degree, name, len(group), int(group["compte"].sum()))
            for degree, name, group in _groups(followed)
        ],
        columns=["degre", "anciennete", "effectif", "sorties"],
    )
    return counts.assign(taux=percent(counts["sorties"], counts["effectif"]))


def _by_reason(followed: pd.DataFrame) -> pd.DataFrame:
    """Return the exits of each group by reason, the most frequent first."""
    rows = []
    for degree, name, group in _groups(followed):
        counts = group.loc[group["compte"], "motif"].value_counts().items()
        for reason, count in sorted(counts, key=lambda item: (-item[1], str(item[0]))):
            rows.append((degree, name, reason, count, float(percent(count, len(group)))))
    return pd.DataFrame(rows, columns=["degre", "anciennete", "motif", "sorties", "taux"])


def _figure(rates: pd.DataFrame) -> Figure:
    wide = rates.pivot_table(index="anciennete", columns="degre", values="taux", sort=False)
    return drawing.grouped(wide, unit=f"{NBSP}%", decimals=1)
