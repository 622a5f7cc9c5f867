"""What a person types of illness, invalidity, pregnancy or a strike: in memory, while she reads.

A `Visit` has one `Sensitive`, as `visit.sensitive`. It lives in the process of her page: closing
the page or logging out ends it. Her own page, loaded again or gone back to within some seconds,
finds it (`server/kernels/returning.py`). Nothing of it is sent to a service, and it neither prints
nor pickles its values.

A screen has nothing to do for it but name its fields `sensible_…`: a `Carnet` takes them
apart from what it keeps (`take_fields`), gives them with the others by `typed_here`, never by
`typed`, and forgets them with `forget`. Whoever writes a letter, an agenda, a board or Accueil
reads `typed`. A draft that is of health as a whole is set aside here (`set_aside`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NoReturn

from iprof_kit.services.contract.carnet import is_sensitive

LONGEST = 200
"""Characters held of one field: nobody types more in a number, a day or a list."""
MOST = 60
"""Fields held at once."""


class Sensitive:
    """Names → what was typed, held in memory only.

    Examples
    --------
    >>> held = Sensitive()
    >>> held.take({"sensible_greve_jours": "2", "sensible_invalidite": ""})
    >>> held.typed()
    {'sensible_greve_jours': '2'}
    >>> held
    <Sensitive: 1 valeur en mémoire>
    >>> held.forget("sensible_greve_jours")
    >>> bool(held)
    False
    """

    def __init__(self) -> None:
        self._held: dict[str, str] = {}
        self._drafts: dict[str, object] = {}

    def typed(self) -> dict[str, str]:
        """Return what is held."""
        return dict(self._held)

    def take(self, values: Mapping[str, str]) -> None:
        """Hold sensitive fields and choices over those already held; an empty one is forgotten."""
        for name, value in values.items():
            if not is_sensitive(name, value) and value:
                raise ValueError(f"{name!r} is no sensitive field: its name must say it")
            self._held.pop(name, None)
            if value.strip() and len(self._held) < MOST:
                self._held[name] = value[:LONGEST]

    def forget(self, *names: str) -> None:
        """Forget some fields."""
        for name in names:
            self._held.pop(name, None)

    def set_aside(self, screen: str, draft: object) -> None:
        """Hold what a screen would keep in its record, were it not of health; None forgets it."""
        self._drafts.pop(screen, None)
        if draft is not None:
            self._drafts[screen] = draft

    def aside(self, screen: str) -> object:
        """Return the draft of a screen that is held here; None where none is."""
        return self._drafts.get(screen)

    def __bool__(self) -> bool:
        return bool(self._held)

    def __repr__(self) -> str:
        count = len(self._held)
        return f"<Sensitive: {count} valeur{'s' if count > 1 else ''} en mémoire>"

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        raise TypeError("what is sensitive is never written")
