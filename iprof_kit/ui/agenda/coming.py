"""One thing that comes: its day or the period that is known, what it is, where it rests."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from iprof_kit.calculate.interface.official_texts import TO_VERIFY, official_texts, pages
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.worded import Worded, figure


@dataclass(frozen=True)
class Coming:
    """One line: its day, or the period that is known, and what it is.

    `key` names the event for ever, whatever its date becomes; `day` is None where no day is known:
    `period` then says when, and `begins` gives its place in the order.
    """

    key: str
    what: str
    detail: str
    day: date | None
    today: date
    period: str = ""
    wait: str = ""
    """How long until the period, in words."""
    begins: date | None = None
    source: str = ""
    link: str = ""
    verify: bool = False
    brief: str = ""
    """What it is in a few words; `what` where there are none."""
    note: str = ""
    """What must be known of it in one line."""
    recalled: bool = False
    """Whether an agenda recalls it some days before."""
    ends: datetime | None = None
    """The moment at which it ends, where its hour is known: an agenda then holds that hour."""

    @property
    def when(self) -> str:
        """Its day, or the period that is known."""
        return text.day(self.day) if self.day else self.period

    @property
    def delay(self) -> str:
        """Return « dans 280 jours »."""
        return text.delay(self.today, self.day) if self.day else self.wait

    @property
    def after(self) -> date:
        """Its place in the order."""
        return self.day or self.begins or self.today

    @property
    def shown_day(self) -> str:
        """Return « 1er sept. 2027 », or the period, with its fact."""
        return self._said(" ".join(text.short_day(self.day)) if self.day else self.when)

    @property
    def shown_when(self) -> str:
        """Return « 1er septembre 2027 », or the period, with its fact."""
        return self._said(self.when)

    @property
    def shown_delay(self) -> str:
        """Return « dans 280 jours », with the same fact."""
        return self._said(self.delay)

    def _said(self, words: str) -> Worded:
        return figure(words, f"coming.{self.key}", self.day or self.when)


def paper_of(paper: str) -> str:
    """Return the first official text that a source names, else the first page, « à vérifier »."""
    return next(iter((*official_texts(paper), *pages([paper]))), TO_VERIFY)
