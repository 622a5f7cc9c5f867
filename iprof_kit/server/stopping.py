"""The end of a server: bounded, whatever its threads are waiting for.

Python waits for every thread of a pool before it ends, then takes each module apart; a thread that
a stopped database holds would keep the whole server, beyond the ten seconds after which a container
is killed.
"""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import sys
import threading

LONGEST_STOP = 6.0
"""Seconds."""
_log = logging.getLogger(__name__)


def leave_within(seconds: float) -> threading.Timer:
    """Go on to stop, deaf to more signals, and leave without waiting any longer after a while."""
    with contextlib.suppress(ValueError):  # not in the main thread: no signal comes
        for one in (signal.SIGINT, signal.SIGTERM):
            signal.signal(one, signal.SIG_IGN)
    watch = threading.Timer(seconds, _give_up)
    watch.daemon = True
    watch.start()
    return watch


def _give_up() -> None:
    _log.warning("arrêt sans attendre davantage : un travail n’a pas fini à temps")
    leave()


def leave() -> None:
    """End this process at once; what it had to end and to remove is ended and removed."""
    for out in (sys.stdout, sys.stderr):
        with contextlib.suppress(Exception):
            out.flush()
    os._exit(0)
