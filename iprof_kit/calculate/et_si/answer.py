"""What comes back about supposed events: steps, pay, pension, what was refused, what differs."""

from __future__ import annotations

from datetime import date

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
    motif: str
    premiere_date: date | None = Field(default=None, description="Premier choix possible.")


class Couverture(Plain):
    """What is computed of an event, what is not, and on which texts it rests."""

    rang: int = Field(json_schema_extra=_RANK)
    calcule: str
    non_couvert: str
    hypothese: bool = Field(default=False, description="Ne repose sur aucun texte publié.")
    contrefactuel: bool = Field(
        default=False, description="Suppose autrement une décision déjà prise."
    )
    a_verifier: bool = False
    sources: tuple[Reference, ...] = ()


class Etape(Plain):
    """Where the person stands from a day on."""

    date: date
    prononcee_le: Day | None = Field(
        default=None,
        description="Jour où elle est prononcée ou décidée, quand son effet est antérieur.",
    )
    nature: str = Field(description="depart, echelon, chevron, bonification, grade, corps.")
    corps: Corps
    grade: Grade
    echelon: Echelon
    chevron: Chevron | None = None
    indice_majore: int = Field(json_schema_extra=unit("points d’indice majoré"))
    contrefactuel: bool = Field(
        default=False, description="Décision passée, supposée autrement qu’elle n’a été prise."
    )
    sous_reserve_de: str | None = Field(default=None, description="Qui décide ; absent : de droit.")
    a_verifier: bool = False
    motif_a_verifier: str = ""

    @property
    def payee_le(self) -> Day:
        """Day since which a payslip shows it: what was owed before is paid in arrears."""
        return self.prononcee_le or self.date


class Tranche(Plain):
    """A time during which the monthly pay does not change, euros of one day."""

    debut: date
    fin: date = Field(description="Dernier jour.")
    corps: Corps
    grade: Grade
    echelon: Echelon
    chevron: Chevron | None = None
    indice_majore: int = Field(json_schema_extra=unit("points d’indice majoré"))
    quotite: int = Field(json_schema_extra=unit("pour cent"))
    situation: str = Field(description="Activité, temps partiel, ou position tenue.")
    non_calculee: bool = Field(
        default=False, description="Ce qui est payé n’est pas calculé : les montants sont à zéro."
    )
    brut: EurosParMois
    net: EurosParMois = Field(
        description="Net avant impôt d’un mois moyen, primes de l’année par douzièmes."
    )
    traitement: EurosParMois = Field(
        default=0.0, description="Part du brut qui vient de l’indice, absences déduites."
    )
    rappel_traitement: Euros = 0.0
    rappel_brut: Euros = Field(
        default=0.0, description="Dû depuis l’effet d’un échelon prononcé le premier jour, en plus."
    )
    rappel_net: Euros = 0.0
    evenements: tuple[int, ...] = Field(default=(), description="Rangs des événements en cours.")
    a_verifier: bool = False
    motif_a_verifier: str = ""


class PensionEtSi(Plain):
    """The pension of the State at the departure: an amount, or two bounds, or why neither."""

    date_cessation: date
    brute: EurosParMois | None = None
    basse: EurosParMois | None = Field(
        default=None, description="Aucun trimestre d’un autre régime."
    )
    haute: EurosParMois | None = Field(default=None, description="Durée requise atteinte.")
    motif: str = ""
    a_verifier: bool = False
    motif_a_verifier: str = ""
    sources: tuple[Reference, ...] = ()


class ScenarioCalcule(Plain):
    """One scenario as applied, and what it gives from today to the departure."""

    nom: str
    evenements: tuple[Evenement, ...]
    refus: tuple[RefusEvenement, ...] = ()
    couvertures: tuple[Couverture, ...] = ()
    depart: date = Field(description="Jour du départ ; sans choix, la limite d’âge.")
    depart_choisi: bool
    etapes: tuple[Etape, ...]
    tranches: tuple[Tranche, ...]
    cumul_brut: Euros
    cumul_net: Euros
    pension: PensionEtSi | None = None


class EcartEtSi(Plain):
    """One scenario minus the first, from today to the first of their two departures."""

    scenario: int = Field(description="Rang du scénario comparé.", json_schema_extra=_RANK)
    jusqu_au: date = Field(description="Premier jour hors de la comparaison.")
    debut: date | None = Field(description="Premier jour où la paie diffère ; absent : jamais.")
    cumul_net: Euros
    ecart_premier: EurosParMois = 0.0
    ecart_dernier: EurosParMois = 0.0
    pension: tuple[EurosParMois, ...] = Field(
        default=(), description="Écart de pension : un montant, ou ceux des deux bornes."
    )


class EtSiAnswer(Answer):
    """Up to four scenarios, and what each changes from the first."""

    aujourdhui: date
    scenarios: tuple[ScenarioCalcule, ...]
    ecarts: tuple[EcartEtSi, ...]
    depart_possible: date | None = Field(
        default=None, description="Premier jour où le droit à pension s’ouvre, s’il est connu."
    )
    annee_euros: int = Field(json_schema_extra=unit("année"))
    non_calcules: tuple[str, ...] = Field(description="Ce que la paie ne compte pas, et pourquoi.")
    textes_verifies_le: date
