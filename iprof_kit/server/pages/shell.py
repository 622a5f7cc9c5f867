"""The shell of every page: who is there, the menu, the foot. Plain data for the templates."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from iprof_kit.base.calendar import date_text
from iprof_kit.base.paths import VOILA_TEMPLATES
from iprof_kit.law.tables.verified import verified_until
from iprof_kit.server.settings import Settings
from iprof_kit.services.contract.dossier import Qui
from iprof_kit.ui.shared.menu import MAIL, READ_HERE, help_of, other_pages, places

PORTAL = "portail.ipynb"
ROLES = {
    "enseignant": "Sans dossier",
    "gestionnaire": "Gestionnaire",
    "evaluateur": "Évaluateur",
    "analyste": "Analyste",
    "formateur": "Formateur",
    "administrateur": "Administrateur",
}
"""What an account without file is called in the header."""
THEME_URL = "/theme.css"


@dataclass(frozen=True)
class Entry:
    """One line of the menu; `current` is « page », « true » (inside it) or empty."""

    path: str
    title: str
    current: str
    unread: int = 0
    """What is new there, for the person."""


@cache
def menu() -> tuple[dict[str, Any], ...]:
    """Return the menu as `voila_templates/menu.json` writes it."""
    return tuple(json.loads((VOILA_TEMPLATES / "menu.json").read_text(encoding="utf-8")))


@cache
def notebook_paths() -> dict[str, str]:
    """Return every address of a logged-in person and the notebook that shows it."""
    notebooks = dict.fromkeys(other_pages(), PORTAL)
    for item in menu():
        if item.get("ailleurs"):
            continue
        tabs = item.get("onglets", [])
        pages = [page for one in (item, *tabs) for page in one.get("pages", [])]
        for place in (item, *tabs, *pages):
            notebooks[place["chemin"]] = item.get("notebook", PORTAL)
    return notebooks


@cache
def portal_paths() -> frozenset[str]:
    """Return every address that our notebooks show to a logged-in person."""
    return frozenset(notebook_paths())


@cache
def menu_paths() -> frozenset[str]:
    """Return every address that a login may lead back to: the portal's and those of the menu."""
    return portal_paths() | {item["chemin"] for item in menu()}


def shell(who: Qui, path: str, settings: Settings, xsrf: str) -> dict[str, Any]:
    """Return what the layout template needs, with escaping left to it.

    Parameters
    ----------
    who : Qui
        The answer of `session.qui`.
    path : str
        Address of the page, to mark the menu.
    settings : Settings
    xsrf : str
        Token of the form « Quitter ».
    """
    name = " ".join(part for part in (who.prenom, who.nom) if part)
    roles = set(who.roles) | ({who.role} if who.role else set())
    news = {MAIL: who.nouveaux or 0}
    entries = [_entry(item, path, news) for item in menu() if roles & set(item.get("roles", roles))]
    current = next((entry.title for entry in entries if entry.current), "Menu")
    return {
        "academie": who.academie.nom if who.academie.code else "",
        "aide": help_of(path),
        "nom": name or ROLES.get(who.role or "", ""),
        "corps": who.libelle_corps or "",
        "connecte": who.role is not None,
        "galerie": who.galerie,
        "ouvertes": () if who.role else _open_pages(path, gallery=who.galerie),
        "dossier": "enseignant" in roles,
        "menu": [vars(entry) for entry in entries],
        "rubrique": current,
        **_outline(path, who.libelle_corps is None),
        "sample": settings.sample,
        "statut": READ_HERE if path == MAIL and who.academie.courrier.mode == "kit" else "",
        "theme_css": THEME_URL if settings.theme_css else "",
        "verifie": date_text(verified_until()),
        "xsrf": xsrf,
    }


def _open_pages(path: str, *, gallery: bool) -> tuple[Entry, ...]:
    """Return the other pages that open without account, for who is at one of them."""
    pages = {"/ma-situation": "Ma situation"} | ({"/galerie": "Galerie"} if gallery else {})
    if path not in pages:
        return ()
    return tuple(Entry(one, title, "") for one, title in pages.items() if one != path)


def opening_words(name: str) -> str:
    """Return « Ouverture de Ma paie », « Ouverture d’Accueil », « Ouverture des guides »."""
    if not name:
        return "Ouverture de l’écran"
    if name.startswith("Les "):
        return f"Ouverture des {name.removeprefix('Les ')}"
    return f"Ouverture {'d’' if name[0] in 'AEÉIOUY' else 'de '}{name}"


def _outline(path: str, without_corps: bool) -> dict[str, Any]:
    """Return what a screen has before its answer: its rubrique, its tabs, what it is called."""
    place = places().get(path)
    if place is None:
        return {"ouverture": opening_words(""), "onglets": [], "tetiere": ""}
    tabs = (place.without_corps if without_corps else place).tabs
    return {
        "ouverture": opening_words(place.title),
        "onglets": [vars(tab) for tab in tabs],
        "tetiere": place.rubrique if tabs else "",
    }


def _entry(item: dict[str, Any], path: str, news: Mapping[str, int]) -> Entry:
    own = item["chemin"]
    inside = path.startswith(own + "/")
    current = "page" if path == own else "true" if inside else ""
    return Entry(own, item["titre"], current, news.get(own, 0))
