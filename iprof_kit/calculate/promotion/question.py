"""What may be asked about a promotion of grade, and what is answered."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from iprof_kit.base.plain import Plain
from iprof_kit.base.reference import some_codes
from iprof_kit.calculate.interface.bounds import refuse_longer_than_life, within
from iprof_kit.calculate.interface.explained import Reference
from iprof_kit.calculate.interface.fields import (
    AnneeCivile,
    Chevron,
    CodesOf,
    Confiance,
    Corps,
    DureeAnnees,
    DureeJours,
    Echelon,
    Effectif,
    Grade,
    GradeCible,
    Jour,
    Jours,
    Listed,
    Phrase,
    Points,
    Pourcent,
    unit,
)
from iprof_kit.calculate.interface.situation import Periode
from iprof_kit.calculate.interface.subject import Answer

Appreciation = Literal[
    "excellent", "tres_satisfaisant", "satisfaisant", "a_consolider", "insatisfaisant"
]
Campagne = Annotated[
    AnneeCivile,
    Field(description="Campagne : promotions au 1er septembre de cette année, vues au 31 août."),
]


def _procedures() -> tuple[str, ...]:
    from iprof_kit.law.promotion.procedures.files import known_procedures

    return tuple(one.id for one in known_procedures())


def _criteria() -> tuple[str, ...]:
    from iprof_kit.law.promotion.rankings import CRITERIA

    return tuple(CRITERIA)


class PositionOnTheEve(Plain):
    """A position in a grid, and how long it has been held on 31 August of the campaign."""

    corps: Corps = Field(description=f"Code de corps.csv : {some_codes()}")
    grade: Grade = Field(description="Grade détenu : classe_normale, hors_classe…")
    echelon: Echelon = Field(description="Échelon détenu.")
    chevron: Chevron | None = Field(default=None, description="Chevron, où l’échelon en a.")
    campagne: Campagne
    anciennete_jours: DureeJours | None = Field(
        default=None,
        description="Ancienneté dans l’échelon (dans le chevron, où il y en a), au 31 août de la "
        "campagne inclus. Donner soit ce champ, soit date_effet.",
    )
    date_effet: Jour | None = Field(
        default=None,
        description="Date d’effet de l’échelon : les échelons dus de droit jusqu’au 31 août de la "
        "campagne sont alors comptés.",
    )
    reliquat_jours: DureeJours = Field(default=0, description="Ancienneté conservée à date_effet.")

    @model_validator(mode="after")
    def _one_seniority(self) -> PositionOnTheEve:
        if (self.anciennete_jours is None) == (self.date_effet is None):
            raise ValueError("anciennete_jours ou date_effet : un des deux est attendu, et un seul")
        if self.reliquat_jours and self.date_effet is None:
            raise ValueError("reliquat_jours accompagne date_effet")
        return self


class PromotionQuestion(PositionOnTheEve):
    """One person, one campaign, one grade above."""

    grade_cible: GradeCible | None = Field(
        default=None, description="Grade demandé ; absent : celui qui suit le grade détenu."
    )
    periodes: tuple[Periode, ...] = Field(
        default=(), description="Positions de la carrière ; le temps qu’aucune ne couvre compte."
    )
    annees_fonctions: Annotated[float, within("duree_annees")] | None = Field(
        default=None,
        description="Années de fonctions listées par l’arrêté du 10-05-2017 (vivier 1, campagnes "
        "2017 à 2023).",
    )
    candidature_deposee: bool | None = Field(
        default=None, description="Candidature au vivier 1, obligatoire jusqu’à la campagne 2020."
    )
    hypothese_projet: bool = Field(
        default=False,
        description="Supposer le ratio d’un projet jamais adopté, où il n’y en a pas en vigueur.",
    )
    promouvables: Effectif | None = Field(
        default=None,
        description="Effectif des promouvables de la liste : le contingent est alors calculé.",
    )
    report: float = Field(
        default=0,
        ge=0,
        lt=1,
        json_schema_extra=unit("promotions"),
        description="Décimale laissée par la campagne précédente.",
    )


class Taux(Plain):
    """The ratio of the campaign, or what is known instead."""

    statut: Literal["en_vigueur", "projet_non_adopte", "inconnu", "contingent", "sans_ratio"] = (
        Field(description="Ce qui est connu du taux.")
    )
    taux: Pourcent | None = Field(description="Promus pour cent promouvables ; absent : inconnu.")
    dernier_connu: Pourcent | None = Field(
        default=None, description="Dernier taux connu ; il ne sert qu’à contingent_suppose."
    )
    annee_dernier_connu: int | None = Field(
        default=None, json_schema_extra=unit("année"), description="Campagne du dernier taux connu."
    )
    texte: Phrase = Field(description="Ce qui est dit du taux, en une phrase.")
    remarque: Phrase = Field(default="", description="Sources qui divergent.")
    confiance: Confiance = Field(
        description="Confiance de la lecture, de A (texte lu) à D (non vérifié)."
    )


class ContingentSuppose(Plain):
    """The places that the last known ratio would give: a supposition, said as such."""

    places: int = Field(
        json_schema_extra=unit("promotions"), description="Places que ce taux donnerait."
    )
    report: float = Field(
        json_schema_extra=unit("promotions"),
        description="Décimale qu’il laisserait à la campagne suivante.",
    )
    annee_taux: int = Field(
        description="Campagne du taux supposé reconduit.", json_schema_extra=unit("année")
    )


class Classement(Plain):
    """Where the promotion would place the person."""

    echelon: Echelon
    chevron: Chevron | None = None
    anciennete_jours: Jours = Field(description="Ancienneté conservée dans cet échelon.")
    indice_majore: int = Field(
        json_schema_extra=unit("points d’indice"), description="Indice majoré."
    )
    gain_points: int = Field(
        json_schema_extra=unit("points d’indice"), description="Points d’indice majoré gagnés."
    )
    regle: Phrase = Field(description="Ce que dit la règle appliquée.")
    confiance: Confiance = Field(
        description="Confiance de la lecture, de A (texte lu) à D (non vérifié)."
    )


class PromotionAnswer(Answer):
    """Promouvable or not, why, who decides, and what would follow."""

    campagne: Campagne
    grade_cible: GradeCible = Field(description="Grade, ou échelon spécial, de la promotion.")
    libelle_grade_cible: Phrase = Field(description="Nom du grade de la promotion.")
    echelon: Echelon = Field(description="Échelon détenu au 31 août de la campagne.")
    chevron: Chevron | None = None
    anciennete_jours: Jours = Field(description="Ancienneté dans cet échelon (ce chevron).")
    promouvable: bool | None = Field(description="Absent : une donnée manque, voir motif.")
    vivier: Literal["1", "2", "1 et 2"] | None = Field(
        default=None,
        description="Vivier dont les conditions sont remplies ; absent : aucun, ou sans objet.",
    )
    motif: Phrase = Field(description="Pourquoi la personne est promouvable, ou ne l’est pas.")
    condition: Phrase = Field(description="Condition, en une phrase.")
    candidature: Phrase = Field(description="S’il faut être candidat, en une phrase.")
    decide_par: Phrase = Field(description="Autorité qui décide.")
    premiere_campagne: int | None = Field(
        description="Première campagne, à partir de celle demandée, où les conditions seraient "
        "remplies au rythme de l’ancienneté.",
        json_schema_extra=unit("année"),
    )
    taux: Taux = Field(description="Taux de la campagne, ou ce qui en est connu.")
    contingent: int | None = Field(
        default=None,
        json_schema_extra=unit("promotions"),
        description="Places de la liste, au taux de la campagne ; absent : taux non publié.",
    )
    report: float | None = Field(
        default=None,
        json_schema_extra=unit("promotions"),
        description="Décimale que la campagne laisse à la suivante ; absente : taux non publié.",
    )
    contingent_suppose: ContingentSuppose | None = Field(
        default=None, description="Où le taux n’est pas publié : les places au dernier connu."
    )
    classement: Classement | None = Field(
        default=None, description="Où la promotion placerait la personne ; absent : non calculé."
    )
    non_calcules: tuple[Phrase, ...] = Field(
        default=(), description="Ce que les tables ne donnent pas, et pourquoi."
    )
    remarques: tuple[Phrase, ...] = Field(
        default=(), description="Ce qu’il faut savoir de plus, une phrase chacune."
    )
    valeurs_reconduites: bool = Field(
        description="La campagne est postérieure à la dernière vérification des textes."
    )
    a_verifier: bool = Field(
        description="Vrai si une valeur lue, ou une donnée du dossier, est à vérifier."
    )
    motifs_a_verifier: tuple[Phrase, ...] = Field(
        default=(), description="Pourquoi c’est à vérifier, une phrase par raison."
    )
    sources: tuple[Reference, ...] = Field(
        default=(), description="Textes sur lesquels le résultat repose."
    )


class LigneBareme(Plain):
    """One line of a bareme."""

    libelle: Phrase = Field(description="Nom, en français.")
    points: Points = Field(description="Points de la ligne.")
    confiance: Confiance = Field(
        description="Confiance de la lecture, de A (texte lu) à D (non vérifié)."
    )
    source: Phrase = Field(description="Texte qui donne ces points.")


class Critere(Plain):
    """One criterion of the ranking, in its order."""

    nom: Annotated[str, Listed(_criteria)] = Field(description="Code du critère.")
    libelle: Phrase = Field(description="Nom, en français.")
    valeur: Phrase | None = Field(description="Absente : la donnée n’a pas été fournie.")


class BaremeQuestion(PositionOnTheEve):
    """One candidate of one campaign."""

    grade_cible: Literal["hors_classe", "classe_exceptionnelle"] = Field(
        description="Code du grade de la promotion."
    )
    appreciation: Appreciation | None = Field(
        default=None,
        description="Appréciation finale ; « insatisfaisant » : classe exceptionnelle 2018 à 2023.",
    )
    avis: tuple[Literal["tres_favorable", "favorable", "defavorable"], ...] = Field(
        default=(),
        max_length=2,
        description="Avis de la campagne, classe exceptionnelle depuis 2024.",
    )
    annees_hors_classe: DureeAnnees | None = Field(
        default=None, description="Années révolues dans la hors classe (barème 2018-2023)."
    )
    anciennete_corps_jours: DureeJours | None = Field(
        default=None, description="Ancienneté dans le corps, pour départager."
    )
    anciennete_grade_jours: DureeJours | None = Field(
        default=None, description="Ancienneté dans le grade, pour départager."
    )
    anciennete_generale_jours: DureeJours | None = Field(
        default=None, description="Ancienneté générale de services, pour départager."
    )
    age_jours: DureeJours | None = Field(default=None, description="Âge, pour départager.")
    femme: bool | None = Field(
        default=None,
        description="Vrai pour une femme, où l’équilibre entre les femmes et les hommes départage.",
    )
    procedure: Annotated[str, CodesOf(_procedures)] = Field(
        default="", description="Ordre de classement (data/procedures) ; vide : national."
    )

    @model_validator(mode="after")
    def _within_a_life(self) -> Self:
        refuse_longer_than_life(
            self.age_jours,
            {
                "anciennete_generale_jours": self.anciennete_generale_jours,
                "anciennete_corps_jours": self.anciennete_corps_jours,
                "anciennete_grade_jours": self.anciennete_grade_jours,
            },
        )
        return self


class BaremeAnswer(Answer):
    """The points line by line, or the opinions, and the order of the ranking."""

    campagne: Campagne
    grade_cible: GradeCible = Field(description="Grade de la promotion.")
    lignes: tuple[LigneBareme, ...] = Field(description="Points, ligne par ligne.")
    total: Points | None = Field(description="Absent : pas de barème pour cette campagne.")
    avis: Phrase = Field(description="Avis et leur rang, où il n’y a pas de barème.")
    procedure: Phrase = Field(description="Autorité dont l’ordre de classement est suivi.")
    criteres: tuple[Critere, ...] = Field(description="Critères du classement, dans leur ordre.")
    remarques: tuple[Phrase, ...] = Field(
        description="Ce qu’il faut savoir de plus, une phrase chacune."
    )
    valeurs_reconduites: bool = Field(
        description="La campagne est postérieure à la dernière vérification des textes."
    )
    a_verifier: bool = Field(
        description="Vrai si une valeur lue, ou une donnée du dossier, est à vérifier."
    )
    motifs_a_verifier: tuple[Phrase, ...] = Field(
        default=(), description="Pourquoi c’est à vérifier, une phrase par raison."
    )
    sources: tuple[Reference, ...] = Field(
        default=(), description="Textes sur lesquels le résultat repose."
    )
