"""Vos perspectives › Et si… : the scenarios, the form of an event, what each changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from iprof_kit.calculate.et_si.answer import Couverture, EtSiAnswer, ScenarioCalcule
from iprof_kit.ui.fields.carnet_view import CarnetView
from iprof_kit.ui.screens.et_si.essais import (
    LONGEST_NAME,
    MOST_CHILDREN,
    MOST_SCENARIOS,
    ZONES,
    Essais,
    in_order,
)
from iprof_kit.ui.screens.et_si.table import (
    Line,
    Total,
    csv_link,
    figure_title,
    figures,
    lines,
    motives,
    totals,
)
from iprof_kit.ui.screens.et_si.words import differences, event_text, refusal_lines
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.parts import KEYS, Field, Option, Page, reference_text

DURATIONS = ((7, "une semaine"), (30, "un mois"), (90, "trois mois"), (365, "un an"))
LEAD = (
    "Supposez des événements datés et comparez jusqu’à quatre scénarios. Rien n’est demandé ni "
    "transmis : l’administration décide, ce kit calcule."
)


@dataclass(frozen=True)
class EventLine:
    """One event of a scenario; `of` is how its buttons name it."""

    of: str
    title: str
    computed: str = ""
    not_covered: str = ""
    sources: tuple[str, ...] = ()
    verify: bool = False
    hypothesis: bool = False
    movable: bool = True
    otherwise: bool = False


@dataclass(frozen=True)
class ScenarioCard:
    """One scenario and what may be done with it."""

    rank: int
    key: str
    name: str
    events: tuple[EventLine, ...]
    refusals: tuple[str, ...] = ()
    removable: bool = True
    sharing: bool = False


@dataclass(frozen=True)
class EventForm:
    """The form of an event being added or changed, and why it was refused."""

    title: str
    fields: tuple[Field, ...]
    key: str
    refused: tuple[str, ...] = ()
    first: tuple[str, str] = ("", "")
    """The first choice possible: as it is typed, and in words."""


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
    """The whole screen."""

    empty: str = ""
    cards: tuple[ScenarioCard, ...] = ()
    room: bool = False
    form: EventForm | None = None
    undo: bool = False
    link: str = ""
    link_until: str = ""
    durations: tuple[Option, ...] = ()
    received: ReceivedLink | None = None
    base: tuple[Field, ...] = ()
    kept: CarnetView = field(default_factory=CarnetView)
    refusals: tuple[str, ...] = ()
    sentences: tuple[str, ...] = ()
    chart_title: str = ""
    charts: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    rows: tuple[Line, ...] = ()
    totals: tuple[Total, ...] = ()
    motives: tuple[str, ...] = ()
    not_counted: tuple[str, ...] = ()
    constant: str = ""
    usual: str = ""
    verified: str = ""
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


def shown_answer(answer: EtSiAnswer, unpaid: str = "") -> dict[str, object]:
    """Return what the screen shows of an answer; `unpaid` says that no service is paid today."""
    title = figure_title(answer)
    return {
        "sentences": differences(answer),
        "chart_title": title,
        "charts": figures(answer, title),
        "keys": KEYS[: len(answer.scenarios)],
        "names": tuple(one.nom for one in answer.scenarios),
        "rows": lines(answer),
        "totals": totals(answer),
        "motives": motives(answer),
        "not_counted": tuple(text.sentence(one) for one in answer.non_calcules),
        "usual": unpaid or _usual(answer),
        "constant": f"Euros constants de {answer.annee_euros}",
        "verified": f"Textes vérifiés jusqu’au {text.day(answer.textes_verifies_le)}.",
        "csv": csv_link(answer),
    }


def _usual(answer: EtSiAnswer) -> str:
    share = answer.scenarios[0].tranches[0].quotite
    return text.french(
        f"Sans événement, votre temps de travail d’aujourd’hui, {share} %, continue jusqu’au "
        "départ."
    )


def cards(essais: Essais, answer: EtSiAnswer, sharing: int | None) -> tuple[ScenarioCard, ...]:
    """Return the scenarios as they are edited."""
    return tuple(
        ScenarioCard(
            rank,
            KEYS[rank],
            one.nom,
            _events(rank, found),
            refusals=refusal_lines(found, one.evenements),
            removable=len(essais.scenarios) > 1,
            sharing=sharing == rank,
        )
        for rank, (one, found) in enumerate(zip(essais.scenarios, answer.scenarios, strict=True))
    )


def _events(rank: int, found: ScenarioCalcule) -> tuple[EventLine, ...]:
    covered = {one.rang: one for one in found.couvertures}
    return tuple(
        _event(f"{rank}:{place}", event_text(event), covered.get(place), event.debut is not None)
        for place, event in in_order(found.evenements)
    )


def _event(of: str, title: str, covered: Couverture | None, movable: bool) -> EventLine:
    if covered is None:
        return EventLine(of, title, movable=movable)
    return EventLine(
        of,
        title,
        covered.calcule,
        covered.non_couvert,
        tuple(dict.fromkeys(reference_text(source) for source in covered.sources)),
        covered.a_verifier,
        covered.hypothese,
        movable,
        covered.contrefactuel,
    )


def base_fields(essais: Essais) -> tuple[Field, ...]:
    """Return what the file does not say: zone and children."""
    zones = tuple(Option(str(z), f"Zone {z}", z == essais.zone) for z in ZONES)
    children = tuple(
        Option(str(n), "Aucun" if n == 0 else str(n), n == essais.enfants)
        for n in range(MOST_CHILDREN + 1)
    )
    return (
        Field(
            "zone",
            "Votre zone d’indemnité de résidence aujourd’hui",
            options=zones,
            hint="Votre bulletin de paie la dit ; en zone 3, il n’y a pas d’indemnité.",
        ),
        Field("enfants", "Enfants ouvrant droit au supplément familial", options=children),
    )


def durations(chosen: str = "30") -> tuple[Option, ...]:
    """Return how long a link may work."""
    return tuple(Option(str(days), words, str(days) == chosen) for days, words in DURATIONS)


def has_room(scenarios: Sequence[object]) -> bool:
    """Tell whether one more scenario may be added."""
    return len(scenarios) < MOST_SCENARIOS
