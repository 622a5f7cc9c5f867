"""The days of a procedure for a calendar: those that were typed and those that follow."""

from __future__ import annotations

from collections.abc import Iterator

from iprof_kit.calculate.career.rendez_vous.question import Delai
from iprof_kit.ui.agenda.coming import Coming, paper_of
from iprof_kit.ui.screens.rendez_vous.procedure import (
    ANSWER,
    APPEAL,
    BETWEEN,
    CAP,
    FINAL,
    REMARKS,
    Facts,
)
from iprof_kit.ui.shared import text

PATH = "/services/rendez-vous"
_MEETINGS = {"entretien": "Rendez-vous de carrière", "second": "Second entretien de carrière"}
_LASTS = {
    BETWEEN: "Dernier jour : second entretien de carrière",
    REMARKS: "Dernier jour : vos observations sur le compte rendu",
    FINAL: "Au plus tard : notification de l’appréciation finale",
    APPEAL: "Dernier jour : recours gracieux contre l’appréciation finale",
    ANSWER: "Sans réponse ce jour, votre recours gracieux est refusé",
    CAP: "Dernier jour : demander la saisine de la CAP",
}


def coming_events(facts: Facts) -> tuple[Coming, ...]:
    """Return the days to come of a procedure that has begun, in order."""
    days = [*_meetings(facts), *_lasts(facts)]
    return tuple(sorted(days, key=lambda one: (one.after, one.key)))


def _meetings(facts: Facts) -> Iterator[Coming]:
    for name, what in _MEETINGS.items():
        day = facts.day(name)
        if day is not None and day >= facts.today:
            yield Coming(
                key=f"{_key(facts)}.{name}",
                what=what,
                detail="Date que vous avez saisie dans ce kit.",
                day=day,
                today=facts.today,
                link=PATH,
                note="date que vous avez saisie",
            )


def _lasts(facts: Facts) -> Iterator[Coming]:
    if not facts.entry.days:
        return
    for key, what in _LASTS.items():
        delay = facts.delays.get(key)
        day = delay.date_limite if delay else None
        waited = facts.stand(key) == "ouvert" and (key != BETWEEN or facts.two)
        if delay is not None and day is not None and waited:
            yield Coming(
                key=f"{_key(facts)}.{key}",
                what=what,
                detail=_detail(delay),
                day=day,
                today=facts.today,
                source=paper_of(delay.source.texte),
                link=PATH,
                verify=delay.a_verifier,
                note=f"{delay.delai} {delay.compte}",
            )


def _detail(delay: Delai) -> str:
    put_off = f" Reporté du {text.day(delay.terme)}." if delay.terme else ""
    return f"{text.sentence(f'{delay.delai} {delay.compte}')}{put_off}"


def _key(facts: Facts) -> str:
    meeting = facts.subject.meeting
    return f"rendez-vous.{meeting.number}.{meeting.year}"
