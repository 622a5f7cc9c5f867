"""The board as it is shown: final French text of the person, the gap, the figure, the folds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from iprof_kit.base.asked import Asked
from iprof_kit.base.errors import KitError
from iprof_kit.base.words import MINUS, corps_label
from iprof_kit.calculate.atelier.model import LETTERS
from iprof_kit.calculate.atelier.seance import Seance
from iprof_kit.calculate.et_si.answer import EtSiAnswer, ScenarioCalcule
from iprof_kit.calculate.et_si.gap import paid_before
from iprof_kit.calculate.interface.official_texts import named_text, officials
from iprof_kit.ui.components.guichet import in_the_portal
from iprof_kit.ui.kit.fields import DATE_HINT, shown
from iprof_kit.ui.kit.parts import Field, Option, Page
from iprof_kit.ui.screens.atelier.board import Board
from iprof_kit.ui.screens.atelier.figure import Lane, figures, lanes, months_shown, read_days
from iprof_kit.ui.screens.atelier.figure import read_first as first_read
from iprof_kit.ui.screens.atelier.gallery import Card, Reclassed, cards, reclassed, sentences
from iprof_kit.ui.screens.atelier.pair import (
    Pair,
    Row,
    Told,
    leading,
    months_text,
    rows,
    standing,
    why,
)
from iprof_kit.ui.screens.atelier.takeaway.files import FORMATS, Format
from iprof_kit.ui.screens.et_si.essais import LONGEST_NAME
from iprof_kit.ui.screens.et_si.instrument import pension_range, piece_on
from iprof_kit.ui.screens.et_si.reasons import TOTAL, Opened, Opening
from iprof_kit.ui.screens.et_si.table import csv_link, motives
from iprof_kit.ui.screens.et_si.view import (
    Chip,
    EventForm,
    EventPapers,
    Panel,
    Tab,
    has_room,
    panel,
    papers_of_events,
    sources_of_events,
    tabs,
)
from iprof_kit.ui.screens.et_si.words import differences, doubtful_pay
from iprof_kit.ui.shared import text

MOST_ROWS = 12
_HORIZONS = (5, 11)
"""Years ahead that are proposed beside the one of the persona and the departure."""


@dataclass(frozen=True)
class Term:
    """One term of the equation: net = traitement + primes − retenues."""

    sign: str
    label: str
    value: str
    none: bool


@dataclass(frozen=True)
class Read:
    """What the figure says of one year."""

    year: int
    first: tuple[str, str]
    second: tuple[str, str] | None
    cumul: str


@dataclass(frozen=True)
class Column:
    """What a scenario gives: where she is and what she earns at the horizon, its sums, its end."""

    key: str
    name: str
    place: str
    index: str
    net: str
    cumul: str
    verify: bool
    leaves: str
    pension: str


@dataclass(frozen=True)
class BoardView(Page):
    """The board; without a séance, the people alone."""

    seance: Seance | None = None
    pair: Pair | None = None
    path: str = ""
    """The address of the page, which the letters of the séance follow."""
    in_portal: bool = False
    """Whether other screens of the portal are there to be linked."""
    back: str = ""
    """The address of all the people, where it is another page."""
    address: str = ""
    link: str = ""
    """The address to give, just signed; "" where none was asked for."""
    signs: bool = False
    for_all: bool = False
    """Whether this address opens without account."""
    standing: str = ""
    letters: tuple[str, ...] = ()
    horizons: tuple[Option, ...] = ()
    terms: tuple[Term, ...] = ()
    verify: bool = False
    chart_title: str = ""
    charts: tuple[str, ...] = ()
    lanes: tuple[Lane, ...] = ()
    months: int = 0
    message: int = 0
    reads: tuple[Read, ...] = ()
    read_first: int = 0
    why: tuple[Told, ...] = ()
    opened: Mapping[str, Opened] = field(default_factory=dict)
    """The reasons that stand open, by how they are asked for."""
    sum_label: str = ""
    ideas: tuple[Chip, ...] = ()
    tabs: tuple[Tab, ...] = ()
    panel: Panel | None = None
    form: EventForm | None = None
    room: bool = False
    undo: bool = False
    refusals: tuple[str, ...] = ()
    received: None = None
    usual: str = ""
    longest_name: int = LONGEST_NAME
    rows: tuple[Row, ...] = ()
    more_rows: int = 0
    months_apart: str = ""
    columns: tuple[Column, ...] = ()
    cards: tuple[Card, ...] = ()
    sentences: tuple[str, ...] = ()
    differences: tuple[str, ...] = ()
    papers: tuple[EventPapers, ...] = ()
    day_field: Field | None = None
    careers: tuple[Reclassed, ...] = ()
    motives: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    texts: int = 0
    formats: tuple[tuple[str, Format], ...] = ()
    together: bool = False
    others: tuple[str, ...] = ()
    csv: str = ""
    turn: int = 0
    focus: str = ""


def view_of(board: Board, answer: EtSiAnswer, form: EventForm | None) -> BoardView:
    """Return what a board shows of an answer.

    Parameters
    ----------
    answer : EtSiAnswer
        That of its scenarios.
    form : EventForm or None
        The event being written.
    """
    seance, essais = board.seance, board.essais()
    pair = Pair(answer, seance.compares, seance.horizon)
    strong, rest = leading(pair)
    sources, shown = sources_of_events(answer), rows(pair)
    first = first_read(pair)
    return BoardView(
        title="Atelier",
        seance=seance,
        pair=pair,
        path=board.path,
        in_portal=in_the_portal(),
        lead_strong=strong,
        lead=rest,
        address=board.address(answer),
        link=board.state.made,
        signs=board.signs,
        for_all=bool(board.state.made) and board.open_to_all(),
        standing=_standing(board),
        letters=LETTERS[: len(seance.scenarios)],
        horizons=_horizons(board, answer),
        terms=_terms(pair),
        verify=any(doubtful_pay(one, pair.until) for one in pair.scenarios),
        chart_title=f"Net d’un mois moyen avant impôt, euros de {answer.annee_euros}",
        charts=figures(pair),
        lanes=lanes(pair),
        months=months_shown(pair),
        message=board.state.messages,
        reads=_reads(pair),
        read_first=first.year if first else 0,
        why=why(pair),
        opened=_opened(board, pair),
        sum_label=_sum_label(pair),
        ideas=_chips(board, answer),
        tabs=tabs(essais),
        panel=_panel(board, answer),
        form=form,
        room=has_room(seance.scenarios),
        undo=board.drafts.before is not None,
        refusals=board.state.refusals,
        usual="Sans événement, tout continue comme au jour figé.",
        rows=shown[:MOST_ROWS],
        more_rows=len(shown[MOST_ROWS:]),
        months_apart=months_text(sum(one.months for run in pair.runs for one in run)),
        columns=tuple(
            _column(key, one, pair) for key, one in zip(LETTERS, answer.scenarios, strict=False)
        ),
        cards=cards(board.people, seance.persona.id),
        sentences=sentences(seance.persona),
        differences=differences(answer),
        papers=papers_of_events(answer),
        day_field=_day_field(board.typed_day(), board.state.errors),
        careers=reclassed(board.people),
        motives=motives(answer),
        sources=sources,
        texts=sum(1 for one in officials(sources) if named_text(one)),
        formats=tuple(FORMATS.items()),
        together=board.state.together,
        others=tuple(one.persona.prenom for one in board.others),
        csv=csv_link(answer),
        turn=board.state.turn,
        focus=board.state.focus,
    )


def _opened(board: Board, pair: Pair) -> dict[str, Opened]:
    """Return the reasons that stand open of the two scenarios compared."""
    if not board.state.reasons:
        return {}
    opening = Opening.of(
        board.question(), pair.answer, pair.ranks, board.state.reasons, board.reasons_made
    )
    stretches = [one for run in pair.runs for one in run]
    days = [one.day for one in why(pair) if one.day]
    opened = opening.days([*days, *(one.begin for one in stretches)], stretches)
    total = opening.total(pair.until, _sum_label(pair))
    return opened | ({TOTAL: total} if total else {})


def _sum_label(pair: Pair) -> str:
    first, second = pair.keys
    return f"{first} moins {second} : net en tout d’ici {pair.horizon}"


def unanswered(board: Board, error: KitError) -> BoardView:
    """Return the board of a person about whom the law does not answer: the others are offered."""
    return BoardView(
        title="Atelier",
        lead_strong=text.sentence(error.message),
        lead=error.remedy,
        cards=cards(board.people, ""),
        path=board.path,
        in_portal=in_the_portal(),
    )


def _standing(board: Board) -> str:
    """Return « corps : professeur certifié, 10e échelon »: a corps' name says nothing of her."""
    start = board.seance.persona.start()
    corps = corps_label(start.corps or "")
    place = text.position_label(start.grade or "", start.echelon or "", start.chevron)
    corps = f"corps : {corps[:1].lower()}{corps[1:]}"
    return f"{corps}, {'' if not start.ancienne_grille else 'avant 2017 : '}{place}"


def _terms(pair: Pair) -> tuple[Term, ...]:
    gap = pair.gap
    amounts = (("=", "Traitement", gap.traitement), ("+", "Primes", gap.primes),
               (MINUS, "Retenues", gap.retenues))  # fmt: skip
    return tuple(
        Term(sign, label, _signed(amount), not round(amount)) for sign, label, amount in amounts
    )


def _signed(amount: float) -> str:
    return text.signed_euros(amount) if round(amount) else f"0{text.NBSP}€"


def _horizons(board: Board, answer: EtSiAnswer) -> tuple[Option, ...]:
    """Return the years up to which to compare: near, far, the departure, and the one chosen."""
    seance = board.seance
    last = max(one.depart.year for one in answer.scenarios)
    near = {seance.jour.year + years for years in _HORIZONS}
    own = seance.persona.horizon
    years = sorted({*(year for year in (*near, own) if year and year < last), last, seance.horizon})
    return tuple(Option(str(year), str(year), year == seance.horizon) for year in years)


def _reads(pair: Pair) -> tuple[Read, ...]:
    return tuple(_read(pair, day) for day in read_days(pair))


def _read(pair: Pair, day: date) -> Read:
    first, second = (piece_on(one, day) for one in pair.scenarios)
    if first is None or second is None:
        raise ValueError(day)  # the days read end with the first departure
    same = (first.net, standing(first)) == (second.net, standing(second))
    words = tuple(
        (text.euros(one.net), f"{standing(one)}, indice {one.indice_majore}")
        for one in (first, second)
    )
    cumul = pair.gap_before(day)
    return Read(day.year, words[0], None if same else words[1], text.signed_euros(cumul))


def _chips(board: Board, answer: EtSiAnswer) -> tuple[Chip, ...]:
    essais = board.essais()
    events = essais.scenarios[essais.vu].evenements
    return tuple(
        Chip(one.code, one.dated_label(events), one.taken(events) is not None)
        for one in board.offered(answer)
    )


def _panel(board: Board, answer: EtSiAnswer) -> Panel:
    shown = panel(board.essais(), answer, renaming=board.state.renaming)
    return replace(shown, shareable=False)


def _column(key: str, one: ScenarioCalcule, pair: Pair) -> Column:
    pieces = [piece for piece in one.tranches if piece.debut < pair.until]
    last = pieces[-1]
    return Column(
        key,
        one.nom,
        standing(last),
        str(last.indice_majore),
        text.money(last.net),
        text.euros(paid_before(one, pair.until)),
        doubtful_pay(one, pair.until),
        text.day(one.depart),
        pension_range(one),
    )


def _day_field(typed: str, errors: Mapping[str, KitError]) -> Field:
    asked = Asked("jour", "Jour figé", "day", DATE_HINT, needed=True)
    return shown(asked, typed, errors.get("jour"))
