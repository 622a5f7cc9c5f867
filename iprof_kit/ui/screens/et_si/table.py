"""The net pay of supposed scenarios: one chart, and one table of the same dates."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from iprof_kit.calculate.et_si.answer import EtSiAnswer, ScenarioCalcule, Tranche
from iprof_kit.ui.figures.charts import Career, Point, Series
from iprof_kit.ui.figures.charts_svg import career_charts
from iprof_kit.ui.scenarios.table import Cell
from iprof_kit.ui.screens.et_si.words import doubtful_pay, pension_text
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.parts import KEYS, Day, day_of

_LONGEST_END = 14
_SHORT = {
    "congé de maladie": "maladie", "congé parental": "parental", "disponibilité": "dispo.",
}  # fmt: skip


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
    found = []
    for rank, day in enumerate(days):
        cells = tuple(_cell(one, day, first=rank == 0) for one in answer.scenarios)
        found.append(Line(f"t{day.isoformat()}", day_of(day), cells))
    return tuple(found)


def totals(answer: EtSiAnswer) -> tuple[Total, ...]:
    """Return the sums of each scenario: pay until the departure, the departure, the pension."""
    scenarios, year = answer.scenarios, answer.annee_euros
    sure = tuple(False for _ in scenarios)
    doubtful = tuple(map(doubtful_pay, scenarios))
    return (
        Total(
            "Départ",
            "sans choix, la limite d’âge",
            tuple(text.day(one.depart) for one in scenarios),
            sure,
        ),
        Total(
            "Paie nette cumulée",
            f"d’aujourd’hui au départ, euros constants de {year}",
            tuple(text.money(one.cumul_net) for one in scenarios),
            doubtful,
        ),
        Total(
            "Pension de l’État au départ",
            "brute, par mois",
            tuple(pension_text(one) for one in scenarios),
            tuple(bool(one.pension and one.pension.a_verifier) for one in scenarios),
        ),
    )


def _piece(one: ScenarioCalcule, day: date) -> Tranche | None:
    if day >= one.depart:
        return None
    return [piece for piece in one.tranches if piece.debut <= day][-1]


def _cell(one: ScenarioCalcule, day: date, *, first: bool) -> Cell:
    piece = _piece(one, day)
    if piece is None:
        return Cell("Départ", "", "", same=True)
    plain = piece.situation == one.tranches[0].situation
    return Cell(
        text.position_label(piece.grade, piece.echelon, piece.chevron),
        str(piece.indice_majore),
        text.money(piece.net),
        same=piece.debut != day and not first,
        remarks=() if plain else (text.french(piece.situation),),
        amount_verify=piece.a_verifier,
        motive=piece.motif_a_verifier,
    )


def motives(answer: EtSiAnswer) -> tuple[str, ...]:
    """Return why amounts are marked, each reason once."""
    pieces = (piece for one in answer.scenarios for piece in one.tranches)
    pensions = (one.pension for one in answer.scenarios if one.pension is not None)
    reasons = [piece.motif_a_verifier for piece in pieces if piece.a_verifier]
    reasons += [
        f"pension : {found.motif_a_verifier}" for found in pensions if found.motif_a_verifier
    ]
    return tuple(dict.fromkeys(text.sentence(reason) for reason in reasons if reason))


def figure_title(answer: EtSiAnswer) -> str:
    """Return what the figure shows, and between which years."""
    end = max(one.depart for one in answer.scenarios)
    return f"Paie nette par mois, de {answer.aujourdhui.year} à {end.year}"


def figures(answer: EtSiAnswer, title: str) -> tuple[str, ...]:
    """Return the figure for wide screens, then for phones."""
    end = max(one.depart for one in answer.scenarios)
    series = tuple(_series(key, one, end) for key, one in zip(KEYS, answer.scenarios, strict=False))
    days = [gap.debut for gap in answer.ecarts if gap.debut is not None]
    days += [
        min(one.depart, answer.scenarios[0].depart)
        for one in answer.scenarios[1:]
        if one.depart != answer.scenarios[0].depart
    ]
    found = Career(
        series,
        today=answer.aujourdhui,
        end=end,
        split=min(days) if days else None,
        gap=_gap(answer),
        title=title,
        desc=_description(answer),
        unit="€ nets par mois",
    )
    return tuple(map(_own_names, career_charts(found)))


def _own_names(figure: str) -> str:
    """Write the space before the name of each scenario as what a person typed is written."""
    return re.sub(r">([A-D]) : (?=[^<])", r">\1 :&#32;", figure)


def _gap(answer: EtSiAnswer) -> str:
    gap = answer.ecarts[0] if len(answer.ecarts) == 1 else None
    if gap is None or gap.debut is None:
        return ""
    doubt = any(doubtful_pay(one, gap.jusqu_au) for one in answer.scenarios)
    return text.marked(text.money(abs(gap.cumul_net)), doubt)


def _series(key: str, one: ScenarioCalcule, end: date) -> Series:
    last = one.tranches[-1]
    # The margin has room for the mark or for the échelon, which stands at the last step too.
    place = "" if last.a_verifier else f"{text.echelon_label(last.echelon)}, "
    return Series(
        key,
        _points(one.tranches),
        f"{key} : {_shortened(one.nom)}",
        place + _net(last),
        last=one.depart if one.depart < end else None,
    )


def _net(piece: Tranche) -> str:
    return text.marked(text.money(piece.net), piece.a_verifier)


def _shortened(name: str) -> str:
    return name if len(name) <= _LONGEST_END else f"{name[:_LONGEST_END].rstrip()}…"


def _points(pieces: tuple[Tranche, ...]) -> tuple[Point, ...]:
    """Return the steps; what changed is written at each: échelon, position or part-time."""
    before = (None, *pieces[:-1])
    return tuple(
        Point(piece.debut, piece.net, _label(piece, last, pieces[0]), piece.a_verifier)
        for piece, last in zip(pieces, before, strict=True)
    )


def _label(piece: Tranche, before: Tranche | None, usual: Tranche) -> str:
    moved = before is None or piece.situation != before.situation
    if moved and piece.situation != usual.situation:
        head = piece.situation.partition(" (")[0]
        return _SHORT.get(head, f"{piece.quotite}{text.NBSP}%")
    prefix = {"hors_classe": "HC ", "classe_exceptionnelle": "CE "}.get(piece.grade, "")
    where = (piece.corps, piece.grade, piece.echelon, piece.chevron)
    if (
        moved
        or before is None
        or where != (before.corps, before.grade, before.echelon, before.chevron)
    ):
        return prefix + (piece.chevron or text.nth(piece.echelon))
    return ""


def _description(answer: EtSiAnswer) -> str:
    said = [
        f"{key} va de {_net(one.tranches[0])} à {_net(one.tranches[-1])}."
        for key, one in zip(KEYS, answer.scenarios, strict=False)
    ]
    return " ".join([*said, "Mêmes valeurs dans le tableau qui suit."])


def csv_link(answer: EtSiAnswer) -> str:
    """Return the table as a data address that the browser saves."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(
        [
            "scenario",
            "debut",
            "fin",
            "corps",
            "grade",
            "echelon",
            "indice_majore",
            "situation",
            "brut_mensuel",
            "net_mensuel",
            "a_verifier",
        ]
    )
    for key, one in zip(KEYS, answer.scenarios, strict=False):
        for piece in one.tranches:
            writer.writerow(
                [
                    key,
                    piece.debut.isoformat(),
                    piece.fin.isoformat(),
                    piece.corps,
                    piece.grade,
                    piece.echelon,
                    piece.indice_majore,
                    piece.situation,
                    f"{piece.brut:.2f}".replace(".", ","),
                    f"{piece.net:.2f}".replace(".", ","),
                    "oui" if piece.a_verifier else "non",
                ]
            )
    return "data:text/csv;charset=utf-8," + quote("\ufeff" + out.getvalue())
