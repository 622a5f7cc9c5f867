"""A database of each release, put back here: its tables are those of today, its words are read.

`tools/database_of_a_release.py` makes one. Each is a backup in clear, with the keys of its own
journal: it needs none of this machine.
"""

import json
import lzma

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from backup_pieces import restore, rows

from iprof_kit.base.paths import ROOT
from iprof_kit.base.version import __version__
from iprof_kit.records import database as db
from iprof_kit.records.journal.verify import verify
from iprof_kit.records.readiness import database_fault
from iprof_kit.records.snapshots import engine_name
from iprof_kit.records.tables import METADATA
from iprof_kit.services.access.login import authenticate
from iprof_kit.services.dossier.sample import demo_accounts
from iprof_kit.services.guichet.operations import run
from iprof_kit.services.journal import journal_fault

DATA = ROOT / "tests" / "data"
RELEASES = sorted(folder.name for folder in DATA.iterdir())
WRITTEN_SINCE = {"alembic_version", "audit", "audit_names", "audit_seals", "audit_words"}
"""Tables in which a restoration writes; a migration that moves rows of another says so here."""


@pytest.fixture(params=RELEASES)
def release(request, empty_database):
    """The folder of a release, and its database put back in an empty one of the same engine."""
    return DATA / request.param


@pytest.fixture
def restored(release, now, tmp_path):
    clear = tmp_path / "clear"
    clear.write_bytes(lzma.decompress((release / f"{engine_name()}.tar.xz").read_bytes()))
    return restore(clear, now)


def test_this_version_left_its_files_and_a_database_of_each_engine_and_each_is_small():
    kept = {path.name: path.stat().st_size for path in (DATA / __version__).iterdir()}
    engines = ("sqlite", "postgresql")
    databases = {f"{one}{end}" for one in engines for end in (".tar.xz", ".json")}
    assert set(kept) == databases | {"cv.json", "seance.json"}
    assert max(kept.values()) < 300_000


def test_it_is_brought_to_the_tables_of_today_and_no_row_is_lost(release, restored):
    assert restored.manifest.kit == release.name
    assert (database_fault(), journal_fault(), restored.unsealed) == (None, None, None)
    assert verify().faults == []
    with db.engine().connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, METADATA) == []
    before = {name: count for name, count in restored.manifest.lignes.items() if count}
    assert {"agents", "accounts", "cases", "cvs", "opinion_projects", "writes"} <= set(before)
    after = {name: len(lines) for name, lines in rows().items()}
    for name in set(before) - WRITTEN_SINCE:
        assert after[name] == before[name], name


def test_each_person_enters_and_reads_what_she_typed_and_her_receipt(release, restored, now):
    told = json.loads((release / f"{engine_name()}.json").read_text("utf-8"))
    secrets = {one.compte: one.secret for one in demo_accounts()}
    assert len({one["compte"] for one in told}) > 3
    for one in told:
        entered = authenticate(one["compte"], secrets[one["compte"]], "192.0.2.1", now)
        answer = run(entered.identity, one["op"], one["args"], now)
        assert one["words"] in answer.model_dump_json(), one
