"""The sections of a report that may leave the desk: counts and shares, every cell under secrecy."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from iprof_kit.analytics.analyses import drawing
from iprof_kit.analytics.analyses.people import ALL, percent
from iprof_kit.analytics.columns import require
from iprof_kit.analytics.promotions.lists import list_names
from iprof_kit.analytics.publication.rules import SECRET
from iprof_kit.analytics.publication.sheet import Sheet
from iprof_kit.analytics.reports.draft import Draft
from iprof_kit.analytics.reports.plan import PROMOUVABLES, Published, Section
from iprof_kit.analytics.reports.secrecy import Secrecy
from iprof_kit.analytics.reports.words import Grid, grid_of, head, reading_order, value_text
from iprof_kit.base.errors import InputError
from iprof_kit.base.palette import COLOURS
from iprof_kit.base.words import NBSP

Side = Literal["left", "right"]
Content = tuple[tuple[Grid, ...], Figure | None, tuple[str, ...]]
_SHARE = "part:propose"
_HALF = 1 / 2
"""Of the height of a row: a bar is drawn on both sides of its place."""
_HIDDEN = f"Une case «{NBSP}secret{NBSP}» compte trop peu de personnes, ou en révélerait une autre."
_NOT_DRAWN = "Les cases secrètes ne sont pas tracées."


def aggregated(section: Section, draft: Draft, secrecy: Secrecy) -> Content:
    """Return the tables, the figure and the remarks of a section, every cell under secrecy.

    Raises
    ------
    InputError
        A column misses, or may not be published.
    Refused
        Nothing may be shown.
    """
    own: dict[str, Callable[[Section, Draft, Secrecy], Content]] = {
        "contingent": _places,
        "equilibre": _balance,
        "etapes": _steps,
    }
    if section.campagne in own:
        return own[section.campagne](section, draft, secrecy)
    if section.publie is None:
        raise InputError(
            "cette section est réservée au rapport interne.",
            where=section.titre,
            remedy="Retirez-la du plan, ou demandez le rapport interne (--nominatif).",
        )
    people = draft.gens[section.gens]
    asked = section.publie if draft.code else _by_academy(section.publie, people)
    sheet, _ = secrecy.table(people, asked.par, asked.mesures, section.titre)
    table, figure = _table(sheet, asked), _figure(sheet, asked)
    return (grid_of(section.titre, table),), figure, _remarks(table, drawn=figure is not None)


def _by_academy(asked: Published, people: pd.DataFrame) -> Published:
    """Cut the whole country by academies where an academy is cut by departments."""
    if "academie" not in people:
        return asked
    named = ["academie" if name == "departement" else name for name in asked.par]
    return asked.model_copy(update={"par": tuple(dict.fromkeys(named))})


def _places(section: Section, draft: Draft, secrecy: Secrecy) -> Content:
    """Return the places of each list; nothing of a list where who is proposed may not be told."""
    counts = draft.campagne.contingent()
    people, by = _listed(draft)
    sheet, _ = secrecy.table(people, by, [_SHARE], section.titre)
    frame = _long(sheet)
    names = frame["liste"] if by else pd.Series([ALL])
    places = dict(zip(counts["liste"], counts["contingent"], strict=True))
    given = np.array([places.get(name, counts["contingent"].sum()) for name in names], object)
    table = pd.DataFrame(
        {
            "liste": names,
            "promouvables": frame["effectif"],
            "taux_pour_cent": counts["taux_pour_cent"].iloc[0],
            "places": np.where(frame["part_propose"] == SECRET, SECRET, given),
            "part_propose": frame["part_propose"],
        }
    )
    if counts["taux_pour_cent"].isna().all():
        table = table.drop(columns="taux_pour_cent")
    return (grid_of(section.titre, table),), None, _remarks(table, drawn=False)


def _listed(draft: Draft) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Return the promouvables with the name of their list, and the columns that cut them out."""
    people, by = draft.gens[PROMOUVABLES], draft.campagne.par
    if not by:
        return people, ()
    return people.assign(liste=list_names(people, by)), ("liste",)


def _balance(section: Section, draft: Draft, secrecy: Secrecy) -> Content:
    """Return women and men, and the shares that compare them where none is secret."""
    people = draft.gens[PROMOUVABLES]
    require(people, ["sexe"], section.titre)
    sheet, visible = secrecy.table(people, ["sexe"], [_SHARE], section.titre)
    table = _long(sheet).rename(columns={"effectif": "promouvables"})
    before, after = (np.array([SECRET] * len(table), object) for _ in range(2))
    counts, yes = visible.sums.count, visible.sums.yes["propose"]
    if visible.published["effectif"].all():
        before = percent(counts, counts[-1]).astype(object)
    if visible.published[_SHARE].all() and visible.published["effectif"].all():
        after = percent(yes, yes[-1]).astype(object)
    rows = [sheet.labels.index((name,)) for name in table["sexe"]]
    table = table.assign(part_promouvables=before[rows], part_proposes=after[rows])
    table["ecart"] = [
        SECRET if SECRET in (a, b) else round(float(b) - float(a), 1)
        for a, b in zip(before[rows], after[rows], strict=True)
    ]
    figure = None
    if SECRET not in (*before, *after):
        shares = ["part_promouvables", "part_proposes"]
        shown = table[table["sexe"] != ALL].set_index("sexe")[shares].astype(float)
        figure = drawing.grouped(shown.rename(columns=head), unit=f"{NBSP}%", decimals=1)
    return (grid_of(section.titre, table),), figure, _remarks(table, drawn=figure is not None)


def _steps(section: Section, draft: Draft, secrecy: Secrecy) -> Content:  # noqa: ARG001
    """Return the steps of the procedure; whom they move stays inside."""
    steps = draft.campagne.etapes()[["ordre", "etape"]].drop_duplicates()
    table = steps.astype({"ordre": str}).reset_index(drop=True)
    return (grid_of(section.titre, table),), None, ()


def _long(sheet: Sheet) -> pd.DataFrame:
    """Return a table one row a cell, in reading order, cells of nobody left out."""
    frame = sheet.shown()
    occupied = frame[frame["effectif"].map(lambda value: value != 0)]
    ranks = pd.DataFrame(
        {
            name: occupied[name].map(
                {v: n for n, v in enumerate(reading_order(name, set(occupied[name])))}
            )
            for name in sheet.by
        }
    )
    order = ranks.sort_values(list(sheet.by)).index if sheet.by else occupied.index
    return occupied.loc[order].reset_index(drop=True)


def _table(sheet: Sheet, asked: Published) -> pd.DataFrame:
    frame = _long(sheet)
    if not asked.croise:
        return frame
    *down, across = asked.par
    wide = _crossed(frame, down, across).fillna("")
    return wide.rename(columns=lambda name: value_text(across, name)).reset_index()


def _crossed(frame: pd.DataFrame, down: list[str], across: str) -> pd.DataFrame:
    """Return the counts with the values of a column across the table."""
    rows = frame[down].drop_duplicates()
    wide = frame.pivot_table(index=down, columns=across, values="effectif", aggfunc="first")
    wide = wide.reindex(rows[down[0]] if len(down) == 1 else pd.MultiIndex.from_frame(rows))
    crossed: pd.DataFrame = wide[reading_order(across, wide.columns)].rename_axis(columns=None)
    return crossed


def _figure(sheet: Sheet, asked: Published) -> Figure | None:
    """Draw what the table shows; what is secret is missing from it."""
    if not asked.figure:
        return None
    frame = _long(sheet)
    if asked.figure == "barres":
        return _bars(frame, asked)
    *down, across = asked.par
    wide = _crossed(frame, down, across).drop(columns=ALL, errors="ignore")
    wide = wide.drop(index=ALL, errors="ignore")
    if _numbers(wide).isna().all(axis=None):
        return None
    if asked.figure == "pyramide":
        return _pyramid(wide.reindex(columns=["F", "H"]))
    return _stacked(wide.set_axis([value_text(down[0], str(name)) for name in wide.index]))


def _bars(frame: pd.DataFrame, asked: Published) -> Figure | None:
    measures = [str(name) for name in frame if name not in (*asked.par, "effectif")] or ["effectif"]
    index = [
        ", ".join(value_text(name, row[name]) for name in asked.par)
        for row in frame.to_dict("records")
    ]
    whole = (frame[list(asked.par)] == ALL).all(axis=1)
    if _numbers(frame.loc[~whole, measures]).isna().all(axis=None):
        return None
    shown = _numbers(frame[measures]).set_axis(index, axis="index").rename(columns=head)
    per_cent = all(name.startswith("part_") for name in measures)
    figure = drawing.grouped(shown, unit=f"{NBSP}%" if per_cent else "", decimals=int(per_cent))
    figure.axes[0].set_ylim(len(frame) - _HALF, -_HALF)  # bars that are missing keep their place
    _write_secret(figure, np.flatnonzero((frame[measures] == SECRET).any(axis=1)))
    return figure


def _pyramid(wide: pd.DataFrame) -> Figure:
    both = _numbers(wide)
    figure = drawing.pyramid([str(name) for name in both.index], both["F"], both["H"])
    figure.axes[0].set_ylim(-_HALF, len(both) - _HALF)
    sides: tuple[tuple[str, Side], ...] = (("F", "right"), ("H", "left"))
    for sex, side in sides:
        _write_secret(figure, np.flatnonzero(wide[sex] == SECRET), side)
    return figure


def _stacked(wide: pd.DataFrame) -> Figure:
    """Draw a bar a row; none where a part of it is secret: its height would be a wrong total."""
    hidden = (wide == SECRET).any(axis=1)
    figure = drawing.stacked(_numbers(wide.where(~hidden)))
    figure.axes[0].set_xlim(-_HALF, len(wide) - _HALF)
    for place in np.flatnonzero(hidden):
        figure.axes[0].annotate(
            f" {SECRET}",
            (place, 0),
            rotation="vertical",
            ha="center",
            va="bottom",
            color=COLOURS["--sec"],
        )
    return figure


def _numbers(frame: pd.DataFrame) -> pd.DataFrame:
    """Return numbers to draw, none where a cell is secret."""
    numbers: pd.DataFrame = frame.apply(pd.to_numeric, errors="coerce").astype(float)
    return numbers


def _write_secret(figure: Figure, rows: np.ndarray, side: Side = "left") -> None:
    """Write « secret » at the foot of the bars that are not drawn."""
    for row in rows:
        figure.axes[0].annotate(
            f" {SECRET} ", (0, row), ha=side, va="center", color=COLOURS["--sec"]
        )


def _remarks(table: pd.DataFrame, *, drawn: bool) -> tuple[str, ...]:
    if not (table == SECRET).to_numpy().any():
        return ()
    return (_HIDDEN, _NOT_DRAWN) if drawn else (_HIDDEN,)
