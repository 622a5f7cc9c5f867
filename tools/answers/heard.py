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
    MEETING_AGENDA,
    REQUESTS,
    agenda,
    campaign_papers,
    campaigns_of,
    cv_papers,
    letters,
    meeting_agenda,
    meeting_letters,
)
from answers.people import Drawn
from answers.rooms import Rooms
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
ASKED, COMMAND = "ask", "commande"
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
    rooms = Rooms(portal, one.dossier.numero)
    for path in SCREENS:
        _hear(said, rooms, path)
        if path in _TAKEN_AWAY:
            said.by |= _TAKEN_AWAY[path](rooms, one)
    for address in (*campaigns_of(rooms), f"{MAIL}?fil={thread_of(one).fil.id}"):
        _hear(said, rooms, address)
    for request in requests():
        _hear(said, rooms, f"{REQUESTS}?demande={request}")
    said.by |= letters(rooms, one)
    editor = CvEditor(lambda: guichet, Undrawn())
    for path in routes(CV):
        html = editor.handle({"kind": "route", "path": path}).html
        said.by[path] = read_page(html, one.dossier.numero)
        _note(said, html, path)
    said.by |= cv_papers(editor.session, one, said.by)
    for channel, put in ((ASKED, ask), (COMMAND, by_command)):
        said.by[channel] = answered(one, Visit(lambda: guichet), put)
    said.by |= campaign_papers(rooms, one)
    return said


def _meeting(rooms: Rooms, one: Drawn) -> Iterator[tuple[str, Read]]:
    yield MEETING_AGENDA, meeting_agenda(rooms, one)
    yield from meeting_letters(rooms, one)


_TAKEN_AWAY = {HOME: agenda, MEETING: _meeting}
"""What is taken away from a screen while it is open."""


def _hear(said: Heard, rooms: Rooms, address: str) -> None:
    said.by[address] = rooms.shown(address)
    _note(said, rooms.opened(address), address)


def _note(said: Heard, html: str, address: str) -> None:
    """Note a screen that shows nothing: a fault, or words that say why."""
    if UNAVAILABLE in html:
        (said.failed if _BROKEN in html else said.refused).append(address)


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
