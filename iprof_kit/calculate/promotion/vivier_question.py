"""What may be asked about the viviers of the classe exceptionnelle, and what is answered."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, model_validator

from iprof_kit.base.plain import Plain
from iprof_kit.base.reference import written_rows
from iprof_kit.calculate.interface.bounds import refuse_reversed, within
from iprof_kit.calculate.interface.explained import Reference
from iprof_kit.calculate.interface.fields import (
    Annees,
    Chevron,
    CodesOf,
    Corps,
    DureeJours,
    Echelon,
    Jour,
    Phrase,
)
from iprof_kit.calculate.interface.subject import Answer
from iprof_kit.calculate.promotion.question import Campagne

Decision = Literal["recevable", "irrecevable"]


def _functions() -> tuple[str, ...]:
    rows = written_rows("bareme_classe_exceptionnelle")
    return tuple(row["cle"] for row in rows if row["element"] == "fonction")


class FonctionTenue(Plain):
    """A function that was held, from one day to another."""

    fonction: Annotated[str, CodesOf(_functions)] = Field(
        description="Code de la fonction, de la liste de l’arrêté."
    )
    debut: Jour = Field(description="Premier jour.")
    fin: Jour = Field(description="Dernier jour.")
    part: Annotated[int, within("quotite")] = Field(
        default=100,
        description="Part du service donnée à cette fonction ; le temps partiel ne la réduit pas.",
    )
    faisant_fonction: bool = Field(default=False, description="Vrai sans nomination.")

    @model_validator(mode="after")
    def _ordered(self) -> FonctionTenue:
        refuse_reversed(self.debut, self.fin)
        return self


class VivierQuestion(Plain):
    """One person in one campaign, 2017 to 2023."""

    corps: Corps = Field(description="Code du corps.")
    campagne: Campagne
    echelon: Echelon = Field(description="Échelon de la hors classe au 31 août de la campagne.")
    chevron: Chevron | None = Field(default=None, description="Chevron, où l’échelon en a.")
    anciennete_jours: DureeJours = Field(
        default=0, description="Ancienneté dans cet échelon (ce chevron), au 31 août."
    )
    fonctions: tuple[FonctionTenue, ...] = Field(
        default=(), description="Fonctions tenues dans toute la carrière."
    )
    candidature_deposee: bool | None = Field(
        default=None, description="Candidature au premier vivier, où il en fallait une."
    )
    decision: Decision | None = Field(
        default=None, description="Décision du service sur cette candidature."
    )
    notifiee_le: Jour | None = Field(default=None, description="Jour où elle a été notifiée.")


class LigneFonction(Plain):
    """One function, and what it counts."""

    fonction: Phrase = Field(description="Nom de la fonction.")
    debut: date = Field(description="Premier jour.")
    fin: date = Field(description="Dernier jour.")
    annees: Annees = Field(description="Années scolaires qu’elle ajoute.")
    pourquoi: Phrase = Field(description="Pourquoi elle compte, ou non.")


class VivierAnswer(Answer):
    """The years that count, the viviers, what the decision is worth and what may follow."""

    campagne: Campagne
    annees: Annees = Field(description="Années scolaires de fonctions, à la date de la campagne.")
    annees_requises: Annees = Field(description="Années de fonctions demandées.")
    lignes: tuple[LigneFonction, ...] = Field(description="Ce que compte chaque fonction.")
    vivier_1: bool = Field(description="Vrai si les conditions du premier vivier sont remplies.")
    vivier_2: bool = Field(description="Vrai si celles du second le sont.")
    examen: Literal["1 et 2", "1", "2", "aucun", "inconnu"] = Field(
        description="Où la situation est examinée ; « inconnu » : la candidature n’est pas dite."
    )
    phrase: Phrase = Field(description="La réponse, en une phrase.")
    condition: Phrase = Field(description="Condition, en une phrase.")
    candidature: Phrase = Field(description="S’il faut être candidat, en une phrase.")
    decision: Phrase = Field(description="Ce que vaut la décision notée, et pour quelle campagne.")
    suite: Phrase = Field(description="Ce qui reste possible après un refus.")
    completer_avant: date | None = Field(
        default=None, description="Dernier jour pour compléter, où un texte lu le donne."
    )
    a_verifier: bool = Field(
        description="Vrai si une valeur lue, ou une donnée du dossier, est à vérifier."
    )
    motifs: tuple[Phrase, ...] = Field(
        default=(), description="Pourquoi c’est à vérifier, une phrase par raison."
    )
    sources: tuple[Reference, ...] = Field(
        default=(), description="Textes sur lesquels le résultat repose."
    )
