"""A process that makes a world and tells what a session sees in it: `world_trial.py FOLDER USER`.

`USER` is « root », or « plain »: the account is then left before the world is made.
"""

import ctypes
import json
import os
import socket
import sys
from pathlib import Path

import numpy.random  # noqa: F401  # what a fork draws from must be there before the world is

from iprof_kit.kernel import family, wire
from iprof_kit.kernel.world import room, root, trial

FOLDER, USER = Path(sys.argv[1]), sys.argv[2]
SCRATCH, HOME, PLAIN = FOLDER / "monde", Path("/srv/iprof/noyaux"), 65534
PR_SET_DUMPABLE = 4
SEEN = FOLDER / "seen"


def attempt(work):
    """Return what a work gives, or the name of its error."""
    try:
        return work()
    except OSError as error:
        return type(error).__name__ if error.errno != 28 else "full"


def session(number: int) -> dict:
    """Settle in a room, and tell what is there."""
    own = HOME / f"session-{number}"
    room.settle(own, room_user(number))
    (own / "mine").write_text("x")
    big = b"x" * (room.FOLDER_BYTES + 1)
    return {
        "user": os.getuid(),
        "groups": os.getgroups(),
        "root": sorted(place.name for place in Path("/").iterdir()),
        "others": attempt(lambda: sorted(place.name for place in HOME.iterdir())),
        "seen": attempt(lambda: (SEEN / "table").read_text()),
        "hidden": attempt(lambda: (FOLDER / "hidden").read_text()),
        "writes": [attempt(lambda p=p: p.write_text("")) for p in (SEEN / "table", Path("/new"))],
        "too much": attempt(lambda: (own / "big").write_bytes(big)),
        "mounts": attempt(lambda: mount_again(own)),
        "interfaces": attempt(lambda: [name for _, name in socket.if_nameindex()]),
        "back": attempt(lambda: os.chroot("/srv")),
    }


def mount_again(own: Path) -> None:
    from iprof_kit.kernel.world import calls

    calls.mount_memory(own, flags=0, options="size=1m")


def room_user(number: int) -> int | None:
    return 1_900_000_000 + number if USER == "root" else None


def born_apart() -> list[int]:
    """Bear a child as a warm process does; return its number as it sees it, and as the server."""
    ours, theirs = socket.socketpair()
    said, says = os.pipe()
    family.bear_apart(theirs, [], lambda: os.write(says, str(os.getpid()).encode()))
    os.close(says)
    answer, watches = wire.receive(ours)
    return [int(os.read(said, 20)), answer["pid"], len(watches)]


def gone_on_apart() -> list[int]:
    """Go on as an ordinary kernel does; return its number and its parent's, as it sees them."""
    room.number_apart()
    room.go_on_apart(behind=lambda: None)
    return [os.getpid(), os.getppid()]


def told(work) -> dict:
    """Run a work in a child, and return what it tells."""
    theirs, ours = os.pipe()
    pid = os.fork()
    if not pid:
        try:
            os.write(ours, json.dumps(work()).encode())
        finally:
            os._exit(0)
    os.close(ours)
    with os.fdopen(theirs, "rb") as said:
        text = said.read()
    os.waitpid(pid, 0)
    return json.loads(text)


if USER == "plain" and os.getuid() == 0:
    os.setgroups([])
    os.setresgid(PLAIN, PLAIN, PLAIN)
    os.setresuid(PLAIN, PLAIN, PLAIN)
    ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, 1, 0, 0, 0)  # as an account that never was root
unreadable = trial.first_unreadable([SEEN], 1_900_000_000) if USER == "root" else None
try:
    root.enter(SCRATCH, readable=[SEEN, Path("/dev/null")], home=HOME)
except OSError:
    print(json.dumps("impossible"))
    sys.exit()
sessions = [told(lambda: session(0)), told(lambda: session(1))]
numbers = told(gone_on_apart)  # before a child is born, whose numbering ends with it
print(json.dumps([unreadable, *sessions, born_apart(), numbers]))
