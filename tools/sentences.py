"""Every sentence of every screen of every fictitious person, with its addresses, in one file.

`python tools/sentences.py FILE` writes it, to be read by somebody who writes French well;
`--people 3` takes the first three files of the sample and the agent without corps. A sentence is
the text of one block, as it is read: figures are told apart where they change the grammar (0, 1,
several), so that each way of saying stands there once, with the first example met. `--roles`
writes those of the roles without file instead: their first screen and every page of their menu,
with nothing that waits, one thing, several.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from iprof_kit.base.clock import paris_today
from iprof_kit.base.errors import Refused
from iprof_kit.base.paths import SAMPLE
from iprof_kit.server.pages.shell import menu
from iprof_kit.services.contract.dossier import Academie, Dossier, Qui
from iprof_kit.services.contract.homes import GestionLue, ServiceLu
from iprof_kit.ui.portal import Portal
from iprof_kit.ui.rehearsal import Understudy
from iprof_kit.ui.screens.cv.preview import Undrawn
from iprof_kit.ui.screens.cv.screen import CvEditor
from iprof_kit.ui.screens.desk.screen import Desk, sample_people
from iprof_kit.ui.screens.ma_situation.screen import MySituation
from iprof_kit.ui.screens.tableau.desk import PromotionDesk
from iprof_kit.ui.screens.tableau.screen import fictitious
from iprof_kit.ui.shared.menu import CV, answered, routes

_INSIDE_A_SENTENCE = frozenset(
    {"a", "abbr", "b", "bdi", "br", "code", "em", "i", "mark", "small", "span", "strong", "sub",
     "sup", "time", "tspan", "wbr"}
)  # fmt: skip
_NOT_READ = frozenset({"script", "style"})
_READ_ATTRIBUTES = ("alt", "aria-label", "placeholder", "title", "data-words", "data-why")
_VOID = frozenset({"br", "hr", "img", "input", "link", "meta", "wbr"})
_NUMBER = re.compile(r"\d+(?:[\u00a0,]\d+)*")


class Sentences(HTMLParser):
    """Collect the text of each block of a page, and what is read without being seen."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.blocks: list[str] = []
        self._words = ""
        self._unread = 0
        self.feed(html)
        self.close()
        self._end()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a block, and keep what the tag itself says."""
        if tag in _NOT_READ:
            self._unread += 1
        if tag not in _INSIDE_A_SENTENCE:
            self._end()
        for name, value in attrs:
            if name in _READ_ATTRIBUTES and value:
                self.blocks.append(" ".join(value.split(" ")))

    def handle_endtag(self, tag: str) -> None:
        """End a block."""
        if tag in _NOT_READ:
            self._unread -= 1
        if tag not in _INSIDE_A_SENTENCE:
            self._end()

    def handle_data(self, data: str) -> None:
        """Keep the words of a block."""
        if not self._unread:
            self._words += data

    def _end(self) -> None:
        if words := re.sub(r"[ \n\t]+", " ", self._words).strip(" "):
            self.blocks.append(words)
        self._words = ""


class Reader(Understudy):
    """The guichet of one fictitious person, whoever she is: an agent without corps too."""

    def __init__(self, dossier: Dossier, role: str = "enseignant") -> None:
        super().__init__(dossier, paris_today())
        self._role = role

    def ask(self, op: str, **args: Any) -> Any:
        """Return the answer of the server, for the role of the reader."""
        answer = super().ask(op, **args)
        return answer.model_copy(update={"role": self._role}) if isinstance(answer, Qui) else answer


ROLES = ("analyste", "formateur", "gestionnaire", "evaluateur", "administrateur")
_FEET = ("/aide", "/accessibilite")
_WAITING = (0, 1, 3)
"""What is counted on the first screen of a role: French changes with it."""


class RoleReader:
    """The guichet of somebody without file, and so many things that wait."""

    def __init__(self, role: str, count: int) -> None:
        self._role, self._count = role, count

    def ask(self, op: str, **args: Any) -> Any:
        """Return the answer of the server to this role."""
        del args
        today, count = paris_today(), self._count
        long_ago = datetime(today.year - 1, 11, 12, 9, tzinfo=UTC)
        if op == "session.qui":
            academie = Academie(code="06", nom="Clermont-Ferrand", assistance_nom="Assistance")
            return Qui(role=self._role, roles=(self._role,), aujourdhui=today, academie=academie)
        if op == "gestion":
            places = ["académie 06, département 063"] * count
            return GestionLue(
                portefeuilles=places, dossiers=count, lus_le=today if count else None,
                a_prendre=count, en_cours=count, plus_ancien=long_ago if count else None,
            )  # fmt: skip
        if op == "service":
            return ServiceLu(
                dossiers=count, comptes=count, sessions=count, a_sceller=count,
                sauvegarde=long_ago if count else None, scelle_le=long_ago if count else None,
            )  # fmt: skip
        raise Refused("Ce compte n’ouvre pas de dossier personnel.")


def pages_of_role(role: str, texts: bool = True) -> Iterator[tuple[str, str]]:
    """Yield each address of the menu of a role and its HTML; its first screen, at each count.

    Parameters
    ----------
    role : str
        See `ROLES`.
    texts : bool
        Help, glossary and texts too, which are the same for everybody.
    """
    for count in _WAITING:
        portal = Portal(lambda count=count: RoleReader(role, count))  # type: ignore[misc]
        yield "/accueil", portal.handle({"kind": "route", "path": "/accueil"}).html
    entries = {item["chemin"] for item in menu() if role in item.get("roles", ROLES)}
    read = {*entries, *_FEET} if texts else entries - {"/guides"}
    for path in answered():
        if f"/{path.split('/')[1]}" in read and path != "/accueil":
            yield path, portal.handle({"kind": "route", "path": path}).html
    alone: dict[str, Callable[[], Iterable[tuple[str, str]]]] = {
        "/tableau-promotions": tableau,
        "/scenarios": desk,
        "/ma-situation": my_situation,
    }
    for path in sorted(entries & set(alone)):
        yield from alone[path]()


@cache
def tableau() -> list[tuple[str, str]]:
    """Return the analyst's tableau: as it opens, changed, refused, compared, exported."""
    one = PromotionDesk(fictitious(paris_today()), fictitious=True)
    own = PromotionDesk(fictitious(paris_today()))
    acts: tuple[tuple[PromotionDesk, str, dict[str, str]], ...] = (
        (one, "", {}),
        (one, "taux", {"cran": "2"}),
        (one, "perimetre", {"procedure": "hc_53_2024", "taux": "127", "report": "demi"}),
        (one, "perimetre", {"procedure": "", "taux": "0", "report": ""}),
        (one, "perimetre", {"procedure": "hc_53_2024", "taux": "100", "report": "0,5"}),
        (one, "comparer", {"premier": "150", "second": "12"}),
        (one, "comparer", {"premier": "150", "second": "personne"}),
        (one, "lignes", {"lignes": "tout"}),
        (one, "exporter", {"format": "csv"}),
        (own, "exporter", {"format": "csv", "motif": ""}),
        (own, "exporter", {"format": "csv", "motif": "essai"}),
    )
    pages = []
    for screen, name, values in acts:
        answer = screen.handle({"kind": "intent", "name": name, "values": values})
        html = answer if isinstance(answer, str) else answer.html
        pages.append(("/tableau-promotions", html))
    return pages


def my_situation() -> Iterator[tuple[str, str]]:
    """Yield the form without account: as it opens, then refused."""
    form = MySituation(paris_today)
    yield "/ma-situation", form.handle({"kind": "route", "path": ""})
    wrong = {"corps": "pe", "grade": "classe_normale", "echelon": "7", "date_effet": "hier"}
    yield "/ma-situation", form.handle({"kind": "intent", "name": "situation", "values": wrong})


def everybody() -> list[Dossier]:
    """Return the files of the sample, in their order."""
    lines = (SAMPLE / "dossiers.jsonl").read_text(encoding="utf-8").splitlines()
    return [Dossier.model_validate_json(line) for line in lines if line.strip()]


def pages_of(dossier: Dossier, texts: bool = True) -> Iterator[tuple[str, str]]:
    """Yield each address and its HTML, as a person of the sample opens it.

    Parameters
    ----------
    dossier : Dossier
        Her file.
    texts : bool
        Help, glossary and texts too, which are nearly the same for everybody.
    """
    portal = Portal(lambda: Reader(dossier))
    for path in answered():
        if texts or not path.startswith(("/aide", "/accessibilite", "/guides")):
            yield path, portal.handle({"kind": "route", "path": path}).html
    editor = CvEditor(lambda: Reader(dossier), Undrawn())
    for path in routes(CV):
        yield path, editor.handle({"kind": "route", "path": path}).html


def desk() -> Iterator[tuple[str, str]]:
    """Yield the trainer's desk."""
    desk = Desk(sample_people(), None)
    answer = desk.handle({"kind": "route", "path": "/"})
    yield "atelier", answer if isinstance(answer, str) else answer.html


def sentences_of(html: str) -> list[str]:
    """Return the sentences of a page, in order."""
    return Sentences(html).blocks


def way_of_saying(sentence: str) -> str:
    """Return a sentence with its figures as 0, 1 or several."""
    return _NUMBER.sub(lambda one: one[0] if one[0] in "01" else "2", sentence)


def ways_of(pages: Iterable[tuple[str, str, str]]) -> str:
    """Return every way of saying of some pages, each with who reads it first and where.

    Parameters
    ----------
    pages : iterable of tuple
        Address, who reads it, HTML.
    """
    read: dict[str, tuple[str, dict[str, None]]] = {}
    for path, who, html in pages:
        for sentence in sentences_of(html):
            where = read.setdefault(way_of_saying(sentence), (sentence, {}))[1]
            where[f"{path} ({who})"] = None
    return "".join(
        f"{sentence}\n    [{next(iter(where))}{f' +{len(where) - 1}' if len(where) > 1 else ''}]\n"
        for sentence, where in read.values()
    )


def _of_people(most: int) -> Iterator[tuple[str, str, str]]:
    chosen = [d for n, d in enumerate(everybody()) if n < most or d.corps is None]
    for rank, dossier in enumerate(chosen):
        for path, html in pages_of(dossier, texts=rank == 0 or dossier.corps is None):
            yield path, dossier.numero, html


def _of_roles() -> Iterator[tuple[str, str, str]]:
    for role in ROLES:
        for path, html in pages_of_role(role):
            yield path, role, html


def main() -> None:
    """Write every way of saying, with who reads it and where."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--people", type=int, default=10**6)
    parser.add_argument("--roles", action="store_true")
    asked = parser.parse_args()
    pages = _of_roles() if asked.roles else _of_people(asked.people)
    asked.file.write_text(ways_of(pages), encoding="utf-8")


if __name__ == "__main__":
    main()
