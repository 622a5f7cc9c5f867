"""PgBouncer between the kit and PostgreSQL, in session mode: the settings of a connection hold."""

import os
import shutil
import subprocess

import pytest
from backup_pieces import save
from portal_server import until
from sqlalchemy import text

from iprof_kit.records import database as db
from iprof_kit.services.backup.checking import verify
from iprof_kit.services.backup.secrecy import Opening
from iprof_kit.services.health import means

pytestmark = [pytest.mark.postgres, pytest.mark.soak]
SETTINGS = """[databases]
* = host={home} user=kit
[pgbouncer]
unix_socket_dir = {home}
listen_port = 6432
auth_type = any
pool_mode = session
default_pool_size = 5
"""


@pytest.fixture
def pooled(empty_database, postgres, monkeypatch):
    """The kit reaches its PostgreSQL through PgBouncer, which refuses root as that does."""
    program = shutil.which("pgbouncer") or shutil.which("/usr/sbin/pgbouncer")
    if program is None:
        pytest.skip("pgbouncer is missing")
    settings, owner = postgres / "pgbouncer.ini", postgres.stat()
    settings.write_text(SETTINGS.format(home=postgres), encoding="utf-8")
    settings.chmod(0o644)
    lent = {"user": owner.st_uid, "group": owner.st_gid, "extra_groups": []}
    as_user = lent if os.geteuid() == 0 else {}
    monkeypatch.setenv("IPROF_DATABASE_URL", f"{os.environ['IPROF_DATABASE_URL']}&port=6432")
    with subprocess.Popen([program, "-q", settings], cwd=postgres, **as_user) as process:
        until(lambda: (postgres / ".s.PGSQL.6432").exists())
        yield
        db.engine().dispose()
        process.terminate()


@pytest.mark.parametrize("empty_database", ["postgres"], indirect=True)
def test_the_kit_prepares_reads_writes_and_saves_through_pgbouncer(pooled, now, tmp_path):
    db.prepare_database()
    assert means().whole
    for opened in (db.reading, db.writing):
        with opened() as session:
            assert session.scalar(text("SHOW synchronous_commit")) == "on"
            assert session.scalar(text("SHOW lock_timeout")) == "5s"
    save(tmp_path / "sauvegarde", now)
    manifest, _digest = verify(tmp_path / "sauvegarde", Opening())
    assert manifest.moteur == "postgresql"
