"""Whose CV it is: no stranger, no other teacher, nobody who has left or has no file."""

from dataclasses import replace

import pytest
from sqlalchemy import update

from iprof_kit.base.errors import InputError, Refused
from iprof_kit.records import database as db
from iprof_kit.records.accounts import Account
from iprof_kit.services.access.accounts import close_session, open_session, session_of
from iprof_kit.services.contract.operations import OPERATIONS
from iprof_kit.services.guichet.operations import NotLoggedIn, run

CV_OPERATIONS = sorted(name for name in OPERATIONS if name.startswith("cv"))


@pytest.fixture
def orders(jean, draft):
    """Everything that Jean Dupont may ask, on a CV that exists."""
    jean("cv_enregistrer", cv=draft, revision=0, cle="brouillon-un")
    version = jean("cv_version_creer", nom="Essai", revision=1, cle="version-un")
    shown = {"version_id": version.id, "cible_id": "c1", "coordonnees": True}
    link = jean("cv_lien_creer", **shown, jours=3, cle="lien-premier")
    return {
        "cv": {},
        "cv_enregistrer": {"cv": {}, "revision": 1, "cle": "autre-brouillon"},
        "cv_version_creer": {"nom": "Autre", "revision": 1, "cle": "autre-version"},
        "cv_version_lire": {"id": version.id},
        "cv_lien_creer": {**shown, "jours": 3, "cle": "autre-lien"},
        "cv_lien_revoquer": {"id": link.id},
        "cv_lien_apercu": shown,
    }


@pytest.fixture
def untouched(jean, draft):
    """Return a function: nothing of Jean's CV has changed."""

    def check():
        read = jean("cv")
        assert (read.cv, read.revision) == (draft, 1)
        assert (len(read.versions), len(read.liens)) == (1, 1)
        assert read.liens[0].revoque_le is None

    return check


def test_every_operation_on_the_cv_is_examined_here(orders):
    assert sorted(orders) == CV_OPERATIONS


def test_a_stranger_is_refused_everything(orders, untouched, now):
    for op, args in orders.items():
        with pytest.raises(NotLoggedIn, match="un CV ne s’ouvre qu’à la personne connectée"):
            run(None, op, args, now)
    untouched()


def test_who_has_logged_out_is_refused_everything(orders, untouched, now):
    token = open_session("jdupont", now)
    assert session_of(token, now).compte == "jdupont"
    close_session(token, now)
    for op, args in orders.items():
        with pytest.raises(NotLoggedIn):
            run(session_of(token, now), op, args, now)
    untouched()


OF_SOMEBODY = ["cv_version_lire", "cv_lien_creer", "cv_lien_revoquer", "cv_lien_apercu"]


@pytest.mark.parametrize("op", OF_SOMEBODY)
def test_another_teacher_is_refused_as_if_it_did_not_exist(orders, untouched, teachers, now, op):
    other = teachers["jdupont2"]
    run(other, "cv_enregistrer", {"cv": {}, "revision": 0, "cle": "brouillon-autre"}, now)
    with pytest.raises(Refused) as refused:
        run(other, op, orders[op], now)
    unknown = dict(orders[op], **{"id" if "id" in orders[op] else "version_id": "inconnue"})
    with pytest.raises(Refused) as missing:
        run(other, op, unknown, now)
    assert str(refused.value) == str(missing.value)
    untouched()


def test_another_teacher_reads_and_writes_her_own_cv_only(orders, untouched, teachers, now):
    other = teachers["jdupont2"]
    assert run(other, "cv", {}, now).cv is None
    with pytest.raises(InputError, match="aucun brouillon"):
        run(other, "cv_version_creer", orders["cv_version_creer"], now)
    saved = run(other, "cv_enregistrer", {**orders["cv_enregistrer"], "revision": 0}, now)
    assert (saved.issue, saved.revision) == ("enregistre", 1)
    read = run(other, "cv", {}, now)
    assert (read.versions, read.liens) == ([], [])
    untouched()


def test_the_key_of_one_person_does_not_disturb_another(orders, untouched, teachers, draft, now):
    other = teachers["jdupont2"]
    same = {"cv": draft, "revision": 0, "cle": "brouillon-un"}
    assert run(other, "cv_enregistrer", same, now).issue == "enregistre"
    made = run(other, "cv_version_creer", {"nom": "Essai", "revision": 1, "cle": "version-un"}, now)
    assert made.id != orders["cv_version_lire"]["id"]
    untouched()


@pytest.mark.parametrize("roles", [("gestionnaire", "administrateur"), ()])
def test_a_role_other_than_teacher_opens_no_cv(orders, untouched, teachers, now, roles):
    for op, args in orders.items():
        with pytest.raises(Refused, match="n’ouvre pas de dossier"):
            run(replace(teachers["jdupont"], roles=roles), op, args, now)
    untouched()


def test_an_account_without_file_has_no_cv(orders, untouched, teachers, now):
    for op, args in orders.items():
        with pytest.raises(Refused, match="n’ouvre pas de dossier"):
            run(replace(teachers["jdupont"], numero_dossier=None), op, args, now)
    untouched()


def test_the_numen_must_be_replaced_before_anything(orders, untouched, teachers, now):
    def still_the_numen(yes):
        with db.writing() as session:
            session.execute(update(Account).values(first_password=yes))

    still_the_numen(True)
    for op, args in orders.items():
        with pytest.raises(Refused, match="premier mot de passe"):
            run(teachers["jdupont"], op, args, now)
    still_the_numen(False)
    untouched()


@pytest.mark.parametrize("claim", [{"numero": "D0003"}, {"compte": "jdupont2"}, {"role": "x"}])
def test_a_claimed_identity_is_refused_as_an_argument(orders, untouched, teachers, now, claim):
    for op, args in orders.items():
        with pytest.raises(InputError, match="arguments"):
            run(teachers["jdupont"], op, args | claim, now)
    untouched()
