"""The base of every question and answer of the contract."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Plain(BaseModel):
    """Plain, frozen data that refuses unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class NoArguments(Plain):
    """An operation that takes nothing: the person asking is known by the guichet."""
