"""The declared grid of a séance to take away: one calculated case for each set of choices."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import islice, product

from iprof_kit.base.calendar import add_months_civil
from iprof_kit.base.errors import InputError, KitError
from iprof_kit.calculate.atelier.levers import Choix, Levier
from iprof_kit.calculate.atelier.model import LETTERS
from iprof_kit.calculate.atelier.seance import Seance
from iprof_kit.calculate.atelier.sentences import horizon_day
from iprof_kit.calculate.et_si.answer import EtSiAnswer, ScenarioCalcule
from iprof_kit.calculate.et_si.calculation import MOST_SCENARIOS, answer
from iprof_kit.calculate.et_si.gap import Parts, Stretch, stretches, summed
from iprof_kit.calculate.et_si.question import MOST_EVENTS, Evenement, ScenarioEtSi

MOST_CASES = 144
"""Cases of one person: four scenarios, six choices, six others."""
Choices = tuple[int, ...]
"""The place of a choice in each lever; that of the scenario comes first."""
_A_YEAR = 12


@dataclass(frozen=True)
class Case:
    """One set of choices: the scenario asked, what the engine answers, or why it is closed."""

    choices: Choices
    asked: ScenarioEtSi
    lived: ScenarioCalcule | None
    reason: str = ""


@dataclass(frozen=True)
class Grid:
    """Every case of a séance; the case of reference is that with which all are compared.

    Attributes
    ----------
    levers : tuple of Levier
        The scenarios first, then what the séance declares.
    cases : mapping of choices to Case
    answer : EtSiAnswer
        That of the scenarios of the séance: its year of euros, what it does not count.
    """

    seance: Seance
    levers: tuple[Levier, ...]
    cases: Mapping[Choices, Case]
    answer: EtSiAnswer

    @property
    def opening(self) -> Choices:
        """The choices set when the file opens."""
        return self._plain(self.seance.compares[0])

    @property
    def reference(self) -> Choices:
        """The choices with which all are compared."""
        return self._plain(self.seance.compares[1])

    def _plain(self, letter: str) -> Choices:
        return (LETTERS.index(letter), *(0 for _ in self.levers[1:]))

    @cached_property
    def compared_with(self) -> ScenarioCalcule:
        """The scenario of reference."""
        lived = self.cases[self.reference].lived
        if lived is None:  # the scenarios of a séance are those of its board: they have an answer
            raise KeyError(self.reference)
        return lived

    def until(self, lived: ScenarioCalcule) -> date:
        """Return the first day that is not compared: the horizon, or the first departure."""
        return min(horizon_day(self.seance.horizon), lived.depart, self.compared_with.depart)

    def parted(self, lived: ScenarioCalcule) -> tuple[Stretch, ...]:
        """Return what parts a case from that of reference, stretch by stretch."""
        return stretches(lived, self.compared_with, self.until(lived))

    def gap(self, lived: ScenarioCalcule) -> Parts:
        """Return what parts a case from that of reference, in all."""
        return summed(self.parted(lived))

    def gap_before(self, lived: ScenarioCalcule, day: date) -> float:
        """Return what parts their net before a day."""
        until = min(day, self.until(lived))
        return summed(stretches(lived, self.compared_with, until)).net

    @property
    def asked_of_reference(self) -> ScenarioEtSi:
        """The scenario with which all are compared, as it is asked."""
        return self.cases[self.reference].asked

    @property
    def open_cases(self) -> tuple[Case, ...]:
        """The cases that have an answer."""
        return tuple(case for case in self.cases.values() if case.lived is not None)


def grid_of(seance: Seance, levers: Sequence[Levier]) -> Grid:
    """Return every case of a séance over levers.

    Parameters
    ----------
    levers : sequence of Levier
        What may be chosen beside the scenario.

    Raises
    ------
    InputError
        There would be too many cases.
    LawError
        The tables do not answer about this person.

    Examples
    --------
    >>> from iprof_kit.calculate.atelier.files import personas
    >>> grid = grid_of(Seance.of(personas()["claire_vasseur"]), ())
    >>> [case.asked.nom for case in grid.cases.values()][:2]
    ['Hors classe 2026', 'Hors classe 2027']
    """
    every = (_scenarios(seance), *levers)
    count = 1
    for lever in every:
        count *= len(lever.choix)
    if count > MOST_CASES:
        raise InputError(
            f"{count} cas seraient à calculer : {MOST_CASES} au plus pour une personne.",
            where="a_emporter",
            remedy="Retirez un choix.",
        )
    own = answer(seance.persona.question(seance.scenarios, seance.jour))
    refused = [len(one.refus) for one in own.scenarios]
    asked = {choices: _asked(every, choices) for choices in _every(every)}
    open_ones = [choices for choices, (_, reason) in asked.items() if not reason]
    lived = dict(_lived(seance, {one: asked[one][0] for one in open_ones}))
    cases = {
        choices: _case(choices, scenario, reason, lived.get(choices, ""), refused[choices[0]])
        for choices, (scenario, reason) in asked.items()
    }
    return Grid(seance, every, cases, own)


def _scenarios(seance: Seance) -> Levier:
    """Return the scenarios of a séance as its first lever; a lever alone may have one choice."""
    return Levier.model_construct(
        titre="Scénario",
        choix=tuple(
            Choix.model_construct(
                nom=one.nom, evenements=one.evenements, decalage=0, hors_fichier=""
            )
            for one in seance.scenarios
        ),
    )


def _every(levers: Sequence[Levier]) -> Iterator[Choices]:
    return product(*(range(len(lever.choix)) for lever in levers))


def _asked(levers: Sequence[Levier], choices: Choices) -> tuple[ScenarioEtSi, str]:
    """Return the scenario of a set of choices, and why it is not calculated; "" where it is."""
    chosen = [lever.choix[rank] for lever, rank in zip(levers, choices, strict=True)]
    outside = next((one.hors_fichier for one in chosen if one.hors_fichier), "")
    years = sum(one.decalage for one in chosen)
    own = (put_off(event, years) for event in chosen[0].evenements)
    events = (*own, *(event for one in chosen[1:] for event in one.evenements))
    if not outside and len(events) > MOST_EVENTS:
        outside = f"Plus de {MOST_EVENTS} événements dans un scénario."
    if outside:
        return ScenarioEtSi(nom=chosen[0].nom), outside
    return ScenarioEtSi(nom=chosen[0].nom, evenements=events), ""


def put_off(event: Evenement, years: int) -> Evenement:
    """Return an event some years later; the law of another day stays that of the day.

    Examples
    --------
    >>> event = Evenement(nature="hors_classe", debut=date(2026, 9, 1))
    >>> put_off(event, 2).debut
    datetime.date(2028, 9, 1)
    """
    if not years or event.nature == "droit_du":
        return event
    months = years * _A_YEAR
    later = {
        name: add_months_civil(day, months)
        for name in ("debut", "fin")
        if (day := getattr(event, name)) is not None
    }
    return event.model_copy(update=later)


def _lived(
    seance: Seance, asked: Mapping[Choices, ScenarioEtSi]
) -> Iterator[tuple[Choices, ScenarioCalcule | str]]:
    """Yield what the engine answers of each scenario, or why it does not; some at a time."""
    left = iter(asked.items())
    while some := tuple(islice(left, MOST_SCENARIOS)):
        try:
            lived = _answered(seance, [scenario for _, scenario in some])
        except KitError:  # one of them: asked alone, each says its own reason
            yield from ((choices, _alone(seance, scenario)) for choices, scenario in some)
        else:
            yield from zip((choices for choices, _ in some), lived, strict=True)


def _answered(seance: Seance, scenarios: Sequence[ScenarioEtSi]) -> tuple[ScenarioCalcule, ...]:
    return answer(seance.persona.question(tuple(scenarios), seance.jour)).scenarios


def _alone(seance: Seance, scenario: ScenarioEtSi) -> ScenarioCalcule | str:
    try:
        return _answered(seance, [scenario])[0]
    except KitError as error:
        return f"{error.message} {error.remedy}".strip()


def _case(
    choices: Choices, asked: ScenarioEtSi, reason: str, lived: ScenarioCalcule | str, refused: int
) -> Case:
    """Return a case: closed where the law refuses more than it refuses of the scenario alone."""
    if reason or isinstance(lived, str):
        return Case(choices, asked, None, reason or str(lived))
    if len(lived.refus) > refused:
        return Case(choices, asked, None, lived.refus[-1].motif)
    return Case(choices, asked, lived)
