"""One person in front of « Et si… », and what is read there."""

import ui_people as people
from ui_html import check

from iprof_kit.ui.portal import Portal
from iprof_kit.ui.screens.et_si.essais import essais_of

PATH = "/perspectives/et-si"


class Hand:
    """One person in front of the screen."""

    def __init__(self, guichet=None, query=""):
        self.guichet = guichet or people.FakeGuichet()
        self.portal = Portal(lambda: self.guichet)
        self.page = self.go(query)

    def go(self, query=""):
        message = {"kind": "route", "path": PATH, "query": query}
        self.page = check(self.portal.handle(message))
        return self.page

    def do(self, name, **values):
        message = {"kind": "intent", "name": name, "values": values, "changed": "", "path": PATH}
        self.page = check(self.portal.handle(message))
        return self.page

    def add(self, rank="1", **values):
        self.do("es_ajouter", of=rank)
        return self.do("es_valider", **values)

    @property
    def stored(self):
        return essais_of(self.guichet.carnets["scenarios"].contenu)


def plain(text):
    return text.replace("\u00a0", " ").replace("\u2212", "-")


def drawn(page, kind):
    return [one for one in page.all("path") if one.get("class") == kind]


def pressed(page):
    return {b["id"] for b in page.all("button") if b.get("aria-pressed") == "true"}
