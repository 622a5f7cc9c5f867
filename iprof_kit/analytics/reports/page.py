"""A report as one self-contained page: no script, no address, figures inline."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import matplotlib as mpl
from jinja2 import Environment, PackageLoader
from markupsafe import Markup

from iprof_kit.analytics.reports.parts import Part
from iprof_kit.analytics.reports.printed import LEFT_OUT, SAME_VALUES
from iprof_kit.analytics.reports.view import View
from iprof_kit.base.words import hard_spaces_read
from iprof_kit.documents.figures import inline_svg

_USELESS_DECIMALS = re.compile(r"(\d\.\d\d)\d+")


def page_of(view: View) -> str:
    """Return the page of a report."""
    return rendered(
        "rapport.html",
        vue=view,
        figures=[_figure(part) for part in view.parties],
        same_values=SAME_VALUES,
        left_out=LEFT_OUT,
    )


def rendered(name: str, **values: Any) -> str:
    """Return a page from its template."""
    return hard_spaces_read(_pages().get_template(name).render(**values))


def index_page(
    title: str, mark: str, rows: Sequence[Mapping[str, Any]], facts: Sequence[tuple[str, str]]
) -> str:
    """Return the page that links every report of a folder."""
    return rendered("index.html", titre=title, marque=mark, lignes=rows, faits=facts)


def _figure(part: Part) -> Markup | None:
    if part.figure is None:
        return None
    with mpl.rc_context({"svg.fonttype": "none", "text.parse_math": False}):
        svg = inline_svg(part.figure, part.titre, SAME_VALUES)
    return Markup(_USELESS_DECIMALS.sub(r"\1", svg))  # noqa: S704  # our own drawing, escaped


@cache
def _pages() -> Environment:
    return Environment(
        loader=PackageLoader("iprof_kit.analytics.reports", "pages"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
