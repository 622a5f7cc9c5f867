from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from iprof_kit.records import database as db
from iprof_kit.records import marks
from iprof_kit.records.accounts import Account, LoginAttempt
from iprof_kit.records.journal import audit
from iprof_kit.services.access import attempts, passwords
from iprof_kit.services.access.accounts import NewAccount, authenticate, create_account
from iprof_kit.services.access.attempts import LONGEST_PAUSE
from iprof_kit.services.access.login import begin, end, verify
from iprof_kit.services.dossier.storing import save_dossier

PASSWORD = "quatre mots sans lien"
NUMEN = "06E0854321LMN"
HOME, STRANGER = "192.0.2.1", "198.51.100.7"


@pytest.fixture
def jean(database, dossiers, now):
    save_dossier(dossiers["D0001"], "test", now)
    create_account(NewAccount("jdupont", ("enseignant",), "D0001", password=PASSWORD), "test", now)


@pytest.fixture
def marie(database, dossiers, now):
    save_dossier(dossiers["D0002"], "test", now)
    create_account(NewAccount("mlaurent", ("enseignant",), "D0002", numen=NUMEN), "test", now)


def test_the_right_password_opens_as_the_person(jean, now):
    result = authenticate("jdupont", PASSWORD, HOME, now)
    assert result.identity.compte == "jdupont"
    assert result.identity.roles == ("enseignant",)
    assert result.identity.numero_dossier == "D0001"
    assert not result.must_change


@pytest.mark.parametrize("typed", [" jdupont ", "JDupont"])
def test_the_account_is_read_as_people_type_it(jean, now, typed):
    assert authenticate(typed, PASSWORD, HOME, now).identity


@pytest.mark.parametrize(
    ("compte", "password"),
    [("jdupont", "autre"), ("jdupont2", PASSWORD), ("", ""), ("jdupont", ""),
     ("jdupont", "x" * 100_000), ("x" * 100_000, PASSWORD), ("jdu\0pont", PASSWORD),
     ("jdupont", "\ud800"), ("\ud800", "x"), ("jdupont' OR 1=1 --", PASSWORD)],
)  # fmt: skip
def test_any_other_pair_gets_the_same_answer(jean, now, compte, password):
    result = authenticate(compte, password, HOME, now)
    assert result.identity is None
    assert result.message == "Compte ou mot de passe inconnu."


def test_accents_typed_one_way_or_the_other_are_the_same_password(jean, dossiers, now):
    save_dossier(dossiers["D0003"], "test", now)
    new = NewAccount("jdupont2", ("enseignant",), "D0003", password="été à la montagne")
    create_account(new, "test", now)
    assert authenticate("jdupont2", "e\u0301te\u0301 a\u0300 la montagne", HOME, now).identity


def test_an_unknown_account_costs_one_hash_as_a_known_one_does(jean, now, monkeypatch):
    verified = []

    class Counting:
        def verify(self, stored, secret):
            verified.append(stored)
            return cheap.verify(stored, secret)

        def hash(self, secret):
            return cheap.hash(secret)

    cheap = passwords.hasher
    monkeypatch.setattr(passwords, "hasher", Counting())
    authenticate("personne", PASSWORD, HOME, now)
    authenticate("jdupont", "autre mot de passe", HOME, now)
    assert [stored[:9] for stored in verified] == ["$argon2id", "$argon2id"]


def fail(times, now, address=STRANGER):
    results = []
    for _ in range(times):
        result = authenticate("jdupont", "faux", address, now)
        results.append(result.wait_seconds)
        now += timedelta(seconds=result.wait_seconds)
    return results, now


def test_the_delay_grows_from_the_third_failure_and_stops_at_a_quarter_of_an_hour(jean, now):
    waits, _ = fail(12, now)
    assert waits == [0, 0, 5, 10, 20, 40, 80, 160, 320, 640, 900, 900]


def test_attempts_sent_together_are_all_counted(jean, now, monkeypatch):
    tried = []
    checked = passwords.matches
    monkeypatch.setattr(passwords, "matches", lambda *args: tried.append(1) or checked(*args))
    with ThreadPoolExecutor(10) as pool:
        for done in [
            pool.submit(authenticate, "jdupont", "faux", STRANGER, now) for _ in range(10)
        ]:
            assert done.result().identity is None
    assert 1 <= len(tried) <= 3


def test_during_the_delay_even_the_right_password_waits(jean, now):
    fail(3, now)
    result = authenticate("jdupont", PASSWORD, STRANGER, now + timedelta(seconds=1))
    assert result.identity is None
    assert result.wait_seconds == 4
    assert result.message == "Nouvel essai possible dans 4 secondes."
    assert authenticate("jdupont", PASSWORD, STRANGER, now + timedelta(seconds=5)).identity


def test_who_insists_during_the_delay_writes_nothing(jean, now, monkeypatch):
    """A lock of the database would be held against everybody who logs in."""
    fail(3, now)

    def never():
        raise AssertionError("it was written")

    monkeypatch.setattr(attempts, "writing", never)
    assert authenticate("jdupont", "faux", STRANGER, now).wait_seconds == 5


def test_a_stranger_delays_himself_and_never_the_person(jean, now):
    _, later = fail(12, now)
    assert authenticate("jdupont", PASSWORD, HOME, later).identity


@pytest.mark.parametrize("places", [1, 12])
def test_nobody_waits_for_days_because_the_clock_was_wrong_for_a_moment(jean, now, places):
    wrong = now + timedelta(days=3)
    for number in range(places):
        fail(9, wrong, f"203.0.113.{number}")
    assert authenticate("jdupont", PASSWORD, "203.0.113.0", now).identity


def test_changing_address_inside_one_ipv6_network_does_not_help(jean, now):
    fail(3, now, "2001:db8::1")
    assert authenticate("jdupont", "faux", "2001:db8::2", now).wait_seconds == 5
    assert authenticate("jdupont", "faux", "2001:db8:0:1::2", now).wait_seconds == 0


def test_a_success_forgets_the_failures(jean, now):
    fail(2, now)
    assert authenticate("jdupont", PASSWORD, STRANGER, now).identity
    assert fail(2, now)[0] == [0, 0]


def test_failures_of_yesterday_are_forgotten_and_their_rows_removed(jean, now):
    fail(5, now)
    tomorrow = now + timedelta(days=1, minutes=2)
    assert authenticate("autre", "faux", HOME, tomorrow).wait_seconds == 0
    with db.reading() as session:
        count = session.scalar(select(func.count()).select_from(LoginAttempt))
    assert count == 3  # the pair of today, its place and its account


def from_places(count, now, account="jdupont"):
    """Fail on one account from as many places; return what each is told to wait before."""
    return [authenticate(account, "faux", f"203.0.113.{n}", now).wait_seconds for n in range(count)]


@pytest.mark.parametrize("account", ["jdupont", "personne"])
def test_w15_an_account_that_many_places_try_waits_whoever_asks(jean, now, account):
    assert from_places(7, now, account)[-1] == 5
    later = now + timedelta(seconds=5)
    told = authenticate(account, PASSWORD, "203.0.113.90", now + timedelta(seconds=4))
    assert (told.identity, told.wait_seconds) == (None, 1)
    assert "beaucoup d’endroits" in told.message
    assert (authenticate(account, PASSWORD, "203.0.113.90", later).identity is None) == (
        account == "personne"
    )


def test_w15_the_wait_of_an_account_is_a_minute_at_most(jean, now):
    waits = []
    for n in range(60):
        attempt = begin("jdupont", f"203.0.113.{n}", now)
        waits.append(attempt.refused.wait_seconds if attempt.refused else 0)
        now += timedelta(seconds=waits[-1])
    assert max(waits) == 60


def test_w15_where_somebody_has_entered_nobody_s_guesses_hold_her_up(jean, now):
    assert authenticate("jdupont", PASSWORD, HOME, now).identity
    later = now + timedelta(days=30)
    assert from_places(12, later)[-1] > 0
    assert authenticate("jdupont", PASSWORD, HOME, later).identity


def test_w15_a_place_that_is_known_is_forgotten_after_a_while(jean, now):
    assert authenticate("jdupont", PASSWORD, HOME, now).identity
    later = now + attempts.FAMILIAR + timedelta(days=2)
    assert from_places(7, later)[-1] > 0
    assert authenticate("jdupont", PASSWORD, HOME, later).identity is None


def test_w15_who_entered_is_known_through_a_change_of_version_and_waits_for_nothing(jean, now):
    assert authenticate("jdupont", PASSWORD, HOME, now).identity
    with db.reading() as session:
        [row] = session.scalars(select(LoginAttempt).where(LoginAttempt.known_until.is_not(None)))
    assert (row.blocked_until, row.known_until) == (now, now + attempts.FAMILIAR)
    db.migrate("0022", down=True)
    db.migrate("head")
    assert from_places(12, now)[-1] > 0
    assert authenticate("jdupont", PASSWORD, HOME, now).identity


def test_w15_guesses_sent_together_from_many_places_are_all_counted(jean, now, monkeypatch):
    tried = []
    monkeypatch.setattr(passwords, "matches", lambda *_: tried.append(1) or False)
    with ThreadPoolExecutor(10) as pool:
        list(pool.map(lambda n: authenticate("jdupont", "faux", f"198.51.{n}.7", now), range(20)))
    assert len(tried) <= attempts.FREE_PLACES + 1


def spray(accounts, now, address=STRANGER):
    """Try a password on many accounts; return the pause before each is looked at."""
    return [begin(f"compte{number}", address, now).pause for number in range(accounts)]


def test_many_accounts_tried_from_one_place_are_slowed_softly(jean, now):
    pauses = spray(60, now)
    assert pauses[:10] == [0] * 10
    assert pauses[10:] == sorted(pauses[10:])
    assert pauses[10] == 0.1
    assert pauses[-1] == LONGEST_PAUSE == 3
    assert sum(pauses) > 100  # it was a few seconds


def test_nobody_is_locked_out_by_who_tries_many_accounts(jean, now):
    spray(60, now)
    there = begin("jdupont", STRANGER, now)
    assert (there.refused, there.pause) == (None, LONGEST_PAUSE)
    assert end(there, verify(there, PASSWORD)).identity
    assert begin("jdupont", HOME, now).pause == 0


def test_a_whole_ipv6_network_is_one_place(jean, now):
    for number in range(60):
        begin(f"compte{number}", f"2001:db8::{number:x}", now)
    assert begin("jdupont", "2001:db8::ffff", now).pause == LONGEST_PAUSE
    assert begin("jdupont", "2001:db8:0:1::1", now).pause == 0


def test_a_school_whose_teachers_enter_is_never_slowed(jean, now):
    for _ in range(30):
        assert authenticate("jdupont", PASSWORD, STRANGER, now).identity
        authenticate("jdupont", "faute de frappe", STRANGER, now)
        assert authenticate("jdupont", PASSWORD, STRANGER, now).identity
    assert begin("mlaurent", STRANGER, now).pause == 0


def test_a_place_is_forgiven_little_by_little(jean, now):
    spray(41, now)
    later = [begin("jdupont", STRANGER, now + timedelta(hours=hours)).pause for hours in (0, 1, 2)]
    assert later == [LONGEST_PAUSE, 1.1, 0]


def test_the_numen_opens_only_to_be_replaced(marie, now):
    result = authenticate("mlaurent", f" {NUMEN.lower()} ", HOME, now)
    assert result.identity.compte == "mlaurent"
    assert result.must_change


def test_the_numen_expires(marie, now):
    last_day = now + timedelta(days=90)
    assert authenticate("mlaurent", NUMEN, HOME, last_day - timedelta(seconds=1)).identity
    result = authenticate("mlaurent", NUMEN, HOME, last_day)
    assert result.identity is None
    assert result.message == "Ce premier mot de passe a expiré le 23 février 2027."
    assert "lien" in result.remedy


def test_a_wrong_password_does_not_tell_that_the_numen_has_expired(marie, now):
    result = authenticate("mlaurent", "faux", HOME, now + timedelta(days=91))
    assert result.message == "Compte ou mot de passe inconnu."


def test_the_numen_is_stored_nowhere_in_clear(marie, now):
    authenticate("mlaurent", NUMEN, HOME, now)
    authenticate(NUMEN, NUMEN, HOME, now)  # typed in the wrong field
    with db.reading() as session:
        for table in marks.Mark.metadata.sorted_tables:
            for row in session.execute(select(table)):
                assert NUMEN.lower() not in str(tuple(row)).lower(), table.name


def demo(now):
    create_account(
        NewAccount("fformateur", ("formateur",), password=PASSWORD, demo=True), "test", now
    )


def test_a_demonstration_account_opens_nothing_outside_the_sample(database, now):
    demo(now)
    assert authenticate("fformateur", PASSWORD, HOME, now).identity is None
    with db.writing() as session:
        marks.mark(session, marks.SAMPLE, "test")
    assert authenticate("fformateur", PASSWORD, HOME, now).identity
    assert authenticate("fformateur", PASSWORD, HOME, now, demo_allowed=False).identity is None


def test_every_attempt_is_in_the_journal_without_what_was_typed(jean, now):
    authenticate("jdupont", "mon secret tapé", STRANGER, now)
    authenticate("un secret tapé dans la mauvaise case", "x", STRANGER, now)
    authenticate("jdupont", PASSWORD, HOME, now)
    with db.reading() as session:
        lines = [(line.actor, line.action, line.address) for line in audit.lines(session, last=3)]
        everything = str([vars(line) for line in audit.lines(session)])
    assert lines == [
        ("jdupont", "connexion", HOME),
        ("inconnu", "connexion_refusee", STRANGER),
        ("jdupont", "connexion_refusee", STRANGER),
    ]
    assert "secret" not in everything


def test_the_stored_hash_is_argon2id(jean):
    with db.reading() as session:
        assert session.scalars(select(Account.password_hash)).one().startswith("$argon2id$")
