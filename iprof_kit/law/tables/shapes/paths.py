"""The shapes of the tables of other paths: concours, lists, positions, training."""

from __future__ import annotations

from iprof_kit.law.tables.schema import Schema

_PROOF = ("source", "confiance")
_VALID = ("valide_du", "valide_au")

PATHS: dict[str, Schema] = {
    "concours": Schema(
        ("code", "libelle", "type", "voie", "degre", "corps_acces", "corps_requis", "corps_codes",
         "grade_requis", "echelon_min", "anciennete_min_annees", "anciennete_nature", "age_min",
         "date_reference_age", "diplome_min", "autres_conditions", "date_reference",
         "date_reference_code", "application", "session", "inscription_debut", "inscription_fin",
         "epreuves_debut", "epreuves_fin", "texte_reference", *_PROOF),
        ("code",), dates=("inscription_fin", "epreuves_debut", "epreuves_fin"),
        integers=("echelon_min", "anciennete_min_annees", "age_min"), names_corps="corps_codes",
        without="les concours et les listes que ce corps ouvre",
    ),
    "parcours": Schema(
        ("code", "libelle", "categorie", "position_statutaire", "conditions",
         "anciennete_min_annees", "duree_initiale_mois", "duree_max_mois", "renouvelable",
         "accord", "remuneration", "effet_avancement", "effet_retraite", "effet_poste", "demande",
         "date_effet", "texte_reference", *_PROOF),
        ("code",), integers=("anciennete_min_annees",),
    ),
    "parcours_conditions": Schema(
        ("code", "rang", "groupe", "genre", "cle", "valeur", "unite", "reference", "texte",
         *_VALID, *_PROOF),
        ("code", "rang"), dates=_VALID, integers=("rang",), ranked=("code", "rang"),
    ),
    "parcours_natures": Schema(("nature", "libelle", "comprend", "somme", *_PROOF), ("nature",)),
    "parcours_autorites": Schema(("cle", "decide_par", "en_bref", "guichet", *_PROOF), ("cle",)),
    "parametres_parcours": Schema(
        ("cle", "valeur", "unite", *_VALID, *_PROOF), ("cle",), _VALID, integers=("valeur",)
    ),
    "formation": Schema(
        ("domaine", "cle", "valeur", "unite", "condition", "date_effet", "date_fin",
         "texte_reference", *_PROOF),
        ("domaine", "cle"),
    ),
    "demandes_delais": Schema(
        ("cle", "libelle", "valeur", "unite", "jour", "sens", *_VALID, *_PROOF), ("cle",), _VALID,
        integers=("valeur",),
    ),
    "dossiers_concours": Schema(
        ("dossier", "concours", "rang", "partie", "cle", "titre", "consigne", "pages_max",
         "a_savoir", *_VALID, *_PROOF),
        ("dossier", "rang"), _VALID, integers=("rang", "partie", "pages_max"),
        ranked=("dossier", "rang"),
    ),
    "reforme_concours_2026": Schema(
        ("cle", "valeur", "unite", "condition", "date_effet", "date_fin", *_PROOF), ("cle",)
    ),
}  # fmt: skip
