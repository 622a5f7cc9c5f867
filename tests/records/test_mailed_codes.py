"""First codes by mail: one each, drawn as it leaves, never kept in what waits."""

import csv
import email
import email.policy
import io
import re
from datetime import timedelta

import pytest
from click.testing import CliRunner
from mail_server import HOW
from sqlalchemy import func, select, text, update

from iprof_kit.base.errors import InputError
from iprof_kit.commands.access.accounts import account
from iprof_kit.records import database as db
from iprof_kit.records.accounts import Account, FirstCode
from iprof_kit.records.agents import Agent
from iprof_kit.records.outbox import Mail
from iprof_kit.services.access.accounts import begin_login, choose_by_code
from iprof_kit.services.access.closing import close_account
from iprof_kit.services.access.delivering import Choice, chosen
from iprof_kit.services.access.files.importing import import_accounts
from iprof_kit.services.access.first_access import read_code
from iprof_kit.services.access.mailed_codes import queue_mails, queue_of
from iprof_kit.services.dossier.storing import save_dossier
from iprof_kit.services.notices import outbox
from iprof_kit.services.notices.carrier import Carrier

PASSWORD = "des mots sans aucun lien"
LATER = timedelta(days=2)


@pytest.fixture
def newcomers(database, dossiers, now):
    """Two teachers of the sample, and who has no file."""
    for numero in ("D0001", "D0003"):
        save_dossier(dossiers[numero], "test", now)
    rows = "jdupont;D0001;enseignant\njdupont2;D0003;enseignant\nchef;;evaluateur\n"
    import_accounts(f"compte;dossier;role\n{rows}".encode(), "test", now)
    with db.writing() as session:
        session.execute(update(Agent).values(courriel_professionnel="elle@ac-essai.example"))


def queued(now, **words):
    queue = queue_of(chosen(Choice(**words), now).people)
    queue_mails(queue.people, now)
    return queue


def sent(mail, now):
    outbox.send_due(Carrier(mail.address, HOW), now)
    letters = [
        email.message_from_bytes(one.content, policy=email.policy.default) for one in mail.letters
    ]
    mail.letters.clear()
    return letters


def told(letter):
    """Return the account and the code that a letter tells."""
    words = letter.get_content()
    return re.search(r"compte\s:\s(\w+)", words)[1], re.search(r"code\s:\s(\S+)", words)[1]


def entered(compte, code, now):
    attempt = begin_login(compte, "203.0.113.9", now)
    return choose_by_code(attempt, read_code(code), PASSWORD).identity


def test_each_is_told_her_own_code_which_opens_her_account(newcomers, mail, now):
    queue = queued(now)
    assert [one.to.compte for one in queue.refused] == ["chef"]
    assert "aucun dossier" in queue.refused[0].why
    letters = sent(mail, now)
    assert {told(one)[0] for one in letters} == {"jdupont", "jdupont2"}
    for letter in letters:
        assert letter["To"] == "elle@ac-essai.example"
        assert "https://kit.example/premier-acces" in letter.get_content()
        assert "n’est pas I-Prof" in " ".join(letter.get_content().split())
        compte, code = told(letter)
        assert entered(compte, code, now).compte == compte


def test_what_waits_holds_no_code_and_what_left_only_its_hash(newcomers, mail, now):
    queued(now)
    with db.reading() as session:
        assert session.scalar(select(func.count()).select_from(FirstCode)) == 0
    codes = [told(one)[1] for one in sent(mail, now)]
    with db.reading() as session:
        rows = [
            str(row)
            for table in ("mails", "first_codes", "audit", "audit_words")
            for row in session.execute(text(f"SELECT * FROM {table}"))
        ]
    for code in codes:
        assert not any(code in row or code.replace("-", "") in row for row in rows)


def test_a_second_run_doubles_nothing(newcomers, mail, now):
    assert len(queued(now).people) == 2
    again = queued(now)
    assert (again.people, again.waiting) == ((), 2)
    assert len(sent(mail, now)) == 2
    assert queued(now).people == ()  # their codes serve
    assert len(queued(now, again=True).people) == 2
    first = {told(one)[0]: told(one)[1] for one in sent(mail, now)}
    assert entered("jdupont", first["jdupont"], now)


def test_a_mail_cut_off_is_another_with_another_code(newcomers, mail, now):
    queued(now, comptes=("jdupont",))
    mail.cut = 1
    [before] = sent(mail, now)
    [after] = sent(mail, now + LATER)
    assert before["Message-ID"] != after["Message-ID"]
    assert entered(*told(before), now + LATER) is None
    assert entered(*told(after), now + LATER).compte == "jdupont"


def test_who_has_entered_or_left_meanwhile_is_not_written_to(newcomers, mail, now):
    queued(now)
    close_account("jdupont", now.date(), "test", now)
    with db.writing() as session:
        session.execute(
            update(Account).where(Account.compte == "jdupont2").values(first_password=False)
        )
    assert sent(mail, now) == []
    with db.reading() as session:
        assert set(session.scalars(select(Mail.reply))) == {outbox.NO_CODE}
        assert session.scalar(select(func.count()).select_from(FirstCode)) == 0


def test_a_mail_that_is_refused_leaves_no_code_and_she_is_chosen_again(newcomers, mail, now):
    queued(now, comptes=("jdupont",))
    mail.refuse.append("550 nobody of this name")
    assert sent(mail, now) == []
    with db.reading() as session:
        assert session.scalar(select(func.count()).select_from(FirstCode)) == 0
    assert "jdupont" in [one.compte for one in queued(now).people]


def test_the_command_counts_queues_and_writes_who_has_no_address(
    newcomers,
    mail,
    now,
    tmp_path,
    configured,
):
    configured("courriels: {expediteur: kit@academie.example, adresse: 'https://kit.example'}")
    with db.writing() as session:
        session.execute(
            update(Agent).where(Agent.numero == "D0003").values(courriel_professionnel=None)
        )
    run = lambda *words: CliRunner().invoke(account, ["delivrer", "--courriel", *words])  # noqa: E731
    tried = run("--essai").output.replace("\u00a0", " ")
    assert "1 courriel à faire ; 0 code d’avant sert encore" in tried
    assert "Sans adresse : 2 personnes" in tried
    with db.reading() as session:
        assert session.scalar(select(func.count()).select_from(Mail)) == 0
    made = run("--refus", str(tmp_path / "refus.csv"))
    assert "1 courriel en attente de partir" in made.output.replace("\u00a0", " ")
    rows = list(
        csv.DictReader(io.StringIO((tmp_path / "refus.csv").read_text("utf-8-sig")), delimiter=";")
    )
    assert {one["compte"]: one["raison"][:20] for one in rows} == {
        "chef": "ce compte n’ouvre au", "jdupont2": "aucun courriel profe",
    }  # fmt: skip
    assert (tmp_path / "refus.csv").stat().st_mode & 0o077 == 0


def test_the_command_refuses_what_does_not_go_together(newcomers, tmp_path, monkeypatch):
    monkeypatch.delenv("IPROF_SMTP", raising=False)
    run = lambda *words: CliRunner().invoke(account, ["delivrer", *words]).exception  # noqa: E731
    for words in (
        ("--courriel",),
        ("--courriel", "--dossier", str(tmp_path)),
        ("--refus", "x.csv", "--essai"),
    ):
        assert isinstance(run(*words), InputError), words
