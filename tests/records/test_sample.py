from datetime import timedelta

import pytest
from sqlalchemy import func, select

from iprof_kit.base.errors import Refused
from iprof_kit.records import database as db
from iprof_kit.records.repository import Write
from iprof_kit.services.access.accounts import authenticate, change_password
from iprof_kit.services.dossier.sample import demo_accounts, load_sample
from iprof_kit.services.dossier.storing import find_whole_dossier, save_dossier

HOME = "192.0.2.1"


def writes():
    with db.reading() as session:
        return session.scalar(select(func.count()).select_from(Write))


def test_loading_marks_the_database_and_gives_back_every_dossier(database, dossiers, now):
    assert not db.is_sample()
    report = load_sample(now)
    assert db.is_sample()
    assert report.dossiers == {"cree": len(dossiers)}
    assert report.accounts == len(demo_accounts())
    with db.reading() as session:
        assert {numero: find_whole_dossier(session, numero) for numero in dossiers} == dossiers


def test_loading_again_changes_nothing(database, dossiers, now):
    load_sample(now)
    before = writes()
    report = load_sample(now + timedelta(days=1))
    assert report.dossiers == {"inchange": len(dossiers)}
    assert report.accounts == 0
    assert writes() == before


def test_loading_again_keeps_a_password_that_was_chosen(database, now):
    load_sample(now)
    marie = next(demo for demo in demo_accounts() if demo.first_login)
    identity = authenticate(marie.compte, marie.secret, HOME, now).identity
    change_password(identity, "quatre mots sans lien", now)
    load_sample(now)
    assert authenticate(marie.compte, "quatre mots sans lien", HOME, now).identity


def test_the_first_login_can_still_be_shown_next_year(database, now):
    marie = next(demo for demo in demo_accounts() if demo.first_login)
    load_sample(now)
    later = now + timedelta(days=365)
    assert authenticate(marie.compte, marie.secret, HOME, later).identity is None
    load_sample(later)
    assert authenticate(marie.compte, marie.secret, HOME, later).must_change


def test_every_demonstration_account_opens_with_what_is_printed(database, now):
    load_sample(now)
    for demo in demo_accounts():
        result = authenticate(demo.compte, demo.secret, HOME, now)
        assert result.identity.roles == demo.roles
        assert result.must_change is demo.first_login


def test_fictitious_people_do_not_join_real_ones(database, dossiers, now):
    save_dossier(dossiers["D0001"], "test", now)
    with pytest.raises(Refused, match="déjà des dossiers"):
        load_sample(now)
    assert not db.is_sample()


def test_a_corrected_sample_changes_what_differs_only(database, dossiers, now):
    load_sample(now)
    jean = dossiers["D0001"]
    moved = jean.model_copy(update={"adresse": jean.adresse.model_copy(update={"ville": "Riom"})})
    assert save_dossier(moved, "test", now) == "modifie"
    assert load_sample(now).dossiers == {"modifie": 1, "inchange": len(dossiers) - 1}
