"""A page sends anything to its forked session, and others try to reach it."""

import struct
from contextlib import suppress

import pytest
import websocket
from portal_server import until
from real_portal import PREPARED
from test_slow_and_large import packed

FRAMES = [
    b"",
    b"x",
    b"\0" * 8,
    b"\xff" * 64,
    struct.pack("<Q", 1 << 60),
    struct.pack("<3Q", 2, 1, 1 << 62),
    packed("comm_msg", {})[:40],
    packed([], {}),
    packed("execute_request", {"code": "1/0"}),
    packed("comm_msg", {}, channel=b"nowhere"),
    packed("comm_msg", {}, channel=b"iopub"),
    packed("comm_msg", {}, channel=b"stdin"),
]


@pytest.fixture
def opened(portal):
    client = portal.logged_in()
    answer = client.get("/accueil")
    assert PREPARED in answer.text  # forked
    return client, answer.kernel


def answered(link):
    """The kinds of what is said until the kernel has told who it is."""
    link.send_binary(packed("kernel_info_request", {}))
    seen = []
    while not seen or b"kernel_info_reply" not in seen[-1]:
        seen.append(link.recv())
    return b"".join(seen)


def test_what_is_malformed_or_refused_is_dropped_and_the_session_goes_on(portal, opened):
    client, kernel = opened
    link = client.socket(kernel)
    for frame in FRAMES:
        link.send_binary(frame)
    seen = answered(link)
    assert b"execute" not in seen
    link.close()
    assert client.get(f"/api/kernels/{kernel}").status == 200


def test_a_message_of_ten_megabytes_closes_its_own_websocket_only(portal, opened):
    client, kernel = opened
    mine, other = (client.socket(kernel, session=name) for name in ("one", "other"))
    with suppress(OSError, websocket.WebSocketConnectionClosedException):
        mine.send_binary(packed("comm_msg", {"comm_id": "x", "data": "y" * 10_000_000}))
        while mine.recv():
            pass
    assert answered(other)
    other.close()


def test_nobody_else_reaches_a_forked_session(portal, opened):
    _, kernel = opened
    for client in (portal.visitor(), portal.logged_in("scohen")):
        assert client.socket_status(kernel) == 403
        assert client.get(f"/api/kernels/{kernel}").status in {302, 403}
        assert client.post(f"/voila/api/shutdown/{kernel}").status in {302, 403}
    assert opened[0].socket_status(kernel) == 101


def test_a_page_may_end_its_own_session_by_a_message_or_by_its_address(portal, opened):
    client, kernel = opened
    link = client.socket(kernel)
    link.send_binary(packed("shutdown_request", {}))
    until(lambda: client.get(f"/api/kernels/{kernel}").status == 403)
    other = client.get("/accueil").kernel
    assert client.post(f"/voila/api/shutdown/{other}").status == 204
    until(lambda: not portal.sessions())
    link.close()
