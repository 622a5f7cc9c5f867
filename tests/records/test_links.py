"""An account and a person of a provider: one for one, whoever links them and when."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from iprof_kit.base.errors import InputError, Refused
from iprof_kit.records.accounts import SignOnLink, SignOnSession, SignOnUse
from iprof_kit.records.database import reading
from iprof_kit.services.access import links
from iprof_kit.services.access.accounts import NewAccount, create_account, session_of
from iprof_kit.services.access.closing import close_account
from iprof_kit.services.access.files.link_files import import_links
from iprof_kit.services.access.links import Attested, Guaranteed, Subject
from iprof_kit.services.access.sessions import NO_RULES

ISSUER = "https://annuaire.example"
JEAN, OTHER = Subject(ISSUER, "sujet-1", "s1"), Subject(ISSUER, "sujet-2", "s2")
ADDRESS = "192.0.2.1"


@pytest.fixture
def staff(database, now):
    for compte in ("ggestionnaire", "aadmin"):
        role = "administrateur" if compte == "aadmin" else "gestionnaire"
        create_account(NewAccount(compte, (role,), password="trois mots au calme"), "test", now)


def count(model):
    with reading() as session:
        return session.scalar(select(func.count()).select_from(model))


def test_nobody_is_anybody_before_a_link(staff, now):
    assert links.account_of(JEAN, now) is None
    assert links.account_of(JEAN, now, Guaranteed("compte", "inconnu")) is None
    assert links.link("ggestionnaire", JEAN, "test", now)
    assert links.account_of(JEAN, now) == "ggestionnaire"
    assert links.account_of(Subject("https://ailleurs.example", "sujet-1"), now) is None
    assert not links.link("ggestionnaire", JEAN, "test", now)  # so already


def test_neither_side_has_two(staff, now):
    links.link("ggestionnaire", JEAN, "test", now)
    for compte, who in (("ggestionnaire", OTHER), ("aadmin", JEAN)):
        with pytest.raises(Refused, match="déjà relié à un autre"):
            links.link(compte, who, "test", now)
    with pytest.raises(Refused):
        links.account_of(OTHER, now, Guaranteed("compte", "ggestionnaire"))
    with pytest.raises(InputError, match="n’existe pas"):
        links.link("inconnu", OTHER, "test", now)


def test_two_who_come_at_the_same_instant_do_not_share_an_account(staff, now):
    def attempt(who):
        try:
            return links.account_of(who, now, Guaranteed("compte", "ggestionnaire"))
        except Refused:
            return "refus"

    with ThreadPoolExecutor(2) as both:
        assert sorted(both.map(attempt, (JEAN, OTHER))) == ["ggestionnaire", "refus"]
    assert count(SignOnLink) == 1


def test_a_file_is_guaranteed_by_its_number(teachers, now):
    jean = teachers["jdupont"]
    guaranteed = Guaranteed("dossier", jean.numero_dossier)
    assert links.account_of(JEAN, now, guaranteed) == jean.compte


def test_a_closed_account_is_entered_to_read_and_then_no_more(teachers, now):
    links.link("jdupont", JEAN, "test", now)
    close_account("jdupont", now.date(), "test", now, months=1)
    assert links.account_of(JEAN, now) == "jdupont"
    with pytest.raises(Refused, match="est clos depuis"):
        links.account_of(JEAN, now + timedelta(days=60))


def test_the_provider_ends_one_session_or_all(staff, now):
    links.link("ggestionnaire", JEAN, "test", now)
    first = links.enter("ggestionnaire", JEAN, ADDRESS, now)
    second = links.enter("ggestionnaire", Subject(ISSUER, "sujet-1", "s9"), ADDRESS, now)
    assert links.end_sessions(Subject(ISSUER, "", None), now) == []
    assert len(links.end_sessions(Subject(ISSUER, "", "s1"), now)) == 1
    assert session_of(first, now) is None
    assert session_of(second, now) is not None
    assert links.end_sessions(Subject("https://ailleurs.example", "sujet-1"), now) == []
    assert len(links.end_sessions(Subject(ISSUER, "sujet-1"), now)) == 1
    assert session_of(second, now) is None


def test_taking_a_link_away_ends_what_it_opened(staff, now):
    links.link("ggestionnaire", JEAN, "test", now)
    token = links.enter("ggestionnaire", JEAN, ADDRESS, now)
    assert links.unlink("ggestionnaire", "test", now) == 1
    assert session_of(token, now) is None
    assert links.account_of(JEAN, now) is None
    assert count(SignOnSession) == 0
    with pytest.raises(InputError, match="relié à aucune"):
        links.unlink("ggestionnaire", "test", now)
    with pytest.raises(InputError, match="plus relié"):
        links.enter("ggestionnaire", JEAN, ADDRESS, now)


def test_the_last_administrator_loses_other_roles_only(staff, now):
    links.link("aadmin", JEAN, "test", now)
    among = ("gestionnaire", "administrateur")
    for attested in ({"gestionnaire", "administrateur"}, set()):
        links.welcome("aadmin", now, Attested(attested, among), NO_RULES)
    token = links.enter("aadmin", JEAN, ADDRESS, now)
    assert session_of(token, now).roles == ("administrateur",)


def test_what_serves_once_serves_once_and_is_then_forgotten(database, now):
    end = now + timedelta(minutes=10)
    with ThreadPoolExecutor(4) as many:
        first = [*many.map(lambda _: links.serves_once("aller", "un mot", end, now), range(4))]
    assert first.count(True) == 1
    assert links.serves_once("fin", "un mot", end, now)
    assert links.serves_once("aller", "autre", end + timedelta(hours=1), end)
    assert count(SignOnUse) == 1


def lines(*given):
    return "\n".join(["compte;emetteur;sujet", *given]).encode()


def test_an_administrator_s_file_links_all_or_nothing(staff, now):
    file = lines(f"ggestionnaire;{ISSUER};sujet-1", f"aadmin;{ISSUER};sujet-2")
    assert import_links(file, "test", now, only_check=True).added == 2
    assert count(SignOnLink) == 0
    assert import_links(file, "test", now).added == 2
    again = import_links(file, "test", now)
    assert (again.added, again.unchanged) == (0, 2)
    assert links.account_of(JEAN, now) == "ggestionnaire"


@pytest.mark.parametrize(
    ("second", "column", "reason"),
    [
        (f"inconnu;{ISSUER};sujet-2", "compte", "n’existe pas"),
        (f"aadmin;{ISSUER};sujet-1", "sujet", "déjà reliée à un autre compte"),
        (f"ggestionnaire;{ISSUER};sujet-2", "sujet", "déjà relié à une autre identité"),
        ("aadmin;annuaire;sujet-2", "emetteur", "pas une adresse"),
        (f"aadmin;{ISSUER};", "sujet", "manque"),
        (f"aadmin;{ISSUER};{'x' * 256}", "sujet", "255"),
    ],
)
def test_a_line_that_is_refused_says_why_and_nothing_is_stored(staff, now, second, column, reason):
    report = import_links(lines(f"ggestionnaire;{ISSUER};sujet-1", second), "test", now)
    [fault] = report.refused
    assert (fault.line, fault.column) == (3, column)
    assert reason in fault.reason
    assert count(SignOnLink) == 0
