"""What a result that refuses opens: the last day of each appeal, the request with its letters."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from iprof_kit.calculate.campaigns.question import CampagneVue
from iprof_kit.calculate.requests.calculation import SUBJECT
from iprof_kit.calculate.requests.catalogue import requests
from iprof_kit.calculate.requests.question import DemandeQuestion
from iprof_kit.calculate.requests.why import explain_step
from iprof_kit.services.contract.campagnes import NoteLue
from iprof_kit.ui.kit.parts import Why, why_of
from iprof_kit.ui.screens.campaigns.reading import Campaigns
from iprof_kit.ui.screens.demandes.asking import path_of
from iprof_kit.ui.screens.demandes.notes import Notes, name_of
from iprof_kit.ui.shared import text

_COUNTED = "Le jour noté ouvre le délai des recours."
_BEGUN = "Les lettres gardent le jour d’un recours déjà commencé : changez-le là-bas si besoin."
PUBLISHED = "publication"
"""The step of a request of appeal from which its delays run."""


@dataclass(frozen=True)
class Appeal:
    """One appeal that still runs, or ran: its last day, where the result is noted."""

    title: str
    until: str
    late: bool = False
    asks: str = ""
    """What its reason is asked by."""
    why: Why | None = None


@dataclass(frozen=True)
class Appeals:
    """The appeals against a result; without deadline where none is noted, or it is favourable."""

    letters: str = ""
    """Address of the request that holds the letters."""
    deadlines: tuple[Appeal, ...] = ()
    refused: bool = False


def appeals_view(
    campaign: CampagneVue,
    read: Campaigns,
    outcomes: Sequence[str],
    today: date,
    opened: Collection[str] = (),
) -> Appeals:
    """Return what may be done against the last result noted; `opened` are the reasons that are."""
    if not campaign.demande_recours:
        return Appeals()
    letters = path_of(campaign.demande_recours)
    result = last_result(campaign, read)
    if result is None or not is_refused(result, outcomes):
        return Appeals(letters)
    days = _deadlines(campaign.demande_recours, result, today, opened)
    return Appeals(letters, tuple(days), True)


def last_result(campaign: CampagneVue, read: Campaigns) -> NoteLue | None:
    """Return the last result that she noted of a campaign."""
    notes = [one for one in read.notes_of(campaign.id) if one.nature == "resultat"]
    return notes[-1] if notes else None


def is_refused(result: NoteLue, outcomes: Sequence[str]) -> bool:
    """Tell whether a result is another one than the favourable outcome, which comes first."""
    return not result.texte.startswith(outcomes[0])


def open_appeals(
    campaign: CampagneVue, read: Campaigns, outcomes: Sequence[str], notes: Notes
) -> str:
    """Give the day of an unfavourable result to the request of appeal, which counts from it.

    Nothing that she wrote there is lost: where the request holds more than such a day, its
    appeal has begun, and it stays as it is; what is returned says so.
    """
    last = last_result(campaign, read)
    if not campaign.demande_recours or last is None or last.le is None:
        return ""
    if not is_refused(last, outcomes):
        return ""
    request = requests()[campaign.demande_recours]
    name, day, typed = name_of(request, PUBLISHED), text.typed_day(last.le), notes.typed()
    begun = any(key.startswith(f"{request.id}.") and key != name for key in typed)
    if not begun:
        notes.note(request, {name: day})
    elif typed.get(name) != day:
        return _BEGUN
    return _COUNTED


def _deadlines(
    request: str, result: NoteLue, today: date, opened: Collection[str]
) -> Iterator[Appeal]:
    """Yield the last day of each appeal, counted from the day noted by its own texts."""
    if result.le is None:
        return
    question = DemandeQuestion(demande=request, aujourdhui=today, dates={PUBLISHED: result.le})
    answer = SUBJECT.one(question)
    for step in answer.etapes:
        if step.genre == "acte" and step.avant_le:
            late = step.avant_le < today
            when = f"{'le délai a pris fin le' if late else 'jusqu’au'} {text.day(step.avant_le)}"
            asks = f"{request}.{step.cle}"
            why = why_of(explain_step(question, step)) if asks in opened else None
            yield Appeal(step.titre, when, late, asks, why)
