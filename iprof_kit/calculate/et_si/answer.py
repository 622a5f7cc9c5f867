"""What comes back about supposed events: steps, pay, pension, what was refused, what differs."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from iprof_kit.base.plain import Plain
from iprof_kit.calculate.et_si.question import Evenement
from iprof_kit.calculate.interface.explained import Reference
from iprof_kit.calculate.interface.fields import (
    Chevron,
    Corps,
    Echelon,
    Euros,
    EurosParMois,
    Grade,
    Phrase,
    unit,
)
from iprof_kit.calculate.interface.subject import Answer

_RANK = unit("rang")
Day = date


class RefusEvenement(Plain):
    """An event that could not be applied, and why; the others are."""

    rang: int = Field(
        description="Rang de l’événement dans le scénario, depuis 0.", json_schema_extra=_RANK
    )
    motif: Phrase = Field(description="Pourquoi l’événement n’a pas pu être appliqué.")
    premiere_date: date | None = Field(default=None, description="Premier choix possible.")


class Couverture(Plain):
    """What is computed of an event, what is not, and on which texts it rests."""

    rang: int = Field(
        json_schema_extra=_RANK, description="Rang de l’événement dans le scénario, depuis 0."
    )
    calcule: Phrase = Field(description="Ce qui est calculé de l’événement, en une phrase.")
    non_couvert: Phrase = Field(description="Ce qui ne l’est pas, en une phrase ; vide : rien.")
    hypothese: bool = Field(default=False, description="Ne repose sur aucun texte publié.")
    contrefactuel: bool = Field(
        default=False, description="Suppose autrement une décision déjà prise."
    )
    a_verifier: bool = Field(
        default=False,
        description="Vrai si une valeur lue, ou une donnée du dossier, est à vérifier.",
    )
    sources: tuple[Reference, ...] = Field(
        default=(), description="Textes sur lesquels le résultat repose."
    )


class Etape(Plain):
    """Where the person stands from a day on."""

    date: Annotated[Day, Field(description="Jour de l’étape.")]
    prononcee_le: Day | None = Field(
        default=None,
        description="Jour où elle est prononcée ou décidée, quand son effet est antérieur.",
    )
    nature: Literal[
        "depart", "echelon", "chevron", "bonification", "grade", "corps", "limite_age"
    ] = Field(description="Ce qui arrive ce jour-là ; « depart » est le point de départ.")
    corps: Corps
    grade: Grade
    echelon: Echelon
    chevron: Chevron | None = None
    indice_majore: int = Field(
        json_schema_extra=unit("points d’indice majoré"), description="Indice majoré."
    )
    contrefactuel: bool = Field(
        default=False, description="Décision passée, supposée autrement qu’elle n’a été prise."
    )
    sous_reserve_de: Phrase | None = Field(
        default=None, description="Qui décide ; absent : de droit."
    )
    a_verifier: bool = Field(
        default=False,
        description="Vrai si une valeur lue, ou une donnée du dossier, est à vérifier.",
    )
    motif_a_verifier: Phrase = Field(
        default="", description="Pourquoi c’est à vérifier, en une phrase ; vide : ce ne l’est pas."
    )

    @property
    def payee_le(self) -> Day:
        """Day since which a payslip shows it: what was owed before is paid in arrears."""
        return self.prononcee_le or self.date


class Tranche(Plain):
    """A time during which the monthly pay does not change, euros of one day."""

    debut: date = Field(description="Premier jour.")
    fin: date = Field(description="Dernier jour.")
    corps: Corps
    grade: Grade
    echelon: Echelon
    chevron: Chevron | None = None
    indice_majore: int = Field(
        json_schema_extra=unit("points d’indice majoré"), description="Indice majoré."
    )
    quotite: int = Field(json_schema_extra=unit("pour cent"), description="Quotité travaillée.")
    situation: Phrase = Field(description="Activité, temps partiel, ou position tenue.")
    non_calculee: bool = Field(
        default=False, description="Ce qui est payé n’est pas calculé : les montants sont à zéro."
    )
    brut: EurosParMois = Field(description="Brut d’un mois moyen, primes de l’année par douzièmes.")
    net: EurosParMois = Field(
        description="Net avant impôt d’un mois moyen, primes de l’année par douzièmes."
    )
    traitement: EurosParMois = Field(
        default=0.0, description="Part du brut qui vient de l’indice, absences déduites."
    )
    rappel_traitement: Euros = Field(
        default=0.0, description="Part du rappel qui vient de l’indice."
    )
    rappel_brut: Euros = Field(
        default=0.0, description="Dû depuis l’effet d’un échelon prononcé le premier jour, en plus."
    )
    rappel_net: Euros = Field(default=0.0, description="Net avant impôt du rappel.")
    evenements: tuple[int, ...] = Field(default=(), description="Rangs des événements en cours.")
    a_verifier: bool = Field(
        default=False,
        description="Vrai si une valeur lue, ou une donnée du dossier, est à vérifier.",
    )
    motif_a_verifier: Phrase = Field(
        default="", description="Pourquoi c’est à vérifier, en une phrase ; vide : ce ne l’est pas."
    )


class PensionEtSi(Plain):
    """The pension of the State at the departure: an amount, or two bounds, or why neither."""

    date_cessation: date = Field(description="Jour où l’activité cesse.")
    brute: EurosParMois | None = Field(
        default=None, description="Pension brute ; absente : voir les bornes ou le motif."
    )
    basse: EurosParMois | None = Field(
        default=None, description="Aucun trimestre d’un autre régime."
    )
    haute: EurosParMois | None = Field(default=None, description="Durée requise atteinte.")
    motif: Phrase = Field(
        default="", description="Pourquoi aucun montant n’est donné ; vide : il l’est."
    )
    a_verifier: bool = Field(
        default=False,
        description="Vrai si une valeur lue, ou une donnée du dossier, est à vérifier.",
    )
    motif_a_verifier: Phrase = Field(
        default="", description="Pourquoi c’est à vérifier, en une phrase ; vide : ce ne l’est pas."
    )
    sources: tuple[Reference, ...] = Field(
        default=(), description="Textes sur lesquels le résultat repose."
    )


class ScenarioCalcule(Plain):
    """One scenario as applied, and what it gives from today to the departure."""

    nom: Phrase = Field(description="Nom du scénario.")
    evenements: tuple[Evenement, ...] = Field(description="Événements appliqués.")
    refus: tuple[RefusEvenement, ...] = Field(
        default=(), description="Événements refusés, et pourquoi."
    )
    couvertures: tuple[Couverture, ...] = Field(
        default=(), description="Ce qui est calculé de chaque événement, et ce qui ne l’est pas."
    )
    depart: date = Field(description="Jour du départ ; sans choix, la limite d’âge.")
    depart_choisi: bool = Field(
        description="Vrai si le départ est un choix ; faux : la limite d’âge."
    )
    etapes: tuple[Etape, ...] = Field(description="Étapes de la carrière, dans l’ordre.")
    tranches: tuple[Tranche, ...] = Field(
        description="Temps où la paie ne change pas, dans l’ordre."
    )
    cumul_brut: Euros = Field(description="Somme des bruts, d’aujourd’hui à la fin.")
    cumul_net: Euros = Field(description="Somme des nets avant impôt, d’aujourd’hui à la fin.")
    pension: PensionEtSi | None = Field(
        default=None, description="Pension de l’État au départ ; absente : pas de départ."
    )


class EcartEtSi(Plain):
    """One scenario minus the first, from today to the first of their two departures."""

    scenario: int = Field(description="Rang du scénario comparé.", json_schema_extra=_RANK)
    jusqu_au: date = Field(description="Premier jour hors de la comparaison.")
    debut: date | None = Field(description="Premier jour où la paie diffère ; absent : jamais.")
    cumul_net: Euros = Field(description="Écart de la somme des nets avant impôt.")
    ecart_premier: EurosParMois = Field(
        default=0.0, description="Écart de net du premier mois qui diffère."
    )
    ecart_dernier: EurosParMois = Field(
        default=0.0, description="Écart de net du dernier mois comparé."
    )
    pension: tuple[EurosParMois, ...] = Field(
        default=(), description="Écart de pension : un montant, ou ceux des deux bornes."
    )


class EtSiAnswer(Answer):
    """Up to four scenarios, and what each changes from the first."""

    aujourdhui: date = Field(description="Jour de la demande.")
    scenarios: tuple[ScenarioCalcule, ...] = Field(
        description="Scénarios calculés, dans leur ordre."
    )
    ecarts: tuple[EcartEtSi, ...] = Field(description="Écarts de chaque scénario avec le premier.")
    depart_possible: date | None = Field(
        default=None, description="Premier jour où le droit à pension s’ouvre, s’il est connu."
    )
    annee_euros: int = Field(
        json_schema_extra=unit("année"), description="Année des euros constants."
    )
    non_calcules: tuple[Phrase, ...] = Field(
        description="Ce que la paie ne compte pas, et pourquoi."
    )
    textes_verifies_le: date = Field(description="Jour jusqu’auquel les textes ont été vérifiés.")
