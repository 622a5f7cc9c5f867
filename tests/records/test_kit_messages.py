"""The messages that the kit writes by itself: once each, to their person alone, or not at all."""

import io
import json
import threading
from datetime import UTC, datetime, timedelta
from zipfile import ZipFile

import pytest
from record_pieces import TEAM_B
from sqlalchemy import delete, func, select

from iprof_kit.base.errors import InputError, Refused, Unavailable
from iprof_kit.records.accounts import Account
from iprof_kit.records.agents import Agent
from iprof_kit.records.cases import Case, CaseEvent
from iprof_kit.records.database import reading, writing
from iprof_kit.records.outbox import Job, KitChoice, KitLook, KitMessage, Mail
from iprof_kit.services.access.accounts import (
    NewAccount,
    change_password,
    create_account,
    issue_reset_link,
    use_reset_link,
)
from iprof_kit.services.access.login import identity_of
from iprof_kit.services.access.own_file import owner_of
from iprof_kit.services.campaigns.giving import add_campaign
from iprof_kit.services.contract.kit_messages import KIT_MESSAGES_OPERATIONS
from iprof_kit.services.desk.portfolios import hand_over
from iprof_kit.services.dossier.storing import save_dossier
from iprof_kit.services.guichet.operations import NotLoggedIn, run
from iprof_kit.services.jobs.runner import prepare, run_all
from iprof_kit.services.jobs.tasks import TASKS
from iprof_kit.services.kit_messages import deducing, looking, questioning
from iprof_kit.services.kit_messages.once import send
from iprof_kit.services.kit_messages.questioning import Questioner
from iprof_kit.services.own_data.archive import write_archive
from iprof_kit.services.own_data.erasure import erase

SOON = datetime(2027, 1, 15, 9, 0, tzinfo=UTC)
"""Six weeks before the échelon of each of the two: 11e and 6e, 1 March 2027 (décret 90-680)."""
WHO = {"cfabre": "D0014", "sattoumani": "D0016"}
PASSWORD, NUMEN = "quatre mots sans lien", "01E0123456ABC"


class Here:
    """The process that holds the law, without a process: what it is asked is answered here."""

    def __init__(self, added):
        self.added = added

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    def ask(self, dossiers, today):
        return [deducing.look(one, today, self.added) for one in dossiers]


@pytest.fixture
def two(database, dossiers, now, monkeypatch):
    """Two teachers with an échelon to come, as the server knows them: the law is asked here."""
    monkeypatch.setattr(looking, "Questioner", Here)
    for compte, numero in WHO.items():
        save_dossier(dossiers[numero], "test", now)
        create_account(NewAccount(compte, ("enseignant",), numero, password=PASSWORD), "test", now)
    return known()


def known():
    with reading() as session:
        accounts = session.scalars(select(Account))
        return {one.compte: identity_of(one, SOON.date()) for one in accounts}


def subjects(identity, when=SOON):
    return [one.objet for one in run(identity, "courrier", {"vue": "kit"}, when).fils]


def count(table):
    with reading() as session:
        return session.scalar(select(func.count(table.id)))


def test_each_person_is_written_to_once_however_often_the_round_runs(two):
    assert looking.write_due(SOON) == "2 messages écrits, 2 dossiers lus"
    assert looking.write_due(SOON) == ""
    assert looking.write_due(SOON + timedelta(days=20)) == ""
    with writing() as session:
        session.execute(delete(KitLook))
    assert looking.write_due(SOON) == "2 dossiers lus"
    for identity in two.values():
        [subject] = subjects(identity)
        assert subject.startswith("Kit libre, non officiel\u00a0: ")
        assert "1er mars 2027" in subject
    with reading() as session:
        assert set(session.scalars(select(CaseEvent.role))) == {"kit"}


def test_a_message_is_unread_once_says_its_source_and_takes_no_answer(two):
    looking.write_due(SOON)
    hers = two["cfabre"]
    assert run(hers, "session.qui", {}, SOON).nouveaux == 1
    assert run(hers, "courrier_comptes", {}, SOON).kit == 1
    [thread] = run(hers, "courrier", {"vue": "kit"}, SOON).fils
    read = run(hers, "courrier_fil", {"id": thread.id}, SOON)
    assert (thread.libelle, read.actes) == ("Pour information", [])
    [event] = read.evenements
    assert event.source.startswith("votre copie du 12 novembre 2026 (AGAPE)")
    assert event.adresse == "/perspectives/promotions"
    assert run(hers, "session.qui", {}, SOON).nouveaux == 0
    asked = {"id": thread.id, "acte": "completer", "texte": "Merci", "cle": "completer-1"}
    assert run(hers, "courrier_agir", asked, SOON).erreurs


def test_nobody_else_reads_it_not_even_who_follows_the_file(two, manager):
    looking.write_due(SOON)
    [thread] = run(two["cfabre"], "courrier", {"vue": "kit"}, SOON).fils
    with pytest.raises(Refused):
        run(two["sattoumani"], "courrier_fil", {"id": thread.id}, SOON)
    with pytest.raises(NotLoggedIn):
        run(None, "courrier_fil", {"id": thread.id}, SOON)
    desk = manager("gmorel", ("06",))
    with pytest.raises((Refused, InputError)):
        desk("bureau_fil", SOON, id=thread.id)
    assert desk("bureau", SOON).fils == []


def test_two_runners_at_once_write_it_once(two, monkeypatch):
    both = threading.Barrier(2, timeout=30)

    class Together(Here):
        def ask(self, dossiers, today):
            answers = super().ask(dossiers, today)
            both.wait()  # each has read that nothing was written
            return answers

    monkeypatch.setattr(looking, "Questioner", Together)
    said = []
    runners = [threading.Thread(target=lambda: said.append(looking.write_due(SOON)))
               for _ in range(2)]  # fmt: skip
    for one in runners:
        one.start()
    for one in runners:
        one.join(60)
    assert sorted(said) == ["2 dossiers lus", "2 messages écrits, 2 dossiers lus"]
    assert count(Case) == count(KitMessage) == 2


def test_a_round_that_is_killed_goes_on_where_it_stopped(two, monkeypatch):
    class Killed(Here):
        asked = 0

        def ask(self, dossiers, today):
            Killed.asked += 1
            if Killed.asked == 2:
                raise KeyboardInterrupt
            return super().ask(dossiers, today)

    monkeypatch.setattr(looking, "Questioner", Killed)
    monkeypatch.setattr(looking, "AT_ONCE", 1)
    with pytest.raises(KeyboardInterrupt):
        looking.write_due(SOON)
    assert count(Case) == 1
    assert looking.write_due(SOON) == "1 message écrit, 1 dossier lu"
    assert count(Case) == 2


def test_what_is_killed_inside_a_batch_leaves_nothing_and_is_done_again(two, monkeypatch):
    def sends_then_dies(*given):
        send(*given)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(looking, "send", sends_then_dies)
        with pytest.raises(KeyboardInterrupt):
            looking.write_due(SOON)
    assert count(Case) == count(KitMessage) == 0
    assert looking.write_due(SOON) == "2 messages écrits, 2 dossiers lus"


def test_a_round_has_a_limit_and_the_next_one_begins_after_it(two):
    assert looking.write_due(SOON, most=1) == "1 message écrit, 1 dossier lu"
    assert looking.write_due(SOON, most=1) == "1 message écrit, 1 dossier lu"
    assert looking.write_due(SOON, most=1) == ""


def test_a_message_that_retention_removed_is_not_written_again(two):
    looking.write_due(SOON)
    with writing() as session:
        session.execute(delete(CaseEvent))
        session.execute(delete(Case))
        session.execute(delete(KitLook))
    assert looking.write_due(SOON) == "2 dossiers lus"
    assert count(Case) == 0


def test_a_file_without_account_and_an_account_without_file_are_left_alone(two, dossiers, now):
    save_dossier(dossiers["D0002"], "test", now)  # 10e échelon on 1 March 2027, nobody logs in
    create_account(NewAccount("aadmin", ("administrateur",), password=PASSWORD), "test", now)
    assert looking.write_due(SOON) == "2 messages écrits, 2 dossiers lus"


def test_a_file_that_an_import_changes_is_looked_at_again(two, dossiers, now):
    before = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
    assert looking.write_due(before) == "2 dossiers lus"
    assert looking.write_due(before) == ""
    lines = dossiers["D0016"].echelons
    earlier = lines[-1].model_copy(update={"date_effet": lines[-1].date_effet.replace(month=7)})
    changed = dossiers["D0016"].model_copy(update={"echelons": (*lines[:-1], earlier)})
    save_dossier(changed, "test", before)
    assert looking.write_due(before) == "1 message écrit, 1 dossier lu"
    [subject] = subjects(two["sattoumani"], before)
    assert "1er janvier 2027" in subject


def test_a_change_of_the_law_s_tables_makes_every_file_worth_a_look(two, monkeypatch):
    looking.write_due(SOON)
    monkeypatch.setattr(looking, "law_mark", lambda _: "autre")
    assert looking.write_due(SOON) == "2 dossiers lus"


def test_the_report_of_the_job_counts_and_names_nobody(two, configured):
    configured("messages: true")
    prepare(TASKS.values(), SOON)
    assert "messages" in run_all(TASKS, lambda: SOON)
    with reading() as session:
        row = session.scalars(select(Job).where(Job.name == "messages")).one()
    assert (row.outcome, row.failures) == ("2 messages écrits, 2 dossiers lus", 0)


def test_an_installation_that_does_not_ask_for_it_writes_nothing(two):
    prepare(TASKS.values(), SOON)
    assert "messages" not in run_all(TASKS, lambda: SOON)
    assert run(two["cfabre"], "messages_kit", {}, SOON).possible is False
    assert count(Case) == 0


def test_the_e_mail_says_that_a_message_waits_and_nothing_of_it(two, monkeypatch, configured):
    configured("courriels: {expediteur: kit@academie.example, adresse: 'https://kit.example'}")
    monkeypatch.setenv("IPROF_SMTP", "smtp://127.0.0.1:9")
    hers = two["cfabre"]
    place = run(hers, "avis", {}, SOON).adresses[0]
    wanted = {"adresse": place, "rythme": "chaque", "revision": 0, "cle": "avis-choisir-1"}
    run(hers, "avis_choisir", wanted, SOON)
    looking.write_due(SOON)
    with reading() as session:
        [mail] = session.scalars(select(Mail))
        assert (mail.address, mail.waiting, mail.state) == (place, 1, "prepare")
        columns = set(Mail.__table__.columns.keys())
    assert not columns & {"text", "subject", "source"}


def choose(identity, *wanted, revision=0):
    given = {"voulues": list(wanted), "revision": revision, "cle": f"messages-choisir-{revision}"}
    return run(identity, "messages_kit_choisir", given, SOON)


def test_a_kind_that_is_refused_is_not_written_until_it_is_wanted_again(two):
    done = choose(two["cfabre"], "rendez_vous", "mouvement", "suivi")
    assert done.issue == "enregistre"
    assert {one.code: one.voulue for one in done.choix.familles}["carriere"] is False
    choose(two["sattoumani"])
    assert looking.write_due(SOON) == "2 dossiers lus"
    assert all(not one.voulue for one in run(two["sattoumani"], "messages_kit", {}, SOON).familles)
    choose(two["cfabre"], "carriere", revision=1)
    assert looking.write_due(SOON) == "1 message écrit, 1 dossier lu"
    assert subjects(two["sattoumani"]) == []
    assert choose(two["cfabre"], revision=1).issue == "enregistre"  # the same order, twice
    late = run(two["cfabre"], "messages_kit_choisir",
               {"voulues": [], "revision": 0, "cle": "messages-trop-tard"}, SOON)  # fmt: skip
    assert late.issue == "conflit"


DEADLINE = """\
id: interdepartemental_1d_2027
service: interdepartemental_1d
annee: 2027
etapes:
  - {etape: saisie_voeux_siam, au: 2027-01-22, source: essai, confiance: A}
"""


def deadline(tmp_path):
    """Give the dates of a campaign in which an act ends seven days after `SOON`."""
    file = tmp_path / "campagne.yml"
    file.write_text(DEADLINE, encoding="utf-8")
    add_campaign(file, "essai", SOON)


def reminders(identity, when):
    return [one for one in subjects(identity, when) if "avant la fin" in one]


def test_the_end_of_an_act_is_recalled_twice_and_no_more_however_often_the_round_runs(
    two, tmp_path
):
    looking.write_due(SOON)  # a look from before the dates were given
    deadline(tmp_path)
    for day, expected in enumerate([1, 1, 1, 1, 1, 2, 2, 2, 2]):
        when = SOON + timedelta(days=day)
        looking.write_due(when)
        assert len(reminders(two["cfabre"], when)) == expected


def test_what_she_has_noted_as_done_is_recalled_no_more_and_she_may_refuse_all_of_it(two, tmp_path):
    deadline(tmp_path)
    done = {"campagne": "interdepartemental_1d_2027", "etape": "saisie_voeux_siam",
            "nature": "fait", "cle": "note-faite"}  # fmt: skip
    run(two["cfabre"], "services_noter", done, SOON)
    choose(two["sattoumani"], "carriere")
    looking.write_due(SOON)
    assert reminders(two["cfabre"], SOON) == reminders(two["sattoumani"], SOON) == []


@pytest.mark.parametrize("op", KIT_MESSAGES_OPERATIONS)
def test_a_stranger_and_another_teacher_learn_and_change_nothing(two, op):
    choose(two["cfabre"], "mouvement")
    args = {} if op == "messages_kit" else {"revision": 0, "cle": "messages-choisir-9"}
    with pytest.raises(NotLoggedIn):
        run(None, op, args, SOON)
    run(two["sattoumani"], op, args, SOON)
    with reading() as session:
        kept = session.scalars(select(KitChoice.refused).where(KitChoice.numero == "D0014")).one()
    assert kept == "carriere rendez_vous echeance suivi"


def test_everything_of_them_is_taken_away_and_goes_with_the_person(two):
    choose(two["cfabre"], "carriere")
    looking.write_due(SOON)
    out = io.BytesIO()
    write_archive(owner_of(two["cfabre"]), out, SOON)
    with ZipFile(out) as pack:
        [thread] = [name for name in pack.namelist() if name.endswith("fil.json")]
        assert "11e échelon" in json.loads(pack.read(thread))["objet"]
        assert "tables/kit_messages.json" in pack.namelist()
    erase("D0014", "demande de la personne", "test", SOON)
    assert [count(table) for table in (Case, KitMessage, KitLook, KitChoice)] == [1, 1, 1, 0]


def test_a_first_login_by_numen_is_told_once_by_whatever_way_it_was_opened(two, dossiers, now):
    for compte, numero in (("jdupont", "D0001"), ("jdupont2", "D0003")):
        save_dossier(dossiers[numero], "test", now)
        create_account(NewAccount(compte, ("enseignant",), numero, numen=NUMEN), "test", now)
    people = known()
    assert looking.write_due(now) == "4 dossiers lus"
    change_password(people["jdupont"], "cinq mots sans lien ici", now)
    link = issue_reset_link("jdupont2", now)
    use_reset_link(link.token, "six autres mots sans lien", now)
    change_password(people["cfabre"], "sept mots sans aucun lien", now, current=PASSWORD)
    assert looking.write_due(now) == "2 messages écrits"
    assert looking.write_due(now) == ""
    [thread] = run(people["jdupont"], "courrier", {"vue": "kit"}, now).fils
    assert thread.objet == "Kit libre, non officiel\u00a0: première connexion à votre compte"
    [event] = run(people["jdupont"], "courrier_fil", {"id": thread.id}, now).evenements
    assert "ouvert le 25 novembre 2026 à 10\xa0h\xa000" in event.texte
    assert NUMEN not in event.texte
    change_password(people["jdupont"], "huit mots de plus sans lien", now,
                    current="cinq mots sans lien ici")  # fmt: skip
    assert looking.write_due(now) == ""


def test_another_service_is_told_once_to_those_whom_it_follows(two, manager, now):
    manager("gmorel", ("06", "063"))
    manager("gencore", ("10",))
    manager("gautre", ("10", "001"), service="Équipe C")
    hand_over("gmorel", "gencore", now.date(), "test", now)  # the same service
    assert looking.write_due(now) == "4 dossiers lus"
    hand_over("gencore", "gautre", now.date() + timedelta(days=6), "test", now, service="Équipe C")
    assert looking.write_due(now) == "2 messages écrits"  # Christine Fabre, Jean Dupont
    assert looking.write_due(now + timedelta(days=10)) == ""
    [thread] = run(two["cfabre"], "courrier", {"vue": "kit"}, now).fils
    [event] = run(two["cfabre"], "courrier_fil", {"id": thread.id}, now).evenements
    assert "à partir du 1er décembre 2026 par\u00a0: Équipe C" in event.texte
    assert f"Jusque-là\u00a0: {TEAM_B}" in event.texte
    assert subjects(two["sattoumani"], now) == []


def falling(monkeypatch, tmp_path, words):
    """Put in place of the law a module that does something else."""
    (tmp_path / "falling.py").write_text(words, "utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setattr(looking, "Questioner", lambda _: Questioner(module="falling"))


FALLS_ON_ONE = """import os
from iprof_kit.services.kit_messages.deducing import answer as deduced
def answer(message):
    if b'"D0014"' in message:
        os._exit(1)
    return deduced(message)
"""


def test_the_law_is_asked_in_a_process_and_the_file_on_which_it_falls_is_left_out_alone(
    two, monkeypatch, tmp_path
):
    falling(monkeypatch, tmp_path, FALLS_ON_ONE)
    assert looking.write_due(SOON) == "1 message écrit, 2 dossiers lus, 1 dossier non calculé"
    assert looking.write_due(SOON) == ""
    assert subjects(two["cfabre"]) == []
    assert len(subjects(two["sattoumani"])) == 1


def test_a_process_that_always_falls_is_not_started_for_ever(two, monkeypatch, tmp_path):
    falling(monkeypatch, tmp_path, "import os\ndef answer(_message):\n    os._exit(1)\n")
    monkeypatch.setattr(questioning, "MOST_FALLS", 1)
    with pytest.raises(Unavailable, match="trop souvent"):
        looking.write_due(SOON)
    assert count(KitLook) == 0


def test_where_no_file_can_be_answered_the_job_fails_and_leaves_nobody_out(
    two, monkeypatch, tmp_path
):
    falling(monkeypatch, tmp_path, "def answer(_message):\n    raise OSError\n")
    with pytest.raises(Unavailable, match="aucun dossier"):
        looking.write_due(SOON)
    assert count(KitLook) == 0


def test_a_person_who_is_erased_while_it_is_deduced_stops_nobody(two, monkeypatch):
    class Meanwhile(Here):
        def ask(self, dossiers, today):
            answers = super().ask(dossiers, today)
            erase("D0014", "demande de la personne", "test", SOON)
            return answers

    monkeypatch.setattr(looking, "Questioner", Meanwhile)
    assert looking.write_due(SOON).startswith("1 message écrit")
    with reading() as session:
        assert list(session.scalars(select(Agent.numero))) == ["D0016"]
