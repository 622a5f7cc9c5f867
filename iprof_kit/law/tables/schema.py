"""The shape of a reference table, and the checks made when it is loaded."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from iprof_kit.base.errors import BadTable

EVERYBODY = "tous"
_LINE_OF_FIRST_ROW = 2


@dataclass(frozen=True)
class Schema:
    """The shape of one table.

    `validity` names the two date columns between which a row is in force; `interval` the two
    columns on which rows of the same `key` must not overlap (by default the validity); `corps`
    the columns that hold codes of corps (several separated by « ; », or « tous »), `names_corps`
    one that may hold some, or another word; `without` what stays unknown of a corps that no row
    names; `ranked` the columns of a list, then that of its ranks: one that misses was lost.
    """

    columns: tuple[str, ...]
    key: tuple[str, ...] = ()
    validity: tuple[str, str] | None = None
    interval: tuple[str, str] | None = None
    dates: tuple[str, ...] = ()
    integers: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    corps: tuple[str, ...] = ()
    names_corps: str = ""
    without: str = ""
    ranked: tuple[str, ...] = ()


def check(
    raw: pd.DataFrame, schema: Schema, known_corps: frozenset[str], file: str
) -> pd.DataFrame:
    """Type the columns of a table of texts and refuse what does not hold together.

    Raises
    ------
    BadTable
        Names the file, the line and what is wrong.
    """
    missing = [name for name in schema.columns if name not in raw.columns]
    if missing:
        raise BadTable(f"colonne absente : {', '.join(missing)}.", where=file)
    frame = raw.copy()
    for name in {*schema.dates, *(schema.validity or ())}:
        frame[name] = _dates(raw[name], file)
    for name in schema.integers:
        frame[name] = _numbers(raw[name], file, r"-?\d+").astype("Int64")
    for name in schema.numbers:
        frame[name] = _numbers(raw[name], file, r"-?\d+(\.\d+)?")
    for name in schema.corps:
        _refuse_unknown_corps(raw[name], known_corps, file)
    if "confiance" in raw.columns:
        wrong = ~raw["confiance"].isin(["A", "B", "C", "D"])
        _refuse(wrong, raw["confiance"], "confiance inconnue", file)
    _refuse_overlaps(frame, schema, file)
    _refuse_lost_ranks(frame, schema, file)
    return frame


def _dates(texts: pd.Series[str], file: str) -> pd.Series[pd.Timestamp]:
    moments = pd.to_datetime(texts.where(texts != ""), format="%Y-%m-%d", errors="coerce")
    _refuse((texts != "") & moments.isna(), texts, "date impossible", file)
    return moments.astype("datetime64[s]")


def _numbers(texts: pd.Series[str], file: str, form: str) -> pd.Series[float]:
    wrong = ~texts.str.fullmatch(form) & (texts != "")
    _refuse(wrong, texts, "nombre attendu", file)
    return pd.to_numeric(texts.where(texts != ""))


def _refuse_unknown_corps(codes: pd.Series[str], known: frozenset[str], file: str) -> None:
    accepted = known | {EVERYBODY}
    wrong = ~codes.map(lambda text: set(corps_of(text)) <= accepted)
    _refuse(wrong, codes, "corps inconnu", file)


def corps_of(cell: str) -> list[str]:
    """Return the codes of a cell: « agrege(EPS) » is of the corps before the brackets."""
    return [code.partition("(")[0] for code in cell.split(";")]


def _refuse_overlaps(frame: pd.DataFrame, schema: Schema, file: str) -> None:
    """Refuse two rows of one key whose intervals meet, or two rows of one undated key."""
    interval = schema.interval or schema.validity
    if interval is None:
        if schema.key:
            twice = frame.duplicated(list(schema.key))
            _refuse(twice, frame[schema.key[0]], "ligne en double", file)
        return
    since, until = interval
    key = list(schema.key)
    ordered = frame.sort_values([*key, since], kind="stable", na_position="first")
    before = ordered.groupby(key, sort=False).shift() if key else ordered.shift()
    place = pd.Series(range(len(ordered)), index=ordered.index)
    rank = ordered.groupby(key, sort=False).cumcount() if key else place
    meets = (rank > 0) & (before[until].isna() | (ordered[since] <= before[until]))
    _refuse(
        meets, ordered[since].astype(str), "période qui en chevauche une autre, à partir de", file
    )


def _refuse_lost_ranks(frame: pd.DataFrame, schema: Schema, file: str) -> None:
    """Refuse a list whose ranks are not 1, 2, 3…: a condition that misses would open its path."""
    if not schema.ranked:
        return
    *of, rank = schema.ranked
    for key, ranks in frame.groupby(of, sort=False)[rank]:
        known = set(ranks.dropna().astype(int))
        lost = set(range(1, max(known, default=0) + 1)) - known
        if lost:
            name = " ".join(str(part) for part in key)
            raise BadTable(f"la ligne de rang {min(lost)} manque (« {name} »).", where=file)


def _refuse(wrong: pd.Series[bool], texts: pd.Series[str], what: str, file: str) -> None:
    if wrong.any():
        row = int(str(wrong.idxmax()))
        text, line = texts.loc[row], row + _LINE_OF_FIRST_ROW
        raise BadTable(f"{what} « {text} ».", where=f"{file}, ligne {line}")
