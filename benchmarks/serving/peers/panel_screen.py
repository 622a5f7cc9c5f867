"""The screen in Panel: `panel serve panel_screen.py`."""

from __future__ import annotations

import panel as pn
from staircase import LONGEST_BONUS, figure, line, table

pn.extension()
bonus = pn.widgets.IntSlider(name="Bonification", value=6, end=LONGEST_BONUS)
note = pn.widgets.TextInput(name="Note")
said = pn.pane.HTML(pn.bind(lambda n, t: f'<p class="answer">{line(n, t)}</p>', bonus, note))
image = pn.pane.Matplotlib(pn.bind(figure, bonus), format="png", dpi=100, tight=False)
rows = pn.pane.HTML(pn.bind(table, bonus))
pn.Column(bonus, note, said, image, rows).servable()
