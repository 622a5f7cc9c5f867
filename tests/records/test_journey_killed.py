"""The whole exchange of a thread, its process killed before and after each act is written.

Before: everything was sent to the database but its order to keep it. After: it is kept, and nobody
was told. Then the same order comes again, as a page sends it again.
"""

import sys

import pytest
from backup_pieces import dies_before_it_answers, dies_before_it_is_kept, killed
from record_pieces import pdf, slices
from sqlalchemy import func, select

from iprof_kit.records import database as db
from iprof_kit.records.cases import Case, CaseEvent, Paper

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="killed on Linux only")
ACTS = ["envoyer", "prendre", "demander_piece", "envoyer_piece", "corriger", "clore"]


def journey(jean, desk):
    """Yield each step as a function; it is asked again with the answer of the step before."""
    name = None

    def paper(place, title):
        (content,) = slices(pdf())
        order = {"nom": title, "pour": place, "part": 0, "parts": 1, "contenu": content}
        return lambda: jean("piece_deposer", **order, cle=f"cle-{title[:8]}")

    def act(who, op, **words):
        order = {"id": name, "cle": f"cle-{words['acte']}"} | words
        return lambda: who(op, **order)

    acte = yield paper("nouveau", "acte-de-naissance.pdf")
    written = {
        "nature": "erreur", "objet": "Date de naissance", "texte": "Elle est fausse.",
        "donnee": "identite.date_naissance", "indique": "9 mars 1971", "cle": "cle-ecrire",
        "pieces": [acte.piece.id],
    }  # fmt: skip
    name = (yield lambda: jean("courrier_ecrire", **written)).lu.fil.id
    yield act(desk, "bureau_agir", acte="prendre", vus=1)
    yield act(desk, "bureau_agir", acte="demander_piece", vus=2, texte="Le livret de famille ?")
    livret = yield paper(name, "livret-de-famille.pdf")
    yield act(jean, "courrier_agir", acte="envoyer_piece", pieces=[livret.piece.id])
    yield act(desk, "bureau_agir", acte="corriger", vus=4, texte="C’est fait.",
              valeur="9 mars 1971", corrige_le="2026-11-25")  # fmt: skip
    yield act(jean, "courrier_agir", acte="clore")


def kept():
    with db.reading() as session:
        return {table: session.scalar(select(func.count(table.id))) for table in (CaseEvent, Paper)}


def test_nothing_is_lost_and_nothing_is_done_twice(jean, manager):
    steps, answer = journey(jean, manager()), None
    step = next(steps)
    while step is not None:
        before = kept()
        killed(dies_before_it_is_kept(step))
        assert kept() == before
        killed(dies_before_it_answers(step))
        after = kept()
        assert sum(after.values()) == sum(before.values()) + 1
        answer = step()
        assert kept() == after
        assert step() == answer
        try:
            step = steps.send(answer)
        except StopIteration:
            step = None
    with db.reading() as session:
        case = session.scalars(select(Case)).one()
        assert [one.act for one in case.events] == ACTS
        assert (case.state, case.claimed, case.corrected) == ("clos", "9 mars 1971", "9 mars 1971")
        names = [[paper.file_name for paper in one.papers] for one in case.events if one.papers]
    assert names == [["acte-de-naissance.pdf"], ["livret-de-famille.pdf"]]
