"""The slices of a paper that is coming: each written once, joined once, gone with the paper."""

import io
import sys
from datetime import timedelta
from zipfile import ZipFile

import pytest
from backup_pieces import dies_before_it_answers, dies_before_it_is_kept, killed
from record_pieces import image, slices
from sqlalchemy import event, text

from iprof_kit.records import database as db
from iprof_kit.services.academies import Conservation
from iprof_kit.services.access.own_file import Owner
from iprof_kit.services.own_data import erasure, retention
from iprof_kit.services.own_data.archive import write_archive
from iprof_kit.services.reports.files import MOST_WAITING, stored_file

JEAN = Owner("D0001", "jdupont")
CONTENT = image("PNG") + b"\0" * 200_000
PARTS = slices(CONTENT, 20_100)


def send(jean, number, *, parts=PARTS, key="piece-premiere"):
    """Send one slice, as a page does."""
    words = {"nom": "scan.png", "parts": len(parts), "cle": key, "contenu": parts[number]}
    return jean("piece_deposer", part=number, **words)


def count(table):
    with db.reading() as session:
        return session.scalar(text(f"SELECT count(*) FROM {table}"))


@pytest.fixture
def coming(jean):
    """Jean Dupont, three slices of whose paper are here."""
    for number in range(3):
        send(jean, number)
    assert (count("papers"), count("paper_slices")) == (1, 3)
    return jean


def test_w20_each_slice_is_written_once_and_the_whole_once(jean, now):
    written = []

    def weighed(_link, _cursor, _statement, parameters, _context, _many):
        values = parameters.values() if isinstance(parameters, dict) else parameters
        raw = [getattr(one, "obj", one) for one in values]  # as each driver wraps bytes
        written.extend(len(one) for one in raw if isinstance(one, bytes))

    event.listen(db.engine(), "before_cursor_execute", weighed)
    for number in range(len(PARTS)):
        done = send(jean, number)
    event.remove(db.engine(), "before_cursor_execute", weighed)
    assert len(PARTS) > 9
    assert sum(written) < 2 * len(CONTENT) + 1000  # the rest: salts of the journal
    assert (done.piece.taille, count("paper_slices")) == (len(CONTENT), 0)
    assert stored_file(JEAN, done.piece.id, now).content == CONTENT


def test_w20_a_slice_that_comes_again_at_any_time_is_one(coming, now):
    for number in (2, 0, 1):
        assert send(coming, number).recues == 3
    for number in range(3, len(PARTS)):
        done = send(coming, number)
        assert send(coming, number).recues == number + 1
    assert stored_file(JEAN, done.piece.id, now).content == CONTENT


@pytest.mark.skipif(sys.platform != "linux", reason="killed on Linux only")
def test_w20_a_paper_whose_server_died_at_any_slice_goes_on(jean, now):
    parts = slices(image("PNG"), len(image("PNG")) // 2 + 1)
    for number in range(len(parts)):
        killed(dies_before_it_is_kept(lambda n=number: send(jean, n, parts=parts)))
        killed(dies_before_it_answers(lambda n=number: send(jean, n, parts=parts)))
    done = send(jean, len(parts) - 1, parts=parts)
    assert stored_file(JEAN, done.piece.id, now).content == image("PNG")
    assert (count("papers"), count("paper_slices")) == (1, 0)


def test_w20_slices_go_with_their_paper_when_it_is_refused(coming):
    too_early = send(coming, 7)
    assert "n’est pas arrivée" in too_early.erreur.message
    assert (count("papers"), count("paper_slices")) == (0, 0)


def test_w20_slices_go_when_another_paper_takes_their_place(coming):
    for number in range(MOST_WAITING - 1):
        send(coming, 0, key=f"piece-{number:04d}")
    assert (count("papers"), count("paper_slices")) == (MOST_WAITING, MOST_WAITING + 2)
    send(coming, 0, key="piece-derniere")
    assert (count("papers"), count("paper_slices")) == (1, 1)


def test_w20_slices_go_when_the_paper_is_withdrawn(coming):
    with db.reading() as session:
        name = session.scalar(text("SELECT name FROM papers"))
    coming("piece_retirer", id=name)
    assert count("paper_slices") == 0


def test_w20_slices_go_with_retention(coming, now):
    retention.sweep(Conservation(), "iprof retention", now + timedelta(days=8))
    assert (count("papers"), count("paper_slices")) == (0, 0)


def test_w20_slices_are_taken_away_and_erased_with_the_person(coming, now):
    out = io.BytesIO()
    write_archive(JEAN, out, now)
    packed = ZipFile(out)
    pieces = [name for name in packed.namelist() if name.startswith("pieces/")]
    assert b"".join(packed.read(name) for name in sorted(pieces)) == CONTENT[: 3 * 20_100]
    erasure.erase("D0001", "demande de la personne", "iprof effacer", now)
    assert count("paper_slices") == 0


def test_w20_a_paper_that_was_coming_while_the_kit_changed_its_version_comes(coming, now):
    db.migrate("0022", down=True)
    with db.reading() as session:
        received = session.scalar(text("SELECT content FROM papers"))
    assert bytes(received) == CONTENT[: 3 * 20_100]
    db.migrate("head")
    for number in range(3, len(PARTS)):
        done = send(coming, number)
    assert stored_file(JEAN, done.piece.id, now).content == CONTENT
