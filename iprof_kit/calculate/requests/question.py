"""What one may ask about a request, and what comes back."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, field_validator

from iprof_kit.base.plain import Plain
from iprof_kit.calculate.interface.bounds import within
from iprof_kit.calculate.interface.explained import Reference
from iprof_kit.calculate.interface.fields import CodesOf, Jour, Listed, Phrase
from iprof_kit.calculate.interface.subject import Answer
from iprof_kit.calculate.paths.question import EligibilityQuestion, PathAnswer
from iprof_kit.law.requests.files import request_of, requests
from iprof_kit.law.requests.model import Kind, Worth

Quotite = Annotated[int, within("part")]
Statut = Literal["titulaire", "stagiaire", "contractuel"]
Etat = Literal["possible", "depend", "ferme", "en_cours", "passe", "fini"]
Pas = Literal["fait", "en_cours", "a_venir", "passe", "sans_objet"]


def _steps() -> dict[str, None]:
    return {step.key: None for request in requests().values() for step in request.steps}


CodeDemande = Annotated[str, CodesOf(requests)]


class DemandeQuestion(Plain):
    """One person, one request, and what she noted of it."""

    demande: CodeDemande = Field(description="Fichier de data/demandes, sans extension.")
    aujourdhui: Jour = Field(description="Jour qui compte comme aujourd’hui.")
    statut: Statut | None = Field(default=None, description="Statut ; vide : inconnu.")
    dates: dict[Phrase, Jour] = Field(
        default_factory=dict, description="Jour noté de chaque étape, par clé."
    )
    reponse: Literal["", "accord", "refus"] = Field(
        default="", description="Ce que l’administration a répondu."
    )
    situation: EligibilityQuestion | None = Field(
        default=None, description="Ce que les conditions du parcours regardent ; vide : inconnu."
    )
    quotite: Quotite = Field(default=100, description="Quotité d’aujourd’hui, pour cent.")
    premier_jour: Jour | None = Field(
        default=None,
        description="Premier jour de services que le dossier connaît ; vide : inconnu.",
    )
    fin_position: Jour | None = Field(
        default=None, description="Dernier jour de la position d’aujourd’hui."
    )

    @field_validator("demande")
    @classmethod
    def _known(cls, demande: str) -> str:
        return request_of(demande).id


class EtapeDemande(Plain):
    """One step, with its days."""

    cle: Annotated[str, Listed(_steps)] = Field(description="Code de l’étape.")
    genre: Kind = Field(description="Genre de l’étape.")
    titre: Phrase = Field(description="Titre, en français.")
    etat: Pas = Field(description="Où en est l’étape.")
    le: date | None = Field(default=None, description="Jour noté, ou né du silence.")
    avant_le: date | None = Field(
        default=None,
        description="Dernier jour pour agir ; pour un silence, le jour où il vaut réponse.",
    )
    depuis_le: date | None = Field(default=None, description="Jour dont le délai court.")
    delai: Phrase = Field(default="", description="Durée et unité, en français.")
    franc: bool = Field(default=False, description="Ni le premier ni le dernier jour ne comptent.")
    vaut: Worth = Field(default="", description="Ce que vaut le silence, s’il est sûr.")
    doute: Phrase = Field(default="", description="Pourquoi l’effet d’un silence n’est pas sûr.")
    plus_tot: Phrase = Field(default="", description="Qui peut clore plus tôt, sans date connue.")
    interrompu: bool = Field(default=False, description="Le délai ne court plus pour l’instant.")
    suppose: bool = Field(default=False, description="Jour que le kit suppose.")
    note: Phrase = Field(default="", description="Ce qu’il faut savoir de l’étape ; vide : rien.")
    a_verifier: bool = Field(
        default=False,
        description="Vrai si une valeur lue, ou une donnée du dossier, est à vérifier.",
    )


class DemandeAnswer(Answer):
    """Where a request stands."""

    demande: CodeDemande = Field(description="Code de la demande.")
    titre: Phrase = Field(description="Titre, en français.")
    etat: Etat = Field(description="Où en est la demande.")
    phrase: Phrase = Field(description="La réponse, en une phrase.")
    precision: Phrase = Field(default="", description="Ce qui la complète.")
    prochaine: EtapeDemande | None = Field(
        default=None, description="La prochaine étape qui a une date."
    )
    etapes: tuple[EtapeDemande, ...] = Field(description="Étapes, dans l’ordre.")
    parcours: tuple[PathAnswer, ...] = Field(
        default=(), description="Parcours auxquels la demande mène."
    )
    decide_par: Phrase = Field(description="Autorité qui décide.")
    lieu: Phrase = Field(description="Où la demande se fait.")
    lieu_precision: Phrase = Field(description="Ce qui précise ce lieu ; vide : rien.")
    inconnu: Phrase = Field(default="", description="Ce qu’aucune source du kit ne donne.")
    a_verifier: bool = Field(
        description="Vrai si une valeur lue, ou une donnée du dossier, est à vérifier."
    )
    motifs: tuple[Phrase, ...] = Field(
        default=(), description="Pourquoi c’est à vérifier, une phrase par raison."
    )
    sources: tuple[Reference, ...] = Field(description="Textes sur lesquels le résultat repose.")
