"""One person in front of several screens of one page, and files in which a fact was changed."""

import re
from datetime import date

import ui_people as people
from ui_html import check

from iprof_kit.services.contract.dossier import AffectationTenue, PositionTenue
from iprof_kit.services.contract.standing import brought_up
from iprof_kit.ui.own_situation.one import OwnSituation
from iprof_kit.ui.portal import Portal

PAY, PENSION, TRIED = (f"/perspectives/{name}" for name in ("ma-paie", "retraite", "et-si"))
TODAY = people.TODAY


def position(name, since, until=None, share=0, why=None, modality="Aucun service"):
    return PositionTenue(position=name, motif=why, modalite=modality, quotite=share, debut=since,
                         fin=until, source="AGAPE", lu_le=people.READ)  # fmt: skip


def post(function, kind="École maternelle", name="École du Lac", title="Affectation définitive"):
    return AffectationTenue(
        type=title, etablissement=name, type_etablissement=kind, fonction=function,
        debut=date(2021, 9, 1), source="AGAPE", lu_le=people.READ,
    )  # fmt: skip


class Screens:
    """The screens of one person, in one page."""

    def __init__(self, dossier=people.JEAN, guichet=None):
        self.guichet = guichet or people.FakeGuichet(dossier)
        self.portal = Portal(lambda: self.guichet)

    def read(self, path, name="", **values):
        message = {"kind": "route", "path": path}
        self.portal.handle(message)
        if name:
            message = {"kind": "intent", "name": name, "values": values, "changed": "",
                       "path": path}  # fmt: skip
        self.html = self.portal.handle(message).html
        return " ".join(check(self.html).text.replace("\u00a0", " ").split())

    def field(self, path, name):
        self.read(path)
        found = re.search(rf'<input[^>]*name="{name}"[^>]*>', self.html)
        return re.search(r'value="([^"]*)"', found[0])[1] if found else None


def own(dossier, pay=None, pension=None):
    return OwnSituation(brought_up(dossier, TODAY), TODAY, pay or {}, pension or {})
