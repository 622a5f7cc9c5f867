"""All that the kit says to one person, by every channel, as facts: nothing is read from words.

Screens are built without a browser by a guichet in memory; the agenda is read from its events, a
letter from the days that it names, `ask` and the command from their answers.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from answers.asked import answered, by_command
from answers.mail import mail_of, thread_of
from answers.page import Fact, Read, read_page
from answers.papers import (
    HOME,
    MEETING,
    REQUESTS,
    agenda,
    campaign_papers,
    campaigns_of,
    cv_papers,
    letters,
    meeting_agenda,
)
from answers.people import Drawn
from iprof_kit.calculate import ask
from iprof_kit.calculate.requests.catalogue import requests
from iprof_kit.services.contract.carnet import CarnetEnregistre, CarnetLu
from iprof_kit.ui.kit.guarded import UNAVAILABLE
from iprof_kit.ui.kit.visiting import Visit
from iprof_kit.ui.portal import Portal
from iprof_kit.ui.rehearsal import Understudy
from iprof_kit.ui.screens.cv.preview import Undrawn
from iprof_kit.ui.screens.cv.screen import CvEditor
from iprof_kit.ui.screens.guides.brief import PERSONAL
from iprof_kit.ui.shared.menu import CV, MAIL, routes

PAY, PENSION, TRIED = "/perspectives/ma-paie", "/perspectives/retraite", "/perspectives/et-si"
PATHS = "/perspectives/autres-parcours"
SCREENS = (
    HOME, "/perspectives/promotions", TRIED, PAY, PENSION, "/perspectives/autres-affectations",
    PATHS, "/services", MEETING, "/services/siam",
    "/services/avancement", "/services/siac", "/services/formation", "/services/carte-scolaire",
    "/services/candidature", "/services/remplacement", "/dossier/synthese", "/dossier/carriere",
    "/dossier/affectations", "/dossier/anciennetes", REQUESTS, MAIL,
    *(f"/guides/{name}" for name in PERSONAL),
)  # fmt: skip
AGENDA, MEETING_AGENDA, ASKED, COMMAND = "agenda", f"{MEETING}, agenda", "ask", "commande"
_BROKEN = "n’a pas pu être préparé"


class Guichet(Understudy):
    """A guichet of one person that keeps what she types, as hers would."""

    def __init__(self, one: Drawn) -> None:
        super().__init__(one.dossier, one.today)
        self._kept: dict[str, CarnetLu] = {}
        self._thread = thread_of(one)

    def ask(self, op: str, **args: Any) -> Any:
        """Return the answer of the server; a carnet is what was kept, a thread the one drawn."""
        if op == "courrier":
            return mail_of(self._thread)
        if op == "courrier_fil":
            return self._thread
        if op == "carnet_lire" and args["sujet"] in self._kept:
            return self._kept[args["sujet"]]
        if op == "carnet_enregistrer":
            subject, plain = args["sujet"], json.loads(json.dumps(args["contenu"], default=str))
            revision = args["revision"] + 1
            self._kept[subject] = CarnetLu(sujet=subject, contenu=plain, revision=revision)
            return CarnetEnregistre(issue="enregistre", revision=revision, enregistre_le=None)
        return super().ask(op, **args)


@dataclass
class Heard:
    """What each channel says to one person, and what could not be shown."""

    by: dict[str, Read] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)
    """The screens that could not be prepared, each a fault."""
    refused: list[str] = field(default_factory=list)
    """The screens that say in words why they show nothing: « instituteur, 2e échelon »."""

    def facts(self) -> Iterator[tuple[str, Fact]]:
        """Yield each fact with the channel that says it."""
        for channel, read in self.by.items():
            for fact in read.facts:
                yield channel, fact


def heard(one: Drawn) -> Heard:
    """Return all that the kit says to a person.

    Parameters
    ----------
    one : Drawn
        Whose file is opened on her day, once she has typed what she tells.
    """
    said = Heard()
    guichet = Guichet(one)
    portal = Portal(lambda: guichet)
    _tell(portal, one)
    for path in SCREENS:
        said.by[path] = _shown(portal, one, said, {"path": path})
    for address in (*campaigns_of(portal), f"{MAIL}?fil={thread_of(one).fil.id}"):
        path, _, asked = address.partition("?")
        said.by[address] = _shown(portal, one, said, {"path": path, "query": f"?{asked}"})
    editor = CvEditor(lambda: guichet, Undrawn())
    for path in routes(CV):
        said.by[path] = _read(editor.handle({"kind": "route", "path": path}), one, said, path)
    said.by[AGENDA] = agenda(portal, one, said.by[HOME])
    said.by[MEETING_AGENDA] = meeting_agenda(portal, one)
    for request in requests():
        address = {"path": REQUESTS, "query": f"?demande={request}"}
        said.by["".join(address.values())] = _shown(portal, one, said, address)
    said.by |= letters(portal, one)
    said.by |= cv_papers(editor.session, one, said.by)
    for channel, put in ((ASKED, ask), (COMMAND, by_command)):
        said.by[channel] = answered(one, Visit(lambda: guichet), put)
    said.by |= campaign_papers(portal, one)
    return said


def _shown(portal: Portal, one: Drawn, said: Heard, address: dict[str, str]) -> Read:
    answer = portal.handle({"kind": "route", **address})
    return _read(answer, one, said, "".join(address.values()))


def _read(answer: Any, one: Drawn, said: Heard, address: str) -> Read:
    if UNAVAILABLE in answer.html:
        (said.failed if _BROKEN in answer.html else said.refused).append(address)
    return read_page(answer.html, one.dossier.numero)


def _tell(portal: Portal, one: Drawn) -> None:
    """Type what she tells, in the screen where it is asked."""
    paths = {"enfants": "oui", "enfant-1": one.birth} if one.birth else {}
    told = {
        PAY: ("paie", one.pay),
        PENSION: ("retraite", {"autres_trimestres": one.quarters, **one.ages}),
        PATHS: ("parcours_reponses", paths),
        MEETING: ("rdv_dates", one.meeting),
    }
    for path, (name, values) in told.items():
        given = {field: value for field, value in values.items() if value}
        if given and one.dossier.corps:
            portal.handle({"kind": "route", "path": path})
            portal.handle({"kind": "intent", "name": name, "values": given, "path": path,
                           "changed": next(iter(given))})  # fmt: skip
