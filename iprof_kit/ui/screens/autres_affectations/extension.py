"""The extension of the wishes: the score that would serve, and which wish lowers it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from iprof_kit.calculate.mobility.answer import Extension
from iprof_kit.calculate.mobility.places import points
from iprof_kit.ui.shared import text


@dataclass(frozen=True)
class ExtensionRow:
    """One wish: what it would bring to the extension, and the score of the list up to it."""

    wish: str
    own: str
    least: str
    lowers: bool


@dataclass(frozen=True)
class ExtensionView:
    """What the extension is for this person; rows only where it concerns her."""

    rule: str
    source: str = ""
    rows: tuple[ExtensionRow, ...] = ()
    sentences: tuple[str, ...] = ()
    order: str = ""
    unsaid: str = ""
    places: str = ""
    least: bool = False
    points: str = ""
    """The score of the whole list, for the line of the fold."""


def extension_view(extension: Extension, names: Sequence[str]) -> ExtensionView:
    """Return the extension: the smallest score of the wishes counts, so one more may lower it."""
    if extension.points is None:
        return ExtensionView(text.sentence(extension.phrase))
    rows, sentences, least = [], [], None
    for rank, (name, own) in enumerate(zip(names, extension.par_voeu, strict=True), 1):
        lowers = least is not None and own < least
        if least is not None and own < least:
            sentences.append(
                f"Le vœu {rank} ({name}) abaisse le barème d’extension : de {points(least)} à "
                f"{points(own)} points."
            )
        least = own if least is None else min(least, own)
        rows.append(ExtensionRow(f"{rank} {name}", points(own), points(least), lowers))
    if not sentences and len(rows) > 1:
        sentences.append("Aucun vœu ajouté après le premier n’abaisse le barème d’extension.")
    return ExtensionView(
        text.sentence(extension.resume),
        text.sentence(extension.source),
        tuple(rows),
        tuple(sentences),
        text.sentence(extension.ordre),
        _unsaid(extension),
        ", ".join(extension.academies),
        not extension.complet,
        f"de {points(extension.points)} points",
    )


def _unsaid(extension: Extension) -> str:
    if not extension.non_dit:
        return ""
    return f"Comptés ici sans que la règle les nomme : {', '.join(extension.non_dit)} (à vérifier)."
