"""What a receipt says is kept though its process is killed right after giving it."""

import itertools
import os
import signal
import sys

import pytest
from record_pieces import image, slices
from sqlalchemy import select

from iprof_kit.records import database as db
from iprof_kit.records.carnets import Carnet
from iprof_kit.records.cases import Case
from iprof_kit.records.cvs import Cv

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="killed on Linux only")


def last_receipt(act):
    """Let a process write without end, kill it at its third receipt, and return what it said."""
    read, write = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            os.close(read)
            db.engine().dispose(close=False)
            for said in act():
                os.write(write, f"{said}\n".encode())
        finally:
            os._exit(3)
    os.close(write)
    with os.fdopen(read) as receipts:
        said = [receipts.readline().strip() for _ in range(3)]
        os.kill(pid, signal.SIGKILL)
    assert all(said)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == -signal.SIGKILL
    return said[-1]


@pytest.mark.parametrize("sujet", ["voeux", "rendez_vous"])
def test_a_carnet(jean, sujet):
    def saves():
        for n in range(10_000):
            yield jean(
                "carnet_enregistrer",
                sujet=sujet,
                contenu={"essai": n + 1},
                revision=n,
                cle=f"carnet-{n}",
            ).revision

    promised = int(last_receipt(saves))
    with db.reading() as session:
        kept = session.scalars(select(Carnet)).one()
        assert kept.content["essai"] == kept.version >= promised == 3


def test_a_cv(jean, draft):
    def saves():
        for n in range(10_000):
            draft["faits"]["identite"]["titre"] = f"Titre {n + 1}"
            yield jean("cv_enregistrer", cv=draft, revision=n, cle=f"brouillon-{n}").revision

    promised = int(last_receipt(saves))
    with db.reading() as session:
        kept = session.scalars(select(Cv)).one()
        assert kept.version >= promised == 3
        assert kept.content["faits"]["identite"]["titre"] == f"Titre {kept.version}"


def test_a_report_and_its_paper(jean):
    paper = slices(image("PNG"))[0]

    def sends():
        data = itertools.cycle(("identite.nom", "identite.date_naissance", "situation.echelon"))
        for n, datum in enumerate(data):
            piece = jean(
                "piece_deposer",
                nom="scan.png",
                part=0,
                parts=1,
                contenu=paper,
                cle=f"piece-numero-{n}",
            ).piece
            yield jean(
                "signaler",
                donnee=datum,
                indique=f"Autre {n}",
                cle=f"signaler-{n}",
                pieces=[piece.id],
            ).signalement.numero

    promised = last_receipt(sends)
    with db.reading() as session:
        sent = session.scalars(select(Case)).all()
        assert [len(report.papers) for report in sent[:3]] == [1, 1, 1]
    assert promised in {one.numero for one in jean("signalements").signalements}
