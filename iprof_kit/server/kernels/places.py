"""Who holds the places of a server, which are given back, and in what order they are taken back."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

from iprof_kit.base.errors import Unavailable
from iprof_kit.base.words import counted
from iprof_kit.server.settings import Settings
from iprof_kit.server.visitors import Visitor

_A_MINUTE = 60
"""Seconds after which to ask again, where nobody can say when a page will close."""


class Full(Unavailable):
    """There is no place. `seconds`: after which it is worth asking again."""

    def __init__(self, message: str, remedy: str, seconds: int) -> None:
        super().__init__(message, remedy=remedy)
        self.seconds = seconds


class State(IntEnum):
    """What a place without a page waits for, in the order in which it is taken back."""

    LOST = 0
    """Its page was cut off without a word: it may come back, from a tunnel or a lid."""
    LEFT = 1
    """Its page said that it was going."""
    OPENING = 2
    """Its page is being sent."""
    SHOWN = 3
    """Its page is there."""


@dataclass
class _Place:
    owner: str
    address: str
    since: float
    until: float
    role: str | None = None
    """The role that it is counted to, where that one is bounded."""
    state: State = State.OPENING
    pages: int = 0

    @property
    def stranger(self) -> bool:
        return self.owner.startswith(Visitor.OPEN)


class Places:
    """Count the kernels that start or live, each with its owner and what its page does.

    A full house takes a place without a page back before it refuses anybody: those whose page is
    lost first, then those whose page has gone, then those whose page should have come; the oldest
    first. Strangers share some places, of which one address holds a third at most; they take none
    back from who is logged in. For her, no address is looked at: a school stands behind one. Where
    her roles are bounded, she is counted to the first that has room.
    """

    def __init__(self, kit: Settings, clock: Callable[[], float] = time.monotonic) -> None:
        self._kit, self._clock = kit, clock
        self._places: dict[str, _Place] = {}

    def __contains__(self, kernel_id: str) -> bool:
        return kernel_id in self._places

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

    @property
    def of_strangers(self) -> list[str]:
        """The kernels of those who have no account."""
        return [name for name, place in self._places.items() if place.stranger]

    def owner_of(self, kernel_id: str) -> str | None:
        """Return the owner of a kernel that starts or lives."""
        place = self._places.get(kernel_id)
        return place.owner if place else None

    def of(self, owner: str) -> list[str]:
        """Return the kernels of an owner, oldest first."""
        return [kernel_id for kernel_id, place in self._places.items() if place.owner == owner]

    def take(
        self, kernel_id: str, owner: str, address: str, roles: Sequence[str] = ()
    ) -> str | None:
        """Give a kernel its place.

        Parameters
        ----------
        kernel_id : str
        owner : str
            The key of its visitor.
        address : str
            Where she asks from.
        roles : sequence of str
            Those of her account, if she has one.

        Returns
        -------
        str or None
            The kernel whose place was taken back for it, to be ended.

        Raises
        ------
        Full
            Every place that she could have is held by a page.
        """
        now = self._clock()
        asked = _Place(owner, address, now, now + 2 * self._kit.opening_seconds)
        former = self._crowded(asked, roles) or self._former(asked)
        if former is not None:
            del self._places[former]
        self._places[kernel_id] = asked
        return former

    def give_back(self, kernel_id: str) -> str | None:
        """Free a place; return whose it was."""
        place = self._places.pop(kernel_id, None)
        return place.owner if place else None

    def await_page(self, kernel_id: str) -> float:
        """Note that a page is being sent to a kernel again; return the seconds that it has."""
        place, seconds = self._places.pop(kernel_id), 2 * self._kit.opening_seconds
        self._places[kernel_id] = place  # the newest of its owner
        if place.state is not State.SHOWN:
            place.state, place.since = State.OPENING, self._clock()
            place.until = place.since + seconds
        return seconds

    def show(self, kernel_id: str) -> None:
        """Note that a page has come."""
        if place := self._places.get(kernel_id):
            place.pages += 1
            place.state = State.SHOWN

    def hide(self, kernel_id: str, *, farewell: bool) -> float | None:
        """Note that a page has gone; return the seconds after which its place is free.

        Parameters
        ----------
        kernel_id : str
        farewell : bool
            It told so itself: it was closed, or left for another one.

        Returns
        -------
        float or None
            None while another page holds the kernel.
        """
        place = self._places.get(kernel_id)
        if place is None:
            return None
        place.pages = max(place.pages - 1, 0)
        if place.pages:
            return None
        seconds = self._kit.left_seconds if farewell else self._kit.abandoned_seconds
        place.state, place.since = State.LEFT if farewell else State.LOST, self._clock()
        place.until = place.since + seconds
        return seconds

    def is_over(self, kernel_id: str) -> bool:
        """Return whether no page holds a kernel, nor will: the time that it had to come is past."""
        place = self._places.get(kernel_id)
        if place is None or place.state is State.SHOWN:
            return False
        return self._clock() >= place.until

    def is_shown(self, kernel_id: str) -> bool:
        """Return whether a page holds a kernel."""
        place = self._places.get(kernel_id)
        return place is not None and place.state is State.SHOWN

    def _crowded(self, asked: _Place, roles: Sequence[str]) -> str | None:
        """Count a place to a role; where each is at its bound, return the kernel that gives it."""
        bounds = self._kit.kernels_by_role
        if not roles or any(role not in bounds for role in roles):
            return None
        of_role = {
            role: [name for name, place in self._places.items() if place.role == role]
            for role in roles
        }
        room = [role for role in roles if len(of_role[role]) < bounds[role]]
        if room:
            asked.role = room[0]
            return None
        held_by_role = [name for role in roles for name in of_role[role]]
        former = self._first_back(
            held_by_role,
            f"toutes les places prévues pour ce rôle sont prises ({', '.join(roles)}).",
        )
        asked.role = self._places[former].role
        return former

    def _former(self, asked: _Place) -> str | None:
        """Return the kernel that gives its place back for one that is asked, None if none must."""
        strangers = self.of_strangers
        if asked.stranger:
            here = [name for name in strangers if self._places[name].address == asked.address]
            if len(here) >= max(self._kit.kernels_without_account // 3, 1):
                return self._first_back(here, "trop de pages sans compte sont ouvertes d’ici.")
            if len(strangers) >= self._kit.kernels_without_account:
                return self._first_back(strangers)
        if len(self._places) < self._kit.kernels_in_all:
            return None
        if asked.stranger or any(self._may_be_taken(name) for name in strangers):
            return self._first_back(strangers)
        return self._first_back(self._places)

    def _first_back(
        self,
        names: Collection[str],
        why: str = "toutes les places sont prises pour le moment.",
    ) -> str:
        free = [name for name in names if self._may_be_taken(name)]
        if free:
            return min(free, key=lambda name: (self._places[name].state, self._places[name].since))
        seconds = self._wait(names)
        raise Full(
            why,
            f"Une place se libère quand une page se ferme : réessayez dans "
            f"{counted(seconds, 'seconde')}. Les pages déjà ouvertes continuent, votre saisie n’y "
            "est pas perdue.",
            seconds,
        )

    def _may_be_taken(self, name: str) -> bool:
        """Whether a place has no page; one that is being sent has its time to come."""
        place = self._places[name]
        if place.state is State.OPENING:
            return self._clock() >= self._soonest(place)
        return place.state is not State.SHOWN

    def _soonest(self, place: _Place) -> float:
        return place.since + self._kit.opening_seconds / 2

    def _wait(self, names: Collection[str]) -> int:
        """Return when one of these places may be taken back; a minute where each has its page."""
        opening = [
            self._soonest(self._places[name]) - self._clock()
            for name in names
            if self._places[name].state is State.OPENING
        ]
        return max(1, math.ceil(min(opening))) if opening else _A_MINUTE
