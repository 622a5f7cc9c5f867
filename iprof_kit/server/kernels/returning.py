"""A page that is loaded again, or gone back to, comes back to the kernel that it has just left.

The browser asks for the page before the former one lets go of its kernel, so the page says in a
cookie of some seconds which kernel is left at which address. It opens nothing: the kernel is
given to the session that opened it alone, at that very address.
"""

from __future__ import annotations

from dataclasses import dataclass

from tornado.web import RequestHandler

from iprof_kit.base.configuration.sub_path import outside
from iprof_kit.server.visitors import forget_cookie

_COOKIE = "iprof_retour"
_ANEW = "no-cache"
"""What a browser says of a page that is loaded again with the key of capitals (Ctrl+F5)."""


@dataclass(frozen=True)
class Left:
    """The kernel that a page has left at this address; `anew`: its person wants another one."""

    kernel_id: str
    anew: bool


def left_here(handler: RequestHandler) -> Left | None:
    """Return what has just been left at the address of a request; it is said once."""
    path = outside(handler.request.path)
    name = cookie_of(path)
    kernel_id = handler.get_cookie(name)
    if not kernel_id:
        return None
    forget_cookie(handler, name, path=path)
    return Left(kernel_id, handler.request.headers.get("Cache-Control") == _ANEW)


def cookie_of(path: str) -> str:
    """Return the name of the cookie of an address: one each, where one address begins another.

    Examples
    --------
    >>> cookie_of("/services/siac")
    'iprof_retour.services.siac'
    """
    return _COOKIE + path.replace("/", ".")
