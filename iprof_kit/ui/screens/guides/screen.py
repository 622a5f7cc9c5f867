"""Les guides, l’aide et l’accessibilité: texts, read in the law's tables, with one search."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from iprof_kit.base.reference import degrees_of
from iprof_kit.calculate.guides.law import facts as law_facts
from iprof_kit.ui.kit.screen import KitScreen, State, intent
from iprof_kit.ui.kit.visiting import Shown
from iprof_kit.ui.screens.guides.accessibilite import accessibilite
from iprof_kit.ui.screens.guides.aide import aide
from iprof_kit.ui.screens.guides.brief import brief_of, dated, opening_of
from iprof_kit.ui.screens.guides.glossaire import glossaire
from iprof_kit.ui.screens.guides.search import Reader, Search, missing_word, search
from iprof_kit.ui.screens.guides.textes import TEXTES, texte, textes
from iprof_kit.ui.screens.guides.view import GUIDES, THEMES, guide, guides
from iprof_kit.ui.shared.menu import HELP, other_pages, places
from iprof_kit.ui.shared.messages import Intent

ACCESSIBILITE = "/accessibilite"
_LONGEST_QUESTION = 100


@dataclass
class Searching(State):
    """What was found, and where it was asked."""

    results: Search = field(default_factory=Search)
    asked_at: str = ""
    just_asked: bool = False


class Guides(KitScreen[Searching]):
    """The guides, the glossary, the texts and the help; what is searched stays while one reads."""

    def page(self) -> Shown:
        """Return the page at an address; answers stay on the page where one asked."""
        path, doing = self._visit.path, self.state
        if doing.just_asked:
            doing.asked_at, doing.just_asked = path, False
        results = doing.results if path == doing.asked_at else Search()
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
        without = not corps and self._visit.is_without_corps()
        return "guide", guide(name, corps, who.aujourdhui, brief, days, opening, without=without)

    @intent("chercher")
    def search(self, asked: Intent) -> None:
        """Search, as one types."""
        self._search(asked.values.get("q", ""))

    def arrive(self) -> None:
        """Search what the address asks, « ?q=hors+classe »."""
        if asked := self._visit.query.get("q"):
            self._search(asked)

    def _search(self, asked: str) -> None:
        corps = law_facts.corps_called(self._visit.who().libelle_corps or "")
        degrees = degrees_of(corps) if corps else ()
        reader = Reader(degrees, teacher=self._visit.is_teacher())
        results = search(asked[:_LONGEST_QUESTION], reader)
        if results.asked and not results.count:
            missing = missing_word(results.asked, self._visit.who().academie)
            results = replace(results, missing=missing)
        self.state.results, self.state.just_asked = results, True


def addresses() -> tuple[str, ...]:
    """Return every address of these pages."""
    helps = [path for path in other_pages() if path.startswith(HELP)]
    own = [path for path in places() if path.startswith(GUIDES)]
    return (*own, *helps, ACCESSIBILITE)
