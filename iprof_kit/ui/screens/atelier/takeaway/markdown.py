"""Texts inside Markdown: no sign of theirs is one of its own."""

from __future__ import annotations

_SIGNS = "\\`*_{}[]<>()#+-.!|~$&\"'=^:@"
_ENTITIES = str.maketrans({sign: f"&#{ord(sign)};" for sign in _SIGNS})


def plain(words: str) -> str:
    """Return a text that Markdown shows as it is, whatever it holds.

    Examples
    --------
    >>> plain("</script> *x*")
    '&#60;/script&#62; &#42;x&#42;'
    """
    return " ".join(words.split()).translate(_ENTITIES)
