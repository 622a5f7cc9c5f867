"""Clients who are slow, who read nothing, who send too much: nobody else notices."""

import itertools
import json
import os
import re
import socket
import struct
from contextlib import suppress
from pathlib import Path

import pytest
import websocket
from portal_client import V1, Client
from portal_server import Server, until


@pytest.fixture(scope="module")
def strict(tmp_path_factory):
    running = Server(tmp_path_factory.mktemp("strict"), slow_seconds=1, unread_bytes=300_000)
    try:
        running.wait()
        yield running
    finally:
        running.stop()


@pytest.fixture
def opened_page(strict):
    client = Client(strict.port)
    return client, client.get("/ma-situation").kernel


def packed(kind, content, channel=b"shell", username=""):
    """A message in the framing v1; each of its answers brings its header back."""
    header = {
        "msg_id": os.urandom(8).hex(),
        "msg_type": kind,
        "session": "essai",
        "username": username,
        "version": "5.3",
        "date": "2026-11-25T12:00:00Z",
    }
    parts = [channel, *(json.dumps(part).encode() for part in (header, {}, {}, content))]
    offsets = [8 * (len(parts) + 2)]
    for part in parts:
        offsets.append(offsets[-1] + len(part))
    return struct.pack(f"<{len(offsets) + 1}Q", len(offsets), *offsets) + b"".join(parts)


def server_megabytes(server):
    status = Path(f"/proc/{server.process.pid}/status").read_text()
    return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1000


def knows(link):
    """The kernel answers on this websocket; the server's pings are read too, or one would wait."""
    link.send_binary(packed("kernel_info_request", {}))
    until(lambda: b"kernel_info_reply" in link.recv_data(control_frame=True)[1])
    return True


def closed_by_the_server(link):
    with suppress(OSError, websocket.WebSocketConnectionClosedException):
        while link.recv(1 << 16):
            pass
    return True


def refused_while_sending(send, *frames):
    """Send, the last for ever, until the server has closed the connection."""
    try:
        for frame in itertools.chain(frames[:-1], itertools.repeat(frames[-1])):
            send(frame)
    except OSError:
        return True
    return False


@pytest.mark.parametrize(
    "begun",
    [b"", b"GET /connexion HT", b"GET /connexion HTTP/1.1\r\nHost: 127.0.0.1\r\nX: ",
     b"POST /connexion HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 900\r\n\r\ncompte="],
)  # fmt: skip
def test_a_request_that_does_not_come_is_not_awaited_for_ever(strict, begun):
    with socket.create_connection(("127.0.0.1", strict.port), timeout=30) as link:
        link.sendall(begun)
        assert closed_by_the_server(link)
    assert Client(strict.port).get("/connexion").status == 200


def test_a_header_that_never_ends_is_refused(strict):
    with socket.create_connection(("127.0.0.1", strict.port), timeout=30) as link:
        line = b"X-Y: " + b"y" * 60_000 + b"\r\n"
        assert refused_while_sending(link.sendall, b"GET / HTTP/1.1\r\n", line)
    assert Client(strict.port).get("/connexion").status == 200


def test_a_message_of_ten_megabytes_closes_its_own_websocket_only(strict, opened_page):
    client, kernel = opened_page
    mine, other = client.socket(kernel), client.socket(kernel, session="autre")
    assert knows(mine)
    large = packed("comm_msg", {"comm_id": "x", "data": "y" * 10_000_000})
    assert refused_while_sending(mine.send_binary, large)
    assert knows(other)
    other.close()
    again = client.socket(kernel)
    assert knows(again)
    again.close()


@pytest.mark.parametrize(
    "frame",
    [b"", b"x", b"\0" * 8, b"\xff" * 64, struct.pack("<Q", 1 << 60),
     struct.pack("<3Q", 2, 1, 1 << 62), packed("comm_msg", {})[:40], packed([], {}),
     packed("execute_request", {"code": "1/0"}), packed("comm_msg", {}, channel=b"nowhere"),
     packed("comm_msg", {}, channel=b"iopub")],
)  # fmt: skip
def test_a_malformed_message_is_dropped_and_the_kernel_goes_on(strict, opened_page, frame):
    client, kernel = opened_page
    link = client.socket(kernel)
    assert knows(link)  # its way to the kernel stands: « again » takes its name over
    link.send_binary(frame)
    link.close()
    again = client.socket(kernel)
    assert knows(again)
    again.close()
    assert client.get(f"/api/kernels/{kernel}").status == 200


def test_a_page_that_no_longer_reads_is_let_go(strict, opened_page):
    client, kernel = opened_page
    before = server_megabytes(strict)
    jar = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
    narrow = [(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)]
    link = websocket.create_connection(
        f"ws://127.0.0.1:{strict.port}/api/kernels/{kernel}/channels?session_id=sourd",
        subprotocols=[V1],
        cookie=jar,
        timeout=30,
        sockopt=narrow,
        origin=f"http://127.0.0.1:{strict.port}",
    )
    assert refused_while_sending(
        lambda name: link.send_binary(packed("kernel_info_request", {}, username=name)),
        "x" * 50_000,
    )
    assert server_megabytes(strict) < before + 50
    other = client.socket(kernel)
    assert knows(other)
    other.close()
