"""Each sigle explained where it is first read: `<abbr>`, whose note a tap or a focus shows.

Done once, on the HTML of any screen. Inside a link, a button, a title or the line of a fold, which
answer a tap themselves, the mark has no note of its own: the next reading has it. Choices of a list
and figures hold no mark; the glossary has the sigle. A reason that opens in place explains its own.
What a person typed (`data-own`) is never touched, nor what everybody says (PDF, CV).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from html import escape, unescape

from iprof_kit.base.words import hard_spaces, plain_letters
from iprof_kit.calculate.guides.glossary import Term, terms

TOKEN = re.compile(
    r"(?<![\w&#])[A-ZÀ-Ý](?:[A-ZÀ-Ý0-9]|[-–](?=[A-ZÀ-Ý]))*[A-ZÀ-Ý0-9](?!\w)(?:\+(?!\w))?"
)
"""A word in capitals, two letters at least, or « REP+ »; the glossary says if it is a sigle."""
_TAG = re.compile(r"<(/?)([a-zA-Z][\w-]*)([^>]*)>")
_NEVER = frozenset(
    {"abbr", "code", "desc", "option", "script", "style", "svg", "textarea", "title"}
)
_ANSWERS = frozenset({"a", "button", "h1", "label", "legend", "summary"})
"""What is pressed, or read as a name: nothing that takes the focus may stand inside."""
_VOID = frozenset({"br", "hr", "img", "input", "link", "meta", "wbr"})
_OWN = re.compile(r'\sdata-own\b|\sclass="[^"]*\bvh\b|\saria-hidden="true"')
"""What a person typed; what only a screen reader says, or only the eye sees, beside its text."""
_DEFINED = re.compile(r"\sdata-defined\b")
"""An entry of a glossary: what it stands for is said beside it."""
_CLOSED = re.compile(r"\shidden\b")
_TYPED = re.compile(r"&#(?:10|13|9|32|8239);")
_DIGITS = "0123456789"
_OUTSIDE = ("", "noted", 0)
_NEAR = 24
"""How far a sigle may be from the words it stands for, where the author has written both."""


@dataclass
class _Text:
    """A run of text of the page: where it is, and what may be done with it."""

    start: int
    words: str
    way: str
    """« noted », « marked » (without a note), « defined » or « never »."""
    panel: int = 0
    """Where the reason that holds it begins; 0 outside of any."""
    offset: int = 0


@dataclass
class _Page:
    """What the walk of a page has met so far."""

    noted: set[str] = field(default_factory=set)
    opened: set[tuple[int, str]] = field(default_factory=set)
    marked: set[tuple[int, str]] = field(default_factory=set)
    marks: list[tuple[int, int, str]] = field(default_factory=list)
    """Where each mark begins and ends, and its opening tag."""


def expand(html: str) -> str:
    """Return the HTML of a screen with each known sigle explained at its first reading."""
    runs = [run for run in _runs(html) if run.way != "never"]
    read = "".join(_at(runs))
    page = _Page()
    for run in runs:
        for token in TOKEN.finditer(run.words):
            _meet(page, run, token, read)
    for start, end, tag in sorted(page.marks, reverse=True):
        html = f"{html[:start]}{tag}{html[start:end]}</abbr>{html[end:]}"
    return html


def meaning(token: str, read: str = "", end: int = 0) -> Term | None:
    """Return what a word in capitals stands for, None where the glossary does not have it.

    `read` is the text where the word ends at `end`: of two readings, what stands around chooses. A
    figure at the end (« HEA2 ») is that of a chevron or of an échelon.
    """
    for name in (token, token.rstrip(_DIGITS)):
        for term in _known().get(name, ()):
            if not term.followed_by or re.compile(term.followed_by).match(read, end):
                return term
    return None


def _meet(page: _Page, run: _Text, token: re.Match[str], read: str) -> None:
    """Do what must be done of a word in capitals: nothing, a mark, or a mark with its note."""
    if run.way == "defined":
        page.noted |= {_name(term) for term in _known().get(token[0], ())}
        return
    for start, end, term in _terms_of(run, token):
        name, panel = _name(term), (run.panel, _name(term))
        if name in page.noted or panel in page.opened:
            continue
        if _already_said(read, run.offset + start, run.offset + end, term):
            _note(page, run, term)
        elif run.way == "noted":
            _note(page, run, term)
            page.marks.append((run.start + start, run.start + end, _tag(term, ' tabindex="0"')))
        elif panel not in page.marked:
            page.marked.add(panel)
            page.marks.append((run.start + start, run.start + end, _tag(term, "")))


def _terms_of(run: _Text, token: re.Match[str]) -> Iterator[tuple[int, int, Term]]:
    """Yield what a word in capitals stands for, as a whole or by each of its parts, and where."""
    term = None
    if token[0] in _known() or token[0].rstrip(_DIGITS) in _known():
        before = unescape(run.words[: token.end()])
        term = meaning(token[0], before + unescape(run.words[token.end() :]), len(before))
    if term is not None:
        yield token.start(), token.end(), term
        return
    for part in re.finditer("[^-–]+", token[0]):
        if (of_part := meaning(part[0])) is not None and part[0] != token[0]:
            yield token.start() + part.start(), token.start() + part.end(), of_part


def _note(page: _Page, run: _Text, term: Term) -> None:
    """Remember that the sigle is explained: for the page, or inside a panel for that panel."""
    page.opened.add((run.panel, _name(term)))
    if not run.panel:
        page.noted.add(_name(term))


def _name(term: Term) -> str:
    return term.term + term.followed_by


def _tag(term: Term, more: str) -> str:
    return f'<abbr title="{hard_spaces(escape(term.expansion))}"{more}>'


def _runs(html: str) -> Iterator[_Text]:
    """Yield the runs of text between tags, in order, each with what may be done with it."""
    open_tags: list[tuple[str, str, int]] = []
    position = 0
    for tag in _TAG.finditer(html):
        if words := html[position : tag.start()]:
            _, way, panel = open_tags[-1] if open_tags else _OUTSIDE
            yield _Text(position, words, "never" if _TYPED.search(words) else way, panel)
        position = tag.end()
        closing, name, attributes = tag[1], tag[2].lower(), tag[3]
        if closing:
            _close(open_tags, name)
        elif name not in _VOID and not attributes.endswith("/"):
            _, inside, panel = open_tags[-1] if open_tags else _OUTSIDE
            if not panel and (name == "details" or (attributes and _CLOSED.search(attributes))):
                panel = tag.start()
            open_tags.append((name, _way(inside, name, attributes), panel))


def _close(open_tags: list[tuple[str, str, int]], name: str) -> None:
    """Close the last tag of a name, with those left open inside; one never opened closes none."""
    if open_tags and open_tags[-1][0] == name:  # what is well written
        open_tags.pop()
    elif any(each[0] == name for each in open_tags):
        while open_tags.pop()[0] != name:
            pass


def _way(inside: str, name: str, attributes: str) -> str:
    if inside == "never" or name in _NEVER or (attributes and _OWN.search(attributes)):
        return "never"
    if attributes and _DEFINED.search(attributes):
        return "defined"
    return "marked" if inside == "marked" or name in _ANSWERS else "noted"


def _at(runs: list[_Text]) -> Iterator[str]:
    """Yield the words of the runs as they are read, and note where each begins among them."""
    offset = 0
    for run in runs:
        run.offset = offset
        offset += len(run.words)
        yield run.words


def _already_said(read: str, start: int, end: int, term: Term) -> bool:
    """Tell whether the author has written, right there, what the sigle stands for."""
    reach = len(term.expansion) + _NEAR
    around = read[max(0, start - reach) : start] + " " + read[end : end + reach]
    return _said(term.expansion) in _plain(unescape(around))


@cache
def _said(expansion: str) -> str:
    """Return what a sigle of the glossary stands for, as it is looked for."""
    return _plain(expansion)


def _plain(words: str) -> str:
    """Return words without accents, capitals, apostrophes or hard spaces, to compare them."""
    return " ".join(plain_letters(words.replace("’", "'")).lower().split())


@cache
def _known() -> dict[str, tuple[Term, ...]]:
    explained: dict[str, tuple[Term, ...]] = {}
    for term in terms():
        if term.kind in ("sigle", "organisme"):
            explained[term.term] = (*explained.get(term.term, ()), term)
    return explained
