"""Whose file it is: no stranger, nobody who has left, no other role, each operation tried."""

from dataclasses import replace

import pytest

from iprof_kit.base.errors import Refused
from iprof_kit.services.access.accounts import close_session, open_session, session_of
from iprof_kit.services.contract.own_file import DOSSIER_OPERATIONS
from iprof_kit.services.guichet.operations import NotLoggedIn, run

ORDERS = {
    "visite": {},
    "contact": {},
    "signalements": {},
    "consultations": {},
    "mes_donnees": {},
    "contact_enregistrer": {"valeurs": {"ville": "Riom"}, "revision": 0, "cle": "contact-1"},
    "signaler": {"donnee": "identite.nom", "indique": "x", "cle": "signaler-1"},
    "piece_deposer": {"nom": "x.gif", "part": 0, "parts": 1, "contenu": "", "cle": "piece-01"},
    "piece_retirer": {"id": "0" * 24},
}


@pytest.fixture
def untouched(jean):
    """Nothing of Jean's has changed after the test."""
    yield
    assert jean("contact").revision == 0
    assert jean("signalements").signalements == []


def test_every_operation_is_tried_here():
    assert set(ORDERS) == set(DOSSIER_OPERATIONS)


def test_a_stranger_and_who_has_left_are_refused_everything(teachers, untouched, now):
    token = open_session("jdupont", now)
    assert session_of(token, now).compte == "jdupont"
    close_session(token, now)
    for op, args in ORDERS.items():
        for nobody in (None, session_of(token, now)):
            with pytest.raises(NotLoggedIn):
                run(nobody, op, args, now)


def test_another_role_is_refused_everything(teachers, untouched, now):
    for role in ("gestionnaire", "evaluateur", "analyste", "formateur", "administrateur"):
        someone = replace(teachers["jdupont"], roles=(role,))
        for op, args in ORDERS.items():
            with pytest.raises(Refused):
                run(someone, op, args, now)


def test_another_teacher_acts_on_her_own_file_only(teachers, untouched, now):
    for op, args in ORDERS.items():
        run(teachers["jdupont2"], op, args, now)


@pytest.mark.parametrize("claim", [{"numero": "D0001"}, {"compte": "jdupont"}])
def test_a_claimed_identity_is_refused_as_an_argument(teachers, untouched, now, claim):
    from iprof_kit.base.errors import InputError

    for op, args in ORDERS.items():
        with pytest.raises(InputError, match="arguments"):
            run(teachers["jdupont2"], op, args | claim, now)
