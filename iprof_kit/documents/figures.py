"""A matplotlib figure as inline SVG that belongs to the page: its colours, its font, its ids."""

from __future__ import annotations

import io
import itertools
import re
from html import escape

import matplotlib as mpl
from matplotlib.figure import Figure

from iprof_kit.base.palette import COLOURS

_VIEWBOX = re.compile(r'viewBox="([^"]+)"')
_STYLE = re.compile(r'style="([^"]*)"')
_serial = itertools.count()


def inline_svg(figure: Figure, title: str, desc: str) -> str:
    """Return a figure as a light inline SVG, with `title` and `desc`.

    Its ids are its own, its text text in the font of the page. Its colours, drawn in the light
    value, are written as CSS variables: dark mode needs no second figure.
    """
    out = io.StringIO()
    figure.savefig(
        out,
        format="svg",
        transparent=True,
        metadata={"Date": None, "Creator": None, "Format": None, "Type": None},
    )
    svg = out.getvalue()
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"<!--.*?-->|<metadata>.*?</metadata>|<style.*?</style>", "", svg, flags=re.S)
    svg = re.sub(r'<g id="patch_1">.*?</g>', "", svg, count=1, flags=re.S)
    prefix = f"g{next(_serial)}"
    svg = re.sub(r'<g id="[^"]*"/>', "", svg)
    svg = re.sub(r'<g id="[^"]*">', "<g>", svg)
    svg = re.sub(r' transform="rotate\(-0 [^)]*\)"', "", svg).replace(" \n", " ")
    svg = re.sub(r"font-family: [^;\"]*; ", "", svg)
    svg = re.sub(r'\bid="([^"]+)"', rf'id="{prefix}\1"', svg)
    svg = re.sub(r'xlink:href="#([^"]+)"', rf'href="#{prefix}\1"', svg)
    svg = re.sub(r"url\(#([^)]+)\)", rf"url(#{prefix}\1)", svg)
    svg = re.sub(
        r"font: (?:(\d+) )?([\d.]+)px[^;\"]*",
        lambda m: f"font-size: {m[2]}px" + ("; font-weight: 700" if m[1] == "700" else ""),
        svg,
    )
    for name, colour in COLOURS.items():
        svg = svg.replace(colour, f"var({name})")
    svg = _STYLE.sub(_attributes, svg)
    svg = re.sub(r">\s+<", "><", svg).strip()
    viewbox, drawing = _VIEWBOX.search(svg), svg[svg.index(">") + 1 :]
    size = viewbox[1] if viewbox else ""
    opening = (
        f'<svg viewBox="{size}" role="img" focusable="false" '
        f'aria-labelledby="{prefix}t {prefix}d">'
        f'<title id="{prefix}t">{escape(title)}</title>'
        f'<desc id="{prefix}d">{escape(desc)}</desc>'
    )
    return opening + drawing


def drawn_svg(figure: Figure) -> str:
    """Return a figure whose letters are drawn: what shows it needs no font of the machine."""
    out = io.StringIO()
    with mpl.rc_context({"svg.fonttype": "path", "svg.hashsalt": "iprof"}):
        figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None})
    return out.getvalue()


def _attributes(style: re.Match[str]) -> str:
    """Return a style as attributes of its own: the portal's pages admit no inline style."""
    pairs = (part.partition(":") for part in style[1].split(";") if part.strip())
    return " ".join(f'{name.strip()}="{value.strip()}"' for name, _, value in pairs)
