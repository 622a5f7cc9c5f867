"""Comms of widgets that may be made before the kernel that carries their messages exists."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

import comm
from comm.base_comm import BaseComm, CommManager
from ipywidgets.widgets.widget import Widget

WIDGET = "jupyter.widget"
CONTROL = "jupyter.widget.control"


class Publisher(Protocol):
    """What sends a message to the page."""

    def publish(
        self, kind: str, content: dict[str, Any], metadata: Any, buffers: Sequence[bytes] | None
    ) -> None:
        """Send a message on the kernel's public channel."""


class SessionComm(BaseComm):
    """A comm whose messages are dropped until a kernel publishes them.

    Before the fork there is no page: the widgets' states are read once, and travel in the page.
    """

    publisher: Publisher | None = None

    def publish_msg(
        self,
        msg_type: str,
        data: Any = None,
        metadata: Any = None,
        buffers: Sequence[bytes] | None = None,
        **keys: Any,
    ) -> None:
        """Send a message of this comm to the page."""
        if SessionComm.publisher is not None:
            content = {"data": data or {}, "comm_id": self.comm_id, **keys}
            SessionComm.publisher.publish(msg_type, content, metadata, buffers)


def install() -> CommManager:
    """Make every widget of this process use these comms, and return their manager."""
    manager = CommManager()
    comm.create_comm = SessionComm
    comm.get_comm_manager = lambda: manager
    manager.register_target(WIDGET, Widget.handle_comm_opened)
    manager.register_target(CONTROL, Widget.handle_control_comm_opened)
    return manager
