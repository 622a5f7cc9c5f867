"""The long texts of the screens: one data file a subject and a language, nothing in code."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import yaml

LANGUAGE = "fr"


@cache
def held(subject: str) -> Any:
    """Return what the file of a subject holds, in the language of the screens."""
    file = files(__name__).joinpath(f"{subject}.{LANGUAGE}.yml")
    return yaml.safe_load(file.read_text(encoding="utf-8"))
