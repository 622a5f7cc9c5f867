"""Tables to explore in a notebook: in French, texts on the left, nothing from outside."""

from __future__ import annotations

import itables

_LANGUAGE = {
    "search": "Chercher\u00a0:", "lengthMenu": "_MENU_ lignes par page",
    "info": "Lignes _START_ à _END_ sur _TOTAL_", "infoEmpty": "Aucune ligne",
    "infoFiltered": "(parmi _MAX_)", "zeroRecords": "Aucune ligne ne correspond",
    "emptyTable": "Aucune ligne",
}  # fmt: skip


def explorable_tables() -> None:
    """Show every table of the notebook with search, sort and pages."""
    itables.init_notebook_mode(connected=False)
    itables.options.language = _LANGUAGE
    itables.options.columnDefs = [{"className": "dt-left", "targets": "_all"}]
