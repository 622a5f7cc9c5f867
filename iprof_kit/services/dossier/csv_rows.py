"""A CSV given to the kit: its header, and each row read into typed values with its faults.

In that of dossiers one row is one line of a person's history; the columns of the person herself are
read on her first row and must not contradict it further down. `docs/import.md` documents them.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from iprof_kit.base.errors import InputError
from iprof_kit.base.words import NBSP, counted

REQUIRED = ("numero", "civilite", "prenom", "nom", "date_naissance", "statut", "academie",
            "source", "lu_le")  # fmt: skip
IDENTITY = ("civilite", "prenom", "nom", "date_naissance")
PERSON = ("statut", "corps", "academie", "departement", "entree_corps", "titularisation",
          "categorie_retraite", "source", "lu_le")  # fmt: skip
ADDRESS = ("rue", "code_postal", "ville", "telephone", "portable", "courriel_personnel",
           "courriel_professionnel")  # fmt: skip
ECHELON = {
    "grade": "grade", "echelon": "echelon", "chevron": "chevron", "date_effet": "date_effet",
    "reliquat_jours": "reliquat_jours", "mode": "mode",
}  # fmt: skip
POSITION = {
    "position": "position", "position_motif": "motif", "modalite": "modalite",
    "quotite": "quotite", "position_debut": "debut", "position_fin": "fin",
}  # fmt: skip
AFFECTATION = {
    "affectation": "type", "uai": "uai", "etablissement": "etablissement",
    "type_etablissement": "type_etablissement", "commune": "commune", "fonction": "fonction",
    "discipline": "discipline", "affectation_quotite": "quotite",
    "affectation_debut": "debut", "affectation_fin": "fin",
}  # fmt: skip
SITUATION = {
    "situation": "nature", "situation_libelle": "libelle", "situation_quotite": "quotite",
    "situation_debut": "debut", "situation_fin": "fin",
}  # fmt: skip
COLUMNS = ("numero", *IDENTITY, *PERSON, *ADDRESS, *ECHELON, *POSITION, *AFFECTATION, *SITUATION)

_DATE_COLUMNS = {"date_naissance", "entree_corps", "titularisation", "lu_le", "date_effet",
          "position_debut", "position_fin", "affectation_debut", "affectation_fin",
          "situation_debut", "situation_fin"}  # fmt: skip
_WHOLE_COLUMNS = {"reliquat_jours", "quotite", "affectation_quotite", "situation_quotite"}
_DECIMAL = re.compile(r"\d{1,6}([.,]\d{1,3})?")
_FRENCH_DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")


@dataclass(frozen=True)
class Layout:
    """What a kind of file is made of; `help` is the page that describes its columns."""

    columns: tuple[str, ...]
    required: tuple[str, ...]
    help: str
    dates: frozenset[str] = frozenset()
    whole: frozenset[str] = frozenset()
    decimals: frozenset[str] = frozenset()


DOSSIERS = Layout(
    COLUMNS, REQUIRED, "docs/import.md", frozenset(_DATE_COLUMNS), frozenset(_WHOLE_COLUMNS)
)


@dataclass(frozen=True)
class Fault:
    """One refused row: where, why, what to do."""

    line: int
    column: str
    reason: str
    remedy: str


@dataclass
class Row:
    """One row read: its line in the file, its values, what could not be read."""

    line: int
    values: dict[str, Any]
    faults: list[Fault] = field(default_factory=list)


def read_rows(content: bytes, layout: Layout = DOSSIERS) -> Iterator[Row]:
    """Yield the rows of a CSV in UTF-8, separated by « ; » or « , ».

    Raises
    ------
    InputError
        The file as a whole cannot be read: encoding, header, quotes.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError(
            "le fichier n’est pas en UTF-8.",
            remedy=f"Enregistrez-le en «{NBSP}CSV UTF-8{NBSP}», puis recommencez.",
        ) from None
    head = text.partition("\n")[0]
    separator = ";" if head.count(";") >= head.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        header = [name.strip() for name in next(reader, [])]
        _check_header(header, layout)
        start = reader.line_num + 1
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield _row(start, header, cells, layout)
            start = reader.line_num + 1
    except csv.Error as error:
        raise InputError(
            "le fichier n’est plus lisible à partir de cette ligne.",
            where=f"ligne {reader.line_num}",
            remedy="Vérifiez les guillemets et la longueur des textes.",
        ) from error


def _check_header(header: list[str], layout: Layout) -> None:
    missing = [name for name in layout.required if name not in header]
    unknown = [name for name in header if name not in layout.columns]
    double = sorted({name for name in header if header.count(name) > 1})
    reason = ""
    if missing:
        reason = f"il manque des colonnes{NBSP}: {', '.join(missing)}."
    elif unknown:
        reason = f"des colonnes ne sont pas connues{NBSP}: {_shown(', '.join(unknown))}."
    elif double:
        reason = f"des colonnes figurent deux fois{NBSP}: {', '.join(double)}."
    if reason:
        raise InputError(
            reason, where="ligne 1", remedy=f"Comparez l’en-tête à celui de {layout.help}."
        )


def _row(line: int, header: list[str], cells: list[str], layout: Layout) -> Row:
    row = Row(line, {})
    if len(cells) != len(header):
        row.faults.append(
            Fault(
                line,
                "",
                f"la ligne a {counted(len(cells), 'valeur')} pour {len(header)} colonnes",
                "Mettez entre guillemets les textes qui contiennent le séparateur.",
            )
        )
    for name, cell in zip(header, cells, strict=False):
        text = cell.strip()
        if not text:
            continue
        try:
            row.values[name] = _typed(name, layout)(text)
        except ValueError:
            row.faults.append(
                Fault(
                    line,
                    name,
                    f"«{NBSP}{_shown(text)}{NBSP}» {_expected(name, layout)}",
                    "Corrigez la valeur.",
                )
            )
    return row


def _shown(text: str) -> str:
    """Return text fit for a terminal: short, and without commands for it."""
    return "".join(letter if letter.isprintable() else "?" for letter in text[:80])


def _typed(name: str, layout: Layout) -> Callable[[str], Any]:
    if name in layout.dates:
        return _date
    if name in layout.decimals:
        return _decimal
    return int if name in layout.whole else str


def _expected(name: str, layout: Layout) -> str:
    if name in layout.dates:
        return "n’est pas une date (2024-09-01 ou 01/09/2024)"
    if name in layout.decimals:
        return "n’est pas un nombre (367 ou 184,5)"
    return "n’est pas un nombre entier"


def _decimal(text: str) -> float:
    if not _DECIMAL.fullmatch(text):
        raise ValueError(text)
    return float(text.replace(",", "."))


def _date(text: str) -> date:
    if french := _FRENCH_DATE.fullmatch(text):
        day, month, year = map(int, french.groups())
        return date(year, month, day)
    return date.fromisoformat(text)
