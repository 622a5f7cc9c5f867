"""The gap of pay between women and men, and what it is made of (analysis 27)."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from iprof_kit.analytics.analyses import drawing
from iprof_kit.analytics.analyses.drawing import number
from iprof_kit.analytics.analyses.model import Reponse, analyse, refuse_nobody
from iprof_kit.analytics.analyses.pay.reading import left_out, point_on, published, work
from iprof_kit.analytics.analyses.people import (
    GRADES,
    PER_CENT,
    in_order,
    observed,
    only,
    percent,
)
from iprof_kit.analytics.columns import SEXES, require
from iprof_kit.base.errors import InputError
from iprof_kit.base.words import NBSP
from iprof_kit.law.career.traitement import FULL_TIME, gross_monthly
from iprof_kit.law.tables.loading import table as reference

_CELL = ["corps", "grade", "echelon", "chevron"]
_PARTS = ("temps partiel", "ségrégation entre corps", "grade et échelon", "primes et autres")
_RAW = "écart brut"


@analyse
def ecarts_remuneration(
    gens: pd.DataFrame, /, *, corps: str = "", au: date | None = None
) -> Reponse:
    """Return the gap of mean pay, women less men, and its four parts, which sum to it exactly.

    Four gaps are taken one after the other, each with one more thing equal; a part is what its
    step takes away.

    1. Écart brut: mean pay of women less that of men, by head.
    2. At full time: the same on pay divided by the fraction paid. Part « temps partiel ».
    3. At equal corps: mean of the gaps at full time within each corps, a corps weighing half its
       share of women and half its share of men (Kitagawa). Part « ségrégation entre corps ».
    4. At equal corps, grade and échelon: the same within each of these. Part « grade et échelon »
       (demographic); what is left, « primes et autres », has no cause among those above.

    Where only women or only men stand, there is no gap to see: it counts as none.

    Parameters
    ----------
    gens : DataFrame
        `sexe`, `corps`, `grade`, `echelon`, `quotite` (per cent), `chevron` where there is one;
        `net` (euros a month), or, without it, `indice_majore`: the traitement is then calculated.
    corps : str
        Kept alone where given.
    au : date, optional
        Day of the value of the point; by default that of the table. Not read where `net` is.

    Returns
    -------
    Reponse
        Table `part`, `euros` (a month), `pour_cent` (of the mean pay of men; below zero: women
        earn less), `reste_pour_cent` (the gap once this part and those before are taken away).
        Details: « niveaux », mean pay by sex; « corps », the parts in each; « positions », the gap
        at each corps, grade and échelon; « reperes », published gaps, ours beside them.
    """
    asked = only(gens, corps=corps).reset_index(drop=True)
    asked = asked.assign(fraction=work(asked, paid=True))
    paid, notes = _pay(asked, gens, au)
    people, warnings = _usable(asked.join(paid))
    table = _parts(people)
    shown = table.set_index("part").loc[[*_PARTS, _RAW], "pour_cent"]
    shown = shown.rename({_PARTS[1]: "entre corps"})
    positions = _positions(people)
    both = positions[(positions["effectif_F"] > 0) & (positions["effectif_H"] > 0)]
    alike = percent(both[["effectif_F", "effectif_H"]].sum().sum(), len(people))
    hypotheses = (
        *notes,
        f"{number(float(alike), 1)} % des personnes ont quelqu’un de l’autre sexe à leur position",
        "sans personne de l’autre sexe à une position, l’écart y compte pour nul",
    )
    return Reponse(
        table,
        lambda: drawing.waterfall(shown, unit=f"{NBSP}%", decimals=1, opening=False),
        {
            "niveaux": _levels(people),
            "corps": _by_corps(people),
            "positions": positions,
            "reperes": _published(people),
        },
        hypotheses,
        warnings,
    )


def _pay(
    asked: pd.DataFrame, gens: pd.DataFrame, au: date | None
) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Return the monthly pay of each (`salaire`), at full time (`plein`), and what to say of it.

    Raises
    ------
    InputError
        There is neither a net pay nor an index, or the day of the point is not known.
    """
    fraction = asked["fraction"].where(asked["fraction"] != 0)
    if "net" in asked and asked["net"].notna().any():
        net = asked["net"].astype("Float64").astype(float)
        note = "salaire : colonne net ; à temps plein, le net divisé par la fraction payée"
        return pd.DataFrame({"salaire": net, "plein": net / fraction}), (note,)
    require(asked, ["indice_majore"], where="ecarts_remuneration (sans colonne net)")
    point, note = point_on(observed(gens, au))
    index = asked["indice_majore"].astype("Int64")
    full = pd.Series(gross_monthly(index.fillna(0).to_numpy("int64"), point), asked.index)
    full = full.where(index.notna().to_numpy(bool))
    return (
        pd.DataFrame({"salaire": (full * fraction).round(2), "plein": full}),
        (f"salaire : traitement brut mensuel, sans primes ni heures ; {note}",),
    )


def _usable(gens: pd.DataFrame) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Return those whose pay can be compared, told by corps, grade, échelon and chevron.

    Raises
    ------
    InputError
        There are not both women and men.
    """
    people = gens.assign(chevron=gens.get("chevron", ""))
    warnings: list[str] = []
    for wanted, why in (
        (people["sexe"].isin(SEXES), "sans sexe F ou H"),
        (people["corps"].notna() & (people["corps"] != ""), "sans corps"),
        (people["fraction"].notna(), "sans quotité possible"),
        (people["fraction"] != 0, "sans service"),
        (people["salaire"].notna(), "sans salaire"),
    ):
        inside = wanted.reindex(people.index)
        warnings += left_out(int((~inside).sum()), why)
        people = people[inside]
    refuse_nobody(people, "quotite")
    sexes = people["sexe"].unique()
    if len(sexes) < len(SEXES):
        raise InputError(
            f"il n’y a que des {drawing.code_label(sexes[0])} dans le groupe{NBSP}: aucun écart.",
            where="sexe",
            remedy="Élargissez le groupe, ou vérifiez la colonne.",
        )
    cells = people[_CELL].astype(object).fillna("").astype(str)
    return people.assign(**{name: cells[name] for name in _CELL}), tuple(warnings)


def _gaps(people: pd.DataFrame) -> list[float]:
    """Return the gap of women to men, in euros, with one more thing equal each time."""
    means = people.groupby("sexe")[["salaire", "plein"]].mean()
    gaps = means.to_numpy(float)[0] - means.to_numpy(float)[1]  # women come first
    return [*gaps.tolist(), *(_gap_at_equal(people, keys) for keys in (["corps"], _CELL))]


def _gap_at_equal(people: pd.DataFrame, keys: list[str]) -> float:
    """Return the mean of the gaps within groups, each weighing half its share of each sex."""
    means, counts = _by_sex(people, keys)
    weights = (counts / counts.sum()).mean(axis=1)
    return float(((means["F"] - means["H"]) * weights).sum())


def _by_sex(people: pd.DataFrame, keys: list[str]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the mean pay at full time and the number of women and men of each group."""
    means, counts = (
        people.pivot_table(index=keys, columns="sexe", values="plein", aggfunc=how)
        for how in ("mean", "count")
    )
    return means, counts.fillna(0).astype(int)


def _parts(people: pd.DataFrame) -> pd.DataFrame:
    """Return the raw gap and its parts; gaps are rounded, then parted: the sums are exact."""
    euros = _gaps(people)
    of_men = float(people.loc[people["sexe"] == "H", "salaire"].mean())
    gaps = pd.DataFrame({"euros": euros, "pour_cent": np.array(euros) / of_men * PER_CENT}).round(2)
    left = pd.concat([gaps.iloc[1:], gaps.iloc[:1] * 0], ignore_index=True)
    parts = (gaps - left).round(2) + 0.0  # no « −0 »
    rows = pd.concat([gaps.iloc[:1], parts], ignore_index=True)
    rest = [gaps["pour_cent"].iloc[0], *(left["pour_cent"] + 0.0)]
    return pd.DataFrame({"part": [_RAW, *_PARTS], **rows, "reste_pour_cent": rest})


def _levels(people: pd.DataFrame) -> pd.DataFrame:
    groups = people.assign(partiel=people["quotite"] < FULL_TIME).groupby("sexe")
    levels = groups.agg(
        effectif=("salaire", "size"),
        salaire_moyen=("salaire", "mean"),
        salaire_moyen_temps_plein=("plein", "mean"),
        part_temps_partiel=("partiel", "mean"),
    )
    levels["part_temps_partiel"] *= PER_CENT
    rounding = {"salaire_moyen": 2, "salaire_moyen_temps_plein": 2, "part_temps_partiel": 1}
    return levels.round(rounding).reset_index()


def _by_corps(people: pd.DataFrame) -> pd.DataFrame:
    """Return the raw gap and its parts within each corps, per cent; missing without both sexes."""
    rows = []
    for corps in in_order(people["corps"], ()):
        of_corps = people[people["corps"] == corps]
        counts = of_corps["sexe"].value_counts().reindex([*SEXES], fill_value=0)
        row: dict[str, object] = {
            "corps": corps,
            "effectif_F": int(counts["F"]),
            "effectif_H": int(counts["H"]),
        }
        if counts.all():
            parts = _parts(of_corps).set_index("part")["pour_cent"].drop(_PARTS[1])
            row |= {str(part): value for part, value in parts.items()}
        rows.append(row)
    return pd.DataFrame(rows)


def _positions(people: pd.DataFrame) -> pd.DataFrame:
    """Return the mean pay at full time of women and men at each position, in career order."""
    means, counts = _by_sex(people, _CELL)
    by_position = counts.add_prefix("effectif_").join(means.add_prefix("moyenne_"))
    by_position = by_position.rename_axis(columns=None).reset_index()
    by_position["ecart"] = by_position["moyenne_F"] - by_position["moyenne_H"]
    by_position["ecart_pour_cent"] = by_position["ecart"] / by_position["moyenne_H"] * PER_CENT
    rank = {grade: place for place, grade in enumerate(GRADES)}
    order = by_position.assign(
        grade=by_position["grade"].map(rank).fillna(len(GRADES)),
        echelon=pd.to_numeric(by_position["echelon"], errors="coerce"),
    ).sort_values(_CELL)
    return by_position.loc[order.index].round(2).reset_index(drop=True)


def _published(people: pd.DataFrame) -> pd.DataFrame:
    """Return the published gaps by degree, and ours (per cent) where there are both sexes."""
    degrees = reference("corps").set_index("corps")["degre"]
    degree = people["corps"].map(degrees)
    figures = published("ecart_femmes_hommes")
    ours = []
    for population in figures["population"]:
        of_degree = people[degree == population.removesuffix("d")]
        both = of_degree["sexe"].nunique() == len(SEXES)
        ours.append(_parts(of_degree)["pour_cent"].iloc[0] if both else np.nan)
    figures.insert(0, "ici", ours)
    return figures
