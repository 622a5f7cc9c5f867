"""Who may be promoted: the promouvables to each grade, by name and counted (analyses 1 and 2)."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from iprof_kit.analytics.analyses import drawing
from iprof_kit.analytics.analyses.model import Reponse, analyse
from iprof_kit.analytics.analyses.promotions.campaigns import (
    campaign_year,
    promouvables_of,
    shown,
    where,
)
from iprof_kit.analytics.columns import require
from iprof_kit.analytics.promotions.candidates import positions
from iprof_kit.analytics.standing import shared
from iprof_kit.base.words import echelon_label
from iprof_kit.law.promotion.conditions import CLASSE_EXCEPTIONNELLE, HORS_CLASSE
from iprof_kit.law.promotion.viviers import viviers, with_viviers

COUNTS = ("promouvables", "a_verifier")
NO_VIVIER = "sans vivier"


@analyse
def promouvables_hc(
    gens: pd.DataFrame,
    /,
    *,
    corps: str = "",
    annee: int | None = None,
    academie: str = "",
    departement: str = "",
) -> Reponse:
    """Return who is promouvable to the hors classe on 31 August, by name; an internal table.

    Parameters
    ----------
    gens : DataFrame
        `corps`, `grade`, `echelon`, `position`, and `date_effet` (the situation of 31 August is
        calculated) or `anciennete_jours` (that of 31 August, days of the 360-day year).
    corps : str
        By default every corps that has a hors classe.
    annee : int, optional
        Campaign; by default the first whose 31 August is not before the observation.
    academie, departement : str
        Kept alone where given.

    Returns
    -------
    Reponse
        Table: one row a person, `a_verifier` where her position is counted differently by the
        sources (congé parental, disponibilité). Details « echelons » and « positions »: counts.
    """
    year = campaign_year(gens, annee)
    filters = where(academie, departement)
    people, warnings = promouvables_of(gens, HORS_CLASSE, year, corps, filters)
    return _called(
        people, warnings + _position_doubts(people), (f"campagne {year}, situations au 31 août",)
    )


@analyse
def promouvables_ce(
    gens: pd.DataFrame,
    /,
    *,
    corps: str = "",
    annee: int | None = None,
    academie: str = "",
    departement: str = "",
) -> Reponse:
    """Return who is promouvable to the classe exceptionnelle on 31 August, by name; internal.

    Parameters
    ----------
    gens : DataFrame
        See `promouvables_hc`. For the campaigns with viviers (until 2023), `anciennete_jours` is
        taken as it is, and `annees_fonctions` says the years of the functions of vivier 1.
    corps, annee, academie, departement
        See `promouvables_hc`.

    Returns
    -------
    Reponse
        Table: one row a person, with `vivier` (« sans vivier » since 2024; « vivier 1 si
        fonctions » where their years are not known). Details: see `promouvables_hc`.
    """
    year, filters = campaign_year(gens, annee), where(academie, departement)
    supposes = [f"campagne {year}, situations au 31 août"]
    rows = gens
    if with_viviers(year):
        require(gens, ["anciennete_jours"], "promouvables_ce")
        rows = gens.drop(columns="date_effet", errors="ignore")
        supposes.append("ancienneté prise telle que la table la donne")
    people, warnings = promouvables_of(rows, CLASSE_EXCEPTIONNELLE, year, corps, filters)
    warnings += _position_doubts(people)
    if with_viviers(year):
        people, doubts = _in_viviers(people, year)
        warnings += doubts
    else:
        people = people.assign(vivier=NO_VIVIER)
    return _called(people, warnings, tuple(supposes))


def _called(people: pd.DataFrame, warnings: tuple[str, ...], supposes: tuple[str, ...]) -> Reponse:
    people = shared(people)
    table = shown(people, "vivier", "condition", "position", "a_verifier")
    steps = _counts(people, ["corps", "grade", "echelon"])
    places = _counts(people, ["position"])
    return Reponse(
        table,
        lambda: _by_step(steps),
        {"echelons": steps, "positions": places},
        hypotheses=supposes,
        avertissements=warnings,
    )


def _position_doubts(people: pd.DataFrame) -> tuple[str, ...]:
    people = shared(people)
    doubtful = people.loc[people["a_verifier"].astype(bool), "position"].fillna("").astype(str)
    names = ", ".join(sorted(set(doubtful.replace("", "non renseignée"))))
    doubt = "promouvables à vérifier, position comptée ou non selon les sources"
    return (f"{len(doubtful)} {doubt} ({names})",) * (len(doubtful) > 0)


def _counts(people: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """Return how many promouvables, and how many to verify, in the order of the échelons."""
    rows = people[by].fillna("").astype(str).assign(a_verifier=people["a_verifier"].astype(int))
    counts = rows.groupby(by)["a_verifier"].agg(["size", "sum"]).reset_index()
    counts.columns = pd.Index([*by, *COUNTS])
    if "echelon" not in by:
        return counts.sort_values(COUNTS[0], ascending=False, kind="stable", ignore_index=True)
    rank = pd.to_numeric(counts["echelon"], errors="coerce")
    return (
        counts.assign(_rank=rank)
        .sort_values(["corps", "_rank"], ignore_index=True)
        .drop(columns="_rank")
    )


def _by_step(steps: pd.DataFrame) -> Figure:
    """Draw the échelons of one corps, or those of each corps."""
    if steps.empty:
        return drawing.nobody()
    named = steps.assign(echelon=steps["echelon"].map(echelon_label))
    if len(set(named["corps"])) > 1:
        wide = named.pivot_table(
            index="corps", columns="echelon", values="promouvables", aggfunc="sum", sort=False
        )
        return drawing.stacked(wide.fillna(0), horizontal=True)
    sure = named["promouvables"] - named["a_verifier"]
    parts = pd.DataFrame({"position sûre": sure, "à vérifier": named["a_verifier"]})
    return drawing.stacked(parts.set_index(named["echelon"]))


def _in_viviers(people: pd.DataFrame, year: int) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Keep who is in a vivier of a campaign, say which, and what must be verified."""
    given = people.get("annees_fonctions", pd.Series(np.nan, index=people.index))
    cell, _ = positions(people)
    in_viviers = viviers(
        cell,
        people["anciennete_jours"].to_numpy(np.int64),
        year,
        pd.to_numeric(given, errors="coerce").to_numpy(float, na_value=np.nan),
    )
    names = np.select(
        [
            in_viviers.first & in_viviers.second,
            in_viviers.first,
            in_viviers.second,
            in_viviers.unknown,
        ],
        ["viviers 1 et 2", "vivier 1", "vivier 2", "vivier 1 si fonctions"],
        "",
    )
    doubts = [
        (
            int(in_viviers.unknown.sum()),
            "promouvables si leurs années de fonctions, inconnues, suffisent",
        ),
        (
            int(in_viviers.doubtful.sum()),
            "promouvables du vivier 2 selon une source, non selon une autre",
        ),
    ]
    doubtful = people["a_verifier"].astype(bool) | in_viviers.doubtful | in_viviers.unknown
    kept: pd.DataFrame = people.assign(vivier=names, a_verifier=doubtful)[names != ""]
    return kept, tuple(f"{count} {what}" for count, what in doubts if count)
