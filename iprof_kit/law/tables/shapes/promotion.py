"""The shapes of the tables of promotions of grade: bareme, ratios, parameters, ways of ranking."""

from __future__ import annotations

from iprof_kit.law.tables.schema import Schema

_VALID = ("valide_du", "valide_au")
_CAMPAIGN = ("campagne_du", "campagne_au")
_PROOF = ("source", "confiance")

PROMOTION: dict[str, Schema] = {
    "bareme_hors_classe": Schema(
        ("groupe_corps", "type", "cle", "echelon", "anciennete_annees_revolues", "points",
         *_CAMPAIGN, *_PROOF),
        ("groupe_corps", "type", "cle"), interval=_CAMPAIGN,
        integers=("anciennete_annees_revolues", "points", *_CAMPAIGN), corps=("groupe_corps",),
        without="les conditions et le barème de la hors classe",
    ),
    "bareme_classe_exceptionnelle": Schema(
        ("corps", *_CAMPAIGN, "element", "cle", "valeur", "detail", *_PROOF),
        ("corps", "element", "cle"), interval=_CAMPAIGN, integers=_CAMPAIGN, corps=("corps",),
        without="les conditions de la classe exceptionnelle",
    ),
    "ratios_promotion": Schema(
        ("annee", "corps", "grade_cible", "ratio_pct", "type_ratio", "statut", *_PROOF, "note"),
        ("annee", "corps", "grade_cible", "statut"),
        integers=("annee",), numbers=("ratio_pct",), corps=("corps",),
        without="le taux d’une campagne, son contingent, les chances de « Quand ? »",
    ),
    "parametres_promotion": Schema(
        ("cle", "valeur", "unite", *_VALID, *_PROOF), ("cle",), _VALID, integers=("valeur",)
    ),
    "recours_promotion": Schema(
        ("cle", "texte", "delai", "depart", *_VALID, *_PROOF), ("cle",), _VALID,
    ),
    "promotions_stats": Schema(
        ("annee", "corps", "population", "grade_cible", "perimetre", "promouvables", "promus",
         "ratio_pct", "barre_points", "regime", *_PROOF, "note"),
        integers=("annee",), numbers=("barre_points",), names_corps="corps",
        without="ce qui fut publié des campagnes passées",
    ),
    "procedures_classement": Schema(
        ("id", "autorite", "operation", "corps", *_CAMPAIGN, "classement", "etapes", *_PROOF),
        ("id",), interval=_CAMPAIGN, integers=_CAMPAIGN, names_corps="corps",
        without="l’ordre d’une liste (data/procedures)",
    ),
}  # fmt: skip
