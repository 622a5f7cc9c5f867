"""The law as the kit applies it, for who reads it: rules and tables, subject by subject."""

from __future__ import annotations

import re
from dataclasses import dataclass

from iprof_kit.calculate.guides.law_pages import RuleText, TableText, chapters, law_verified
from iprof_kit.ui.screens.guides.view import Link
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.parts import Page

TEXTES = "/guides/textes"
_CODE = re.compile(r"[A-Za-z0-9_]+(?:[_;][A-Za-z0-9_]+)+|[A-Z][A-Z0-9_]{2,}")


@dataclass(frozen=True)
class RuleView:
    """One wording of a rule."""

    id: str
    sentence: str
    source: str
    in_force: str
    tables: tuple[str, ...]
    name: str


@dataclass(frozen=True)
class Cell:
    """What a table has there; `code` for an identifier of the tables, which is no French."""

    words: str
    code: bool


@dataclass(frozen=True)
class TableView:
    """One table that rules read."""

    name: str
    about: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class TextesView(Page):
    """The list of the subjects, or one of them."""

    chapters: tuple[Link, ...] = ()
    rules: tuple[RuleView, ...] = ()
    tables: tuple[TableView, ...] = ()
    verified: str = ""


def textes() -> TextesView:
    """Return the list of the subjects."""
    return TextesView(
        title="Les textes",
        lead="Les règles telles que le kit les applique. Le texte officiel fait foi.",
        chapters=tuple(
            Link(f"{TEXTES}/{name}", chapter.title, f"{len(chapter.rules)} règles")
            for name, chapter in chapters().items()
        ),
        verified=_verified(),
    )


def texte(name: str) -> TextesView:
    """Return one subject: its rules, then the tables they read."""
    chapter = chapters()[name]
    return TextesView(
        title=f"Textes : {chapter.title}",
        lead="Chaque règle a sa phrase, sa source et ses dates. Le kit simule ; "
        "l’administration décide.",
        rules=tuple(_rule(number, rule) for number, rule in enumerate(chapter.rules, start=1)),
        tables=tuple(_table(one) for one in chapter.tables),
        verified=_verified(),
    )


def _verified() -> str:
    return f"Textes vérifiés jusqu’au {text.day(law_verified())}."


def _rule(number: int, rule: RuleText) -> RuleView:
    until = f", jusqu’au {text.day(rule.until)}" if rule.until else ""
    return RuleView(
        f"regle-{number}",
        rule.sentence,
        text.french(rule.source),
        f"depuis le {text.day(rule.since)}{until}",
        rule.tables,
        rule.name,
    )


def _table(one: TableText) -> TableView:
    shown = "" if one.rows else " Trop longue pour être montrée ici."
    about = (
        f"{one.count} lignes, vérifiée jusqu’au {text.day(one.verified)}. "
        f"Lignes par confiance : {one.confidences}.{shown}"
    )
    rows = tuple(tuple(_cell(cell) for cell in row) for row in one.rows)
    return TableView(one.name, about, one.columns, rows)


def _cell(words: str) -> Cell:
    return Cell(text.french(words), bool(_CODE.fullmatch(words)) and not words.isdigit())
