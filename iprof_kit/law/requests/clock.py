"""What she did and when, hence the days to come: each delay run from the day that opens it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from iprof_kit.law.requests.delays import Delay, delay_of, open_from, refused_on
from iprof_kit.law.requests.model import (
    ACT,
    AGREEMENT,
    ANSWER,
    MARK,
    REFUSAL,
    SILENCE,
    START,
    Request,
    Step,
)

DONE, NOW, COMING, MISSED, ASIDE = "fait", "en_cours", "a_venir", "passe", "sans_objet"
"""Where a step stands."""
UNSURE = "Silence, effet à vérifier"
"""What a silence is called where what it is worth is not sure."""


@dataclass(frozen=True)
class Noted:
    """What she noted: the day of each step, and what she was answered ("" : not said)."""

    days: Mapping[str, date] = field(default_factory=dict)
    outcome: str = ""


@dataclass(frozen=True)
class Timed:
    """One step with its days.

    Attributes
    ----------
    day : date or None
        When it happened: noted, or born of a silence.
    due : date or None
        Its last day, or the day on which a silence will be worth an answer.
    start : date or None
        The day from which its delay runs.
    waiting : bool
        Whether its delay is interrupted.
    assumed : bool
        Whether `day` is the default one of a « depart ».
    origin : str
        The step whose day opens its delay; `REFUSAL` for that of a refusal, "" for none known.
    doubt : str
        Of a silence: why what it is worth is not sure; "" where it is.
    unsure : bool
        Whether its delay runs from such a silence: it is that of a refusal, if it was one.
    extinct : bool
        Whether what it bounds, a debt, is past: `Step.extinct` says so.
    """

    step: Step
    day: date | None
    due: date | None
    start: date | None
    delay: Delay | None
    state: str
    waiting: bool = False
    assumed: bool = False
    origin: str = ""
    doubt: str = ""
    unsure: bool = False
    extinct: bool = False

    @property
    def worth(self) -> str:
        """What a silence is worth for sure: `REFUSAL`, `AGREEMENT` or ""."""
        return "" if self.doubt else self.step.worth

    @property
    def title(self) -> str:
        """Its title; a silence of which nothing is sure is not called by what it would be."""
        return UNSURE if self.doubt else self.step.title


def clock(
    request: Request, noted: Noted, defaults: Mapping[str, date], today: date
) -> tuple[Timed, ...]:
    """Return every step of a request with its days.

    Parameters
    ----------
    defaults : mapping of str to date
        Days of the « depart » that nobody noted: « rentree », « plus_ancienne »…

    Raises
    ------
    LawError
        The tables do not hold a delay on the day from which it runs.
    """
    running = _Running(request, noted, defaults, today)
    return tuple(running.step(one) for one in request.steps)


class _Running:
    """The clock of one request, step after step."""

    def __init__(
        self, request: Request, noted: Noted, defaults: Mapping[str, date], today: date
    ) -> None:
        self._noted, self._defaults, self._today = noted, defaults, today
        answer = request.step(ANSWER)
        self._answered = noted.days.get(answer.key) if answer else None
        self._days: dict[str, date] = {}
        self._born: date | None = None
        self._agreed = noted.outcome == AGREEMENT and self._answered is not None
        self._now = self._lost = self._late = self._doubtful = False

    def step(self, step: Step) -> Timed:
        """Return one step; those before it were asked already."""
        day = self._noted.days.get(step.key)
        assumed = day is None and step.default in self._defaults
        if assumed:
            day = self._defaults[step.default]
        origin, start, waiting = self._start(step)
        if step.deferred and start is not None:
            start = open_from(step.delay, start)
        delay, due = self._delay(step.delay, start)
        if step.restarted and due is not None:
            again = self._days.get(step.restarted.by)
            if again is not None and again <= due:
                origin, start = step.restarted.by, again
                delay, due = self._delay(step.restarted.delay, start)
        doubt = "" if step.settled in self._noted.days else step.doubt
        if step.kind == SILENCE:
            self._doubtful = bool(doubt)
            day = self._silence(step, due)
        elif step.kind == MARK:
            day = due
        state = self._state(step, day, due, start)
        if day is not None and step.optional and due is not None and day > due:
            self._late = True
        elif day is not None:
            self._days[step.key] = day
        unsure = origin == REFUSAL and self._doubtful and start == self._born
        extinct = bool(step.extinct) and due is not None and due < self._today
        return Timed(
            step, day, due, start, delay, state, waiting, assumed, origin, doubt, unsure, extinct
        )

    def _delay(self, key: str, start: date | None) -> tuple[Delay | None, date | None]:
        """Return a delay and its last day, where its start is known."""
        if not key or start is None:
            return None, None
        delay = delay_of(key, min(start, self._today))
        return delay, delay.last_day(start)

    def _start(self, step: Step) -> tuple[str, date | None, bool]:
        """Return the step that opens a delay, its day, and whether the delay is interrupted."""
        if step.paused and step.paused.by in self._noted.days:
            start = self._noted.days.get(step.paused.until)
            return step.paused.until, start, start is None
        for key in step.after:
            day = self._refused() if key == REFUSAL else self._days.get(key)
            if day is not None:
                return key, day, False
        return "", None, False

    def _refused(self) -> date | None:
        """Return the day from which a recours runs, the silence being foreseen where it lasts.

        What one may do or not, done too late, opens nothing: its refusal confirms the decision.
        """
        if self._late:
            return None
        refused = self._answered if self._noted.outcome == REFUSAL else None
        return refused_on(self._born, refused, self._today)

    def _silence(self, step: Step, due: date | None) -> date | None:
        if due is None or (self._answered is not None and self._answered <= due):
            return None
        if step.worth == REFUSAL or self._doubtful:
            self._born = due  # where nothing is sure, the delays of a refusal are the careful ones
        elif due <= self._today:
            self._agreed = True
        return due if due <= self._today else None

    def _state(self, step: Step, day: date | None, due: date | None, start: date | None) -> str:
        if step.kind in (START, MARK):
            return DONE if day is not None and day <= self._today else COMING
        if day is not None:
            return DONE
        if self._is_aside(step):
            return ASIDE
        if step.kind == ACT and due is not None and due < self._today:
            self._lost = True
            return MISSED
        if self._now or step.optional or (start is None and (step.after or self._lost)):
            return COMING
        self._now = True
        return NOW

    def _is_aside(self, step: Step) -> bool:
        """Tell whether an agreement, or an answer in time, leaves nothing to wait for."""
        if step.kind == SILENCE:
            return self._answered is not None
        return self._agreed or (step.kind == ANSWER and self._born_is_past)

    @property
    def _born_is_past(self) -> bool:
        return self._born is not None and self._born <= self._today and not self._doubtful
