"""Who is not proposed, and should be looked at: opposed, last échelon, near retirement (12, 13)."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from iprof_kit.analytics.analyses import drawing
from iprof_kit.analytics.analyses.model import Reponse, analyse
from iprof_kit.analytics.analyses.people import PER_CENT, in_order
from iprof_kit.analytics.analyses.promotions.campaigns import (
    Ranking,
    campaign_year,
    grade_asked,
    of_year,
    opened,
    shown,
    supposed,
    warned,
    where,
    with_rank,
)
from iprof_kit.analytics.columns import CATEGORIES, is_empty, require
from iprof_kit.analytics.promotions.campaign import Campagne
from iprof_kit.analytics.promotions.candidates import positions, whole_numbers
from iprof_kit.base.calendar import date_text
from iprof_kit.base.errors import InputError
from iprof_kit.base.words import appreciation_label, counted
from iprof_kit.careers.criteria import echelon_rank
from iprof_kit.law.pension.retirement import opening_dates
from iprof_kit.law.promotion.bareme import APPRECIATIONS
from iprof_kit.law.promotion.conditions import HORS_CLASSE
from iprof_kit.law.promotion.procedures.model import BY_RANK, RESERVE, Among, Procedure, Step
from iprof_kit.law.promotion.rankings import reserved_places
from iprof_kit.law.promotion.rows import grade_before
from iprof_kit.law.tables.cells import CELLS
from iprof_kit.law.tables.verified import verified_until

OPPOSED, LAST_STEP = "opposition motivée", "dernier échelon, non proposé"
NO_APPRECIATION = "sans appréciation"


@analyse
def oppositions(
    gens: pd.DataFrame,
    /,
    *,
    corps: str = "",
    grade: str = HORS_CLASSE,
    annee: int | None = None,
    academie: str = "",
    departement: str = "",
    taux: float | None = None,
    contingent: int | None = None,
    procedure: str = "",
    suppose: str = "refuser",
) -> Reponse:
    """Return who is opposed, and who stands at the last échelon and is not proposed; internal.

    Parameters
    ----------
    gens : DataFrame
        `corps`, `grade`, `echelon`, `opposition` (0 or 1), `motif_opposition`, and what the
        procedure asks (see `iprof_kit.campagne`).
    corps : str
        By default the only one of the table.
    grade : {"hors_classe", "classe_exceptionnelle"}
    annee, academie, departement
        See `promouvables_hc`.
    taux : float, optional
        Per cent; by default that of the tables.
    contingent : int, optional
        Places, instead of a ratio.
    procedure : str
        Id of a procedure of the kit or a YAML file; by default the national order.
    suppose : {"refuser", "dernier_connu", "projet"}
        What to do in a year without ratio.

    Returns
    -------
    Reponse
        Table: one row a person, `cause`, `motif` (of the opposition, or why she is not proposed).
    """
    year = campaign_year(gens, annee)
    gens = of_year(gens, year)
    one = opened(
        gens,
        grade_asked(grade),
        corps,
        year,
        where(academie, departement),
        Ranking(taux, contingent, procedure, suppose),
    )
    ranked = one.classement()
    people = with_rank(one, ranked)
    against = people["numero"].isin(_opposed(gens))
    stuck = ~against & ~people["propose"] & _at_the_last_step(people, one)
    reason = people["motif_opposition"].fillna("").astype(str)
    people["cause"] = np.select([against, stuck], [OPPOSED, LAST_STEP], "")
    people["motif"] = np.where(against, reason, _why_not(people))
    left_out = people[against | stuck].sort_values(
        ["cause", "rang", "numero"], ascending=[False, True, True]
    )
    table = shown(left_out, "appreciation", "rang", "cause", "motif")
    return Reponse(
        table,
        lambda: _by_appreciation(table),
        hypotheses=supposed(one),
        avertissements=(*warned(one, ranked), *_faulty_oppositions(gens, people, against, reason)),
    )


@analyse
def retraitables(
    gens: pd.DataFrame,
    /,
    *,
    corps: str = "",
    grade: str = HORS_CLASSE,
    annee: int | None = None,
    academie: str = "",
    departement: str = "",
    au: date | None = None,
    reserve: int = 0,
    taux: float | None = None,
    contingent: int | None = None,
    procedure: str = "",
    suppose: str = "refuser",
) -> Reponse:
    """Return who is near retirement and not proposed, and what a reserve would change; internal.

    Parameters
    ----------
    gens : DataFrame
        `corps`, `grade`, `echelon`; `retraitable` (0 or 1), or `date_naissance` and where it is
        known `categorie_retraite`; and what the procedure asks.
    au : date, optional
        Last day on which the right to a pension opens for who is near retirement; by default the
        31 December of the campaign. Without effect where `retraitable` is given.
    reserve : int
        Per cent of the contingent kept for them, out of rank; 0: none.
    corps, grade, annee, academie, departement, taux, contingent, procedure, suppose
        See `oppositions`.

    Returns
    -------
    Reponse
        Table: one row a person not proposed by the procedure, `ouverture_droit`,
        `par_la_reserve` (whether the reserve would propose her). Detail « reserve »: places of the
        reserve, who is proposed without and with it.
    """
    if not 0 <= reserve <= PER_CENT:
        raise InputError(
            f"une réserve de {reserve}\u00a0% n’est pas possible.",
            where="reserve",
            remedy="Une réserve est comprise entre 0 et 100\u00a0% du contingent.",
        )
    year = campaign_year(gens, annee)
    people, notes = near_retirement(gens, year, au)
    one = opened(
        people,
        grade_asked(grade),
        corps,
        year,
        where(academie, departement),
        Ranking(taux, contingent, procedure, suppose),
    )
    other = one.et_si(procedure=_reserved(one.procedure, reserve)) if reserve else one
    ranked = one.classement()
    near = with_rank(one, ranked)
    near = near[whole_numbers(near["retraitable"]).fillna(0) > 0]
    with_it = set(other.tableau()["numero"])
    near["par_la_reserve"] = near["numero"].isin(with_it)
    near["motif"] = _why_not(near)
    table = shown(
        near[~near["propose"]].sort_values(["rang", "numero"]),
        "date_naissance",
        "ouverture_droit",
        "appreciation",
        "bareme",
        "rang",
        "motif",
        "par_la_reserve",
    )
    counts = _reserve_counts(one, near, with_it, reserve)
    reserve_note = (f"réserve de {reserve} % du contingent, hors rang",) * (reserve > 0)
    return Reponse(
        table,
        lambda: _taken_and_not(counts),
        {"reserve": counts},
        hypotheses=(*supposed(one), *notes[0], *reserve_note),
        avertissements=(*warned(one, ranked), *notes[1]),
    )


def _why_not(people: pd.DataFrame) -> pd.Series:
    """Return why each one is not proposed: an error, a step, else her rank."""
    why = people["erreur"].where(people["erreur"] != "", people["motif"])
    return why.where(why != "", "après le contingent")


def _at_the_last_step(people: pd.DataFrame, one: Campagne) -> pd.Series:
    """Tell who stands at the last échelon of the grid of the grade before."""
    cell, _ = positions(people)
    of_grade = (CELLS.corps == one.corps) & (CELLS.grade == grade_before(one.corps, one.grade))
    last = echelon_rank()[of_grade].max()
    return pd.Series(echelon_rank()[cell] == last, index=people.index)


def _opposed(gens: pd.DataFrame) -> pd.Series:
    """Return the numbers of those whose promotion is opposed."""
    return gens.loc[(whole_numbers(gens["opposition"]) > 0).fillna(value=False), "numero"]


def _faulty_oppositions(
    gens: pd.DataFrame, listed: pd.DataFrame, against: pd.Series, reason: pd.Series
) -> list[str]:
    silent = int((against & (reason == "")).sum())
    opposed = set(_opposed(gens[gens["corps"].isin(listed["corps"])]))
    outside = len(opposed - set(listed["numero"]))
    faults = [
        (silent, "oppositions sans motif : une opposition est motivée"),
        (outside, "oppositions hors de la liste (pas promouvables, ou filtrées)"),
    ]
    return [f"{count} {what}" for count, what in faults if count]


def _by_appreciation(table: pd.DataFrame) -> Figure:
    if table.empty:
        return drawing.nobody()
    given = table.get("appreciation", pd.Series("", index=table.index)).fillna("").astype(str)
    known = given.where(given.isin(APPRECIATIONS), "")
    names = {name: appreciation_label(name) for name in APPRECIATIONS} | {"": NO_APPRECIATION}
    counts = pd.crosstab(table["cause"], known)
    counts = counts.reindex(index=in_order(table["cause"], (OPPOSED, LAST_STEP)))
    counts = counts[[name for name in names if name in counts]].rename(columns=names)
    return drawing.stacked(counts, horizontal=True)


def near_retirement(
    gens: pd.DataFrame, year: int, au: date | None
) -> tuple[pd.DataFrame, tuple[list[str], list[str]]]:
    """Return people with `retraitable`, and what it supposes and could not read."""
    if "retraitable" in gens and not is_empty(gens["retraitable"]).all():
        return gens, (["proches de la retraite : ceux que la source désigne"], [])
    require(gens, ["date_naissance"], "retraitables")
    last = au or date(year + 1, 1, 1) - timedelta(days=1)
    absent = pd.Series("", index=gens.index)
    category = gens.get("categorie_retraite", absent).fillna("").replace("", CATEGORIES[0])
    known = category.isin(CATEGORIES)
    opening = opening_dates(
        gens["date_naissance"].where(known).to_numpy("datetime64[D]"),
        category.where(known, CATEGORIES[0]).to_numpy(str),
        verified_until("retraite_ages"),
    )
    dated = gens.assign(
        ouverture_droit=opening.astype("datetime64[us]"),
        retraitable=(opening <= np.datetime64(last)).astype(int),
    )
    lost = int(np.isnat(opening).sum())
    unread = [
        f"{counted(lost, 'ligne comptée')} loin de la retraite, sans naissance ou catégorie lisible"
    ]
    return dated, (
        [f"proches de la retraite : droit à pension ouvert au plus tard le {date_text(last)}"],
        unread * (lost > 0),
    )


def _reserved(procedure: Procedure, reserve: int) -> Procedure:
    """Return a procedure that first leaves a part of the contingent to who is near retirement."""
    before = (
        Step(etape=BY_RANK, laisse_pour_cent=reserve),
        Step(
            etape=RESERVE,
            libelle="agents proches de la retraite",
            parmi=Among(groupe="retraitable"),
        ),
    )
    return procedure.model_copy(update={"steps": (*before, *procedure.steps)})


def _reserve_counts(
    one: Campagne, people: pd.DataFrame, with_it: set[str], reserve: int
) -> pd.DataFrame:
    places = int(one.contingent()["contingent"].sum())
    listed = len(people)
    rows = [("sans la réserve", 0, int(people["propose"].sum()))]
    if reserve:
        kept = reserved_places(places, reserve)
        rows.append((f"avec {reserve} % réservés", kept, int(people["numero"].isin(with_it).sum())))
    return pd.DataFrame(
        {
            "scenario": [name for name, _, _ in rows],
            "contingent": places,
            "places_reservees": [kept for _, kept, _ in rows],
            "retraitables": listed,
            "proposes": [taken for _, _, taken in rows],
            "non_proposes": [listed - taken for _, _, taken in rows],
        }
    )


def _taken_and_not(counts: pd.DataFrame) -> Figure:
    parts = counts.set_index("scenario")[["proposes", "non_proposes"]]
    names = {"proposes": "proposés", "non_proposes": "non proposés"}
    return drawing.stacked(parts.rename(columns=names), horizontal=True)
