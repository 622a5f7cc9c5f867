"""Hostile code inside a session's process: what it cannot read, write, list, signal or reach."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from iprof_kit.base.paths import REFERENCE, ROOT

pytestmark = pytest.mark.usefixtures("walls")


@pytest.fixture(scope="module")
def inside(hostile):
    return hostile.open()


@pytest.fixture(scope="module")
def other(hostile):
    return hostile.open()


def refused(answer):
    """The attempt ended in a refusal of the system; in a world, in there being no such thing."""
    kind, said = answer
    return kind in {"PermissionError", "FileNotFoundError"} or "Read-only file system" in str(said)


def test_the_session_obeys_at_all(inside):
    assert inside.run("result = 6 * 7") == ["done", 42]


def test_it_reads_the_kit_and_writes_its_own_folder(inside):
    table = str(REFERENCE / "corps.csv")
    code = f"Path('mine').write_text('x'); result = len(Path({table!r}).read_text())"
    assert inside.run(code)[0] == "done"


@pytest.mark.parametrize(
    "path", ["/etc/passwd", "/proc/1/environ", "/proc/self/environ", "/proc/self/maps"]
)
def test_it_does_not_read_the_system(inside, path):
    assert refused(inside.run(f"result = Path({path!r}).read_bytes()[:1]"))


def test_it_does_not_read_a_database(hostile, inside):
    file = hostile.folder / "iprof.sqlite"
    file.write_text("people")
    file.chmod(0o666)
    assert refused(inside.run(f"result = Path({str(file)!r}).read_text()"))
    assert refused(inside.run(f"Path({str(file)!r}).write_text('')"))
    assert file.read_text() == "people"


def test_it_lists_neither_sessions_nor_the_project(hostile, inside):
    for place in (hostile.home, hostile.links, ROOT, "/proc", "/tmp"):
        assert refused(inside.run(f"result = os.listdir({str(place)!r})")), place


def test_it_reads_no_connection_file(hostile, inside):
    of_an_ordinary_kernel = hostile.links / "kernel-0.json"
    of_an_ordinary_kernel.write_text("{}")
    of_an_ordinary_kernel.chmod(0o644)
    assert refused(inside.run(f"result = Path({str(of_an_ordinary_kernel)!r}).read_text()"))


def test_it_has_no_address_one_thread_and_no_zeromq(inside, other):
    for session in (inside, other):
        assert [one for one in session.own.iterdir() if one.is_socket()] == []
        assert len(list(Path(f"/proc/{session.pid}/task").iterdir())) == 1
    code = "result = [name for name in sys.modules if name.partition('.')[0] == 'zmq']"
    assert inside.run(code) == ["done", []]


def test_it_holds_its_guichet_its_pair_and_files_that_are_only_read(inside):
    code = """
import fcntl, stat
result = []
for one in range(3, 256):
    try:
        mode = os.fstat(one).st_mode
    except OSError:
        continue
    only_read = fcntl.fcntl(one, fcntl.F_GETFL) & os.O_ACCMODE == os.O_RDONLY
    if not (stat.S_ISREG(mode) and only_read):
        result.append([one, stat.S_ISSOCK(mode), socket.socket(fileno=os.dup(one)).getsockname()])
"""
    kind, held = inside.run(code)
    assert kind == "done"
    assert [each[1:] for each in held] == [[True, ""], [True, ""]]


def test_it_does_not_enter_another_session_s_folder(inside, other):
    other.run("Path('secret').write_text('x')")
    assert other.run("result = os.path.exists('secret')") == ["done", True]
    assert refused(inside.run(f"result = Path({str(other.own / 'secret')!r}).read_text()"))
    assert refused(inside.run(f"Path({str(other.own / 'mark')!r}).write_text('x')"))
    assert refused(inside.run(f"os.unlink({str(other.own / 'secret')!r})"))


def test_it_writes_nowhere_else(inside):
    for place in (REFERENCE / "corps.csv", ROOT / "iprof_kit" / "mark.py", "/tmp/iprof-mark"):
        assert refused(inside.run(f"open({str(place)!r}, 'a')")), place


@pytest.mark.parametrize("number", [0, 9, 15])
def test_it_signals_nobody(hostile, inside, other, number):
    warm = hostile.loop.run_until_complete(hostile.process()).process.pid
    for pid in (os.getpid(), warm, other.pid):
        assert refused(inside.run(f"os.kill({pid}, {number})")), pid
    assert other.run("result = 1") == ["done", 1]


def test_it_does_not_read_another_process_s_memory(inside, other):
    code = f"""
library = ctypes.CDLL(None, use_errno=True)
result = [library.ptrace(16, {other.pid}, 0, 0), ctypes.get_errno()]
"""
    assert inside.run(code) == ["done", [-1, 1]]
    assert refused(inside.run(f"result = Path('/proc/{other.pid}/environ').read_bytes()"))


def test_it_connects_nowhere(inside, other):
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        code = f"s = socket.socket(); s.connect(('127.0.0.1', {port}))"
        assert refused(inside.run(code))
    assert refused(inside.run("socket.socket(socket.AF_INET, socket.SOCK_DGRAM)"))
    code = f"s = socket.socket(socket.AF_UNIX); s.connect({str(other.own / 'any')!r})"
    assert refused(inside.run(code))


def test_it_starts_no_program(inside):
    assert refused(inside.run("subprocess.run(['/bin/ls'])"))
    assert refused(inside.run("os.execv(sys.executable, [sys.executable])"))


def test_its_environment_is_what_it_was_given(inside):
    allowed = {*inside.hostile.environment, "IPROF_GUICHET_FD"}
    names = set(inside.run("result = list(os.environ)")[1])
    assert names <= allowed | {"LC_CTYPE"}


def test_two_sessions_do_not_draw_the_same_numbers(inside, other):
    code = "import random, numpy; result = [random.random(), float(numpy.random.random())]"
    assert inside.run(code)[1] != other.run(code)[1]


def test_it_stops_at_its_memory(inside):
    assert inside.run("b = bytearray(1 << 33)")[0] == "MemoryError"
    assert inside.run("result = 1") == ["done", 1]


def test_a_session_ends_with_its_server(hostile):
    session = hostile.open()
    session.hang_up()
    assert session.forked.process.poll() == 0
