"""The figure of Et si…: the net pay of every scenario, the events of one under its axis."""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import takewhile

from iprof_kit.calculate.et_si.answer import EtSiAnswer, ScenarioCalcule, Tranche
from iprof_kit.ui.figures.charts import Career, Flag, Point, Series
from iprof_kit.ui.figures.charts_svg import career_charts
from iprof_kit.ui.kit.parts import KEYS
from iprof_kit.ui.screens.et_si.instrument import UNCOUNTED, Compared, first_read
from iprof_kit.ui.screens.et_si.words import doubtful_pay, flag_words
from iprof_kit.ui.shared import text

_LONGEST_END = 13


def figure_title(answer: EtSiAnswer) -> str:
    """Return what the figure shows, and between which years."""
    end = max(one.depart for one in answer.scenarios)
    return f"Paie nette d’un mois moyen, de {answer.aujourdhui.year} à {end.year}"


def doubtful(answer: EtSiAnswer) -> bool:
    """Tell whether a pay of the figure is to verify."""
    return any(map(doubtful_pay, answer.scenarios))


def figures(two: Compared) -> tuple[str, ...]:
    """Return the figure for wide screens, then for phones."""
    return tuple(map(_own_names, career_charts(described(two), wide="instrument")))


def described(two: Compared) -> Career:
    """Return what the figure shows."""
    answer = two.answer
    end = max(one.depart for one in answer.scenarios)
    series = tuple(_series(key, one, end) for key, one in zip(KEYS, answer.scenarios, strict=False))
    days = [gap.debut for gap in answer.ecarts if gap.debut is not None]
    first = answer.scenarios[0].depart
    days += [min(one.depart, first) for one in answer.scenarios[1:] if one.depart != first]
    opening = answer.depart_possible
    return Career(
        series,
        today=answer.aujourdhui,
        end=end,
        split=min(days) if days else None,
        gap=_gap(two),
        title=figure_title(answer),
        desc=_description(answer),
        unit="",
        window=opening if opening and opening < end else None,
        window_words=_window_words(opening, answer.aujourdhui),
        readings=two.reading_days,
        read_first=first_read(two),
        active=two.rank,
        flags=_flags(two) if two.rank else (),
    )


def _window_words(opening: date | None, today: date) -> str:
    if opening is None:
        return ""
    return f"départ possible dès {opening.year if opening > today else 'maintenant'}"


def _own_names(figure: str) -> str:
    """Write the space before the name of each scenario as what a person typed is written."""
    return re.sub(r">([A-D]) (?=[^<])", r">\1&#32;", figure)


def _gap(two: Compared) -> str:
    gap = two.gap
    if gap is None or gap.debut is None:
        return ""
    return text.signed_euros(gap.cumul_net)


def _series(key: str, one: ScenarioCalcule, end: date) -> Series:
    last = one.tranches[-1]
    amount = UNCOUNTED if last.non_calculee else text.euros(last.net)
    return Series(
        key,
        _points(one.tranches),
        f"{key} {_shortened(one.nom)}",
        amount,
        last=one.depart if one.depart < end else None,
        end_short=f"{key} : {amount}",
        uncounted=all(piece.non_calculee for piece in one.tranches),
    )


def _shortened(name: str) -> str:
    return name if len(name) <= _LONGEST_END else f"{name[:_LONGEST_END].rstrip()}…"


def _points(pieces: tuple[Tranche, ...]) -> tuple[Point, ...]:
    """Return the steps, each with its échelon where that changed.

    A pay of today that is not calculated is none of them: it would be read as nothing.
    """
    before = (None, *pieces[:-1])
    steps = [
        Point(piece.debut, piece.net, _label(piece, last), piece.a_verifier)
        for piece, last in zip(pieces, before, strict=True)
    ]
    unknown = list(takewhile(lambda piece: piece.non_calculee, pieces))
    return tuple(steps[len(unknown) :] or steps)


def _label(piece: Tranche, before: Tranche | None) -> str:
    if before is None or piece.net <= 0:
        return ""
    where = (piece.corps, piece.grade, piece.echelon, piece.chevron)
    if where == (before.corps, before.grade, before.echelon, before.chevron):
        return ""
    prefix = {"hors_classe": "HC ", "classe_exceptionnelle": "CE "}.get(piece.grade, "")
    return prefix + (piece.chevron or text.nth(piece.echelon))


def _flags(two: Compared) -> tuple[Flag, ...]:
    """Return the events applied to the scenario shown; unpaid time ends with `until`."""
    one = two.scenarios[-1]
    refused = {refusal.rang for refusal in one.refus}
    return tuple(
        Flag(day, flag_words(event), _unpaid_until(one, day))
        for rank, event in enumerate(one.evenements)
        if rank not in refused
        and (day := event.debut or _gained(one)) is not None
        and two.answer.aujourdhui < day <= one.depart
    )


def _gained(one: ScenarioCalcule) -> date | None:
    """Return the day of a bonification, which has none of its own."""
    return next((step.date for step in one.etapes if step.nature == "bonification"), None)


def _unpaid_until(one: ScenarioCalcule, day: date) -> date | None:
    piece = next((piece for piece in one.tranches if piece.debut == day), None)
    if piece is None or piece.net > 0 or piece.non_calculee:
        return None
    unpaid = [later for later in one.tranches if later.debut >= day]
    ends = next((later.debut for later in unpaid if later.net > 0), None)
    return ends or unpaid[-1].fin + timedelta(days=1)


def _description(answer: EtSiAnswer) -> str:
    lines = [
        f"{key} va de {_net(one.tranches[0])} à {_net(one.tranches[-1])}."
        for key, one in zip(KEYS, answer.scenarios, strict=False)
    ]
    return " ".join([*lines, "Mêmes valeurs dans le tableau qui suit."])


def _net(piece: Tranche) -> str:
    words = UNCOUNTED if piece.non_calculee else text.money(piece.net)
    return text.marked(words, piece.a_verifier)
