"""`publier`: a table of people, under statistical secrecy, into files, with its motive."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from iprof_kit.analytics.columns import require
from iprof_kit.analytics.export_log import checked_reason, logged
from iprof_kit.analytics.identities import canonical
from iprof_kit.analytics.provenance import PROJET
from iprof_kit.analytics.publication.files import checked_outputs, write_files
from iprof_kit.analytics.publication.keys import pseudonyms
from iprof_kit.analytics.publication.ledger import Ledger
from iprof_kit.analytics.publication.people import Earlier, People
from iprof_kit.analytics.publication.primary import PLACES
from iprof_kit.analytics.publication.protection import Shown, shown
from iprof_kit.analytics.publication.request import (
    UNKNOWN,
    Measure,
    cube_of,
    kept,
    measures_of,
    numbers,
    refuse_reserved,
    refuse_two_values,
    texts_of,
)
from iprof_kit.analytics.publication.rules import Rules, rules
from iprof_kit.analytics.publication.sheet import Sheet, sheet_of
from iprof_kit.base.errors import InputError, Refused
from iprof_kit.base.names import options_in_french
from iprof_kit.base.version import __version__
from iprof_kit.base.words import NBSP, counted

Output = str | Path


@dataclass(frozen=True)
class Publication:
    """What was published.

    Attributes
    ----------
    tableau : DataFrame
        One row a cell, margins « Ensemble » included; a hidden value reads « secret ».
    raisons : tuple of str
        Why cells are hidden, by kind. For the analyst: never published.
    """

    tableau: pd.DataFrame
    fichiers: tuple[Path, ...]
    raisons: tuple[str, ...]
    avertissements: tuple[str, ...]


@options_in_french
def publier(
    table: pd.DataFrame,
    par: str | Sequence[str] = (),
    mesures: str | Sequence[str] = "effectif",
    *,
    motif: str,
    sortie: Output | Sequence[Output] = (),
    seuil: int | None = None,
    filtres: Mapping[str, object] | None = None,
    source: str = "",
    titre: str = "",
    le: date | None = None,
) -> Publication:
    """Publish a table of counts, shares, means or sums, under statistical secrecy.

    Parameters
    ----------
    table : DataFrame
        One row a person, with `numero`; the columns of `analytics.columns`, or others.
    par : str or sequence of str
        Columns crossed, four at most; none for the whole.
    mesures : str or sequence of str
        `effectif` (always there), `part:COLONNE` (per cent of 1 in a column of 0 and 1),
        `moyenne:COLONNE`, `somme:COLONNE`.
    motif : str
        Why, for whom: kept in the log of exports.
    sortie : path or sequence of paths
        `.xlsx`, `.csv`, `.parquet`, `.pdf`; none to see the table without publishing it, which
        neither the log nor the ledger keeps.
    seuil : int, optional
        People under which a cell is secret; by default the usual one.
    filtres : mapping, optional
        Value, or list of values, of the columns that restrict the table.
    source : str
        Name of the source, by default the one that the import noted: all that is published of it
        is held together.
    le : date, optional
        By default, today.

    Raises
    ------
    InputError
        What was asked cannot be used: the message says what and where.
    Refused
        Nothing could be shown without isolating fewer people than the threshold.
    Unavailable
        A file, the log, the key or the ledger cannot be written.

    Examples
    --------
    Without `sortie` the table is only looked at.

    >>> import iprof_kit
    >>> gens = iprof_kit.exemple_promouvables()
    >>> motif = "essai du bureau des enseignants"
    >>> seen = iprof_kit.publier(gens, "sexe", motif=motif, source="essai")
    >>> seen.tableau["sexe"].tolist()
    ['F', 'H', 'Ensemble']
    """
    reason, asked = checked_reason(motif), rules(seuil)
    outputs = checked_outputs(sortie)
    name = source or str(table.attrs.get("source", ""))
    if not name:
        raise InputError(
            "la source de cette table n’est pas nommée.",
            where="source",
            remedy=f'Donnez source="rectorat-63"{NBSP}: ce qui en est publié est tenu ensemble.',
        )
    wanted = measures_of(table, mesures)
    restricted = kept(table, filtres or {})
    people, values = people_of(restricted, name, par, wanted)
    caption = _caption(table, people, asked, name, filtres or {}, titre, wanted, le or date.today())
    if not outputs:
        return _seen(restricted, people, values, asked, name, wanted, caption)
    what = {
        "quoi": caption["titre"],
        "source": name,
        "fichiers": [str(path) for path in outputs],
        "filtres": caption["filtres"],
        "seuil": asked.threshold,
        "sha256_entree": caption["sha256"],
        "version": __version__,
    }
    near = Ledger(name).alike()
    with logged(what, reason) as entry, Ledger(name).open():
        visible = protected(restricted, people, values, asked, Ledger(name).earlier())
        sheet = sheet_of(people.cube, wanted, visible, caption)
        notes = Ledger(name).add(people, asked.threshold, visible.published, caption["titre"])
        write_files(sheet, outputs, on_failure=notes)
        entry["fichiers"] = {str(path): _digest(path) for path in outputs}
        entry["detail"] = " ; ".join(visible.reasons)
    return _publication(sheet, visible, outputs, people, values, restricted, near)


def _seen(
    table: pd.DataFrame,
    people: People,
    values: dict[str, np.ndarray],
    asked: Rules,
    name: str,
    wanted: tuple[Measure, ...],
    caption: dict[str, Any],
) -> Publication:
    visible = protected(table, people, values, asked, Ledger(name).earlier())
    sheet = sheet_of(people.cube, wanted, visible, caption)
    return _publication(sheet, visible, (), people, values, table, Ledger(name).alike())


def _publication(
    sheet: Sheet,
    visible: Shown,
    outputs: tuple[Path, ...],
    people: People,
    values: dict[str, np.ndarray],
    table: pd.DataFrame,
    near: list[str],
) -> Publication:
    warnings = [
        f"«{NBSP}{sheet.caption['source']}{NBSP}» est une source nouvelle, tenue à part de "
        f"«{NBSP}{other}{NBSP}»{NBSP}: si c’est la même, reprenez ce nom."
        for other in near
    ]
    if visible.given_away:
        warnings.append(
            f"les tableaux publiés avant celui-ci laissent déjà déduire "
            f"{counted(visible.given_away, 'groupe')} de moins de personnes que le seuil."
        )
    if values and set(people.cube.by) & set(PLACES) and "uai" not in table:
        warnings.append(
            f"la règle des établissements n’a pas pu être vérifiée{NBSP}: la table n’a "
            "pas de colonne uai."
        )
    return Publication(sheet.shown(), outputs, visible.reasons, tuple(warnings))


def people_of(
    table: pd.DataFrame, source: str, by: str | Sequence[str], wanted: tuple[Measure, ...]
) -> tuple[People, dict[str, np.ndarray]]:
    """Return who a table counts, and the values that it tells of each.

    Raises
    ------
    InputError
        Nobody, a person without number or twice, a column that may not be published.
    """
    require(table, ["numero"])
    if table.empty:
        raise InputError(
            "la table est vide.", where="table", remedy="Vérifiez les filtres, ou la table donnée."
        )
    texts = canonical(table["numero"])
    lost = table["numero"].isna() | (texts.str.strip() == "")
    if lost.any() or texts.duplicated().any():
        raise InputError(
            f"{counted(int(lost.sum()), 'ligne')} sans numéro, "
            f"{int(texts[~lost].duplicated().sum())} en double.",
            where="numero",
            remedy="Une ligne par personne, chacune son numéro.",
        )
    cube, code = cube_of(table, by)
    refuse_reserved(cube)
    shares = {m.column: numbers(table, m.column).astype("int8") for m in wanted if m.kind == "part"}
    values = {m.column: numbers(table, m.column) for m in wanted if m.kind != "part"}
    for name, column in values.items():
        refuse_two_values(name, column)
    known = {name: ~np.isnan(column) for name, column in values.items()}
    return People(pseudonyms(source, texts), cube, code, shares, known), values


def protected(
    table: pd.DataFrame,
    people: People,
    values: dict[str, np.ndarray],
    asked: Rules,
    earlier: Sequence[Earlier],
) -> Shown:
    """Return what may be shown of a table beside what is already published of its source.

    Raises
    ------
    Refused
        Nothing may.
    """
    local = bool(values) and "uai" in table and bool(set(people.cube.by) & set(PLACES))
    places = _establishments(table["uai"]) if local else None
    visible = shown(people, values, asked, earlier, places)
    occupied = visible.sums.count > 0
    if not (visible.published["effectif"] & occupied).any():
        before = f"{NBSP}; ".join(one.name for one in earlier)
        raise Refused(
            f"rien de ce tableau ne peut être publié{NBSP}: {', '.join(visible.reasons)}.",
            where="secret statistique",
            remedy="Regroupez des valeurs, ou reprenez les filtres d’un tableau déjà publié"
            + (f" ({before})." if before else "."),
        )
    return visible


def _establishments(uai: pd.Series) -> list[str]:
    """Return the establishment of each person, "" where it is not known."""
    texts = texts_of(uai).str.strip()
    return texts.where(~texts.isin([UNKNOWN, "", "nan", "<NA>"]), "").tolist()


def _caption(
    table: pd.DataFrame,
    people: People,
    asked: Rules,
    source: str,
    filters: Mapping[str, object],
    title: str,
    wanted: tuple[Measure, ...],
    day: date,
) -> dict[str, Any]:
    by = ", ".join(people.cube.by) or "ensemble"
    heading = title or f"{', '.join(['effectif', *(m.name for m in wanted)])} par {by}"
    origin = table.attrs
    return {
        "statut": PROJET,
        "titre": heading,
        "source": source,
        "fichier": str(origin.get("fichier", "")),
        "observation": str(origin.get("observation", "")),
        "date": day.isoformat(),
        "filtres": {name: str(value) for name, value in filters.items()},
        "regles": asked.caption(),
        "version": f"iprof-kit {__version__}",
        "sha256": str(origin.get("sha256") or digest_of(table)),
    }


def digest_of(table: pd.DataFrame) -> str:
    """Return the SHA-256 of the rows of a table, in their order."""
    rows = pd.util.hash_pandas_object(table.astype("str"), index=False).to_numpy()
    return hashlib.sha256(",".join(map(str, table.columns)).encode() + rows.tobytes()).hexdigest()


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
