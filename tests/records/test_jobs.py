"""The runner of what the kit does by itself: once each, by one program, whatever stops another."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select

from iprof_kit.base.clock import CLOCKS_DIFFER
from iprof_kit.base.errors import Unavailable
from iprof_kit.commands.desk.jobs import jobs as command
from iprof_kit.records.cases import Case
from iprof_kit.records.database import reading, writing
from iprof_kit.records.journal import audit, seals
from iprof_kit.records.outbox import Job
from iprof_kit.services.jobs import runner
from iprof_kit.services.jobs.runner import Task, give_back, prepare, run_all, run_one, take
from iprof_kit.services.jobs.tasks import TASKS

HOUR = timedelta(hours=1)


@pytest.fixture
def task(database, now):
    """Return a function: a task that is due, by its name, which tells what it did."""
    done = []

    def made(name="essai", work=None, wanted=lambda _session, _now: True):
        def note(moment):
            done.append((name, moment))
            return "fait"

        one = Task(name, "Essayer", HOUR, timedelta(minutes=5), work or note, wanted)
        prepare([one], now)
        return {name: one}

    made.done = done
    return made


def row(name="essai"):
    with reading() as session:
        return session.scalars(select(Job).where(Job.name == name)).one()


def test_what_is_due_is_done_once_and_due_again_later(task, now):
    tasks = task()
    assert run_one(tasks, lambda: now) == "essai"
    assert run_one(tasks, lambda: now) is None
    assert [name for name, _ in task.done] == ["essai"]
    assert (row().due_at, row().outcome, row().leased_until) == (now + HOUR, "fait", None)


@pytest.mark.parametrize("follows", [True, False])
def test_p17_what_people_read_is_dated_by_the_day_of_screens_and_its_lease_by_the_clock(
    task, now, follows
):
    asked = []
    [one] = task(wanted=lambda _session, moment: asked.append(moment) or True).values()
    tasks = {"essai": replace(one, of_screens=follows)}
    screens = now.replace(year=2031)
    assert run_one(tasks, lambda: now, lambda: screens) == "essai"
    expected = screens if follows else now
    assert (asked, task.done) == ([expected], [("essai", expected)])
    assert row().due_at == now + HOUR


def test_p17_what_is_sent_to_people_follows_the_day_of_screens():
    assert {name for name, one in TASKS.items() if one.of_screens} == {
        "envois", "messages", "projets", "reponses",
    }  # fmt: skip


def test_what_another_program_holds_is_left_to_it(task, now):
    tasks = task()
    assert take(tasks, now) is not None
    assert take(tasks, now) is None


def test_programs_that_look_at_the_same_instant_do_each_job_once(task, now):
    tasks = {}
    for number in range(6):
        tasks |= task(f"essai{number}")
    with ThreadPoolExecutor(4) as four:
        list(four.map(lambda _: run_all(tasks, lambda: now), range(4)))
    assert Counter(name for name, _ in task.done) == dict.fromkeys(tasks, 1)


def test_what_a_dead_program_held_is_taken_over_and_its_late_word_counts_no_more(task, now):
    tasks = task()
    dead = take(tasks, now)
    later = now + timedelta(minutes=6)
    assert run_one(tasks, lambda: later) == "essai"
    give_back(dead, "trop tard", later, failed=True)
    assert (row().outcome, row().failures) == ("fait", 0)


YEAR = timedelta(days=365)


def test_what_was_put_off_or_held_while_the_clock_was_wrong_is_done_once_it_is_right(task, now):
    tasks = task()
    assert run_one(tasks, lambda: now + YEAR) == "essai"
    assert run_one(tasks, lambda: now) == "essai"
    assert row().due_at == now + HOUR
    assert run_one(tasks, lambda: now + HOUR - CLOCKS_DIFFER) is None
    assert take(tasks, now + YEAR) is not None  # its program dies with the clock still wrong
    assert run_one(tasks, lambda: now + HOUR) == "essai"


def test_two_programs_whose_clocks_differ_a_little_do_nothing_twice(task, now):
    tasks = task()
    assert take(tasks, now + CLOCKS_DIFFER) is not None
    assert take(tasks, now) is None
    other = task("autre")
    assert run_one(other, lambda: now + CLOCKS_DIFFER) == "autre"
    assert run_one(other, lambda: now) is None


def test_a_clock_that_leaps_ahead_erases_nothing_that_day(database, jean, written, now, configured):
    """In 2036 every thread of today is past its time; nothing brings one back."""
    written("cle-un-fil")
    configured("conservation_automatique: true")
    prepare(TASKS.values(), now)

    def threads():
        with reading() as session:
            return session.scalar(select(func.count(Case.id)))

    assert "conservation" in run_all(TASKS, lambda: now)
    later = now + 10 * YEAR
    assert "conservation" in run_all(TASKS, lambda: later)
    assert (threads(), row("conservation").failures) == (1, 0)
    assert "rien n’est effacé : 3650 jours depuis la dernière fois" in row("conservation").outcome
    assert "conservation" in run_all(TASKS, lambda: now + HOUR)  # it is right again
    assert threads() == 1
    run_all(TASKS, lambda: later)
    run_all(TASKS, lambda: later + timedelta(days=1))  # it was right: the kit had been shut down
    assert threads() == 0


def test_the_one_due_for_longest_comes_first_and_each_is_done_once_a_round(task, now):
    tasks = task("un") | task("deux")
    with writing() as session:
        session.scalars(select(Job).where(Job.name == "deux")).one().due_at = now - HOUR
    assert run_all(tasks, lambda: now) == ["deux", "un"]


def test_what_has_nothing_to_do_is_not_even_begun(task, now):
    tasks = task(wanted=lambda _session, _now: False)
    assert run_one(tasks, lambda: now) is None
    assert (row().begun_at, row().holder) == (None, "")


def fails(_now):
    raise Unavailable("le disque est plein.")


def breaks(_now):
    raise ZeroDivisionError


@pytest.mark.parametrize(("work", "why"), [(fails, "disque est plein"), (breaks, "erreur interne")])
def test_what_fails_says_why_is_tried_later_each_time_and_stops_no_other(task, now, work, why):
    tasks = task("casse", work) | task("bon")
    assert set(run_all(tasks, lambda: now)) == {"casse", "bon"}
    assert why in row("casse").outcome
    pauses, moment = [], now
    for _ in range(12):
        moment = row("casse").due_at
        run_one({"casse": tasks["casse"]}, lambda: moment)  # noqa: B023
        pauses.append(row("casse").due_at - moment)
    assert pauses == sorted(pauses)
    assert pauses[-1] == runner.LAST_RETRY


def test_the_journal_is_sealed_by_the_runner_and_a_server_at_rest_writes_nothing(database, now):
    with writing() as session:
        audit.note(session, at=now, actor="x", action="dossier_lu", subject="dossier:D1")
    prepare(TASKS.values(), now)
    assert run_all(TASKS, lambda: now) == ["scellement"]
    with reading() as session:
        assert seals.waiting(session) == 0
    before = row("scellement").begun_at
    assert run_all(TASKS, lambda: now + HOUR) == []
    assert row("scellement").begun_at == before


def test_backups_and_removals_run_by_themselves_only_where_the_configuration_says_so(
    database, now, configured, tmp_path
):
    prepare(TASKS.values(), now)
    assert run_all(TASKS, lambda: now) == []
    configured(
        "conservation_automatique: true",
        f"sauvegardes: {{dossier: {tmp_path}/ailleurs, destinataires: [{KEY}], garder: 2}}",
    )
    place = tmp_path / "ailleurs"
    place.mkdir()
    for day in range(4):
        moment = now + timedelta(days=day, minutes=day)
        assert {"conservation", "sauvegarde"} <= set(run_all(TASKS, lambda: moment))  # noqa: B023
        if not day:  # one of a former version, counted as one of ours
            next(place.iterdir()).rename(place / "iprof-2020-01-01-0000.zip")
    assert len(list(place.iterdir())) == 2
    assert {one.name.partition(".")[2] for one in place.iterdir()} == {"tar.age"}
    assert all(one.read_bytes().startswith(b"age-encryption.org/v1") for one in place.iterdir())
    assert row("sauvegarde").failures == 0


KEY = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"


def test_the_command_shows_each_job_and_does_what_is_due(database, now):
    answer = CliRunner().invoke(command, ["--une-fois"])
    assert answer.exit_code == 0, answer.output
    assert "Travaux faits" in answer.output
    for task in TASKS.values():
        assert task.label in answer.output
