"""The libraries of files and of the workshop, asked for only when a file needs them."""

from __future__ import annotations

import os
from importlib import import_module
from types import ModuleType

from iprof_kit.base.errors import Unavailable
from iprof_kit.base.version import installed_by
from iprof_kit.base.words import NBSP

WORKSHOP = f"Installez l’atelier{NBSP}: {installed_by('lab')}."
_PORTAL = f"Installez le portail en entier{NBSP}: {installed_by('serve')}."
_REMEDIES = {"openpyxl": _PORTAL, "pandera": _PORTAL}


def library(name: str, why: str) -> ModuleType:
    """Return a library of an extra: `serve` has what imports and exports need, `lab` all of them.

    Raises
    ------
    Unavailable
        It is not installed; the message says how to get it.
    """
    try:
        return import_module(name)
    except ImportError as error:
        raise Unavailable(
            f"{name.partition('.')[0]} n’est pas installé{NBSP}: il le faut {why}.",
            remedy=_REMEDIES.get(name.partition(".")[0], WORKSHOP),
        ) from error


def pyarrow_csv() -> ModuleType | None:
    """Return the fastest reader of delimited texts, None where it is not: pandas has one too.

    It opens a pipe to hear Ctrl-C: where a confined kernel is refused one, it reads without.
    """
    try:
        arrow = import_module("pyarrow")
    except ImportError:
        return None
    if not _may_open_a_pipe():
        arrow.enable_signal_handlers(False)
    return import_module("pyarrow.csv")


def _may_open_a_pipe() -> bool:
    try:
        ends = os.pipe()
    except OSError:
        return False
    for end in ends:
        os.close(end)
    return True


def pyarrow_parquet() -> ModuleType:
    """Return the reader and writer of Parquet."""
    return library("pyarrow.parquet", "pour lire et écrire du Parquet")


def openpyxl() -> ModuleType:
    """Return the reader and writer of spreadsheets."""
    return library("openpyxl", "pour lire et écrire des classeurs")


def scipy_sparse() -> ModuleType:
    """Return the sparse arrays of scipy, without which no secret is checked."""
    return library("scipy.sparse", "pour le secret statistique")


def pandera() -> ModuleType:
    """Return the checks of tables."""
    return library("pandera.pandas", "pour contrôler les tables")
