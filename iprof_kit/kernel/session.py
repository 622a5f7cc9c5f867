"""The kernel of one session: comms of widgets and nothing else, in one thread.

No code is accepted, no completion, no history, no debugger. It ends when the server closes the pipe
of its life, so that no session outlives its server.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import Any

import zmq
from comm.base_comm import CommManager
from jupyter_client.session import Session

from iprof_kit.kernel.comms import SessionComm
from iprof_kit.kernel.confine import close_calls
from iprof_kit.kernel.family import give_back

_PORTS = ("shell", "control", "stdin", "iopub", "hb")
_KINDS = {"shell": zmq.ROUTER, "control": zmq.ROUTER, "stdin": zmq.ROUTER, "iopub": zmq.PUB,
          "hb": zmq.ROUTER}  # fmt: skip
_IDLE_MILLISECONDS = 400
Message = dict[str, Any]
_log = logging.getLogger(__name__)


class SessionKernel:
    """Answer the messages of one page.

    Parameters
    ----------
    connection : dict
        As in a connection file: transport, ip, ports, key, signature scheme.
    life : int
        Read end of a pipe whose other end only the server holds, and never writes to.
    manager : CommManager
        The comms of the widgets made before.
    """

    def __init__(self, connection: dict[str, Any], life: int, manager: CommManager) -> None:
        self._session = Session(
            key=connection["key"].encode(), signature_scheme=connection["signature_scheme"]
        )
        self._context = zmq.Context()
        self._sockets = {name: self._bound(name, connection) for name in _PORTS}
        self._life = life
        self._manager = manager
        self._parent: Message = {}
        self._going = True
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
        close_calls()

    def run(self) -> None:
        """Answer until the server says to stop or goes away; give memory back when idle."""
        poller = zmq.Poller()
        for name in ("shell", "control", "hb"):
            poller.register(self._sockets[name], zmq.POLLIN)
        poller.register(self._life, zmq.POLLIN)
        trimmed = False
        while self._going:
            ready = dict(poller.poll(None if trimmed else _IDLE_MILLISECONDS))
            if not ready:
                give_back()
                trimmed = True
                continue
            trimmed = False
            if self._life in ready:
                break
            self._answer_all(ready)
        self._context.destroy(linger=200)

    def publish(
        self, kind: str, content: Message, metadata: Any, buffers: Sequence[bytes] | None
    ) -> None:
        """Send a message on the public channel, as a consequence of the one being answered."""
        self._session.send(
            self._sockets["iopub"], kind, content, parent=self._parent, metadata=metadata,
            ident=kind.encode(), buffers=list(buffers) if buffers else None,
        )  # fmt: skip

    def _bound(self, name: str, connection: Message) -> zmq.Socket[bytes]:
        end = self._context.socket(_KINDS[name])
        end.linger = 200
        end.bind(_address(connection, connection[f"{name}_port"]))
        return end

    def _answer_all(self, ready: dict[Any, int]) -> None:
        if self._sockets["hb"] in ready:
            self._sockets["hb"].send_multipart(self._sockets["hb"].recv_multipart())
        for name in ("control", "shell"):
            if self._sockets[name] in ready:
                self._answer(self._sockets[name])

    def _answer(self, end: zmq.Socket[bytes]) -> None:
        """Answer one message; what is malformed, unsigned or not ours is dropped."""
        try:
            identities, parts = self._session.feed_identities(end.recv_multipart())
            message = self._session.deserialize(parts)
        except (ValueError, TypeError, KeyError, RecursionError):
            return
        answer = self._answers.get(message["msg_type"])
        if answer is None:
            return
        self._parent = message
        self._status("busy")
        try:
            content = answer(message)
        except Exception as error:  # whatever a page sends, its session goes on
            _log.warning("%s: %r", message["msg_type"], error)
            content = None
        if content is not None:
            kind = message["msg_type"].replace("_request", "_reply")
            self._session.send(end, kind, content, parent=message, ident=identities)
        self._status("idle")

    def _status(self, state: str) -> None:
        self.publish("status", {"execution_state": state}, None, None)

    def _info(self, _message: Message) -> Message:
        return {
            "status": "ok", "protocol_version": "5.3", "implementation": "iprof", "banner": "",
            "implementation_version": "1", "help_links": [],
            "language_info": {"name": "python", "version": "3", "mimetype": "text/x-python",
                              "file_extension": ".py"},
        }  # fmt: skip

    def _comms(self, message: Message) -> Message:
        wanted = message["content"].get("target_name")
        known = {key: {"target_name": one.target_name} for key, one in self._manager.comms.items()
                 if wanted in (None, one.target_name)}  # fmt: skip
        return {"status": "ok", "comms": known}

    def _comm(self, act: Callable[[Any, Any, Message], object], message: Message) -> None:
        act(None, None, message)

    def _shutdown(self, message: Message) -> Message:
        self._going = False
        return {"status": "ok", "restart": message["content"].get("restart", False)}


def _address(connection: Message, port: int) -> str:
    joint = "-" if connection["transport"] == "ipc" else ":"
    return f"{connection['transport']}://{connection['ip']}{joint}{port}"
