"""The long texts of the screens: one data file a subject and a language, nothing in code."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

from iprof_kit.base.yaml_text import read_yaml

LANGUAGE = "fr"


@cache
def texts_of(subject: str) -> Any:
    """Return what the file of a subject holds, in the language of the screens."""
    file = files(__name__).joinpath(f"{subject}.{LANGUAGE}.yml")
    return read_yaml(file.read_text(encoding="utf-8"))
