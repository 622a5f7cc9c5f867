"""One person before the screens of one notebook: what she opens, presses, types and takes away.

Nothing of a screen is known here but its HTML: what may be done is read in it, and drawn by a
seed from the name of each control. So a control that one tree alone has moves no other one.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Iterator
from typing import Any

from drawn import doors
from drawn.lines import Act, Field, acts_of, file_lines, lines_of

Record = Callable[[str, list[str]], None]
_MOST_REASONS = 80
_OWN_WORDS = "Mes raisons : c'est l'été, n° 12 ; « tôt » ?"
_WORDS = (_OWN_WORDS, "12/03/2027", "01/09/2024", "7", "40", "1 250,50", "Clermont-Ferrand", "")
_DAYS = ("12/03/2027", "01/09/2024", "31/08/2030", "15/11/1990", "hier")
_NUMBERS = ("0", "1", "3", "12", "80", "250", "beaucoup")
_DAY_NAMES = ("date", "jour", "debut", "fin", "naissance", "avant", "-du", "-au")
_FILES = {
    "json": b'{"basics": {"name": "Camille Fictive"}, "work": []}',
    "txt": "essai : « tôt »\n".encode(),
}


def drawn(*of: object) -> int:
    """Return a number that these words alone decide."""
    return int.from_bytes(hashlib.blake2b("/".join(map(str, of)).encode(), digest_size=8).digest())


class Person:
    """One person in one kernel.

    Parameters
    ----------
    who : str
        What names her in the drawing.
    screen : Screen
        What the notebook opened.
    record : callable
        Takes a name and its lines.
    seed : int
    acts : int
        How many things are done on each address, beside the reasons.
    """

    def __init__(self, who: str, screen: Any, record: Record, seed: int, acts: int) -> None:
        self._who, self._screen, self._record = who, screen, record
        self._seed, self._acts = seed, acts
        self._files: list[tuple[str, bytes]] = []
        screen.send = self._said
        self.broken: list[str] = []

    def _said(self, content: object, buffers: Any = None) -> None:
        if isinstance(content, dict) and content.get("kind") == "file":
            self._files.append((content["name"], bytes(buffers[0])))

    def _tell(self, step: str, message: dict[str, Any], buffers: Any = ()) -> str:
        doors.begin_again(self._seed, self._who, step)
        self._screen.receive(message, buffers)
        return str(self._screen.html)

    def routes(self, path: str) -> set[str]:
        """Return the addresses of this kernel, as its first page says them."""
        return acts_of(self._tell(path, {"kind": "route", "path": path, "query": ""}))[0]

    def visit(self, path: str) -> None:
        """Open an address, every reason of it, then do what is drawn.

        Parameters
        ----------
        path : str
        """
        where = f"{self._who} {path}"
        html = self._tell(path, {"kind": "route", "path": path, "query": ""})
        before = self._keep(where, html, ())
        html, before = self._reasons(where, path, html, before)
        done: set[str] = set()
        for _ in range(self._acts):
            act = self._next(path, html, done)
            if act is None:
                break
            done.add(act.key)
            html = self._do(path, act, f"{where} › {act.key}")
            before = self._keep(f"{where} › {act.key}", html, before)
            html, before = self._reasons(f"{where} › {act.key}", path, html, before)

    def _reasons(
        self, where: str, path: str, html: str, before: tuple[str, ...]
    ) -> tuple[str, tuple[str, ...]]:
        """Ask each reason once; keep what each brings."""
        asked: set[str] = set()
        while len(asked) < _MOST_REASONS:
            waiting = (one for one in acts_of(html)[1] if one.kind == "reason")
            act = next((one for one in waiting if one.key not in asked), None)
            if act is None:
                break
            asked.add(act.key)
            message = {"kind": "intent", "name": act.name, "values": act.values, "changed": "",
                       "path": path}  # fmt: skip
            html = self._tell(f"{where} › {act.key}", message)
            before = self._keep(f"{where} › {act.key}", html, before)
        return html, before

    def _next(self, path: str, html: str, done: set[str]) -> Act | None:
        """Return what is done next: of all that is offered and was not done, the first drawn."""
        offered = [one for one in acts_of(html)[1] if self._may(path, one) and one.key not in done]
        return min(
            offered, key=lambda one: drawn(self._seed, self._who, path, one.key), default=None
        )

    def _may(self, path: str, act: Act) -> bool:
        if act.kind == "link":
            return act.name.startswith(f"{path}?")
        return act.kind in ("press", "form", "file", "move")

    def _do(self, path: str, act: Act, step: str) -> str:
        if act.kind == "link":
            _, _, query = act.name.partition("?")
            return self._tell(step, {"kind": "route", "path": path, "query": f"?{query}"})
        if act.kind == "file":
            kind = sorted(_FILES)[drawn(self._seed, step) % len(_FILES)]
            content = _FILES[kind]
            message = {"kind": "file", "name": act.name, "file": f"essai.{kind}", "part": 0,
                       "parts": 1, "size": len(content), "path": path}  # fmt: skip
            return self._tell(step, message, [memoryview(content)])
        values, changed, name = dict(act.values), "", act.name
        if act.kind == "form":
            values, changed = self._typed(act, step)
            if act.live and changed:
                name = act.values["change"] or act.name
            else:
                changed = ""
        return self._tell(step, {"kind": "intent", "name": name, "values": values,
                                 "changed": changed, "path": path})  # fmt: skip

    def _typed(self, form: Act, step: str) -> tuple[dict[str, str], str]:
        """Return what a form sends, some of its fields changed; and one that was."""
        values: dict[str, str] = {}
        radios: dict[str, list[Field]] = {}
        for one in form.fields:
            if one.kind == "radio":
                radios.setdefault(one.name, []).append(one)
            if one.on:
                values[one.name] = one.value.replace("\r\n", "\n")
        names = sorted({one.name for one in form.fields if one.kind != "hidden"})
        names.sort(key=lambda one: drawn(self._seed, step, one))
        changed = ""
        for name in names[: 1 + len(names) // 3]:
            one = next(each for each in form.fields if each.name == name)
            changed = name
            draw = drawn(self._seed, step, name, "value")
            if one.kind == "radio":
                values[name] = radios[name][draw % len(radios[name])].value
            elif one.kind == "checkbox":
                values = {k: v for k, v in values.items() if k != name} if one.on else values | {
                    name: one.value}  # fmt: skip
            elif one.choices:
                values[name] = one.choices[draw % len(one.choices)]
            else:
                values[name] = _written(one, draw)
        return values, changed

    def _keep(self, name: str, html: str, before: tuple[str, ...]) -> tuple[str, ...]:
        """Record a page, or what it says beside the one before; and the files that it gave."""
        lines = lines_of(html)
        if "n’a pas pu être préparé" in html:
            self.broken.append(name)
        known = set(before)
        self._record(name, [one for one in lines if one not in known] if before else lines)
        for file, content in self._files:
            self._record(f"{name} ⇩ {file}", file_lines(file, content))
        self._files.clear()
        return tuple(lines)


def _written(one: Field, draw: int) -> str:
    """Return what is typed in a field."""
    if one.kind == "range":
        low, high = (int(float(each or 0)) for each in one.limits)
        return str(low + draw % (max(high - low, 0) + 1))
    if draw % 4 == 0:
        return one.value
    hint = f"{one.name} {one.hint}".lower()
    if any(word in hint for word in _DAY_NAMES):
        return _DAYS[draw // 4 % len(_DAYS)]
    if "numeric" in hint or "decimal" in hint or one.kind == "number":
        return _NUMBERS[draw // 4 % len(_NUMBERS)]
    return _OWN_WORDS if one.kind == "textarea" else _WORDS[draw // 4 % len(_WORDS)]


def quiet() -> None:
    """Leave the log of screens that fail on purpose out of the way."""
    logging.disable(logging.ERROR)


def walk(person: Person, paths: list[str]) -> Iterator[str]:
    """Visit addresses one after the other; yield each once it is drawn."""
    for path in paths:
        person.visit(path)
        yield path
