"""What is tried on Promotions comes back after a reload, and stays on Promotions."""

import pytest
import ui_people as people
from ui_visitor import Visitor

from iprof_kit.base.errors import Unavailable
from iprof_kit.ui.portal import Portal
from iprof_kit.ui.screens.ma_situation.screen import MySituation

PATH = "/perspectives/promotions"
TRIED = {"bonification_8-A": "non", "bonification_8-B": "oui", "hors_classe-B": "2034"}


class Screen(Visitor):
    path = PATH

    def chosen(self, name):
        block = self.html.split(f'<select id="{name}"')[1].split("</select>")[0]
        return block.split(" selected>")[0].rsplit('value="', 1)[1].rstrip('"')

    def reloaded(self):
        return Screen(guichet=self.guichet)


def test_the_scenarios_come_back_after_a_reload_and_can_be_put_back_to_the_first_ones():
    screen = Screen()
    assert screen.chosen("hors_classe-B") == "2033"
    screen.do("scenarios", **TRIED)
    again = screen.reloaded()
    assert (again.chosen("hors_classe-B"), again.chosen("bonification_8-B")) == ("2034", "oui")
    assert again.chosen("hors_classe-A") == "jamais"
    again.do("promotions_effacer")
    assert again.reloaded().chosen("hors_classe-B") == "2033"


def test_what_is_chosen_while_the_base_does_not_answer_is_there_when_it_does_and_is_kept():
    screen = Screen()
    screen.guichet.refusal = Unavailable("la base de données ne répond pas.", remedy="Réessayez.")
    screen.do("scenarios", **TRIED)
    assert "base de données ne répond pas" in screen.page.text
    screen.guichet.refusal = None
    screen.shown({"kind": "route", "path": PATH})
    assert screen.chosen("hors_classe-B") == "2034"
    assert screen.reloaded().chosen("hors_classe-B") == "2034"


def test_ones_own_date_leaves_the_scenarios_and_is_kept_by_this_page_alone():
    screen = Screen()
    screen.do("scenarios", **TRIED)
    page = screen.do("ma_date", echelon="7", date_effet="01/03/2025")
    assert "depuis le 1er mars 2025. C’est la date que vous avez saisie" in page.text
    assert screen.chosen("bonification_8-B") == "oui"
    assert "7e échelon depuis le 1er septembre 2024" in screen.reloaded().page.text
    page = screen.do("date_du_dossier")
    assert "7e échelon depuis le 1er septembre 2024" in page.text
    assert screen.chosen("bonification_8-B") == "oui"


def test_what_is_supposed_on_promotions_changes_no_date_of_the_other_screens():
    screen = Screen()
    home = {"kind": "route", "path": "/accueil"}
    before = screen.portal.handle(home).html
    screen.do("scenarios", **{"bonification_8-A": "oui"})
    assert screen.portal.handle(home).html == before
    assert Portal(lambda: screen.guichet).handle(home).html == before


@pytest.mark.parametrize(
    "content",
    [{}, {"scenarios": "x"}, {"scenarios": [{}, {}, {}]}, {"scenarios": [{"quotite": "?"}, {}]},
     {"scenarios": [{"hors_classe": 1900}, {"quotite": 3}]},
     {"scenarios": [{"nom": people.HOSTILE}, {}]}],
)  # fmt: skip
def test_a_document_that_is_not_what_it_should_be_breaks_nothing(content):
    guichet = people.FakeGuichet()
    guichet.carnets["promotions"] = people.CarnetLu(sujet="promotions", contenu=content, revision=3)
    screen = Screen(guichet=guichet)
    assert "Régler les deux scénarios un par un" in screen.page.text


def test_ma_situation_supposes_no_promotion_and_names_what_a_gain_comes_from():
    screen = MySituation(lambda: people.TODAY)
    typed = {"corps": "pe", "grade": "classe_normale", "echelon": "7", "date_effet": "1/9/2024",
             "quotite": "100"}  # fmt: skip
    html = screen.handle({"kind": "intent", "name": "situation", "values": typed})
    assert "Les deux scénarios donnent le même traitement brut." in html
    tried = {"kind": "intent", "name": "scenarios", "changed": "bonification_8-B",
             "values": {"bonification_8-B": "oui"}}  # fmt: skip
    html = screen.handle(tried)
    assert "Le scénario B (bonification au 8e échelon) rapporte" in html
