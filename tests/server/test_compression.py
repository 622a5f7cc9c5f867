"""What travels is compressed, alone, bounded once inflated; what opens something is not."""

import asyncio
import os
import zlib

import pytest
import websocket
from portal_client import V1
from test_slow_and_large import packed
from tornado.httpclient import HTTPRequest
from tornado.httputil import HTTPHeaders
from tornado.websocket import websocket_connect

from iprof_kit.server.kernels.compression import OFFER, WORTH, is_compressed, is_offered

MEGABYTE = 1_000_000


@pytest.mark.parametrize(
    ("offered", "taken"),
    [
        ("permessage-deflate; client_max_window_bits", True),
        ("x-other, permessage-deflate; server_no_context_takeover", True),
        ("permessage-deflate; server_max_window_bits=10", False),
        ("permessage-deflate; server_max_window_bits=10, permessage-deflate", True),
        ("x-other", False),
        ("", False),
    ],
)
def test_an_offer_is_taken_on_terms_that_are_ours(offered, taken):
    assert is_offered(HTTPHeaders({OFFER: offered})) is taken


@pytest.mark.parametrize(
    ("message", "compressed"),
    [
        (b"x" * WORTH, True),
        (b"x" * (WORTH - 1), False),
        (b"x" * WORTH + b'<input id=\\"lien\\" readonly data-site value=\\"/cv/secret\\">', False),
    ],
)
def test_a_short_message_and_a_link_that_is_shown_travel_as_they_are(message, compressed):
    assert is_compressed(message) is compressed


def said(opened, act):
    """Do something on a compressed websocket of a page that is open; return what came of it."""
    client, page = opened
    jar = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
    here = f"127.0.0.1:{client.port}"
    request = HTTPRequest(
        f"ws://{here}/api/kernels/{page.kernel}/channels?session_id={os.urandom(4).hex()}",
        headers={"Cookie": jar, "Origin": f"http://{here}"},
    )

    async def story():
        link = await websocket_connect(request, subprotocols=[V1], compression_options={})
        try:
            return await act(link)
        finally:
            link.close()

    return asyncio.run(asyncio.wait_for(story(), 60))


def test_a_screen_comes_compressed_and_whole(opened):
    name = "x" * 20_000  # what a kernel says again in its answer

    async def ask(link):
        await link.write_message(packed("kernel_info_request", {}, username=name), binary=True)
        while b"kernel_info_reply" not in (heard := await link.read_message()):
            pass
        return heard, link.headers[OFFER]

    heard, terms = said(opened, ask)
    assert name.encode() in heard
    assert "server_no_context_takeover" in terms
    assert "client_no_context_takeover" in terms


def test_a_long_message_is_small_on_the_wire(opened):
    client, page = opened
    link = client.socket(page.kernel, session="fil", header=[f"{OFFER}: permessage-deflate"])
    link.send_binary(packed("kernel_info_request", {}, username="x" * 20_000))
    raw = b""
    while b'"idle"' not in raw:  # short messages travel as they are
        raw += link.sock.recv(1 << 16)
    assert b"kernel_info_reply" not in raw
    assert len(raw) < 20_000
    link.close()


def test_a_message_that_inflates_beyond_what_a_page_may_send_closes_its_own_websocket(opened):
    client, page = opened
    bomb = zlib.compressobj(9, zlib.DEFLATED, -15)
    small = bomb.compress(b"\0" * 50 * MEGABYTE) + bomb.flush(zlib.Z_SYNC_FLUSH)
    assert len(small) < MEGABYTE / 10  # what is received would be allowed
    mine = client.socket(page.kernel, session="bombe", header=[f"{OFFER}: permessage-deflate"])
    mine.send_frame(websocket.ABNF(1, 1, 0, 0, websocket.ABNF.OPCODE_BINARY, 1, small[:-4]))
    code = websocket.ABNF.OPCODE_BINARY
    while code == websocket.ABNF.OPCODE_BINARY:  # what the session says at its start may come first
        code, _ = mine.recv_data(control_frame=True)
    assert code == websocket.ABNF.OPCODE_CLOSE

    async def ask(link):
        await link.write_message(packed("kernel_info_request", {}), binary=True)
        return await link.read_message()

    assert said(opened, ask)


def test_a_page_that_asks_for_no_compression_gets_none(opened):
    client, page = opened
    link = client.socket(page.kernel, session="simple")
    assert OFFER.lower() not in link.headers
    link.send_binary(packed("kernel_info_request", {}, username="y" * 5000))
    while b"kernel_info_reply" not in (heard := link.recv()):
        pass
    assert b"y" * 5000 in heard  # and a compressed frame would have been refused
    link.close()


def test_the_word_of_the_forms_is_another_at_each_page(visit):
    client = visit()
    words = {client.get("/connexion").text.partition('name="_xsrf" value="')[2][:60] for _ in "ab"}
    assert len(words) == 2  # masked anew: nothing of it can be guessed from sizes


def test_what_opens_something_is_never_compressed(visit):
    client = visit()
    for path in ("/connexion", "/reinitialiser/" + "x" * 30, "/cv/" + "x" * 40):
        answer = client.get(path, headers={"Accept-Encoding": "gzip"})
        assert "Content-Encoding" not in answer.headers
