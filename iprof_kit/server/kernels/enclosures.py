"""What a kernel gets of its own beside its process: a world, a user, a control group."""

from __future__ import annotations

import asyncio
import os
from contextlib import suppress
from pathlib import Path

from iprof_kit.kernel.world import SCRATCH, USER
from iprof_kit.kernel.world.trial import trial
from iprof_kit.kernel.world.users import Users
from iprof_kit.server.kernels.control_groups import ControlGroups

_PAUSE, _TRIES = 0.05, 100
"""A group is removed once what was ended in it has gone: some milliseconds."""


class Enclosures:
    """The enclosures of this server's kernels.

    Parameters
    ----------
    scratch : Path or None
        An empty folder to make worlds on, None where this machine allows none.
    users : Users or None
        The users that kernels become, None where the server is a plain account.
    groups : ControlGroups or None
        Where the administrator gave a part of the tree.
    pause : float
        Seconds between two tries to remove a group.
    """

    def __init__(
        self,
        scratch: Path | None = None,
        users: Users | None = None,
        groups: ControlGroups | None = None,
        pause: float = _PAUSE,
    ) -> None:
        self._scratch, self._users, self._groups, self._pause = scratch, users, groups, pause
        self._lent: dict[str, int] = {}

    @classmethod
    def of_this_machine(cls, scratch: Path, most: int, groups: ControlGroups | None) -> Enclosures:
        """Return what this machine allows, for so many kernels at once."""
        if not trial().made:
            return cls(groups=groups)
        users = Users(2 * most) if os.geteuid() == 0 else None
        return cls(scratch, users, groups)

    @property
    def apart(self) -> bool:
        """Whether kernels live in worlds, where a session's folder is a small file system."""
        return self._scratch is not None

    def open(self, kernel_id: str) -> int | None:
        """Return the user that a kernel becomes, None where it stays the server's.

        Raises
        ------
        OSError
            Every number is taken.
        """
        if self._users is None:
            return None
        self._lent[kernel_id] = self._users.take()
        return self._lent[kernel_id]

    def words(self, user: int | None = None) -> dict[str, str]:
        """Return what a process that makes a world finds in its environment."""
        if self._scratch is None:
            return {}
        own_user = {} if user is None else {USER: str(user)}
        return {SCRATCH: str(self._scratch)} | own_user

    def bound(self, kernel_id: str, pid: int) -> None:
        """Bound a kernel as a whole, before it is told anything.

        Raises
        ------
        OSError
            The system refuses.
        """
        if self._groups is not None:
            self._groups.enclose(kernel_id, pid)

    async def close(self, kernel_id: str) -> None:
        """End all that a kernel started, and let its number be taken again."""
        if self._groups is not None:
            self._groups.end(kernel_id)
            for _ in range(_TRIES):
                if self._groups.forget(kernel_id):
                    break
                await asyncio.sleep(self._pause)
        with suppress(KeyError):
            if self._users is not None:
                self._users.give_back(self._lent.pop(kernel_id))
