"""A working set without identities: numbers replaced by a keyed hash, its key kept apart."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from iprof_kit.analytics.columns import require
from iprof_kit.analytics.export_log import checked_reason, logged
from iprof_kit.analytics.identities import canonical, refuse_identities
from iprof_kit.analytics.publication.keys import as_text, key_file, pseudonyms
from iprof_kit.analytics.storage import save_population
from iprof_kit.base.errors import InputError
from iprof_kit.base.names import options_in_french
from iprof_kit.base.words import NBSP, counted

_DROPPED = ("prenom", "nom", "motif_opposition")


@options_in_french
def pseudonymiser(
    table: pd.DataFrame,
    *,
    motif: str,
    sortie: str | Path | None = None,
    source: str = "",
    colonnes: Sequence[str] | None = None,
) -> pd.DataFrame:
    """Return a table whose people are under pseudonyms, and write it as Parquet where asked.

    Pseudonyms hide who a row is, not what it says: a rare birth date or school may still point at
    somebody, so the set stays inside; only `publier` makes tables that may leave.

    Parameters
    ----------
    table : DataFrame
        One row a person, with `numero`.
    motif : str
        Why, for whom: kept in the log of exports where a file is written.
    sortie : path, optional
        `.parquet`, in another folder than the key's.
    source : str
        Name of the source, by default the one that the import noted; its key gives the same
        pseudonym to the same person each time.
    colonnes : sequence of str, optional
        Columns to keep besides `numero`; by default all but names and free texts.

    Raises
    ------
    InputError
        A column misses, the file is not Parquet, or it would stand beside the key.
    Unavailable
        The key, the log or the file cannot be read or written.

    Examples
    --------
    >>> import iprof_kit
    >>> gens = iprof_kit.generate(10, seed=1)
    >>> motif = "essai du bureau des enseignants"
    >>> hidden = iprof_kit.pseudonymiser(gens, motif=motif, source="essai")
    >>> set(hidden["numero"]) & set(gens["numero"])
    set()
    """
    reason, name = checked_reason(motif), source or str(table.attrs.get("source", ""))
    require(table, ["numero", *(colonnes or ())])
    if not name:
        raise InputError(
            "la source de cette table n’est pas nommée.",
            where="source",
            remedy='Donnez source="rectorat-63".',
        )
    wanted = (
        [column for column in table if column not in _DROPPED] if colonnes is None else colonnes
    )
    kept = table[[*dict.fromkeys(["numero", *wanted])]].copy()
    kept = kept.drop(columns=[column for column in _DROPPED if column in kept])
    refuse_identities(kept, [str(column) for column in kept if column != "numero"], "colonnes")
    file = None if sortie is None else _checked(Path(sortie), name)
    kept["numero"] = pd.Series(
        as_text(pseudonyms(name, canonical(table["numero"]))), index=kept.index, dtype="str"
    )
    kept.attrs = {**table.attrs, "source": name, "pseudonymes": "HMAC-SHA-256"}
    if file is not None:
        what = {
            "quoi": f"jeu pseudonymisé{NBSP}: {', '.join(map(str, kept))}",
            "source": name,
            "fichiers": [str(file)],
        }
        with logged(what, reason) as entry:
            save_population(kept, file)
            entry["detail"] = counted(len(kept), "personne")
    return kept


def _checked(file: Path, source: str) -> Path:
    if file.suffix.lower() != ".parquet":
        raise InputError(
            "un jeu pseudonymisé s’écrit en Parquet.",
            where=str(file),
            remedy="Donnez un nom en .parquet.",
        )
    if file.resolve().parent == key_file(source).resolve().parent:
        raise InputError(
            "la clé des pseudonymes est dans ce dossier.",
            where=str(file),
            remedy=f"Écrivez le jeu ailleurs{NBSP}: la clé reste à part.",
        )
    return file
