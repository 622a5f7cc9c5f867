"""A new version takes over a database: saved as it is, then brought up; or refused."""

import pytest
from click.testing import CliRunner

from iprof_kit.base.errors import InputError, Unavailable
from iprof_kit.commands import backup as commands
from iprof_kit.records import database as db
from iprof_kit.records.journal.audit import lines
from iprof_kit.records.readiness import newest_revision, older_revision
from iprof_kit.services.backup.checking import verify
from iprof_kit.services.backup.migrating import MIGRATED
from iprof_kit.services.backup.secrecy import Opening

BEFORE = "0020"


@pytest.fixture
def older(database):
    db.migrate(BEFORE, down=True)


def run(*arguments):
    return CliRunner().invoke(commands.migrate, [*map(str, arguments)], catch_exceptions=False)


def journal():
    with db.reading() as session:
        return [(line.actor, line.action, line.detail) for line in lines(session)]


def test_it_saves_the_older_tables_then_brings_them_up_and_the_journal_says_so(older, tmp_path):
    said = run(tmp_path / "avant").output
    assert f"tables {BEFORE}" in said
    manifest, digest = verify(tmp_path / "avant", Opening())
    assert manifest.revision == BEFORE
    assert older_revision() is None
    assert journal()[0] == (
        "iprof migrer",
        MIGRATED,
        f"tables {BEFORE}, puis {newest_revision()} ; sauvegarde SHA-256 {digest}",
    )


def test_where_it_cannot_be_saved_nothing_is_changed(older, tmp_path):
    (tmp_path / "avant").write_text("déjà là")
    with pytest.raises(InputError):
        run(tmp_path / "avant")
    assert older_revision() == BEFORE


def test_a_database_of_this_version_is_neither_saved_nor_changed(database, tmp_path):
    assert "rien n’a été fait" in run(tmp_path / "avant").output
    assert not (tmp_path / "avant").exists()


@pytest.mark.parametrize("given", [[], ["avant", "--sans-sauvegarde"]])
def test_one_says_where_to_save_or_that_one_does_not(older, given):
    with pytest.raises(InputError, match="où sauvegarder"):
        run(*given)
    assert older_revision() == BEFORE


def test_without_a_backup_where_it_is_said(older):
    run("--sans-sauvegarde")
    assert journal()[0][2] == f"tables {BEFORE}, puis {newest_revision()}"


def test_a_database_of_a_later_version_is_left_as_it_is(database, tmp_path):
    with db.engine().begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(Unavailable, match="plus récente"):
        run(tmp_path / "avant")
