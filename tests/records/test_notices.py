"""E-mail notices, against a real SMTP server: no word of what waits, once each, nothing lost."""

import email.policy
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from mail_server import HOW, free_port
from sqlalchemy import select

from iprof_kit.base.errors import InputError, Unavailable
from iprof_kit.records.accounts import Account
from iprof_kit.records.cases import Case
from iprof_kit.records.database import reading, writing
from iprof_kit.records.outbox import Mail, NoticeChoice
from iprof_kit.services.contract.avis import AVIS_OPERATIONS
from iprof_kit.services.guichet.operations import NotLoggedIn, run
from iprof_kit.services.jobs.runner import prepare, run_all
from iprof_kit.services.jobs.tasks import TASKS
from iprof_kit.services.notices import outbox
from iprof_kit.services.notices.carrier import Carrier, Connection
from iprof_kit.services.reports.answers import answer, take

SECRET_WORDS = "Votre date de titularisation est corrigée"


@pytest.fixture
def chosen(jean, mail, configured):
    """Jean wants a notice at each message, at the first address of his file."""
    configured("courriels: {expediteur: kit@academie.example, adresse: 'https://kit.example'}")
    place = jean("avis").adresses[0]
    jean("avis_choisir", adresse=place, rythme="chaque", revision=0, cle="avis-choisir-1")
    return place


def report(jean, datum, now):
    """A report of Jean, taken by the service."""
    made = jean("signaler", donnee=datum, indique="Dupond", cle=datum.translate({46: "-", 95: "-"}))
    take(made.signalement.numero, "Équipe B", "ggestion", now)
    return made.signalement.numero


def announced(jean, now):
    """A report of Jean, taken and answered by the service."""
    number = report(jean, "identite.nom", now)
    answer(number, SECRET_WORDS, "ggestion", now)
    return number


def subject_of(letter):
    return email.message_from_bytes(letter.content, policy=email.policy.default)["Subject"]


def send(mail, now):
    return outbox.send_due(Carrier(mail.address, HOW), now)


def mails():
    with reading() as session:
        return list(session.scalars(select(Mail).order_by(Mail.id)))


def test_a_notice_says_that_a_message_waits_and_where_never_what(jean, chosen, mail, now):
    announced(jean, now)
    send(mail, now)
    assert len(mail.letters) == 2
    for letter in mail.letters:
        text = letter.content.decode()
        assert letter.rcpt_tos == [chosen]
        assert "https://kit.example/courrier" in text
        assert "Subject: Kit libre, non =?utf-8?" in text
        assert "titularisation" not in text
        assert "Dupon" not in text
    assert {one.state for one in mails()} == {"remis"}
    assert send(mail, now) == ""


def test_without_a_choice_or_without_a_mail_server_nobody_is_written_to_and_all_else_works(
    jean, now
):
    assert jean("avis").possible is False
    announced(jean, now)
    assert mails() == []


def test_each_event_is_announced_once_whoever_asks_again(jean, chosen, now):
    announced(jean, now)
    with writing() as session:
        for event in session.scalars(select(Case)).one().events:
            if event.role == "service":
                outbox.announce(session, [event], now)
    assert len(mails()) == 2


def test_a_day_has_one_notice_of_what_is_unread(jean, chosen, mail, now):
    jean("avis_choisir", adresse=chosen, rythme="jour", revision=1, cle="avis-choisir-2")
    announced(jean, now)
    assert outbox.digests(now, 7) == "1 avis quotidien préparé"
    assert outbox.digests(now + timedelta(hours=2), 7) == ""
    send(mail, now)
    assert len(mail.letters) == 1


def test_a_daily_notice_tells_what_is_new_and_reminds_once_of_what_is_still_unread(
    jean, chosen, mail, now
):
    jean("avis_choisir", adresse=chosen, rythme="jour", revision=1, cle="avis-choisir-8")
    announced(jean, now)
    days = [day for day in range(30) if outbox.digests(now + timedelta(days=day), 7)]
    assert days == [0, 7]
    assert [one.waiting for one in mails()] == [2, 2]
    report(jean, "identite.date_naissance", now + timedelta(days=40))
    assert outbox.digests(now + timedelta(days=40), 7)
    assert mails()[-1].waiting == 1  # the new one, not the two that were told
    send(mail, now + timedelta(days=40))
    subjects = [subject_of(letter) for letter in mail.letters]
    assert [one.rpartition(": ")[2] for one in subjects] == [
        "2 messages vous attendent", "2 messages vous attendent toujours", "un message vous attend",
    ]  # fmt: skip


def test_what_was_read_is_neither_told_nor_reminded_and_no_reminder_may_be_wanted(
    jean, chosen, now
):
    jean("avis_choisir", adresse=chosen, rythme="jour", revision=1, cle="avis-choisir-9")
    number = announced(jean, now)
    assert outbox.digests(now, 0)
    assert outbox.digests(now + timedelta(days=90), 0) == ""
    fil = next(one for one in jean("courrier").fils if one.numero == number)
    jean("courrier_fil", id=fil.id)
    assert outbox.digests(now + timedelta(days=91), 7) == ""


def test_a_notice_without_a_mail_server_is_given_up_after_two_days_and_this_is_told(
    jean, chosen, mail, now, monkeypatch
):
    announced(jean, now)
    monkeypatch.delenv("IPROF_SMTP")
    prepare(TASKS.values(), now)
    assert "avis" not in run_all(TASKS, lambda: now + timedelta(days=1))
    assert {one.state for one in mails()} == {"prepare"}
    later = now + timedelta(days=2, minutes=1)
    assert "avis" in run_all(TASKS, lambda: later)
    assert {(one.state, one.reply) for one in mails()} == {("abandonne", outbox.NO_SERVER)}
    now_read = jean("avis")
    assert (now_read.possible, now_read.rythme) == (False, "chaque")
    assert [one.etat for one in now_read.derniers] == ["abandonne", "abandonne"]
    monkeypatch.setenv("IPROF_SMTP", mail.address)
    assert send(mail, later) == ""  # old news does not leave when a server comes


def test_a_line_cut_in_the_middle_is_tried_again_under_the_same_name(jean, chosen, mail, now):
    mail.cut = 1
    announced(jean, now)
    send(mail, now)
    assert "echoue" in {one.state for one in mails()}
    send(mail, now + timedelta(minutes=2))
    names = [line for letter in mail.letters for line in letter.content.decode().splitlines()
             if line.lower().startswith("message-id")]  # fmt: skip
    assert {one.state for one in mails()} == {"remis"}
    assert (len(names), len(set(names))) == (3, 2)


def test_two_programs_that_send_at_the_same_instant_send_each_notice_once(jean, mail, now):
    with reading() as session:
        account = session.scalar(select(Account.id))
    with writing() as session:
        session.add_all(
            Mail(key=f"message:{number}:{account}", account_id=account, address="jean@example.org",
                 waiting=1, state="prepare", prepared_at=now, next_at=now)
            for number in range(30)
        )  # fmt: skip
    with ThreadPoolExecutor(2) as both:
        list(both.map(lambda _: send(mail, now), range(2)))
    assert {one.state for one in mails()} == {"remis"}
    assert len({letter.content for letter in mail.letters}) == len(mail.letters) == 30


def test_a_notice_handed_when_the_kit_was_killed_is_sent_again_later(jean, chosen, mail, now):
    announced(jean, now)
    with writing() as session:
        for one in session.scalars(select(Mail)):
            one.state, one.attempts, one.next_at = "envoye", 1, now + timedelta(minutes=1)
    assert send(mail, now) == ""
    send(mail, now + timedelta(minutes=1))
    assert {one.state for one in mails()} == {"remis"}


@pytest.mark.parametrize(
    ("reply", "state"), [("550 unknown", "abandonne"), ("451 later", "echoue")]
)
def test_an_address_that_does_not_exist_is_given_up_a_busy_server_is_asked_again(
    jean, chosen, mail, now, reply, state
):
    mail.refuse = [reply, reply]
    announced(jean, now)
    send(mail, now)
    assert {one.state for one in mails()} == {state}
    assert {one.reply for one in mails()} == {reply}


@pytest.mark.parametrize("address", ["a@x.fr\nBcc: b@x.fr", "<>", "a@[", "x" * 240 + "@x.fr"])
def test_w20_an_address_that_is_none_is_given_up_and_holds_nobody_up(
    jean, chosen, mail, now, address
):
    announced(jean, now)
    with writing() as session:
        first = session.scalars(select(Mail).order_by(Mail.id).limit(1)).one()
        first.address = address
        first.next_at = now - timedelta(minutes=5)
    mail.refuse = [] if "\n" in address or "[" in address else ["550 no"]
    send(mail, now)
    assert sorted(one.state for one in mails()) == ["abandonne", "remis"]
    assert len(mail.letters) == 1


def test_what_never_succeeds_is_given_up_at_last(jean, chosen, mail, now):
    mail.refuse = ["451 later"] * 100
    announced(jean, now)
    moment = now
    for _ in range(10):
        send(mail, moment)
        moment += timedelta(days=2)
    assert {one.state for one in mails()} == {"abandonne"}
    assert {one.attempts for one in mails()} == {7}


def test_a_server_that_does_not_answer_loses_nothing(jean, chosen, now):
    announced(jean, now)
    nobody = Carrier(f"smtp://127.0.0.1:{free_port()}", HOW)
    with pytest.raises(Unavailable, match="restent en attente"):
        outbox.send_due(nobody, now)
    assert {one.state for one in mails()} == {"prepare"}


@pytest.mark.parametrize("server", ["mail.example", "http://x.example", "smtp://:25", "smtp://x:z"])
def test_a_server_that_is_no_address_is_refused_without_repeating_it(server, now):
    with pytest.raises(InputError) as refused, Carrier(server, HOW).open():
        pass
    assert server not in str(refused.value)


def test_no_more_notices_are_sent_once_she_says_so_and_her_address_is_forgotten(
    jean, chosen, mail, now
):
    announced(jean, now)
    jean("avis_choisir", rythme="jamais", revision=1, cle="avis-choisir-3")
    assert send(mail, now) == ""
    with reading() as session:
        assert session.scalars(select(NoticeChoice)).one().address == ""


def test_who_says_no_more_while_her_notice_leaves_keeps_nobody_else_s_back(
    jean, chosen, mail, now, monkeypatch
):
    announced(jean, now)
    send_one = Connection.send

    def send_then_leave(line, letter):
        reply = send_one(line, letter)
        if len(mail.letters) == 1:
            jean("avis_choisir", rythme="jamais", revision=1, cle="avis-choisir-7")
        return reply

    monkeypatch.setattr(Connection, "send", send_then_leave)
    assert send(mail, now) == "1 avis remis"
    assert mails() == []


def test_an_address_that_is_not_of_her_file_is_refused_and_a_stale_choice_told(jean, chosen):
    other = jean("avis_choisir", adresse="x@ailleurs.example", rythme="jour", revision=1,
                 cle="avis-choisir-4")  # fmt: skip
    assert [one.champ for one in other.erreurs] == ["adresse"]
    late = jean("avis_choisir", adresse=chosen, rythme="jour", revision=0, cle="avis-choisir-5")
    assert (late.issue, late.avis.rythme) == ("conflit", "chaque")


@pytest.mark.parametrize("op", AVIS_OPERATIONS)
def test_a_stranger_and_another_teacher_learn_and_change_nothing(teachers, chosen, now, op):
    args = {} if op == "avis" else {"rythme": "jamais", "revision": 0, "cle": "avis-choisir-6"}
    with pytest.raises(NotLoggedIn):
        run(None, op, args, now)
    lu = run(teachers["jdupont2"], op, args, now)
    assert chosen not in str(lu)
    with reading() as session:
        kept = select(NoticeChoice.pace).where(NoticeChoice.name == "jdupont")
        assert session.scalars(kept).one() == "chaque"
