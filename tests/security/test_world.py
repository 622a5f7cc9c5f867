"""The world of the sessions: what is not shown in it does not exist, whoever makes it."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from iprof_kit.kernel.world import trial
from iprof_kit.kernel.world.users import Users

if sys.platform == "linux":
    from .ordinary_kernel import OrdinaryKernel

TRIAL = Path(__file__).with_name("world_trial.py")


def tried(folder, user):
    for place in (folder, *folder.parents[:3]):
        place.chmod(0o755)
    for name in ("monde", "seen"):
        (folder / name).mkdir()
    (folder / "monde").chmod(0o777)
    (folder / "seen" / "table").write_text("law")
    (folder / "hidden").write_text("people")
    one_thread = os.environ | {"OPENBLAS_NUM_THREADS": "1"}  # several are given no world
    done = subprocess.run(
        [sys.executable, TRIAL, folder, user],
        capture_output=True,
        text=True,
        check=False,
        env=one_thread,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="module", params=["root", "plain"])
def sessions(request, tmp_path_factory):
    """What two sessions of one world tell."""
    if sys.platform != "linux":
        pytest.skip("worlds are made on Linux only")
    if request.param == "root" and os.getuid() != 0:
        pytest.skip("these tests are not run by root")
    found = tried(tmp_path_factory.mktemp("w"), request.param)
    if found == "impossible":
        pytest.skip("this machine gives plain accounts no name space of users")
    return request.param, found


def test_only_what_is_shown_exists(sessions):
    _, (_, one, *_) = sessions
    assert one["seen"] == "law"
    assert one["hidden"] == "FileNotFoundError"
    assert set(one["root"]) <= {"dev", "srv", "tmp", "var", "root", "home"}


def test_nothing_shown_can_be_written(sessions):
    _, (_, one, *_) = sessions
    assert set(one["writes"]) <= {"OSError", "PermissionError"}


def test_a_folder_is_small_and_nobody_else_s(sessions):
    user, (_, one, two, *_) = sessions
    assert one["too much"] == "full"
    mine = "PermissionError" if user == "root" else ["session-1"]
    assert two["others"] == mine


def test_there_is_no_network_and_no_way_back(sessions):
    _, (_, one, *_) = sessions
    assert one["interfaces"] == ["lo"]
    assert one["mounts"] == "PermissionError"
    assert one["back"] == "PermissionError"


def test_where_the_server_is_root_each_session_is_somebody_else(sessions):
    user, (_, one, two, *_) = sessions
    if user == "root":
        assert one["user"] != two["user"]
        assert 0 not in {one["user"], two["user"]}
    assert one["groups"] in ([], [65534])


def test_a_session_is_born_the_first_of_its_numbering_whoever_the_server_is(sessions):
    _, (*_, (own, told, watches), _) = sessions
    assert own == 1
    assert told > 1
    assert watches == 1


def test_an_ordinary_kernel_goes_on_as_the_first_of_its_numbering_whoever_the_server_is(sessions):
    _, (*_, numbers) = sessions
    assert numbers == [1, 0]


FIRST_UNREADABLE = """
import sys; from pathlib import Path; from iprof_kit.kernel.world import trial
print(trial.first_unreadable([Path(sys.argv[1])], 1_900_000_000))
"""


def first_unreadable(place):
    command = [sys.executable, "-c", FIRST_UNREADABLE, place]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


@pytest.fixture
def seen(tmp_path):
    """A folder that everybody may read, seen by root."""
    if os.getuid() != 0:
        pytest.skip("these tests are not run by root")
    for place in (tmp_path, *tmp_path.parents[:3]):
        place.chmod(0o755)
    return tmp_path


def test_a_place_that_the_user_cannot_read_is_named(seen):
    (seen / "table").touch(mode=0o600)
    assert first_unreadable(seen) == str(seen / "table")


def test_w05_what_is_behind_a_closed_folder_is_named(seen):
    (seen / "closed").mkdir(mode=0o700)
    (seen / "closed" / "kit").mkdir()
    assert first_unreadable(seen / "closed" / "kit") == str(seen / "closed" / "kit")


def test_w05_a_trial_that_fails_is_not_read_as_a_good_one():
    with pytest.raises(OSError, match="could not be tried"):
        trial.first_unreadable([None], 1_900_000_000)


def test_a_number_of_user_is_lent_to_one_session_at_a_time():
    users = Users(2, first=10)
    one, two = users.take(), users.take()
    assert {one, two} == {10, 11}
    with pytest.raises(OSError, match="taken"):
        users.take()
    users.give_back(one)
    users.give_back(one)
    assert users.take() == one
    with pytest.raises(OSError, match="taken"):
        users.take()


def test_this_machine_lets_its_account_make_a_world():
    assert trial.trial().made == (sys.platform == "linux")


@pytest.mark.parametrize("hostile", ["world"], indirect=True)
def test_a_session_is_the_first_of_its_numbering_and_sees_no_other(hostile):
    one, two = hostile.open(), hostile.open()
    assert one.run("result = [os.getpid(), os.getppid()]") == ["done", [1, 0]]
    assert one.pid != two.pid
    assert one.run("result = os.getuid()") != two.run("result = os.getuid()")


@pytest.fixture
def ordinary(tmp_path):
    if os.getuid() != 0 or not trial.trial().made:
        pytest.skip("no world of root's can be made here")
    for place in (tmp_path, *tmp_path.parents[:3]):
        place.chmod(0o755)
    kernel = OrdinaryKernel(tmp_path, world=True).open()
    yield kernel
    kernel.close()


def test_an_ordinary_kernel_sees_no_other_process_and_is_still_interrupted_and_ended(ordinary):
    assert ordinary.run("import os; print(os.getpid(), os.getppid())").strip() == "1 0"
    assert ordinary.interrupted("while True: pass").strip() == "KeyboardInterrupt"
    started, watch = ordinary.started, os.pidfd_open(ordinary.pid)
    assert started != ordinary.pid
    os.kill(started, signal.SIGKILL)  # as Jupyter does, or the system where memory is short
    assert select.select([watch], [], [], 20)[0], "the kernel outlived the process that is watched"
    os.close(watch)


def test_what_waits_for_an_ordinary_kernel_ends_with_it_and_has_no_power(ordinary):
    watch = os.pidfd_open(ordinary.started)
    lines = Path(f"/proc/{ordinary.started}/status").read_text().splitlines()
    status = dict(line.split(":\t", 1) for line in lines)
    assert (int(status["CapEff"], 16), status["NoNewPrivs"], status["Seccomp"]) == (0, "1", "2")
    assert status["Uid"].split()[0] == str(ordinary.user)
    os.kill(ordinary.pid, signal.SIGKILL)
    assert select.select([watch], [], [], 20)[0], "it waits for a kernel that has gone"
    os.close(watch)
