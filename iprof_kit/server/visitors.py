"""Who is at the door: a person with a session, or a visitor without account.

Both are known by an unguessable cookie and by nothing else; a kernel belongs to the cookie that
opened it. There is no token in addresses and no anonymous user.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import dataclass
from typing import ClassVar

from jupyter_server.auth import Authorizer, IdentityProvider, User
from tornado.web import RequestHandler

from iprof_kit.services.accounts import session_of
from iprof_kit.services.clock import utc_now
from iprof_kit.services.identity import Identity

SESSION = "iprof_session"
VISITOR = "iprof_visiteur"
_TOKEN = re.compile(r"[A-Za-z0-9_-]{20,100}")


@dataclass(frozen=True)
class Visitor:
    """One cookie. `token` is None without account; `key` names the owner of kernels."""

    OPEN: ClassVar[str] = "visiteur:"
    key: str
    token: str | None

    def identity(self) -> Identity | None:
        """Return who this is now; None once the session is closed, and without account."""
        return session_of(self.token, utc_now()) if self.token else None


def visitor_of(handler: RequestHandler) -> Visitor | None:
    """Return who a request comes from: an open session first, then a visitor's cookie."""
    token = _cookie(handler, SESSION)
    if token and session_of(token, utc_now()):
        return Visitor("session:" + _digest(token), token)
    mark = _cookie(handler, VISITOR)
    return Visitor(Visitor.OPEN + _digest(mark), None) if mark else None


def anonymous_visitor(handler: RequestHandler) -> Visitor:
    """Return the visitor without account of a request, giving her a cookie at the first visit."""
    mark = _cookie(handler, VISITOR)
    if not mark:
        mark = secrets.token_urlsafe(32)
        set_private_cookie(handler, VISITOR, mark)
    return Visitor(Visitor.OPEN + _digest(mark), None)


def set_private_cookie(handler: RequestHandler, name: str, value: str) -> None:
    """Set a cookie that scripts cannot read and other sites cannot use."""
    secure = handler.settings["kit"].https or handler.request.protocol == "https"
    handler.set_cookie(name, value, httponly=True, samesite="Lax", secure=secure, path="/")


def owners_of(handler: RequestHandler) -> frozenset[str]:
    """Return the owner keys that a request may act for: its session and its visitor's cookie."""
    keys = set()
    if visitor := visitor_of(handler):
        keys.add(visitor.key)
    if mark := _cookie(handler, VISITOR):
        keys.add(Visitor.OPEN + _digest(mark))
    return frozenset(keys)


class CookieIdentity(IdentityProvider):
    """Tell Jupyter's handlers who is there; tokens and passwords of Jupyter do not exist."""

    async def _get_user(self, handler: RequestHandler) -> User | None:
        visitor = visitor_of(handler)
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
