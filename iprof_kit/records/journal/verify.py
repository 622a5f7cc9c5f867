"""Verifying: each line and each seal against the secret, the last seal against the one kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from iprof_kit.base.clock import utc_now
from iprof_kit.records import marks
from iprof_kit.records.database import reading
from iprof_kit.records.journal import outside
from iprof_kit.records.journal.audit import AuditName, AuditRow, AuditSeal, AuditWords
from iprof_kit.records.journal.entries import Explained, authentic, explained
from iprof_kit.records.journal.keys import Keys, commitment, keys_of, own_keys
from iprof_kit.records.journal.seals import read_lines, seal_content

_AT_ONCE = 500
_UNKNOWN = "?"
"""A link that a missing line leaves unknown."""


@dataclass
class Verdict:
    """What was read and what is wrong, in the order of the chain: the first fault is the first."""

    faults: list[str] = field(default_factory=list)
    batches: int = 0
    sealed: int = 0
    pruned: int = 0
    waiting: int = 0
    former: int = 0
    last: outside.Kept = field(default_factory=outside.Kept)
    others: int = 0


def verify(newest: int | None = None, now: datetime | None = None) -> Verdict:
    """Verify the whole journal, or its newest batches only, as this copy sees it now.

    Returns
    -------
    Verdict
        Of one consistent state: servers may go on writing.

    Raises
    ------
    Unavailable
        The database does not answer, or the secret is missing or is not that of this database.
    """
    with reading() as session:
        journal = outside.journal_of(session)
    with reading() as session:
        if session.get_bind().dialect.name == "postgresql":
            session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
        at = now or utc_now()
        apart = outside.disagreement(session, journal, at) if journal else None  # the file first
        verdict = _Reader(session, _keys(session), journal or "", newest).read()
        if journal is None and verdict.batches:
            apart = "le nom du journal manque dans la base, qui a des scellés."
    if apart is not None:
        verdict.faults.append(apart[:1].upper() + apart[1:])
    verdict.others = outside.others(journal or "")
    return verdict


def _keys(session: Session) -> Keys | None:
    if marks.value(session, marks.JOURNAL_KEY) is not None:
        return keys_of(session)
    empty = session.scalar(select(func.count()).select_from(AuditRow)) == 0
    return None if empty else own_keys()


class _Reader:
    """Read the journal once, in the order of the chain."""

    def __init__(
        self, session: Session, keys: Keys | None, journal: str, newest: int | None
    ) -> None:
        self._session, self._journal, self._newest = session, journal, newest
        self._keys = keys or Keys(b"")
        self._known = explained(session, keys) if keys else Explained()
        self._verdict = Verdict()

    def read(self) -> Verdict:
        """Return what is found."""
        self._verdict.last = outside.last_in_base(self._session)
        self._sealed()
        for row, words in self._rows(AuditRow.batch.is_(None)):
            self._verdict.waiting += 1
            self._line(row, words, f"Ligne {row.id} (pas encore scellée)")
        if self._newest is None:
            self._twice()
            self._names()
        return self._verdict

    def _sealed(self) -> None:
        after = 0 if self._newest is None else max(0, self._verdict.last.lot - self._newest)
        groups = groupby(self._rows(AuditRow.batch > after), key=lambda pair: pair[0].batch)
        current = next(groups, None)
        before = self._session.get(AuditSeal, after) if after else None
        query = select(AuditSeal).where(AuditSeal.number > after).order_by(AuditSeal.number)
        for seal in self._session.scalars(query, execution_options={"yield_per": _AT_ONCE}):
            while current is not None and current[0] < seal.number:
                self._unknown(current[1])
                current = next(groups, None)
            rows: Sequence[tuple[AuditRow, AuditWords | None]] = []
            if current is not None and current[0] == seal.number:
                rows = list(current[1])
            self._batch(seal, before, rows)
            before = seal
            if rows:
                current = next(groups, None)
        while current is not None:
            self._unknown(current[1])
            current = next(groups, None)

    def _unknown(self, rows: Any) -> None:
        for row, _ in rows:
            self._fault(f"Ligne {row.id} : ajoutée, dans un lot {row.batch} qui n’existe pas")

    def _batch(
        self,
        seal: AuditSeal,
        before: AuditSeal | None,
        rows: Sequence[tuple[AuditRow, AuditWords | None]],
    ) -> None:
        self._verdict.batches += 1
        former = seal.key != self._keys.name and seal.number <= self._known.former_batch
        self._verdict.former += former
        self._seal(seal, before, former)
        if not rows and seal.number <= self._known.pruned:
            self._verdict.pruned += seal.count
            return
        self._verdict.sealed += len(rows)
        by_number, link = {row.id: (row, words) for row, words in rows}, seal.former
        try:
            wanted = set(read_lines(seal.lines))
        except ValueError:  # said already: the seal is altered
            wanted = set(by_number)
        for number in sorted(wanted | by_number.keys()):
            where = f"Ligne {number} (lot {seal.number})"
            if number not in by_number:
                self._fault(f"{where} : manque")
                link = _UNKNOWN
            elif number not in wanted:
                self._fault(f"{where} : ajoutée")
            else:
                row, words = by_number[number]
                whole = self._line(row, words, where)
                tied = (
                    former
                    or link == _UNKNOWN
                    or row.link == self._keys.link(link, number, row.mark)
                )
                if whole and not tied:
                    self._fault(f"{where} : remplacée, ou plus à sa place")
                link = row.link or _UNKNOWN
        if link not in (_UNKNOWN, seal.link):
            self._fault(f"Lot {seal.number} : sa dernière ligne n’est pas celle du scellé")

    def _seal(self, seal: AuditSeal, before: AuditSeal | None, former: bool) -> None:
        where = f"Lot {seal.number}"
        if not former and seal.mark != seal_content(self._keys, self._journal, seal):
            self._fault(f"{where} : scellé modifié")
            return
        if before is None and seal.number > 1:
            if seal.number != self._known.pruned:
                self._fault(f"Lot 1 à {seal.number - 1} : scellés absents")
            return
        number, mark, lines = (
            (0, "", 0)
            if before is None
            else (before.number, before.mark, before.first + before.count - 1)
        )
        if seal.number != number + 1:
            self._fault(f"Lot {number + 1} : scellé absent")
        elif seal.former != mark or seal.first != lines + 1:
            self._fault(f"{where} : ne suit pas le lot {number}")

    def _line(self, row: AuditRow, words: AuditWords | None, where: str) -> bool:
        """Say what is wrong with a line, or with what stands beside it."""
        if not authentic(row, self._keys, self._known.former_line):
            self._fault(f"{where} : modifiée ou ajoutée")
            return False
        if wrong := self._words(row, words):
            self._fault(f"{where} : {wrong}")
        return True

    def _words(self, row: AuditRow, words: AuditWords | None) -> str:
        erased = {row.actor, row.subject} & self._known.erased
        if words is None:
            return "" if row.detail is None or erased else "ses mots manquent"
        if row.detail is None:
            return "des mots sont ajoutés"
        if commitment(words.detail_salt, words.detail) != row.detail:
            return "ses mots sont modifiés"
        if words.address is None:
            explained = row.address is None or row.at < self._known.blanked
            return "" if explained else "son adresse manque"
        if row.address != commitment(words.address_salt or b"", words.address):
            return "son adresse est modifiée"
        return ""

    def _twice(self) -> None:
        query = select(func.max(AuditRow.id)).group_by(AuditRow.mark).having(func.count() > 1)
        for number in self._session.scalars(query):
            self._fault(f"Ligne {number} : copie d’une autre ligne")

    def _names(self) -> None:
        known = select(AuditName.pseudonym)
        lost = or_(AuditRow.actor.not_in(known), AuditRow.subject.not_in(known))
        number = self._session.scalar(select(func.min(AuditRow.id)).where(lost))
        if number is not None:
            self._fault(f"Ligne {number} : un nom manque")
        query = select(AuditName.name, AuditName.pseudonym, AuditName.mark).order_by(AuditName.id)
        for name, pseudonym, mark in self._session.execute(
            query, execution_options={"yield_per": _AT_ONCE}
        ):
            if mark != self._keys.of_name(name, pseudonym):
                first = select(func.min(AuditRow.id)).where(
                    or_(AuditRow.actor == pseudonym, AuditRow.subject == pseudonym)
                )
                number = self._session.scalar(first)
                self._fault(f"Nom modifié ou ajouté : première ligne {number or 'aucune'}")

    def _rows(self, *chosen: Any) -> Iterator[tuple[AuditRow, AuditWords | None]]:
        query = (
            select(AuditRow, AuditWords)
            .outerjoin(AuditWords, AuditWords.id == AuditRow.id)
            .where(*chosen)
            .order_by(AuditRow.batch, AuditRow.id)
        )
        pairs = self._session.execute(query, execution_options={"yield_per": _AT_ONCE})
        yield from ((row, words) for row, words in pairs)

    def _fault(self, fault: str) -> None:
        self._verdict.faults.append(f"{fault}.")
