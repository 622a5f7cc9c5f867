"""Each sigle explained where it is first read: `<abbr>`, whose note a tap or a focus shows.

Done once, on the HTML of any screen. Inside a link, a button, a title or the line of a fold, which
answer a tap themselves, the mark has no note of its own: the next reading has it. Choices of a list
and figures hold no mark; the glossary has the sigle. A reason that opens in place explains its own.
What a person typed (`data-own`) is never touched, nor what everybody says (PDF, CV).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from html import escape, unescape
from itertools import accumulate

from iprof_kit.base.words import hard_spaces, plain_letters
from iprof_kit.calculate.guides.glossary import Term, terms

TOKEN = re.compile(
    r"[A-ZÀ-Ý](?<![\w&#].)(?:[A-ZÀ-Ý0-9]|[-–](?=[A-ZÀ-Ý]))*[A-ZÀ-Ý0-9](?!\w)(?:\+(?!\w))?"
)
"""A word in capitals, two letters at least, or « REP+ »; the glossary says if it is a sigle."""
_SILENT = ("abbr", "code", "desc", "option", "script", "style", "svg", "textarea", "title")
_NEVER = frozenset(_SILENT)
_NAME = r"([a-zA-Z][\w-]*+)"
_PIECE = re.compile(
    rf"(?:<({'|'.join(_SILENT)})\b[^>]*+>.*?</\1>|<{_NAME}([^>]*+)>([^<]*+)</\2>|"
    rf"<(/?+){_NAME}([^>]*+)>)([^<]*+)",
    re.S,
)
"""A part that never holds a mark, whole; or one that holds words alone; or a tag. Then words."""
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
_PART = re.compile("[^-–]+")
_Open = tuple[str, str, int]
"""Name of a tag, what may be done with its words, where the reason that holds it begins."""
_OUTSIDE: _Open = ("", "noted", 0)
_NEAR = 24
"""How far a sigle may be from the words it stands for, where the author has written both."""


_Run = tuple[int, str, str, int]
"""A run of text as the walk of a page finds it, a thousand a page: see `_Text`."""


@dataclass
class _Text:
    """A run of text of the page that holds a word in capitals."""

    start: int
    words: str
    way: str
    """What may be done with it: « noted », « marked » (without a note) or « defined »."""
    panel: int
    """Where the reason that holds it begins; 0 outside of any."""
    offset: int
    """Where it begins among all that is read."""


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
    runs = _runs(html)
    read = "".join([words for _, words, _, _ in runs])
    page = _Page()
    for run, start, end in _tokens(html, runs):
        _meet(page, run, (start, end), read)
    pieces, done = [], 0
    for start, end, tag in sorted(page.marks):
        pieces += [html[done:start], tag, html[start:end], "</abbr>"]
        done = end
    return "".join([*pieces, html[done:]])


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


def _meet(page: _Page, run: _Text, token: tuple[int, int], read: str) -> None:
    """Do what must be done of a word in capitals: nothing, a mark, or a mark with its note."""
    if run.way == "defined":
        page.noted |= {_name(term) for term in _known().get(run.words[slice(*token)], ())}
        return
    for start, end, term in _terms_of(run, *token):
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


def _terms_of(run: _Text, begin: int, end: int) -> Iterator[tuple[int, int, Term]]:
    """Yield what a word in capitals stands for, as a whole or by each of its parts, and where."""
    token, term = run.words[begin:end], None
    if token in _known() or token.rstrip(_DIGITS) in _known():
        before = unescape(run.words[:end])
        term = meaning(token, before + unescape(run.words[end:]), len(before))
    if term is not None:
        yield begin, end, term
        return
    for part in _PART.finditer(token):
        if (of_part := meaning(part[0])) is not None and part[0] != token:
            yield begin + part.start(), begin + part.end(), of_part


def _note(page: _Page, run: _Text, term: Term) -> None:
    """Remember that the sigle is explained: for the page, or inside a panel for that panel."""
    page.opened.add((run.panel, _name(term)))
    if not run.panel:
        page.noted.add(_name(term))


def _name(term: Term) -> str:
    return term.term + term.followed_by


def _tag(term: Term, more: str) -> str:
    return f'<abbr title="{hard_spaces(escape(term.expansion))}"{more}>'


def _runs(html: str) -> list[_Run]:
    """Return the runs of text between tags that may hold a mark, in order."""
    runs: list[_Run] = []
    open_tags = [_OUTSIDE]
    for piece in _PIECE.finditer(html):
        _, leaf, of_leaf, inside, closing, name, attributes, after = piece.groups()
        if inside:
            _, way, panel = _opened(open_tags[-1], leaf, of_leaf, piece.start())
            if way != "never":
                runs.append((piece.start(4), inside, way, panel))
        elif closing:
            _close(open_tags, name)
        elif name and name not in _VOID and not attributes.endswith("/"):
            open_tags.append(_opened(open_tags[-1], name, attributes, piece.start()))
        if after:
            _, way, panel = open_tags[-1]
            if way != "never":
                runs.append((piece.start(8), after, way, panel))
    return [run for run in runs if not ("&#" in run[1] and _TYPED.search(run[1]))]


def _opened(around: _Open, name: str, attributes: str, start: int) -> _Open:
    """Return a tag with what may be done with its words, and the reason that holds it."""
    way, opens = _kind(around[1], name, attributes)
    return name, way, around[2] or (start if opens else 0)


@lru_cache(maxsize=4096)
def _kind(inside: str, name: str, attributes: str) -> tuple[str, bool]:
    """Return what may be done with the words of a tag, and whether it opens in place.

    A page has a thousand tags of a few dozen kinds.
    """
    opens = name == "details" or bool(attributes and _CLOSED.search(attributes))
    return _way(inside, name, attributes), opens


def _close(open_tags: list[_Open], name: str) -> None:
    """Leave a tag, with those inside it that were not closed."""
    if open_tags[-1][0] == name:
        open_tags.pop()
    elif any(each[0] == name for each in open_tags):
        while open_tags.pop()[0] != name:
            pass


def _way(inside: str, name: str, attributes: str) -> str:
    if inside == "never" or name in _NEVER:
        return "never"
    if attributes and _OWN.search(attributes):
        return "never"
    if attributes and _DEFINED.search(attributes):
        return "defined"
    return "marked" if inside == "marked" or name in _ANSWERS else "noted"


def _tokens(html: str, runs: list[_Run]) -> Iterator[tuple[_Text, int, int]]:
    """Yield each word in capitals of the runs that may be a sigle: its run, its place in it."""
    starts = [run[0] for run in runs]
    offsets = list(accumulate((len(run[1]) for run in runs), initial=0))
    for token in TOKEN.finditer(html):
        if not _may_mean(token[0]):
            continue
        place = bisect_right(starts, token.start()) - 1
        if place < 0:
            continue
        run = _Text(*runs[place], offsets[place])
        if token.start() < run.start + len(run.words):
            yield run, token.start() - run.start, token.end() - run.start


@lru_cache(maxsize=4096)
def _may_mean(token: str) -> bool:
    """Tell whether the glossary has a word in capitals, without its figures, or a part of it."""
    names = (token, token.rstrip(_DIGITS), *_PART.findall(token))
    return any(name in _known() or name.rstrip(_DIGITS) in _known() for name in names)


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
