"""The few entry points that a drawing needs of a tree, found again where they have moved.

A person is what she is for the real server: a kernel that runs the code of a notebook and speaks
to the guichet by lines of JSON. So what is named here is what the portal itself stands on: the
notebooks, the socket, `run`, the sample. Screens, views and tables are never imported by name: a
tree may cut them as it likes.
"""

from __future__ import annotations

import importlib
import json
import random
import re
import secrets
import sys
import uuid
from datetime import UTC, datetime
from functools import cache
from inspect import signature
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

MOMENT = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
"""The day of the sample: nothing drawn depends on the day of the drawing."""
_HOMES = {
    "prepare_database": "iprof_kit.records.database",
    "engine": "iprof_kit.records.database",
    "reading": "iprof_kit.records.database",
    "writing": "iprof_kit.records.database",
    "Account": "iprof_kit.records.accounts",
    "Agent": "iprof_kit.records.agents",
    "hasher": "iprof_kit.services.access.passwords",
    "identity_of": "iprof_kit.services.access.login",
    "load_sample": "iprof_kit.services.dossier.sample",
    "sample_dossiers": "iprof_kit.services.dossier.sample",
    "load_sample_plan": "iprof_kit.services.training.sample",
    "use_sample": "iprof_kit.services.academies",
    "run": "iprof_kit.services.guichet.operations",
    "open_guichet": "iprof_kit.ui.components.guichet",
    "KitError": "iprof_kit.base.errors",
    "Refused": "iprof_kit.base.errors",
    "InputError": "iprof_kit.base.errors",
    "Unavailable": "iprof_kit.base.errors",
    "NotLoggedIn": "iprof_kit.services.access.own_file",
    "TASKS": "iprof_kit.services.jobs.tasks",
    "run_one": "iprof_kit.services.jobs.runner",
    "prepare": "iprof_kit.services.jobs.runner",
    "rehearse": "iprof_kit.ui.rehearsal",
    "iprof": "iprof_kit.cli",
}
"""Where each was when this was written."""


@cache
def door(name: str) -> Any:
    """Return an entry point of the tree that is drawn, wherever its package now keeps it.

    Raises
    ------
    LookupError
        No module of the package defines it.
    """
    home = _HOMES[name]
    try:
        return getattr(importlib.import_module(home), name)
    except (ImportError, AttributeError):
        return getattr(importlib.import_module(_found(name, home)), name)


def identity(account: Any) -> Any:
    """Return who an account is; a tree before the closing of accounts asks for no day."""
    known = door("identity_of")
    asked = (account, MOMENT.date()) if len(signature(known).parameters) > 1 else (account,)
    return known(*asked)


def _found(name: str, home: str) -> str:
    root = tree()
    defined = re.compile(rf"^(?:def|class) {name}\b|^{name}\b[^=\n]*=", re.MULTILINE)
    near = home.split(".")[1]
    places = sorted(
        (str(file.relative_to(root))[:-3].replace("/", ".").removesuffix(".__init__"))
        for file in (root / "iprof_kit").rglob("*.py")
        if defined.search(file.read_text(encoding="utf-8"))
    )
    for place in sorted(places, key=lambda one: one.split(".")[1] != near):
        return place
    raise LookupError(f"{name}: no module of {root} defines it (it was in {home})")


def tree() -> Path:
    """Return the checkout whose code this process runs."""
    return Path(importlib.import_module("iprof_kit").__file__ or "").resolve().parents[1]


def menu() -> list[dict[str, Any]]:
    """Return the menu of the tree."""
    read: list[dict[str, Any]] = json.loads((tree() / "voila_templates/menu.json").read_text())
    return read


def open_notebook(name: str, only_import: bool = False) -> Any:
    """Return the screen that the code of a notebook opens, as its kernel runs it."""
    cells = json.loads((tree() / "notebooks" / name).read_text(encoding="utf-8"))["cells"]
    source = "\n".join("".join(one["source"]) for one in cells if one["cell_type"] == "code")
    *before, last = [line for line in source.splitlines() if line.strip()]
    room: dict[str, Any] = {}
    exec("\n".join(before), room)  # as the server runs it
    return None if only_import else eval(last, room)


def freeze() -> None:
    """Let every clock of the kit say one moment; draws of names and keys follow `begin_again`."""
    clock = importlib.import_module("iprof_kit.base.clock")
    clock.utc_now = lambda: MOMENT
    clock.paris_today = lambda: MOMENT.astimezone(ZoneInfo("Europe/Paris")).date()
    secrets.token_bytes = lambda size=32: random.randbytes(size or 32)
    secrets.token_hex = lambda size=32: random.randbytes(size or 32).hex()
    secrets.token_urlsafe = lambda size=32: random.randbytes(size or 32).hex()
    secrets.choice = random.choice
    secrets.randbelow = random.randrange
    uuid.uuid4 = lambda: uuid.UUID(bytes=random.randbytes(16), version=4)


def cheap_passwords() -> None:
    """Let a password cost nothing to keep: nobody who is drawn types one."""
    home: Any = importlib.import_module(_HOMES["hasher"])
    home.hasher = type(door("hasher"))(time_cost=1, memory_cost=8, parallelism=1)


def begin_again(*of: object) -> None:
    """Draw what is drawn from here on from these words alone."""
    random.seed("/".join(map(str, of)))


def frozen_everywhere() -> None:
    """Freeze the clocks that modules already hold."""
    clock = sys.modules["iprof_kit.base.clock"]
    for name, module in list(sys.modules.items()):
        if name.startswith("iprof_kit") and module is not clock:
            for one in ("utc_now", "paris_today"):
                if hasattr(module, one):
                    setattr(module, one, getattr(clock, one))
