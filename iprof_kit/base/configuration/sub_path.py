"""The path below which a proxy gives the site, which this module alone knows.

Everywhere else an address of ours is written from the root (« /connexion »), as the menu, texts and
routes have it. It gets its path where it leaves: the pages of the server, the HTML of a screen,
redirections, cookies, what is printed or mailed; and loses it where it comes in.
"""

from __future__ import annotations

import os
import re
from functools import lru_cache
from urllib.parse import urlsplit

from iprof_kit.base.configuration.in_force import FILE, in_force

VARIABLE = "IPROF_SITE_CHEMIN"
"""The variable of the setting: sessions, which read no file, are given it."""
_ADDRESSES = re.compile(
    r'(?<=\s)(href|src|action|formaction|data-(?:address|adresse|goes|help|site value))="(/[^"]*)"'
)
"""Attributes that hold an address, in HTML where a quote that anybody typed is escaped."""


def sub_path() -> str:
    """Return the path below which the site is, « /iprof »; empty at the root of its name."""
    return _sub_path(os.environ.get(FILE, ""), os.environ.get(VARIABLE, ""))


@lru_cache(maxsize=4)
def _sub_path(*_said_by: str) -> str:
    return in_force().values.site.chemin


def outside(address: str) -> str:
    """Return an address of ours as a browser asks for it; any other one, or done already, as it is.

    Examples
    --------
    >>> outside("/connexion"), outside("https://ailleurs.example/")
    ('/connexion', 'https://ailleurs.example/')
    """
    path = sub_path()
    if not path or not address.startswith("/") or address.startswith("//"):
        return address
    return address if inside(address) is not None else path + address


def inside(address: str) -> str | None:
    """Return an address that a browser asks for as the kit knows it; None where it is not ours."""
    path = sub_path()
    if not path:
        return address
    rest = address.removeprefix(path)
    if rest == address or rest[:1] not in {"", "/", "?"}:
        return None
    return rest if rest.startswith("/") else f"/{rest}"


def outside_html(html: str) -> str:
    """Return HTML whose addresses are as a browser asks for them."""
    if not sub_path():
        return html
    return _ADDRESSES.sub(lambda one: f'{one[1]}="{outside(one[2])}"', html)


def whole_address(site: str, path: str = "") -> str:
    """Return the address of a page as people type it; that of the site is with its path or without.

    Examples
    --------
    >>> whole_address("https://carriere.example/", "/courrier")
    'https://carriere.example/courrier'
    """
    site, below = site.rstrip("/"), sub_path()
    return site + path if urlsplit(site).path == below else f"{site}{below}{path}"
