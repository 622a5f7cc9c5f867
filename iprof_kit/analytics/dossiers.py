"""Dossiers in pandas: one row a person, her latest known situation."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from iprof_kit.analytics.positions import Period
from iprof_kit.base.errors import InputError, Unavailable, system_reason, unreadable
from iprof_kit.base.names import words_in
from iprof_kit.base.paths import SAMPLE
from iprof_kit.base.words import NBSP

COLUMNS = {
    "numero": "numéro de dossier, opaque",
    "prenom": "",
    "nom": "",
    "date_naissance": "datetime64",
    "statut": "",
    "corps": "code de corps.csv ; vide : pas de corps, donc pas d’échelon calculé",
    "grade": "code du grade détenu",
    "echelon": "échelon détenu",
    "chevron": "chevron détenu, vide où il n’y en a pas",
    "date_effet": "datetime64, effet de l’échelon ou du chevron",
    "reliquat_jours": "ancienneté conservée à cette date, jours de l’année de 360 jours",
    "entree_corps": "datetime64",
    "categorie_retraite": "sedentaire, active, active_sans_option",
    "academie": "code à deux chiffres d’academies.csv",
    "departement": "code INSEE sur trois caractères",
    "position": "dernière position administrative commencée",
    "modalite": "",
    "quotite": "pour cent d’un service complet ; 0 : aucun service",
    "periodes": "positions de la carrière : tuples (position, motif, premier jour, dernier jour)",
}
"""Columns of a table of dossiers, in order, with their meaning."""

_DATES = ("date_naissance", "date_effet", "entree_corps")
_PERSON = words_in(
    "numero prenom nom date_naissance statut corps entree_corps categorie_retraite academie "
    "departement"
)
_POSITION = ("position", "position_motif", "position_debut", "position_fin")
_ECHELON = ("grade", "echelon", "chevron", "date_effet", "reliquat_jours")


def load_dossiers(path: str | Path | None = None) -> pd.DataFrame:
    """Load dossiers, one row a person.

    Parameters
    ----------
    path : str or Path, optional
        JSON lines (one dossier a line, as the guichet gives them) or a CSV with the columns of
        docs/import.md; by default, the fictitious people of the sample.

    Returns
    -------
    DataFrame
        Columns of `COLUMNS`: the last échelon and the last position begun of each person. Text is
        "" where nothing is known, dates are NaT.

    Raises
    ------
    Unavailable
        The file cannot be read.
    InputError
        It is in another encoding, a line is not a dossier, or a column misses.

    Examples
    --------
    >>> import iprof_kit
    >>> iprof_kit.load_dossiers()["numero"].is_unique
    True
    """
    file = SAMPLE / "dossiers.jsonl" if path is None else Path(path)
    try:
        text = file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise Unavailable(
            f"ce fichier ne peut pas être lu{NBSP}: {system_reason(error)}.",
            where=file.name,
            remedy="Vérifiez son nom et vos droits.",
        ) from error
    except UnicodeDecodeError as error:
        raise unreadable(error, file.name) from error
    rows = _of_csv(file) if file.suffix.lower() == ".csv" else _of_json(text, file.name)
    return _typed(rows)


def _of_json(text: str, name: str) -> pd.DataFrame:
    rows = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            rows.append(_row(json.loads(line)))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise InputError(
                "cette ligne n’est pas un dossier.",
                where=f"{name}, ligne {number}",
                remedy="Une ligne est un objet JSON de la forme Dossier.",
            ) from error
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _row(dossier: dict[str, Any]) -> dict[str, Any]:
    echelon: dict[str, Any] = max(dossier["echelons"], key=lambda e: e["date_effet"], default={})
    begun = [p for p in dossier["positions"] if p["debut"] <= dossier["lu_le"]]
    position: dict[str, Any] = max(begun, key=lambda p: p["debut"], default={})
    person = {name: dossier.get(name) for name in _PERSON} | {
        name: dossier["identite"][name] for name in ("prenom", "nom", "date_naissance")
    }
    return (
        person
        | {name: echelon.get(name) for name in _ECHELON}
        | {name: position.get(name) for name in ("position", "modalite", "quotite")}
        | {"periodes": tuple(_period(p) for p in dossier["positions"])}
    )


def _period(position: dict[str, Any]) -> Period:
    end = position.get("fin")
    return (
        position["position"],
        position.get("motif"),
        date.fromisoformat(position["debut"]),
        None if end is None else date.fromisoformat(end),
    )


def _of_csv(file: Path) -> pd.DataFrame:
    """Read a file of lines of history: a person holds on several, joined by her number."""
    lines = pd.read_csv(file, sep=None, engine="python", dtype=str, encoding="utf-8-sig")
    missing = [name for name in ("numero", "nom", "date_naissance") if name not in lines]
    if missing:
        raise InputError(
            f"colonne absente{NBSP}: {', '.join(missing)}.",
            where=file.name,
            remedy="Les colonnes sont décrites dans docs/import.md.",
        )
    lines = lines.reindex(columns=list(dict.fromkeys([*COLUMNS, *_POSITION, *lines])))
    for name in ("date_effet", "position_debut", "position_fin"):
        lines[name] = _days(lines[name])
    people = lines.groupby("numero", sort=False)[list(_PERSON[1:])].first()
    last = lines.sort_values("date_effet", kind="stable").dropna(subset=["echelon"])
    last_echelon = last.groupby("numero").tail(1).set_index("numero")[list(_ECHELON)]
    begun = lines.sort_values("position_debut", kind="stable").dropna(subset=["position"])
    names = ["position", "modalite", "quotite"]
    position = begun.groupby("numero").tail(1).set_index("numero")[names]
    periods = begun.dropna(subset=["position_debut"]).groupby("numero")[list(_POSITION)]
    dated = pd.Series({number: _periods(rows) for number, rows in periods}, dtype=object)
    table = people.join(last_echelon).join(position).join(dated.rename("periodes")).reset_index()
    return table[list(COLUMNS)]


def _periods(rows: pd.DataFrame) -> tuple[Period, ...]:
    return tuple(
        (
            position,
            None if pd.isna(motif) else motif,
            begin.date(),
            None if pd.isna(end) else end.date(),
        )
        for position, motif, begin, end in rows.itertuples(index=False)
    )


def _days(texts: pd.Series) -> pd.Series:
    """Read days written year-month-day or day/month/year."""
    iso = pd.to_datetime(texts, format="%Y-%m-%d", errors="coerce")
    return iso.fillna(pd.to_datetime(texts, format="%d/%m/%Y", errors="coerce"))


def _typed(rows: pd.DataFrame) -> pd.DataFrame:
    for name in COLUMNS:
        if name in _DATES:
            column = rows[name]
            rows[name] = column if column.dtype.kind == "M" else _days(column)
        elif name in ("reliquat_jours", "quotite"):
            absent = 0 if name == "reliquat_jours" else 100
            rows[name] = pd.to_numeric(rows[name]).fillna(absent).astype(np.int64)
        elif name == "periodes":
            rows[name] = rows[name].map(
                lambda periods: periods if isinstance(periods, tuple) else ()
            )
        else:
            rows[name] = rows[name].astype(object).fillna("").astype(str)
    rows["categorie_retraite"] = rows["categorie_retraite"].replace("", "sedentaire")
    return rows
