"""The vote of the room: opened, counted as phones answer, taken as the order of criteria."""

import pytest
from ui_html import check

from iprof_kit.base.errors import InputError, Unavailable
from iprof_kit.calculate.campaign_game.vote import CRITERIA, LESSON, asked, voted
from iprof_kit.calculate.lessons.played import LeconJouee, Reponse
from iprof_kit.services.contract.lecons import EtatLecon
from iprof_kit.services.lessons.answers import checked, counted
from iprof_kit.ui.kit.render import render
from iprof_kit.ui.kit.visiting import Visit
from iprof_kit.ui.screens.campagne_jeu.screen import GamePage
from iprof_kit.ui.shared.messages import Intent

PATH = "/atelier/campagne"


class Room:
    """A guichet that leads one lesson, its answers counted as the services count them."""

    def __init__(self):
        self.state, self.answers, self.silent = EtatLecon(), [], False

    def ask(self, op, **args):
        if self.silent:
            raise Unavailable("le serveur ne répond pas.")
        if op == "lecon.ouvrir":
            lesson = LeconJouee.model_validate(args["lecon"])
            self.state, self.answers = EtatLecon(code="ABC23", lecon=lesson), []
        elif op == "lecon.fermer":
            self.state = EtatLecon()
        elif op == "lecon.aller":
            question = self.state.lecon.ecrans[args["ecran"]].question
            compte = counted(question, self.answers) if args["revele"] else None
            self.state = self.state.model_copy(update={"compte": compte, "lancee": True})
        return self.state.model_copy(update={"reponses": len(self.answers)})

    def votes(self, *orders):
        question = self.state.lecon.ecrans[0].question
        self.answers = [checked(question, Reponse(choix=order)) for order in orders]


@pytest.fixture
def guichet():
    return Room()


@pytest.fixture
def room(guichet):
    visit = Visit(lambda: guichet)
    visit.read_again()
    return GamePage(visit)


def shown(room):
    return check(render(*room.show(PATH))).text


def does(room, name):
    room.receive(Intent(name, {}))
    return shown(room)


def test_the_order_of_the_phones_becomes_that_of_the_criteria(room, guichet):
    assert "Ouvrir le vote" in shown(room)
    page = does(room, "jeu_voter")
    assert "A B C 2 3" in page
    assert guichet.state.lecon.id == LESSON
    guichet.votes((2, 1, 0, 3, 4, 5), (2, 0, 1, 3, 4, 5), (3, 2, 1, 0, 5, 4))
    assert "3 réponses" in does(room, "jeu_compter")
    page = does(room, "jeu_prendre")
    assert "1. campagnes déjà attendues" in page
    assert "2. ancienneté dans le corps" in page
    does(room, "jeu_clore")
    assert not guichet.state.code


def test_nobody_who_answered_is_told_and_the_criteria_stay(room, guichet):
    does(room, "jeu_voter")
    page = does(room, "jeu_prendre")
    assert "pas encore répondu" in page
    assert "1. barème" in page
    assert not guichet.state.lancee


def test_a_lesson_that_is_open_is_not_closed_by_a_vote(room, guichet):
    other = asked().model_copy(update={"id": "pension"})
    guichet.state = EtatLecon(code="XYZ45", lecon=other)
    page = does(room, "jeu_voter")
    assert "Une leçon est ouverte" in page
    does(room, "jeu_clore")
    assert guichet.state.code == "XYZ45"
    assert "Aucun vote n’est ouvert" in does(room, "jeu_prendre")


def test_without_lessons_the_game_goes_on(room, guichet):
    guichet.silent = True
    assert "Demander à la salle" not in shown(room)
    assert "57 promotions" in does(room, "jeu_voter")


def test_the_first_places_decide_then_the_orders_given():
    # 3 put « age » first, 3 « attente »; of the orders given, « attente » has the better places
    orders = (((0, 2, 1, 3, 4, 5), 2), ((2, 1, 3, 4, 5, 0), 3), ((0, 2, 1, 3, 5, 4), 1))
    assert voted((3, 0, 3, 0, 0, 0), orders)[:2] == ("attente", "age")
    assert set(voted((1, 0, 0, 0, 0, 0), ())) == set(CRITERIA)
    with pytest.raises(InputError, match="pas encore répondu"):
        voted((0, 0), ())
    with pytest.raises(InputError):
        voted((), ())
