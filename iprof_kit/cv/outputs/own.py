"""The kit's own JSON: everything, to keep or to take elsewhere."""

from __future__ import annotations

import json

from iprof_kit.cv.model import Cv


def dump(cv: Cv) -> bytes:
    """Return the whole CV as readable JSON; `inputs.read` gives the same CV back."""
    text = json.dumps(cv.model_dump(mode="json"), ensure_ascii=False, indent=2)
    return f"{text}\n".encode("utf-8", "replace")
