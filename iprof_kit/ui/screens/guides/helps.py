"""The help of each screen: what it shows, what one can do there, where the act is legally made."""

from __future__ import annotations

from functools import cache
from typing import Any

from iprof_kit.ui.shared.menu import places
from iprof_kit.ui.texts import helps_of_screens


@cache
def helps() -> dict[str, Any]:
    """Return the help of each address of the menu, in its order."""
    written = helps_of_screens()
    return {path: written[path] for path in places() if path in written}
