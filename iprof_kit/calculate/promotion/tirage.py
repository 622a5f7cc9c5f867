"""When the hors classe could come: by the bars that were published, and by a drawn population."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from statistics import median_low
from typing import NamedTuple

import numpy as np

from iprof_kit.base.calendar import axis_of, rentree
from iprof_kit.base.errors import KitError, LawError, PeriodNotCovered
from iprof_kit.base.explanation import explain, explaining, unexplained
from iprof_kit.base.sources import to_verify
from iprof_kit.base.words import appreciation_label
from iprof_kit.calculate.interface.aside import aside
from iprof_kit.calculate.interface.explained import Line
from iprof_kit.calculate.interface.papers import of_sources
from iprof_kit.calculate.interface.subject import Subject
from iprof_kit.calculate.interface.why import explain_or_refusal, refuse_another, texts_of
from iprof_kit.calculate.promotion.after import ratio
from iprof_kit.calculate.promotion.calculation import answer as promotion
from iprof_kit.calculate.promotion.question import PromotionQuestion, Taux
from iprof_kit.calculate.promotion.situation import on_the_eve
from iprof_kit.calculate.promotion.tirage_question import (
    Bornes,
    LigneTirage,
    Recours,
    TirageAnswer,
    TirageQuestion,
)
from iprof_kit.calculate.promotion.tirage_why import (
    campaigns_text,
    tell_bars,
    tell_campaigns,
    tell_draw,
    tell_start,
)
from iprof_kit.careers.criteria import Numbers
from iprof_kit.careers.hors_classe_draw import Drawn, draw
from iprof_kit.law.promotion.bareme import NOT_IN_RANGE, appreciation_codes, bareme_hors_classe
from iprof_kit.law.promotion.rows import HORS_CLASSE_ROWS
from iprof_kit.law.promotion.statistics import (
    Bar,
    appeals,
    appreciation_shares,
    delay_of_appeal,
    observed_bars,
)
from iprof_kit.law.tables.cells import cell_code, grades_of
from iprof_kit.law.tables.facts import Fact

_HC = "hors_classe"
_TRIED = 20
"""Campaigns looked at after the first one."""


class _FirstList(NamedTuple):
    """Her first campaign in the list, and where she then is."""

    year: int
    cell: int
    days: int


class _Places(NamedTuple):
    """Where she is on the eve of each campaign from the first one, as columns."""

    first: int
    cell: Numbers
    days: Numbers


def answer(question: TirageQuestion) -> TirageAnswer:
    """Return when the hors classe could come.

    Raises
    ------
    InputError
        The situation cannot be read.

    Examples
    --------
    >>> campaigns = answer(TirageQuestion(
    ...     corps="pe", grade="classe_normale", echelon="9", date_effet=date(2025, 3, 1),
    ...     aujourdhui=date(2026, 11, 25), tirer=False,
    ... ))
    >>> campaigns.premiere_campagne
    2027
    """
    given = _answered(question)
    if not (question.expliquer and given.lignes):
        return given

    def again() -> TirageAnswer:
        once_more = _answered(question)
        refuse_another(once_more, given)
        return once_more

    asked = "Pourquoi ces campagnes ?"
    reason = explain_or_refusal(asked, again, _campaigns)
    return given.model_copy(update={"explication": reason})


def _campaigns(given: TirageAnswer) -> Line:
    beyond = "au-delà de celles qui sont regardées"
    return Line(libelle="Campagnes", valeur=given.phrase or beyond, a_verifier=True)


def _answered(question: TirageQuestion) -> TirageAnswer:
    with unexplained():
        start = _start(question)
        means = _appeals(question.aujourdhui)
    if start is None:
        return _nothing("Aucune campagne ne remplit la condition d’ancienneté.", means)
    try:
        return _ranges(question, start, means)
    except LawError as error:
        return _nothing(error.message, means, start.year)


def _start(question: TirageQuestion) -> _FirstList | None:
    """Return her next campaign if she is promouvable in it, else the first where she will be."""
    campaign = question.aujourdhui.year + int(
        axis_of(question.aujourdhui) >= rentree(question.aujourdhui.year)
    )
    then = promotion(_asked(question, campaign))
    first = then.premiere_campagne
    if first is None:
        return None
    if first != campaign:
        then = promotion(_asked(question, first))
    cell = cell_code(question.corps, grades_of(question.corps)[0], then.echelon, then.chevron)
    return _FirstList(first, cell, then.anciennete_jours)


def _asked(question: TirageQuestion, campaign: int) -> PromotionQuestion:
    return PromotionQuestion(
        corps=question.corps,
        grade=question.grade,
        echelon=question.echelon,
        date_effet=question.date_effet,
        reliquat_jours=question.reliquat_jours,
        campagne=campaign,
        grade_cible=_HC,
        periodes=question.periodes,
    )


def _ranges(
    question: TirageQuestion, start: _FirstList, means: tuple[Recours, ...]
) -> TirageAnswer:
    if explaining():
        tell_start(question, start.year, start.cell, start.days)
    places = _held(question, start.year)
    with explain() as read:
        known = ratio(_asked(question, start.year), _HC)
        shares = _shares(start.year, drawn=question.tirer)
        bars = observed_bars(question.corps, min(_bareme_years(question.corps, start.year)))
        tell_bars(bars)
        names = tuple(shares)
        first = _first_points(names, places)
    by_appreciation, undrawn = aside(
        lambda: _drawn(question, start, shares) if question.tirer else {}
    )
    drawn = by_appreciation or {}
    later = _later_points(tuple(first), places)
    points = {name: [first[name], *later[name]] for name in names if later.get(name)}
    lines = tuple(
        _line(name, points.get(name, []), start.year, bars, drawn.get(name)) for name in names
    )
    rate = known.taux if known.taux is not None else known.dernier_connu
    rate_year = start.year if known.taux is not None else known.annee_dernier_connu
    if explaining():
        tell_campaigns(start.year, lines)
        if drawn:
            tell_draw(question, start.year, rate, rate_year, lines)
    return TirageAnswer(
        premiere_campagne=start.year,
        lignes=lines,
        taux=rate,
        annee_taux=rate_year,
        taux_a_verifier=to_verify(known.confiance),
        phrase=campaigns_text(lines, question.appreciation),
        sources=texts_of(read),
        recours=means,
        motif=_untold(known, undrawn),
    )


def _untold(known: Taux, undrawn: str) -> str:
    """Say what the tables do not give, of the ratio and of the draw; "" where they give both."""
    unknown = known.texte if known.taux is None and known.dernier_connu is None else ""
    named = (("Ratio", unknown), ("Tirage", undrawn))
    return " ".join(f"{name} : {why_not}." for name, why_not in named if why_not)


def _shares(year: int, *, drawn: bool) -> dict[str, int]:
    """Return the shares of the appréciations; they are in no reason where nothing is drawn."""
    if drawn:
        return appreciation_shares(year)
    with unexplained():
        return appreciation_shares(year)


def _drawn(question: TirageQuestion, start: _FirstList, shares: dict[str, int]) -> dict[str, Drawn]:
    in_corps = None
    if question.entree_corps is not None:
        in_corps = rentree(start.year) - axis_of(question.entree_corps)
    with unexplained():
        return dict(
            draw(
                question.corps,
                start.cell,
                start.days,
                in_corps,
                start.year,
                tuple(shares.items()),
                question.graine,
            )
        )


def _line(
    name: str, points: list[int], first: int, bars: tuple[Bar, ...], drawn: Drawn | None
) -> LigneTirage:
    return LigneTirage(
        appreciation=name,
        libelle=appreciation_label(name),
        points=points[0] if points else None,
        par_les_barres=_by_bars(points, bars, first),
        par_tirage=_by_draw(drawn, first) if drawn is not None else None,
        rang=int(np.median(drawn.ranks)) if drawn is not None else None,
        sur=int(np.median(drawn.sizes)) if drawn is not None else None,
        places=int(np.median(drawn.places)) if drawn is not None else None,
    )


def _held(question: TirageQuestion, first: int) -> _Places:
    """Return where she is at each campaign from the first one, what does not count left out."""
    with unexplained():
        years = range(first, first + _TRIED)
        cell, days, _ = on_the_eve([_asked(question, year) for year in years])
    return _Places(first, cell, days)


def _first_points(names: tuple[str, ...], places: _Places) -> dict[str, int]:
    """Return the points at the first campaign; no one where the bareme does not answer."""
    given = {}
    for name in names:
        try:
            (points,) = _totals((name,), places, 0)
        except KitError:
            continue
        if points != NOT_IN_RANGE:
            given[name] = points
    return given


def _later_points(names: tuple[str, ...], places: _Places) -> Mapping[str, list[int]]:
    """Return the points after the first campaign, only compared; a refused name leaves the others.

    A name that is out of the range in one of them has none.
    """
    with unexplained():
        try:
            by_campaign = [_totals(names, places, place) for place in range(1, _TRIED)]
        except KitError:
            each = (_later_points((name,), places) for name in names if len(names) > 1)
            return {name: points for one in each for name, points in one.items()}
    of_each = dict(zip(names, map(list, zip(*by_campaign, strict=True)), strict=True))
    return {name: points for name, points in of_each.items() if NOT_IN_RANGE not in points}


def _totals(names: tuple[str, ...], places: _Places, place: int) -> list[int]:
    """Return the points of a campaign; `NOT_IN_RANGE` where the bareme has none."""
    cell, days = (np.repeat(column[place], len(names)) for column in (places.cell, places.days))
    year = places.first + place
    totals: list[int] = bareme_hors_classe(appreciation_codes(names), cell, days, year).tolist()
    return totals


def _by_bars(points: list[int], bars: tuple[Bar, ...], first: int) -> Bornes | None:
    if not bars or not points:
        return None
    known = sorted(bar.points for bar in bars)
    wanted = (known[0], median_low(known), known[-1])
    years = [
        next((first + place for place, total in enumerate(points) if total >= bar), None)
        for bar in wanted
    ]
    return Bornes(au_plus_tot=years[0], habituelle=years[1], au_plus_tard=years[2])


def _by_draw(drawn: Drawn, first: int) -> Bornes:
    waits = np.where(drawn.waits < 0, _TRIED, drawn.waits)
    tenths = np.quantile(waits, [0.1, 0.5, 0.9], method="inverted_cdf").astype(int).tolist()
    years = [first + wait if wait < _TRIED else None for wait in tenths]
    return Bornes(au_plus_tot=years[0], habituelle=years[1], au_plus_tard=years[2])


def _bareme_years(corps: str, year: int) -> list[int]:
    """Return the first campaigns of the rows of the bareme: older bars do not compare.

    Raises
    ------
    LawError
        The bareme has no row of the corps in this campaign.
    """
    rows = HORS_CLASSE_ROWS.all(year, corps, "appreciation")
    if not rows:
        first, last = HORS_CLASSE_ROWS.campaigns(corps, "appreciation")
        since = f"commence à la campagne {first}" if first else "n’a aucune campagne de ce corps"
        until = f" et finit à la campagne {last}" if last else ""
        raise PeriodNotCovered(
            f"période non couverte : la table {HORS_CLASSE_ROWS.name} {since}{until}, "
            f"la campagne demandée est {year}.",
            where=HORS_CLASSE_ROWS.name,
        )
    return [fact.whole("campagne_du") for fact in rows]


def _appeals(day: date) -> tuple[Recours, ...]:
    return tuple(_appeal(fact, day) for fact in appeals(day))


def _appeal(way: Fact, day: date) -> Recours:
    delay, undelayed = aside(lambda: delay_of_appeal(way, day))
    return Recours(
        texte=way.text("texte"),
        depart=way.text("depart"),
        delai_mois=delay.value if delay else None,
        a_verifier=to_verify(way.confidence),
        source=of_sources((way.papers,))[0],
        non_calcule=undelayed,
        source_delai=of_sources((delay.source,))[0] if delay else None,
    )


def _nothing(why: str, means: tuple[Recours, ...], year: int | None = None) -> TirageAnswer:
    return TirageAnswer(
        premiere_campagne=year,
        lignes=(),
        taux=None,
        annee_taux=None,
        sources=(),
        recours=means,
        motif=why,
    )


SUBJECT = Subject(
    name="tirage",
    title="Situe une promotion à la hors classe : barres publiées, rang par tirage.",
    question=TirageQuestion,
    answer=TirageAnswer,
    one=answer,
)
