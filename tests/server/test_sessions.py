"""A forked session and its pages: who is told what, what waits, what ends."""

import asyncio
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from seated import ROOM, Page, message, seated, told

from iprof_kit.kernel import frames
from iprof_kit.server.kernels import forked as sessions
from iprof_kit.server.kernels.processes import ForkedProcess

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="sessions are forked on Linux")
AUTOGROUP = Path("/proc/self/autogroup")


def test_an_answer_goes_to_the_page_that_asked_and_the_rest_to_all(tmp_path):
    async def story():
        async with seated(tmp_path, "a", "b") as (forked, _, _, (one, two)):
            asked, reply, public = message("comm_msg"), message("x_reply"), message("comm_msg")
            await two.link.handle_incoming_message(asked)
            page, received = await asyncio.to_thread(frames.receive, forked.end)
            assert received == asked
            forked.says(reply, page)
            forked.says(public)
            assert await two.hears(2) == [reply, public]
            assert await one.hears(1) == [public]

    told(story())


def test_what_is_not_allowed_is_not_handed_on(tmp_path):
    async def story():
        async with seated(tmp_path, "a") as (forked, _, _, (page,)):
            for kind in ("execute_request", "complete_request", "interrupt_request", ""):
                await page.link.handle_incoming_message(message(kind))
            await page.link.handle_incoming_message(message("kernel_info_request"))
            _, received = await asyncio.to_thread(frames.receive, forked.end)
            assert received == message("kernel_info_request")

    told(story())


def test_a_page_that_comes_back_is_told_what_it_missed_and_another_is_not(tmp_path):
    async def story():
        async with seated(tmp_path, "a") as (forked, session, _, (page,)):
            missed, answer = message("comm_msg", {"n": 1}), message("x_reply", {"n": 2})
            number = page.link.number
            page.link.disconnect()
            forked.says(missed)
            forked.says(answer, number)
            while session.kept_bytes < len(missed) + len(answer):
                await asyncio.sleep(0)
            again = Page(session, "a")
            await again.link.connect()
            assert again.heard == [missed, answer]
            again.link.disconnect()
            forked.says(missed)
            while not session.kept_bytes:
                await asyncio.sleep(0)
            other = Page(session, "b")
            await other.link.connect()
            assert other.heard == []

    told(story())


def test_a_session_that_says_too_much_to_nobody_waits_and_nothing_is_lost(tmp_path):
    async def story():
        async with seated(tmp_path, "a") as (forked, session, _, (page,)):
            page.link.disconnect()
            pieces = [message("comm_msg", {"n": n}, size=9_000) for n in range(400)]
            saying = asyncio.ensure_future(
                asyncio.to_thread(lambda: [forked.says(each) for each in pieces])
            )
            done, _ = await asyncio.wait({saying}, timeout=1)
            assert not done
            assert session.kept_bytes <= ROOM
            again = Page(session, "a")
            await again.link.connect()
            assert await again.hears(400) == pieces
            await saying

    told(story())


def test_a_message_too_long_for_any_page_lets_them_go_and_the_session_goes_on(tmp_path):
    async def story():
        async with seated(tmp_path, "a") as (forked, session, _, (page,)):
            await asyncio.to_thread(forked.says, message("comm_msg", size=3 * ROOM))
            await page.hears(1)
            assert (page.closed, page.heard) == (1013, [])
            page.link.disconnect()
            other = Page(session, "b")
            await other.link.connect()
            forked.says(message("comm_msg"))
            assert len(await other.hears(1)) == 1

    told(story())


def test_a_session_that_does_not_read_keeps_its_own_page_waiting_only(tmp_path):
    async def story():
        async with seated(tmp_path, "a") as (forked, _, _, (page,)):
            large = message("comm_msg", size=50_000)

            async def send_much():
                for _ in range(100):
                    await page.link.handle_incoming_message(large)

            sending = asyncio.ensure_future(send_much())
            done, _ = await asyncio.wait({sending}, timeout=0.5)
            assert not done
            forked.says(message("comm_msg"))
            assert len(await page.hears(1)) == 1
            sending.cancel()

    told(story())


def test_pages_that_come_and_go_before_a_session_that_does_not_read_do_not_fill_the_server(
    tmp_path,
):
    async def story():
        async with seated(tmp_path) as (_, session, _, _):
            large, waiting, refused = message("comm_msg", size=40_000), [], 0
            for number in range(40):
                page = Page(session, str(number))
                await page.link.connect()
                waiting.append(asyncio.ensure_future(page.link.handle_incoming_message(large)))
                await asyncio.sleep(0)
                page.link.disconnect()
                refused += page.closed == 1013
            assert refused
            assert session.unread <= 2 * ROOM
            for each in waiting:
                each.cancel()

    told(story())


@pytest.mark.parametrize("how", ["killed", "hangs up", "half a frame"])
def test_its_end_is_noticed_and_leaves_nothing(tmp_path, how):
    async def story():
        async with seated(tmp_path, "a") as (forked, session, attending, _):
            if how == "killed":
                forked.program.kill()
                await asyncio.to_thread(forked.program.wait)
            else:
                forked.end.sendall(b"\0" * 9 if how == "half a frame" else b"")
                forked.end.shutdown(socket.SHUT_RDWR)
            await attending
        assert session.process.poll() == 0
        assert not (tmp_path / "own").exists()

    told(story())


def test_the_same_page_twice_is_the_one_that_came_back(tmp_path):
    async def story():
        async with seated(tmp_path, "a") as (forked, session, _, (stale,)):
            again = Page(session, "a")
            await again.link.connect()
            assert stale.closed
            stale.link.disconnect()
            assert session.connections == 1
            forked.says(message("x_reply"), stale.link.number)
            assert len(await again.hears(1)) == 1
            assert stale.heard == []

    told(story())


def test_using_a_page_is_activity_and_asking_who_is_there_is_not(tmp_path):
    async def story():
        async with seated(tmp_path, "a") as (forked, session, _, (page,)):
            begin = session.last_activity
            await page.link.handle_incoming_message(message("kernel_info_request"))
            assert session.last_activity == begin
            await page.link.handle_incoming_message(message("comm_msg"))
            assert session.last_activity > begin
            asked = {"msg_type": "comm_msg"}
            for count, state in enumerate(("busy", "idle"), 1):
                forked.says(message("status", {"execution_state": state}, asked))
                await page.hears(count)
                assert session.model()["execution_state"] == state
            assert session.is_idle(-1)
            assert not session.is_idle(1000)

    told(story())


def test_a_session_that_never_stops_speaking_is_slowed(tmp_path, monkeypatch):
    monkeypatch.setattr(sessions, "MESSAGES_A_SECOND", 10)

    async def story():
        async with seated(tmp_path, "a") as (forked, _, _, (page,)):
            for _ in range(20):
                forked.says(message("comm_msg"))
            await page.hears(10)
            assert len(page.heard) < 20
            await page.hears(20)

    told(story())


@pytest.mark.parametrize("count", [0, 1, 3])
def test_a_message_is_the_same_after_a_frame(count):
    pieces = [b"shell", b"{}", b"{}", b"{}", b"{}", *(b"\0buffer" for _ in range(count))]
    whole = frames.joined(pieces)
    assert frames.parts(whole) == pieces
    one, two = socket.socketpair()
    with one, two:
        one.sendall(frames.framed(7, whole))
        assert frames.receive(two) == (7, whole)
        one.sendall(frames.framed(7, whole)[:-1])
        one.close()
        with pytest.raises(frames.Closed):
            frames.receive(two)


@pytest.mark.skipif(not AUTOGROUP.exists(), reason="this Linux does not divide between sessions")
def test_what_a_fork_calculates_weighs_less_than_the_server():
    program = subprocess.Popen(["sleep", "1000"], start_new_session=True)
    forked = ForkedProcess(program.pid, os.pidfd_open(program.pid))
    try:
        forked.give_way()
        said = Path(f"/proc/{program.pid}/autogroup").read_text()
    finally:
        forked.kill()
        forked.close()
        program.wait()
    assert said.split()[-1] == "5"


@pytest.mark.skipif(not AUTOGROUP.exists(), reason="this Linux does not divide between sessions")
def test_what_has_no_session_of_its_own_yet_does_not_make_the_server_give_way():
    before = AUTOGROUP.read_text()
    program = subprocess.Popen(["sleep", "1000"])
    forked = ForkedProcess(program.pid, os.pidfd_open(program.pid))
    forked.give_way()
    forked.kill()
    forked.close()
    program.wait()
    assert AUTOGROUP.read_text() == before
