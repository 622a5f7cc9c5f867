"""A root for the sessions: the interpreter and the kit at their own paths, to read, and no more.

Made once, by the process from which all others are forked, before any notebook is executed: what a
screen needs and the world lacks is then an error at start, not in front of somebody. Its files are
those that Landlock also allows; here they are all that there is. Name spaces of mounts, of shared
objects (System V's, POSIX's queues) and of the network come with it; a plain account gets them in a
name space of users, where the system allows one.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from iprof_kit.kernel.world import calls

_ROOT_OPTIONS = "size=1m,nr_inodes=4096,mode=755"
_POINTS = ("/dev/null", "/dev/zero", "/dev/urandom")


def enter(
    scratch: Path,
    *,
    readable: Sequence[Path],
    home: Path | None = None,
    writable: Sequence[Path] = (),
) -> None:
    """Leave the machine's files, network and shared objects for a world that holds `readable`.

    Parameters
    ----------
    scratch : Path
        An empty folder of the machine, to mount the new root on; nobody else sees it mounted.
    readable : sequence of Path
        Files and folders, at their own paths; what does not exist is left out.
    home : Path, optional
        Where each session will have its own folder; an empty folder here.
    writable : sequence of Path
        Folders at their own paths too, where their own rights say who writes.

    Raises
    ------
    OSError
        The system refuses; the process is then between two worlds and must end.
    """
    _new_name_spaces()
    calls.keep_mounts_private()
    flags = calls.NO_SUID | calls.NO_DEVICES
    calls.mount_memory(scratch, flags=flags, options=_ROOT_OPTIONS)
    former = os.umask(0o022)  # whoever a session becomes passes through these folders
    for place in _outermost(readable):
        _put(place, scratch)
    for place in writable:
        _put(place, scratch, writable=True)
    if home is not None:
        inside(scratch, home).mkdir(mode=0o711, parents=True, exist_ok=True)
    os.umask(former)
    calls.change_root(scratch)
    calls.close_root()


def inside(root: Path, place: Path) -> Path:
    """Return where an absolute path of the machine is while the new root is being filled."""
    return root / place.relative_to("/")


def _new_name_spaces() -> None:
    """Get mounts, shared objects and a network without interfaces (users, for a plain account)."""
    wanted = calls.NEW_MOUNTS | calls.NEW_IPC | calls.NEW_NETWORK
    if os.geteuid() == 0:
        calls.unshare(wanted)
        return
    user, group = os.geteuid(), os.getegid()
    calls.unshare(wanted | calls.NEW_USERS)
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"{user} {user} 1")
    Path("/proc/self/gid_map").write_text(f"{group} {group} 1")


def _put(place: Path, root: Path, *, writable: bool = False) -> None:
    """Show one place of the machine in the root that is being filled; a link stays a link."""
    target = inside(root, place)
    target.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
    if place.is_symlink():
        target.symlink_to(place.readlink())
        return
    if place.is_dir():
        target.mkdir(mode=0o755, exist_ok=True)
    else:
        target.touch(mode=0o644)
    calls.show(place, target, writable=writable or str(place) in _POINTS)


def _outermost(places: Sequence[Path]) -> list[Path]:
    """Return the places that exist and that no other one already holds, links first of all."""
    existing = [place for place in dict.fromkeys(places) if os.path.lexists(place)]
    return [place for place in existing if not any(outer in place.parents for outer in existing)]
