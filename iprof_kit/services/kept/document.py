"""A document that one person keeps and rewrites: saved as one types, never over newer writing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from sqlalchemy.orm import Session

from iprof_kit.base.errors import Conflict
from iprof_kit.records.database import reading
from iprof_kit.records.repository import Order, Repository
from iprof_kit.services.access.own_file import Owner, absent_file

M = TypeVar("M", bound=Any)
_LONGEST_KEY = 150


@dataclass(frozen=True)
class Kept:
    """A document as it is stored."""

    content: dict[str, Any]
    revision: int
    saved_at: datetime


@dataclass(frozen=True)
class Saved:
    """Where a save ended; `other` is the stored document where somebody saved meanwhile."""

    revision: int
    saved_at: datetime
    other: dict[str, Any] | None = None


@dataclass(frozen=True)
class Shelf(Generic[M]):
    """Where the documents of one kind are: rows with `version`, `saved_at` and `content`.

    `what` names the document in the sentences: « votre CV ».
    """

    rows: Repository[M]
    what: str

    def find(self, session: Session, name: str) -> Kept | None:
        """Return one document, or None before its first save."""
        row = self.rows.find(session, name)
        return None if row is None else Kept(row.content, row.version, row.saved_at)

    def save(
        self,
        name: str,
        content: dict[str, Any],
        order: Order,
        begin: Callable[[M], None] | None = None,
    ) -> Saved:
        """Save a document, unless somebody saved since the revision that the writer started from.

        What is already stored is not written again, and a conflict writes nothing.

        Parameters
        ----------
        name : str
            Public key of its row.
        content : dict
            Plain JSON, already checked.
        order : Order
            Its `expected_version` is the revision that the writer started from.
        begin : callable, optional
            Sets what else a new row needs.

        Raises
        ------
        Unavailable
            The database does not answer, or the person's file is not in it; nothing is written.
        """
        stored = self._stored(name)
        if stored is not None and stored.content == content:
            return Saved(stored.revision, stored.saved_at)

        def change(_session: Session, row: M) -> None:
            if begin is not None:
                begin(row)
            row.saved_at, row.content = order.now, content

        # Where nothing is stored (a database begun anew) there is nothing to write over.
        started_from = 0 if stored is None else order.expected_version
        asked = Order(order.key, order.by, order.now, expected_version=started_from)
        try:
            receipt = self.rows.store(name, change, asked)
        except Conflict:
            return self._conflict(name, started_from)
        return Saved(receipt.version, receipt.at)

    def _conflict(self, name: str, started_from: int | None) -> Saved:
        stored = self._stored(name)
        if stored is None:
            raise absent_file()
        if stored.revision == started_from:
            raise Conflict(f"{self.what} était occupé.", remedy="Rien n’est perdu : réessayez.")
        return Saved(stored.revision, stored.saved_at, stored.content)

    def _stored(self, name: str) -> Kept | None:
        with reading() as session:
            return self.find(session, name)


def order_key(kind: str, owner: Owner, what: str, cle: str, more: str = "") -> str:
    """Return the idempotency key of an order: the person's own, whatever `cle` others use."""
    return f"{kind}:{owner.numero}:{what}:{cle}:{more}"[:_LONGEST_KEY]
