"""Where phones go: the address of the portal as this page reads it, spelled and photographed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

import segno

PHONES = "/lecon"
"""What phones open; followed by the code, it joins the lesson at once."""
_ORIGIN = re.compile(r"https?://[A-Za-z0-9.\-]{1,200}(?::\d{1,5})?")
_OF_ONE_MACHINE = re.compile(r"localhost|127(?:\.\d+){3}")
_HALF = 3


@dataclass(frozen=True)
class Address:
    """What is read, typed and photographed; `local`, where no phone can reach it."""

    typed: str
    qr: str
    local: bool


def address_of(origin: str, code: str) -> Address | None:
    """Return where phones join a lesson.

    Parameters
    ----------
    origin : str
        What stands before the path in the address of the trainer's own page.
    code : str

    Examples
    --------
    >>> address_of("https://exemple.fr", "KJ7M4").typed
    'exemple.fr/lecon'
    >>> address_of("javascript:alert(1)", "KJ7M4") is None
    True
    """
    if not _ORIGIN.fullmatch(origin) or not code:
        return None
    host = urlsplit(origin).hostname or ""
    typed = origin.partition("//")[2] + PHONES
    whole = f"{origin}{PHONES}/{code}"
    return Address(typed, _drawn(whole), _OF_ONE_MACHINE.fullmatch(host) is not None)


def spelled(code: str) -> str:
    """Return a code in two parts, as it is said: « KJ7 M4 »."""
    return f"{code[:_HALF]}\u00a0{code[_HALF:]}" if len(code) > _HALF else code


def _drawn(address: str) -> str:
    """Return a QR code as inline SVG, in black on white whatever the theme."""
    drawn = segno.make(address, error="m").svg_inline(omitsize=True, border=4, light="#fff")
    return drawn.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1)
