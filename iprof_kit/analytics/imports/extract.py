"""From a file of the administration to a population table, with what became of each row."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from collections.abc import Mapping as Dict
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from iprof_kit.analytics.columns import COLUMNS, Column, is_empty, ordered, require
from iprof_kit.analytics.imports.build import build
from iprof_kit.analytics.imports.files.raw import Raw, own_columns
from iprof_kit.analytics.imports.hidden import hide_cells
from iprof_kit.analytics.imports.mapping import Mapping, guess_mapping
from iprof_kit.analytics.imports.opening import open_raw
from iprof_kit.analytics.imports.opinions import join_opinions
from iprof_kit.analytics.imports.report import Report
from iprof_kit.analytics.imports.source import Source, load_source, save_source
from iprof_kit.analytics.imports.totals import check_totals
from iprof_kit.analytics.imports.values.cells import Outcome, date_reader
from iprof_kit.analytics.imports.values.checks import CHECKS, severities
from iprof_kit.analytics.needs import pandera
from iprof_kit.base.calendar import date_text, eve_of_rentree, school_year
from iprof_kit.base.errors import InputError
from iprof_kit.base.names import words_in
from iprof_kit.base.version import __version__
from iprof_kit.base.words import NBSP

_UAI = r"\d{7}[A-Z]"


def population_schema(names: Iterable[str]) -> Any:
    """Return the pandera schema of a population table with the columns given.

    It is also the data dictionary: each column carries its French meaning as `description`.

    Parameters
    ----------
    names : iterable of str
        Columns of `analytics.columns.COLUMNS`; others are accepted as they are.

    Returns
    -------
    pandera.pandas.DataFrameSchema
    """
    kit = pandera()
    columns = {name: _column(kit, COLUMNS[name]) for name in names if name in COLUMNS}
    return kit.DataFrameSchema(
        columns,
        strict=False,
        coerce=False,
        unique_column_names=True,
        description=f"Table de population{NBSP}: une ligne par personne.",
    )


def failures(table: pd.DataFrame) -> pd.DataFrame:
    """Return what of a table breaks its contract: `index`, `column`, `check`, `failure_case`."""
    kit = pandera()
    try:
        population_schema(table.columns).validate(table, lazy=True)
    except kit.errors.SchemaErrors as error:
        cases: pd.DataFrame = error.failure_cases
        return cases
    return pd.DataFrame(columns=["index", "column", "check", "failure_case"])


def _column(kit: Any, column: Column) -> Any:
    checks = []
    if column.kind == "texte" and column.allowed():
        checks.append(kit.Check.isin([*column.allowed(), ""], error="code inconnu"))
    elif column.kind == "entier" and column.codes:
        checks.append(kit.Check.isin([int(code) for code in column.codes], error="ni 0 ni 1"))
    if column.name == "uai":
        checks.append(kit.Check(_is_uai, error="forme inattendue"))
    if column.name == "quotite":
        checks.append(kit.Check.in_range(0, 100, error="hors de 0 à 100"))
    if column.name == "numero":
        checks.append(kit.Check(lambda values: values != "", error="numéro vide"))
    if column.kind == "entier" and column.absent is not None:
        checks.append(kit.Check.ge(0, error="négatif"))
    return kit.Column(
        column.dtype,
        checks,
        nullable=column.kind != "texte" and column.absent is None,
        unique=column.name == "numero",
        description=column.meaning,
        required=True,
    )


def _is_uai(values: pd.Series) -> pd.Series:
    return (values == "") | values.str.fullmatch(_UAI)


_OBSERVED = re.compile(
    r"\b(?:au|arrêtée?s? au|situation au)\s+(\d{2})/(\d{2})/(\d{4})", re.IGNORECASE
)
_OF_EVERYBODY = words_in(
    "sexe date_naissance entree_grade entree_corps departement position appreciation"
)


@dataclass(frozen=True, repr=False)
class Extract:
    """What was read of a file.

    Attributes
    ----------
    table : DataFrame
        One row a person accepted or mended, the columns of `analytics.columns`; `attrs` keep the
        provenance: source, fichier, sha256, observation, version, and the mention PROJET.
    report : Report
        What became of each row and column, refused ones included.
    mapping : Mapping
        The column of each heading.
    observed : date
        Day at which the situations are seen.
    """

    table: pd.DataFrame
    report: Report
    mapping: Mapping
    source: Source
    observed: date

    def __repr__(self) -> str:
        """Return what a notebook may keep of it: counts, and no cell of the file."""
        return f"Extract(au {self.observed.isoformat()}, {self.report!r})"

    def confirm(self, name: str = "", on: date | None = None) -> Path:
        """Save the mapping under the name of the source: it is used again for its next files.

        Parameters
        ----------
        name : str, optional
            By default, the name given when the file was read.
        on : date, optional
            Day of the confirmation; by default today.
        """
        columns = {g.heading: g.column or "-" for g in self.mapping.guesses}
        known = replace(
            self.source,
            name=name or self.source.name,
            columns=columns,
            units=dict(self.mapping.units),
        )
        return save_source(known, on or date.today())


def read_extract(
    path: str | Path,
    source: str | Path | Source | None = None,
    *,
    columns: Dict[str, str] | None = None,
    observed: date | None = None,
    opinions: Sequence[str | Path] = (),
) -> Extract:
    """Read an extract of the administration into a population table.

    Parameters
    ----------
    path : str or Path
        CSV, fixed width, XLSX, Parquet, or a list « avancement d'échelon » (text or PDF);
        recognised by its contents.
    source : str, Path or Source, optional
        Name under which the mapping was saved (or will be), or a YAML file that describes it.
    columns : mapping of str to str, optional
        Column of some headings, where the guess is wrong; « - » leaves one out.
    observed : date, optional
        Day at which the situations are seen; by default that of the source, else the one written
        above the headings, else the 31 August that follows the last échelon.
    opinions : sequence of path, optional
        Files of opinions and appréciations, joined by `numero`.

    Raises
    ------
    InputError, Unavailable
        The file as a whole cannot be read; a row that cannot does not stop the others.

    Examples
    --------
    >>> import iprof_kit
    >>> from datetime import date
    >>> from iprof_kit.base.paths import SAMPLE
    >>> read = iprof_kit.read_extract(SAMPLE / "extrait_fictif.csv", observed=date(2026, 8, 31))
    >>> {"numero", "corps", "grade", "echelon"} <= set(read.table)
    True
    """
    file = Path(path)
    known = load_source(source)
    rules = severities(known.checks)
    raw = open_raw(file, known)
    when = observed or known.observed or _written_date(raw)
    mapping = guess_mapping(raw, known, when or date.today())
    if columns:
        mapping = mapping.with_columns(columns)
    if raw.table.empty and not raw.refused:
        raise InputError(
            "il n’y a aucune ligne de personne sous l’en-tête.",
            where=raw.name,
            remedy=f"Refaites l’extraction{NBSP}: ce fichier est vide.",
        )
    _refuse_without_situation(mapping, raw)
    day = when or _last_august(raw, mapping)
    report = Report(raw, raw.lines, notes=list(raw.notes))
    _note_mapping(report, mapping, day, stated=when is not None)
    hide_cells(raw, mapping, report)
    table = build(raw, mapping, known, day, report)
    report.numbers = table["numero"].tolist()
    _check(table, day, rules, report)
    report.totals = check_totals(raw, mapping)
    _note_empty(table, report)
    kept = _kept(table, report)
    for other in opinions:
        kept = join_opinions(kept, Path(other), known, day, report)
    kept.attrs.update(
        source=known.name,
        fichier=raw.name,
        sha256=hashlib.sha256(file.read_bytes()).hexdigest(),
        observation=day.isoformat(),
        version=__version__,
        mention="PROJET",
    )
    return Extract(kept, report, mapping, known, day)


def _check(table: pd.DataFrame, day: date, rules: Dict[str, str], report: Report) -> None:
    """Make each check on the rows that are still kept; those of numbers see every row."""
    for check in CHECKS:
        if rules[check.name] == "ignorer" or any(name not in table for name in check.needs):
            continue
        alive = np.flatnonzero(report.outcomes() < 2)
        place = np.arange(len(table)) if check.name == "numero_double" else alive
        part = table.iloc[place]
        if not len(part):
            continue
        flagged = check.run(part.reset_index(drop=True), day)
        rows = place[np.flatnonzero(flagged.rows)]
        refused = rules[check.name] == "refuser"
        report.add(
            check.name,
            check.column,
            Outcome.REFUSEE if refused else Outcome.A_VERIFIER,
            rows,
            why=flagged.why,
            remedy=check.remedy,
        )


def _note_empty(table: pd.DataFrame, report: Report) -> None:
    """Say how many cells give nothing, where everybody should have a value."""
    empty = {name: int(is_empty(table[name]).sum()) for name in _OF_EVERYBODY if name in table}
    counted = [f"{name} {count}" for name, count in empty.items() if count]
    if counted:
        report.notes.append(f"Cellules sans valeur{NBSP}: {', '.join(counted)}.")


def _kept(table: pd.DataFrame, report: Report) -> pd.DataFrame:
    """Return the rows accepted or mended; what breaks the contract of the table is refused."""
    hidden = [name for name in table if str(name).startswith("_")]
    alive = np.flatnonzero(report.outcomes() < 2)
    kept = ordered(table.iloc[alive].drop(columns=hidden)).reset_index(drop=True)
    broken = failures(kept)
    if len(broken):
        wrong = broken.dropna(subset=["index"])
        for (column, check), rows in wrong.groupby(["column", "check"]):
            place = rows["index"].astype(int).to_numpy()
            report.add(
                "contrat",
                str(column),
                Outcome.REFUSEE,
                alive[place],
                why=str(check),
                before=[str(v) for v in rows["failure_case"]],
                after=[""] * len(place),
            )
        alive_now = report.outcomes()[alive] < 2
        kept = kept[alive_now].reset_index(drop=True)
    return kept


def _refuse_without_situation(mapping: Mapping, raw: Raw) -> None:
    columns = set(mapping.columns.values())
    named = "numero" in columns or {"nom", "prenom"} <= columns or "nom_prenom" in columns
    wanted = ["numero"] if not named else []
    wanted += [name for name in ("grade", "echelon", "date_effet") if name not in columns]
    if wanted:
        try:
            require(pd.DataFrame(columns=sorted(columns)), wanted, raw.name)
        except InputError as error:
            heads = ", ".join(f"«{NBSP}{g.heading}{NBSP}»" for g in mapping.guesses)
            raise InputError(
                error.message,
                where=raw.name,
                remedy="Dites quel en-tête la donne (option "
                f"--colonne «{NBSP}EN-TÊTE=colonne{NBSP}», ou columns=). En-têtes{NBSP}: {heads}.",
            ) from None


def _written_date(raw: Raw) -> date | None:
    for _, cells in raw.preamble:
        for match in _OBSERVED.finditer(" ".join(cells)):
            day, month, year = map(int, match.groups())
            try:
                return date(year, month, day)
            except ValueError:
                continue
    period = raw.extra.get("periode")
    if isinstance(period, tuple):
        day, month, year = map(int, str(period[0]).split("/"))
        return date(year, month, day) - timedelta(days=1)
    return None


def _last_august(raw: Raw, mapping: Mapping) -> date:
    """Return the 31 August that follows the last échelon of a file."""
    heading = next(h for h, column in mapping.columns.items() if column == "date_effet")
    read = date_reader(date.today())
    cells = [read(str(text).strip()) for text in raw.table[heading].unique()]
    days = [cell.value for cell in cells if cell.value and cell.value <= date.today()]
    last = max(days, default=date.today())
    return eve_of_rentree(school_year(last) + 1)


def _note_mapping(report: Report, mapping: Mapping, day: date, *, stated: bool) -> None:
    doubt = "" if stated else f" (supposée{NBSP}: 31 août qui suit le dernier échelon)"
    report.notes.append(f"Situations observées au {date_text(day)}{doubt}.")
    for heading in mapping.missing:
        report.notes.append(
            f"L’en-tête «{NBSP}{heading}{NBSP}», connu de cette source, n’est plus dans le fichier."
        )
    for guess in mapping.guesses:
        if not guess.column and guess.heading not in own_columns(report.raw):
            report.notes.append(
                f"Colonne non reprise{NBSP}: «{NBSP}{guess.heading}{NBSP}» ({guess.why})."
            )
        elif guess.column and not guess.sure:
            report.notes.append(
                f"Colonne à confirmer{NBSP}: «{NBSP}{guess.heading}{NBSP}» est lue "
                f"comme {guess.column}, d’après son contenu."
            )
