"""Les guides: what the law's tables and rules say of a subject, for a corps or for every corps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from iprof_kit.calculate.guides import law_facts
from iprof_kit.calculate.guides.facts import FactRow, FactTable, facts
from iprof_kit.calculate.guides.law_pages import RuleText, law_verified, rule_in_force
from iprof_kit.ui.screens.guides.fact_forms import told
from iprof_kit.ui.screens.guides.search import Search
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.parts import Fact, Page
from iprof_kit.ui.texts import held

GUIDES = "/guides"
THEMES = f"{GUIDES}/themes"


@dataclass(frozen=True)
class Rule:
    """A rule of the law, said, with its papers."""

    sentence: str
    papers: str


@dataclass(frozen=True)
class Row:
    """A line of a table of a guide: its cells, the number of its source, its mark."""

    cells: tuple[str, ...]
    source: int
    verify: bool


@dataclass(frozen=True)
class Grid:
    """A table of a guide; `sources` are numbered from one, in the order of the rows."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    sources: tuple[str, ...]
    note: str


@dataclass(frozen=True)
class Part:
    """One titled part of a guide."""

    id: str
    title: str
    texts: tuple[str, ...] = ()
    rules: tuple[Rule, ...] = ()
    values: tuple[Fact, ...] = ()
    told: tuple[Fact, ...] = ()
    grid: Grid | None = None


@dataclass(frozen=True)
class Link:
    """A place to go, said as a sentence."""

    path: str
    words: str
    note: str = ""


@dataclass(frozen=True)
class GuideView(Page):
    """One guide."""

    parts: tuple[Part, ...] = ()
    links: tuple[Link, ...] = ()
    about: str = ""
    verified: str = ""


@dataclass(frozen=True)
class GuidesView(Page):
    """The list of the guides, with what searches in them."""

    guides: tuple[Link, ...] = ()
    others: tuple[Link, ...] = ()
    search: Search | None = None


def guides(search: Search) -> GuidesView:
    """Return the list of the guides."""
    return GuidesView(
        title="Les guides",
        lead="Chaque guide est écrit avec les tables du droit : un chiffre y a toujours sa source.",
        guides=tuple(
            Link(f"{GUIDES}/{one['nom']}", one["titre"], text.french(one["phrase"]))
            for one in held("guides")
        ),
        others=(
            Link(f"{GUIDES}/glossaire", "Glossaire", "Chaque sigle et chaque mot du droit."),
            Link(f"{GUIDES}/textes", "Les textes", "Toutes les règles et toutes les tables."),
        ),
        search=search,
    )


def guide(name: str, corps: str | None, on: date) -> GuideView:
    """Return a guide on a day, for a corps, or for every corps."""
    spec = next(one for one in held("guides") if one["nom"] == name)
    degree = law_facts.degrees(corps) if corps else ()
    parts = [
        _part(number, part, corps, on)
        for number, part in enumerate(spec["parties"], start=1)
        if not degree or "degre" not in part or part["degre"] in degree
    ]
    about = law_facts.corps_names().get(corps or "", "")
    return GuideView(
        title=f"Guide : {spec['titre']}",
        lead=text.french(spec["phrase"]),
        parts=tuple(parts),
        links=tuple(Link(path, words) for path, words in spec["ecrans"].items()),
        about=f"Ce guide est celui de votre corps : {about.lower()}."
        if about
        else "Ce guide vaut pour tous les corps que connaît le kit.",
        verified=f"Textes vérifiés jusqu’au {text.day(_verified(spec))}.",
    )


def _part(number: int, spec: Mapping[str, Any], corps: str | None, on: date) -> Part:
    said = spec.get("phrases")
    return Part(
        id=f"partie-{number}",
        title=spec["titre"],
        texts=tuple(text.french(one) for one in spec.get("texte", ())),
        rules=tuple(_rule(rule_in_force(name, on)) for name in spec.get("regles", ())),
        values=tuple(_value(one, on) for one in spec.get("valeurs", ())),
        told=tuple(_told(row, said["colonne"]) for row in _rows(said, on)) if said else (),
        grid=_grid(spec, corps, on) if "table" in spec else None,
    )


def _rule(rule: RuleText) -> Rule:
    ended = f" jusqu’au {text.day(rule.until)}" if rule.until else ""
    since = f", en vigueur depuis le {text.day(rule.since)}{ended}"
    return Rule(rule.sentence, text.french(f"Source : {rule.source}{since}."))


def _value(spec: Mapping[str, Any], on: date) -> Fact:
    row = facts(spec["table"], [spec["colonne"]], on=on, where=spec["ou"]).rows[0]
    return Fact(
        spec["dit"],
        told(spec["forme"], row.values[spec["colonne"]], "", {}),
        since=(f"depuis le {text.day(row.since)}",) if row.since else (),
        source=row.source,
        verify=row.verify,
    )


def _rows(spec: Mapping[str, Any], on: date) -> tuple[FactRow, ...]:
    return facts(spec["table"], [spec["colonne"]], on=on, where=spec["ou"]).rows


def _told(row: FactRow, column: str) -> Fact:
    return Fact("", row.values[column], source=row.source, verify=row.verify)


def _grid(spec: Mapping[str, Any], corps: str | None, on: date) -> Grid:
    columns: Sequence[Sequence[str]] = spec["colonnes"]
    names = [column[0] for column in columns]
    found = facts(spec["table"], names, on=on, where=spec.get("ou"), corps=corps)
    by_corps = not corps and len({row.corps for row in found.rows}) > 1
    papers = list(dict.fromkeys(_papers(row) for row in found.rows))
    rows = tuple(
        Row(
            (*([_corps_words(row.corps)] if by_corps else []), *_cells(row, columns, spec)),
            papers.index(_papers(row)) + 1,
            row.verify,
        )
        for row in found.rows
    )
    heads = tuple(column[1] for column in columns)
    return Grid(
        spec["legende"], ("Corps", *heads) if by_corps else heads, rows, tuple(papers), _note(found)
    )


def _cells(
    row: FactRow, columns: Sequence[Sequence[str]], spec: Mapping[str, Any]
) -> tuple[str, ...]:
    words = spec.get("mots", {})
    return tuple(
        told(form, row.values[name], empty[0] if empty else "", words)
        for name, _, form, *empty in columns
    )


def _papers(row: FactRow) -> str:
    since = f", en vigueur depuis le {text.day(row.since)}" if row.since else ""
    return f"{row.source}{since} (confiance {row.confidence})"


def _note(found: FactTable) -> str:
    none = "" if found.rows else "La table n’a aucune ligne pour votre corps. "
    return f"{none}Table vérifiée jusqu’au {text.day(found.verified)}."


def _corps_words(codes: tuple[str, ...]) -> str:
    names = law_facts.corps_names()
    if not codes or set(names) <= set(codes):
        return "Tous"
    words = ", ".join(names.get(code, code).lower() for code in codes)
    return text.french(words[:1].upper() + words[1:])


def _verified(spec: Mapping[str, Any]) -> date:
    """Return the day until which every table of a guide was verified."""
    parts = spec["parties"]
    read = [part["table"] for part in parts if "table" in part]
    read += [part["phrases"]["table"] for part in parts if "phrases" in part]
    read += [one["table"] for part in parts for one in part.get("valeurs", ())]
    return min([law_verified(), *(law_facts.verified(name) for name in read)])
