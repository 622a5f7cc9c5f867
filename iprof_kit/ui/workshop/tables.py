"""Tables to explore in a notebook: in French, nothing from outside."""

from __future__ import annotations

import os
from importlib import import_module
from types import ModuleType

from IPython.utils.capture import capture_output

from iprof_kit.ui.workshop.table_words import LANGUAGE


def itables() -> ModuleType:
    """Return the library of tables, that takes its settings from no file.

    It would look for one in every folder above, that a confined kernel may not read.
    """
    os.environ.setdefault("ITABLES_CONFIG", "")
    return import_module("itables")


def explorable_tables(*, left: bool = False) -> None:
    """Show every table of the notebook with search, sort and pages.

    itables shows a script that needs its library before the library: they are shown the other way
    round, or the page notes an error.

    Parameters
    ----------
    left : bool
        Whether numbers stand on the left too, as the texts of a report do.
    """
    library = itables()
    with capture_output(stdout=False, stderr=False) as shown:
        library.init_notebook_mode(connected=False)
    for output in reversed(shown.outputs):
        output.display()
    library.options.language = LANGUAGE
    if left:
        library.options.columnDefs = [{"className": "dt-left", "targets": "_all"}]
