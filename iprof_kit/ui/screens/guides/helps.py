"""The help of each screen: what it shows, what one can do there, where the act is legally made."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from iprof_kit.base.yaml_text import read_yaml
from iprof_kit.ui.shared.menu import places
from iprof_kit.ui.texts import LANGUAGE

_SCREENS = Path(__file__).parents[1]


@cache
def helps() -> dict[str, Any]:
    """Return the help of each address of the menu, in its order: each stands beside its screen."""
    files = _SCREENS.glob(f"*/aide.{LANGUAGE}.yml")
    written = {
        path: words
        for file in files
        for path, words in read_yaml(file.read_text(encoding="utf-8")).items()
    }
    return {path: written[path] for path in places() if path in written}
