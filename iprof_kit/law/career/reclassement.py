"""Le reclassement: where a promotion of grade places a person, and the seniority she keeps.

Each origin cell has *bands* of seniority, and each band one answer (target cell, seniority kept,
rule). The bands of one target grade and one period of the law are compiled once from
reclassement.csv and read as small arrays. Rows of type `table` win over the generic rules (R0);
the index never falls.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from iprof_kit.base.calendar import MONTH, date_of, date_text, duration_text, rentree
from iprof_kit.base.errors import LawError
from iprof_kit.base.explanation import Parameter, Words, explaining, note
from iprof_kit.base.words import echelon_label, grade_words, place_in_full
from iprof_kit.law.career.advancement import DURATIONS, following
from iprof_kit.law.career.bands import Bands, compile_bands
from iprof_kit.law.career.traitement import INDICES, UNKNOWN
from iprof_kit.law.tables.cells import CELLS, Cell
from iprof_kit.law.tables.facts import Facts
from iprof_kit.law.tables.loading import (
    carried_forward,
    change_days,
    first_day,
    refuse_before,
    table,
)
from iprof_kit.law.tables.lookups import confidence_letter, day_or_none
from iprof_kit.law.tables.rules import rule
from iprof_kit.law.tables.schema import EVERYBODY

_ROWS = Facts("reclassement", ("id",))


@cache
def cross_corps_targets() -> frozenset[str]:
    """Return the grades of another corps that plain rows place in: « chaire_sup.grade_unique »."""
    rows = table("reclassement")
    targets = rows.loc[rows["type_ligne"] == "table", "grade_cible"]
    return frozenset(target for target in targets if "." in target)


@dataclass(frozen=True)
class Reclassified:
    """Where each person is placed; arrays of equal length, texts made only when asked."""

    cell: Cell
    days_kept: Cell
    band: Cell
    """Band of `bands` that answered."""
    bands: Bands = field(repr=False)

    @property
    def through(self) -> Cell:
        """Cell of the first step where the seniority kept leads at once to the next; −1: none."""
        cells: Cell = self.bands.through[self.band]
        return cells

    @property
    def rule_id(self) -> npt.NDArray[np.object_]:
        """Rules applied, by id of reclassement.csv: « R4 », « T1 », « R1+R2+R3 »."""
        return np.array(self.bands.rules, dtype=object)[self.bands.rule[self.band]]

    @property
    def confidence(self) -> npt.NDArray[np.str_]:
        """How sure our reading of the rules is, A to D."""
        letters: npt.NDArray[np.str_] = self.bands.confidence[self.band]
        return letters


def _placed(given: Mapping[str, Any], result: Any) -> tuple[Words, ...]:
    """Write where one person is placed, and what she keeps of her seniority."""
    if not np.size(result.cell):
        return ()
    days, kept = int(np.ravel(given["days_in_echelon"])[0]), int(result.days_kept[0])
    keeps = "Ancienneté conservée"
    if kept not in (0, days):
        keeps += f" : {duration_text(days)} \u2212 {duration_text(days - kept)}"
    return ("Classement", CELLS.label(int(result.cell[0]))), (keeps, duration_text(kept))


@rule(
    sentence="La promotion de grade classe à l’échelon d’indice égal ou immédiatement supérieur ; "
    "l’ancienneté d’échelon est conservée ou non selon les cas prévus.",
    source="décret 90-680, art. 25 et 25-2, et statuts particuliers",
    since="2017-09-01",
    tables=("reclassement", "reclassement_phrases", "grilles", "durees_echelon"),
    reads=_placed,
)
def reclassify(
    cell: Cell, days_in_echelon: Cell, target_grade: str, day: int, civil: date | None = None
) -> Reclassified:
    """Place people in the grade to which they are promoted.

    Parameters
    ----------
    cell : array of int
        Position on the day before.
    days_in_echelon : array of int
        Seniority in the échelon (in the chevron, where there is one).
    target_grade : str
        « hors_classe », « classe_exceptionnelle », or « chaire_sup.grade_unique ».
    day : int
        Axis day of the promotion.
    civil : date, optional
        The same day as it was given, for messages: the axis has no 31st.

    Raises
    ------
    PeriodNotCovered
        Before 2017-09-01.
    LawError
        « règle non couverte » for a position that no row covers.
    """
    cell, days = np.asarray(cell, np.int64), np.asarray(days_in_echelon, np.int64)
    shown = civil or date_of(day)
    bands = _bands(target_grade, _period(day, shown))
    band = bands.find(cell, days)
    if band.size and not bands.covered[band].all():
        _refuse(cell[~bands.covered[band]][0], target_grade, shown)
    result = Reclassified(bands.target[band], bands.kept(band, days), band, bands)
    if explaining():
        _note(cell, result, target_grade, day)
    return result


@rule(
    sentence="Deux promotions de grade dans un même corps ne sont pas prononcées au titre d’une "
    "même année.",
    source="reclassement.csv R9 (25.snuipp.fr)",
    since="2017-09-01",
    tables=("reclassement",),
)
def one_promotion_a_year(last: Cell, year: int) -> npt.NDArray[np.bool_]:
    """Tell who may be promoted in a campaign, given the one of the last promotion (R9).

    Parameters
    ----------
    last : array of int
        Civil year of the last promotion of grade in the corps, any other number for none.
    year : int
        Civil year of the 1 September.
    """
    day = rentree(year)
    if explaining():
        for row in _ROWS.every(date_of(day), "R9"):
            note(_parameter(row, day))
    return np.asarray(np.asarray(last) != year)


def _period(day: int, civil: date) -> int:
    """Return the first day of the period of constant law that holds a day."""
    refuse_before("reclassement", first_day("reclassement"), civil)
    starts = change_days()
    return int(starts[np.searchsorted(starts, day, side="right") - 1])


@cache
def _bands(target_grade: str, period: int) -> Bands:
    _refuse_lost_rows()
    return compile_bands(target_grade, period)


def _refuse_lost_rows() -> None:
    """Refuse a table that lost a rule: a general one would place people in its stead, unsaid."""
    ids = {str(key[0]) for key in tuple(_ROWS.keys())}
    lost = [name for name in _phrases() if name not in ids]
    if lost:
        raise LawError(
            f"aucune ligne {', '.join(lost)}, que la table reclassement_phrases décrit.",
            where=_ROWS.name,
        )


def _refuse(cell: int, target_grade: str, day: date) -> None:
    raise LawError(
        f"règle non couverte : reclassement ({CELLS.in_full(int(cell))}) vers "
        f"« {_target_words(target_grade)} » au {date_text(day)}.",
        where="reclassement",
    )


def _target_words(target_grade: str) -> str:
    corps, _, grade = target_grade.rpartition(".")
    return place_in_full(corps, grade) if corps else grade_words(grade)


def rule_sentence(rule_id: str, corps: str, day: int) -> str:
    """Return what the rules applied say, in French: « R1+R2 » gives two sentences.

    Examples
    --------
    >>> from datetime import date
    >>> from iprof_kit.base.calendar import axis_of
    >>> rule_sentence("T2", "certifie", axis_of(date(2024, 9, 1))).partition(",")[0]
    'Depuis le 10e échelon avec au moins 2 ans 6 mois d’ancienneté'
    """
    return " ".join(row_sentence(row) for row in rows_applied(rule_id, corps, day))


def rows_applied(rule_id: str, corps: str, day: int) -> tuple[Mapping[str, Any], ...]:
    """Return the rows of reclassement.csv that placed somebody of a corps (« R1+R2 »)."""
    on = date_of(day)
    refuse_before(_ROWS.name, first_day(_ROWS.name), on)
    of_each = (_ROWS.every(on, name) for name in rule_id.split("+"))
    return tuple(row for rows in of_each for row in [one for one in rows if _of(one, corps)][:1])


def row_sentence(row: Mapping[str, Any]) -> str:
    """Return what a row says: its phrase, with the places and the lengths that it holds itself."""
    lengths = {
        name: "" if row[column] is None else duration_text(int(row[column]) * MONTH)
        for name, column in (("des", "anciennete_min_mois"), ("avant", "anciennete_max_mois_exclu"))
    }
    places = {
        name: echelon_label(row[f"echelon_{which}"], row[f"chevron_{which}"])
        for name, which in (("de", "origine"), ("vers", "cible"))
    }
    return _phrase(str(row["id"])).format_map(lengths | places)


def _of(row: Mapping[Any, Any], corps: str) -> bool:
    return str(row["corps"]) == EVERYBODY or corps in str(row["corps"]).split(";")


def _phrase(name: str) -> str:
    if name not in _phrases():
        raise LawError(f"aucune phrase ne dit la règle {name}.", where="reclassement_phrases")
    return _phrases()[name]


@cache
def _phrases() -> dict[str, str]:
    frame = table("reclassement_phrases")
    return dict(zip(frame["id"].astype(str), frame["phrase"].astype(str), strict=True))


def _note(cell: Cell, result: Reclassified, target_grade: str, day: int) -> None:
    """Record the rows of reclassement.csv applied, and the values that they compared."""
    for code, rules in zip(cell.tolist(), result.rule_id.tolist(), strict=True):
        for name in rules.split("+"):
            for row in _applied(name, code, target_grade, day)[:1]:
                note(_parameter(row, day))
    after = following(day)[cell]
    compared = np.concatenate([cell, after[after >= 0], result.cell])
    index = INDICES.column("indice_majore", UNKNOWN)
    INDICES.read(index, compared, day, "indice majoré", words=_index_read)
    DURATIONS.read(
        DURATIONS.column("duree_mois"),
        result.cell,
        day,
        "durée du nouvel échelon, en mois",
        words=_duration_read,
    )


def _applied(name: str, cell: int, target_grade: str, day: int) -> list[Mapping[str, Any]]:
    """Return the rows of a rule that speak of a cell and of a target."""
    of_the_cell = ((CELLS.echelon[cell], CELLS.chevron[cell]), ("", ""))
    return [
        row
        for row in _ROWS.every(date_of(day), name)
        if row["grade_cible"] in (target_grade, "*")
        and (row["echelon_origine"], row["chevron_origine"]) in of_the_cell
        and _of(row, CELLS.corps[cell])
    ]


def _index_read(cell: int, index: int) -> Words:
    return f"Indice majoré : {CELLS.label(cell)}", str(index)


def _duration_read(cell: int, months: int) -> Words:
    lasts = duration_text(months * MONTH) if months else "sans limite"
    return f"Durée : {CELLS.label(cell)}", lasts


def _parameter(papers: Mapping[Any, Any], day: int) -> Parameter:
    """Return one row of reclassement.csv as it is shown: its sentence and its papers."""
    words = row_sentence(papers)
    return Parameter(
        f"règle {papers['id']}",
        words,
        papers["source"],
        day_or_none(papers["valide_du"]),
        day_or_none(papers["valide_au"]),
        confidence_letter(papers["confiance"]),
        carried_forward("reclassement", date_of(day)),
        ("", words),
    )
