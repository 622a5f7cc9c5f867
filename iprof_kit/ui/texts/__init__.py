"""The long texts of the screens: one data file a subject and a language, nothing in code."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

from iprof_kit.base.yaml_text import read_yaml

LANGUAGE = "fr"
_SCREENS = "iprof_kit.ui.screens"


@cache
def texts_of(subject: str) -> Any:
    """Return what the file of a subject holds, in the language of the screens."""
    file = files(__name__).joinpath(f"{subject}.{LANGUAGE}.yml")
    return read_yaml(file.read_text(encoding="utf-8"))


@cache
def helps_of_screens() -> dict[str, Any]:
    """Return the help of each address: it stands beside its screen, in `ui/screens/*`."""
    folders = files(_SCREENS).iterdir()
    written = (folder.joinpath(f"aide.{LANGUAGE}.yml") for folder in folders if folder.is_dir())
    return {
        path: words
        for file in written
        if file.is_file()
        for path, words in read_yaml(file.read_text(encoding="utf-8")).items()
    }
