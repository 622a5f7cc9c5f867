"""What a person takes away: calendar files, by the identity of their events, and letters as PDF.

A letter holds no fact: each day and amount that its pages name is looked for on its screen.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime

from icalendar import Calendar
from pypdf import PdfReader

from answers.page import DAY, Fact, Read, read_page
from answers.people import Drawn
from iprof_kit.base.calendar import MONTHS
from iprof_kit.calculate.mobility.places import places
from iprof_kit.calculate.requests.catalogue import requests
from iprof_kit.cv.printing import annexe, layout
from iprof_kit.documents import render
from iprof_kit.ui.agenda.calendar_file import uid_of
from iprof_kit.ui.components.screen import Download
from iprof_kit.ui.portal import Portal
from iprof_kit.ui.screens.autres_affectations.start import degree_of, offered_campaigns
from iprof_kit.ui.screens.cv.session import Session
from iprof_kit.ui.shared import text

HOME, REQUESTS, MEETING = "/accueil", "/services/demandes", "/services/rendez-vous"
_COMING = "coming."
_DELAYS = ("entretien", "second", "entretiens", "observations", "appreciation", "recours",
           "reponse", "cap")  # fmt: skip
"""What the days of a rendez-vous are keyed by in a calendar."""
_MEETING_LETTERS = ("observations", "recours", "oubli")
_MOVEMENT, _WISHED, _WISHES = "/services/siam", "/perspectives/autres-affectations", 2
_CAMPAIGN = re.compile(r'href="([^"]*\?campagne=[^"#&]*)')
FILE = "/dossier/synthese"
_FILE_SCREENS = (FILE, "/dossier/carriere", "/dossier/affectations")
_CV_DAYS = {
    r"Échelon : [^,]+(?:, chevron \w+)?, depuis le": "echelon.recorded",
    "Entrée dans le corps :": "corps.since", "Titularisation :": "tenure.since",
}  # fmt: skip
"""The days that a CV prints of a file, and what they are called on the screens."""
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


def cv_papers(
    session: Session, one: Drawn, screens: Mapping[str, Read]
) -> Iterator[tuple[str, Read]]:
    """Yield the CV and its annexe as they are printed, beside the screens of the file.

    Parameters
    ----------
    session : Session
        Of her editor, once it is open: its draft is that of her file.
    one : Drawn
    screens : mapping of str to Read
        What was shown, by address.
    """
    shown = " ".join(screens[path].text for path in _FILE_SCREENS)
    for name, make in (("CV", layout.document), ("annexe", annexe.document)):
        document = make(session.cv, session.cible, one.today)
        if document is not None:
            words = " ".join(render.text(document).replace("\u00a0", " ").split())
            held = re.sub(r"Échelon : (\S+?)(?=,| Position)", r"\1 échelon", words)
            yield f"{name}, imprimé", Read(list(_of_a_cv(one, words)), text=shown, letter=held)


def _of_a_cv(one: Drawn, words: str) -> Iterator[Fact]:
    """Yield the days of her place that a CV prints."""
    for label, quantity in _CV_DAYS.items():
        if found := re.search(rf"{label} ({DAY.pattern})", words):
            yield Fact(one.dossier.numero, quantity, "", (), day_in(found[1]).isoformat())


def day_in(words: str) -> date:
    """Return the day that « 3 mai 2027 » names."""
    day, month, year = words.split()
    return date(int(year), MONTHS.index(month) + 1, int(day.removesuffix("er")))


def campaigns_of(portal: Portal) -> list[str]:
    """Return the addresses of her campaigns, as the list of the services leads to them."""
    return sorted(set(_CAMPAIGN.findall(_route(portal, "/services"))))


def campaign_papers(portal: Portal, one: Drawn) -> Iterator[tuple[str, Read]]:
    """Yield the pages to take along of a movement on which she has two wishes, and its screen."""
    degree = degree_of(one.dossier.corps)
    if degree is None:
        return
    for address in campaigns_of(portal):
        path, _, asked = address.partition("?")
        if path != _MOVEMENT:
            continue
        for place in places(degree, offered_campaigns(degree, one.today)[0])[:_WISHES]:
            _taken(portal, path, "voeu_ajouter", {"lieu": place.key}, f"?{asked}")
        page = _shown(portal, one, path, f"?{asked}")
        if not any(fact.quantity.startswith("points.") for fact in page.facts):
            continue  # places that she would write herself
        yield f"{address}, deux vœux", page
        yield f"{_WISHED}, deux vœux", _shown(portal, one, _WISHED)
        for name in ("preparation_pdf", "preuve_pdf"):
            given = _taken(portal, path, name, {}, f"?{asked}")
            if given is not None:
                yield f"{address}, {name}", _printed(page, given, one.today)
        return


def _printed(page: Read, given: Download, today: date) -> Read:
    """Return a printed letter beside its screen, which says today's date in no letter."""
    pages = [one.extract_text() for one in PdfReader(io.BytesIO(given.content)).pages]
    words = " ".join(" ".join(pages).replace("\u00a0", " ").split())
    shown = page.text.replace(" pts", " points")
    screen = f"{shown} {' '.join(page.letter.replace(chr(160), ' ').split())} {text.day(today)}"
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
