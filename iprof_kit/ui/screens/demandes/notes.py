"""The carnet of the requests: days, answers and letters, one part a request."""

from __future__ import annotations

from collections.abc import Mapping

from iprof_kit.calculate.requests.catalogue import Request, requests
from iprof_kit.ui.kit.carnet import Carnet
from iprof_kit.ui.kit.visiting import Visit
from iprof_kit.ui.screens.demandes.kept import labels

LONGEST = 8000
"""Characters of a field that is kept: those of a letter."""


class Notes(Carnet):
    """What she typed: « temps_partiel.depot » → « 12/02/2027 », valid or not."""

    def __init__(self, visit: Visit) -> None:
        super().__init__(visit, "demandes", longest=LONGEST)

    def typed(self) -> dict[str, str]:
        """Return every field kept of the requests that the kit knows, by its name."""
        return {
            name: typed[name]
            for request in requests().values()
            for typed in [self._named(request)]
            for name in labels(request)
            if name in typed
        }

    def note(self, request: Request, fields: Mapping[str, str]) -> None:
        """Keep fields of a request over those already kept; an empty one is forgotten."""
        prefix = f"{request.id}."
        self.keep({name.removeprefix(prefix): one for name, one in fields.items()}, request.id)

    def take_out(self, request: Request, *names: str) -> None:
        """Forget fields of a request: the screen is again what the file says."""
        self.turn += 1
        self.note(request, dict.fromkeys(names, ""))

    def name_of(self, path: tuple[str, ...]) -> str:
        """Return what a field of a request is called."""
        request = requests().get(path[0])
        return (labels(request) if request else {}).get(".".join(path), super().name_of(path))

    def _named(self, request: Request) -> dict[str, str]:
        return {f"{request.id}.{key}": one for key, one in self.fields(request.id).items()}
