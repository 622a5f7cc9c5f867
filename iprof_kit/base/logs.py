"""One form for every line that a process writes of itself, in French, dated, with nothing personal.

« 2026-11-27T16:12:03.042+01:00 ATTENTION serveur [3f0a9c1e] message »: hour of Paris, level,
process, and the trace by which a click is followed: that of the HTTP request, then
« opening-message » from the websocket to the guichet and the kernel.

What libraries say is kept, in their words, without addresses, paths and long words, which may be
secrets; an error is told by its kind and its places in the code, never by its text or its values.
"""

from __future__ import annotations

import hashlib
import json
import logging
import re
import sys
import traceback
from collections.abc import Iterator
from contextvars import ContextVar
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from iprof_kit.base.characters import bounded
from iprof_kit.base.clock import PARIS
from iprof_kit.base.configuration.in_force import in_force

TRACE: ContextVar[str] = ContextVar("trace", default="-")
"""What the current work answers to."""
LEVEL = "IPROF_LOG_LEVEL"
"""Variable of the environment: debug, info (where it is absent), attention, erreur."""
FORM = "IPROF_LOG_FORM"
"""Variable of the environment: texte (where it is absent), json."""
_OURS = "iprof_kit"
_NAMES = {10: "DÉTAIL", 20: "INFO", 30: "ATTENTION", 40: "ERREUR", 50: "GRAVE"}
_LEVELS = {"debug": 10, "info": 20, "attention": 30, "erreur": 40}
_LONGEST = 2_000
_MOST_PLACES = 12
_PERSONAL = (
    (re.compile(r"HTTPServerRequest\(.*?\)"), "(demande)"),
    (re.compile(r"(?<![\w.])\d{1,3}(\.\d{1,3}){3}(?![\w.])"), "(adresse)"),
    (re.compile(r"(?i)(?<![\w:])[0-9a-f]{0,4}:[0-9a-f:.]*:[0-9a-f:.]*(?![\w:])"), "(adresse)"),
    (re.compile(r"[\w.+-]+@[\w.-]+"), "(adresse)"),
    (re.compile(r"/[^\s'\",;)\]}]+"), "(chemin)"),
    (re.compile(r"[\w-]{20,}"), "(long)"),
)


def configure(process: str) -> None:
    """Give this process the kit's one form, on its error output.

    Parameters
    ----------
    process : str
        What it is: « serveur », « chaud », « session ».
    """
    handler = logging.StreamHandler(sys.stderr)
    chosen = in_force().values.journaux
    form = JsonFormatter if chosen.forme == "json" else FrenchFormatter
    handler.setFormatter(form(process))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger(_OURS).setLevel(_LEVELS[chosen.niveau])
    logging.captureWarnings(True)
    logging.raiseExceptions = False  # what could not be written would be shown whole, values too
    sys.excepthook = _log_end


def short(name: str) -> str:
    """Return the eight hexadecimal digits by which a log names what has a long or a secret name."""
    return hashlib.blake2s(name.encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()


class Line(NamedTuple):
    """The parts of a line: names in French, since a log is read by those who administer."""

    moment: str
    niveau: str
    processus: str
    trace: str
    message: str
    erreur: tuple[str, ...] = ()


class FrenchFormatter(logging.Formatter):
    """Write a record on one line, and an error's places under it.

    Parameters
    ----------
    process : str
    """

    def __init__(self, process: str) -> None:
        super().__init__()
        self._process = process

    def format(self, record: logging.LogRecord) -> str:
        """Return the lines of a record."""
        one = self.parts(record)
        line = f"{one.moment} {one.niveau} {one.processus} [{one.trace}] {one.message}"
        return "\n".join([line, *one.erreur])

    def parts(self, record: logging.LogRecord) -> Line:
        """Return what a record says, part by part."""
        moment = datetime.fromtimestamp(record.created, PARIS).isoformat(timespec="milliseconds")
        level = _NAMES.get(record.levelno, str(record.levelno))
        failed = record.exc_info and record.exc_info[0] is not None
        causes = tuple(_causes(record.exc_info[1])) if failed and record.exc_info else ()
        return Line(moment, level, self._process, TRACE.get(), _message(record), causes)


class JsonFormatter(FrenchFormatter):
    """Write a record as one object on one line, for a program that gathers logs."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the object; « erreur » is there where there was one."""
        parts = self.parts(record)._asdict()
        if not parts["erreur"]:
            del parts["erreur"]
        return json.dumps(parts, ensure_ascii=False)


def _message(record: logging.LogRecord) -> str:
    try:
        message = record.getMessage()
    except Exception:  # whatever was given does not suit its own words
        message = str(record.msg)
    if record.name.partition(".")[0] == _OURS:
        return bounded(message, _LONGEST)
    for personal, instead in _PERSONAL:
        message = personal.sub(instead, message)
    return f"{record.name} : {bounded(message, _LONGEST)}"


def _causes(error: BaseException | None) -> Iterator[str]:
    """Yield the kind of an error and where it came from, then those of its causes."""
    while error is not None:
        kind = type(error)
        yield f"  {kind.__module__}.{kind.__qualname__}"
        for place in traceback.extract_tb(error.__traceback__)[-_MOST_PLACES:]:
            yield f"    {_file(place.filename)}:{place.lineno} {place.name}"
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _file(name: str) -> str:
    """Return the end of a file's name, from its package on."""
    parts = Path(name).parts
    start = next((i for i, part in enumerate(parts) if part in {_OURS, "site-packages"}), -2)
    return bounded("/".join(parts[start:]), 120)


def _log_end(kind: type[BaseException], error: BaseException, trace: Any) -> None:
    if issubclass(kind, KeyboardInterrupt):
        return
    logging.getLogger(_OURS).critical("fin imprévue", exc_info=(kind, error, trace))
