"""What a person takes away: calendar files, by the identity of their events, and letters as PDF.

A letter holds no fact: each day and amount that its pages name is looked for on its screen.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import date, datetime

from icalendar import Calendar
from pypdf import PdfReader

from answers.page import Fact, Read, read_page
from answers.people import Drawn
from iprof_kit.calculate.requests.catalogue import requests
from iprof_kit.ui.agenda.calendar_file import uid_of
from iprof_kit.ui.components.screen import Download
from iprof_kit.ui.portal import Portal
from iprof_kit.ui.shared import text

HOME, REQUESTS, MEETING = "/accueil", "/services/demandes", "/services/rendez-vous"
_COMING = "coming."
_DELAYS = ("entretien", "second", "entretiens", "observations", "appreciation", "recours",
           "reponse", "cap")  # fmt: skip
"""What the days of a rendez-vous are keyed by in a calendar."""
_MEETING_LETTERS = ("observations", "recours", "oubli")
_MOST_MEETINGS, _YEARS = 4, (-2, -1, 0, 1)


def agenda(portal: Portal, one: Drawn, home: Read) -> Read:
    """Return the days of the calendar file of Accueil; how many it has is said by both."""
    keys = {f.quantity.removeprefix(_COMING) for f in home.facts if f.quantity.startswith(_COMING)}
    starts = _events(_taken(portal, HOME, "dates_ics"))
    read = Read(facts=list(_days(one, keys, starts)))
    dated = {
        f.quantity
        for f in home.facts
        if f.quantity.startswith(_COMING) and re.fullmatch(r"[\d-]{10}", f.value)
    }
    count = Fact(one.dossier.numero, "agenda.events", "", (), str(len(starts)))
    if starts:
        read.facts.append(count)
        home.facts.append(count._replace(value=str(len(dated))))
    return read


def meeting_agenda(portal: Portal, one: Drawn) -> Read:
    """Return the days of the calendar file of Rendez-vous."""
    years = [one.today.year + more for more in _YEARS]
    keys = {
        f"rendez-vous.{number}.{year}.{delay}"
        for number in range(1, _MOST_MEETINGS)
        for year in years
        for delay in _DELAYS
    }
    starts = _events(_taken(portal, MEETING, "rdv_agenda"))
    read = Read(facts=list(_days(one, keys, starts)))
    if len(read.facts) != len(starts):
        count = str(len(starts))
        read.facts.append(Fact(one.dossier.numero, "rendez-vous.events", "", (), count))
        named = str(len(read.facts) - 1)
        read.facts.append(Fact(one.dossier.numero, "rendez-vous.events", "", (), named))
    return read


def letters(portal: Portal, one: Drawn) -> Iterator[tuple[str, Read]]:
    """Yield printed letters: those of one request, drawn by her number, and those of a meeting."""
    every = list(requests().values())
    asked = every[one.number % len(every)]
    query = f"?demande={asked.id}"
    for letter in asked.letters:
        page = _shown(portal, one, REQUESTS, query)
        given = _taken(portal, REQUESTS, "demande_lettre", {"of": letter.key}, query)
        if given is not None:
            yield f"{REQUESTS}{query}, {letter.key} en PDF", _printed(page, given, one.today)
    for name in _MEETING_LETTERS:
        html = _route(portal, MEETING)
        if f'data-intent="lettre_{name}"' not in html:
            continue
        page = read_page(html, one.dossier.numero)
        given = _taken(portal, MEETING, f"lettre_{name}", {name: "Mes raisons."})
        if given is not None:
            yield f"{MEETING}, {name} en PDF", _printed(page, given, one.today)


def _printed(page: Read, given: Download, today: date) -> Read:
    """Return a printed letter beside its screen, which says today's date in no letter."""
    pages = [one.extract_text() for one in PdfReader(io.BytesIO(given.content)).pages]
    words = " ".join(" ".join(pages).replace("\u00a0", " ").split())
    screen = f"{page.text} {' '.join(page.letter.replace(chr(160), ' ').split())} {text.day(today)}"
    return Read(text=screen, letter=words)


def _taken(
    portal: Portal, path: str, name: str, values: dict[str, str] | None = None, query: str = ""
) -> Download | None:
    """Return the file that a button of a screen gives, None where it gives none."""
    _route(portal, path, query)
    given = portal.handle({"kind": "intent", "name": name, "values": values or {}, "path": path,
                           "query": query})  # fmt: skip
    return given.download


def _route(portal: Portal, path: str, query: str = "") -> str:
    return portal.handle({"kind": "route", "path": path, "query": query}).html


def _shown(portal: Portal, one: Drawn, path: str, query: str = "") -> Read:
    return read_page(_route(portal, path, query), one.dossier.numero)


def _events(given: Download | None) -> dict[str, date]:
    """Return the day of each event of a calendar file, by its identity."""
    if given is None:
        return {}
    events = Calendar.from_ical(given.content).walk("VEVENT")
    return {str(event["uid"]): _civil(event.decoded("dtstart")) for event in events}


def _days(one: Drawn, keys: set[str], starts: dict[str, date]) -> Iterator[Fact]:
    number = one.dossier.numero
    for key in sorted(keys):
        day = starts.get(uid_of(number, key))
        if day is not None:
            yield Fact(number, f"{_COMING}{key}", "", (), day.isoformat())


def _civil(moment: date | datetime) -> date:
    return moment.date() if isinstance(moment, datetime) else moment
