import base64
from datetime import timedelta

import pytest
from sqlalchemy import select

from iprof_kit.base.clock import CLOCKS_DIFFER
from iprof_kit.base.errors import InputError
from iprof_kit.records import database as db
from iprof_kit.records.accounts import SessionRow
from iprof_kit.services.access.accounts import (
    NewAccount,
    close_session,
    create_account,
    find_session,
    note_seen,
    open_session,
    session_of,
)

MINUTE = timedelta(minutes=1)


@pytest.fixture
def token(database, now):
    new = NewAccount("fformateur", ("formateur",), password="quatre mots sans lien")
    create_account(new, "test", now)
    return open_session("fformateur", now)


def test_the_token_names_the_person(token, now):
    assert session_of(token, now).compte == "fformateur"


@pytest.mark.parametrize("other", ["", "x" * 43, "x" * 1_000_000, "\ud800", "' OR 1=1 --"])
def test_another_token_names_nobody(token, now, other):
    assert session_of(other, now) is None


def test_the_database_does_not_know_the_token(token):
    with db.reading() as session:
        assert token not in str(session.execute(select(SessionRow.__table__)).all())


def test_two_sessions_have_two_tokens(token, now):
    assert open_session("fformateur", now) != token


def test_the_token_is_drawn_of_256_bits(token, now, monkeypatch):
    assert len(base64.urlsafe_b64decode(token + "=")) == 32
    monkeypatch.setattr("secrets.token_urlsafe", lambda size: f"{size} octets du système")
    assert open_session("fformateur", now) == "32 octets du système"


def test_a_closed_session_is_dead_for_ever(token, now):
    close_session(token, now)
    assert session_of(token, now) is None
    close_session(token, now)
    assert session_of(token, now) is None


def use(token, now):
    """Use a session as the server does; return whether it lives."""
    found = find_session(token, now)
    if found is not None and found.stale:
        note_seen([found.id], now)
    return found is not None


def test_an_hour_without_a_sign_ends_the_session(token, now):
    assert use(token, now + 59 * MINUTE)
    assert use(token, now + 118 * MINUTE), "each sign of life counts"
    assert not use(token, now + 179 * MINUTE)


def test_a_sign_of_life_is_written_once_a_minute_at_most(token, now):
    assert not find_session(token, now + timedelta(seconds=59)).stale
    found = find_session(token, now + MINUTE)
    assert found.stale
    note_seen([found.id], now + MINUTE)
    assert not find_session(token, now + MINUTE).stale


def test_an_older_sign_of_life_changes_nothing(token, now):
    found = find_session(token, now)
    note_seen([found.id], now + 50 * MINUTE)
    note_seen([found.id], now)
    assert use(token, now + 100 * MINUTE)


def test_ten_hours_end_the_session_however_busy(token, now):
    for minutes in range(0, 600, 30):
        assert use(token, now + minutes * MINUTE)
    assert not use(token, now + 600 * MINUTE)


def test_what_was_opened_while_the_clock_was_wrong_does_not_live_until_then(token, now):
    ahead = open_session("fformateur", now - timedelta(days=1))
    assert use(ahead, now - timedelta(days=1))
    assert not use(token, now - timedelta(days=1)), "opened a day ahead of this clock"
    assert use(token, now - CLOCKS_DIFFER), "two machines whose clocks differ a little"


def test_no_session_for_an_account_that_does_not_exist(database, now):
    with pytest.raises(InputError):
        open_session("personne", now)


def test_dead_sessions_are_removed_when_another_opens(token, now):
    open_session("fformateur", now + timedelta(days=1))
    with db.reading() as session:
        assert len(session.scalars(select(SessionRow)).all()) == 1
