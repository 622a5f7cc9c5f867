from dataclasses import replace
from datetime import date

import pytest

from iprof_kit.base.errors import InputError, Refused, Unavailable
from iprof_kit.records import database as db
from iprof_kit.records.journal import audit
from iprof_kit.services.access.accounts import authenticate, close_session, open_session, session_of
from iprof_kit.services.contract.addressed import addressed
from iprof_kit.services.contract.operation import NoArguments, OfRole
from iprof_kit.services.contract.operations import OPERATIONS
from iprof_kit.services.dossier.consultations import READINGS
from iprof_kit.services.dossier.sample import demo_accounts, load_sample
from iprof_kit.services.guichet.operations import NotLoggedIn, UnknownOperationError, run

SECRETS = {demo.compte: demo.secret for demo in demo_accounts()}


@pytest.fixture
def sample(database, now):
    load_sample(now)


@pytest.fixture
def person(sample, now):
    return lambda compte: authenticate(compte, SECRETS[compte], "192.0.2.1", now).identity


def lines(subject):
    with db.reading() as session:
        return [(line.actor, line.action) for line in audit.lines(session, subject=subject)]


def actions():
    with db.reading() as session:
        return [line.action for line in reversed(audit.lines(session, last=10_000))]


def test_each_operation_without_argument_answers_with_the_type_of_the_contract(person, now):
    for op in asked_without_argument():
        assert isinstance(run(person("jdupont"), op, {}, now), OPERATIONS[op].answer)


def asked_without_argument():
    return [
        op
        for op, one in OPERATIONS.items()
        if one.arguments is NoArguments and not isinstance(one.who, OfRole)
    ]


def test_what_an_operation_reads_is_among_the_readings_that_the_person_is_told(person, now):
    jean = person("jdupont")
    before = actions()
    for op in asked_without_argument():
        run(jean, op, {}, now)
    noted = actions()[len(before) :]
    assert len(noted) > 5
    assert set(noted) <= set(READINGS)


@pytest.mark.parametrize("compte", [None, "ggestionnaire", "aadministrateur"])
def test_what_is_asked_without_argument_is_refused_to_who_has_no_file(person, now, compte):
    identity = person(compte) if compte else None
    for op in asked_without_argument():
        if op != "session.qui":
            with pytest.raises(Refused):
                run(identity, op, {}, now)


def test_without_account_one_knows_the_day_and_the_academy_only(sample, now):
    who = run(None, "session.qui", {}, now)
    assert (who.prenom, who.role, who.aujourdhui) == (None, None, date(2026, 11, 25))
    assert who.academie.nom == "Clermont-Ferrand"


def test_today_is_the_day_in_paris(sample, now):
    late = now.replace(hour=23, minute=30)
    assert run(None, "session.qui", {}, late).aujourdhui == date(2026, 11, 26)


def test_who_is_asking(person, now):
    who = run(person("jdupont"), "session.qui", {}, now)
    assert (who.prenom, who.nom, who.role) == ("Jean", "Dupont", "enseignant")
    assert who.libelle_corps == "Professeur des écoles"


def test_one_reads_ones_own_file_and_the_reading_is_noted(person, dossiers, now):
    read = run(person("jdupont"), "dossier.lire", {}, now)
    assert read.dossier == dossiers["D0001"]
    assert read.lu_a == now
    assert lines("dossier:D0001") == [("jdupont", "dossier_lu")]


def test_another_teacher_reads_another_file(person, dossiers, now):
    assert run(person("jdupont2"), "dossier.lire", {}, now).dossier == addressed(dossiers["D0003"])
    assert lines("dossier:D0001") == []


@pytest.mark.parametrize("claim", [{"numero": "D0003"}, {"compte": "jdupont2"}, {"role": "x"}])
def test_a_claimed_identity_is_refused_as_an_argument(person, now, claim):
    with pytest.raises(InputError, match="arguments"):
        run(person("jdupont"), "dossier.lire", claim, now)


def test_a_stranger_reads_nothing(sample, now):
    with pytest.raises(NotLoggedIn):
        run(None, "dossier.lire", {}, now)
    assert lines("dossier:D0001") == []


def test_who_has_logged_out_is_a_stranger(person, now):
    person("jdupont")
    token = open_session("jdupont", now)
    close_session(token, now)
    with pytest.raises(NotLoggedIn):
        run(session_of(token, now), "dossier.lire", {}, now)


@pytest.mark.parametrize("compte", ["ggestionnaire", "fformateur", "aanalyste", "aadministrateur"])
def test_who_has_no_file_reads_none(person, now, compte):
    with pytest.raises(Refused):
        run(person(compte), "dossier.lire", {}, now)


def test_a_role_other_than_teacher_does_not_open_a_file(person, now):
    manager = replace(person("ggestionnaire"), numero_dossier="D0001")
    with pytest.raises(Refused):
        run(manager, "dossier.lire", {}, now)


def test_the_numen_must_be_replaced_before_anything_is_read(person, now):
    with pytest.raises(Refused, match="premier mot de passe"):
        run(person("mlaurent"), "dossier.lire", {}, now)


def test_an_operation_that_does_not_exist_is_refused(person, now):
    with pytest.raises(UnknownOperationError):
        run(person("jdupont"), "dossier.detruire", {}, now)


def test_what_cannot_be_noted_is_not_read(person, now, monkeypatch):
    jean = person("jdupont")
    monkeypatch.setattr(audit, "note", fails)
    with pytest.raises(Unavailable):
        run(jean, "dossier.lire", {}, now)


def fails(*_arguments, **_named):
    raise Unavailable("le journal ne répond pas")


def test_a_person_without_corps_has_a_file_without_echelon(person, now):
    dossier = run(person("scohen"), "dossier.lire", {}, now).dossier
    assert (dossier.corps, dossier.echelons) == (None, ())
