"""Vos prochaines dates: what comes, in order, each with its source and whether it is certain."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time

from iprof_kit.base.calendar import rentree_day
from iprof_kit.base.clock import PARIS
from iprof_kit.base.words import NOT_CALCULATED, at_place
from iprof_kit.calculate.campaigns.question import CampagneVue, EtapeVue
from iprof_kit.calculate.campaigns.reminders import soon
from iprof_kit.calculate.career.by_right import BY_RIGHT, DatedStep, key_of, pronounced_on
from iprof_kit.calculate.career.question import CareerAnswer, Step
from iprof_kit.calculate.career.rendez_vous.question import Delai, RendezVous, RendezVousAnswer
from iprof_kit.calculate.guides.law import facts as law_facts
from iprof_kit.calculate.interface.explained import Reference
from iprof_kit.calculate.interface.local_time import LocalClock, hour_text, place_of
from iprof_kit.calculate.mobility.dates import Movement, MovementDate
from iprof_kit.services.contract.dossier import Dossier
from iprof_kit.services.contract.dossier import RendezVous as Meeting
from iprof_kit.ui.agenda.coming import Coming, paper_of
from iprof_kit.ui.kit.parts import Link
from iprof_kit.ui.screens.rendez_vous.events import PATH as MEETINGS
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.worded import figure, joined, placed, worded

PROMOTIONS = "/perspectives/promotions"
MOBILITY = "/perspectives/autres-affectations"
_NEXT_STEPS, _NEXT_MEETINGS = 3, 2
_BY_SENIORITY = "De plein droit, à l’ancienneté."
_NOTICE, _APPEAL = "calendrier", "recours"
"""Keys of rendez_vous_delais.csv."""
_NAMES = {1: "Premier", 2: "Deuxième", 3: "Troisième"}


def nearest(campaigns: Iterable[CampagneVue], at: datetime) -> tuple[Link, ...]:
    """Return the acts of a person's campaigns that end soon, the nearest first."""
    return tuple(
        Link(
            f"{campaign.adresse}?campagne={campaign.id}",
            f"{_left(days)}{_until(step)} : {_lower(step.acte)}, {_lower(campaign.titre)}",
        )
        for days, campaign, step in soon(campaigns, at)
    )


def _until(step: EtapeVue) -> str:
    """Return the hour at which a step ends, where it is known: a last day is not a whole one."""
    return f", {hour_text(step.au, step.heure_au)}" if step.au and step.heure_au else ""


def _left(days: int) -> str:
    if days <= 0:
        return "Dernier jour"
    return f"Plus que {days} jour{'s' if days > 1 else ''}"


@dataclass(frozen=True)
class Ahead:
    """What is known of what comes: the calculations, and the calendar of the movements."""

    career: CareerAnswer | None = None
    meetings: RendezVousAnswer | None = None
    movement: Movement = field(default_factory=Movement)
    procedure: tuple[Coming, ...] = ()
    """The days of the rendez-vous that runs, as the person typed them."""
    near: tuple[Link, ...] = ()
    """The acts of campaigns that end within seven days."""
    requests: tuple[Coming, ...] = ()
    """What follows from the requests that she noted."""
    leaving: tuple[Coming, ...] = ()
    """When she may leave, must leave, and until when that is asked."""
    unpaid: tuple[DatedStep, ...] = ()
    """The échelons to come of somebody whose pay the tables refuse."""


def coming_dates(dossier: Dossier, ahead: Ahead, today: date) -> tuple[Coming, ...]:
    """Return every date to come that the law's tables and the file give, in order."""
    here = place_of(dossier.departement)
    coming = [
        *_steps(ahead, today),
        *_chances(ahead.career, today),
        *_meetings(ahead.meetings, today),
        *(ahead.procedure or _appeals(dossier, ahead.meetings, today)),
        *(_movement(one, here, today) for one in ahead.movement.dates),
        *ahead.requests,
        *ahead.leaving,
    ]
    return tuple(sorted(coming, key=lambda one: (one.after, one.key)))


def _steps(ahead: Ahead, today: date) -> Iterator[Coming]:
    steps: Sequence[Step | DatedStep] = ahead.unpaid
    if ahead.career is not None:
        lived = ahead.career.scenarios[0].etapes
        steps = [s for s in lived if s.nature in BY_RIGHT and pronounced_on(s) > today]
    for step in steps[:_NEXT_STEPS]:
        index = _index_words(step, today)
        where = text.position_label(step.grade, step.echelon, step.chevron)
        day = pronounced_on(step)
        yield Coming(
            key=key_of(step),
            what=f"Passage {at_place(where)}, {index}",
            detail=joined(" ", filter(None, (_BY_SENIORITY, text.sentence(early_effect(step))))),
            day=day,
            today=today,
            source=_sources(step) if isinstance(step, Step) else "",
            link=PROMOTIONS,
            verify=bool({"date", "indice"} & set(step.a_verifier))
            if isinstance(step, Step)
            else bool(step.doubt),
            brief=text.sentence(where).removesuffix("."),
            note=f"de plein droit, {index}",
        )


def _index_words(step: Step | DatedStep, today: date) -> str:
    if isinstance(step, Step):
        return f"indice majoré {step.indice_majore}"
    place = law_facts.Standing(step.corps, step.grade, step.echelon, step.chevron)
    known = law_facts.indice_majore(place, today)
    return f"indice majoré {known or NOT_CALCULATED}"


def early_effect(step: Step | DatedStep) -> str:
    """Return the effect of a step that comes before its normal day, and why; else nothing.

    The months of a school head bring the effect forward; the échelon is pronounced on its day.
    """
    if step.date_normale is None or step.date_normale == step.date:
        return ""
    gained = text.duration(text.seniority(step.date, step.date_normale))
    day = text.dated(step.date, "echelon.effect", f"{step.grade} {step.echelon}")
    return worded("effet au {}, avancé de {} par la direction d’école", day, gained)


def _sources(step: Step) -> str:
    return _first_source(step.textes)


def _first_source(texts: Sequence[Reference]) -> str:
    return paper_of(texts[0].texte) if texts else ""


def _chances(answer: CareerAnswer | None, today: date) -> Iterator[Coming]:
    if answer is None:
        return
    for chance in answer.eligibilites:
        if not chance.premiere_campagne or chance.promouvable:
            continue
        opening = rentree_day(chance.premiere_campagne)
        yield Coming(
            key=f"promouvable.{chance.grade}",
            what=f"Première date possible pour la {text.grade_words(chance.grade)}",
            detail=f"Sous réserve d’une décision {text.of(chance.decide_par)}. "
            f"{chance.candidature}".strip(),
            day=opening,
            today=today,
            source=_first_source(chance.textes),
            link=PROMOTIONS,
            brief=text.sentence(f"{text.grade_words(chance.grade)} possible").removesuffix("."),
            note=f"sur décision {text.of(chance.decide_par.partition(',')[0].partition(' (')[0])}",
        )


def _meetings(answer: RendezVousAnswer | None, today: date) -> Iterator[Coming]:
    ahead = [one for one in answer.rendez_vous if not one.deja_tenu] if answer else []
    saved = law_facts.bonification_length()
    for one in [one for one in ahead if one.etat != "passe"][:_NEXT_MEETINGS]:
        yield _meeting(one, answer, today)
        if one.effet_au is not None and one.effet_au > today:
            yield Coming(
                key=f"bonification.{one.numero}",
                what=f"Échelon suivant avec la bonification de {saved}, si elle est accordée",
                detail=f"Après le rendez-vous de {one.annee_scolaire} : sous réserve d’une "
                f"décision, examinée en {one.decision_annee_scolaire}.",
                day=one.effet_au,
                today=today,
                source=_paper(one),
                link=PROMOTIONS,
                brief=f"Échelon avancé de {saved}, s’il est accordé",
                note=f"après le rendez-vous de {one.annee_scolaire}",
            )


def _meeting(one: RendezVous, answer: RendezVousAnswer | None, today: date) -> Coming:
    delays = answer.delais if answer else ()
    notice = next((delay for delay in delays if delay.cle == _NOTICE), None)
    notified: str = ""
    if notice:
        length = figure(notice.delai, f"meeting.delay.{_NOTICE}", notice.delai)
        notified = worded("date notifiée {} avant, au moins", length)
    called = f"Au {text.echelon_label(one.echelon)}, si l’administration vous convoque."
    start = rentree_day(int(one.annee_scolaire[:4]))
    return Coming(
        key=f"rendez-vous.{one.numero}",
        what=f"{_NAMES.get(one.numero, str(one.numero))} rendez-vous de carrière",
        detail=joined(" ", [called, text.sentence(notified)] if notified else [called]),
        day=None,
        today=today,
        period=one.annee_scolaire,
        wait="cette année scolaire" if one.etat == "cette_annee" else "année scolaire",
        begins=max(start, today),
        source=_paper(one),
        link=MEETINGS,
        verify=bool(notice and notice.a_verifier),
        note=notified,
    )


def _paper(one: RendezVous) -> str:
    return paper_of(one.sources[0].texte) if one.sources else ""


def _appeals(dossier: Dossier, answer: RendezVousAnswer | None, today: date) -> Iterator[Coming]:
    """Yield the last days to contest an appreciation notified lately, from the file."""
    notified = [line for line in dossier.rendez_vous if line.notifiee_le and line.appreciation]
    if answer is None or not notified:
        return
    last = max(notified, key=lambda line: line.notifiee_le or date.min)
    for delay in answer.delais:
        if delay.date_limite is None or delay.date_limite < today:
            continue
        if delay.cle == _APPEAL:
            yield _appeal(delay, delay.date_limite, last, today)


def _appeal(delay: Delai, limit: date, meeting: Meeting, today: date) -> Coming:
    notified = text.dated(meeting.notifiee_le or limit, "meeting.notified", f"{meeting.numero}")
    length = figure(delay.delai, f"meeting.delay.{delay.cle}", delay.delai)
    return Coming(
        key=f"recours.rendez-vous.{meeting.numero}",
        what=f"Dernier jour : {delay.etape[0].lower()}{delay.etape[1:]}",
        detail=worded(
            "{} Appréciation notifiée le {}.",
            placed(text.sentence(f"{delay.delai} {delay.compte}"), length),
            notified,
        ),
        day=limit,
        today=today,
        source=paper_of(delay.source.texte),
        link=MEETINGS,
        verify=delay.a_verifier,
        note=worded("appréciation notifiée le {}", notified),
    )


def _movement(one: MovementDate, here: LocalClock | None, today: date) -> Coming:
    """Return a step of a movement, by its last day where it is open, else by its first."""
    closes = one.closes if one.closes and (one.opens is None or one.opens <= today) else None
    day = closes or one.opens or one.closes or today
    hour = _hour(one, here, day) if closes else ""
    sentences: list[str] = (
        [worded("Jusqu’au {}{}.", _closing(one, one.closes), _hour(one, here, one.closes))]
        if one.opens and one.closes and not closes
        else []
    )
    sentences += [text.sentence(one.note)] if one.note else []
    sentences.append("Calendrier publié ; la note de service fait foi.")
    return Coming(
        key=f"mouvement.{one.key}",
        what=f"{one.phase} : {'dernier jour, ' if closes else ''}{_lower(one.step)}{hour}",
        detail=joined(" ", sentences),
        day=day,
        today=today,
        source=one.source,
        link=MOBILITY,
        verify=one.to_verify,
        note="la note de service fait foi",
        recalled=closes is not None,
        ends=moment_of(closes, one.hour) if closes and one.hour else None,
    )


def _closing(one: MovementDate, day: date) -> str:
    return text.dated(day, "movement.closes", one.key)


def moment_of(day: date, hour: str) -> datetime:
    """Return the moment of an hour of Paris, « 12:00 »."""
    return datetime.combine(day, time.fromisoformat(hour), PARIS)


def _hour(one: MovementDate, here: LocalClock | None, day: date) -> str:
    return f", {hour_text(day, one.hour, here)}" if one.hour else ""


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]
