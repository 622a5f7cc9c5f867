"""What becomes of those who began together, or were there together, year after year (24)."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from iprof_kit.analytics.analyses import drawing
from iprof_kit.analytics.analyses.flows.histories import (
    UNTOLD,
    axis,
    one_of,
    one_state_a_year,
    reasons,
)
from iprof_kit.analytics.analyses.model import Reponse, analyse, refuse_nobody
from iprof_kit.analytics.analyses.people import GRADES, PER_CENT, percent, unknown
from iprof_kit.analytics.columns import require
from iprof_kit.analytics.standing import shared
from iprof_kit.base.calendar import school_year_of
from iprof_kit.base.errors import InputError
from iprof_kit.base.words import NBSP, counted

STATES, SURVIVAL, FLOWS = "etats", "survie", "passages"
GONE, AWAY = "sorti", "absent d’un état"


@analyse
def suivi_de_cohorte(
    gens: pd.DataFrame,
    /,
    *,
    entree: int = 0,
    corps: str = "",
    etat: str = "grade",
    vue: str = STATES,
) -> Reponse:
    """Return what becomes of a cohort: how many in each state, each year, and who left.

    Published, for everybody present in 2017: 96.1 % are still there a year later.

    Parameters
    ----------
    gens : DataFrame
        Yearly states, a row a person and year (`iprof_kit.etats`): `numero`, `annee`, `grade`,
        `entree_corps`. Read where given: `motif_sortie`.
    entree : int
        School year of the entry into the corps: 2018 for those who entered from 1 September 2018
        to 31 August 2019. 0: everybody present in the first year of the table.
    corps : str
        Corps at the beginning, kept alone where given.
    etat : str
        What tells a state: « grade », « corps » or « position » (a leave of health has no nature).
    vue : str
        What the figure shows: « etats » (people by state), « survie » (share still there),
        « passages » (from a state to the next year's).

    Returns
    -------
    Reponse
        Table `annee`, a column a state, `sorti`, `encore_en_poste` (per cent of the cohort).
        Details: « passages » `annee`, `de`, `vers` (in the next year of the table), `effectif`,
        `part` (per cent of `de`); « sorties » `annee` (first one without them), `motif`,
        `effectif`, `part` (per cent of the cohort).
    """
    one_of(etat, ("grade", "corps", "position"), "etat")
    one_of(vue, (STATES, SURVIVAL, FLOWS), "vue")
    require(gens, [etat, *(["corps"] if corps else [])], where="suivi_de_cohorte")
    yearly = gens[gens["annee"].notna() & gens["numero"].notna()]
    refuse_nobody(yearly, "annee")
    one_state_a_year(yearly)
    cohort, begin = _cohort(yearly, entree, corps)
    states = _states(shared(cohort), sorted(yearly["annee"].astype(int).unique().tolist()), etat)
    table = _counts(states)
    flows = _flows(states)
    exits = _exits(cohort, states)
    drawings = {
        STATES: lambda: drawing.stacked(table.set_index("annee").drop(columns="encore_en_poste")),
        SURVIVAL: lambda: _survival(table),
        FLOWS: lambda: _heat(states),
    }
    return Reponse(
        table,
        drawings[vue],
        {"passages": flows, "sorties": exits},
        (begin, "qui n’est plus dans aucun état suivant est sorti"),
        (
            *unknown(gens, "annee", "année"),
            *unknown(gens, "numero", "numéro"),
            *_late(entree, int(states.columns[0])),
        ),
    )


def _cohort(states: pd.DataFrame, entered: int, corps: str) -> tuple[pd.DataFrame, str]:
    """Return every state of the people of a cohort, and what it is."""
    first = states.sort_values("annee", kind="stable").drop_duplicates("numero")
    if entered:
        members = first[_entries(first) == entered]
        what = f"entrés dans le corps du 1er septembre {entered} au 31 août {entered + 1}"
    else:
        begin = int(states["annee"].min())
        members = first[first["annee"] == begin]
        what = f"présents au 31 août {begin}"
    if corps:
        members, what = members[members["corps"] == corps], f"{corps}, {what}"
    refuse_nobody(members, f"entree={entered}, corps={corps}")
    return states[
        states["numero"].isin(members["numero"])
    ], f"cohorte{NBSP}: {what}, {counted(len(members), 'personne')}"


def _entries(gens: pd.DataFrame) -> pd.Series:
    """Return the school year in which each entered the corps, 0 where it is not known."""
    days = axis(gens["entree_corps"])
    years = school_year_of(np.nan_to_num(days).astype(np.int64))
    return pd.Series(np.where(np.isnan(days), 0, years), index=gens.index)


def _states(cohort: pd.DataFrame, years: list[int], column: str) -> pd.DataFrame:
    """Return the state of each person (row) each year (column) from the cohort's first."""
    years = [year for year in years if year >= int(cohort["annee"].min())]
    texts = cohort[column].fillna("").astype(str)
    named = cohort[["numero", "annee"]].assign(etat=texts.mask(texts == "", UNTOLD))
    wide = named.pivot_table(index="numero", columns="annee", values="etat", aggfunc="first")
    wide = wide.reindex(columns=years).astype(object)
    seen_later = wide.bfill(axis=1).notna()
    wide = wide.mask(wide.isna() & seen_later, AWAY).fillna(GONE)
    if len(years) < 2:
        raise InputError(
            f"la cohorte n’a qu’un état, celui de {years[0]}.",
            where="annee",
            remedy="Donnez les états de plusieurs années, ou une cohorte plus ancienne.",
        )
    return wide


def _order(states: pd.DataFrame) -> list[str]:
    """Return the states found: grades as in a career, others the most frequent first, gone last."""
    counts = pd.Series(states.to_numpy().ravel()).value_counts().sort_index()
    by_frequency = counts.sort_values(ascending=False, kind="stable").index.tolist()
    ends = [name for name in (UNTOLD, AWAY, GONE) if name in by_frequency]
    return [
        *(name for name in GRADES if name in by_frequency),
        *(name for name in by_frequency if name not in {*GRADES, *ends}),
        *ends,
    ]


def _counts(states: pd.DataFrame) -> pd.DataFrame:
    counts = states.apply(pd.Series.value_counts).fillna(0).astype(int).T
    counts = counts.reindex(columns=list(dict.fromkeys([*_order(states), GONE])), fill_value=0)
    there = len(states) - counts[GONE]
    counts["encore_en_poste"] = percent(there, len(states))
    return counts.rename_axis(index="annee", columns=None).reset_index()


def _flows(states: pd.DataFrame) -> pd.DataFrame:
    """Return how many go from each state to each of the next year, those gone left out."""
    rank = {name: place for place, name in enumerate(_order(states))}
    parts = []
    for year, after in pairwise(states.columns):
        pairs = pd.DataFrame({"de": states[year], "vers": states[after]})
        pairs = pairs[pairs["de"] != GONE]
        counts = pairs.value_counts().rename("effectif").reset_index()
        parts.append(counts.assign(annee=year))
    flows = pd.concat(parts, ignore_index=True)
    flows = flows.sort_values(
        ["annee", "de", "vers"],
        key=lambda one: one.map(rank) if one.name != "annee" else one,
        ignore_index=True,
    )
    whole = flows.groupby(["annee", "de"])["effectif"].transform("sum")
    flows["part"] = percent(flows["effectif"], whole)
    return flows[["annee", "de", "vers", "effectif", "part"]]


def _exits(cohort: pd.DataFrame, states: pd.DataFrame) -> pd.DataFrame:
    """Return who left by the first year without them and by reason, the most frequent first."""
    last = cohort.sort_values("annee", kind="stable").drop_duplicates("numero", keep="last")
    why = reasons(last).set_axis(last["numero"])
    gone = states == GONE
    first = gone.idxmax(axis=1)[gone.any(axis=1)]
    leavers = pd.DataFrame({"annee": first, "motif": why.reindex(first.index)})
    counts = leavers.value_counts().rename("effectif").reset_index()
    counts = counts.sort_values(
        ["annee", "effectif", "motif"], ascending=[True, False, True], ignore_index=True
    )
    return counts.assign(part=percent(counts["effectif"], len(states)))


def _late(entered: int, first: int) -> tuple[str, ...]:
    if not entered or entered + 1 >= first:
        return ()
    return (f"la cohorte n’est suivie que depuis {first}{NBSP}: les sorties d’avant manquent",)


def _survival(table: pd.DataFrame) -> Figure:
    shown = table.set_index("annee")[["encore_en_poste"]]
    return drawing.lines(
        shown.rename(columns={"encore_en_poste": "encore en poste"}), unit=f"{NBSP}%", decimals=1
    )


def _heat(states: pd.DataFrame) -> Figure:
    """Draw the share of each state that goes to each, all years together."""
    flows = _flows(states).pivot_table(index="de", columns="vers", values="effectif", aggfunc="sum")
    order = _order(states)
    flows = flows.reindex(index=[n for n in order if n in flows.index], columns=order)
    return drawing.heat(PER_CENT * flows.div(flows.sum(axis=1), axis=0), unit="\u00a0%", decimals=1)
