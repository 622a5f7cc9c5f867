"""The grid on four levels, filled in by the person alone to prepare herself, and its page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from iprof_kit.base.words import counted
from iprof_kit.calculate.career.meetings import Evaluation, Items
from iprof_kit.documents.model import Document, Entry, Part, Section
from iprof_kit.services.contract.dossier import Dossier
from iprof_kit.ui.components.screen import Download
from iprof_kit.ui.shared import text

FILE_NAME = "preparation-rendez-vous.pdf"
NOTICE = (
    "Préparation personnelle, faite avec un kit libre, non officiel : ni compte rendu, ni "
    "évaluation. Rien n’est transmis ; le document de référence est facultatif."
)
_WHO = {
    "inspection": "L’inspecteur ou l’inspectrice",
    "chef": "Le chef ou la cheffe d’établissement",
    "ensemble": "Les deux ensemble",
}
_ALONE = "L’inspecteur ou l’inspectrice, dans un seul avis"


@dataclass(frozen=True)
class Item:
    """One item: its name in the form, its words, the place of the level chosen, −1 for none."""

    name: str
    label: str
    chosen: int


@dataclass(frozen=True)
class GridGroup:
    """The items of one evaluator."""

    who: str
    count: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class GridView:
    """The grid; `counts` says what is known where its words are not."""

    levels: tuple[tuple[str, str], ...] = ()
    groups: tuple[GridGroup, ...] = ()
    summary: tuple[str, str] = ("", "")
    verify: bool = False
    counts: str = ""
    filled: bool = False

    @property
    def answer(self) -> str:
        """Return « 10 sur 11 », or that the words are not known."""
        return self.summary[0] or "mots inconnus de ce kit"

    @property
    def total(self) -> int:
        """Return how many items there are."""
        return sum(len(group.items) for group in self.groups)


def grid_view(
    parts: Sequence[Items],
    evaluation: Evaluation | None,
    levels: Sequence[str],
    marks: Mapping[str, str],
) -> GridView:
    """Return the grid of a corps with the levels that were chosen.

    Where one opinion is given, every item is that of the inspection.
    """
    if not parts:
        return GridView(counts="Ce kit ne connaît pas la grille de votre corps.")
    if not all(part.labels for part in parts):
        sizes = " ; ".join(f"{_WHO[part.part].lower()} : {part.count}" for part in parts)
        return GridView(
            counts=f"Ce kit n’a pas les mots de votre grille. Compétences : {sizes}.",
            verify=True,
        )
    groups = [
        (_WHO[part.part], [(f"{part.part}-{rank}", label) for rank, label in _ranked(part)])
        for part in parts
    ]
    if evaluation is not None and not evaluation.head:
        groups = [(_ALONE, [item for _, items in groups for item in items])]
    shown = tuple(
        GridGroup(
            who,
            counted(len(items), "compétence"),
            tuple(Item(name, label, _place(marks.get(name), levels)) for name, label in items),
        )
        for who, items in groups
    )
    return GridView(
        tuple((level, text.appreciation_label(level)) for level in levels),
        shown,
        _summary(shown, levels),
        any(part.to_verify for part in parts),
        filled=any(item.chosen >= 0 for group in shown for item in group.items),
    )


def prepared_page(dossier: Dossier, view: GridView, title: str, today: date) -> Download:
    """Return the preparation as a page to take along."""
    who = dossier.identite
    name = f"{who.prenom} {who.nom}"
    sections = tuple(
        Section(
            group.who,
            (Part(entries=tuple(Entry(item.label, _level(item, view)) for item in group.items)),),
        )
        for group in view.groups
    )
    document = Document(
        title=f"Préparation de {name}",
        author=name,
        date=today,
        name=name,
        headline=title,
        summary=f"{view.summary[0]} {view.summary[1]}",
        sections=sections,
        notice=NOTICE,
    )
    from iprof_kit.documents.typesetting import compile_sheet, pdf_sheet  # few sessions need it

    content = compile_sheet(pdf_sheet(document, "classique", None))[0]
    return Download(FILE_NAME, "application/pdf", content)


def _ranked(part: Items) -> list[tuple[int, str]]:
    return list(enumerate(part.labels, 1))


def _place(level: str | None, levels: Sequence[str]) -> int:
    return levels.index(level) if level in levels else -1


def _level(item: Item, view: GridView) -> str:
    return view.levels[item.chosen][1] if item.chosen >= 0 else "à préparer"


def _summary(groups: Sequence[GridGroup], levels: Sequence[str]) -> tuple[str, str]:
    """Return « 10 sur 11 » and « 2 excellents, 6 très satisfaisants. Il en reste 1. »."""
    chosen = [item.chosen for group in groups for item in group.items]
    tally = [(place, chosen.count(place)) for place in reversed(range(len(levels)))]
    words = [
        f"{count} {_several(text.appreciation_label(levels[place]), count)}"
        for place, count in tally
        if count
    ]
    left = chosen.count(-1)
    rest = f" Il en reste {left}." if left and words else ""
    listed = f": {', '.join(words)}." if words else "compétences préparées."
    return f"{len(chosen) - left} sur {len(chosen)}", f"{listed}{rest}"


def _several(level: str, count: int) -> str:
    """Return « excellents » for several; « à consolider » does not change."""
    return level if count == 1 or level.startswith("à ") else f"{level}s"
