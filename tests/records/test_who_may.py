"""Accounts are listed with what they lack; who leaves loses a role at once."""

from datetime import timedelta

import pytest
from click.testing import CliRunner

from iprof_kit.base.errors import InputError, Refused
from iprof_kit.commands.access.accounts import account
from iprof_kit.records import database as db
from iprof_kit.records.journal.audit import lines
from iprof_kit.services.access.accounts import (
    NewAccount,
    create_account,
    find_session,
    open_session,
)
from iprof_kit.services.access.who_may import change_roles, listed
from iprof_kit.services.dossier.storing import save_dossier

NUMEN = "06E0854321LMN"
BY = "iprof account role"
YESTERDAY = ("13", None, None, "Service", None)


@pytest.fixture
def accounts(database, dossiers, now):
    save_dossier(dossiers["D0001"], "test", now)
    today = now.date()
    ended = (*YESTERDAY, today - timedelta(days=1))
    for new in (
        NewAccount("jdupont", ("enseignant",), "D0001", numen=NUMEN),
        NewAccount("gmorel", ("gestionnaire",), password="une longue phrase", portfolios=[ended]),
        NewAccount("gblanc", ("gestionnaire",), password="une longue phrase",
                   portfolios=[YESTERDAY]),
        NewAccount("chef", ("administrateur",), password="une longue phrase"),
    ):  # fmt: skip
        create_account(new, "test", now)


def missing(now):
    return {one.compte: one.missing for one in listed(now)}


def test_each_account_says_what_it_lacks(accounts, now):
    assert missing(now) == {
        "chef": (),
        "gblanc": (),
        "gmorel": ("gestionnaire sans portefeuille en cours",),
        "jdupont": (),
    }
    assert missing(now + timedelta(days=91))["jdupont"] == ("première connexion expirée",)


def test_who_leaves_loses_her_role_and_her_sessions_at_once(accounts, now):
    token = open_session("gblanc", now)
    assert find_session(token, now).identity.roles == ("gestionnaire",)
    change_roles("gblanc", [], ["gestionnaire"], BY, now)
    assert find_session(token, now) is None
    assert missing(now)["gblanc"] == ("aucun rôle",)
    with db.reading() as session:
        line = lines(session)[0]
    assert (line.actor, line.action, line.detail) == (BY, "roles_changes", "-gestionnaire")


def test_a_role_is_given_beside_the_others(accounts, now):
    change_roles("gblanc", ["formateur"], [], BY, now)
    assert {one.compte: one.roles for one in listed(now)}["gblanc"] == ("gestionnaire", "formateur")


@pytest.mark.parametrize(
    ("compte", "add", "remove", "why"),
    [
        ("personne", ["formateur"], [], "n’existe pas"),
        ("gblanc", ["formateur"], ["formateur"], "donné et retiré"),
        ("gblanc", ["gestionnaire"], [], "déjà ces rôles"),
        ("gblanc", [], [], "déjà ces rôles"),
        ("gblanc", ["enseignant"], [], "ouvre un dossier"),
    ],
)
def test_what_changes_nothing_or_cannot_be_is_refused(accounts, now, compte, add, remove, why):
    before = listed(now)
    with pytest.raises(InputError, match=why):
        change_roles(compte, add, remove, BY, now)
    assert listed(now) == before


def test_the_last_administrator_stays_until_there_is_another(accounts, now):
    with pytest.raises(Refused, match="dernier compte d’administration"):
        change_roles("chef", [], ["administrateur"], BY, now)
    change_roles("gmorel", ["administrateur"], [], BY, now)
    change_roles("chef", [], ["administrateur"], BY, now)


def said(*words):
    return CliRunner().invoke(account, words, catch_exceptions=False).output.replace("\u00a0", " ")


def test_the_command_lists_those_without_a_reason_and_changes_a_role(accounts):
    assert "gmorel" in said("list", "--sans-raison", "--role", "gestionnaire")
    assert "ses sessions sont fermées" in said("role", "gblanc", "--retirer", "gestionnaire")
    assert "aucun rôle" in said("list", "--sans-raison")
    assert said("list", "--role", "administrateur").endswith("1 compte.\n")
