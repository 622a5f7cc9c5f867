"""Tables to explore in a notebook: in French, texts on the left, nothing from outside."""

from __future__ import annotations

import itables

from iprof_kit.ui.table_words import LANGUAGE


def explorable_tables() -> None:
    """Show every table of the notebook with search, sort and pages."""
    itables.init_notebook_mode(connected=False)
    itables.options.language = LANGUAGE
    itables.options.columnDefs = [{"className": "dt-left", "targets": "_all"}]
