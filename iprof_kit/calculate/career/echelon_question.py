"""What may be asked about the next échelon, and what is answered."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from iprof_kit.base.plain import Plain
from iprof_kit.base.reference import some_codes
from iprof_kit.calculate.interface.explained import Reference
from iprof_kit.calculate.interface.fields import (
    AnneeCivile,
    Chevron,
    Corps,
    DureeJours,
    DureeMois,
    Echelon,
    Grade,
    Jour,
    Jours,
    Mois,
    Phrase,
)
from iprof_kit.calculate.interface.situation import AncienneGrille, Periode
from iprof_kit.calculate.interface.subject import Answer

Hypothese = Literal["projet_2025"]


class EchelonQuestion(Plain):
    """One person in one échelon: when the next one comes."""

    corps: Corps = Field(description=f"Code de corps.csv : {some_codes()}")
    grade: Grade = Field(description="Grade détenu : classe_normale, hors_classe…")
    echelon: Echelon = Field(description="Échelon détenu.")
    chevron: Chevron | None = Field(default=None, description="Chevron, où l’échelon en a.")
    date_effet: Jour = Field(description="Date d’effet de l’échelon (du chevron, où il y en a).")
    reliquat_jours: DureeJours = Field(default=0, description="Ancienneté conservée à date_effet.")
    ancienne_grille: AncienneGrille = False
    aujourdhui: Jour = Field(description="Le jour de la question.")
    periodes: tuple[Periode, ...] = Field(
        default=(), description="Positions de la carrière ; le temps qu’aucune ne couvre compte."
    )
    annees_direction: tuple[AnneeCivile, ...] = Field(
        default=(),
        description="Années scolaires complètes de direction d’école dont les mois n’ont pas "
        "encore servi, par l’année de leur rentrée (2023 pour 2023-2024).",
    )
    mois_asa: DureeMois = Field(
        default=0,
        le=360,
        description="Mois d’avantage spécifique d’ancienneté acquis et pas encore utilisés.",
    )
    hypotheses: tuple[Hypothese, ...] = Field(
        default=(),
        description="Projets jamais adoptés à montrer à part : projet_2025 (durées d’échelon).",
    )


class Projet(Plain):
    """What a project never adopted would give: an hypothesis, never the law."""

    duree_mois: Mois = Field(description="Durée de l’échelon dans le projet.")
    date_normale: date | None = Field(description="Jour où l’échelon suivant serait dû.")
    statut: Phrase = Field(description="État du projet.")
    effet_envisage: Phrase = Field(description="Quand le projet s’appliquerait, en une phrase.")
    sources: tuple[Reference, ...] = Field(
        default=(), description="Textes sur lesquels le résultat repose."
    )


class EchelonAnswer(Answer):
    """The next échelon or chevron: by right, and with what brings it forward."""

    libelle: Phrase = Field(description="Position détenue, en français.")
    duree_mois: Mois | None = Field(
        description="Durée de la position ; absente au dernier échelon."
    )
    anciennete_jours: Jours = Field(description="Ancienneté dans la position, aujourd’hui.")
    jours_non_comptes: Jours = Field(
        description="Jours, depuis date_effet, qui ne comptent pas pour l’avancement."
    )
    indice_majore: int | None = Field(description="Indice majoré détenu, grille du jour.")
    grade_suivant: Grade | None = None
    echelon_suivant: Echelon | None = Field(
        default=None, description="Absent où rien ne suit à l’ancienneté."
    )
    chevron_suivant: Chevron | None = None
    libelle_suivant: Phrase | None = Field(default=None, description="Nom de la position suivante.")
    indice_suivant: int | None = Field(
        default=None, description="Indice majoré de la position suivante."
    )
    date_normale: date | None = Field(
        default=None, description="Jour où l’échelon suivant est dû de droit."
    )
    date_effet_suivant: date | None = Field(
        default=None, description="Date d’effet, avancée des mois de direction et d’ASA utilisés."
    )
    mois_utilises: Mois = Field(default=0, description="Mois de bonification utilisés.")
    mois_conserves: Mois = Field(
        default=0, description="Mois gardés pour l’échelon d’après : un chevron n’en utilise pas."
    )
    duree_bonifiee_mois: Mois | None = Field(
        default=None, description="Durée avec la bonification d’ancienneté, 6e et 8e échelons."
    )
    date_bonifiee: date | None = Field(
        default=None, description="Date d’effet si la bonification d’ancienneté était accordée."
    )
    bonification_decidee_par: Phrase | None = Field(
        default=None, description="Autorité qui décide de la bonification d’ancienneté."
    )
    projet: Projet | None = Field(
        default=None, description="Ce qu’un projet de texte changerait ; absent : rien."
    )
    phrase: Phrase = Field(description="La réponse, en une ou deux phrases.")
    a_verifier: bool = Field(
        description="Vrai si une valeur lue, ou une donnée du dossier, est à vérifier."
    )
    motifs: tuple[Phrase, ...] = Field(default=(), description="Pourquoi vérifier.")
    sources: tuple[Reference, ...] = Field(
        default=(), description="Textes sur lesquels le résultat repose."
    )
