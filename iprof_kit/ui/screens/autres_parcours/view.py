"""Vos perspectives › Autres parcours: what is open, one line each, and what would open more."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from iprof_kit.calculate.interface.explained import Reference
from iprof_kit.calculate.interface.official_texts import official, plainly
from iprof_kit.calculate.paths import facts as path_facts
from iprof_kit.calculate.paths.lines import Overview, PathLine
from iprof_kit.calculate.paths.question import Training
from iprof_kit.services.contract.dossier import Academie
from iprof_kit.ui.kit.carnet import CarnetView
from iprof_kit.ui.kit.fields import IN_MEMORY, FieldGroup
from iprof_kit.ui.kit.parts import Field, Option, Page, reference_text
from iprof_kit.ui.screens.autres_affectations.view import Turn
from iprof_kit.ui.screens.autres_parcours.rows import (
    DEPENDS,
    FAMILIES,
    LATER,
    NEVER,
    OPEN,
    SHORT,
    STATES,
    PathDetail,
    PathRow,
    path_row,
)
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.counters import GAIA, SIAC, Counter, counter
from iprof_kit.ui.shared.worded import figure, joined, of_a_text, worded
from iprof_kit.ui.texts import texts_of

TITLE = "Autres parcours"
SHOWN = 15
"""Lines of what is open before « les autres »."""
_DECIDED = "Une autorité décide toujours."


@dataclass(frozen=True)
class Registration:
    """When one registers for a competition: a word for its line, whether it is open, its days."""

    state: str
    is_open: bool
    dates: str


@dataclass(frozen=True)
class FactRow:
    """One row of a table of rights or of the reform."""

    label: str
    value: str
    condition: str
    source: str
    verify: bool


@dataclass(frozen=True)
class AskedNow:
    """One of the three questions: its field, and what an answer opens."""

    field: Field
    opens: str


@dataclass(frozen=True)
class PathLists:
    """The lines by what they are: open, at a known date, waiting for an answer, closed."""

    open: tuple[PathRow, ...] = ()
    more: tuple[PathRow, ...] = ()
    """Those that are open beyond `SHOWN`."""
    waiting: tuple[PathRow, ...] = ()
    closed: tuple[PathRow, ...] = ()
    doubtful: str = ""
    """What of the open ones is to verify."""

    @property
    def opened(self) -> PathRow | None:
        """Return the line that is shown whole."""
        every = (*self.open, *self.more, *self.waiting, *self.closed)
        return next((row for row in every if row.detail), None)


@dataclass(frozen=True)
class Questions:
    """What is asked: three at a time, the whole form, personal situations."""

    now: tuple[AskedNow, ...] = ()
    waiting: int = 0
    every: tuple[FieldGroup, ...] = ()
    wrong: tuple[Field, ...] = ()
    given: int = 0
    sensitive: FieldGroup | None = None
    in_memory: str = IN_MEMORY


@dataclass(frozen=True)
class PathsView(Page):
    """Every path of one person, filtered as she asked."""

    carnet: CarnetView = field(default_factory=CarnetView)
    families: tuple[Option, ...] = ()
    lists: PathLists = field(default_factory=PathLists)
    asked: Questions = field(default_factory=Questions)
    turn: Turn = field(default_factory=Turn)
    counted: tuple[str, ...] = ()
    formats: str = ""
    formats_short: str = ""
    reform: tuple[FactRow, ...] = ()
    training: tuple[tuple[str, tuple[FactRow, ...]], ...] = ()
    cpf: str = ""
    complements: tuple[str, ...] = ()
    competitions: Counter | None = None
    courses: Counter | None = None
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class Filter:
    """What is shown: one family or all; and the path that is opened, if one is."""

    family: str = ""
    path: str = ""


def paths_view(
    overview: Overview,
    wanted: Filter,
    asked: Questions,
    *,
    carnet: CarnetView,
    academie: Academie,
    whole: Callable[[str], PathDetail | None],
    windows: Mapping[str, Registration],
) -> PathsView:
    """Return the screen.

    Parameters
    ----------
    academie : Academie
        Whose applications are named.
    whole : callable
        Code of a path → the whole of it.
    windows : mapping
        The registration of each competition whose conditions are met, by code.
    """
    strong, lead = _lead(overview, windows)
    return PathsView(
        TITLE,
        lead_strong=strong,
        lead=lead,
        carnet=carnet,
        families=_families(overview, wanted),
        lists=_lists(overview, wanted, whole, windows),
        asked=asked,
        formats=(
            f"À la session {overview.session}, les concours externes sont à "
            f"{' et '.join(overview.formats)}."
        ),
        formats_short=f"à {' et '.join(overview.formats)} en {overview.session}",
        reform=tuple(map(_fact, path_facts.reform_facts())),
        training=_training(overview),
        cpf=_cpf(overview),
        competitions=counter(academie, SIAC),
        courses=counter(academie, GAIA),
        complements=tuple(f"{row.libelle} ({row.pourquoi})" for row in overview.complements),
        sources=_sources(overview.sources, overview.training),
    )


def shown_codes(overview: Overview, wanted: Filter) -> tuple[str, ...]:
    """Return the paths whose needs are asked: the one that is opened, else those shown."""
    if wanted.path:
        return (wanted.path,)
    return tuple(line.code for line in overview.lines if _passes(line, wanted))


def _passes(line: PathLine, wanted: Filter) -> bool:
    return wanted.family in ("", line.family)


def _families(overview: Overview, wanted: Filter) -> tuple[Option, ...]:
    """Return the buttons that filter: each with how many of its paths are open."""
    open_in = [line.family for line in overview.lines if line.state == OPEN]
    every = Option("", f"Tous {len(open_in)}", not wanted.family)
    return (
        every,
        *(
            Option(name, f"{SHORT[name]} {open_in.count(name)}", name == wanted.family)
            for name in FAMILIES
        ),
    )


def _lists(
    overview: Overview,
    wanted: Filter,
    whole: Callable[[str], PathDetail | None],
    windows: Mapping[str, Registration],
) -> PathLists:
    rows: dict[str, list[PathRow]] = {state: [] for state in STATES}
    for line in overview.lines:
        if _passes(line, wanted):
            row = path_row(line)
            if line.state == OPEN and line.code in windows:
                row = replace(row, when=joined(", ", (row.when, windows[line.code].state)))
            if line.code == wanted.path:
                row = replace(row, detail=_dated(whole(line.code), windows))
            rows[line.state].append(row)
    first = (*rows[OPEN], *rows[LATER])
    lists = PathLists(first[:SHOWN], first[SHOWN:], tuple(rows[DEPENDS]), tuple(rows[NEVER]))
    shown = {row.code for row in first}
    return replace(lists, doubtful=_doubtful([x for x in overview.lines if x.code in shown]))


def _dated(detail: PathDetail | None, windows: Mapping[str, Registration]) -> PathDetail | None:
    """Return a path whole, the window of its session before its usual dates."""
    if detail is None or detail.code not in windows:
        return detail
    own = text.sentence(windows[detail.code].dates)
    return replace(detail, dates=joined(" ", (own, detail.dates)))


def _doubtful(lines: Sequence[PathLine]) -> str:
    """Say what of these lines is to verify: who decides, the conditions of those marked."""
    of_who = "qui décide" if any(line.decides_doubtful for line in lines) else ""
    of_conditions = "ce que marque *" if any(line.doubtful for line in lines) else ""
    return " et ".join(filter(None, (of_who, of_conditions)))


def _lead(overview: Overview, windows: Mapping[str, Registration]) -> tuple[str, str]:
    """Return whose conditions are met: a competition is said open by its window alone."""
    count = dict.fromkeys(STATES, 0)
    for line in overview.lines:
        count[line.state] += 1
    now, waiting = count[OPEN], _without_window(overview, windows)
    day = figure(text.day(overview.day), "day", overview.day, overview.day)
    strong = (
        worded(
            "Vous remplissez les conditions connues de {} parcours au {}.",
            figure(str(now), "paths.open", now),
            day,
        )
        if now
        else worded(
            "Au {}, {} parcours peuvent s’ouvrir selon vos réponses.",
            day,
            figure(str(count[DEPENDS]), "paths.asked", count[DEPENDS]),
        )
    )
    others = [
        f"{number} {words}"
        for number, words in (
            (count[LATER], "à une date connue"),
            (count[DEPENDS] if now else 0, "à préciser"),
            (count[NEVER], "fermés" if count[NEVER] > 1 else "fermé"),
        )
        if number
    ]
    rest = ", ".join(others)
    if waiting:
        rest = " ; ".join(filter(None, (waiting, rest)))
    elif rest:
        rest = f"Les autres : {rest}"
    return strong, (f"{rest}. {_DECIDED}" if rest else _DECIDED)


def _without_window(overview: Overview, windows: Mapping[str, Registration]) -> str:
    """Say of how many competitions whose conditions are met no registration is known open."""
    met = [one.code for one in overview.lines if one.state == OPEN and one.code in windows]
    number = sum(not windows[code].is_open for code in met)
    if not number:
        return ""
    what = "concours ou examens" if number > 1 else "concours ou examen"
    return f"Aucune inscription ouverte connue pour {number} {what}"


def _training(overview: Overview) -> tuple[tuple[str, tuple[FactRow, ...]], ...]:
    """Return the facts of the domains shown; hours and the use of GAIA belong to other screens."""
    domains = texts_of("faits")["domaines"]
    by_domain: dict[str, list[FactRow]] = {}
    for fact in overview.training:
        if fact.domaine in domains:
            by_domain.setdefault(domains[fact.domaine], []).append(_fact(fact))
    return tuple((title, tuple(rows)) for title, rows in by_domain.items())


def _cpf(overview: Overview) -> str:
    if overview.hours is None:
        return ""
    return (
        f"Avec l’alimentation de {overview.day.year}, votre compte personnel de formation "
        f"porterait {overview.hours} heures."
    )


_KINDS = frozenset(
    {"concours", "date", "parcours", "période", "règle", "session", "sessions", "site"}
)
"""Units that only say what kind of value stands there."""
_THOUSANDS = re.compile(r"\b(\d{1,3})(\d{3})(?= (?:euros|places))")


@lru_cache(maxsize=256)
def _fact(fact: Training) -> FactRow:
    value = text.dates_in_words(fact.valeur).replace(";", ", ")
    if fact.unite not in _KINDS and fact.unite not in value:
        value = f"{value} {fact.unite}"
    value = _THOUSANDS.sub(rf"\1{text.NBSP}\2", value)
    about = f"{fact.domaine}.{fact.cle}"
    return FactRow(
        label_of(fact.cle),
        of_a_text(value, about),
        of_a_text(text.sentence(plainly(fact.condition)), f"{about}.condition"),
        official(reference_text(fact.source)),
        fact.source.confiance in ("C", "D"),
    )


@lru_cache(maxsize=8)
def _sources(of_paths: tuple[Reference, ...], training: tuple[Training, ...]) -> tuple[str, ...]:
    """Return every source of the screen, each once, with its letter; for everybody of a corps."""
    of_facts = (fact.source for fact in (*path_facts.reform_facts(), *training))
    return tuple(dict.fromkeys(map(reference_text, (*of_paths, *of_facts))))


def label_of(key: str) -> str:
    """Return the French name of a row; the key in words for a new one."""
    label: str = texts_of("faits")["faits"].get(key, key.replace("_", " ").capitalize())
    return label
