"""One number, one value: what the first screen says is what the screen that explains it says."""

import re

import pytest
import ui_people as people
from ui_html import check

from iprof_kit.ui.portal import Portal
from iprof_kit.ui.screens.desk.screen import sample_people

PAY = "/perspectives/ma-paie"
SAMPLE = list(sample_people().values())
EVERY_FIFTH = SAMPLE[::5]
"""One in five: the whole sample takes minutes."""


class Screens:
    """The screens of one person, read as plain text."""

    def __init__(self, dossier):
        self.portal = Portal(lambda: people.FakeGuichet(dossier))

    def text(self, path):
        page = check(self.portal.handle({"kind": "route", "path": path}))
        return " ".join(page.text.replace("\u00a0", " ").split())


def one(pattern, text):
    found = re.search(pattern, text)
    assert found, (pattern, text[:600])
    return found[1]


@pytest.mark.parametrize("dossier", EVERY_FIFTH, ids=lambda one: one.numero)
def test_the_net_the_grade_and_the_departure_are_those_of_their_screens(dossier):
    screens = Screens(dossier)
    home = screens.text("/accueil")
    if "aucun service n’est payé" not in home:
        net = one(r"([\d ]+ €) nets", home)
        assert net == one(r"([\d ]+ €) nets", screens.text("/perspectives/ma-paie"))
    promotions = screens.text("/perspectives/promotions")
    gain = re.search(r"Que change la [\w ]+ \?(\+ [\d ]+ €) bruts", home)
    if gain:
        assert gain[1] in promotions
        year = one(r"dès (\d{4}) possible", home)
        assert f"en {year}" in promotions or f"dès {year}" in promotions
    leaving = one(r"Quand puis-je partir \?(?:depuis le )?(\d+(?:er)? \w+ \d{4})", home)
    assert leaving in screens.text("/perspectives/retraite")


def test_an_echelon_brought_forward_is_held_from_the_day_it_is_pronounced_on_every_screen():
    """The head of a school: 11e échelon pronounced on 1 March 2027 with effect on 1 June 2026."""
    screens = Screens(next(one for one in SAMPLE if one.numero == "D0014"))
    assert "Vous êtes au 10e échelon" in screens.text("/accueil")
    assert "10e échelon depuis le" in screens.text("/perspectives/promotions")
    tried = screens.text("/perspectives/et-si")
    assert "Et si… 10e échelon, à 100 %" in tried
    today = one(r"aujourd’hui 10e échelon 100 %([\d ]+,\d\d €)", tried)
    assert f"un mois moyen, aujourd’hui {today}" in screens.text("/perspectives/ma-paie")
    owed = one(r"1er mars 2027 11e échelon 100 %, rappel de ([\d ]+ €)", tried)
    march = {"kind": "intent", "name": "paie_aller", "values": {"of": "2027-03"}, "changed": ""}
    page = check(screens.portal.handle(march | {"path": PAY}))
    pay = " ".join(page.text.replace("\u00a0", " ").split())
    assert f"S’y ajoute un rappel de {owed} nets" in pay
    assert "11e échelon prononcé le 1er mars 2027, avec effet au 1er juin 2026." in pay
    april = check(screens.portal.handle(march | {"values": {"of": "2027-04"}, "path": PAY}))
    assert "rappel de" not in april.text
    assert "prononcée le 1er mars 2027, avec effet au 1er juin 2026" in tried
