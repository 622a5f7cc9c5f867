"""What the journal says of itself: an erased name, blanked addresses, deleted batches, a new start.

Each explains something that verifying would otherwise report. They are lines like the others, which
only who holds the secret can have written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from iprof_kit.records.journal.audit import AuditRow, AuditWords, covered
from iprof_kit.records.journal.keys import Keys, commitment

NAME_ERASED, PRUNED = "nom_efface", "journal_elague"
BLANKED, RESUMED = "adresses_effacees", "journal_repris"
_PRUNED, _RESUMED = re.compile(r"lot (\d+)"), re.compile(r"lot (\d+), ligne (\d+)")
_BLANKED = re.compile(r"avant (\S+)")
_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Explained:
    """What is explained, so that verifying does not report it.

    `erased`: pseudonyms; `pruned`: the last deleted batch; `blanked`: until when addresses are
    gone; `former_batch`, `former_line`: the last ones written under a secret that was replaced.
    """

    erased: frozenset[str] = frozenset()
    pruned: int = 0
    blanked: datetime = _NEVER
    former_batch: int = 0
    former_line: int = 0


def pruned_words(batch: int) -> str:
    """Return the words of a line that explains deleted batches."""
    return f"jusqu’au lot {batch}"


def blanked_words(before: datetime) -> str:
    """Return the words of a line that explains blanked addresses."""
    return f"avant {before.astimezone(UTC).isoformat()}"


def resumed_words(batch: int, line: int, why: str) -> str:
    """Return the words of a line that explains a new start."""
    return f"lot {batch}, ligne {line} ; {why}"[:200]


def explained(session: Session, keys: Keys) -> Explained:
    """Return what the journal explains; a line that is not authentic explains nothing."""
    query = (
        select(AuditRow, AuditWords)
        .outerjoin(AuditWords, AuditWords.id == AuditRow.id)
        .where(AuditRow.action.in_([NAME_ERASED, PRUNED, BLANKED, RESUMED]))
    )
    rows = [(row, words) for row, words in session.execute(query)]
    resumed = [
        tuple(map(int, match.groups()))
        for row, words in rows
        if row.action == RESUMED
        and authentic(row, keys)
        and (match := _RESUMED.match(_detail(row, words)))
    ]
    batch, line = max(resumed, default=(0, 0))
    rows = [(row, words) for row, words in rows if authentic(row, keys, line)]
    pruned = [_PRUNED.search(_detail(row, words)) for row, words in rows if row.action == PRUNED]
    blanked = [_BLANKED.match(_detail(row, words)) for row, words in rows if row.action == BLANKED]
    return Explained(
        frozenset(row.subject for row, _ in rows if row.action == NAME_ERASED),
        max((int(match[1]) for match in pruned if match), default=0),
        max((datetime.fromisoformat(match[1]) for match in blanked if match), default=_NEVER),
        batch,
        line,
    )


def authentic(row: AuditRow, keys: Keys, former_line: int = 0) -> bool:
    """Return whether a line is as it was written, as far as today's secret can tell."""
    if row.key != keys.name:
        return row.id <= former_line
    fields = covered(row.at, row.actor, row.action, row.subject, row.detail, row.address)
    return keys.made_row(row.mark, *fields)


def _detail(row: AuditRow, words: AuditWords | None) -> str:
    """Return the words of a line, if they are those that it commits to."""
    if words is None or commitment(words.detail_salt, words.detail) != row.detail:
        return ""
    return words.detail
