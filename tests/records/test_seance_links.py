"""The link of a séance: signed for a trainer alone, recognised for everybody, here alone."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from iprof_kit.base.errors import InputError, Refused
from iprof_kit.records import database as db
from iprof_kit.records import marks
from iprof_kit.services.access import signing
from iprof_kit.services.contract.operations import OPERATIONS
from iprof_kit.services.guichet.operations import NotLoggedIn, run

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
LETTERS = "2.eNqrVkrOTFGyMjTQUVJKLEpXsqoGAC2lBMo.AbCdEfGhIjKl"
ORDERS = {
    "seance.signer": {"lettres": LETTERS},
    "seance.verifier": {"lettres": LETTERS, "signature": "x"},
}


@pytest.fixture
def trainer(teachers):
    return replace(teachers["jdupont"], roles=("formateur",), numero_dossier=None)


def signed(identity, letters=LETTERS):
    return run(identity, "seance.signer", {"lettres": letters}, NOW).signature


def recognised(identity, signature, letters=LETTERS):
    asked = {"lettres": letters, "signature": signature}
    return run(identity, "seance.verifier", asked, NOW).signee


def test_every_operation_on_a_seance_is_examined_here():
    assert sorted(ORDERS) == sorted(name for name in OPERATIONS if name.startswith("seance"))


def test_what_a_trainer_signs_is_recognised_for_everybody_even_without_account(trainer, teachers):
    signature = signed(trainer)
    for anybody in (None, teachers["jdupont2"], trainer):
        assert recognised(anybody, signature)


def test_nothing_else_is_recognised(trainer):
    signature = signed(trainer)
    until = NOW.replace(year=2027)
    others = (signature[:-1], signature[::-1], "x", signing.sign("scenario", "a", until)[-43:],
              signing.attest("scenario", LETTERS))  # fmt: skip
    assert not any(recognised(None, one) for one in others)
    assert not recognised(None, signature, LETTERS.replace("2.eN", "2.eM"))


def test_another_server_does_not_recognise_it(trainer, another_server):
    signature = signed(trainer)
    with db.writing() as session:
        marks.mark(session, marks.SIGNING_KEY, "0" * 64)
    another_server()
    assert not recognised(None, signature)


def test_a_stranger_signs_nothing(database):
    with pytest.raises(NotLoggedIn):
        signed(None)


@pytest.mark.parametrize(
    "role", ["enseignant", "analyste", "gestionnaire", "evaluateur", "administrateur"]
)
def test_who_is_no_trainer_signs_nothing(teachers, role):
    with pytest.raises(Refused, match="n’est pas ouverte à ce compte"):
        signed(replace(teachers["jdupont"], roles=(role,)))


@pytest.mark.parametrize(
    "letters", ["", "bonjour", "2.a", "2.a b.c", "2.<script>.c", f"2.{'a' * 4_600}.c", "2.a.b\n"]
)
def test_letters_that_are_no_seance_or_too_many_are_signed_by_nobody(trainer, letters):
    with pytest.raises(InputError, match="arguments"):
        signed(trainer, letters)
