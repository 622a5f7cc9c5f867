"""What comes back about a pension: one line for each departure date, and what it does not say."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from iprof_kit.base.plain import Plain
from iprof_kit.calculate.interface.explained import Reference
from iprof_kit.calculate.interface.fields import (
    Euros,
    EurosParAn,
    EurosParMois,
    Mois,
    Phrase,
    Points,
    Pourcent,
    Trimestres,
    unit,
)
from iprof_kit.calculate.interface.subject import Answer

Version = Literal["V2010_2014", "V2023", "V2026"]


class Fourchette(Plain):
    """Bounds of a pension whose other schemes are unknown."""

    sans_autre_trimestre: EurosParMois | None = Field(
        description="Si aucun trimestre d’un autre régime ne s’ajoute."
    )
    duree_atteinte: EurosParMois | None = Field(
        description="Si les autres régimes suffisent à la durée requise."
    )


class Prelevements(Plain):
    """Social levies on the gross pension."""

    taux: Literal["exonere", "reduit", "median", "plein"] = Field(description="Tranche de CSG.")
    csg: EurosParMois = Field(description="CSG.")
    csg_deductible: EurosParMois = Field(description="Part de la CSG déductible de l’impôt.")
    crds: EurosParMois = Field(description="CRDS.")
    casa: EurosParMois = Field(description="CASA.")
    net: EurosParMois = Field(description="Net avant impôt sur le revenu.")


class Rafp(Plain):
    """The additional pension, from the day on which it may be paid."""

    points: int = Field(description="Points acquis.", json_schema_extra=unit("points"))
    ouverture: date = Field(description="Pension servie et âge légal des sédentaires atteint.")
    nature: Literal["rente", "capital", "capital_fractionne"] = Field(
        description="Ce qui est servi."
    )
    coefficient_age: float = Field(
        description="Coefficient de l’âge à la liquidation.", json_schema_extra=unit("coefficient")
    )
    rente_annuelle: EurosParAn | None = Field(description="Servie seulement pour une rente.")
    capital: Euros | None = Field(
        description="Capital unique ; absent : coefficient non relevé, ou rente."
    )
    premiere_fraction: Euros | None = Field(
        description="Première fraction d’un capital fractionné."
    )
    manque: Phrase = Field(default="", description="Ce que les tables ne disent pas.")


class RetraiteProgressive(Plain):
    """A partial pension while working part-time, from the departure date asked."""

    age_minimal_mois: Mois | None = Field(description="Âge minimal.")
    trimestres_exiges: Trimestres | None = Field(description="Trimestres exigés, tous régimes.")
    possible: bool | None = Field(description="Absent : la durée tous régimes est inconnue.")
    fraction_pct: Pourcent | None = Field(description="Part de la pension servie.")
    montant: EurosParMois | None = Field(description="Pension partielle brute.")
    motif: Phrase = Field(default="", description="Ce qui manque.")


class CumulEmploi(Plain):
    """What a pension keeps with an income from work."""

    integral: bool | None = Field(
        description="La pension est servie entière quel que soit le revenu."
    )
    plafond_annuel: EurosParAn | None = Field(description="Revenu jusqu’auquel rien n’est déduit.")
    deduction_annuelle: EurosParAn | None = Field(description="Déduit de la pension de l’année.")
    motif: Phrase = Field(default="", description="Pourquoi rien n’est calculé.")


class Depart(Plain):
    """One departure date: what is known, what is computed, what is not and why."""

    date_cessation: date = Field(description="Jour de la radiation.")
    date_effet: date = Field(description="Premier jour de versement.")
    version: Version = Field(description="Version du droit appliquée.")
    possible: bool = Field(description="Le droit est ouvert à cette date.")
    motif: Phrase = Field(default="", description="Ce qui empêche le départ ou le calcul.")
    categorie: Literal["sedentaire", "active", "active_sans_option"] = Field(
        description="Catégorie retenue."
    )
    age_ouverture: Mois | None = Field(description="Âge d’ouverture du droit.")
    date_ouverture: date | None = Field(description="Jour où le droit s’ouvre.")
    date_effet_au_plus_tot: date | None = Field(description="Première date d’effet possible.")
    age_annulation_decote_le: date | None = Field(description="Jour où la décote s’annule.")
    limite_age: Mois | None = Field(description="Recul pour enfants compris.")
    date_limite_age: date | None = Field(description="Jour où la limite d’âge est atteinte.")
    age_maximal_prolongation: Mois | None = Field(
        description="Limite d’âge, recul et prolongation pour carrière incomplète."
    )
    age_maintien_autorise: Mois | None = Field(
        description="Maintien sur autorisation, sédentaires seulement."
    )
    age_carriere_longue: Mois | None = Field(
        description="Âge du départ pour carrière longue ; absent : pas ouvert."
    )
    duree_requise: Trimestres | None = Field(description="Durée d’assurance requise.")
    trimestres_services: Trimestres | None = Field(description="Liquidables, sans bonification.")
    trimestres_bonifications: Trimestres | None = Field(
        description="Bonifications de l’article L. 12."
    )
    trimestres_assurance: Trimestres | None = Field(description="Tous régimes.")
    taux_liquidation_pct: Pourcent | None = Field(
        description="Taux de liquidation, avant décote ou surcote."
    )
    trimestres_decote: Trimestres | None = Field(
        description="Trimestres de décote retenus : le plus petit des deux décomptes, plafonné."
    )
    decote_ecartee: bool = Field(
        default=False,
        description="Aucune décote, quoi qu’il manque : invalidité, ou incapacité au départ.",
    )
    trimestres_decote_age: Trimestres | None = Field(
        description="Trimestres manquants jusqu’à l’âge d’annulation de la décote."
    )
    trimestres_decote_duree: Trimestres | None = Field(
        description="Trimestres manquants jusqu’à la durée requise ; absent : autres régimes "
        "inconnus."
    )
    taux_decote_pct: Pourcent | None = Field(description="Décote.")
    trimestres_surcote: Trimestres | None = Field(description="Trimestres de surcote.")
    taux_surcote_pct: Pourcent | None = Field(description="Surcote.")
    trimestres_surcote_parentale: Trimestres | None = Field(
        description="Trimestres de surcote parentale."
    )
    taux_surcote_parentale_pct: Pourcent | None = Field(description="Surcote parentale.")
    indice_retenu: Points | None = Field(
        description="Indice majoré retenu, détenu assez longtemps ; absent : traitement donné."
    )
    traitement_annuel: EurosParAn | None = Field(
        description="Traitement brut de référence, temps plein."
    )
    pension_avant_decote: EurosParMois | None = Field(
        description="Au taux de liquidation, avant décote, surcote, minimum garanti et majoration."
    )
    pension_calculee: EurosParMois | None = Field(description="Avant minimum garanti.")
    minimum_garanti: EurosParMois | None = Field(description="Minimum garanti pour ces services.")
    minimum_garanti_ouvert: bool | None = Field(
        description="Les conditions du minimum garanti sont remplies."
    )
    minimum_garanti_applique: bool | None = Field(
        description="Le minimum garanti remplace la pension calculée."
    )
    minimum_invalidite_applique: bool | None = Field(
        description="Le minimum d’une invalidité lourde remplace la pension calculée."
    )
    majoration_enfants: EurosParMois | None = Field(description="Majoration pour enfants élevés.")
    pension_brute: EurosParMois | None = Field(description="Minimum garanti et majoration compris.")
    fourchette: Fourchette | None = Field(
        default=None, description="Bornes, si les autres régimes sont inconnus."
    )
    prelevements: Prelevements | None = Field(
        default=None, description="Prélèvements sociaux et net."
    )
    motif_net: Phrase = Field(default="", description="Pourquoi le net n’est pas calculé.")
    rafp: Rafp | None = Field(default=None, description="Retraite additionnelle.")
    retraite_progressive: RetraiteProgressive | None = Field(
        default=None, description="Pension partielle à cette date."
    )
    cumul: CumulEmploi | None = Field(default=None, description="Cumul avec un revenu du travail.")
    resume: Phrase = Field(description="La ligne en une phrase.")
    a_verifier: bool = Field(description="La ligne repose sur une valeur à vérifier.")
    motifs: tuple[Phrase, ...] = Field(default=(), description="Pourquoi la ligne est à vérifier.")


class Surcotisation(Plain):
    """What a surcotisation costs, and what it may bring."""

    taux_pct: Pourcent = Field(description="Sur le traitement brut d’un temps plein.")
    plafond_trimestres: Trimestres = Field(description="Trimestres gagnés au plus, carrière.")
    mois_pour_le_plafond: Mois = Field(
        description="Durée de ce temps partiel qui atteint le plafond."
    )
    a_verifier: bool = Field(description="Taux programmé ou dernier connu.")


class ConditionParent(Plain):
    """One condition of an early departure as a parent."""

    libelle: Phrase = Field(description="Ce que la loi demande.")
    constat: Phrase = Field(description="Ce que la question en dit.")
    remplie: bool | None = Field(description="Absent : rien ne le dit.")


class DepartParent(Plain):
    """What is left of the early departure of a parent: its conditions, never an amount."""

    possible: bool | None = Field(
        description="Les conditions sont réunies ; absent : l’une n’est pas connue."
    )
    phrase: Phrase = Field(description="La réponse, en une phrase.")
    conditions: tuple[ConditionParent, ...] = Field(description="Chacune des conditions.")
    source: Reference = Field(description="Texte de la condition la moins sûre.")


class PensionAnswer(Answer):
    """The departure dates side by side, in the order asked."""

    departs: tuple[Depart, ...] = Field(
        description="Une ligne par date de départ, dans l’ordre demandé."
    )
    surcotisation: Surcotisation | None = Field(
        default=None, description="Coût et gain du temps partiel surcotisé demandé."
    )
    depart_parent: DepartParent | None = Field(
        default=None, description="Départ anticipé de parent, pour qui indique assez d’enfants."
    )
    decide_par: Phrase = Field(description="Qui arrête la pension.")
    notes: tuple[Phrase, ...] = Field(description="Ce que la réponse ne dit pas, et où demander.")
    a_verifier: bool = Field(description="Une ligne au moins est à vérifier.")
    sources: tuple[Reference, ...] = Field(description="Textes lus.")
