"""The school year of training: the campaign, the hours that count, the figure on one axis."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from iprof_kit.base.calendar import rentree_day, school_year, school_year_text
from iprof_kit.calculate.campaigns.question import CampagneVue, EtapeVue
from iprof_kit.calculate.training.calculation import SUBJECT
from iprof_kit.calculate.training.holidays import Holiday, SchoolHolidays, school_holidays
from iprof_kit.calculate.training.question import FormationAnswer, FormationQuestion
from iprof_kit.services.contract.dossier import Dossier
from iprof_kit.services.contract.standing import current_position
from iprof_kit.ui.kit.parts import Axis, Lane, Lanes, Look, Shade, Stretch
from iprof_kit.ui.screens.autres_parcours.question import question_for
from iprof_kit.ui.screens.campaigns import words as campaign_words
from iprof_kit.ui.screens.campaigns.reading import Campaigns
from iprof_kit.ui.screens.formation.kept import Kept
from iprof_kit.ui.screens.formation.sessions import Beside
from iprof_kit.ui.shared import text

_MONTHS = {9: "sept.", 11: "nov.", 1: "janv.", 3: "mars", 5: "mai"}
_APART = 8.5
"""Hundredths between two numbered discs of one lane: nearer ones stand in the next lane."""
_SHORT_NAME = 10
"""Signs of the name of a holiday that is written under its weeks."""
UNKNOWN = "dates à demander à votre académie"
_SERVICE, _APPLICATIONS = "formation_", "inscription_"


@dataclass(frozen=True)
class Campaign:
    """The campaign, and the step in which one may apply now, or will."""

    campaign: CampagneVue | None = None
    step: EtapeVue | None = None
    at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether one may apply now."""
        return self.step is not None and self.step.etat == "ouverte"

    @property
    def opens(self) -> date | None:
        """The first day of the applications that are to come."""
        return self.step.du if self.step and self.step.etat == "a_venir" else None

    @property
    def closes(self) -> date | None:
        """The last day of the applications that are open."""
        return self.step.au if self.step and self.is_open else None


def campaign_of(read: Campaigns) -> Campaign:
    """Return the campaign of training among those of a person."""
    own = next((one for one in read.answer.campagnes if one.service.startswith(_SERVICE)), None)
    if own is None:
        return Campaign(at=read.at)
    steps = [one for one in own.etapes if one.etape.startswith(_APPLICATIONS)]
    for state in ("ouverte", "a_venir"):
        ahead = next((one for one in steps if one.etat == state), None)
        if ahead:
            return Campaign(own, ahead, read.at)
    past = [one for one in steps if one.etat == "close"]
    return Campaign(own, past[-1] if past else None, read.at)


def hours_of(
    dossier: Dossier, kept: Kept, wishes: Mapping[str, Any], today: date, *, explained: bool
) -> FormationAnswer:
    """Return the hours of the school year; the account is the one told in « Autres parcours »."""
    position = current_position(dossier, today)
    question = FormationQuestion(
        aujourdhui=today,
        corps=dossier.corps or "",
        quotite=position.quotite if position else 0,
        suivies=tuple(one.asked() for one in kept.followed),
        expliquer=explained,
        heures_cpf=question_for(dossier, wishes, today).get("heures_cpf"),
    )
    return SUBJECT.one(question)


def year_of(today: date) -> Axis:
    """Return the axis of the school year of a day, from September to the first days of July.

    Examples
    --------
    >>> year_of(date(2027, 2, 1)).first
    datetime.date(2026, 9, 1)
    """
    begun = school_year(today)
    return Axis(rentree_day(begun), date(begun + 1, 7, 10))


def holidays_of(academie: str, today: date) -> SchoolHolidays:
    """Return the school holidays of an academy in the school year of a day."""
    axis = year_of(today)
    return school_holidays(academie, axis.first, axis.last)


def lanes_of(kept: Kept, campaign: Campaign, beside: Beside, today: date, *, marked: bool) -> Lanes:
    """Return the figure of the year: what was followed, the wishes, when one applies.

    What falls together with something is dashed; `marked` where the block has its mark already:
    it gets no second one.
    """
    axis, holidays = year_of(today), beside.holidays
    followed = [one for one in kept.followed if axis.first <= one.day <= axis.last]
    done = tuple(
        axis.stretch("short", one.day, one.day, text.hours(one.hours))
        for one in sorted(followed, key=lambda one: one.day)
    )
    rows = (
        Lane("Suivies", done, end="" if done else "aucune notée"),
        *_wishes(axis, beside),
        _applications(axis, campaign),
    )
    drawn = school_year_text(axis.first.year)
    tint = " ; en teinte, les vacances de votre zone" if holidays.every else ""
    return Lanes(
        caption=f"Année scolaire {drawn}{tint}",
        marks=tuple(
            (axis.at(day), _MONTHS[day.month])
            for month in _MONTHS
            for day in [date(axis.first.year + (month < axis.first.month), month, 1)]
        ),
        rows=rows,
        today=axis.at(today),
        spoken=_spoken(kept, holidays),
        shades=tuple(_shade(axis, one) for one in holidays.every if one.first < axis.last),
        verify=holidays.a_verifier and not marked,
    )


def _shade(axis: Axis, one: Holiday) -> Shade:
    """Return the weeks of a holiday, named where its name has room."""
    named = len(one.name) <= _SHORT_NAME and one.last < axis.last
    return axis.shade(one.first, one.last, one.name if named else "")


def _wishes(axis: Axis, beside: Beside) -> Iterator[Lane]:
    """Yield the lanes of the wishes, in as many as keep their discs apart."""
    lanes: list[list[Stretch]] = [[]]
    undated = 0
    for rank, one in enumerate(beside.choices, 1):
        day = one.session.debut
        if day is None:
            undated += 1
            continue
        look: Look = "clash" if any(beside.clashes(one)) else "mark"
        mark = Stretch(look, axis.at(day), 0.0, str(rank))
        free = (row for row in lanes if all(abs(o.left - mark.left) > _APART for o in row))
        row = next(free, None)
        if row is None:
            row = []
            lanes.append(row)
        row.append(mark)
    small = f"{undated} sans date" if undated else ""
    for number, row in enumerate(lanes):
        if number:
            yield Lane("", tuple(row))
        else:
            yield Lane(
                "Vœux", tuple(row), small, "" if beside.choices else "aucune session choisie"
            )


def _applications(axis: Axis, campaign: Campaign) -> Lane:
    """Return when one applies: published, or that no date of the academy is known."""
    step = campaign.step
    days = [day for day in (step.du, step.au) if day] if step else []
    if step is None or not days:
        unknown = axis.stretch("missing", axis.first, axis.last, UNKNOWN)
        return Lane("Candidatures", (unknown,))
    looks: dict[str, Look] = {"ouverte": "now", "close": "done"}
    bar = axis.stretch(looks.get(step.etat, "coming"), min(days), max(days))
    end = campaign_words.last_day(step)
    closing = f"clôture, {end}" if end else campaign_words.span(step)
    return Lane("Candidatures", (bar,), end=closing)


def _spoken(kept: Kept, holidays: SchoolHolidays) -> str:
    """Return what the figure draws without words of its own."""
    lines = [f"suivie le {text.day(one.day)} : {one.title}" for one in kept.followed]
    lines += [
        f"vœu {n} : {one.session.intitule}, {one.when}" for n, one in enumerate(kept.choices, 1)
    ]
    lines += [
        f"vacances, {one.name} : du {text.day(one.first)} au {text.day(one.last)}"
        for one in holidays.every
    ]
    return " ; ".join(lines)
