"""The carnet of the requests: days, answers and letters, one part a request."""

from __future__ import annotations

from collections.abc import Mapping

from iprof_kit.calculate.requests.catalogue import Request, requests
from iprof_kit.ui.fields.carnet import Carnet, Document
from iprof_kit.ui.kit.visiting import Visit
from iprof_kit.ui.screens.demandes.kept import labels

LONGEST = 8000
"""Characters of a field that is kept: those of a letter."""
_SHOWN = 160
"""Characters of a field where two writings are compared."""


class Notes(Carnet):
    """What she typed: « temps_partiel.depot » → « 12/02/2027 », valid or not."""

    def __init__(self, visit: Visit) -> None:
        super().__init__(visit, "demandes", self._described)

    def typed(self) -> dict[str, str]:
        """Return every field kept, by its name."""
        return _fields(self.load())

    def keep(self, request: Request, fields: Mapping[str, str]) -> None:
        """Keep fields of a request over those already kept; an empty one is forgotten."""
        prefix = f"{request.id}."
        part = self.load().get(request.id)
        kept = dict(part) if isinstance(part, dict) else {}
        kept |= {name.removeprefix(prefix): value[:LONGEST] for name, value in fields.items()}
        whole = {**self.load(), request.id: {key: value for key, value in kept.items() if value}}
        self.write({key: value for key, value in whole.items() if value})

    def forget(self, request: Request, *names: str) -> None:
        """Forget fields of a request: the screen is again what the file says."""
        self.turn += 1
        self.keep(request, dict.fromkeys(names, ""))

    def _described(self, content: Document) -> tuple[str, ...]:
        named = {key: name for one in requests().values() for key, name in labels(one).items()}
        return tuple(
            f"{named[name]} : {value[:_SHOWN]}{'…' if len(value) > _SHOWN else ''}"
            for name, value in _fields(content).items()
        )


def _fields(content: Document) -> dict[str, str]:
    """Return the fields of the requests that the kit knows, whatever else is in the document."""
    fields: dict[str, str] = {}
    for request in requests().values():
        part = content.get(request.id)
        if not isinstance(part, dict):
            continue
        for name in labels(request):
            value = part.get(name.removeprefix(f"{request.id}."))
            if isinstance(value, str) and value:
                fields[name] = value[:LONGEST]
    return fields
