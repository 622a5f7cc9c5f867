"""What is asked of a year of training, and what is answered."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from iprof_kit.base.plain import Plain
from iprof_kit.calculate.interface.bounds import within
from iprof_kit.calculate.interface.explained import Explanation, Reference
from iprof_kit.calculate.interface.fields import AnneeScolaire, Corps, Jour, Phrase, unit
from iprof_kit.calculate.interface.subject import Answer

Nature = Literal["formation", "animation"]


class FormationSuivie(Plain):
    """One training that was followed."""

    jour: Jour = Field(description="Premier jour.")
    heures: Annotated[float, within("heures_de_formation")] = Field(gt=0, description="Durée.")
    nature: Nature = Field(default="formation", description="Formation continue ou animation.")
    compte: bool = Field(
        default=True, description="Vrai si elle compte dans les heures du service (1er degré)."
    )


class FormationQuestion(Plain):
    """One person, her part of service, what she followed, her account."""

    aujourdhui: Jour = Field(description="Le jour de la question.")
    corps: Corps = Field(default="", description="Code du corps.")
    quotite: Annotated[int, within("part")] = Field(default=100, description="Part du service.")
    suivies: tuple[FormationSuivie, ...] = Field(default=(), description="Formations suivies.")
    heures_cpf: Annotated[int, within("heures_cpf")] | None = Field(
        default=None, description="Heures du compte personnel de formation."
    )
    expliquer: bool = Field(default=True, description="Joindre la raison des heures comptées.")


class FormationAnswer(Answer):
    """The hours of the school year, and those of the account."""

    annee_scolaire: AnneeScolaire = Field(description="« 2026-2027 ».")
    heures_suivies: float = Field(
        description="Heures suivies dans l’année scolaire.", json_schema_extra=unit("heures")
    )
    heures_dues: float | None = Field(
        default=None,
        description="Heures d’animation et de formation du service ; absent hors du 1er degré.",
        json_schema_extra=unit("heures"),
    )
    heures_formation: float = Field(
        default=0, description="Formation, parmi elles.", json_schema_extra=unit("heures")
    )
    heures_animation: float = Field(
        default=0, description="Animation, parmi elles.", json_schema_extra=unit("heures")
    )
    heures_comptees: float = Field(
        default=0, description="Heures qui comptent.", json_schema_extra=unit("heures")
    )
    quotite_sans_source: bool = Field(
        default=False, description="Vrai si aucune table ne donne la part due à cette quotité."
    )
    heures_cpf_fin_annee: int | None = Field(
        default=None,
        description="Heures du compte après l’alimentation de l’année.",
        json_schema_extra=unit("heures"),
    )
    a_verifier: bool = Field(
        default=False,
        description="Vrai si une valeur lue, ou une donnée du dossier, est à vérifier.",
    )
    motifs: tuple[Phrase, ...] = Field(
        default=(), description="Pourquoi c’est à vérifier, une phrase par raison."
    )
    explication: Explanation | None = Field(
        default=None,
        description="Pourquoi ces heures, si c’est demandé ; absent hors du 1er degré.",
    )
    sources: tuple[Reference, ...] = Field(
        default=(), description="Textes sur lesquels le résultat repose."
    )
