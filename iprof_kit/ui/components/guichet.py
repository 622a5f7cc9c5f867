"""The kernel's end of the guichet: one JSON line out, one JSON line back."""

from __future__ import annotations

import itertools
import os
import socket
import threading
import time
from datetime import date
from functools import cache
from typing import Any

from iprof_kit.base.clock import paris_today
from iprof_kit.base.errors import Refused, Unavailable
from iprof_kit.base.logs import TRACE
from iprof_kit.base.plain import Plain
from iprof_kit.services.contract.dossier import SESSION_QUI
from iprof_kit.services.contract.operations import OPERATIONS, Answer, ErrorCode, Request

HANDLE = "IPROF_GUICHET_FD"
_REFUSALS: frozenset[ErrorCode] = frozenset({"non_connecte", "refuse"})


class Guichet:
    """Ask the server's operations over an inherited socket; threads take turns.

    Parameters
    ----------
    end : socket.socket
        The kernel's end of the pair.
    seconds : float
        Longest wait for an answer.
    """

    def __init__(self, end: socket.socket, seconds: float = 15.0) -> None:
        self._end = end
        self._seconds = seconds
        self._received = b""
        self._numbers = itertools.count(1)
        self._lock = threading.Lock()

    def ask(self, op: str, **args: Any) -> Plain:
        """Return the answer of an operation, of the type that the contract gives to it.

        Raises
        ------
        Refused
            The person of this session may not, or is no longer logged in.
        Unavailable
            The server does not answer in time, or says that it cannot.
        """
        message = TRACE.get().rpartition("-")[2] or "-"
        request = Request(id=next(self._numbers), op=op, args=args, trace=message)
        with self._lock:
            answer = self._exchange(request)
        if answer.error is not None:
            kind = Refused if answer.error.code in _REFUSALS else Unavailable
            raise kind(answer.error.message, remedy=answer.error.remede)
        answered: Plain = OPERATIONS[op].answer.model_validate(answer.result)
        return answered

    def _exchange(self, request: Request) -> Answer:
        deadline = time.monotonic() + self._seconds
        try:
            self._end.settimeout(self._seconds)
            self._end.sendall(request.model_dump_json().encode() + b"\n")
            while True:
                answer = Answer.model_validate_json(self._line(deadline))
                if answer.id in {request.id, 0}:  # an earlier one came too late
                    return answer
        except OSError:
            raise Unavailable(
                "le serveur ne répond pas.",
                remedy="Votre saisie est conservée : rechargez la page.",
            ) from None

    def _line(self, deadline: float) -> bytes:
        while b"\n" not in self._received:
            self._end.settimeout(max(deadline - time.monotonic(), 0.001))
            piece = self._end.recv(1 << 16)
            if not piece:
                raise ConnectionResetError
            self._received += piece
        line, _, self._received = self._received.partition(b"\n")
        return line


def in_the_portal() -> bool:
    """Return whether this kernel was started by the portal's server."""
    return HANDLE in os.environ


@cache
def open_guichet() -> Guichet:
    """Return the guichet of this kernel.

    Raises
    ------
    Unavailable
        This process was not started by the portal's server.
    """
    handle = os.environ.pop(HANDLE, None)
    if handle is None:
        raise Unavailable(
            "cette page ne s’ouvre que depuis le portail.",
            remedy="Lancez « make serve », puis ouvrez l’adresse affichée.",
        )
    return Guichet(socket.socket(fileno=int(handle)))


def portal_today() -> date:
    """Return the day that the portal's screens see, Paris's where no portal started this process.

    Raises
    ------
    Unavailable
        The portal does not answer.
    """
    try:
        guichet = open_guichet()
    except Unavailable:  # JupyterLab
        return paris_today()
    return SESSION_QUI.ask(guichet).aujourdhui
