"""What is asked of a teacher of the first degree for the interdepartmental movement."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Annotated, Any, Literal, Self

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
    DureeAnnees,
    DureeMois,
    EchelonNumero,
    Jour,
)
from iprof_kit.calculate.interface.forms import Words, form_of
from iprof_kit.law.mobility.first.person import (
    Absence,
    Bond,
    Child,
    Cimm,
    FamilyRequest,
    Handicap,
    OldWish,
    Overseas,
    Person1D,
    School,
    SchoolService,
    SeparatedYear,
)
from iprof_kit.law.tables.cells import grades_of

ABSENCE_PERIODE = {
    "motif": Words("Nature de la période."),
    "debut": Words("Premier jour."),
    "fin": Words("Dernier jour ; vide : en cours."),
}


@form_of(Absence, ABSENCE_PERIODE)
class AbsencePeriode(Plain):
    """A period out of class."""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        asked: Any = self
        refuse_reversed(asked.debut, asked.fin)
        return self


ENFANT = {
    "naissance": Words("Date de naissance."),
    "a_naitre": Words("Enfant à naître."),
}


@form_of(Child, ENFANT)
class Enfant(Plain):
    """A child, born or to be born."""

    @model_validator(mode="after")
    def _dated(self) -> Self:
        asked: Any = self
        if asked.naissance is None and not asked.a_naitre:
            raise ValueError("donnez la date de naissance, ou a_naitre")
        return self


ANNEE_SEPARATION = {
    "annee": Words("Année de la rentrée.", AnneeCivile),
    "mois": Words("Mois de séparation dans l’année scolaire.", Annotated[DureeMois, Field(le=12)]),
    "position": Words("Ce que vous faisiez cette année-là."),
}


@form_of(SeparatedYear, ANNEE_SEPARATION)
class AnneeSeparation(Plain):
    """A school year apart."""


DEMANDE_FAMILIALE = {
    "demande": Words("Ce qui est demandé."),
    "departement": Words("Département où exerce le conjoint ou l’autre parent."),
    "lien": Words("Mariage, pacs ou enfant commun."),
    "lien_depuis": Words("Date du mariage, du pacs ou de la reconnaissance."),
    "activite": Words("Situation du conjoint."),
    "enfants": Words("Enfants à charge.", tuple[Enfant, ...]),
    "separation": Words("Années séparés.", tuple[AnneeSeparation, ...]),
    "voeux_ameliorant": Words("Parent isolé : vœux qui améliorent la vie de l’enfant."),
}


@form_of(FamilyRequest, DEMANDE_FAMILIALE)
class DemandeFamiliale(Plain):
    """One request for family reasons."""

    @model_validator(mode="after")
    def _placed(self) -> Self:
        asked: Any = self
        if asked.demande != "parent_isole" and not asked.departement:
            raise ValueError("departement : le département du conjoint ou de l’autre parent manque")
        return self


DEMANDE_HANDICAP = {
    "boe": Words("Vous êtes bénéficiaire de l’obligation d’emploi."),
    "dossier": Words("Pour qui un dossier est déposé auprès du DASEN."),
    "voeux_ameliorant": Words("Vœux qui améliorent les conditions de vie."),
    "naissance_enfant": Words("Naissance de l’enfant."),
}


@form_of(Handicap, DEMANDE_HANDICAP)
class DemandeHandicap(Plain):
    """Recognised disability."""


SERVICE_ECOLE = {
    "ecoles": Words("Labels de l’école.", Annotated[tuple[School, ...], Field(min_length=1)]),
    "debut": Words("Premier jour."),
    "fin": Words("Dernier jour ; vide : en cours."),
}


@form_of(SchoolService, SERVICE_ECOLE)
class ServiceEcole(Plain):
    """Time in a school that gives a right."""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        asked: Any = self
        refuse_reversed(asked.debut, asked.fin)
        refuse_two_networks(asked.ecoles)
        return self


OUTRE_MER = {
    "departement": Words("976 Mayotte, 973 Guyane."),
    "depuis": Words("Depuis quand, sans interruption."),
    "suite_mobilite": Words("Affectation à la suite d’une mobilité."),
    "poste_isole_depuis": Words("Poste isolé en Guyane."),
}


@form_of(Overseas, OUTRE_MER)
class OutreMer(Plain):
    """Time in Mayotte or Guyane."""


ANCIEN_VOEU = {
    "campagne": Words("Campagne.", AnneeCivile),
    "departement": Words("Vœu 1 de cette campagne."),
    "annulee": Words("Mutation obtenue puis annulée."),
}


@form_of(OldWish, ANCIEN_VOEU)
class AncienVoeu(Plain):
    """The first wish of a past campaign."""


DEMANDE_CIMM = {
    "departement": Words("Département d’outre-mer concerné."),
    "irreversibles": Words(
        "Critères irréversibles.",
        Annotated[int, within("criteres")] | None,
    ),
    "reversibles": Words(
        "Critères réversibles.",
        Annotated[int, within("criteres")] | None,
    ),
    "reconnu_le": Words("Date d’une reconnaissance."),
}


@form_of(Cimm, DEMANDE_CIMM)
class DemandeCimm(Plain):
    """Centre of material and moral interests."""


ENSEIGNANT = {
    "departement": Words("Département actuel."),
    "corps": Words("Corps.", Literal[moving("1d")]),
    "grade": Words("Grade."),
    "echelon": Words("Échelon détenu au 31 août précédant la campagne.", EchelonNumero),
    "echelon_depuis": Words("Date d’effet de l’échelon."),
    "echelon_par": Words("Promotion, ou classement et reclassement."),
    "anciennete_departement_annees": Words(
        "Ancienneté de titulaire dans le département, années.", DureeAnnees
    ),
    "anciennete_departement_mois": Words("Et mois entiers, en plus des années.", DureeMois),
    "departement_depuis": Words("Arrivée comme titulaire, si l’ancienneté n’est pas donnée."),
    "absences": Words("Périodes hors classe.", tuple[AbsencePeriode, ...]),
    "famille": Words("Demandes familiales.", tuple[DemandeFamiliale, ...]),
    "handicap": Words("Handicap.", DemandeHandicap),
    "ecoles": Words("Éducation prioritaire, CLA.", tuple[ServiceEcole, ...]),
    "outre_mer": Words("Mayotte ou Guyane.", OutreMer),
    "poste_a_profil_depuis": Words("Poste à profil."),
    "anciens_voeux": Words("Anciens vœux 1.", tuple[AncienVoeu, ...]),
    "cimm": Words("CIMM.", DemandeCimm),
}


@form_of(Person1D, ENSEIGNANT, not_asked=("anciennete_mois", "lie"))
class Enseignant(Plain):
    """A teacher of the first degree who asks for another département."""

    corps: str = moving("1d")[0]
    echelon_depuis: Jour | None = None
    echelon_par: Literal["promotion", "classement"] = "promotion"
    anciennete_departement_annees: int | None = None
    anciennete_departement_mois: int | None = None

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        asked: Any = self
        given = asked.anciennete_departement_annees, asked.anciennete_departement_mois
        if given != (None, None) and asked.departement_depuis is not None:
            raise ValueError(
                "anciennete_departement_annees et departement_depuis se contredisent :"
                " donnez l’un ou l’autre"
            )
        if asked.grade not in grades_of(asked.corps):
            own = [corps_label(one) for one in moving("1d") if asked.grade in grades_of(one)]
            whom = " ou ".join(own).lower()
            raise ValueError(f"grade : {asked.grade} pour un {whom}, et pour lui seul")
        spans = sorted((absence.debut, absence.fin or date.max) for absence in asked.absences)
        if any(after[0] <= before[1] for before, after in pairwise(spans)):
            raise ValueError("absences : deux périodes se chevauchent")
        return self


class VoeuxLies(Plain):
    """The other person of linked wishes."""

    enseignant: Enseignant = Field(description="L’autre enseignant du premier degré.")
    voeux: tuple[str, ...] = Field(min_length=1, description="Ses vœux, dans leur ordre.")
    lien: Bond = Field(description="Mariage, pacs ou enfant commun.")


class PremierDegre(Enseignant):
    """The person who asks, with the other person of linked wishes where there is one."""

    lies: VoeuxLies | None = Field(default=None, description="Vœux liés.")
