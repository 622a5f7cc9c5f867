"""What the screen of training says: final French text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from iprof_kit.calculate.interface.official_texts import official_texts
from iprof_kit.calculate.training.conflicts import DAYS, Slot
from iprof_kit.calculate.training.holidays import SchoolHolidays
from iprof_kit.calculate.training.question import FormationAnswer
from iprof_kit.services.contract.campagnes import NoteLue
from iprof_kit.services.contract.dossier import Qui
from iprof_kit.ui.kit.carnet import CarnetView
from iprof_kit.ui.kit.parts import Field, Lanes, Option, Page, Result, Why, discreet, why_of
from iprof_kit.ui.screens.campaigns import words as campaign_words
from iprof_kit.ui.screens.formation import words
from iprof_kit.ui.screens.formation.finding import Finding
from iprof_kit.ui.screens.formation.kept import ANSWERS, OPINIONS, Choice, Followed, Kept
from iprof_kit.ui.screens.formation.year import Campaign
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.counters import GAIA, Counter, counter

TITLE = "Formation"
_WEEK = "8h30-11h30, 13h30-16h30"
_LATE = ", après la clôture de l’étape"


@dataclass(frozen=True)
class Segment:
    """One part of the bar of hours: where it begins, how long it is, in hundredths."""

    kind: str
    left: float
    width: float


@dataclass(frozen=True)
class Hours:
    """The hours that the service counts, as a bar."""

    due: str
    sentence: str
    segments: tuple[Segment, ...]
    legend: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class WishRow:
    """One wish of the list."""

    rank: int
    key: str
    id: str
    title: str
    when: str
    where: str
    codes: str
    clashes: tuple[str, ...]
    gone: str
    state: str
    opinion: tuple[Option, ...]
    answer: tuple[Option, ...]
    answered: str
    first: bool
    last: bool
    past: bool


@dataclass(frozen=True)
class FollowedRow:
    """One training that was followed."""

    id: str
    title: str
    when: str
    hours: str
    nature: str
    proof: str


@dataclass(frozen=True)
class StepRow:
    """One step of the campaign."""

    title: str
    when: str
    state: str
    place: str
    verify: bool = False


@dataclass(frozen=True)
class FormState:
    """A form as it was typed, and what is wrong with it."""

    fields: tuple[Field, ...] = ()
    wrong: bool = False


@dataclass(frozen=True)
class FormationView(Page):
    """The whole screen."""

    counter: Counter | None = None
    results: tuple[Result, ...] = ()
    hours: Hours | None = None
    lanes: Lanes | None = None
    """The school year: what was followed, the wishes, when one applies."""
    finding: Finding = field(default_factory=Finding)
    wishes: tuple[WishRow, ...] = ()
    closed: str = ""
    reopened: bool = False
    may_close: bool = False
    followed: tuple[FollowedRow, ...] = ()
    followed_sum: str = ""
    new: FormState = field(default_factory=FormState)
    first_degree: bool = False
    week: tuple[Field, ...] = ()
    week_said: str = ""
    account: str = ""
    steps: tuple[StepRow, ...] = ()
    steps_said: str = ""
    notes: tuple[str, ...] = ()
    why_question: str = ""
    """What the fold of the reason is called; "" where no hour is due."""
    why: Why | None = None
    """Once it was opened."""
    doubts: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    decides: str = ""
    carnet: CarnetView = field(default_factory=CarnetView)
    receipt: str = ""
    turn: str = ""


def lead_of(year: FormationAnswer, kept: Kept, campaign: Campaign) -> tuple[str, str]:
    """Return the answer of the screen: hours that count, then what the campaign asks.

    Where no hour is due and none was followed, the campaign alone is the answer.
    """
    asked = _of_the_campaign(kept, campaign)
    if year.heures_dues is not None:
        counted, due = words.hours(year.heures_comptees), words.hours(year.heures_dues)
        return f"{counted} sur {due} comptées cette année.", asked
    if year.heures_suivies:
        return f"{words.hours(year.heures_suivies)} suivies cette année.", asked
    strong, _, rest = asked.partition(". ")
    return (f"{strong}.", rest) if rest else (asked, "")


def _of_the_campaign(kept: Kept, campaign: Campaign) -> str:
    step = campaign.step
    if campaign.campaign is None:
        return (
            "Les campagnes de ce kit sont celles des titulaires. "
            "Demandez à votre académie ce qui vous est ouvert, et jusqu’à quand."
        )
    if step is None:
        return (
            "Aucune date de candidature n’est connue de ce kit : vérifiez dans GAIA. "
            "Seule compte une inscription close dans l’application officielle."
        )
    if campaign.closes:
        end = f"Les candidatures ferment le {campaign_words.last_day(step)}"
        if kept.choices and not kept.is_closed:
            return f"{end} ; votre liste n’est pas close."
        return f"{end}."
    if step.etat == "a_venir":
        return f"Prochaines candidatures : {campaign_words.span(step)}."
    return "Les candidatures connues de ce kit sont closes."


def results_of(year: FormationAnswer, kept: Kept, campaign: Campaign) -> tuple[Result, ...]:
    """Return the three answers above the search."""
    if year.heures_dues is not None:
        due = f"sur {words.hours(year.heures_dues)}"
        hours = Result(
            "Comptées cette année", words.hours(year.heures_comptees), due, verify=year.a_verifier
        )
    else:
        hours = Result("Suivies cette année", words.hours(year.heures_suivies))
    number = len(kept.choices)
    state = ("liste close ici" if kept.is_closed else "liste non close") if number else ""
    wishes = Result("Votre liste", f"{number} session{'s' if number > 1 else ''}", state)
    return hours, wishes, _deadline(campaign, marked=hours.verify)


def _deadline(campaign: Campaign, *, marked: bool) -> Result:
    """Return how long one may apply; a block that has its mark already gets no second one."""
    step, at = campaign.step, campaign.at
    doubtful = bool(step and step.a_verifier and not marked)
    if step and at and campaign.closes:
        left = campaign_words.left(step, at)
        return Result(
            "Candidatures, il reste",
            left,
            f"au {' '.join(text.short_day(campaign.closes))}",
            verify=doubtful,
        )
    if step and step.etat == "a_venir":
        return Result("Candidatures", campaign_words.span(step), verify=doubtful)
    return Result("Candidatures", "closes" if step else "date inconnue")


def bar_of(year: FormationAnswer, kept: Kept) -> Hours | None:
    """Return the bar of the hours due; None where the service counts none."""
    due = year.heures_dues
    if not due:
        return None
    training = min(year.heures_formation, due)
    animation = max(0.0, year.heures_comptees - training)
    coming = sum(one.session.heures or 0 for one in kept.choices if one.answer == "retenue")
    coming = min(coming, max(0.0, due - training - animation))
    parts = (("training", training, "formation"), ("animation", animation, "animation"),
             ("coming", coming, "retenue, à venir"))  # fmt: skip
    segments, at = [], 0.0
    for kind, length, _ in parts:
        if length:
            share = length * 100 / due
            segments.append(Segment(kind, round(at, 2), round(share, 2)))
            at += share
    legend = tuple((kind, f"{words.hours(long)} {name}") for kind, long, name in parts if long)
    sentence = ", ".join(line for _, line in legend) or "aucune heure notée"
    return Hours(words.hours(due), sentence, tuple(segments), legend)


def wish_rows(
    kept: Kept,
    still: frozenset[str],
    plan: bool,
    week: dict[int, tuple[Slot, ...]],
    holidays: SchoolHolidays,
    today: str,
) -> Iterator[WishRow]:
    """Yield the wishes in their order; `still` are the keys that the plan has."""
    last = len(kept.choices) - 1
    for number, one in enumerate(kept.choices):
        session = one.session
        gone = "n’est plus au plan importé" if plan and one.key not in still else ""
        yield WishRow(
            number + 1,
            one.key,
            words.element_id(one.key),
            session.intitule,
            words.when(session),
            words.where(session),
            words.codes(session),
            tuple(words.clashes(one, kept.choices, week, holidays)),
            gone,
            _state(one),
            _options(OPINIONS, one.opinion),
            _options(ANSWERS, one.answer),
            one.answered,
            number == 0,
            number == last,
            bool(session.debut and session.debut.isoformat() <= today),
        )


def _state(one: Choice) -> str:
    opinion = f"avis {OPINIONS[one.opinion]}" if one.opinion else ""
    answer = ANSWERS[one.answer] if one.answer else ""
    day = f" le {one.answered}" if answer and one.answered else ""
    return ", ".join(part for part in (opinion, f"{answer}{day}") if part) or "réponse attendue"


def _options(known: dict[str, str], chosen: str) -> tuple[Option, ...]:
    return tuple(Option(value, label, value == chosen) for value, label in known.items())


def followed_rows(kept: Kept) -> Iterator[FollowedRow]:
    """Yield what was followed, the latest first."""
    for one in kept.followed:
        yield FollowedRow(
            one.id, one.title, text.day(one.day), words.hours(one.hours), _nature(one), one.proof
        )


def _nature(one: Followed) -> str:
    name = "animation" if one.nature == "animation" else "formation"
    return name if one.counts else f"{name}, hors des heures du service"


def week_fields(kept: Kept, errors: dict[str, str]) -> tuple[Field, ...]:
    """Return one field a day of the week."""
    return tuple(
        Field(
            day, day.capitalize(), kept.week.get(day, ""),
            hint=f"par exemple {_WEEK}" if day == DAYS[0] else "", longest=80,
            error=text.sentence(errors[day]) if day in errors else "",
            remedy="Écrivez-les comme 8h30-11h30." if day in errors else "",
        )
        for day in DAYS
    )  # fmt: skip


def step_rows(campaign: Campaign) -> Iterator[StepRow]:
    """Yield the steps of the campaign with their dates."""
    for one in campaign.campaign.etapes if campaign.campaign else ():
        known = bool(one.du or one.au)
        yield StepRow(
            one.titre,
            campaign_words.span(one) if known else "date inconnue de ce kit",
            campaign_words.STATES[one.etat] if known else "",
            one.ou,
            one.a_verifier,
        )


def note_lines(notes: tuple[NoteLue, ...]) -> tuple[str, ...]:
    """Return what was noted of the campaign, the latest first."""
    return tuple(
        f"{one.texte} : écrit ici le {text.moment(one.note_le)}{_LATE if one.apres_cloture else ''}"
        for one in reversed(notes)
    )


def reason_asked(year: FormationAnswer) -> str:
    """Return « Pourquoi 9 h sur 18 h ? »; "" where no hour is due."""
    if year.heures_dues is None:
        return ""
    counted, due = words.hours(year.heures_comptees), words.hours(year.heures_dues)
    return f"Pourquoi {counted} sur {due} ?"


def reason_of(year: FormationAnswer) -> Why | None:
    """Return why so many hours count."""
    return discreet(why_of(year.explication)) if year.explication else None


def sources_of(
    year: FormationAnswer, campaign: Campaign, holidays: SchoolHolidays
) -> tuple[str, ...]:
    """Return the texts and the sources of the dates."""
    named = [official for one in year.sources for official in official_texts(one.texte)]
    own = campaign.campaign
    if own:
        named.append(f"{own.titre}, étapes : {own.source}")
        named += [f"{one.titre}, dates : {one.source}" for one in own.etapes if one.source]
    named += [
        f"Vacances scolaires, {official}"
        for one in holidays.sources
        for official in official_texts(one)
    ]
    return tuple(dict.fromkeys(text.sentence(one) for one in named))


def place_of(who: Qui, campaign: Campaign) -> Counter | None:
    """Return where one applies."""
    name = campaign.campaign.application if campaign.campaign else GAIA
    return counter(who.academie, name) if name == GAIA else Counter(f"{name}, par I-Prof")
