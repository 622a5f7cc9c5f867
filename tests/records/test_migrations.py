from concurrent.futures import ThreadPoolExecutor

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text

from iprof_kit.base.errors import Unavailable
from iprof_kit.records import database as db
from iprof_kit.records.tables import METADATA
from iprof_kit.services.accounts import NewAccount, create_account
from iprof_kit.services.dossiers import find_dossier, save_dossier


def read(numero):
    with db.reading() as session:
        return find_dossier(session, numero)


def tables():
    return set(inspect(db.engine()).get_table_names())


def test_the_migrations_make_what_the_models_say(database):
    with db.engine().connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, METADATA) == []


def test_going_down_and_up_again_keeps_the_dossiers(database, people, now):
    save_dossier(people["D0001"], "test", now)
    create_account(
        NewAccount("jdupont", ("enseignant",), "D0001", numen="06E0854321LMN"), "test", now
    )
    db.migrate("0001", down=True)
    assert "accounts" not in tables()
    assert read("D0001") == people["D0001"]
    db.migrate("head")
    assert "accounts" in tables()
    assert read("D0001") == people["D0001"]


def test_going_down_to_nothing_and_up_gives_an_empty_database(database, people, now):
    save_dossier(people["D0001"], "test", now)
    db.migrate("base", down=True)
    assert tables() == {"alembic_version"}
    db.migrate("head")
    assert read("D0001") is None


def test_preparing_again_keeps_everything(database, people, now):
    save_dossier(people["D0001"], "test", now)
    db.prepare_database()
    assert read("D0001") == people["D0001"]


def test_two_servers_may_prepare_the_same_database_at_once(empty_database):
    with ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(db.prepare_database) for _ in range(4)]:
            done.result()
    assert set(METADATA.tables) <= tables()


def test_a_database_of_a_newer_kit_is_left_alone(database):
    with db.writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(Unavailable, match="plus récente"):
        db.prepare_database()
