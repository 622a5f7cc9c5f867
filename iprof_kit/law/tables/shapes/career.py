"""The shapes of the tables of careers: corps, grids, advancement, promotion, their words."""

from __future__ import annotations

from iprof_kit.law.tables.schema import Schema

_VALID = ("valide_du", "valide_au")
_CELL = ("corps", "grade", "echelon", "chevron")
_PROOF = ("source", "confiance")

CAREER: dict[str, Schema] = {
    "anciennetes": Schema(
        ("code", "libelle", "regle", "sert_a", "compte_en", "sans_position", *_VALID, *_PROOF),
        ("code",), _VALID,
    ),
    "anciennetes_positions": Schema(
        ("anciennete", "position", "effet", *_VALID, *_PROOF), ("anciennete", "position"), _VALID
    ),
    "anciennetes_affectations": Schema(("mots", "effet", *_PROOF), ("mots",)),
    "academies": Schema(("code_academie", "libelle_academie", *_PROOF), ("code_academie",)),
    "departements": Schema(("code_insee", "nom", "code_academie", *_PROOF), ("code_insee",)),
    "corps": Schema(
        ("corps", "libelle", "grades_ordonnes", "degre", "gestion", *_PROOF), ("corps",),
        names_corps="corps",
        without="le corps lui-même : aucune autre table ne peut le nommer, aucun écran ne s’ouvre",
    ),
    "corps_particularites": Schema(
        ("cle", "corps", "valeur", *_PROOF), ("cle", "corps"), corps=("corps",),
        without="son mouvement (Autres affectations), et ce qu’un texte dit de lui seul",
    ),
    "corps_choix": Schema(
        ("cle", "corps", "valeur", *_PROOF), ("cle", "corps"), corps=("corps",),
        without="le nom de ses barres, et sa place parmi les corps proposés (rien du droit)",
    ),
    "fuseaux": Schema(("departement", "lieu", "zone", *_PROOF), ("departement",)),
    "decideurs": Schema(
        ("corps", *_VALID, "decideur", *_PROOF), ("corps",), _VALID, corps=("corps",),
        without="qui décide d’une promotion",
    ),
    "durees_echelon": Schema(
        (*_CELL, "duree_mois", "duree_acceleree_mois", *_VALID, *_PROOF), _CELL, _VALID,
        integers=("duree_mois", "duree_acceleree_mois"), corps=("corps",),
        without="l’échelon suivant et sa date",
    ),
    "grilles": Schema(
        (*_CELL, "indice_brut", "indice_majore", *_VALID, *_PROOF, "confiance_indice_brut"),
        _CELL, _VALID, integers=("indice_majore",), corps=("corps",),
        without="l’indice : le traitement, la paie et la pension",
    ),
    "point_indice": Schema(
        ("valeur_annuelle_point", *_VALID, *_PROOF), (), _VALID, numbers=("valeur_annuelle_point",)
    ),
    "positions_avancement": Schema(
        ("code", "libelle", "positions", "motifs", "mois_du", "mois_au", "part_pct",
         "plafond_mois", "plafond_commun", "interrompt_asa", *_VALID, *_PROOF),
        ("code", "mois_du"), _VALID,
        integers=("mois_du", "mois_au", "part_pct", "plafond_mois", "interrompt_asa"),
    ),
    "reclassement": Schema(
        ("id", "type_ligne", "corps", "grade_origine", "grade_cible", "echelon_origine",
         "chevron_origine", "anciennete_min_mois", "anciennete_max_mois_exclu", "echelon_cible",
         "chevron_cible", "anciennete_conservee", "regle", *_VALID, *_PROOF),
        ("id", "corps", "grade_origine", "grade_cible", "echelon_origine", "chevron_origine",
         "anciennete_min_mois"), _VALID,
        integers=("anciennete_min_mois", "anciennete_max_mois_exclu"), corps=("corps",),
        without="la place et l’ancienneté gardée après une promotion, hors des règles de tous",
    ),
    "reclassement_phrases": Schema(("id", "phrase", *_PROOF), ("id",)),
    "rendez_vous_carriere": Schema(
        ("corps", "rdv", "echelon", "anciennete_min_mois_au_31_08", "anciennete_max_mois_au_31_08",
         "promu_echelon_du", "promu_echelon_au", "effet", "evaluateurs", "appreciation_finale_par",
         "niveaux", *_VALID, *_PROOF),
        ("corps", "rdv"), _VALID, corps=("corps",), without="les rendez-vous de carrière",
        integers=("rdv", "anciennete_min_mois_au_31_08", "anciennete_max_mois_au_31_08"),
        ranked=("corps", "rdv"),
    ),
    "rendez_vous_carriere_regles": Schema(("cle", "valeur", *_PROOF), ("cle",)),
    "parametres_carriere": Schema(
        ("cle", "valeur", "unite", *_VALID, *_PROOF), ("cle",), _VALID, integers=("valeur",)
    ),
    "temps_partiel": Schema(
        ("code", "type_temps_partiel", "quotite_travaillee_pct", "fraction_remuneree", *_VALID,
         *_PROOF),
        ("code", "type_temps_partiel", "quotite_travaillee_pct"), _VALID,
    ),
    "droits_dossier": Schema(("cle", "texte", *_PROOF), ("cle",)),
    "glossaire": Schema(
        ("terme", "genre", "suivi_de", "developpe", "definition", *_PROOF), ("terme", "suivi_de")
    ),
    "nomenclatures": Schema(("liste", "code", "libelle", *_PROOF)),
    "libelles": Schema(
        ("type", "code", "libelle", *_PROOF), ("type", "code"), names_corps="code",
        without="son nom au singulier : les écrans qui nomment le corps sont refusés",
    ),
    "feminins": Schema(("masculin", "feminin", *_PROOF), ("masculin",)),
    "coefficients_reprise": Schema(
        ("corps_accueil", "nature_services", "regle", "coefficient", "valide_du", *_PROOF),
        ("corps_accueil", "nature_services"), dates=("valide_du",), corps=("corps_accueil",),
        without="la reprise des services à l’entrée dans le corps",
    ),
    "reprise_natures": Schema(
        ("code", "libelle", "nature_services", "coefficient", "temps_partiel", *_VALID, *_PROOF),
        ("code",), _VALID,
    ),
    "rendez_vous_delais": Schema(
        ("cle", "libelle", "valeur", "unite", "depart", "si_chome", "hors_vacances", *_VALID,
         *_PROOF), ("cle",), _VALID, integers=("valeur",),
    ),
    "rendez_vous_reports": Schema(
        ("cle", "libelle", "jour", *_VALID, *_PROOF), ("cle",), _VALID
    ),
    "rendez_vous_recours": Schema(
        ("corps", "texte", *_VALID, *_PROOF), ("corps",), _VALID, corps=("corps",),
        without="le texte qui ouvre le recours contre l’appréciation finale",
    ),
    "rendez_vous_evaluateurs": Schema(
        ("corps", "position", "modele", "inspection", "chef", *_VALID, *_PROOF, "lieux",
         "fonctions"),
        ("corps", "position"), _VALID, corps=("corps",),
        without="qui évalue au rendez-vous, et sur quel modèle",
    ),
    "rendez_vous_parties": Schema(
        ("modele", "partie", "nombre", *_VALID, *_PROOF), ("modele", "partie"), _VALID,
        integers=("nombre",),
    ),
    "rendez_vous_grille": Schema(
        ("modele", "partie", "rang", "libelle", *_VALID, *_PROOF), ("modele", "partie", "rang"),
        _VALID, integers=("rang",), ranked=("modele", "partie", "rang"),
    ),
    "vacances_scolaires": Schema(
        ("zone", "annee", "periode", "periodes", *_VALID, *_PROOF), ("zone",), _VALID,
        integers=("annee", "periodes"),
    ),
    "zones_vacances": Schema(
        ("code_academie", "zone", *_VALID, *_PROOF), ("code_academie",), _VALID
    ),
    "jours_feries": Schema(
        ("cle", "libelle", "jour", "departements", *_VALID, *_PROOF), ("cle",), _VALID
    ),
    "durees_echelon_projet": Schema(
        ("corps", "grade", "echelon", "duree_actuelle_mois", "duree_projet_mois", "statut",
         "effet_envisage", *_PROOF),
        ("corps", "grade", "echelon"), integers=("duree_actuelle_mois", "duree_projet_mois"),
        corps=("corps",), without="l’hypothèse d’un échelon plus court (rien du droit)",
    ),
    "bornes_saisie": Schema(
        ("cle", "minimum", "maximum", "table_lue", "colonne_lue", "unite", "raison", *_PROOF),
        ("cle",), integers=("minimum", "maximum"),
    ),
    "secret_statistique": Schema(
        ("cle", "valeur", "unite", "detail", *_PROOF), ("cle",), integers=("valeur",)
    ),
    "reperes_age": Schema(
        ("usage", "age", "unite", "detail", *_PROOF), ("usage", "age"), integers=("age",)
    ),
    "tranches_anciennete": Schema(
        ("usage", "annees", "libelle", *_PROOF), ("usage", "annees"), integers=("annees",)
    ),
    "analyses_rh": Schema(
        ("numero", "nom", "titre", "question", "forme", "fait", *_PROOF), ("numero",),
        integers=("numero",),
    ),
    "verifie": Schema(("table", "verifie_le"), ("table",), dates=("verifie_le",)),
}  # fmt: skip
