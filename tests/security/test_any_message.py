"""Whatever a page sends, its session answers in HTML, without a traceback, and goes on."""

from __future__ import annotations

import asyncio
import itertools
import json
import logging
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iprof_kit.base.errors import Refused
from iprof_kit.calculate.atelier.files import personas
from iprof_kit.ui.components.screen import Screen
from iprof_kit.ui.kit.guarded import UNAVAILABLE
from iprof_kit.ui.kit.notebook import OnePage
from iprof_kit.ui.portal import Portal
from iprof_kit.ui.rehearsal import Understudy
from iprof_kit.ui.screens.atelier_rooms.screen import Atelier
from iprof_kit.ui.screens.campagne_jeu.screen import GamePage
from iprof_kit.ui.screens.cv.screen import ACTS, DRAFT, CvEditor
from iprof_kit.ui.screens.desk.screen import sample_people
from iprof_kit.ui.screens.ma_situation.screen import MySituation
from iprof_kit.ui.shared.menu import ATELIER, CV, routes

DAY = date(2026, 11, 25)
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30)
ANYTHING = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=20), inner),
    max_leaves=12,
)
FIELDS = st.sampled_from(
    [
        "bonification_8-A",
        "quotite-B",
        "hors_classe-B",
        "depart-A",
        "date_effet",
        "echelon",
        "corps",
        "grade",
        "chevron",
        "date_naissance",
        "of",
        "intitule",
        "debut-an",
        "debut-mois",
        "appreciation",
        "anciennete",
        "equilibre",
        "taux",
        "rang",
        "contre",
    ]
)
WORDS = st.sampled_from(
    [
        "formations",
        "identite",
        "60",
        "oui",
        "-1",
        "99999999",
        "٣",
        "²",
        "31/02/2024",
        "<script>",
        "\0",
    ]
)
CV_ACTS = sorted({*ACTS, DRAFT})
VALUES = st.dictionaries(FIELDS | st.text(max_size=20), WORDS | ANYTHING, max_size=6) | ANYTHING
MESSAGES = st.fixed_dictionaries(
    {"kind": st.sampled_from(["route", "intent", "ping", "file"]) | ANYTHING},
    optional={
        "name": st.sampled_from(
            [
                "scenarios",
                "at_deplacer",
                "jeu_regles",
                "jeu_rang",
                "jeu_lire",
                "jeu_ajouter",
                "jeu_contre",
                "jeu_tot",
                "es_idee",
                "ma_date",
                "date_du_dossier",
                "situation",
                *CV_ACTS,
            ]
        )
        | ANYTHING,
        "path": st.sampled_from(["/perspectives/promotions", "/accueil", *routes(CV)]) | ANYTHING,
        "file": ANYTHING,
        "size": ANYTHING,
        "part": ANYTHING,
        "parts": ANYTHING,
        "values": VALUES,
        "changed": ANYTHING,
        "seq": ANYTHING,
    },
)


def portal():
    person = next(iter(sample_people().values()))
    return Portal(lambda: Understudy(person, DAY))


def atelier():
    return Atelier(personas())


def game_alone():
    """Return the page of the campaign game, as a room of the portal shows it."""
    return OnePage(GamePage, "/atelier/campagne", ATELIER)


def my_situation():
    return MySituation(lambda: DAY)


class NothingKept(Understudy):
    """A guichet that knows no version and no link."""

    def ask(self, op, **args):
        if op.startswith(("cv_version", "cv_lien")):
            raise Refused("cette version n’existe pas.", remedy="Rouvrez la page.")
        return super().ask(op, **args)


def editor():
    person = next(iter(sample_people().values()))
    return CvEditor(lambda: NothingKept(person, DAY))


@pytest.mark.parametrize("make", [portal, my_situation, editor, atelier, game_alone])
@given(messages=st.lists(MESSAGES, min_size=1, max_size=3))
@settings(max_examples=60)
def test_a_screen_answers_any_message(make, messages):
    screen = Screen(make().handle)
    screen.send = lambda content, buffers=(): None
    for message in messages:
        screen.receive(message)
        assert "Traceback" not in screen.html
        assert "<script" not in screen.html
    home = "/cv/diplomes" if make is editor else "/perspectives/promotions"
    screen.receive({"kind": "route", "path": home, "seq": 1})
    assert "<h1" in screen.html
    assert UNAVAILABLE not in screen.html


@pytest.mark.parametrize("make", [portal, my_situation, editor, atelier, game_alone])
def test_nothing_a_page_sends_is_a_fault_of_ours(make, caplog):
    handle = make().handle
    deep: object = "x"
    for _ in range(500):
        deep = {"x": [deep]}
    for values in (deep, "x" * 1_000_000, {"echelon": deep}, {"quotite-B": "9" * 5000}, [deep] * 9):
        names = (
            CV_ACTS
            if make is editor
            else ("scenarios", "ma_date", "situation_choix", "jeu_regles", "jeu_lire")
        )
        for name in (*names, deep):
            handle({"kind": "intent", "name": name, "values": values, "changed": deep})
    assert [one for one in caplog.records if one.levelno >= logging.ERROR] == []


@pytest.mark.parametrize("seq", ["x" * 61, ["a"], {"a": 1}, None, 1.5])
def test_only_a_short_number_of_a_message_is_remembered(seq):
    sent: list[object] = []
    seen: list[object] = []
    screen = Screen(lambda message: seen.append(message) or "<p></p>")
    screen.send = sent.append
    for _ in range(2):
        screen.receive({"kind": "route", "seq": seq})
    assert sent == [{"kind": "done", "seq": None}] * 2
    assert len(seen) == 2  # the second was not taken for the first, sent again


def test_a_closed_login_is_said_by_every_screen():
    class Door:
        def ask(self, op, **args):
            raise Refused("vous n’êtes plus connecté.", remedy="Reconnectez-vous.")

    html = Portal(Door).handle({"kind": "route", "path": "/accueil"}).html
    assert "Reconnectez-vous." in html


CONTENTS = (
    {}, [], None, 5, {"comm_id": []}, {"comm_id": {}}, {"comm_id": "x", "data": 5},
    {"comm_id": "x", "target_name": "jupyter.widget", "data": {"state": {"_model_module": 5}}},
    {"comm_id": "x", "target_name": [], "data": {}},
    {"comm_id": "x", "target_name": "jupyter.widget.control", "data": {"method": []}},
)  # fmt: skip
STATES = (
    {"html": 5}, {"html": None}, {"routed": "x"}, {"_esm": []}, {"layout": "IPY_MODEL_nobody"},
    {"nobody": 1}, {"_answer": "x"}, 5, [],
)  # fmt: skip
RAW = (b"", b"{", b"\xff\xfe", b"[" * 100_000, b'{"comm_id": "x", "data": ' + b"[" * 5000, b"1e999")


@pytest.mark.usefixtures("walls")
def test_a_session_outlives_any_message(hostile):
    session = hostile.open()

    def send(kind, body):
        hostile.loop.run_until_complete(session.send(kind, body))

    kinds = ("comm_open", "comm_msg", "comm_close", "comm_info_request", "kernel_info_request")
    for kind, content in itertools.product(kinds, CONTENTS):
        send(kind, json.dumps(content).encode())
    for state in STATES:
        whole = {"method": "update", "state": state}
        for data in (whole, whole | {"buffer_paths": [["html"], 5, [[]]]}, {"method": state}):
            send("comm_msg", json.dumps({"comm_id": session.model, "data": data}).encode())
    for body in RAW:
        send("comm_msg", body)
    assert session.run("result = 6 * 7") == ["done", 42]


@pytest.mark.usefixtures("walls")
def test_messages_sent_back_to_back_are_all_answered(hostile):
    # ipywidgets refuses the opening of a control comm that does not tell its protocol's version,
    # and then knows no such comm: what looked like lost messages was a refused opening.
    session, control = hostile.open(), "commande"
    opened = {"comm_id": control, "target_name": "jupyter.widget.control", "data": {}}
    wanted = {"comm_id": control, "data": {"method": "request_states"}}

    async def answers():
        for kind, content in (("comm_open", opened), ("comm_msg", wanted), ("comm_msg", wanted)):
            await session.send(kind, json.dumps(content).encode(), {"version": "1.0.0"})
        found = []
        async with asyncio.timeout(60):
            while len(found) < 2:
                _, said = await session.hear()
                if said.get("comm_id") == control:
                    found.append(said["data"])
        return found

    for answer in hostile.loop.run_until_complete(answers()):
        assert answer["method"] == "update_states"
        assert session.model in answer["states"]
