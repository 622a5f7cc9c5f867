"""What is asked of a teacher, CPE or PsyEN for the inter-academic movement."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from iprof_kit.base.plain import Plain
from iprof_kit.base.reference import moving
from iprof_kit.calculate.interface.bounds import refuse_two_networks, within
from iprof_kit.calculate.interface.fields import (
    Academie,
    AnneeCivile,
    Departement,
    DureeAnnees,
    DureeMois,
    EchelonNumero,
    Enfants,
    Jour,
    Phrase,
)
from iprof_kit.law.mobility.second.person import (
    Activite,
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


class AutreParent(Plain):
    """The spouse, or the other parent of an authority shared."""

    academie: Academie = Field(description="Académie de sa résidence professionnelle.")
    academie_privee: Academie = Field(
        "", description="Académie de la résidence privée, si elle est compatible."
    )
    departement: Departement = Field(
        "", description="Code du département de sa résidence professionnelle."
    )
    activite: Activite = Field("activite", description="Sa situation professionnelle.")
    teletravail: bool = Field(False, description="Le lieu donné est celui du télétravail.")
    statut: Literal[Statut, ""] = Field(
        "", description="Mutation simultanée : titulaire ou stagiaire."
    )
    voeux_identiques: bool | None = Field(
        None, description="Mutation simultanée : mêmes vœux, dans le même ordre."
    )


class AnneeSeparee(Plain):
    """A school year apart."""

    annee: AnneeCivile = Field(description="Année de la rentrée.")
    mois: Annotated[DureeMois, Field(le=12)] = Field(
        description="Mois de séparation dans l’année scolaire."
    )
    position: Position = Field(
        "activite", description="Votre position administrative cette année-là."
    )


class PosteEducationPrioritaire(Plain):
    """A post in an establishment of a label."""

    label: Label = Field(description="Classement de l’établissement.")
    annees: DureeAnnees = Field(
        description="Années effectives et continues dans l’établissement au 31 août de la "
        "campagne ; le service minimal d’une année est celui de la note de service."
    )
    affecte: bool = Field(
        True, description="Toujours affecté à la demande (CLA : au 1er septembre précédent)."
    )


class SecondDegre(Plain):
    """The person who asks for another academy."""

    corps: Literal[moving("2d")] = Field(description="Corps.")  # type: ignore[valid-type]  # a table has them
    grade: Grade = Field(description="Grade.")
    echelon: EchelonNumero = Field(
        description="Échelon détenu au 31 août précédant la campagne ; pour un stagiaire non "
        "encore reclassé, celui de son ancien grade."
    )
    echelon_depuis: Jour | None = Field(
        None, description="Date d’effet de l’échelon ; demandée à certains agrégés."
    )
    echelon_par: Literal["promotion", "classement"] = Field(
        "promotion", description="Promotion, ou classement et reclassement."
    )
    statut: Statut = Field("titulaire", description="Titulaire ou stagiaire.")
    academie: Academie = Field("", description="Académie du poste actuel.")
    departement: Departement = Field("", description="Code du département du poste actuel.")
    discipline: Phrase = Field("", description="Discipline, pour la barre d’entrée.")
    origine: Origine = Field("", description="Stagiaire : situation antérieure.")
    echelon_classement: EchelonNumero | None = Field(
        None,
        description="Ex-contractuel : échelon du classement au 1er septembre de l’année de stage, "
        "s’il diffère.",
    )
    contractuel_annees_etp: Annotated[float, within("duree_annees")] = Field(
        0,
        description="Ex-contractuel : services d’avant le stage que la note de service compte, "
        "en équivalent temps plein.",
    )
    ancien_eap: bool = Field(False, description="Ancien emploi d’avenir professeur.")
    bonification_stagiaire: bool = Field(
        False, description="Stagiaire : bonification demandée sur le vœu 1."
    )
    bonification_stagiaire_deja_utilisee: bool = Field(
        False,
        description="Cette bonification a déjà servi, dans le délai où elle ne sert qu’une fois.",
    )
    academie_stage: Academie = Field("", description="Stagiaire : académie de stage.")
    academie_concours: Academie = Field(
        "", description="Stagiaire : académie d’inscription au concours."
    )
    ancienne_academie: Academie = Field(
        "", description="Académie d’avant (réintégration, ancien titulaire)."
    )
    retour: Retour = Field("", description="Réintégration : fonctions quittées.")
    doit_etre_affecte: bool | None = Field(
        None, description="Sans poste à garder ; vide : déduit du statut et du retour."
    )
    anciennete_poste_annees: DureeAnnees | None = Field(
        None, description="Années complètes dans le poste au 31 août de la campagne."
    )
    interruption: Interruption = Field(
        "", description="Ce qui a séparé deux périodes dans le même poste."
    )
    annees_avant_interruption: DureeAnnees = Field(
        0, description="Années dans le poste avant cette interruption."
    )
    detachement_annees: DureeAnnees = Field(
        0, description="Intégration après détachement : années de détachement."
    )
    corps_origine_annees: DureeAnnees = Field(
        0, description="Intégration après détachement : années dans le corps d’origine."
    )
    demandes: Annotated[tuple[Demande, ...], Field(max_length=1)] = Field(
        (), description="Demande familiale, une seule."
    )
    conjoint: AutreParent | None = Field(None, description="Conjoint ou autre parent.")
    lien: Lien = Field("", description="Mariage, Pacs, enfant commun ou grossesse.")
    date_lien: Jour | None = Field(
        None, description="Date du mariage, du Pacs ou de la reconnaissance."
    )
    naissances: tuple[Jour, ...] = Field((), description="Naissances des enfants.")
    enfants_a_naitre: Enfants = Field(0, description="Enfants à naître.")
    separation: tuple[AnneeSeparee, ...] = Field((), description="Années séparés.")
    education_prioritaire: tuple[PosteEducationPrioritaire, ...] = Field(
        (), description="Éducation prioritaire, politique de la ville, CLA."
    )
    ex_apv_annees: DureeAnnees = Field(
        0, description="Lycée ex-APV : années au 31 août 2015 (campagnes 2018 et 2020)."
    )
    boe: bool = Field(False, description="Bénéficiaire de l’obligation d’emploi (RQTH).")
    dossier_handicap: Handicap = Field("", description="Dossier déposé, pour qui.")
    academies_handicap: tuple[Academie, ...] = Field(
        (), description="Académies qui amélioreraient la situation."
    )
    mayotte_annees: DureeAnnees = Field(0, description="Années continues à Mayotte.")
    guyane_annees: DureeAnnees = Field(0, description="Années en Guyane.")
    guyane_site_isole_annees: DureeAnnees = Field(
        0, description="Dont années continues sur un poste isolé."
    )
    sportif_annees_atp: DureeAnnees = Field(
        0, description="Sportif de haut niveau : années d’affectation provisoire."
    )
    demandes_consecutives: Annotated[int, within("demandes")] = Field(
        1, description="Demandes consécutives du même vœu 1, celle-ci comprise."
    )
    cimm: Academie = Field("", description="Académie d’outre-mer du CIMM reconnu.")
    demandes_corse: Annotated[int, within("demandes")] = Field(
        1, description="Demandes consécutives de la Corse en vœu unique, celle-ci comprise."
    )

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        if self.statut == "titulaire" and self.academie_stage:
            raise ValueError("academie_stage : elle ne concerne qu’un stagiaire")
        refuse_two_networks([post.label for post in self.education_prioritaire if post.affecte])
        if self.demandes and self.demandes[0] != "parent_isole" and self.conjoint is None:
            raise ValueError("conjoint : l’académie de l’autre personne manque")
        return self
