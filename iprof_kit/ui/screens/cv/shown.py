"""Which of her CVs a person was looking at: kept, so that a reload shows the same one."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from iprof_kit.base.errors import KitError
from iprof_kit.services.contract.carnet import CARNET_ENREGISTRER, CARNET_LIRE, CarnetEnregistre
from iprof_kit.services.contract.operation import Asks
from iprof_kit.ui.kit.carnet import new_key
from iprof_kit.ui.shared.part import Part

_SUBJECT, _FIELD = "cv", "montre"


class Shown(Part):
    """The CV shown last, on any device; the last choice counts.

    Nothing depends on it: where it cannot be read or kept, a page shows the first CV.

    Parameters
    ----------
    asks : callable
        Returns the guichet.
    """

    keeps = ("_revision",)

    def __init__(self, asks: Callable[[], Asks]) -> None:
        self._asks = asks
        self._revision = 0

    def read(self) -> str:
        """Return the identifier kept, "" where none is."""
        with suppress(KitError):
            kept = CARNET_LIRE.ask(self._asks(), sujet=_SUBJECT)
            self._revision = kept.revision
            return str((kept.contenu or {}).get(_FIELD, ""))
        return ""

    def keep(self, identifier: str) -> None:
        """Keep an identifier, over what another device kept meanwhile."""
        with suppress(KitError):
            if self._write(identifier).issue == "conflit":
                self._write(identifier)

    def _write(self, identifier: str) -> CarnetEnregistre:
        answer = CARNET_ENREGISTRER.ask(
            self._asks(),
            sujet=_SUBJECT,
            contenu={_FIELD: identifier},
            revision=self._revision,
            cle=new_key(),
        )
        self._revision = answer.revision
        return answer
