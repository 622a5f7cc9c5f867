"""What is asked of a teacher of the first degree for the interdepartmental movement."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Literal, Self

from pydantic import Field, model_validator

from iprof_kit.calculate.interface.fields import Annees, EchelonNumero, Mois, Plain, unit
from iprof_kit.law.mobility.first.person import Activity, Bond, FamilyKind, Reason, School

Departement = str


class AbsencePeriode(Plain):
    """A period out of class."""

    motif: Reason = Field(description="Nature de la période.")
    debut: date = Field(description="Premier jour.")
    fin: date | None = Field(default=None, description="Dernier jour ; vide : en cours.")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        _refuse_reversed(self.debut, self.fin)
        return self


class Enfant(Plain):
    """A child, born or to be born."""

    naissance: date | None = Field(default=None, description="Date de naissance.")
    a_naitre: bool = Field(default=False, description="Enfant à naître.")

    @model_validator(mode="after")
    def _dated(self) -> Self:
        if self.naissance is None and not self.a_naitre:
            raise ValueError("donnez la date de naissance, ou a_naitre")
        return self


class AnneeSeparation(Plain):
    """A school year apart."""

    annee: int = Field(description="Année de la rentrée.", json_schema_extra=unit("année"))
    mois: Mois = Field(le=12, description="Mois de séparation dans l’année scolaire.")
    position: Literal["activite", "conge_parental", "disponibilite_conjoint"] = Field(
        default="activite", description="Ce que vous faisiez cette année-là."
    )


class DemandeFamiliale(Plain):
    """One request for family reasons."""

    demande: FamilyKind = Field(description="Ce qui est demandé.")
    departement: Departement = Field(
        default="", description="Département où exerce le conjoint ou l’autre parent."
    )
    lien: Bond | None = Field(default=None, description="Mariage, pacs ou enfant commun.")
    lien_depuis: date | None = Field(
        default=None, description="Date du mariage, du pacs ou de la reconnaissance."
    )
    activite: Activity = Field(default="emploi", description="Situation du conjoint.")
    enfants: tuple[Enfant, ...] = Field(default=(), description="Enfants à charge.")
    separation: tuple[AnneeSeparation, ...] = Field(default=(), description="Années séparés.")
    voeux_ameliorant: tuple[Departement, ...] = Field(
        default=(), description="Parent isolé : vœux qui améliorent la vie de l’enfant."
    )

    @model_validator(mode="after")
    def _placed(self) -> Self:
        if self.demande != "parent_isole" and not self.departement:
            raise ValueError("departement : le département du conjoint ou de l’autre parent manque")
        return self


class DemandeHandicap(Plain):
    """Recognised disability."""

    boe: bool = Field(default=False, description="Vous êtes bénéficiaire de l’obligation d’emploi.")
    dossier: Literal["agent", "conjoint", "enfant"] | None = Field(
        default=None, description="Pour qui un dossier est déposé auprès du DASEN."
    )
    voeux_ameliorant: tuple[Departement, ...] = Field(
        default=(), description="Vœux qui améliorent les conditions de vie."
    )
    naissance_enfant: date | None = Field(default=None, description="Naissance de l’enfant.")


class ServiceEcole(Plain):
    """Time in a school that gives a right."""

    ecoles: tuple[School, ...] = Field(min_length=1, description="Labels de l’école.")
    debut: date = Field(description="Premier jour.")
    fin: date | None = Field(default=None, description="Dernier jour ; vide : en cours.")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        _refuse_reversed(self.debut, self.fin)
        return self


class OutreMer(Plain):
    """Time in Mayotte or Guyane."""

    departement: Literal["976", "973"] = Field(description="976 Mayotte, 973 Guyane.")
    depuis: date = Field(description="Depuis quand, sans interruption.")
    suite_mobilite: bool = Field(description="Affectation à la suite d’une mobilité.")
    poste_isole_depuis: date | None = Field(default=None, description="Poste isolé en Guyane.")


class AncienVoeu(Plain):
    """The first wish of a past campaign."""

    campagne: int = Field(description="Campagne.", json_schema_extra=unit("année"))
    departement: Departement = Field(description="Vœu 1 de cette campagne.")
    annulee: bool = Field(default=False, description="Mutation obtenue puis annulée.")


class DemandeCimm(Plain):
    """Centre of material and moral interests."""

    departement: Departement = Field(description="Département d’outre-mer concerné.")
    irreversibles: int | None = Field(
        default=None,
        ge=0,
        description="Critères irréversibles.",
        json_schema_extra=unit("critères"),
    )
    reversibles: int | None = Field(
        default=None, ge=0, description="Critères réversibles.", json_schema_extra=unit("critères")
    )
    reconnu_le: date | None = Field(default=None, description="Date d’une reconnaissance.")


class Enseignant(Plain):
    """A teacher of the first degree who asks for another département."""

    departement: Departement = Field(description="Département actuel.")
    corps: Literal["pe", "instituteur"] = Field(default="pe", description="Corps.")
    grade: Literal["classe_normale", "hors_classe", "classe_exceptionnelle", "grade_unique"] = (
        Field(description="Grade.")
    )
    echelon: EchelonNumero = Field(description="Échelon détenu au 31 août précédant la campagne.")
    echelon_depuis: date | None = Field(default=None, description="Date d’effet de l’échelon.")
    echelon_par: Literal["promotion", "classement"] = Field(
        default="promotion", description="Promotion, ou classement et reclassement."
    )
    anciennete_departement_annees: Annees | None = Field(
        default=None, description="Ancienneté de titulaire dans le département, années."
    )
    anciennete_departement_mois: Mois | None = Field(
        default=None, description="Et mois entiers, en plus des années."
    )
    departement_depuis: date | None = Field(
        default=None, description="Arrivée comme titulaire, si l’ancienneté n’est pas donnée."
    )
    absences: tuple[AbsencePeriode, ...] = Field(default=(), description="Périodes hors classe.")
    famille: tuple[DemandeFamiliale, ...] = Field(default=(), description="Demandes familiales.")
    handicap: DemandeHandicap | None = Field(default=None, description="Handicap.")
    ecoles: tuple[ServiceEcole, ...] = Field(default=(), description="Éducation prioritaire, CLA.")
    outre_mer: OutreMer | None = Field(default=None, description="Mayotte ou Guyane.")
    poste_a_profil_depuis: date | None = Field(default=None, description="Poste à profil.")
    anciens_voeux: tuple[AncienVoeu, ...] = Field(default=(), description="Anciens vœux 1.")
    cimm: DemandeCimm | None = Field(default=None, description="CIMM.")

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        given = self.anciennete_departement_annees, self.anciennete_departement_mois
        if given != (None, None) and self.departement_depuis is not None:
            raise ValueError(
                "anciennete_departement_annees et departement_depuis se contredisent :"
                " donnez l’un ou l’autre"
            )
        if (self.corps == "instituteur") != (self.grade == "grade_unique"):
            raise ValueError("grade : grade_unique pour un instituteur, et pour lui seul")
        spans = sorted((absence.debut, absence.fin or date.max) for absence in self.absences)
        if any(after[0] <= before[1] for before, after in pairwise(spans)):
            raise ValueError("absences : deux périodes se chevauchent")
        return self


class VoeuxLies(Plain):
    """The other person of linked wishes."""

    enseignant: Enseignant = Field(description="L’autre enseignant du premier degré.")
    voeux: tuple[Departement, ...] = Field(min_length=1, description="Ses vœux, dans leur ordre.")
    lien: Bond = Field(description="Mariage, pacs ou enfant commun.")


class PremierDegre(Enseignant):
    """The person who asks, with the other person of linked wishes where there is one."""

    lies: VoeuxLies | None = Field(default=None, description="Vœux liés.")


def _refuse_reversed(first: date, last: date | None) -> None:
    if last is not None and last < first:
        raise ValueError("fin : antérieure au début")
