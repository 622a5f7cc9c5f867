"""What every request asks the database, in statements: no load changes their number."""

import pytest
from sqlalchemy import event

from iprof_kit.records import database as db
from iprof_kit.services.access.accounts import authenticate, find_session, open_session
from iprof_kit.services.dossier.sample import demo_accounts, load_sample
from iprof_kit.services.guichet.operations import run

SECRETS = {demo.compte: demo.secret for demo in demo_accounts()}
SESSION_QUI = 2
"""The head of a page, and what is new in one's threads."""


@pytest.fixture
def sample(database, now):
    load_sample(now)


@pytest.fixture
def asked(sample):
    """Return the statements asked since."""
    statements = []

    def note(_connection, _cursor, statement, *_):
        if statement.lstrip().startswith("SELECT"):
            statements.append(statement)

    event.listen(db.engine(), "before_cursor_execute", note)
    yield statements
    event.remove(db.engine(), "before_cursor_execute", note)


@pytest.mark.parametrize("compte", ["jdupont", "aadministrateur"])
def test_who_is_there_is_asked_in_one_statement(asked, now, compte):
    authenticate(compte, SECRETS[compte], "192.0.2.1", now)
    token = open_session(compte, now)
    asked.clear()
    there = find_session(token, now)
    assert there.identity.compte == compte
    assert there.identity.roles
    assert len(asked) == 1


def test_what_the_head_of_a_page_says_reads_no_career(asked, now):
    token = open_session("jdupont", now)
    identity = find_session(token, now).identity
    asked.clear()
    assert run(identity, "session.qui", {}, now).nom == "Dupont"
    assert len(asked) == SESSION_QUI


def test_an_operation_does_not_ask_again_what_its_session_has_just_said(asked, now):
    identity = find_session(open_session("jdupont", now), now).identity
    asked.clear()
    run(identity, "dossier.lire", {}, now)
    assert not [one for one in asked if "first_password" in one]
