"""What the analyses of promotions read in common: the year, who is promouvable, the campaign."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date
from typing import Literal, cast, get_args

import numpy as np
import pandas as pd

from iprof_kit.analytics.analyses.model import refuse_nobody
from iprof_kit.analytics.analyses.people import in_order
from iprof_kit.analytics.columns import require
from iprof_kit.analytics.promotions.campaign import Campagne
from iprof_kit.analytics.promotions.candidates import whole_numbers
from iprof_kit.analytics.promotions.opening import kept, listed, open_to, readable, title
from iprof_kit.analytics.promotions.start import campagne
from iprof_kit.analytics.standing import set_aside
from iprof_kit.base.calendar import school_year
from iprof_kit.base.errors import InputError
from iprof_kit.base.names import meant, words_in
from iprof_kit.base.words import NBSP, counted, grade_label
from iprof_kit.careers.campaigns import Beyond
from iprof_kit.law.tables.cells import CELLS, grades_of

Grade = Literal["hors_classe", "classe_exceptionnelle"]
WHO = words_in(
    "numero prenom nom sexe academie departement corps grade echelon chevron anciennete_jours"
)
"""Columns of a list of names, where people have them."""
ORDER = ["corps", "academie", "departement", "numero"]
NOBODY = "personne n’est promouvable"


def campaign_year(gens: pd.DataFrame, annee: int | None) -> int:
    """Return the campaign asked, else that of the column `annee`, else of the observation.

    The campaign of an observation is the first whose 31 August is not before it; a column of
    several years says nothing.

    Raises
    ------
    InputError
        None is known, or the one asked is no year.
    """
    if annee is not None:
        return _checked(annee)
    years = _years(gens)
    if len(years) == 1:
        return _checked(int(years[0]))
    observed = gens.attrs.get("observation")
    if not observed:
        raise InputError(
            "l’année de la campagne n’est pas connue.",
            where="annee",
            remedy="Donnez-la en option (annee=…), ou dans une colonne annee.",
        )
    return school_year(date.fromisoformat(str(observed))) + 1


def of_year(gens: pd.DataFrame, year: int) -> pd.DataFrame:
    """Return the rows of a campaign where a table has several; else all.

    Raises
    ------
    InputError
        None is of that year.
    """
    if len(_years(gens)) <= 1:
        return gens
    rows: pd.DataFrame = gens[(whole_numbers(gens["annee"]) == year).fillna(value=False)]
    refuse_nobody(rows, f"annee = {year}")
    return rows


def one_corps(gens: pd.DataFrame, corps: str) -> str:
    """Return the corps asked, else the only one of the table.

    Raises
    ------
    InputError
        None is asked and the table has several, or none.
    """
    codes = in_order(gens["corps"], ())
    if corps or len(codes) == 1:
        return corps or codes[0]
    raise InputError(
        f"une liste se fait par corps, et la table en a {'plusieurs' if codes else 'aucun'}.",
        where="corps",
        remedy=f"Choisissez-en un{NBSP}: {', '.join(codes) or 'voyez corps.csv'}.",
    )


def grade_asked(grade: str) -> str:
    """Return the grade asked, refuse one to which nobody is promoted."""
    return among(grade, get_args(Grade), "grade")


def where(academie: str, departement: str) -> dict[str, str]:
    """Return what is kept of a table: the academy and the department given."""
    given = {"academie": academie, "departement": departement}
    return {name: value for name, value in given.items() if value}


def promouvables_of(
    gens: pd.DataFrame, grade: str, year: int, corps: str, filters: Mapping[str, str]
) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Return the promouvables of a corps, or of every corps that has the grade; and what is told.

    `a_verifier`: her position may change the answer (see `analytics.standing`).
    """
    require(gens, filters)
    gens = of_year(gens, year)
    warnings: list[str] = []
    promouvables, aside, unread = [], [], 0
    for one in [corps] if corps else _corps_with(gens, grade, filters, warnings):
        people, refused = readable(kept(gens, one, filters))
        unread += len(refused)
        on_list, out = listed(open_to(people, grade, year), grade, year)
        promouvables.append(on_list)
        aside.append(out)
    everybody = pd.concat(promouvables, ignore_index=True)
    warnings += set_aside(pd.concat(aside, ignore_index=True))
    if unread:
        warnings.append(f"{counted(unread, 'ligne')} sans situation lisible, hors du calcul")
    if everybody.empty:
        warnings.append(NOBODY)
    return in_reading_order(everybody), tuple(warnings)


@dataclass(frozen=True)
class Ranking:
    """What decides a ranking: its ratio or its places, its procedure, a year without ratio."""

    taux: float | None = None
    contingent: int | None = None
    procedure: str = ""
    suppose: str = "refuser"


def opened(
    gens: pd.DataFrame,
    grade: str,
    corps: str,
    annee: int | None,
    filters: Mapping[str, str],
    ranking: Ranking,
    par: tuple[str, ...] = (),
) -> Campagne:
    """Open the campaign of a corps; see `iprof_kit.campagne`."""
    among(ranking.suppose, get_args(Beyond), "suppose")
    require(gens, filters)
    chosen, year = one_corps(gens, corps), campaign_year(gens, annee)
    people = open_to(kept(of_year(gens, year), chosen, filters), grade, year)
    refuse_nobody(people, f"promouvables, {title(chosen, grade, year)}")
    return campagne(
        people,
        chosen,
        grade,
        year,
        filtres=filters,
        par=par,
        procedure=ranking.procedure or None,
        taux=ranking.taux,
        contingent=ranking.contingent,
        suppose=cast(Beyond, ranking.suppose),
        source=str(gens.attrs.get("source", "")),
    )


def supposed(opened_one: Campagne) -> tuple[str, ...]:
    """Return what a ranking supposes: its procedure first."""
    one = opened_one.procedure
    return (f"classement {one.id} ({one.authority}) : {one.order_text}", *opened_one.hypotheses)


def warned(opened_one: Campagne, ranked: pd.DataFrame) -> tuple[str, ...]:
    """Return what could not be done in a ranking, with the rows that have no rank."""
    errors = ranked.loc[ranked["erreur"] != "", "erreur"].value_counts().sort_index()
    return (
        *opened_one.provenance.avertissements,
        *(
            f"{counted(count, 'promouvable')} sans classement : {why}"
            for why, count in errors.items()
        ),
    )


def with_rank(opened_one: Campagne, ranked: pd.DataFrame) -> pd.DataFrame:
    """Return the promouvables with all their columns, and their place."""
    placed = [name for name in ("rang", "propose", "motif", "erreur", "bareme") if name in ranked]
    people = opened_one.gens.drop(columns=placed, errors="ignore")
    return people.merge(ranked[["numero", *placed]], on="numero", how="left")


def in_reading_order(people: pd.DataFrame) -> pd.DataFrame:
    """Return people by corps, academy, department, number."""
    names = [name for name in ORDER if name in people]
    return people.sort_values(names, ignore_index=True)


def shown(people: pd.DataFrame, *more: str) -> pd.DataFrame:
    """Return the columns of a list of names that people have."""
    return people[[name for name in (*WHO, *more) if name in people]].reset_index(drop=True)


def _corps_with(
    gens: pd.DataFrame, grade: str, filters: Mapping[str, str], warnings: list[str]
) -> list[str]:
    """Return the corps of the table that have a grade, and tell how many people have none."""
    rows = gens
    for name, value in filters.items():
        rows = rows[rows[name].astype(str) == value]
    refuse_nobody(rows, ", ".join(f"{name} = {value}" for name, value in filters.items()))
    known = set(CELLS.corps)
    codes = [one for one in in_order(rows["corps"], ()) if one in known and grade in grades_of(one)]
    without = int((~rows["corps"].isin(codes)).sum())
    if without:
        warnings.append(
            f"{counted(without, 'personne')} dans un corps sans {grade_label(grade)}, ou sans corps"
        )
    if not codes:
        raise InputError(
            f"aucun corps de la table n’a de {grade_label(grade)}.",
            where="corps",
            remedy="Vérifiez les codes de corps (corps.csv).",
        )
    return codes


def _years(gens: pd.DataFrame) -> list[int]:
    """Return the campaigns of a table, none where it does not say."""
    return list(whole_numbers(gens["annee"]).dropna().unique()) if "annee" in gens else []


def _checked(annee: object) -> int:
    """Return a year, refuse what is none."""
    if isinstance(annee, int | np.integer) and MINYEAR <= annee < MAXYEAR:
        return int(annee)
    raise InputError(
        f"«{NBSP}{annee}{NBSP}» n’est pas une année de campagne.",
        where="annee",
        remedy=f"Une année s’écrit en quatre chiffres, sans guillemets{NBSP}: annee=2026.",
    )


def among(value: str, known: tuple[str, ...], name: str) -> str:
    """Return an option, refuse one that is not known."""
    if value not in known:
        raise InputError(
            f"«{NBSP}{value}{NBSP}» n’est pas possible.",
            where=name,
            remedy=f"{meant(str(value), known)} Possibles{NBSP}: {', '.join(known)}.".strip(),
        )
    return value
