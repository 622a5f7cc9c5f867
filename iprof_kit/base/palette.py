"""The colours of every figure, in their light value: none tells anything by itself."""

from __future__ import annotations

COLOURS = {
    "--text": "#1c2526",
    "--sec": "#4a5a5c",
    "--line": "#d3dcda",
    "--line-strong": "#9fb0af",
    "--page": "#ffffff",
    "--verify": "#7a4a00",
    "--gold": "#f0b44c",
    "--gap": "#f9e3d0",
    "--link": "#0b5c6b",
    "--a": "#0068a3",
    "--b": "#a84700",
    "--c": "#008661",
    "--d": "#a8457d",
}
"""By the name of the page's CSS variable."""
