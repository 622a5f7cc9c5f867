"""Whose file it is, for a manager: her portfolios of the day, or of whom she stands in for."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from record_pieces import image, slices
from sqlalchemy import select

from iprof_kit.base.errors import InputError, Refused
from iprof_kit.records import database as db
from iprof_kit.records.accounts import Account, Portfolio
from iprof_kit.services.access.accounts import close_session, open_session, session_of
from iprof_kit.services.access.login import identity_of
from iprof_kit.services.access.reach import outside
from iprof_kit.services.cases.acting import CASES
from iprof_kit.services.contract.bureau.fils import BUREAU_OPERATIONS
from iprof_kit.services.desk import thread
from iprof_kit.services.guichet.operations import NotLoggedIn, run

DAY = timedelta(days=1)
OTHERS = ("enseignant", "evaluateur", "analyste", "formateur", "administrateur")
PLACES = {
    "another_academy": ("10",),
    "another_department": ("06", "003"),
    "another_corps": ("06", "063", "certifie"),
    "over": ("06", "063", "pe", "S", None, date(2026, 11, 24)),
    "not_begun": ("06", "063", "pe", "S", date(2026, 11, 26)),
}


def orders(name):
    """Return an order of every operation of the desk, about one thread of one person."""
    return {
        "bureau": {},
        "bureau_fil": {"id": name},
        "bureau_agir": {"id": name, "acte": "prendre", "vus": 1, "cle": "cle-acte-1"},
        "bureau_transmettre": {"id": name, "vers": "S", "vus": 1, "cle": "cle-passe"},
        "bureau_brouillon": {"id": name, "texte": "x"},
        "bureau_note": {"id": name, "texte": "x", "cle": "cle-note-1"},
        "bureau_dossier": {"dossier": "D0001", "motif": "pour voir"},
        "bureau_portefeuille": {},
        "bureau_modeles": {},
        "bureau_absences": {},
        "bureau_absence": {"retirer": 1, "cle": "cle-absence"},
    }


ABOUT_SOMEBODY = ("bureau_fil", "bureau_agir", "bureau_transmettre", "bureau_brouillon",
                  "bureau_note", "bureau_dossier")  # fmt: skip


def test_every_operation_is_tried_here():
    assert set(orders("x")) == set(BUREAU_OPERATIONS)


def test_a_stranger_who_has_left_and_every_other_role_are_refused_everything(
    teachers, written, now
):
    token = open_session("jdupont", now)
    close_session(token, now)
    for op, args in orders(written()).items():
        for nobody in (None, session_of(token, now)):
            with pytest.raises(NotLoggedIn):
                run(nobody, op, args, now)
        for role in OTHERS:
            with pytest.raises(Refused):
                run(replace(teachers["jdupont"], roles=(role,)), op, args, now)


def test_what_is_in_no_portfolio_of_the_day_is_as_if_it_were_not(manager, written, jean, now):
    """Another academy, department, corps; a portfolio that is over, or not begun: one refusal."""
    name = written()
    for number, (place, given) in enumerate(PLACES.items()):
        desk = (
            manager(f"gautre{'abcdef'[number]}", given[:3])
            if len(given) < 4
            else dated(manager, number, given)
        )
        for op in ABOUT_SOMEBODY:
            with pytest.raises(Refused, match=outside().message):
                desk(op, **orders(name)[op])
        assert "Dupont" not in desk("bureau").model_dump_json(), place
        assert "Jean" not in desk("bureau_portefeuille", cherche="jean").model_dump_json(), place
        with pytest.raises(Refused):
            desk("bureau_dossier", dossier="D9999", motif="pour voir")
    assert not [one for one in jean("consultations").consultations if not one.vous]
    assert len(jean("courrier_fil", id=name).evenements) == 1


def dated(manager, number, given):
    desk = manager(f"gautre{'abcdef'[number]}", given[:3])
    with db.writing() as session:
        row = session.scalars(select(Portfolio).order_by(Portfolio.id.desc()).limit(1)).one()
        row.du, row.au = (*given[4:], None)[:2]
    return desk


def test_a_portfolio_opens_on_its_first_day_and_closes_after_its_last(manager, written, now):
    name, desk = written(), manager()
    with db.writing() as session:
        row = session.scalars(select(Portfolio)).one()
        row.du, row.au = now.date(), now.date() + 2 * DAY
    assert desk("bureau_fil", now, id=name).personne == "Jean Dupont"
    assert desk("bureau_fil", now + 2 * DAY, id=name).personne == "Jean Dupont"
    for when in (now - DAY, now + 3 * DAY):
        with pytest.raises(Refused):
            desk("bureau_fil", when, id=name)


def test_an_account_whose_role_is_gone_sees_nobody(manager, written):
    name, desk = written(), manager("gmorel", ("06",), roles=("administrateur",))
    with pytest.raises(Refused):
        desk("bureau_fil", id=name)


def test_nobody_s_draft_is_a_thread_of_the_desk(manager, written, now):
    name, desk = written(), manager()
    with db.writing() as session:
        CASES.find(session, name).state = "brouillon"
    assert desk("bureau").en_attente == 0
    assert desk("bureau", etat="brouillon").fils == []
    with pytest.raises(Refused):
        desk("bureau_fil", id=name)


@pytest.mark.parametrize("claim", [{"compte": "gmorel"}, {"service": "X"}, {"portefeuille": "06"}])
def test_a_claimed_identity_is_refused_as_an_argument(manager, written, claim):
    desk = manager()
    for op, args in orders(written()).items():
        with pytest.raises(InputError, match="arguments"):
            desk(op, **args | claim)


LIMITS = [
    ("bureau", {"page": -1}),
    ("bureau", {"cherche": "x" * 201}),
    ("bureau_fil", {"id": "../x"}),
    ("bureau_agir", {"id": "0" * 24, "acte": "prendre", "vus": -1, "cle": "cle-acte-1"}),
    ("bureau_agir", {"id": "0" * 24, "acte": "DROP TABLE", "vus": 1, "cle": "cle-acte-1"}),
    ("bureau_dossier", {"dossier": "D0001", "motif": "x"}),
    ("bureau_dossier", {"dossier": "D0001", "motif": "x" * 121}),
    ("bureau_dossier", {"dossier": "D0001", "motif": "a\nb\x00c"}),
    ("bureau", {"etat": "a\x00"}),
    ("bureau_portefeuille", {"corps": "a\x00"}),
    ("bureau_note", {"id": "NAME", "texte": "a\x00", "cle": "cle-note-1"}),
    ("bureau_note", {"id": "NAME", "texte": " ", "cle": "cle-note-1"}),
    ("bureau_note", {"id": "NAME", "texte": "x" * 2_001, "cle": "cle-note-1"}),
    ("bureau_brouillon", {"id": "NAME", "texte": "x" * 10_001}),
]


def test_what_is_too_long_or_senseless_is_refused(manager, written):
    name, desk = written(), manager()
    for op, args in LIMITS:
        given = {key: name if value == "NAME" else value for key, value in args.items()}
        with pytest.raises((InputError, Refused)):
            desk(op, **given)


def test_a_paper_is_given_to_who_follows_the_person_alone(manager, jean, teachers, now):
    content = slices(image("PNG"))[0]
    piece = jean("piece_deposer", nom="a.png", pour="nouveau", part=0, parts=1, contenu=content,
                 cle="piece-une").piece  # fmt: skip
    morel, lyon = (whose(manager, *one) for one in (("gmorel", ("06",)), ("glyon", ("10",))))
    with pytest.raises(Refused):  # it is not sent yet
        thread.stored_file(morel, piece.id, now)
    jean("courrier_ecrire", nature="pieces", objet="Arrêté", texte="Voici.", pieces=[piece.id],
         cle="cle-pieces")  # fmt: skip
    assert thread.stored_file(morel, piece.id, now).content == image("PNG")
    for other in (lyon, teachers["jdupont2"], teachers["jdupont"]):
        with pytest.raises(Refused):
            thread.stored_file(other, piece.id, now)
    with pytest.raises(NotLoggedIn):
        thread.stored_file(None, piece.id, now)
    [reading] = [one for one in jean("consultations").consultations if not one.vous]
    assert reading.motif == "traiter le fil n° 2026-0001, pièce a.png"


def whose(manager, compte, place):
    """Return the identity of a new manager."""
    manager(compte, place)
    with db.reading() as session:
        account = session.scalars(select(Account).where(Account.compte == compte)).one()
        return identity_of(account, date(2026, 11, 25))
