"""The process that holds the law, asked about some files at a time.

A file on which it falls, or takes too long, is left out alone: the others are answered.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import date

from pydantic import TypeAdapter

from iprof_kit.services.contract.dossier import Dossier
from iprof_kit.services.kit_messages.asked import Asked, Looked
from iprof_kit.services.workers.bounded_process import BoundedProcess, Bounds, Ended, Faulty

MODULE = "iprof_kit.services.kit_messages.deducing"
BOUNDS = Bounds(seconds=60.0, memory=2_000_000_000)
_ANSWER = TypeAdapter(list[Looked])


class Questioner:
    """One process, started when it is first asked, again when it is gone."""

    def __init__(self, module: str = MODULE, bounds: Bounds = BOUNDS) -> None:
        self._module, self._bounds = module, bounds
        self._process: BoundedProcess | None = None

    def ask(self, dossiers: Sequence[Dossier], today: date) -> list[Looked]:
        """Return what may be said of each file; those that cannot be answered are missing."""
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
        asked = Asked(dossiers=list(dossiers), today=today)
        try:
            return _ANSWER.validate_json(self._process.ask(asked.model_dump_json().encode()))
        except Ended:
            with suppress(OSError):
                self.close()
            raise
