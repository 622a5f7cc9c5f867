from dataclasses import replace

import pytest
from sqlalchemy import select

from iprof_kit.base.errors import Conflict
from iprof_kit.records import database as db
from iprof_kit.records.accounts import Account
from iprof_kit.records.repository import Order, Write
from iprof_kit.services.access.accounts import NewAccount, change_password, create_account
from iprof_kit.services.access.login import identity_of
from iprof_kit.services.dossier.storing import AGENTS, find_dossier, save_dossier


@pytest.fixture
def jean(database, dossiers, now):
    save_dossier(dossiers["D0001"], "test", now)
    return dossiers["D0001"]


def renamed(name):
    def change(session, row):
        row.nom = name

    return change


def order(now, key="une demande", **more):
    return Order(key=key, by="test", now=now, **more)


def stored_name():
    with db.reading() as session:
        return find_dossier(session, "D0001").identite.nom


def writes(subject):
    with db.reading() as session:
        return session.scalars(
            select(Write).where(Write.subject == subject).order_by(Write.id)
        ).all()


def test_a_write_gives_a_dated_receipt_and_keeps_the_former_value(jean, now):
    receipt = AGENTS.store("D0001", renamed("Durand"), order(now, expected_version=1))
    assert (receipt.at, receipt.subject, receipt.version) == (now, "agents:D0001", 2)
    first, second = writes("agents:D0001")
    assert first.former is None
    assert second.former["nom"] == "Dupont"
    assert len(second.former["echelons"]) == len(jean.echelons)
    assert second.by == "test"


def test_who_looked_at_an_older_version_is_told_and_replaces_nothing(jean, now):
    AGENTS.store("D0001", renamed("Durand"), order(now, "a", expected_version=1))
    with pytest.raises(Conflict, match="entre-temps"):
        AGENTS.store("D0001", renamed("Martin"), order(now, "b", expected_version=1))
    assert stored_name() == "Durand"
    assert len(writes("agents:D0001")) == 2


def test_the_same_order_sent_twice_is_done_once(jean, now):
    first = AGENTS.store("D0001", renamed("Durand"), order(now))
    again = AGENTS.store("D0001", renamed("Martin"), order(now))
    assert again == replace(first, repeated=True)
    assert stored_name() == "Durand"


def test_a_key_belongs_to_one_subject(jean, dossiers, now):
    AGENTS.store("D0001", renamed("Durand"), order(now))
    save_dossier(dossiers["D0003"], "test", now)
    with pytest.raises(Conflict, match="clé"):
        AGENTS.store("D0003", renamed("Durand"), order(now))


def test_a_change_that_fails_leaves_nothing_behind(jean, now):
    def fails(session, row):
        row.nom = "Durand"
        raise RuntimeError

    with pytest.raises(RuntimeError):
        AGENTS.store("D0001", fails, order(now))
    assert stored_name() == "Dupont"
    assert len(writes("agents:D0001")) == 1


def test_what_accompanies_a_write_is_undone_with_it(jean, now):
    def fails(session):
        raise RuntimeError

    with pytest.raises(RuntimeError):
        AGENTS.store("D0001", renamed("Durand"), order(now), also=fails)
    assert stored_name() == "Dupont"


def test_a_row_changed_under_the_writer_is_a_conflict(jean, now):
    def change_while_other_changes(session, row):
        row.nom = "Durand"
        row.version += 5  # as another writer would have left it
        session.connection().exec_driver_sql("UPDATE agents SET version = 9")

    with pytest.raises(Conflict):
        AGENTS.store("D0001", change_while_other_changes, order(now))
    assert stored_name() == "Dupont"


def test_no_secret_enters_the_history(jean, now):
    create_account(
        NewAccount("jdupont", ("enseignant",), "D0001", numen="06E0854321LMN"), "test", now
    )
    with db.reading() as session:
        account = session.scalars(select(Account)).one()
        identity, stored = identity_of(account, now.date()), account.password_hash
    change_password(identity, "quatre mots sans lien", now)
    former = writes("accounts:jdupont")[-1].former
    assert former["first_password"] is True
    assert [one["role"] for one in former["roles"]] == ["enseignant"]
    assert "password_hash" not in former
    assert stored not in str(former)
    assert "LMN" not in str(former)
