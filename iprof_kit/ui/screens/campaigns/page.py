"""One campaign's page: its stair, what may still change, each step with what she noted of it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial

from iprof_kit.base.clock import paris
from iprof_kit.calculate.campaigns.question import CampagneVue, Changement, EtapeVue, Etat
from iprof_kit.calculate.campaigns.why import appeal_day, explain_appeal, explain_dates
from iprof_kit.calculate.interface.local_time import LocalClock
from iprof_kit.calculate.mobility.territories import Corrections, corrections
from iprof_kit.ui.kit.carnet import CarnetView
from iprof_kit.ui.kit.parts import Link, Option, Page, Result, Why, why_of
from iprof_kit.ui.kit.visiting import Visit
from iprof_kit.ui.screens.campaigns import words
from iprof_kit.ui.screens.campaigns.appeals import Appeals, appeals_view
from iprof_kit.ui.screens.campaigns.last_hours import (
    READ,
    ClosingList,
    LastHours,
    closed,
    closing_list,
    headline,
    last_hours,
)
from iprof_kit.ui.screens.campaigns.reading import Campaigns, Noted, noted
from iprof_kit.ui.screens.campaigns.scores import ScoresView
from iprof_kit.ui.screens.campaigns.sending import SendingView
from iprof_kit.ui.screens.campaigns.wishes_view import WishesView
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.counters import Counter, counter
from iprof_kit.ui.shared.worded import worded

_CLASS: dict[Etat, str] = {"close": "done", "ouverte": "cur", "a_venir": "next", "inconnue": "next"}
OUTCOMES = ("Satisfaction", "Pas satisfaction", "Autre affectation")


@dataclass(frozen=True)
class Stair:
    """One stair: done, current or coming."""

    title: str
    kind: str
    when: str
    done: str = ""
    usual: bool = False
    here: bool = False


@dataclass(frozen=True)
class Right:
    """What may still change."""

    what: str
    answer: str
    open: bool


@dataclass(frozen=True)
class StepRow:
    """One step: its dates, the act and where it is made, what she noted."""

    key: str
    title: str
    act: str
    place: str
    when: str
    state: str
    usual: bool = False
    verify: bool = False
    missed: str = ""
    moved: str = ""
    note: str = ""
    notes: tuple[Noted, ...] = ()
    may_note: bool = False
    awaited: bool = False
    """Whether it is expected of everybody who takes part; the others are folded."""
    asks: str = ""
    """What the reason of its dates is asked by; "" where none is known."""
    why: Why | None = None


@dataclass(frozen=True)
class AppealRow:
    """What may be done against a result, with its day where the result is noted."""

    what: str
    source: str
    until: str = ""
    verify: bool = False
    asks: str = ""
    """What its reason is asked by; "" where it has no day."""
    why: Why | None = None


@dataclass(frozen=True)
class NoteForm:
    """What is being noted: the step chosen, what was typed, what is wrong with it."""

    key: str = ""
    error: str = ""
    remedy: str = ""
    typed: tuple[tuple[str, str], ...] = ()

    def value(self, name: str) -> str:
        """Return what was typed in a field."""
        return dict(self.typed).get(name, "")


@dataclass(frozen=True)
class CampaignView(Page):
    """The page of one campaign."""

    id: str = ""
    counter: Counter | None = None
    results: tuple[Result, ...] = ()
    stairs: tuple[Stair, ...] = ()
    today: str = ""
    rights: tuple[Right, ...] = ()
    steps: tuple[StepRow, ...] = ()
    acts: tuple[Option, ...] = ()
    tries: tuple[Noted, ...] = ()
    last_hours: LastHours | None = None
    """The last day of an act, whose hour is known; None on another day."""
    closed: str = ""
    """What the page says as soon as it closes."""
    closing: ClosingList | None = None
    goes: str = ""
    outcomes: tuple[str, ...] = ()
    result_notes: tuple[Noted, ...] = ()
    appeals: tuple[AppealRow, ...] = ()
    ways: Appeals = field(default_factory=Appeals)
    """The letters of appeal, and each last day where a result that refuses is noted."""
    decides: str = ""
    unknown: str = ""
    papers_source: str = ""
    papers_year: int = 0
    wishes: WishesView | None = None
    outcome: str = ""
    """The step in which the result is published."""
    corrections: Corrections | None = None
    """What may still change by hand on a confirmation, as the academy says it."""
    also: tuple[Link, ...] = ()
    sending: SendingView | None = None
    form: NoteForm = NoteForm()
    carnet: CarnetView = field(default_factory=CarnetView)
    receipt: str = ""
    turn: str = ""
    today_iso: str = ""
    help: str = ""
    sources: tuple[str, ...] = ()


def campaign_view(
    campaign: CampagneVue,
    read: Campaigns,
    visit: Visit,
    here: LocalClock | None,
    *,
    wishes: WishesView | None = None,
    opened: Collection[str] = (),
) -> CampaignView:
    """Return the page of one campaign at the moment of the server."""
    scores = wishes.scores if wishes else None
    today = paris(read.at).date()
    strong, rest = _sentence(campaign, scores, here)
    tries = [one for one in read.notes_of(campaign.id) if one.nature == "essai"]
    hours = last_hours(campaign, tries, read.at, here)
    if hours is not None:
        beside_it = strong if scores and scores.gap else rest
        strong, rest = headline(hours), f"{hours.act} {beside_it}" if hours.is_open else beside_it
    who, notes = visit.who(), read.notes_of(campaign.id)
    outcomes = campaign.avancement.issues if campaign.avancement else OUTCOMES
    results = [one for one in notes if one.nature == "resultat"]
    dated = [one.le for one in results if one.le]
    open_act = next((one.etape for one in campaign.deadlines if one.etat == "ouverte"), "")
    return CampaignView(
        title=f"{campaign.titre} {campaign.annee}",
        lead_strong=strong,
        lead=rest,
        id=campaign.id,
        counter=counter(who.academie, campaign.application) if campaign.application else None,
        results=tuple(_results(campaign, read, scores, here)),
        stairs=tuple(_stairs(campaign, read)),
        today=worded("aujourd’hui, {}", text.dated(today, "day", today.isoformat())),
        rights=tuple(
            Right(one.quoi, _still(one), one.reponse == "oui") for one in campaign.changements
        ),
        steps=tuple(_step(one, campaign, read, here, opened) for one in campaign.etapes),
        acts=tuple(
            Option(one.etape, one.titre, one.etape == open_act)
            for one in campaign.etapes
            if one.acte
        ),
        tries=tuple(map(noted, tries)),
        last_hours=hours,
        closed=closed(hours) if hours else "",
        closing=closing_list(campaign, wishes.rows, notes, visit.dossier(), read.at)
        if hours and wishes
        else None,
        outcomes=tuple(outcomes),
        result_notes=tuple(map(noted, results)),
        appeals=tuple(_appeals(campaign, dated[-1] if dated else None, opened)),
        ways=appeals_view(campaign, read, outcomes, who.aujourdhui, opened),
        decides=text.sentence(campaign.decide_par),
        unknown=text.sentence(campaign.note or campaign.coutume),
        papers_source=text.sentence(campaign.pieces_source),
        papers_year=campaign.annee,
        wishes=wishes,
        outcome=campaign.issue,
        corrections=_corrections(campaign, visit.dossier().academie),
        also=(*_candidacy(campaign), *beside(campaign.service)),
        today_iso=today.isoformat(),
        help=who.academie.assistance_nom,
        sources=tuple(_sources(campaign)),
    )


def _sentence(
    campaign: CampagneVue, scores: ScoresView | None, here: LocalClock | None
) -> tuple[str, str]:
    """Return the answer: a score that differs, the next act, or what is to be verified."""
    ahead = next((one for one in campaign.awaited if one.etat == "ouverte" and one.au), None)
    act = f"{ahead.acte} d’ici au {words.last_day(ahead, here)}." if ahead else ""
    if scores and scores.gap and campaign.etat != "close":
        return f"{scores.gap}.", act or text.sentence(campaign.decide_par)
    if ahead:
        return act, f"Sinon, {ahead.sans}." if ahead.sans else ""
    coming = next((one for one in campaign.etapes if one.etat == "a_venir"), None)
    if coming:
        begun = campaign.etat == "ouverte"
        waiting = "Rien d’autre n’est attendu de vous d’ici là." if begun else ""
        return f"{coming.titre} : {words.span(coming)}.", waiting
    if campaign.etat == "inconnue":
        return _of_the_unknown(campaign)
    if campaign.etat == "close":
        return f"Cette campagne de la rentrée {campaign.annee} est close.", ""
    place = campaign.application or "I-Prof"
    return "La suite n’a pas de date connue de ce kit.", f"Vérifiez maintenant dans {place}."


def _of_the_unknown(campaign: CampagneVue) -> tuple[str, str]:
    act = next((one for one in campaign.etapes if one.acte and one.habitude), None)
    usual = text.sentence(campaign.coutume)
    if act and act.habitude:
        usual = f"Les années passées : {words.weeks(act.habitude)}."
    if not campaign.verifier_maintenant:
        return f"Aucune date {campaign.annee} n’est encore connue de ce kit.", usual
    place = campaign.application or "votre DSDEN"
    known = f"aucune date {campaign.annee} n’est connue de ce kit."
    return f"Vérifiez maintenant dans {place} : {known}", usual


def _still(change: Changement) -> str:
    condition = change.condition if change.reponse == "oui" else ""
    return ", ".join(part for part in (words.still(change), condition) if part)


def _results(
    campaign: CampagneVue, read: Campaigns, scores: ScoresView | None, here: LocalClock | None
) -> Iterator[Result]:
    ahead = [one for one in campaign.awaited if one.au]
    if scores and scores.gap:
        yield Result(f"Écart, vœu {scores.rank}", scores.gap_value, scores.gap_small)
    if ahead:
        step = ahead[0]
        yield Result(step.titre, words.left(step, read.at), f"au {words.last_day(step, here)}")
    else:
        yield Result("Prochaine échéance", "inconnue" if campaign.etat != "close" else "aucune")
    noted = {one.etape for one in read.notes_of(campaign.id) if one.nature == "fait"}
    acts = [one for one in campaign.etapes if one.acte and not one.facultatif]
    yield Result("Vos étapes notées", f"{len(noted)} sur {len(acts)}")
    if scores and scores.rank and scores.total and not scores.gap:
        yield Result(f"Votre préparation, vœu {scores.rank}", scores.total)


def _stairs(campaign: CampagneVue, read: Campaigns) -> Iterator[Stair]:
    current = next((n for n, one in enumerate(campaign.marches) if one.etat == "ouverte"), None)
    if current is None:  # between two steps: today stands before the next one that is to come
        ahead = [n for n, one in enumerate(campaign.marches) if one.etat == "a_venir"]
        current = ahead[0] if ahead and campaign.etat == "ouverte" else None
    for number, stair in enumerate(campaign.marches):
        steps = [one for one in campaign.etapes if one.etape in stair.etapes]
        dated = any(one.du or one.au for one in steps)
        notes = [
            note
            for one in steps
            for note in read.notes_of(campaign.id, one.etape)
            if note.nature not in ("essai", READ)
        ]
        done = f"noté le {_short(notes[-1].le or paris(notes[-1].note_le).date())}" if notes else ""
        name, here = f"{number + 1}. {stair.titre}", number == current
        yield Stair(name, _CLASS[stair.etat], when_of(steps), done, not dated, here)


def when_of(steps: Sequence[EtapeVue]) -> str:
    """Return the days of the steps of one stair; those of past years where none is published."""
    dated = [one for one in steps if one.du or one.au]
    if not dated:
        return _usual(steps)
    last = next((one for one in reversed(dated) if one.au), dated[-1])
    return words.span(last)


def _usual(steps: Sequence[EtapeVue]) -> str:
    usual = next((one.habitude for one in reversed(steps) if one.habitude), None)
    return words.weeks(usual) if usual else "date inconnue"


def _short(day: date) -> str:
    return " ".join(text.short_day(day))


def _step(
    step: EtapeVue,
    campaign: CampagneVue,
    read: Campaigns,
    here: LocalClock | None,
    opened: Collection[str],
) -> StepRow:
    moved, notes = words.moved_words(step), read.notes_of(campaign.id, step.etape)
    known = bool(step.du or step.au)
    asks = f"{campaign.id}.dates.{step.etape}" if known or step.habitude else ""
    why = None
    if asks and asks in opened:
        shown = partial(words.whole, here=here)
        why = why_of(explain_dates(read.question, campaign.id, step, shown))
    place = "" if step.portee in ("", "national") else f"{step.portee}. "
    return StepRow(
        step.etape,
        step.titre,
        step.acte,
        step.ou,
        words.whole(step, here),
        words.STATES[step.etat] if known else "",
        usual=not known,
        verify=step.a_verifier,
        missed=text.sentence(step.sans),
        moved=moved,
        note=f"{place}{text.sentence(step.note)}",
        notes=tuple(map(noted, (one for one in notes if one.nature == "fait"))),
        may_note=bool(step.acte),
        awaited=bool(step.acte) and not step.facultatif,
        asks=asks,
        why=why,
    )


def _appeals(
    campaign: CampagneVue, result: date | None, opened: Collection[str]
) -> Iterator[AppealRow]:
    for number, one in enumerate(campaign.recours):
        until, asks, why = "", "", None
        if one.delai and result:
            until = f"jusqu’au {text.day(appeal_day(one.delai, result))}"
            asks = f"{campaign.id}.recours.{number}"
            if asks in opened:
                why = why_of(explain_appeal(one.quoi, one.delai, result))
        elif one.delai:
            until = f"{one.duree}, à compter du résultat : notez-le pour avoir le jour"
        yield AppealRow(text.sentence(one.quoi), one.source, until, one.a_verifier, asks, why)


def _candidacy(campaign: CampagneVue) -> tuple[Link, ...]:
    """Return where a movement outside the score is prepared, for who comes by another address."""
    if campaign.candidature is None:
        return ()
    return (Link(f"{campaign.adresse}?campagne={campaign.id}", "Préparer votre candidature"),)


def _corrections(campaign: CampagneVue, academie: str) -> Corrections | None:
    """Return what the academy lets one correct; None for a movement without confirmation."""
    if not campaign.service.endswith("academique_2d"):
        return None
    return corrections(campaign.service.removesuffix("_2d"), academie, campaign.annee)


def _sources(campaign: CampagneVue) -> Iterator[str]:
    yield f"Étapes : {campaign.source}."
    seen = dict.fromkeys(one.source for one in campaign.etapes if one.source)
    yield from (f"Dates : {one}." for one in seen)


def beside(service: str) -> tuple[Link, ...]:
    """Return what is prepared apart for a movement inside a territory."""
    if not service.startswith("intra_"):
        return ()
    post = Link("/services/carte-scolaire", "Mesure de carte scolaire")
    zone = Link("/services/remplacement", "Zone de remplacement")
    return (post, zone) if service.endswith("_2d") else (post,)
