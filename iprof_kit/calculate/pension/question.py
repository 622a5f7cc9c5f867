"""What one may ask about a pension of the State: the person, her services, her departure dates."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from iprof_kit.base.calendar import YEAR, axis_of
from iprof_kit.base.plain import Plain
from iprof_kit.calculate.interface.bounds import (
    refuse_before_life,
    refuse_longer_than_life,
    refuse_reversed,
    within,
)
from iprof_kit.calculate.interface.fields import (
    LONGEST,
    AnneeCivile,
    Chevron,
    Corps,
    DureeJours,
    DureeMois,
    Echelon,
    Enfants,
    Grade,
    IndiceMajore,
    Jour,
    MontantAnnuel,
    Part,
    Quotite,
    TrimestresValides,
    words_of_the_law,
)

Nature = Literal[
    "activite",
    "temps_partiel_droit_enfant",
    "conge_parental",
    "disponibilite_enfant",
    "hors_services",
]
Zone = Literal["hors_europe", "hors_zone_origine", "afrique_du_nord"]
_PART_TIME = "Temps partiel de droit à cette quotité."
_BEFORE = "Validés avant la fin de l’année civile de cet âge."
_QUARTER_PART = 1 / (2 * 2)
PartTime = Annotated[Quotite, Field(lt=100)]


class PeriodeService(Plain):
    """One period of a civil servant’s career."""

    debut: Jour = Field(description="Premier jour.")
    fin: Jour | None = Field(
        default=None, description="Dernier jour ; absent : jusqu’à la date de départ."
    )
    nature: Nature = Field(
        default="activite",
        description="« hors_services » : disponibilité sans enfant, grève, temps non compté.",
    )
    quotite: Quotite = Field(default=100, description="Quotité travaillée.")
    surcotise: bool = Field(default=False, description="Cotisation payée sur un temps plein.")
    enfant: Annotated[int, within("enfants", "rang")] | None = Field(
        default=None, ge=1, description="Rang, dans « enfants », de l’enfant concerné."
    )

    @model_validator(mode="after")
    def _coherent(self) -> Self:
        refuse_reversed(self.debut, self.fin)
        if (
            self.nature in ("temps_partiel_droit_enfant", "conge_parental", "disponibilite_enfant")
            and self.enfant is None
        ):
            raise ValueError("enfant : indiquez le rang de l’enfant pour cette période.")
        return self


class TotauxServices(Plain):
    """Services already counted (statement of career), and the quotité worked afterwards."""

    arrete_au: Jour = Field(description="Jour du relevé : les totaux s’arrêtent à sa veille.")
    liquidation_jours: DureeJours = Field(description="Comptés dans le montant (à la quotité).")
    assurance_jours: DureeJours | None = Field(
        default=None, description="Comptés dans la durée ; absent : comme la liquidation."
    )
    quotite_ensuite: Quotite = Field(
        default=100, description="Quotité travaillée du relevé jusqu’au départ."
    )


class Enfant(Plain):
    """A child, and what the person gave up for it."""

    model_config = words_of_the_law("parametres_pension")

    naissance: Jour = Field(description="Naissance (ou adoption).")
    interruption_mois: DureeMois = Field(
        default=0, description="Plus longue interruption continue d’activité pour cet enfant."
    )
    temps_partiel_50_mois: DureeMois = Field(default=0, description=_PART_TIME)
    temps_partiel_60_mois: DureeMois = Field(default=0, description=_PART_TIME)
    temps_partiel_70_mois: DureeMois = Field(default=0, description=_PART_TIME)
    accouchement_apres_recrutement: bool = Field(
        default=False, description="La personne est la mère et a accouché après son recrutement."
    )
    etudes_recrutement_mois: DureeMois | None = Field(
        default=None,
        description="Accouchement pendant les études : délai du diplôme au recrutement.",
    )
    eleve_depuis: Jour | None = Field(
        default=None, description="Jour depuis lequel l’enfant est élevé ; absent : sa naissance."
    )
    invalide_education_mois: DureeMois = Field(
        default=0,
        description="Éducation à la maison d’un enfant invalide à "
        "{majoration_duree_enfant_invalide_taux:%} au moins.",
    )


class Sejour(Plain):
    """Civil service done outside Europe."""

    zone: Zone = Field(description="Où le service a été rendu.")
    duree_jours: DureeJours = Field(description="Durée du séjour.")
    conges_hors_territoire_jours: DureeJours = Field(
        default=0, description="Congés passés hors du territoire, déduits."
    )
    mission: bool = Field(default=False, description="Mission, et non affectation.")


class EnseignementTechnique(Plain):
    """What opens the bonification of technical teachers."""

    recrutement: Jour = Field(description="Date du recrutement.")
    activite_exigee_mois: DureeMois = Field(description="Durée exigée par le concours externe.")
    voie: Literal["externe_experience", "externe_diplome", "interne"] = Field(
        description="Comment le concours a été ouvert."
    )


class CarriereLongue(Plain):
    """Quarters of the beginning and contributed quarters, all schemes."""

    avant_16_ans: TrimestresValides = Field(default=0, description=_BEFORE)
    avant_18_ans: TrimestresValides = Field(default=0, description=_BEFORE)
    avant_20_ans: TrimestresValides = Field(default=0, description=_BEFORE)
    avant_21_ans: TrimestresValides = Field(default=0, description=_BEFORE)
    cotises: TrimestresValides = Field(
        description="Trimestres effectivement cotisés, tous régimes."
    )
    service_national: TrimestresValides = Field(
        default=0, description="Trimestres de service national."
    )
    maladie: TrimestresValides = Field(default=0, description="Trimestres de maladie.")
    maternite: TrimestresValides = Field(default=0, description="Trimestres de maternité.")
    avpf: TrimestresValides = Field(
        default=0, description="Trimestres d’assurance vieillesse des parents au foyer."
    )
    enfants: TrimestresValides = Field(default=0, description="Trimestres attribués pour enfants.")


class CotisationRafp(Plain):
    """What both paid to the RAFP in a year."""

    annee: AnneeCivile = Field(description="Année des cotisations.")
    montant: MontantAnnuel = Field(description="Parts de l’agent et de l’employeur.")


class TrimestresAnnee(Plain):
    """Quarters of other basic schemes in a civil year."""

    annee: AnneeCivile = Field(description="Année civile.")
    trimestres: TrimestresValides = Field(description="Trimestres validés cette année-là.")


class Instituteur(Plain):
    """Services as an instituteur: the active category."""

    services_mois: DureeMois = Field(
        default=0, description="Services d’instituteur, en mois ; sans ceux de « depuis »."
    )
    depuis: Jour | None = Field(
        default=None,
        description="Jour depuis lequel ces services courent, pour qui reste instituteur jusqu’à "
        "son départ.",
    )
    quinze_ans_le: Jour | None = Field(
        default=None, description="Jour où la durée exigée avant la loi de 2010 a été atteinte."
    )
    integration_pe_le: Jour | None = Field(
        default=None, description="Intégration dans le corps des professeurs des écoles."
    )
    option_limite_age: bool = Field(
        default=False, description="Option pour la limite d’âge des instituteurs."
    )


class Foyer(Plain):
    """What social levies depend on."""

    rfr: MontantAnnuel = Field(description="Revenu fiscal de référence de l’avant-dernière année.")
    parts: Annotated[float, within("parts_fiscales")] = Field(
        description="Parts fiscales.", default=1, multiple_of=_QUARTER_PART
    )
    rfr_precedent: MontantAnnuel | None = Field(
        default=None, description="Revenu fiscal de référence de l’année d’avant."
    )
    outre_mer: bool = Field(default=False, description="Domicile dans un département d’outre-mer.")


class ProjetSurcotisation(Plain):
    """A part-time on authorisation for which one would pay as for full time."""

    quotite: PartTime = Field(description="Quotité travaillée.")
    demande: Jour = Field(description="Jour de la demande : le taux en dépend.")


class Cumul(Plain):
    """Work taken up again after retirement."""

    revenu_annuel: MontantAnnuel = Field(description="Revenu brut du travail.")
    toutes_pensions_liquidees: bool = Field(description="Toutes les pensions dues sont servies.")


class PensionQuestion(Plain):
    """One person, one to twelve departure dates, the day that counts as today."""

    model_config = words_of_the_law("retraite_parametres", "parametres_pension")

    naissance: Jour = Field(description="Date de naissance.")
    aujourdhui: Jour = Field(description="Jour de la simulation : un jour passé rejoue son droit.")
    departs: tuple[Jour, ...] = Field(
        min_length=1, max_length=12, description="Jours de cessation à comparer."
    )
    corps: Corps | None = Field(
        default=None, description="Code du corps (pe, certifie…) : premier degré, et grille."
    )
    grade: Grade | None = Field(default=None, description="Grade détenu en fin de carrière.")
    echelon: Echelon | None = Field(default=None, description="Échelon détenu en fin de carrière.")
    chevron: Chevron | None = Field(
        default=None, description="Chevron, pour un échelon hors échelle."
    )
    indice_majore: IndiceMajore | None = Field(
        default=None, description="À la place du grade et de l’échelon."
    )
    traitement_annuel: MontantAnnuel | None = Field(
        default=None,
        gt=0,
        description="Traitement brut annuel de référence, d’un temps plein, à "
        "la place d’un indice (relevé ou estimation d’un service de retraite).",
    )
    indice_depuis: Jour | None = Field(
        default=None, description="Jour depuis lequel cet indice est détenu."
    )
    indice_precedent: IndiceMajore | None = Field(
        default=None, description="Indice majoré détenu avant."
    )
    periodes: tuple[PeriodeService, ...] = Field(
        default=(), description="Périodes de la carrière de fonctionnaire (ou « totaux »)."
    )
    totaux: TotauxServices | None = Field(
        default=None, description="Services déjà comptés (ou « periodes »)."
    )
    trimestres_autres_regimes: TrimestresValides | None = Field(
        default=None, description="Total, hors années déjà pleines ; absent : inconnu, jamais zéro."
    )
    autres_regimes_par_annee: tuple[TrimestresAnnee, ...] | None = Field(
        default=None,
        description="À la place du total : "
        "{max_trimestres_assurance_par_annee:trimestre} par an au plus.",
    )
    duree_atteinte_le: Jour | None = Field(
        default=None, description="Jour où la durée requise a été atteinte, s’il est connu."
    )
    enfants: tuple[Enfant, ...] = Field(
        default=(), description="Enfants, et ce que la personne a fait pour eux."
    )
    enfants_a_charge: Enfants = Field(default=0, description="À la limite d’âge.")
    trois_enfants_a_50_ans: bool = Field(
        default=False,
        description="Parent de {recul_limite_age_enfants_vivants:enfant} vivants à "
        "{recul_limite_age_enfants_vivants_age:an}.",
    )
    sejours: tuple[Sejour, ...] = Field(
        default=(), description="Services civils rendus hors d’Europe."
    )
    enseignement_technique: EnseignementTechnique | None = Field(
        default=None, description="Recrutement comme professeur de l’enseignement technique."
    )
    instituteur: Instituteur | None = Field(
        default=None, description="Services d’instituteur : catégorie active."
    )
    invalidite: bool = Field(default=False, description="Retraite pour invalidité.")
    taux_invalidite: Part | None = Field(
        default=None,
        description="Taux de cette invalidité ; absent : inconnu, son minimum n’est pas appliqué.",
    )
    incapacite: Part | None = Field(
        default=None,
        description="Taux d’incapacité permanente au jour du départ ; absent : aucune.",
    )
    incapacite_80: bool = Field(
        default=False, description="Incapacité d’au moins {surcotisation_handicap_taux:%}."
    )
    radie_par_limite_age: bool = Field(
        default=False, description="Radiation par la limite d’âge d’un emploi actif."
    )
    carriere_longue: CarriereLongue | None = Field(
        default=None, description="Début de carrière et trimestres cotisés."
    )
    retraite_progressive_quotite: Quotite | None = Field(
        default=None, description="Quotité travaillée pendant la retraite progressive."
    )
    surcotisation: ProjetSurcotisation | None = Field(
        default=None, description="Temps partiel à venir dont on veut le taux de surcotisation."
    )
    rafp_points: Annotated[int, within("points_rafp")] | None = Field(
        description="Points RAFP déjà acquis.", default=None
    )
    rafp_cotisations: tuple[CotisationRafp, ...] = Field(
        default=(), description="Cotisations RAFP à convertir en points."
    )
    foyer: Foyer | None = Field(
        default=None, description="Revenu fiscal : sans lui, le net n’est pas calculé."
    )
    cumul: Cumul | None = Field(default=None, description="Travail repris après la retraite.")
    rachat_etudes: bool = Field(default=False, description="Un rachat d’études est envisagé.")

    @model_validator(mode="after")
    def _coherent(self) -> Self:
        others = (self.trimestres_autres_regimes, self.autres_regimes_par_annee)
        for period in self.periodes:
            refuse_before_life(self.naissance, {"services": period.debut}, where="naissance")
        if self.totaux is not None:
            refuse_longer_than_life(
                axis_of(self.totaux.arrete_au) - axis_of(self.naissance),
                {
                    "totaux.liquidation_jours": self.totaux.liquidation_jours,
                    "totaux.assurance_jours": self.totaux.assurance_jours,
                },
            )
        for wrong, message in (
            (
                bool(self.periodes) == (self.totaux is not None),
                "periodes : donnez soit « periodes », soit « totaux ».",
            ),
            (
                (self.indice_majore, self.traitement_annuel) == (None, None)
                and None in (self.corps, self.grade, self.echelon),
                "indice_majore : donnez l’indice, le traitement, ou corps, grade et échelon.",
            ),
            (
                self.traitement_annuel is not None
                and (self.indice_majore, self.echelon) != (None, None),
                "traitement_annuel : donnez le traitement, ou l’indice ou l’échelon, pas les deux.",
            ),
            (
                None not in others,
                "autres_regimes_par_annee : donnez le total ou les années, pas les deux.",
            ),
            (
                others[1] is not None and self.totaux is not None,
                "autres_regimes_par_annee : le détail par année demande « periodes ».",
            ),
            (
                any((period.enfant or 0) > len(self.enfants) for period in self.periodes),
                f"periodes : l’enfant indiqué n’est pas parmi les {len(self.enfants)} déclarés.",
            ),
            (
                self.taux_invalidite is not None and not self.invalidite,
                "taux_invalidite : ce taux suppose « invalidite ».",
            ),
            (min(self.departs) <= self.naissance, "departs : un départ précède la naissance."),
            (
                axis_of(max(self.departs)) - axis_of(self.naissance) > LONGEST * YEAR,
                f"departs : un départ vient plus de {LONGEST} ans après la naissance.",
            ),
        ):
            if wrong:
                raise ValueError(message)
        return self
