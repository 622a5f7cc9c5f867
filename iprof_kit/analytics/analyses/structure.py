"""Who is there: ages, grades, dashboard by corps, mean index (analyses 16 to 19)."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from iprof_kit.analytics.ages import classes, pyramid_step
from iprof_kit.analytics.analyses import drawing
from iprof_kit.analytics.analyses.model import Reponse, analyse, refuse_nobody
from iprof_kit.analytics.analyses.people import (
    ALL,
    GRADES,
    PER_CENT,
    ages,
    in_class,
    in_order,
    observed,
    only,
    percent,
    unknown,
)


@analyse
def pyramide_des_ages(
    gens: pd.DataFrame, /, *, corps: str = "", grade: str = "", au: date | None = None,
    par_an: bool = False,
) -> Reponse:  # fmt: skip
    """Return the pyramid of ages, by year of age or by class.

    Parameters
    ----------
    gens : DataFrame
        `date_naissance`, `sexe`, `corps`, `grade`.
    corps, grade : str
        Kept alone where given.
    au : date, optional
        Day of the ages; by default that of the table.
    par_an : bool
        One bar a year instead of a class of years.

    Returns
    -------
    Reponse
        Table `age`, `F`, `H`, youngest first.
    """
    kept = only(gens, corps=corps, grade=grade)
    years = ages(kept, observed(gens, au))
    step = 1 if par_an else pyramid_step()
    low = years // step * step
    counts = (
        pd.crosstab(low, kept["sexe"])
        .reindex(columns=["F", "H"], fill_value=0)
        .reindex(range(int(low.min()), int(low.max()) + 1, step), fill_value=0)
    )
    names = [str(age) if par_an else f"{age} à {age + step - 1} ans" for age in counts.index]
    table = pd.DataFrame({"age": names, "F": counts["F"].to_numpy(), "H": counts["H"].to_numpy()})
    warnings = (*unknown(kept, "date_naissance", "date de naissance"),
                *unknown(kept, "sexe", "sexe"))  # fmt: skip
    return Reponse(
        table, lambda: drawing.pyramid(names, counts["F"], counts["H"]), avertissements=warnings
    )


@analyse
def stock_grade_echelon(gens: pd.DataFrame, /, *, corps: str = "") -> Reponse:
    """Return how many people stand at each grade and échelon, and the share of each grade.

    Parameters
    ----------
    gens : DataFrame
        `corps`, `grade`, `echelon`, `chevron`.
    corps : str
        Kept alone where given.

    Returns
    -------
    Reponse
        Table `corps`, `grade`, `echelon`, `effectif`, `part_du_corps` (per cent). Detail
        « grades »: one row a corps, the share of each grade.
    """
    kept = only(gens, corps=corps)
    held = kept[["corps", "grade", "echelon"]].astype(str)
    counts = held.value_counts().rename("effectif").reset_index()
    rank = {grade: place for place, grade in enumerate(GRADES)}
    counts["_grade"] = counts["grade"].map(rank).fillna(len(GRADES))
    counts["_echelon"] = pd.to_numeric(counts["echelon"], errors="coerce")
    table = (
        counts.sort_values(["corps", "_grade", "_echelon", "echelon"])
        .drop(columns=["_grade", "_echelon"])
        .reset_index(drop=True)
    )
    whole = table.groupby("corps")["effectif"].transform("sum")
    table["part_du_corps"] = percent(table["effectif"], whole)
    shares = _grade_shares(held)
    return Reponse(
        table, lambda: drawing.stacked(shares.set_index("corps"), unit="\u00a0%", horizontal=True),
        {"grades": shares}, avertissements=unknown(kept, "corps", "corps"),
    )  # fmt: skip


@analyse
def tableau_de_bord(gens: pd.DataFrame, /, *, au: date | None = None) -> Reponse:
    """Return the dashboard of a rapport social unique: a row a corps and sex.

    Parameters
    ----------
    gens : DataFrame
        `sexe`, `date_naissance`, `quotite`, `corps`.
    au : date, optional
        Day of the ages; by default that of the table.

    Returns
    -------
    Reponse
        Table `corps`, `sexe` (F, H, Ensemble), `effectif`, `part_du_total`, `part_femmes`, the
        shares of the youngest and oldest classes, `age_moyen`, `part_temps_partiel`,
        `quotite_moyenne`, `etp`.
    """
    held = gens.assign(age=ages(gens, observed(gens, au)), corps=gens["corps"].astype(str))
    held = held[(held["corps"] != "") & (held["quotite"] > 0)]
    refuse_nobody(held, "quotite")
    youngest, *_, oldest = classes("rsu")
    rows = []
    for corps in [*in_order(held["corps"], ()), ALL]:
        mine = held if corps == ALL else held[held["corps"] == corps]
        for sex in ("F", "H", ALL):
            group = mine if sex == ALL else mine[mine["sexe"] == sex]
            if group.empty:
                continue
            part = group["quotite"] < PER_CENT
            rows.append({
                "corps": corps, "sexe": sex, "effectif": len(group),
                "part_du_total": percent(len(group), len(held)),
                "part_femmes": percent((group["sexe"] == "F").sum(), len(group)),
                youngest.name: percent(in_class(group["age"], youngest).sum(), len(group)),
                oldest.name: percent(in_class(group["age"], oldest).sum(), len(group)),
                "age_moyen": round(float(group["age"].mean()), 1),
                "part_temps_partiel": percent(part.sum(), len(group)),
                "quotite_moyenne": round(float(group["quotite"].mean()), 1),
                "etp": round(float(group["quotite"].sum()) / PER_CENT, 1),
            })  # fmt: skip
    table = pd.DataFrame(rows)
    shown = table[table["sexe"] == ALL].set_index("corps")
    columns = ["part_femmes", youngest.name, oldest.name, "part_temps_partiel"]
    idle = int((gens["quotite"] == 0).sum())
    warnings = (
        *unknown(gens, "corps", "corps"), *unknown(gens, "date_naissance", "date de naissance"),
        *((f"{idle} personnes sans service, hors du tableau",) if idle else ()),
    )  # fmt: skip
    names = {"part_femmes": "femmes", "part_temps_partiel": "temps partiel"}
    return Reponse(
        table, lambda: drawing.grouped(shown[columns].astype(float).rename(columns=names),
                                       unit="\u00a0%"),
        avertissements=warnings,
    )  # fmt: skip


@analyse
def indice_moyen(gens: pd.DataFrame, /, *, au: date | None = None) -> Reponse:
    """Return the mean indice majoré by corps, sex and class of ages.

    Parameters
    ----------
    gens : DataFrame
        `indice_majore`, `date_naissance`, `sexe`, `corps`.
    au : date, optional
        Day of the ages; by default that of the table.

    Returns
    -------
    Reponse
        Table `corps`, `sexe`, `age`, `effectif`, `part` (of the corps and sex, per cent),
        `indice_moyen`.
    """
    known = gens[gens["indice_majore"].notna() & (gens["corps"].astype(str) != "")]
    refuse_nobody(known, "indice_majore")
    held = known.assign(age=ages(known, observed(gens, au)))
    rows = []
    for corps in in_order(held["corps"], ()):
        for sex in ("F", "H"):
            group = held[(held["corps"] == corps) & (held["sexe"] == sex)]
            wanted = [(one.name, in_class(group["age"], one)) for one in classes("rsu")]
            for name, inside in [*wanted, (ALL, pd.Series(data=True, index=group.index))]:
                rows.append({
                    "corps": corps, "sexe": sex, "age": name, "effectif": int(inside.sum()),
                    "part": float(percent(inside.sum(), len(group))),
                    "indice_moyen": _mean(group.loc[inside, "indice_majore"]),
                })  # fmt: skip
    table = pd.DataFrame(rows)
    shown = table[table["age"] == ALL].pivot_table(
        index="corps", columns="sexe", values="indice_moyen"
    )
    return Reponse(
        table, lambda: drawing.grouped(shown, decimals=1),
        avertissements=unknown(gens, "indice_majore", "indice"),
    )  # fmt: skip


def _grade_shares(held: pd.DataFrame) -> pd.DataFrame:
    counts = pd.crosstab(held["corps"], held["grade"])
    counts = counts[in_order(held["grade"], GRADES)]
    found = counts.apply(lambda column: percent(column, counts.sum(axis=1)))
    return found.rename_axis(columns=None).reset_index()


def _mean(values: pd.Series) -> float:
    return round(float(values.mean()), 1) if len(values) else float(np.nan)
