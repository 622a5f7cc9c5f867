"""A page or a file as lines that can be compared: white space and attribute order aside."""

from __future__ import annotations

import html
import io
import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

_PARTS = re.compile(r"(<[^>]*>)")
_ATTRIBUTE = re.compile(r'([^\s=<>"/]+)(?:="([^"]*)")?')
_SPACES = re.compile(r"[ \t\r\n]+")
_MADE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
"""When a file was made, which its library reads on the real clock."""
_INLINE = frozenset(
    {"a", "abbr", "b", "bdi", "code", "data", "em", "i", "mark", "small", "span", "strong", "sub",
     "sup", "time", "tspan"}
)  # fmt: skip
_VOID = frozenset({"br", "hr", "img", "input", "link", "meta", "wbr", "col", "source"})


def lines_of(page: str) -> list[str]:
    r"""Return a page as lines: a tag, its attributes in their order of the alphabet, or words.

    Hard spaces stay: typography is part of what is compared. A tag within a sentence stays in it.

    Examples
    --------
    >>> lines_of('<p  id="b" class="a">Le <b>1er</b>\n mars</p>')
    ['<p class="a" id="b">', 'Le <b>1er</b> mars', '</p>']
    """
    lines: list[str] = []
    words = ""
    kept = False
    for part in _PARTS.split(page):
        if part.startswith("<"):
            name = _name(part)
            kept = (kept or name in ("pre", "textarea")) and name not in ("/pre", "/textarea")
            if name.lstrip("/") in _INLINE:
                words += _tag(part)
                continue
            _end(lines, words)
            words = ""
            lines.append(_tag(part))
        elif part:
            words += part.replace("\n", "⏎") if kept else part
    _end(lines, words)
    return lines


def _end(lines: list[str], words: str) -> None:
    if said := _SPACES.sub(" ", html.unescape(words) if "&" in words else words).strip(" "):
        lines.append(said)


def _name(tag: str) -> str:
    return re.split(r"[\s>]", tag[1:], maxsplit=1)[0].rstrip("/").lower() or "/"


@lru_cache(maxsize=200_000)
def _tag(tag: str) -> str:
    """Return a tag whose attributes follow the alphabet; values unescaped, spaces single."""
    name = _name(tag)
    inside = tag[1 + len(name) : -1].rstrip("/")
    found = sorted((key.lower(), value) for key, value in _ATTRIBUTE.findall(inside))
    written = "".join(f' {key}="{_value(value)}"' if value else f" {key}" for key, value in found)
    return f"<{name}{written}>"


def _value(value: str) -> str:
    return _SPACES.sub(" ", html.unescape(value)).strip(" ")


@dataclass
class Field:
    """One field of a form: what it sends as it stands, and what else it may say."""

    name: str
    kind: str
    value: str = ""
    on: bool = True
    choices: list[str] = field(default_factory=list)
    limits: tuple[str, str] = ("", "")
    hint: str = ""


@dataclass
class Act:
    """What a person may do on a page: follow, open, press, send or change."""

    kind: str
    """`link`, `reason`, `press`, `form`, `file` or `move`."""
    name: str
    values: dict[str, str] = field(default_factory=dict)
    fields: list[Field] = field(default_factory=list)
    live: str = ""

    @property
    def key(self) -> str:
        """What names it on every tree."""
        return f"{self.kind} {self.name} {' '.join(self.values.values())}".rstrip()


class _Tags:
    """Walk the tags of a page; keep the forms being read."""

    def __init__(self, page: str) -> None:
        self.routes: set[str] = set()
        self.acts: list[Act] = []
        self._form: Act | None = None
        self._select: Field | None = None
        self._area: Field | None = None
        self._forms: dict[str, Act] = {}
        self._outside: list[tuple[str, Field]] = []
        for part in _PARTS.split(page):
            if part.startswith("<"):
                self._read(part)
            elif self._area is not None:
                self._area.value += html.unescape(part)
        for form, one in self._outside:
            if form in self._forms:
                self._forms[form].fields.append(one)

    def _read(self, tag: str) -> None:
        name = _name(tag)
        if name.startswith("/"):
            self._close(name[1:])
            return
        known = {
            key.lower(): html.unescape(value)
            for key, value in _ATTRIBUTE.findall(tag[1 + len(name) : -1])
        }
        if "data-routes" in known:
            self.routes |= set(known["data-routes"].split())
        if name == "form":
            self._form = Act("form", known.get("data-intent", ""), live=known.get("data-live", ""))
            self._form.values = {"change": known.get("data-change", "")}
            self.acts.append(self._form)
            self._forms[known.get("id", "")] = self._form
        elif name in ("input", "select", "textarea"):
            self._field(name, known)
        elif name == "option" and self._select is not None:
            self._select.choices.append(known.get("value", ""))
            if "selected" in known or len(self._select.choices) == 1:
                self._select.value = known.get("value", "")
        elif "data-asks" in known:
            self.acts.append(Act("reason", known["data-asks"], {"of": known.get("data-of", "")}))
        elif name == "a" and known.get("href", "").startswith("/"):
            self.acts.append(Act("link", known["href"].partition("#")[0]))
        elif "data-intent" in known and "disabled" not in known:
            of = {key: known[f"data-{key}"] for key in ("of", "by") if known.get(f"data-{key}")}
            self.acts.append(Act("press", known["data-intent"], of))
        if "data-moves" in known:
            of = {"of": known.get("data-of", ""), "by": "1"}
            self.acts.append(Act("move", known["data-moves"], of))

    def _close(self, name: str) -> None:
        if name == "form":
            self._form = None
        elif name == "select":
            self._select = None
        elif name == "textarea":
            self._area = None

    def _field(self, tag: str, known: dict[str, str]) -> None:
        kind = known.get("type", "text") if tag == "input" else tag
        if known.get("data-file"):
            self.acts.append(Act("file", known["data-file"]))
            return
        if not known.get("name") or "disabled" in known or kind in ("submit", "button", "file"):
            return
        one = Field(known["name"], kind, known.get("value", ""))
        one.on = kind not in ("radio", "checkbox") or "checked" in known
        one.limits = known.get("min", ""), known.get("max", "")
        one.hint = " ".join(known.get(key, "") for key in ("inputmode", "placeholder", "id"))
        if kind in ("radio", "checkbox") and not one.value:
            one.value = "on"
        if tag == "select":
            self._select = one
        elif tag == "textarea":
            self._area = one
        if "form" in known:
            self._outside.append((known["form"], one))
        elif self._form is not None:
            self._form.fields.append(one)


def acts_of(page: str) -> tuple[set[str], list[Act]]:
    """Return the addresses that the kernel of a page answers, and what may be done on it.

    Examples
    --------
    >>> [act.key for act in acts_of('<button data-intent="ajouter" data-of="3">+</button>')[1]]
    ['press ajouter 3']
    """
    read = _Tags(page)
    return read.routes, [one for one in read.acts if one.name]


def file_lines(name: str, content: bytes) -> list[str]:
    """Return the words of a file: pages of a PDF, parts of an archive, lines of a text.

    Parameters
    ----------
    name : str
        Its end says what it is, where its first bytes do not.
    content : bytes
    """
    if content.startswith(b"%PDF"):
        from pypdf import PdfReader

        pdf = PdfReader(io.BytesIO(content))
        known = (pdf.metadata or {}).items()
        told = sorted(f"{key}={value}" for key, value in known if "Date" not in key)
        pages = [one.extract_text().splitlines() for one in pdf.pages]
        return [*told, *(f"page {n} : {line}" for n, one in enumerate(pages, 1) for line in one)]
    if content.startswith(b"PK"):
        return list(_of_archive(content))
    text = content.decode("utf-8", "backslashreplace")
    if name.endswith(".json"):
        return json.dumps(json.loads(text), indent=1, ensure_ascii=False).splitlines()
    if name.endswith((".html", ".htm", ".svg")):
        return lines_of(text)
    return text.splitlines()


def _of_archive(content: bytes) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in sorted(archive.namelist()):
            yield f"— {name}"
            inside = archive.read(name)
            if name.endswith((".xml", ".rels")):
                yield from lines_of(_MADE.sub("", inside.decode("utf-8")))
            elif not name.endswith((".png", ".jpg", ".ttf", ".woff2", ".odttf")):
                yield from file_lines(name, inside)
            else:
                yield f"{len(inside)} octets"
