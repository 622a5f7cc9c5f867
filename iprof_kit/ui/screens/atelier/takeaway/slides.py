"""Slides: a notebook of Markdown and figures that nbconvert writes with reveal.js, in one file."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from iprof_kit.base.errors import InputError
from iprof_kit.base.version import installed_by
from iprof_kit.base.words import hard_spaces
from iprof_kit.calculate.lessons.played import Ecran
from iprof_kit.ui.figures.charts_svg import SIZES, written
from iprof_kit.ui.screens.atelier.takeaway.contents import FICTITIOUS, UNOFFICIAL, Showing, Taken
from iprof_kit.ui.screens.atelier.takeaway.figure import still_career
from iprof_kit.ui.screens.atelier.takeaway.handout import answer_text, estimation_words
from iprof_kit.ui.screens.atelier.takeaway.look import colours, faces
from iprof_kit.ui.screens.atelier.takeaway.markdown import plain
from iprof_kit.ui.screens.atelier.takeaway.notebook import library, metadata
from iprof_kit.ui.shared import text

_HERE = Path(__file__).parent / "reveal"
_TEMPLATE = "iprof_reveal"
_START = """
Reveal.initialize({ width: 1280, height: 720, margin: 0.04, center: false, slideNumber: "c/t",
  transition: matchMedia("(prefers-reduced-motion: reduce)").matches ? "none" : "slide",
  help: false, pdfSeparateFragments: false });
"""
Cell = tuple[str, str, str]
"""How it comes (slide, fragment, - for what follows), its Markdown, its figure."""


def slides_of(taken: Taken) -> bytes:
    """Return the slides: one HTML file, which opens without network.

    Raises
    ------
    InputError
        What writes slides is not installed.
    LawError
        The law does not answer about a person.
    """
    try:
        from nbconvert.exporters import SlidesExporter
    except ImportError as error:
        raise InputError(
            "ce qui écrit des diapositives n’est pas installé ici.",
            remedy=f"Installez le kit avec son portail : {installed_by('serve')}.",
        ) from error
    make: Any = SlidesExporter  # the library has no types
    exporter = make(
        extra_template_basedirs=[str(_HERE)],
        template_name=_TEMPLATE,
        exclude_input=True,
        exclude_anchor_links=True,
        language_code="fr",
    )
    own = {"style": _style(), "script": _script(), "policy": _policy(), "title": taken.title}
    page, _ = exporter.from_notebook_node(notebook(taken), resources={"iprof": own})
    return str(page).encode()


def notebook(taken: Taken) -> Any:
    """Return the slides as a notebook: Markdown and figures, each with its place."""
    book = library()
    cells = []
    for place, (kind, words, figure) in enumerate(_cells(taken)):
        if figure:
            data = {"image/svg+xml": figure, "text/plain": "Figure"}
            cell = book.new_code_cell("", outputs=[book.new_output("display_data", data)])
        else:
            cell = book.new_markdown_cell(hard_spaces(words))
        cell["id"] = f"diapo-{place}"
        cell["metadata"]["slideshow"] = {"slide_type": kind}
        cells.append(cell)
    return book.new_notebook(cells=cells, metadata=metadata(taken.title))


def _cells(taken: Taken) -> Iterator[Cell]:
    yield "slide", _opening(taken), ""
    if taken.lesson is None:
        for showing in taken.showings:
            yield from _person(showing)
    else:
        shown = {
            one.figure: showing
            for one, showing in zip(_figures(taken), taken.showings, strict=False)
        }
        for screen in taken.screens:
            yield from _screen(screen, shown.get(screen.figure))
    yield "slide", _closing(taken), ""


def _figures(taken: Taken) -> Iterable[Ecran]:
    """Return the screens that show a figure, each figure once, as `contents` showing them."""
    return {one.figure: one for one in taken.screens if one.figure}.values()


def _opening(taken: Taken) -> str:
    who = "".join(f"- {plain(one.person)}\n" for one in taken.showings)
    return (
        f"# {plain(taken.title)}\n\n{who}\n"
        f"Droit du {text.day(taken.law)}, jour figé le {text.day(taken.day)}.\n\n"
        f"{UNOFFICIAL} {FICTITIOUS}"
    )


def _person(showing: Showing) -> Iterator[Cell]:
    listed = "".join(
        f"- **{letter}, {plain(name)}** : {plain(events)}\n"
        for letter, name, events in showing.scenarios
    )
    yield "slide", f"## {plain(showing.person)}\n\n{listed}", ""
    yield from _shown(showing)
    yield "slide", f"## Pourquoi cet écart\n\n{plain(showing.why[0])}", ""
    for line in (*showing.why[1:], *showing.sentences):
        yield "fragment", plain(line), ""
    for when, opened in showing.reasons:
        if len(opened.amounts) == 1:  # nothing differs any more
            continue
        amounts = "".join(f"- {plain(label)} : {value}\n" for label, value in opened.amounts)
        yield "subslide", f"### Pourquoi le {when} ?\n\n{amounts}", ""


def _shown(showing: Showing) -> Iterator[Cell]:
    yield "slide", f"## {plain(showing.lead)}", ""
    yield "-", "", written(still_career(showing.pair), SIZES["instrument"])


def _screen(screen: Ecran, showing: Showing | None) -> Iterator[Cell]:
    question = screen.question
    if question is not None:
        head, more = (plain(one) for one in (question.texte, question.precision))
        words = f"## {head}\n\n{more}"
        choices = "".join(f"1. {plain(one)}\n" for one in question.choix)
        if question.forme == "estimation":
            choices = plain(estimation_words(question))
        yield "slide", f"{words}\n\n{choices}", ""
        yield "fragment", f"**Réponse.** {plain(answer_text(screen))}", ""
        if showing is not None:
            yield from _shown(showing)
        return
    kept = "".join(f"- **{plain(head)}** : {plain(words)}\n" for head, words in screen.retenir)
    words = plain(screen.texte)
    yield "slide", f"## {plain(screen.titre)}\n\n{words}\n\n{kept}", ""
    if showing is not None:
        yield from _shown(showing)


def _closing(taken: Taken) -> str:
    texts = "".join(f"- {plain(line)}\n" for line in taken.texts())
    return (
        f"## Règles et sources\n\n{texts}\n"
        f"Calculé le {text.day(taken.made)}. {taken.verified} "
        f"{UNOFFICIAL}"
    )


@cache
def _style() -> str:
    own = (_HERE / "diapos.css").read_text(encoding="utf-8")
    return faces() + colours() + (_HERE / "reveal.css").read_text(encoding="utf-8") + own


@cache
def _script() -> str:
    return (_HERE / "reveal.js").read_text(encoding="utf-8") + _START


def _policy() -> str:
    """Return what the slides allow themselves: their own script and look, nothing fetched."""
    digest = base64.b64encode(hashlib.sha256(_script().encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'; "
        "font-src data:; img-src data:; base-uri 'none'; form-action 'none'"
    )
