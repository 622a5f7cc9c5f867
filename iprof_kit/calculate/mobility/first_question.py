"""What is asked of a teacher of the first degree for the interdepartmental movement."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from iprof_kit.base.plain import Plain
from iprof_kit.base.reference import moving
from iprof_kit.base.words import corps_label
from iprof_kit.calculate.interface.bounds import (
    refuse_reversed,
    refuse_two_networks,
    within,
)
from iprof_kit.calculate.interface.fields import (
    AnneeCivile,
    Departement,
    DureeAnnees,
    DureeMois,
    EchelonNumero,
    Jour,
    Lieu,
)
from iprof_kit.law.mobility.first.person import Activity, Bond, FamilyKind, Reason, School
from iprof_kit.law.tables.cells import grades_of


class AbsencePeriode(Plain):
    """A period out of class."""

    motif: Reason = Field(description="Nature de la période.")
    debut: Jour = Field(description="Premier jour.")
    fin: Jour | None = Field(None, description="Dernier jour ; vide : en cours.")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        refuse_reversed(self.debut, self.fin)
        return self


class Enfant(Plain):
    """A child, born or to be born."""

    naissance: Jour | None = Field(None, description="Date de naissance.")
    a_naitre: bool = Field(False, description="Enfant à naître.")

    @model_validator(mode="after")
    def _dated(self) -> Self:
        if self.naissance is None and not self.a_naitre:
            raise ValueError("donnez la date de naissance, ou a_naitre")
        return self


class AnneeSeparation(Plain):
    """A school year apart."""

    annee: AnneeCivile = Field(description="Année de la rentrée.")
    mois: Annotated[DureeMois, Field(le=12)] = Field(
        description="Mois de séparation dans l’année scolaire."
    )
    position: Literal["activite", "conge_parental", "disponibilite_conjoint"] = Field(
        "activite", description="Ce que vous faisiez cette année-là."
    )


class DemandeFamiliale(Plain):
    """One request for family reasons."""

    demande: FamilyKind = Field(description="Ce qui est demandé.")
    departement: Departement = Field(
        "", description="Département où exerce le conjoint ou l’autre parent."
    )
    lien: Bond | None = Field(None, description="Mariage, pacs ou enfant commun.")
    lien_depuis: Jour | None = Field(
        None, description="Date du mariage, du pacs ou de la reconnaissance."
    )
    activite: Activity = Field("emploi", description="Situation du conjoint.")
    enfants: tuple[Enfant, ...] = Field((), description="Enfants à charge.")
    separation: tuple[AnneeSeparation, ...] = Field((), description="Années séparés.")
    voeux_ameliorant: tuple[Lieu, ...] = Field(
        (), description="Parent isolé : vœux qui améliorent la vie de l’enfant."
    )

    @model_validator(mode="after")
    def _placed(self) -> Self:
        if self.demande != "parent_isole" and not self.departement:
            raise ValueError("departement : le département du conjoint ou de l’autre parent manque")
        return self


class DemandeHandicap(Plain):
    """Recognised disability."""

    boe: bool = Field(False, description="Vous êtes bénéficiaire de l’obligation d’emploi.")
    dossier: Literal["agent", "conjoint", "enfant"] | None = Field(
        None, description="Pour qui un dossier est déposé auprès du DASEN."
    )
    voeux_ameliorant: tuple[Lieu, ...] = Field(
        (), description="Vœux qui améliorent les conditions de vie."
    )
    naissance_enfant: Jour | None = Field(None, description="Naissance de l’enfant.")


class ServiceEcole(Plain):
    """Time in a school that gives a right."""

    ecoles: Annotated[tuple[School, ...], Field(min_length=1)] = Field(
        description="Labels de l’école."
    )
    debut: Jour = Field(description="Premier jour.")
    fin: Jour | None = Field(None, description="Dernier jour ; vide : en cours.")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        refuse_reversed(self.debut, self.fin)
        refuse_two_networks(self.ecoles)
        return self


class OutreMer(Plain):
    """Time in Mayotte or Guyane."""

    departement: Literal["976", "973"] = Field(description="976 Mayotte, 973 Guyane.")
    depuis: Jour = Field(description="Depuis quand, sans interruption.")
    suite_mobilite: bool = Field(description="Affectation à la suite d’une mobilité.")
    poste_isole_depuis: Jour | None = Field(None, description="Poste isolé en Guyane.")


class AncienVoeu(Plain):
    """The first wish of a past campaign."""

    campagne: AnneeCivile = Field(description="Campagne.")
    departement: Departement = Field(description="Vœu 1 de cette campagne.")
    annulee: bool = Field(False, description="Mutation obtenue puis annulée.")


class DemandeCimm(Plain):
    """Centre of material and moral interests."""

    departement: Departement = Field(description="Département d’outre-mer concerné.")
    irreversibles: Annotated[int, within("criteres")] | None = Field(
        None, description="Critères irréversibles."
    )
    reversibles: Annotated[int, within("criteres")] | None = Field(
        None, description="Critères réversibles."
    )
    reconnu_le: Jour | None = Field(None, description="Date d’une reconnaissance.")


class Enseignant(Plain):
    """A teacher of the first degree who asks for another département."""

    departement: Departement = Field(description="Département actuel.")
    corps: Literal[moving("1d")] = Field(moving("1d")[0], description="Corps.")  # type: ignore[valid-type]  # a table has them
    grade: Literal["classe_normale", "hors_classe", "classe_exceptionnelle", "grade_unique"] = (
        Field(description="Grade.")
    )
    echelon: EchelonNumero = Field(description="Échelon détenu au 31 août précédant la campagne.")
    echelon_depuis: Jour | None = Field(None, description="Date d’effet de l’échelon.")
    echelon_par: Literal["promotion", "classement"] = Field(
        "promotion", description="Promotion, ou classement et reclassement."
    )
    anciennete_departement_annees: DureeAnnees | None = Field(
        None, description="Ancienneté de titulaire dans le département, années."
    )
    anciennete_departement_mois: DureeMois | None = Field(
        None, description="Et mois entiers, en plus des années."
    )
    departement_depuis: Jour | None = Field(
        None, description="Arrivée comme titulaire, si l’ancienneté n’est pas donnée."
    )
    absences: tuple[AbsencePeriode, ...] = Field((), description="Périodes hors classe.")
    famille: tuple[DemandeFamiliale, ...] = Field((), description="Demandes familiales.")
    handicap: DemandeHandicap | None = Field(None, description="Handicap.")
    ecoles: tuple[ServiceEcole, ...] = Field((), description="Éducation prioritaire, CLA.")
    outre_mer: OutreMer | None = Field(None, description="Mayotte ou Guyane.")
    poste_a_profil_depuis: Jour | None = Field(None, description="Poste à profil.")
    anciens_voeux: tuple[AncienVoeu, ...] = Field((), description="Anciens vœux 1.")
    cimm: DemandeCimm | None = Field(None, description="CIMM.")

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        given = self.anciennete_departement_annees, self.anciennete_departement_mois
        if given != (None, None) and self.departement_depuis is not None:
            raise ValueError(
                "anciennete_departement_annees et departement_depuis se contredisent :"
                " donnez l’un ou l’autre"
            )
        if self.grade not in grades_of(self.corps):
            own = [corps_label(one) for one in moving("1d") if self.grade in grades_of(one)]
            whom = " ou ".join(own).lower()
            raise ValueError(f"grade : {self.grade} pour un {whom}, et pour lui seul")
        spans = sorted((absence.debut, absence.fin or date.max) for absence in self.absences)
        if any(after[0] <= before[1] for before, after in pairwise(spans)):
            raise ValueError("absences : deux périodes se chevauchent")
        return self


class VoeuxLies(Plain):
    """The other person of linked wishes."""

    enseignant: Enseignant = Field(description="L’autre enseignant du premier degré.")
    voeux: tuple[Lieu, ...] = Field(min_length=1, description="Ses vœux, dans leur ordre.")
    lien: Bond = Field(description="Mariage, pacs ou enfant commun.")


class PremierDegre(Enseignant):
    """The person who asks, with the other person of linked wishes where there is one."""

    lies: VoeuxLies | None = Field(default=None, description="Vœux liés.")
