"""What the screen of training decides: its answer, what stands at its head, its reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from iprof_kit.base.errors import KitError
from iprof_kit.base.words import counted
from iprof_kit.calculate.campaigns.question import EtapeVue
from iprof_kit.calculate.interface.official_texts import official_texts
from iprof_kit.calculate.training.conflicts import DAYS
from iprof_kit.calculate.training.holidays import SchoolHolidays
from iprof_kit.calculate.training.question import FormationAnswer
from iprof_kit.services.contract.campagnes import NoteLue
from iprof_kit.services.contract.dossier import Qui
from iprof_kit.services.contract.formation import FormationsLues
from iprof_kit.ui.kit.carnet import CarnetView
from iprof_kit.ui.kit.parts import Field, Lanes, Option, Page, Result, Why, discreet, why_of
from iprof_kit.ui.screens.campaigns import words as campaign_words
from iprof_kit.ui.screens.formation.kept import Kept
from iprof_kit.ui.screens.formation.sessions import (
    ANSWERS,
    OPINIONS,
    Beside,
    Choice,
    Finding,
    options,
)
from iprof_kit.ui.screens.formation.year import Campaign
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.counters import GAIA, Counter, counter

TITLE = "Formation"
_WEEK = "8h30-11h30, 13h30-16h30"


@dataclass(frozen=True)
class Share:
    """Hours of one kind in the bar of the service: where they begin, how long, in hundredths."""

    kind: str
    words: str
    left: float
    width: float


@dataclass(frozen=True)
class Wish:
    """One wish of the list: what falls at the same time, whether the plan has it, whether past."""

    choice: Choice
    clashes: tuple[str, ...]
    gone: bool
    past: bool

    @property
    def opinions(self) -> tuple[Option, ...]:
        """The opinions that may be noted."""
        return options(OPINIONS, self.choice.opinion)

    @property
    def answers(self) -> tuple[Option, ...]:
        """The answers that may be noted."""
        return options(ANSWERS, self.choice.answer)


@dataclass(frozen=True)
class Dated:
    """One step of the campaign, when it is, where it stands."""

    step: EtapeVue
    when: str
    state: str


@dataclass(frozen=True, kw_only=True)
class FormationView(Page):
    """The whole screen."""

    counter: Counter | None
    year: FormationAnswer
    kept: Kept
    campaign: Campaign
    results: tuple[Result, ...]
    bar: tuple[Share, ...]
    lanes: Lanes
    """The school year: what was followed, the wishes, when one applies."""
    finding: Finding
    wishes: tuple[Wish, ...]
    new: tuple[Field, ...]
    week: tuple[Field, ...]
    steps: tuple[Dated, ...]
    notes: tuple[NoteLue, ...]
    """What was noted of the campaign, the latest first."""
    why: Why | None
    """Why so many hours count, once it was opened."""
    sources: tuple[str, ...]
    carnet: CarnetView
    receipt: str
    turn: str


def lead_of(year: FormationAnswer, kept: Kept, campaign: Campaign) -> tuple[str, str]:
    """Return the answer of the screen: hours that count, then what the campaign asks.

    Where no hour is due and none was followed, the campaign alone is the answer.
    """
    asked = _of_the_campaign(kept, campaign)
    if year.heures_dues is not None:
        of = f"{text.hours(year.heures_comptees)} sur {text.hours(year.heures_dues)}"
        return f"{of} comptées cette année.", asked
    if year.heures_suivies:
        return f"{text.hours(year.heures_suivies)} suivies cette année.", asked
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
        due, counts = f"sur {text.hours(year.heures_dues)}", text.hours(year.heures_comptees)
        done = Result("Comptées cette année", counts, due, verify=year.a_verifier)
    else:
        done = Result("Suivies cette année", text.hours(year.heures_suivies))
    number = len(kept.choices)
    state = ("liste close ici" if kept.is_closed else "liste non close") if number else ""
    wishes = Result("Votre liste", counted(number, "session"), state)
    return done, wishes, _deadline(campaign, marked=done.verify)


def _deadline(campaign: Campaign, *, marked: bool) -> Result:
    """Return how long one may apply; a block that has its mark already gets no second one."""
    step, at = campaign.step, campaign.at
    doubtful = bool(step and step.a_verifier and not marked)
    if step and at and campaign.closes:
        left, last = campaign_words.left(step, at), " ".join(text.short_day(campaign.closes))
        return Result("Candidatures, il reste", left, f"au {last}", verify=doubtful)
    if step and step.etat == "a_venir":
        return Result("Candidatures", campaign_words.span(step), verify=doubtful)
    return Result("Candidatures", "closes" if step else "date inconnue")


def bar_of(year: FormationAnswer, kept: Kept) -> Iterator[Share]:
    """Yield the parts of the hours due; none where the service counts none."""
    due = year.heures_dues
    if not due:
        return
    training = min(year.heures_formation, due)
    animation = max(0.0, year.heures_comptees - training)
    granted = sum(one.session.heures or 0 for one in kept.choices if one.answer == "retenue")
    parts = {
        "training": (training, "formation"),
        "animation": (animation, "animation"),
        "coming": (min(granted, max(0.0, due - training - animation)), "retenue, à venir"),
    }
    at = 0.0
    for kind, (length, name) in parts.items():
        if length:
            share = length * 100 / due
            yield Share(kind, f"{text.hours(length)} {name}", round(at, 2), round(share, 2))
            at += share


def wishes_of(beside: Beside, plan: FormationsLues, today: str) -> Iterator[Wish]:
    """Yield the wishes in their order; the plan says which of them it still has."""
    still = {one.cle for one in plan.relues}
    for one in beside.choices:
        first = one.session.debut
        yield Wish(
            one,
            tuple(beside.clashes(one)),
            gone=plan.sessions > 0 and one.key not in still,
            past=bool(first and first.isoformat() <= today),
        )


def week_fields(kept: Kept, errors: Mapping[str, KitError]) -> tuple[Field, ...]:
    """Return one field a day of the week."""
    return tuple(
        Field(
            day,
            day.capitalize(),
            hint=f"par exemple {_WEEK}" if day == DAYS[0] else "",
            needed=True,
            most=80,
            value=kept.week.get(day, ""),
            error=text.sentence(errors[day].message) if day in errors else "",
            remedy="Écrivez-les comme 8h30-11h30." if day in errors else "",
        )
        for day in DAYS
    )


def steps_of(campaign: Campaign) -> Iterator[Dated]:
    """Yield the steps of the campaign with their dates."""
    for one in campaign.campaign.etapes if campaign.campaign else ():
        if one.du or one.au:
            yield Dated(one, campaign_words.span(one), campaign_words.STATES[one.etat])
        else:
            yield Dated(one, "date inconnue de ce kit", "")


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
    read = [official for one in holidays.sources for official in official_texts(one)]
    named += [f"Vacances scolaires, {official}" for official in read]
    return tuple(dict.fromkeys(map(text.sentence, named)))


def place_of(who: Qui, campaign: Campaign) -> Counter | None:
    """Return where one applies."""
    name = campaign.campaign.application if campaign.campaign else GAIA
    return counter(who.academie, name) if name == GAIA else Counter(f"{name}, par I-Prof")
