"""Les guides, l’aide et l’accessibilité: texts, read in the law's tables, with one search."""

from __future__ import annotations

from dataclasses import replace

from iprof_kit.calculate.guides import law_facts
from iprof_kit.ui.screens.guides.accessibilite import accessibilite
from iprof_kit.ui.screens.guides.aide import aide
from iprof_kit.ui.screens.guides.brief import brief_of, opening_of
from iprof_kit.ui.screens.guides.glossaire import glossaire
from iprof_kit.ui.screens.guides.missing import missing_word
from iprof_kit.ui.screens.guides.movement import dated
from iprof_kit.ui.screens.guides.rows import TEXTES
from iprof_kit.ui.screens.guides.search import Reader, Search, search
from iprof_kit.ui.screens.guides.textes import texte, textes
from iprof_kit.ui.screens.guides.view import GUIDES, THEMES, guide, guides
from iprof_kit.ui.shared.menu import HELP, other_pages, places
from iprof_kit.ui.shared.messages import Intent
from iprof_kit.ui.visit.visiting import Shown, Visit

ACCESSIBILITE = "/accessibilite"
_LONGEST_QUESTION = 100


class Guides:
    """The guides, the glossary, the texts and the help; what is searched stays while one reads."""

    def __init__(self, visit: Visit) -> None:
        self._visit = visit
        self._results = Search()
        self._asked_at = ""
        self._just_asked = False
        self._opening = -1

    def show(self, path: str) -> Shown:
        """Return the page at an address; answers stay on the page where one asked."""
        self._follow_address()
        if self._just_asked:
            self._asked_at, self._just_asked = path, False
        results = self._results if path == self._asked_at else Search()
        if path.startswith(HELP):
            who, teacher = self._visit.who(), self._visit.is_teacher()
            return "aide", aide(path, who.academie, results, teacher=teacher)
        if path == ACCESSIBILITE:
            return "page", accessibilite(self._visit.who().academie)
        if path == THEMES:
            with_corps = bool(self._visit.who().libelle_corps)
            return "guides", guides(results, with_corps=with_corps)
        if path == f"{GUIDES}/glossaire":
            return "glossaire", glossaire()
        if path == TEXTES:
            return "textes", textes(self._visit.query)
        if path.startswith(TEXTES):
            return "textes", texte(path.rpartition("/")[2])
        who = self._visit.who()
        corps = law_facts.corps_called(who.libelle_corps or "")
        name = path.rpartition("/")[2]
        brief = brief_of(name, self._visit) if corps else ()
        opening, days = opening_of(name, self._visit), dated(name, self._visit)
        return "guide", guide(name, corps, who.aujourdhui, brief, days, opening)

    def receive(self, intent: Intent) -> None:
        """Search, as one types."""
        if intent.name == "chercher":
            self._opening = self._visit.openings  # what is typed here stands above the address
            self._search(intent.values.get("q", ""))

    def _follow_address(self) -> None:
        """Search what the address asks, « ?q=hors+classe », once an opening."""
        if self._opening == self._visit.openings:
            return
        self._opening = self._visit.openings
        if asked := self._visit.query.get("q"):
            self._search(asked)

    def _search(self, asked: str) -> None:
        corps = law_facts.corps_called(self._visit.who().libelle_corps or "")
        degrees = law_facts.degrees(corps) if corps else ()
        reader = Reader(degrees, teacher=self._visit.is_teacher())
        results = search(asked[:_LONGEST_QUESTION], reader)
        if results.asked and not results.count:
            missing = missing_word(results.asked, self._visit.who().academie)
            results = replace(results, missing=missing)
        self._results = results
        self._just_asked = True


def addresses() -> tuple[str, ...]:
    """Return every address of these pages."""
    helps = [path for path in other_pages() if path.startswith(HELP)]
    own = [path for path in places() if path.startswith(GUIDES)]
    return (*own, *helps, ACCESSIBILITE)
