"""The shapes of the tables of mobility."""

from __future__ import annotations

from iprof_kit.law.tables.schema import Schema

_PROOF = ("source", "confiance")
_CRITERION = ("critere", "sous_critere", "valeur_points", "unite", "plafond", "condition",
              "campagne", *_PROOF, "voeux_concernes", "non_cumul_avec")  # fmt: skip

_CASE = ("campagne", "critere", "sous_critere")
_MOVEMENT = Schema(_CRITERION, _CASE, integers=("campagne",), numbers=("valeur_points", "plafond"))
_LOCAL = Schema(("portee", "campagne", "cle", "valeur", "libelle", *_PROOF),
                ("portee", "campagne", "cle"), integers=("campagne",))  # fmt: skip
"""What one academy has of its own, by campaign."""
_VALID = ("valide_du", "valide_au")

MOBILITY: dict[str, Schema] = {
    "mouvement_interdepartemental_1d": _MOVEMENT,
    "mouvement_interacademique_2d": _MOVEMENT,
    "mouvement_calendrier": Schema(
        ("degre", "phase", "campagne", "etape", "date_debut", "date_fin", "heure_fin", "portee",
         "note", *_PROOF, "note_jusqu_au", "note_ensuite"),
        ("degre", "phase", "campagne", "etape", "portee"),
        dates=("date_debut", "date_fin", "note_jusqu_au"),
    ),
    "barres_mouvement": Schema(
        ("degre", "annee", "type_barre", "code_departement", "departement", "code_academie",
         "discipline", "corps", "nb_entrants", "bareme", "note", *_PROOF),
        ("degre", "annee", "type_barre", "code_departement", "code_academie", "discipline"),
        integers=("annee", "nb_entrants"), numbers=("bareme",),
    ),
    "limitrophes": Schema(("niveau", "code_1", "code_2", *_PROOF), ("niveau", "code_1", "code_2")),
    "criteres_regles": Schema(
        ("regle", "table_lue", "critere", "sous_critere", "compte", "phrase", "autres_tables",
         "valide_du", *_PROOF),
        ("regle",), dates=("valide_du",),
    ),
    "parametres_mobilite": Schema(
        ("cle", "valeur", "unite", *_VALID, *_PROOF), ("cle",), _VALID, numbers=("valeur",)
    ),
    "carte_scolaire": Schema(
        ("degre", "portee", "campagne", "nature", "rang", "niveau", "libelle", "points",
         "condition", *_PROOF),
        ("degre", "portee", "campagne", "nature", "rang"),
        integers=("campagne", "rang"), numbers=("points",),
        ranked=("degre", "portee", "campagne", "nature", "rang"),
    ),
    "preferences_remplacement": _LOCAL,
    "extension_intra": _LOCAL,
    "corrections_confirmation": Schema(
        ("phase", "portee", "campagne", "quoi", "possible", "comment", *_PROOF),
        ("phase", "portee", "campagne", "quoi"), integers=("campagne",),
    ),
    "carte_schematique": Schema(
        ("niveau", "code", "abrege", "colonne", "ligne", *_PROOF), ("niveau", "code"),
        integers=("colonne", "ligne"),
    ),
}  # fmt: skip
"""What each reference table must look like."""
