"""Vos perspectives › Et si… : the instrument, the scenario shown, what explains the numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from iprof_kit.calculate.et_si.answer import Couverture, EtSiAnswer, ScenarioCalcule, Tranche
from iprof_kit.calculate.et_si.naming import event_name, event_text, event_when
from iprof_kit.calculate.interface.official_texts import named_text, officials
from iprof_kit.services.contract.links.scenario import LienScenario
from iprof_kit.ui.kit.carnet import CarnetView
from iprof_kit.ui.kit.parts import KEYS, Field, Option, Page, Reading, Result, reference_text
from iprof_kit.ui.screens.et_si.essais import LONGEST_NAME, MOST_SCENARIOS, Essais, in_order
from iprof_kit.ui.screens.et_si.figure import doubtful, figure_title, figures
from iprof_kit.ui.screens.et_si.ideas import Idea
from iprof_kit.ui.screens.et_si.instrument import (
    Compared,
    Row,
    compared,
    first_read,
    leading,
    pension_range,
    readings,
    results,
    rows,
    sum_label,
)
from iprof_kit.ui.screens.et_si.reasons import Opened
from iprof_kit.ui.screens.et_si.table import Line, Total, csv_link, lines, motives, totals
from iprof_kit.ui.screens.et_si.words import (
    arrears_words,
    departure_said,
    differences,
    event_said,
    interrupted_by,
    refusal_lines,
)
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.worded import joined

DURATIONS = ((7, "une semaine"), (30, "un mois"), (90, "trois mois"), (365, "un an"))
"""How long a link may work, in days."""


@dataclass(frozen=True)
class EventLine:
    """One event of a scenario; `of` is how its buttons name it."""

    of: str
    name: str
    when: str
    verify: bool = False
    hypothesis: bool = False
    movable: bool = True
    otherwise: bool = False

    @property
    def title(self) -> str:
        """The whole event."""
        return f"{self.name}, {self.when}" if self.when else self.name


@dataclass(frozen=True)
class EventPapers:
    """What is computed of an event, what is not, and its official texts."""

    key: str
    title: str
    computed: str
    not_covered: str
    texts: tuple[str, ...]


@dataclass(frozen=True)
class Tab:
    """One scenario above the column; `shown` is the one whose events are there."""

    rank: int
    key: str
    name: str
    shown: bool


@dataclass(frozen=True)
class Panel:
    """The scenario shown and what may be done with it."""

    rank: int
    key: str
    name: str
    events: tuple[EventLine, ...]
    refusals: tuple[str, ...] = ()
    removable: bool = True
    sharing: bool = False
    renaming: bool = False
    shareable: bool = True
    """Whether a link may be made of it."""


@dataclass(frozen=True)
class Chip:
    """One idea, pressed where the scenario shown supposes it."""

    code: str
    label: str
    pressed: bool


@dataclass(frozen=True)
class EventForm:
    """The form of an event being added or changed, and why it was refused."""

    title: str
    fields: tuple[Field, ...]
    key: str
    refused: tuple[str, ...] = ()
    first: tuple[str, str] = ("", "")
    """The first choice possible: as it is typed, and in words."""
    added: bool = True

    @property
    def folded(self) -> Field | None:
        """The last day, folded where another field already makes three."""
        if len(self.fields) <= len(("what", "when", "how")):
            return None
        return next((one for one in self.fields if one.name == "fin"), None)


@dataclass(frozen=True)
class ReceivedLink:
    """A scenario that somebody shared: until when it works, and whether it may be kept.

    `people` are the fictitious ones to whom it may be applied, for an account without file.
    """

    until: str
    room: bool
    people: tuple[Option, ...] = ()


@dataclass(frozen=True)
class EtSiView(Page):
    """Up to four scenarios, the form being filled, and the comparison."""

    empty: str = ""
    two: Compared | None = None
    """The two scenarios compared, in the whole answer."""
    standing: str = ""
    answer: str = ""
    ideas: tuple[Chip, ...] = ()
    results: tuple[Result, ...] = ()
    tabs: tuple[Tab, ...] = ()
    panel: Panel | None = None
    room: bool = False
    form: EventForm | None = None
    undo: bool = False
    link: LienScenario | None = None
    durations: tuple[Option, ...] = ()
    received: ReceivedLink | None = None
    base: tuple[Field, ...] = ()
    base_words: str = ""
    base_told: str = ""
    in_memory: bool = False
    """Whether a leave of health is supposed: the page alone holds the scenarios."""
    kept: CarnetView = field(default_factory=CarnetView)
    refusals: tuple[str, ...] = ()
    sentences: tuple[str, ...] = ()
    chart_title: str = ""
    charts: tuple[str, ...] = ()
    doubtful: bool = False
    readings: tuple[Reading, ...] = ()
    read_first: int = 0
    read_labels: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    opened: Mapping[str, Opened] = field(default_factory=dict)
    """The reasons that stand open, by how they are asked for."""
    sum_label: str = ""
    departures: tuple[tuple[str, str], ...] = ()
    pension_verify: bool = False
    every: tuple[Line, ...] = ()
    totals: tuple[Total, ...] = ()
    papers: tuple[EventPapers, ...] = ()
    sources: tuple[str, ...] = ()
    texts: int = 0
    chosen: tuple[tuple[str, str], ...] = ()
    """Name and events of each scenario: the sheet that is printed has no tabs."""
    motives: tuple[str, ...] = ()
    arrears: tuple[str, ...] = ()
    usual: str = ""
    csv: str = ""
    turn: int = 0
    focus: str = ""
    longest_name: int = LONGEST_NAME


def no_corps() -> EtSiView:
    """Return the screen of a person who has no corps."""
    return EtSiView(
        title="Et si…",
        lead_strong="Pas de corps, donc pas de carrière à simuler.",
        lead="Les scénarios concernent les fonctionnaires d’un corps.",
        empty="Votre contrat fixe votre rémunération ; votre service gestionnaire répond.",
    )


def shown_answer(answer: EtSiAnswer, shown: int, unpaid: str = "") -> dict[str, Any]:
    """Return what the screen shows of an answer.

    `shown` is the rank of the scenario whose events are beside the figure; `unpaid` says that no
    service is paid today.
    """
    two, today = compared(answer, shown), answer.scenarios[0].tranches[0]
    first = first_read(two)
    sources = sources_of_events(answer)
    pensions = [one.pension for one in two.scenarios]
    return {
        "standing": _standing(today),
        "answer": leading(two),
        "two": two,
        "results": results(two),
        "sentences": differences(answer),
        "chart_title": figure_title(answer),
        "charts": figures(two),
        "doubtful": doubtful(answer),
        "readings": readings(two),
        "read_first": first.year if first else 0,
        "read_labels": tuple(f"en {key}" for key in two.keys),
        "keys": KEYS[: len(answer.scenarios)],
        "rows": rows(two),
        "sum_label": sum_label(two),
        "departures": tuple((departure_said(one), pension_range(one)) for one in two.scenarios),
        "pension_verify": any(bool(one and one.a_verifier) for one in pensions),
        "every": lines(answer),
        "totals": totals(answer),
        "papers": papers_of_events(answer),
        "sources": sources,
        "texts": sum(1 for one in officials(sources) if named_text(one)),
        "chosen": tuple(
            (f"{key}, {one.nom}", _chosen(key, one))
            for key, one in zip(KEYS, answer.scenarios, strict=False)
        ),
        "motives": motives(answer),
        "usual": unpaid or _usual(answer),
        "arrears": arrears_words(two.scenarios),
        "csv": csv_link(answer),
    }


def _chosen(key: str, one: ScenarioCalcule) -> str:
    """Return the events of a scenario, as the printed sheet says them."""
    events = (
        event_said(event_text(event), event, f"{key}{place}")
        for place, event in enumerate(one.evenements, 1)
    )
    return joined(" ; ", events) if one.evenements else "rien"


def _usual(answer: EtSiAnswer) -> str:
    share = answer.scenarios[0].tranches[0].quotite
    return (
        f"Sans événement, votre temps de travail d’aujourd’hui, {share} %, continue jusqu’au "
        "départ."
    )


def chips(ideas: Sequence[Idea], essais: Essais) -> tuple[Chip, ...]:
    """Return the ideas, as the scenario that they change stands."""
    rank = min(essais.vu or 1, len(essais.scenarios) - 1)
    events = essais.scenarios[rank].evenements if rank else ()
    return tuple(
        Chip(idea.code, idea.dated_label(events), idea.taken(events) is not None) for idea in ideas
    )


def tabs(essais: Essais) -> tuple[Tab, ...]:
    """Return one tab for each scenario."""
    return tuple(
        Tab(rank, KEYS[rank], one.nom, rank == essais.vu)
        for rank, one in enumerate(essais.scenarios)
    )


def panel(
    essais: Essais, answer: EtSiAnswer, *, sharing: int | None = None, renaming: int | None = None
) -> Panel:
    """Return the scenario shown, as it is edited."""
    rank, scenario = essais.vu, essais.scenarios[essais.vu]
    lived = answer.scenarios[rank]
    return Panel(
        rank,
        KEYS[rank],
        scenario.nom,
        _events(rank, lived),
        refusals=refusal_lines(lived, scenario.evenements, KEYS[rank]),
        removable=len(essais.scenarios) > 1,
        sharing=sharing == rank,
        renaming=renaming == rank,
    )


def _events(rank: int, lived: ScenarioCalcule) -> tuple[EventLine, ...]:
    covered = {one.rang: one for one in lived.couvertures}
    lines = []
    for place, event in in_order(lived.evenements):
        known: Couverture | None = covered.get(place)
        but = interrupted_by(event, lived.evenements)
        when = event_said(event_when(event), event, f"{KEYS[rank]}{place + 1}")
        lines.append(
            EventLine(
                f"{rank}:{place}",
                event_name(event),
                joined(", ", filter(None, (when, but))),
                bool(known and known.a_verifier),
                bool(known and known.hypothese),
                event.debut is not None,
                bool(known and known.contrefactuel),
            )
        )
    return tuple(lines)


def _standing(today: Tranche) -> str:
    """Return « Hors classe, 5e échelon, à 80 % », « 7e échelon, congé parental »."""
    place = text.position_label(today.grade, today.echelon, today.chevron)
    service = f"à {today.quotite}{text.NBSP}%" if today.quotite else today.situation
    return f"{place[:1].upper()}{place[1:]}, {service}."


def papers_of_events(answer: EtSiAnswer) -> tuple[EventPapers, ...]:
    """Return what is computed of each event of every scenario, what is not, and its texts."""
    return tuple(
        EventPapers(
            key,
            event_said(
                event_text(one.evenements[covered.rang]),
                one.evenements[covered.rang],
                f"{key}{covered.rang + 1}",
            ),
            covered.calcule,
            covered.non_couvert,
            officials(map(reference_text, covered.sources)),
        )
        for key, one in zip(KEYS, answer.scenarios, strict=False)
        for covered in one.couvertures
    )


def sources_of_events(answer: EtSiAnswer) -> tuple[str, ...]:
    """Return everything that the events rest on, with the letter of our confidence."""
    sources = (
        reference_text(source)
        for one in answer.scenarios
        for covered in one.couvertures
        for source in covered.sources
    )
    return tuple(dict.fromkeys(sources))


def durations(chosen: str = "30") -> tuple[Option, ...]:
    """Return how long a link may work."""
    return tuple(Option(str(days), words, str(days) == chosen) for days, words in DURATIONS)


def has_room(scenarios: Sequence[object]) -> bool:
    """Tell whether one more scenario may be added."""
    return len(scenarios) < MOST_SCENARIOS
