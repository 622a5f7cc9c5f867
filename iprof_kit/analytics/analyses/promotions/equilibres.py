"""Are those promoted like the promouvables? Sex, échelon, discipline… (analyses 6 to 11).

Nominations are read in `promu`; where the table has none, the kit proposes and says so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress

import pandas as pd
from matplotlib.figure import Figure

from iprof_kit.analytics.analyses import drawing
from iprof_kit.analytics.analyses.model import Reponse, analyse
from iprof_kit.analytics.analyses.people import ALL, GRADES, in_order, unknown
from iprof_kit.analytics.analyses.promotions.balance import (
    WORDS,
    draw_shares,
    gathered,
    group_shares,
    refuse_unknown,
    spread,
)
from iprof_kit.analytics.analyses.promotions.proposals import Retained, proposed, yes_no
from iprof_kit.analytics.columns import SEXES, is_empty, require
from iprof_kit.analytics.publication.rules import rules
from iprof_kit.base.errors import InputError
from iprof_kit.base.words import NBSP, appreciation_label, label
from iprof_kit.law.promotion.bareme import APPRECIATIONS

OTHERS = "autres disciplines"
NO_APPRECIATION = "sans_appreciation"
FUNCTIONS = {
    "adjoint": "enseignement et remplacement",
    "directeur": "direction d’école",
    "ash": "ASH",
    "conseiller_pedagogique": "conseil pédagogique",
}
"""In the order and with the words of the national report of 2021."""


@analyse
def equilibre_femmes_hommes(
    gens: pd.DataFrame,
    /,
    *,
    par: str = "corps",
    corps: str = "",
    grade: str = "",
    annee: int | None = None,
    suppose: str = "refuser",
    procedure: str = "",
    liste: str = "",
) -> Reponse:
    """Return the share of women among promouvables and among promoted, and the gap.

    Parameters
    ----------
    gens : DataFrame
        `sexe` and the column `par`; `promu` (0 or 1), else what a campaign needs.
    par : str
        Column of the rows: corps, discipline, departement, academie, annee.
    corps, grade : str
        Kept alone where given; the grade is the one aimed at, by default the hors classe where
        nobody is nominated.
    annee : int, optional
        Campaign; by default those of the table.
    suppose, procedure, liste : str
        How the kit proposes where nobody is nominated: see `proposals.proposed`.

    Returns
    -------
    Reponse
        Table: `par`, promouvables and promoted, women among them, the two shares (per cent),
        `ecart` (points: 0 is the aim), `femmes_a_part_egale` (women who would be promoted at the
        share of the promouvables).
    """
    who = proposed(gens, corps, grade, annee, suppose, procedure, liste)
    require(who.people, [par], "par")
    refuse_unknown(who.people, "sexe", SEXES)
    who = _with_known(_with_known(who, "sexe", "sexe"), par, par)
    order = in_order(who.people[par], GRADES)
    table = group_shares(who, who.people["sexe"] == "F", par, order, "femmes")
    return _response(
        who, table, lambda: draw_shares(table, who.word, group="femmes", labels=_disciplines(order))
    )


@analyse
def promus_par_echelon(
    gens: pd.DataFrame,
    /,
    *,
    corps: str = "",
    grade: str = "",
    annee: int | None = None,
    suppose: str = "refuser",
    procedure: str = "",
    liste: str = "",
) -> Reponse:
    """Return the promouvables and the promoted by échelon, year by year.

    Parameters
    ----------
    gens : DataFrame
        `echelon`; `promu` (0 or 1), else what a campaign needs; `annee` where there are several.
    corps, grade : str
        Kept alone where given; the grade is the one aimed at, by default the hors classe where
        nobody is nominated.
    annee : int, optional
        Campaign; by default those of the table.
    suppose, procedure, liste : str
        How the kit proposes where nobody is nominated: see `proposals.proposed`.

    Returns
    -------
    Reponse
        Table `annee` (0: not known), `echelon`, promouvables and promoted (an échelon where nobody
        is promoted has its row), the two shares (per cent), `ecart` (points), `taux` (per cent).
    """
    who = _with_known(
        proposed(gens, corps, grade, annee, suppose, procedure, liste), "echelon", "échelon"
    )
    if "annee" in who.people:
        who = _with_known(who, "annee", "année")
    people = who.people.assign(annee=who.people.get("annee", 0))
    steps = sorted(people["echelon"].astype(str).unique(), key=_step)
    table = _each(people, "annee", lambda of_year: spread(of_year, who.word, "echelon", steps))
    return _response(who, table, lambda: _draw_steps(table, who.word))


@analyse
def promus_par_appreciation(
    gens: pd.DataFrame,
    /,
    *,
    corps: str = "",
    grade: str = "",
    annee: int | None = None,
    suppose: str = "refuser",
    procedure: str = "",
    liste: str = "",
) -> Reponse:
    """Return the promouvables and the promoted by appréciation.

    Parameters
    ----------
    gens : DataFrame
        `appreciation` (code, empty where there is none); `promu` (0 or 1), else what a campaign
        needs; `origine_appreciation` where it is followed.
    corps, grade : str
        Kept alone where given; the grade is the one aimed at, by default the hors classe where
        nobody is nominated.
    annee : int, optional
        Campaign; by default those of the table.
    suppose, procedure, liste : str
        How the kit proposes where nobody is nominated: see `proposals.proposed`.

    Returns
    -------
    Reponse
        Table `appreciation`, promouvables and promoted, the two shares (per cent), `ecart`
        (points), `taux` (per cent). Detail « origine »: the same, by origin of the appréciation.
    """
    who = proposed(gens, corps, grade, annee, suppose, procedure, liste)
    refuse_unknown(who.people, "appreciation", APPRECIATIONS)
    given = who.people["appreciation"]
    people = who.people.assign(appreciation=given.mask(is_empty(given), NO_APPRECIATION))
    order = in_order(people["appreciation"], APPRECIATIONS)
    table = spread(people, who.word, "appreciation", order)
    names = {code: appreciation_label(code) for code in order} | {NO_APPRECIATION: "sans"}
    return _response(
        who,
        table,
        lambda: draw_shares(table, who.word, labels=names),
        _origins(people, who.word, order),
    )


@analyse
def equilibre_disciplines(
    gens: pd.DataFrame,
    /,
    *,
    corps: str = "",
    grade: str = "",
    annee: int | None = None,
    suppose: str = "refuser",
    procedure: str = "",
    liste: str = "",
    seuil: int = 0,
) -> Reponse:
    """Return the share of each discipline among promouvables and among promoted.

    Parameters
    ----------
    gens : DataFrame
        `discipline` (code); `promu` (0 or 1), else what a campaign needs.
    corps, grade : str
        Kept alone where given; the grade is the one aimed at, by default the hors classe where
        nobody is nominated.
    annee : int, optional
        Campaign; by default those of the table.
    suppose, procedure, liste : str
        How the kit proposes where nobody is nominated: see `proposals.proposed`.
    seuil : int
        Promouvables under which disciplines are gathered; 0: the usual threshold of secrecy.

    Returns
    -------
    Reponse
        Table `discipline`, `libelle`, promouvables and promoted, the two shares (per cent),
        `ecart` (points), `taux` (per cent): the most numerous first, those gathered last.
    """
    least = rules(seuil or None).threshold
    who = _with_known(
        proposed(gens, corps, grade, annee, suppose, procedure, liste), "discipline", "discipline"
    )
    people = who.people.assign(discipline=gathered(who.people["discipline"], least, OTHERS))
    counts = (
        people["discipline"].value_counts().sort_index().sort_values(ascending=False, kind="stable")
    )
    order = sorted(counts.index, key=lambda name: name == OTHERS)
    table = spread(people, who.word, "discipline", order)
    names = _disciplines(order)
    table.insert(1, "libelle", [names.get(code, code) for code in table["discipline"]])
    small = who.people["discipline"].nunique() - len(set(order) - {OTHERS})
    warnings = (f"disciplines de moins de {least} promouvables, réunies : {small}",) * bool(small)
    return _response(
        who, table, lambda: draw_shares(table, who.word, labels=names), warnings=warnings
    )


@analyse
def equilibre_superieur(
    gens: pd.DataFrame,
    /,
    *,
    corps: str = "",
    grade: str = "",
    annee: int | None = None,
    suppose: str = "refuser",
    procedure: str = "",
    liste: str = "",
) -> Reponse:
    """Return the share of those who serve in higher education, among promouvables and promoted.

    Parameters
    ----------
    gens : DataFrame
        `superieur` (0 or 1), `corps`; `promu` (0 or 1), else what a campaign needs.
    corps, grade : str
        Kept alone where given; the grade is the one aimed at, by default the hors classe where
        nobody is nominated.
    annee : int, optional
        Campaign; by default those of the table.
    suppose, procedure, liste : str
        How the kit proposes where nobody is nominated: see `proposals.proposed`.

    Returns
    -------
    Reponse
        Table `corps`, promouvables and promoted, those in higher education, the two shares (per
        cent), `ecart` (points), `superieur_a_part_egale` (promoted at the share of the
        promouvables: the prorata). A corps without anybody in higher education is not drawn.
    """
    who = proposed(gens, corps, grade, annee, suppose, procedure, liste)
    who = _with_known(_with_known(who, "superieur", "affectation connue"), "corps", "corps")
    inside = yes_no(who.people, "superieur") == 1
    order = in_order(who.people["corps"], ())
    table = group_shares(who, inside, "corps", order, "superieur")
    drawn = table[(table["superieur_promouvables"] > 0) | (table["corps"] == ALL)]
    return _response(who, table, lambda: draw_shares(drawn, who.word, group="superieur"))


@analyse
def promus_par_fonction(
    gens: pd.DataFrame,
    /,
    *,
    corps: str = "",
    grade: str = "",
    annee: int | None = None,
    suppose: str = "refuser",
    procedure: str = "",
    liste: str = "",
) -> Reponse:
    """Return the promouvables and the promoted by function, as the national report of 2021.

    Parameters
    ----------
    gens : DataFrame
        `fonction` (adjoint, directeur, ash, conseiller_pedagogique, or another word); `promu` (0
        or 1), else what a campaign needs.
    corps, grade : str
        Kept alone where given; the grade is the one aimed at, by default the hors classe where
        nobody is nominated.
    annee : int, optional
        Campaign; by default those of the table.
    suppose, procedure, liste : str
        How the kit proposes where nobody is nominated: see `proposals.proposed`.

    Returns
    -------
    Reponse
        Table `fonction`, promouvables and promoted, the two shares (per cent), `ecart` (points),
        `taux` (per cent).
    """
    who = _with_known(
        proposed(gens, corps, grade, annee, suppose, procedure, liste), "fonction", "fonction"
    )
    order = in_order(who.people["fonction"], tuple(FUNCTIONS))
    table = spread(who.people, who.word, "fonction", order)
    return _response(who, table, lambda: draw_shares(table, who.word, labels=FUNCTIONS))


def _with_known(who: Retained, column: str, what: str) -> Retained:
    """Leave out the rows that say nothing in a column, and count them.

    Raises
    ------
    InputError
        No row says anything.
    """
    blank = is_empty(who.people[column])
    if blank.all():
        raise InputError(
            f"aucun promouvable n’a de valeur dans la colonne {column}.",
            where=column,
            remedy="Vérifiez l’extrait, ou choisissez un corps qui en a.",
        )
    warnings = (*who.avertissements, *unknown(who.people, column, what))
    return Retained(who.people[~blank], who.word, who.hypotheses, warnings)


def _response(
    who: Retained,
    table: pd.DataFrame,
    draw: Callable[[], Figure],
    details: Mapping[str, pd.DataFrame] | None = None,
    warnings: tuple[str, ...] = (),
) -> Reponse:
    return Reponse(table, draw, details or {}, who.hypotheses, (*who.avertissements, *warnings))


def _origins(people: pd.DataFrame, word: str, order: list[str]) -> dict[str, pd.DataFrame]:
    """Return the same spread for each origin of the appréciation, where it is followed."""
    if "origine_appreciation" not in people or is_empty(people["origine_appreciation"]).all():
        return {}
    given = people["origine_appreciation"]
    with_origin = people.assign(origine_appreciation=given.mask(is_empty(given), "inconnue"))
    by_origin = _each(
        with_origin,
        "origine_appreciation",
        lambda of_origin: spread(of_origin, word, "appreciation", order),
    )
    return {"origine": by_origin}


def _each(
    people: pd.DataFrame, column: str, ask: Callable[[pd.DataFrame], pd.DataFrame]
) -> pd.DataFrame:
    """Return a table of each value of a column, one under the other, the value first."""
    tables = []
    for value, rows in people.groupby(column):
        answer = ask(rows)
        answer.insert(0, column, value)
        tables.append(answer)
    return pd.concat(tables, ignore_index=True)


def _draw_steps(table: pd.DataFrame, word: str) -> Figure:
    """Draw the échelons of the promoted of each year; of one year, the promouvables beside."""
    by_step = table[table["echelon"] != ALL]
    steps = list(dict.fromkeys(by_step["echelon"]))
    parts = by_step.pivot_table(
        index="annee", columns="echelon", values=f"part_{word}", dropna=False
    )  # nobody may be retained
    if len(parts) == 1:
        listed = by_step.set_index("echelon")["part_promouvables"].to_frame("promouvables").T
        parts = pd.concat([listed, parts.set_axis([WORDS[word]])])
    shown = parts[steps].fillna(0).rename(columns=lambda step: f"échelon {step}")
    return drawing.stacked(shown, unit=f"{NBSP}%", horizontal=True, height=len(shown) / 2 + 2)


def _step(echelon: str) -> tuple[float, str]:
    return (float(echelon) if echelon.isdecimal() else float("inf"), echelon)


def _disciplines(codes: list[str]) -> dict[str, str]:
    """Return the names of the disciplines that nomenclatures.csv has."""
    names = {}
    for code in codes:
        with suppress(InputError):
            names[code] = label("discipline", code)
    return names
