"""« Votre courrier »: threads of one's own, written, read, searched, reminded, closed, reopened."""


import pytest
from record_pieces import image, slices
from sqlalchemy import func, select

from iprof_kit.records import database as db
from iprof_kit.records.cases import Case, CaseEvent
from iprof_kit.services.cases.acting import CASES, Act, act
from iprof_kit.services.cases.life import SERVICE

DATUM = "affectations.1.dates"
SCHOOLS = "Division des enseignants du premier degré (fictive)"


@pytest.fixture
def written(jean):
    """Return a function: a thread that Jean Dupont opens."""

    def one(cle="cle-premiere", **words):
        given = {
            "nature": "question",
            "objet": "Temps partiel à la rentrée",
            "texte": "Quand dois-je le demander ?",
        }
        return jean("courrier_ecrire", cle=cle, **(given | words))

    return one


def told_by_service(name, now, act_name="repondre", **words):
    """Do one thing as the service that follows the file."""
    with db.writing() as session:
        case = CASES.find(session, name, lock=True)
        words.setdefault("text", "Avant le 31 mars.")
        act(session, case, Act(act_name, SERVICE, **words), now)


def joined(jean, pour, name="scan.png", cle="piece-premiere"):
    content = slices(image("PNG"))[0]
    return jean("piece_deposer", nom=name, pour=pour, part=0, parts=1, contenu=content, cle=cle)


def counted():
    with db.reading() as session:
        return [session.scalar(select(func.count(one.id))) for one in (Case, CaseEvent)]


def test_a_thread_begins_with_her_message_and_says_which_service_reads_it(jean, written, now):
    lu = written().lu
    (event,) = lu.evenements
    assert (lu.fil.numero, lu.fil.etat, lu.fil.attend) == ("2026-0001", "envoye", "service")
    assert (event.rang, event.acte, event.le, event.de) == (1, "envoyer", now, "vous")
    assert (event.texte, event.vu_le) == ("Quand dois-je le demander ?", None)
    assert lu.service == event.service == SCHOOLS
    listed = jean("courrier")
    assert [one.id for one in listed.fils] == [lu.fil.id]
    assert listed.correspondant.service == SCHOOLS
    assert listed.correspondant.mode == "kit"
    assert listed.comptes.model_dump() == {
        "nouveaux": 0, "tous": 1, "vous": 0, "service": 1, "kit": 0, "clos": 0,
    }  # fmt: skip


def test_the_same_order_sent_twice_is_one_thread_and_one_act(jean, written):
    assert written() == written()
    assert counted() == [1, 1]
    name = written().lu.fil.id
    for _ in range(2):
        lu = jean("courrier_agir", id=name, acte="completer", texte="Encore.", cle="cle-acte-1").lu
    assert [one.texte for one in lu.evenements] == ["Quand dois-je le demander ?", "Encore."]
    assert written(texte="Une autre question.").lu.fil.id != name
