"""What a calculation supposes: six lines, and the others in a drawer; one field each.

A screen names the lines that matter to the person; `supposed.html` shows them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from iprof_kit.ui.kit.parts import Field
from iprof_kit.ui.shared.worded import joined, worded

SHOWN = 6
_NAMED, _LONGEST = 4, 40
_MARKS = str.maketrans("", "", ",.")


@dataclass(frozen=True)
class Supposed:
    """One thing supposed, its value in words, and the one field that changes it."""

    what: str
    value: str
    field: Field
    changed: bool = False

    @property
    def wrong(self) -> bool:
        """Tell whether what was typed is refused: its field is then open."""
        return bool(self.field.error)


@dataclass(frozen=True)
class SupposedView:
    """The lines, the drawer with the others, and what the drawer's line says."""

    lines: tuple[Supposed, ...] = ()
    others: tuple[Supposed, ...] = ()
    note: str = ""

    @property
    def every(self) -> tuple[Supposed, ...]:
        """Return the lines and the others."""
        return (*self.lines, *self.others)

    @property
    def changed(self) -> bool:
        """Tell whether anything differs from what the file says."""
        return any(one.changed for one in self.every)

    @property
    def wrong(self) -> bool:
        """Tell whether a field of the drawer is refused: it is then open."""
        return any(one.wrong for one in self.others)


def supposed_view(
    fields: Iterable[Field],
    first: Sequence[str],
    as_filed: Mapping[str, str],
    words: Callable[[str, str], str],
    short: Mapping[str, str],
) -> SupposedView:
    """Return what is supposed.

    Parameters
    ----------
    fields : iterable of Field
        Every field of the form.
    first : sequence of str
        Names of the lines, the most relevant first; those that the form has are taken, six at
        most, whatever is typed.
    as_filed : mapping of str to str
        What each list says before anything is chosen; a field to fill in is then empty.
    words : callable
        Name and value → what is read; « » where the value is to be said as it is.
    short : mapping of str to str
        Short names of the fields, for the drawer's line.
    """
    made = {field.name: _supposed(field, as_filed, words) for field in fields}
    shown = [name for name in dict.fromkeys(first) if name in made][:SHOWN]
    others = tuple(one for name, one in made.items() if name not in shown)
    return SupposedView(tuple(made[name] for name in shown), others, _drawer_note(others, short))


def told_elsewhere(view: SupposedView, names: Iterable[str], screen: str) -> SupposedView:
    """Return the lines, those that the person told on another screen said to be hers."""
    borrowed = frozenset(names)

    def marked(one: Supposed) -> Supposed:
        if one.field.name not in borrowed:
            return one
        hint = f"Que vous avez indiqué dans {screen} : ce que vous changez ici change là-bas"
        words = worded("{}, indiqué dans {}", one.value, screen)
        return replace(one, value=words, changed=True, field=replace(one.field, hint=hint))

    lines, others = tuple(map(marked, view.lines)), tuple(map(marked, view.others))
    return replace(view, lines=lines, others=others)


def _supposed(
    field: Field, as_filed: Mapping[str, str], words: Callable[[str, str], str]
) -> Supposed:
    chosen = next((o for o in field.options if o.selected), None)
    value = chosen.value if chosen else field.value.strip()
    typed = chosen.label if chosen else value
    if field.unit and typed.translate(_MARKS).isdecimal():
        typed = f"{value} {field.unit}"
    reading = words(field.name, value) or typed or field.empty
    reading = reading if len(reading) <= _LONGEST else f"{reading[:_LONGEST]}…"
    return Supposed(
        field.label,
        worded("{} : à reprendre" if field.error else "{}", reading),
        field,
        value != as_filed.get(field.name, ""),
    )


def _drawer_note(others: Iterable[Supposed], short: Mapping[str, str]) -> str:
    """Return what was changed in the drawer; before that, what one may find there."""
    changed = [
        worded("{} : {}", short.get(one.field.name, one.what), one.value)
        for one in others
        if one.changed
    ]
    if changed:
        return joined(" ; ", changed)
    return ", ".join([short[o.field.name] for o in others if o.field.name in short][:_NAMED])
