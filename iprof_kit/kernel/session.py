"""The kernel of one session: comms of widgets and nothing else, in one thread, over one socket.

No code is accepted, no completion, no history, no debugger. It has no address: the pair that it
inherited is its only way to the server, and it ends with the server's end of it.
"""

from __future__ import annotations

import base64
import itertools
import json
import logging
import numbers
import os
import select
import socket
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from time import monotonic
from typing import Any
from uuid import uuid4

from comm.base_comm import CommManager

from iprof_kit.base.characters import bounded
from iprof_kit.base.logs import TRACE, short
from iprof_kit.kernel import frames
from iprof_kit.kernel.comms import SessionComm
from iprof_kit.kernel.family import give_back

_IDLE_MILLISECONDS = 400
_VERSION = "5.3"
Message = dict[str, Any]
_log = logging.getLogger(__name__)


class SessionKernel:
    """Answer the messages of one page.

    Parameters
    ----------
    end : socket.socket
        Its end of the pair whose other end only the server holds.
    manager : CommManager
        The comms of the widgets made before.
    """

    def __init__(self, end: socket.socket, manager: CommManager) -> None:
        self._end = end
        self._manager = manager
        self._name, self._numbers = uuid4().hex, itertools.count(1)
        self._parent: Message = {}
        self._going = True
        self._opening = short(Path(os.environ["HOME"]).name)
        self._answers: dict[str, Callable[[Message], Message | None]] = {
            "kernel_info_request": self._info,
            "comm_info_request": self._comms,
            "comm_open": lambda message: self._comm(manager.comm_open, message),
            "comm_msg": lambda message: self._comm(manager.comm_msg, message),
            "comm_close": lambda message: self._comm(manager.comm_close, message),
            "shutdown_request": self._shutdown,
            "interrupt_request": lambda _message: {"status": "ok"},
        }
        SessionComm.publisher = self

    def run(self) -> None:
        """Answer until the server says to stop or goes away; give memory back when idle."""
        poller = select.poll()
        poller.register(self._end, select.POLLIN)
        trimmed = False
        while self._going:
            if not poller.poll(None if trimmed else _IDLE_MILLISECONDS):
                give_back()
                trimmed = True
                continue
            trimmed = False
            try:
                self._answer(*frames.receive(self._end))
            except frames.Closed:
                return

    def publish(
        self, kind: str, content: Message, metadata: Any, buffers: Sequence[bytes] | None
    ) -> None:
        """Tell every page something, as a consequence of the message being answered."""
        self._send(frames.EVERY_PAGE, "iopub", kind, content, metadata, buffers or ())

    def _answer(self, page: int, framed: bytes) -> None:
        """Answer one message; what is malformed or not ours is dropped."""
        try:
            message = _read(framed)
            answer = self._answers.get(message["msg_type"])
        except (ValueError, TypeError, KeyError, RecursionError):
            return
        if answer is None:
            return
        self._parent = message["header"]
        TRACE.set(f"{self._opening}-{short(str(message['msg_id']))}")
        self._status("busy")
        begun, kind = monotonic(), bounded(message["msg_type"], 40)
        try:
            content = answer(message)
            _log.info("message %s : %d ms", kind, 1000 * (monotonic() - begun))
        except Exception as error:  # whatever a page sends, its session goes on
            _log.warning("message %s : %s", kind, type(error).__name__)
            content = None
        if content is not None:
            reply = message["msg_type"].replace("_request", "_reply")
            self._send(page, message["channel"], reply, content)
        self._status("idle")

    def _send(
        self,
        page: int,
        channel: str,
        kind: str,
        content: Message,
        metadata: Any = None,
        buffers: Iterable[bytes] = (),
    ) -> None:
        header = {
            "msg_id": f"{self._name}_{next(self._numbers)}",
            "msg_type": kind,
            "username": "",
            "session": self._name,
            "date": datetime.now(UTC).isoformat(),
            "version": _VERSION,
        }
        texts = (header, self._parent, metadata or {}, content)
        pieces = [channel.encode(), *map(_written, texts), *(bytes(one) for one in buffers)]
        try:
            self._end.sendall(frames.framed(page, frames.joined(pieces)))
        except OSError:  # the server is gone: so is this session, once this is answered
            self._going = False

    def _status(self, state: str) -> None:
        self.publish("status", {"execution_state": state}, None, None)

    def _info(self, _message: Message) -> Message:
        return {
            "status": "ok",
            "protocol_version": _VERSION,
            "implementation": "iprof",
            "banner": "",
            "implementation_version": "1",
            "help_links": [],
            "language_info": {
                "name": "python",
                "version": "3",
                "mimetype": "text/x-python",
                "file_extension": ".py",
            },
        }

    def _comms(self, message: Message) -> Message:
        wanted = message["content"].get("target_name")
        known = {
            key: {"target_name": one.target_name}
            for key, one in self._manager.comms.items()
            if wanted in (None, one.target_name)
        }
        return {"status": "ok", "comms": known}

    def _comm(self, act: Callable[[Any, Any, Message], object], message: Message) -> None:
        act(None, None, message)

    def _shutdown(self, message: Message) -> Message:
        self._going = False
        return {"status": "ok", "restart": message["content"].get("restart", False)}


def _read(framed: bytes) -> Message:
    """Return a message in the terms of Jupyter's handlers of comms.

    Raises
    ------
    ValueError, TypeError, KeyError, RecursionError
        It is none.
    """
    pieces = frames.parts(framed)
    if pieces is None:
        raise ValueError("not in the framing v1")
    header, parent, metadata, content = (json.loads(piece) for piece in pieces[1:5])
    return {
        "channel": pieces[0].decode(),
        "header": header,
        "msg_id": header["msg_id"],
        "msg_type": header["msg_type"],
        "parent_header": parent,
        "metadata": metadata,
        "content": content,
        "buffers": [memoryview(piece) for piece in pieces[5:]],
    }


def _written(value: Any) -> bytes:
    text = json.dumps(value, default=_plain, ensure_ascii=False, allow_nan=False)
    return text.encode(errors="replace")  # half a character of UTF-16 is none


def _plain(value: Any) -> Any:
    """Return what JSON holds of what widgets send besides: numbers of NumPy, dates, sequences."""
    if isinstance(value, numbers.Integral):
        return int(value)
    if isinstance(value, numbers.Real):
        return float(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(value).decode()
    if isinstance(value, Iterable):
        return list(value)
    raise TypeError(f"{type(value).__name__} is not sent")
