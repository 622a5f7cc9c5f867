"""Tables to explore in a notebook: in French, nothing from outside."""

from __future__ import annotations

import itables
from IPython.utils.capture import capture_output

from iprof_kit.ui.table_words import LANGUAGE


def explorable_tables(*, left: bool = False) -> None:
    """Show every table of the notebook with search, sort and pages.

    itables shows a script that needs its library before the library: they are shown the other way
    round, or the page notes an error.

    Parameters
    ----------
    left : bool
        Whether numbers stand on the left too, as the texts of a report do.
    """
    with capture_output(stdout=False, stderr=False) as shown:
        itables.init_notebook_mode(connected=False)
    for output in reversed(shown.outputs):
        output.display()
    itables.options.language = LANGUAGE
    if left:
        itables.options.columnDefs = [{"className": "dt-left", "targets": "_all"}]
