"""Beyond twenty, nothing leaves before a second person of the service has read and released it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from iprof_kit.base.errors import Refused
from iprof_kit.records import database as db
from iprof_kit.records.cases import CaseEvent
from iprof_kit.services.access.accounts import close_session, open_session, session_of
from iprof_kit.services.cases import held
from iprof_kit.services.contract.bureau.relectures import RELECTURES_OPERATIONS
from iprof_kit.services.desk import together
from iprof_kit.services.guichet.operations import NotLoggedIn, run
from iprof_kit.services.second_reader.leaving import leave_due

DAY = timedelta(days=1)
OTHERS = ("enseignant", "evaluateur", "analyste", "formateur", "administrateur")
TEXT = "Bonjour {prenom}, « {objet} » est vu."


@pytest.fixture
def alone(monkeypatch):
    """One account answers two threads alone: what is beyond is the same with three as with 21."""
    for module in (held, together):
        monkeypatch.setattr(module, "ALONE", 2)


@pytest.fixture
def author(manager):
    return manager()


@pytest.fixture
def reader(manager, author):
    """A colleague of the same service, who follows the same people."""
    return manager("groche")


@pytest.fixture
def kept(alone, author, reader, written):
    """An answer to three threads that waits for a second person: its name, and the threads."""
    names = [written(f"cle-tenu-{n}", objet=f"Objet {n}") for n in range(3)]
    assert answered(author, names).tenues == 3
    return author("relectures").relectures[0].id, names


def answered(desk, names, key="cle-tenu"):
    preview = desk("bureau_ensemble_apercu", ids=names, texte=TEXT)
    return desk("bureau_ensemble", ids=names, texte=TEXT, empreinte=preview.empreinte,
                compte=len(names), cle=key)  # fmt: skip


def released(desk, name, now=None, **changed):
    when = {} if now is None else {"when": now}
    seen = desk("relecture", **when, id=name)
    asked = {"compte": seen.nombre, "empreinte": seen.empreinte, "cle": "cle-relu"} | changed
    return desk("relecture_agir", **when, id=name, acte="remettre", **asked)


def sent_texts():
    with db.reading() as session:
        query = select(CaseEvent.text).where(CaseEvent.act == "repondre").order_by(CaseEvent.id)
        return session.scalars(query).all()


def test_p17_every_operation_is_tried_here_and_refused_to_everybody_else(
    kept, teachers, manager, now
):
    name, _ = kept
    orders = {
        "relectures": {},
        "relecture": {"id": name},
        "relecture_agir": {"id": name, "acte": "remettre", "compte": 3, "cle": "cle-relu"},
    }
    assert set(orders) == set(RELECTURES_OPERATIONS)
    token = open_session("jdupont", now)
    close_session(token, now)
    elsewhere = manager("gailleurs", ("10",), service="Division de Lyon")
    for op, args in orders.items():
        for nobody in (None, session_of(token, now)):
            with pytest.raises(NotLoggedIn):
                run(nobody, op, args, now)
        for role in OTHERS:
            with pytest.raises(Refused):
                run(replace(teachers["jdupont"], roles=(role,)), op, args, now)
        if args:
            with pytest.raises(Refused):
                elsewhere(op, **args)
    assert elsewhere("relectures").relectures == []
    assert sent_texts() == []


def test_p17_nothing_leaves_before_a_colleague_reads_each_text_and_types_their_number(
    kept, author, reader
):
    name, _ = kept
    assert sent_texts() == []
    [waiting] = reader("relectures").relectures
    assert (waiting.nombre, waiting.par_vous) == (3, False)
    seen = reader("relecture", id=name)
    assert ["Objet 0" in seen.reponses[0].texte, "Objet 2" in seen.reponses[2].texte] == [True] * 2
    [wrong] = released(reader, name, compte=2).erreurs
    assert wrong.champ == "compte"
    done = released(reader, name)
    assert (done.etat, done.faites, sent_texts()) == ("part", 3, [])
    leave_due(done.part_le)
    assert sent_texts() == [one.texte for one in seen.reponses]
    again = reader("relecture_agir", id=name, acte="remettre", compte=3,
                   empreinte=seen.empreinte, cle="cle-relu")  # fmt: skip
    assert (again.recu, len(sent_texts())) == (done.recu, 3)
    assert reader("relecture", id=name).actes == []
    assert author("bureau").en_attente == 0
    assert reader("relectures").relectures == author("relectures").relectures == []


def test_p17_its_author_never_releases_it_nor_who_stands_in_for_her(kept, author, now):
    name, _ = kept
    assert author("relecture", id=name).actes == ["reprendre"]
    assert released(author, name).erreurs
    today = now.date()
    author("bureau_absence", du=today, au=today, suppleant="groche", cle="cle-absence")
    with pytest.raises(Refused):
        at_a_desk("groche", now)("relecture", id=name)
    assert sent_texts() == []


def at_a_desk(compte, now):
    identity = session_of(open_session(compte, now), now)
    return lambda op, **args: run(identity, op, args, now)


def test_p17_what_is_sent_back_has_its_reason_and_what_is_taken_back_is_read_by_nobody(
    kept, author, reader, written
):
    name, names = kept
    [wrong] = reader("relecture_agir", id=name, acte="renvoyer", cle="cle-sans").erreurs
    assert wrong.champ == "motif"
    reader("relecture_agir", id=name, acte="renvoyer", motif="Le délai manque.", cle="cle-retour")
    [back] = author("relectures").relectures
    assert (back.etat, back.motif) == ("renvoye", "Le délai manque.")
    assert reader("relectures").relectures == []
    author("relecture_agir", id=name, acte="reprendre", cle="cle-classe")
    assert author("relectures").relectures == []
    assert answered(author, names, "cle-seconde-fois").tenues == 3
    [again] = author("relectures").relectures
    author("relecture_agir", id=again.id, acte="reprendre", cle="cle-reprise")
    with pytest.raises(Refused):
        reader("relecture", id=again.id)
    assert sent_texts() == []


def test_p17_a_thread_that_moved_meanwhile_stops_all_of_them_and_it_is_said(kept, reader, jean):
    name, names = kept
    seen = reader("relecture", id=name)
    jean("courrier_agir", id=names[1], acte="completer", texte="Encore.", cle="cle-encore")
    after = reader("relecture", id=name)
    assert (after.actes, "a changé" in after.ecart) == (["renvoyer"], True)
    [wrong] = reader("relecture_agir", id=name, acte="remettre", compte=3,
                     empreinte=seen.empreinte, cle="cle-relu").erreurs  # fmt: skip
    assert "a changé depuis l’aperçu" in wrong.message
    assert sent_texts() == []


def test_p17_so_many_wait_for_one_account_and_no_more(kept, author, written, monkeypatch):
    monkeypatch.setattr(held, "MOST_WAITING", 1)
    names = [written(f"cle-autres-{n}") for n in range(3)]
    with pytest.raises(Refused, match="attendent une relecture"):
        answered(author, names, "cle-de-trop")


@pytest.mark.parametrize("whose", ["author", "reader"])
def test_p17_once_released_it_is_stopped_by_who_wrote_it_or_who_released_it(
    kept, author, reader, whose
):
    name, _ = kept
    done = released(reader, name)
    if whose == "author":
        author("relecture_agir", id=name, acte="reprendre", cle="cle-reprise")
    else:
        assert reader("relecture", id=name).actes == ["renvoyer"]
        order = {"acte": "renvoyer", "motif": "Trop tôt.", "cle": "cle-arret"}
        reader("relecture_agir", id=name, **order)
        assert author("relectures").relectures[0].motif == "Trop tôt."
    assert (leave_due(done.part_le), sent_texts()) == ("", [])
