"""An account closed by a command, as its open pages and its next requests meet it."""

import websocket
from portal_client import Client
from portal_server import Server


def ended(socket):
    """Return the code with which a websocket is closed by the server."""
    while True:
        kind, content = socket.recv_data()
        if kind == websocket.ABNF.OPCODE_CLOSE:
            return int.from_bytes(content[:2], "big")


def test_pages_that_are_open_end_when_the_account_is_closed(tmp_path):
    portal = Server(tmp_path, idle_seconds=60)
    try:
        portal.wait()
        manager, teacher = Client(portal.port), Client(portal.port)
        assert manager.log_in("ggestionnaire").status == 303
        assert teacher.log_in("jdupont").status == 303
        pages = [who.socket(who.get("/accueil").kernel) for who in (manager, teacher)]
        portal.command("account", "close", "ggestionnaire")
        portal.command("account", "close", "jdupont")
        assert [ended(page) for page in pages] == [4002, 4002]
        for who in (manager, teacher):
            assert who.get("/accueil").place.startswith("/connexion")
        refused = manager.log_in("ggestionnaire")
        assert refused.status == 401
        assert "Ce compte est clos depuis le" in refused.text
        assert teacher.log_in("jdupont").status == 303
        assert teacher.get("/accueil").status == 200
        assert teacher.get("/mes-donnees/fiche.pdf").status == 200
    finally:
        portal.stop()
