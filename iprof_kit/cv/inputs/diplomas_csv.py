"""A table of diplomas in CSV, as a spreadsheet writes it."""

from __future__ import annotations

import csv
import io
from typing import Any

from iprof_kit.base.errors import InputError
from iprof_kit.base.words import folded
from iprof_kit.cv import lists
from iprof_kit.cv.dates import tidy
from iprof_kit.cv.inputs.notes import MOST_ITEMS, Notes
from iprof_kit.cv.model import Cv, Faits
from iprof_kit.cv.plain_text import storable
from iprof_kit.cv.sections.diplomes import Diplome

ORIGIN = "CSV"
COLUMNS: dict[str, tuple[str, ...]] = {
    "intitule": ("diplome", "titre", "diplome ou titre", "nom"),
    "nature": ("type",),
    "specialite": ("mention ou specialite", "discipline", "domaine"),
    "niveau": ("niveau de diplome",),
    "etablissement": ("etablissement de delivrance", "universite", "organisme", "ecole"),
    "lieu": ("ville", "commune"),
    "annee": ("date", "date d'obtention", "annee d'obtention", "obtenu le"),
    "etat": ("statut",),
    "mention": ("resultat",),
    "description": ("commentaire", "remarque"),
}
"""Names of a column, besides the field itself; accents and case do not matter."""
_STATES = {
    "en cours": "en_cours",
    "en_cours": "en_cours",
    "prevu": "en_cours",
    "": "obtenu",
    "obtenu": "obtenu",
    "obtenue": "obtenu",
    "oui": "obtenu",
}
_NATURES = {"diplome": "diplome", "titre": "titre", "": "diplome"}


def read(content: bytes, notes: Notes) -> Cv:
    """Return a CV with the diplomas of a table.

    Parameters
    ----------
    content : bytes
        UTF-8, or what a French spreadsheet writes; separated by « ; », « , » or tabs.
    notes : Notes
        Receives the unknown columns and the remarks.

    Raises
    ------
    InputError
        Empty, without a column of titles, malformed, or more than 1,000 lines.
    """
    rows = _rows(_decoded(content))
    if not rows:
        raise InputError("le fichier est vide.", where="CSV", remedy=_remedy())
    header, names = rows[0], _names(rows[0])
    if "intitule" not in names:
        raise InputError(
            "la première ligne ne nomme pas de colonne « intitule ».",
            where="CSV, ligne 1",
            remedy=_remedy(),
        )
    if len(rows) > MOST_ITEMS + 1:
        raise InputError(
            f"le fichier a plus de {MOST_ITEMS} lignes.", where="CSV", remedy="Découpez-le."
        )
    diplomas = []
    for number, row in enumerate(rows[1:], 2):
        for column, cell in enumerate(row):
            if cell.strip() and (column >= len(names) or names[column] is None):
                title = header[column].strip() if column < len(header) else ""
                notes.keep(f"ligne {number}, {title or f'colonne {column + 1}'}", cell)
        values = {
            name: storable(cell).strip() for name, cell in zip(names, row, strict=False) if name
        }
        if any(values.values()):
            diplomas.append(_diploma(values, number, notes))
    return Cv(faits=Faits(diplomes=tuple(diplomas)))


def _diploma(values: dict[str, str], line: int, notes: Notes) -> Diplome:
    fields: dict[str, Any] = dict(values)
    for name, known in (("etat", _STATES), ("nature", _NATURES)):
        written = fields.pop(name, "")
        if folded(written) not in known:
            notes.keep(f"ligne {line}, {name}", written)
            notes.warn(
                f"CSV, ligne {line}",
                f"« {written} » n’est pas connu pour « {name} ».",
                f"Valeurs connues : {', '.join(one for one in known if one)}.",
            )
        fields[name] = known.get(folded(written), known[""])
    fields["annee"] = tidy(fields.get("annee", ""))
    level = fields.get("niveau", "")
    by_label = {folded(label): code for code, label in lists.NIVEAUX_DIPLOME.items()}
    fields["niveau"] = by_label.get(folded(level), level)
    return Diplome(**fields)


def _names(header: list[str]) -> list[str | None]:
    """Return the field that each column fills; None for an unknown column."""
    known = {alias: name for name, others in COLUMNS.items() for alias in (name, *others)}
    names: list[str | None] = []
    for title in header:
        name = known.get(folded(title))
        names.append(name if name not in names else None)
    return names


def _decoded(content: bytes) -> str:
    if b"\x00" in content:
        raise InputError("ce fichier n’est pas du texte.", where="CSV", remedy=_remedy())
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _rows(text: str) -> list[list[str]]:
    first = text.split("\n", 1)[0]
    delimiter = max(";,\t", key=first.count)
    try:
        rows = list(csv.reader(io.StringIO(text), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise InputError(
            "ce CSV n’est pas lisible : guillemets non fermés, ou cellule trop longue.",
            where="CSV",
            remedy="Enregistrez-le de nouveau depuis le tableur.",
        ) from error
    return [row for row in rows if any(cell.strip() for cell in row)]


def _remedy() -> str:
    return f"Colonnes lues : {', '.join(COLUMNS)}."
