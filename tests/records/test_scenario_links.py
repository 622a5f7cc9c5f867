"""A shared scenario: events alone, signed, dated; for teachers who are logged in."""

import base64
import json
import zlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from iprof_kit.base.errors import InputError, Refused
from iprof_kit.records import database as db
from iprof_kit.records import marks
from iprof_kit.records.journal import audit
from iprof_kit.services.access import signing
from iprof_kit.services.access.accounts import close_session, open_session, session_of
from iprof_kit.services.contract.operations import OPERATIONS
from iprof_kit.services.guichet.operations import NotLoggedIn, run

EVENTS = [
    {"nature": "disponibilite", "debut": "2028-09-01", "fin": "2029-08-31"},
    {"nature": "hors_classe", "debut": "2034-09-01"},
]
NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)


@pytest.fixture
def link(jean):
    return jean("scenario_lien", evenements=EVENTS, jours=30)


@pytest.fixture
def orders(link):
    return {
        "scenario_lien": {"evenements": EVENTS, "jours": 30},
        "scenario_ouvrir": {"jeton": link.jeton},
    }


def readable(token):
    """Everything that somebody who holds the link can read in it without a key."""
    body, end, _signature = token.split(".")
    raw = base64.urlsafe_b64decode(body + "=" * (-len(body) % 4))
    return json.loads(zlib.decompress(raw)), datetime.fromtimestamp(int(end, 16), UTC)


def given(opened):
    return [one.model_dump(mode="json", exclude_none=True) for one in opened.evenements]


def test_another_teacher_opens_the_events_until_their_day(link, teachers):
    assert link.expire_le == NOW + timedelta(days=30)
    for moment in (NOW, link.expire_le - timedelta(seconds=1)):
        opened = run(teachers["jdupont2"], "scenario_ouvrir", {"jeton": link.jeton}, moment)
        assert given(opened) == EVENTS
        assert (opened.cree_le, opened.expire_le) == (NOW, link.expire_le)


def test_a_link_holds_events_and_two_days_and_nothing_of_the_person(link):
    held = ({"e": EVENTS, "c": NOW.isoformat()}, link.expire_le)
    assert readable(link.jeton) == held


def test_an_expired_link_is_refused_in_french(link, teachers):
    with pytest.raises(InputError, match="ne fonctionne plus depuis le 25 décembre 2026"):
        run(teachers["jdupont2"], "scenario_ouvrir", {"jeton": link.jeton}, link.expire_le)


def test_a_tampered_link_is_refused_in_french(link, teachers):
    token = link.jeton
    body, signature = token.rsplit(".", 1)
    events, end = body.split(".")
    forged = [
        f"{body}.{signature[::-1]}",
        token[1:],
        body,
        f"{body}x.{signature}",
        f"{events}.{int(end, 16) + 9:x}.{signature}",
        signing.sign("cv", events, link.expire_le),
        "x",
        "..",
        "é",
        "A" * 4000,
    ]
    for wrong in forged:
        with pytest.raises(InputError, match="a été modifié"):
            run(teachers["jdupont2"], "scenario_ouvrir", {"jeton": wrong}, NOW)


def test_a_link_to_events_that_this_version_does_not_know_is_refused_in_french(jean):
    content = json.dumps({"e": [{"nature": "inconnue"}], "c": NOW.isoformat()}).encode()
    text = base64.urlsafe_b64encode(zlib.compress(content)).decode().rstrip("=")
    with pytest.raises(InputError, match="incomplet"):
        jean("scenario_ouvrir", jeton=signing.sign("scenario", text, NOW + timedelta(days=3)))


def test_another_server_does_not_accept_the_link(link, jean, another_server):
    with db.writing() as session:
        marks.mark(session, marks.SIGNING_KEY, "0" * 64)
    another_server()
    with pytest.raises(InputError, match="a été modifié"):
        jean("scenario_ouvrir", jeton=link.jeton)


@pytest.mark.parametrize(
    "wrong",
    [
        {"evenements": [], "jours": 30},
        {"evenements": EVENTS, "jours": 0},
        {"evenements": EVENTS, "jours": 366},
        {"evenements": [{"nature": "disponibilite", "debut": "2028-09-01", "nom": "Dupont"}],
         "jours": 3},
        {"evenements": EVENTS, "jours": 3, "nom": "Jean Dupont"},
        {"evenements": EVENTS * 7, "jours": 3},
    ],
)  # fmt: skip
def test_nothing_but_events_can_be_shared(jean, wrong):
    with pytest.raises(InputError, match="arguments"):
        jean("scenario_lien", **wrong)


def test_every_operation_on_a_scenario_is_examined_here(orders):
    assert sorted(orders) == sorted(name for name in OPERATIONS if name.startswith("scenario"))


def test_a_stranger_and_who_has_logged_out_are_refused_a_scenario(orders):
    token = open_session("jdupont", NOW)
    close_session(token, NOW)
    for op, args in orders.items():
        for nobody in (None, session_of(token, NOW)):
            with pytest.raises(NotLoggedIn, match="un scénario ne s’ouvre qu’à la personne"):
                run(nobody, op, args, NOW)


def test_a_role_other_than_teacher_shares_and_opens_no_scenario(orders, teachers):
    for op, args in orders.items():
        with pytest.raises(Refused, match="n’ouvre pas de dossier"):
            run(replace(teachers["jdupont"], roles=("gestionnaire",)), op, args, NOW)


@pytest.mark.parametrize("role", ["formateur", "analyste", "administrateur"])
def test_a_trainer_opens_a_scenario_for_a_fictitious_person_and_shares_none(orders, teachers, role):
    trainer = replace(teachers["jdupont"], roles=(role,), numero_dossier=None)
    assert given(run(trainer, "scenario_ouvrir", orders["scenario_ouvrir"], NOW)) == EVENTS
    with pytest.raises(Refused, match="n’ouvre pas de dossier") as refused:
        run(trainer, "scenario_lien", orders["scenario_lien"], NOW)
    assert "avec le compte de la personne concernée" not in refused.value.remedy
    assert "son propre compte" in refused.value.remedy


def test_the_journal_says_that_a_link_was_made_and_not_what_it_holds(link):
    with db.reading() as session:
        line = next(row for row in audit.lines(session) if row.action == "scenario_partage")
    assert (line.actor, line.detail) == ("jdupont", "")
