"""The words of a table to explore, in French."""

from iprof_kit.base.words import hard_spaces

LANGUAGE = {
    "thousands": "\u202f",
    "search": hard_spaces("Chercher :"),
    "lengthMenu": "_MENU_ lignes par page",
    "info": "Lignes _START_ à _END_ sur _TOTAL_",
    "infoEmpty": "Aucune ligne",
    "infoFiltered": "(parmi _MAX_)",
    "zeroRecords": "Aucune ligne ne correspond",
    "emptyTable": "Aucune ligne",
}
