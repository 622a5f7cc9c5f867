"""A real mail server of this machine, for the tests that send."""

import socket
from contextlib import contextmanager

from aiosmtpd.controller import Controller

from iprof_kit.services.configured import Courriels

HOW = Courriels(expediteur="kit@academie.example", adresse="https://kit.example")


class Kept:
    """What a mail server does with a letter: it keeps it, unless it is told how to refuse."""

    def __init__(self):
        self.letters, self.refuse, self.cut = [], [], 0

    async def handle_RCPT(self, server, session, envelope, address, _options):  # noqa: N802
        if self.refuse:
            return self.refuse.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        self.letters.append(envelope)
        if self.cut:
            self.cut -= 1
            server.transport.abort()  # taken, and its answer never comes
        return "250 Message accepted"


def free_port():
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        return closed.getsockname()[1]


@contextmanager
def mail_server():
    kept, port = Kept(), free_port()
    server = Controller(kept, hostname="127.0.0.1", port=port)
    server.start()
    kept.address = f"smtp://127.0.0.1:{port}"
    try:
        yield kept
    finally:
        server.stop()
