"""First codes: typed from paper, kept as a hash, one at a time, for one account, once."""

import random
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, text

from iprof_kit.base.errors import Conflict, InputError, Refused
from iprof_kit.records import database as db
from iprof_kit.records.accounts import Account, FirstCode
from iprof_kit.records.journal.audit import lines
from iprof_kit.records.journal.keys import Keys, own_keys
from iprof_kit.services.access import delivering, first_access
from iprof_kit.services.access.accounts import (
    NewAccount,
    authenticate,
    begin_login,
    change_password,
    create_account,
    issue_reset_link,
    open_session,
    session_of,
    use_reset_link,
)
from iprof_kit.services.access.closing import close_account
from iprof_kit.services.access.delivering import Choice, chosen, keep_codes, with_codes
from iprof_kit.services.access.files.importing import import_accounts
from iprof_kit.services.access.first_access import choose_by_code, grouped, new_code, read_code
from iprof_kit.services.access.links import Subject, link
from iprof_kit.services.dossier.storing import save_dossier

BY, PASSWORD, HOME = "iprof account delivrer", "quatre mots sans lien", "192.0.2.1"
CODE = "0123456789ACDEFGHJKMNPQRTVW"


@pytest.fixture
def imported(database, dossiers, now):
    """Three accounts without password: two of teachers, one without file."""
    for numero in ("D0001", "D0003"):
        save_dossier(dossiers[numero], "test", now)
    import_accounts(
        b"compte;dossier;role\njdupont;D0001;enseignant\njdupont2;D0003;enseignant\n"
        b"chef;;evaluateur\n",
        "test",
        now,
    )


@pytest.fixture
def delivered(imported, now):
    """Return a function: codes are delivered, and returned by account as they are printed."""

    def one(*comptes, when=now, **words):
        coded = with_codes(chosen(Choice(comptes=comptes, **words), when).people)
        keep_codes(coded, "d" * 16, delivering.last_day(when), BY, when)
        return {each.to.compte: grouped(each.code) for each in coded}

    return one


def used(compte, code, now, password=PASSWORD, address=HOME):
    """Return what somebody is told who types a code; what she types is read first, as the page."""
    code = read_code(code)
    attempt = begin_login(compte, address, now)
    return attempt.refused or choose_by_code(attempt, code, password)


def enters(compte, now, password=PASSWORD):
    return authenticate(compte, password, "198.51.100.9", now).identity is not None


def actions(compte):
    with db.reading() as session:
        return [one.action for one in lines(session, subject=f"compte:{compte}")]


def test_a_code_has_128_bits_and_reads_back(monkeypatch):
    asked = []
    monkeypatch.setattr(first_access.secrets, "randbits", lambda n: asked.append(n) or (1 << n) - 1)
    assert read_code(grouped(new_code())) == new_code()
    assert set(asked) == {128}
    monkeypatch.setattr(first_access.secrets, "randbits", lambda _n: 0)
    assert new_code() == "0" * 28


def test_codes_are_not_alike():
    assert len({new_code() for _ in range(1000)}) == 1000


@pytest.mark.parametrize(
    "write",
    [
        grouped,
        str.lower,
        lambda code: f"  {grouped(code).replace('-', ' ')}\n",
        lambda code: grouped(code).replace("-", "\u2013"),
        lambda code: grouped(code).replace("-", "\u00a0-\u00a0").lower(),
        lambda code: code.translate(str.maketrans("0158V2", "OlsbuZ")),
        lambda code: "".join(chr(ord(one) + 0xFEE0) for one in code),
    ],
    ids=["groups", "small", "spaces", "long dashes", "hard spaces", "look-alikes", "full width"],
)
def test_capitals_dashes_and_look_alikes_are_indifferent(write):
    code = new_code()
    assert read_code(write(code)) == code


def test_one_wrong_sign_or_two_that_changed_places_are_always_seen():
    chance = random.Random(20261203)
    for _ in range(30):
        code = new_code()
        for at in range(len(code)):
            other = chance.choice([one for one in CODE if one != code[at]])
            with pytest.raises(InputError, match="faute de frappe"):
                read_code(code[:at] + other + code[at + 1 :])
            if at and code[at - 1] != code[at]:
                with pytest.raises(InputError, match="faute de frappe"):
                    read_code(code[: at - 1] + code[at] + code[at - 1] + code[at + 1 :])


@pytest.mark.parametrize(
    "typed", ["", "0123", "0" * 29, "é" * 28, "x" * 10_000, "?" * 28, "\ud800"]
)
def test_what_is_no_code_is_refused_and_not_repeated(typed):
    with pytest.raises(InputError) as caught:
        read_code(typed)
    assert not typed or typed not in f"{caught.value} {caught.value.remedy}"


def test_a_typing_mistake_is_said_before_any_look(delivered, now):
    code = delivered("jdupont")["jdupont"]
    with pytest.raises(InputError, match="faute de frappe"):
        used("jdupont", ("1" if code[0] == "0" else "0") + code[1:], now)
    assert actions("jdupont") == ["code_delivre", "compte_cree"]


def test_the_code_opens_her_account_once(delivered, now):
    code = delivered()["jdupont"]
    result = used("jdupont", code.lower(), now)
    assert result.identity.compte == "jdupont"
    assert enters("jdupont", now)
    assert not enters("jdupont2", now)
    again = used("jdupont", code, now, "cinq autres mots sans lien")
    assert again.identity is None
    assert enters("jdupont", now)
    assert actions("jdupont")[::-1][:4] == [
        "compte_cree", "code_delivre", "code_utilise", "connexion",
    ]  # fmt: skip
    with db.reading() as session:
        [use] = [one for one in lines(session) if one.action == "code_utilise"]
    assert (use.actor, use.address) == ("jdupont", HOME)


def test_nothing_in_the_database_tells_a_code(delivered, now):
    codes = delivered()
    assert set(codes) == {"chef", "jdupont", "jdupont2"}
    used("jdupont", codes["jdupont"], now)
    used("jdupont", codes["jdupont2"], now)
    with db.reading() as session:
        tables = [table.name for table in FirstCode.metadata.sorted_tables]
        kept = [
            str(row).casefold() for name in tables for row in session.execute(
                text(f'SELECT * FROM "{name}"')
            )
        ]  # fmt: skip
    assert any(one.find("jdupont2") >= 0 for one in kept)
    for code in codes.values():
        for written in (code, code.replace("-", "")):
            assert not [one for one in kept if written.casefold() in one]


def test_the_hash_is_under_the_server_s_key_and_of_one_account(delivered, monkeypatch):
    monkeypatch.setattr(first_access.secrets, "randbits", lambda _n: 7)  # the same code for all
    code = read_code(delivered()["jdupont"])
    with db.reading() as session:
        hashes = dict(session.execute(select(FirstCode.account_id, FirstCode.code_hash)).all())
    assert len(set(hashes.values())) == 3
    other = Keys(b"another server's secret")
    for account, kept in hashes.items():
        assert kept == own_keys().of_code(account, code) != other.of_code(account, code)


REFUSED = {
    "unknown account": lambda codes, now: ("nobody", codes["jdupont"], now),
    "no account at all": lambda codes, now: ("' OR 1=1", codes["jdupont"], now),
    "wrong": lambda codes, now: ("jdupont", grouped(new_code()), now),
    "another person's": lambda codes, now: ("jdupont", codes["jdupont2"], now),
    "ended": lambda codes, now: ("jdupont", codes["jdupont"], now + timedelta(days=31)),
    "used": lambda codes, now: ("jdupont2", used_first(codes, now), now),
    "closed": lambda codes, now: ("chef", closed_first(codes, now), now),
}


def used_first(codes, now):
    assert used("jdupont2", codes["jdupont2"], now, address="198.51.100.1").identity
    return codes["jdupont2"]


def closed_first(codes, now):
    close_account("chef", now.date(), "test", now)
    return codes["chef"]


@pytest.mark.parametrize("case", REFUSED)
def test_every_refusal_says_the_same(delivered, now, case):
    compte, code, when = REFUSED[case](delivered(), now)
    result = used(compte, code, when, "cinq autres mots sans lien")
    assert (result.identity, result.wait_seconds) == (None, 0)
    assert result.message == ("Ce compte et ce code ne vont pas ensemble, ou ce code ne sert plus.")
    assert "assistance" in result.remedy
    assert not enters(compte, when, "cinq autres mots sans lien")
    with db.reading() as session:
        assert "code_refuse" in {one.action for one in lines(session)}


def test_who_left_does_not_enter_to_read_by_a_code(delivered, now):
    code = delivered()["jdupont"]
    close_account("jdupont", now.date(), "test", now)  # whose file would still be read
    assert used("jdupont", code, now).identity is None


def test_it_serves_until_the_end_of_its_last_day(delivered, now):
    codes = delivered()
    late = datetime(2026, 12, 25, 22, 59, 59, tzinfo=UTC)  # 23 h 59 in Paris
    assert used("jdupont2", codes["jdupont2"], late).identity
    assert used("jdupont", codes["jdupont"], late + timedelta(seconds=1)).identity is None


def test_its_length_is_a_setting(delivered, now, monkeypatch):
    monkeypatch.setenv("IPROF_COMPTES_CODE_JOURS", "3")
    code = delivered()["jdupont"]
    assert used("jdupont", code, now + timedelta(days=4)).identity is None


def test_a_new_delivery_ends_the_former_code(delivered, now):
    former = delivered()["jdupont"]
    latter = delivered("jdupont")["jdupont"]
    assert used("jdupont", former, now).identity is None
    assert used("jdupont", latter, now).identity


def test_any_other_way_to_a_password_ends_the_code(delivered, now):
    code = delivered()["jdupont"]
    use_reset_link(issue_reset_link("jdupont", now).token, PASSWORD, now)
    assert used("jdupont", code, now, "cinq autres mots sans lien").identity is None
    with db.reading() as session:
        left = session.scalars(select(Account.compte).join(FirstCode)).all()
    assert sorted(left) == ["chef", "jdupont2"]


def test_a_code_takes_the_place_of_the_numen(imported, delivered, now):
    numen = "06E0854321LMN"
    create_account(NewAccount("gmorel", ("gestionnaire",), numen=numen), "test", now)
    assert "gmorel" not in delivered()
    code = delivered("gmorel")["gmorel"]
    assert used("gmorel", code, now).identity
    assert not enters("gmorel", now, numen)
    assert enters("gmorel", now)


def test_guesses_are_limited_as_logins_are(delivered, now):
    right = delivered()["jdupont"]
    waits = [used("jdupont", grouped(new_code()), now).wait_seconds for _ in range(4)]
    assert waits[:2] == [0, 0]
    assert waits[2] > 0
    assert "Nouvel essai" in used("jdupont", right, now).message  # from here, even the right one
    assert authenticate("jdupont", PASSWORD, HOME, now).wait_seconds > 0
    assert used("jdupont", right, now, address="198.51.100.3").identity


def test_many_places_that_try_one_account_make_it_wait(delivered, now):
    right = delivered()["jdupont"]
    for one in range(7):
        used("jdupont", grouped(new_code()), now, address=f"203.0.{one}.1")
    assert "beaucoup d’endroits" in used("jdupont", right, now, address="198.51.100.4").message


def test_a_poor_password_costs_neither_the_code_nor_a_wait(delivered, now):
    code = delivered()["jdupont"]
    for _ in range(6):
        with pytest.raises(InputError, match="votre nom"):
            used("jdupont", code, now, "Dupont-Jean-12")
    assert used("jdupont", code, now).identity


def test_of_two_who_use_it_at_once_one_does(delivered, now):
    code = read_code(delivered()["jdupont"])
    attempts = [begin_login("jdupont", f"192.0.2.{one}", now) for one in range(2)]
    with ThreadPoolExecutor(2) as both:
        results = list(both.map(lambda one: choose_by_code(one, code, PASSWORD), attempts))
    assert sorted(one.identity is not None for one in results) == [False, True]


def test_whoever_is_logged_in_gains_nothing(delivered, now):
    codes = delivered()
    create_account(NewAccount("aadmin", ("administrateur",), password=PASSWORD), "test", now)
    session_of(open_session("aadmin", now), now)
    assert used("aadmin", codes["jdupont"], now).identity is None
    change_password(session_of(open_session("aadmin", now), now), "six mots pour une admin", now,
                    current=PASSWORD)  # fmt: skip
    assert used("jdupont", codes["jdupont"], now, address="198.51.100.5").identity


@pytest.mark.parametrize(
    ("prepare", "error", "words"),
    [
        (lambda now: close_account("chef", now.date(), "test", now), Refused, "fermé"),
        (
            lambda now: use_reset_link(issue_reset_link("chef", now).token, PASSWORD, now),
            Refused,
            "déjà choisi",
        ),
    ],
    ids=["closed", "entered"],
)
def test_a_code_is_not_delivered_to(delivered, now, prepare, error, words):
    prepare(now)
    with pytest.raises(error, match=words):
        delivered("chef")
    assert set(delivered()) == {"jdupont", "jdupont2"}


def test_an_account_that_is_not_there_is_said(delivered):
    with pytest.raises(InputError, match="n’existe pas"):
        delivered("nobody")


def test_who_signs_on_elsewhere_gets_none_unless_named(delivered, now):
    link("chef", Subject("https://identite.example", "s1"), "test", now)
    assert set(delivered()) == {"jdupont", "jdupont2"}
    assert set(delivered("chef")) == {"chef"}


def test_who_has_one_that_serves_is_not_chosen_again(delivered, now):
    assert len(delivered()) == 3
    assert chosen(Choice(), now) == delivering.Chosen((), 3)
    assert len(chosen(Choice(again=True), now).people) == 3
    assert len(chosen(Choice(), now + timedelta(days=40)).people) == 3


def test_a_school_is_chosen_by_its_uai(imported, now):
    [one] = chosen(Choice(comptes=("jdupont",)), now).people
    assert one.school.uai
    there = chosen(Choice(schools=(one.school.uai.lower(),)), now).people
    assert "jdupont" in {each.compte for each in there}
    assert "chef" not in {each.compte for each in there}
    with pytest.raises(InputError, match="personne n’attend"):
        chosen(Choice(schools=("9999999Z",)), now)


def test_one_account_that_changed_keeps_the_whole_slice_back(imported, now):
    coded = with_codes(chosen(Choice(), now).people)
    use_reset_link(issue_reset_link("jdupont", now).token, PASSWORD, now)
    with pytest.raises(Conflict, match="entre-temps"):
        keep_codes(coded, "e" * 16, now.date(), BY, now)
    assert not delivering.delivered("e" * 16)
    assert "code_delivre" not in actions("chef")
