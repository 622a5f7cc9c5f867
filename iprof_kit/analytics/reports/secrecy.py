"""The tables of an aggregated report, each held against all that was and will be published."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd

from iprof_kit.analytics.publication.ledger import Ledger
from iprof_kit.analytics.publication.people import Earlier, People, about
from iprof_kit.analytics.publication.protection import Shown
from iprof_kit.analytics.publication.publish import people_of, protected
from iprof_kit.analytics.publication.request import measures_of
from iprof_kit.analytics.publication.rules import Rules
from iprof_kit.analytics.publication.sheet import Sheet, sheet_of


@dataclass
class Secrecy:
    """The tables of one report, in their order.

    Attributes
    ----------
    source : str
        All that is published of it is held together.
    subject : str
        « Hors classe 2027, professeurs des écoles, Lyon »: names the tables in the ledger.
    earlier : sequence of Earlier
        What the ledger holds of this source.
    """

    source: str
    subject: str
    rules: Rules
    earlier: Sequence[Earlier] = ()
    _tables: list[tuple[People, Shown, str]] = field(default_factory=list)

    def table(
        self, people: pd.DataFrame, by: Sequence[str], measures: Sequence[str], title: str
    ) -> tuple[Sheet, Shown]:
        """Return a table of what may be shown, and what it counts; the next ones know of it.

        Raises
        ------
        InputError
            A column misses, or may not be published.
        Refused
            Nothing may be shown.
        """
        wanted = measures_of(people, measures)
        counted, values = people_of(people, self.source, by, wanted)
        known = [
            *about(counted.ids, self.earlier),
            *(self._as_earlier(one) for one in self._tables),
        ]
        visible = protected(people, counted, values, self.rules, known)
        self._tables.append((counted, visible, f"{title}, {self.subject}"))
        return sheet_of(counted.cube, wanted, visible, {"titre": title}), visible

    def stands(self, now: Sequence[Earlier]) -> bool:
        """Tell whether nothing was published about the same people since these tables were made."""
        ids = [people.ids for people, _, _ in self._tables] or [np.zeros(0, np.uint64)]
        known = {_fingerprint(one) for one in self.earlier}
        near = about(np.unique(np.concatenate(ids)), now)
        return all(_fingerprint(one) in known for one in near)

    def note(self, ledger: Ledger) -> list[Path]:
        """Note every table in the ledger, and return the files of the notes."""
        return [
            path
            for people, visible, title in self._tables
            for path in ledger.add(people, self.rules.threshold, visible.published, title)
        ]

    def _as_earlier(self, table: tuple[People, Shown, str]) -> Earlier:
        people, visible, title = table
        return Earlier(title, people, self.rules.threshold, visible.published)


def _fingerprint(one: Earlier) -> bytes:
    """Return what tells a publication from any other, were its number taken again."""
    digest = hashlib.sha256(one.name.encode())
    for array in (one.people.ids, one.people.code, *one.published.values()):
        digest.update(np.ascontiguousarray(array).tobytes())
    return digest.digest()
