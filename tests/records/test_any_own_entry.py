"""Anything typed in contact details or a report, through the guichet: nothing lost, no fault."""

import asyncio
import json
import tempfile
from datetime import UTC, datetime

import pytest
from argon2 import PasswordHasher
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from iprof_kit.base.characters import tidy
from iprof_kit.records import database as db
from iprof_kit.server.guichet import Guichet
from iprof_kit.server.limits.turns import Allowance
from iprof_kit.services.access import passwords
from iprof_kit.services.access.accounts import NewAccount, create_account
from iprof_kit.services.access.identity import Identity
from iprof_kit.services.contract.own_file import CHAMPS
from iprof_kit.services.dossier.sample import sample_dossiers
from iprof_kit.services.dossier.storing import save_dossier
from iprof_kit.services.guichet.operations import run
from iprof_kit.services.reports import files as report_files
from iprof_kit.services.reports import reporting

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
ANY = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        [
            "",
            " ",
            "63000",
            "97416",
            "+33 4 65 71 20 20",
            "06 39 98 12 34",
            "a@b.fr",
            "12 rue Neuve",
            "x" * 400,
            "\x00",
            "\ud800",
            "' OR 1=1 --",
        ]
    ),
)
KEYS = st.integers(0, 10**9).map(lambda n: f"cle-{n:010d}")
CONTACTS = st.dictionaries(st.sampled_from(CHAMPS), ANY, max_size=7)
DATA = st.one_of(st.sampled_from(["identite.nom", "situation.corps", "echelons.1", "absente"]), ANY)
SOAK = pytest.mark.soak


class Desk:
    """Jean Dupont at the guichet of a server, line after line."""

    def __init__(self):
        self._guichet = Guichet(run, lambda: NOW, seconds=60, allowance=Allowance(share=1))
        self._identity = Identity(1, "jdupont", ("enseignant",), "D0001")
        self._loop = asyncio.new_event_loop()
        self._entries = 0

    def spare(self):
        """Begin anew from time to time, so that thousands of entries stay quick to read."""
        self._entries += 1
        if self._entries % 150 == 0:
            with db.writing() as session:
                for table in ("papers", "case_events", "cases", "own_contacts", "writes"):
                    session.execute(text(f"DELETE FROM {table}"))

    def fresh(self, key):
        """Return a key of this entry alone: the same key twice is the same order, done once."""
        return f"{key}-{self._entries}"

    def ask(self, op, **args):
        line = json.dumps({"id": 1, "op": op, "args": args}).encode() + b"\n"
        answer = self._loop.run_until_complete(self._guichet.answer(line, lambda: self._identity))
        if answer.error is not None:
            assert answer.error.code in {"arguments_invalides", "refuse"}, answer.error
            assert answer.error.message
            return None
        return answer.result


@pytest.fixture(scope="module")
def desk():
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setenv("IPROF_VAR", folder)
        patch.delenv("IPROF_DATABASE_URL", raising=False)
        patch.setattr(passwords, "hasher", PasswordHasher(1, 8, 1))
        patch.setattr(reporting, "MOST_OPEN", 10**9)
        patch.setattr(report_files, "MOST_WAITING", 10**9)
        patch.setattr(report_files, "MOST_WAITING_ANYWHERE", 10**9)
        db.prepare_database()
        save_dossier(next(d for d in sample_dossiers() if d.numero == "D0001"), "test", NOW)
        new = NewAccount("jdupont", ("enseignant",), "D0001", password="quatre mots sans lien")
        create_account(new, "test", NOW)
        yield Desk()
        db.engine().dispose()


def entered(desk, values, key):
    """Save a form of contact details; check that nothing that was there is lost."""
    desk.spare()
    before = desk.ask("contact")
    answer = desk.ask(
        "contact_enregistrer", valeurs=values, revision=before["revision"], cle=desk.fresh(key)
    )
    after = desk.ask("contact")
    kept = {one["champ"]: one["valeur"] for one in after["saisies"]}
    former = {(one["champ"], one["valeur"]) for one in after["anciennes"]}
    for one in before["saisies"]:
        same = kept.get(one["champ"]) == one["valeur"]
        assert same or (one["champ"], one["valeur"]) in former
    if answer is None:
        assert after == before
    elif answer["issue"] == "erreurs":
        assert after == before
        assert {one["champ"] for one in answer["erreurs"]} <= set(CHAMPS)
        assert all(one["message"] and one["remede"] for one in answer["erreurs"])
    else:
        shown = desk.ask("dossier.lire")
        home = shown["dossier"]["adresse"] | {
            one["champ"]: one["valeur"] for one in shown["saisies"]
        }
        for field, typed in values.items():
            assert (home.get(field) or "") == tidy(typed).strip()


def reported(desk, datum, claim, reason, key):
    """Send a report; check that it is kept as typed, or refused with a reason."""
    desk.spare()
    before = desk.ask("signalements")["signalements"]
    args = {"donnee": datum, "indique": claim, "explication": reason, "cle": desk.fresh(key)}
    answer = desk.ask("signaler", **args)
    after = desk.ask("signalements")["signalements"]
    sent = answer and answer["signalement"]
    if sent:
        assert (sent["donnee"], sent["indique"], sent["explication"]) == (
            datum,
            tidy(claim).strip(),
            tidy(reason).strip(),
        )
        assert sent in after
        assert after[-len(before) :] == before or not before
    else:
        assert after == before
        assert answer is None or all(one["message"] for one in answer["erreurs"])


CALM = {"suppress_health_check": [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]}


@settings(max_examples=100, **CALM)
@given(values=CONTACTS, key=KEYS)
def test_any_contact_detail_is_kept_or_refused_with_a_reason(desk, values, key):
    entered(desk, values, key)


@settings(max_examples=100, **CALM)
@given(datum=DATA, claim=ANY, reason=ANY, key=KEYS)
def test_any_report_is_kept_or_refused_with_a_reason(desk, datum, claim, reason, key):
    reported(desk, datum, claim, reason, key)


@settings(max_examples=60, **CALM)
@given(name=ANY, content=st.binary(max_size=200), key=KEYS, part=st.integers(-1, 60))
def test_any_paper_is_kept_or_refused_with_a_reason(desk, name, content, key, part):
    import base64

    head = (b"", b"%PDF-1.4\n", b"GIF89a", b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n")[part % 5]
    answer = desk.ask(
        "piece_deposer",
        nom=name,
        part=max(part, 0) % 2,
        parts=1 + part % 2,
        contenu=base64.b64encode(head + content).decode(),
        cle=key,
    )
    assert answer is None or answer["piece"] is None or answer["piece"]["type_media"]


def test_the_same_form_typed_again_after_another_is_kept_anew(desk):
    for street in ("12 rue Neuve", "3 rue Haute", "12 rue Neuve"):
        entered(desk, {"rue": street}, "cle-0000000000")


@SOAK
@pytest.mark.timeout(3600)
@settings(max_examples=5_000, **CALM)
@given(values=CONTACTS, key=KEYS)
def test_ten_thousand_entries_lose_nothing_contact(desk, values, key):
    entered(desk, values, key)


@SOAK
@pytest.mark.timeout(3600)
@settings(max_examples=5_000, **CALM)
@given(datum=DATA, claim=ANY, reason=ANY, key=KEYS)
def test_ten_thousand_entries_lose_nothing_reports(desk, datum, claim, reason, key):
    reported(desk, datum, claim, reason, key)
