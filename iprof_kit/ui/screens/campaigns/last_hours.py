"""The last day of a step: what is left, what was tried, the list as it is, the message prepared."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from iprof_kit.base.clock import paris
from iprof_kit.base.errors import InputError
from iprof_kit.calculate.campaigns.question import CampagneVue, EtapeVue
from iprof_kit.calculate.interface.local_time import LocalClock, hour_text
from iprof_kit.services.contract.campagnes import NoteLue
from iprof_kit.services.contract.courrier import LONGEST_SUBJECT
from iprof_kit.services.contract.dossier import Dossier
from iprof_kit.ui.kit.carnet import NEW, Draft, Drafts
from iprof_kit.ui.kit.visiting import Visit
from iprof_kit.ui.screens.campaigns import words
from iprof_kit.ui.screens.campaigns.scores import Wish
from iprof_kit.ui.screens.campaigns.taken_away import digest
from iprof_kit.ui.shared import text

_HOUR = 60
_EARLIEST, _BEFORE, _AFTER = 8, 4, 1
"""The first hour drawn, and how many hours before and after the closing at least."""
_DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_MARGIN, _MIDNIGHT = 16, 24
WIDTHS = (640, 340)
"""Widths of the figure: that of a desk, that of a phone."""


@dataclass(frozen=True)
class Tick:
    """An hour under the bar."""

    x: float
    label: str
    closing: bool = False


@dataclass(frozen=True)
class Drawn:
    """The day as a bar: where now is, the closing, the hours, each attempt."""

    width: int
    start: float
    now: float
    closing: float
    ticks: tuple[Tick, ...]
    tries: tuple[float, ...]


@dataclass(frozen=True)
class LastHours:
    """What a person needs to read on the day of a closing."""

    now: str
    left: str
    until: str
    sentence: str
    """What the figure shows, in a sentence."""
    drawn: tuple[Drawn, ...]
    tried: str
    extension: str
    next: str
    office: str
    act: str
    is_open: bool
    when: str
    """« à 18 h, heure de Paris »."""
    at_ms: int
    """The moment of the server, and that of the closing, for the page to count between them."""
    closes_ms: int


def last_hours(
    campaign: CampagneVue, tries: Sequence[NoteLue], at: datetime, here: LocalClock | None
) -> LastHours | None:
    """Return what stands first on the day of a closing whose hour is known; None on another day.

    Parameters
    ----------
    tries : sequence of NoteLue
        The attempts that she noted.
    at : datetime
        The moment of the server, which the page says: its minutes are those of its opening.
    here : LocalClock or None
        Where the hour of the person is not that of Paris.
    """
    step = closing_step(campaign, at)
    if step is None or step.fermeture is None or step.au is None:
        return None
    now, end = paris(at), paris(step.fermeture)
    office = campaign.application or "L’application officielle"
    failed = sorted(moment for one in tries if (moment := paris(one.note_le)).date() == now.date())
    hour = hour_text(step.au, step.heure_au, here)
    clock = f"{_DAYS[now.weekday()]} {text.day(now.date())}, {_clock(now)}"
    is_open = now < end
    return LastHours(
        clock,
        (left_words(end - now) if is_open else "fermé"),
        f"{'jusqu’à' if is_open else 'à'} {hour}",
        f"Le {text.day(step.au)} : il est {_clock(now)}, fermeture à {hour}.",
        tuple(_drawn(width, now, end, failed) for width in WIDTHS),
        f"Essais notés : {', '.join(map(_clock, failed))}" if failed else "",
        words.moved_words(step) or f"Aucune annoncée, lu à {_clock(now)}.",
        _next(campaign, step, here),
        office,
        text.sentence(step.acte),
        is_open,
        f"à {hour}",
        int(now.timestamp() * 1000),
        int(end.timestamp() * 1000),
    )


def closing_step(campaign: CampagneVue, at: datetime) -> EtapeVue | None:
    """Return the act that ends on a day, at an hour that is known; None where none does."""
    today: date = paris(at).date()
    acts = (one for one in campaign.etapes if one.acte and not one.facultatif and one.heure_au)
    return next((one for one in acts if one.au == today), None)


def headline(hours: LastHours) -> str:
    """Return the sentence of the day: « SIAM ferme dans 20 min, à 12 h, heure de Paris. »."""
    if not hours.is_open:
        return closed(hours)
    return f"{hours.office} ferme dans {hours.left}, {hours.when}."


def closed(hours: LastHours) -> str:
    """Return « SIAM est fermé depuis 12 h, heure de Paris. »: what the page says at the end too."""
    return f"{hours.office} est fermé depuis {hours.when.removeprefix('à ')}."


def left_words(left: timedelta) -> str:
    """Return what is left: « 20 min », « 3 h 05 ».

    Examples
    --------
    >>> left_words(timedelta(minutes=20)), left_words(timedelta(minutes=185))
    ('20 min', '3 h 05')
    """
    hours, minutes = divmod(int(left.total_seconds()) // _HOUR, _HOUR)
    if not hours:
        return f"{max(minutes, 1)} min"
    return f"{hours} h {minutes:02d}" if minutes else f"{hours} h"


def _clock(moment: datetime) -> str:
    minutes = f" {moment.minute:02d}" if moment.minute else ""
    return f"{moment.hour} h{minutes}"


def _drawn(width: int, now: datetime, end: datetime, failed: Sequence[datetime]) -> Drawn:
    first = max(0, min(_EARLIEST, end.hour - _BEFORE, now.hour))
    last = min(_MIDNIGHT, max(end.hour + _AFTER + (end.minute > 0), now.hour + 1))

    def x(moment: datetime) -> float:
        share = (moment.hour + moment.minute / _HOUR - first) / (last - first)
        return round(_MARGIN + share * (width - 2 * _MARGIN), 1)

    step = 1 if last - first <= 7 else 2
    ticks = tuple(
        Tick(
            round(_MARGIN + (hour - first) / (last - first) * (width - 2 * _MARGIN), 1),
            f"{hour} h",
            hour == end.hour and not end.minute,
        )
        for hour in range(first, last + 1)
        if (hour - end.hour) % step == 0
    )
    return Drawn(width, _MARGIN, x(now), x(end), ticks, tuple(map(x, failed)))


def _next(campaign: CampagneVue, step: EtapeVue, here: LocalClock | None) -> str:
    """Return what comes after the closing: the first act that follows, and until when."""
    coming = campaign.etapes[campaign.etapes.index(step) + 1 :]
    one = next((e for e in coming if e.acte and (e.du or e.au)), None)
    if one is None:
        return "La suite n’a pas de date connue de ce kit."
    return f"{one.acte} : {words.whole(one, here)}."


READ: Literal["relu"] = "relu"
_SHOWN = 8
"""Wishes of the picture and of the list beside it; the whole list is further on the page."""


@dataclass(frozen=True)
class ClosingList:
    """The list, whether it was read again, and what the page of the proof looks like."""

    campaign: CampagneVue
    rows: Sequence[Wish]
    read: NoteLue | None
    """When she last read a list again."""
    same: bool
    """Whether it was this one: another order has another digest, and was not."""
    digest: str
    who: str
    at: datetime
    tried: int
    """Attempts of the day."""
    shown: int = _SHOWN


def closing_list(
    campaign: CampagneVue,
    rows: Sequence[Wish],
    notes: Sequence[NoteLue],
    dossier: Dossier,
    at: datetime,
) -> ClosingList | None:
    """Return the list of the day; None where there is none."""
    if not rows:
        return None
    mark, today = digest(campaign, rows), paris(at).date()
    read = next((one for one in reversed(notes) if one.nature == READ), None)
    days = [paris(one.note_le).date() for one in notes if one.nature == "essai"]
    who = f"{dossier.identite.prenom} {dossier.identite.nom}"
    return ClosingList(
        campaign,
        rows,
        read,
        read is not None and read.texte == mark,
        mark,
        f"{who}, {dossier.libelle_corps or dossier.statut}",
        at,
        days.count(today),
    )


ADDRESS = "/courrier?nouveau=1"


def prepare(visit: Visit, draft: Draft) -> str:
    """Keep a draft of a new message; return the address where she reads it, and sends it or not.

    Raises
    ------
    InputError
        Another message is begun: nothing that she wrote is replaced.
    """
    drafts = Drafts(visit)
    begun = drafts.of(NEW)
    if not begun.is_empty and begun.texte != draft.texte:
        raise InputError(
            "un autre message est déjà commencé dans Votre courrier.",
            remedy="Envoyez-le ou effacez-le : le message préparé ne le remplace pas.",
        )
    drafts.write_down(NEW, draft)
    return ADDRESS


def of_a_silent_site(
    campaign: CampagneVue,
    rows: Sequence[Wish],
    notes: Sequence[NoteLue],
    at: datetime,
    here: LocalClock | None,
) -> Draft:
    """Return the message that says when the site did not answer, and what the list was."""
    office = campaign.application or "l’application officielle"
    lines = "\n".join(_lines(campaign, rows, notes, at, here))
    subject = f"{office} ne répond pas, {campaign.titre.lower()} {campaign.annee}"
    return Draft(texte=lines, nature="question", objet=subject[:LONGEST_SUBJECT])


def _lines(
    campaign: CampagneVue,
    rows: Sequence[Wish],
    notes: Sequence[NoteLue],
    at: datetime,
    here: LocalClock | None,
) -> Iterator[str]:
    office = campaign.application or "l’application officielle"
    step = closing_step(campaign, at)
    tries = [one for one in notes if one.nature == "essai"]
    if campaign.voeux:
        yield "À l’attention de la cellule mobilité."
        yield ""
    yield f"Bonjour, {office} ne répond pas."
    if step is not None and step.au is not None:
        hour = hour_text(step.au, step.heure_au, here)
        yield f"Fermeture prévue le {text.day(step.au)} à {hour}."
    if tries:
        yield ""
        yield "Mes essais :"
        for one in tries:
            what = f", {one.texte}" if one.texte else ""
            yield f"- le {text.day(paris(one.note_le).date())}, {_hour_of(one.note_le, here)}{what}"
    if rows:
        yield ""
        yield "Mes vœux, dans l’ordre :"
        yield from (f"{one.rank}. {one.name}" for one in rows)
        yield f"Empreinte de cette liste : {digest(campaign, rows)}."
    yield ""
    yield "Pouvez-vous me dire si une prolongation est décidée, et comment ma demande sera reçue ?"
    yield "La preuve datée de mes essais peut être jointe à ce fil."


def _hour_of(moment: datetime, here: LocalClock | None) -> str:
    local = paris(moment)
    return hour_text(local.date(), f"{local:%H:%M}", here)
