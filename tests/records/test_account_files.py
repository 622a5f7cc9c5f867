"""Accounts from a file: each line by itself, without a password, once however often it is given."""

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select

from iprof_kit.base.errors import Conflict, InputError
from iprof_kit.commands.access.accounts import account
from iprof_kit.records import database as db
from iprof_kit.records.accounts import Account
from iprof_kit.records.journal.audit import lines
from iprof_kit.records.repository import Write
from iprof_kit.services.access.accounts import (
    NewAccount,
    authenticate,
    create_account,
    issue_reset_link,
    use_reset_link,
)
from iprof_kit.services.access.closing import close_account
from iprof_kit.services.access.files import importing
from iprof_kit.services.access.files.importing import import_accounts
from iprof_kit.services.access.who_may import listed
from iprof_kit.services.dossier.storing import save_dossier

BY = "iprof account importer"
PASSWORD = "quatre mots sans lien"
HEAD = "compte;dossier;role"


@pytest.fixture
def two_files(database, dossiers, now):
    """Two Jean Dupont, the second under another number, and one more person."""
    for numero in ("D0001", "D0003"):
        save_dossier(dossiers[numero], "test", now)


@pytest.fixture
def given(two_files, now):
    """Return a function: a file of these lines is imported."""

    def one(*rows, head=HEAD, **words):
        return import_accounts("\n".join([head, *rows]).encode(), BY, now, **words)

    return one


def accounts(now):
    return {one.compte: (one.roles, one.numero, one.entered) for one in listed(now)}


def refusals(report):
    return [(one.line, one.column, one.reason) for one in report.refused]


def test_each_line_makes_an_account_that_nobody_enters_yet(given, now):
    report = given(
        ";D0001;enseignant", "jdupont2;D0003;enseignant gestionnaire", "chef;;evaluateur"
    )
    assert (report.added, report.unchanged, report.refused) == (3, 0, [])
    assert accounts(now) == {
        "chef": (("evaluateur",), None, False),
        "jdupont": (("enseignant",), "D0001", False),
        "jdupont2": (("enseignant", "gestionnaire"), "D0003", False),
    }
    for password in ("", PASSWORD, "06E0854321LMN"):
        assert authenticate("jdupont", password, f"192.0.2.{len(password)}", now).identity is None
    with db.reading() as session:
        assert set(session.scalars(select(Account.password_hash))) == {None}
        assert session.scalar(select(func.count()).select_from(Write).where(Write.by == BY)) == 3
        noted = [one.subject for one in lines(session) if one.actor == BY]
    assert sorted(noted) == ["compte:chef", "compte:jdupont", "compte:jdupont2"]


def test_a_link_opens_it_as_any_other(given, now):
    given(";D0001;enseignant")
    use_reset_link(issue_reset_link("jdupont", now).token, PASSWORD, now)
    assert authenticate("jdupont", PASSWORD, "192.0.2.1", now).identity.numero_dossier == "D0001"
    assert accounts(now)["jdupont"][2]


def test_the_same_file_again_changes_nothing_and_says_so(given, now):
    rows = (";D0001;enseignant", ";D0003;enseignant", "chef;;evaluateur")
    given(*rows)
    before = accounts(now)
    report = given(*rows, "chef;;evaluateur")
    assert (report.added, report.unchanged, report.refused) == (0, 4, [])
    assert accounts(now) == before


def test_a_dry_run_says_the_same_and_stores_nothing(given, now):
    rows = (";D0001;enseignant", ";D9999;enseignant")
    tried = given(*rows, only_check=True)
    assert accounts(now) == {}
    done = given(*rows)
    assert (tried.added, refusals(tried)) == (done.added, refusals(done)) == (1, refusals(done))


def test_what_is_wrong_in_a_line_is_said_and_keeps_no_other(given, now):
    create_account(NewAccount("gmorel", ("gestionnaire",), password=PASSWORD), "test", now)
    report = given(
        ";D9999;enseignant",
        "chef;;enseignant",
        ";;evaluateur",
        "Chef;;evaluateur",
        "chef;;directeur",
        "chef;;",
        "gmorel;;gestionnaire formateur",
        "gmorel;D0001;enseignant",
        "martin;D0001;enseignant",
        ";D0001;enseignant",
        "jdupont2;D0001;enseignant",
        "fformateur;;formateur",
    )
    assert refusals(report) == [
        (2, "dossier", "ce dossier n’existe pas"),
        (3, "dossier", "un compte d’enseignant ouvre un dossier"),
        (4, "compte", "la valeur manque"),
        (5, "compte",
         "un compte s’écrit en lettres minuscules sans accent, puis un numéro s’il le faut"),
        (6, "role", "le rôle « directeur » n’existe pas"),
        (7, "role", "la valeur manque"),
        (8, "role", "ce compte existe déjà, avec : gestionnaire"),
        (9, "compte", "ce compte existe déjà, pour quelqu’un d’autre"),
        (10, "compte", "ce compte ne suit pas la règle (initiale du prénom et nom)"),
        (12, "dossier", "ce dossier a déjà le compte « jdupont »"),
    ]  # fmt: skip
    assert all(one.remedy for one in report.refused)
    assert report.refused[8].remedy == "Compte attendu : jdupont."
    assert set(accounts(now)) == {"fformateur", "gmorel", "jdupont"}


def test_who_comes_back_is_reopened_by_hand(given, now):
    given(";D0001;enseignant")
    close_account("jdupont", now.date(), BY, now)
    [(_, column, reason)] = refusals(given(";D0001;enseignant"))
    assert (column, reason) == ("compte", "ce compte est fermé ou va l’être")


@pytest.mark.parametrize("head", ["compte;dossier", "compte;dossier;role;numen", ""])
def test_another_header_is_refused_whole(given, now, head):
    with pytest.raises(InputError):
        given(";D0001;enseignant", head=head)
    assert accounts(now) == {}


def test_two_files_at_once_make_each_account_once(given, now, monkeypatch):
    writing = importing.writing

    def after_another():
        monkeypatch.setattr(importing, "writing", writing)
        given(";D0001;enseignant")
        return writing()

    monkeypatch.setattr(importing, "writing", after_another)
    with pytest.raises(Conflict, match="entre-temps"):
        given(";D0001;enseignant", ";D0003;enseignant")
    assert set(accounts(now)) == {"jdupont"}
    assert given(";D0001;enseignant", ";D0003;enseignant").unchanged == 1


def test_the_command_counts_and_ends_with_1_where_a_line_is_refused(two_files, tmp_path):
    file = tmp_path / "comptes.csv"
    file.write_text(f"{HEAD}\n;D0001;enseignant\n;D9999;enseignant\n", encoding="utf-8")
    run = lambda *words: CliRunner().invoke(account, ["importer", str(file), *words])  # noqa: E731
    tried = run("--essai")
    assert tried.exit_code == 1
    assert "Ligne 3, colonne dossier" in tried.output.replace("\u00a0", " ")
    assert "1 compte à créer" in tried.output.replace("\u00a0", " ")
    assert "1 compte créé, 0 inchangé, 1 ligne refusée" in run().output.replace("\u00a0", " ")
