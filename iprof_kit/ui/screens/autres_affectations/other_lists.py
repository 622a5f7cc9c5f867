"""What the carnet « voeux » keeps beside the choices: lists of other movements, lists at a closing.

A campaign whose wishes are no place of the tables has its own list; a list that was kept when the
step closed is never changed by what is tried later.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

LISTS, CLOSED, CANCELLED = "mouvements", "clotures", "annulations"
LONGEST_WISH = 90
_MOST = 200


@dataclass(frozen=True)
class Kept:
    """One wish: what names it in the carnet, how it is read, its kind where it has one."""

    key: str
    name: str
    kind: str = ""


def own_list(document: Mapping[str, Any], campaign: str, part: str = LISTS) -> tuple[Kept, ...]:
    """Return the wishes of a campaign that are no place; what is not what it should be is dropped.

    Examples
    --------
    >>> own_list({"mouvements": {"intra": [{"id": "a", "nom": "École Curie"}, 3]}}, "intra")
    (Kept(key='a', name='École Curie', kind=''),)
    """
    read = [_read(one) for one in _listed(document, campaign, part)]
    return tuple({one.key: one for one in read if one is not None}.values())


def was_closed(document: Mapping[str, Any], campaign: str) -> bool:
    """Tell whether a list was kept at the closing of a campaign."""
    return campaign in _part(document, CLOSED)


def with_list(
    document: Mapping[str, Any], campaign: str, wishes: tuple[Kept, ...], part: str = LISTS
) -> dict[str, Any]:
    """Return a document with the list of a campaign."""
    written = [{"id": one.key, "nom": one.name, "nature": one.kind} for one in wishes]
    return {**document, part: {**_part(document, part), campaign: written}}


def without_closings(document: Mapping[str, Any], service: str) -> dict[str, Any]:
    """Return a document without the lists that were kept at the closings of a service."""
    closings = _part(document, CLOSED).items()
    kept = {name: wishes for name, wishes in closings if name.rpartition("_")[0] != service}
    return {**document, CLOSED: kept} if CLOSED in document else dict(document)


def described_lists(document: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the lists of other movements in short sentences, to choose between two writings."""
    sentences = []
    for campaign in _part(document, LISTS):
        names = [one.name for one in own_list(document, campaign)]
        ranked = ", ".join(f"{rank} {name}" for rank, name in enumerate(names, 1))
        year = campaign.rpartition("_")[2]
        sentences.append(f"Autre mouvement, {year} : {ranked or 'aucun vœu'}")
    return tuple(sentences)


def _part(document: Mapping[str, Any], part: str) -> Mapping[str, Any]:
    lists = document.get(part)
    return lists if isinstance(lists, Mapping) else {}


def _listed(document: Mapping[str, Any], campaign: str, part: str) -> list[Any]:
    listed = _part(document, part).get(campaign)
    return listed[:_MOST] if isinstance(listed, list) else []


def _read(one: Any) -> Kept | None:
    if not isinstance(one, Mapping):
        return None
    key, name, kind = (one.get(field, "") for field in ("id", "nom", "nature"))
    if not (isinstance(key, str) and isinstance(name, str) and isinstance(kind, str)):
        return None
    if not key or not name.strip():
        return None
    return Kept(key[:40], name[:LONGEST_WISH], kind[:40])
