"""The screen in Shiny for Python: `uvicorn shiny_screen:app`."""

from __future__ import annotations

from matplotlib.figure import Figure
from shiny import App, Inputs, Outputs, Session, render, ui
from staircase import LONGEST_BONUS, figure, line, table

page = ui.page_fluid(
    ui.input_slider("bonus", "Bonification", 0, LONGEST_BONUS, 6),
    ui.input_text("note", "Note"),
    ui.output_ui("answer"),
    ui.output_plot("image", width="800px", height="320px"),  # the size of the others' figure
    ui.output_ui("rows"),
)


def server(input: Inputs, _output: Outputs, _session: Session) -> None:  # noqa: A002  # Shiny's name
    """Show the screen."""

    @render.ui
    def answer() -> ui.Tag:
        return ui.p(line(input.bonus(), input.note()), class_="answer")

    @render.plot
    def image() -> Figure:
        return figure(input.bonus())

    @render.ui
    def rows() -> ui.HTML:
        return ui.HTML(table(input.bonus()))


app = App(page, server)
