"""When the hors classe could come: by the bars that were published, and by a drawn population."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from statistics import median_low
from typing import NamedTuple

import numpy as np
from pydantic import Field

from iprof_kit.base.calendar import axis_of, rentree
from iprof_kit.base.errors import KitError, LawError, PeriodNotCovered
from iprof_kit.base.explanation import unexplained
from iprof_kit.base.plain import Plain
from iprof_kit.base.sources import to_verify
from iprof_kit.base.words import NBSP, appreciation_label, french
from iprof_kit.calculate.interface.aside import aside
from iprof_kit.calculate.interface.explained import Line, Reference
from iprof_kit.calculate.interface.fields import Jours, Points, Pourcent, unit
from iprof_kit.calculate.interface.papers import of_sources
from iprof_kit.calculate.interface.situation import Periode
from iprof_kit.calculate.interface.subject import Subject
from iprof_kit.calculate.promotion.bareme import answer as bareme
from iprof_kit.calculate.promotion.calculation import answer as promotion
from iprof_kit.calculate.promotion.question import (
    Appreciation,
    BaremeQuestion,
    PromotionQuestion,
    Taux,
)
from iprof_kit.calculate.promotion.situation import on_the_eve
from iprof_kit.careers.criteria import Numbers
from iprof_kit.careers.hors_classe_draw import ENTRANTS, READ, Drawn, draw
from iprof_kit.law.promotion.bareme import NOT_IN_RANGE, appreciation_codes, bareme_hors_classe
from iprof_kit.law.promotion.rows import HORS_CLASSE_ROWS
from iprof_kit.law.promotion.statistics import Bar, appeals, appreciation_shares, observed_bars
from iprof_kit.law.tables.cells import CELLS, cell_code, grades_of

_HC = "hors_classe"
_TRIED = 20
"""Campaigns looked at after the first one."""


class TirageQuestion(Plain):
    """A person of the first grade of a corps."""

    corps: str = Field(description="Code du corps.")
    grade: str = Field(description="Grade détenu : le premier du corps.")
    echelon: str = Field(description="Échelon détenu.")
    date_effet: date = Field(description="Date d’effet de l’échelon.")
    reliquat_jours: Jours = Field(default=0, description="Ancienneté conservée à date_effet.")
    aujourdhui: date = Field(description="Jour de la simulation.")
    entree_corps: date | None = Field(default=None, description="Pour le départage.")
    periodes: tuple[Periode, ...] = ()
    graine: int = Field(
        default=1,
        ge=0,
        json_schema_extra=unit("numéro du tirage"),
        description="La même donne le même tirage.",
    )
    tirer: bool = Field(default=True, description="Faux : les barres publiées seules.")


class Bornes(Plain):
    """Three campaigns; absent: none of those looked at."""

    au_plus_tot: int | None = Field(json_schema_extra=unit("année"))
    habituelle: int | None = Field(json_schema_extra=unit("année"))
    au_plus_tard: int | None = Field(json_schema_extra=unit("année"))


class LigneTirage(Plain):
    """What one appréciation would give."""

    appreciation: Appreciation
    libelle: str
    points: Points | None = Field(description="Points à la première campagne.")
    par_les_barres: Bornes | None = Field(description="Absent : aucune barre publiée.")
    par_tirage: Bornes | None = None
    rang: int | None = Field(
        default=None,
        description="Rang médian à la première campagne.",
        json_schema_extra=unit("rang"),
    )
    sur: int | None = Field(default=None, json_schema_extra=unit("agents"))
    places: int | None = Field(default=None, json_schema_extra=unit("promotions"))


class Recours(Plain):
    """One thing that one may do when one is not promoted."""

    texte: str
    delai_mois: int | None = Field(default=None, json_schema_extra=unit("mois"))
    depart: str = ""
    a_verifier: bool
    source: Reference


class TirageAnswer(Plain):
    """The range of campaigns for each appréciation, with method and inputs."""

    premiere_campagne: int | None = Field(json_schema_extra=unit("année"))
    lignes: tuple[LigneTirage, ...]
    taux: Pourcent | None = Field(description="Ratio retenu pour le tirage.")
    annee_taux: int | None = Field(json_schema_extra=unit("année"))
    taux_a_verifier: bool = Field(
        default=False,
        description="Vrai : le taux de la première campagne n’est pas connu, ou pas assez sûr.",
    )
    methode: str
    entrees: tuple[Line, ...]
    sources: tuple[Reference, ...]
    recours: tuple[Recours, ...]
    motif: str = Field(default="", description="Ce qui n’est pas calculé, et pourquoi.")


class _Start(NamedTuple):
    """Her first campaign in the list, where she then is, and the ratio that is known of it."""

    year: int
    cell: int
    days: int
    ratio: Taux


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
    """
    with unexplained():
        start = _start(question)
    means = _appeals(question.aujourdhui)
    if start is None:
        return _nothing("Aucune campagne ne remplit la condition d’ancienneté.", means)
    try:
        return _ranges(question, start, means)
    except LawError as error:
        return _nothing(error.message, means, start.year)


def _start(question: TirageQuestion) -> _Start | None:
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
    return _Start(first, cell, then.anciennete_jours, then.taux)


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


def _ranges(question: TirageQuestion, start: _Start, means: tuple[Recours, ...]) -> TirageAnswer:
    shares, paper = appreciation_shares(start.year)
    since = min(_bareme_years(question.corps, start.year))
    bars = observed_bars(question.corps, since)
    by_appreciation, undrawn = aside(
        lambda: _drawn(question, start, shares) if question.tirer else {}
    )
    drawn = by_appreciation or {}
    ratio = start.ratio
    places = _held(question, start.year)
    later = _later_points(tuple(shares), places)
    points = {name: _points(name, question, places, later.get(name, [])) for name in shares}
    lines = tuple(_line(name, points[name], start.year, bars, drawn.get(name)) for name in shares)
    return TirageAnswer(
        premiere_campagne=start.year,
        lignes=lines,
        taux=ratio.taux if ratio.taux is not None else ratio.dernier_connu,
        annee_taux=start.year if ratio.taux is not None else ratio.annee_dernier_connu,
        taux_a_verifier=to_verify(ratio.confiance),
        methode=_METHOD,
        entrees=_inputs(shares, bars, ratio),
        sources=(*of_sources((paper,)), *_bar_sources(bars)),
        recours=means,
        motif=french(f"Tirage : {undrawn}.") if undrawn else "",
    )


_METHOD = french(
    "Barres publiées : la campagne où vos points atteindraient la plus basse, la médiane et la "
    "plus haute des barres connues. Tirage : une population fictive où "
    f"{ENTRANTS} personnes par an deviennent promouvables, avec des appréciations tirées au sort ; "
    "chaque 1er septembre, la liste est classée dans l’ordre national et le dernier taux connu est "
    f"appliqué ; vous y figurez à {READ} campagnes, dont sont lus le premier décile, la médiane "
    "et le dernier décile. L’académie, sa pyramide des âges et ses règles propres n’y sont pas."
)


def _drawn(question: TirageQuestion, start: _Start, shares: dict[str, int]) -> dict[str, Drawn]:
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
    name: str, points: list[float], first: int, bars: tuple[Bar, ...], drawn: Drawn | None
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


def _points(name: str, question: TirageQuestion, places: _Places, later: list[int]) -> list[float]:
    """Return the points at each campaign, none where the bareme does not answer.

    Those of the first campaign are shown: they are explained, the others only compared with bars.
    """
    try:
        shown = bareme(_first_bareme(name, question, places)).total or 0
    except KitError:
        return []
    return [] if not later or NOT_IN_RANGE in later else [shown, *later]


def _later_points(names: tuple[str, ...], places: _Places) -> Mapping[str, list[int]]:
    """Return the points after the first campaign; one that the bareme refuses leaves the others."""
    with unexplained():
        try:
            by_campaign = [_totals(names, places, place) for place in range(1, _TRIED)]
        except KitError:
            each = (_later_points((name,), places) for name in names if len(names) > 1)
            return {name: points for one in each for name, points in one.items()}
    return dict(zip(names, map(list, zip(*by_campaign, strict=True)), strict=True))


def _first_bareme(name: str, question: TirageQuestion, places: _Places) -> BaremeQuestion:
    cell = int(places.cell[0])
    return BaremeQuestion(
        corps=question.corps,
        grade=question.grade,
        echelon=str(CELLS.echelon[cell]),
        chevron=str(CELLS.chevron[cell]) or None,
        anciennete_jours=int(places.days[0]),
        campagne=places.first,
        grade_cible=_HC,
        appreciation=name,
    )


def _totals(names: tuple[str, ...], places: _Places, place: int) -> list[int]:
    """Return the points of a later campaign; `NOT_IN_RANGE` where the bareme has none."""
    cell, days = (np.repeat(column[place], len(names)) for column in (places.cell, places.days))
    year = places.first + place
    totals: list[int] = bareme_hors_classe(appreciation_codes(names), cell, days, year).tolist()
    return totals


def _by_bars(points: list[float], bars: tuple[Bar, ...], first: int) -> Bornes | None:
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
            f"période non couverte{NBSP}: la table {HORS_CLASSE_ROWS.name} {since}{until}, "
            f"la campagne demandée est {year}.",
            where=HORS_CLASSE_ROWS.name,
        )
    return [fact.whole("campagne_du") for fact in rows]


def _inputs(shares: dict[str, int], bars: tuple[Bar, ...], ratio: Taux) -> tuple[Line, ...]:
    lines = [Line(libelle="Taux", valeur=ratio.texte, a_verifier=to_verify(ratio.confiance))]
    lines += [
        Line(
            libelle=f"Appréciation « {appreciation_label(name)} »",
            valeur=f"{share} %",
            a_verifier=True,
        )
        for name, share in shares.items()
    ]
    lines += [
        Line(
            libelle=_bar_label(bar),
            valeur=f"{bar.points:g} points",
            a_verifier=to_verify(bar.confidence),
        )
        for bar in bars
    ]
    return tuple(lines)


def _bar_label(bar: Bar) -> str:
    """Return « Barre de 2022, département 47 », « Barre nationale de 2018 »."""
    national = " nationale" if bar.perimeter == "national" else ""
    return f"Barre{national} de {bar.year}" + ("" if national else f", {bar.perimeter}")


def _bar_sources(bars: tuple[Bar, ...]) -> tuple[Reference, ...]:
    return tuple(
        dict.fromkeys(Reference(texte=french(bar.source), confiance=bar.confidence) for bar in bars)
    )


def _appeals(day: date) -> tuple[Recours, ...]:
    return tuple(
        Recours(
            texte=fact.text("texte"),
            depart=fact.text("depart"),
            delai_mois=fact.whole("delai_mois") if fact.has("delai_mois") else None,
            a_verifier=to_verify(fact.confidence),
            source=of_sources((fact.papers,))[0],
        )
        for fact in appeals(day)
    )


def _nothing(why: str, means: tuple[Recours, ...], year: int | None = None) -> TirageAnswer:
    return TirageAnswer(
        premiere_campagne=year,
        lignes=(),
        taux=None,
        annee_taux=None,
        methode=_METHOD,
        entrees=(),
        sources=(),
        recours=means,
        motif=french(why),
    )


SUBJECT = Subject(
    name="tirage",
    title=f"Situe une promotion à la hors classe{NBSP}: barres publiées, rang par tirage.",
    question=TirageQuestion,
    answer=TirageAnswer,
    one=answer,
)
