"""The screen in ipywidgets, as a Voilà notebook would show it."""

from __future__ import annotations

import io

import ipywidgets as widgets
from staircase import LONGEST_BONUS, figure, line, table


def screen() -> widgets.VBox:
    """Return the screen."""
    bonus = widgets.IntSlider(value=6, max=LONGEST_BONUS, description="Bonification")
    note = widgets.Text(description="Note")
    said, image, rows = widgets.HTML(), widgets.Image(format="png"), widgets.HTML()

    def show(_change: object = None) -> None:
        said.value = f'<p class="answer">{line(bonus.value, note.value)}</p>'
        drawn = io.BytesIO()
        figure(bonus.value).savefig(drawn, format="png")
        image.value = drawn.getvalue()
        rows.value = table(bonus.value)

    bonus.observe(show, "value")
    note.observe(show, "value")
    show()
    return widgets.VBox([bonus, note, said, image, rows])
