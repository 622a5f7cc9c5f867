"""A disk that is full while somebody writes: said in French, nothing half written.

Each engine meets a real limit: SQLite its largest number of pages, PostgreSQL a disk of 2 MB.
"""

import os
import subprocess
from contextlib import contextmanager, suppress

import pytest
from full_disk import WORDS, few_pages
from record_pieces import pdf, slices
from sqlalchemy import func, select, text

from iprof_kit.base.errors import Unavailable
from iprof_kit.records import database as db
from iprof_kit.records.cases import Case, CaseEvent, Paper

from .conftest import administer

ORDER = {"nature": "question", "objet": "Disque", "texte": WORDS, "cle": "cle-disque"}


def rows():
    with db.reading() as session:
        return [session.scalar(select(func.count(one.id))) for one in (Case, CaseEvent, Paper)]


@contextmanager
def no_room(place):
    """Fill a disk, then give its room back."""
    filler = place / "autre"
    with filler.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(bytes(4096))
    try:
        yield
    finally:
        filler.unlink()


@pytest.fixture
def full(database, request, tmp_path):
    """Return a context in which the disk has no room for a message."""
    if database == "sqlite":
        yield few_pages
        return
    home = request.getfixturevalue("postgres")
    place = tmp_path / "petit"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(place)]
    if os.geteuid() or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("only root has a small disk made, and not everywhere")
    try:
        owner = home.stat()
        tables = place / "tables"
        tables.mkdir()
        for one in (place, tables):
            os.chown(one, owner.st_uid, owner.st_gid)
        for parent in tmp_path.parents[:2]:
            parent.chmod(0o755)
        tmp_path.chmod(0o755)
        administer(home, f"CREATE TABLESPACE petit LOCATION '{tables}'")
        move("petit")
        yield lambda: no_room(place)
        move("pg_default")
        administer(home, "DROP TABLESPACE petit")
    finally:
        subprocess.run(["umount", str(place)], check=True)


def move(space):
    with db.writing() as session:
        for table in ("case_events", "papers", "paper_slices"):
            session.execute(text(f"ALTER TABLE {table} SET TABLESPACE {space}"))


def test_a_full_disk_is_said_keeps_nothing_half_written_and_takes_the_same_order_later(full, jean):
    (content,) = slices(pdf(lambda writer: writer.add_metadata({"/Subject": WORDS})))
    paper = {"nom": "a.pdf", "pour": "nouveau", "part": 0, "parts": 1, "contenu": content}
    paper["cle"] = "cle-piece-1"
    with full():
        for op, order in (("courrier_ecrire", ORDER), ("piece_deposer", paper)):
            with pytest.raises(Unavailable, match=r"^le disque est plein\. Rien n’a été modifié"):
                jean(op, **order)
        assert jean("courrier_comptes").tous == 0
        assert rows() == [0, 0, 0]
    name = jean("courrier_ecrire", **ORDER).lu.fil.id
    assert jean("courrier_ecrire", **ORDER).lu.fil.id == name
    assert jean("courrier_fil", id=name).evenements[0].texte == WORDS
    jean("piece_deposer", **paper)
    assert rows() == [1, 1, 1]
