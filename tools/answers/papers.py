"""What a person takes away: calendar files, by the identity of their events, and letters as PDF.

A letter holds no fact: each day and amount that its pages name is looked for on its screen.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime

from icalendar import Calendar
from pypdf import PdfReader

from answers.page import DAY, Fact, Read
from answers.people import Drawn
from answers.rooms import Rooms
from iprof_kit.base.calendar import MONTHS
from iprof_kit.calculate.mobility.places import places
from iprof_kit.calculate.requests.catalogue import requests
from iprof_kit.cv.letters import letter_to_start
from iprof_kit.cv.model import Cible, Cv
from iprof_kit.cv.printing import annexe, layout
from iprof_kit.documents import render
from iprof_kit.documents.model import Document
from iprof_kit.ui.agenda.calendar_file import uid_of
from iprof_kit.ui.components.screen import Download
from iprof_kit.ui.screens.autres_affectations.start import degree_of, offered_campaigns
from iprof_kit.ui.screens.cv.session import Session
from iprof_kit.ui.shared import text

HOME, REQUESTS, MEETING = "/accueil", "/services/demandes", "/services/rendez-vous"
AGENDA, MEETING_AGENDA = "agenda", f"{MEETING}, agenda"
_COMING = "coming."
_DELAYS = ("entretien", "second", "entretiens", "observations", "appreciation", "recours",
           "reponse", "cap")  # fmt: skip
"""What the days of a rendez-vous are keyed by in a calendar."""
_MEETING_LETTERS = ("observations", "recours", "oubli")
_MOVEMENT, _WISHED, _WISHES = "/services/siam", "/perspectives/autres-affectations", 2
_KIND = re.compile(r'name="nature".*?<option value="([^"]+)"', re.DOTALL)
_SCORE = re.compile(r'name="(\d{4}\.(?!piece)[^"@]+(?:@(?!propre)[^"]+)?)"')
"""The fields of a score as the official site shows it."""
_SHOWN = "999"
_CELL = re.compile(r"<td[^>]*>(?:<data[^>]*>)?([\d\u00a0\u202f]+(?:,\d+)?)")
"""A count of the table of a score: its column says that it is in points."""
_CAMPAIGN = re.compile(r'href="([^"]*\?campagne=[^"#&]*)')
FILE = "/dossier/synthese"
_FILE_SCREENS = (FILE, "/dossier/carriere", "/dossier/affectations")
_CV_DAYS = {
    r"Échelon : [^,]+(?:, chevron \w+)?, depuis le": "echelon.recorded",
    "Entrée dans le corps :": "corps.since", "Titularisation :": "tenure.since",
}  # fmt: skip
"""The days that a CV prints of a file, and what they are called on the screens."""
_MOST_MEETINGS, _YEARS = 4, (-2, -1, 0, 1)


def agenda(rooms: Rooms, one: Drawn) -> Iterator[tuple[str, Read]]:
    """Yield the days of the calendar file of Accueil; how many it has is said by both."""
    home = rooms.shown(HOME)
    keys = {f.quantity.removeprefix(_COMING) for f in home.facts if f.quantity.startswith(_COMING)}
    starts = _events(rooms.done(HOME, "dates_ics"))
    read = Read(facts=list(_days(one, keys, starts)))
    yield AGENDA, read
    if starts:
        dated = {
            f.quantity
            for f in home.facts
            if f.quantity.startswith(_COMING) and re.fullmatch(r"[\d-]{10}", f.value)
        }
        count = Fact(one.dossier.numero, "agenda.events", "", (), str(len(starts)))
        read.facts.append(count)
        yield f"{HOME}, événements", Read([count._replace(value=str(len(dated)))])


def meeting_agenda(rooms: Rooms, one: Drawn) -> Read:
    """Return the days of the calendar file of Rendez-vous."""
    years = [one.today.year + more for more in _YEARS]
    keys = {
        f"rendez-vous.{number}.{year}.{delay}"
        for number in range(1, _MOST_MEETINGS)
        for year in years
        for delay in _DELAYS
    }
    starts = _events(rooms.done(MEETING, "rdv_agenda"))
    read = Read(facts=list(_days(one, keys, starts)))
    if len(read.facts) != len(starts):
        count = str(len(starts))
        read.facts.append(Fact(one.dossier.numero, "rendez-vous.events", "", (), count))
        named = str(len(read.facts) - 1)
        read.facts.append(Fact(one.dossier.numero, "rendez-vous.events", "", (), named))
    return read


def letters(rooms: Rooms, one: Drawn) -> Iterator[tuple[str, Read]]:
    """Yield the printed letters of a request that her number draws."""
    every = list(requests().values())
    asked = every[one.number % len(every)]
    address = f"{REQUESTS}?demande={asked.id}"
    for letter in asked.letters:
        page = rooms.shown(address)
        given = rooms.done(address, "demande_lettre", of=letter.key)
        if given is not None:
            yield f"{address}, {letter.key} en PDF", _printed(page, given, one.today)


def meeting_letters(rooms: Rooms, one: Drawn) -> Iterator[tuple[str, Read]]:
    """Yield the printed letters of a rendez-vous, those that its page offers."""
    for name in _MEETING_LETTERS:
        if f'data-intent="lettre_{name}"' not in rooms.opened(MEETING):
            continue
        page = rooms.shown(MEETING)
        given = rooms.done(MEETING, f"lettre_{name}", **{name: "Mes raisons."})
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
    papers = (("CV", layout.document), ("annexe", annexe.document), ("lettre", _motivation))
    for name, make in papers:
        document = make(session.cv, session.cible, one.today)
        if document is not None:
            words = " ".join(render.text(document).replace("\u00a0", " ").split())
            held = re.sub(r"Échelon : (\S+?)(?=,| Position)", r"\1 échelon", words)
            yield f"{name}, imprimé", Read(list(_of_a_cv(one, words)), text=shown, letter=held)


def _motivation(cv: Cv, cible: Cible, today: date) -> Document | None:
    """Return the letter that goes with a CV, as it is offered to who has written none."""
    begun = cible.model_copy(update={"lettre": letter_to_start(cv, cible)})
    return layout.letter(cv, begun, today)


def _of_a_cv(one: Drawn, words: str) -> Iterator[Fact]:
    """Yield the days of her place that a CV prints."""
    for label, quantity in _CV_DAYS.items():
        if found := re.search(rf"{label} ({DAY.pattern})", words):
            yield Fact(one.dossier.numero, quantity, "", (), day_in(found[1]).isoformat())


def day_in(words: str) -> date:
    """Return the day that « 3 mai 2027 » names."""
    day, month, year = words.split()
    return date(int(year), MONTHS.index(month) + 1, int(day.removesuffix("er")))


def campaigns_of(rooms: Rooms) -> list[str]:
    """Return the addresses of her campaigns, as the list of the services leads to them."""
    return sorted(set(_CAMPAIGN.findall(rooms.opened("/services"))))


def campaign_papers(rooms: Rooms, one: Drawn) -> Iterator[tuple[str, Read]]:
    """Yield what is said of two wishes, once among places of tables and once as she writes them.

    Their page, the pages to take along, and the letter that contests a score which the official
    site shows otherwise.
    """
    heard = set[str]()
    for address in campaigns_of(rooms):
        if address.partition("?")[0] != _MOVEMENT:
            continue
        wishes = list(_wishes(rooms.opened(address), one))
        if not wishes or (own := next(iter(wishes[0]))) in heard:
            continue
        for wish in wishes:
            rooms.done(address, "voeu_ajouter", **wish)
        heard.add(own)
        yield f"{address}, deux vœux", rooms.shown(address)
        yield from _taken(rooms, address, one, ("preparation_pdf", "preuve_pdf"))
        if own == "lieu":
            yield f"{_WISHED}, deux vœux", rooms.shown(_WISHED)
        if shown := dict.fromkeys(_SCORE.findall(rooms.opened(address)), _SHOWN):
            rooms.done(address, "bareme_siam", **shown)
        if 'data-intent="lettre_bareme"' in rooms.opened(address):
            counts = _CELL.findall(rooms.opened(address))
            for name, read in _taken(rooms, address, one, ("lettre_bareme",)):
                said = "".join(f" {count} points" for count in (*counts, _SHOWN))
                read.text += said.replace("\u00a0", " ")
                yield name, read


def _wishes(html: str, one: Drawn) -> Iterator[dict[str, str]]:
    """Yield two wishes that a page takes: of its tables, or written; none where it takes none."""
    degree = degree_of(one.dossier.corps)
    if 'name="lieu"' in html and degree is not None:
        for place in places(degree, offered_campaigns(degree, one.today)[0])[:_WISHES]:
            yield {"lieu": place.key}
    elif found := _KIND.search(html):
        for number in range(_WISHES):
            yield {"nom": f"Établissement fictif {'AB'[number]}", "nature": found[1]}


def _taken(
    rooms: Rooms, address: str, one: Drawn, names: Iterable[str]
) -> Iterator[tuple[str, Read]]:
    """Yield what buttons of a page print, each beside the page."""
    page = rooms.shown(address)
    for name in names:
        given = rooms.done(address, name)
        if given is not None:
            yield f"{address}, {name}", _printed(page, given, one.today)


def _printed(page: Read, given: Download, today: date) -> Read:
    """Return a printed letter beside its screen, which says today's date in no letter."""
    pages = [one.extract_text() for one in PdfReader(io.BytesIO(given.content)).pages]
    words = " ".join(" ".join(pages).replace("\u00a0", " ").split())
    shown = page.text.replace(" pts", " points")
    screen = f"{shown} {' '.join(page.letter.replace(chr(160), ' ').split())} {text.day(today)}"
    return Read(text=screen, letter=words)


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
