"""Who is at the door: a person with a session, or a visitor without account.

Both are known by an unguessable cookie and by nothing else; a kernel belongs to the cookie that
opened it. There is no token in addresses and no anonymous user. The database is asked once a
request, before the handler, and never on the event loop.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, cast

from jupyter_server.auth import Authorizer, IdentityProvider, User
from tornado.web import RequestHandler

from iprof_kit.base.clock import utc_now
from iprof_kit.base.configuration.sub_path import outside
from iprof_kit.base.errors import Unavailable
from iprof_kit.server.database_threads import database_of
from iprof_kit.server.settings import Settings
from iprof_kit.server.signs_of_life import SIGNS
from iprof_kit.services.access.accounts import OpenSession, ended_among, find_session
from iprof_kit.services.access.attempts import place_of
from iprof_kit.services.access.identity import Identity
from iprof_kit.services.contract.dossier import Qui
from iprof_kit.services.guichet.operations import run

SESSION = "iprof_session"
VISITOR = "iprof_visiteur"
_TOKEN = re.compile(r"[A-Za-z0-9_-]{20,100}")
_KNOWN = "kit_known"


@dataclass(frozen=True)
class Visitor:
    """One cookie. `token` is None without account; `key` names the owner of kernels.

    `roles` are those that she had when she asked: her sessions end when they change.
    """

    OPEN: ClassVar[str] = "visiteur:"
    SESSION: ClassVar[str] = "session:"
    key: str
    token: str | None
    account: str | None = None
    roles: tuple[str, ...] = ()

    @property
    def person(self) -> str:
        """Who takes turns: all the sessions of an account are one person."""
        return f"compte:{self.account}" if self.account else self.key

    def identity(self) -> Identity | None:
        """Look at the database for who this is now: None once the session is closed."""
        open_session = _session(self.token) if self.token else None
        return open_session.identity if open_session else None


@dataclass(frozen=True)
class Known:
    """What the database said of who sends a request.

    `first_password`: it must be replaced before anything else. `who` is the answer of
    `session.qui`, for a page that shows it.
    """

    visitor: Visitor | None
    identity: Identity | None = None
    first_password: bool = False
    who: Qui | None = None

    @property
    def named(self) -> Qui:
        """What the head of a page shows, where its handler `shows_name`."""
        return cast(Qui, self.who)


async def recognise(handler: RequestHandler) -> Known:
    """Find out who sends a request, once; without the cookie of a session, nothing is asked.

    A handler says by `shows_name` that its page needs the name of the person, and by
    `needs_person` = False that she may be taken for a stranger where the database is down.

    Raises
    ------
    Unavailable
        The database does not answer in time.
    """
    if not hasattr(handler, _KNOWN):
        setattr(handler, _KNOWN, await _recognised(handler))
    return known(handler)


async def _recognised(handler: RequestHandler) -> Known:
    kit = handler.settings["kit"] if getattr(handler, "shows_name", False) else None
    sender = None
    if token := _cookie(handler, SESSION):
        try:
            sender = await database_of(handler).ask(_digest(token), _look, token, kit)
        except Unavailable:
            if getattr(handler, "needs_person", True):
                raise
    return sender or Known(_without_account(handler), who=who_is(None, kit) if kit else None)


async def recognise_anew(handler: RequestHandler, token: str) -> Known:
    """Take who sends a request for who holds the session that was opened for it just now.

    Raises
    ------
    Unavailable
        The database does not answer in time.
    """
    kit = handler.settings["kit"]
    sender = await database_of(handler).ask(_digest(token), _look, token, kit)
    setattr(handler, _KNOWN, sender or known(handler))
    return known(handler)


def known(handler: RequestHandler) -> Known:
    """Return what `recognise` found out for this request."""
    sender: Known = getattr(handler, _KNOWN)
    return sender


def visitor_of(handler: RequestHandler) -> Visitor | None:
    """Return who a request comes from: an open session first, then a visitor's cookie."""
    return known(handler).visitor


def those_ended(owners: Iterable[str], now: datetime) -> list[str]:
    """Return the owners of kernels whose session was ended elsewhere: here they go on without it.

    Raises
    ------
    Unavailable
        The database does not answer.
    """
    hashes = [
        key.removeprefix(Visitor.SESSION) for key in owners if key.startswith(Visitor.SESSION)
    ]
    return [Visitor.SESSION + one for one in ended_among(hashes, now)] if hashes else []


def who_is(identity: Identity | None, kit: Settings) -> Qui:
    """Return the answer of `session.qui`; a stranger's needs no database."""
    return cast(Qui, run(identity, "session.qui", {}, kit.screen_time()))


def turn_of(handler: RequestHandler) -> str:
    """Return who takes turns for a request: its person, else where it comes from."""
    sender: Known | None = getattr(handler, _KNOWN, None)
    if sender and sender.visitor:
        return sender.visitor.person
    return f"adresse:{place_of(handler.request.remote_ip or '')}"


def _look(token: str, kit: Settings | None) -> Known | None:
    open_session = _session(token)
    if open_session is None:
        return None
    who = open_session.identity
    visitor = Visitor(Visitor.SESSION + _digest(token), token, who.compte, who.roles)
    shown = who_is(who, kit) if kit else None
    return Known(visitor, who, open_session.first_password, shown)


def _session(token: str) -> OpenSession | None:
    now = utc_now()
    open_session = find_session(token, now)
    if open_session is not None and open_session.stale:
        SIGNS.note(open_session.id, now)
    return open_session


def _without_account(handler: RequestHandler) -> Visitor | None:
    mark = _cookie(handler, VISITOR)
    return Visitor(Visitor.OPEN + _digest(mark), None) if mark else None


def anonymous_visitor(handler: RequestHandler) -> Visitor:
    """Return the visitor without account of a request, giving her a cookie at the first visit."""
    mark = _cookie(handler, VISITOR)
    if not mark:
        mark = secrets.token_urlsafe(32)
        set_private_cookie(handler, VISITOR, mark)
    return Visitor(Visitor.OPEN + _digest(mark), None)


def set_private_cookie(
    handler: RequestHandler, name: str, value: str, path: str = "/", **words: Any
) -> None:
    """Set a cookie that scripts cannot read and other sites cannot use."""
    secure = handler.settings["kit"].https or handler.request.protocol == "https"
    words |= {"httponly": True, "samesite": "Lax", "secure": secure}
    handler.set_cookie(name, value, path=cookie_path(path), **words)


def forget_cookie(handler: RequestHandler, name: str, path: str = "/") -> None:
    """Take back a cookie."""
    handler.clear_cookie(name, path=cookie_path(path))


def cookie_path(path: str) -> str:
    """Return the path of a cookie: with or without a last slash, the site's own is one."""
    return outside(path).rstrip("/") or "/"


def owners_of(handler: RequestHandler) -> frozenset[str]:
    """Return the owner keys that a request may act for: its session and its visitor's cookie."""
    keys = set()
    if visitor := visitor_of(handler):
        keys.add(visitor.key)
    if stranger := _without_account(handler):
        keys.add(stranger.key)
    return frozenset(keys)


class CookieIdentity(IdentityProvider):
    """Tell Jupyter's handlers who is there; tokens and passwords of Jupyter do not exist."""

    async def _get_user(self, handler: RequestHandler) -> User | None:
        visitor = (await recognise(handler)).visitor
        return User(username=visitor.key) if visitor else None

    def get_handlers(self) -> list[tuple[str, object]]:
        """Return no route: the login pages are ours."""
        return []


class OwnKernelsOnly(Authorizer):
    """Allow a kernel's routes to the cookie that opened it, and nothing else to anybody."""

    def is_authorized(
        self, handler: RequestHandler, user: User, action: str, resource: str
    ) -> bool:
        """Return whether the kernel named in the address belongs to the request's cookies."""
        del user, action
        if resource != "kernels":
            return False
        words = [*handler.path_args, *handler.path_kwargs.values()]
        owner = handler.settings["kernel_manager"].owner_of(str(words[0]) if words else "")
        return owner is not None and owner in owners_of(handler)


def _cookie(handler: RequestHandler, name: str) -> str | None:
    value = handler.get_cookie(name)
    return value if value and _TOKEN.fullmatch(value) else None


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
