"""Who is there: ages, grades, dashboard by corps, mean index (analyses 16 to 19)."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from iprof_kit.analytics.ages import AgeClass, classes, pyramid_step
from iprof_kit.analytics.analyses import drawing
from iprof_kit.analytics.analyses.model import Reponse, analyse, refuse_nobody
from iprof_kit.analytics.analyses.people import (
    ALL,
    GRADES,
    PER_CENT,
    ages,
    in_class,
    in_order,
    known,
    numbers,
    observed,
    only,
    percent,
)
from iprof_kit.analytics.analyses.promotions.balance import refuse_unknown
from iprof_kit.analytics.columns import SEXES, is_empty
from iprof_kit.analytics.promotions.candidates import identifiers
from iprof_kit.base.words import NBSP, counted


@analyse
def pyramide_des_ages(
    gens: pd.DataFrame,
    /,
    *,
    corps: str = "",
    grade: str = "",
    au: date | None = None,
    par_an: bool = False,
) -> Reponse:
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
    identifiers(gens)
    kept, warnings = known(
        only(gens, corps=corps, grade=grade), date_naissance="date de naissance", sexe="sexe"
    )
    refuse_unknown(kept, "sexe", SEXES)
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
    identifiers(gens)
    kept, warnings = known(only(gens, corps=corps), corps="corps", grade="grade", echelon="échelon")
    places = kept[["corps", "grade", "echelon"]].astype(str)
    counts = places.value_counts().rename("effectif").reset_index()
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
    shares = _grade_shares(places)
    return Reponse(
        table,
        lambda: drawing.stacked(shares.set_index("corps"), unit=f"{NBSP}%", horizontal=True),
        {"grades": shares},
        avertissements=warnings,
    )


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
    identifiers(gens)
    refuse_unknown(gens, "sexe", SEXES)
    given = gens.assign(age=ages(gens, observed(gens, au)), quotite=numbers(gens, "quotite"))
    present, unread = known(given, corps="corps", quotite="quotité lisible")
    serving = present[present["quotite"] > 0]
    refuse_nobody(serving, "quotite")
    youngest, *_, oldest = classes("rsu")
    rows = []
    for corps in [*in_order(serving["corps"], ()), ALL]:
        of_corps = serving if corps == ALL else serving[serving["corps"] == corps]
        for sex in ("F", "H", ALL):
            group = of_corps if sex == ALL else of_corps[of_corps["sexe"] == sex]
            if group.empty:
                continue
            rows.append({"corps": corps, "sexe": sex} | _dashboard_row(group, len(serving)))
    table = pd.DataFrame(rows)
    shown = table[table["sexe"] == ALL].set_index("corps")
    columns = ["part_femmes", youngest.name, oldest.name, "part_temps_partiel"]
    idle = len(present) - len(serving)
    warnings = (
        *unread,
        *((f"{counted(idle, 'personne')} sans service, hors du tableau",) if idle else ()),
        *_outside_shares(serving),
    )
    names = {"part_femmes": "femmes", "part_temps_partiel": "temps partiel"}
    return Reponse(
        table,
        lambda: drawing.grouped(shown[columns].astype(float).rename(columns=names), unit="\u00a0%"),
        avertissements=warnings,
    )


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
    identifiers(gens)
    refuse_unknown(gens, "sexe", SEXES)
    given = gens.assign(indice_majore=numbers(gens, "indice_majore"))
    people, warnings = known(given, indice_majore="indice lisible", corps="corps", sexe="sexe")
    people = people.assign(age=ages(people, observed(gens, au)))
    rows = []
    for corps in in_order(people["corps"], ()):
        for sex in ("F", "H"):
            group = people[(people["corps"] == corps) & (people["sexe"] == sex)]
            aged = int(group["age"].notna().sum())
            wanted = [(one.name, in_class(group["age"], one), aged) for one in classes("rsu")]
            everybody = pd.Series(data=True, index=group.index)
            for name, inside, whole in [*wanted, (ALL, everybody, len(group))]:
                rows.append(
                    {
                        "corps": corps,
                        "sexe": sex,
                        "age": name,
                        "effectif": int(inside.sum()),
                        "part": float(percent(inside.sum(), whole)),
                        "indice_moyen": _mean(group.loc[inside, "indice_majore"]),
                    }
                )
    table = pd.DataFrame(rows)
    shown = table[table["age"] == ALL].pivot_table(
        index="corps", columns="sexe", values="indice_moyen"
    )
    return Reponse(
        table,
        lambda: drawing.grouped(shown, decimals=1),
        avertissements=(*warnings, *_outside_shares(people)),
    )


def _dashboard_row(group: pd.DataFrame, total: int) -> dict[str, object]:
    """Return the numbers of a group; a share is of those of whom it is known."""
    youngest, *_, oldest = classes("rsu")
    women, sexed = group["sexe"] == "F", group["sexe"].isin(SEXES)
    return {
        "effectif": len(group),
        "part_du_total": percent(len(group), total),
        "part_femmes": percent(women.sum(), sexed.sum()),
        youngest.name: _share_of_ages(group["age"], youngest),
        oldest.name: _share_of_ages(group["age"], oldest),
        "age_moyen": _mean(group["age"].dropna()),
        "part_temps_partiel": percent((group["quotite"] < PER_CENT).sum(), len(group)),
        "quotite_moyenne": _mean(group["quotite"]),
        "etp": round(float(group["quotite"].sum()) / PER_CENT, 1),
    }


def _share_of_ages(years: pd.Series, one: AgeClass) -> float:
    """Return the share of a class among those whose age is known (per cent)."""
    return float(percent(in_class(years, one).sum(), years.notna().sum()))


def _outside_shares(people: pd.DataFrame) -> tuple[str, ...]:
    """Tell how many are counted in the totals, not in the shares by age or by sex."""
    missing = ((is_empty(people["age"]), "date de naissance"), (is_empty(people["sexe"]), "sexe"))
    how = "dans l’ensemble seul, hors des parts"
    return tuple(
        f"{counted(int(gone.sum()), 'ligne')} sans {what}, {how}"
        for gone, what in missing
        if gone.any()
    )


def _grade_shares(places: pd.DataFrame) -> pd.DataFrame:
    counts = pd.crosstab(places["corps"], places["grade"])
    counts = counts[in_order(places["grade"], GRADES)]
    shares = counts.apply(lambda column: percent(column, counts.sum(axis=1)))
    return shares.rename_axis(columns=None).reset_index()


def _mean(values: pd.Series) -> float:
    return round(float(values.mean()), 1) if len(values) else float(np.nan)
