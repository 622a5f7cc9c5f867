"""The other paths as the tables tell them: one row a path, and its conditions one by one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import pandas as pd

from iprof_kit.base.calendar import MONTH, YEAR
from iprof_kit.base.errors import InputError
from iprof_kit.base.explanation import Parameter, explaining, note
from iprof_kit.base.names import words_in
from iprof_kit.base.sources import Confidence, Source
from iprof_kit.base.words import known_corps
from iprof_kit.law.tables.facts import Fact, Facts
from iprof_kit.law.tables.loading import table
from iprof_kit.law.tables.lookups import cited, confidence_letter, day_or_none

PARAMETERS = Facts("parametres_parcours", ("cle",))
AUTHORITIES = Facts("parcours_autorites", ("cle",))
ATTACHED = "rattache"
FAMILIES = words_in(
    "concours liste_aptitude certification detachement disponibilite conge temps_partiel depart "
    "fonction"
)
_FAMILY = {
    "examen": "certification",
    "regle": "liste_aptitude",
    "mobilite": "detachement",
    "superieur": "fonction",
    "sante": "fonction",
    "encadrement": "fonction",
    "reconversion": "concours",
}


@dataclass(frozen=True)
class Condition:
    """One condition of a path; conditions of one `group` are alternatives.

    `reference` is the code of the day on which it is looked at, "" for the day asked.
    """

    code: str
    group: str
    kind: str
    key: str
    value: str
    unit: str
    reference: str
    text: str
    papers: Source


@dataclass(frozen=True)
class Path:
    """One row of concours.csv or parcours.csv."""

    code: str
    label: str
    table: str
    kind: str
    """« concours », « examen », « liste_aptitude »… : type or categorie of its row."""
    row: Mapping[str, Any]
    papers: Source

    @property
    def family(self) -> str:
        """One of `FAMILIES`."""
        return _FAMILY.get(self.kind, self.kind)

    @property
    def attached_to(self) -> tuple[str, ...]:
        """The paths of which this row is a rule or an effect; empty for a path of its own."""
        for condition in conditions(self.code):
            if condition.kind == ATTACHED:
                return tuple(condition.key.split(";"))
        return ()

    def text(self, column: str) -> str:
        """Return a text of its row, "" where the row or its table says nothing."""
        value = self.row.get(column, "")
        return "" if pd.isna(value) else str(value)

    def number(self, column: str) -> int | None:
        """Return a whole number of its row, None where it says nothing or something else."""
        text = self.text(column)
        return int(text) if text.isdigit() else None


@cache
def paths() -> dict[str, Path]:
    """Return every row of concours.csv and parcours.csv by code, in the order of the tables."""
    by_code: dict[str, Path] = {}
    for name, column in (("concours", "type"), ("parcours", "categorie")):
        for row in table(name).to_dict("records"):
            code = str(row["code"])
            by_code[code] = Path(
                code,
                str(row["libelle"]),
                name,
                str(row[column]),
                {str(key): value for key, value in row.items()},
                _papers(row),
            )
    return by_code


def path_of(code: str) -> Path:
    """Return a path.

    Raises
    ------
    InputError
        Unknown code; the message lists the known ones.
    """
    path = paths().get(code)
    if path is None:
        raise InputError(
            f"le parcours « {code} » n’est pas connu.",
            where="parcours",
            remedy=f"Parcours connus : {', '.join(paths())}.",
        )
    return path


@cache
def conditions(code: str) -> tuple[Condition, ...]:
    """Return the conditions of a path: those of its columns, then those of its texts."""
    path = paths()[code]
    written = [_written(row) for row in _rows().get(code, ())]
    if path.table == "parcours":
        return tuple(written)
    if written and written[0].kind == ATTACHED:
        return tuple(written)
    corps_at = next((one.reference for one in written if one.kind == "corps_detenu"), "")
    return (*_of_columns(path, corps_at), *written)


def validity(condition: Condition, day: date) -> bool:
    """Tell whether a condition was in the law on a day."""
    since, until = condition.papers.since, condition.papers.until
    return (since is None or since <= day) and (until is None or day <= until)


@cache
def facts_known() -> dict[str, str]:
    """Return what a person may declare, by key, with the words of the condition."""
    kinds = ("fait", "retraite")
    return {
        row["cle"]: row["texte"]
        for rows in _rows().values()
        for row in rows
        if row["genre"] in kinds
    }


@cache
def months_known() -> tuple[str, ...]:
    """Return the periods whose months already taken count, by key."""
    rows = (row for rows in _rows().values() for row in rows)
    return tuple(dict.fromkeys(row["cle"] for row in rows if row["genre"] in ("cumul", "retour")))


@cache
def natures() -> dict[str, Mapping[str, Any]]:
    """Return the natures of services by code: label, natures included, sum or not."""
    return {
        str(row["nature"]): {str(k): v for k, v in row.items()}
        for row in table("parcours_natures").to_dict("records")
    }


def years_of(code: str) -> int:
    """Return the seniority that the row of a path requires, in years; 0 where it says none."""
    value = paths()[code].row["anciennete_min_annees"]
    return 0 if pd.isna(value) else int(value)


def threshold_days(condition: Condition) -> int:
    """Return how many days of services a condition needs.

    The value is that of the condition, that of the path it names, or that of its own path.
    """
    if condition.value.isdigit():
        months = int(condition.value) * (12 if condition.unit == "années" else 1)
        return months * MONTH
    return years_of(condition.value or condition.code) * YEAR


def note_condition(condition: Condition, name: str, value: object) -> None:
    """Note a value that a rule reads in a condition, with the papers of the condition.

    A reason says it in the words of the condition, once for all that it asks.
    """
    if explaining():
        papers = condition.papers
        note(
            Parameter(
                name,
                value,
                papers.text,
                papers.since,
                papers.until,
                papers.confidence,
                words=("", ""),
            )
        )


def authority(path: Path) -> tuple[str, str, Source]:
    """Return who decides, the counter where the act is made ("" : see the row), and the papers."""
    row = _authority(path)
    return row.text("decide_par"), row.text("guichet"), row.papers


def authority_in_short(path: Path) -> str:
    """Return who decides in the few words of a line; `authority` says it whole."""
    return _authority(path).text("en_bref")


def _authority(path: Path) -> Fact:
    return AUTHORITIES.find(None, path.code) or AUTHORITIES.read(None, path.kind)


@cache
def asked_for() -> tuple[str, ...]:
    """Return the codes of the paths that one may ask for: not of what completes another one."""
    return tuple(code for code, path in paths().items() if not path.attached_to)


@cache
def attached(code: str) -> tuple[Path, ...]:
    """Return the rows that are rules or effects of a path."""
    return tuple(path for path in paths().values() if code in path.attached_to)


@cache
def _rows() -> dict[str, list[dict[str, Any]]]:
    by_code: dict[str, list[dict[str, Any]]] = {}
    for row in table("parcours_conditions").to_dict("records"):
        by_code.setdefault(str(row["code"]), []).append({str(k): v for k, v in row.items()})
    return by_code


def _papers(row: Mapping[Any, Any]) -> Source:
    return Source(cited(row), None, None, _letter(row))


def _letter(row: Mapping[Any, Any]) -> Confidence:
    return confidence_letter(str(row["confiance"]))


def _written(row: Mapping[str, Any]) -> Condition:
    since, until = day_or_none(row["valide_du"]), day_or_none(row["valide_au"])
    path = paths()[row["code"]]
    kind = str(row["genre"])
    reference = str(row["reference"]) or (
        path.text("date_reference_code") if kind in ("services", "diplome") else ""
    )
    return Condition(
        str(row["code"]),
        str(row["groupe"]),
        kind,
        str(row["cle"]),
        str(row["valeur"]),
        str(row["unite"]),
        reference,
        str(row["texte"]),
        Source(str(row["source"]), since, until, _letter(row)),
    )


def _of_columns(path: Path, corps_at: str) -> tuple[Condition, ...]:
    """Return the conditions that the columns of concours.csv hold.

    A row that cites every corps asks for none: it is also open to people without a corps. The corps
    is looked at on the day that the texts of the path give for holding it, if they do.
    """
    reference = path.text("date_reference_code")
    listed = []

    def add(kind: str, key: str, value: str, unit: str = "", at: str = "") -> None:
        group = kind if kind == "corps" else ""
        listed.append(Condition(path.code, group, kind, key, value, unit, at, "", path.papers))

    if set(path.text("corps_codes").split(";")) not in ({""}, set(known_corps())):
        add("corps", path.text("corps_codes"), "", at=corps_at)
    if path.text("grade_requis") == "titulaire":
        add("titulaire", "", "")
    if path.text("echelon_min"):
        add("echelon", "", path.text("echelon_min"), "échelon")
    if path.text("age_min"):
        add("age", "", path.text("age_min"), "années", reference)
    if _LIMITED.fullmatch(path.text("session")):
        add("session", "", path.text("session"))
    return tuple(listed)


_LIMITED = re.compile(r"\d{4}(?:;\d{4})+|\d{4} et suivantes")
"""Sessions to which the law limits a concours; a single year is only the last one known."""
