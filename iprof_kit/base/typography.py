"""French typography of the texts that users read."""

from __future__ import annotations

import re

_BEFORE_DOUBLE_SIGN = re.compile(r" (?=[;:!?%€»])")
_AFTER_OPENING = re.compile(r"« ")


def french(text: str) -> str:
    """Return a text with the non-breaking spaces and the apostrophes of French typography.

    Already correct texts come back unchanged.
    """
    spaced = _BEFORE_DOUBLE_SIGN.sub("\u00a0", text)
    return _AFTER_OPENING.sub("«\u00a0", spaced).replace("'", "’")
