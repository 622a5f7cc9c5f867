"""The file that works alone: one page, its data, look and script inside, nothing fetched."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from iprof_kit.base.calendar import rentree_day
from iprof_kit.base.words import hard_spaces, hard_spaces_read
from iprof_kit.calculate.atelier.grid import Case, Choices, Grid
from iprof_kit.calculate.atelier.model import LETTERS
from iprof_kit.calculate.atelier.sentences import horizon_day
from iprof_kit.calculate.et_si.answer import ScenarioCalcule, Tranche
from iprof_kit.calculate.et_si.gap import apart, paid_before
from iprof_kit.calculate.lessons.played import Ecran
from iprof_kit.ui.figures.charts_svg import SIZES, written
from iprof_kit.ui.screens.atelier.figure import band_of, read_days
from iprof_kit.ui.screens.atelier.gallery import small_stair
from iprof_kit.ui.screens.atelier.pair import standing
from iprof_kit.ui.screens.atelier.takeaway.choices import grid
from iprof_kit.ui.screens.atelier.takeaway.contents import (
    FICTITIOUS,
    UNOFFICIAL,
    Showing,
    Taken,
    sources_of,
)
from iprof_kit.ui.screens.atelier.takeaway.figure import still_career
from iprof_kit.ui.screens.atelier.takeaway.look import colours, faces
from iprof_kit.ui.screens.et_si.instrument import pension_range
from iprof_kit.ui.shared import text

LARGEST = 3_000_000
"""Bytes of a file: what a school's computer and a message take."""
_HERE = Path(__file__).parent
_LONG = 12
"""Letters of a choice from which the choices of its lever stand one under the other."""


@dataclass(frozen=True)
class Line:
    """A line of the table of every case: what is chosen, then each choice of the last lever."""

    chosen: tuple[str, ...]
    cells: tuple[tuple[str, str], ...]
    """Net in all, and what parts it from the case of reference; two "" where it is closed."""


@dataclass(frozen=True)
class Person:
    """One person of the page."""

    showing: Showing
    grid: Grid
    lines: tuple[Line, ...]
    closed: tuple[str, ...]
    svg: str
    stair: str

    @property
    def levers(self) -> tuple[tuple[str, tuple[tuple[str, str], ...], bool], ...]:
        """Each lever: its title, its choices (letter, name), whether they are long."""
        return tuple(
            (
                lever.titre,
                tuple(
                    (LETTERS[rank] if not place else "", one.nom)
                    for rank, one in enumerate(lever.choix)
                ),
                max(len(one.nom) for one in lever.choix) > _LONG or len(lever.choix) > 4,
            )
            for place, lever in enumerate(self.grid.levers)
        )

    @property
    def heads(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The headings of the table: the levers that name a line, the choices of the last one."""
        *first, last = self.levers
        if not first:  # one lever: its choices name the lines
            return (last[0],), ("Net",)
        return tuple(title for title, _, _ in first), tuple(name for _, name in last[1])


def html_of(taken: Taken) -> bytes:
    """Return the page of what is taken away.

    Raises
    ------
    InputError, LawError
        A séance has too many cases, or the law does not answer.
    """
    people = tuple(_person(one) for one in taken.showings)
    style, script = _style(), (_HERE / "page.js").read_text(encoding="utf-8")
    data = _as_json(_data(taken, people))
    body = (
        _environment()
        .get_template("page.html")
        .render(
            taken=taken,
            people=people,
            cases=sum(len(one.grid.open_cases) for one in people),
            unofficial=UNOFFICIAL,
            fictitious=FICTITIOUS,
            day=text.day,
            sources_of=sources_of,
        )
    )
    page = (
        '<!doctype html>\n<html lang="fr"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_policy(style, script)}">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        '<meta name="referrer" content="no-referrer">'
        f"<title>{hard_spaces(Markup.escape(taken.title))} | Assistant carrière, à emporter</title>"
        f"<style>{style}</style></head>"
        f"{hard_spaces_read(body)}"
        f'<script type="application/json" id="donnees">{data}</script>'
        f"<script>{script}</script></body></html>\n"
    )
    return page.encode()


def data_of(page: bytes) -> dict[str, Any]:
    """Return what the script of a page reads: for those who check it.

    Examples
    --------
    >>> data_of(b'<script type="application/json" id="donnees">{"droit":"2026-11-27"}</script>')
    {'droit': '2026-11-27'}
    """
    match = re.search(rb'id="donnees">(.*?)</script>', page, re.DOTALL)
    made: dict[str, Any] = json.loads(match[1]) if match else {}
    return made


def _policy(style: str, script: str) -> str:
    """Return what the page allows itself: its own look and script, nothing else, no sending."""
    return (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
        "font-src data:; base-uri 'none'; form-action 'none'"
    )


def _hash(content: str) -> str:
    digest = hashlib.sha256(content.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["figure"] = Markup  # figures are ours, with their own escaping
    return environment


@cache
def _style() -> str:
    """Return the look: the kit's faces and colours, then that of the page."""
    own = (_HERE / "page.css").read_text(encoding="utf-8")
    return re.sub(r"\s*\n\s*", "", faces() + colours() + own)


def _as_json(data: dict[str, Any]) -> str:
    """Return data that no text can end: nothing in it opens or closes a tag."""
    written_out = hard_spaces(json.dumps(data, ensure_ascii=False, separators=(",", ":")))
    for sign in "<>&\u2028\u2029":
        written_out = written_out.replace(sign, f"\\u{ord(sign):04x}")
    return written_out


def _data(taken: Taken, people: tuple[Person, ...]) -> dict[str, Any]:
    return {
        "droit": taken.law.isoformat(),
        "personnes": [_person_data(one) for one in people],
        "questions": [_question_data(one) for one in taken.questions],
    }


def _question_data(screen: Ecran) -> dict[str, Any]:
    question, reveal = screen.question, screen.revelation
    if question is None or reveal is None:
        raise ValueError(screen.titre)
    return {
        "forme": question.forme,
        "choix": list(reveal.juste.choix),
        "valeur": reveal.juste.valeur,
        "pas": question.pas,
        "unite": question.unite,
    }


def _person(showing: Showing) -> Person:
    made = grid(showing.seance)
    reasons = dict.fromkeys(
        text.sentence(case.reason) for case in made.cases.values() if case.lived is None
    )
    return Person(
        showing,
        made,
        tuple(_lines(made)),
        tuple(reasons),
        written(still_career(showing.pair), SIZES["instrument"]),
        small_stair(showing.seance.persona),
    )


def _lines(made: Grid) -> list[Line]:
    """Return the table of every case: the last lever across, the others down."""
    levers = made.levers
    if len(levers) == 1:
        return [
            Line((one.nom,), (_cell(made, (rank,)),)) for rank, one in enumerate(levers[0].choix)
        ]
    *down, across = levers
    lines: dict[Choices, list[tuple[str, str]]] = {}
    for choices in made.cases:
        lines.setdefault(choices[:-1], []).append(_cell(made, choices))
    return [
        Line(
            tuple(lever.choix[rank].nom for lever, rank in zip(down, key, strict=True)),
            tuple(cells),
        )
        for key, cells in lines.items()
        if len(cells) == len(across.choix)
    ]


def _cell(made: Grid, choices: Choices) -> tuple[str, str]:
    lived = made.cases[choices].lived
    if lived is None:
        return "", ""
    net = paid_before(lived, horizon_day(made.seance.horizon))
    gap = "référence" if choices == made.reference else text.signed_euros(made.gap(lived).net)
    return text.euros(net), gap


def _person_data(person: Person) -> dict[str, Any]:
    """Return the cases of a person: amounts in cents, the words of each position once."""
    made, words = person.grid, _Words()
    seance = made.seance
    cases = {
        "|".join(map(str, choices)): _case_data(made, case, words)
        for choices, case in made.cases.items()
    }
    return {
        "nom": person.showing.first_name,
        "jour": seance.jour.isoformat(),
        "horizon": seance.horizon,
        "leviers": [[one.nom for one in lever.choix] for lever in made.levers],
        "ouverture": list(made.opening),
        "reference": list(made.reference),
        "lire": _first_read(person),
        "mots": words.known,
        "cas": cases,
    }


class _Words:
    """The words of positions, each kept once and named by its place."""

    def __init__(self) -> None:
        self.known: list[tuple[str, str]] = []

    def of(self, piece: Tranche) -> int:
        both = (standing(piece), band_of(piece)[0])
        if both not in self.known:
            self.known.append(both)
        return self.known.index(both)


def _case_data(made: Grid, case: Case, words: _Words) -> dict[str, Any]:
    lived = case.lived
    if lived is None:
        return {"ferme": case.reason.rstrip(".")}
    until, parted = made.until(lived), made.parted(lived)
    runs = apart(parted)
    days = _years(made, until)
    return {
        "t": [
            [piece.debut.isoformat(), _cents(piece.net), words.of(piece), piece.indice_majore]
            for piece in lived.tranches
            if piece.debut < horizon_day(made.seance.horizon)
        ],
        "net": _cents(paid_before(lived, horizon_day(made.seance.horizon))),
        "ecart": _cents(made.gap(lived).net),
        "debut": [runs[0][0].begin.isoformat(), _cents(runs[0][0].month.net)] if runs else None,
        "fin": _cents(parted[-1].month.net) if parted else 0,
        "ans": [[day.year, _cents(made.gap_before(lived, day))] for day in days],
        "depart": lived.depart.isoformat(),
        "pension": pension_range(lived),
        "doute": _doubt(lived, until),
    }


def _years(made: Grid, until: date) -> list[date]:
    """Return each rentrée that may be read of a case."""
    days = (rentree_day(year) for year in range(made.seance.jour.year, made.seance.horizon + 1))
    return [day for day in days if made.seance.jour < day < until]


def _first_read(person: Person) -> int:
    days = read_days(person.showing.pair)
    return days[len(days) // 3].year if days else 0


def _doubt(lived: ScenarioCalcule, until: date) -> int:
    return int(any(piece.a_verifier for piece in lived.tranches if piece.debut < until))


def _cents(amount: float) -> int:
    return round(amount * 100)
