"""The shapes of the tables of the synthetic population: its laws, and the figures it must meet."""

from __future__ import annotations

from iprof_kit.law.tables.schema import Schema

_PROOF = ("source", "confiance")

POPULATION: dict[str, Schema] = {
    "generateur": Schema(
        ("parametre", "corps", "sexe", "cle", "valeur", "unite", *_PROOF),
        ("parametre", "corps", "sexe", "cle"), numbers=("valeur",), corps=("corps",),
        without="ce corps dans la population fictive (rien du droit)",
    ),
    "generateur_cibles": Schema(
        ("indicateur", "corps", "sexe", "cle", "annee", "valeur", "unite", "tolerance", "usage",
         "libelle", *_PROOF),
        ("indicateur", "corps", "sexe", "cle", "annee"), integers=("annee",),
        numbers=("valeur", "tolerance"), corps=("corps",),
        without="les chiffres publiés auxquels la population se compare (rien du droit)",
    ),
}  # fmt: skip
