"""The base of the screens: what is kept between two messages is the record, and nothing else."""

import pytest
import ui_database
import ui_people as people
from ui_desk import FakeDesk
from ui_remade import Told, not_plain, story, told_in

from iprof_kit.base.errors import InputError
from iprof_kit.ui.kit.parts import Page
from iprof_kit.ui.kit.screen import KitScreen, State, intent
from iprof_kit.ui.kit.visiting import Visit
from iprof_kit.ui.portal import RUBRIQUES, Portal
from iprof_kit.ui.screens.bureau.screen import Bureau
from iprof_kit.ui.shared.messages import Intent

MADE_BY_HAND = {"EtSi"}
"""Screens of the portal that are not of the base yet: this one may only go."""
GUIDES = ("/guides/textes", "/aide")
MIGRATED = {}
for _path, _make in RUBRIQUES.items():
    if isinstance(_make, type) and issubclass(_make, KitScreen):
        MIGRATED.setdefault(_make, _path)
ADDRESSES = (*MIGRATED.values(), *GUIDES)


def test_the_screens_made_by_hand_only_become_fewer():
    assert {one.__name__ for one in set(RUBRIQUES.values()) - set(MIGRATED)} == MADE_BY_HAND


DESK = ("/bureau", "/bureau/portefeuille", "/bureau/absences", "/bureau/relectures")


def of_jean(folder, monkeypatch):
    """Return the guichet of Jean Dupont, over a database of its own."""
    return ui_database.InProcess(ui_database.open_database(folder, monkeypatch))


@pytest.mark.parametrize("path", [*ADDRESSES, *DESK])
def test_k01_a_screen_is_remade_from_its_record_between_any_two_messages(
    path, monkeypatch, tmp_path
):
    make, of_hers = (Bureau, lambda *_: FakeDesk()) if path in DESK else (Portal, of_jean)
    whole = Told(make, of_hers(tmp_path / "one", monkeypatch), monkeypatch)
    messages, pages = story(whole, path, seed=path, length=7)
    again = Told(make, of_hers(tmp_path / "other", monkeypatch), monkeypatch)
    for message, page in zip(messages, pages, strict=True):
        record = again.remake()
        assert not not_plain(record)
        assert not told_in(record, again.portal.sensitive.typed())
        assert again.say(message) == page, message
    assert len({*pages}) > 1 or len(messages) < 8


class Counter(KitScreen[State]):
    """A screen of two acts."""

    def page(self):
        return "base", Page(f"{self.state.turn} {self.once('read', lambda: self._visit.openings)}")

    @intent("un", "une")
    def one(self, _asked):
        self.look_at("one")

    @intent("faux")
    def wrong(self, _asked):
        raise InputError("ce jour n’est pas lisible.", remedy="Écrivez-le autrement.")


@pytest.fixture
def visit():
    return Visit(people.FakeGuichet)


@pytest.fixture
def counter(visit):
    return Counter(visit)


def shown(screen):
    return screen.show("/un")[1]


def test_an_intent_is_done_by_the_method_marked_and_an_unknown_one_by_none(counter):
    for name in ("un", "une", "deux", "receive", "page"):
        counter.receive(Intent(name, {}))
    assert shown(counter).title == "2 0"


def test_what_fails_is_said_until_the_next_act_or_the_next_opening(counter, visit):
    counter.receive(Intent("faux", {}))
    said = shown(counter).notices
    assert [(one.title, one.text) for one in said] == [
        ("Ce jour n’est pas lisible.", "Écrivez-le autrement.")
    ]
    counter.receive(Intent("deux", {}))
    assert shown(counter).notices == said
    counter.receive(Intent("un", {}))
    assert not shown(counter).notices
    counter.receive(Intent("faux", {}))
    visit.read_again()
    assert not shown(counter).notices
    assert shown(counter).title == "1 1"


def test_a_reason_is_open_once_asked_and_what_is_open_is_bounded(counter):
    for number in range(90):
        counter.receive(Intent("pourquoi", {"of": f"{number}" * 200}))
    assert "0" * 120 in counter.state.opened
    assert len(counter.state.opened) == 60


def test_the_key_of_an_act_is_the_same_until_it_is_answered(counter):
    first = counter.key("envoyer")
    assert counter.key("envoyer") == first != counter.key("autre")
    counter.answered("envoyer")
    assert counter.key("envoyer") != first
