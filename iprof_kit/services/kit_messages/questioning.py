"""The process that holds the law, asked about some files at a time.

A file on which it falls, or takes too long, is left out alone: the others are answered.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from pydantic import TypeAdapter

from iprof_kit.base.errors import Unavailable
from iprof_kit.given.bounded_process import BoundedProcess, Bounds, Ended, Faulty
from iprof_kit.records.patience import nothing_held
from iprof_kit.services.contract.dossier import Dossier
from iprof_kit.services.kit_messages.asked import Added, Asked, Looked

MODULE = "iprof_kit.services.kit_messages.deducing"
BOUNDS = Bounds(seconds=120.0, memory=2_000_000_000)
MOST_FALLS = 40
"""How often the process may be ended in one round: a file that ends it is looked for by halves."""
_ANSWER = TypeAdapter(list[Looked])
_NOTHING_ADDED = Added()


class Questioner:
    """One process, started when it is first asked, again when it is gone."""

    def __init__(
        self, added: Added = _NOTHING_ADDED, module: str = MODULE, bounds: Bounds = BOUNDS
    ) -> None:
        self._added, self._module, self._bounds = added, module, bounds
        self._process: BoundedProcess | None = None
        self._falls = 0

    def ask(self, dossiers: Sequence[Dossier], today: date) -> list[Looked]:
        """Return what may be said of each file; those that cannot be answered are missing.

        Raises
        ------
        Unavailable
            The process was ended too often: the machine is too slow for it, or too many files are.
        """
        nothing_held()
        try:
            return self._ask(dossiers, today)
        except (Ended, Faulty):
            if len(dossiers) == 1:
                return []
        half = len(dossiers) // 2
        return [*self.ask(dossiers[:half], today), *self.ask(dossiers[half:], today)]

    def close(self) -> None:
        """End the process."""
        process, self._process = self._process, None
        if process is not None:
            process.close()

    def __enter__(self) -> Questioner:
        """Return what is asked."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the process."""
        self.close()

    def _ask(self, dossiers: Sequence[Dossier], today: date) -> list[Looked]:
        if self._process is None or not self._process.alive:
            self.close()
            self._process = BoundedProcess(self._module, self._bounds)
        asked = Asked(dossiers=list(dossiers), today=today, added=self._added)
        try:
            return _ANSWER.validate_json(self._process.ask(asked.model_dump_json().encode()))
        except Ended:
            self.close()
            self._falls += 1
            if self._falls > MOST_FALLS:
                raise Unavailable(
                    "le calcul des messages est tombé trop souvent.",
                    remedy="Relancez iprof travaux quand la machine est moins chargée.",
                ) from None
            raise
