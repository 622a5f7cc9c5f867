"""Every sentence of every screen of every fictitious person, with its addresses, in one file.

`python tools/sentences.py FILE` writes it, to be read by somebody who writes French well;
`--people 3` takes the first three files of the sample and the agent without corps. A sentence is
the text of one block, as it is read: figures are told apart where they change the grammar (0, 1,
several), so that each way of saying stands there once, with the first example met.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from iprof_kit.base.clock import paris_today
from iprof_kit.base.paths import SAMPLE
from iprof_kit.services.contract.dossier import Dossier, Qui
from iprof_kit.ui.portal import Portal
from iprof_kit.ui.rehearsal import Understudy
from iprof_kit.ui.screens.cv.preview import Undrawn
from iprof_kit.ui.screens.cv.screen import CvEditor
from iprof_kit.ui.screens.desk.screen import Desk, sample_people
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
    yield "atelier", desk.handle({"kind": "route", "path": "/"}).html


def sentences_of(html: str) -> list[str]:
    """Return the sentences of a page, in order."""
    return Sentences(html).blocks


def way_of_saying(sentence: str) -> str:
    """Return a sentence with its figures as 0, 1 or several."""
    return _NUMBER.sub(lambda one: one[0] if one[0] in "01" else "2", sentence)


def main() -> None:
    """Write every way of saying, with who reads it and where."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--people", type=int, default=10**6)
    asked = parser.parse_args()
    read: dict[str, tuple[str, dict[str, None]]] = {}
    people = everybody()
    chosen = [d for n, d in enumerate(people) if n < asked.people or d.corps is None]
    for rank, dossier in enumerate(chosen):
        for path, html in pages_of(dossier, texts=rank == 0 or dossier.corps is None):
            for sentence in sentences_of(html):
                where = read.setdefault(way_of_saying(sentence), (sentence, {}))[1]
                where[f"{path} ({dossier.numero})"] = None
    written = "".join(
        f"{sentence}\n    [{next(iter(where))}{f' +{len(where) - 1}' if len(where) > 1 else ''}]\n"
        for sentence, where in read.values()
    )
    asked.file.write_text(written, encoding="utf-8")


if __name__ == "__main__":
    main()
