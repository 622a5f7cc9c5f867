"""A thread of 5,000 messages: read by pages on both sides, taken away whole."""

import io
import json
from zipfile import ZipFile

import pytest
from sqlalchemy import insert

from iprof_kit.records import database as db
from iprof_kit.records.cases import CaseEvent
from iprof_kit.services.access.own_file import Owner
from iprof_kit.services.cases.acting import CASES
from iprof_kit.services.contract.courrier import ON_A_PAGE
from iprof_kit.services.own_data import threads

MESSAGES = 5_000


@pytest.fixture
def long(written, now):
    """A thread that has gone on for years."""
    name = written()
    with db.writing() as session:
        case = CASES.find(session, name, lock=True)
        rows = [
            {"case_id": case.id, "act": "repondre" if turn % 2 else "completer", "at": now,
             "role": "service" if turn % 2 else "demandeur", "service": case.service,
             "text": f"Message {turn}."}
            for turn in range(2, MESSAGES + 1)
        ]  # fmt: skip
        session.execute(insert(CaseEvent), rows)
        case.unseen_by_owner = MESSAGES // 2 - 1
    return name


def test_a_page_is_read_at_once_and_says_how_many_are_older(long, jean, manager):
    newest = jean("courrier_fil", id=long)
    assert [one.rang for one in newest.evenements] == list(range(4_951, 5_001))
    assert newest.evenements[-1].texte == "Message 5000."
    assert newest.plus_anciens == MESSAGES - ON_A_PAGE
    oldest = jean("courrier_fil", id=long, page=MESSAGES // ON_A_PAGE - 1)
    assert (oldest.evenements[0].texte, oldest.plus_anciens) == ("Quand le demander ?", 0)
    assert jean("courrier_fil", id=long, page=MESSAGES // ON_A_PAGE).evenements == []
    desk = manager()("bureau_fil", id=long).lu
    assert (len(desk.evenements), desk.plus_anciens) == (ON_A_PAGE, MESSAGES - ON_A_PAGE)


def test_all_of_it_is_taken_away_as_a_text_where_pages_would_not_do(long, now):
    owner, out = Owner("D0001", "jdupont"), io.BytesIO()
    threads.packed(owner, long, out, now)
    with ZipFile(out) as pack:
        events = json.loads(pack.read("fil.json"))["evenements"]
        assert len(events) == MESSAGES
        assert "Message 2." in pack.read("fil.txt").decode()
    taken = threads.printed(owner, long, now)
    assert taken.name == "fil-2026-0001.txt"
    assert "Message 5000." in taken.content.decode()
    assert threads.receipt(owner, long, 4_998, now).content.startswith(b"%PDF")
