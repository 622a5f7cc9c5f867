"""What may be asked about a leave of health, and what is answered. Nothing of it is ever kept."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from iprof_kit.base.plain import Plain
from iprof_kit.calculate.et_si.question import EtSiQuestion
from iprof_kit.calculate.interface.bounds import refuse_reversed
from iprof_kit.calculate.interface.explained import Explanation, Reference
from iprof_kit.calculate.interface.fields import (
    Echelon,
    Euros,
    Grade,
    Jour,
    Jours,
    Listed,
    Phrase,
    Pourcent,
    unit,
)
from iprof_kit.calculate.interface.subject import Answer
from iprof_kit.calculate.pay.question import MoisOuAnnee, Trentiemes

Demande = Literal["aucune", "longue_maladie", "longue_duree"]
Branche = Literal["commun", "A", "B"]
Passage = Literal["arret", "demi_traitement", "accord", "fin_des_droits", "palier", "fin_du_conge"]
_MOST_STOPPAGES = 24


def _leaves() -> tuple[str, ...]:
    from iprof_kit.law.payroll.health_leave import ORDINARY, leaves

    return ("", ORDINARY, *leaves())


class Arret(Plain):
    """One stoppage, from its first to its last day."""

    debut: Jour = Field(description="Premier jour d’arrêt.")
    fin: Jour = Field(description="Dernier jour d’arrêt.")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        refuse_reversed(self.debut, self.fin)
        return self


class MaladieQuestion(Plain):
    """A stoppage that lasts, those of the year before, and the leave that may be asked."""

    personne: EtSiQuestion = Field(
        description="La personne, comme pour « et-si » : sa situation et sa paie d’aujourd’hui. "
        "Ses scénarios et sa position ne sont pas lus."
    )
    debut: Jour = Field(description="Premier jour de l’arrêt.")
    fin: Jour | None = Field(
        default=None, description="Dernier jour ; absent : l’arrêt est prolongé aussi longtemps."
    )
    arrets: tuple[Arret, ...] = Field(
        default=(),
        max_length=_MOST_STOPPAGES,
        description="Arrêts de l’année qui précède, en congé de maladie ordinaire.",
    )
    carence_due: bool = Field(
        default=True,
        description="Un jour de carence au premier jour ; faux dans les cas qu’un texte nomme.",
    )
    demande: Demande = Field(
        default="longue_maladie",
        description="Congé supposé demandé et accordé en B : aucun, longue maladie, ou longue "
        "maladie puis longue durée.",
    )
    accord: Jour | None = Field(
        default=None,
        description="Jour d’effet supposé, sur la paie, de l’accord de B ; absent : le premier du "
        "mois qui suit aujourd’hui.",
    )
    stagiaire: bool = Field(default=False, description="Fonctionnaire stagiaire, pour un an.")
    expliquer: bool = Field(
        default=False, description="Joindre pourquoi tant de jours sont comptés aujourd’hui."
    )

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        refuse_reversed(self.debut, self.fin)
        return self


class JoursDuMois(Plain):
    """Thirtieths of a month paid in one way."""

    conge: Annotated[str, Listed(_leaves)] = Field(
        description="Code du congé ; vide : service fait."
    )
    jours: Trentiemes = Field(description="Jours du mois de paie.")
    part_traitement: Pourcent = Field(description="Part du traitement qui est payée.")
    part_primes: Pourcent = Field(description="Part des primes qui est payée.")


class MoisDeMaladie(Plain):
    """One month of pay, or several that follow each other and are the same."""

    branche: Branche = Field(description="« commun » avant l’accord ; A : sans demande ; B.")
    mois: MoisOuAnnee = Field(description="Premier mois.")
    dernier: MoisOuAnnee = Field(description="Dernier mois pareil.")
    tranches: tuple[JoursDuMois, ...] = Field(description="Comment ses jours sont payés.")
    carence: Trentiemes = Field(default=0, description="Jours de carence, non payés.")
    attente: bool = Field(
        default=False,
        description="Droits épuisés : un traitement réduit est maintenu en attendant l’avis.",
    )
    traitement: Euros = Field(
        description="Brut payé sans les primes : traitement, résidence, supplément familial."
    )
    indemnites: Euros = Field(description="Primes et indemnités payées.")
    retenues: Euros = Field(description="Ce qui sépare ce brut du net avant impôt.")
    net: Euros = Field(description="Net avant impôt.")


class DateDeMaladie(Plain):
    """A day on which what is paid changes, or a right ends."""

    jour: date = Field(description="Le jour ; pour une fin, le dernier.")
    branche: Branche = Field(description="« commun », A ou B.")
    passage: Passage = Field(description="Ce qui arrive ce jour-là.")
    part_traitement: Pourcent | None = Field(
        default=None, description="Part du traitement payée depuis."
    )
    part_primes: Pourcent | None = Field(default=None, description="Part des primes payée depuis.")
    net: Euros | None = Field(default=None, description="Net d’un mois entier payé ainsi.")


class JoursComptes(Plain):
    """Days of a month that the year of today counts."""

    mois: MoisOuAnnee = Field(description="Le mois.")
    jours: Annotated[int, Field(json_schema_extra=unit("jours"))] = Field(
        description="Jours comptés."
    )


class EchelonSuivant(Plain):
    """The next échelon, on its day: an illness does not move it."""

    grade: Grade
    echelon: Echelon
    le: date = Field(description="Jour où il est atteint.")


class MaladieAnswer(Answer):
    """What a stoppage that lasts pays, A without asking and B with a long leave."""

    compte_le: date = Field(
        description="Jour où les jours sont comptés : aujourd’hui, ou le premier de l’arrêt."
    )
    comptes: tuple[JoursComptes, ...] = Field(
        description="Jours de congé ordinaire de l’année qui finit ce jour-là, par mois."
    )
    jours_comptes: Jours = Field(description="Leur somme.")
    jours_ouverts: Jours = Field(description="Jours qui ouvrent droit à paie en une année.")
    passages: tuple[DateDeMaladie, ...] = Field(description="Les dates où la paie change.")
    plein: Euros = Field(description="Net d’un mois entier de service, sans arrêt.")
    bulletins: tuple[MoisDeMaladie, ...] = Field(description="Les mois, dans leur ordre.")
    accord: date | None = Field(default=None, description="Mois de paie où B commence.")
    rappel_brut: Euros = Field(
        default=0.0, description="Brut complété en une fois, si B est accordé ce mois-là."
    )
    rappel_net: Euros = Field(default=0.0, description="Net avant impôt de ce rappel.")
    fin_des_droits: date | None = Field(
        default=None, description="Dernier jour payé du congé ordinaire, s’il dure jusque-là."
    )
    echelon_a_venir: EchelonSuivant | None = Field(
        default=None, description="Le prochain échelon, à la même date ; absent : aucun connu."
    )
    stage_prolonge: Jours = Field(
        default=0, description="Jours dont le stage d’un an serait prolongé à ce jour."
    )
    non_calcules: tuple[Phrase, ...] = Field(description="Ce qui manque, et pourquoi.")
    a_verifier: bool = Field(description="Au moins une valeur lue est à vérifier.")
    motif_a_verifier: Phrase = Field(default="", description="Laquelle.")
    explication: Explanation | None = Field(
        default=None, description="Pourquoi ces jours sont comptés, si c’est demandé."
    )
    sources: tuple[Reference, ...] = Field(description="Textes lus.")
