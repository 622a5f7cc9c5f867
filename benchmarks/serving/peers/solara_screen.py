"""The screen in Solara: `solara run solara_screen.py`."""

from __future__ import annotations

import solara
from staircase import LONGEST_BONUS, figure, line, table


@solara.component
def Page() -> None:  # noqa: N802  # the name that Solara looks for
    """Show the screen."""
    bonus = solara.use_reactive(6)
    note = solara.use_reactive("")
    solara.SliderInt("Bonification", value=bonus, max=LONGEST_BONUS)
    solara.InputText("Note", value=note)
    solara.HTML(tag="p", classes=["answer"], unsafe_innerHTML=line(bonus.value, note.value))
    drawn = solara.use_memo(lambda: figure(bonus.value), [bonus.value])
    solara.FigureMatplotlib(drawn, dependencies=[bonus.value], format="png")
    solara.HTML(unsafe_innerHTML=table(bonus.value))
