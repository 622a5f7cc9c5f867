"""What is asked of a teacher, CPE or PsyEN for the inter-academic movement."""

from __future__ import annotations

from datetime import date
from typing import Literal, Self

from pydantic import Field, model_validator

from iprof_kit.calculate.interface.fields import Annees, EchelonNumero, Mois, Plain, unit
from iprof_kit.law.mobility.second.person import (
    Activite,
    Corps,
    Demande,
    Grade,
    Handicap,
    Interruption,
    Label,
    Lien,
    Origine,
    Position,
    Retour,
    Statut,
)

Academie = str


class AutreParent(Plain):
    """The spouse, or the other parent of an authority shared."""

    academie: Academie = Field(description="Académie de sa résidence professionnelle.")
    academie_privee: Academie = Field(
        default="", description="Académie de la résidence privée, si elle est compatible."
    )
    departement: str = Field(
        default="", description="Code du département de sa résidence professionnelle."
    )
    activite: Activite = Field(default="activite", description="Sa situation professionnelle.")
    teletravail: bool = Field(default=False, description="Le lieu donné est celui du télétravail.")
    statut: Statut | Literal[""] = Field(
        default="", description="Mutation simultanée : titulaire ou stagiaire."
    )
    voeux_identiques: bool | None = Field(
        default=None, description="Mutation simultanée : mêmes vœux, dans le même ordre."
    )


class AnneeSeparee(Plain):
    """A school year apart."""

    annee: int = Field(description="Année de la rentrée.", json_schema_extra=unit("année"))
    mois: Mois = Field(le=12, description="Mois de séparation dans l’année scolaire.")
    position: Position = Field(
        default="activite", description="Votre position administrative cette année-là."
    )


class PosteEducationPrioritaire(Plain):
    """A post in an establishment of a label."""

    label: Label = Field(description="Classement de l’établissement.")
    annees: Annees = Field(
        description="Années effectives et continues dans l’établissement au 31 août de la campagne "
        "(mi-temps et six mois au moins)."
    )
    affecte: bool = Field(
        default=True,
        description="Toujours affecté à la demande (CLA : au 1er septembre précédent).",
    )


class SecondDegre(Plain):
    """The person who asks for another academy."""

    corps: Corps = Field(description="Corps.")
    grade: Grade = Field(description="Grade.")
    echelon: EchelonNumero = Field(
        description="Échelon détenu au 31 août précédant la campagne ; pour un stagiaire non "
        "encore reclassé, celui de son ancien grade.",
    )
    echelon_depuis: date | None = Field(
        default=None, description="Date d’effet de l’échelon ; demandée à certains agrégés."
    )
    echelon_par: Literal["promotion", "classement"] = Field(
        default="promotion", description="Promotion, ou classement et reclassement."
    )
    statut: Statut = Field(default="titulaire", description="Titulaire ou stagiaire.")
    academie: Academie = Field(default="", description="Académie du poste actuel.")
    departement: str = Field(default="", description="Code du département du poste actuel.")
    discipline: str = Field(default="", description="Discipline, pour la barre d’entrée.")
    origine: Origine = Field(default="", description="Stagiaire : situation antérieure.")
    echelon_classement: EchelonNumero | None = Field(
        default=None,
        description="Ex-contractuel : échelon du classement au 1er septembre de l’année de stage, "
        "s’il diffère.",
    )
    contractuel_annees_etp: float = Field(
        default=0,
        ge=0,
        description="Ex-contractuel : services des deux années scolaires avant "
        "le stage, en équivalent temps plein.",
        json_schema_extra=unit("années"),
    )
    ancien_eap: bool = Field(default=False, description="Ancien emploi d’avenir professeur.")
    bonification_stagiaire: bool = Field(
        default=False, description="Stagiaire : bonification demandée sur le vœu 1."
    )
    bonification_stagiaire_deja_utilisee: bool = Field(
        default=False, description="Cette bonification a déjà servi dans les trois ans."
    )
    academie_stage: Academie = Field(default="", description="Stagiaire : académie de stage.")
    academie_concours: Academie = Field(
        default="", description="Stagiaire : académie d’inscription au concours."
    )
    ancienne_academie: Academie = Field(
        default="", description="Académie d’avant (réintégration, ancien titulaire)."
    )
    retour: Retour = Field(default="", description="Réintégration : fonctions quittées.")
    doit_etre_affecte: bool | None = Field(
        default=None, description="Sans poste à garder ; vide : déduit du statut et du retour."
    )
    anciennete_poste_annees: Annees | None = Field(
        default=None, description="Années complètes dans le poste au 31 août de la campagne."
    )
    interruption: Interruption = Field(
        default="", description="Ce qui a séparé deux périodes dans le même poste."
    )
    annees_avant_interruption: Annees = Field(
        default=0, description="Années dans le poste avant cette interruption."
    )
    detachement_annees: Annees = Field(
        default=0, description="Intégré après détachement : années de détachement."
    )
    corps_origine_annees: Annees = Field(
        default=0, description="Intégré après détachement : années dans le corps d’origine."
    )
    demandes: tuple[Demande, ...] = Field(
        default=(), max_length=1, description="Demande familiale, une seule."
    )
    conjoint: AutreParent | None = Field(default=None, description="Conjoint ou autre parent.")
    lien: Lien = Field(default="", description="Mariage, Pacs, enfant commun ou grossesse.")
    date_lien: date | None = Field(
        default=None, description="Date du mariage, du Pacs ou de la reconnaissance."
    )
    naissances: tuple[date, ...] = Field(default=(), description="Naissances des enfants.")
    enfants_a_naitre: int = Field(
        default=0, ge=0, description="Enfants à naître.", json_schema_extra=unit("enfants")
    )
    separation: tuple[AnneeSeparee, ...] = Field(default=(), description="Années séparés.")
    education_prioritaire: tuple[PosteEducationPrioritaire, ...] = Field(
        default=(), description="Éducation prioritaire, politique de la ville, CLA."
    )
    ex_apv_annees: Annees = Field(
        default=0, description="Lycée ex-APV : années au 31 août 2015 (campagnes 2018 et 2020)."
    )
    boe: bool = Field(default=False, description="Bénéficiaire de l’obligation d’emploi (RQTH).")
    dossier_handicap: Handicap = Field(default="", description="Dossier déposé, pour qui.")
    academies_handicap: tuple[Academie, ...] = Field(
        default=(), description="Académies qui amélioreraient la situation."
    )
    mayotte_annees: Annees = Field(default=0, description="Années continues à Mayotte.")
    guyane_annees: Annees = Field(default=0, description="Années en Guyane.")
    guyane_site_isole_annees: Annees = Field(
        default=0, description="Dont années continues sur un poste isolé."
    )
    sportif_annees_atp: Annees = Field(
        default=0, description="Sportif de haut niveau : années d’affectation provisoire."
    )
    demandes_consecutives: int = Field(
        default=1,
        ge=1,
        description="Demandes consécutives du même vœu 1, celle-ci comprise.",
        json_schema_extra=unit("demandes"),
    )
    cimm: Academie = Field(default="", description="Académie d’outre-mer du CIMM reconnu.")
    demandes_corse: int = Field(
        default=1,
        ge=1,
        description="Demandes consécutives de la Corse en vœu unique, celle-ci comprise.",
        json_schema_extra=unit("demandes"),
    )

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        if self.statut == "titulaire" and self.academie_stage:
            raise ValueError("academie_stage : elle ne concerne qu’un stagiaire")
        if self.demandes and self.demandes[0] != "parent_isole" and self.conjoint is None:
            raise ValueError("conjoint : l’académie de l’autre personne manque")
        return self
