"""The texts of the law: rules and tables, whole or by the rows that one asks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from urllib.parse import urlencode

from iprof_kit.base.sources import to_verify
from iprof_kit.base.words import counted
from iprof_kit.calculate.guides.law.pages import (
    CHAPTERS,
    RuleText,
    TableText,
    chapters,
    law_verified,
)
from iprof_kit.calculate.guides.law.rows import (
    RowText,
    groups_of,
    is_table,
    readers,
    row_text,
    rows_of,
)
from iprof_kit.ui.kit.parts import Link, Notice, Page

TEXTES = "/guides/textes"
CONFIDENCES = {
    "A": "A, texte lu",
    "B": "B, sources concordantes",
    "C": "C, une seule source",
    "D": "D, non confirmée",
}
_AFTER = ";;"
"""After each column of a key in an address."""
_NUMBER = re.compile(r"\d{1,6}")
_PAPERS = ("source", "note", "confiance")
_CODE = re.compile(r"[A-Za-z0-9_]+(?:[_;][A-Za-z0-9_]+)+|[A-Z][A-Z0-9_]{2,}")
_NONE = Notice(
    "Aucune ligne à cette adresse",
    "La table a pu changer depuis : reprenez par le sujet, ci-dessous.",
)


@dataclass(frozen=True)
class RowView:
    """One row of a table, how sure it is, who reads it, where the rows beside it are."""

    row: RowText
    confidence: str
    verify: bool
    readers: tuple[Link, ...]
    beside: str


@dataclass(frozen=True)
class GroupView:
    """The rows of a table that share the first columns of their key, or the groups of these."""

    table: str
    shared: str
    groups: tuple[Link, ...]
    rows: tuple[Link, ...]


def asked_rows(
    asked: Mapping[str, str],
) -> tuple[RowView | None, GroupView | None, tuple[Notice, ...]]:
    """Return the row, or the group of rows, that an address asks for; a notice where none is.

    Parameters
    ----------
    asked : mapping of str to str
        « table », then « ligne » (its line in the file) or « groupe » (first columns of a key).
    """
    name, line = asked.get("table", ""), asked.get("ligne", "")
    if not name:
        return None, None, ()
    if line:
        row = _row(name, int(line)) if _NUMBER.fullmatch(line) else None
        return row, None, () if row else (_NONE,)
    if not is_table(name):
        return None, None, (_NONE,)
    group = _group(name, tuple(asked.get("groupe", "").split(_AFTER)[:-1]))
    shown = bool(group.rows or group.groups)
    return None, group if shown else None, () if shown else (_NONE,)


def _row(name: str, line: int) -> RowView | None:
    """Return a row as it is read, with the rules that read its table."""
    row = row_text(name, line)
    if row is None:
        return None
    return RowView(
        row,
        CONFIDENCES.get(row.confidence, ""),
        to_verify(row.confidence),
        _readers(name),
        address(name, groupe=_grouped(row.key)),
    )


def _readers(name: str) -> tuple[Link, ...]:
    return tuple(
        Link(
            f"{TEXTES}/{one.chapter}#regle-{one.number}",
            f"règle {one.number}, {CHAPTERS[one.chapter]}",
            one.rule.sentence,
        )
        for one in readers(name)
    )


def _group(name: str, shared: tuple[str, ...]) -> GroupView:
    """Return the rows that share the first columns of their key; their groups where too many."""
    rows = tuple(
        Link(address(name, ligne=str(row.line)), f"ligne {row.line}", _in_short(row))
        for row in rows_of(name, shared)
    )
    groups = (
        ()
        if rows
        else tuple(
            Link(address(name, groupe=_grouped(one.shared)), one.name, counted_rows(one.count))
            for one in groups_of(name, shared)
        )
    )
    return GroupView(name, ", ".join(shared), groups, rows)


def _grouped(shared: tuple[str, ...]) -> str:
    return "".join(f"{one}{_AFTER}" for one in shared)


def _in_short(row: RowText) -> str:
    return ", ".join(words for column, words in row.cells if column not in _PAPERS)


def address(name: str, **asked: str) -> str:
    """Return the address of a table, of one of its lines or of a group of them."""
    return f"{TEXTES}?{urlencode({'table': name} | {key: v for key, v in asked.items() if v})}"


def counted_rows(count: int) -> str:
    """Return « 1 ligne », « 12 lignes »."""
    return f"{count} ligne{'s' if count > 1 else ''}"


@dataclass(frozen=True)
class RulesView:
    """The rules in force, or those that no longer are."""

    id: str
    title: str
    rules: tuple[tuple[int, RuleText], ...]
    """Each with its number in its subject."""


@dataclass(frozen=True)
class TextesView(Page):
    """The list of the subjects, or one of them."""

    chapters: tuple[Link, ...] = ()
    row: RowView | None = None
    group: GroupView | None = None
    rules: tuple[RuleText, ...] = ()
    sections: tuple[RulesView, ...] = ()
    tables: tuple[TableText, ...] = ()
    verified: date | None = None

    @staticmethod
    def is_code(words: str) -> bool:
        """Tell whether a cell holds an identifier of the tables, which is no French."""
        return bool(_CODE.fullmatch(words)) and not words.isdigit()


def textes(asked: Mapping[str, str] = MappingProxyType({})) -> TextesView:
    """Return the list of the subjects; above it, the row or the table that an address asks for.

    Parameters
    ----------
    asked : mapping of str to str
        « table », then « ligne » (its line in the file) or « groupe » (first columns of a key).
    """
    row, group, missing = asked_rows(asked)
    return TextesView(
        title="Les textes",
        lead="Les règles telles que le kit les applique. Le texte officiel fait foi.",
        row=row,
        group=group,
        notices=missing,
        chapters=tuple(
            Link(f"{TEXTES}/{name}", chapter.title, counted(len(chapter.rules), "règle"))
            for name, chapter in chapters().items()
        ),
        verified=law_verified(),
    )


def texte(name: str) -> TextesView:
    """Return one subject: its rules, then the tables they read."""
    chapter = chapters()[name]
    return TextesView(
        title=f"Textes : {chapter.title}",
        lead="Chaque règle a sa phrase, sa source et ses dates. Le kit simule ; "
        "l’administration décide.",
        rules=chapter.rules,
        sections=_sections(chapter.rules),
        tables=chapter.tables,
        verified=law_verified(),
    )


def _sections(rules: tuple[RuleText, ...]) -> tuple[RulesView, ...]:
    """Return the chapters of a subject: what is in force, then what no longer is."""
    numbered = tuple(enumerate(rules, start=1))
    now = tuple(one for one in numbered if one[1].until is None)
    past = tuple(one for one in numbered if one[1].until is not None)
    verb = "s’appliquent" if len(past) > 1 else "s’applique"
    both = (
        RulesView("en-vigueur", f"En vigueur ({len(now)})", now),
        RulesView("passees", f"Ne {verb} plus ({len(past)})", past),
    )
    return tuple(section for section in both if section.rules)
