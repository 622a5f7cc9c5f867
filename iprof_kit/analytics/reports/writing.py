"""A report written: privately, whole or not at all; in the log why, in the ledger what."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

from iprof_kit.analytics.export_log import checked_reason, logged
from iprof_kit.analytics.publication.files import write_whole
from iprof_kit.analytics.publication.ledger import Ledger
from iprof_kit.analytics.publication.rules import Rules
from iprof_kit.analytics.reports.draft import Draft
from iprof_kit.analytics.reports.report import Rapport, assembled
from iprof_kit.base.errors import InputError

FORMATS: dict[str, Callable[[Rapport], bytes]] = {
    ".html": lambda report: report.html().encode(),
    ".pdf": lambda report: report.pdf(),
}


def write(draft: Draft, asked: Rules, outputs: Sequence[Path], motif: str) -> Rapport:
    """Write a report in the formats of its files: `.html`, `.pdf`.

    Raises
    ------
    InputError
        A motive that says nothing, a format that does not exist.
    Unavailable
        A file, the log or the ledger cannot be written.
    """
    reason = checked_reason(motif)
    for path in outputs:
        checked_format(path.suffix)
    kind = "rapport interne" if draft.nominatif else "rapport agrégé"
    what = {
        "quoi": f"{kind}\u00a0: {draft.titre}, {draft.academie}",
        "source": draft.source,
        "fichiers": [str(path) for path in outputs],
        "filtres": dict(draft.campagne.filtres),
        "seuil": asked.threshold,
        "sha256_entree": draft.empreinte,
        "version": draft.version,
    }
    with logged(what, reason) as told:
        report, notes = _held(draft, asked)
        made = [(path, _content(report, path)) for path in outputs]
        write_whole(made, notes, private=True)
        told["fichiers"] = {str(path): digest_of_file(path) for path in outputs}
    return report


def checked_format(suffix: str) -> str:
    """Return the suffix of a format, refused where a report has no such format."""
    wanted = suffix.lower()
    if wanted not in FORMATS:
        raise InputError(
            f"un rapport ne s’écrit pas en «\u00a0{suffix}\u00a0».",
            where="format",
            remedy=f"Formats possibles\u00a0: {', '.join(FORMATS)}.",
        )
    return wanted


def digest_of_file(path: Path) -> str:
    """Return the SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _held(draft: Draft, asked: Rules) -> tuple[Rapport, list[Path]]:
    """Return a report, its tables noted before its files are written: nobody publishes between.

    The long part is done while others publish; it is done again where they published about the
    same people.
    """
    if draft.nominatif:
        return assembled(draft, asked, ()), []
    ledger = Ledger(draft.source)
    report = assembled(draft, asked, ledger.earlier())
    with ledger.open():
        now = ledger.earlier()
        if not report.secret.stands(now):
            report = assembled(draft, asked, now)
        return report, report.secret.note(ledger)


def _content(report: Rapport, path: Path) -> Callable[[], bytes]:
    return lambda: FORMATS[checked_format(path.suffix)](report)
