"""The numbers that sessions take as users where the server is root: one each, given back after."""

from __future__ import annotations

FIRST = 1_900_000_000
"""Outside what distributions, containers and directories of accounts give out (systemd's list of
numbers leaves 1,879,048,192 to 2,147,483,647 to nobody)."""


class Users:
    """Lend numbers, the one that has been free for longest first."""

    def __init__(self, many: int, first: int = FIRST) -> None:
        self._free = list(range(first, first + many))
        self._lent: set[int] = set()

    def take(self) -> int:
        """Return a number that nobody has.

        Raises
        ------
        OSError
            They are all taken.
        """
        if not self._free:
            raise OSError("every number of user is taken")
        user = self._free.pop(0)
        self._lent.add(user)
        return user

    def give_back(self, user: int) -> None:
        """Let a number be taken again; one that was not lent is left alone."""
        if user in self._lent:
            self._lent.remove(user)
            self._free.append(user)
