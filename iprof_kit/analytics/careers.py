"""Tables of careers: who is promouvable in a year, and every dated step of a population."""

from __future__ import annotations

from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd

from iprof_kit.analytics.columns import is_empty
from iprof_kit.analytics.positions import absences
from iprof_kit.analytics.standing import (
    ASIDE,
    ASKED,
    TO_VERIFY,
    PositionEffect,
    decisions_about,
    shared,
    standing,
)
from iprof_kit.base.calendar import YEAR, axis_of, rentree, to_axis, to_dates
from iprof_kit.base.errors import InputError, KitError
from iprof_kit.base.names import words_in
from iprof_kit.base.version import Former, formerly
from iprof_kit.base.words import NBSP
from iprof_kit.calculate.career.start import YEARS_WITHOUT_BIRTH
from iprof_kit.calculate.interface.bounds import bounds
from iprof_kit.careers.acts import Acts
from iprof_kit.careers.agents import Agents
from iprof_kit.careers.deciders import Chosen, Decider, Nobody
from iprof_kit.careers.events import BONIFICATION, CHEVRON, DEPARTURE, GRADE
from iprof_kit.careers.leaves import together
from iprof_kit.careers.lists import list_names
from iprof_kit.careers.projection import project as walk
from iprof_kit.law.career.traitement import majore
from iprof_kit.law.pension.retirement import limit_dates, retirement_ages
from iprof_kit.law.promotion.conditions import condition_text, decider_text, required_days
from iprof_kit.law.promotion.rankings import ACCELERATED
from iprof_kit.law.tables.cells import CELLS, cell_code
from iprof_kit.law.tables.verified import verified_until

_NEEDED = ("numero", "corps", "grade", "echelon", "chevron", "date_effet", "reliquat_jours")
_ANNEE = Former("annee", gone_in="1.0")
_NATURES = {CHEVRON: "chevron", BONIFICATION: "bonification", GRADE: "grade", DEPARTURE: "fin"}


@formerly("year", _ANNEE)
def promouvables(dossiers: pd.DataFrame, annee: int | None = None) -> pd.DataFrame:
    """List who meets the conditions of a campaign of promotion.

    The échelons that fall due until then are counted at their seniority of right; no promotion and
    no bonification is supposed in between. Time that the positions do not let count is taken off,
    and whoever is away on 31 August is not listed, nor whoever has a position that nobody knows
    (see `analytics.standing`).

    Parameters
    ----------
    dossiers : DataFrame
        See `load_dossiers`.
    annee : int
        Campaign: promotions on 1 September of this year, conditions seen on 31 August.
        `year` is its former name: it warns.

    Returns
    -------
    DataFrame
        One row a person, in the order of the dossiers: `numero`, `academie`, `departement`,
        `corps`, `grade`, `echelon`, `chevron` (on 31 August), `anciennete_jours` (in the échelon,
        days of the 360-day year), `grade_cible`, `condition`, `decide_par`, `position`,
        `a_verifier` (a position that has no end or no date may change the answer).
        `attrs["ecartees"]`: how many a position sets aside, by reason; `attrs["non_lues"]`:
        `numero` and `erreur` of those whose birth gives no limite d'âge.

    Raises
    ------
    InputError
        A column misses, a row cannot be read, or the campaign is not a year.
    PeriodNotCovered
        A campaign before the tables.

    Examples
    --------
    >>> import iprof_kit
    >>> listed = iprof_kit.promouvables(iprof_kit.load_dossiers(), 2027)
    >>> sorted(listed["grade_cible"].unique())
    ['classe_exceptionnelle', 'hors_classe']
    """
    campaign = _campaign_year(annee)
    required_days("hors_classe", campaign)
    return _with_counts(*looked_at(dossiers, campaign, promotion=True))


@formerly("year", _ANNEE)
def bonifiables(dossiers: pd.DataFrame, annee: int | None = None) -> pd.DataFrame:
    """List who meets the conditions of a bonification (accelerated advancement) of a campaign.

    Parameters, columns and errors are those of `promouvables`; `grade_cible` is then
    « avancement_accelere », and `echelon` tells the list (6, 8). Listed are those whose shortened
    duration ends in the school year that begins on 1 September of the campaign.
    """
    return _with_counts(*looked_at(dossiers, _campaign_year(annee), promotion=False))


def _campaign_year(asked: object) -> int:
    """Return the campaign asked for, refused where it is no year."""
    low, high = bounds("annee")
    whole = isinstance(asked, int | np.integer) and not isinstance(asked, bool)
    if not (whole and low <= int(str(asked)) <= high):
        raise InputError(
            "l’année d’une campagne est un nombre entier de quatre chiffres.",
            where="annee",
            remedy="Donnez-la sans guillemets : annee=2027.",
        )
    return int(str(asked))


def _with_counts(listed: pd.DataFrame, aside: pd.DataFrame) -> pd.DataFrame:
    """Return a list as an analyst reads it: its `attrs` say how many a position sets aside."""
    attrs = listed.attrs
    listed = shared(listed)
    listed.attrs.update(attrs)
    listed.attrs["ecartees"] = aside["pourquoi"].value_counts().to_dict()
    return listed


def looked_at(
    dossiers: pd.DataFrame, year: int, *, promotion: bool
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return who is on the lists of a campaign, and who would be but for her position.

    Returns
    -------
    tuple of DataFrame
        See `promouvables` and `bonifiables`; `standing.ASIDE`, with `corps` and `grade_cible`.
    """
    end = rentree(year) + 1 if promotion else rentree(year + 1)
    people, agents = _agents(dossiers, end)
    unread = people.attrs.get("non_lues", [])
    standings = standing(people, rentree(year) - 1)
    acts, doubtful = absences(people, agents)
    people = people.assign(a_verifier=doubtful | (standings.kind == TO_VERIFY))
    shut = standings.kind >= ASKED
    listed = _campaign(people, agents, acts, year, promotion=promotion)
    listed.attrs["non_lues"] = unread
    listed = listed[~shut[listed["_row"]]].drop(columns="_row").reset_index(drop=True)
    without = _campaign(people, agents, None, year, promotion=promotion) if shut.any() else listed
    if not shut.any():
        return listed, without.iloc[:0].reindex(columns=[*ASIDE, "corps", "grade_cible"])
    without = without[shut[without["_row"]]].reset_index(drop=True)
    rows = without["_row"].to_numpy()
    standings_aside = PositionEffect(
        standings.kind[rows], standings.name[rows], standings.why[rows]
    )
    aside = decisions_about(without, standings_aside, np.ones(len(rows), bool))
    return listed, aside.assign(corps=without["corps"], grade_cible=without["grade_cible"])


def _campaign(
    people: pd.DataFrame, agents: Agents, acts: Acts | None, year: int, *, promotion: bool
) -> pd.DataFrame:
    """Return who is on the lists of a campaign, with her row among the people in `_row`."""
    nobody = Chosen()
    walk(agents, nobody, acts)
    seen = [c for c in nobody.seen if c.year == year and len(c) and c.is_promotion == promotion]
    columns = list(
        words_in(
            "numero academie departement corps grade echelon chevron anciennete_jours grade_cible "
            "condition decide_par position a_verifier _row"
        )
    )
    if not seen:
        return pd.DataFrame(columns=columns).astype({"_row": np.int64})
    campaign = seen[0]
    who = people.take(campaign.rows).reset_index(drop=True)
    targets = [list_names()[code] for code in campaign.list_code]
    texts = {
        target: condition_text(target.corps, target.object, year) if promotion else ""
        for target in set(targets)
    }
    deciders = {target: decider_text(target.corps) for target in set(targets)}
    table = pd.DataFrame(
        {
            "numero": who["numero"],
            "academie": _text(who, "academie"),
            "departement": _text(who, "departement"),
            "corps": CELLS.corps[campaign.cell],
            "grade": CELLS.grade[campaign.cell],
            "echelon": CELLS.echelon[campaign.cell],
            "chevron": CELLS.chevron[campaign.cell],
            "anciennete_jours": campaign.days.astype(np.int64),
            "grade_cible": [t.object if promotion else ACCELERATED for t in targets],
            "condition": [texts[target] for target in targets],
            "decide_par": [deciders[target] for target in targets],
            "position": _text(who, "position"),
            "a_verifier": who["a_verifier"],
            "_row": campaign.rows,
        }
    )
    order = np.argsort(campaign.rows, kind="stable")
    return table.iloc[order].reset_index(drop=True)[columns]


def derouler_carrieres(
    dossiers: pd.DataFrame,
    decider: Decider | None = None,
    acts: Acts | None = None,
    *,
    jusqu_au: date | None = None,
) -> pd.DataFrame:
    """Give each dated step of the careers of people, up to their limite d'âge.

    `iprof_kit.projeter` is for a whole population: campaigns, entries and departures included.

    Parameters
    ----------
    dossiers : DataFrame
        See `load_dossiers`; people without corps have no steps, `attrs["sans_corps"]` lists them,
        nor those whose birth gives no limite d'âge: `attrs["non_lues"]` says why.
    decider : Decider, optional
        Who is promoted, e.g. `careers.ranking.Ranking`; by default nobody: rights only.
    acts : Acts, optional
        Recorded acts; their rows are those of the people who have a corps. Time that the positions
        of the dossiers do not let count is added to them.
    jusqu_au : date, optional
        Last day; by default each person's limite d'âge (40 years without date of birth).

    Returns
    -------
    DataFrame
        One row a step, by person then date: `numero`, `date` (datetime64), `nature` (depart,
        echelon, chevron, bonification, grade, fin), `corps`, `grade`, `echelon`, `chevron`,
        `anciennete_conservee_jours`, `indice_majore` (grid of the last verification; missing where
        it has none).

    Examples
    --------
    >>> import iprof_kit
    >>> steps = iprof_kit.derouler_carrieres(iprof_kit.load_dossiers())
    >>> steps.drop_duplicates("numero")["nature"].unique().tolist()
    ['depart']
    """
    end = None if jusqu_au is None else axis_of(jusqu_au) + 1
    people, agents = _agents(dossiers, end)
    unread = people.attrs.get("non_lues", [])
    leaves, _ = absences(people, agents)
    if leaves is not None:
        acts = together(acts, leaves)
    events = walk(agents, decider or Nobody(), acts).events
    row = np.concatenate([np.arange(len(agents)), events.row])
    cell = np.concatenate([agents.cell, events.cell])
    kinds = np.array(["echelon"] * (max(_NATURES) + 1), dtype=object)
    kinds[list(_NATURES)] = list(_NATURES.values())
    index = majore(axis_of(verified_until()))[cell].astype(float)
    table = pd.DataFrame(
        {
            "numero": people["numero"].to_numpy()[row],
            "date": to_dates(np.concatenate([agents.entry, events.day])),
            "nature": np.concatenate([np.full(len(agents), "depart", object), kinds[events.kind]]),
            "corps": CELLS.corps[cell],
            "grade": CELLS.grade[cell],
            "echelon": CELLS.echelon[cell],
            "chevron": CELLS.chevron[cell],
            "anciennete_conservee_jours": np.concatenate([agents.kept, events.kept]),
            "indice_majore": np.where(index < 0, np.nan, index),
        }
    )
    table = table.iloc[np.argsort(row, kind="stable")].reset_index(drop=True)
    table.attrs["non_lues"] = unread
    table.attrs["sans_corps"] = dossiers.loc[_text(dossiers, "corps") == "", "numero"].tolist()
    return table


def _agents(dossiers: pd.DataFrame, end: int | None) -> tuple[pd.DataFrame, Agents]:
    """Return the people who have a corps and a possible birth, and their starting points.

    `attrs["non_lues"]` of the first says who is set aside for her birth, and why.
    """
    missing = [name for name in _NEEDED if name not in dossiers]
    if missing:
        raise InputError(
            f"colonne absente{NBSP}: {', '.join(missing)}.",
            where="dossiers",
            remedy="Lisez les dossiers par iprof_kit.load_dossiers().",
        )
    people = dossiers[_text(dossiers, "corps") != ""].reset_index(drop=True)
    errors = birth_errors(people)
    unread = people.loc[errors != "", ["numero"]].assign(erreur=errors[errors != ""])
    people = people[errors == ""].reset_index(drop=True)
    people.attrs["non_lues"] = unread.to_dict("records")
    entry = to_axis(people["date_effet"].to_numpy())
    if people["date_effet"].isna().any():
        number = people.loc[people["date_effet"].isna(), "numero"].iloc[0]
        raise InputError(
            "la date d’effet de l’échelon manque.",
            where=f"dossier {number}",
            remedy="Donnez-la dans la colonne date_effet, ou retirez cette ligne.",
        )
    keys = list(
        zip(*(_text(people, n) for n in ("corps", "grade", "echelon", "chevron")), strict=True)
    )
    codes = {key: _cell(key, people["numero"].iloc[keys.index(key)]) for key in dict.fromkeys(keys)}
    cell = np.array([codes[key] for key in keys], np.int16)
    kept = people["reliquat_jours"].to_numpy(np.int64)
    last = _limits(people, entry)
    leave = last if end is None else np.minimum(last, end)
    return people, Agents(np.arange(len(people)), cell, entry, kept, leave)


def _cell(key: tuple[str, str, str, str], number: str) -> int:
    corps, grade, echelon, chevron = key
    try:
        return cell_code(corps, grade, echelon, chevron or None)
    except KitError as error:
        raise InputError(error.message, where=f"dossier {number}", remedy=error.remedy) from error


def _limits(people: pd.DataFrame, entry: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Return the axis day of each limite d'âge, forty years on where no birth is known."""
    limits = entry + YEARS_WITHOUT_BIRTH * YEAR
    if "date_naissance" not in people:
        return limits
    known = ~is_empty(people["date_naissance"]).to_numpy()
    born = people.loc[known, "date_naissance"]
    categories = _text(people, "categorie_retraite").replace("", "sedentaire")[known]
    day = verified_until("retraite_ages")
    limits[known] = to_axis(limit_dates(born.to_numpy("datetime64[D]"), categories, day))
    return limits


def birth_errors(people: pd.DataFrame) -> pd.Series:
    """Return why a date of birth gives no limite d'âge, "" where it gives one or is missing."""
    reasons = pd.Series("", index=people.index, dtype=object)
    if "date_naissance" not in people:
        return reasons
    births = pd.to_datetime(people["date_naissance"]).dt.floor("D")
    categories = _text(people, "categorie_retraite").replace("", "sedentaire")
    day = verified_until("retraite_ages")
    limits = limit_dates(births.to_numpy("datetime64[D]"), categories, day)
    for row in births.index[births.notna() & np.isnat(limits)]:
        try:
            retirement_ages(births[row].date(), categories[row], day)
        except KitError as error:
            reasons[row] = f"date_naissance : {error.message}"
    return reasons


def _text(frame: pd.DataFrame, name: str) -> pd.Series:
    """Return a column as text, empty where it misses or is missing."""
    if name not in frame:
        return pd.Series("", index=frame.index, dtype=object)
    return frame[name].fillna("").astype(str)
