"""The page that links every report of a folder; those that failed say why."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from iprof_kit.analytics.analyses.model import PROJET
from iprof_kit.analytics.promotions.opening import title
from iprof_kit.analytics.publication.files import write_whole
from iprof_kit.analytics.reports.batch import FAILED, Outcome, memories
from iprof_kit.analytics.reports.draft import academy
from iprof_kit.analytics.reports.page import index_page
from iprof_kit.analytics.reports.view import INTERNAL
from iprof_kit.base.errors import InputError
from iprof_kit.base.version import __version__

NAMES = {".html": "page", ".pdf": "PDF"}
Key = tuple[str, str, str, int]
"""Academy, corps, grade, year."""


def write_index(outcomes: Sequence[Outcome]) -> Path:
    """Write the page of a folder, privately: the reports of a batch, and those already there.

    Raises
    ------
    Unavailable
        The folder cannot be written.
    """
    asked = outcomes[0].job.asked
    rows = {
        key: _row(key, files, "") for key, files in _written(asked.vers, nominatif=asked.nominatif)
    }
    failed = [one for one in outcomes if one.state == FAILED]
    for one in failed:
        key = (one.job.academie, one.job.corps, one.job.grade, one.job.asked.annee)
        rows[key] = _row(key, [], one.reason)
    facts = [
        ("Rapports", str(len(rows) - len(failed))),
        ("Échecs", str(len(failed))),
        ("Version", f"iprof-kit {__version__}"),
    ]
    mark = f"{PROJET} · {INTERNAL}" if asked.nominatif else PROJET
    page = index_page("Rapports de campagne", mark, [rows[key] for key in sorted(rows)], facts)
    path = asked.vers / ("interne-index.html" if asked.nominatif else "index.html")
    write_whole([(path, page.encode)], private=True)
    return path


def _written(folder: Path, *, nominatif: bool) -> list[tuple[Key, list[str]]]:
    """Return the reports that are in a folder, with their files."""
    reports = []
    for path in memories(folder, nominatif=nominatif):
        try:
            note = json.loads(path.read_text(encoding="utf-8"))
            code, corps, grade, year = note["rapport"]
            files = [name for name in note["fichiers"] if (folder / name).is_file()]
        except (OSError, ValueError, KeyError, TypeError):
            continue  # a damaged note only makes its report be done again
        reports.append(((code, corps, grade, int(year)), files))
    return reports


def _row(key: Key, files: Sequence[str], error: str) -> dict[str, Any]:
    code, corps, grade, year = key
    return {
        "academie": _label(code),
        "titre": title(corps, grade, year),
        "erreur": error,
        "fichiers": [(name, NAMES[Path(name).suffix]) for name in files],
    }


def _label(code: str) -> str:
    try:
        return academy(code)[1]
    except InputError:
        return code
