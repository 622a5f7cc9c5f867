"""One person in front of one screen of the portal; each answer is checked whole."""

import ui_people as people
from ui_html import check

from iprof_kit.ui.portal import Portal


class Visitor:
    """She opens the screen at `path`, then acts on it."""

    path = "/accueil"

    def __init__(self, dossier=people.JEAN, guichet=None):
        self.guichet = guichet or people.FakeGuichet(dossier)
        self.portal = Portal(lambda: self.guichet)
        self.shown({"kind": "route", "path": self.path})

    def do(self, name, **values):
        message = {"kind": "intent", "name": name, "values": values, "changed": ""}
        return self.shown({**message, "path": self.path})

    def shown(self, message):
        self.html = self.portal.handle(message).html
        self.page = check(self.html)
        return self.page
