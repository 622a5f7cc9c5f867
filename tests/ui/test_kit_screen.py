"""The base of the screens: what is kept between two messages is the record, and nothing else."""

import pickle
from dataclasses import replace

import pytest
import ui_database
import ui_lessons
import ui_people as people
from ui_desk import FakeDesk
from ui_remade import Told, first_difference, story
from ui_roles import LEA, MATTER, FakeBoard, FakeEvaluator, FakeMailings

from iprof_kit.base.errors import InputError
from iprof_kit.calculate.atelier.files import personas
from iprof_kit.ui.kit.notebook import OnePage
from iprof_kit.ui.kit.parts import Page
from iprof_kit.ui.kit.screen import KitScreen, State, intent
from iprof_kit.ui.kit.visiting import Visit
from iprof_kit.ui.portal import RUBRIQUES, Portal
from iprof_kit.ui.screens.atelier_rooms.screen import Rooms
from iprof_kit.ui.screens.bureau.screen import Bureau
from iprof_kit.ui.screens.cv.preview import Undrawn
from iprof_kit.ui.screens.cv.screen import CvEditor
from iprof_kit.ui.screens.evaluation.screen import Evaluation
from iprof_kit.ui.screens.galerie.screen import Gallery
from iprof_kit.ui.shared.menu import CV, PORTAL, routes
from iprof_kit.ui.shared.messages import Intent

ET_SI = "/perspectives/et-si"
IN_MEMORY = "gardé en mémoire tant que cette page est ouverte"
GUIDES = ("/guides/textes", "/aide")
MIGRATED = {}
for _path, _make in RUBRIQUES.items():
    if isinstance(_make, type) and issubclass(_make, KitScreen):
        MIGRATED.setdefault(_make, _path)
ADDRESSES = (*MIGRATED.values(), *GUIDES)


def test_k01_no_screen_is_made_by_hand():
    assert not set(RUBRIQUES.values()) - set(MIGRATED)


def of_jean(folder, monkeypatch):
    """Return the guichet of Jean Dupont, over a database of its own."""
    return ui_database.InProcess(ui_database.open_database(folder, monkeypatch))


class Trainer(people.FakeGuichet):
    """A trainer's guichet, which leads lessons."""

    def __init__(self):
        super().__init__(role="formateur")
        self.lessons = ui_lessons.Server()

    def ask(self, op, **args):
        return self.lessons.ask(op, **args) if op.startswith("lecon") else super().ask(op, **args)


def rooms(open_guichet):
    return Rooms(open_guichet, personas())


def gallery(open_guichet):
    return Gallery(personas(), open_guichet)


def cv(open_guichet):
    return CvEditor(open_guichet, Undrawn())


DESK = ("/bureau", "/bureau/portefeuille", "/bureau/absences", "/bureau/relectures",
        "/bureau/dossier?fil=t1")  # fmt: skip
EVALUATOR = ("/evaluation", f"/evaluation/projet?dossier={LEA.dossier}&objet={MATTER}")


TRAINERS = ("/atelier", "/atelier/lecons", "/atelier/projecteur?lecon=hors_classe",
            "/atelier/campagne")  # fmt: skip
WORLDS = {
    **dict.fromkeys(ADDRESSES, (Portal, of_jean)),
    **dict.fromkeys(DESK, (Bureau, lambda *_: FakeDesk())),
    "/bureau/campagnes": (Bureau, lambda *_: FakeBoard()),
    "/bureau/envois": (Bureau, lambda *_: FakeMailings()),
    **dict.fromkeys(EVALUATOR, (Evaluation, lambda *_: FakeEvaluator())),
    **dict.fromkeys(TRAINERS, (rooms, lambda *_: Trainer())),
    **dict.fromkeys(routes(CV), (cv, of_jean)),
    "/galerie?p=claire_vasseur": (gallery, lambda *_: Trainer()),
}


@pytest.mark.parametrize("path", WORLDS)
def test_k01_a_screen_is_remade_from_its_record_between_any_two_messages(
    path, monkeypatch, tmp_path
):
    make, of_hers = WORLDS[path]
    whole = Told(make, of_hers(tmp_path / "one", monkeypatch), monkeypatch)
    messages, pages = story(whole, path, seed=path, length=7)
    again = Told(make, of_hers(tmp_path / "other", monkeypatch), monkeypatch)
    assert first_difference(again, messages, pages) is None
    assert len({*pages}) > 1 or len(messages) < 8


def test_k01_a_leave_of_health_that_is_tried_is_in_no_record(monkeypatch):
    whole, again = (Told(Portal, people.FakeGuichet(), monkeypatch) for _ in range(2))
    acts = (
        ("es_ajouter", {"of": "1"}),
        ("es_nature", {"nature": "conge_maladie"}),
        ("es_valider", {"debut": "01/10/2027", "fin": "30/11/2027"}),
        ("es_onglet", {"of": "0"}),
        ("es_retirer", {"of": "1:1"}),
        ("es_annuler", {}),
    )
    messages = [{"kind": "route", "path": ET_SI}] + [
        {"kind": "intent", "name": name, "values": values, "path": ET_SI} for name, values in acts
    ]
    pages = [whole.say(one) for one in messages]
    for message, page in zip(messages, pages, strict=True):
        assert b"maladie" not in pickle.dumps(again.remake())
        assert again.say(message) == page, message
    assert [IN_MEMORY in page for page in pages[3:]] == [True, True, False, True]


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


class Hiding(Counter):
    """The same, which keeps what it must not."""

    _hidden = 0

    def page(self):
        template, view = super().page()
        return template, replace(view, title=f"{view.title} {self._hidden}")

    @intent("deux")
    def two(self, _asked):
        self._hidden += 2


@pytest.mark.parametrize(("make", "name", "bad"), [(Counter, "un", None), (Hiding, "deux", 2)])
def test_k01_a_screen_that_hides_an_attribute_is_found_out(make, name, bad, monkeypatch):
    alone, other = (
        Told(lambda guichet: OnePage(make, "/un", PORTAL, guichet), None, monkeypatch)
        for _ in range(2)
    )
    message = {"kind": "intent", "name": name, "values": {}, "path": "/un"}
    messages = [{"kind": "route", "path": "/un"}, message, {**message}]
    found_at = first_difference(other, messages, [alone.say(one) for one in messages])
    assert found_at is (None if bad is None else messages[bad])


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
