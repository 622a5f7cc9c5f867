"""Importing real dossiers: every person wholly accepted or wholly refused, and a report."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from pydantic import ValidationError

from iprof_kit.base.errors import Conflict, Refused
from iprof_kit.base.words import corps_label, known_corps
from iprof_kit.records.database import is_sample, reading
from iprof_kit.services.contract.dossier import Dossier
from iprof_kit.services.dossier.checks import problems
from iprof_kit.services.dossier.columns import (
    ADDRESS,
    AFFECTATION,
    DOSSIERS,
    ECHELON,
    IDENTITY,
    PERSON,
    POSITION,
    SITUATION,
)
from iprof_kit.services.dossier.storing import Outcome, find_whole_dossier, save_dossier
from iprof_kit.services.given_tables import Fault, GivenRow, missing, read_rows, unsaid

_PARTS = {
    "echelons": (ECHELON, "date_effet"),
    "positions": (POSITION, "position_debut"),
    "affectations": (AFFECTATION, "affectation_debut"),
    "situations": (SITUATION, "situation_debut"),
}
_DEFAULTS: dict[str, dict[str, Any]] = {
    "echelons": {"mode": "anciennete"},
    "positions": {"modalite": "Temps complet", "quotite": 100},
    "affectations": {"quotite": 100},
    "situations": {},
}


@dataclass
class ImportReport:
    """What became of each person; `refused` holds every fault of every refused row."""

    accepted: list[tuple[str, Outcome]] = field(default_factory=list)
    refused: list[Fault] = field(default_factory=list)
    refused_people: int = 0


def import_dossiers(
    content: bytes, by: str, now: datetime, *, only_check: bool = False
) -> ImportReport:
    """Import a CSV of dossiers.

    Parameters
    ----------
    content : bytes
        The file.
    by : str
        Who imports, for the history.
    now : datetime
        Aware.
    only_check : bool
        Report without writing anything.

    Returns
    -------
    ImportReport

    Raises
    ------
    InputError
        The file as a whole cannot be read (raised by `read_rows`).
    Refused
        The database holds the fictitious people: real ones never join them.
    Unavailable
        The database stopped answering; importing the file again goes on from there.
    """
    people: dict[str, list[GivenRow]] = {}
    report = ImportReport()
    for row in read_rows(content, DOSSIERS):
        if "numero" not in row.values:
            report.refused.append(missing(row, "numero"))
            report.refused_people += 1
        else:
            people.setdefault(row.values["numero"], []).append(row)
    if not only_check and is_sample():
        raise Refused(
            "cette base contient les personnes fictives de démonstration.",
            remedy="Donnez une autre base par IPROF_DATABASE_URL ou un autre dossier par "
            "IPROF_VAR, puis recommencez.",
        )
    for numero, rows in people.items():
        dossier, faults = _dossier(numero, rows)
        if faults or dossier is None:
            report.refused += sorted(set(faults), key=lambda fault: (fault.line, fault.column))
            report.refused_people += 1
        else:
            _store(report, dossier, rows[0].line, by, now, only_check)
    return report


def _store(
    report: ImportReport, dossier: Dossier, line: int, by: str, now: datetime, only_check: bool
) -> None:
    try:
        outcome: Outcome = "inchange" if only_check else save_dossier(dossier, by, now)
    except Conflict as error:
        report.refused.append(Fault(line, "", error.message, "Importez de nouveau le fichier."))
        report.refused_people += 1
    else:
        report.accepted.append((dossier.numero, outcome))


def _dossier(numero: str, rows: list[GivenRow]) -> tuple[Dossier | None, list[Fault]]:
    faults = [fault for row in rows for fault in row.faults]
    first = rows[0]
    faults += unsaid(first, DOSSIERS)
    faults += _contradictions(rows)
    if faults:
        return None, faults
    parts, lines = _parts(rows)
    try:
        dossier = Dossier.model_validate({**_person(numero, first), **parts})
    except ValidationError as error:
        return None, [_from_model(item, lines, first.line) for item in error.errors()]
    dossier = _with_what_is_kept(dossier)
    inconsistencies = [
        Fault(
            lines[one.part][one.index]
            if one.part in lines and one.index is not None
            else first.line,
            _column(one.part, one.field),
            one.reason,
            one.remedy,
        )
        for one in problems(dossier)
    ]
    return dossier, inconsistencies


def _person(numero: str, row: GivenRow) -> dict[str, Any]:
    values = row.values
    corps = values.get("corps")
    return {
        "numero": numero,
        "identite": {name: values.get(name) for name in IDENTITY},
        "adresse": {name: values.get(name) for name in ADDRESS},
        "corps": corps,
        "libelle_corps": corps_label(corps) if corps in known_corps() else corps,
        **{name: values[name] for name in PERSON if name in values},
    }


def _parts(rows: list[GivenRow]) -> tuple[dict[str, list[dict[str, Any]]], dict[str, list[int]]]:
    parts: dict[str, list[dict[str, Any]]] = {}
    lines: dict[str, list[int]] = {}
    first = rows[0].values
    for part, (columns, start) in _PARTS.items():
        entries: list[tuple[Any, int, dict[str, Any]]] = []
        for row in rows:
            given = {name: row.values[c] for c, name in columns.items() if c in row.values}
            if not given:
                continue
            origin = {name: row.values.get(name, first.get(name)) for name in ("source", "lu_le")}
            line = {**_DEFAULTS[part], **given, **origin}
            if part == "echelons":
                line["corps"] = row.values.get("corps") or first.get("corps") or ""
            if not any(line == other for _, _, other in entries):
                entries.append((str(row.values.get(start, "")), row.line, line))
        entries.sort(key=lambda item: item[:2])
        parts[part] = [line for _, _, line in entries]
        lines[part] = [number for _, number, _ in entries]
    return parts, lines


def _with_what_is_kept(dossier: Dossier) -> Dossier:
    """Keep what the file cannot say, or does not: the histories that it leaves empty."""
    with reading() as session:
        stored = find_whole_dossier(session, dossier.numero)
    if stored is None:
        return dossier
    kept: dict[str, Any] = {"rendez_vous": stored.rendez_vous}
    kept |= {part: getattr(stored, part) for part in _PARTS if not getattr(dossier, part)}
    return dossier.model_copy(update=kept)


def _contradictions(rows: list[GivenRow]) -> list[Fault]:
    first = rows[0]
    fixed = (
        *IDENTITY,
        "statut",
        "academie",
        "departement",
        "entree_corps",
        "titularisation",
        *ADDRESS,
    )
    return [
        Fault(
            row.line,
            name,
            f"la valeur contredit celle de la ligne {first.line}",
            "Écrivez la même valeur sur toutes les lignes de la personne, ou laissez-la vide.",
        )
        for row in rows[1:]
        for name in fixed
        if name in row.values and row.values[name] != first.values.get(name)
    ]


def _from_model(item: Any, lines: dict[str, list[int]], first_line: int) -> Fault:
    where = item["loc"]
    part = where[0] if where and where[0] in lines else None
    line = lines[part][where[1]] if part is not None and len(where) > 1 else first_line
    column = _column(part, str(where[-1]) if where else "")
    if item["type"] == "missing":
        return Fault(line, column, "la valeur manque", "Complétez la colonne.")
    allowed = item.get("ctx", {}).get("expected", "")
    remedy = f"Valeurs admises : {allowed.replace(' or ', ' ou ')}." if allowed else ""
    return Fault(line, column, "la valeur n’est pas admise", remedy or "Voyez docs/import.md.")


def _column(part: str | None, name: str) -> str:
    if part is None or part not in _PARTS:
        return name
    columns, _ = _PARTS[part]
    return next((column for column, field_name in columns.items() if field_name == name), name)
