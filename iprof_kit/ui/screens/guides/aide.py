"""The help: what a screen shows, what one can do there, where the act is legally made."""

from __future__ import annotations

from dataclasses import dataclass

from iprof_kit.services.contract.dossier import Academie
from iprof_kit.ui.kit.parts import Block, Link, Page
from iprof_kit.ui.screens.guides.entries import helps
from iprof_kit.ui.screens.guides.search import Search
from iprof_kit.ui.shared.academies import help_text
from iprof_kit.ui.shared.menu import HELP, Place, places
from iprof_kit.ui.texts import texts_of

_UNWRITTEN = {"montre": "", "faire": [], "acte": "L’aide de cet écran n’est pas encore écrite."}


@dataclass(frozen=True)
class Topic:
    """The help of one screen."""

    path: str
    title: str
    shows: str
    can: tuple[str, ...]
    act: str


@dataclass(frozen=True)
class Asked:
    """A question of the first hour, its answer, and the screen that does the rest."""

    question: str
    answer: str
    path: str
    screen: str


@dataclass(frozen=True)
class AideView(Page):
    """The help of one screen, or of all."""

    topic: Topic | None = None
    asked: tuple[Asked, ...] = ()
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
    topic = topic_of(place)
    return AideView(
        title=f"Aide : {topic.title}", lead=topic.shows, topic=topic, common=common, search=search
    )


def topic_of(place: Place) -> Topic:
    """Return the help of a screen; a page of a tab without its own has that of its tab."""
    screens = helps()
    own = next((p for p in _from_own_to_tab(place) if p in screens), "")
    spec = screens.get(own, _UNWRITTEN | {"titre": place.title})
    return Topic(
        place.path,
        spec["titre"] if own == place.path else place.title,
        spec["montre"],
        tuple(spec["faire"]),
        spec["acte"],
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


def _asked(*, teacher: bool) -> tuple[Asked, ...]:
    return tuple(
        Asked(one["question"], one["reponse"], one["chemin"], one["lien"])
        for one in texts_of("aide")["questions"]
        if teacher or _for_all(one["chemin"])
    )


def _for_all(path: str) -> bool:
    """Tell whether a screen says something to who has no file of her own."""
    place = places().get(path)
    return place is not None and not place.of_a_file


def _common(academie: Academie) -> tuple[Block, ...]:
    blocks = [Block(one["titre"], tuple(one["lignes"])) for one in texts_of("aide")["commun"]]
    who = help_text(academie) or "Votre service gestionnaire répond."
    return (*blocks, Block("Qui appeler", (who,)))
