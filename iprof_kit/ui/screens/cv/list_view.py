"""Lists of the CV: a card for each line, the form of the one being edited."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import get_args

from iprof_kit.base.asked import Asked
from iprof_kit.cv.model import Cible, Cv, shown_items
from iprof_kit.cv.remarks.remark import Gravite, Remarque
from iprof_kit.cv.sections import LISTS, ItemSection
from iprof_kit.cv.sections.item import Item
from iprof_kit.cv.sections.section import Tab, Words
from iprof_kit.cv.targets import choice_of
from iprof_kit.cv.twins import typed_again
from iprof_kit.ui.kit.parts import Field
from iprof_kit.ui.screens.cv.compare import EMPTY, month_words, name_of, shown
from iprof_kit.ui.screens.cv.fields import cv_fields, of_part, sentence, wrong
from iprof_kit.ui.screens.cv.state import CvPage

SECTIONS: dict[str, tuple[ItemSection, ...]] = {
    f"/cv/{tab}": tuple(name for name, one in LISTS.items() if one.tab == tab)
    for tab in get_args(Tab)
}
_ONCE = "Saisis une fois, repris dans chaque CV."
_HEADS = {
    "/cv/diplomes": (
        "Diplômes et titres",
        f"Vos diplômes, vos titres, vos langues et vos compétences. {_ONCE}",
    ),
    "/cv/formations": ("Formations", f"Vos stages et ceux que vous avez animés. {_ONCE}"),
    "/cv/activites": (
        "Activités perso et pro",
        f"Vos affectations, vos fonctions et vos engagements. {_ONCE}",
    ),
}


@dataclass(frozen=True)
class Editing:
    """Which line is being edited; `left` holds the fields that the person has left."""

    section: ItemSection
    item: str
    key: str
    new: bool = False
    left: frozenset[str] = frozenset()
    asked: bool = False
    """Whether she pressed « Valider »: every error is then shown."""


@dataclass(frozen=True)
class Form:
    """The form of one line."""

    of: str
    key: str
    title: str
    fields: tuple[Field, ...]
    wrong: tuple[Field, ...]
    asked: bool


@dataclass(frozen=True)
class Card:
    """One line: its name, what it says, what may be done; `form` where it is being edited."""

    of: str
    name: str
    line: str
    prefilled: bool
    hidden: bool
    error: str = ""
    warning: str = ""
    again: bool = False
    """Whether a line that she typed says the same: it is then the one that is printed."""
    form: Form | None = None


@dataclass(frozen=True)
class ListBlock:
    """One section of the facts."""

    section: str
    heading: str
    words: Words
    cards: tuple[Card, ...]


@dataclass(frozen=True)
class ListView(CvPage):
    """A tab of lists."""

    blocks: tuple[ListBlock, ...] = ()


def list_head(path: str) -> tuple[str, str]:
    """Return the title and the opening sentence of a tab."""
    return _HEADS[path]


def blocks_of(
    path: str, cv: Cv, cible: Cible, remarks: Sequence[Remarque], editing: Editing | None
) -> tuple[ListBlock, ...]:
    """Return the lists of a tab."""
    return tuple(_block(section, cv, cible, remarks, editing) for section in SECTIONS[path])


def of_item(section: str, identifier: str) -> str:
    """Return how a page names a line."""
    return f"{section}:{identifier}"


def line_of(section: ItemSection, item: Item) -> str:
    """Return what a line says besides its name, in the order of its form."""
    parts = []
    for asked in item.form:
        if asked.name == "debut":
            start, end = str(getattr(item, "debut", "")), str(getattr(item, "fin", ""))
            parts.append(_period(start, end, LISTS[section].lasts))
        elif asked.name in (item.named_by, "fin") or asked.kind == "long":
            continue
        elif value := str(getattr(item, asked.name)):
            parts.append(_in_words(asked, value))
    kept = [part for part in parts if part and part != name_of(item)]
    line = ", ".join(kept)
    return line[:1].upper() + line[1:]


def has_error(remarks: dict[str, Remarque]) -> bool:
    """Return whether one of these remarks is an error."""
    return any(one.gravite == "erreur" for one in remarks.values())


def _block(
    section: ItemSection, cv: Cv, cible: Cible, remarks: Sequence[Remarque], editing: Editing | None
) -> ListBlock:
    items: tuple[Item, ...] = getattr(cv.faits, section)
    choice = choice_of(cible, section)
    in_cv = {one.id for one in shown_items(cv.faits, choice)} if choice.visible else set()
    again = set(typed_again(items).values())
    cards = []
    for number, item in enumerate(items):
        own = of_part(remarks, f"faits.{section}.{item.id}")
        card = Card(
            of=of_item(section, item.id),
            name=name_of(item),
            line=line_of(section, item),
            prefilled=item.source == "dossier",
            hidden=item.id not in in_cv,
            error=_sentences(own, "erreur"),
            warning=_sentences(own, "avertissement"),
            again=item.id in again,
            form=form_of(section, item, number, len(items), own, editing),
        )
        cards.append(card)
    described = LISTS[section]
    heading = described.words.count(len(items)) if items else described.title
    return ListBlock(section, heading, described.words, tuple(cards))


def _sentences(remarks: dict[str, Remarque], grave: Gravite) -> str:
    return " ".join(sentence(one) for one in remarks.values() if one.gravite == grave)


def form_of(
    section: ItemSection,
    item: Item,
    number: int,
    count: int,
    remarks: dict[str, Remarque],
    editing: Editing | None,
) -> Form | None:
    """Return the form of a line, the one at `number` of `count`, where it is being edited."""
    if editing is None or (editing.section, editing.item) != (section, item.id):
        return None
    words = LISTS[section].words
    fields = cv_fields(item.form, item, remarks, only=None if editing.asked else editing.left)
    title = f"Ajouter {words.a}" if editing.new else f"Modifier {words.the}"
    if not editing.new and count > 1:
        title += f", {number + 1} sur {count}"
    return Form(
        of_item(section, item.id),
        editing.key,
        title,
        fields,
        wrong(fields),
        editing.asked,
    )


def _period(start: str, end: str, lasts: bool) -> str:
    """Return « septembre 2022 à juin 2023 »; without end, what `lasts` is still going on."""
    if start and end:
        first, last = month_words(start), month_words(end)
        return first if first == last else f"{first} à {last}"
    if start:
        return f"depuis {month_words(start)}" if lasts else month_words(start)
    return f"jusqu’à {month_words(end)}" if end else ""


def _in_words(asked: Asked, value: str) -> str:
    words = shown(asked, value)
    if words == EMPTY:
        return ""
    if asked.kind in ("radio", "select"):
        words = words[:1].lower() + words[1:] if not words.startswith("REP") else words
    return f"{words} {asked.unit}".strip()
