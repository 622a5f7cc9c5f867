"""Vos perspectives › Autres parcours: what is open, from when, or what is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from iprof_kit.base.errors import KitError
from iprof_kit.calculate.guides.law_facts import Standing
from iprof_kit.calculate.paths import facts as path_facts
from iprof_kit.calculate.paths.question import EligibilityAnswer, PathAnswer, Training
from iprof_kit.services.contract.dossier import Academie
from iprof_kit.ui.fields.asked_view import FieldGroup, field_groups, wrong_fields
from iprof_kit.ui.fields.carnet_view import CarnetView
from iprof_kit.ui.screens.autres_affectations.view import Turn
from iprof_kit.ui.screens.autres_parcours.fields import groups as asked_groups
from iprof_kit.ui.screens.autres_parcours.fields import sensitive_groups
from iprof_kit.ui.screens.autres_parcours.rows import (
    FAMILIES,
    STATES,
    PathDetail,
    PathRow,
    path_detail,
    path_row,
)
from iprof_kit.ui.screens.autres_parcours.words import DOMAINS, label_of
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.counters import GAIA, SIAC, Counter, counter
from iprof_kit.ui.shared.parts import Field, Notice, Option, Page, reference_text

TITLE = "Autres parcours"


@dataclass(frozen=True)
class StateGroup:
    """The paths of one state: its title, how many there are, those that the filter shows."""

    id: str
    title: str
    count: int
    rows: tuple[PathRow, ...]
    left_out: int


@dataclass(frozen=True)
class FactRow:
    """One row of a table of rights or of the reform."""

    label: str
    value: str
    condition: str
    source: str
    verify: bool


@dataclass(frozen=True)
class PathsView(Page):
    """Every path of one person, filtered as she asked."""

    carnet: CarnetView = field(default_factory=CarnetView)
    families: tuple[Option, ...] = ()
    states: tuple[Option, ...] = ()
    shown: str = ""
    filtered: bool = False
    groups: tuple[StateGroup, ...] = ()
    detail: PathDetail | None = None
    turn: Turn = field(default_factory=Turn)
    counted: tuple[str, ...] = ()
    asked: tuple[FieldGroup, ...] = ()
    wrong: tuple[Field, ...] = ()
    sensitive: FieldGroup | None = None
    keep_sensitive: bool = False
    formats: str = ""
    reform: tuple[FactRow, ...] = ()
    training: tuple[tuple[str, tuple[FactRow, ...]], ...] = ()
    cpf: str = ""
    complements: tuple[str, ...] = ()
    competitions: Counter | None = None
    courses: Counter | None = None


@dataclass(frozen=True)
class Filter:
    """What is shown: one family or all, one state or all; or one path whole."""

    family: str = ""
    state: str = ""
    path: str = ""


def paths_view(
    answer: EligibilityAnswer | None,
    held: Standing | None,
    wanted: Filter,
    answers: Mapping[str, str],
    *,
    errors: Mapping[str, KitError],
    counted: Sequence[str],
    carnet: CarnetView,
    keep_sensitive: bool,
    academie: Academie,
    notices: Sequence[Notice] = (),
    turn: Turn | None = None,
) -> PathsView:
    """Return the screen; without an answer, only what is asked."""
    codes = shown_codes(answer, wanted) if answer else ()
    asked = field_groups(asked_groups(answers, codes), answers, errors)
    sensitive = field_groups(sensitive_groups(codes), answers, errors)
    groups = _groups(answer, held, wanted) if answer else ()
    strong, lead = _lead(groups)
    shown = sum(len(group.rows) for group in groups)
    total = sum(group.count for group in groups)
    return PathsView(
        title=TITLE,
        lead_strong=strong,
        lead=lead,
        notices=tuple(notices),
        carnet=carnet,
        families=_options({"": "toutes", **FAMILIES}, wanted.family),
        states=_options({"": "tous", **STATES}, wanted.state),
        shown=f"{shown} parcours affichés sur {total}.",
        filtered=wanted != Filter(),
        groups=groups,
        counted=tuple(counted),
        asked=asked,
        wrong=wrong_fields(asked),
        sensitive=sensitive[0] if sensitive else None,
        detail=_detail(answer, held, wanted) if answer else None,
        turn=turn or Turn(),
        keep_sensitive=keep_sensitive,
        formats=_formats(answer) if answer else "",
        reform=tuple(map(_fact, path_facts.reform_facts())),
        training=_training(answer) if answer else (),
        cpf=_cpf(answer) if answer else "",
        competitions=counter(academie, SIAC),
        courses=counter(academie, GAIA),
        complements=tuple(
            text.french(f"{row.libelle} : {row.pourquoi}") for row in answer.complements
        )
        if answer
        else (),
    )


def shown_codes(answer: EligibilityAnswer, wanted: Filter) -> tuple[str, ...]:
    """Return the codes of the paths shown: what is asked is what they need."""
    if wanted.path:
        return (wanted.path,)
    return tuple(path.code for path in answer.parcours if _passes(path, wanted))


def _passes(path: PathAnswer, wanted: Filter) -> bool:
    return wanted.family in ("", path.famille) and wanted.state in ("", path.etat)


def _detail(answer: EligibilityAnswer, held: Standing | None, wanted: Filter) -> PathDetail | None:
    path = next((path for path in answer.parcours if path.code == wanted.path), None)
    return path_detail(path, answer, held) if path else None


def _options(labels: Mapping[str, str], current: str) -> tuple[Option, ...]:
    return tuple(Option(value, label, value == current) for value, label in labels.items())


def _groups(
    answer: EligibilityAnswer, held: Standing | None, wanted: Filter
) -> tuple[StateGroup, ...]:
    found = []
    for state, title in STATES.items():
        mine = [path for path in answer.parcours if path.etat == state]
        kept = [] if wanted.path else [path for path in mine if _passes(path, wanted)]
        rows = tuple(path_row(path, answer, held) for path in kept)
        found.append(StateGroup(state, title, len(mine), rows, len(mine) - len(rows)))
    return tuple(found)


def _lead(groups: Sequence[StateGroup]) -> tuple[str, str]:
    if not groups:
        return "Aucun parcours calculé.", "Ce qui l’empêche est dit ci-dessus."
    count = {group.id: group.count for group in groups}
    now, later, depends, never = (count[state] for state in STATES)
    plural = "s" if now > 1 else ""
    told = [
        f"{number} {words}"
        for number, words in (
            (later, "à une date connue"),
            (never, "fermés"),
            (depends, "qui dépendent de ce que le kit ne connaît pas"),
        )
        if number
    ]
    rest = f"Les autres : {', '.join(told)}. Une autorité décide toujours : chaque ligne la nomme."
    return f"{now} parcours ouvert{plural} aujourd’hui, d’après votre dossier.", text.french(rest)


def _formats(answer: EligibilityAnswer) -> str:
    both = " et ".join(answer.formats_concours)
    return text.french(f"À la session {answer.session}, les concours externes sont à {both}.")


def _training(answer: EligibilityAnswer) -> tuple[tuple[str, tuple[FactRow, ...]], ...]:
    found: dict[str, list[FactRow]] = {}
    for fact in answer.formation:
        if fact.domaine in DOMAINS:
            found.setdefault(DOMAINS[fact.domaine], []).append(_fact(fact))
    return tuple((title, tuple(rows)) for title, rows in found.items())


def _cpf(answer: EligibilityAnswer) -> str:
    hours = answer.heures_cpf_fin_annee
    if hours is None:
        return ""
    return text.french(
        f"Avec l’alimentation de {answer.jour.year}, votre compte personnel de formation "
        f"porterait {hours} heures."
    )


def _fact(fact: Training) -> FactRow:
    value = " ".join(filter(None, (_said(fact.valeur), fact.unite)))
    return FactRow(
        label_of(fact.cle),
        text.french(value),
        text.sentence(fact.condition),
        reference_text(fact.source),
        fact.source.confiance in ("C", "D"),
    )


def _said(value: str) -> str:
    """Return a value with its dates in words: « 2024-10-01/2024-11-07 » is a period."""
    return text.dates_in_words(value)
