"""Texts inside Markdown: no sign of theirs is one of its own, their hard spaces are set."""

from __future__ import annotations

import re

from iprof_kit.base.words import hard_spaces

_SIGNS = "\\`*_{}[]<>()#+-.!|~$&\"'=^:@"
_BLANKS = re.compile(r"[ \n\r\t]+")
_ENTITIES = str.maketrans({sign: f"&#{ord(sign)};" for sign in _SIGNS})


def plain(words: str) -> str:
    """Return a text that Markdown shows as it is, whatever it holds.

    Examples
    --------
    >>> plain("</script> *x*")
    '&#60;/script&#62; &#42;x&#42;'
    """
    return hard_spaces(_BLANKS.sub(" ", words).strip()).translate(_ENTITIES)
