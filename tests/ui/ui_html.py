"""A page read back: its text, headings, controls and ids, with the standard library alone."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from iprof_kit.ui.components.screen import Answered

VOID = {"br", "img", "input", "meta", "link", "hr", "wbr"}
BANNED = re.compile(
    r"vous serez promu|vous obtiendrez|confirmation de demande|veuillez|\bNone\b|traceback", re.I
)
CONTROLS = {"input", "select", "textarea"}


class Page(HTMLParser):
    """Collect what the checks need; `text` is what is read, spaces joined."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.headings: list[int] = []
        self.open: list[str] = []
        self.parts: list[str] = []
        self.button_words: list[str] = []
        self.descriptions: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            self.headings.append(int(tag[1]))
        if tag == "button":
            self.button_words.append("")
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag):
        assert self.open, f"</{tag}> closes nothing"
        assert self.open[-1] == tag, f"</{tag}> closes <{self.open[-1]}>"
        self.open.pop()

    def handle_data(self, data):
        if "desc" in self.open:
            self.descriptions.append(data)
        elif "title" not in self.open:
            self.parts.append(data)
        if "button" in self.open:
            self.button_words[-1] += data

    @property
    def text(self) -> str:
        return " ".join("".join(self.parts).split(" ")).replace("\n", " ")

    @property
    def ids(self) -> list[str]:
        return [attrs["id"] for _, attrs in self.tags if "id" in attrs]

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attrs for name, attrs in self.tags if name == tag]


def as_read(html: str) -> str:
    """Return the HTML without what says the fact of a figure: for who looks for its words."""
    return re.sub(r"</?data\b[^>]*>", "", html)


def check(answered: str | Answered) -> Page:
    """Return the page once it meets what every screen must meet."""
    page = Page(answered if isinstance(answered, str) else answered.html)
    assert not page.open, f"left open: {page.open}"
    assert page.headings.count(1) == 1, "one h1"
    assert page.headings[0] == 1
    for above, below in zip(page.headings, page.headings[1:], strict=False):
        assert below <= above + 1, f"h{below} after h{above}"
    ids = set(page.ids)
    assert len(page.ids) == len(ids), "an id twice"
    labelled = {label["for"] for label in page.all("label")}
    for tag, attrs in page.tags:
        if tag in CONTROLS and attrs.get("type") != "hidden":
            names = attrs.get("aria-labelledby", "").split()
            assert attrs.get("id") in labelled or (names and set(names) <= ids), attrs
        for reference in ("aria-controls", "aria-describedby", "aria-labelledby"):
            assert set(attrs.get(reference, "").split()) <= ids, (reference, attrs)
        assert not any("<data" in value for value in attrs.values()), "a fact in an attribute"
        if tag == "a":
            assert attrs.get("href") not in {"", "#", None}, "a link that leads nowhere"
        assert not any(name.startswith("on") for name in attrs), attrs
    assert all(words.strip() for words in page.button_words), "a button without a name"
    assert len(page.all("table")) == len(page.all("caption")), "a table without caption"
    for svg in page.all("svg"):
        assert svg.get("aria-hidden") == "true" or svg.get("aria-labelledby"), svg
    found = BANNED.search(page.text)
    assert not found, found
    return page


def fields_of(html: str, intent: str) -> dict[str, str]:
    """Return the fields of the forms of an intent as a browser sends them: name → value."""
    values: dict[str, str] = {}
    for form in re.findall(rf'<form[^>]* data-intent="{intent}"[^>]*>(.*?)</form>', html, re.S):
        for field in re.findall(r"<input ([^>]*)>", form):
            known = dict(re.findall(r'([\w-]+)="([^"]*)"', field))
            if known.get("name") and (known.get("type") != "radio" or " checked" in field):
                values[known["name"]] = known.get("value", "")
        for name, options in re.findall(r'<select[^>]* name="([^"]+)"[^>]*>(.*?)</select>', form):
            values[name] = options.split(" selected")[0].rpartition('value="')[2].rstrip('"')
    return values
