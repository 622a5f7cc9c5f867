"""The law as the kit applies it, for who reads it: rules and tables, subject by subject."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from iprof_kit.base.words import counted
from iprof_kit.calculate.guides.articles import Quote
from iprof_kit.calculate.guides.examples import Worked
from iprof_kit.calculate.guides.law_pages import RuleText, TableText, chapters, law_verified
from iprof_kit.calculate.interface.in_full import in_full
from iprof_kit.calculate.interface.official_texts import official
from iprof_kit.ui.kit.parts import Link, Page
from iprof_kit.ui.screens.guides.rows import (
    TEXTES,
    Cell,
    GroupView,
    RowView,
    address,
    asked_rows,
    cell_of,
    counted_rows,
)
from iprof_kit.ui.shared import text


@dataclass(frozen=True)
class RuleView:
    """One wording of a rule; `official` are its laws and décrets, `source` all that it rests on."""

    id: str
    sentence: str
    official: str
    source: str
    in_force: str
    tables: tuple[str, ...]
    name: str
    quotes: tuple[Quote, ...]
    example: Worked | None


@dataclass(frozen=True)
class TableView:
    """One table that rules read."""

    name: str
    count: str
    about: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    whole: str
    """Address of its rows by groups, where they are too many to be shown here."""


@dataclass(frozen=True)
class RulesView:
    """The rules in force, or those that no longer are."""

    id: str
    title: str
    rules: tuple[RuleView, ...]


@dataclass(frozen=True)
class TextesView(Page):
    """The list of the subjects, or one of them."""

    chapters: tuple[Link, ...] = ()
    row: RowView | None = None
    group: GroupView | None = None
    rules: tuple[RuleView, ...] = ()
    sections: tuple[RulesView, ...] = ()
    tables: tuple[TableView, ...] = ()
    verified: str = ""


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
        verified=_verified(),
    )


def texte(name: str) -> TextesView:
    """Return one subject: its rules, then the tables they read."""
    chapter = chapters()[name]
    rules = tuple(_rule(number, rule) for number, rule in enumerate(chapter.rules, start=1))
    return TextesView(
        title=f"Textes : {chapter.title}",
        lead="Chaque règle a sa phrase, sa source et ses dates. Le kit simule ; "
        "l’administration décide.",
        rules=rules,
        sections=_sections(rules, [rule.until is not None for rule in chapter.rules]),
        tables=tuple(_table(one) for one in chapter.tables),
        verified=_verified(),
    )


def _sections(rules: tuple[RuleView, ...], ended: list[bool]) -> tuple[RulesView, ...]:
    """Return the chapters of a subject: what is in force, then what no longer is."""
    now, past = (
        tuple(rule for rule, over in zip(rules, ended, strict=True) if over == wanted)
        for wanted in (False, True)
    )
    verb = "s’appliquent" if len(past) > 1 else "s’applique"
    both = (
        RulesView("en-vigueur", f"En vigueur ({len(now)})", now),
        RulesView("passees", f"Ne {verb} plus ({len(past)})", past),
    )
    return tuple(section for section in both if section.rules)


def _verified() -> str:
    return f"Textes vérifiés jusqu’au {text.day(law_verified())}."


def _rule(number: int, rule: RuleText) -> RuleView:
    return RuleView(
        f"regle-{number}",
        rule.sentence,
        official(rule.source) or "à vérifier",
        in_full(rule.source),
        text.in_force(rule.since, rule.until),
        rule.tables,
        rule.name,
        rule.quotes,
        rule.example,
    )


def _table(one: TableText) -> TableView:
    about = (
        f"{counted(one.count, 'ligne')}, vérifiée jusqu’au {text.day(one.verified)}. "
        f"Lignes par confiance : {one.confidences}."
    )
    rows = tuple(tuple(cell_of(cell) for cell in row) for row in one.rows)
    whole = "" if one.rows else address(one.name)
    return TableView(one.name, counted_rows(one.count), about, one.columns, rows, whole)
