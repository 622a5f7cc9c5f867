"""What the analysts' notebook shows: tables of a campaign, what-ifs, promouvables by academy."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from html import escape

import ipywidgets as widgets
import pandas as pd
from IPython.display import HTML, SVG, display
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from iprof_kit.analytics.analyses.drawing import number
from iprof_kit.analytics.careers import promouvables
from iprof_kit.analytics.promotions.campaign import Campagne
from iprof_kit.analytics.promotions.catalogue import procedures
from iprof_kit.analytics.provenance import legende
from iprof_kit.base.errors import KitError
from iprof_kit.base.palette import COLOURS
from iprof_kit.base.paths import REFERENCE
from iprof_kit.base.words import hard_spaces, hard_spaces_read
from iprof_kit.ui.workshop.table_words import LANGUAGE
from iprof_kit.ui.workshop.tables import itables

_MOST = "8MB"
"""A list of tens of thousands of rows is shown whole; of a larger one, itables shows a part."""
_STYLE = "table-layout:auto;width:auto;margin:0;caption-side:bottom"
_CSS = """
.dt-container table.dataTable caption { min-width: min(40rem, 90vw); max-width: 48rem;
  padding-top: 8px; text-align: left; }
.dt-container .dt-layout-table > div { overflow-x: auto; }
"""
"""The caption of a narrow table is still read with ease; a wide table scrolls in its own place."""


def campaigns(dossiers: pd.DataFrame, years: Iterable[int]) -> pd.DataFrame:
    """Return the promouvables of several campaigns, with the column `annee` first."""
    by_year = [promouvables(dossiers, year).assign(annee=year) for year in years]
    table = pd.concat(by_year, ignore_index=True)
    return table[["annee", *(name for name in table.columns if name != "annee")]]


def by_academie(listed: pd.DataFrame) -> pd.DataFrame:
    """Return how many people are promouvables: a row an academy (its name), a column a year."""
    table = listed.pivot_table(
        index="academie", columns="annee", values="numero", aggfunc="nunique", fill_value=0
    )
    names = pd.read_csv(REFERENCE / "academies.csv", dtype=str).set_index("code_academie")
    labels = names["libelle_academie"]
    table.index = pd.Index([labels.get(code, code) for code in table.index], name="académie")
    return table.rename_axis(columns="campagne").sort_index()


def promouvables_figure(table: pd.DataFrame) -> SVG:
    """Return bars by academy: outlined for the last campaign, solid for the first.

    Each bar carries its two numbers; the table of `by_academie` holds the same values.
    """
    first, last = table.columns[0], table.columns[-1]
    figure = Figure(figsize=(9, 0.34 * len(table) + 1.2), layout="constrained")
    axes = figure.subplots()
    axes.barh(table.index, table[last], facecolor="none", edgecolor=COLOURS["--link"], height=0.7)
    axes.barh(table.index, table[first], color=COLOURS["--link"], height=0.4)
    for name, before, after in zip(table.index, table[first], table[last], strict=True):
        axes.annotate(
            f" {before} puis {after}",
            (max(before, after), name),
            va="center",
            color=COLOURS["--text"],
        )
    axes.invert_yaxis()
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.tick_params(axis="y", length=0)
    axes.set_xlabel("personnes promouvables")
    axes.set_title(f"Promouvables par académie : {first} (plein), {last} (contour)", loc="left")
    return SVG(svg_of(figure))


def svg_of(figure: Figure) -> str:
    """Return a figure as an SVG that stands alone, in its light colours."""
    out = io.StringIO()
    figure.savefig(out, format="svg")
    return out.getvalue()[out.getvalue().index("<svg") :]


def shown(table: pd.DataFrame) -> HTML:
    """Return a table of a campaign, to sort and search in French, over its caption: PROJET."""
    with pd.option_context("display.float_format", _french):
        html = itables().to_html_datatable(
            _with_hard_spaces(table),
            caption=hard_spaces(legende(table)),
            connected=False,
            showIndex=False,
            language=LANGUAGE,
            classes="display compact nowrap",
            style=_STYLE,
            css=_CSS,
            maxBytes=_MOST,
        )
    return HTML(html)


def _with_hard_spaces(table: pd.DataFrame) -> pd.DataFrame:
    worded = table.copy(deep=False)
    for name in worded:
        if worded[name].dtype.kind == "O":
            worded[name] = worded[name].map(_hard_where_a_text)
    return worded


def _hard_where_a_text(cell: object) -> object:
    return hard_spaces(cell) if isinstance(cell, str) else cell


def _french(value: float) -> str:
    """Return a number of a table: « 18,22 », two decimals at most, four under one."""
    short = f"{value:.{2 if abs(value) >= 1 else 4}f}".rstrip("0").rstrip(".")
    return number(value, len(short.partition(".")[2]))


def show(*tables: pd.DataFrame) -> None:
    """Display tables of a campaign, one under the other; see `shown`."""
    display(*map(shown, tables))


def redraw(out: widgets.Output, drawn: Callable[[], Iterable[HTML]]) -> None:
    """Replace what `out` holds with what `drawn` returns, or with what was wrong.

    It becomes the state of the widget in one message. What is displayed inside the widget comes
    back from the client instead, on the channel that brings it the replies: nbclient then misses
    a reply that arrives meanwhile, and `nbconvert --execute` waits for it until its limit.
    """
    out.clear_output(wait=True)
    with out:  # an error that nobody foresaw is written there
        try:
            parts = list(drawn())
        except KitError as error:
            parts = [HTML(hard_spaces_read(f"<p role='alert'>{escape(str(error))}</p>"))]
        out.outputs = tuple(
            {
                "output_type": "display_data",
                "metadata": {},
                "data": {"text/plain": repr(part), "text/html": part.data},
            }
            for part in parts
        )


def explore(campaign: Campagne) -> widgets.VBox:
    """Return controls of a campaign (procedure, ratio), its places and who enters or leaves."""
    known = procedures()
    of_grade = known[known["operation"] == campaign.grade]
    procedure = widgets.Dropdown(
        description="Procédure",
        value=campaign.procedure.id,
        options=list(zip(of_grade["titre"], of_grade["id"], strict=True)),
    )
    share = widgets.BoundedFloatText(
        description="Taux (%)", value=(campaign.reglages.share or 0) / 100, min=0, max=100, step=0.5
    )
    out = widgets.Output()

    def recalculated() -> list[HTML]:
        other = campaign.et_si(procedure=procedure.value, taux=share.value)
        return [shown(other.contingent()), shown(campaign.comparer(other))]

    for control in (procedure, share):
        control.observe(lambda _change: redraw(out, recalculated), "value")
    redraw(out, recalculated)
    return widgets.VBox([procedure, share, out])
