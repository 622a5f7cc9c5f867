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
from iprof_kit.analytics.analyses.balance import WORDS, gap_text
from iprof_kit.analytics.analyses.catalogue import analyse_de
from iprof_kit.analytics.analyses.equilibres import FUNCTIONS
from iprof_kit.analytics.analyses.model import Analyse, Reponse, Usage, analyse, usage
from iprof_kit.analytics.analyses.people import ALL
from iprof_kit.analytics.analyses.proposals import (
    DECIDED,
    PROPOSED,
    RETAINED,
    SIMULATED,
    Retained,
    proposed,
)
from iprof_kit.analytics.columns import needed_for
from iprof_kit.base.errors import InputError, KitError
from iprof_kit.base.typography import french
from iprof_kit.base.vocabulary import echelon_label
from iprof_kit.law.promotion_bareme import appreciation_label

Row = tuple[str, pd.Series, str]
"""Name of a share, the row of the table that has it, the beginning of its columns."""
Line = tuple[str, float, str, str]
"""Indicator, value, unit, remark."""
BOTH_BEST = "double_tres_favorable"


def _of_all(table: pd.DataFrame, name: str, group: str) -> Row:
    return name, table[table.iloc[:, 0] == ALL].iloc[0], f"part_{group}_"


def _last_step(table: pd.DataFrame) -> Row:
    row = table[table["echelon"] != ALL].iloc[-1]
    return echelon_label(row["echelon"]), row, "part_"


def _best(table: pd.DataFrame) -> Row:
    row = table.iloc[0]
    name = appreciation_label(row["appreciation"]).replace("_", " ")
    return f"appréciation «\u00a0{name}\u00a0»", row, "part_"


def _widest(table: pd.DataFrame) -> Row:
    held = table[table["discipline"] != ALL]
    row = held.iloc[int(held["ecart"].abs().fillna(0).argmax())]
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
OTHERS = ("contingent", "oppositions", "retraitables", "avancement_accelere", "avis_ce")


@analyse
def bilan_ldg(
    gens: pd.DataFrame, /, *, corps: str = "", grade: str = "", annee: int | None = None,
    suppose: str = "refuser", procedure: str = "", liste: str = "",
) -> Reponse:  # fmt: skip
    """Return the synthesis for the comité social: an indicator a line, each from an analysis.

    Parameters
    ----------
    gens : DataFrame
        What the analyses 5 to 15 need, as far as it is known: an analysis whose columns miss is
        told « non calculé ».
    corps : str
        Kept alone where given; the lists that are made by corps need one.
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
        each analysis, by its name.

    Raises
    ------
    InputError
        No indicator can be calculated.
    """
    options = {"corps": corps, "grade": grade, "annee": annee, "suppose": suppose,
               "procedure": procedure}  # fmt: skip
    found: dict[str, Analyse | str] = {name: _asked(name, gens, options) for name in OTHERS}
    who: Retained | None = None
    try:
        who = proposed(gens, corps, grade, annee, suppose, procedure, liste)
    except KitError as error:
        found |= dict.fromkeys(SHARES, _why(error))
    else:
        found |= {name: _asked(name, _as_given(who), {}) for name in SHARES}
    answers = [one for one in found.values() if isinstance(one, Analyse)]
    if not answers:
        raise InputError(
            "aucun indicateur ne peut être calculé.", where="bilan_ldg",
            remedy=french(" ; ".join(dict.fromkeys(map(str, found.values())))),
        )  # fmt: skip
    lines = [(usage(name).numero, *_line(usage(name), one)) for name, one in found.items()]
    table = pd.DataFrame(lines, columns=["analyse", "indicateur", "valeur", "unite", "remarque"])
    return Reponse(
        table.sort_values("analyse", ignore_index=True),
        lambda: _draw([_share(one) for one in answers if one.usage.nom in SHARES]),
        {one.usage.nom: one.table.copy() for one in answers},
        _once(who.hypotheses if who else (), *(one.hypotheses for one in answers)),
        _once(who.avertissements if who else (), *(_titled(one) for one in answers)),
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
    given = {key: value for key, value in options.items() if value and key in known
             and ("grade" in known or key != "procedure")}  # fmt: skip
    try:
        answer: Analyse = ask(gens, **given)
    except KitError as error:
        return _why(error)
    return answer


def _why(error: KitError) -> str:
    return str(error).rstrip(".")


def _line(what: Usage, answer: Analyse | str) -> Line:
    if isinstance(answer, str):
        return what.titre, float("nan"), "", french(f"non calculé : {answer}")
    if what.nom in SHARES:
        name, row, start = SHARES[what.nom](answer.table)
        word = _word(answer)
        listed = f"{drawing.number(row[f'{start}promouvables'], 1)} % des promouvables"
        remark = " ; ".join(filter(None, (listed, gap_text(row["ecart"]))))
        return f"{name} parmi les {WORDS[word]}", row[f"{start}{word}"], "%", french(remark)
    return _counted(what, answer)


def _counted(what: Usage, answer: Analyse) -> Line:
    """Return what an answer without shares counts: places, proposed, else its rows."""
    if BOTH_BEST in answer.details:
        row = answer.details[BOTH_BEST].iloc[0]
        remark = f"{row[BOTH_BEST]} {row['groupe']} sur {row['effectif']}"
        return "double avis très favorable", row["part"], "%", remark
    table = answer.table
    whole = table[table["nom"] == ALL] if "nom" in table else table
    for column, unit in (("contingent", "promotions"), ("proposes", "personnes")):
        if column in table:
            return f"{what.titre} : {column}", float(whole[column].sum()), unit, ""
    return what.titre, float(len(table)), "personnes", "liste interne"


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
    return drawing.grouped(table, unit="\u00a0%", decimals=1)


def _titled(answer: Analyse) -> Iterable[str]:
    return (f"{answer.titre} : {text}" for text in answer.avertissements)


def _once(*texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for group in texts for text in group))
