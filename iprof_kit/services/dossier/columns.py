"""The columns of a file of dossiers: one row is one line of a person's history.

The columns of the person herself are read on her first row and must not contradict it further
down. `docs/import.md` documents them.
"""

from __future__ import annotations

from iprof_kit.given.tables import MOST_ROWS
from iprof_kit.services.given_tables import Layout

REQUIRED = ("numero", "civilite", "prenom", "nom", "date_naissance", "statut", "academie",
            "source", "lu_le")  # fmt: skip
IDENTITY = ("civilite", "prenom", "nom", "date_naissance")
PERSON = ("statut", "corps", "academie", "departement", "entree_corps", "titularisation",
          "categorie_retraite", "source", "lu_le")  # fmt: skip
ADDRESS = ("rue", "code_postal", "ville", "telephone", "portable", "courriel_personnel",
           "courriel_professionnel")  # fmt: skip
ECHELON = {
    "grade": "grade", "echelon": "echelon", "chevron": "chevron", "date_effet": "date_effet",
    "reliquat_jours": "reliquat_jours", "mode": "mode",
}  # fmt: skip
POSITION = {
    "position": "position", "position_motif": "motif", "modalite": "modalite",
    "quotite": "quotite", "position_debut": "debut", "position_fin": "fin",
}  # fmt: skip
AFFECTATION = {
    "affectation": "type", "uai": "uai", "secteur": "secteur", "etablissement": "etablissement",
    "type_etablissement": "type_etablissement", "commune": "commune", "fonction": "fonction",
    "discipline": "discipline", "affectation_quotite": "quotite",
    "affectation_debut": "debut", "affectation_fin": "fin",
}  # fmt: skip
SITUATION = {
    "situation": "nature", "situation_libelle": "libelle", "situation_quotite": "quotite",
    "situation_debut": "debut", "situation_fin": "fin",
}  # fmt: skip
COLUMNS = ("numero", *IDENTITY, *PERSON, *ADDRESS, *ECHELON, *POSITION, *AFFECTATION, *SITUATION)

_DATES = {"date_naissance", "entree_corps", "titularisation", "lu_le", "date_effet",
          "position_debut", "position_fin", "affectation_debut", "affectation_fin",
          "situation_debut", "situation_fin"}  # fmt: skip
_WHOLE = {"reliquat_jours", "quotite", "affectation_quotite", "situation_quotite"}

DOSSIERS = Layout(
    COLUMNS, REQUIRED, "docs/import.md", frozenset(_DATES), frozenset(_WHOLE),
    largest=50_000_000, most_rows=MOST_ROWS,
)  # fmt: skip
