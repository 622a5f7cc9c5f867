"""The steps of a procedure on one day: what was done, where it stands, what may still come."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from iprof_kit.calculate.career.meetings import Evaluation
from iprof_kit.calculate.career.rendez_vous.question import Delai, RendezVousQuestion
from iprof_kit.ui.screens.rendez_vous.entry import Entry
from iprof_kit.ui.screens.rendez_vous.foreseen import Subject
from iprof_kit.ui.shared import text

_WEEK = 7
NOTICE, BETWEEN, REMARKS, FINAL = "calendrier", "entretiens", "observations", "appreciation"
APPEAL, ANSWER, CAP = "recours", "reponse", "cap"
"""Keys of rendez_vous_delais.csv."""
_APPEALED = ("notification", "observations")
"""Steps that are no longer shown once an appeal was made: the stair stays short."""
_BY_DELAY = {"observations": REMARKS, "recours": APPEAL, "reponse": ANSWER, "cap": CAP}
_ENDED_BY = {
    BETWEEN: "second", REMARKS: "observations", FINAL: "notifiee", APPEAL: "recours",
    ANSWER: "reponse", CAP: "cap",
}  # fmt: skip
"""The event that ends the waiting of each delay."""
Stand = Literal["inconnu", "fait", "ouvert", "passe"]
"""Where a delay stands on a day: headline, figure, agenda and letters say the same."""
_SHORT_NAME = re.compile(r"\(([^()]*)\)")


@dataclass(frozen=True)
class Facts:
    """What is known of a procedure: its rendez-vous, what was typed, its delays, on which day."""

    subject: Subject
    entry: Entry
    delays: Mapping[str, Delai]
    question: RendezVousQuestion
    """The question that the delays answer."""
    evaluation: Evaluation | None
    today: date

    @property
    def two(self) -> bool:
        """Whether there are two interviews."""
        by_text = self.evaluation is not None and bool(self.evaluation.head)
        return by_text or "second" in self.entry.days

    def day(self, name: str) -> date | None:
        """Return the day of an event that was typed."""
        return self.entry.days.get(name)

    def limit(self, key: str) -> date | None:
        """Return the last day of a delay, where its starting point is known."""
        delay = self.delays.get(key)
        return delay.date_limite if delay else None

    def stand(self, key: str) -> Stand:
        """Return where a delay stands today: done, still open, past, or not known yet."""
        if self.day(_ENDED_BY[key]) is not None:
            return "fait"
        limit = self.limit(key)
        if limit is None:
            return "inconnu"
        return "ouvert" if limit >= self.today else "passe"

    def in_time(self, key: str) -> bool:
        """Tell whether what ends a delay was done within it, or still can be."""
        limit = self.limit(key)
        return limit is None or (self.day(_ENDED_BY[key]) or self.today) <= limit

    def length(self, key: str) -> str:
        """Return the length of a delay: « 15 jours »."""
        delay = self.delays.get(key)
        return delay.delai if delay else ""

    def weeks(self, key: str) -> str:
        """Return a length in weeks, as its text says it: « 6 semaines »."""
        return in_weeks(self.length(key))


def in_weeks(length: str) -> str:
    """Return a length of whole weeks, « 42 jours », as its text says it: « 6 semaines ».

    Examples
    --------
    >>> in_weeks("42 jours")
    '6 semaines'
    """
    days = re.match(r"\d+", length)
    return f"{int(days[0]) // _WEEK} semaines" if days else "un délai inconnu"


@dataclass(frozen=True)
class Step:
    """One step; `state` is « done », « on » or « next »."""

    key: str
    name: str
    when: str
    note: str
    state: str = "next"


def stair(facts: Facts) -> tuple[Step, ...]:
    """Return the steps of a procedure, each with its day or its delay."""
    steps = list(_steps(facts))
    if facts.day("recours"):
        steps = [one for one in steps if one.key not in _APPEALED]
    if facts.subject.state == "ahead" and not facts.entry.days:
        return tuple(steps)
    done = [_is_done(one.key, facts) for one in steps]
    last = max((place for place, over in enumerate(done) if over), default=-1)
    placed = [
        replace(one, state="done" if place <= last else "on" if place == last + 1 else "next")
        for place, one in enumerate(steps)
    ]
    return tuple(_unsaid(one) if _is_unsaid(one, facts) else one for one in placed)


def _is_unsaid(step: Step, facts: Facts) -> bool:
    """Tell whether a step is over because a later one is, its own day not being known."""
    return step.state == "done" and not _is_done(step.key, facts)


def _unsaid(step: Step) -> Step:
    return replace(step, when="date non saisie", note="")


def _steps(facts: Facts) -> Sequence[Step]:
    head = facts.evaluation.head if facts.evaluation else ""
    who = facts.evaluation.inspection if facts.evaluation else ""
    first = "Premier entretien" if facts.two else "Inspection, entretien"
    steps = [
        Step("notification", "Notification", *_notice(facts)),
        Step("entretien", first, _short(facts.day("entretien"), "date à venir"), _brief(who)),
    ]
    if facts.two:
        latest = _until(facts.limit(BETWEEN), f"{facts.weeks(BETWEEN)} au plus")
        when = _short(facts.day("second"), latest)
        steps.append(Step("second", "Second entretien", when, _brief(head)))
    received = _short(facts.day("compte_rendu"), "date inconnue")
    steps.append(Step("compte_rendu", "Compte rendu", received, "notifié à vous"))
    remarks = _until(facts.limit(REMARKS), facts.length(REMARKS))
    sent = facts.day("observations")
    steps.append(
        Step("observations", "Observations", _short(sent, remarks), _remarks_note(facts, sent))
    )
    steps.append(Step("notifiee", "Appréciation", *_final(facts)))
    appeal = _until(facts.limit(APPEAL), facts.length(APPEAL))
    made = facts.day("recours")
    note = "" if made else _over(facts, APPEAL) or "gracieux"
    steps.append(Step("recours", "Recours", _short(made, appeal), note))
    return [*steps, *_after_appeal(facts)] if made else steps


def _after_appeal(facts: Facts) -> list[Step]:
    silence, cap = facts.limit(ANSWER), facts.limit(CAP)
    answered, seized = facts.day("reponse"), facts.day("cap")
    refused = "refus par silence" if facts.stand(ANSWER) == "passe" else "sans elle, refus"
    note = "" if seized else _over(facts, CAP) or facts.length(CAP)
    return [
        Step(
            "reponse", "Réponse", _short(answered, _short(silence, "")), "" if answered else refused
        ),
        Step("cap", "CAP", _short(seized, _until(cap, facts.length(CAP))), note),
    ]


def _notice(facts: Facts) -> tuple[str, str]:
    notified, meeting = facts.day("notification"), facts.day("entretien")
    when = _short(notified, f"{facts.length(NOTICE)} avant")
    delay = facts.delays.get(NOTICE)
    if notified and meeting and delay is not None and delay.jours is not None:
        return when, f"{text.counted_days(delay.jours)} hors vacances"
    if notified and meeting:
        return when, f"{text.counted_days((meeting - notified).days)} avant"
    return when, "" if notified else "au moins"


def _remarks_note(facts: Facts, sent: date | None) -> str:
    if sent:
        return "déposées"
    return _over(facts, REMARKS) or "calendaires"


def _final(facts: Facts) -> tuple[str, str]:
    notified = facts.day("notifiee")
    level = text.appreciation_label(facts.entry.level) if facts.entry.level else ""
    if notified:
        return _short(notified, ""), level
    return _short(facts.limit(FINAL), ""), "au plus tard"


def _is_done(key: str, facts: Facts) -> bool:
    day = facts.day(key)
    if key in ("entretien", "second"):
        return day is not None and day < facts.today
    if day is not None:
        return day <= facts.today
    return key in _BY_DELAY and facts.stand(_BY_DELAY[key]) == "passe"


def _over(facts: Facts, key: str) -> str:
    return "délai passé" if facts.stand(key) == "passe" else ""


def _short(day: date | None, otherwise: str) -> str:
    return " ".join(text.short_day(day)) if day else otherwise


def _until(limit: date | None, otherwise: str) -> str:
    return f"jusqu’au {_short(limit, '')}" if limit else otherwise


def _brief(who: str) -> str:
    """Return « IA-IPR » of a name that gives its short form between brackets."""
    short = _SHORT_NAME.search(who)
    return short[1] if short else who
