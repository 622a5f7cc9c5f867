"""How many may be proposed: the contingent, the accelerated advancement (analyses 5 and 14)."""

from __future__ import annotations

from functools import cache
from typing import cast, get_args

import pandas as pd
from matplotlib.figure import Figure

from iprof_kit.analytics.analyses import drawing
from iprof_kit.analytics.analyses.model import Reponse, analyse
from iprof_kit.analytics.analyses.people import ALL, PER_CENT, in_order, percent, unknown
from iprof_kit.analytics.analyses.promotions.campaigns import (
    Ranking,
    among,
    campaign_year,
    grade_asked,
    one_corps,
    opened,
    promouvables_of,
    supposed,
    warned,
    where,
    with_rank,
)
from iprof_kit.analytics.columns import require
from iprof_kit.analytics.promotions.campaign import Campagne
from iprof_kit.analytics.promotions.opening import no_ratio, share_for
from iprof_kit.base.names import words_in
from iprof_kit.base.reference import those, unsure
from iprof_kit.base.words import echelon_label
from iprof_kit.careers.campaigns import Beyond
from iprof_kit.law.promotion.conditions import HORS_CLASSE, decider_text
from iprof_kit.law.promotion.contingent import TEN_THOUSAND, promotion_contingent
from iprof_kit.law.promotion.rankings import ACCELERATED
from iprof_kit.law.tables.loading import table as reference

LEFT_TO_SHARE = "reste à répartir"
_TABLE = words_in("corps academie nom promouvables taux_pour_cent calcul contingent reste")
_BY_FIELD = "une liste par discipline et par échelon : à vérifier, une seule source le dit"


@analyse
def contingent(
    gens: pd.DataFrame,
    /,
    *,
    corps: str = "",
    grade: str = HORS_CLASSE,
    annee: int | None = None,
    academie: str = "",
    taux: float | None = None,
    suppose: str = "refuser",
) -> Reponse:
    """Return the promotions that the ratio allows, by corps and academy, by department for PE.

    Parameters
    ----------
    gens : DataFrame
        `corps`, `grade`, `echelon`, `academie`, `date_effet` or `anciennete_jours`; `departement`
        to share the contingent of the corps whose table is drawn by department.
    corps : str
        By default every corps that has the grade.
    grade : {"hors_classe", "classe_exceptionnelle"}
    annee : int, optional
        Campaign; by default the first whose 31 August is not before the observation.
    academie : str
        Kept alone where given.
    taux : float, optional
        Per cent; by default that of the tables.
    suppose : {"refuser", "dernier_connu", "projet"}
        What to do in a year without ratio.

    Returns
    -------
    Reponse
        Table `corps`, `academie`, `nom`, `promouvables`, `taux_pour_cent`, `calcul` (rate times
        promouvables), `contingent` (whole part), `reste`. « Ensemble »: the whole corps at once;
        the academies together have as many or fewer. Detail « departements »: the same within each
        academy, with what is left to be shared.
    """
    year = campaign_year(gens, annee)
    people, list_warnings = promouvables_of(
        gens, grade_asked(grade), year, corps, where(academie, "")
    )
    among(suppose, get_args(Beyond), "suppose")
    tables, places = [], []
    rates: dict[str, list[str]] = {}
    for one in in_order(people["corps"], ()):
        share, supposes = share_for(taux, one, grade, year, cast(Beyond, suppose))
        if share is None:
            raise no_ratio(one, grade, year, supposes)
        for text in supposes:
            rates.setdefault(text, []).append(one)
        of_corps = people[people["corps"] == one]
        tables.append(_by_academy(of_corps, share))
        if "département" in decider_text(one) and "departement" in of_corps:
            places.append(_by_department(of_corps, share))
    table = pd.concat(tables, ignore_index=True) if tables else pd.DataFrame(columns=_TABLE)
    warnings = (*list_warnings, *unknown(people, "academie", "académie"))
    return Reponse(
        table,
        lambda: _matrix(table),
        {"departements": pd.concat(places)} if places else {},
        hypotheses=(
            "aucune décimale reportée de l’année précédente",
            *(f"{text} ({', '.join(whom)})" for text, whom in rates.items()),
        ),
        avertissements=warnings,
    )


@analyse
def avancement_accelere(
    gens: pd.DataFrame,
    /,
    *,
    corps: str = "",
    annee: int | None = None,
    academie: str = "",
    departement: str = "",
    par_discipline: bool | None = None,
    taux: float | None = None,
    procedure: str = "ac_toulouse_2024",
) -> Reponse:
    """Return the lists of the accelerated advancement: promouvables, contingent, proposed by sex.

    Parameters
    ----------
    gens : DataFrame
        `corps`, `grade`, `echelon`, `sexe`, `date_effet` (the lists are calculated) or
        `anciennete_jours` (the table is the list), `discipline` where lists are by discipline, and
        what the procedure asks (`appreciation`, `entree_corps`).
    corps : str
        By default the only one of the table.
    annee : int, optional
        Campaign: the shortened duration ends in the school year that begins on 1 September.
    academie, departement : str
        Kept alone where given.
    par_discipline : bool, optional
        One list a discipline too; by default for the agrégés alone.
    taux : float, optional
        Per cent of each list; by default that of the tables.
    procedure : str
        Id or YAML file; no national order is known.

    Returns
    -------
    Reponse
        Table: one row a list (`echelon`, `discipline`): `promouvables`,
        `femmes_promouvables`, `calcul`, `contingent`, `reste`, `proposes`, `femmes_proposees`,
        `hommes_proposes`, `part_femmes_promouvables` and `part_femmes_proposees` (per cent),
        `non_classes`.
    """
    chosen = one_corps(gens, corps)
    split = chosen in those("tableau_par_discipline") if par_discipline is None else par_discipline
    par = ("echelon", "discipline") if split else ("echelon",)
    one = opened(
        gens,
        ACCELERATED,
        chosen,
        annee,
        where(academie, departement),
        Ranking(taux, procedure=procedure),
        par=par,
    )
    require(one.gens, ["sexe"], "avancement_accelere")
    ranked = one.classement()
    table = _accelerated(one, with_rank(one, ranked))
    return Reponse(
        table,
        lambda: _by_step(table),
        hypotheses=supposed(one),
        avertissements=(
            *((_BY_FIELD,) if split and unsure("tableau_par_discipline", chosen) else ()),
            *warned(one, ranked),
            *unknown(one.gens, "sexe", "sexe"),
        ),
    )


def _places(listed: pd.Series, share: int) -> pd.DataFrame:
    """Return what a ratio gives to each number of promouvables."""
    given = [promotion_contingent(int(count), share) for count in listed]
    return pd.DataFrame(
        {
            "promouvables": listed.to_numpy(),
            "taux_pour_cent": share / PER_CENT,
            "calcul": (listed * share / TEN_THOUSAND).to_numpy(),
            "contingent": [whole for whole, _ in given],
            "reste": [left / TEN_THOUSAND for _, left in given],
        }
    )


def _by_academy(people: pd.DataFrame, share: int) -> pd.DataFrame:
    """Return the contingent of each academy of a corps, then of the whole corps."""
    academy = people["academie"].fillna("").astype(str)
    listed = academy[academy != ""].value_counts().sort_index()
    whole = pd.Series({ALL: len(people)})
    places = pd.concat([_places(listed, share), _places(whole, share)], ignore_index=True)
    codes = [*listed.index, ""]
    names = [*(_academies().get(code, code) for code in listed.index), ALL]
    places = places.assign(corps=people["corps"].iloc[0], academie=codes, nom=names)
    return places[list(_TABLE)]


def _by_department(people: pd.DataFrame, share: int) -> pd.DataFrame:
    """Return the whole parts of the departments of each academy, and what is left to share."""
    rows = []
    with_department = people.assign(departement=people["departement"].fillna("").astype(str))
    for code, of_academy in with_department.groupby("academie"):
        listed = of_academy["departement"].value_counts().sort_index()
        places = _places(listed, share).assign(departement=listed.index)
        total = promotion_contingent(len(of_academy), share)[0]
        left = pd.DataFrame(
            {"departement": [LEFT_TO_SHARE], "contingent": [total - places["contingent"].sum()]}
        )
        rows.append(pd.concat([places, left]).assign(academie=code))
    table = pd.concat(rows).assign(corps=people["corps"].iloc[0]).astype({"promouvables": "Int64"})
    order = ["corps", "academie", "departement", "promouvables", "calcul", "contingent", "reste"]
    return table[order].reset_index(drop=True)


def _matrix(table: pd.DataFrame) -> Figure:
    if table.empty:
        return drawing.nobody()
    wide = table.pivot_table(index="nom", columns="corps", values="contingent", sort=False)
    academies = wide.drop(index=ALL).sort_index()
    if len(academies) <= 1:
        return drawing.grouped((academies if len(academies) else wide).T)
    darkest = float(academies.max().max())
    return drawing.heat(wide.reindex([*academies.index, ALL]), darkest=darkest)


@cache
def _academies() -> dict[str, str]:
    rows = reference("academies")
    return dict(zip(rows["code_academie"], rows["libelle_academie"], strict=True))


def _accelerated(one: Campagne, people: pd.DataFrame) -> pd.DataFrame:
    """Return the lists of a campaign, with women and men among the promouvables and proposed."""
    by = list(one.par)
    women, men, taken = people["sexe"] == "F", people["sexe"] == "H", people["propose"]
    flags = (
        people[by]
        .astype(str)
        .assign(
            femmes_promouvables=women,
            proposes=taken,
            femmes_proposees=women & taken,
            hommes_proposes=men & taken,
            non_classes=people["erreur"] != "",
        )
    )
    lists = flags.groupby(by, as_index=False).sum()
    lists["liste"] = lists[by].agg(" / ".join, axis=1) if len(lists) else ""
    places = one.contingent()[["liste", "promouvables", "calcul", "contingent", "reste"]]
    lists = lists.merge(places, on="liste", validate="one_to_one")
    lists["part_femmes_promouvables"] = percent(lists["femmes_promouvables"], lists["promouvables"])
    lists["part_femmes_proposees"] = percent(lists["femmes_proposees"], lists["proposes"])
    order = [
        *by,
        *words_in(
            "promouvables femmes_promouvables calcul contingent reste proposes femmes_proposees "
            "hommes_proposes part_femmes_promouvables part_femmes_proposees non_classes"
        ),
    ]
    rank = pd.to_numeric(lists["echelon"])
    return lists.assign(_rank=rank).sort_values(["_rank", *by], ignore_index=True)[order]


def _by_step(table: pd.DataFrame) -> Figure:
    if table.empty:
        return drawing.nobody()
    lists = table.groupby("echelon", sort=False).sum(numeric_only=True)
    left = lists["promouvables"] - lists["proposes"] - lists["non_classes"]
    counts = lists[["femmes_proposees", "hommes_proposes"]].assign(
        non_proposes=left, non_classes=lists["non_classes"]
    )
    names = {
        "femmes_proposees": "femmes proposées",
        "hommes_proposes": "hommes proposés",
        "non_proposes": "non proposés",
        "non_classes": "non classés",
    }
    parts = counts.rename(columns=names, index=lambda name: f"liste du {echelon_label(name)}")
    return drawing.stacked(parts, horizontal=True)
