"""A form whose fields are kept as they are typed, valid or not, in the carnet of its subject.

Its sensitive fields (`sensible_…`) are held in memory by the visit, and never kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from iprof_kit.services.contract.carnet import Sujet, is_sensitive
from iprof_kit.ui.fields.carnet import Carnet, Document
from iprof_kit.ui.kit.parts import Field
from iprof_kit.ui.kit.visiting import Visit
from iprof_kit.ui.shared.messages import Intent, texts

_FIELDS = "champs"
_REPLACED = {0: "\ufffd"} | dict.fromkeys(range(55296, 57344), "�")


class TypedCarnet(Carnet):
    """The fields of one screen: name → what was typed.

    Parameters
    ----------
    visit, sujet
        See `Carnet`.
    """

    keeps = (*Carnet.keeps, "labels", "shown")

    def __init__(self, visit: Visit, sujet: Sujet) -> None:
        super().__init__(visit, sujet, self._described)
        self.labels: dict[str, str] = {}
        """What the screen calls each field, to say two writings."""
        self.shown: dict[str, str] = {}
        """What stood in each field when the screen was last shown, but for what is sensitive."""

    def show(self, fields: Iterable[Field]) -> None:
        """Take what each field of a screen is called and holds, as it is shown."""
        for field in fields:
            chosen = next((one.value for one in field.options if one.selected), None)
            self.labels[field.name] = field.label
            if not is_sensitive(field.name):
                self.shown[field.name] = field.value if chosen is None else chosen

    def _described(self, content: Document) -> tuple[str, ...]:
        return tuple(
            f"{self.labels.get(name, name.replace('_', ' '))} : {value.replace('_', ' ')}"
            for name, value in _fields(content).items()
            if value.strip()
        )

    def typed(self) -> dict[str, str]:
        """Return every field kept; what is sensitive is none of them."""
        return {n: v for n, v in _fields(self.load()).items() if not is_sensitive(n)}

    def typed_here(self) -> dict[str, str]:
        """Return every field kept and those held in memory: for the screen that asks them alone."""
        return self.typed() | self._visit.sensitive.typed()

    def take_fields(self, intent: Intent, drop: Sequence[str] = ()) -> None:
        """Keep the fields of a form over those already kept; `drop` are those to forget.

        Where a sensitive field alone was typed, the others are as they were shown: none is saved.
        """
        fields = {
            name.translate(_REPLACED): value.translate(_REPLACED)
            for name, value in texts(intent.values).items()
        }
        self._visit.sensitive.take({n: v for n, v in fields.items() if is_sensitive(n)})
        others = {n: v for n, v in fields.items() if not is_sensitive(n)}
        if len(others) < len(fields) and all(self.shown.get(n) == v for n, v in others.items()):
            return
        kept = {**self.typed(), **others}
        self.write({_FIELDS: {name: v for name, v in kept.items() if name not in drop}})

    def forget(self, *names: str) -> None:
        """Forget some fields, or all those of the screen: it is again what the file says."""
        kept = self.typed() if names else {}
        self._visit.sensitive.forget(*(names or self.labels))
        self.turn += 1
        self.write({_FIELDS: {name: v for name, v in kept.items() if name not in names}})


def _fields(content: Document) -> dict[str, str]:
    kept = content.get(_FIELDS)
    return texts(kept) if isinstance(kept, dict) else {}
