"""A person who does what her pages offer, by a seed; her screens remade between two messages."""

from __future__ import annotations

import dataclasses
import itertools
import pickle
import random
import re
from datetime import date

from pydantic import BaseModel
from ui_html import Page

from iprof_kit.base.errors import KitError

WORDS = ("", "12", "01/09/2027", "2033", "Lyon", "31/06/2024", "oui", "Une phrase, puis une autre.")
_DRAWN = re.compile(r"[0-9a-f]{24,}|\b0{6}[0-9a-f]{6}\b|(?<=/cv/lien#)[\w.-]{60,}")
"""A name that is drawn: of an act, of a line of a CV, of a link."""
_RANK = re.compile(r"nom(\d{6})")
_FIGURE = re.compile(r"\b[a-z]\d+[td]\b")
"""How a figure names its title: they are counted in a process."""
_GIVEN = ("hidden", "radio", "checkbox", "range")
LEAVES = (str, int, float, bytes, date, KitError, type(None))


def offered(html):
    """Return what a page lets one do: messages without their address."""
    return [*_buttons(html), *_forms(html)]


def _buttons(html):
    for _, attrs in Page(html).tags:
        name = attrs.get("data-asks") or attrs.get("data-intent") or attrs.get("data-moves")
        if name and "data-live" not in attrs and "novalidate" not in attrs:
            values = {key: attrs[f"data-{key}"] for key in ("of", "by") if attrs.get(f"data-{key}")}
            if "data-moves" in attrs:
                values["by"] = "1"
            yield {"kind": "intent", "name": name, "values": values, "changed": ""}


def _forms(html):
    form, select = None, ""
    for tag, attrs in Page(html).tags:
        if tag == "form":
            form = attrs if attrs.get("data-intent") else None
            fields = {}
            if form is not None:
                names = ("data-intent", "data-change", "data-draft")
                for name in filter(None, map(form.get, names)):
                    yield {"kind": "intent", "name": name, "values": fields, "changed": ""}
        elif form is not None and tag in ("input", "textarea", "select"):
            select = attrs.get("name", "")
            kind = attrs.get("type", "text")
            if select and kind != "file" and (kind != "radio" or "checked" in attrs):
                fields.setdefault(select, []).append(
                    attrs.get("value", "") if tag == "input" and kind in _GIVEN else None
                )
        elif form is not None and tag == "option" and select:
            fields.setdefault(select, []).append(attrs.get("value", ""))


def drawn(message, chance):
    """Return a message whose fields are filled."""
    values = {
        name: chance.choice([one for one in choices if one is not None] or WORDS)
        if isinstance(choices, list)
        else choices
        for name, choices in message["values"].items()
    }
    changed = chance.choice(sorted(values)) if values else ""
    return {**message, "values": values, "changed": changed}


class Told:
    """The screens of one person, in a world of its own."""

    def __init__(self, make, guichet, monkeypatch):
        keys = itertools.count(1)
        monkeypatch.setattr("secrets.token_hex", lambda size: f"{next(keys):0{2 * size}x}")
        self.make = lambda: make(lambda: guichet)
        self.portal, self.names = self.make(), {}

    def say(self, message):
        """Return the page; a name that is drawn is told by its rank, in what is said too."""
        values = {k: self._name(v) for k, v in message.get("values", {}).items()}
        done = self.portal.handle({**message, "values": values})
        page = _FIGURE.sub("", done.html) + (done.download.name if done.download else "")
        return _DRAWN.sub(lambda found: f"nom{self._rank(found[0]):06}", page)

    def _rank(self, name):
        return self.names.setdefault(name, len(self.names))

    def _name(self, said):
        return _RANK.sub(lambda found: list(self.names)[int(found[1])], said)

    def remake(self):
        """Go on with new screens that know the record alone, and what is sensitive, in memory."""
        before, self.portal = self.portal, self.make()
        record = pickle.loads(pickle.dumps(before.record()))  # our own
        self.portal.recall(record, before.sensitive)
        return record


def story(told, path, seed, length):
    """Return what she does at an address, drawn from what each page offers, and the pages."""
    chance = random.Random(seed)  # a draw that can be made again
    path, _, query = path.partition("?")
    told_messages = [{"kind": "route", "path": path, "query": f"?{query}"}]
    pages = [told.say(told_messages[0])]
    for step in range(length):
        choices = offered(pages[-1])
        if not choices and step:
            break
        acts = choices and step % 7 != 6
        message = drawn(chance.choice(choices), chance) if acts else {"kind": "route"}
        told_messages.append({**message, "path": path})
        pages.append(told.say(told_messages[-1]))
    return told_messages, pages


def first_difference(told, messages, pages):
    """Return the first message whose page differs where the screens are remade before each."""
    for message, page in zip(messages, pages, strict=True):
        record = told.remake()
        assert not not_plain(record)
        assert not told_in(record, told.portal.sensitive.typed())
        if told.say(message) != page:
            return message
    return None


def not_plain(value, at="record"):
    """Return where a record holds something else than plain data."""
    if isinstance(value, (*LEAVES, BaseModel)):
        return []
    if dataclasses.is_dataclass(value):
        value = {one.name: getattr(value, one.name) for one in dataclasses.fields(value)}
    if isinstance(value, dict):
        return [bad for name, one in value.items() for bad in not_plain(one, f"{at}.{name}")]
    if isinstance(value, list | tuple | set | frozenset):
        return [bad for one in value for bad in not_plain(one, f"{at}[]")]
    return [f"{at}: {type(value).__name__}"]


def told_in(record, held):
    """Return the sensitive fields whose value a record holds."""
    if isinstance(record, dict):
        own = [name for name, value in held.items() if record.get(name) == value]
        return own + [one for part in record.values() for one in told_in(part, held)]
    if dataclasses.is_dataclass(record):
        return told_in(vars(record), held)
    return []
