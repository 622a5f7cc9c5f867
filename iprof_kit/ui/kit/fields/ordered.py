"""An ordered list that a person types, line by line: kinds, names, and the order by keyboard."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from iprof_kit.ui.kit.parts import Option
from iprof_kit.ui.shared.messages import Intent

UP, DOWN, REMOVE = "monter", "descendre", "retirer"
"""What a button of a line asks, before its rank: « monter-2 »."""


@dataclass(frozen=True)
class Typed:
    """One line as it was typed, with what else its fields say."""

    rank: int
    kind: str
    name: str
    others: Mapping[str, str]

    @property
    def is_empty(self) -> bool:
        """Whether nothing names anything: a kind alone is no wish."""
        return not self.name.strip()


@dataclass(frozen=True)
class OrderedLine:
    """One line as it is shown."""

    rank: int
    kinds: tuple[Option, ...]
    name: str
    error: str = ""
    note: str = ""
    first: bool = False
    last: bool = False
    blank: bool = False
    """Whether it only offers room for one more."""
    others: Mapping[str, str] | None = None

    def other(self, name: str) -> str:
        """Return another field of the line."""
        return (self.others or {}).get(name, "")


def typed_lines(
    fields: Mapping[str, str], most: int, others: Sequence[str] = ()
) -> tuple[Typed, ...]:
    """Return the lines up to the last that names something; one emptied on the way keeps its rank.

    Its rank would otherwise be that of another under the fingers of who types.

    Examples
    --------
    >>> lines = typed_lines({"nom-1": "Thiers", "nom-2": "", "nom-3": "Riom"}, 5)
    >>> [(one.rank, one.name) for one in lines]
    [(1, 'Thiers'), (2, ''), (3, 'Riom')]
    """
    every = [
        Typed(
            rank,
            fields.get(f"nature-{rank}", ""),
            fields.get(f"nom-{rank}", "").strip(),
            {name: fields.get(f"{name}-{rank}", "") for name in others},
        )
        for rank in range(1, most + 1)
    ]
    last = max((one.rank for one in every if not one.is_empty), default=0)
    return tuple(every[:last])


def as_fields(lines: Sequence[Typed], most: int, others: Sequence[str] = ()) -> dict[str, str]:
    """Return the fields of lines in their order; those beyond the last are emptied."""
    fields = {
        f"{name}-{rank}": "" for rank in range(1, most + 1) for name in ("nature", "nom", *others)
    }
    for rank, one in enumerate(lines, start=1):
        fields |= {f"nature-{rank}": one.kind, f"nom-{rank}": one.name}
        fields |= {f"{name}-{rank}": one.others.get(name, "") for name in others}
    return fields


def rearranged(lines: Sequence[Typed], asked: str) -> tuple[Typed, ...]:
    """Return the lines once a button was pressed: « monter-2 », « descendre-1 », « retirer-3 »."""
    act, _, written = asked.partition("-")
    place = int(written) - 1 if written.isascii() and written.isdigit() else -1
    every = list(lines)
    if not 0 <= place < len(every):
        return tuple(every)
    one = every.pop(place)
    if act == REMOVE:
        return tuple(every)
    every.insert(max(place + {UP: -1, DOWN: 1}.get(act, 0), 0), one)
    return tuple(every)


def faults(lines: Sequence[Typed], most: int | None = None) -> dict[int, str]:
    """Return what is wrong, by rank: the same line twice, one too many."""
    seen: dict[tuple[str, ...], int] = {}
    wrong: dict[int, str] = {}
    for one in lines:
        if one.is_empty:
            wrong[one.rank] = "Rang vide. Écrivez-y un vœu, ou retirez-le."
            continue
        key = one.kind, *(" ".join(w.casefold().split()) for w in (one.name, *one.others.values()))
        if key in seen:
            wrong[one.rank] = f"Déjà demandé au rang {seen[key]}. Retirez l’un des deux."
        seen.setdefault(key, one.rank)
        if most is not None and one.rank > most:
            wrong[one.rank] = f"Un vœu de trop : {most} au plus. Il reste noté ici, retirez-en un."
    return wrong


def shown(
    lines: Sequence[Typed],
    kinds: Sequence[tuple[str, str]],
    wrong: Mapping[int, str],
    notes: Mapping[int, str],
    room: int,
) -> tuple[OrderedLine, ...]:
    """Return the lines as they are shown, and an empty one where there is room for it."""
    last = len(lines)
    every = [
        OrderedLine(
            one.rank,
            tuple(Option(value, label, value == one.kind) for value, label in kinds),
            one.name,
            wrong.get(one.rank, ""),
            notes.get(one.rank, ""),
            one.rank == 1,
            one.rank == last,
            others=one.others,
        )
        for one in lines
    ]
    if last < room:
        empty = tuple(Option(value, label) for value, label in kinds)
        every.append(OrderedLine(last + 1, empty, "", blank=True, others={}))
    return tuple(every)


def asked_of(intent: Intent) -> str:
    """Return which button was pressed, "" where the form alone was sent."""
    return intent.values.get("of", "")
