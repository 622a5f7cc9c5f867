"""The rows of a file of dossiers: those of one person make her file, or say what is wrong."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError

from iprof_kit.base.words import corps_label, known_corps
from iprof_kit.services.contract.dossier import Dossier
from iprof_kit.services.dossier.checks import problems
from iprof_kit.services.dossier.columns import (
    ADDRESS,
    AFFECTATION,
    DOSSIERS,
    ECHELON,
    IDENTITY,
    LAST_DAY,
    PERSON,
    POSITION,
    SITUATION,
)
from iprof_kit.services.given_tables import Fault, GivenRow, unsaid

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


def dossier_of(
    numero: str, rows: list[GivenRow], stored: Dossier | None
) -> tuple[Dossier | None, list[Fault]]:
    """Return the file that the rows of a person make, and what is wrong in them.

    Parameters
    ----------
    numero : str
    rows : list of GivenRow
        Hers, in the order of the file.
    stored : Dossier, optional
        What is kept of her: histories that the rows leave empty stay as they are there.
    """
    if _only_leaves(rows):
        return _leaving(rows[0], stored)
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
    dossier = _with_what_is_kept(dossier, stored)
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


def _with_what_is_kept(dossier: Dossier, stored: Dossier | None) -> Dossier:
    """Keep what the file cannot say, or does not: the histories that it leaves empty."""
    if stored is None:
        return dossier
    kept: dict[str, Any] = {"rendez_vous": stored.rendez_vous}
    kept |= {part: getattr(stored, part) for part in _PARTS if not getattr(dossier, part)}
    return dossier.model_copy(update=kept)


def _only_leaves(rows: list[GivenRow]) -> bool:
    """Whether a person's rows say that she left, and nothing else of her."""
    filled = {name for row in rows for name in row.values}
    return filled == {"numero", LAST_DAY} and not any(row.faults for row in rows)


def _leaving(row: GivenRow, stored: Dossier | None) -> tuple[Dossier | None, list[Fault]]:
    if stored is None:
        unknown = Fault(
            row.line,
            "numero",
            "ce dossier n’existe pas",
            "Retirez la ligne : qui n’est pas connu n’a pas à partir.",
        )
        return None, [unknown]
    return stored.model_copy(update={LAST_DAY: row.values[LAST_DAY]}), []


def _contradictions(rows: list[GivenRow]) -> list[Fault]:
    first = rows[0]
    fixed = (
        *IDENTITY,
        "statut",
        "academie",
        "departement",
        "entree_corps",
        "titularisation",
        LAST_DAY,
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
