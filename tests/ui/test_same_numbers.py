"""One number, one value: what the first screen says is what the screen that explains it says."""

import re

import pytest
import ui_people as people
from ui_html import check

from iprof_kit.ui.portal import Portal
from iprof_kit.ui.screens.desk.screen import sample_people

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
