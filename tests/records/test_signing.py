"""What is signed: read back until its end, for its purpose, by this installation alone."""

from datetime import timedelta

import pytest

from iprof_kit.records import database as db
from iprof_kit.records import marks
from iprof_kit.services.access import signing
from iprof_kit.services.cv.reader import open_link

SECOND = timedelta(seconds=1)


@pytest.fixture
def signed(database, now):
    return signing.sign("essai", "mot", now + 60 * SECOND)


def test_what_is_signed_is_read_back_until_its_end(signed, now):
    assert signing.signed_text("essai", signed, now) == "mot"
    assert signing.signed_text("essai", signed, now + 59 * SECOND) == "mot"
    assert signing.signed_text("essai", signed, now + 60 * SECOND) is None


def test_another_purpose_is_refused(signed, now):
    assert signing.signed_text("autre", signed, now) is None


@pytest.mark.parametrize("place", range(0, 50, 7))
def test_one_letter_changed_is_refused(signed, now, place):
    other = "0" if signed[place] != "0" else "1"
    assert signing.signed_text("essai", signed[:place] + other + signed[place + 1 :], now) is None


@pytest.mark.parametrize("text", ["", ".", "mot", "mot.ffffffff", "é.1.x", "mot.zz.x" * 20])
def test_anything_else_is_refused(database, now, text):
    assert signing.signed_text("essai", text, now) is None


def test_servers_that_share_a_database_share_the_key(signed, now, another_server):
    another_server()
    assert signing.signed_text("essai", signed, now) == "mot"


def test_the_first_key_put_stays(database):
    with db.writing() as session:
        assert marks.put_first(session, "essai", "un") == "un"
    with db.writing() as session:
        assert marks.put_first(session, "essai", "deux") == "un"


def test_a_guess_opens_no_transaction(signed, now, monkeypatch):
    def opened():
        raise AssertionError("a transaction")

    monkeypatch.setattr("iprof_kit.services.cv.reader.writing", opened)
    assert open_link("x" * 43, now, "192.0.2.7") is None
