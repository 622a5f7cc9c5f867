"""The shapes of the tables of pay."""

from __future__ import annotations

from iprof_kit.law.tables.schema import Schema

_VALID = ("valide_du", "valide_au")
_PROOF = ("source", "confiance")

PAY: dict[str, Schema] = {
    "cotisations": Schema(
        ("code", "libelle", "assiette", "taux_pct", *_VALID, *_PROOF, "sens", "note"),
        ("code",), _VALID, numbers=("taux_pct",),
    ),
    "primes": Schema(
        ("code", "libelle", "corps", "condition", "montant_annuel_brut", "montant_mensuel",
         "periodicite", *_VALID, *_PROOF, "points_indice", "proratise_quotite", "parametres"),
        ("code", "parametres"), _VALID,
        numbers=("montant_annuel_brut", "montant_mensuel", "points_indice"), corps=("corps",),
        without="ces primes, qui lui sont refusées",
    ),
    "heures_supplementaires": Schema(
        ("code", "corps", "groupe_grade", "ors_hebdo_h", "indice_debut", "indice_fin",
         "hse_unitaire_brut", *_VALID, *_PROOF),
        ("code", "corps", "groupe_grade"), _VALID,
        integers=("ors_hebdo_h", "indice_debut", "indice_fin"), numbers=("hse_unitaire_brut",),
        corps=("corps",), without="ses heures supplémentaires",
    ),
    "indemnite_residence": Schema(
        ("code", "zone", "taux_pct", "indice_majore_plancher", *_VALID, "assiette", *_PROOF),
        ("code", "zone"), _VALID, integers=("indice_majore_plancher",), numbers=("taux_pct",),
    ),
    "sft": Schema(
        ("code", "nb_enfants", "part_fixe_mensuelle", "taux_pct", "indice_majore_plancher",
         "indice_majore_plafond", *_VALID, "formule", *_PROOF),
        ("nb_enfants",), _VALID,
        integers=("indice_majore_plancher", "indice_majore_plafond"),
        numbers=("part_fixe_mensuelle", "taux_pct"),
    ),
    "outre_mer": Schema(
        ("code", "territoire", "element", "taux_pct", "coefficient", "montant", "assiette",
         *_VALID, "regle", *_PROOF),
        ("code", "territoire", "element"), _VALID, numbers=("taux_pct", "coefficient"),
    ),
    "parametres_paie": Schema(
        ("cle", "valeur", "unite", *_VALID, *_PROOF), ("cle",), _VALID, numbers=("valeur",)
    ),
    "salaires_stats": Schema(
        ("annee", "corps", "population", "statut", "sexe", "tranche_age", "indicateur", "valeur",
         "unite", "quotite", "perimetre", *_PROOF, "note"),
        integers=("annee",), numbers=("valeur",), names_corps="corps",
        without="les salaires publiés auxquels comparer (rien du droit)",
    ),
    "echeances_paie": Schema(
        ("periodicite", "mois", "fractions", *_VALID, *_PROOF), ("periodicite",), _VALID,
        integers=("fractions",),
    ),
    "libelles_paie": Schema(("code", "libelle", *_PROOF), ("code",)),
    "assiettes_paie": Schema(
        ("famille", "codes", "rafp", "csg", "impot", "tpp", "ces_seuil", "indemnite", *_PROOF),
        ("famille",),
    ),
    "absences_paie": Schema(
        ("absence", "famille", "retenue", *_PROOF), ("absence", "famille"),
    ),
    "primes_usuelles": Schema(
        ("code", "corps", "usage", "motif", *_VALID, *_PROOF), ("code", "usage"), _VALID,
        corps=("corps",), without="les primes que tout le corps reçoit : la paie ne les compte pas",
    ),
}  # fmt: skip
