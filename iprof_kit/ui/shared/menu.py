"""The menu of the portal, as `voila_templates/menu.json` writes it."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from iprof_kit.base.paths import VOILA_TEMPLATES

PORTAL, CV, BUREAU = "portail.ipynb", "cv.ipynb", "gestion.ipynb"
EVALUATION, ATELIER = "evaluation.ipynb", "atelier.ipynb"
GALLERY = "galerie.ipynb"
HELP = "/aide"
MAIL = "/courrier"
READ_HERE = (
    "Kit libre, non officiel. Votre service lit ce courrier dans ce kit ; rien n’entre dans I-Prof."
)
"""What the banner says where a service reads."""
FEET = (HELP, "/mes-donnees", "/accessibilite", "/consultations")
"""The pages of the header and of the foot; each screen of the menu has its help under `HELP`."""


@dataclass(frozen=True)
class Tab:
    """One tab of a rubrique."""

    path: str
    title: str
    current: bool = False
    of_a_corps: bool = False
    """Whether it says nothing to somebody without corps."""


@dataclass(frozen=True)
class Place:
    """One address: its rubrique, its own title, its tabs."""

    path: str
    rubrique: str
    title: str
    tabs: tuple[Tab, ...]
    notebook: str = PORTAL
    """The notebook whose kernel shows it."""
    of_a_corps: bool = False
    """Whether it says nothing to somebody without corps."""
    of_a_file: bool = False
    """Whether it is about a file of one's own: in the menu of teachers alone."""
    screen: str = ""
    """What shows it, under `ui/screens`: « module:Class »; "" where its notebook says it."""

    @property
    def without_corps(self) -> Place:
        """The same place, its tabs those that say something to somebody without corps."""
        return replace(self, tabs=tuple(tab for tab in self.tabs if not tab.of_a_corps))


@cache
def places() -> dict[str, Place]:
    """Return every address of the menu; a rubrique's own address is its first tab."""
    by_path: dict[str, Place] = {}
    for item in _items():
        if item.get("ailleurs"):  # a page with a notebook of its own
            continue
        inside = item.get("onglets", [])
        if not inside:
            for own in (item, *item.get("pages", [])):
                by_path[own["chemin"]] = Place(
                    own["chemin"],
                    item["titre"],
                    own["titre"],
                    (),
                    item.get("notebook", PORTAL),
                    of_a_file=item.get("roles") == ["enseignant"],
                    screen=own.get("ecran", ""),
                )
            continue
        for tab in inside:
            by_path[tab["chemin"]] = _place(item, tab)
            for page in tab.get("pages", []):
                by_path[page["chemin"]] = _place(item, tab, page)
        by_path[item["chemin"]] = by_path[inside[0]["chemin"]]
    return by_path


def routes(notebook: str = PORTAL) -> tuple[str, ...]:
    """Return the addresses that the kernel of a notebook answers by itself."""
    return tuple(path for path, place in places().items() if place.notebook == notebook)


def other_pages() -> tuple[str, ...]:
    """Return the addresses outside the menu: those of the foot, and the help of each screen."""
    return (*FEET, *(HELP + path for path in places()))


def help_of(path: str) -> str:
    """Return the address of the help of a screen; of all the help where it has none of its own."""
    return HELP + path if path in places() else HELP


def answered(notebook: str = PORTAL) -> tuple[str, ...]:
    """Return every address that the kernel of a notebook answers by itself."""
    if notebook == GALLERY:
        return ("/galerie",)
    return (*routes(notebook), *(other_pages() if notebook == PORTAL else ()))


def _place(
    item: dict[str, Any], current: dict[str, Any], page: dict[str, Any] | None = None
) -> Place:
    """Return the place of a tab, or of a page that the tab leads to."""
    tabs = tuple(
        Tab(
            tab["chemin"],
            tab["titre"],
            tab is current,
            bool(tab.get("d_un_corps")),
        )
        for tab in item["onglets"]
    )
    own = page or current
    return Place(
        own["chemin"],
        item["titre"],
        own["titre"],
        tabs,
        item.get("notebook", PORTAL),
        bool(current.get("d_un_corps")),
        item.get("roles") == ["enseignant"],
        own.get("ecran") or item.get("ecran", ""),
    )


@cache
def _items() -> tuple[dict[str, Any], ...]:
    return tuple(json.loads((VOILA_TEMPLATES / "menu.json").read_text(encoding="utf-8")))
