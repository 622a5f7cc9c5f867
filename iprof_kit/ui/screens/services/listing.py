"""« Les services »: every campaign of the year in one table, and what is to be done next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from iprof_kit.base.calendar import rentree_day
from iprof_kit.base.clock import paris
from iprof_kit.calculate.campaigns.question import CampagnesAnswer, CampagneVue, EtapeVue, Etat
from iprof_kit.calculate.campaigns.reminders import soon
from iprof_kit.calculate.interface.local_time import LocalClock
from iprof_kit.ui.kit.filters import plural
from iprof_kit.ui.kit.parts import Lanes, Link, Option, Page, Result, Shade
from iprof_kit.ui.own_situation.posted import OwnPost
from iprof_kit.ui.screens.campaigns import words
from iprof_kit.ui.screens.campaigns.page import beside
from iprof_kit.ui.screens.campaigns.reading import Campaigns

TITLE = "Les services"
_GROUPS: tuple[tuple[Etat, str, str, str], ...] = (
    ("ouverte", "Ouvertes", "ouvertes", "o"),
    ("a_venir", "À venir", "à venir", "a"),
    ("inconnue", "Dates inconnues de ce kit", "sans date", "q"),
    ("close", "Closes", "closes", "c"),
)
"""Each state: its title, its name in the list of states, its mark."""
_SHOWN, _LONG = 8, 4
"""Deadlines in sight, and campaigns from which on the table may be narrowed."""


@dataclass(frozen=True)
class Row:
    """One campaign of the table: where its act is made, its bars, its next date and what it is."""

    campaign: CampagneVue
    place: str
    bars: tuple[Bar, ...]
    next: str
    what: str
    near: bool


@dataclass(frozen=True)
class Group:
    """The campaigns of one state."""

    state: Etat
    title: str
    short: str
    kind: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Deadline:
    """One line of the deadlines: whose act, its hour, what is left, what moved it."""

    campaign: CampagneVue
    step: EtapeVue
    hour: str
    left: str
    moved: str
    near: bool


@dataclass(frozen=True)
class ServicesView(Page):
    """The list."""

    answer: CampagnesAnswer = field(kw_only=True)
    empty: str = ""
    lanes: Lanes | None = None
    """Where somebody works of whom no campaign is."""
    results: tuple[Result, ...] = ()
    filters: tuple[Option, ...] = ()
    """The states to choose among, where a list is long enough to be narrowed."""
    groups: tuple[Group, ...] = ()
    months: tuple[Shade, ...] = ()
    day: date | None = None
    today: float | None = None
    """Where the day is in the year."""
    deadlines: tuple[Deadline, ...] = ()
    sources: tuple[str, ...] = ()
    also: tuple[Link, ...] = ()


def with_own_post(view: ServicesView, own: OwnPost | None) -> ServicesView:
    """Return a list without campaign as what the file says of where she works."""
    if not view.empty or own is None:
        return view
    lead = f"{view.lead_strong} {view.lead}"
    return replace(view, lead_strong=own.strong, lead=lead, lanes=own.lanes)


def services_view(read: Campaigns, here: LocalClock | None, chosen: str = "") -> ServicesView:
    """Return the list of one rentrée.

    Parameters
    ----------
    here : LocalClock, optional
        Where the hour of the person is not that of Paris.
    chosen : str
        The only state shown in the table; empty, or one that no campaign has: all of them.
    """
    answer, today = read.answer, paris(read.at).date()
    if not answer.campagnes:
        return ServicesView(
            title=TITLE,
            lead_strong="Aucune campagne de mouvement pour votre situation.",
            lead="Les mouvements de ce kit sont ceux des titulaires des écoles, des collèges et "
            "des lycées, hors classes préparatoires.",
            empty="Pour toute autre démarche, le lieu officiel est I-Prof, rubrique « Les "
            "services ».",
            answer=answer,
        )
    strong, rest = _sentence(read, here)
    first = next(iter(_awaited(read) or _all_deadlines(read)), None)
    groups = tuple(_groups(read))
    return ServicesView(
        title=TITLE,
        lead_strong=strong,
        lead=rest,
        answer=answer,
        results=tuple(_results(read, first, here)),
        filters=_filters(groups, chosen),
        groups=tuple(one for one in groups if one.state == chosen) or groups,
        months=months(answer.annee),
        day=today,
        today=today_mark(today, answer.annee),
        deadlines=tuple(_deadline(c, e, read, here) for c, e in _all_deadlines(read))[:_SHOWN],
        sources=tuple(dict.fromkeys(_sources(read))),
        also=tuple(dict.fromkeys(link for one in answer.campagnes for link in beside(one.service))),
    )


def _lower(title: str) -> str:
    return title[:1].lower() + title[1:]


def _sentence(read: Campaigns, here: LocalClock | None) -> tuple[str, str]:
    """Return what is to be done next, with its day; else what is to be verified."""
    near = soon(read.answer.campagnes, read.at)
    ahead = [(c, e) for c, e in _awaited(read) if e.etat == "ouverte"]
    if near or ahead:
        campaign, step = (near[0][1], near[0][2]) if near else ahead[0]
        until = words.last_day(step, here)
        return f"{step.acte} d’ici au {until}.", f"{campaign.titre}, {step.ou}."
    check = [one for one in read.answer.campagnes if one.verifier_maintenant]
    if check:
        act = next(e for e in check[0].etapes if e.acte and e.habitude)
        usual = words.weeks(act.habitude) if act.habitude else ""
        place = check[0].application or "I-Prof"
        unknown = f"{check[0].titre} {read.answer.annee} : aucune date n’est connue de ce kit."
        past = f"{act.titre}, les années passées : {usual}."
        return f"Vérifiez maintenant dans {place}.", f"{unknown} {past}"
    coming = [(c, e) for c in read.answer.campagnes for e in c.etapes if e.etat == "a_venir"]
    if coming:
        campaign, step = min(coming, key=lambda pair: (pair[1].du or pair[1].au, pair[0].id))
        then = f"{campaign.titre} : {_lower(step.titre)}."
        return f"Rien à faire avant le {words.span(step)}.", then
    if all(one.etat == "close" for one in read.answer.campagnes):
        return f"Toutes les campagnes de la rentrée {read.answer.annee} sont closes.", ""
    unknown = f"Aucune date {read.answer.annee} n’est encore connue de ce kit."
    return unknown, "Leur époque habituelle n’est pas commencée."


def _all_deadlines(read: Campaigns) -> list[tuple[CampagneVue, EtapeVue]]:
    pairs = [(one, step) for one in read.answer.campagnes for step in one.deadlines]
    return sorted(pairs, key=lambda pair: (pair[1].fermeture, pair[0].id))


def _awaited(read: Campaigns) -> list[tuple[CampagneVue, EtapeVue]]:
    return [pair for pair in _all_deadlines(read) if not pair[1].facultatif]


def _results(
    read: Campaigns, first: tuple[CampagneVue, EtapeVue] | None, here: LocalClock | None
) -> Iterator[Result]:
    if first:
        campaign, step = first
        day = f"au {words.last_day(step, here)}" if step.au else ""
        label = f"Prochaine échéance, {_lower(campaign.titre)}"
        yield Result(label, words.left(step, read.at), day)
    else:
        yield Result("Prochaine échéance", "inconnue", "aucune date publiée ici")
    ids = {one.id for one in read.answer.campagnes}
    noted = len({(n.campagne, n.etape) for n in read.notes if n.campagne in ids})
    yield Result("Étapes que vous avez notées", str(noted))
    check = [one for one in read.answer.campagnes if one.verifier_maintenant]
    if check:
        places = " et ".join(dict.fromkeys(one.application or "I-Prof" for one in check))
        yield Result(f"À vérifier maintenant dans {places}", plural(len(check), "campagne"))
    else:
        unknown = sum(one.etat == "inconnue" for one in read.answer.campagnes)
        yield Result("Campagnes sans date connue", str(unknown) if unknown else "aucune")


def _groups(read: Campaigns) -> Iterator[Group]:
    for state, title, short, kind in _GROUPS:
        inside = (one for one in read.answer.campagnes if one.etat == state)
        if rows := tuple(
            Row(one, _place(one), bars(one), *words.next_date(one, read)) for one in inside
        ):
            yield Group(state, title, short, kind, rows)


def _filters(groups: tuple[Group, ...], chosen: str) -> tuple[Option, ...]:
    if len(groups) < 2 or sum(len(one.rows) for one in groups) < _LONG:
        return ()
    every = Option("", "toutes", all(one.state != chosen for one in groups))
    return (
        every,
        *(Option(one.state, f"{one.short} {len(one.rows)}", one.state == chosen) for one in groups),
    )


def _place(campaign: CampagneVue) -> str:
    if not campaign.application:
        return campaign.etapes[0].ou if campaign.concours else "par lettre"
    return campaign.application if campaign.site else f"{campaign.application}, par I-Prof"


def _deadline(
    campaign: CampagneVue, step: EtapeVue, read: Campaigns, here: LocalClock | None
) -> Deadline:
    near = any(one.etape == step.etape for _, _, one in soon((campaign,), read.at))
    hour, left = words.end_hour(step, here), words.left(step, read.at)
    return Deadline(campaign, step, hour, left, words.moved_words(step), near)


def _sources(read: Campaigns) -> Iterator[str]:
    for campaign in read.answer.campagnes:
        yield f"{campaign.titre}, étapes : {campaign.source}."
        for step in campaign.etapes:
            if step.source:
                yield f"{campaign.titre}, dates : {step.source}."


_MONTHS = (
    "sept.", "oct.", "nov.", "déc.", "janv.", "févr.", "mars", "avril", "mai", "juin", "juil.",
    "août",
)  # fmt: skip
_NARROW, _ROOM = 1.4, 9.0
"""Least width of a bar; room that a label takes, under which the next one is not written."""


@dataclass(frozen=True)
class Bar:
    """One bar: « o » open, « a » announced, « c » done, « q » past years, « k » a single day."""

    kind: str
    left: float
    width: float
    label: str = ""


def months(year: int) -> tuple[Shade, ...]:
    """Return the twelve months of the school year before the rentrée of `year`."""
    starts = [date(year - 1 + (n >= 4), (n + 8) % 12 + 1, 1) for n in range(12)]
    return tuple(Shade(_at(day, year), 0, name) for day, name in zip(starts, _MONTHS, strict=True))


def today_mark(today: date, year: int) -> float | None:
    """Return where today is; None outside of the year."""
    return _at(today, year) if rentree_day(year - 1) <= today < rentree_day(year) else None


def bars(campaign: CampagneVue) -> tuple[Bar, ...]:
    """Return a bar a stair, with its label under it where there is room."""
    drawn: list[Bar] = []
    free = 0.0
    for stair in campaign.marches:
        steps = [one for one in campaign.etapes if one.etape in stair.etapes]
        bar = _bar(steps, campaign.annee)
        if bar is None:
            continue
        label = stair.titre.split(" ")[0].lower() if bar.left >= free else ""
        if label:
            free = bar.left + _ROOM
        drawn.append(Bar(bar.kind, bar.left, bar.width, label))
    return tuple(drawn)


def _bar(steps: list[EtapeVue], year: int) -> Bar | None:
    dated = [one for one in steps if one.du or one.au]
    days = [day for one in dated for day in (one.du, one.au) if day]
    kind = ""
    if dated:
        states = {one.etat for one in dated}
        begun = "ouverte" in states or {"close", "a_venir"} <= states
        kind = "o" if begun else "c" if states == {"close"} else "a"
    else:
        usual = [one.habitude for one in steps if one.habitude]
        days, kind = [day for one in usual for day in (one.du, one.au)], "q"
    if not days:
        return None
    first, last = min(days), max(days)
    if first == last and kind != "q":
        return Bar("k" if kind != "o" else "o", _at(first, year), _NARROW)
    begins, ends = _at(first, year), _at(last + timedelta(days=1), year)
    return Bar(kind, begins, max(_NARROW, round(ends - begins, 2)))


def _at(day: date, year: int) -> float:
    start = rentree_day(year - 1)
    length = (rentree_day(year) - start).days
    return round(min(100.0, max(0.0, (day - start).days * 100 / length)), 2)
