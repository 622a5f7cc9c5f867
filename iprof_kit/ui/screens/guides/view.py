"""Les guides: what the law's tables and rules say of a subject, for a corps or for every corps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from iprof_kit.base.reference import degrees_of
from iprof_kit.base.words import uncapitalised
from iprof_kit.calculate.guides.facts import FactRow, FactTable, facts
from iprof_kit.calculate.guides.law import facts as law_facts
from iprof_kit.calculate.guides.law.pages import RuleText, law_verified, rule_in_force
from iprof_kit.calculate.interface.in_full import in_full
from iprof_kit.calculate.interface.official_texts import plainly
from iprof_kit.ui.kit.parts import Lanes, Link, Page, Result
from iprof_kit.ui.screens.guides.brief import PERSONAL, Dated, Opening
from iprof_kit.ui.screens.guides.fact_forms import value_words
from iprof_kit.ui.screens.guides.search import Search
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.menu import places
from iprof_kit.ui.shared.worded import of_a_text
from iprof_kit.ui.texts import CellText, GuideText, PartText, SentencesText, guide_texts

GUIDES = "/guides"
THEMES = f"{GUIDES}/themes"


@dataclass(frozen=True)
class Rule:
    """A rule of the law, said, with the number of its note."""

    sentence: str
    note: int


@dataclass(frozen=True)
class Row:
    """A line of a table of a guide: its cells, the number of its note, its mark."""

    cells: tuple[str, ...]
    note: int
    verify: bool


@dataclass(frozen=True)
class Said:
    """A value that a table gives, named or as a sentence of its own."""

    words: str
    note: int
    verify: bool
    label: str = ""
    since: str = ""


@dataclass(frozen=True)
class Grid:
    """A table of a guide; `notes` are its notes, in the order of the rows."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    notes: tuple[int, ...]
    remark: str


@dataclass(frozen=True)
class Part:
    """One titled part of a guide."""

    id: str
    title: str
    texts: tuple[str, ...] = ()
    rules: tuple[Rule, ...] = ()
    values: tuple[Said, ...] = ()
    sentences: tuple[Said, ...] = ()
    grid: Grid | None = None

    @property
    def verify(self) -> bool:
        """Tell whether anything of it is to verify: one mark says so, at its head."""
        of_values = any(one.verify for one in (*self.values, *self.sentences))
        return of_values or (self.grid is not None and any(row.verify for row in self.grid.rows))


@dataclass(frozen=True)
class GuideView(Page):
    """One guide."""

    parts: tuple[Part, ...] = ()
    brief: tuple[Result, ...] = ()
    lanes: Lanes | None = None
    links: tuple[Link, ...] = ()
    about: str = ""
    verified: str = ""
    notes: tuple[str, ...] = ()
    """The sources, each once; a part names them by their number, from one."""


@dataclass(frozen=True)
class GuidesView(Page):
    """The list of the guides, with what searches in them."""

    own: tuple[Link, ...] = ()
    """Those whose question the person's own screens answer with her dates."""
    guides: tuple[Link, ...] = ()
    others: tuple[Link, ...] = ()
    search: Search | None = None


class Notes:
    """The sources of a guide, numbered as they are first met; and its texts, each with its facts.

    Parameters
    ----------
    guide : str
        Its name: each text of its tables has its rank in it.
    """

    def __init__(self, guide: str) -> None:
        self._guide = guide
        self._numbers: dict[str, int] = {}
        self._texts = 0

    def with_facts(self, words: str) -> str:
        """Return a text of the law with the fact of each of its figures."""
        self._texts += 1
        return of_a_text(words, f"guide.{self._guide}.{self._texts}")

    def number(self, source: str) -> int:
        """Return the number of a source."""
        return self._numbers.setdefault(source, len(self._numbers) + 1)

    def all(self) -> tuple[str, ...]:
        """Return the sources in the order of their numbers."""
        return tuple(self._numbers)


def guides(search: Search, *, with_corps: bool) -> GuidesView:
    """Return the list of the guides; who has a corps has first those that say her own dates."""
    links = {one.nom: Link(f"{GUIDES}/{one.nom}", one.titre, one.phrase) for one in guide_texts()}
    own = PERSONAL if with_corps else ()
    return GuidesView(
        title="Les guides",
        own=tuple(links[name] for name in own),
        guides=tuple(link for name, link in links.items() if name not in own),
        others=(
            Link(f"{GUIDES}/glossaire", "Glossaire", "Chaque sigle et chaque mot du droit."),
            Link(f"{GUIDES}/textes", "Les textes", "Toutes les règles et toutes les tables."),
        ),
        search=search,
    )


def guide(
    name: str,
    corps: str | None,
    on: date,
    brief: Sequence[Result] = (),
    dated: Dated | None = None,
    opening: Opening | None = None,
    *,
    without: bool = False,
) -> GuideView:
    """Return a guide on a day, for a corps, or for every corps.

    `brief` and `opening` are the person's own; `dated` are the campaigns whose days it tells.
    `without`: her file says that she has no corps; no screen of those who have one is linked.
    """
    own = opening or Opening()
    spec = next(one for one in guide_texts() if one.nom == name)
    degree = degrees_of(corps)
    notes = Notes(name)
    parts = [
        _part(number, part, corps, on, notes, dated or Dated({}))
        for number, part in enumerate(spec.parties, start=1)
        if not degree or not part.degre or part.degre in degree
    ]
    about = law_facts.corps_names().get(corps or "", "")
    return GuideView(
        title=f"Guide : {spec.titre}",
        lead=own.rest or spec.phrase,
        lead_strong=own.strong,
        parts=tuple(parts),
        brief=tuple(brief),
        lanes=own.lanes,
        links=tuple(
            Link(path, words)
            for path, words in spec.ecrans.items()
            if not (without and path in _of_a_corps())
        ),
        about=f"Ce guide est celui de votre corps : {uncapitalised(about)}."
        if about
        else "Ce guide vaut pour tous les corps que connaît le kit.",
        verified=f"Textes vérifiés jusqu’au {text.day(_verified(spec))}.",
        notes=notes.all(),
    )


def _of_a_corps() -> set[str]:
    return {path for path, place in places().items() if place.of_a_corps}


def _part(
    number: int, spec: PartText, corps: str | None, on: date, notes: Notes, dated: Dated
) -> Part:
    phrases = spec.phrases
    grid = _grid(spec, corps, on, notes) if spec.table else None
    if spec.campagne:
        grid = _campaign_grid(spec.campagne, dated, notes)
    return Part(
        id=f"partie-{number}",
        title=spec.titre,
        texts=tuple(notes.with_facts(one) for one in spec.texte),
        rules=tuple(_rule(rule_in_force(name, on), notes) for name in spec.regles),
        values=tuple(_value(one, on, notes) for one in spec.valeurs),
        sentences=tuple(_told(row, phrases.colonne, notes) for row in _rows(phrases, on))
        if phrases
        else (),
        grid=grid,
    )


def _campaign_grid(service: str, dated: Dated, notes: Notes) -> Grid | None:
    lines = dated.rows(service)
    if not lines:
        return None
    note = notes.number(dated.source(service))
    rows = tuple(Row((step, notes.with_facts(days)), note, verify) for step, days, verify in lines)
    return Grid(dated.caption(service), ("Étape", "Dates"), rows, (note,), "")


def _rule(rule: RuleText, notes: Notes) -> Rule:
    in_force = f", en vigueur {text.in_force(rule.since, rule.until)}"
    return Rule(notes.with_facts(rule.sentence), notes.number(f"{in_full(rule.source)}{in_force}"))


def _value(spec: CellText, on: date, notes: Notes) -> Said:
    row = _rows(spec, on)[0]
    return Said(
        notes.with_facts(plainly(value_words(spec.forme, row.values[spec.colonne], "", {}))),
        notes.number(_papers(row)),
        row.verify,
        spec.dit,
        notes.with_facts(f"depuis le {text.day(row.since)}") if row.since else "",
    )


def _rows(spec: CellText | SentencesText, on: date) -> tuple[FactRow, ...]:
    return facts(spec.table, [spec.colonne], on=on, where=spec.ou).rows


def _told(row: FactRow, column: str, notes: Notes) -> Said:
    return Said(
        notes.with_facts(plainly(row.values[column])), notes.number(_papers(row)), row.verify
    )


def _grid(spec: PartText, corps: str | None, on: date, notes: Notes) -> Grid:
    names = [column[0] for column in spec.colonnes]
    read = facts(spec.table, names, on=on, where=spec.ou, corps=corps)
    by_corps = not corps and len({row.corps for row in read.rows}) > 1
    rows = tuple(
        Row(
            (
                *([_corps_words(row.corps)] if by_corps else []),
                *map(notes.with_facts, _cells(row, spec)),
            ),
            notes.number(_papers(row)),
            row.verify,
        )
        for row in read.rows
    )
    heads = tuple(column[1] for column in spec.colonnes)
    return Grid(
        notes.with_facts(spec.legende),
        ("Corps", *heads) if by_corps else heads,
        rows,
        tuple(dict.fromkeys(row.note for row in rows)),
        _remark(read, spec.vide),
    )


def _cells(row: FactRow, spec: PartText) -> tuple[str, ...]:
    return tuple(
        plainly(value_words(form, row.values[name], empty[0] if empty else "", spec.mots))
        for name, _, form, *empty in spec.colonnes
    )


def _papers(row: FactRow) -> str:
    since = f", en vigueur depuis le {text.day(row.since)}" if row.since else ""
    return f"{in_full(row.source)}{since} (confiance {row.confidence})"


def _remark(read: FactTable, empty: str) -> str:
    none = "" if read.rows else f"{empty} ; "
    return f"{none}table vérifiée jusqu’au {text.day(read.verified)}."


def _corps_words(codes: tuple[str, ...]) -> str:
    names = law_facts.corps_names()
    if not codes or set(names) <= set(codes):
        return "Tous"
    words = ", ".join(uncapitalised(names.get(code, code)) for code in codes)
    return words[:1].upper() + words[1:]


def _verified(spec: GuideText) -> date:
    """Return the day until which every table of a guide was verified."""
    read = [part.table for part in spec.parties if part.table]
    read += [part.phrases.table for part in spec.parties if part.phrases]
    read += [one.table for part in spec.parties for one in part.valeurs]
    return min([law_verified(), *(law_facts.verified(name) for name in read)])
