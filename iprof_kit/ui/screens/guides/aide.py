"""The help: what a screen shows, what one can do there, where the act is legally made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from iprof_kit.services.contract.dossier import Academie
from iprof_kit.ui.kit.parts import Block, Link, Page, blocks_of
from iprof_kit.ui.screens.guides.entries import helps
from iprof_kit.ui.screens.guides.search import Search
from iprof_kit.ui.shared.academies import help_text
from iprof_kit.ui.shared.menu import HELP, Place, places
from iprof_kit.ui.texts import Help, texts_of

_UNWRITTEN = Help(
    titre="", montre="", faire=(), acte="L’aide de cet écran n’est pas encore écrite."
)
Written = Mapping[str, Any]
"""What the texts say of one thing, by its names there."""


@dataclass(frozen=True)
class AideView(Page):
    """The help of one screen, or of all."""

    topic: Help | None = None
    place: Place | None = None
    asked: tuple[Written, ...] = ()
    """The questions of the first hour."""
    groups: tuple[tuple[str, tuple[Link, ...]], ...] = ()
    common: tuple[Block, ...] = ()
    search: Search | None = None


def aide(path: str, academie: Academie, search: Search, *, teacher: bool = True) -> AideView:
    """Return the help of the screen whose address follows `HELP`; the whole help without one.

    Questions about a file of one's own are for a `teacher`.
    """
    common = _common(academie)
    place = places().get(path.removeprefix(HELP))
    if place is None:
        return AideView(
            title="Aide",
            lead="Ce kit montre votre dossier et simule votre carrière. L’administration décide.",
            asked=_asked(teacher=teacher),
            groups=_groups(),
            common=common,
            search=search,
        )
    screens = helps()
    own = next((path for path in _from_own_to_tab(place) if path in screens), "")
    topic = screens.get(own, _UNWRITTEN)
    if own != place.path:
        topic = topic.model_copy(update={"titre": place.title})
    return AideView(
        title=f"Aide : {topic.titre}",
        lead=topic.montre,
        topic=topic,
        place=place,
        common=common,
        search=search,
    )


def _from_own_to_tab(place: Place) -> list[str]:
    tabs = [tab.path for tab in place.tabs if tab.current]
    return [place.path, *tabs]


def _groups() -> tuple[tuple[str, tuple[Link, ...]], ...]:
    """Return a link to the help of each screen, by rubrique; pages of guides have their tab's."""
    by_rubrique: dict[str, list[Link]] = {}
    for path, place in places().items():
        if path == place.path and path in helps():
            by_rubrique.setdefault(place.rubrique, []).append(Link(HELP + path, place.title))
    return tuple((title, tuple(links)) for title, links in by_rubrique.items())


def _asked(*, teacher: bool) -> tuple[Written, ...]:
    asked = texts_of("aide")["questions"]
    return tuple(one for one in asked if teacher or _for_all(one["chemin"]))


def _for_all(path: str) -> bool:
    """Tell whether a screen says something to who has no file of her own."""
    place = places().get(path)
    return place is not None and not place.of_a_file


def _common(academie: Academie) -> tuple[Block, ...]:
    who = help_text(academie) or "Votre service gestionnaire répond."
    return (*blocks_of(texts_of("aide")["commun"]), Block("Qui appeler", (who,)))
