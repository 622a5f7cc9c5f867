"""The second factor: codes of an application, recovery codes, what is asked of whom, what ends."""

import random
import re
from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from pypdf import PdfReader
from sqlalchemy import select, update

from iprof_kit.base.errors import InputError, Refused
from iprof_kit.records.accounts import Account, AccountRole, RecoveryCode, TotpKey
from iprof_kit.records.database import reading, writing
from iprof_kit.records.journal import audit
from iprof_kit.records.tables import METADATA
from iprof_kit.services.access import links
from iprof_kit.services.access.accounts import (
    NewAccount,
    authenticate,
    begin_login,
    choose_by_code,
    create_account,
    end_login,
    find_session,
    issue_reset_link,
    open_session,
    session_of,
    verify_login,
)
from iprof_kit.services.access.closing import close_account
from iprof_kit.services.access.first_access import grouped, new_code, read_code
from iprof_kit.services.access.second_factor import (
    entering,
    factors,
    proving,
    recovery,
    steps,
    totp,
)
from iprof_kit.services.access.second_factor.letter import write_letter
from iprof_kit.services.access.sessions import Rules, without_factor
from iprof_kit.services.access.who_may import change_roles

PASSWORD = "quatre mots sans lien"
HOME = "192.0.2.1"
ASKED = Rules(frozenset({"gestionnaire"}))


@pytest.fixture
def staff(database, now):
    for compte, role in (("ggestion", "gestionnaire"), ("aadmin", "administrateur")):
        create_account(NewAccount(compte, (role,), password=PASSWORD), "test", now)


def typed(code="", signed="", name="", site=None):
    return factors.Typed(code, signed, name, site)


def begun(compte, now):
    return steps.find("connexion", steps.begin_login(compte, "/accueil", now), now)


def enrolled(compte, now):
    """Add an application; return its key and the recovery codes."""
    step = begun(compte, now)
    key = totp.key_to_add(step)
    codes = factors.add_first(step, typed(pyotp.TOTP(key).at(now)), now, HOME)
    return key, codes


def proved(compte, code, now):
    return proving.end(proving.begin(begun(compte, now), HOME, now), proving.read(code), now)


def log_in(compte, now, rules=ASKED):
    attempt = begin_login(compte, HOME, now)
    return end_login(attempt, verify_login(attempt, PASSWORD), rules)


def actions():
    with reading() as session:
        return [line.action for line in audit.lines(session, last=1000)]


@pytest.mark.parametrize(
    ("moment", "code"),
    [  # RFC 6238, appendix B, SHA-1: the last six of its eight digits
        (59, "287082"),
        (1111111109, "081804"),
        (1111111111, "050471"),
        (1234567890, "005924"),
        (2000000000, "279037"),
        (20000000000, "353130"),
    ],
)
def test_codes_are_those_of_the_rfc(moment, code):
    key = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"  # « 12345678901234567890 »
    at = datetime.fromtimestamp(moment, UTC)
    assert totp.matched(key, code, at) == moment // 30
    assert totp.matched(key, code[:-1] + "x", at) is None


@pytest.mark.parametrize(
    ("late", "taken"), [(-60, False), (-30, True), (0, True), (30, True), (60, False)]
)
def test_two_clocks_differ_by_one_period_at_most(staff, now, late, taken):
    later = now + timedelta(hours=1)
    key, _ = enrolled("ggestion", now)
    code = pyotp.TOTP(key).at(later + timedelta(seconds=late))
    assert (proved("ggestion", code, later).means == "application") is taken


def test_a_code_is_taken_once(staff, now):
    key, _ = enrolled("ggestion", now)
    later = now + timedelta(minutes=5)
    code = pyotp.TOTP(key).at(later)
    assert proved("ggestion", code, later).means == "application"
    assert proved("ggestion", code, later).means is None
    assert proved("ggestion", pyotp.TOTP(key).at(now), now).means is None  # that of the enrolment


@pytest.mark.parametrize("code", ["", "12345", "1234567", "éàç", "１２３４５６", "\0" * 6])
def test_what_is_no_code_is_said_without_being_counted(code):
    with pytest.raises(InputError, match="n’a pas la forme attendue") as refusal:
        proving.read(code)
    assert "six chiffres" in refusal.value.remedy


def test_a_typing_mistake_in_a_recovery_code_is_said():
    code = new_code()
    wrong = code[:-1] + ("0" if code[-1] != "0" else "1")
    with pytest.raises(InputError, match="faute de frappe"):
        proving.read(grouped(wrong))
    assert proving.read(grouped(code)) == code


def test_no_secret_is_drawn_by_a_generator_that_can_be_begun_again(staff, now):
    """ASVS 5.0, V6.5.3 and V11.5.1: `random` begun again draws the same, the system's never."""

    def drawn():
        random.seed(20261203)
        return [
            totp.key_to_add(begun("ggestion", now)),
            new_code(),
            steps.begin_login("ggestion", "/accueil", now),
            open_session("ggestion", now),
            issue_reset_link("ggestion", now).token,
        ]

    assert not set(drawn()) & set(drawn())


def test_a_wrong_code_speaks_of_the_phone_s_clock_and_tells_no_guesser_anything(staff, now):
    key, codes = enrolled("ggestion", now)
    soon = pyotp.TOTP(key).at(now + timedelta(minutes=4))
    wrong, near = proved("ggestion", "000000", now), proved("ggestion", soon, now)
    assert "Si votre téléphone n’est pas à l’heure" in wrong.remedy
    assert (wrong.means, wrong.message, wrong.remedy) == (None, near.message, near.remedy)
    enrolled("aadmin", now)
    assert proved("aadmin", codes[0], now).remedy == ""


@pytest.mark.parametrize(
    ("minutes", "words"), [(7, "avance de 7 minutes"), (-60, "retarde de 60 minutes")]
)
def test_a_phone_whose_clock_is_wrong_is_told_by_how_much_when_it_is_added(
    staff, now, minutes, words
):
    step = begun("ggestion", now)
    code = pyotp.TOTP(totp.key_to_add(step)).at(now + timedelta(minutes=minutes))
    with pytest.raises(InputError, match=words):
        factors.add_first(step, typed(code), now, HOME)


def test_guesses_wait_as_those_of_passwords_do(staff, now):
    key, _ = enrolled("ggestion", now)
    for _ in range(3):
        assert proved("ggestion", "000000", now).means is None
    later = now + timedelta(minutes=2)
    right = pyotp.TOTP(key).at(now)
    refused = proved("ggestion", right, now)
    assert (refused.means, refused.wait_seconds) == (None, 5)
    assert proved("ggestion", pyotp.TOTP(key).at(later), later).means == "application"
    assert actions().count("facteur_refuse") == 3


def test_a_recovery_code_serves_once_however_it_is_typed(staff, now):
    _, codes = enrolled("ggestion", now)
    assert len({*codes}) == recovery.COUNT
    assert all(re.fullmatch(r"[0-9A-Y]{4}(-[0-9A-Y]{4}){6}", code) for code in codes)
    assert proved("ggestion", f" {codes[0].lower().replace('-', ' ')} ", now).means == (
        "code de secours"
    )
    assert proved("ggestion", codes[0], now).means is None
    with reading() as session:
        account = session.scalars(select(Account.id).where(Account.compte == "ggestion")).one()
        assert recovery.left(session, account) == recovery.COUNT - 1


def test_codes_of_somebody_else_open_nothing(staff, now):
    key, codes = enrolled("ggestion", now)
    enrolled("aadmin", now)
    later = now + timedelta(minutes=5)
    for code in (codes[0], pyotp.TOTP(key).at(later)):
        assert proved("aadmin", code, later).means is None


@pytest.mark.parametrize(
    ("compte", "rules", "asked"),
    [
        ("ggestion", Rules(), "rien"),
        ("ggestion", ASKED, "premiere"),
        ("aadmin", ASKED, "rien"),
        ("ggestion", Rules(frozenset({"gestionnaire"}), grace=timedelta(days=2)), "rien"),
    ],
)
def test_it_is_asked_of_the_roles_that_the_settings_name(staff, now, compte, rules, asked):
    assert log_in(compte, now, rules).proof == asked


def test_a_new_bearer_waits_no_longer_than_the_settings_say(staff, now):
    rules = Rules(frozenset({"gestionnaire"}), grace=timedelta(days=2))
    assert log_in("ggestion", now + timedelta(days=1), rules).proof == "rien"
    assert log_in("ggestion", now + timedelta(days=2), rules).proof == "premiere"
    with writing() as session:  # a role of before: nobody noted since when
        session.execute(update(AccountRole).values(since=None))
    assert log_in("ggestion", now, rules).proof == "premiere"


def test_who_has_one_is_asked_for_it_whatever_her_role(staff, now):
    enrolled("aadmin", now)
    assert log_in("aadmin", now, Rules()).proof == "preuve"


def test_a_role_given_later_asks_and_keeps_when_the_others_were_given(staff, now):
    later = now + timedelta(days=10)
    change_roles("aadmin", ["gestionnaire"], [], "test", later)
    rules = Rules(frozenset({"gestionnaire"}), grace=timedelta(days=1))
    assert log_in("aadmin", later, rules).proof == "rien"
    change_roles("aadmin", ["analyste"], [], "test", later + timedelta(days=5))
    assert log_in("aadmin", later + timedelta(days=5), rules).proof == "premiere"


@pytest.mark.parametrize(("of_provider", "asked"), [(False, "rien"), (True, "preuve")])
def test_who_comes_by_a_provider_is_asked_where_the_settings_say_so(staff, now, of_provider, asked):
    enrolled("ggestion", now)
    rules = Rules(frozenset({"gestionnaire"}), of_provider=of_provider)
    assert links.welcome("ggestion", now, None, rules) == asked


def test_who_proves_it_after_a_provider_leaves_with_her_session_there(staff, now):
    who = links.Subject("https://annuaire.example", "sujet-1", "s1")
    links.link("ggestion", who, "test", now)
    step = steps.find("connexion", steps.begin_login("ggestion", "/accueil", now, who), now)
    token = entering.enter(step, HOME, now)
    assert session_of(token, now).compte == "ggestion"
    links.end_sessions(who, now)
    assert session_of(token, now) is None


def test_until_the_proof_nobody_has_entered(staff, now):
    assert log_in("ggestion", now).proof == "premiere"
    assert "connexion" not in actions()
    assert actions().count("mot_de_passe_reconnu") == 1
    token = steps.begin_login("ggestion", "/accueil", now)
    assert session_of(token, now) is None
    assert steps.find("session", token, now) is None  # nor is it a session that adds a factor


@pytest.mark.parametrize(
    "ends",
    [
        lambda now: change_roles("ggestion", ["analyste"], [], "test", now),
        lambda now: close_account("ggestion", now.date(), "test", now),
    ],
)
def test_a_log_in_that_waits_ends_with_whatever_changes_its_account(staff, now, ends):
    token = steps.begin_login("ggestion", "/accueil", now)
    assert steps.find("connexion", token, now)
    ends(now)
    assert steps.find("connexion", token, now) is None


def test_it_waits_ten_minutes_and_proves_once(staff, now):
    key, _ = enrolled("ggestion", now)
    token = steps.begin_login("ggestion", "/accueil", now)
    assert steps.find("connexion", token, now + steps.LIFE) is None
    later = now + timedelta(minutes=5)
    step = steps.find("connexion", token, later)
    assert proving.end(proving.begin(step, HOME, later), pyotp.TOTP(key).at(later), later).means
    assert steps.find("connexion", token, later) is None
    opened = find_session(entering.enter(step, HOME, later), later)
    assert opened.identity.compte == "ggestion"
    assert actions().count("connexion") == 1


def inside(compte, now):
    step = begun(compte, now)
    token = entering.enter(step, HOME, now)
    return session_of(token, now), token


def test_a_factor_is_changed_within_ten_minutes_of_a_proof(staff, now):
    enrolled("ggestion", now)
    identity, token = inside("ggestion", now)
    assert factors.of_person(identity, token, now + timedelta(minutes=9)).fresh
    assert not factors.of_person(identity, token, now + timedelta(minutes=10)).fresh


def test_a_removed_factor_opens_nothing_and_its_codes_neither(staff, now):
    key, codes = enrolled("aadmin", now)
    identity, token = inside("aadmin", now)
    factors.remove(identity, None, ASKED.roles, now, HOME, token)
    later = now + timedelta(minutes=5)
    for code in (pyotp.TOTP(key).at(later), codes[0]):
        assert proved("aadmin", code, later).means is None
    with pytest.raises(InputError, match="n’est plus là"):
        factors.remove(identity, None, ASKED.roles, now, HOME, token)
    with pytest.raises(Refused, match="vous n’en avez pas"):
        factors.make_codes(identity, now, HOME)


def test_whoever_entered_before_a_factor_came_or_went_is_out(staff, now):
    identity, thief = inside("aadmin", now)
    enrolled("aadmin", now)
    assert session_of(thief, now) is None
    (_, other), (_, own) = inside("aadmin", now), inside("aadmin", now)
    factors.remove(identity, None, ASKED.roles, now, HOME, own)
    assert session_of(other, now) is None
    assert session_of(own, now).compte == "aadmin"


def test_the_last_one_of_a_role_that_demands_one_stays(staff, now):
    enrolled("ggestion", now)
    identity, token = inside("ggestion", now)
    with pytest.raises(Refused, match="c’est la dernière"):
        factors.remove(identity, None, ASKED.roles, now, HOME, token)
    assert log_in("ggestion", now).proof == "preuve"


def test_codes_made_anew_replace_the_former_ones(staff, now):
    _, codes = enrolled("aadmin", now)
    identity, _ = inside("aadmin", now)
    fresh = factors.make_codes(identity, now, HOME)
    assert proved("aadmin", codes[0], now).means is None
    assert proved("aadmin", fresh[0], now).means == "code de secours"


def test_an_administrator_takes_them_away_and_the_person_is_told(staff, now):
    _, codes = enrolled("ggestion", now)
    _, token = inside("ggestion", now)
    with pytest.raises(InputError, match="motif"):
        factors.remove_all("ggestion", "aaa", "test", now)
    assert factors.remove_all("ggestion", "Téléphone perdu, vue au guichet", "test", now) == 1
    assert session_of(token, now) is None
    assert proved("ggestion", codes[0], now).means is None
    assert log_in("ggestion", now).proof == "premiere"
    assert log_in("ggestion", now, Rules()).proof == "avis"
    assert begun("ggestion", now).removed_at == now
    enrolled("ggestion", now)
    assert begun("ggestion", now).removed_at is None
    with reading() as session:
        [line] = [one for one in audit.lines(session, last=100) if one.action == "facteurs_retires"]
    assert line.detail == "Téléphone perdu, vue au guichet"
    for compte in ("inconnu", "aadmin"):
        with pytest.raises(InputError):
            factors.remove_all(compte, "Téléphone perdu", "test", now)


def test_who_read_that_hers_were_taken_away_is_told_no_more(staff, now):
    enrolled("ggestion", now)
    factors.remove_all("ggestion", "Téléphone perdu, vue au guichet", "test", now)
    identity, token = inside("ggestion", now)
    assert factors.of_person(identity, token, now).removed
    factors.note_read(identity)
    assert not factors.of_person(identity, token, now).removed
    assert log_in("ggestion", now, Rules()).proof == "rien"


def test_who_should_have_one_and_has_none_is_listed(staff, now):
    roles = {"gestionnaire", "administrateur"}
    with reading() as session:
        assert without_factor(session, roles, now.date()) == ["aadmin", "ggestion"]
        assert without_factor(session, set(), now.date()) == []
    enrolled("aadmin", now)
    close_account("ggestion", now.date(), "test", now)
    with reading() as session:
        assert without_factor(session, roles, now.date()) == []


@pytest.fixture
def letter(staff, tmp_path, now):
    """Return a function: a letter is written to somebody; its code."""

    def one(compte="ggestion", name="lettre.pdf", motive="Hospitalisée, rappelée par son chef"):
        words = (motive, tmp_path / name, "https://kit.example", "test", now)
        assert write_letter(compte, *words) == now.date() + timedelta(days=30)
        text = PdfReader(tmp_path / name).pages[0].extract_text()
        assert "https://kit.example/connexion" in text
        return re.search(r"(?:[0-9A-Y]{4}-){6}[0-9A-Y]{4}", text)[0]

    return one


def test_who_cannot_come_gets_a_letter_whose_code_serves_once(letter, now, tmp_path):
    key, codes = enrolled("ggestion", now)
    code = letter()
    assert (tmp_path / "lettre.pdf").stat().st_mode & 0o077 == 0
    assert proved("ggestion", code, now).means == "code de secours"
    assert proved("ggestion", code, now).means is None
    assert proved("ggestion", codes[0], now).means  # what she had serves still
    later = now + timedelta(minutes=5)
    assert proved("ggestion", pyotp.TOTP(key).at(later), later).means
    assert "code_de_secours_envoye" in actions()


def test_the_code_of_a_letter_ends_on_its_day_and_with_the_next_letter(letter, now):
    enrolled("ggestion", now)
    first, second = letter(), letter(name="seconde.pdf")
    assert proved("ggestion", first, now).means is None
    assert proved("ggestion", second, now + timedelta(days=32)).means is None
    assert proved("ggestion", second, now + timedelta(days=30)).means


def test_a_letter_stands_for_no_password_and_for_nobody_without_a_factor(letter, now, tmp_path):
    enrolled("ggestion", now)
    code = letter()
    attempt = begin_login("ggestion", HOME, now)
    assert (
        choose_by_code(attempt, read_code(code), "cinq autres mots bien choisis").identity is None
    )
    with pytest.raises(InputError, match="existe déjà"):
        letter()
    assert proved("ggestion", code, now + timedelta(minutes=1)).means  # none took its place
    for compte, motive in (("aadmin", "Hospitalisée"), ("inconnu", "Hospitalisée")):
        with pytest.raises(InputError):
            letter(compte, "autre.pdf", motive)
    with pytest.raises(InputError, match="motif"):
        letter("ggestion", "autre.pdf", "aaa")
    assert not (tmp_path / "autre.pdf").exists()


def test_the_database_holds_no_key_and_no_code_in_clear(staff, now):
    key, codes = enrolled("ggestion", now)
    begun_key = totp.key_to_add(begun("aadmin", now))
    with reading() as session:
        rows = [
            str(dict(row))
            for table in METADATA.sorted_tables
            for row in session.execute(select(table)).mappings()
        ]
    secrets = [key, begun_key, *codes, *(code.replace("-", "") for code in codes)]
    assert not [one for one in secrets if any(one in row for row in rows)]
    assert any("ggestion" in row for row in rows)


def test_what_is_sealed_for_one_account_serves_no_other(staff, now):
    key, _ = enrolled("ggestion", now)
    enrolled("aadmin", now)
    with writing() as session:
        hers, others = session.scalars(select(TotpKey).order_by(TotpKey.id)).all()
        others.sealed = hers.sealed
    later = now + timedelta(minutes=5)
    assert proved("aadmin", pyotp.TOTP(key).at(later), later).means is None
    assert proved("ggestion", pyotp.TOTP(key).at(later), later).means


def test_a_password_alone_still_enters_where_nothing_is_asked(staff, now):
    assert authenticate("ggestion", PASSWORD, HOME, now).proof == "rien"
    with reading() as session:
        assert session.scalars(select(RecoveryCode)).all() == []
