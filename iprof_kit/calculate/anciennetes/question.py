"""What may be asked about the anciennetés of a file, and what is answered."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, Self, get_args

from pydantic import Field, model_validator

from iprof_kit.base.plain import Plain
from iprof_kit.calculate.interface.bounds import refuse_reversed, within
from iprof_kit.calculate.interface.explained import Explanation, Reference
from iprof_kit.calculate.interface.fields import (
    Chevron,
    Corps,
    Departement,
    DureeJours,
    Echelon,
    Grade,
    Jour,
    Jours,
    Phrase,
)
from iprof_kit.calculate.interface.situation import Periode
from iprof_kit.calculate.interface.subject import Answer

Mode = Literal[
    "nomination",
    "anciennete",
    "bonification",
    "reclassement_ppcr",
    "promotion",
    "linearisation",
    "changement_corps",
]
Code = Literal["services", "corps", "grade", "echelon", "poste", "departement"]
CODES: tuple[Code, ...] = get_args(Code)


class EchelonConnu(Plain):
    """One line of the history of échelons."""

    corps: Corps
    grade: Grade
    echelon: Echelon
    chevron: Chevron | None = None
    date_effet: Jour = Field(description="Jour où l’échelon, ou le chevron, a pris effet.")
    reliquat_jours: DureeJours = Field(
        default=0, description="Ancienneté conservée à la date d’effet."
    )
    mode: Literal[Mode, ""] = Field(default="", description="Comment l’échelon a été atteint.")


class PeriodeTenue(Periode):
    """One position, with the part of a full service that was done."""

    quotite: Annotated[int, within("part")] = Field(default=100, description="Quotité travaillée.")


class AffectationConnue(Plain):
    """One affectation."""

    type: Phrase = Field(description="Type d’affectation.")
    uai: Phrase | None = Field(default=None, description="Unité administrative immatriculée.")
    lieu: Phrase = Field(default="", description="École, établissement ou service.")
    debut: Jour = Field(description="Premier jour.")
    fin: Jour | None = Field(default=None, description="Dernier jour ; absent : en cours.")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        refuse_reversed(self.debut, self.fin)
        return self


class AnciennetesQuestion(Plain):
    """A file, and the day on which its anciennetés are read."""

    au: Jour = Field(description="Le jour choisi ; il compte.")
    aujourdhui: Jour = Field(description="Jour de la demande.")
    libelle_corps: Phrase = Field(default="", description="Nom du corps, comme le dossier l’écrit.")
    entree_corps: Jour | None = Field(default=None, description="Jour d’entrée dans le corps.")
    titularisation: Jour | None = Field(default=None, description="Jour de titularisation.")
    departement: Departement | None = Field(
        default=None, description="Département de gestion : 63 ou 063, 974."
    )
    echelons: tuple[EchelonConnu, ...] = Field(default=(), description="Du plus ancien au dernier.")
    periodes: tuple[PeriodeTenue, ...] = Field(default=(), description="Positions tenues.")
    affectations: tuple[AffectationConnue, ...] = Field(
        default=(), description="Affectations connues, de la plus ancienne à la dernière."
    )
    expliquer: bool = Field(default=True, description="Joindre à chaque ancienneté sa raison.")
    raisons: tuple[Code, ...] = Field(
        default=(), description="Sans « expliquer », celles dont la raison est demandée."
    )


class Anciennete(Plain):
    """One seniority, or why it cannot be counted."""

    code: Code = Field(description="Ce dont l’ancienneté est comptée.")
    libelle: Phrase = Field(description="Nom, en français.")
    jours: Jours | None = Field(default=None, description="Absente où elle n’est pas calculable.")
    depuis: date | None = Field(
        default=None, description="Jour depuis lequel elle court ; absent : inconnu."
    )
    objet: Phrase = Field(default="", description="L’échelon, le poste dont il s’agit.")
    retenu: Phrase = Field(default="", description="Ce que le texte en retient, en toutes lettres.")
    non_calculable: Phrase = Field(default="", description="Ce qui manque dans le dossier.")
    a_verifier: bool = Field(
        default=False,
        description="Vrai si une valeur lue, ou une donnée du dossier, est à vérifier.",
    )
    sert_a: Phrase = Field(description="À quoi elle sert.")
    sources: tuple[Reference, ...] = Field(default=(), description="Les textes, chacun une fois.")
    explication: Explanation | None = Field(
        default=None, description="Pourquoi cette durée, si sa raison est demandée."
    )


class AnciennetesAnswer(Answer):
    """The six anciennetés on a day."""

    au: date = Field(description="Jour auquel les anciennetés sont comptées.")
    anciennetes: tuple[Anciennete, ...] = Field(description="Anciennetés, une par une.")
