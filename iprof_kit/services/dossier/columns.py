"""The columns of a file of dossiers: one row is one line of a person's history.

The columns of the person herself are read on her first row and must not contradict it further
down. `docs/import.md` documents them.
"""

from __future__ import annotations

from iprof_kit.base.names import pairs_in, words_in
from iprof_kit.given.tables import MOST_ROWS
from iprof_kit.services.given_tables import Layout

REQUIRED = words_in("numero civilite prenom nom date_naissance statut academie source lu_le")
IDENTITY = ("civilite", "prenom", "nom", "date_naissance")
PERSON = words_in(
    "statut corps academie departement entree_corps titularisation categorie_retraite "
    "fin_de_service source lu_le"
)
LAST_DAY = "fin_de_service"
"""The last day of service of who left."""
ADDRESS = words_in(
    "rue code_postal ville telephone portable courriel_personnel courriel_professionnel"
)
ECHELON = pairs_in("grade echelon chevron date_effet reliquat_jours mode")
POSITION = pairs_in(
    "position position_motif=motif modalite quotite position_debut=debut position_fin=fin"
)
AFFECTATION = pairs_in(
    "affectation=type uai secteur etablissement type_etablissement commune fonction discipline "
    "affectation_quotite=quotite affectation_debut=debut affectation_fin=fin"
)
SITUATION = pairs_in(
    "situation=nature situation_libelle=libelle situation_quotite=quotite situation_debut=debut "
    "situation_fin=fin"
)
COLUMNS = ("numero", *IDENTITY, *PERSON, *ADDRESS, *ECHELON, *POSITION, *AFFECTATION, *SITUATION)

_DATES = frozenset(
    words_in(
        "date_naissance entree_corps titularisation fin_de_service lu_le date_effet "
        "position_debut position_fin affectation_debut affectation_fin situation_debut "
        "situation_fin"
    )
)
_WHOLE = {"reliquat_jours", "quotite", "affectation_quotite", "situation_quotite"}

DOSSIERS = Layout(
    COLUMNS,
    REQUIRED,
    "docs/import.md",
    _DATES,
    frozenset(_WHOLE),
    largest=50_000_000,
    most_rows=MOST_ROWS,
)
LEAVERS = Layout(
    ("numero", LAST_DAY),
    ("numero", LAST_DAY),
    "docs/import.md",
    frozenset({LAST_DAY}),
    largest=DOSSIERS.largest,
    most_rows=MOST_ROWS,
)
"""A file of dossiers that says who leaves, and nothing else."""
