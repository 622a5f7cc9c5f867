from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from zxcvbn.frequency_lists import FREQUENCY_LISTS

from iprof_kit.base.errors import Conflict, InputError, Refused
from iprof_kit.records import database as db
from iprof_kit.records.journal import audit
from iprof_kit.services.access.accounts import (
    NewAccount,
    authenticate,
    change_password,
    create_account,
    issue_reset_link,
    must_change_password,
    open_session,
    reset_link_account,
    session_of,
    use_reset_link,
)
from iprof_kit.services.access.passwords import SHORTEST, weakness
from iprof_kit.services.dossier.storing import save_dossier

NUMEN, NEW, HOME = "06E0854321LMN", "quatre mots sans lien", "192.0.2.1"


@pytest.fixture
def marie(database, dossiers, now):
    save_dossier(dossiers["D0002"], "test", now)
    create_account(NewAccount("mlaurent", ("enseignant",), "D0002", numen=NUMEN), "test", now)
    return authenticate("mlaurent", NUMEN, HOME, now).identity


def test_the_new_password_replaces_the_numen(marie, now):
    assert must_change_password(marie)
    change_password(marie, NEW, now)
    assert not must_change_password(marie)
    assert authenticate("mlaurent", NUMEN, HOME, now).identity is None
    result = authenticate("mlaurent", NEW, HOME, now)
    assert result.identity == marie
    assert not result.must_change


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("court", "moins de 12 caractères"),
        ("x" * 201, "plus de 200 caractères"),
        ("mlaurentmlaurent", "votre compte"),
        ("MLaurent MLaurent", "votre compte"),
        ("D0002D0002D0002", "votre dossier"),
        ("Laurent-Marie-1", "votre nom"),
        ("aaaaaaaaaaaa", "répète"),
        ("x" * 200, "répète"),
        ("soleil soleil soleil", "répète"),
        ("azertyuiopqs", "touches voisines"),
        ("Azertyuiop12", "touches voisines"),
        ("abcdefghijkl", "l’ordre de l’alphabet"),
        ("motdepasse2026", "en premier"),
        ("Motdepasse!!", "en premier"),
        ("iprof_kit2026", "en premier"),
        ("p4$$w0rd1234", "les plus courants"),
        (NUMEN, "NUMEN"),
        (NUMEN.lower() + "!", "NUMEN"),
    ],
)
def test_a_poor_password_is_refused_with_its_reason(marie, now, password, reason):
    with pytest.raises(InputError, match=reason) as caught:
        change_password(marie, password, now)
    assert "Choisissez" in caught.value.remedy
    assert NUMEN not in str(caught.value)
    assert must_change_password(marie)


def test_the_3000_most_used_passwords_are_refused():
    """ASVS 5.0, V6.2.4; the list is zxcvbn's, by frequency."""
    first = FREQUENCY_LISTS["passwords"][:3000]
    long_enough = [one for one in first if len(one) >= SHORTEST]
    assert long_enough
    assert not [one for one in long_enough if not weakness(one, ())]


def test_later_the_current_password_is_asked_and_the_same_refused(marie, now):
    change_password(marie, NEW, now)
    with pytest.raises(InputError, match="mot de passe en cours"):
        change_password(marie, "cinq autres mots sans lien", now)
    with pytest.raises(InputError, match="mot de passe en cours"):
        change_password(marie, "cinq autres mots sans lien", now, current="faux")
    with pytest.raises(InputError, match="actuel"):
        change_password(marie, NEW, now, current=NEW)
    change_password(marie, "cinq autres mots sans lien", now, current=NEW)
    assert authenticate("mlaurent", "cinq autres mots sans lien", HOME, now).identity


def test_a_long_password_is_compared_whole_for_years(marie, now):
    long = "quatre mots sans lien, puis d’autres encore, jusqu’au soixante-quatrième et un peu plus"
    assert len(long) > 64
    change_password(marie, long, now)
    later = now + timedelta(days=3650)
    for other in (long[:-1], long[:64], long.upper(), f" {long}"):
        assert authenticate("mlaurent", other, "192.0.2.99", later).identity is None
    assert authenticate("mlaurent", long, HOME, later).identity


def test_changing_closes_the_other_sessions(marie, now):
    mine, other = open_session("mlaurent", now), open_session("mlaurent", now)
    change_password(marie, NEW, now, token=mine)
    assert session_of(mine, now)
    assert session_of(other, now) is None


def test_a_link_serves_once(marie, now):
    token = open_session("mlaurent", now)
    link = issue_reset_link("mlaurent", now)
    assert reset_link_account(link.token, now) == "mlaurent"
    use_reset_link(link.token, NEW, now)
    assert authenticate("mlaurent", NEW, HOME, now).identity
    assert session_of(token, now) is None
    assert reset_link_account(link.token, now) is None
    with pytest.raises(InputError, match="déjà servi"):
        use_reset_link(link.token, "cinq autres mots sans lien", now)


def test_a_link_sent_twice_at_once_serves_once(marie, now):
    link = issue_reset_link("mlaurent", now)

    def use(word):
        try:
            return use_reset_link(link.token, f"{word} mots sans lien aucun", now)
        except (InputError, Conflict):
            return None

    with ThreadPoolExecutor(2) as pool:
        receipts = list(pool.map(use, ["quatre", "cinq"]))
    assert sum(receipt is not None for receipt in receipts) == 1


def test_a_poor_password_does_not_spend_the_link(marie, now):
    link = issue_reset_link("mlaurent", now)
    with pytest.raises(InputError, match="caractères"):
        use_reset_link(link.token, "court", now)
    assert reset_link_account(link.token, now) == "mlaurent"


def test_a_link_lasts_a_day(marie, now):
    link = issue_reset_link("mlaurent", now)
    assert link.expires_at == now + timedelta(hours=24)
    assert reset_link_account(link.token, link.expires_at - timedelta(seconds=1))
    with pytest.raises(InputError, match="expiré"):
        use_reset_link(link.token, NEW, link.expires_at)


def test_a_newer_link_replaces_the_older(marie, now):
    old, new = issue_reset_link("mlaurent", now), issue_reset_link("mlaurent", now)
    assert reset_link_account(old.token, now) is None
    assert reset_link_account(new.token, now) == "mlaurent"


def test_only_an_administrator_issues_links(marie, now):
    with pytest.raises(Refused, match="administrateur"):
        issue_reset_link("mlaurent", now, by=marie)
    new = NewAccount("aadmin", ("administrateur",), password="trois mots bien choisis")
    create_account(new, "test", now)
    admin = authenticate("aadmin", "trois mots bien choisis", HOME, now).identity
    assert issue_reset_link("mlaurent", now, by=admin).compte == "mlaurent"
    with db.reading() as session:
        line = audit.lines(session, last=1)[0]
    assert (line.actor, line.action, line.subject) == ("aadmin", "lien_delivre", "compte:mlaurent")


def test_no_link_for_an_unknown_account(database, now):
    with pytest.raises(InputError, match="n’existe pas"):
        issue_reset_link("personne", now)
