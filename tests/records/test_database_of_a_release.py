"""A database of each release, put back here: its tables are those of today, its words are read.

`tools/database_of_a_release.py` makes one. Each is a backup in clear, with the keys of its own
journal: it needs none of this machine.
"""

import io
import json
import lzma
import tarfile

import pytest
import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.operations import Operations
from backup_pieces import restore, rows
from two_versions import breaks, differences, left_in_place, shape, version

from iprof_kit.base.configuration.data_folder import var_dir
from iprof_kit.base.paths import ROOT
from iprof_kit.base.version import __version__
from iprof_kit.records import database as db
from iprof_kit.records.journal.verify import verify
from iprof_kit.records.readiness import database_fault
from iprof_kit.records.snapshots import engine_name
from iprof_kit.services.access.login import authenticate
from iprof_kit.services.dossier.sample import demo_accounts
from iprof_kit.services.guichet.operations import run
from iprof_kit.services.journal import journal_fault

DATA = ROOT / "tests" / "data"
RELEASES = sorted((folder.name for folder in DATA.iterdir()), key=version)
LAST = RELEASES[-1]
WRITTEN_SINCE = {
    "alembic_version",
    "audit",
    "audit_names",
    "audit_seals",
    "audit_words",
    "marks",
}
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
        assert differences(connection) == []
    before = {name: count for name, count in restored.manifest.lignes.items() if count}
    assert {"agents", "accounts", "cases", "cvs", "opinion_projects", "writes"} <= set(before)
    after = {name: len(lines) for name, lines in rows().items()}
    for name in set(before) - WRITTEN_SINCE:
        assert after[name] == before[name], name


def test_each_person_enters_and_reads_what_she_typed_and_her_receipt(release, restored, now):
    everybody_reads_again(release, now)


def everybody_reads_again(release, now):
    told = json.loads((release / f"{engine_name()}.json").read_text("utf-8"))
    secrets = {one.compte: one.secret for one in demo_accounts()}
    assert len({one["compte"] for one in told}) > 3
    for one in told:
        entered = authenticate(one["compte"], secrets[one["compte"]], "192.0.2.1", now)
        answer = run(entered.identity, one["op"], one["args"], now)
        assert one["words"] in answer.model_dump_json(), one


def revision_of_last_release():
    """Return the revision of its tables, as its backup says it."""
    packed = lzma.decompress((DATA / LAST / "sqlite.tar.xz").read_bytes())
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        return json.load(archive.extractfile("manifeste.json"))["revision"]


@pytest.fixture
def as_released(empty_database):
    """The tables of the last release, empty, and their shape."""
    var_dir().mkdir(exist_ok=True)
    db.migrate(revision_of_last_release())
    with db.engine().connect() as link:
        return shape(link)


def test_what_the_last_release_reads_and_writes_stays_until_the_next(as_released):
    """Expand, then contract (CONTRIBUTING.md): both versions serve this database for a while."""
    db.migrate("head")
    with db.engine().connect() as link:
        assert breaks(as_released, shape(link), left_in_place(LAST)) == []


PLANTED = {
    "jobs.outcome n’y est plus": lambda op: op.alter_column("outcome", new_column_name="issue"),
    "jobs.failures n’y est plus": lambda op: op.drop_column("failures"),
    "jobs.neuve est exigée": lambda op: op.add_column(new_column(nullable=False)),
    "jobs.outcome a un autre type": lambda op: op.alter_column("outcome", type_=sa.String(30)),
    "jobs.ended_at ne peut plus être": lambda op: op.alter_column("ended_at", nullable=False),
    "jobs veut ('outcome',) unique": lambda op: op.create_unique_constraint("une", ["outcome"]),
    "jobs refuse ce que": lambda op: op.create_check_constraint("moins", "failures < 5"),
}
ADDED = {
    "one that may be empty": lambda op: op.add_column(new_column(nullable=True)),
    "one that the database fills": lambda op: op.add_column(
        new_column(nullable=False, server_default="0")
    ),
    "room": lambda op: op.alter_column("outcome", type_=sa.String(500)),
    "one that may become empty": lambda op: op.alter_column("outcome", nullable=True),
}


def new_column(**words):
    return sa.Column("neuve", sa.Integer, **words)


def migrated(change):
    with db.engine().begin() as link:
        operations = Operations(MigrationContext.configure(link))
        with operations.batch_alter_table("jobs") as batch:
            change(batch)
        return shape(link)


@pytest.mark.parametrize("fault", PLANTED)
def test_a_migration_that_breaks_the_last_release_is_named(as_released, fault):
    found = breaks(as_released, migrated(PLANTED[fault]))
    assert [one for one in found if one.startswith(fault)] == found[:1]


def test_a_table_dropped_is_named_until_the_last_release_reads_it_no_more(as_released):
    with db.engine().begin() as link:
        Operations(MigrationContext.configure(link)).drop_table("jobs")
        now = shape(link)
    found = breaks(as_released, now)
    assert found
    assert all(one.startswith("jobs.") for one in found)
    assert breaks(as_released, now, {"jobs"}) == []


@pytest.mark.parametrize("kind", ADDED)
def test_what_only_adds_breaks_nothing(as_released, kind):
    assert breaks(as_released, migrated(ADDED[kind])) == []


def test_what_is_left_in_place_is_no_difference_with_what_the_code_reads(as_released):
    db.migrate("head")
    migrated(ADDED["one that may be empty"])
    with db.engine().connect() as link:
        assert [kind for kind, *_ in differences(link)] == ["remove_column"]
        assert differences(link, {"jobs.neuve"}) == []


@pytest.mark.parametrize("release", [LAST], indirect=True)
def test_rows_written_as_the_last_release_writes_them_are_taken_and_read(
    release, restored, now, tmp_path
):
    """Every row goes and comes back with the columns that it had then, and no other."""
    before = sa.create_engine(f"sqlite:///{tmp_path / 'then.sqlite'}")
    db.migrate(revision_of_last_release(), bind=before)
    with before.connect() as link:
        then = shape(link).columns
    apart = sa.create_engine(db.engine().url)  # not ours: it need check no foreign key
    with apart.begin() as link:
        if apart.name == "postgresql":
            link.exec_driver_sql("SET session_replication_role = replica")
        for name in sorted({whole.split(".")[0] for whole in then} - WRITTEN_SINCE):
            columns = [whole.split(".")[1] for whole in then if whole.startswith(f"{name}.")]
            words = {"autoload_with": link, "include_columns": columns}
            write_again(link, sa.Table(name, sa.MetaData(), **words))
    apart.dispose()
    everybody_reads_again(release, now)


def write_again(link, table):
    lines = [dict(line) for line in link.execute(sa.select(table)).mappings()]
    link.execute(table.delete())
    if lines:
        link.execute(table.insert(), lines)
