"""The screen in marimo: `marimo run marimo_screen.py`.

The figure is a PNG of the size of the others': marimo's own way draws it twice as large.
"""

from __future__ import annotations

import marimo

app = marimo.App()


@app.cell
def _():
    import base64
    import io

    import marimo as mo
    from staircase import LONGEST_BONUS, figure, line, table

    def picture(months):
        drawn = io.BytesIO()
        figure(months).savefig(drawn, format="png")
        return f"data:image/png;base64,{base64.b64encode(drawn.getvalue()).decode()}"

    longest = LONGEST_BONUS
    return line, longest, mo, picture, table


@app.cell
def _(longest, mo):
    bonus = mo.ui.slider(0, longest, value=6, label="Bonification")
    note = mo.ui.text(label="Note")
    mo.vstack([bonus, note])
    return bonus, note


@app.cell
def _(bonus, line, mo, note):
    mo.Html(f'<p class="answer">{line(bonus.value, note.value)}</p>')
    return


@app.cell
def _(bonus, mo, picture):
    mo.Html(f'<img src="{picture(bonus.value)}">')
    return


@app.cell
def _(bonus, mo, table):
    mo.Html(table(bonus.value))
    return


if __name__ == "__main__":
    app.run()
