"""What holds something between two messages says it in one record, and is remade from it."""

from __future__ import annotations

from typing import Any, ClassVar


class Part:
    """A screen, or something that it is made of.

    Its record is its own attributes named in `keeps`, plain data, and the records of its parts.
    Whatever else it holds is made again from them.

    Examples
    --------
    >>> class Wish(Part):
    ...     keeps = ("place",)
    ...     place = ""
    >>> one, other = Wish(), Wish()
    >>> one.place = "Lyon"
    >>> other.recall(one.record())
    >>> other.place
    'Lyon'
    """

    keeps: ClassVar[tuple[str, ...]] = ()

    def record(self) -> dict[str, Any]:
        """Return what is kept of it between two messages."""
        parts = {name: one.record() for name, one in vars(self).items() if isinstance(one, Part)}
        return parts | {name: getattr(self, name) for name in self.keeps}

    def recall(self, record: dict[str, Any]) -> None:
        """Be again what a record says."""
        for name, value in record.items():
            part = getattr(self, name)
            if isinstance(part, Part):
                part.recall(value)
            else:
                setattr(self, name, value)
