"""The first échelons of a corps, whose indices no grid says: what is calculated, and from when."""

from datetime import date

import ui_people as people
from ui_html import check
from ui_pay import PATH, Screen

from iprof_kit.ui.portal import Portal

UNKNOWN = "L’indice de cette position n’est pas connu (instituteur, 2e échelon)"
HELD = people.held("2", date(2026, 6, 15), "anciennete").model_copy(
    update={"corps": "instituteur", "grade": "grade_unique"}
)
BEGINNER = people.JEAN.model_copy(
    update={"corps": "instituteur", "echelons": (HELD,), "entree_corps": date(2025, 9, 15)}
)
"""The grid of instituteurs begins with the third échelon, due nine months later."""


class Calculated(Screen):
    """Ma paie calculated by the kit itself, not by the answers written for other tests."""

    def __init__(self):
        self.guichet = people.FakeGuichet(BEGINNER)
        self.portal = Portal(lambda: self.guichet)
        self.page = self.read({"kind": "route", "path": PATH})

    @property
    def words(self):
        return self.page.text.replace("\u00a0", " ")


def words_of(path):
    html = Portal(lambda: people.FakeGuichet(BEGINNER)).handle({"kind": "route", "path": path}).html
    return check(html).text.replace("\u00a0", " ")


def test_p02_ma_paie_begins_with_the_first_month_whose_index_is_known():
    screen = Calculated()
    assert UNKNOWN in screen.words
    assert "La paie se calcule dès le 3e échelon, le 15 mars 2027." in screen.words
    assert (screen.chosen("mois"), screen.chosen("annee")) == ("4", "2027")
    assert screen.chosen("echelon") == "3"
    assert "1 599,20 €".replace(" ", "\u00a0") in screen.line("Traitement indiciaire brut")  # 379


def test_p02_a_month_before_it_is_refused_and_a_later_one_is_paid():
    screen = Calculated()
    screen.send({"mois": "1", "annee": "2027"}, changed="mois")
    assert "Traitement indiciaire brut" not in screen.words
    screen.send({"mois": "9", "annee": "2028"}, changed="mois")
    assert screen.chosen("echelon") == "4"


def test_p02_et_si_and_promotions_say_what_is_calculated_later_and_what_is_not():
    for path in ("/perspectives/et-si", "/perspectives/promotions"):
        told = words_of(path)
        assert UNKNOWN in told
        assert "Ma paie : dès avril 2027, le premier mois dont l’indice est connu." in told
        assert "Et si… : rien avant, faute d’une paie d’aujourd’hui à quoi comparer." in told
    assert "connu dès le 3e échelon, le 15 mars 2027" in words_of("/perspectives/retraite")
