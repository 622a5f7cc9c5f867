"""Where the kit writes: the folder that the settings or the system give."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from iprof_kit.base.configuration.in_force import setting_of
from iprof_kit.base.errors import InputError
from iprof_kit.base.paths import ROOT

_WRITTEN_BEFORE = ("iprof.sqlite", "journal", "exports.jsonl", "publications", "campagnes", "cles")
"""What shows that a `var/` is the kit's: a server's, or an analyst's."""


@dataclass(frozen=True)
class DataFolder:
    """The folder of what is written, and why it is this one, in French."""

    path: Path
    why: str


def data_folder() -> DataFolder:
    """Return where the kit writes: the first of these that is there.

    What the settings say, `IPROF_VAR` first; what systemd gives a service; `var/` of the project
    for who stands in it; the folder that this system gives a program.

    Raises
    ------
    InputError
        A version before this rule wrote in `var/` where one stands: neither used nor left aside.
    """
    if chosen := setting_of("emplacements.donnees"):
        by = "IPROF_VAR" if os.environ.get("IPROF_VAR") else "emplacements.donnees"
        return DataFolder(Path(chosen), by)
    if given := os.environ.get("STATE_DIRECTORY"):
        return DataFolder(Path(given.partition(":")[0]), "STATE_DIRECTORY, donné par systemd")
    here = Path.cwd()
    if (ROOT / "pyproject.toml").is_file() and here.is_relative_to(ROOT):
        return DataFolder(ROOT / "var", "celui du projet")
    from platformdirs import user_data_path  # not of the engine, which writes nothing

    folder = user_data_path("iprof", appauthor=False)
    _refuse_what_stands_here(here / "var", folder)
    return DataFolder(folder, "celui de votre compte")


def _refuse_what_stands_here(before: Path, folder: Path) -> None:
    if any((before / name).exists() for name in _WRITTEN_BEFORE):
        raise InputError(
            f"Des données du kit sont ici, dans « {before} », et il n’y écrit plus de lui-même.",
            remedy=f"Nommez ce dossier : IPROF_VAR={before}, "
            f"ou déplacez-le, kit arrêté : {folder}.",
        )


def data_line() -> str:
    """Return where the kit writes, and why there, as a person reads it."""
    folder = data_folder()
    return f"{folder.path.absolute()} ({folder.why})"


def var_dir() -> Path:
    """Return the folder of what is written (see `data_folder`)."""
    return data_folder().path


def keys_dir() -> Path:
    """Return where the keys of pseudonyms are, as the settings say; else `cles/` of `var_dir()`."""
    chosen = setting_of("emplacements.cles")
    return Path(chosen) if chosen else var_dir() / "cles"


def restoration_mark() -> Path:
    """Return the file that is there from the first to the last step of a restoration."""
    return var_dir() / "restauration-en-cours.json"
