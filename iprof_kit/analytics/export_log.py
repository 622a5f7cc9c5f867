"""The log of exports: who, when, what, why; one JSON line a step, nothing ever erased."""

from __future__ import annotations

import getpass
import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd

from iprof_kit.base.characters import name_of, says_nothing, tidy, unfit
from iprof_kit.base.configuration.data_folder import var_dir
from iprof_kit.base.errors import InputError, KitError, Refused, Unavailable
from iprof_kit.base.private_files import append_line
from iprof_kit.base.words import NBSP

START, DONE, FAILED, REFUSED, CUT = "commencé", "fait", "échec", "refusé", "interrompu"
_LEAST_WORDS = 10
_COLUMNS = ("export", "quand", "qui", "etat", "quoi", "motif", "source", "fichiers", "detail")


def log_file() -> Path:
    """Return where the log is."""
    return var_dir() / "exports.jsonl"


def checked_reason(motif: str) -> str:
    """Return the motive of an export, refused where it says nothing.

    Raises
    ------
    InputError
        Empty, or too short to be understood later.
    """
    text = " ".join(tidy(str(motif or "")).split())
    if text and (len(text) < _LEAST_WORDS or says_nothing(text)):
        raise InputError(
            f"ce motif ne dit rien{NBSP}: «{NBSP}{text}{NBSP}».",
            where="motif",
            remedy=f"Il sera relu plus tard{NBSP}: dites pour quoi et pour qui ({_LEAST_WORDS} "
            f"signes au moins), par exemple «{NBSP}bilan 2026 pour le comité social{NBSP}».",
        )
    if not text:
        raise InputError(
            "un export demande un motif.",
            where="motif",
            remedy=f"Dites pour quoi et pour qui, par exemple «{NBSP}bilan des promotions 2026 "
            f"devant le comité social{NBSP}».",
        )
    if unseen := unfit(text):
        raise InputError(
            f"ce motif contient {name_of(unseen)}.",
            where="motif",
            remedy="Saisissez-le au clavier.",
        )
    return text


@contextmanager
def logged(what: dict[str, Any], motif: str) -> Iterator[dict[str, Any]]:
    """Write that an export begins, then how it ended, whatever happens in between.

    Yields
    ------
    dict
        What to add to the last line (`fichiers`, `detail`…).
    """
    entry = {"export": secrets.token_hex(4), "qui": _who()}
    _write({**entry, "etat": START, "motif": motif, **what})
    ending: dict[str, Any] = {}
    try:
        yield ending
    except Refused as refusal:
        _write({**entry, "etat": REFUSED, "detail": str(refusal)})
        raise
    except BaseException as error:
        reason = str(error) if isinstance(error, KitError) else type(error).__name__
        _write({**entry, "etat": FAILED, "detail": reason})
        raise
    _write({**entry, "etat": DONE, **ending})


def exports() -> pd.DataFrame:
    """Return the log, one row an export, the oldest first.

    Returns
    -------
    DataFrame
        `export`, `quand`, `qui`, `etat` (fait, refusé, échec, interrompu), `quoi`, `motif`,
        `source`, `fichiers`, `detail`; `attrs["lignes_illisibles"]` counts damaged lines.

    Raises
    ------
    Unavailable
        The log cannot be read.

    Examples
    --------
    >>> import iprof_kit
    >>> iprof_kit.exports().columns[:5].tolist()
    ['export', 'quand', 'qui', 'etat', 'quoi']
    """
    by_export: dict[str, dict[str, Any]] = {}
    wrong = 0
    for line in _lines():
        try:
            step = json.loads(line)
            columns = by_export.setdefault(step["export"], {"quand": step["quand"]})
        except (ValueError, KeyError, TypeError):
            wrong += 1
            continue
        columns.update({key: value for key, value in step.items() if key != "quand"})
    rows = [
        {**columns, "etat": CUT if columns.get("etat") == START else columns.get("etat")}
        for columns in by_export.values()
    ]
    frame = pd.DataFrame(rows).reindex(columns=list(_COLUMNS)).astype(object)
    frame = frame.where(frame.notna(), "")
    frame.attrs["lignes_illisibles"] = wrong
    return frame


def _lines() -> list[str]:
    try:
        return log_file().read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return []
    except (OSError, UnicodeDecodeError) as error:
        raise Unavailable(
            "le journal des exports ne peut pas être lu.",
            where=str(log_file()),
            remedy="Vérifiez vos droits sur ce fichier.",
        ) from error


def _write(step: dict[str, Any]) -> None:
    moment = datetime.now().astimezone().isoformat(timespec="seconds")
    line = json.dumps({"quand": moment, **step}, ensure_ascii=False)
    try:
        append_line(log_file(), line)
    except OSError as error:
        raise Unavailable(
            f"le journal des exports ne peut pas être écrit{NBSP}: rien n’est exporté sans lui.",
            where=str(log_file()),
            remedy="Vérifiez le dossier et la place sur le disque.",
        ) from error


def _who() -> str:
    try:
        return os.environ.get("IPROF_QUI") or getpass.getuser()
    except (OSError, KeyError):
        return "inconnu"
