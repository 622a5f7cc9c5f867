"""The words of a table to explore, in French."""

LANGUAGE = {
    "thousands": "\u202f",
    "search": "Chercher\u00a0:",
    "lengthMenu": "_MENU_ lignes par page",
    "info": "Lignes _START_ à _END_ sur _TOTAL_",
    "infoEmpty": "Aucune ligne",
    "infoFiltered": "(parmi _MAX_)",
    "zeroRecords": "Aucune ligne ne correspond",
    "emptyTable": "Aucune ligne",
}
