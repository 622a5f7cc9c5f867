"""What the campaigns of the hors classe rest on, recorded where a « Pourquoi ? » was asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta

import numpy as np

from iprof_kit.base.calendar import axis_of, date_of, date_text, duration_text, rentree
from iprof_kit.base.explanation import (
    Parameter,
    datum,
    explaining,
    hypothesis,
    record,
    unexplained,
)
from iprof_kit.base.words import appreciation_label, number_text, position_label
from iprof_kit.calculate.career.positions import positions_of, tell_lost
from iprof_kit.calculate.interface.situation import Situation
from iprof_kit.calculate.promotion.tirage_question import Bornes, LigneTirage, TirageQuestion
from iprof_kit.careers.hors_classe_draw import ENTRANTS, READ
from iprof_kit.law.promotion.conditions import hors_classe_open
from iprof_kit.law.promotion.rankings import ranking_procedure
from iprof_kit.law.promotion.statistics import Bar
from iprof_kit.law.tables.cells import CELLS

_HC = "hors_classe"
_BY_BARS = (
    "Barres publiées : la campagne où vos points atteindraient la plus basse, la médiane et la "
    "plus haute des barres connues."
)
_BY_DRAW = (
    f"Tirage : une population fictive où {ENTRANTS} personnes par an deviennent promouvables, avec "
    "des appréciations tirées au sort ; chaque 1er septembre, la liste est classée dans l’ordre "
    f"national et le taux est appliqué ; vous y figurez à {READ} campagnes, dont sont lus le "
    "premier décile, la médiane et le dernier décile. L’académie, sa pyramide des âges et ses "
    "règles propres n’y sont pas."
)


def tell_start(question: TirageQuestion, year: int, cell: int, days: int) -> None:
    """Record where she is, what does not count, and the condition on the eve of a campaign.

    Parameters
    ----------
    year : int
        Her first campaign in the list.
    cell, days : int
        Where she then is.
    """
    datum("Position", position_label(question.grade, question.echelon))
    datum("Date d’effet", date_text(question.date_effet))
    if question.reliquat_jours:
        datum("Ancienneté conservée ce jour-là", duration_text(question.reliquat_jours))
    if question.appreciation:
        datum("Votre appréciation", appreciation_label(question.appreciation))
    _tell_positions(question, year)
    if str(CELLS.echelon[cell]) != question.echelon:
        until = f"Échelons franchis jusqu’au 31 août {year}"
        hypothesis(until, "de droit, à l’ancienneté", doubtful=False)
    hors_classe_open(np.array([cell]), np.array([days]), year)


def _tell_positions(question: TirageQuestion, year: int) -> None:
    situation = Situation(corps=question.corps, periodes=question.periodes)
    entry, end = axis_of(question.date_effet), rentree(year)
    eve = date_of(end) - timedelta(days=1)
    with unexplained():
        positions = positions_of(situation, entry, eve)
    tell_lost(positions, situation, (entry, end), eve)


def tell_bars(bars: Iterable[Bar]) -> None:
    """Record the bars that were published: data, each with its source."""
    if not explaining():
        return
    read = tuple(
        Parameter(
            _bar_label(bar),
            bar.points,
            bar.source,
            confidence=bar.confidence,
            words=(_bar_label(bar), f"{number_text(bar.points)} points"),
        )
        for bar in bars
    )
    if read:
        record(rule="donnee", kind="donnee", source="", sentence=_BY_BARS, parameters=read)


def _bar_label(bar: Bar) -> str:
    """Return « Barre de 2022, département 47 », « Barre nationale de 2018 »."""
    national = " nationale" if bar.perimeter == "national" else ""
    return f"Barre{national} de {bar.year}" + ("" if national else f", {bar.perimeter}")


def tell_campaigns(year: int, lines: Iterable[LigneTirage]) -> None:
    """Record the points of each appréciation in a first campaign, and when they reach the bars."""
    for line in lines:
        if line.points is None:
            continue
        given = f"{_capital(line.libelle)}, {number_text(line.points)} points en {year}"
        if line.par_les_barres is None:
            record(rule="bareme_hors_classe", source="", words=((given, "pas de barre connue"),))
        else:
            hypothesis(f"{given} : par les barres", _span(line.par_les_barres))


def tell_draw(
    question: TirageQuestion,
    year: int,
    rate: float | None,
    rate_year: int | None,
    lines: Sequence[LigneTirage],
) -> None:
    """Record what is drawn, what it supposes, and the campaigns that it gives.

    Parameters
    ----------
    year : int
        The first campaign.
    rate, rate_year : float and int or None
        The ratio applied in each campaign, and the one of which it is.
    """
    ranking_procedure(question.corps, _HC, year)
    if question.entree_corps is not None:
        datum("Entrée dans le corps, pour le départage", date_text(question.entree_corps))
    if rate is not None:
        hypothesis(
            "Taux appliqué à chaque campagne", f"{number_text(rate)} %, celui de {rate_year}"
        )
    population = f"{ENTRANTS} personnes par an, tirage n° {question.graine}"
    hypothesis("Population fictive", population, sentence=_BY_DRAW)
    for line in lines:
        if line.par_tirage is not None:
            first = f"{_capital(line.libelle)}, rang {line.rang} sur {line.sur} en {year}"
            hypothesis(f"{first} : par tirage", _span(line.par_tirage))
    for places in dict.fromkeys(line.places for line in lines if line.places is not None):
        hypothesis(f"Places en {year}, par tirage", str(places))


def campaigns_text(lines: Iterable[LigneTirage], own: str | None) -> str:
    """Return the range in a few words, "" where no campaign is known: one answer of every screen.

    By the bars published, it is that of the usual campaigns; an appréciation whose own is beyond
    the years that are looked at leaves it open. By a draw, from the earliest to the latest.

    Parameters
    ----------
    own : str or None
        Her own appréciation: its usual campaign is then the answer.

    Examples
    --------
    >>> years = Bornes(au_plus_tot=2033, habituelle=2034, au_plus_tard=2035)
    >>> line = LigneTirage(
    ...     appreciation="excellent", libelle="excellent", points=120, par_les_barres=years
    ... )
    >>> campaigns_text([line], None)
    'd’ordinaire en 2034'
    """
    every = tuple(lines)
    hers = next((one for one in every if one.appreciation == own and one.par_les_barres), None)
    if hers is not None and hers.par_les_barres is not None:
        year = hers.par_les_barres.habituelle
        when = "au-delà" if year is None else f"en {year}"
        return f"d’ordinaire {when}, avec votre appréciation"
    usual = [one.par_les_barres.habituelle for one in every if one.par_les_barres]
    if any(year is not None for year in usual):
        return _usual(usual)
    years = [year for line in every for year in _three(line.par_tirage or line.par_les_barres)]
    known = sorted(year for year in years if year is not None)
    if not known:
        return ""
    if len(known) < len(years):
        return f"{known[0]} au plus tôt, selon l’appréciation"
    if known[0] == known[-1]:
        return f"peut-être en {known[0]}"
    return f"de {known[0]} à {known[-1]}, selon l’appréciation"


def _usual(years: list[int | None]) -> str:
    known = sorted(year for year in years if year is not None)
    if len(known) < len(years):
        return f"d’ordinaire à partir de {known[0]}, selon l’appréciation"
    if known[0] == known[-1]:
        return f"d’ordinaire en {known[0]}"
    return f"d’ordinaire entre {known[0]} et {known[-1]}, selon l’appréciation"


def _three(bounds: Bornes | None) -> Iterator[int | None]:
    if bounds is not None:
        yield from (bounds.au_plus_tot, bounds.habituelle, bounds.au_plus_tard)


def _span(bounds: Bornes) -> str:
    first, usual, last = map(_year, _three(bounds))
    return first if first == last else f"{first} à {last}, d’ordinaire {usual}"


def _year(year: int | None) -> str:
    return "au-delà" if year is None else str(year)


def _capital(label: str) -> str:
    return f"{label[:1].upper()}{label[1:]}"
