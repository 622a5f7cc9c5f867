"""The shapes of the tables of pensions."""

from __future__ import annotations

from iprof_kit.law.tables.schema import Schema

_VALID = ("valide_du", "valide_au")
_EFFECT = ("effet_du", "effet_au")
_BORN = ("ne_du", "ne_au")
_PROOF = ("source", "confiance")

PENSION: dict[str, Schema] = {
    "retraite_ages": Schema(
        ("version", *_EFFECT, "categorie", *_BORN, "age_ouverture_mois",
         "services_actifs_min_mois", "duree_assurance_trimestres", "age_annulation_decote_mois",
         "age_surcote_mois", "decote_par_trimestre", "decote_max_trimestres",
         "surcote_par_trimestre", "limite_age_mois", *_PROOF),
        ("version", "categorie"), _EFFECT, _BORN, dates=_BORN,
        integers=("age_ouverture_mois", "services_actifs_min_mois", "limite_age_mois",
                  "duree_assurance_trimestres", "age_annulation_decote_mois", "age_surcote_mois",
                  "decote_max_trimestres"),
        numbers=("decote_par_trimestre", "surcote_par_trimestre"),
    ),
    "retraite_parametres": Schema(
        ("code", "valeur", "unite", *_VALID, *_PROOF, "note"), ("code",), _VALID
    ),
    "retraite_carriere_longue": Schema(
        ("version", *_EFFECT, *_BORN, "debut_activite_avant_age_ans",
         "trimestres_avant_fin_annee_age", "trimestres_si_ne_oct_dec", "age_depart_mois",
         "duree_cotisee_requise", *_PROOF, "note"),
        ("version", "debut_activite_avant_age_ans"), _EFFECT, _BORN, dates=_BORN,
        integers=("debut_activite_avant_age_ans", "trimestres_avant_fin_annee_age",
                  "trimestres_si_ne_oct_dec", "age_depart_mois"),
    ),
    "parametres_pension": Schema(
        ("cle", "valeur", "unite", *_VALID, *_PROOF), ("cle",), _VALID
    ),
}  # fmt: skip
