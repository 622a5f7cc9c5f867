"""How a campaign is opened: what is kept of a table, and every check on what was given."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path

import numpy as np
import pandas as pd

from iprof_kit.analytics.careers import birth_errors, looked_at
from iprof_kit.analytics.columns import is_empty, require
from iprof_kit.analytics.promotions.candidates import (
    NO_CELL,
    identifiers,
    named,
    positions,
    whole_numbers,
)
from iprof_kit.analytics.standing import ASIDE, ASKED, TO_VERIFY, decisions_about, standing
from iprof_kit.base.calendar import rentree
from iprof_kit.base.errors import InputError, LawError
from iprof_kit.base.names import meant
from iprof_kit.base.words import NBSP, corps_label, grade_label
from iprof_kit.careers.campaigns import Beyond
from iprof_kit.law.career.bonifications import bonification_share
from iprof_kit.law.promotion.conditions import required_days
from iprof_kit.law.promotion.contingent import TEN_THOUSAND
from iprof_kit.law.promotion.procedures.files import read_procedure
from iprof_kit.law.promotion.procedures.model import Procedure
from iprof_kit.law.promotion.rankings import (
    ACCELERATED,
    procedure_of_id,
    ranking_procedure,
)
from iprof_kit.law.promotion.ratios import percent, promotion_ratio
from iprof_kit.law.promotion.rows import grade_before
from iprof_kit.law.promotion.viviers import with_viviers
from iprof_kit.law.tables.cells import CELLS, grades_of

PER_CENT = TEN_THOUSAND // 100
_SITUATION = ("numero", "corps", "grade", "echelon")


def title(corps: str, grade: str, year: int) -> str:
    """« hors classe 2026, professeurs des écoles »."""
    what = "avancement accéléré" if grade == ACCELERATED else grade_label(grade)
    who = corps_label(corps, plural=True)
    return f"{what} {year}, {who[:1].lower()}{who[1:]}"


def kept(table: pd.DataFrame, corps: str, filters: Mapping[str, str]) -> pd.DataFrame:
    """Return the rows of a corps and of the filters.

    Raises
    ------
    InputError
        A column misses, or nobody is left.
    """
    missing = [name for name in (*_SITUATION, *filters) if name not in table]
    if not {"date_effet", "anciennete_jours"} & set(table):
        missing.append("date_effet (ou anciennete_jours au 31 août)")
    if missing:
        raise InputError(
            f"colonne absente{NBSP}: {', '.join(missing)}.",
            where="table",
            remedy=f"Ces colonnes disent la situation{NBSP}; sans elles, personne n’est placé.",
        )
    chosen = table["corps"] == corps
    for name, value in filters.items():
        chosen &= table[name].astype(str) == str(value)
    if not chosen.any():
        criteria = ", ".join([f"corps = {corps}", *(f"{k} = {v}" for k, v in filters.items())])
        raise InputError(
            f"aucune ligne de la table ne répond à{NBSP}: {criteria}.",
            where="filtres",
            remedy=f"Vérifiez les codes (un département est sur trois caractères{NBSP}: 063).",
        )
    return table[chosen.fillna(False)].reset_index(drop=True)


def readable(people: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the people whose situation can be read, and the others with their `erreur`.

    A grade or an échelon out of the grid, or no date of the échelon (no seniority where no date
    is given), says nothing of the others. Days come out as whole numbers.
    """
    _, errors = positions(people)
    dated = "date_effet" in people
    if dated:
        errors[(is_empty(people["date_effet"]) & (errors == "")).to_numpy()] = "date_effet manque"
        errors = errors.where(errors != "", birth_errors(people))
    name = "reliquat_jours" if dated else "anciennete_jours"
    days = whole_numbers(people[name]) if name in people else None
    if days is not None:
        wrong = days.isna() & (~is_empty(people[name]) if dated else True)
        problem = "n’est pas un nombre" if dated else "manque ou n’est pas un nombre"
        errors[(wrong & (errors == "")).to_numpy()] = f"{name} {problem}"
        people = people.assign(**{name: days.fillna(0).astype("int64")})
    good = (errors == "").to_numpy()
    lines = pd.Series(range(1, len(people) + 1), index=people.index)
    refused = pd.DataFrame({"ligne": lines, "numero": people["numero"], "erreur": errors})
    return people[good].reset_index(drop=True), refused[~good].reset_index(drop=True)


def listed(people: pd.DataFrame, grade: str, year: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the promouvables with all their columns, and who would be but for her position.

    With `date_effet`, the situation of 31 August is calculated; else `anciennete_jours` is taken
    as it is given.

    Returns
    -------
    tuple of DataFrame
        See `candidates.named`; `standing.ASIDE`.

    Raises
    ------
    InputError
        Two rows have one number.
    """
    identifiers(people)
    if "date_effet" in people:
        promouvables, aside = looked_at(
            _with_defaults(people), year, promotion=grade != ACCELERATED
        )
        promouvables, aside = (each[each["grade_cible"] == grade] for each in (promouvables, aside))
        others = [name for name in people if name not in promouvables or name == "numero"]
        joined = promouvables.merge(people[others], on="numero", how="left", validate="one_to_one")
        given = people.set_index("numero")
        doubts = _doubts(given.loc[joined["numero"]])
        joined["a_verifier"] = joined["a_verifier"].to_numpy(bool) | doubts
    else:
        joined, aside = _as_given(people, grade, year)
    return named(joined.reset_index(drop=True), year), aside[list(ASIDE)].reset_index(drop=True)


def _as_given(people: pd.DataFrame, grade: str, year: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return who holds the grade before, seniority as it is given, and who is set aside."""
    holders = people
    if grade != ACCELERATED and len(people):
        before = grade_before(str(people["corps"].iloc[0]), grade)
        holders = people[people["grade"] == before].reset_index(drop=True)
    seen = standing(holders, rentree(year) - 1)
    shut = seen.kind >= ASKED
    aside = decisions_about(holders, seen, shut)
    open_rows = open_to(holders[shut], grade, year)["numero"]
    doubtful = _doubts(holders) | (seen.kind == TO_VERIFY)
    return holders.assign(a_verifier=doubtful)[~shut], aside[aside["numero"].isin(open_rows)]


def _doubts(people: pd.DataFrame) -> np.ndarray:
    """Tell which rows the table itself marks `a_verifier`."""
    if "a_verifier" not in people:
        return np.zeros(len(people), bool)
    return people["a_verifier"].astype(str).str.lower().isin(["1", "1.0", "oui", "true"]).to_numpy()


def open_to(gens: pd.DataFrame, grade: str, year: int) -> pd.DataFrame:
    """Leave out who does not meet the condition, where a seniority is given instead of a date.

    A date is looked at by the campaign itself; a row that cannot be read stays, to be told.
    """
    if "date_effet" in gens or grade == ACCELERATED or with_viviers(year):
        return gens
    require(gens, ["corps", "grade", "echelon", "anciennete_jours"])
    cell, _ = positions(gens)
    needed = required_days(grade, year)[cell]
    days = whole_numbers(gens["anciennete_jours"])
    closed = (cell != NO_CELL) & ((needed < 0) | (days < needed).fillna(value=False))
    kept_rows: pd.DataFrame = gens[~closed]
    return kept_rows


def procedure_for(
    given: str | Path | Procedure | None, corps: str, grade: str, year: int
) -> tuple[Procedure, tuple[str, ...]]:
    """Return a procedure, and what its use supposes.

    Parameters
    ----------
    given : str, Path or Procedure, optional
        Id of a procedure of the kit, a YAML file, or a procedure; by default the national order.
    """
    if given is None:
        return ranking_procedure(corps, grade, year), ()
    if isinstance(given, Procedure):
        procedure = given
    elif isinstance(given, Path) or str(given).endswith((".yml", ".yaml")):
        procedure = read_procedure(given)
    else:
        procedure = procedure_of_id(str(given))
    if procedure.used_in(corps, grade, year):
        return procedure, ()
    return procedure, (f"procédure d’un autre champ ({_field_of(procedure)})",)


def _field_of(procedure: Procedure) -> str:
    """« hors classe, professeurs des écoles, 2024 »."""
    what = "avancement accéléré"
    if procedure.operation != ACCELERATED:
        what = grade_label(procedure.operation)
    known = set(CELLS.corps.tolist())
    names = [corps_label(one, plural=True) if one in known else one for one in procedure.corps]
    whom = ", ".join(name[:1].lower() + name[1:] for name in names) or "aucun corps du kit"
    since, until = procedure.campaigns.since, procedure.campaigns.until
    span = f"depuis {since}"
    if until:
        span = f"{since} à {until}"
    if until == since:
        span = str(since)
    return f"{what}, {whom}, {span}"


def share_for(
    taux: float | str | None, corps: str, grade: str, year: int, suppose: Beyond
) -> tuple[int | None, tuple[str, ...]]:
    """Return the ratio in ten-thousandths, and what it supposes; None where none is found.

    Raises
    ------
    InputError
        A ratio that is no number, negative, over 100 %, or with more than two decimals.
    """
    if taux is not None:
        share = checked_share(taux)
        return share, (f"taux donné : {percent(share)}",)
    if grade == ACCELERATED:
        return bonification_share() * PER_CENT, ()
    ratio = promotion_ratio(corps, grade, year, suppose_project=suppose == "projet")
    if ratio.share is not None:
        return ratio.share, () if ratio.known else (ratio.text,)
    if suppose == "refuser":
        return None, (ratio.text,)
    hypothesis = f"taux de {ratio.last_year} reconduit : {percent(ratio.last_share or 0)}"
    return ratio.last_share, (hypothesis,)


def refuse_no_campaign(table: object, corps: object, grade: object, annee: object) -> None:
    """Refuse what names no campaign: no table, several corps, a grade misspelt, a year as a text.

    Raises
    ------
    InputError
    """
    if not isinstance(table, pd.DataFrame):
        raise InputError(
            f"une table est attendue, pas un objet {type(table).__name__}.",
            where="table",
            remedy=f"D’un extrait lu, donnez sa table{NBSP}: extrait.table.",
        )
    if not isinstance(corps, str):
        raise InputError(
            "une campagne est celle d’un seul corps.",
            where="corps",
            remedy='Donnez son code (corps="pe"), et une campagne par corps.',
        )
    codes = tuple(dict.fromkeys(CELLS.corps.tolist()))
    if corps not in codes:
        raise InputError(
            f"le corps «{NBSP}{corps}{NBSP}» n’existe pas.",
            where="corps",
            remedy=f"{meant(corps, codes)} Codes{NBSP}: {', '.join(codes)}.".strip(),
        )
    if grade not in (*CELLS.grade, ACCELERATED):  # a grade that this corps lacks is the law's word
        aimed = (*grades_of(corps)[1:], ACCELERATED)
        raise InputError(
            f"le grade «{NBSP}{grade}{NBSP}» n’existe pas.",
            where="grade",
            remedy=f"{meant(str(grade), aimed)} Possibles{NBSP}: {', '.join(aimed)}.".strip(),
        )
    if isinstance(annee, bool) or not isinstance(annee, int | np.integer):
        raise InputError(
            f"«{NBSP}{annee}{NBSP}» n’est pas une année de campagne.",
            where="annee",
            remedy=f"Une année s’écrit en quatre chiffres, sans guillemets{NBSP}: annee=2026.",
        )


def refuse_places(places: int | Mapping[str, int] | None) -> None:
    """Refuse a contingent that is no whole number, or negative."""
    given = {} if places is None else places
    each = {"contingent": given} if not isinstance(given, Mapping) else given
    for name, number in each.items():
        if isinstance(number, bool) or not isinstance(number, int) or number < 0:
            raise InputError(
                f"un contingent est un nombre entier positif, pas «{NBSP}{number}{NBSP}».",
                where=str(name),
                remedy="Donnez par exemple contingent=12.",
            )


def carried_units(report: float | str | Mapping[str, float]) -> int | Mapping[str, int]:
    """Return decimals carried from the year before as ten-thousandths."""
    if isinstance(report, Mapping):
        return {name: _units(value) for name, value in report.items()}
    return _units(report)


def no_ratio(corps: str, grade: str, year: int, reasons: tuple[str, ...]) -> LawError:
    """Return what to say where no ratio is known and none was given."""
    return LawError(
        f"{' '.join(reasons)} ({title(corps, grade, year)}).",
        where="taux",
        remedy='Donnez taux=… ou contingent=…, ou suppose="dernier_connu".',
    )


def checked_share(taux: float | str) -> int:
    """Return a ratio in per cent as ten-thousandths, refused where it is no ratio."""
    try:
        exact = Decimal(str(taux).replace("%", "").replace(",", ".").strip())
    except InvalidOperation as error:
        raise InputError(
            f"«{NBSP}{taux}{NBSP}» n’est pas un taux.",
            where="taux",
            remedy=f"Un taux s’écrit en pour cent{NBSP}: 23 ou 9,5.",
        ) from error
    if exact.is_nan() or not 0 <= exact <= 100:
        raise InputError(
            f"un taux de {taux}\u00a0% n’est pas possible.",
            where="taux",
            remedy="Un taux est compris entre 0 et 100\u00a0%.",
        )
    share = exact * PER_CENT
    if share != int(share):
        raise InputError(
            f"le taux {taux} a plus de deux décimales.",
            where="taux",
            remedy="Arrondissez-le à deux décimales.",
        )
    return int(share)


def _units(report: float | str) -> int:
    try:
        units = Decimal(str(report).replace(",", ".").strip()) * TEN_THOUSAND
    except InvalidOperation as error:
        raise InputError(
            f"«{NBSP}{report}{NBSP}» n’est pas une décimale.",
            where="report",
            remedy=f"C’est la décimale de l’année précédente, entre 0 et 1{NBSP}: 0,38.",
        ) from error
    if not 0 <= units < TEN_THOUSAND:
        raise InputError(
            f"un report de {report} n’est pas possible.",
            where="report",
            remedy="C’est la décimale de l’année précédente, entre 0 et 1.",
        )
    return int(units)


def _with_defaults(people: pd.DataFrame) -> pd.DataFrame:
    """Return people with the columns that a projection needs and that may be left out."""
    completed = people.copy()
    for name, value in (("chevron", ""), ("reliquat_jours", 0)):
        if name not in completed:
            completed[name] = value
    return completed
