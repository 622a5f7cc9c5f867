"""A database that goes from one test to the next is as new, or it does not go."""

import psycopg
import pytest
from spare_databases import SpareDatabases

from .conftest import administer

pytestmark = pytest.mark.postgres
IDENTITY = "SELECT oid FROM pg_database WHERE datname = current_database()"
NEXT_NUMBER = "SELECT nextval(max(seqrelid)::regclass) FROM pg_sequence"
A_ROW, ROWS = "INSERT INTO marks VALUES ('essai', 'x')", "SELECT count(*) FROM marks"


@pytest.fixture
def spares(postgres, prepared_postgres):
    yield SpareDatabases(postgres, prepared_postgres.model)
    for name in ("essai_a", "essai_b"):
        administer(postgres, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@pytest.fixture
def asked(postgres):
    """Return a function: the first cell that a database answers to its last order."""

    def one(name, *orders):
        with psycopg.connect(host=str(postgres), user="kit", dbname=name, autocommit=True) as link:
            answers = [link.execute(order) for order in orders]
            return answers[-1].fetchone()[0] if answers[-1].description else None

    return one


def test_the_rows_of_a_test_are_gone_and_numbers_begin_again(spares, asked):
    with spares.one("essai_a"):
        number = asked("essai_a", NEXT_NUMBER)
        same = asked("essai_a", A_ROW, IDENTITY)
    with spares.one("essai_b"):
        assert asked("essai_b", IDENTITY) == same
        assert asked("essai_b", ROWS) == 0
        assert asked("essai_b", NEXT_NUMBER) == number


@pytest.mark.parametrize(
    "change",
    [
        "CREATE TABLE essai (n int)", "ALTER TABLE marks ADD COLUMN essai int",
        "DROP TABLE mails", "ALTER TABLE audit DISABLE TRIGGER ALL", "DROP INDEX IF EXISTS {index}",
        "UPDATE alembic_version SET version_num = 'essai'",
        "CREATE FUNCTION essai() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "ALTER DATABASE essai_a SET default_transaction_read_only = on",
    ],
)  # fmt: skip
def test_a_database_that_changed_beside_its_rows_is_given_to_nobody_again(spares, asked, change):
    with spares.one("essai_a"):
        index = asked("essai_a", "SELECT indexname FROM pg_indexes WHERE indexname LIKE 'ix_%'")
        former = asked("essai_a", IDENTITY)
        asked("essai_a", change.format(index=index))
    with spares.one("essai_b"):
        assert asked("essai_b", IDENTITY) != former


def test_a_database_that_somebody_still_writes_in_is_taken_away(spares, asked, postgres):
    with spares.one("essai_a"):
        former = asked("essai_a", IDENTITY)
        link = psycopg.connect(host=str(postgres), user="kit", dbname="essai_a")
        link.execute(A_ROW)
    with spares.one("essai_b"):
        assert asked("essai_b", IDENTITY) != former
    link.close()
