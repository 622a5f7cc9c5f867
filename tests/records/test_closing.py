"""Who leaves reads her own file for a time; what she did and managed is over on her day."""

from datetime import date, timedelta

import pytest
from click.testing import CliRunner

from iprof_kit.base.errors import InputError, Refused
from iprof_kit.commands.access.accounts import account
from iprof_kit.records import database as db
from iprof_kit.records.journal.audit import lines
from iprof_kit.services.access.accounts import (
    NewAccount,
    authenticate,
    create_account,
    ended_among,
    find_session,
    open_session,
    session_of,
)
from iprof_kit.services.access.closing import close_account, reopen_account
from iprof_kit.services.access.sessions import token_hash
from iprof_kit.services.access.who_may import change_roles, listed
from iprof_kit.services.desk.portfolios import hand_over
from iprof_kit.services.dossier.storing import save_dossier
from iprof_kit.services.guichet.operations import run

BY = "iprof account close"
PASSWORD = "quatre mots sans lien"
DAY = timedelta(days=1)
LETTER = {"nature": "question", "objet": "Temps partiel", "texte": "Non", "cle": "lettre-un"}


@pytest.fixture
def managers(teachers, manager, now):
    """Jean, who manages files too, and a colleague of the same service."""
    manager("gblanc", ("06",))
    manager("gmorel", ("06",))
    change_roles("jdupont", ["gestionnaire"], [], BY, now)
    create_account(NewAccount("chef", ("administrateur",), password=PASSWORD), "test", now)


def entered(compte, when):
    return session_of(open_session(compte, when), when)


def test_her_file_stays_to_be_read_and_what_she_does_is_over(managers, now):
    close_account("jdupont", now.date(), BY, now)
    jean = entered("jdupont", now)
    assert jean.roles == ("enseignant",)
    for read in ("dossier.lire", "courrier", "courrier_comptes", "cv", "mes_donnees"):
        run(jean, read, {}, now)
    acts = {
        "courrier_ecrire": LETTER,
        "cv_enregistrer": {"cv": {}, "revision": 0, "cle": "brouillon-un"},
        "cv_lien_creer": {
            "version_id": "x", "cible_id": "c1", "coordonnees": False, "jours": 3, "cle": "lien-une"
        },
        "signaler": {"donnee": "identite.nom", "indique": "Dupond", "cle": "signaler-un"},
        "contact_enregistrer": {"valeurs": {}, "revision": 0, "cle": "contact-premier"},
    }  # fmt: skip
    for act, args in acts.items():
        with pytest.raises(Refused, match="clos depuis le 25 novembre 2026") as refused:
            run(jean, act, args, now)
        assert "jusqu’au 25 novembre 2027" in refused.value.remedy
    with pytest.raises(Refused):
        run(jean, "gestion", {}, now)
    assert run(jean, "courrier", {}, now).fils == []


def test_a_day_to_come_changes_nothing_before_it_and_ends_her_sessions_on_it(managers, now):
    close_account("jdupont", now.date() + DAY, BY, now)
    token = open_session("jdupont", now)
    jean = find_session(token, now).identity
    assert set(jean.roles) == {"enseignant", "gestionnaire"}
    run(jean, "courrier_ecrire", LETTER, now)
    who = run(jean, "session.qui", {}, now)
    assert (who.ferme_le, who.lu_jusqu_au) == (now.date() + DAY, date(2027, 11, 26))
    evening = now.replace(hour=22, minute=59)  # 23:59 in Paris
    late = open_session("jdupont", evening)
    assert find_session(late, evening)
    midnight = evening + timedelta(minutes=1)
    assert ended_among([token_hash(late)], evening) == []
    assert find_session(late, midnight) is None
    assert ended_among([token_hash(late)], midnight) == [token_hash(late)]
    again = open_session("jdupont", midnight)
    assert find_session(again, midnight).identity.roles == ("enseignant",)
    assert ended_among([token_hash(again)], midnight) == []


def test_who_manages_loses_everything_at_once_sessions_included(managers, now):
    token = open_session("gblanc", now)
    closed = close_account("gblanc", now.date(), BY, now)
    assert (closed.reads, closed.followed) == (False, 1)
    assert find_session(token, now) is None
    assert ended_among([token_hash(token), "x" * 64], now) == [token_hash(token)]
    refused = authenticate("gblanc", PASSWORD, "192.0.2.1", now)
    assert refused.identity is None
    assert "clos depuis le 25 novembre 2026" in refused.message
    wrong = authenticate("gblanc", "autre chose", "192.0.2.2", now)
    assert wrong.message == authenticate("inconnue", "autre chose", "192.0.2.3", now).message


def test_reading_ends_with_its_last_day(managers, now):
    close_account("D0001", now.date(), BY, now, months=1)
    last = now.replace(month=12)
    assert entered("jdupont", last)
    assert entered("jdupont", last + DAY) is None
    assert authenticate("jdupont", PASSWORD, "192.0.2.1", last).identity
    assert not authenticate("jdupont", PASSWORD, "192.0.2.1", last + DAY).identity


def test_portfolios_of_who_left_pass_to_a_colleague_and_never_to_a_closed_account(managers, now):
    close_account("gblanc", now.date(), BY, now)
    with pytest.raises(InputError, match="pas d’un gestionnaire"):
        hand_over("gmorel", "gblanc", now.date(), BY, now)
    assert hand_over("gblanc", "gmorel", now.date(), BY, now).portfolios == 1


def test_what_cannot_be_is_refused_and_an_error_is_undone(managers, now):
    for name in ("personne", "D9999", ""):
        with pytest.raises(InputError, match="n’existe pas"):
            close_account(name, now.date(), BY, now)
    with pytest.raises(Refused, match="dernier compte d’administration"):
        close_account("chef", date(2030, 1, 1), BY, now)
    with pytest.raises(InputError, match="pas fermé"):
        reopen_account("gblanc", BY, now)
    close_account("gblanc", now.date(), BY, now)
    with pytest.raises(InputError, match="déjà fermé"):
        close_account("gblanc", now.date(), BY, now)
    reopen_account("gblanc", BY, now)
    assert entered("gblanc", now).roles == ("gestionnaire",)
    with db.reading() as session:
        noted = [(line.action, line.detail) for line in lines(session, subject="compte:gblanc")]
    assert noted[:2] == [
        ("compte_rouvert", ""),
        ("compte_clos", "à partir du 2026-11-25, lecture jusqu’au 2027-11-25"),
    ]


def test_an_administrator_who_has_left_does_not_count_as_one(managers, now):
    change_roles("gmorel", ["administrateur"], [], BY, now)
    close_account("gmorel", now.date(), BY, now)
    with pytest.raises(Refused, match="dernier compte d’administration"):
        change_roles("chef", [], ["administrateur"], BY, now)


def test_who_has_no_reason_to_be_is_listed(managers, dossiers, now):
    close_account("gblanc", now.date(), BY, now)
    close_account("jdupont", now.date(), BY, now)
    other = dossiers["D0003"]
    save_dossier(replace_read(other, dossiers["D0001"].lu_le + timedelta(days=46)), "test", now)
    missing = {one.compte: one.missing for one in listed(now)}
    assert missing["gblanc"] == ("fermé, n’ouvre plus rien",)
    assert [one[:29] for one in missing["jdupont"]] == [
        "gestionnaire sans portefeuill",
        "absente des fichiers lus depu",
    ]
    assert missing["jdupont2"] == ()
    year = now.replace(year=2027) + DAY
    assert (
        "fermé, n’ouvre plus rien" in {one.compte: one.missing for one in listed(year)}["jdupont"]
    )


def replace_read(dossier, day):
    return dossier.model_copy(update={"lu_le": day})


def said(*words):
    return CliRunner().invoke(account, words, catch_exceptions=False).output.replace("\u00a0", " ")


def test_the_command_closes_says_until_when_and_undoes(managers):
    words = said("close", "D0001", "--le", "31/08/2027")
    assert "fermé à partir du 31 août 2027" in words
    assert "se lit jusqu’au 31 août 2028" in words
    assert "iprof portefeuille transmettre gblanc" in said("close", "gblanc", "--le", "2027-08-31")
    assert "fermé à partir du 31/08/2027" in said("list")
    assert "rouvert" in said("close", "jdupont", "--annuler")
