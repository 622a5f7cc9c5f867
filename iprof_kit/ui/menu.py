"""The menu of the portal, as `voila_templates/menu.json` writes it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import Any

from iprof_kit.base.paths import VOILA_TEMPLATES


@dataclass(frozen=True)
class Tab:
    """One tab of a rubrique."""

    path: str
    title: str
    current: bool = False
    coming: bool = False


@dataclass(frozen=True)
class Place:
    """One address: its rubrique, its own title, its tabs, and whether it is built."""

    path: str
    rubrique: str
    title: str
    tabs: tuple[Tab, ...]
    coming: bool


@cache
def places() -> dict[str, Place]:
    """Return every address of the menu; a rubrique's own address is its first built tab."""
    found: dict[str, Place] = {}
    for item in json.loads((VOILA_TEMPLATES / "menu.json").read_text(encoding="utf-8")):
        inside = item.get("onglets", [])
        if not inside:
            found[item["chemin"]] = Place(
                item["chemin"], item["titre"], item["titre"], (), bool(item.get("a_venir"))
            )
            continue
        for tab in inside:
            found[tab["chemin"]] = _place(item, tab)
        first = next((t for t in inside if not t.get("a_venir")), inside[0])
        found[item["chemin"]] = found[first["chemin"]]
    return found


def routes() -> tuple[str, ...]:
    """Return the addresses that a screen's kernel answers by itself."""
    return tuple(places())


def _place(item: dict[str, Any], current: dict[str, Any]) -> Place:
    tabs = tuple(
        Tab(tab["chemin"], tab["titre"], tab is current, bool(tab.get("a_venir")))
        for tab in item["onglets"]
    )
    return Place(
        current["chemin"], item["titre"], current["titre"], tabs, bool(current.get("a_venir"))
    )
