"""The ranking of a campaign: points and gap to the bar, ties, opinions (analyses 3, 4 and 15)."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from iprof_kit.analytics.analyses import drawing
from iprof_kit.analytics.analyses.model import Reponse, analyse
from iprof_kit.analytics.analyses.people import ALL, in_order, percent
from iprof_kit.analytics.analyses.promotions.campaigns import (
    Ranking,
    grade_asked,
    opened,
    supposed,
    warned,
    where,
    with_rank,
)
from iprof_kit.analytics.columns import AVIS, SEXES, require
from iprof_kit.analytics.promotions.campaign import Campagne
from iprof_kit.base.errors import InputError
from iprof_kit.base.words import NBSP, appreciation_label, counted, echelon_label
from iprof_kit.careers.criteria import criterion_text
from iprof_kit.careers.places import HOW, TAKEN_BY_RANK
from iprof_kit.law.promotion.conditions import CLASSE_EXCEPTIONNELLE, HORS_CLASSE
from iprof_kit.law.promotion.procedures.model import CRITERIA

BY_RANK = HOW[TAKEN_BY_RANK]
TAKEN, NOT_TAKEN = "proposés", "non proposés"
OPINIONS = {
    "tres_favorable": "très favorable",
    "favorable": "favorable",
    "defavorable": "défavorable",
}
_MOST_BARS = 30
"""On a figure; beyond, each list alone."""


@analyse
def bareme_et_rang(
    gens: pd.DataFrame,
    /,
    *,
    corps: str = "",
    annee: int | None = None,
    academie: str = "",
    departement: str = "",
    par: str = "",
    taux: float | None = None,
    contingent: int | None = None,
    procedure: str = "",
    suppose: str = "refuser",
) -> Reponse:
    """Return the barème of the hors classe, the rank, and the gap to the bar, by name; internal.

    Parameters
    ----------
    gens : DataFrame
        `corps`, `grade`, `echelon`, `appreciation`, `date_effet` or `anciennete_jours` (days of
        the 360-day year), and what the procedure asks (see `iprof_kit.campagne`). A `bareme` given
        by the source is compared with the one calculated.
    corps : str
        By default the only one of the table.
    annee : int, optional
        Campaign; by default the first whose 31 August is not before the observation.
    academie, departement : str
        Kept alone where given.
    par : {"", "departement", "academie", "discipline"}
        Column that makes a list each; by default one list.
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
        Table: list by list and rank by rank, `bareme`, `barre` (points of the last proposed by
        rank) and `ecart_a_la_barre` (points). Those without rank come last, with their `erreur`.
        Detail « distribution »: how many at each barème, proposed and not.
    """
    one = opened(
        gens,
        HORS_CLASSE,
        corps,
        annee,
        where(academie, departement),
        Ranking(taux, contingent, procedure, suppose),
        par=(par,) if par else (),
    )
    table = one.classement()
    if "bareme" not in one.procedure.criteria:
        raise InputError(
            f"la procédure {one.procedure.id} ne classe pas selon un barème.",
            where="procedure",
            remedy=f"Choisissez-en une autre{NBSP}: iprof_kit.procedures().",
        )
    by_rank = table["bareme"].where(table["motif"] == BY_RANK)
    bars = by_rank.groupby(table[par]).transform("min") if par else by_rank.min()
    table["barre"], table["ecart_a_la_barre"] = bars, table["bareme"] - bars
    points = ["bareme", "barre", "ecart_a_la_barre"]
    before = [name for name in ("rang", "numero", par) if name]
    others = [name for name in table if name not in (*before, *points)]
    table = table[[*before, *points, *others]].astype(dict.fromkeys(points, "Int64"))
    counts = _distribution(table)
    bar = None if par else _scalar(table["barre"])
    return Reponse(
        table,
        lambda: _bars_of_points(counts, bar),
        {"distribution": counts},
        hypotheses=supposed(one),
        avertissements=(*warned(one, table), *_other_points(one, table)),
    )


@analyse
def barre_et_departage(
    gens: pd.DataFrame,
    /,
    *,
    corps: str = "",
    grade: str = HORS_CLASSE,
    annee: int | None = None,
    academie: str = "",
    departement: str = "",
    par: str = "",
    taux: float | None = None,
    contingent: int | None = None,
    procedures: str = "",
    suppose: str = "refuser",
) -> Reponse:
    """Return the bar by sex and by department, and the ties on both sides of it.

    Parameters
    ----------
    gens : DataFrame
        `corps`, `grade`, `echelon`, `sexe`, and what the procedures ask; `departement` where the
        table has it.
    grade : {"hors_classe", "classe_exceptionnelle"}
    procedures : str
        Ids separated by commas, to be compared; by default the national order.
    corps, annee, academie, departement, par, taux, contingent, suppose
        See `bareme_et_rang`.

    Returns
    -------
    Reponse
        Table `procedure`, `liste`, `groupe` (Ensemble, F, H, departments), `promouvables`,
        `proposes`, `critere` (the first of the procedure), `barre` (its value for the last
        proposed by rank), `departage` (what parts her from the next), `ex_aequo_proposes` and
        `ex_aequo_non_proposes` (people of the group with the value of its bar). Detail
        « mouvements »: who enters and leaves from the first procedure to each other one.
    """
    names = [name.strip() for name in procedures.split(",") if name.strip()] or [""]
    campaigns = [
        opened(
            gens,
            grade_asked(grade),
            corps,
            annee,
            where(academie, departement),
            Ranking(taux, contingent, name, suppose),
            par=(par,) if par else (),
        )
        for name in names
    ]
    rankings = [one.classement() for one in campaigns]
    table = pd.concat(
        [_bars(one, ranked, par) for one, ranked in zip(campaigns, rankings, strict=True)],
        ignore_index=True,
    )
    moves = [
        campaigns[0].comparer(other).assign(procedure=other.procedure.id) for other in campaigns[1:]
    ]
    warnings = [
        text
        for one, ranked in zip(campaigns, rankings, strict=True)
        for text in warned(one, ranked)
    ]
    return Reponse(
        table,
        lambda: _ties(table),
        {"mouvements": pd.concat(moves)} if moves else {},
        hypotheses=tuple(dict.fromkeys(text for one in campaigns for text in supposed(one))),
        avertissements=tuple(dict.fromkeys(warnings)),
    )


@analyse
def avis_ce(
    gens: pd.DataFrame,
    /,
    *,
    corps: str = "",
    annee: int | None = None,
    academie: str = "",
    departement: str = "",
    taux: float | None = None,
    contingent: int | None = None,
    procedure: str = "",
    suppose: str = "refuser",
) -> Reponse:
    """Return the two opinions for the classe exceptionnelle, and the share of double best.

    Parameters
    ----------
    gens : DataFrame
        `corps`, `grade`, `echelon`, `avis_1` (inspector), `avis_2` (head), `entree_corps`,
        `entree_grade`.
    corps, annee, academie, departement, taux, contingent, procedure, suppose
        See `bareme_et_rang`.

    Returns
    -------
    Reponse
        Table: promouvables, a row an opinion of the inspector, a column an opinion of the head.
        Details « proposes »: the same among the proposed; « double_tres_favorable »: how many have
        both opinions very favourable, and their share (per cent).
    """
    one = opened(
        gens,
        CLASSE_EXCEPTIONNELLE,
        corps,
        annee,
        where(academie, departement),
        Ranking(taux, contingent, procedure, suppose),
    )
    ranked = one.classement()
    people = with_rank(one, ranked)
    require(people, ["avis_1", "avis_2"], "avis_ce")
    known = people["avis_1"].isin(AVIS) & people["avis_2"].isin(AVIS)
    listed, taken = people[known], people[known & people["propose"]]
    table = _opinions(listed)
    best = AVIS[0]
    double = [
        int(((group["avis_1"] == best) & (group["avis_2"] == best)).sum())
        for group in (listed, taken)
    ]
    sizes = [len(listed), len(taken)]
    shares = pd.DataFrame(
        {
            "groupe": ["promouvables", "proposés"],
            "effectif": sizes,
            "double_tres_favorable": double,
            "part": percent(double, sizes),
        }
    )
    lost = int((~known).sum())
    warnings = (f"{counted(lost, 'promouvable')} sans deux avis connus, hors de la matrice",) * (
        lost > 0
    )
    return Reponse(
        table,
        lambda: _matrix(table),
        {"proposes": _opinions(taken), "double_tres_favorable": shares},
        hypotheses=supposed(one),
        avertissements=(*warned(one, ranked), *warnings),
    )


def _distribution(table: pd.DataFrame) -> pd.DataFrame:
    known = table[table["bareme"].notna()]
    counts = known.groupby("bareme")["propose"].agg(["size", "sum"]).reset_index()
    return pd.DataFrame(
        {
            "bareme": counts["bareme"],
            "proposes": counts["sum"],
            "non_proposes": counts["size"] - counts["sum"],
        }
    )


def _scalar(column: pd.Series) -> int | None:
    known = column.dropna()
    return int(known.iloc[0]) if len(known) else None


def _bars_of_points(counts: pd.DataFrame, bar: int | None) -> Figure:
    """Draw how many at each barème, those that nobody has included."""
    if counts.empty:
        return drawing.nobody()
    by_points = counts.set_index("bareme")
    steps = np.diff(by_points.index.to_numpy(np.int64))
    if len(steps):
        low, high = int(by_points.index[0]), int(by_points.index[-1])
        by_points = by_points.reindex(range(low, high + 1, int(np.gcd.reduce(steps))), fill_value=0)
    names = {"proposes": TAKEN, "non_proposes": NOT_TAKEN}
    figure = drawing.stacked(by_points.rename(columns=names))
    axes = figure.axes[0]
    axes.set_xlabel("barème, en points")
    if bar is not None:
        drawing.mark(axes, by_points.index.tolist().index(bar), f"barre : {bar} points")
    return figure


def _other_points(one: Campagne, table: pd.DataFrame) -> tuple[str, ...]:
    """Tell how many barèmes given by the source are not the one calculated."""
    if "bareme" not in one.gens:
        return ()
    given = pd.to_numeric(one.gens.set_index("numero")["bareme"], errors="coerce")
    both = table["numero"].map(given)
    count = int((both.notna() & table["bareme"].notna() & (both != table["bareme"])).sum())
    return (f"{count} barèmes de la source diffèrent du barème calculé",) * (count > 0)


def _bars(one: Campagne, ranked: pd.DataFrame, par: str) -> pd.DataFrame:
    """Return the bars of a ranking: each list, then its groups."""
    first = one.procedure.criteria[0]
    rows = []
    for name in in_order(ranked[par], ()) if par else [ALL]:
        of_list = ranked[ranked[par] == name] if par else ranked
        for label, group in _groups(of_list, par):
            rows.append(
                {"procedure": one.procedure.id, "liste": name, "groupe": label} | _bar(group, first)
            )
    return pd.DataFrame(rows)


def _groups(ranked: pd.DataFrame, par: str) -> list[tuple[str, pd.DataFrame]]:
    groups = [(ALL, ranked)]
    if "sexe" in ranked:
        groups += [(sex, ranked[ranked["sexe"] == sex]) for sex in SEXES]
    if "departement" in ranked and par != "departement":
        names = in_order(ranked["departement"], ())
        groups += [
            (name, ranked[ranked["departement"] == name]) for name in names if len(names) > 1
        ]
    return groups


def _bar(group: pd.DataFrame, criterion: str) -> dict[str, object]:
    by_rank = group[group["motif"] == BY_RANK]
    bar = {
        "promouvables": len(group),
        "proposes": int(group["propose"].sum()),
        "critere": CRITERIA[criterion],
        "barre": "",
        "departage": "",
        "ex_aequo_proposes": 0,
        "ex_aequo_non_proposes": 0,
    }
    if by_rank.empty:
        return bar
    last = by_rank.sort_values("rang").iloc[-1]
    tied = group[group[criterion] == last[criterion]]
    return bar | {
        "barre": _text(criterion, last[criterion]),
        "departage": last["departage"],
        "ex_aequo_proposes": int(tied["propose"].sum()),
        "ex_aequo_non_proposes": int((~tied["propose"]).sum()),
    }


def _text(criterion: str, value: object) -> str:
    """Write a value as a ranking shows it: as people hold it, or as a number."""
    if criterion == "appreciation":
        return appreciation_label(str(value))
    if criterion == "echelon":
        return echelon_label(str(value))
    return criterion_text(criterion, int(float(str(value))))


def _ties(table: pd.DataFrame) -> Figure:
    """Draw the ties at the bar of each group, named with its bar."""
    shown = table[table["barre"] != ""]
    if shown.empty:
        return drawing.nobody()
    if len(shown) > _MOST_BARS:
        shown = shown[shown["groupe"] == ALL]
    several = [name for name in ("procedure", "liste") if len(set(table[name])) > 1]
    names = [
        " · ".join(
            [*(row[name] for name in several), drawing.code_label(row["groupe"]), _bar_name(row)]
        )
        for _, row in shown.astype(str).iterrows()
    ]
    parts = shown[["ex_aequo_proposes", "ex_aequo_non_proposes"]].set_index(pd.Index(names))
    parts.columns = pd.Index([f"ex æquo {TAKEN}", f"ex æquo {NOT_TAKEN}"])
    return drawing.stacked(parts, horizontal=True)


def _bar_name(row: pd.Series) -> str:
    """« 150 points », « avis très favorables : 2 »."""
    return (
        row["barre"]
        if row["critere"] == CRITERIA["bareme"]
        else "{critere} : {barre}".format(**row)
    )


def _opinions(people: pd.DataFrame) -> pd.DataFrame:
    counts = pd.crosstab(people["avis_1"], people["avis_2"])
    counts = counts.reindex(index=AVIS, columns=AVIS, fill_value=0).rename(OPINIONS, axis=1)
    table = counts.rename_axis(columns=None).reset_index(drop=True)
    table.insert(0, "avis_1", list(OPINIONS.values()))
    return table


def _matrix(table: pd.DataFrame) -> Figure:
    figure = drawing.heat(table.set_index("avis_1"))
    figure.axes[0].set_xlabel("avis du supérieur hiérarchique")
    figure.axes[0].set_ylabel("avis de l’inspecteur")
    return figure
