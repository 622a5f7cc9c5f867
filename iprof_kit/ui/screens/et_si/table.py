"""The net pay of every scenario in one table, with the indices, the sums and its file."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from iprof_kit.base.spreadsheets import TableWriter
from iprof_kit.calculate.et_si.answer import EtSiAnswer, ScenarioCalcule, Tranche
from iprof_kit.ui.kit.parts import KEYS, Day, day_of
from iprof_kit.ui.scenarios.table import Cell
from iprof_kit.ui.screens.et_si.instrument import (
    UNCOUNTED,
    arrears_of,
    net_said,
    pension_said,
    piece_on,
    sum_said,
)
from iprof_kit.ui.screens.et_si.words import departure_said, doubtful_pay, pension_text
from iprof_kit.ui.shared import text


@dataclass(frozen=True)
class Line:
    """One date, and where each scenario stands on it."""

    id: str
    day: Day
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Total:
    """One line under the dates: a sum, a day or a pension, for each scenario."""

    label: str
    note: str
    values: tuple[str, ...]
    verify: tuple[bool, ...]


def lines(answer: EtSiAnswer) -> tuple[Line, ...]:
    """Return the table, one line a date at which some pay changes."""
    days = sorted({piece.debut for one in answer.scenarios for piece in one.tranches})
    rows = []
    for rank, day in enumerate(days):
        cells = tuple(_cell(one, day, first=rank == 0) for one in answer.scenarios)
        rows.append(Line(f"t{day.isoformat()}", day_of(day), cells))
    return tuple(rows)


def totals(answer: EtSiAnswer) -> tuple[Total, ...]:
    """Return the sums of each scenario: pay until the departure, the departure, the pension."""
    scenarios, year = answer.scenarios, answer.annee_euros
    sure = tuple(False for _ in scenarios)
    doubtful = tuple(map(doubtful_pay, scenarios))
    return (
        Total(
            "Départ",
            "sans choix, la limite d’âge",
            tuple(map(departure_said, scenarios)),
            sure,
        ),
        Total(
            "Paie nette cumulée",
            f"d’aujourd’hui au départ, euros constants de {year}",
            tuple(sum_said(one, text.money) for one in scenarios),
            doubtful,
        ),
        Total(
            "Pension de l’État au départ",
            "brute, par mois",
            tuple(pension_said(one, pension_text(one)) for one in scenarios),
            tuple(bool(one.pension and one.pension.a_verifier) for one in scenarios),
        ),
    )


def _cell(one: ScenarioCalcule, day: date, *, first: bool) -> Cell:
    piece = piece_on(one, day)
    if piece is None:
        return Cell("Départ", "", "", same=True)
    situation = "" if piece.situation == one.tranches[0].situation else piece.situation
    return Cell(
        text.position_label(piece.grade, piece.echelon, piece.chevron),
        str(piece.indice_majore),
        net_said(one, piece, day, text.money(piece.net)),
        same=piece.debut != day and not first,
        remarks=tuple(filter(None, (situation, arrears_of(one, piece, day)))),
        amount_verify=piece.a_verifier,
        motive=piece.motif_a_verifier,
    )


def motives(answer: EtSiAnswer) -> tuple[str, ...]:
    """Return why amounts are marked, each reason once."""
    pieces = (piece for one in answer.scenarios for piece in one.tranches)
    pensions = (one.pension for one in answer.scenarios if one.pension is not None)
    reasons = [piece.motif_a_verifier for piece in pieces if piece.a_verifier]
    reasons += [
        f"pension : {pension.motif_a_verifier}" for pension in pensions if pension.motif_a_verifier
    ]
    return tuple(dict.fromkeys(text.sentence(reason) for reason in reasons if reason))


def csv_link(answer: EtSiAnswer) -> str:
    """Return the table as a data address that the browser saves."""
    lines = [
        _csv_line(key, piece)
        for key, one in zip(KEYS, answer.scenarios, strict=False)
        for piece in one.tranches
    ]
    out = io.StringIO()
    table = TableWriter(out)
    table.row([*lines[0]])
    for line in lines:
        table.row([*line.values()])
    return "data:text/csv;charset=utf-8," + quote("\ufeff" + out.getvalue())


def _csv_line(key: str, piece: Tranche) -> dict[str, object]:
    return {
        "scenario": key,
        "debut": piece.debut.isoformat(),
        "fin": piece.fin.isoformat(),
        "corps": piece.corps,
        "grade": piece.grade,
        "echelon": piece.echelon,
        "indice_majore": piece.indice_majore,
        "situation": piece.situation,
        "brut_mensuel": UNCOUNTED if piece.non_calculee else _decimal(piece.brut),
        "net_mensuel": UNCOUNTED if piece.non_calculee else _decimal(piece.net),
        "rappel_net": _decimal(piece.rappel_net),
        "a_verifier": "oui" if piece.a_verifier else "non",
    }


def _decimal(amount: float) -> str:
    return f"{amount:.2f}".replace(".", ",")
