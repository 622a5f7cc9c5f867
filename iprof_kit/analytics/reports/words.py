"""A table in French, as it is printed: headings, numbers, codes; never a code or a bare NaN."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from iprof_kit.analytics.analyses.drawing import code_label, number
from iprof_kit.analytics.analyses.people import GRADES
from iprof_kit.analytics.columns import AVIS
from iprof_kit.analytics.publication.cube import TOTAL
from iprof_kit.analytics.publication.rules import SECRET
from iprof_kit.base.calendar import date_text, duration_text
from iprof_kit.base.names import pairs_in
from iprof_kit.base.words import appreciation_label
from iprof_kit.law.promotion.bareme import APPRECIATIONS

_MOST_ACROSS = 6
EMPTY = "–"
"""What a value that nobody gave reads."""
YES_NO = {True: "oui", False: "non"}
_AVIS = dict(zip(AVIS, ("très favorable", "favorable", "défavorable"), strict=True))
_ACCENTS = pairs_in(
    "F=Femmes H=Hommes academie=académie aequo=æquo age=âge ages=âges anciennete=ancienneté "
    "annee=année apres=après appreciation=appréciation bareme=barème departage=départage "
    "departement=département departements=départements ecart=écart echelon=échelon etape=étape "
    "etp=ETP numero=numéro propose=proposé proposes=proposés quotite=quotité a=à egale=égale "
    "libelle=libellé prenom=prénom reserve=réserve tres=très"
)
_HEADS = {
    "anciennete_jours": "ancienneté",
    "date_naissance": "date de naissance",
    "taux_pour_cent": "taux (%)",
    "ex_aequo_proposes": "ex æquo proposés",
    "ex_aequo_non_proposes": "ex æquo non proposés",
    "non_classes": "non classés",
    "classe_age": "âge",
    "avis_1": "premier avis",
    "avis_2": "second avis",
    "part_propose": "part proposée (%)",
    "part_proche_retraite": "part proche de la retraite (%)",
    "part_temps_partiel": "part à temps partiel (%)",
    "moyenne_age": "âge moyen",
    "moyenne_quotite": "quotité moyenne (%)",
    "uai": "établissement (UAI)",
    "part_promouvables": "part parmi les promouvables (%)",
    "part_proposes": "part parmi les proposés (%)",
    "part_proposes_avant": "part parmi les proposés avant équilibre (%)",
    "ecart": "écart (points)",
    "ecart_avant": "écart avant équilibre (points)",
}
_ORDERS: dict[str, Sequence[str]] = {
    "grade": GRADES,
    "sexe": ("F", "H"),
    "appreciation": APPRECIATIONS,
    "avis_1": AVIS,
    "avis_2": AVIS,
}


@dataclass(frozen=True)
class Grid:
    """A table ready to print: texts only.

    Attributes
    ----------
    numbers : tuple of bool
        Which columns hold numbers, set to the right.
    rows : tuple of tuples of str
    """

    title: str
    heads: tuple[str, ...]
    numbers: tuple[bool, ...]
    rows: tuple[tuple[str, ...], ...]


def grid_of(title: str, table: pd.DataFrame, columns: Sequence[str] = ()) -> Grid:
    """Return a table in French.

    Parameters
    ----------
    columns : sequence of str
        Those to show, where the table has them; none: all.
    """
    shown = table[[name for name in columns if name in table]] if columns else table
    if shown.empty:
        return Grid(title, ("Résultat",), (False,), (("aucune ligne",),))
    numbers = tuple(_holds_numbers(shown[name]) for name in shown)
    if "numero" in shown:  # of one person: « F », where a group reads « femmes »
        shown = shown.rename(columns={"sexe": "F ou H"})
    texts = [_texts(str(name), shown[name]) for name in shown]
    heads = tuple(head(str(name)) for name in shown)
    return Grid(title, heads, numbers, tuple(zip(*texts, strict=True)))


def upright(grid: Grid) -> Grid:
    """Return a row of many values as many rows of one; any other table as it is."""
    if len(grid.rows) != 1 or len(grid.heads) <= _MOST_ACROSS:
        return grid
    rows = tuple(zip(grid.heads, grid.rows[0], strict=True))
    return Grid(grid.title, ("Grandeur", "Valeur"), (False, True), rows)


def head(name: str) -> str:
    """Return a column's heading: « Part proposée (%) » for `part_propose`."""
    text = _HEADS.get(name) or " ".join(_ACCENTS.get(word, word) for word in name.split("_"))
    if name.startswith("part_") and name not in _HEADS:
        text += " (%)"
    return text[:1].upper() + text[1:]


def value_text(column: str, value: Any) -> str:
    """Return a value in French: a code by its label, a number with its thin spaces."""
    if pd.isna(value) or value == "":
        return EMPTY
    if isinstance(value, bool) or str(value) in ("True", "False"):
        return YES_NO[bool(value)]
    if isinstance(value, pd.Timestamp):
        return date_text(value.date())
    if column.startswith("anciennete") and not isinstance(value, str):
        return duration_text(int(value))
    if isinstance(value, str):
        return _code(column, value)
    if column == "annee":
        return str(int(value))
    return _number(float(value))


def reading_order(column: str, values: Iterable[str]) -> list[str]:
    """Return the values of a column as a reader expects them; the total comes last."""
    order = {value: place for place, value in enumerate(_ORDERS.get(column, ()))}

    def rank(value: str) -> tuple[bool, int, float, str]:
        return value == TOTAL, order.get(value, len(order)), _first_number(value), value

    return sorted(values, key=rank)


def _first_number(value: str) -> float:
    """Return the number that a value begins with: « 9 » comes before « 10 »."""
    digits = re.match(r"\d+", value)
    return float(digits[0]) if digits else math.inf


def _texts(name: str, column: pd.Series) -> list[str]:
    return [value_text(name, value) for value in column.tolist()]


def _holds_numbers(column: pd.Series) -> bool:
    """Tell whether a column counts or measures, secret cells left aside."""
    values = [value for value in column.tolist() if not (pd.isna(value) or value == "")]
    open_values = [value for value in values if not isinstance(value, str) or value != SECRET]
    return bool(values) and not any(isinstance(value, bool | str) for value in open_values)


def _code(column: str, text: str) -> str:
    if text in (TOTAL, SECRET):
        return text
    if column in ("avis_1", "avis_2"):
        return _AVIS.get(text, text)
    if column == "appreciation" and text in APPRECIATIONS:
        return appreciation_label(text)
    return code_label(text) if column in ("corps", "grade", "sexe") else text


def _number(value: float) -> str:
    """Return a number with two decimals at most, none that says nothing."""
    whole = f"{value:.2f}".rstrip("0").rstrip(".")
    decimals = len(whole.partition(".")[2])
    return number(value, decimals)
