"""« Les services »: every campaign of the year in one table, and what is to be done next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from iprof_kit.base.calendar import rentree_day
from iprof_kit.base.clock import paris
from iprof_kit.calculate.campaigns.question import CampagneVue, EtapeVue, Etat
from iprof_kit.calculate.campaigns.reminders import soon
from iprof_kit.calculate.interface.local_time import LocalClock
from iprof_kit.ui.kit.parts import Lanes, Link, Option, Page, Result, Shade
from iprof_kit.ui.own_situation.posted import OwnPost
from iprof_kit.ui.screens.campaigns import words
from iprof_kit.ui.screens.campaigns.page import beside
from iprof_kit.ui.screens.campaigns.reading import Campaigns
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.worded import figure, worded

TITLE = "Les services"
_GROUPS: tuple[tuple[Etat, str, str], ...] = (
    ("ouverte", "Ouvertes", "o"),
    ("a_venir", "À venir", "a"),
    ("inconnue", "Dates inconnues de ce kit", "q"),
    ("close", "Closes", "c"),
)
_HATCHED = "les semaines hachurées sont celles d’années passées, elles n’annoncent rien"
_SHORT: dict[Etat, str] = {
    "ouverte": "ouvertes", "a_venir": "à venir", "inconnue": "sans date", "close": "closes",
}  # fmt: skip
_SHOWN, _LONG = 8, 4
"""Deadlines in sight, and campaigns from which on the table may be narrowed."""


@dataclass(frozen=True)
class Row:
    """One campaign of the table."""

    title: str
    path: str
    place: str
    state: str
    bars: tuple[Bar, ...]
    next: str
    what: str
    near: bool = False


@dataclass(frozen=True)
class Group:
    """The campaigns of one state."""

    title: str
    kind: str
    note: str
    rows: tuple[Row, ...]
    state: Etat = "inconnue"


@dataclass(frozen=True)
class Deadline:
    """One line of the deadlines."""

    when: str
    hour: str
    what: str
    where: str
    left: str
    path: str
    verify: bool = False
    moved: str = ""
    near: bool = False


@dataclass(frozen=True)
class ServicesView(Page):
    """The list."""

    year: int = 0
    empty: str = ""
    lanes: Lanes | None = None
    """Where somebody works of whom no campaign is."""
    results: tuple[Result, ...] = ()
    count: str = ""
    filters: tuple[Option, ...] = ()
    """The states to choose among, where a list is long enough to be narrowed."""
    groups: tuple[Group, ...] = ()
    months: tuple[Shade, ...] = ()
    today: float | None = None
    today_words: str = ""
    deadlines: tuple[Deadline, ...] = ()
    past: tuple[Link, ...] = ()
    sources: tuple[str, ...] = ()
    given: str = ""
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
    read : Campaigns
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
            year=answer.annee,
        )
    strong, rest = _sentence(read, here)
    first = next(iter(_awaited(read) or _all_deadlines(read)), None)
    groups = tuple(_groups(read))
    return ServicesView(
        title=TITLE,
        lead_strong=strong,
        lead=rest,
        year=answer.annee,
        results=tuple(_results(read, first, here)),
        count=f"{_counted(len(answer.campagnes))} pour vous, rentrée {answer.annee}",
        filters=_filters(groups, chosen),
        groups=tuple(one for one in groups if one.state == chosen) or groups,
        months=months(answer.annee),
        today=today_mark(today, answer.annee),
        today_words=worded("aujourd’hui, {}", text.dated(today, "day", today.isoformat())),
        deadlines=tuple(_deadline(c, e, read, here) for c, e in _all_deadlines(read))[:_SHOWN],
        past=tuple(
            Link(f"/services?annee={year}", f"Rentrée {year}", "ses dates, telles que publiées")
            for year in answer.annees
            if year != answer.annee
        ),
        sources=tuple(dict.fromkeys(_sources(read))),
        given=_given(read),
        also=tuple(dict.fromkeys(link for one in answer.campagnes for link in beside(one.service))),
    )


def _lower(title: str) -> str:
    return title[:1].lower() + title[1:]


def _counted(number: int) -> str:
    return f"{number} campagne{'s' if number > 1 else ''}"


def _sentence(read: Campaigns, here: LocalClock | None) -> tuple[str, str]:
    """Return what is to be done next, with its day; else what is to be verified."""
    near = soon(read.answer.campagnes, read.at)
    ahead = [(c, e) for c, e in _awaited(read) if e.etat == "ouverte"]
    if near or ahead:
        campaign, step = (near[0][1], near[0][2]) if near else ahead[0]
        return (
            f"{step.acte} d’ici au {words.last_day(step, here)}.",
            f"{campaign.titre}, {step.ou}.",
        )
    check = [one for one in read.answer.campagnes if one.verifier_maintenant]
    if check:
        act = next(e for e in check[0].etapes if e.acte and e.habitude)
        usual = words.weeks(act.habitude) if act.habitude else ""
        place = check[0].application or "I-Prof"
        return (
            f"Vérifiez maintenant dans {place}.",
            (
                f"{check[0].titre} {read.answer.annee} : aucune date n’est connue de ce "
                f"kit. {act.titre}, les années passées : {usual}."
            ),
        )
    coming = [(c, e) for c in read.answer.campagnes for e in c.etapes if e.etat == "a_venir"]
    if coming:
        campaign, step = min(coming, key=lambda pair: (pair[1].du or pair[1].au, pair[0].id))
        return (
            f"Rien à faire avant le {words.span(step)}.",
            f"{campaign.titre} : {step.titre[:1].lower()}{step.titre[1:]}.",
        )
    if all(one.etat == "close" for one in read.answer.campagnes):
        return f"Toutes les campagnes de la rentrée {read.answer.annee} sont closes.", ""
    return f"Aucune date {read.answer.annee} n’est encore connue de ce kit.", (
        "Leur époque habituelle n’est pas commencée."
    )


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
        yield Result(
            f"Prochaine échéance, {_lower(campaign.titre)}", words.left(step, read.at), day
        )
    else:
        yield Result("Prochaine échéance", "inconnue", "aucune date publiée ici")
    ids = {one.id for one in read.answer.campagnes}
    noted = len({(n.campagne, n.etape) for n in read.notes if n.campagne in ids})
    yield Result("Étapes que vous avez notées", str(noted))
    check = [one for one in read.answer.campagnes if one.verifier_maintenant]
    if check:
        places = " et ".join(dict.fromkeys(one.application or "I-Prof" for one in check))
        yield Result(f"À vérifier maintenant dans {places}", _counted(len(check)))
    else:
        unknown = sum(one.etat == "inconnue" for one in read.answer.campagnes)
        yield Result("Campagnes sans date connue", str(unknown) if unknown else "aucune")


def _groups(read: Campaigns) -> Iterator[Group]:
    for state, title, kind in _GROUPS:
        rows = tuple(_row(one, read) for one in read.answer.campagnes if one.etat == state)
        if rows:
            yield Group(title, kind, _HATCHED if state == "inconnue" else "", rows, state)


def _filters(groups: tuple[Group, ...], chosen: str) -> tuple[Option, ...]:
    if len(groups) < 2 or sum(len(one.rows) for one in groups) < _LONG:
        return ()
    known = any(one.state == chosen for one in groups)
    every = Option("", "toutes", not known)
    return (every, *(Option(one.state, f"{_SHORT[one.state]} {len(one.rows)}",
                            one.state == chosen) for one in groups))  # fmt: skip


def _row(campaign: CampagneVue, read: Campaigns) -> Row:
    first, what, near = words.next_date(campaign, read)
    return Row(
        campaign.titre,
        f"{campaign.adresse}?campagne={campaign.id}",
        _place(campaign),
        words.STATES[campaign.etat],
        bars(campaign),
        first,
        what,
        near,
    )


def _place(campaign: CampagneVue) -> str:
    if not campaign.application:
        return campaign.etapes[0].ou if campaign.concours else "par lettre"
    return campaign.application if campaign.site else f"{campaign.application}, par I-Prof"


def _deadline(
    campaign: CampagneVue, step: EtapeVue, read: Campaigns, here: LocalClock | None
) -> Deadline:
    near = any(one.etape == step.etape for _, _, one in soon((campaign,), read.at))
    return Deadline(
        _last_day(campaign, step, step.au) if step.au else "",
        words.end_hour(step, here),
        f"{step.acte}{f' : sinon, {step.sans}' if step.sans else ''}",
        step.ou,
        words.left(step, read.at),
        f"{campaign.adresse}?campagne={campaign.id}",
        step.a_verifier,
        words.moved_words(step),
        near,
    )


def _last_day(campaign: CampagneVue, step: EtapeVue, day: date) -> str:
    return figure(text.day(day), f"campaign.{step.etape}", day, campaign.id)


def _sources(read: Campaigns) -> Iterator[str]:
    for campaign in read.answer.campagnes:
        yield f"{campaign.titre}, étapes : {campaign.source}."
        for step in campaign.etapes:
            if step.source:
                yield f"{campaign.titre}, dates : {step.source}."


def _given(read: Campaigns) -> str:
    given = [one.titre for one in read.answer.campagnes if one.donnee]
    if not given:
        return ""
    return f"Dates données par votre académie : {', '.join(given)}."


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
