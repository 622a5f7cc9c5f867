"""A carnet in parts, one for each campaign: what is typed in one never replaces another's."""

from __future__ import annotations

from collections.abc import Mapping

from iprof_kit.services.contract.carnet import Sujet
from iprof_kit.ui.fields.carnet import Carnet, Document
from iprof_kit.ui.kit.visiting import Visit
from iprof_kit.ui.shared.messages import long_texts

MOST_FIELDS = 120
"""Fields of one part: a list of wishes has several a line."""
_QUOTED = 120
_BARE = str.maketrans("", "", "".join(map(chr, (0, *range(0xD800, 0xE000)))))


class PartedCarnet(Carnet):
    """The fields of a screen, by part: « pop_1d_2027 » → « nom-1 » → what was typed.

    Parameters
    ----------
    visit, sujet
        See `Carnet`.
    longest : int
        Characters kept of one field.
    """

    keeps = (*Carnet.keeps, "labels")

    def __init__(self, visit: Visit, sujet: Sujet, longest: int = 200) -> None:
        super().__init__(visit, sujet, self._described)
        self._longest = longest
        self.labels: dict[str, str] = {}
        """What the screen calls each field, to say two writings."""

    def typed(self, part: str) -> dict[str, str]:
        """Return every field kept of a part."""
        return self._fields(self.load().get(part))

    def keep(self, part: str, values: Mapping[str, str]) -> None:
        """Keep fields over those already kept; an empty one is forgotten."""
        fields = {name: value.translate(_BARE) for name, value in values.items()}
        merged = {n: v for n, v in {**self.typed(part), **fields}.items() if v.strip()}
        self.write({**self.load(), part: self._fields(merged)})

    def settled(self) -> None:
        """Tell the browser that its own fields are no longer those that are kept."""
        self.turn += 1

    def _fields(self, part: object) -> dict[str, str]:
        fields = long_texts(part, MOST_FIELDS)
        return {name: value[: self._longest] for name, value in fields.items()}

    def _described(self, content: Document) -> tuple[str, ...]:
        return tuple(
            f"{self.labels.get(name, name.replace('_', ' '))} : {value[:_QUOTED]}"
            for part in content.values()
            for name, value in self._fields(part).items()
        )
