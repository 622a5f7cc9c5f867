"""The life of a case: the tables as they are delivered, every path through them, wrong tables."""

import csv
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session

from iprof_kit.base.errors import BadTable, InputError
from iprof_kit.base.paths import COURRIER
from iprof_kit.records.accounts import Account
from iprof_kit.records.base import snapshot
from iprof_kit.records.cases import Case, CaseEvent, Paper
from iprof_kit.records.tables import METADATA
from iprof_kit.services.cases import life
from iprof_kit.services.cases.acting import Act, Opening, act, begin, see
from iprof_kit.services.cases.life import KIT, OWNER, SERVICE

START = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
KINDS = ("question", "changement", "erreur", "pieces", "service")


def rows(table):
    with (COURRIER / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


WAYS = rows("passages")
ENGINE = create_engine("sqlite://")
METADATA.create_all(ENGINE)
ACTS = sorted({row["acte"] for row in WAYS})
INTERNAL = {row["acte"] for row in WAYS if row["interne"]}
COLLEAGUES = (1, 2)
TOLD = {"informe", "rappele"}
"""The states of a message of the service that takes no answer: she writes another one."""


def way_of(kind, state, name, role):
    """Return the row of the table that allows an act, read here on its own."""
    for row in WAYS:
        right_kind = kind in row["natures"].split() if row["natures"] else kind != "kit"
        right_role, right_state = role in row["role"].split(), state in row["de"].split()
        if row["acte"] == name and right_kind and right_role and right_state:
            return row
    return None


class Exchange(RuleBasedStateMachine):
    """Both sides try any act in any order: what the table allows is done, the rest is refused."""

    @initialize(kind=st.sampled_from(KINDS))
    def open(self, kind):
        self.session, self.now, self.told, self.papers = Session(ENGINE), START, [], 0
        self.proposed_by, self.corrected = None, ""
        for number in COLLEAGUES:
            compte = Account(id=number, compte=f"gestion{number}", version=0, first_password=False,
                             demo=False)  # fmt: skip
            self.session.add(compte)
        self.case = Case(name="un-fil", version=0)
        begin(self.case, Opening("D0001", kind, "Un objet"), START)
        self.session.add(self.case)
        self.state = "brouillon"

    @rule(
        name=st.sampled_from(ACTS),
        role=st.sampled_from((OWNER, SERVICE, KIT)),
        text=st.sampled_from(("", "Un texte")),
        value=st.sampled_from(("", "1er septembre")),
        due=st.sampled_from((None, date(2026, 12, 4))),
        paper=st.booleans(),
        hours=st.integers(0, 500),
        account=st.sampled_from((None, *COLLEAGUES)),
    )
    def try_one(self, name, role, text, value, due, paper, hours, account):
        self.now += timedelta(hours=hours)
        before, count = self.written(), len(self.case.events)
        papers = [self.paper()] if paper else []
        way = way_of(self.case.kind, self.state, name, role)
        needs = {"texte": text, "valeur": value, "echeance": due, "piece": papers}
        allowed = way is not None and all(needs[one] for one in way["exige"].split())
        if allowed and way["autre"]:
            allowed = account is not None and self.proposed_by not in (None, account)
        done = Act(name, role, text=text, value=value, due=due, papers=papers, account=account)
        if not allowed:
            with pytest.raises(InputError) as refused:
                act(self.session, self.case, done, self.now)
            assert refused.value.remedy
            assert (self.written(), len(self.case.events)) == (before, count)
            return
        act(self.session, self.case, done, self.now)
        self.session.flush()
        self.told.append((name, role, text, due, self.now, len(papers)))
        if way["interne"]:
            self.proposed_by = account
        else:
            self.corrected = value or self.corrected
        if way["vers"] and way["vers"] != self.state:
            self.state, self.since = way["vers"], self.now

    @rule(role=st.sampled_from((OWNER, SERVICE)))
    def look(self, role):
        see(self.session, self.case, role, self.now)

    @invariant()
    def no_event_is_lost_and_none_changes(self):
        self.session.flush()
        kept = self.session.scalars(select(CaseEvent).order_by(CaseEvent.id)).all()
        assert [
            (one.act, one.role, one.text, one.due, one.at, len(one.papers)) for one in kept
        ] == self.told

    @invariant()
    def the_state_and_what_is_new_are_those_of_the_events(self):
        assert self.case.state == self.state
        kept = self.session.scalars(select(CaseEvent).order_by(CaseEvent.id)).all()
        hers = [one for one in kept if one.act not in INTERNAL]
        new = [one.role for one in hers if one.seen_at is None]
        assert self.case.unseen_by_service == new.count(OWNER)
        assert self.case.unseen_by_owner == len(new) - new.count(OWNER)
        if hers:
            assert (self.case.last_at, self.case.last_role) == (hers[-1].at, hers[-1].role)
            assert self.case.since <= kept[-1].at
        assert all(one.seen_at is None or one.seen_at >= one.at for one in hers)

    @invariant()
    def what_waits_for_a_second_person_is_not_decided_for_her(self):
        assert (life.as_shown(self.state).code == "decide") == (self.state == "decide")
        assert (self.case.corrected or "") == self.corrected

    @invariant()
    def she_is_never_left_without_a_right(self):
        assert self.state in TOLD or life.acts_open(self.case.kind, self.state, OWNER)

    def paper(self):
        self.papers += 1
        return Paper(
            name=f"piece-{self.papers}", version=0, numero="D0001", place="un-fil", slices=1,
            file_name="scan.png", size=1, made_at=self.now, content=b"x",
        )  # fmt: skip

    def written(self):
        return snapshot(self.case)

    def teardown(self):
        if hasattr(self, "session"):
            self.session.rollback()
            self.session.close()


Exchange.TestCase.settings = settings(max_examples=25, stateful_step_count=25, deadline=None)
TestAnyExchange = Exchange.TestCase


@pytest.mark.parametrize("kind", KINDS)
def test_every_state_of_an_exchange_is_reached_and_can_be_closed_then_reopened(kind):
    reached, left = {"brouillon"}, ["brouillon"]
    while left:
        state = left.pop()
        for name in ACTS:
            for role in (OWNER, SERVICE):
                way = way_of(kind, state, name, role)
                if way and way["vers"] and way["vers"] not in reached:
                    reached.add(way["vers"])
                    left.append(way["vers"])
    asked = {"piece_demandee"} if kind != "service" else set()
    decided = {"decide", "a_confirmer"} if kind == "erreur" else set()
    always = {"brouillon", "envoye", "pris_en_charge", "repondu", "clos", "rouvert"}
    to_many = {"ecrit", *TOLD} if kind == "service" else set()
    assert reached == always | asked | decided | to_many
    for state in reached - to_many - {"brouillon", "clos"}:
        assert "clore" in life.acts_open(kind, state, OWNER)
    assert life.acts_open(kind, "clos", OWNER) == ("rouvrir",)


def test_a_message_of_the_kit_is_read_and_answered_by_nobody():
    for state in life.states():
        assert life.acts_open(KIT, state, OWNER) == life.acts_open(KIT, state, SERVICE) == ()
    assert life.passage(KIT, "brouillon", "informer", KIT).to == "informe"


def test_a_refusal_names_the_state_as_people_read_it():
    with pytest.raises(InputError, match="« clos »") as refused:
        life.passage("question", "clos", "repondre", SERVICE)
    assert "Rechargez" in refused.value.remedy


_TWICE = "a déjà un chemin depuis envoye"
WRONG = {
    "passages": [
        ("Correction proposée,oui", "Correction proposée,peut-être", "« interne » dit oui ou rien"),
        ("prendre,,service,envoye", "prendre,,service,envoyee", "inconnu : envoyee"),
        ("clore,,demandeur service", "clore,,demandeur recteur", "inconnu : recteur"),
        ("corriger,erreur,", "corriger,erreurs,", "inconnu : erreurs"),
        ("repondu,texte,Répondu", "repondu,phrase,Répondu", "inconnu : phrase"),
        ("completer,,demandeur,repondu", "completer,,demandeur,envoye repondu", _TWICE),
        ("relancer,,demandeur,", "relancer,,,", "il faut un acte, un rôle"),
        ("rouvert,clos,,Clos", "rouvert,clos,Clos", "une ligne a 9 cases"),
        ("clos,rouvert,texte", "clos,envoye,texte", "aucun chemin ne mène à « rouvert »"),
    ],
    "etats": [
        ("clos,Clos,,non", "clos,Clos,rectorat,non", "« attend » dit"),
        ("clos,Clos,,non", "clos,Clos,,parfois", "« en_cours » oui ou non"),
        ("clos,Clos,,non", "envoye,Clos,,non", "écrit deux fois"),
        ("clos,Clos,,non,", "clos,Clos,,non,\nperdu,Perdu,,oui,", "ne mène à « perdu »"),
        ("oui,pris_en_charge", "oui,pris", "ne se montre pas « pris »"),
    ],
}


@pytest.mark.parametrize(
    ("table", "right", "wrong", "what"),
    [(table, *one) for table, planted in WRONG.items() for one in planted],
)
def test_a_wrong_table_is_refused_with_its_place(tmp_path, monkeypatch, table, right, wrong, what):
    for name in WRONG:
        text = (COURRIER / f"{name}.csv").read_text(encoding="utf-8")
        if name == table:
            assert text.count(right) == 1
            text = text.replace(right, wrong)
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    monkeypatch.setattr(life, "COURRIER", tmp_path)
    life.states.cache_clear()
    life.passages.cache_clear()
    try:
        with pytest.raises(BadTable, match=what) as refused:
            life.passages()
        assert refused.value.remedy
        assert refused.value.where.startswith("data/courrier/")
    finally:
        monkeypatch.undo()
        life.states.cache_clear()
        life.passages.cache_clear()


def test_a_table_that_is_not_there_is_said(tmp_path, monkeypatch):
    monkeypatch.setattr(life, "COURRIER", tmp_path)
    with pytest.raises(BadTable, match="ne peut pas être lu"):
        life.states.__wrapped__()
