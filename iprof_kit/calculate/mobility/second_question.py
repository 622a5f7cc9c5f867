"""What is asked of a teacher, CPE or PsyEN for the inter-academic movement."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from iprof_kit.base.plain import Plain
from iprof_kit.base.reference import moving
from iprof_kit.calculate.interface.bounds import refuse_two_networks, within
from iprof_kit.calculate.interface.fields import (
    AnneeCivile,
    DureeAnnees,
    DureeMois,
    EchelonNumero,
    Enfants,
)
from iprof_kit.calculate.interface.forms import Words, form_of
from iprof_kit.law.mobility.second.person import (
    Demande,
    OtherParent,
    Person2D,
    PriorityPost,
    SeparationYear,
)

AUTRE_PARENT = {
    "academie": Words("Académie de sa résidence professionnelle."),
    "academie_privee": Words("Académie de la résidence privée, si elle est compatible."),
    "departement": Words("Code du département de sa résidence professionnelle."),
    "activite": Words("Sa situation professionnelle."),
    "teletravail": Words("Le lieu donné est celui du télétravail."),
    "statut": Words("Mutation simultanée : titulaire ou stagiaire."),
    "voeux_identiques": Words("Mutation simultanée : mêmes vœux, dans le même ordre."),
}


@form_of(OtherParent, AUTRE_PARENT)
class AutreParent(Plain):
    """The spouse, or the other parent of an authority shared."""


ANNEE_SEPAREE = {
    "annee": Words("Année de la rentrée.", AnneeCivile),
    "mois": Words("Mois de séparation dans l’année scolaire.", Annotated[DureeMois, Field(le=12)]),
    "position": Words("Votre position administrative cette année-là."),
}


@form_of(SeparationYear, ANNEE_SEPAREE)
class AnneeSeparee(Plain):
    """A school year apart."""


POSTE_EDUCATION_PRIORITAIRE = {
    "label": Words("Classement de l’établissement."),
    "annees": Words(
        "Années effectives et continues dans l’établissement au 31 août de la campagne ; "
        "le service minimal d’une année est celui de la note de service.",
        DureeAnnees,
    ),
    "affecte": Words("Toujours affecté à la demande (CLA : au 1er septembre précédent)."),
}


@form_of(PriorityPost, POSTE_EDUCATION_PRIORITAIRE)
class PosteEducationPrioritaire(Plain):
    """A post in an establishment of a label."""


SECOND_DEGRE = {
    "corps": Words("Corps.", Literal[moving("2d")]),
    "grade": Words("Grade."),
    "echelon": Words(
        "Échelon détenu au 31 août précédant la campagne ; pour un stagiaire non "
        "encore reclassé, celui de son ancien grade.",
        EchelonNumero,
    ),
    "echelon_depuis": Words("Date d’effet de l’échelon ; demandée à certains agrégés."),
    "echelon_par": Words("Promotion, ou classement et reclassement."),
    "statut": Words("Titulaire ou stagiaire."),
    "academie": Words("Académie du poste actuel."),
    "departement": Words("Code du département du poste actuel."),
    "discipline": Words("Discipline, pour la barre d’entrée."),
    "origine": Words("Stagiaire : situation antérieure."),
    "echelon_classement": Words(
        "Ex-contractuel : échelon du classement au 1er septembre de l’année de stage, "
        "s’il diffère.",
        EchelonNumero,
    ),
    "contractuel_annees_etp": Words(
        "Ex-contractuel : services d’avant le stage que la note de service compte, "
        "en équivalent temps plein.",
        Annotated[float, within("duree_annees")],
    ),
    "ancien_eap": Words("Ancien emploi d’avenir professeur."),
    "bonification_stagiaire": Words("Stagiaire : bonification demandée sur le vœu 1."),
    "bonification_stagiaire_deja_utilisee": Words(
        "Cette bonification a déjà servi, dans le délai où elle ne sert qu’une fois."
    ),
    "academie_stage": Words("Stagiaire : académie de stage."),
    "academie_concours": Words("Stagiaire : académie d’inscription au concours."),
    "ancienne_academie": Words("Académie d’avant (réintégration, ancien titulaire)."),
    "retour": Words("Réintégration : fonctions quittées."),
    "doit_etre_affecte": Words("Sans poste à garder ; vide : déduit du statut et du retour."),
    "anciennete_poste_annees": Words(
        "Années complètes dans le poste au 31 août de la campagne.", DureeAnnees
    ),
    "interruption": Words("Ce qui a séparé deux périodes dans le même poste."),
    "annees_avant_interruption": Words(
        "Années dans le poste avant cette interruption.", DureeAnnees
    ),
    "detachement_annees": Words(
        "Intégration après détachement : années de détachement.", DureeAnnees
    ),
    "corps_origine_annees": Words(
        "Intégration après détachement : années dans le corps d’origine.", DureeAnnees
    ),
    "demandes": Words(
        "Demande familiale, une seule.", Annotated[tuple[Demande, ...], Field(max_length=1)]
    ),
    "conjoint": Words("Conjoint ou autre parent.", AutreParent),
    "lien": Words("Mariage, Pacs, enfant commun ou grossesse."),
    "date_lien": Words("Date du mariage, du Pacs ou de la reconnaissance."),
    "naissances": Words("Naissances des enfants."),
    "enfants_a_naitre": Words("Enfants à naître.", Enfants),
    "separation": Words("Années séparés.", tuple[AnneeSeparee, ...]),
    "education_prioritaire": Words(
        "Éducation prioritaire, politique de la ville, CLA.", tuple[PosteEducationPrioritaire, ...]
    ),
    "ex_apv_annees": Words(
        "Lycée ex-APV : années au 31 août 2015 (campagnes 2018 et 2020).", DureeAnnees
    ),
    "boe": Words("Bénéficiaire de l’obligation d’emploi (RQTH)."),
    "dossier_handicap": Words("Dossier déposé, pour qui."),
    "academies_handicap": Words("Académies qui amélioreraient la situation."),
    "mayotte_annees": Words("Années continues à Mayotte.", DureeAnnees),
    "guyane_annees": Words("Années en Guyane.", DureeAnnees),
    "guyane_site_isole_annees": Words("Dont années continues sur un poste isolé.", DureeAnnees),
    "sportif_annees_atp": Words(
        "Sportif de haut niveau : années d’affectation provisoire.", DureeAnnees
    ),
    "demandes_consecutives": Words(
        "Demandes consécutives du même vœu 1, celle-ci comprise.",
        Annotated[int, within("demandes")],
    ),
    "cimm": Words("Académie d’outre-mer du CIMM reconnu."),
    "demandes_corse": Words(
        "Demandes consécutives de la Corse en vœu unique, celle-ci comprise.",
        Annotated[int, within("demandes")],
    ),
}


@form_of(Person2D, SECOND_DEGRE)
class SecondDegre(Plain):
    """The person who asks for another academy."""

    discipline: str = ""

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        asked: Any = self
        if asked.statut == "titulaire" and asked.academie_stage:
            raise ValueError("academie_stage : elle ne concerne qu’un stagiaire")
        refuse_two_networks([post.label for post in asked.education_prioritaire if post.affecte])
        if asked.demandes and asked.demandes[0] != "parent_isole" and asked.conjoint is None:
            raise ValueError("conjoint : l’académie de l’autre personne manque")
        return self
