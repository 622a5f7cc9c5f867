"""What pay becomes: the drift of the payroll between two years (analysis 22)."""

from __future__ import annotations

import numpy as np
import pandas as pd

from iprof_kit.analytics.analyses import drawing
from iprof_kit.analytics.analyses.model import Reponse, analyse, refuse_nobody
from iprof_kit.analytics.analyses.pay.reading import (
    MILLION,
    left_out,
    point_on,
    published,
    work,
    work_text,
)
from iprof_kit.analytics.analyses.people import ALL, unknown
from iprof_kit.base.calendar import rentree_day
from iprof_kit.base.errors import InputError
from iprof_kit.base.words import NBSP, counted

NO_CORPS = "sans corps"
_MOVES = ["présents", "entrants", "sortants"]
_POSTS = {
    "masse_avant": "masse avant",
    "gvt_positif": "GVT positif",
    "entrees": "entrées",
    "sorties": "sorties",
    "gvt_negatif": "GVT négatif",
    "gvt_solde": "GVT solde",
    "quotites": "changements de quotité",
    "masse_apres": "masse après",
}
"""In reading order."""
_DRAWN = ["GVT positif", "entrées", "sorties", "GVT solde"]


@analyse
def gvt(
    gens: pd.DataFrame, /, *, avant: int = 0, apres: int = 0, fraction_payee: bool = False
) -> Reponse:
    """Return the drift of the payroll (glissement vieillesse technicité) between two years.

    The payroll is index × ETP × annual value of the point, the same point at both dates. Who is
    there at both gives the GVT positif, (index after − index before) × ETP after, and, apart from
    it, what the change of quotité costs, index before × (ETP after − ETP before). Who comes less
    who leaves, each at her own index, gives the GVT négatif. Hence, exactly: payroll after −
    payroll before = positif + négatif + quotités.

    Parameters
    ----------
    gens : DataFrame
        The states of both years, one under the other: `numero`, `annee`, `corps`, `quotite` (per
        cent), `indice_majore`; one row a person and a year.
    avant, apres : int
        The two years; 0: the last two of the table.
    fraction_payee : bool
        Count the fraction paid of each quotité (six sevenths at 80 %) instead of the quotité.

    Returns
    -------
    Reponse
        Table `poste`, `personnes` (whose pay it changes), `etp` (and their change), `points` (index
        × ETP), `montant` (euros a year), `montant_meur` (millions of euros). Details: « corps »,
        the same amounts by corps, in euros; « remplacement », what of the GVT négatif comes from
        replacing at equal numbers (noria) and what from the change of numbers; « reperes »,
        published figures.
    """
    first, last = _two_years(gens, avant, apres)
    states, warnings = _usable(gens[gens["annee"].isin([first, last])], paid=fraction_payee)
    people = _side_by_side(states, first, last)
    point, point_note = point_on(rentree_day(last))
    flows = _flows(people)
    table = _posts(people, flows, point)
    meur = table.set_index("poste").loc[_DRAWN, "montant_meur"]
    moved = int((people["corps_avant"] != people["corps"])[people["mouvement"] == "présents"].sum())
    hypotheses = (
        f"états de {first} et de {last}, {point_note}, aux deux dates",
        "traitement indiciaire en année pleine, hors CAS Pensions, autres charges, primes et NBI",
        work_text(paid=fraction_payee),
        *(
            (f"{counted(moved, 'changement')} de corps : la personne est dans celui d’arrivée",)
            * (moved > 0)
        ),
    )
    return Reponse(
        table,
        lambda: drawing.waterfall(
            meur, unit=f"{NBSP}M€", decimals=drawing.precision(meur), opening=False
        ),
        {
            "corps": _by_corps(people, flows, point),
            "remplacement": _replacement(people, point),
            "reperes": published("gvt"),
        },
        hypotheses,
        warnings,
    )


def _two_years(gens: pd.DataFrame, before: int, after: int) -> tuple[int, int]:
    """Return the years asked, by default the last two.

    Raises
    ------
    InputError
        The table has no two years, not the one asked, or they are not in order.
    """
    known = sorted({int(year) for year in gens["annee"].dropna()})
    first, last = before or (known[-2:] or [0])[0], after or (known or [0])[-1]
    if first in known and last in known and first < last:
        return first, last
    raise InputError(
        f"il faut deux états d’années différentes{NBSP}; demandés{NBSP}: {first} puis {last}, "
        f"dans la table{NBSP}: {', '.join(map(str, known)) or 'aucun'}.",
        where="annee",
        remedy="Mettez les deux états l’un sous l’autre, avec leur année.",
    )


def _usable(states: pd.DataFrame, *, paid: bool) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Return the states of whom index and work are known at each date; a person stays whole.

    Raises
    ------
    InputError
        Someone has two states in a year, or nobody is left.
    """
    nameless = unknown(states, "numero", "numéro")
    states = states[states["numero"].notna() & (states["numero"].astype(str) != "")]
    _refuse_twice(states)
    states = states.assign(etp=work(states, paid=paid))
    without = states["indice_majore"].isna()
    idle = states["etp"].isna() & ~without
    bad = states["numero"].isin(states.loc[without | idle, "numero"])
    other = int(bad.sum() - (without | idle).sum())
    warnings = (
        *nameless,
        *left_out(int(without.sum()), "sans indice"),
        *left_out(int(idle.sum()), "sans quotité possible"),
        *left_out(other, "de ces personnes à l’autre date"),
    )
    refuse_nobody(states[~bad], "indice_majore")
    return states[~bad], warnings


def _refuse_twice(states: pd.DataFrame) -> None:
    twice = states.duplicated(["numero", "annee"])
    if twice.any():
        one = states[twice].sort_values(["numero", "annee"]).iloc[0]
        raise InputError(
            f"{counted(int(twice.sum()), 'ligne')} en double{NBSP}: {one['numero']} a deux "
            f"états en {int(one['annee'])}.",
            where="numero",
            remedy="Gardez une ligne par personne et par année.",
        )


def _side_by_side(states: pd.DataFrame, first: int, last: int) -> pd.DataFrame:
    """Return one row a person: index and ETP at both dates (0 where away), corps, movement."""
    named = states.assign(
        indice=states["indice_majore"].astype(float),
        corps=states["corps"].astype(object).where(states["corps"].astype(str) != "", NO_CORPS),
    )
    by_person = named.set_index("numero")[["annee", "corps", "indice", "etp"]]
    both = [by_person[by_person["annee"] == year].drop(columns="annee") for year in (first, last)]
    people = both[0].merge(
        both[1], how="outer", left_index=True, right_index=True, suffixes=("_avant", "_apres")
    )
    there = people["indice_avant"].notna(), people["indice_apres"].notna()
    people["mouvement"] = np.select([there[0] & there[1], there[1]], _MOVES[:-1], _MOVES[-1])
    people["corps"] = people["corps_apres"].where(there[1], people["corps_avant"])
    numbers = ["indice_avant", "etp_avant", "indice_apres", "etp_apres"]
    return people.fillna(dict.fromkeys(numbers, 0.0))


def _flows(people: pd.DataFrame) -> pd.DataFrame:
    """Return what each person adds, in points of index × ETP."""
    before = people["indice_avant"] * people["etp_avant"]
    after = people["indice_apres"] * people["etp_apres"]
    stay = people["mouvement"] == "présents"
    risen = (people["indice_apres"] - people["indice_avant"]) * people["etp_apres"]
    worked = (people["etp_apres"] - people["etp_avant"]) * people["indice_avant"]
    return pd.DataFrame(
        {
            "masse_avant": before,
            "gvt_positif": risen.where(stay, 0.0),
            "quotites": worked.where(stay, 0.0),
            "entrees": after.mask(stay, 0.0),
            "sorties": -before.mask(stay, 0.0),
            "masse_apres": after,
        }
    )


def _posts(people: pd.DataFrame, flows: pd.DataFrame, point: float) -> pd.DataFrame:
    of_one = _flows(people.assign(indice_avant=1.0, indice_apres=1.0))
    sums = _with_balance(
        pd.DataFrame(
            {"personnes": (flows != 0).sum(), "etp": of_one.sum(), "points": flows.sum()}
        ).T
    ).T.loc[[*_POSTS]]
    euros = sums["points"] * point
    return pd.DataFrame(
        {
            "poste": [*_POSTS.values()],
            "personnes": sums["personnes"].to_numpy(int),
            "etp": sums["etp"].to_numpy().round(2),
            "points": sums["points"].to_numpy().round(2),
            "montant": euros.to_numpy().round(2),
            "montant_meur": euros.to_numpy() / MILLION,
        }
    )


def _by_corps(people: pd.DataFrame, flows: pd.DataFrame, point: float) -> pd.DataFrame:
    euros = flows.groupby(people["corps"]).sum().mul(point)
    euros.loc[ALL] = euros.sum()
    counts = pd.crosstab(people["corps"], people["mouvement"])
    counts = counts.reindex(columns=_MOVES, fill_value=0)
    counts.loc[ALL] = counts.sum()
    by_corps = counts.join(_with_balance(euros)[[*_POSTS]].round(2))
    return by_corps.rename_axis("corps").rename_axis(columns=None).reset_index()


def _with_balance(flows: pd.DataFrame) -> pd.DataFrame:
    negative = flows["entrees"] + flows["sorties"]
    return flows.assign(gvt_negatif=negative, gvt_solde=flows["gvt_positif"] + negative)


def _replacement(people: pd.DataFrame, point: float) -> pd.DataFrame:
    """Part the GVT négatif: as many who come as who leave, then the change of numbers."""
    come, index_in = _group(people, "entrants", "apres")
    leave, index_out = _group(people, "sortants", "avant")
    equal = min(come, leave)
    whole = np.nan_to_num(come * index_in) - np.nan_to_num(leave * index_out)
    noria = equal * (index_in - index_out) if equal else 0.0
    return pd.DataFrame(
        {
            "effet": ["remplacement à effectif égal (noria)", "variation d’effectif"],
            "etp": np.round([equal, come - leave], 2),
            "indice_moyen_entrants": round(index_in, 1),
            "indice_moyen_sortants": round(index_out, 1),
            "montant": np.round([noria * point, (whole - noria) * point], 2),
        }
    )


def _group(people: pd.DataFrame, movement: str, when: str) -> tuple[float, float]:
    """Return the ETP of those who come or leave, and their mean index; missing without any."""
    movers = people[people["mouvement"] == movement]
    etp = float(movers[f"etp_{when}"].sum())
    points = float((movers[f"indice_{when}"] * movers[f"etp_{when}"]).sum())
    return etp, points / etp if etp else float(np.nan)
