"""The yearly report on the guidelines, for the comité social d'administration (analysis 30).

Each indicator comes from another analysis; one that cannot be asked of the table says why.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from inspect import signature
from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from iprof_kit.analytics.analyses import drawing
from iprof_kit.analytics.analyses.catalogue import analyse_de
from iprof_kit.analytics.analyses.model import Analyse, Reponse, Usage, analyse, usage
from iprof_kit.analytics.analyses.people import ALL, in_order
from iprof_kit.analytics.analyses.promotions.balance import WORDS, gap_text
from iprof_kit.analytics.analyses.promotions.equilibres import FUNCTIONS
from iprof_kit.analytics.analyses.promotions.proposals import (
    DECIDED,
    PROPOSED,
    RETAINED,
    SIMULATED,
    Retained,
    proposed,
)
from iprof_kit.analytics.columns import IDENTITY, needed_for
from iprof_kit.base.errors import InputError, KitError
from iprof_kit.base.words import NBSP, appreciation_label, corps_label, echelon_label

Row = tuple[str, pd.Series, str]
"""Name of a share, the row of the table that has it, the beginning of its columns."""
Indicator = tuple[str, float, str, str]
"""Indicator, value, unit, remark."""
Asked = tuple[str, str, Analyse | str]
"""Name of an analysis, corps ("" for all those of the table), its answer or why there is none."""
BOTH_BEST = "double_tres_favorable"


def _of_all(table: pd.DataFrame, name: str, group: str) -> Row:
    return name, table[table.iloc[:, 0] == ALL].iloc[0], f"part_{group}_"


def _last_step(table: pd.DataFrame) -> Row:
    row = table[table["echelon"] != ALL].iloc[-1]
    return echelon_label(row["echelon"]), row, "part_"


def _best(table: pd.DataFrame) -> Row:
    row = table.iloc[0]
    name = appreciation_label(row["appreciation"]).replace("_", " ")
    return f"appréciation «{NBSP}{name}{NBSP}»", row, "part_"


def _widest(table: pd.DataFrame) -> Row:
    by_discipline = table[table["discipline"] != ALL]
    row = by_discipline.iloc[int(by_discipline["ecart"].abs().fillna(0).argmax())]
    return f"{row['libelle']} (discipline de plus grand écart)", row, "part_"


def _heads(table: pd.DataFrame) -> Row:
    heads = table[table["fonction"] == "directeur"]
    row = (heads if len(heads) else table).iloc[0]
    return FUNCTIONS.get(row["fonction"], str(row["fonction"])), row, "part_"


SHARES: dict[str, Callable[[pd.DataFrame], Row]] = {
    "equilibre_femmes_hommes": lambda table: _of_all(table, "femmes", "femmes"),
    "promus_par_echelon": _last_step,
    "promus_par_appreciation": _best,
    "equilibre_disciplines": _widest,
    "equilibre_superieur": lambda table: _of_all(table, "affectés au supérieur", "superieur"),
    "promus_par_fonction": _heads,
}
"""Which share of each equilibrium is an indicator."""
LISTS = ("oppositions", "retraitables", "avancement_accelere", "avis_ce")
"""Analyses of a list: each corps has its own."""


@analyse
def bilan_ldg(
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
    """Return the synthesis for the comité social: an indicator a line, each from an analysis.

    Parameters
    ----------
    gens : DataFrame
        What the analyses 5 to 15 need, as far as it is known: an analysis whose columns miss is
        told « non calculé ».
    corps : str
        Kept alone where given; what is counted by list (12 to 15) has a line a corps.
    grade : str
        Grade aimed at; by default that of each analysis.
    annee : int, optional
        Campaign; by default that of the table.
    suppose, procedure, liste : str
        How the kit proposes where nobody is nominated: see `proposals.proposed`.

    Returns
    -------
    Reponse
        Table `analyse` (number), `indicateur`, `valeur`, `unite`, `remarque`. Details: the table of
        each analysis, by its name, the corps of a list following; no list of people.

    Raises
    ------
    InputError
        No indicator can be calculated.
    """
    options = {
        "corps": corps,
        "grade": grade,
        "annee": annee,
        "suppose": suppose,
        "procedure": procedure,
    }
    asked: list[Asked] = [("contingent", "", _asked("contingent", gens, options))]
    asked += [one for name in LISTS for one in _by_corps(name, gens, options)]
    who: Retained | None = None
    try:
        who = proposed(gens, corps, grade, annee, suppose, procedure, liste)
    except KitError as error:
        asked += [(name, "", _why(error)) for name in SHARES]
    else:
        asked += [(name, "", _asked(name, _as_given(who), {})) for name in SHARES]
    answers = [one for _, _, one in asked if isinstance(one, Analyse)]
    if not answers:
        raise InputError(
            "aucun indicateur ne peut être calculé.",
            where="bilan_ldg",
            remedy="\u00a0; ".join(dict.fromkeys(str(one) for _, _, one in asked)),
        )
    lines = [(usage(name).numero, *_line(usage(name), corps, one)) for name, corps, one in asked]
    table = pd.DataFrame(lines, columns=["analyse", "indicateur", "valeur", "unite", "remarque"])
    return Reponse(
        table.sort_values("analyse", kind="stable", ignore_index=True),
        lambda: _draw([_share(one) for one in answers if one.usage.nom in SHARES]),
        _details(asked),
        _once(who.hypotheses if who else (), *(one.hypotheses for one in answers)),
        _once(who.avertissements if who else (), *(_warnings(*one) for one in asked)),
    )


def _as_given(who: Retained) -> pd.DataFrame:
    """Return the promouvables as a table that says who is retained: asked once for all."""
    column = PROPOSED if who.word == SIMULATED else DECIDED
    if column == DECIDED:
        return who.people
    return who.people.assign(**{column: who.people[RETAINED].astype(int)})


def _asked(name: str, gens: pd.DataFrame, options: Mapping[str, Any]) -> Analyse | str:
    """Return the answer of an analysis, or why there is none."""
    number = usage(name).numero
    missing = [column for column in needed_for(number) if column not in gens]
    if missing:
        return f"colonne {', '.join(missing)} absente"
    try:
        ask = analyse_de(number)
    except KeyError:
        return "cette analyse n’est pas encore dans le kit"
    known = signature(ask).parameters
    # a procedure is one of the grade asked: not for an analysis whose grade is its own
    given = {
        key: value
        for key, value in options.items()
        if value and key in known and ("grade" in known or key != "procedure")
    }
    try:
        answer: Analyse = ask(gens, **given)
    except KitError as error:
        return _why(error)
    return answer


def _by_corps(name: str, gens: pd.DataFrame, options: Mapping[str, Any]) -> list[Asked]:
    """Ask an analysis of each corps of a table of several; once, of a table of one."""
    several = [] if options["corps"] or "corps" not in gens else in_order(gens["corps"], ())
    if len(several) <= 1:
        return [(name, "", _asked(name, gens, options))]
    by_corps = [(name, corps, _asked(name, gens, {**options, "corps": corps})) for corps in several]
    reasons = {answer for _, _, answer in by_corps if isinstance(answer, str)}
    silent = all(isinstance(answer, str) for _, _, answer in by_corps)
    return [(name, "", reasons.pop())] if silent and len(reasons) == 1 else by_corps


def _details(asked: Iterable[Asked]) -> dict[str, pd.DataFrame]:
    """Return the table of each answer that names nobody: the report goes out of the office."""
    return {
        "_".join(filter(None, (name, corps))): answer.table.copy()
        for name, corps, answer in asked
        if isinstance(answer, Analyse) and not set(IDENTITY) & set(answer.table)
    }


def _why(error: KitError) -> str:
    return str(error).rstrip(".")


def _line(what: Usage, corps: str, answer: Analyse | str) -> Indicator:
    if isinstance(answer, str):
        return _of(what.titre, corps), float("nan"), "", f"non calculé : {answer}"
    if what.nom in SHARES:
        name, row, start = SHARES[what.nom](answer.table)
        word = _word(answer)
        listed = f"{drawing.number(row[f'{start}promouvables'], 1)} % des promouvables"
        remark = " ; ".join(filter(None, (listed, gap_text(row["ecart"]))))
        return f"{name} parmi les {WORDS[word]}", row[f"{start}{word}"], "%", remark
    indicator, value, unit, remark = _counted(what, answer)
    return _of(indicator, corps), value, unit, remark


def _counted(what: Usage, answer: Analyse) -> Indicator:
    """Return what an answer without shares counts: places, proposed, else people."""
    title = what.titre.partition(" :")[0]
    if BOTH_BEST in answer.details:
        row = answer.details[BOTH_BEST].iloc[0]
        remark = f"{row[BOTH_BEST]} {row['groupe']} sur {row['effectif']}"
        return "Double avis très favorable", row["part"], "%", remark
    table = answer.table
    academies = "nom" in table
    whole = table[table["nom"] == ALL] if academies else table
    places = "places, toutes académies" if academies else "places"
    for column, words, unit in (
        ("contingent", places, "promotions"),
        ("proposes", "proposés", "personnes"),
    ):
        if column in table:
            return f"{title} : {words}", float(whole[column].sum()), unit, ""
    return title, float(len(table)), "personnes", "liste interne, selon le classement du kit"


def _of(indicator: str, corps: str) -> str:
    """« Avancement accéléré : places (professeurs certifiés) »."""
    if not corps:
        return indicator
    try:
        name = corps_label(corps, plural=True)
    except KitError:  # a corps that corps.csv does not have
        name = corps
    return f"{indicator} ({name[:1].lower()}{name[1:]})"


def _share(answer: Analyse) -> tuple[str, float, float]:
    """Return a share of an equilibrium as it is drawn: promouvables, then retained."""
    name, row, start = SHARES[answer.usage.nom](answer.table)
    listed, retained = float(row[f"{start}promouvables"]), float(row[f"{start}{_word(answer)}"])
    return f"{name}\n{gap_text(row['ecart'])}", listed, retained


def _word(answer: Analyse) -> str:
    return DECIDED if DECIDED in answer.table else SIMULATED


def _draw(shares: list[tuple[str, float, float]]) -> Figure:
    if not shares:
        figure, axes = drawing.blank(height=2)
        axes.set_axis_off()
        axes.annotate("Aucune part calculée.", (0, 0), xycoords="axes fraction")
        return figure
    columns = ["", "parmi les promouvables", "parmi les promus ou proposés"]
    table = pd.DataFrame(shares, columns=columns).set_index("")
    return drawing.grouped(table, unit=f"{NBSP}%", decimals=1)


def _warnings(name: str, corps: str, answer: Analyse | str) -> Iterable[str]:
    warnings = () if isinstance(answer, str) else answer.avertissements
    return (f"{_of(usage(name).titre, corps)} : {text}" for text in warnings)


def _once(*texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for group in texts for text in group))
