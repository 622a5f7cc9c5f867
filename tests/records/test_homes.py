"""The homes of who has no file: counts for the role alone, and refused to everybody else."""

from dataclasses import replace
from datetime import timedelta

import pytest

from iprof_kit.base.errors import Refused
from iprof_kit.records.database import writing
from iprof_kit.records.journal import audit
from iprof_kit.services.access.accounts import NewAccount, create_account
from iprof_kit.services.access.sessions import close_session, open_session, session_of
from iprof_kit.services.backup.saving import SAVED
from iprof_kit.services.contract.homes import GESTION_OPERATIONS, SERVICE_OPERATIONS
from iprof_kit.services.guichet.operations import NotLoggedIn, run
from iprof_kit.services.reports.answers import take

WHOSE = {"gestion": "gestionnaire", "service": "administrateur"}


@pytest.fixture
def account(teachers, now):
    """Return a function: an account of a role, as the server knows it."""

    def made(role, compte, portfolios=()):
        new = NewAccount(compte, (role,), password="quatre mots sans lien", portfolios=portfolios)
        create_account(new, "test", now)
        return session_of(open_session(compte, now), now)

    return made


@pytest.fixture
def manager(account):
    return account("gestionnaire", "ggestion", [("06", "063", None)])


def reported(jean, label="identite.nom"):
    return jean("signaler", donnee=label, indique="Dupond", cle="signaler-1").signalement.numero


def test_every_operation_of_a_home_is_tried_here():
    assert set(WHOSE) == {*GESTION_OPERATIONS, *SERVICE_OPERATIONS}


@pytest.mark.parametrize("op", WHOSE)
def test_a_stranger_and_who_has_left_are_refused(teachers, now, op):
    token = open_session("jdupont", now)
    close_session(token, now)
    for nobody in (None, session_of(token, now)):
        with pytest.raises(NotLoggedIn):
            run(nobody, op, {}, now)


@pytest.mark.parametrize("op", WHOSE)
def test_a_teacher_and_every_other_role_are_refused(teachers, now, op):
    others = {"enseignant", "gestionnaire", "evaluateur", "analyste", "formateur",
              "administrateur"} - {WHOSE[op]}  # fmt: skip
    for role in others:
        with pytest.raises(Refused):
            run(replace(teachers["jdupont"], roles=(role,)), op, {}, now)


@pytest.mark.parametrize("op", WHOSE)
def test_an_identity_is_not_an_argument(manager, now, op):
    with pytest.raises(Exception, match="arguments"):
        run(manager, op, {"compte": "jdupont"}, now)


def test_a_manager_counts_what_waits_in_her_portfolio(manager, jean, now):
    reported(jean)
    work = run(manager, "gestion", {}, now + timedelta(days=2))
    assert work.portefeuilles == ["Service gestionnaire"]
    assert (work.a_prendre, work.en_cours, work.plus_ancien) == (1, 0, now)
    assert work.dossiers >= 1


def test_a_report_that_is_taken_waits_to_be_corrected(manager, jean, now):
    take(reported(jean), "DSDEN 63", "ggestion", now)
    work = run(manager, "gestion", {}, now)
    assert (work.a_prendre, work.en_cours) == (0, 1)


def test_other_people_than_those_of_the_portfolio_are_not_counted(account, jean, now):
    reported(jean)
    elsewhere = account("gestionnaire", "gailleurs", [("10", None, None)])
    none = account("gestionnaire", "gsans")
    for one in (elsewhere, none):
        work = run(one, "gestion", {}, now)
        assert (work.dossiers, work.a_prendre, work.plus_ancien) == (0, 0, None)


def test_an_administrator_reads_the_last_backup_and_the_sessions(account, now):
    state = run(account("administrateur", "aadmin"), "service", {}, now)
    assert (state.sauvegarde, state.sessions) == (None, 1)
    with writing() as session:
        audit.note(session, at=now, actor="aadmin", action=SAVED, subject="base")
    again = run(session_of(open_session("aadmin", now), now), "service", {}, now)
    assert (again.sauvegarde, again.sessions) == (now, 2)
    assert again.comptes == 3
