"""One answer to several threads: seen before, for all or none, once, and nobody else's."""

from dataclasses import replace
from datetime import timedelta

import pytest
from record_pieces import image, slices
from sqlalchemy import select

from iprof_kit.base.errors import InputError, Refused
from iprof_kit.records import database as db
from iprof_kit.records.cases import CaseEvent
from iprof_kit.services.access.accounts import close_session, open_session, session_of
from iprof_kit.services.access.reach import outside
from iprof_kit.services.cases import held
from iprof_kit.services.contract.bureau.ensemble import (
    ENSEMBLE_OPERATIONS,
    MOST_PICKED,
    MOST_TOGETHER,
)
from iprof_kit.services.guichet.operations import NotLoggedIn, run
from iprof_kit.services.second_reader.leaving import anything_due, leave_due

DAY, SECOND = timedelta(days=1), timedelta(seconds=1)
OTHERS = ("enseignant", "evaluateur", "analyste", "formateur", "administrateur")
TEXT = "Bonjour {prenom},\nvotre demande « {objet} » est enregistrée.\n{service}"
MARK = "0" * 32


@pytest.fixture
def morel(manager):
    return manager()


@pytest.fixture
def three(written):
    """Three threads of Jean Dupont, each with its subject."""
    subjects = ("Reprise à 100 %", "Adresse", "Reprise à 100 %")
    return [written(f"cle-fil-{n}", objet=one) for n, one in enumerate(subjects)]


def orders(names):
    asked = {"ids": names, "texte": TEXT}
    sent = asked | {"empreinte": MARK, "compte": len(names), "cle": "cle-ensemble"}
    return {"bureau_ensemble_apercu": asked, "bureau_ensemble": sent}


def seen(desk, names, text=TEXT):
    return desk("bureau_ensemble_apercu", ids=names, texte=text)


def sent(desk, names, preview, text=TEXT, **changed):
    given = {"compte": len(preview.reponses), "cle": "cle-ensemble"} | changed
    return desk("bureau_ensemble", ids=names, texte=text, empreinte=preview.empreinte, **given)


def answers():
    with db.reading() as session:
        query = select(CaseEvent.text).where(CaseEvent.act == "repondre").order_by(CaseEvent.id)
        return session.scalars(query).all()


def test_p17_every_operation_is_tried_here_and_refused_to_everybody_else(
    teachers, three, manager, now
):
    assert set(orders([])) == set(ENSEMBLE_OPERATIONS)
    token = open_session("jdupont", now)
    close_session(token, now)
    elsewhere = manager("gailleurs", ("10",), service="Division de Lyon")
    for op, args in orders(three).items():
        for nobody in (None, session_of(token, now)):
            with pytest.raises(NotLoggedIn):
                run(nobody, op, args, now)
        for role in OTHERS:
            with pytest.raises(Refused):
                run(replace(teachers["jdupont"], roles=(role,)), op, args, now)
        with pytest.raises(Refused, match=outside().message):
            elsewhere(op, **args)
    assert answers() == []


def test_p17_each_person_reads_her_own_answer_as_it_was_previewed(morel, three, jean):
    preview = seen(morel, three[:2])
    assert [one.texte.splitlines()[1] for one in preview.reponses] == [
        "votre demande « Reprise à 100 % » est enregistrée.",
        "votre demande « Adresse » est enregistrée.",
    ]
    done = sent(morel, three[:2], preview)
    assert (done.faites, done.erreurs) == (2, [])
    assert sent(morel, three[:2], preview).recu == done.recu  # sent again: kept once
    leave_due(done.part_le)
    assert answers() == [one.texte for one in preview.reponses]
    assert sent(morel, three[:2], preview).recu == done.recu
    assert len(answers()) == 2
    assert morel("bureau").en_attente == 1
    assert jean("courrier_fil", id=three[1]).evenements[-1].texte == preview.reponses[1].texte


def test_p17_what_must_be_read_first_is_in_hand_or_closed_is_left_out_and_said(
    morel, three, written, jean
):
    content = slices(image("PNG"))[0]
    piece = jean("piece_deposer", nom="a.png", pour="nouveau", part=0, parts=1, contenu=content,
                 cle="cle-piece-1").piece  # fmt: skip
    with_paper = written("cle-avec-piece", pieces=[piece.id])
    morel("bureau_agir", id=three[0], acte="prendre", vus=1, cle="cle-prendre")
    morel("bureau_agir", id=three[1], acte="clore", vus=1, cle="cle-clore")
    names = [*three, with_paper]
    preview = seen(morel, names)
    assert [one.fil for one in preview.reponses] == [three[2]]
    assert {one.fil: one.raison for one in preview.ecartes} == {
        three[0]: "il est pris en charge : répondez-y à part",
        three[1]: "il n’attend plus de réponse",
        with_paper: "une pièce n’est pas lue",
    }
    done = sent(morel, names, preview)
    leave_due(done.part_le)
    assert (done.faites, len(answers())) == (1, 1)


def test_p17_a_thread_that_changed_since_or_a_wrong_number_sends_nothing(morel, three, jean):
    preview = seen(morel, three)
    for compte in (None, 0, 2, 30_000):
        [wrong] = sent(morel, three, preview, compte=compte).erreurs
        assert (wrong.champ, "3 personnes" in wrong.message) == ("compte", True)
    jean("courrier_agir", id=three[1], acte="completer", texte="Encore.", cle="cle-completer")
    [wrong] = sent(morel, three, preview).erreurs
    assert "a changé depuis l’aperçu" in wrong.message
    assert answers() == []


@pytest.mark.parametrize(
    ("text", "said"),
    [("", "vide"), ("Corrigé : {valeur}", "{valeur}"), ("x" * 10_001, "10")],
)
def test_p17_a_text_that_cannot_leave_is_named(morel, three, text, said):
    assert said in seen(morel, three, text).erreurs[0].message
    assert sent(morel, three, seen(morel, three), text).erreurs
    assert answers() == []


def test_p17_one_account_answers_twenty_alone_and_more_want_somebody_else_of_the_service(
    morel, written
):
    names = [written(f"cle-beaucoup-{n}") for n in range(MOST_TOGETHER + 1)]
    preview = seen(morel, names)
    [wrong] = preview.erreurs
    assert (preview.relue, "aucune autre ne les suit toutes" in wrong.message) == (True, True)
    done = sent(morel, names, preview)
    assert (done.faites, done.tenues, len(done.erreurs)) == (0, 0, 1)
    assert answers() == []
    alone = seen(morel, names[:-1])
    assert (alone.relue, alone.erreurs) == (False, [])
    with pytest.raises(InputError):
        seen(morel, [f"n{n}" for n in range(MOST_PICKED + 1)])


@pytest.mark.parametrize("by", ["sujet", "personne", "campagne"])
def test_p17_what_waits_is_grouped_and_one_group_is_listed(morel, three, by, now):
    read = morel("bureau", par=by)
    groups = {one.titre: one.nombre for one in read.groupes}
    assert (
        groups
        == {
            "sujet": {"Reprise à 100 %": 2, "Adresse": 1},
            "personne": {"Jean Dupont": 3},
            "campagne": {"Hors campagne": 3},
        }[by]
    )
    first = read.groupes[0]
    inside = morel("bureau", par=by, dans=first.cle)
    assert (inside.trouves, len(inside.fils)) == (first.nombre, first.nombre)
    assert inside.en_attente == 3
    late = morel("bureau", now + 30 * DAY, par=by).groupes[0]
    assert late.depasses == late.nombre


@pytest.fixture
def confirmed(morel, three, manager):
    """An answer to two threads that leaves in some minutes: its name, and when it leaves."""
    done = sent(morel, three[:2], seen(morel, three[:2]))
    return morel("relectures").relectures[0].id, done.part_le


def due(moment):
    with db.reading() as session:
        return anything_due(session, moment)


def taken_back(desk, name, when, key="cle-reprendre"):
    return desk("relecture_agir", when, id=name, acte="reprendre", cle=key)


def test_p17_what_is_confirmed_leaves_at_its_minute_by_itself_and_once(confirmed, morel, now):
    _, leaves = confirmed
    assert (leaves - now, answers()) == (held.undo_time(), [])
    early = leaves - SECOND
    assert (due(early), leave_due(early), answers()) == (False, "", [])
    assert due(leaves)
    assert leave_due(leaves) == "2 réponses remises"
    assert (len(answers()), leave_due(leaves + DAY)) == (2, "")
    assert morel("relectures").relectures == []


def test_p17_until_it_leaves_its_author_takes_it_back_and_nobody_else(
    confirmed, morel, manager, teachers, now
):
    name, leaves = confirmed
    colleague, elsewhere = manager("groche"), manager("gailleurs", ("10",), service="Lyon")
    order = {"id": name, "acte": "reprendre", "cle": "cle-autrui"}
    for stranger in (colleague, elsewhere):
        with pytest.raises(Refused):
            stranger("relecture_agir", **order)
        assert stranger("relectures").relectures == []
    for role in OTHERS:
        with pytest.raises(Refused):
            run(replace(teachers["jdupont"], roles=(role,)), "relecture_agir", order, now)
    with pytest.raises(NotLoggedIn):
        run(None, "relecture_agir", order, now)
    done = taken_back(morel, name, leaves - SECOND)
    assert (done.etat, done.recu is not None, done.le) == ("repris", True, leaves - SECOND)
    assert (leave_due(leaves), answers()) == ("", [])


def test_p17_what_has_left_is_not_taken_back(confirmed, morel):
    name, leaves = confirmed
    leave_due(leaves)
    assert taken_back(morel, name, leaves + SECOND).erreurs
    assert len(answers()) == 2


def test_p17_a_thread_that_moves_before_it_leaves_sends_all_of_it_back_with_its_reason(
    confirmed, morel, three, jean
):
    _, leaves = confirmed
    jean("courrier_agir", id=three[0], acte="completer", texte="Encore.", cle="cle-completer")
    assert (leave_due(leaves), answers()) == ("", [])
    [back] = morel("relectures").relectures
    assert (back.etat, "Rien n’est parti" in back.motif) == ("renvoye", True)


def test_p17_a_thread_whose_answer_is_about_to_leave_takes_no_second_one(confirmed, manager, three):
    colleague = manager("groche")
    preview = seen(colleague, three)
    assert [one.fil for one in preview.reponses] == [three[2]]
    assert {one.raison for one in preview.ecartes} == {"une réponse confirmée est sur le départ"}
