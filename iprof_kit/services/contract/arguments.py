"""The arguments of an operation that takes none."""

from __future__ import annotations

from iprof_kit.base.plain import Plain


class NoArguments(Plain):
    """An operation that takes nothing: the person asking is known by the guichet."""
