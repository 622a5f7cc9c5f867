"""Each sigle explained in place: at its first reading on a page, « NUMEN (numéro d’…) ».

Done once, on the HTML of any screen. What a sigle stands for is written after its first occurrence
in the text; where it is only read in a place that holds no explanation (a link, a button, a list
of choices, a figure), it is explained in a list at the end of the page. A reason that opens in
place explains its own. What a person typed (`data-own`) is never touched.
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
_NEVER = frozenset({"code", "desc", "script", "style", "textarea", "title"})
_LISTED = frozenset({"a", "button", "h1", "option", "summary", "svg"})
_VOID = frozenset({"br", "hr", "img", "input", "link", "meta", "wbr"})
_OWN = re.compile(r'\sdata-own\b|\sclass="[^"]*\bvh\b|\saria-hidden="true"')
"""What a person typed; what only a screen reader says, or only the eye sees, beside its text."""
_DEFINED = re.compile(r"\sdata-defined\b")
"""An entry of a glossary: what it stands for is said beside it."""
_CLOSED = re.compile(r"\shidden\b")
_TYPED = re.compile(r"&#(?:10|13|9|32|8239);")
_OUTSIDE = ("", "written", 0)
_NEAR = 24
"""How far a sigle may be from the words it stands for, where the author has written both."""


@dataclass
class _Text:
    """A run of text of the page: where it is, and what may be done with it."""

    start: int
    words: str
    way: str
    """« written », « listed », « defined » or « never »."""
    panel: int = 0
    """Where the reason that holds it begins; 0 outside of any."""
    offset: int = 0


@dataclass
class _Page:
    """What the walk of a page has found so far."""

    seen: set[str] = field(default_factory=set)
    opened: set[tuple[int, str]] = field(default_factory=set)
    waiting: dict[str, Term] = field(default_factory=dict)
    written: list[tuple[int, str]] = field(default_factory=list)


def expand(html: str) -> str:
    """Return the HTML of a screen with each known sigle explained at its first reading."""
    runs = [run for run in _runs(html) if run.way != "never"]
    read = "".join(_at(runs))
    page = _Page()
    for run in runs:
        for found in TOKEN.finditer(run.words):
            _meet(page, run, found, read)
    for position, words in sorted(page.written, reverse=True):
        html = f"{html[:position]}{words}{html[position:]}"
    return _with_list(html, [page.waiting[name] for name in page.waiting if name not in page.seen])


def meaning(token: str, read: str = "", end: int = 0) -> Term | None:
    """Return what a word in capitals stands for, None where the glossary does not have it.

    `read` is the text where the word ends at `end`: of two readings, what stands around chooses. A
    figure at the end (« HEA2 ») is that of a chevron or of an échelon.
    """
    for name in (token, token.rstrip("0123456789")):
        for term in _known().get(name, ()):
            if not term.followed_by or re.compile(term.followed_by).match(read, end):
                return term
    return None


def _meet(page: _Page, run: _Text, found: re.Match[str], read: str) -> None:
    """Do what must be done of a word in capitals: nothing, explain it here, or in the list."""
    if run.way == "defined":
        page.seen |= {term.term + term.followed_by for term in _known().get(found[0], ())}
        return
    before = unescape(run.words[: found.end()])
    term = meaning(found[0], before + unescape(run.words[found.end() :]), len(before))
    if term is None:
        for part in re.split("[-–]", found[0]) if "-" in found[0] or "–" in found[0] else ():
            if (term := meaning(part)) is not None and term.term not in page.seen:
                page.waiting.setdefault(term.term, term)
        return
    name = term.term + term.followed_by
    if name in page.seen or (run.panel, name) in page.opened:
        return
    said_here = _already_said(read, run.offset + found.start(), run.offset + found.end(), term)
    if said_here or run.way == "written":
        page.opened.add((run.panel, name))
        page.seen |= set() if run.panel else {name}
    if said_here:
        return
    if run.way == "written":
        words = escape(term.expansion, quote=False)
        said = f" : {words}" if _in_parentheses(run.words[: found.start()]) else f" ({words})"
        page.written.append((run.start + found.end(), hard_spaces(said)))
    else:
        page.waiting.setdefault(name, term)


def _in_parentheses(before: str) -> bool:
    """Tell whether a parenthesis is open: another one inside would be read twice."""
    return before.count("(") > before.count(")")


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
            while any(each[0] == name for each in open_tags) and open_tags.pop()[0] != name:
                pass
        elif name not in _VOID and not attributes.endswith("/"):
            _, inside, panel = open_tags[-1] if open_tags else _OUTSIDE
            if not panel and (name == "details" or _CLOSED.search(attributes)):
                panel = tag.start()
            open_tags.append((name, _way(inside, name, attributes), panel))


def _way(inside: str, name: str, attributes: str) -> str:
    if inside == "never" or name in _NEVER or _OWN.search(attributes):
        return "never"
    if _DEFINED.search(attributes):
        return "defined"
    return "listed" if inside == "listed" or name in _LISTED else "written"


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
    return _plain(term.expansion) in _plain(unescape(around))


def _with_list(html: str, listed: list[Term]) -> str:
    """Add the list of the sigles that only links, buttons, choices or figures hold."""
    place = html.rfind("</div>")
    if not listed or place < 0:
        return html
    rows = "".join(
        f"<div><dt>{escape(term.term)}</dt><dd>{hard_spaces(escape(term.expansion, quote=False))}"
        "</dd></div>"
        for term in sorted(listed, key=lambda term: term.term)
    )
    words = f'<section class="sigles"><h2>Sigles de cette page</h2><dl>{rows}</dl></section>'
    return f"{html[:place]}{words}\n{html[place:]}"


def _plain(words: str) -> str:
    """Return words without accents, capitals, apostrophes or hard spaces, to compare them."""
    return " ".join(plain_letters(words.replace("’", "'")).lower().split())


@cache
def _known() -> dict[str, tuple[Term, ...]]:
    found: dict[str, tuple[Term, ...]] = {}
    for term in terms():
        if term.kind != "mot":
            found[term.term] = (*found.get(term.term, ()), term)
    return found
